"""What is known of all facts, as one int: a bit per value that is still possible.

`Space` gives every fact a field of bits in that int, a bit per value. A list fact has a bit per
*subset* of its members, so that "has at least one of" stays exact. Dates and integers are cut into
cells at the breakpoints that the conditions use; a date that may not have happened has one bit
more. Knowing nothing is all bits; narrowing clears bits; a fact without a bit is a contradiction.
"""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from netralitas_rules.facts.accounts import Accounts, Window, combine, ruled_out, windows
from netralitas_rules.facts.leaves import NEVER, OneOf, Some, Span, parse_span
from netralitas_rules.facts.space import FactSpec, Kind

MAX_INTEGER = 10**15


_ENDS = {
    Kind.DATE: (datetime.date.min.toordinal(), datetime.date.max.toordinal()),
    Kind.INTEGER: (-MAX_INTEGER, MAX_INTEGER),
}


class NotAValue(ValueError):
    """A stated value that the fact does not have; `allowed` says which it has."""

    def __init__(self, fact: "Fact", value: object, reason: str = "") -> None:
        self.fact = fact
        self.value = value
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its field of bits in the space."""

    index: int
    spec: FactSpec
    shift: int
    full: int
    """All bits of the field."""
    bits: Mapping[Any, int]
    """Values (or members) to bits; for dates and integers empty."""
    breaks: tuple[int, ...] = ()
    """First ordinal of each cell but the first."""

    @property
    def never_bit(self) -> int:
        """The bit of "did not happen" of a date fact, 0 where it cannot be."""
        return 1 << (self.shift + len(self.breaks) + 1) if self.spec.may_be_never else 0

    def cells(self, first: int, last: int) -> int:
        """Bits of the cells that the ordinals `first`..`last` touch."""
        low = bisect_right(self.breaks, first)
        high = bisect_right(self.breaks, last)
        return (((1 << (high + 1)) - 1) & ~((1 << low) - 1)) << self.shift

    def cell_numbers(self, known: int) -> list[int]:
        """Numbers of the cells that knowledge leaves possible."""
        possible = (known & self.full) >> self.shift
        return [n for n in range(len(self.breaks) + 1) if possible >> n & 1]

    def cell_bounds(self, cell: int) -> tuple[int, int]:
        """First and last ordinal of a cell; open ends are those of the calendar, or of integers."""
        low, high = _ENDS[self.spec.kind]
        first = self.breaks[cell - 1] if cell else low
        last = self.breaks[cell] - 1 if cell < len(self.breaks) else high
        return first, last

    def with_members(self, members: Iterable[Any], *, present: bool) -> int:
        """Bits of the subsets that hold all `members` (or, `present` false, none of them)."""
        wanted = self.full
        for member in members:
            wanted &= self.bits[member] if present else ~self.bits[member]
        return wanted

    def encode(self, value: Any) -> int:
        """Knowledge from what an incident states. Raises `NotAValue`."""
        found = self._encode(value)
        if not found:
            raise NotAValue(self, value, "this leaves no value possible")
        return found

    def _encode(self, value: Any) -> int:
        if isinstance(value, Accounts):
            return self._encode_accounts(value)
        kind = self.spec.kind
        if kind is Kind.DATE:
            return self._encode_date(value)
        if kind is Kind.LIST:
            return self._encode_list(value)
        if kind is Kind.INTEGER:
            if type(value) is not int or abs(value) > MAX_INTEGER:
                raise NotAValue(self, value)
            return self.cells(value, value)
        match value:
            case OneOf(values=values, negated=negated):
                return self._one_of(values, negated=negated)
            case {"one_of": list() | tuple() as values} if len(value) == 1:
                return self._one_of(values, negated=False)
            case {"not": list() | tuple() as values} if len(value) == 1:
                return self._one_of(values, negated=True)
        return self._bit(value)

    def _encode_accounts(self, value: Accounts) -> int:
        """Days are weighed as days: two accounts of different days of one cell share none."""
        masks = [self.encode(one) for one in value.values]
        if self.spec.kind is Kind.DATE:
            return self._days(windows(value))
        known = combine(masks)
        if value.counted is not None:
            denied = (self.full & ~self.encode(one) for one in value.counted)
            known |= self.full & ~ruled_out(denied, value.least)
        return known

    def _days(self, possible: Iterable[Window]) -> int:
        """The cells of days; that it did not happen counts only where that can be."""
        found = 0
        for window in possible:
            if isinstance(window, Span):
                found |= self.cells(window.first.toordinal(), window.last.toordinal())
            else:
                found |= self.never_bit
        return found

    def _bit(self, value: Any) -> int:
        try:
            bit = self.bits.get(value, 0)
        except TypeError:
            bit = 0
        if not bit or (self.spec.kind is Kind.BOOL and type(value) is not bool):
            raise NotAValue(self, value)
        return bit

    def _one_of(self, values: Sequence[Any], *, negated: bool) -> int:
        mask = 0
        for value in values:
            mask |= self._bit(value)
        return self.full & ~mask if negated else mask

    def _encode_list(self, value: Any) -> int:
        match value:
            case Some(has=has, lacks=lacks):
                return self._members(has, present=True) & self._members(lacks, present=False)
            case {**named} if named and not set(named) - {"has", "lacks"}:
                with_all, without = named.get("has", ()), named.get("lacks", ())
                return self._members(with_all, present=True) & self._members(without, present=False)
            case list() | tuple():
                rest = [m for m in self.spec.values if m not in value]
                return self._members(value, present=True) & self._members(rest, present=False)
        raise NotAValue(self, value)

    def _members(self, members: Any, *, present: bool) -> int:
        if not isinstance(members, list | tuple):
            raise NotAValue(self, members)
        for member in members:
            self._bit(member)
        return self.with_members(members, present=present)

    def _encode_date(self, value: Any) -> int:
        if value is NEVER or value == NEVER.value:
            if not self.spec.may_be_never:
                raise NotAValue(self, value, "this date is of something that did happen")
            return self.never_bit
        try:
            span = parse_span(value)
        except ValueError as error:
            raise NotAValue(self, value, str(error)) from None
        return self.cells(span.first.toordinal(), span.last.toordinal())

    def example(self, known: int) -> Any:
        """The first value that `known` leaves of a fact that is no date, as a report states it."""
        if self.spec.kind is Kind.INTEGER:
            first, last = self.cell_bounds(self.cell_numbers(known)[0])
            return min(max(0, first), last)
        value = self.decode(known)[0]
        return list(value) if isinstance(value, tuple) else value

    def decode(self, known: int) -> tuple[str | bool | tuple[str, ...] | Span, ...]:
        """The values that `known` leaves possible, in the order of the vocabulary.

        Lists give the possible member tuples, dates and integers the span of the cells.
        """
        kind = self.spec.kind
        if kind is Kind.DATE or kind is Kind.INTEGER:
            return ()
        if kind is Kind.LIST:
            members = self.spec.values
            return tuple(
                tuple(str(m) for i, m in enumerate(members) if subset >> i & 1)
                for subset in range(1 << len(members))
                if known >> (self.shift + subset) & 1
            )
        return tuple(value for value, bit in self.bits.items() if known & bit)


def make_fact(index: int, shift: int, spec: FactSpec, breaks: Iterable[int] = ()) -> Fact:
    """The fact with its field at `shift`; `breaks` are those of dates and integers."""
    ordered: tuple[int, ...] = ()
    if spec.kind is Kind.DATE or spec.kind is Kind.INTEGER:
        ordered = tuple(sorted(set(breaks)))
        width = len(ordered) + 1 + (1 if spec.may_be_never else 0)
        bits: dict[Any, int] = {}
    elif spec.kind is Kind.LIST:
        width = 1 << len(spec.values)
        bits = {
            member: sum(1 << (shift + s) for s in range(width) if s >> i & 1)
            for i, member in enumerate(spec.values)
        }
    else:
        width = len(spec.values)
        bits = {value: 1 << (shift + i) for i, value in enumerate(spec.values)}
    return Fact(index, spec, shift, ((1 << width) - 1) << shift, bits, ordered)


@dataclass(frozen=True, slots=True)
class Space:
    """All facts of a ruleset, in a fixed order."""

    facts: tuple[Fact, ...]
    by_path: Mapping[str, Fact]
    width: int
    """Bits of all fields together."""

    def numbered(self, bits: int) -> list[Fact]:
        """The facts of a mask with a bit per fact, by index."""
        return [fact for fact in self.facts if bits >> fact.index & 1]

    @property
    def unknown(self) -> int:
        """Knowledge of which nothing is stated: every value of every fact."""
        return (1 << self.width) - 1

    @classmethod
    def build(cls, specs: Iterable[FactSpec], breaks: Mapping[str, Iterable[int]]) -> "Space":
        """The space of these facts; `breaks` per path of a date or integer."""
        facts: list[Fact] = []
        shift = 0
        for index, spec in enumerate(sorted(specs, key=lambda s: s.path)):
            fact = make_fact(index, shift, spec, breaks.get(spec.path, ()))
            facts.append(fact)
            shift += fact.full.bit_length() - shift
        return cls(tuple(facts), {f.spec.path: f for f in facts}, shift)
