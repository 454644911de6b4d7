"""Calendars that hold a part of the steps: what the order of the held ones leaves, day by day."""

import datetime
from pathlib import Path

import pytest

import netralitas_rules as nr
from netralitas_rules.facts.space import PHASES
from netralitas_rules.law.calendar import STEPS, Contest, on
from netralitas_rules.law.model import Validity

EVERY = set(PHASES)
EARLY = {"before_determination", "determined", "campaign", "quiet"}


def days(text: str) -> Validity | None:
    """`2030-01-01..2030-01-03`, or one day."""
    if not text:
        return None
    first, _, last = text.partition("..")
    return Validity(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first))


def contest(**steps: str) -> Contest:
    held = {name: days(steps.get(name, "")) for name in ("registration", *STEPS)}
    basis = {name: (f"law/{name}",) for name in held}
    return Contest("heads", ("mayor",), basis=basis, **held)


def told(found: Contest, day: str) -> tuple[set[str], set[str]]:
    """Stages and phases that the calendar leaves; everything where it says nothing."""
    date = datetime.date.fromisoformat(day)
    stage, phase = on(found.stages, date), on(found.phases, date)
    return (
        set(stage.values) if stage else {"prospective", "candidate"},
        set(phase.values) if phase else EVERY,
    )


MONTH = contest(vote="2030-06-01..2030-06-30")
NO_QUIET = contest(determination="2030-07-22", campaign="2030-07-25..2030-08-23", vote="2030-08-27")
SOME_DAY = contest(
    determination="2030-03-01..2030-03-31",
    campaign="2030-04-05..2030-06-07",
    quiet="2030-06-08..2030-06-10",
    vote="2030-06-11",
)
CAMPAIGN = contest(campaign="2030-04-05..2030-06-07")
EITHER = {"prospective", "candidate"}


@pytest.mark.parametrize(
    ("found", "day", "stages", "phases"),
    [
        (MONTH, "2030-05-31", EITHER, EARLY),
        (MONTH, "2030-06-01", EITHER, {*EARLY, "vote"}),
        (MONTH, "2030-06-02", EITHER, EVERY),
        (MONTH, "2030-06-29", EITHER, EVERY),
        (MONTH, "2030-06-30", {"candidate"}, {"vote", "after_vote"}),
        (MONTH, "2030-07-01", {"candidate"}, {"after_vote"}),
        (NO_QUIET, "2030-07-21", {"prospective"}, {"before_determination"}),
        (NO_QUIET, "2030-07-22", EITHER, {"before_determination", "determined"}),
        (NO_QUIET, "2030-07-23", {"candidate"}, {"determined"}),
        (NO_QUIET, "2030-08-23", {"candidate"}, {"campaign"}),
        (NO_QUIET, "2030-08-24", {"candidate"}, EVERY),
        (NO_QUIET, "2030-08-26", {"candidate"}, EVERY),
        (NO_QUIET, "2030-08-27", {"candidate"}, {"vote"}),
        (NO_QUIET, "2030-08-28", {"candidate"}, {"after_vote"}),
        (SOME_DAY, "2030-02-28", {"prospective"}, {"before_determination"}),
        (SOME_DAY, "2030-03-01", EITHER, {"before_determination", "determined"}),
        (SOME_DAY, "2030-03-31", EITHER, {"before_determination", "determined"}),
        (SOME_DAY, "2030-04-01", {"candidate"}, {"determined"}),
        (SOME_DAY, "2030-04-05", {"candidate"}, {"campaign"}),
        (CAMPAIGN, "2030-04-04", EITHER, {"before_determination", "determined"}),
        (CAMPAIGN, "2030-04-05", {"candidate"}, {"campaign"}),
        (CAMPAIGN, "2030-06-08", {"candidate"}, {"quiet", "vote"}),
        (CAMPAIGN, "2030-06-10", {"candidate"}, {"quiet", "vote", "after_vote"}),
    ],
)
def test_what_is_left(found: Contest, day: str, stages: set[str], phases: set[str]) -> None:
    assert told(found, day) == (stages, phases)


@pytest.mark.parametrize(
    ("found", "not_held", "hour"),
    [
        (MONTH, STEPS, None),
        (NO_QUIET, ("quiet",), "2030-07-22"),
        (SOME_DAY, ("determination",), None),
        (CAMPAIGN, ("determination", "quiet", "vote"), None),
    ],
)
def test_what_is_not_held(found: Contest, not_held: tuple[str, ...], hour: str | None) -> None:
    assert found.not_held == not_held
    assert (str(found.hour) if found.hour else None) == hour


@pytest.mark.parametrize(
    ("found", "day", "by"),
    [
        (MONTH, "2030-05-31", "vote"),
        (NO_QUIET, "2030-07-23", "determination campaign"),
        (NO_QUIET, "2030-08-01", "campaign"),
        (SOME_DAY, "2030-03-15", "determination"),
        (SOME_DAY, "2030-06-09", "quiet"),
        (SOME_DAY, "2030-06-12", "vote"),
    ],
)
def test_a_phase_rests_on_the_steps_around_it(found: Contest, day: str, by: str) -> None:
    step = on(found.phases, datetime.date.fromisoformat(day))
    assert step is not None
    assert step.by == tuple(by.split())
    assert found.cited(step.by) == tuple(f"law/{name}" for name in by.split())


def test_steps_of_every_day_fit_together() -> None:
    """However steps are left out, no day says what the whole calendar refutes."""
    whole = {
        "determination": "2030-03-10",
        "campaign": "2030-03-13..2030-04-20",
        "quiet": "2030-04-21..2030-04-23",
        "vote": "2030-04-24",
    }
    complete = contest(**whole)
    for number in range(1, 16):
        part = contest(**{s: d for i, (s, d) in enumerate(whole.items()) if number >> i & 1})
        for offset in range(80):
            day = (datetime.date(2030, 2, 20) + datetime.timedelta(offset)).isoformat()
            stages, phases = told(complete, day)
            less = told(part, day)
            assert stages <= less[0], (number, day)
            assert phases <= less[1], (number, day)


EXAMPLE = Path(__file__).parents[2] / "examples" / "own_calendar"


def test_a_calendar_of_ones_own_in_one_file() -> None:
    """One YAML file over the national ruleset adds an election and its calendar."""
    assert [p.name for p in EXAMPLE.glob("*.yaml")] == ["calendar.yaml"]
    law = nr.load(EXAMPLE).law_on("2031-06-09")
    (found,) = (c for c in law.contests if c.calendar == "contoh-pilkada-2031")
    assert found.election == "contoh/pilkada-2031"
    assert found.not_held == ("determination", "quiet")
    assert (found.phases, found.stages) == ((), ("candidate",))
    text = " ".join(law.text(lang="en").split())
    assert "2031 regional elections (invented); the Province of Examples" in text
    assert "does not hold the day of determination and the quiet period" in text
    assert "contoh/pilkada-2031" not in law.without_calendar


def test_an_election_of_an_overlay_carries_its_prefix(tmp_path: Path) -> None:
    text = (EXAMPLE / "calendar.yaml").read_text(encoding="utf-8")
    (tmp_path / "rules").mkdir()
    wrong = text.replace("contoh/pilkada-2031", "other/pilkada-2031")
    (tmp_path / "rules" / "calendar.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(nr.Refused) as caught:
        nr.load(tmp_path / "rules")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "overlay"
    assert diagnostic.path == ("elections", "other/pilkada-2031")
