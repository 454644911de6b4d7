"""Values of the law about time: deadlines, how they are counted, and joint leave."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from netralitas_rules.law.model import Text


class Event(StrEnum):
    """What a deadline runs from. Stable: programs and other files use these words."""

    SUMMONS = "summons"
    EXAMINATION = "examination"
    DECISION = "decision"
    DELIVERY = "delivery"
    RECEIPT = "receipt"
    OBJECTION = "objection"
    OBJECTION_COPY = "objection-copy"
    APPEAL = "appeal"
    APPEAL_COPY = "appeal-copy"
    RESIGNATION = "resignation"
    OPINION = "opinion"
    PROPOSAL = "proposal"
    PROOF = "proof"
    DISCOVERY = "discovery"
    KNOWN = "known"
    REPORT = "report"
    REGISTRATION = "registration"
    VERIFICATION = "verification"
    RECOMMENDATION = "recommendation"
    DECLARATION = "declaration"


class Means(StrEnum):
    """What the day at the end of the count is."""

    LAST_DAY = "last-day"
    TAKES_EFFECT = "takes-effect"


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"
    """Counted back: the last day lies before the event."""


class FirstDay(StrEnum):
    """Whether the day of the event is day 1."""

    COUNTED = "counted"
    NOT_COUNTED = "not-counted"


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working-days"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Count:
    """How long: 14 working days, 15 days, 24 hours."""

    number: int
    unit: Unit
    then_days: int = 0
    """Calendar days after them: the 14 working days, and then the next day."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to count, and the readings under which it is the one."""

    readings: tuple[tuple[str, str], ...]
    """Question and reading."""
    first_day: FirstDay
    count: Count


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A deadline as the law states it."""

    id: str
    says: Text
    event: Event
    means: Means
    direction: Direction
    first_days: tuple[tuple[str, FirstDay], ...]
    """By reading of `first_day_question`; one, without a reading, where the law settles it."""
    counts: tuple[tuple[str, Count], ...]
    """By reading of `count_question`, likewise."""
    basis: tuple[str, ...]
    first_day_question: str | None = None
    count_question: str | None = None
    note: Text | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """Open questions of law that the count turns on."""
        asked = (self.count_question, self.first_day_question)
        return tuple(question for question in asked if question is not None)

    def ways(self) -> Iterator[Way]:
        """Every way to count, one for each reading (for each pair of readings of two questions)."""
        for (by_count, count), (by_first, first_day) in product(self.counts, self.first_days):
            pairs = ((self.count_question, by_count), (self.first_day_question, by_first))
            yield Way(tuple((q, r) for q, r in pairs if q is not None), first_day, count)


@dataclass(frozen=True, slots=True)
class JointLeave:
    """Days of joint leave (cuti bersama), as whoever keeps the ruleset wrote them down."""

    id: str
    says: Text
    days: tuple[datetime.date, ...]
    source: str
