"""What changed between two days, from the law of each."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from netralitas_rules.timeline import model as m


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T")
I = TypeVar("I", bound=_WithId)  # noqa: E741


def law_diff(first: m.LawOn, second: m.LawOn) -> m.LawDiff:
    """What is otherwise in `second`. Raises `ValueError` where it is no later day of the same
    ruleset.
    """
    if first.ruleset != second.ruleset:
        raise ValueError("the law of two days is compared under one ruleset")
    if second.day < first.day:
        raise ValueError(f"the second day ({second.day}) lies before the first ({first.day})")
    return m.LawDiff(
        first.format,
        first.day,
        second.day,
        first.ruleset,
        _only_in(second, first),
        _only_in(first, second),
        _changed(first.law, second.law, lambda law: law.fact),
        _changed(first.contests, second.contests, lambda c: (c.calendar, c.contest)),
        _changed(first.rules, second.rules, lambda rule: rule.id),
        {**first.cites, **second.cites},
        {**first.words, **second.words},
    )


def _only_in(these: m.LawOn, those: m.LawOn) -> m.InForce:
    return m.InForce(
        _without(these.instruments, those.instruments),
        _without(these.provisions, those.provisions),
        _without(these.rules, those.rules),
    )


def _without(these: Sequence[I], those: Sequence[I]) -> tuple[I, ...]:
    there = {item.id for item in those}
    return tuple(item for item in these if item.id not in there)


def _changed(
    before: Sequence[T], after: Sequence[T], key: Callable[[T], object]
) -> tuple[tuple[T, T], ...]:
    there = {key(item): item for item in after}
    pairs = ((item, there[key(item)]) for item in before if key(item) in there)
    return tuple((one, other) for one, other in pairs if one != other)
