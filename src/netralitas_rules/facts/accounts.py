"""What several accounts say of one fact, and what is known of it then.

An account is what the report itself states, or what one item of evidence shows. Known is what all
of them allow; where nothing is left, the fact is disputed and what any of them allows is possible.
Nothing of this is ever read from a file: it is made from an incident with evidence.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from netralitas_rules.facts.leaves import NEVER, Never, Span, parse_when

Window = Span | Never
"""Days in a row, or that it did not happen."""
_DAY = datetime.timedelta(days=1)
_FIRST, _LAST = datetime.date.min, datetime.date.max


@dataclass(frozen=True, slots=True)
class Accounts:
    """The values that several accounts state of one fact, in any order."""

    values: tuple[Any, ...]
    counted: tuple[Any, ...] | None = None
    """Where a standard of evidence is asked: the accounts that count for it."""
    least: int = 0
    """How many of those must rule a value out."""


def several(value: Any) -> bool:
    """Whether this is what several accounts state."""
    return isinstance(value, Accounts)


def values_of(value: Any) -> tuple[Any, ...]:
    """What every account states, also where there is only one."""
    return value.values if isinstance(value, Accounts) else (value,)


def combine(masks: Iterable[int]) -> int:
    """What is possible by all masks; by any where that is nothing."""
    every, some = -1, 0
    for mask in masks:
        every &= mask
        some |= mask
    return every or some


def ruled_out(denied: Iterable[int], least: int) -> int:
    """The bits that stand in at least so many of the masks."""
    levels = [-1, *[0] * least]
    for mask in denied:
        for level in range(least, 0, -1):
            levels[level] |= levels[level - 1] & mask
    return levels[least]


def windows(value: Any) -> tuple[Window, ...]:
    """The days that are possible by what is stated of a date, in their order, apart from each
    other; empty where nothing is stated.
    """
    if isinstance(value, Span):
        return (value,)
    if value is None:
        return ()
    if not isinstance(value, Accounts):
        return (parse_when(value),)
    stated = [parse_when(v) for v in value.values]
    known = _known(stated)
    if value.counted is None:
        return known
    counted = [parse_when(v) for v in value.counted]
    return _possible([*known], counted, value.least)


def first_and_last(value: Any) -> Span | None:
    """From the first to the last day that is possible by what is stated of a date; None where
    nothing is stated, or it did not happen.
    """
    spans = [window for window in windows(value) if isinstance(window, Span)]
    return Span(spans[0].first, spans[-1].last) if spans else None


def disputed_days(values: Sequence[Any]) -> bool:
    """Whether there is no day on which all these can be."""
    return _common([parse_when(v) for v in values]) is None


def apart(one: Any, other: Any) -> bool:
    """Whether two statements of a date share no day."""
    return disputed_days((one, other))


def _common(stated: Sequence[Window]) -> Window | None:
    spans = [window for window in stated if isinstance(window, Span)]
    if not spans:
        return NEVER
    if len(spans) < len(stated):
        return None
    first, last = max(s.first for s in spans), min(s.last for s in spans)
    return Span(first, last) if first <= last else None


def _known(stated: Sequence[Window]) -> tuple[Window, ...]:
    common = _common(stated)
    return (common,) if common is not None else _possible(stated, (), 1, else_all=False)


def _possible(
    known: Sequence[Window], counted: Sequence[Window], least: int, *, else_all: bool = True
) -> tuple[Window, ...]:
    """The days of `known`, and (`else_all`) all that fewer than `least` of `counted` rule out."""
    spans = [w for w in (*known, *counted) if isinstance(w, Span)]
    cuts = {_FIRST, *(span.first for span in spans)}
    cuts |= {span.last + _DAY for span in spans if span.last < _LAST}
    ends = [*sorted(cuts), None]
    found: list[Window] = []
    for first, after in pairwise(ends):
        assert first is not None
        if _within(first, known) or (else_all and _against(first, counted) < least):
            last = _LAST if after is None else after - _DAY
            before = found[-1] if found else None
            if isinstance(before, Span) and before.last + _DAY == first:
                found[-1] = Span(before.first, last)
            else:
                found.append(Span(first, last))
    if NEVER in known or (else_all and sum(w is not NEVER for w in counted) < least):
        found.append(NEVER)
    return tuple(found)


def _within(day: datetime.date, stated: Iterable[Window]) -> bool:
    return any(isinstance(w, Span) and w.first <= day <= w.last for w in stated)


def _against(day: datetime.date, counted: Sequence[Window]) -> int:
    return sum(not _within(day, (window,)) for window in counted)
