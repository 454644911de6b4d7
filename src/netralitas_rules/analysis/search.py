"""The exact search: is there a completion, of all facts and days, in which conditions hold?

A condition is divided only where it is open: what follows of necessity is taken first (a choice of
which one part is left, a constraint of which one side is left), then the shortest choice is tried
part by part. What is found is a completion, and what is not found does not exist; a search that
would take too long is cut, and says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from netralitas_rules.analysis.days import Days, Span
from netralitas_rules.engine.bodies import felt
from netralitas_rules.engine.conditions import (
    FALSE,
    OPEN,
    TRUE,
    All,
    Any,
    Condition,
    Test,
    either,
    fields_of,
    negate,
    union,
)
from netralitas_rules.engine.plan import Constraint, Plan
from netralitas_rules.facts.space import LAW_PREFIX, Kind, Origin

_BLOCK = 8
MAX_STEPS = 20_000
"""Parts that one search looks at before it is cut."""


class SearchCut(Exception):
    """A search was cut: it is not known whether there is a completion."""


@dataclass(frozen=True, slots=True)
class Found:
    """A completion: one value of every fact that anything turns on."""

    known: int
    days: dict[str, Span | None]


@dataclass(slots=True)
class _Clause:
    """A constraint as a choice, with the fields it reads."""

    number: int
    fields: int
    when: Condition
    then: Test


Leaf = Callable[[int], Found | None]
"""Completes what conditions leave in a way of its own, or refuses it (None)."""


@dataclass(slots=True)
class _Part:
    """Choices and constraints that share open facts, and the fields of all their facts."""

    open: int
    """Of each open fact some bits, the same in every part of one `_apart`."""
    fields: int
    choices: list[Any]
    clauses: list[_Clause]


def _join(parts: list[_Part], new: _Part) -> None:
    """Add a part, put together with those that share an open fact with it."""
    apart = []
    for part in parts:
        if part.open & new.open:
            new.open |= part.open
            new.fields |= part.fields
            new.choices += part.choices
            new.clauses += part.clauses
        else:
            apart.append(part)
    parts[:] = [*apart, new]


@dataclass(slots=True)
class Search:
    """Searches over the facts of one plan."""

    plan: Plan
    steps: int = MAX_STEPS
    apart: int | None = None
    """A fact whose constraints are left out: the caller says what it can be."""
    start: int = field(init=False)
    """What no constraint excludes."""
    settled: int = field(init=False)
    """The same, and of derived facts only what some constraint sets: a report can settle it."""
    _days: Days = field(init=False)
    _clauses: list[_Clause] = field(init=False)
    _covers: dict[int, Condition] = field(init=False)
    _negated: dict[int, tuple[Condition, Condition]] = field(default_factory=dict)
    _fields: dict[int, tuple[Condition, int]] = field(default_factory=dict)
    _laws: int = field(init=False)
    """Fields of the bodies of law that some transition tells."""
    _lowest: int = field(init=False)
    """The lowest bit of every field."""
    _blocks: list[tuple[int, list[_Clause]]] = field(init=False)
    """Constraints beside each other with the fields that they read: most stay as they are."""
    _remembered: dict[tuple[int, ...], int | None] = field(default_factory=dict)
    """What knots of constraints were completed to: few patterns recur often."""
    _left: int = 0

    def __post_init__(self) -> None:
        constraints = [
            c for c in felt(self.plan) if self.apart not in {test.fact for test in c.tests}
        ]
        self._days = Days.of(self.plan)
        self._clauses = [_clause(c) for c in constraints]
        self._blocks = list(_blocks(self._clauses))
        self._lowest = union(1 << fact.shift for fact in self.plan.space.facts)
        self._covers = dict(_covers(self.plan, constraints))
        self._laws = union(self.plan.space.facts[index].full for index in self._covers)
        self._left = self.steps
        start = self._narrowed(self.plan.space.unknown, -1)
        self.start = 0 if start is None else start
        self.settled = self.start & settled(self.plan)

    def within(self, conditions: Sequence[Condition], known: int | None = None) -> int | None:
        """What the conditions leave of what is known, as far as it follows at once."""
        base = self.start if known is None else known
        reduced = self._reduced(base, list(self.covered(conditions)), -1)
        return None if reduced is None else reduced[0]

    def covered(self, conditions: Sequence[Condition]) -> Iterator[Condition]:
        """The conditions, and that the bodies of law which they read are told of the case: days
        outside all transitions are outside the ruleset.
        """
        yield from conditions
        read = union(self._read(condition) for condition in conditions) & self._laws
        if not read:
            return
        for index, told in self._covers.items():
            if read & self.plan.space.facts[index].full:
                yield told

    def find(
        self,
        conditions: Sequence[Condition],
        known: int | None = None,
        leaf: Leaf | None = None,
    ) -> Found | None:
        """A completion in which all conditions hold; None where there is none.

        `leaf` may refuse a completion for reasons of its own. Raises `SearchCut`.
        """
        self._left = self.steps
        base = self.start if known is None else known
        if leaf is not None:
            return self._solved(base, list(self.covered(conditions)), -1, leaf)
        reduced = self._reduced(base, list(self.covered(conditions)), -1)
        if reduced is None:
            return None
        completed = self._joint(reduced[0], reduced[1], self._clauses)
        if completed is None:
            return None
        days = self._days.found(completed)
        return None if days is None else Found(completed, days)

    def _joint(self, known: int, choices: Sequence[Any], clauses: Sequence[_Clause]) -> int | None:
        """A completion in which all choices and constraints hold. Those that share no open fact
        are completed apart: what fails in one part fails whatever the others are.
        """
        for part in self._apart(known, choices, clauses):
            found = self._branched(known, part) if part.choices else self._knot(known, part)
            if found is None:
                return None
            known = known & ~part.fields | found & part.fields
        return known

    def _branched(self, known: int, part: _Part) -> int | None:
        """The shortest choice of a part, tried branch by branch."""
        self._left -= 1
        if self._left < 0:
            raise SearchCut
        choice = min(part.choices, key=lambda c: len(c.parts))
        rest = [c for c in part.choices if c is not choice]
        excluded: list[Condition] = []
        for branch in choice.parts:
            if branch.value(known) == FALSE:
                continue
            reduced = self._reduced(known, [branch, *excluded, *rest], 0)
            if reduced is not None:
                found = self._joint(reduced[0], reduced[1], part.clauses)
                if found is not None:
                    return found
            excluded.append(self._not(branch))
        return None

    def _knot(self, known: int, part: _Part) -> int | None:
        """A part in which only constraints are left to meet; few patterns of them recur often."""
        key = (known & part.fields, *(clause.number for clause in part.clauses))
        if key not in self._remembered:
            dates = part.open & self._days.fields
            self._remembered[key] = self._filled(known, part.clauses, dates)
        return self._remembered[key]

    def _apart(self, known: int, choices: Sequence[Any], clauses: Sequence[_Clause]) -> list[_Part]:
        """What is open, by what shares open facts; all dates are taken together."""
        open_bits = known & (known - self._lowest)  # none of a field with one bit left
        dates = self._days.fields
        found = [_Part(open_bits & dates, dates, [], [])] if open_bits & dates else []
        for clause in clauses:
            if known & clause.then.denied and clause.when.value(known) == OPEN:
                _join(found, _Part(clause.fields & open_bits, clause.fields, [], [clause]))
        for choice in choices:
            fields = self._read(choice)
            _join(found, _Part(fields & open_bits, fields, [choice], []))
        return found

    def _read(self, condition: Condition) -> int:
        """Fields of the facts that a condition reads."""
        found = self._fields.get(id(condition))
        if found is None:
            found = self._fields[id(condition)] = (condition, fields_of(condition))
        return found[1]

    def samples(self, found: Found) -> tuple[int, ...]:
        """Completions like the one found: facts that nothing turns on have one value each, the
        first or the last; dates may have more days left.
        """
        lows = highs = found.known
        for fact in self.plan.space.facts:
            left = found.known & fact.full
            if left & (left - 1) and fact.spec.kind is not Kind.DATE:
                lows = lows & ~fact.full | (left & -left)
                highs = highs & ~fact.full | 1 << (left.bit_length() - 1)
        return lows, highs

    def _solved(
        self, known: int, conditions: list[Condition], changed: int, leaf: Leaf
    ) -> Found | None:
        """Every way to meet the conditions, one after the other, until `leaf` takes one."""
        self._left -= 1
        if self._left < 0:
            raise SearchCut
        reduced = self._reduced(known, conditions, changed)
        if reduced is None:
            return None
        known, choices = reduced
        if not choices:
            return leaf(known)
        choice = min(choices, key=lambda c: len(c.parts))
        rest = [c for c in choices if c is not choice]
        excluded: list[Condition] = []
        for part in choice.parts:
            if part.value(known) == FALSE:
                continue
            found = self._solved(known, [part, *excluded, *rest], 0, leaf)
            if found is not None:
                return found
            excluded.append(self._not(part))
        return None

    def _not(self, part: Condition) -> Condition:
        found = self._negated.get(id(part))
        if found is None:
            found = self._negated[id(part)] = (part, negate(part))
        return found[1]

    def _reduced(
        self, known: int, conditions: list[Condition], changed: int
    ) -> tuple[int, list[Any]] | None:
        """What follows at once, and the choices that are left."""
        pending = conditions
        while True:
            before = known
            choices: list[Any] = []
            while pending:
                condition = pending.pop()
                value = condition.value(known)
                if value == TRUE:
                    continue
                if value == FALSE:
                    return None
                if isinstance(condition, Test):
                    known &= ~condition.denied
                elif isinstance(condition, All):
                    pending.extend(condition.parts)
                else:
                    left = [part for part in condition.parts if part.value(known) != FALSE]
                    if len(left) == 1:
                        pending.append(left[0])
                    else:
                        choices.append(condition)
            changed |= before ^ known
            if changed:
                narrowed = self._narrowed(known, changed)
                if narrowed is None:
                    return None
                known, changed = narrowed, 0
            if known == before:
                return known, choices
            pending = list(choices)

    def _narrowed(self, known: int, changed: int) -> int | None:
        """What the constraints leave, where only some values have changed."""
        while changed:
            again = 0
            near = [
                clause
                for fields, clauses in self._blocks
                if fields & changed
                for clause in clauses
                if clause.fields & changed
            ]
            for clause in near:
                then = clause.then
                if not known & then.denied:
                    continue
                truth = clause.when.value(known)
                if truth == FALSE:
                    continue
                if truth == TRUE:
                    left = known & ~then.denied
                    if not left & then.allowed:
                        return None
                elif known & then.allowed:
                    continue
                else:
                    refuted = self._reduced_plain(known, self._not(clause.when))
                    if refuted is None:
                        return None
                    left = refuted
                again |= known ^ left
                known = left
            changed = again
        return known

    def _reduced_plain(self, known: int, condition: Condition) -> int | None:
        """What a condition leaves at once, without constraints."""
        value = condition.value(known)
        if value == TRUE:
            return known
        if value == FALSE:
            return None
        if isinstance(condition, Test):
            return known & ~condition.denied
        if isinstance(condition, All):
            for part in condition.parts:
                reduced = self._reduced_plain(known, part)
                if reduced is None:
                    return None
                known = reduced
            return known
        left = [part for part in condition.parts if part.value(known) != FALSE]
        return self._reduced_plain(known, left[0]) if len(left) == 1 else known

    def _filled(
        self,
        known: int,
        clauses: list[_Clause],
        dates: int,
        choices: Sequence[Any] = (),
    ) -> int | None:
        """What is known with the facts of one knot chosen so that its constraints hold."""
        self._left -= 1
        if self._left < 0:
            raise SearchCut
        if dates and not self._days.possible(known):
            return None
        if choices:
            excluded: list[Condition] = []
            choice = choices[0]
            for part in choice.parts:
                if part.value(known) == FALSE:
                    continue
                parts = [part, *excluded, *choices[1:]]
                found = self._filled_with(known, parts, clauses, dates)
                if found is not None:
                    return found
                excluded.append(self._not(part))
            return None
        for clause in clauses:
            if known & clause.then.denied and clause.when.value(known) == OPEN:
                tie = Any((self._not(clause.when), clause.then))
                return self._filled_with(known, [tie], clauses, dates)
        field, parts_left = self._days.division(known) if dates else (0, [])
        if not parts_left:
            return known
        for bits in parts_left:
            narrower = known & ~field | bits
            narrowed = self._narrowed(narrower, known ^ narrower)
            if narrowed is not None:
                found = self._filled(narrowed, clauses, dates)
                if found is not None:
                    return found
        return None

    def _filled_with(
        self, known: int, conditions: list[Condition], clauses: list[_Clause], dates: int
    ) -> int | None:
        reduced = self._reduced(known, conditions, 0)
        if reduced is None:
            return None
        return self._filled(reduced[0], clauses, dates, reduced[1])


def _clause(constraint: Constraint) -> _Clause:
    fields = union(t.allowed | t.denied for t in constraint.tests)
    return _Clause(constraint.number, fields, constraint.when, constraint.then)


def _blocks(clauses: Sequence[_Clause]) -> Iterator[tuple[int, list[_Clause]]]:
    for start in range(0, len(clauses), _BLOCK):
        block = list(clauses[start : start + _BLOCK])
        yield union(clause.fields for clause in block), block


def settled(plan: Plan) -> int:
    """Values that can be all that is known: of a derived fact those that constraints set. One that
    none sets is taken as any other fact.
    """
    known = -1
    for fact in plan.space.facts:
        if fact.spec.origin is Origin.DERIVED and fact.index not in plan.compared:
            set_by = union(c.then.allowed for c in plan.constraints if c.then.fact == fact.index)
            known &= ~fact.full | (set_by or fact.full)
    return known


def _covers(plan: Plan, constraints: Sequence[Constraint]) -> Iterator[tuple[int, Condition]]:
    """Per body of law that some transition tells: that one of them tells it."""
    for fact in plan.space.facts:
        if fact.spec.path.startswith(LAW_PREFIX) and fact.spec.kind is Kind.ENUM:
            tellers = [c.when for c in constraints if c.then.fact == fact.index]
            if tellers:
                yield fact.index, either(tellers)
