"""Days of a ruleset moved: ends of spans, steps of calendars, counts of deadlines."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from netralitas_rules.law.deadlines import Direction, FirstDay
from netralitas_rules.testing.changes import Change, MutantKind, at, without

_DAY = datetime.timedelta(days=1)
_UNITS = {"days": "working-days", "working-days": "days", "hours": "days"}


def bounds(raw: Mapping[str, Any]) -> Iterator[Change]:
    """Both ends of a span, moved by a day (or by one) outwards and inwards."""
    for key in ("from", "until"):
        if key in raw:
            for moved in _moved(raw[key]):
                yield MutantKind.BOUND_MOVED, (key,), {**raw, key: moved}


def _moved(value: Any) -> Iterator[Any]:
    if type(value) is int:
        yield from (value - 1, value + 1)
        return
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError:
        return  # a month of which some day is meant
    yield from ((day - _DAY).isoformat(), (day + _DAY).isoformat())


def steps(contests: Mapping[str, Any]) -> Iterator[Change]:
    """The steps of every contest, moved by a day."""
    for name, contest in contests.items():
        for step in ("determination", "vote"):
            for moved in _moved(contest.get(step, "")):
                changed = {**contest, step: moved}
                yield MutantKind.BOUND_MOVED, (name, step), {**contests, name: changed}
        for step in ("campaign", "quiet"):
            if step in contest:
                yield from at(name, at(step, bounds(contest[step]), contest), contests)


def deadline(raw: Mapping[str, Any]) -> Iterator[Change]:
    """A deadline counted otherwise: one day more or less, other days, from another first day, back
    instead of on.
    """
    yield from _count(raw)
    for name, count in raw.get("readings", {}).items():
        yield from at("readings", at(name, _count(count), raw["readings"]), raw)
    if "first-day" in raw:
        for day in FirstDay:
            if day.value != raw["first-day"]:
                changed = {**raw, "first-day": day.value}
                yield MutantKind.FIRST_DAY_CHANGED, ("first-day",), changed
    back = raw.get("direction") == Direction.BEFORE.value
    turned = Direction.AFTER if back else Direction.BEFORE
    yield MutantKind.DIRECTION_SWAPPED, ("direction",), {**raw, "direction": turned.value}


def _count(raw: Mapping[str, Any]) -> Iterator[Change]:
    for unit, other in (*_UNITS.items(), ("then-days", None)):
        if unit not in raw:
            continue
        step = 24 if unit == "hours" else 1
        for number in (raw[unit] - step, raw[unit] + step):
            if number > 0:
                yield MutantKind.COUNT_CHANGED, (unit,), {**raw, unit: number}
        if other is not None:
            swapped = {**without(raw, unit), other: raw[unit] // step}
            yield MutantKind.UNIT_SWAPPED, (other,), swapped
