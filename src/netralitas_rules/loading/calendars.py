"""Calendars of elections as constraints on stage and phase."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from netralitas_rules.engine.conditions import Condition, Test, both
from netralitas_rules.engine.knowledge import Space
from netralitas_rules.engine.plan import CalendarSteps, Constraint
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.space import ACT_DATE, ELECTION, OFFICE, PHASE, STAGE
from netralitas_rules.law.calendar import HOUR_STAGES, REGISTRATION, STEPS, Calendar, Contest
from netralitas_rules.law.model import Text, Validity
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, listing
from netralitas_rules.loading.documents import CalendarDoc, ContestDoc, PeriodDoc
from netralitas_rules.loading.gather import Item

_ALL_STEPS = (REGISTRATION, *STEPS)


def calendar_of(item: Item) -> Calendar:
    """What a calendar says; whether it can be so is asked by `problems`."""
    doc: CalendarDoc = item.doc
    territory = doc.territory
    return Calendar(
        item.id,
        Text(doc.title.id, doc.title.en),
        doc.election,
        Text(territory.id, territory.en) if territory is not None else None,
        tuple(doc.basis),
        tuple(_contest(doc, name, contest) for name, contest in doc.contests.items()),
    )


def _contest(calendar: CalendarDoc, name: str, doc: ContestDoc) -> Contest:
    basis = {step: tuple(getattr(doc.basis, step) or calendar.basis) for step in _ALL_STEPS}
    return Contest(
        name,
        tuple(dict.fromkeys(doc.offices)),
        _days(doc.registration),
        _days(doc.determination),
        _days(doc.campaign),
        _days(doc.quiet),
        _days(doc.vote),
        basis,
    )


def _days(step: PeriodDoc | Span | None) -> Validity | None:
    if step is None:
        return None
    if isinstance(step, Span):
        return Validity(step.first, step.last)
    return Validity(step.from_, step.until)


def provisions(item: Item) -> Iterator[tuple[str, Place]]:
    """Everything that a calendar cites, with its place."""
    doc: CalendarDoc = item.doc
    for index, provision in enumerate(doc.basis):
        yield provision, item.place / "basis" / index
    for name, contest in doc.contests.items():
        for step in _ALL_STEPS:
            for index, provision in enumerate(getattr(contest.basis, step) or ()):
                yield provision, item.place / "contests" / name / "basis" / step / index


StepPlaces = Mapping[tuple[str, str, str], Position]
"""Where the steps of calendars stand, by calendar, contest and step."""


def step_places(items: Iterable[Item]) -> StepPlaces:
    """The places that are known: a ruleset that was stored has none of its own."""
    found = {}
    for item in items:
        for name, contest in item.doc.contests.items():
            for step in _ALL_STEPS:
                place = item.place / "contests" / name / step
                if getattr(contest, step) is not None and place.tree is not None:
                    found[item.id, name, step] = place.tree.position(place.path)
    return found


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
    """Steps follow each other, and no day belongs to two of them; a contest has some step."""
    steps: list[tuple[str, Place, Validity]] = []
    for name in _ALL_STEPS:
        step: PeriodDoc | Span | None = getattr(contest, name)
        if isinstance(step, PeriodDoc):
            at = place / name
            steps.append((name, at / "from", Validity(step.from_, step.from_)))
            steps.append((name, at / "until", Validity(step.until, step.until)))
        elif step is not None:
            steps.append((name, place / name, Validity(step.first, step.last)))
    for (before_name, first, before), (after_name, second, after) in pairwise(steps):
        one = before_name == after_name
        if after.span[0] < before.span[1] or (after.span[0] == before.span[1] and not one):
            yield second.diagnostic(
                Code.BAD_CALENDAR,
                f"`{after_name}` ({_shown(after)}) does not lie after the step before it "
                f"({_shown(before)})",
                expected="registration, determination, campaign, quiet period, vote, in this order",
                also=first,
            )
            return
    if all(name == REGISTRATION for name, _, _ in steps):
        yield place.diagnostic(
            Code.BAD_CALENDAR,
            "this contest has no step that tells stage or phase",
            expected=f"one of {listing(STEPS)}",
            help="leave the contest out: nothing is guessed of what no calendar holds",
            of_key=True,
        )


def _shown(days: Validity) -> str:
    first, last = days.span
    return str(first) if first == last else f"{first:%Y-%m}"


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
    """Stage of the beneficiary and phase of the contest, by election, office and date; on the day
    of determination itself the phase follows the stage, which the hour decides.
    """
    election, office = space.by_path[ELECTION], space.by_path[OFFICE]
    stage, phase = space.by_path[STAGE], space.by_path[PHASE]
    day = space.by_path[ACT_DATE]
    which = election.bits[calendar.election]
    for contest in calendar.contests:
        offices = sum(office.bits[name] for name in contest.offices)

        def made(
            days: Validity,
            then: Test,
            by: tuple[str, ...],
            contest: Contest = contest,
            offices: int = offices,
            more: tuple[Condition, ...] = (),
        ) -> Constraint:
            first, last = days.span
            cells = day.cells(first.toordinal(), last.toordinal())
            when: Condition = both(
                [
                    Test(day.index, cells, day.full & ~cells),
                    Test(election.index, which, election.full & ~which),
                    Test(office.index, offices, office.full & ~offices),
                    *more,
                ]
            )
            return Constraint(
                0,
                f"{calendar.id}/{contest.name}",
                calendar.title,
                contest.cited(by),
                when,
                then,
                CalendarSteps(calendar.id, contest.name, by),
            )

        for fact, steps in ((stage, contest.stages), (phase, contest.phases)):
            for step in steps:
                allowed = sum(fact.bits[value] for value in step.values)
                yield made(step.days, Test(fact.index, allowed, fact.full & ~allowed), step.by)
        if contest.hour is not None:
            for value, follows in HOUR_STAGES.items():
                known, then = stage.bits[value], phase.bits[follows]
                yield made(
                    Validity(contest.hour, contest.hour),
                    Test(phase.index, then, phase.full & ~then),
                    ("determination",),
                    more=(Test(stage.index, known, stage.full & ~known),),
                )
