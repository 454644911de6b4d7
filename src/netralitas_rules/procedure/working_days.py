"""Which days are worked: the days of the week, minus national holidays, minus joint leave."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from netralitas_rules.law.model import Text

FRIDAY, SATURDAY = 4, 5


class Week(StrEnum):
    """The working week of the office: five days (ministries), or six."""

    FIVE_DAYS = "five-days"
    SIX_DAYS = "six-days"

    @property
    def last(self) -> int:
        """Its last day, as `date.weekday` counts."""
        return FRIDAY if self is Week.FIVE_DAYS else SATURDAY


class Reason(StrEnum):
    """Why a day is not worked."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint-leave"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A national holiday."""

    name: Text
    estimated: bool = False
    """The day was not announced yet when it was written down: the moon decides."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A day that is not worked, and why; of several reasons the first."""

    day: datetime.date
    reason: Reason
    name: Text | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Answers of every day whether it is worked."""

    holiday: Callable[[datetime.date], Holiday | None]
    week: Week = Week.FIVE_DAYS
    joint_leave: Mapping[datetime.date, Text] = field(default_factory=dict)

    def rest(self, day: datetime.date) -> Rest | None:
        """Why a day is not worked; None where it is."""
        if day.weekday() > self.week.last:
            return Rest(day, Reason.WEEKEND)
        holiday = self.holiday(day)
        if holiday is not None:
            return Rest(day, Reason.HOLIDAY, holiday.name, holiday.estimated)
        leave = self.joint_leave.get(day)
        return Rest(day, Reason.JOINT_LEAVE, leave) if leave is not None else None
