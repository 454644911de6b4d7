"""Counting days: what must hold for every day, every length and every set of days off."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netralitas_rules as nr
from netralitas_rules.law.deadlines import Count, Direction, FirstDay, Unit, Way
from netralitas_rules.law.model import Text
from netralitas_rules.procedure.deadlines import Reckoning, reckon
from netralitas_rules.procedure.working_days import Holiday, Reason, Week, WorkingDays
from tests.strategies import examples

DAY = datetime.timedelta(days=1)
NAME = Text("libur", "a day off")
STARTS = st.dates(datetime.date(2020, 1, 1), datetime.date(2024, 12, 31))
OFF = st.frozensets(st.dates(datetime.date(2019, 10, 1), datetime.date(2025, 6, 30)), max_size=60)
WAYS = st.builds(
    Way,
    st.just(()),
    st.sampled_from(FirstDay),
    st.builds(Count, st.integers(1, 70), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS])),
)
WEEKS = st.sampled_from(Week)
DIRECTIONS = st.sampled_from(Direction)
SIGN = {Direction.AFTER: 1, Direction.BEFORE: -1}


def calendar(
    holidays: frozenset[datetime.date],
    week: Week = Week.FIVE_DAYS,
    leave: frozenset[datetime.date] = frozenset(),
) -> WorkingDays:
    return WorkingDays(
        lambda day: Holiday(NAME) if day in holidays else None, week, dict.fromkeys(leave, NAME)
    )


def count(way: Way, on: datetime.date, days: WorkingDays, direction: Direction) -> Reckoning:
    return reckon(way, on=on, direction=direction, days=days)


@given(WAYS, STARTS, OFF, OFF, WEEKS, DIRECTIONS)
@settings(max_examples=examples(200))
def test_counted_and_skipped_are_the_span(
    way: Way,
    on: datetime.date,
    holidays: frozenset[datetime.date],
    leave: frozenset[datetime.date],
    week: Week,
    direction: Direction,
) -> None:
    """Every day from the first that could count to the last is counted or skipped, each once."""
    days = calendar(holidays, week, leave)
    found = count(way, on, days, direction)
    start = on if way.first_day is FirstDay.COUNTED else on + SIGN[direction] * DAY
    span = abs((found.last - start).days) + 1
    assert span == way.count.number + len(found.skipped)
    skipped = {rest.day for rest in found.skipped}
    assert len(skipped) == len(found.skipped)
    between = {start + step * SIGN[direction] * DAY for step in range(span)}
    assert skipped <= between
    if way.count.unit is Unit.WORKING_DAYS:
        assert skipped == {day for day in between if days.rest(day) is not None}
        assert found.first == min(between - skipped, key=lambda day: abs((day - on).days))


@given(WAYS, STARTS, OFF, OFF, WEEKS, DIRECTIONS)
@settings(max_examples=examples(200))
def test_the_last_working_day_is_worked(
    way: Way,
    on: datetime.date,
    holidays: frozenset[datetime.date],
    leave: frozenset[datetime.date],
    week: Week,
    direction: Direction,
) -> None:
    days = calendar(holidays, week, leave)
    found = count(way, on, days, direction)
    assert found.rests == days.rest(found.last)
    if way.count.unit is Unit.WORKING_DAYS:
        assert found.rests is None
        assert days.rest(found.first) is None
        assert found.last.weekday() < (5 if week is Week.FIVE_DAYS else 6)
    else:
        assert found.skipped == ()


@given(WAYS, STARTS, OFF, OFF, WEEKS, DIRECTIONS)
@settings(max_examples=examples(200))
def test_more_days_off_never_bring_the_last_day_nearer(
    way: Way,
    on: datetime.date,
    holidays: frozenset[datetime.date],
    more: frozenset[datetime.date],
    week: Week,
    direction: Direction,
) -> None:
    """Whether they are holidays or joint leave: it makes no difference to the day."""
    less = count(way, on, calendar(holidays, week), direction)
    as_holidays = count(way, on, calendar(holidays | more, week), direction)
    as_leave = count(way, on, calendar(holidays, week, more), direction)
    assert as_holidays.last == as_leave.last
    assert (as_holidays.last - less.last).days * SIGN[direction] >= 0
    if way.count.unit is Unit.DAYS:
        assert as_holidays.last == less.last


@given(WAYS, STARTS, OFF, WEEKS, DIRECTIONS)
@settings(max_examples=examples(200))
def test_one_more_is_later(
    way: Way,
    on: datetime.date,
    holidays: frozenset[datetime.date],
    week: Week,
    direction: Direction,
) -> None:
    days = calendar(holidays, week)
    longer = Way((), way.first_day, Count(way.count.number + 1, way.count.unit))
    less, more = count(way, on, days, direction), count(longer, on, days, direction)
    assert (more.last - less.last).days * SIGN[direction] > 0
    assert more.first == less.first
    assert more.skipped[: len(less.skipped)] == less.skipped


@given(WAYS, STARTS, OFF, WEEKS, DIRECTIONS)
@settings(max_examples=examples(200))
def test_a_first_day_that_counts_and_a_week_of_six_days_are_never_later(
    way: Way,
    on: datetime.date,
    holidays: frozenset[datetime.date],
    week: Week,
    direction: Direction,
) -> None:
    five, six = calendar(holidays), calendar(holidays, Week.SIX_DAYS)
    later = (count(way, on, five, direction).last - count(way, on, six, direction).last).days
    assert later * SIGN[direction] >= 0
    days = calendar(holidays, week)
    lasts = [
        count(Way((), first_day, way.count), on, days, direction).last
        for first_day in (FirstDay.COUNTED, FirstDay.NOT_COUNTED)
    ]
    later = (lasts[1] - lasts[0]).days * SIGN[direction]
    # Where the day itself is worked (or every day counts) the two differ, else they agree.
    differs = way.count.unit is Unit.DAYS or days.rest(on) is None
    assert (later > 0) is differs
    assert later >= 0


@given(WAYS, STARTS, OFF, st.integers(1, 31))
@settings(max_examples=examples(100))
def test_days_after_the_count_are_calendar_days(
    way: Way, on: datetime.date, holidays: frozenset[datetime.date], then: int
) -> None:
    days = calendar(holidays)
    longer = Way((), way.first_day, Count(way.count.number, way.count.unit, then))
    less, more = (count(one, on, days, Direction.AFTER) for one in (way, longer))
    assert more.last == less.last + then * DAY
    assert more.skipped == less.skipped


# -- the bundled ruleset, with the holidays of the library


RULES = nr.load("national")


@given(
    st.sampled_from(sorted(RULES.deadlines)),
    st.dates(datetime.date(2010, 6, 6), datetime.date(2040, 12, 31)),
    st.frozensets(STARTS, max_size=10),
    WEEKS,
)
@settings(max_examples=examples(200))
def test_every_deadline_of_the_law(
    name: str, on: datetime.date, leave: frozenset[datetime.date], week: Week
) -> None:
    """It is refused, or its days are in order, and every reading has its reckoning."""
    rule = RULES.deadlines[name]
    if not any(RULES.provisions[one].validity.meets(on, on) for one in rule.basis):
        with pytest.raises(nr.Refused, match="not-in-force"):
            RULES.deadline(name, on=on)
        return
    found = RULES.deadline(name, on=on, joint_leave=leave, week=week)
    assert len(found.possible) + len(found.otherwise) == len(list(rule.ways()))
    assert found.basis
    assert found.earliest <= found.latest
    assert (found.last is None) == (found.earliest != found.latest)
    for one in found.possible:
        assert (one.last > on) or rule.direction is Direction.BEFORE or one.last == on
        assert {rest.day for rest in one.skipped if rest.reason is Reason.JOINT_LEAVE} <= leave
        assert all(rest.name is not None for rest in one.skipped if rest.reason != Reason.WEEKEND)
