"""The calendars of the elections against the schedules, written here once more, day by day."""

import datetime

import pytest

import netralitas_rules as nr

SCHEDULES = {
    # election: office, determination, campaign, quiet period, vote
    ("pemilu_2019", "dpr"): "2018-09-20 2018-09-23 2019-04-13 2019-04-14 2019-04-16 2019-04-17",
    ("pemilu_2019", "dpd"): "2018-09-20 2018-09-23 2019-04-13 2019-04-14 2019-04-16 2019-04-17",
    ("pemilu_2019", "president"): (
        "2018-09-20 2018-09-23 2019-04-13 2019-04-14 2019-04-16 2019-04-17"
    ),
    ("pilkada_2020", "mayor"): "2020-09-23 2020-09-26 2020-12-05 2020-12-06 2020-12-08 2020-12-09",
    ("pemilu_2024", "dpr"): "2023-11-03 2023-11-28 2024-02-10 2024-02-11 2024-02-13 2024-02-14",
    ("pemilu_2024", "president"): (
        "2023-11-13 2023-11-28 2024-02-10 2024-02-11 2024-02-13 2024-02-14"
    ),
    ("pilkada_2024", "mayor"): "2024-09-22 2024-09-25 2024-11-23 2024-11-24 2024-11-26 2024-11-27",
    ("pilkada_2025_rerun", "regent"): "2025-07-22 2025-07-25 2025-08-23 - - 2025-08-27",
    ("pilkada_2025_rerun", "mayor"): "2025-07-22 2025-07-25 2025-08-23 - - 2025-08-27",
}
OPEN = ("prospective", "candidate")


def moved(day: str, by: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(by)).isoformat()


def told(election: str, office: str, day: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Stages and phases of a contest on a day."""
    found = [
        (contest.stages, contest.phases)
        for contest in nr.load("national").law_on(day).contests
        if contest.election == election and office in contest.offices
    ]
    (one,) = found
    return one


@pytest.mark.parametrize(("election", "office"), SCHEDULES)
def test_the_days_around_every_switch(election: str, office: str) -> None:
    determined, begins, ends, quiet, silent, vote = SCHEDULES[election, office].split()
    early, late = ("prospective",), ("candidate",)
    either = ("before_determination", "determined")
    expected = {
        moved(determined, -1): (early, ("before_determination",)),
        determined: (OPEN, either),
        moved(determined, 1): (late, ("determined",)),
        moved(begins, -1): (late, ("determined",)),
        begins: (late, ("campaign",)),
        ends: (late, ("campaign",)),
        moved(ends, 1): (late, () if quiet == "-" else ("quiet",)),
        moved(vote, -1): (late, () if quiet == "-" else ("quiet",)),
        vote: (late, ("vote",)),
        moved(vote, 1): (late, ("after_vote",)),
    }
    if quiet != "-":
        assert (moved(ends, 1), moved(vote, -1)) == (quiet, silent)
    assert {day: told(election, office, day) for day in expected} == expected


def test_of_2018_only_the_month_of_the_vote_is_held() -> None:
    early = ("before_determination", "determined", "campaign", "quiet")
    expected = {
        "2018-05-31": (OPEN, early),
        "2018-06-15": (OPEN, ()),
        "2018-07-01": (("candidate",), ("after_vote",)),
    }
    assert {day: told("pilkada_2018", "governor", day) for day in expected} == expected


def test_every_election_of_the_vocabulary_has_a_calendar() -> None:
    law = nr.load("national").law_on("2024-01-01")
    assert law.without_calendar == ()
    assert {e for e, _ in SCHEDULES} | {"pilkada_2018"} == {c.election for c in law.contests}


def test_marks_stand_with_the_step() -> None:
    """What is inferred, or disputed between the sources, is not the whole calendar."""
    rules = nr.load("national")
    weak = {
        (calendar.election, step)
        for calendar in rules.plan.calendars
        for contest in calendar.contests
        for step, basis in contest.basis.items()
        if any(rules.provisions[name].mark != "A" for name in basis)
    }
    assert weak == {("pemilu_2019", "registration"), ("pilkada_2024", "quiet")}


def test_where_the_rerun_was_held() -> None:
    (rerun,) = (c for c in nr.load("national").plan.calendars if c.territory is not None)
    assert rerun.election == "pilkada_2025_rerun"
    assert rerun.territory is not None
    assert rerun.territory.id == "Kabupaten Bangka dan Kota Pangkalpinang"
