"""Calendars of elections as constraints on stage and phase."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from netralitas_rules.engine.conditions import Condition, Test, both
from netralitas_rules.engine.knowledge import Space
from netralitas_rules.engine.plan import Constraint
from netralitas_rules.facts.space import ACT_DATE, ELECTION, OFFICE, PHASE, STAGE
from netralitas_rules.law.calendar import Calendar, Contest
from netralitas_rules.law.model import Text, Validity
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, Diagnostic, listing
from netralitas_rules.loading.documents import ContestDoc
from netralitas_rules.loading.gather import Item


def calendar_of(item: Item) -> Calendar:
    """What a calendar says; whether it can be so is asked by `problems`."""
    doc = item.doc
    return Calendar(
        item.id,
        Text(doc.title.id, doc.title.en),
        doc.election,
        tuple(doc.basis),
        tuple(
            Contest(
                name,
                tuple(dict.fromkeys(contest.offices)),
                contest.determination,
                Validity(contest.campaign.from_, contest.campaign.until),
                Validity(contest.quiet.from_, contest.quiet.until),
                contest.vote,
            )
            for name, contest in doc.contests.items()
        ),
    )


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


def _bad_steps(contest: ContestDoc, place: Place) -> Iterator[Diagnostic]:
    """Steps follow each other, and no day belongs to two of them."""
    campaign, quiet = place / "campaign", place / "quiet"
    steps = [
        ("determination", place / "determination", contest.determination),
        ("campaign", campaign / "from", contest.campaign.from_),
        ("campaign", campaign / "until", contest.campaign.until),
        ("quiet", quiet / "from", contest.quiet.from_),
        ("quiet", quiet / "until", contest.quiet.until),
        ("vote", place / "vote", contest.vote),
    ]
    for (before_name, first, before), (after_name, second, after) in pairwise(steps):
        if after < before or (after == before and after_name != before_name):
            yield second.diagnostic(
                Code.BAD_CALENDAR,
                f"`{after_name}` ({after}) does not lie after the step before it ({before})",
                expected="determination, campaign, quiet period, vote, in this order",
                also=first,
            )
            return


def twice(items: Iterable[Item]) -> Iterator[Diagnostic]:
    """Offices that stand in two contests of one election: two calendars would say what is what."""
    seen: dict[tuple[str, str], tuple[Item, Place]] = {}
    for item in items:
        for name, contest in item.doc.contests.items():
            for index, office in enumerate(contest.offices):
                place = item.place / "contests" / name / "offices" / index
                first, where = seen.setdefault((item.doc.election, office), (item, place))
                if where is place:
                    continue
                yield place.diagnostic(
                    Code.BAD_CALENDAR,
                    f"`{office}` stands in two contests of one calendar"
                    if first is item
                    else f"`{office}` of `{item.doc.election}` stands in the calendar "
                    f"`{first.id}` already",
                    expected="one contest for each office of an election",
                    also=where,
                )


def constraints(calendar: Calendar, space: Space) -> Iterator[Constraint]:
    """Stage of the beneficiary and phase of the contest, by election, office and date."""
    election, office = space.by_path[ELECTION], space.by_path[OFFICE]
    day = space.by_path[ACT_DATE]
    which = election.bits[calendar.election]
    for contest in calendar.contests:
        offices = sum(office.bits[name] for name in contest.offices)
        for path, steps in ((STAGE, contest.stages), (PHASE, contest.phases)):
            fact = space.by_path[path]
            for step in steps:
                first, last = step.days.span
                cells = day.cells(first.toordinal(), last.toordinal())
                when: Condition = both(
                    [
                        Test(day.index, cells, day.full & ~cells),
                        Test(election.index, which, election.full & ~which),
                        Test(office.index, offices, office.full & ~offices),
                    ]
                )
                allowed = sum(fact.bits[value] for value in step.values)
                yield Constraint(
                    0,
                    f"{calendar.id}/{contest.name}",
                    calendar.title,
                    calendar.basis,
                    when,
                    Test(fact.index, allowed, fact.full & ~allowed),
                )
