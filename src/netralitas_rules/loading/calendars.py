"""Calendars of elections as constraints on stage and phase."""

import datetime
from collections.abc import Iterator
from itertools import pairwise

from netralitas_rules.engine.conditions import Condition, Test, both
from netralitas_rules.engine.knowledge import Space
from netralitas_rules.engine.plan import Constraint
from netralitas_rules.facts.space import ACT_DATE, ELECTION, PHASE, STAGE
from netralitas_rules.law.model import Text
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, Diagnostic, listing
from netralitas_rules.loading.documents import ContestDoc
from netralitas_rules.loading.gather import Item

_DAY = datetime.timedelta(days=1)
OFFICE = "beneficiary.office"

Window = tuple[datetime.date | None, datetime.date | None, tuple[str, ...]]


def breakpoints(item: Item) -> Iterator[int]:
    """First ordinals of the cells of the act's date that a calendar needs."""
    for contest in item.doc.contests.values():
        for first, last, _ in (*_stages(contest), *_phases(contest)):
            if first is not None:
                yield first.toordinal()
            if last is not None:
                yield last.toordinal() + 1


def problems(item: Item, space: Space) -> Iterator[Diagnostic]:
    """What is wrong with a calendar: unknown names, dates that run backwards."""
    elections = space.by_path[ELECTION].spec.values
    if item.doc.election not in elections:
        yield (item.place / "election").diagnostic(
            Code.UNKNOWN_VALUE,
            "there is no such election",
            expected=listing(elections),
            found=f"`{item.doc.election}`",
        )
    offices = space.by_path[OFFICE].spec.values
    for name, contest in item.doc.contests.items():
        place = item.place / "contests" / name
        for index, office in enumerate(contest.offices):
            if office not in offices:
                yield (place / "offices" / index).diagnostic(
                    Code.UNKNOWN_VALUE,
                    "there is no such office",
                    expected=listing(offices),
                    found=f"`{office}`",
                )
        yield from _bad_steps(contest, place)
    yield from _office_twice(item)


def _bad_steps(contest: ContestDoc, place: Place) -> Iterator[Diagnostic]:
    """Steps follow each other, and no day belongs to two of them."""
    steps = [
        ("determination", contest.determination),
        ("campaign", contest.campaign.from_),
        ("campaign", contest.campaign.until),
        ("quiet", contest.quiet.from_),
        ("quiet", contest.quiet.until),
        ("vote", contest.vote),
    ]
    for (before_name, before), (after_name, after) in pairwise(steps):
        if after < before or (after == before and after_name != before_name):
            yield (place / after_name).diagnostic(
                Code.BAD_CALENDAR,
                f"`{after_name}` ({after}) does not lie after the step before it ({before})",
                expected="determination, campaign, quiet period, vote, in this order",
            )
            return


def _office_twice(item: Item) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for name, contest in item.doc.contests.items():
        for index, office in enumerate(contest.offices):
            if office in seen:
                yield (item.place / "contests" / name / "offices" / index).diagnostic(
                    Code.BAD_CALENDAR,
                    f"`{office}` stands in two contests of one calendar",
                    expected="one contest for each office",
                )
            seen.add(office)


def constraints(item: Item, space: Space) -> Iterator[Constraint]:
    """Stage of the beneficiary and phase of the contest, by election, office and date."""
    election, office = space.by_path[ELECTION], space.by_path[OFFICE]
    day = space.by_path[ACT_DATE]
    title = item.doc.title
    for name, contest in item.doc.contests.items():
        which = election.bits[item.doc.election]
        offices = sum(office.bits[o] for o in set(contest.offices))
        for path, windows in ((STAGE, _stages(contest)), (PHASE, _phases(contest))):
            fact = space.by_path[path]
            for first, last, values in windows:
                low = day.cell_bounds(0)[0] if first is None else first.toordinal()
                high = day.cell_bounds(len(day.breaks))[1] if last is None else last.toordinal()
                cells = day.cells(low, high)
                when: Condition = both(
                    [
                        Test(day.index, cells, day.full & ~cells),
                        Test(election.index, which, election.full & ~which),
                        Test(office.index, offices, office.full & ~offices),
                    ]
                )
                allowed = sum(fact.bits[value] for value in values)
                yield Constraint(
                    0,
                    f"{item.id}/{name}",
                    Text(title.id, title.en),
                    tuple(item.doc.basis),
                    when,
                    Test(fact.index, allowed, fact.full & ~allowed),
                )


def _stages(contest: ContestDoc) -> tuple[Window, ...]:
    """On the day of determination itself the stage stays open: the hour decides."""
    day = contest.determination
    return (
        (None, day - _DAY, ("prospective",)),
        (day + _DAY, None, ("candidate",)),
    )


def _phases(contest: ContestDoc) -> tuple[Window, ...]:
    day = contest.determination
    return (
        (None, day - _DAY, ("before_determination",)),
        (day, day, ("before_determination", "determined")),
        (day + _DAY, contest.campaign.from_ - _DAY, ("determined",)),
        (contest.campaign.from_, contest.campaign.until, ("campaign",)),
        (contest.quiet.from_, contest.quiet.until, ("quiet",)),
        (contest.vote, contest.vote, ("vote",)),
        (contest.vote + _DAY, None, ("after_vote",)),
    )
