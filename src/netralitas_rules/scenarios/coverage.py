"""What the scenarios of a ruleset show of it, and what none of them shows.

The goals are read from the compiled rules: every element met, not met, open and decisive (it alone
fails, and the finding would be met without that); every exception that applies, that is only open
and that is decisive (it alone stands against elements that are all met); every violation,
permission and consequence; every sanction row that follows, that may follow and that does not;
every reading of a question while the outcome turns on it; every body of law that governs. What no
facts whatever could show is no goal: the exact search proves that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import NamedTuple

from netralitas_rules.analysis.search import Search, SearchCut
from netralitas_rules.decision.model import Decision, ElementStatus, Finding, FindingStatus
from netralitas_rules.engine.conditions import (
    NEVER,
    All,
    Any,
    Condition,
    Test,
    both,
    facts_of,
    negate,
    union,
)
from netralitas_rules.engine.plan import (
    ExceptionClause,
    Gate,
    Plan,
    Rule,
    SanctionRow,
    opened_by,
)
from netralitas_rules.facts.space import LAW_PREFIX, READING_PREFIX, Kind

NOTHING = "does not follow"
DECISIVE = "decisive"
GOVERNS = "governs"


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
    """Collects what decisions under one ruleset show.

    `own` are the ids that count: for an overlay what it adds, for its base has scenarios too.
    """

    def __init__(self, plan: Plan, own: Collection[str]) -> None:
        self.plan = plan
        self.own = own
        self.shown: dict[Goal, list[str]] = {}
        """What was shown, and by which scenarios."""

    def add(self, decision: Decision, *, by: str = "") -> None:
        """Count what a decision shows, and remember the name of its scenario."""
        for goal in dict.fromkeys(_seen(decision, self.plan)):
            self.shown.setdefault(goal, []).append(by)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Everything that some facts could show."""
        return tuple(dict.fromkeys(_goals(self.plan, self.own)))

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
        else:
            yield from _decisive_seen(finding)
    for question in decision.decisive:
        yield Goal("reading", question.id, "", question.taken or "")
    for law in decision.law:
        if len(law.bodies) == 1:
            yield Goal("version", law.fact, law.bodies[0].value, GOVERNS)


def _decisive_seen(finding: Finding) -> Iterator[Goal]:
    """The one part for which a finding is not met: without it, the finding would be met."""
    failing = [e for e in finding.elements if e.status is not ElementStatus.MET]
    against = [e for e in finding.exceptions if e.status in (ElementStatus.MET, ElementStatus.OPEN)]
    for kind, alone, rest, status in (
        ("element", failing, against, ElementStatus.NOT_MET),
        ("exception", against, failing, ElementStatus.MET),
    ):
        if len(alone) == 1 and not rest and alone[0].status is status:
            yield Goal(kind, finding.id, alone[0].name, DECISIVE)


def _rows_seen(finding: Finding, plan: Plan, ways: Mapping[tuple[str, str], str]) -> Iterator[Goal]:
    for row in plan.rows.get(finding.id, ()):
        yield Goal("path", row.id, "", ways.get((row.id, finding.subject), NOTHING))


def _goals(plan: Plan, own: Collection[str]) -> Iterator[Goal]:
    possible = _Possible(plan)
    for rule in plan.rules:
        raised = [rule.under, *opened_by(rule.gates), *plan.on_days(rule.days)]
        if rule.id in own:
            yield from _of_rule(rule, raised, possible)
        for row in plan.rows.get(rule.id, ()):
            if row.id in own:
                yield from _of_row(row, [*raised, rule.needs], possible)
    for index in plan.readings:
        fact = plan.space.facts[index]
        question = fact.spec.path.removeprefix(READING_PREFIX)
        if question in own:
            for reading in fact.bits:
                yield Goal("reading", question, "", str(reading))
    for fact in plan.space.facts:
        if fact.spec.path.startswith(LAW_PREFIX) and fact.spec.path in own:
            for body, bit in fact.bits.items():
                if possible.settled([Test(fact.index, bit, fact.full & ~bit)]):
                    yield Goal("version", fact.spec.path, str(body), GOVERNS)


def _of_rule(rule: Rule, raised: list[Condition], possible: "_Possible") -> Iterator[Goal]:
    if possible([rule.needs, *raised]):
        yield Goal("rule", rule.id, "", FindingStatus.MET)
    for element in rule.elements:
        for status in possible.statuses(element.condition, raised, rule.gates):
            yield Goal("element", rule.id, element.name, status)
        others = [e.condition for e in rule.elements if e is not element]
        if possible.alone(rule, [negate(element.condition), *others], raised):
            yield Goal("element", rule.id, element.name, DECISIVE)
    for clause in rule.exceptions:
        gates = clause.asked_when or ()
        whole = clause.condition((1 << clause.width) - 1)
        opened = [*raised, *opened_by(gates)]
        for status in possible.statuses(whole, [*opened, rule.needs], gates):
            if status is not ElementStatus.NOT_MET:
                yield Goal("exception", rule.id, clause.name, status)
        if possible.alone(rule, [whole, rule.needs], opened, clause):
            yield Goal("exception", rule.id, clause.name, DECISIVE)


def _of_row(row: SanctionRow, met: list[Condition], possible: "_Possible") -> Iterator[Goal]:
    statuses = possible.statuses(row.when, met, ())
    for status, word in (
        (ElementStatus.MET, "follows"),
        (ElementStatus.OPEN, "may_follow"),
        (ElementStatus.NOT_MET, NOTHING),
    ):
        if status in statuses:
            yield Goal("path", row.id, "", word)


class _Possible:
    """Whether some facts, on some day and under some readings, fulfil conditions together."""

    def __init__(self, plan: Plan) -> None:
        self._search = Search(plan)
        self._plan = plan
        self._known = self._search.start

    def __call__(self, conditions: Iterable[Condition], known: int | None = None) -> bool:
        try:
            return self._search.find(list(conditions), known) is not None
        except SearchCut:
            return True

    def settled(self, conditions: Iterable[Condition]) -> bool:
        """The same where what matters is known, not only left open."""
        return self(conditions, self._search.settled)

    def alone(
        self,
        rule: Rule,
        holding: list[Condition],
        given: list[Condition],
        clause: ExceptionClause | None = None,
    ) -> bool:
        """Whether conditions can be known to hold while no exception but `clause` applies.

        An exception that has to be brought up is brought up by whatever states its facts. What is
        not stated fulfils no condition, unless a constraint tells it.
        """
        others = [e for e in rule.exceptions if e is not clause]
        stated = _in_every(rule.gates) | _in_every(clause.asked_when or () if clause else ())
        asked = union(gate.facts for e in others for gate in e.asked_when or ()) & ~stated
        read = sum(1 << fact for fact in facts_of(both(holding)))
        told = union(1 << c.then.fact for c in self._plan.constraints)
        for silent in _subsets(asked & read):
            unstated = asked & ~read | silent
            against = [
                negate(e.holds)
                for e in others
                if e.asked_when is None or any(not g.facts & unstated for g in e.asked_when)
            ]
            known = [_without(c, silent & ~told) for c in holding]
            if self.settled([*known, *given, *against]):
                return True
        return False

    def statuses(
        self, condition: Condition, given: list[Condition], gates: Sequence[Gate]
    ) -> list[ElementStatus]:
        """What a condition can be where others hold and one of the gates was opened."""
        found = []
        if self.settled([condition, *given]):
            found.append(ElementStatus.MET)
        if self.settled([negate(condition), *given]):
            found.append(ElementStatus.NOT_MET)
        if any(
            self([condition, *given], known) and self([negate(condition), *given], known)
            for known in self._settings(condition, gates)
        ):
            found.append(ElementStatus.OPEN)
        return found

    def _settings(self, condition: Condition, gates: Sequence[Gate]) -> Iterator[int]:
        """What is settled while a condition is open: a reading is taken unless there is no
        default, and of a yes-no fact that had to be stated one value.
        """
        facts = self._plan.space.facts
        read = set(facts_of(condition))
        choices: list[list[int]] = []
        for index in read & {*self._plan.readings}:
            question = facts[index].spec.path.removeprefix(READING_PREFIX)
            open_too = self._plan.questions[question].taken()[0] is None
            bits = list(facts[index].bits.values())
            choices.append(
                [~facts[index].full | b for b in [*bits, *[facts[index].full] * open_too]]
            )
        for gate in gates or [Gate(0, ())]:
            stated = [
                [~facts[index].full | bit for bit in facts[index].bits.values()]
                for index in read
                if gate.facts >> index & 1 and facts[index].spec.kind is Kind.BOOL
            ]
            for setting in product(*choices, *stated):
                known = self._known
                for mask in setting:
                    known &= mask
                yield known


def _in_every(gates: Sequence[Gate]) -> int:
    """Facts that each of the gates asks for, a bit each."""
    facts = -1 if gates else 0
    for gate in gates:
        facts &= gate.facts
    return facts


def _subsets(facts: int) -> Iterator[int]:
    """Every part of a set of bits, the empty one first."""
    part = 0
    while True:
        yield part
        part = part - facts & facts
        if not part:
            return


def _without(condition: Condition, facts: int) -> Condition:
    """The condition where nothing is known of some facts: their tests are not fulfilled."""
    if isinstance(condition, Test):
        return NEVER if facts >> condition.fact & 1 else condition
    parts = tuple(_without(part, facts) for part in condition.parts)
    return All(parts) if isinstance(condition, All) else Any(parts)
