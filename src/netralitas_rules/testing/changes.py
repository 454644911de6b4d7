"""What can be done to an item of a ruleset, and how a changed part is put back where it stood."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

Steps = tuple[str | int, ...]
Change = tuple["MutantKind", Steps, Any]
"""What was done where, and the whole part as it is then."""


class MutantKind(StrEnum):
    """What was done to the ruleset."""

    ITEM_DROPPED = "item dropped"
    ELEMENT_DROPPED = "element dropped"
    EXCEPTION_DROPPED = "exception dropped"
    CLAUSE_DROPPED = "clause dropped"
    LINE_DROPPED = "line of a condition dropped"
    ALTERNATIVE_DROPPED = "alternative dropped"
    VALUE_FLIPPED = "value flipped"
    VALUE_DROPPED = "value dropped"
    NEGATION_DROPPED = "negation dropped"
    BOUND_MOVED = "bound moved"
    LEVEL_CHANGED = "level changed"
    TARGET_DROPPED = "target dropped"
    KIND_SWAPPED = "kind of sanction swapped"
    DEFAULT_CHANGED = "default reading changed"
    DATES_SWAPPED = "dates swapped"
    PREMISE_DROPPED = "premise dropped"
    FIX_DROPPED = "fixed reading dropped"
    FIX_CHANGED = "fixed reading changed"
    COUNT_CHANGED = "count of a deadline changed"
    UNIT_SWAPPED = "unit of a deadline swapped"
    FIRST_DAY_CHANGED = "first day of a deadline changed"
    ROW_DROPPED = "row of a table dropped"
    OFFICE_CHANGED = "office changed"
    DUTY_CHANGED = "duty of a step changed"
    DEMAND_DROPPED = "demand of a procedure dropped"
    SEVERITY_CHANGED = "severity of a step changed"
    REGIMES_SWAPPED = "regimes of a relation swapped"
    RUNGS_SWAPPED = "rungs of a ladder swapped"
    DIRECTION_SWAPPED = "direction of a deadline swapped"


def at(key: str, changes: Iterator[Change], around: Mapping[str, Any]) -> Iterator[Change]:
    for kind, path, changed in changes:
        yield kind, (key, *path), {**around, key: changed}


def in_list(index: int, changes: Iterator[Change], around: list[Any]) -> Iterator[Change]:
    for kind, path, changed in changes:
        yield kind, (index, *path), [*around[:index], changed, *around[index + 1 :]]


def dropped(key: str, raw: Mapping[str, Any], kind: MutantKind) -> Iterator[Change]:
    """Every entry of the list `raw[key]` left out, one at a time."""
    values = raw[key]
    if len(values) > 1:
        for index in range(len(values)):
            left = [*values[:index], *values[index + 1 :]]
            yield kind, (key, index), {**raw, key: left}


def without(raw: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in raw.items() if k != key}


def rest(raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    left = without(raw, key)
    return [left] if left else []
