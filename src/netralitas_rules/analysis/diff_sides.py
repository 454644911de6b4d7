"""What one ruleset says of a handful of stated facts: every status and path, by id."""

import datetime
from collections.abc import Mapping
from typing import Any

from netralitas_rules.analysis.diff_model import Outcomes, Target, TargetKind
from netralitas_rules.decision.outcomes import paths_of
from netralitas_rules.decision.turning import FINDING_STATUS
from netralitas_rules.engine.conditions import TRUE
from netralitas_rules.engine.evaluate import Evaluator, Status
from netralitas_rules.engine.frames import FactsRefused, Framer
from netralitas_rules.engine.plan import Plan, SanctionRow
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.space import READING_PREFIX
from netralitas_rules.law.model import RuleKind
from netralitas_rules.loading.changes import NoSuchPlace, changed
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.incidents import incident_from

ABSENT = "not_met"
NO_PATH = "none"
REFUSED = "refused"


class Says:
    """Decides reports under one plan, as far as statuses and paths go."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._framer, self._evaluator = Framer(plan), Evaluator(plan)

    def of(
        self, incident: Incident, as_of: datetime.date, readings: Mapping[str, str]
    ) -> Outcomes | None:
        """Everything that is met, open or follows; None where the facts are refused."""
        base = self.plan.base_on(as_of)
        for question, reading in readings.items():
            fact = self.plan.space.by_path[READING_PREFIX + question]
            base = base & ~fact.full | fact.bits[reading]
        try:
            groups = self._framer.groups(incident, as_of=as_of, base=base)
        except FactsRefused:
            return None
        results = self._evaluator.results(groups)
        strongest: dict[str, Status] = {}
        for result in results:
            name = result.rule.id
            strongest[name] = max(result.status, strongest.get(name, Status.NOT_MET))
        found = {
            Target(TargetKind.RULE, name): FINDING_STATUS[status].value
            for name, status in strongest.items()
            if status is not Status.NOT_MET
        }
        opening = [r for r in results if r.rule.kind is not RuleKind.PERMISSION]
        for path in paths_of(self.plan, opening, self._evaluator.row_value):
            found[Target(TargetKind.PATH, path.row.id)] = way(path.row, path.value)
        return found


def way(row: SanctionRow, value: int) -> str:
    """A path in one line: `follows discipline heavy: demotion-12-months`."""
    words = ["follows" if value == TRUE else "may_follow", row.regime.value]
    if row.level is not None:
        words.append(row.level.value)
    return f"{' '.join(words)}: {', '.join(row.allow)}"


def said(outcomes: Outcomes | None, target: Target) -> str:
    """What outcomes say of one rule, row or constraint."""
    if outcomes is None:
        return REFUSED
    match target.kind:
        case TargetKind.RULE:
            return outcomes.get(target, ABSENT)
        case TargetKind.PATH:
            return outcomes.get(target, NO_PATH)
    return "accepted"


def report(facts: Mapping[str, Any]) -> Incident | None:
    """A report of one person, act and beneficiary that states these facts; None where they cannot
    stand in one.
    """
    content: dict[str, Any] = {"subjects": [{}], "acts": [{}]}
    try:
        content, _ = changed(content, facts)
        return incident_from(content, locate=lambda _loc, _key: None)
    except (NoSuchPlace, Refused):
        return None
