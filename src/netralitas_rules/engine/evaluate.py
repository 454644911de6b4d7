"""Evaluation: the status of every rule that an incident raises, and its sanction rows.

A finding is met if it is met in every frame that is still possible; it is not met if it is met in
none. What lies between is `elements_met` (only exceptions are open) or `open`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from typing import NamedTuple

from netralitas_rules.engine.conditions import (
    FALSE,
    OPEN,
    TRUE,
    Budget,
    Condition,
    Test,
    both,
    either,
    exact,
    facts_of,
    fields_of,
    repeated_facts,
    tests_of,
)
from netralitas_rules.engine.frames import Frame, Group, Known
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import MAX_CACHED, core, knots, narrow, satisfiable
from netralitas_rules.engine.plan import Constraint, Gate, Plan, Rule, SanctionRow
from netralitas_rules.facts.space import ACT_DATE, CONDUCT
from netralitas_rules.law.model import Scope

MAX_VALUES = 8 * MAX_CACHED
"""Truths that were hard to find are remembered longer; some 300 bytes each."""


class Status(IntEnum):
    """From least to most established; `NOT_RAISED` is no finding."""

    NOT_RAISED = 0
    NOT_MET = 1
    OPEN = 2
    ELEMENTS_MET = 3
    MET = 4


@dataclass(frozen=True, slots=True)
class Formula:
    """A condition with what exact evaluation needs to know about it."""

    number: int
    condition: Condition
    facts: frozenset[int]
    tests: tuple[Test, ...]
    repeated: frozenset[int]
    fields: int

    @classmethod
    def of(cls, condition: Condition, *, number: int) -> "Formula":
        return cls(
            number,
            condition,
            frozenset(facts_of(condition)),
            tuple(tests_of(condition)),
            repeated_facts(condition),
            fields_of(condition),
        )


def _standing(tests: Iterable[Test], known: int) -> tuple[int, int]:
    """How tests stand, and the values still possible of the facts that open ones read."""
    truths = fields = 0
    for test in tests:
        if not known & test.allowed:
            truths <<= 2
        elif known & test.denied:
            truths = truths << 2 | 1
            fields |= test.allowed | test.denied
        else:
            truths = truths << 2 | 2
    return truths, known & fields


class Knot(NamedTuple):
    """Constraints that tie open facts to each other, and to none outside."""

    fields: int
    """Fields of the open facts."""
    ties: tuple[Constraint, ...]
    number: int
    """For how the tests of the ties stand."""


class InFrame(NamedTuple):
    """What one rule is in one frame; `considered` as `Rule.considered`."""

    frame: Frame
    status: Status | None
    """None where the rule's body of law does not govern this frame."""
    considered: int


ResultKey = tuple[str, int, int | None, int | None]
"""Rule, subject, and act and beneficiary where the rule's scope tells them apart."""


class Result(NamedTuple):
    """One rule for one subject, act and beneficiary, over all its frames."""

    rule: Rule
    group: Group
    status: Status
    in_frames: tuple[InFrame, ...]
    rows: dict[str, int]
    """Truths of finding and sanction row together, by row; filled as they are asked for."""
    siblings: tuple["Result", ...] = ()
    """The same rule with other beneficiaries or acts, where its scope has one finding for all."""

    @property
    def key(self) -> ResultKey:
        scope, group = self.rule.scope, self.group
        return (
            self.rule.id,
            group.subject,
            None if scope is Scope.SUBJECT else group.act,
            group.beneficiary if scope is Scope.BENEFICIARY else None,
        )

    @property
    def members(self) -> tuple["Result", ...]:
        """This result and its siblings."""
        return (self, *self.siblings)

    @property
    def governed(self) -> list[InFrame]:
        """The frames in which the rule's body of law governs."""
        return [f for f in self.in_frames if f.status is not None]


_Judgement = tuple[Rule, Status, list[tuple[Status | None, int]], dict[str, int]]
"""A rule, its status over all frames, in each frame its status and what is considered, and
`Result.rows`.
"""


@dataclass(slots=True)
class Evaluator:
    """Evaluates frames against one plan.

    It remembers formulas, and truths that were hard to find: they depend on nothing but the
    knowledge of the facts involved. All memory is bounded.
    """

    plan: Plan
    _conduct: Fact = field(init=False)
    _law: int = field(init=False)
    """Fields on which it depends which rules govern."""
    _indexed: int = field(init=False)
    _numbers: Iterator[int] = field(default_factory=count)
    _formulas: dict[tuple[str, int, str], Formula] = field(default_factory=dict)
    _prepared: dict[Condition, Formula] = field(default_factory=dict)
    _knots: dict[int, tuple[Knot, ...]] = field(default_factory=dict)
    _standings: dict[tuple[int, ...], int] = field(default_factory=dict)
    _values: dict[tuple[int, ...], int] = field(default_factory=dict)
    _candidates: dict[int, tuple[Rule, ...]] = field(default_factory=dict)
    _judgements: dict[tuple[tuple[int, ...], ...], list[_Judgement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._conduct = self.plan.space.by_path[CONDUCT]
        self._law = sum(self.plan.slices)
        if any(rule.days != -1 for rule in self.plan.rules):
            self._law |= self.plan.space.by_path[ACT_DATE].full
        self._indexed = self._law | self._conduct.full

    def candidates(self, known: int, stated: int) -> tuple[Rule, ...]:
        """Rules that conduct and law in force leave possible: the index of the plan."""
        conduct = self._conduct
        key = known & (self._indexed if stated >> conduct.index & 1 else self._law)
        found = self._candidates.get(key)
        if found is None:
            by_conduct = bool(stated >> conduct.index & 1)
            found = tuple(
                rule
                for rule in self.plan.rules
                if rule.governs(known)
                and any(_possible(gate, known, conduct, by_conduct) for gate in rule.gates)
            )
            if len(self._candidates) >= MAX_CACHED:
                self._candidates.clear()
            self._candidates[key] = found
        return found

    def value(self, formula: Formula, known: int, constraints: tuple[Constraint, ...]) -> int:
        """Exact truth of a formula over what is known under the constraints."""
        value = formula.condition.value(known)
        if value != OPEN:
            return value
        knots = self.tied_to(formula.fields, known, constraints)
        if not knots and not formula.repeated:
            return OPEN
        # All that the truth of an open formula depends on.
        key = (formula.number, *_standing(formula.tests, known), *(k.number for k in knots))
        found = self._values.get(key)
        if found is None:
            if len(self._values) >= MAX_VALUES:
                self._values.clear()
            ties = [tie for knot in knots for tie in knot.ties]
            found = self._values[key] = self._exact(formula, known, constraints, ties)
        return found

    def tied_to(self, fields: int, known: int, constraints: tuple[Constraint, ...]) -> list[Knot]:
        """Knots that tie open facts of these fields to others, or to each other."""
        return [knot for knot in self.knotted(known, constraints) if knot.fields & fields]

    def knotted(self, known: int, constraints: tuple[Constraint, ...]) -> tuple[Knot, ...]:
        """Found once per knowledge of the facts that constraints read: those left out of
        `constraints` are idle under it.
        """
        key = known & self.plan.constrained
        found = self._knots.get(key)
        if found is None:
            if len(self._knots) >= MAX_CACHED:
                self._knots.clear()
                self._standings.clear()
            found = self._knots[key] = tuple(
                self._knot(fields, ties, known) for fields, ties in knots(known, constraints)
            )
        return found

    def _knot(self, fields: int, ties: tuple[Constraint, ...], known: int) -> Knot:
        tests = (test for tie in ties for test in tie.tests)
        stands = (*(tie.number for tie in ties), -1, *_standing(tests, known))
        return Knot(fields, ties, self._standings.setdefault(stands, next(self._numbers)))

    def _exact(
        self,
        formula: Formula,
        known: int,
        constraints: tuple[Constraint, ...],
        ties: Iterable[Constraint],
    ) -> int:
        correlated = formula.repeated | (core(formula.facts, ties, known) & formula.facts)
        if not correlated:
            return OPEN
        budget = Budget()
        return exact(
            formula.condition,
            known,
            correlated=correlated,
            narrow=lambda k: narrow(k, constraints),
            possible=lambda k: satisfiable(k, constraints, budget),
            budget=budget,
        )

    def formula(self, rule: Rule, considered: int, row: SanctionRow | None = None) -> Formula:
        """Elements and exceptions considered, joined with a sanction row if given."""
        key = (rule.id, considered, row.id if row is not None else "")
        found = self._formulas.get(key)
        if found is None:
            condition = rule.formula(considered)
            if row is not None:
                condition = both([condition, row.when])
            found = self._formulas[key] = Formula.of(condition, number=next(self._numbers))
        return found

    def prepared(self, condition: Condition) -> Formula:
        """What is left of a formula, as a formula of its own."""
        found = self._prepared.get(condition)
        if found is None:
            if len(self._prepared) >= MAX_CACHED:
                self._prepared.clear()
            number = next(self._numbers)
            found = self._prepared[condition] = Formula.of(condition, number=number)
        return found

    def raised(
        self, rule: Rule, known: int, stated: int, constraints: tuple[Constraint, ...]
    ) -> bool:
        """Whether some completion raises the rule, also where facts of its gates are tied."""
        opened = rule.opened(known, stated)
        if opened is None:
            return True
        key = (rule.id, -1, str(opened))
        found = self._formulas.get(key)
        if found is None:
            tests = [both(rule.gates[index].tests) for index in opened]
            found = self._formulas[key] = Formula.of(either(tests), number=next(self._numbers))
        return self.value(found, known, constraints) != FALSE

    def status(
        self, rule: Rule, considered: int, known: int, constraints: tuple[Constraint, ...]
    ) -> Status:
        """Status of a rule that is raised and whose law governs."""
        value = self.value(self.formula(rule, considered), known, constraints)
        if value == TRUE:
            return Status.MET
        if value == FALSE:
            return Status.NOT_MET
        elements = rule.elements_only(considered)
        if elements != considered:
            needs = self.formula(rule, elements)
            if self.value(needs, known, constraints) == TRUE:
                return Status.ELEMENTS_MET
        return Status.OPEN

    def over(self, rule: Rule, statuses: Sequence[Status | None], rows: Sequence[Known]) -> Status:
        """One status over all rows of a case. Where the elements are met in every row, what
        differs can only be exceptions.
        """
        if len(statuses) == 1:
            return statuses[0] or Status.NOT_RAISED
        status = combine(statuses)
        if (
            status is Status.OPEN
            and all(statuses)
            and all(self._elements(rule, *row) == TRUE for row in rows)
        ):
            return Status.ELEMENTS_MET
        return status

    def _elements(
        self, rule: Rule, known: int, stated: int, constraints: tuple[Constraint, ...]
    ) -> int:
        elements = rule.elements_only(rule.considered(known, stated))
        return self.value(self.formula(rule, elements), known, constraints)

    def statuses(self, rows: Sequence[Known]) -> dict[str, Status]:
        """Status of every rule raised in the rows of one case: no matrix, no reasons."""
        found: dict[str, Status] = {}
        for rule in self._rules(rows):
            status = self.over(rule, [self._judged(rule, *row)[0] for row in rows], rows)
            if status:
                found[rule.id] = status
        return found

    def _rules(self, rows: Sequence[Known]) -> Sequence[Rule]:
        """Rules that some row leaves possible, in the order of the plan."""
        if len(rows) == 1:
            known, stated, _ = rows[0]
            return self.candidates(known, stated)
        ids = {rule.id for known, stated, _ in rows for rule in self.candidates(known, stated)}
        return [rule for rule in self.plan.rules if rule.id in ids]

    def _judged(
        self, rule: Rule, known: int, stated: int, constraints: tuple[Constraint, ...]
    ) -> tuple[Status | None, int]:
        """Status, and what is considered."""
        if not rule.raised(known, stated):
            return Status.NOT_RAISED, 0
        if not rule.governs(known):
            return None, 0
        considered = rule.considered(known, stated)
        status = self.status(rule, considered, known, constraints)
        if status is Status.NOT_MET and not self.raised(rule, known, stated, constraints):
            return Status.NOT_RAISED, 0
        return status, considered

    def results(self, groups: Sequence[Group]) -> list[Result]:
        """Every rule that is raised, once per its scope."""
        if len(groups) == 1:
            return list(self._of_group(groups[0]))
        found: dict[ResultKey, list[Result]] = {}
        for group in groups:
            for result in self._of_group(group):
                found.setdefault(result.key, []).append(result)
        return [strongest(results) for results in found.values()]

    def _of_group(self, group: Group) -> Iterator[Result]:
        frames = group.frames
        for rule, status, judged, values in self._judged_over(
            tuple([(f.known, f.stated, f.constraints) for f in frames])
        ):
            in_frames = [InFrame(f, *one) for f, one in zip(frames, judged, strict=True)]
            yield Result(rule, group, status, tuple(in_frames), values)

    def _judged_over(self, rows: tuple[Known, ...]) -> Sequence[_Judgement]:
        """What rules come to over rows of knowledge: reports of one kind of act are alike."""
        key = tuple(
            [(known, stated, *[tie.number for tie in ties]) for known, stated, ties in rows]
        )
        found = self._judgements.get(key)
        if found is None:
            if len(self._judgements) >= MAX_CACHED:
                self._judgements.clear()
            found = self._judgements[key] = [*self._judgements_of(rows)]
        return found

    def _judgements_of(self, rows: Sequence[Known]) -> Iterator[_Judgement]:
        for rule in self._rules(rows):
            judged = [self._judged(rule, *row) for row in rows]
            status = self.over(rule, [one for one, _ in judged], rows)
            if status:
                yield rule, status, judged, {}

    def row_value(self, result: Result, row: SanctionRow) -> int:
        """Truth of finding and sanction row together, over all frames of the result."""
        found = result.rows.get(row.id)
        if found is None:
            rule = result.rule
            found = result.rows[row.id] = over_frames(
                self.row_at(rule, item, row, item.frame.known, item.status)
                for item in result.in_frames
            )
        return found

    def row_at(
        self, rule: Rule, item: InFrame, row: SanctionRow, known: int, status: Status | None
    ) -> int:
        """The same in one frame; `known` and `status` stand for those of the frame."""
        if not status or status is Status.NOT_MET:
            return FALSE
        when = row.when.value(known)
        if when == FALSE:
            return FALSE
        if when == TRUE:
            return TRUE if status is Status.MET else OPEN
        formula = self.formula(rule, item.considered, row)
        return self.value(formula, known, item.frame.constraints)


def strongest(results: Sequence[Result]) -> Result:
    """The (first) result with the most established status; the others are its siblings."""
    if len(results) == 1:
        return results[0]
    best = max(results, key=lambda result: result.status)
    return best._replace(siblings=tuple(r for r in results if r is not best))


def _possible(gate: Gate, known: int, conduct: Fact, stated: bool) -> bool:  # noqa: FBT001
    """Whether the gate can open as far as the conduct goes."""
    if not stated:
        return not gate.facts >> conduct.index & 1
    return all(known & t.allowed for t in gate.tests if t.fact == conduct.index)


def over_frames(values: Iterable[int]) -> int:
    """One truth over all frames: what all of them say, else open. Asks no further than needed."""
    first: int | None = None
    for value in values:
        if value == OPEN or (first is not None and value != first):
            return OPEN
        first = value
    return OPEN if first is None else first


def combine(statuses: Iterable[Status | None]) -> Status:
    """One status over all frames; None is a frame that another body of law governs."""
    seen = set(statuses)
    raised = seen - {None, Status.NOT_RAISED}
    if not raised:
        return Status.NOT_RAISED
    if seen == {Status.MET}:
        return Status.MET
    if raised == {Status.NOT_MET}:
        return Status.NOT_MET
    if seen <= {Status.MET, Status.ELEMENTS_MET}:
        return Status.ELEMENTS_MET
    return Status.OPEN
