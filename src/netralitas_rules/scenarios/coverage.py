"""What the scenarios of a ruleset show of it, and what none of them shows.

The goals are read from the compiled rules: every element met, not met and open; every exception
that bites and that is only open; every violation, permission and consequence; every sanction row
that follows, that may follow and that does not; every reading of a question while the outcome
turns on it. What no facts whatever could show is no goal: the engine proves that.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from netralitas_rules.decision.model import Decision, ElementStatus, Finding, FindingStatus
from netralitas_rules.engine.conditions import FALSE, Condition, both, negate
from netralitas_rules.engine.evaluate import Evaluator, Formula
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Plan, Rule, SanctionRow, opened_by
from netralitas_rules.facts.space import READING_PREFIX

NOTHING = "does not follow"


class Goal(NamedTuple):
    """One thing that a scenario can show."""

    kind: str
    of: str
    part: str
    status: str

    def __str__(self) -> str:
        part = f" > {self.part}" if self.part else ""
        return f"{self.kind} {self.of}{part}: {self.status}"


class Coverage:
    """Collects what decisions under one ruleset show."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.shown: set[Goal] = set()

    def add(self, decision: Decision) -> None:
        """Count what a decision shows."""
        self.shown.update(_seen(decision, self.plan))

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Everything that some facts could show."""
        return tuple(dict.fromkeys(_goals(self.plan)))

    def missing(self) -> list[Goal]:
        """What no decision has shown."""
        return [goal for goal in self.goals if goal not in self.shown]


def _seen(decision: Decision, plan: Plan) -> Iterator[Goal]:
    ways = {(way.id, way.subject): way.status for way in decision.paths}
    for finding in decision.all_findings:
        yield Goal("rule", finding.id, "", finding.status)
        for kind, parts in (("element", finding.elements), ("exception", finding.exceptions)):
            for part in parts:
                yield Goal(kind, finding.id, part.name, part.status)
        if finding.status is not FindingStatus.NOT_MET:
            yield from _rows_seen(finding, plan, ways)
    for question in decision.decisive:
        yield Goal("reading", question.id, "", question.taken or "")


def _rows_seen(finding: Finding, plan: Plan, ways: Mapping[tuple[str, str], str]) -> Iterator[Goal]:
    for row in plan.rows.get(finding.id, ()):
        yield Goal("path", row.id, "", ways.get((row.id, finding.subject), NOTHING))


def _goals(plan: Plan) -> Iterator[Goal]:
    possible = _Possible(plan)
    for rule in plan.rules:
        raised = [rule.under, *opened_by(rule.gates)]
        met = possible(rule.needs, *raised)
        if met:
            yield Goal("rule", rule.id, "", FindingStatus.MET)
        for element in rule.elements:
            statuses = _statuses(element.condition, raised, possible)
            for status in statuses:
                yield Goal("element", rule.id, element.name, status)
        for clause in rule.exceptions:
            if possible(clause.condition(-1 % (1 << clause.width)), rule.needs, *raised):
                yield Goal("exception", rule.id, clause.name, ElementStatus.MET)
                yield Goal("exception", rule.id, clause.name, ElementStatus.OPEN)
        for row in plan.rows.get(rule.id, ()):
            yield from _of_row(row, rule, raised, possible)
    for index in plan.readings:
        fact = plan.space.facts[index]
        for reading in fact.bits:
            yield Goal("reading", fact.spec.path.removeprefix(READING_PREFIX), "", str(reading))


def _statuses(
    condition: Condition, raised: Iterable[Condition], possible: "_Possible"
) -> list[ElementStatus]:
    can, cannot = possible(condition, *raised), possible(negate(condition), *raised)
    return [
        *([ElementStatus.MET] if can else []),
        *([ElementStatus.NOT_MET] if cannot else []),
        *([ElementStatus.OPEN] if can and cannot else []),
    ]


def _of_row(
    row: SanctionRow, rule: Rule, raised: Iterable[Condition], possible: "_Possible"
) -> Iterator[Goal]:
    if possible(row.when, rule.needs, *raised):
        yield Goal("path", row.id, "", "follows")
        if possible(negate(row.when), rule.needs, *raised):
            yield Goal("path", row.id, "", "may_follow")
            yield Goal("path", row.id, "", NOTHING)


class _Possible:
    """Whether some facts, on some day and under some readings, fulfil conditions together."""

    def __init__(self, plan: Plan) -> None:
        self._evaluator = Evaluator(plan)
        full = 0
        for fact in plan.space.facts:
            full |= fact.full
        self._known = narrow(full, plan.constraints) or full
        self._constraints = plan.constraints
        self._number = 0

    def __call__(self, *conditions: Condition) -> bool:
        self._number += 1
        formula = Formula.of(both(conditions), number=-self._number)
        return self._evaluator.value(formula, self._known, self._constraints) != FALSE
