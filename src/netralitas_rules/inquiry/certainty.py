"""When parts of a rule are certain: the table of their open facts.

The frames of a subject, act and beneficiary say what is known; the constraints that still tie open
facts say which combinations can be. Stating a fact can also bring up an exception, or another way
to raise the rule: so the combinations in which the parts hold are asked for given stated facts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from netralitas_rules.engine.conditions import Condition, both, facts_of, tests_of, union
from netralitas_rules.engine.frames import Frame
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Constraint, Rule
from netralitas_rules.facts.order import ACT_BEFORE, IN_TURN
from netralitas_rules.facts.space import ACT_DATE
from netralitas_rules.inquiry.parts import Parts, open_in
from netralitas_rules.inquiry.table import (
    Axis,
    Chosen,
    Table,
    TableCut,
    classes,
    left_out,
    sufficient,
)
from netralitas_rules.inquiry.view import View

MAX_RAISING = 6
"""Facts not stated yet that can bring something up, of parts that belong together."""
MAX_DAYS_STATES = 1 << 19
"""Combinations of one table over all days."""


@dataclass(frozen=True, slots=True)
class Sufficient:
    """Facts, each with values of which any will do, that make something certain."""

    facts: tuple[tuple[Fact, int], ...]


@dataclass(slots=True)
class _Cell:
    """The frames of one cell of the act's date: what can be, and in what of it the parts hold."""

    values: int
    rows: list[tuple[int, int, list[int], list[int]]] = field(default_factory=list)
    """Per frame: possible, elements, gates, exceptions; each combinations of the table."""


@dataclass(slots=True)
class Certainty:
    """What would make parts of a rule certain in some frames, or one of them certainly not.

    Raises `TableCut` where the facts that they turn on are too many.
    """

    view: View
    rule: Rule
    parts: Parts
    _numbers: Sequence[int] = field(init=False)
    """The frames that are looked at."""
    _possible: int = field(init=False)
    """Everything that some frame leaves possible."""
    _needs: Condition = field(init=False)
    _table: Table = field(init=False)
    _cells: list[_Cell] = field(init=False)
    _ties: list[list[Constraint]] = field(init=False)

    def __post_init__(self) -> None:
        self._possible = union(frame.known for frame in self.view.frames)
        governs = self.view.governed(self.rule)
        self._numbers = range(len(governs)) if self.parts.varying else [governs.index(True)]
        self._needs = both(self.parts.needs)
        self._table = Table(self._facts())
        self._cells = self._filled()

    def established(self) -> list[Sufficient]:
        """The smallest choices of facts of which some values make all parts certain."""
        return self._smallest(certain=True)

    def cleared(self) -> list[Sufficient]:
        """The smallest choices of facts of which some values rule them out together."""
        return self._smallest(certain=False)

    # -- what it turns on

    def _facts(self) -> list[tuple[Fact, tuple[int, ...]]]:
        """Every open fact that it turns on, with its values in classes."""
        view, space = self.view, self.view.plan.space
        governs = view.governed(self.rule)
        tests: dict[int, set[int]] = {}
        found: set[int] = set()
        for number in self._numbers:
            known = view.frames[number].known
            asked = list(open_in(self.parts.conditions, known)) if governs[number] else []
            facts = {test.fact for test in asked} | self.parts.missing
            for test in asked:
                tests.setdefault(test.fact, set()).add(test.allowed)
            found |= {test.fact for test in asked}
            found = found.union(*(tie.facts for tie in view.tied(number, facts)))
            if len(self._numbers) > 1:
                found.update(*(tie.facts for tie in view.apart[number]))
        if len(self._numbers) > 1:
            found |= view.differing
        found.discard(space.by_path[ACT_DATE].index)
        self._ties = [
            [tie.constraint for tie in view.among(number, found)] for number in self._numbers
        ]
        for constraint in {tie.number: tie for ties in self._ties for tie in ties}.values():
            for test in constraint.tests:
                tests.setdefault(test.fact, set()).add(test.allowed)
        return [(space.facts[index], self._classes(index, tests)) for index in sorted(found)]

    def _classes(self, index: int, tests: dict[int, set[int]]) -> tuple[int, ...]:
        fact, as_stated = self.view.plan.space.facts[index], self.view.as_stated
        left = {self.view.frames[number].known & fact.full for number in self._numbers}
        left |= {as_stated[index]} if index in as_stated else set()
        possible = 0
        for values in left:
            possible |= values
        return classes(possible, (*sorted(left), *sorted(tests.get(index, ()))))

    # -- the table

    def _filled(self) -> list[_Cell]:
        view, table, space = self.view, self._table, self.view.plan.space
        date = space.by_path[ACT_DATE]
        cells: dict[int, _Cell] = {}
        seen: dict[tuple[object, ...], tuple[int, int, list[int], list[int]]] = {}
        fields = 0
        for condition in (*self.parts.conditions, self.rule.under):
            for index in facts_of(condition):
                fields |= space.facts[index].full
        for axis in table.axes.values():
            fields |= axis.fact.full
        fields &= ~date.full
        tests = [test for condition in self.parts.conditions for test in tests_of(condition)]
        on_days = {test.allowed for test in tests if test.fact == date.index}
        for number, ties in zip(self._numbers, self._ties, strict=True):
            frame, governs = view.frames[number], view.governed(self.rule)[number]
            days = tuple(bool(frame.known & allowed) for allowed in on_days)
            key = (frame.known & fields, governs, days, *(tie.number for tie in ties))
            row = seen.get(key)
            if row is None:
                row = seen[key] = self._row(frame, ties, governs=governs)
            day = frame.known & date.full
            cells.setdefault(day, _Cell(day)).rows.append(row)
        return list(cells.values())

    def _row(
        self, frame: Frame, ties: Iterable[Constraint], *, governs: bool
    ) -> tuple[int, int, list[int], list[int]]:
        table, known = self._table, frame.known
        possible = table.within(known)
        for tie in ties:
            refused = table.of(tie.when, known) & ~table.of(tie.then, known)
            possible &= ~refused
        possible &= ~self._out_of_order(frame)
        if not governs:
            return possible, 0, [0] * len(self.parts.gates), [0] * len(self.parts.exceptions)
        return (
            possible,
            table.of(self._needs, known),
            [table.of(way.condition, known) for way in self.parts.gates],
            [table.of(way.condition, known) for way in self.parts.exceptions],
        )

    def _out_of_order(self, frame: Frame) -> int:
        """Combinations in which a date lies before one that it cannot lie before."""
        space, found = self.view.plan.space, 0
        act = frame.first.toordinal()
        for path in ACT_BEFORE:
            axis = self._table.axes.get(space.by_path[path].index)
            if axis is not None:
                found |= axis.where(_ending_before(axis, act))
        for earlier, later in IN_TURN:
            axis = self._table.axes.get(space.by_path[later].index)
            first = space.by_path[earlier]
            before = self._table.axes.get(first.index)
            if axis is None:
                continue
            if before is None:
                found |= axis.where(_ending_before(axis, _beginning(first, frame.known)))
                continue
            for values in before.classes:
                late = axis.where(_ending_before(axis, _beginning(first, values)))
                found |= before.where(values) & late
        return found

    def _holding(self, cell: _Cell, stated: frozenset[int]) -> tuple[int, int]:
        """Combinations in which the rule holds, and in which it does not, with facts stated."""
        good = bad = 0
        for possible, needs, gates, exceptions in cell.rows:
            excused = 0
            raised = 0 if self.parts.gates else self._table.everything
            for way, states in zip(self.parts.gates, gates, strict=True):
                if way.missing <= stated:
                    raised |= states
            for way, states in zip(self.parts.exceptions, exceptions, strict=True):
                if way.missing <= stated:
                    excused |= states
            holds = needs & raised & ~excused
            good |= possible & holds
            bad |= possible & ~holds
        for axis in self._table.axes.values():
            if axis.fact.index not in self.view.statable:
                good, bad = axis.left_out(good), axis.left_out(bad)
        return good, bad

    # -- the smallest choices

    def _smallest(self, *, certain: bool) -> list[Sufficient]:
        found: list[tuple[frozenset[int], Sufficient]] = []
        raising = self._raising(certain=certain)
        for size in range(len(raising) + 1):
            for stated in combinations(raising, size):
                for facts, way in self._with(frozenset(stated), certain=certain):
                    if not any(smaller <= facts for smaller, _ in found):
                        found = [(f, w) for f, w in found if not facts < f]
                        found.append((facts, way))
        return [way for _, way in sorted(found, key=lambda pair: len(pair[0]))]

    def _raising(self, *, certain: bool) -> list[int]:
        """Facts not stated that can bring something up. To establish the rule, only those help
        that anything else reads than what they bring up.
        """
        ways = (*self.parts.gates, *self.parts.exceptions)
        found = {index for way in ways for index in way.missing}
        if certain:
            found = {i for way in self.parts.gates for i in way.missing} | {
                index for index in found if self._read_besides(index)
            }
        if len(found) > MAX_RAISING:
            raise TableCut
        return sorted(found)

    def _read_besides(self, index: int) -> bool:
        """Whether a fact is read anywhere but where it has to be stated, or tells frames apart."""
        if self.parts.varying and index in self.view.differing:
            return True
        ways = [way.condition for way in self.parts.exceptions if index not in way.missing]
        ties = {tie.number: tie for ties in self._ties for tie in ties}
        return any(index in facts_of(condition) for condition in (self._needs, *ways)) or any(
            index == test.fact for tie in ties.values() for test in tie.tests
        )

    def _with(
        self, stated: frozenset[int], *, certain: bool
    ) -> Iterator[tuple[frozenset[int], Sufficient]]:
        """The smallest choices that hold these facts, and no other that brings something up."""
        cells: dict[tuple[int, int], int] = {}
        for cell in self._cells:
            states = self._holding(cell, stated)
            cells[states] = cells.get(states, 0) | cell.values
        axes, good, bad = self._over_days(cells)
        if not certain:
            good, bad = bad, good
        asked = self.parts.missing
        free = []
        for axis in axes:
            if axis.fact.index not in self.view.statable:
                continue
            if axis.fact.index in asked - stated:
                good, bad = left_out(axis, good, bad, self.view.as_stated)
            elif axis.fact.index not in stated:
                free.append(axis)
        for chosen in sufficient(
            good, bad, free, tuple(sorted(stated)), self.view.as_stated, self.view.allowed
        ):
            facts = frozenset(chosen.facts)
            yield facts, self._way(chosen, [axis for axis in axes if axis.fact.index in facts])

    def _over_days(self, cells: dict[tuple[int, int], int]) -> tuple[list[Axis], int, int]:
        """The tables of all days as one: days on which all comes out alike are one class."""
        size, axes = self._table.size, list(self._table.axes.values())
        if len(cells) == 1:
            ((good, bad),) = cells
            return axes, good, bad
        if size * len(cells) > MAX_DAYS_STATES:
            raise TableCut
        repeat = ((1 << size * len(cells)) - 1) // ((1 << size) - 1)
        axes = [replace(axis, first=axis.first * repeat) for axis in axes]
        date = self.view.plan.space.by_path[ACT_DATE]
        axes.append(Axis(date, tuple(cells.values()), size, (1 << size) - 1))
        good = bad = 0
        for number, (holds, fails) in enumerate(cells):
            good |= holds << number * size
            bad |= fails << number * size
        return axes, good, bad

    def _way(self, chosen: Chosen, axes: Sequence[Axis]) -> Sufficient:
        """One combination that will do, and beside it whatever else will do with the rest."""
        state = (chosen.states & -chosen.states).bit_length() - 1
        taken = {axis.fact.index: [state // axis.stride % axis.count] for axis in axes}
        for axis in axes:
            for number in range(axis.count):
                wider = {**taken, axis.fact.index: [*taken[axis.fact.index], number]}
                if number not in taken[axis.fact.index] and not (
                    _box(axes, wider) & ~chosen.states
                ):
                    taken = wider
        values = {}
        for axis in axes:
            own = [axis.classes[number] for number in taken[axis.fact.index]]
            values[axis.fact.index] = sum(own)
        facts = [self.view.plan.space.facts[index] for index in chosen.facts]
        return Sufficient(
            tuple((fact, values.get(fact.index, self._possible & fact.full)) for fact in facts)
        )


def _beginning(fact: Fact, values: int) -> int:
    """The first day of the values of a date; where it may not have happened, none is too late."""
    cells = fact.cell_numbers(values)
    if not cells or values & fact.never_bit:
        return 0
    return fact.cell_bounds(cells[0])[0]


def _ending_before(axis: Axis, day: int) -> int:
    """Values of the classes of a date that have ended before a day."""
    found = 0
    for values in axis.classes:
        cells = axis.fact.cell_numbers(values)
        happened = bool(cells) and not values & axis.fact.never_bit
        if happened and axis.fact.cell_bounds(cells[-1])[1] < day:
            found |= values
    return found


def _box(axes: Sequence[Axis], taken: dict[int, list[int]]) -> int:
    """The combinations of these classes."""
    found = 1
    for axis in axes:
        found = sum(found << number * axis.stride for number in taken[axis.fact.index])
    return found
