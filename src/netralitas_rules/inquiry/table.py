"""A truth table over a few facts, as ints: a bit per combination of classes of values.

A condition is the set of combinations in which it holds, so that *all*, *any* and *for some value
of a fact* are a handful of operations on whole tables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from netralitas_rules.engine.conditions import FALSE, TRUE, All, Condition, Test, classes_of
from netralitas_rules.engine.knowledge import Fact

MAX_STATES = 1 << 17
"""Combinations of one table: 16 kB each, some microseconds an operation."""
MAX_SETS = 2_000
"""Choices of facts that one search looks at."""


class TableCut(Exception):
    """A table or a search would be larger than its bound."""


def classes(values: int, tests: Iterable[int]) -> tuple[int, ...]:
    """The values in classes that none of the tests (allowed values) tells apart, in their order."""
    return tuple(sorted(classes_of(values, tests), key=lambda part: part & -part))


@dataclass(frozen=True, slots=True)
class Axis:
    """One fact of a table, its values in classes."""

    fact: Fact
    classes: tuple[int, ...]
    stride: int
    """How far apart two neighbouring classes lie in the table."""
    first: int
    """Every combination with the first class."""

    @property
    def count(self) -> int:
        return len(self.classes)

    def where(self, allowed: int) -> int:
        """The combinations in which the fact has one of these values."""
        found = 0
        for number, values in enumerate(self.classes):
            if values & allowed:
                found |= self.first << number * self.stride
        return found

    def left_out(self, states: int) -> int:
        """The combinations without this fact, of which some value of it is among the states; they
        stand at its first class.
        """
        found = 0
        for number in range(len(self.classes)):
            found |= states >> number * self.stride
        return found & self.first


@dataclass(slots=True)
class Table:
    """The combinations of some facts. Facts of one class are none of its axes: they say nothing."""

    facts: Sequence[tuple[Fact, tuple[int, ...]]]
    axes: dict[int, Axis] = field(init=False)
    """By the index of the fact."""
    size: int = field(init=False)

    def __post_init__(self) -> None:
        """Raises `TableCut`."""
        size = 1
        for _, parts in self.facts:
            size *= len(parts)
        if size > MAX_STATES:
            raise TableCut
        self.size, self.axes, stride = size, {}, 1
        everything = (1 << size) - 1
        for fact, parts in self.facts:
            if len(parts) > 1:
                width = stride * len(parts)
                first = ((1 << stride) - 1) * (everything // ((1 << width) - 1))
                self.axes[fact.index] = Axis(fact, parts, stride, first)
                stride = width

    @property
    def everything(self) -> int:
        return (1 << self.size) - 1

    def of(self, condition: Condition, known: int) -> int:
        """The combinations in which a condition holds; what no axis tells is as known. Every open
        fact of the condition has to be among the facts.
        """
        value = condition.value(known)
        if value == TRUE:
            return self.everything
        if value == FALSE:
            return 0
        if isinstance(condition, Test):
            return self.axes[condition.fact].where(condition.allowed)
        if isinstance(condition, All):
            found = self.everything
            for part in condition.parts:
                found &= self.of(part, known)
                if not found:
                    break
            return found
        found = 0
        for part in condition.parts:
            found |= self.of(part, known)
        return found

    def within(self, known: int) -> int:
        """The combinations that what is known leaves possible."""
        found = self.everything
        for axis in self.axes.values():
            if known & axis.fact.full != axis.fact.full:
                found &= axis.where(known)
        return found


@dataclass(slots=True)
class Chosen:
    """A choice of facts, and the combinations of their values that are sufficient."""

    facts: tuple[int, ...]
    states: int


def sufficient(
    good: int,
    bad: int,
    axes: Sequence[Axis],
    kept: tuple[int, ...] = (),
    as_stated: Mapping[int, int] | None = None,
    allowed: int = -1,
) -> Iterator[Chosen]:
    """Every smallest choice of axes (beside the facts `kept`, which are in all of them) of which
    some values leave good combinations and none that is bad; subsets before their supersets.

    Raises `TableCut` after `MAX_SETS` steps.
    """
    budget = [MAX_SETS]
    found: list[frozenset[int]] = []

    def search(at: int, kept: tuple[int, ...], good: int, bad: int) -> Iterator[Chosen]:
        budget[0] -= 1
        if budget[0] < 0:
            raise TableCut
        states = good & ~bad
        if not states:  # with fewer facts stated, less is certain
            return
        if at == len(axes):
            for axis in axes:
                if axis.fact.index in kept:
                    states &= axis.where(allowed)
            if not states:
                return
            found.append(frozenset(kept))
            yield Chosen(kept, states)
            return
        axis = axes[at]
        yield from search(at + 1, kept, *left_out(axis, good, bad, as_stated))
        longer = (*kept, axis.fact.index)
        if not any(smaller <= set(longer) for smaller in found):
            yield from search(at + 1, longer, good, bad)

    yield from search(0, kept, good, bad)


def left_out(
    axis: Axis, good: int, bad: int, as_stated: Mapping[int, int] | None = None
) -> tuple[int, int]:
    """Both without a fact, which has one of the values `as_stated`, or else any."""
    stated = (as_stated or {}).get(axis.fact.index)
    if stated is not None:
        states = axis.where(stated)
        good, bad = good & states, bad & states
    return axis.left_out(good), axis.left_out(bad)
