"""Calendars: stage and phase of every day, against the words of the language."""

import datetime
from pathlib import Path

import pytest

import netralitas_rules as nr
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.space import ACT_DATE, ELECTION, PHASE, PHASES, STAGE
from netralitas_rules.loading.diagnostics import Refused
from tests.golden.harness import beside_base

CALENDAR = """
calendars:
  pemilu:
    title: {id: "Pemilu", en: "Election"}
    election: pemilu_2024
    basis: [pp-1/5]
    contests:
      legislative:
        offices: [dpr, dpd]
        determination: 2023-11-03
        campaign: {from: 2023-11-28, until: 2024-02-10}
        quiet: {from: 2024-02-11, until: 2024-02-13}
        vote: 2024-02-14
      president:
        offices: [president]
        determination: 2023-11-13
        campaign: {from: 2023-11-14, until: 2024-02-08}
        quiet: {from: 2024-02-11, until: 2024-02-12}
        vote: 2024-02-14
  other:
    title: {id: "Lain", en: "Other"}
    election: other
    basis: [pp-1/5]
    contests:
      legislative:
        offices: [dpr]
        determination: 2023-06-01
        campaign: {from: 2023-06-03, until: 2023-06-03}
        quiet: {from: 2023-06-04, until: 2023-06-04}
        vote: 2023-06-05
"""
DATES = {
    ("pemilu_2024", "dpr"): "2023-11-03 2023-11-28 2024-02-10 2024-02-11 2024-02-13 2024-02-14",
    (
        "pemilu_2024",
        "president",
    ): "2023-11-13 2023-11-14 2024-02-08 2024-02-11 2024-02-12 2024-02-14",
    ("other", "dpr"): "2023-06-01 2023-06-03 2023-06-03 2023-06-04 2023-06-04 2023-06-05",
}
ALL = set(PHASES)
EVERY_STAGE = {"prospective", "candidate"}


def meant(day: str, dates: str) -> tuple[set[str], set[str]]:
    """Stage and phase that a day may have, from the sentence in the description of the language."""
    determined, begins, ends, quiet, silent, vote = dates.split()
    stage = (
        {"prospective"} if day < determined else {"candidate"} if day > determined else EVERY_STAGE
    )
    if day < determined:
        phase = {"before_determination"}
    elif day == determined:
        phase = {"before_determination", "determined"}
    elif day < begins:
        phase = {"determined"}
    elif day <= ends:
        phase = {"campaign"}
    elif quiet <= day <= silent:
        phase = {"quiet"}
    elif day == vote:
        phase = {"vote"}
    elif day > vote:
        phase = {"after_vote"}
    else:  # between two steps the calendar says nothing
        phase = ALL
    return stage, phase


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> nr.Ruleset:
    return nr.load(beside_base(CALENDAR, tmp_path_factory.mktemp("calendar")))


def possible(rules: nr.Ruleset, election: str, office: str, day: str) -> tuple[set[str], set[str]]:
    """Stage and phase that the constraints leave open."""
    space = rules.plan.space
    known = space.unknown
    for path, value in ((ELECTION, election), (ACT_DATE, day), ("beneficiary.office", office)):
        fact = space.by_path[path]
        known &= ~fact.full | fact.encode(value)
    left = narrow(known, rules.plan.constraints)
    assert left is not None
    stage, phase = (
        {str(value) for value, bit in space.by_path[path].bits.items() if left & bit}
        for path in (STAGE, PHASE)
    )
    return stage, phase


@pytest.mark.parametrize(("election", "office"), DATES)
def test_every_day(election: str, office: str, rules: nr.Ruleset) -> None:
    first = datetime.date(2023, 5, 25)
    for number in range(280):
        day = (first + datetime.timedelta(days=number)).isoformat()
        expected = meant(day, DATES[election, office])
        assert possible(rules, election, office, day) == expected, day


@pytest.mark.parametrize(
    ("election", "office"), [("pemilu_2024", "governor"), ("other", "dpd"), ("none", "dpr")]
)
def test_a_contest_without_a_calendar(election: str, office: str, rules: nr.Ruleset) -> None:
    assert possible(rules, election, office, "2024-01-10") == (EVERY_STAGE, ALL)


@pytest.mark.parametrize(
    ("day", "stage", "fits"),
    [
        ("2023-11-02", "prospective", True),
        ("2023-11-02", "candidate", False),
        ("2023-11-03", "prospective", True),
        ("2023-11-03", "candidate", True),
        ("2023-11-04", "prospective", False),
        ("2023-11-04", "candidate", True),
        ("2023-11", "prospective", True),
        ("2023-12", "prospective", False),
    ],
)
def test_a_stage_that_is_stated(day: str, stage: str, fits: bool, rules: nr.Ruleset) -> None:
    incident = Incident.model_validate(
        {
            "election": "pemilu_2024",
            "subjects": [{"status": "pns"}],
            "acts": [{"conduct": "post", "date": day}],
            "beneficiaries": [{"office": "dpr", "stage": stage}],
        }
    )
    if fits:
        assert rules.decide(incident, as_of="2025-01-01").outcome == "open"
    else:
        with pytest.raises(Refused, match="contradict"):
            rules.decide(incident, as_of="2025-01-01")


def test_the_name_of_a_constraint(rules: nr.Ruleset) -> None:
    own = [c for c in rules.plan.constraints if "/" in c.id]
    assert {c.id for c in own} == {"pemilu/legislative", "pemilu/president", "other/legislative"}
    assert {c.basis for c in own} == {("pp-1/5",)}
    assert {c.says.en for c in own} == {"Election", "Other"}


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("from: 2023-11-28", "from: 2023-11-02", "11:26 10:24"),
        ("until: 2024-02-10", "until: 2023-11-27", "11:45 11:26"),
        ("until: 2024-02-10", "until: 2024-02-12", "12:23 11:45"),
        ("until: 2024-02-13", "until: 2024-02-10", "12:42 12:23"),
        ("vote: 2024-02-14", "vote: 2024-02-12", "13:15 12:42"),
    ],
)
def test_steps_that_run_backwards(old: str, new: str, places: str, tmp_path: Path) -> None:
    """The step that lies too early is shown, and the one before; a contest has one such problem."""
    folder = beside_base(CALENDAR.replace(old, new, 1), tmp_path)
    with pytest.raises(Refused) as caught:
        nr.load(folder)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "bad-calendar"
    told = [str(position) for position in diagnostic.positions]
    assert told == [f"base/wrong.yaml:{place}" for place in places.split()]
    assert new.split()[1] in diagnostic.message
