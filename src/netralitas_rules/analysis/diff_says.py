"""What one ruleset says of a handful of stated facts, as far as one rule or row goes."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from netralitas_rules.analysis.diff_model import Target, TargetKind
from netralitas_rules.decision.outcomes import paths_of
from netralitas_rules.decision.turning import FINDING_STATUS
from netralitas_rules.engine.bodies import felt
from netralitas_rules.engine.conditions import TRUE
from netralitas_rules.engine.evaluate import Evaluator, Status
from netralitas_rules.engine.frames import FactsRefused, Framer, Group
from netralitas_rules.engine.plan import Constraint, Plan, Rule, SanctionRow
from netralitas_rules.engine.proving import demands_of
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.changes import NoSuchPlace, changed
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.incidents import incident_from

ACCEPTED = "accepted"
NO_PATH = "none"
REFUSED = "refused"
MAX_REPORTS = 200


class Frames:
    """Makes frames of reports, and remembers the last: that one fact stated makes many rules
    differ is common.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.made = 0
        """How many: a measure of the work done, the same on every machine."""
        self._framer = Framer(plan)
        self._groups: dict[str, list[Group] | None] = {}

    def of(
        self, facts: Mapping[str, Any], as_of: datetime.date, readings: Mapping[str, str]
    ) -> list[Group] | None:
        """The frames of these stated facts; none where they cannot stand in one report, None where
        they are refused.
        """
        key = repr((sorted(facts.items()), as_of, sorted(readings.items())))
        if key not in self._groups:
            incident = report(facts)
            if len(self._groups) >= MAX_REPORTS:
                del self._groups[next(iter(self._groups))]
            self._groups[key] = self._framed(incident, as_of, readings) if incident else []
        return self._groups[key]

    def _framed(
        self, incident: Incident, as_of: datetime.date, readings: Mapping[str, str]
    ) -> list[Group] | None:
        """None where the facts are refused."""
        base = self.plan.base_on(as_of, readings)
        try:
            groups = self._framer.groups(incident, as_of=as_of, base=base)
        except FactsRefused:
            return None
        self.made += sum(len(group.frames) for group in groups)
        return groups


def framed_alike(one: Plan, other: Plan, day: datetime.date) -> bool:
    """Whether two plans make the same frames of every report that is decided on a day."""
    return (
        one.space == other.space
        and one.base_on(day) == other.base_on(day)
        and (one.comparisons, one.slices) == (other.comparisons, other.slices)
        and [_framed_by(c) for c in one.constraints] == [_framed_by(c) for c in other.constraints]
        and [c.number for c in felt(one)] == [c.number for c in felt(other)]
        and demands_of(one) == demands_of(other)
    )


def _framed_by(constraint: Constraint) -> tuple[object, ...]:
    return constraint.number, constraint.when, constraint.then, constraint.calendar


class Says:
    """Decides reports under one plan, as far as statuses and paths go."""

    def __init__(self, plan: Plan, frames: Frames) -> None:
        self.plan = plan
        self.frames = frames
        self._evaluators: dict[Target, Evaluator] = {}

    def of(
        self,
        facts: Mapping[str, Any],
        as_of: datetime.date,
        readings: Mapping[str, str],
        target: Target,
    ) -> str:
        """What comes out for one rule or row of these stated facts; for a constraint, whether they
        are accepted. Nothing where they cannot stand in one report.
        """
        groups = self.frames.of(facts, as_of, readings)
        if groups is None:
            return REFUSED
        if not groups:
            return ""
        if target.kind is TargetKind.CONSTRAINT:
            return ACCEPTED
        evaluator = self._evaluator(target)
        results = evaluator.results(groups)
        if target.kind is TargetKind.RULE:
            status = max((result.status for result in results), default=Status.NOT_MET)
            return FINDING_STATUS[status].value
        for path in paths_of(self.plan, results, evaluator.row_value):
            if path.row.id == target.id:
                return way(path.row, path.value)
        return NO_PATH

    def _evaluator(self, target: Target) -> Evaluator:
        """An evaluator of the rules that matter to the target, and of no other."""
        found = self._evaluators.get(target)
        if found is None:
            rules = tuple(rule for rule in self.plan.rules if self._matters(rule, target))
            found = Evaluator(replace(self.plan, rules=rules))
            self._evaluators = {target: found}
        return found

    def _matters(self, rule: Rule, target: Target) -> bool:
        if target.kind is TargetKind.RULE:
            return rule.id == target.id
        return any(row.id == target.id for row in self.plan.rows.get(rule.id, ()))


def way(row: SanctionRow, value: int) -> str:
    """A path in one line: `follows discipline heavy: demotion-12-months`."""
    words = ["follows" if value == TRUE else "may_follow", row.regime.value]
    if row.level is not None:
        words.append(row.level.value)
    return f"{' '.join(words)}: {', '.join(row.allow)}"


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
