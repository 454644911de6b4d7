"""Conditions as trees of set tests, and their exact truth over sets of possible values.

Truth is `FALSE`, `OPEN` or `TRUE` (0, 1, 2): *all* is the least, *any* the greatest. Kleene's
logic is exact while no fact repeats in a formula and no constraint ties two of its facts. Where
one does and the answer is open, `exact` splits such a fact into the classes that the tests can
tell apart and asks again in each.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    parts: tuple["Condition", ...]

    def value(self, known: int) -> int:
        least = TRUE
        for part in self.parts:
            value = part.value(known)
            if value < least:
                if value == FALSE:
                    return FALSE
                least = value
        return least


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Condition", ...]

    def value(self, known: int) -> int:
        greatest = FALSE
        for part in self.parts:
            value = part.value(known)
            if value > greatest:
                if value == TRUE:
                    return TRUE
                greatest = value
        return greatest


Condition = Test | All | Any
ALWAYS = All(())
NEVER = Any(())


def negate(condition: Condition) -> Condition:
    """The condition that holds exactly where this one does not (negation reaches the tests)."""
    match condition:
        case Test(fact, allowed, denied):
            return Test(fact, denied, allowed)
        case All(parts):
            return Any(tuple(negate(part) for part in parts))
        case Any(parts):
            return All(tuple(negate(part) for part in parts))


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

MAX_SPLITS = 4096


class Cut(Exception):
    """The search was cut; the answer is left open, which is always sound."""


def exact(
    condition: Condition,
    known: int,
    *,
    correlated: Iterable[int],
    tests: Sequence[Test],
    narrow: Narrow,
) -> int:
    """The truth of the condition in every completion of what is known.

    `correlated` are the facts to split: those repeated in the condition or tied to others by
    constraints; `tests` are all tests (of condition and constraints) that tell values apart.
    """
    fields = {t.fact: t.allowed | t.denied for t in tests}
    divided = [
        (fields[fact], {t.allowed for t in tests if t.fact == fact})
        for fact in sorted(set(correlated) & fields.keys())
    ]
    budget = [MAX_SPLITS]

    def decide(known: int) -> int | None:
        value = condition.value(known)
        if value != OPEN:
            return value
        for field, masks in divided:
            classes = _classes(known & field, masks)
            if len(classes) > 1:
                rest = known & ~field
                completions = (rest | part for part in classes)
                return _agreement(decide, narrow, completions, budget)
        return OPEN

    try:
        value = decide(known)
    except Cut:
        return OPEN
    return OPEN if value is None else value


def _agreement(
    decide: Callable[[int], int | None],
    narrow: Narrow,
    completions: Iterable[int],
    budget: list[int],
) -> int | None:
    """The common answer over the completions; None where every one contradicts."""
    agreed: int | None = None
    for completion in completions:
        budget[0] -= 1
        if budget[0] < 0:
            raise Cut
        narrowed = narrow(completion)
        if narrowed is None:
            continue
        value = decide(narrowed)
        if value is None:
            continue
        if value == OPEN or (agreed is not None and agreed != value):
            return OPEN
        agreed = value
    return agreed


def _classes(possible: int, masks: Iterable[int]) -> list[int]:
    """The parts of `possible` that no mask divides further."""
    parts = [possible]
    for mask in masks:
        parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
    return parts
