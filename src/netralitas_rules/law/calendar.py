"""Calendars of elections: what every day is in every contest, as far as the calendar holds it."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from netralitas_rules.law.model import Text, Validity

STEPS = ("determination", "campaign", "quiet", "vote")
"""The steps that follow each other and tell stage and phase; each may be left out."""
REGISTRATION = "registration"
HOUR_STAGES = {"prospective": "before_determination", "candidate": "determined"}
"""On the day of determination itself the hour decides: phase by stage."""
_HELD_BY = {
    "before_determination": "determination",
    "determined": "determination",
    "campaign": "campaign",
    "quiet": "quiet",
    "vote": "vote",
    "after_vote": "vote",
}
"""Phases in their order, and the step by which each is held."""
_MIN, _MAX = datetime.date.min.toordinal(), datetime.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Step:
    """Days, what a fact may be on them, and the steps of the calendar that say so."""

    days: Validity
    values: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """The steps towards one vote, for the offices that share them.

    Campaign, quiet period and registration are all days of theirs; determination and vote are
    some day of theirs, mostly the only one. A step that is None is not held.
    """

    name: str
    offices: tuple[str, ...]
    registration: Validity | None
    determination: Validity | None
    campaign: Validity | None
    quiet: Validity | None
    vote: Validity | None
    basis: Mapping[str, tuple[str, ...]]
    """The provisions of each step."""

    @property
    def held(self) -> dict[str, tuple[int, int]]:
        """First and last day of the steps that are held, in their order."""
        found: dict[str, tuple[int, int]] = {}
        for name in STEPS:
            days: Validity | None = getattr(self, name)
            if days is not None:
                first, last = days.span
                found[name] = first.toordinal(), last.toordinal()
        return found

    @property
    def not_held(self) -> tuple[str, ...]:
        """Steps of which the calendar holds no day, or not which day."""
        held = self.held
        one_day = ("determination", "vote")
        return tuple(
            name
            for name in STEPS
            if name not in held or (name in one_day and held[name][0] != held[name][1])
        )

    def cited(self, by: tuple[str, ...]) -> tuple[str, ...]:
        """The provisions of these steps."""
        return tuple(dict.fromkeys(basis for step in by for basis in self.basis[step]))

    @property
    def hour(self) -> datetime.date | None:
        """The day of determination, on which the hour decides; None where it is not held."""
        day = self.determination
        return None if day is None or "determination" in self.not_held else day.first

    @property
    def stages(self) -> tuple[Step, ...]:
        """On the day of determination itself, or while the day is not held, the stage is open:
        certain is only that candidates are determined before what follows.
        """
        held = self.held
        found = []
        if "determination" in held:
            first, last = held["determination"]
            before = Step(_days(_MIN, first - 1), ("prospective",), ("determination",))
            after = Step(_days(last + 1, _MAX), ("candidate",), ("determination",))
            found = [before, after]
        elif held:
            name = next(iter(held))
            found = [Step(_days(_latest(name, held[name]), _MAX), ("candidate",), (name,))]
        return tuple(found)

    @property
    def phases(self) -> tuple[Step, ...]:
        """What the order of the held steps leaves of the phases, day by day. Days between two
        steps are in none, and a step that is not held is never told from the others alone.
        """
        held = self.held
        spans = [(phase, span) for phase, span in _spans(held) if span[0] <= span[1]]
        cuts = sorted({_MIN, _MAX + 1, *(c for _, (a, b) in spans for c in (a, b + 1))})
        found = []
        for first, following in pairwise(cuts):
            values = tuple(phase for phase, (a, b) in spans if a <= first <= b)
            untold = len(values) == 1 and _HELD_BY[values[0]] not in held
            if values and not untold and len(values) < len(_HELD_BY):
                by = _bracketing(held, first, following - 1)
                found.append(Step(_days(first, following - 1), values, by))
        return tuple(found)

    def covers(self, day: datetime.date) -> bool:
        """Whether a day lies between determination and vote, both held and included."""
        first, last = self.determination, self.vote
        return first is not None and last is not None and first.span[0] <= day <= last.span[1]

    def registers(self, day: datetime.date) -> bool:
        """Whether candidates are registered on a day."""
        return self.registration is not None and self.registration.meets(day, day)


def _spans(held: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Phases with the days that they may have, from the order of the steps."""

    def after(step: str) -> int:
        """First day that can lie behind what comes before a step."""
        for name in reversed(STEPS[: STEPS.index(step)]):
            if name in held:
                return _earliest(name, held[name]) + 1
        return _MIN

    def before(step: str) -> int:
        """Last day that can lie before what comes behind a step."""
        for name in STEPS[STEPS.index(step) + 1 :]:
            if name in held:
                return _latest(name, held[name]) - 1
        return _MAX

    determined = held.get("determination", (_MIN, before("determination")))
    yield "before_determination", (_MIN, determined[1])
    yield "determined", (determined[0], before("determination"))
    for name in ("campaign", "quiet", "vote"):
        yield name, held.get(name, (after(name), before(name)))
    voted = held["vote"][0] if "vote" in held else after("vote")
    yield "after_vote", (voted + 1, _MAX)


def _earliest(name: str, span: tuple[int, int]) -> int:
    """The first day on which a step can be over."""
    return span[1] if name in ("campaign", "quiet") else span[0]


def _latest(name: str, span: tuple[int, int]) -> int:
    """The last day on which a step can begin."""
    return span[0] if name in ("campaign", "quiet") else span[1]


def _bracketing(held: Mapping[str, tuple[int, int]], first: int, last: int) -> tuple[str, ...]:
    """The step in which these days lie, or the steps between which they do."""
    inside = tuple(name for name, (a, b) in held.items() if a <= first and last <= b)
    if inside:
        return inside
    earlier = [name for name, (_, b) in held.items() if b < first]
    later = [name for name, (a, _) in held.items() if a > last]
    return (*earlier[-1:], *later[:1])


def _days(first: int, last: int) -> Validity:
    """The ends of all days are open ends."""
    begin = None if first <= _MIN else datetime.date.fromordinal(first)
    end = None if last >= _MAX else datetime.date.fromordinal(last)
    return Validity(begin, end)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The contests of one election."""

    id: str
    title: Text
    election: str
    territory: Text | None
    """Where the election is held, if it is not everywhere."""
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
                    yield step.days.last + datetime.timedelta(days=1)

    @property
    def begins(self) -> datetime.date:
        """The first day that it names, for an order of calendars."""
        firsts = [span[0] for contest in self.contests for span in contest.held.values()]
        return datetime.date.fromordinal(min(firsts, default=_MAX))


def on(steps: tuple[Step, ...], day: datetime.date) -> Step | None:
    """The step that a day lies in."""
    return next((step for step in steps if step.days.meets(day, day)), None)
