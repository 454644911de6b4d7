"""Tables of a ruleset changed: who may act, and what stands open."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from netralitas_rules.law.authority import Office
from netralitas_rules.law.remedies import Forum, Unanswered
from netralitas_rules.testing.changes import Change, MutantKind, at, dropped, in_list, without
from netralitas_rules.testing.changes_of_time import bounds

_LISTS = ("posts", "levels", "kinds", "decided-by")


def table(raw: Mapping[str, Any]) -> Iterator[Change]:
    """A row left out or changed, a status left out, another last day."""
    yield from bounds(raw)
    for key in ("statuses", "rows"):
        for name in raw[key] if len(raw[key]) > 1 else ():
            yield MutantKind.ROW_DROPPED, (key, name), {**raw, key: without(raw[key], name)}
    if "given" in raw:
        yield MutantKind.CLAUSE_DROPPED, ("given",), without(raw, "given")
        yield from at("given", _given(raw["given"]), raw)
    for index in range(len(raw.get("assigned", ()))):
        left = [*raw["assigned"][:index], *raw["assigned"][index + 1 :]]
        yield MutantKind.ALTERNATIVE_DROPPED, ("assigned", index), {**raw, "assigned": left}
    for name, row in raw["rows"].items():
        yield from at("rows", at(name, _row(row), raw["rows"]), raw)


def _row(raw: Mapping[str, Any]) -> Iterator[Change]:
    for key in _LISTS:
        if key in raw:
            yield from dropped(key, raw, MutantKind.VALUE_DROPPED)
    for key in ("levels", "kinds"):
        if key in raw and not (key == "levels" and "kinds" in raw):  # a kind has one level
            yield MutantKind.CLAUSE_DROPPED, (key,), without(raw, key)
    if "given" in raw:
        yield MutantKind.CLAUSE_DROPPED, ("given",), without(raw, "given")
        yield from at("given", _given(raw["given"]), raw)
    named: tuple[tuple[str, type[StrEnum]], ...] = (
        *(("office", Office), ("to", Forum)),
        *(("then", Forum), ("unanswered", Unanswered)),
    )
    for key, words in named:
        if key in raw:
            changed = {**raw, key: _next(list(words), raw[key])}
            yield MutantKind.OFFICE_CHANGED, (key,), changed
    for key in ("on-proposal-of", "first", "deadline", "unanswered", "final", "late", "binding"):
        if key in raw:
            yield MutantKind.CLAUSE_DROPPED, (key,), without(raw, key)
    others: list[Any] = raw.get("others", [])
    for index, other in enumerate(others):
        left = [*others[:index], *others[index + 1 :]]
        yield MutantKind.ALTERNATIVE_DROPPED, ("others", index), {**raw, "others": left}
        office = {**other, "office": _next(list(Office), other["office"])}
        changes = iter(((MutantKind.OFFICE_CHANGED, ("office",), office),))
        yield from at("others", in_list(index, changes, others), raw)


def _given(raw: Mapping[str, Any]) -> Iterator[Change]:
    for key, value in raw.items():
        if isinstance(value, bool):
            yield MutantKind.VALUE_FLIPPED, (key,), {**raw, key: not value}
        else:
            yield from dropped(key, raw, MutantKind.VALUE_DROPPED)


def _next(words: Sequence[StrEnum], value: str) -> str:
    """The word behind this one."""
    values = [word.value for word in words]
    return values[(values.index(value) + 1) % len(values)]
