"""Calendars of elections: what every day is in every contest."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from netralitas_rules.law.model import Text, Validity

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """Days, and what a fact may be on them."""

    days: Validity
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """The steps towards one vote, for the offices that share them."""

    name: str
    offices: tuple[str, ...]
    determination: datetime.date
    campaign: Validity
    quiet: Validity
    vote: datetime.date

    @property
    def stages(self) -> tuple[Step, ...]:
        """On the day of determination itself the stage stays open: the hour decides."""
        day = self.determination
        return (
            Step(Validity(None, day - _DAY), ("prospective",)),
            Step(Validity(day + _DAY, None), ("candidate",)),
        )

    @property
    def phases(self) -> tuple[Step, ...]:
        """Days between two steps are in none: the calendar says nothing of them."""
        day, vote = self.determination, self.vote
        return (
            Step(Validity(None, day - _DAY), ("before_determination",)),
            Step(Validity(day, day), ("before_determination", "determined")),
            Step(Validity(day + _DAY, self.campaign.span[0] - _DAY), ("determined",)),
            Step(self.campaign, ("campaign",)),
            Step(self.quiet, ("quiet",)),
            Step(Validity(vote, vote), ("vote",)),
            Step(Validity(vote + _DAY, None), ("after_vote",)),
        )

    def covers(self, day: datetime.date) -> bool:
        """Whether a day lies between determination and vote, both included."""
        return self.determination <= day <= self.vote


@dataclass(frozen=True, slots=True)
class Calendar:
    """The contests of one election."""

    id: str
    title: Text
    election: str
    basis: tuple[str, ...]
    contests: tuple[Contest, ...]

    @property
    def boundaries(self) -> Iterator[datetime.date]:
        """First days of what is new in some contest."""
        for contest in self.contests:
            for step in (*contest.stages, *contest.phases):
                if step.days.first is not None:
                    yield step.days.first
                if step.days.last is not None:
                    yield step.days.last + _DAY


def on(steps: tuple[Step, ...], day: datetime.date) -> Step | None:
    """The step that a day lies in."""
    return next((step for step in steps if step.days.meets(day, day)), None)
