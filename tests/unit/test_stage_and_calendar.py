"""A stated stage beside the calendar: the hour of determination, and departures with a note."""

from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import CalendarUse, ContestRead
from netralitas_rules.facts.incident import Incident

AS_OF = "2026-01-01"
ACT = {"conduct": "react", "interaction": "like", "medium": "social_media", "audience": "public"}


def report(day: str, election: str = "pilkada_2024", **beneficiary: Any) -> Incident:
    whom = {"kind": "pair", "office": "mayor", "direction": "favours", **beneficiary}
    return Incident.model_validate(
        {
            "election": election,
            "subjects": [{"status": "pns"}],
            "acts": [{**ACT, "attribution": "subject", "date": day}],
            "beneficiaries": [whom],
        }
    )


def decide(day: str, election: str = "pilkada_2024", **beneficiary: Any) -> nr.Decision:
    return nr.load("national").decide(report(day, election, **beneficiary), as_of=AS_OF)


def row(decision: nr.Decision) -> dict[str, str]:
    """A4 is the row for a prospective candidate, B6 that for a determined one."""
    return {f.id[-2:]: f.status.value for f in decision.findings if f.id[-2:] in ("A4", "B6")}


def asked(decision: nr.Decision) -> set[str]:
    return {item.fact for item in decision.settle}


HOUR = "beneficiary.determined_before_act"


@pytest.mark.parametrize(
    ("day", "election", "office"),
    [
        ("2018-09-20", "pemilu_2019", "dpr"),
        ("2020-09-23", "pilkada_2020", "mayor"),
        ("2023-11-03", "pemilu_2024", "dpd"),
        ("2023-11-13", "pemilu_2024", "president"),
        ("2024-09-22", "pilkada_2024", "governor"),
        ("2025-07-22", "pilkada_2025_rerun", "mayor"),
    ],
)
def test_the_hour_is_asked_on_the_day_of_determination_alone(
    day: str, election: str, office: str
) -> None:
    kind = "person" if office in ("dpr", "dpd") else "pair"
    rules = nr.load("national")

    def on(date: str, **more: Any) -> nr.Decision:
        return rules.decide(report(date, election, office=office, kind=kind, **more), as_of=AS_OF)

    month, number = day[:8], int(day[8:])
    before, after = (f"{month}{number + step:02}" for step in (-1, 1))
    assert HOUR in asked(on(day))
    assert "beneficiary.stage" not in asked(on(day))
    for other in (before, after):
        assert not {HOUR, "beneficiary.stage"} & asked(on(other))
    first, second = on(day, determined_before_act=False), on(day, determined_before_act=True)
    assert HOUR not in asked(first) | asked(second)
    for early, late in ((first, on(before)), (second, on(after))):
        assert {f.id: f.status for f in early.findings} == {f.id: f.status for f in late.findings}


def test_what_the_hour_says_is_read_as_the_stage() -> None:
    decision = decide("2024-09-22", determined_before_act=True)
    assert row(decision) == {"A4": "not_met", "B6": "met"}
    reads = {
        read.fact: read for element in decision["skb-2022/B6"].elements for read in element.facts
    }
    stage = reads["beneficiary.stage"]
    assert (stage.possible, stage.origin) == (("candidate",), HOUR)


def test_the_phase_follows_a_stage_that_is_stated_on_the_day() -> None:
    """Without the hour stage and phase were open by themselves."""
    rules = nr.load("national")
    for stage, phase in (("prospective", "before_determination"), ("candidate", "determined")):
        row = {
            "election": "pilkada_2024",
            "act": {"date": "2024-09-22"},
            "beneficiary": {"office": "mayor", "stage": stage},
        }
        (known,) = rules._framer.row(row)
        assert rules.plan.space.by_path["contest.phase"].decode(known[0]) == (phase,)


def test_without_a_calendar_the_order_says_the_stage_too() -> None:
    assert row(decide("2025-03-05", "other")) == {"A4": "open", "B6": "open"}
    known = decide("2025-03-05", "other", determined_before_act=False)
    assert row(known) == {"A4": "met", "B6": "not_met"}


# -- departures

NOTE = "ditetapkan kemudian setelah putusan sengketa"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024-09-21", {"stage": "candidate"}),
        ("2024-09-23", {"stage": "prospective"}),
        ("2024-10-02", {"stage": "prospective"}),
        ("2024-10-02", {"determined_before_act": False}),
    ],
)
def test_a_departure_without_a_note(day: str, said: dict[str, Any]) -> None:
    with pytest.raises(nr.Refused) as caught:
        decide(day, **said)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "stage-departs"
    assert diagnostic.path == ("beneficiaries", "0", next(iter(said)))
    (step,) = diagnostic.positions
    assert step.source == "national/calendars.yaml"
    assert step.text.strip() == "determination: 2024-09-22"
    assert "stage_note" in diagnostic.help
    with pytest.raises(nr.Refused, match="stage-departs"):
        nr.load("national").statuses(
            {
                "election": "pilkada_2024",
                "act": {**ACT, "date": day},
                "beneficiary": {"office": "mayor", **said},
            }
        )


@pytest.mark.parametrize("day", ["2024-09-21", "2024-09-23", "2024-10-02", "2024-11-25"])
def test_a_departure_with_a_note(day: str) -> None:
    stage = "candidate" if day < "2024-09-22" else "prospective"
    decision = decide(day, stage=stage, stage_note=NOTE)
    wanted = {"prospective": ("met", "not_met"), "candidate": ("not_met", "met")}[stage]
    assert tuple(row(decision).values()) == wanted
    (departs,) = (c for c in decision.contests if c.use is CalendarUse.DEPARTS)
    assert (departs.stated, departs.note) == ((stage,), NOTE)
    assert departs.by_calendar == ({"prospective": "candidate"}.get(stage, "prospective"),)
    assert departs.basis == ("pkpu-2-2024",)
    assert "pkpu-2-2024" in {c.id for c in decision.citations}
    for lang in ("id", "en"):
        assert NOTE in " ".join(decision.text(lang=lang).split())
    again = nr.Decision.from_json(decision.to_json())
    assert again.contests == decision.contests


def known_phases(day: str, **beneficiary: Any) -> set[str]:
    rules = nr.load("national")
    row = {
        "election": "pilkada_2024",
        "act": {"date": day},
        "beneficiary": {"office": "mayor", **beneficiary},
    }
    found = rules._framer.row(row)
    phase = rules.plan.space.by_path["contest.phase"]
    return {str(value) for known, _, _ in found for value in phase.decode(known)}


def test_what_a_departure_leaves_of_the_contest() -> None:
    """The campaign stays that of the contest; before or after determination is open."""
    either = {"before_determination", "determined"}
    assert known_phases("2024-09-21", stage="candidate", stage_note=NOTE) == either
    assert known_phases("2024-09-23", stage="prospective", stage_note=NOTE) == either
    assert known_phases("2024-10-02", stage="prospective", stage_note=NOTE) == {"campaign"}
    assert known_phases("2024-11-25", stage="prospective", stage_note=NOTE) == {"quiet"}


def test_a_note_that_changes_nothing() -> None:
    """Where the stage is that of the calendar, the note is no departure."""
    plain, noted = (
        decide("2024-10-02", stage="candidate", **more) for more in ({}, {"stage_note": NOTE})
    )
    assert plain.findings == noted.findings
    assert plain.contests == noted.contests
    assert known_phases("2024-09-21", stage="prospective", stage_note=NOTE) == {
        "before_determination"
    }


def test_an_uncertain_date_is_narrowed_before_anything_departs() -> None:
    """In September the pair was a candidate from the 22nd: no departure, with or without a note."""
    for more in ({}, {"stage_note": NOTE}):
        decision = decide("2024-09", stage="candidate", **more)
        assert CalendarUse.DEPARTS not in {c.use for c in decision.contests}
        assert row(decision)["B6"] == "met"


def test_a_note_excuses_no_other_contradiction() -> None:
    with pytest.raises(nr.Refused) as caught:
        decide("2024-10-02", office="dpr", stage="prospective", stage_note=NOTE)
    assert [d.code for d in caught.value.diagnostics] == ["contradictory-facts"]


@pytest.mark.parametrize("note", ["", "  ", 5])
def test_a_note_of_a_row_is_text(note: object) -> None:
    with pytest.raises(nr.Refused):
        nr.load("national").statuses({"act": ACT, "beneficiary": {"stage_note": note}})


# -- what a decision says of calendars


def used(decision: nr.Decision) -> dict[CalendarUse, ContestRead]:
    return {c.use: c for c in decision.contests}


def test_what_is_read_from_a_calendar_is_cited() -> None:
    read = used(decide("2024-11-25"))[CalendarUse.READ]
    assert read.facts == ("beneficiary.stage", "contest.phase")
    assert set(read.basis) == {"pkpu-2-2024", "pkpu-2-2024/quiet"}
    weak = {c.id: c.mark for c in decide("2024-11-25").weak_citations()}
    assert weak["pkpu-2-2024/quiet"] == "C"
    campaign = used(decide("2024-10-02"))[CalendarUse.READ]
    assert campaign.basis == ("pkpu-2-2024",)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_calendar_covers_the_election(lang: str) -> None:
    decision = decide("2025-03-05", "other", stage="candidate")
    (entry,) = decision.contests
    assert (entry.use, entry.elections) == (CalendarUse.NO_CALENDAR, ("other",))
    words = {
        "id": 'tidak memuat kalender untuk "pemilihan lain"',
        "en": 'no calendar that covers "another election"',
    }
    assert words[lang] in " ".join(decision.text(lang=lang).split())


def test_an_office_that_no_calendar_of_the_election_covers() -> None:
    """The re-run of 2025 was held for regent and mayor."""
    entry = used(decide("2025-08-01", "pilkada_2025_rerun", office="governor"))
    assert set(entry) == {CalendarUse.NO_CALENDAR}
    assert set(used(decide("2025-08-01", "pilkada_2025_rerun"))) == {CalendarUse.READ}


def test_steps_that_a_calendar_does_not_hold() -> None:
    found = used(decide("2018-03-05", "pilkada_2018"))[CalendarUse.NOT_HELD]
    assert found.not_held == ("determination", "campaign", "quiet", "vote")
    rerun = used(decide("2025-08-25", "pilkada_2025_rerun"))[CalendarUse.NOT_HELD]
    assert rerun.not_held == ("quiet",)
    after = used(decide("2018-07-10", "pilkada_2018"))
    assert CalendarUse.NOT_HELD not in after
    assert after[CalendarUse.READ].basis == ("uu-10-2016/201/4",)


def test_nothing_is_said_of_an_election_that_nobody_stated() -> None:
    incident = Incident.model_validate(
        {"subjects": [{"status": "pns"}], "acts": [{**ACT, "date": "2024-10-02"}],
         "beneficiaries": [{"kind": "pair"}]}
    )  # fmt: skip
    uses = {c.use for c in nr.load("national").decide(incident, as_of=AS_OF).contests}
    assert not uses & {CalendarUse.NO_CALENDAR, CalendarUse.DEPARTS}
