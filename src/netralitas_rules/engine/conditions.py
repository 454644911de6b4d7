"""Conditions as trees of set tests, and their exact truth over sets of possible values.

Truth is `FALSE`, `OPEN` or `TRUE` (0, 1, 2): *all* is the least, *any* the greatest. Kleene's
logic is exact while no fact repeats in a formula and no constraint ties two of its facts. Where
one does and the answer is open, `exact` splits such a fact into the classes that the tests can
tell apart and asks again in each.
"""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

FALSE, OPEN, TRUE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Test:
    """Fact number `fact` has one of the values `allowed`; `denied` is the rest of its field."""

    fact: int
    allowed: int
    denied: int

    def value(self, known: int) -> int:
        if not known & self.allowed:
            return FALSE
        return OPEN if known & self.denied else TRUE


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts. The tests among them are kept as masks too: they are asked most."""

    parts: tuple["Condition", ...]
    _allowed: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _denied: int = field(init=False, repr=False, compare=False)
    _nested: tuple["Condition", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tests = [part for part in self.parts if isinstance(part, Test)]
        object.__setattr__(self, "_allowed", tuple(test.allowed for test in tests))
        object.__setattr__(self, "_denied", union(test.denied for test in tests))
        object.__setattr__(self, "_nested", _nested(self.parts))

    def value(self, known: int) -> int:
        for mask in self._allowed:
            if not known & mask:
                return FALSE
        least = OPEN if known & self._denied else TRUE
        for part in self._nested:
            value = part.value(known)
            if value < least:
                if value == FALSE:
                    return FALSE
                least = value
        return least


@dataclass(frozen=True, slots=True)
class Any:
    """Any of the parts; the tests among them are kept as masks too."""

    parts: tuple["Condition", ...]
    _allowed: int = field(init=False, repr=False, compare=False)
    _denied: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _nested: tuple["Condition", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tests = [part for part in self.parts if isinstance(part, Test)]
        object.__setattr__(self, "_allowed", union(test.allowed for test in tests))
        object.__setattr__(self, "_denied", tuple(test.denied for test in tests))
        object.__setattr__(self, "_nested", _nested(self.parts))

    def value(self, known: int) -> int:
        for mask in self._denied:
            if not known & mask:
                return TRUE
        greatest = OPEN if known & self._allowed else FALSE
        for part in self._nested:
            value = part.value(known)
            if value > greatest:
                if value == TRUE:
                    return TRUE
                greatest = value
        return greatest


def union(masks: Iterable[int]) -> int:
    """All bits of the masks."""
    found = 0
    for mask in masks:
        found |= mask
    return found


def _nested(parts: Iterable["Condition"]) -> tuple["Condition", ...]:
    return tuple(part for part in parts if not isinstance(part, Test))


Condition = Test | All | Any
ALWAYS = All(())
NEVER = Any(())


def negate(condition: Condition) -> Condition:
    """The condition that holds exactly where this one does not (negation reaches the tests)."""
    if isinstance(condition, Test):
        return Test(condition.fact, condition.denied, condition.allowed)
    parts = tuple(negate(part) for part in condition.parts)
    return Any(parts) if isinstance(condition, All) else All(parts)


def both(conditions: Iterable[Condition]) -> Condition:
    """All of the conditions, flattened; a single one stands for itself."""
    parts: list[Condition] = []
    for condition in conditions:
        if isinstance(condition, All):
            parts.extend(condition.parts)
        else:
            parts.append(condition)
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def either(conditions: Iterable[Condition]) -> Condition:
    """Any of the conditions; a single one stands for itself."""
    parts = tuple(conditions)
    return parts[0] if len(parts) == 1 else Any(parts)


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test in the condition, left to right."""
    if isinstance(condition, Test):
        yield condition
    else:
        for part in condition.parts:
            yield from tests_of(part)


def open_tests(condition: Condition, known: int) -> Iterator[Test]:
    """Tests of the condition, without the parts that what is known makes true or false."""
    if condition.value(known) != OPEN:
        return
    if isinstance(condition, Test):
        yield condition
        return
    for part in condition.parts:
        yield from open_tests(part, known)


def residual(condition: Condition, known: int) -> Condition | int:
    """What is known leaves of a condition, without the parts that it decides; `TRUE` or `FALSE`
    where it decides the whole.
    """
    if isinstance(condition, Test):
        value = condition.value(known)
        return condition if value == OPEN else value
    absorbs = FALSE if isinstance(condition, All) else TRUE
    rest: list[Condition] = []
    for part in condition.parts:
        left = residual(part, known)
        if not isinstance(left, int):
            rest.append(left)
        elif left == absorbs:
            return absorbs
    if not rest:
        return TRUE - absorbs
    if len(rest) == 1:
        return rest[0]
    return All(tuple(rest)) if isinstance(condition, All) else Any(tuple(rest))


def facts_of(condition: Condition) -> tuple[int, ...]:
    """Facts that the condition reads, each once, left to right."""
    return tuple(dict.fromkeys(test.fact for test in tests_of(condition)))


def fields_of(condition: Condition) -> int:
    """Fields of the facts that the condition reads."""
    found = 0
    for test in tests_of(condition):
        found |= test.allowed | test.denied
    return found


def repeated_facts(condition: Condition) -> frozenset[int]:
    """Facts that more than one test reads."""
    seen: set[int] = set()
    again: set[int] = set()
    for test in tests_of(condition):
        (again if test.fact in seen else seen).add(test.fact)
    return frozenset(again)


Narrow = Callable[[int], int | None]
"""Applies constraints to knowledge; None where no completion is left."""
Possible = Callable[[int], bool]
"""Whether what is known has a completion at all."""

MAX_SPLITS = 4096


class Cut(Exception):
    """A search was cut; the answer is left open, which is always sound."""


@dataclass(slots=True)
class Budget:
    """How many more parts of facts a search may look at."""

    left: int = MAX_SPLITS

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cut


def exact(
    condition: Condition,
    known: int,
    *,
    correlated: AbstractSet[int],
    narrow: Narrow,
    possible: Possible,
    budget: Budget,
) -> int:
    """The truth of the condition in every completion of what is known.

    `correlated` are the facts of the condition to split: those that repeat in it, or that
    constraints tie to others of its facts. The rest vary freely, so Kleene's logic is exact for
    them. The search ends as soon as one completion makes the condition true and another false.
    """
    divided = divisions(test for test in tests_of(condition) if test.fact in correlated)
    found: set[int] = set()

    def both_found(known: int) -> bool:
        value = condition.value(known)
        if value != OPEN:
            if value not in found and possible(known):
                found.add(value)
            return len(found) == 2
        for bits, own in divided:
            classes = classes_of(known & bits, own)
            if len(classes) > 1:
                return any(both_found(part) for part in split(known, bits, classes, narrow, budget))
        if possible(known):
            found.update((TRUE, FALSE))
        return len(found) == 2

    try:
        both_found(known)
    except Cut:
        return OPEN
    return found.pop() if len(found) == 1 else OPEN


def divisions(tests: Iterable[Test]) -> list[tuple[int, set[int]]]:
    """Per fact its field and the masks that tell its values apart."""
    found: dict[int, tuple[int, set[int]]] = {}
    for test in tests:
        if test.fact not in found:
            found[test.fact] = (test.allowed | test.denied, set())
        found[test.fact][1].add(test.allowed)
    return list(found.values())


def split(
    known: int, field: int, classes: Iterable[int], narrow: Narrow, budget: Budget
) -> Iterator[int]:
    """Knowledge with one fact in each of its classes, narrowed; contradictions are left out."""
    rest = known & ~field
    for part in classes:
        budget.spend()
        narrowed = narrow(rest | part)
        if narrowed is not None:
            yield narrowed


def classes_of(possible: int, masks: Iterable[int]) -> list[int]:
    """The parts of `possible` that no mask divides further."""
    parts = [possible]
    for mask in masks:
        parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
    return parts
