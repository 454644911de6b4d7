"""A deadline as a value: its day under every reading that is still open, and what was skipped."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from netralitas_rules.law.deadlines import (
    Count,
    DeadlineRule,
    Direction,
    Event,
    FirstDay,
    Means,
    Unit,
    Way,
)
from netralitas_rules.law.model import Text
from netralitas_rules.procedure.working_days import Rest, Week, WorkingDays

_DAY = datetime.timedelta(days=1)
_HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading that is taken, and who chose it: a decision, `default` or `argument`."""

    question: str
    reading: str
    by: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The days of a deadline, counted in one way."""

    readings: tuple[tuple[str, str], ...]
    """Question and reading under which this is the way."""
    first_day: FirstDay
    count: Count
    first: datetime.date
    """Day 1."""
    last: datetime.date
    skipped: tuple[Rest, ...]
    """Days between that do not count; none where every day counts."""
    rests: Rest | None
    """Why the last day itself is not worked, where it is not. No source says that it moves."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is to be done at the latest, or takes effect.

    `possible` holds one reckoning for each way to count that the readings taken leave open,
    `otherwise` those of the other readings. `first`, `last` and `skipped` are what all that are
    possible agree on.
    """

    id: str
    says: Text
    event: Event
    on: datetime.date
    means: Means
    direction: Direction
    week: Week
    basis: tuple[str, ...]
    """Provisions in force on the day of the event."""
    taken: tuple[Taken, ...]
    open: tuple[str, ...]
    """Questions on which no reading is taken."""
    possible: tuple[Reckoning, ...]
    otherwise: tuple[Reckoning, ...]
    joint_leave: tuple[datetime.date, ...]
    """All days of joint leave that were known, whether they lie in the time or not."""
    note: Text | None

    @property
    def first(self) -> datetime.date | None:
        """Day 1; None while an open question decides."""
        return _agreed(one.first for one in self.possible)

    @property
    def last(self) -> datetime.date | None:
        """The last day, or the day of effect; None while an open question decides."""
        return _agreed(one.last for one in self.possible)

    @property
    def skipped(self) -> tuple[Rest, ...]:
        """Days that do not count, whatever the open questions say."""
        first, *others = (one.skipped for one in self.possible)
        return tuple(rest for rest in first if all(rest in other for other in others))

    @property
    def earliest(self) -> datetime.date:
        """The earliest day that any open reading gives."""
        return min(one.last for one in self.possible)

    @property
    def latest(self) -> datetime.date:
        """The latest day that any open reading gives."""
        return max(one.last for one in self.possible)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON form, the same keys always."""
        return {
            "id": self.id,
            "says": {"id": self.says.id, "en": self.says.en},
            "event": self.event.value,
            "on": self.on.isoformat(),
            "means": self.means.value,
            "direction": self.direction.value,
            "week": self.week.value,
            "basis": list(self.basis),
            "first": _iso(self.first),
            "last": _iso(self.last),
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat(),
            "taken": [
                {"question": one.question, "reading": one.reading, "by": one.by}
                for one in self.taken
            ],
            "open": list(self.open),
            "possible": [_reckoning(one) for one in self.possible],
            "otherwise": [_reckoning(one) for one in self.otherwise],
            "joint_leave": [day.isoformat() for day in self.joint_leave],
            "note": None if self.note is None else {"id": self.note.id, "en": self.note.en},
        }


def deadline(
    rule: DeadlineRule,
    *,
    on: datetime.date,
    days: WorkingDays,
    basis: Iterable[str],
    taken: Iterable[Taken],
) -> Deadline:
    """The deadline of an event on one day, under the readings taken and under the others."""
    taken = tuple(taken)
    chosen: Mapping[str, str] = {one.question: one.reading for one in taken}
    possible: list[Reckoning] = []
    otherwise: list[Reckoning] = []
    for way in rule.ways():
        fits = all(chosen.get(question, reading) == reading for question, reading in way.readings)
        reckoned = reckon(way, on=on, direction=rule.direction, days=days)
        (possible if fits else otherwise).append(reckoned)
    return Deadline(
        rule.id,
        rule.says,
        rule.event,
        on,
        rule.means,
        rule.direction,
        days.week,
        tuple(basis),
        taken,
        tuple(question for question in rule.questions if question not in chosen),
        tuple(possible),
        tuple(otherwise),
        tuple(sorted(days.joint_leave)),
        rule.note,
    )


def reckon(way: Way, *, on: datetime.date, direction: Direction, days: WorkingDays) -> Reckoning:
    """Count one way: the first day, the last, and the days between that do not count."""
    step = _DAY if direction is Direction.AFTER else -_DAY
    start = on if way.first_day is FirstDay.COUNTED else on + step
    number, skipped = way.count.number, list[Rest]()
    if way.count.unit is Unit.WORKING_DAYS:
        first, last, skipped = _worked(start, step, number, days)
    else:
        number = number // _HOURS_OF_A_DAY if way.count.unit is Unit.HOURS else number
        first, last = start, start + (number - 1) * step
    last += way.count.then_days * step
    return Reckoning(
        way.readings, way.first_day, way.count, first, last, tuple(skipped), days.rest(last)
    )


def _worked(
    start: datetime.date, step: datetime.timedelta, number: int, days: WorkingDays
) -> tuple[datetime.date, datetime.date, list[Rest]]:
    """First and last of so many working days from `start` on, and the days between."""
    counted: list[datetime.date] = []
    skipped: list[Rest] = []
    day = start
    while len(counted) < number:
        rest = days.rest(day)
        if rest is None:
            counted.append(day)
        else:
            skipped.append(rest)
        day += step
    return counted[0], counted[-1], skipped


def _agreed(found: Iterable[datetime.date]) -> datetime.date | None:
    days = set(found)
    return days.pop() if len(days) == 1 else None


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _reckoning(one: Reckoning) -> dict[str, Any]:
    return {
        "readings": dict(one.readings),
        "first_day": one.first_day.value,
        "count": {
            "number": one.count.number,
            "unit": one.count.unit.value,
            "then_days": one.count.then_days,
        },
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "skipped": [_rest(rest) for rest in one.skipped],
        "rests": None if one.rests is None else _rest(one.rests),
    }


def _rest(rest: Rest) -> dict[str, Any]:
    return {
        "day": rest.day.isoformat(),
        "reason": rest.reason.value,
        "name": None if rest.name is None else {"id": rest.name.id, "en": rest.name.en},
        "estimated": rest.estimated,
    }
