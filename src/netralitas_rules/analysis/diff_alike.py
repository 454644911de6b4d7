"""Where two conditions part: what both say is said once, so that a search need not choose in it."""

from collections.abc import Sequence

from netralitas_rules.engine.conditions import (
    ALWAYS,
    FALSE,
    NEVER,
    OPEN,
    All,
    Any,
    Condition,
    Test,
    both,
    either,
    negate,
)


def parting(one: Condition, other: Condition) -> Condition:
    """That the one holds and the other does not: as `one` and the negation of `other`, but parts
    that both have are not asked twice, and of parts that lie in pairs only where a pair parts.
    """
    if one == other:
        return NEVER
    if isinstance(one, All) and isinstance(other, All):
        common, own, theirs = _divided(one.parts, other.parts)
        if len(own) != len(theirs):
            return All((*common, *own, either([negate(part) for part in theirs])))
        return All((*common, *own, _some_pair(own, theirs)))
    if isinstance(one, Any) and isinstance(other, Any):
        common, own, theirs = _divided(one.parts, other.parts)
        without = [negate(part) for part in (*common, *theirs)]
        found = _some_pair(own, theirs) if len(own) == len(theirs) else either(own)
        return All((*without, found))
    return All((one, negate(other)))


def _some_pair(own: Sequence[Condition], theirs: Sequence[Condition]) -> Condition:
    return either([parting(one, other) for one, other in zip(own, theirs, strict=True)])


def _divided(
    one: Sequence[Condition], other: Sequence[Condition]
) -> tuple[list[Condition], list[Condition], list[Condition]]:
    """Parts of both, and what is left of each."""
    common = [part for part in one if part in other]
    return (
        common,
        [part for part in one if part not in common],
        [part for part in other if part not in common],
    )


def simplified(condition: Condition, known: int) -> Condition:
    """The condition without what is true or false of everything that is known."""
    value = condition.value(known)
    if value != OPEN:
        return NEVER if value == FALSE else ALWAYS
    if isinstance(condition, Test):
        return condition
    parts = [simplified(part, known) for part in condition.parts]
    if isinstance(condition, All):
        return both([part for part in parts if part != ALWAYS])
    return either([part for part in parts if part != NEVER])
