"""Frames: cells of uncertain dates, slices of law, comparisons, contradictions."""

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from netralitas_rules.engine import frames as f
from netralitas_rules.engine.comparing import compare
from netralitas_rules.engine.frames import FactsRefused, Framer
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import NEVER, parse_span
from tests.small import document, incident, ruleset

RULES = ruleset()
FRAMER = Framer(RULES.plan)
AS_OF = datetime.date(2024, 6, 1)
POST = {"conduct": "post"}
DPR = {"kind": "person", "office": "dpr"}


def frames(found: Incident) -> list[f.Frame]:
    return [x for group in FRAMER.groups(found, as_of=AS_OF) for x in group.frames]


def values(frame: f.Frame, path: str) -> tuple[Any, ...]:
    return RULES.plan.space.by_path[path].decode(frame.known)


def test_a_month_is_cut_where_the_calendar_cuts() -> None:
    found = frames(
        incident(election="pemilu_2024", act={**POST, "date": "2023-11"}, beneficiary=DPR)
    )
    stages = [(x.first.day, x.last.day, values(x, "beneficiary.stage")) for x in found]
    assert stages == [
        (1, 2, ("prospective",)),
        (3, 3, ("prospective", "candidate")),
        (4, 12, ("candidate",)),
        (13, 13, ("candidate",)),
        (14, 27, ("candidate",)),
        (28, 30, ("candidate",)),
    ]
    assert values(found[5], "contest.phase") == ("campaign",)


def test_a_stated_stage_drops_days() -> None:
    found = frames(
        incident(
            election="pemilu_2024",
            act={**POST, "date": "2023-11"},
            beneficiary={**DPR, "stage": "prospective"},
        )
    )
    assert [x.last.day for x in found] == [2, 3]


def test_the_contest_of_the_beneficiary_outweighs_that_of_the_report() -> None:
    found = frames(
        incident(
            election="pilkada_2024",
            act={**POST, "date": "2023-12-01"},
            beneficiary={**DPR, "election": "pemilu_2024"},
        )
    )
    assert values(found[0], "election") == ("pemilu_2024",)
    assert values(found[0], "beneficiary.stage") == ("candidate",)


def test_an_act_lies_before_its_report() -> None:
    report = {"received_on": "2021-05"}
    found = frames(incident(act=POST, report=report))
    assert found[-1].last == datetime.date(2021, 5, 31)
    assert found[0].first == datetime.date.min
    assert {values(x, "law.code") for x in found} == {("old",), ("new",)}


@pytest.mark.parametrize(
    "parts",
    [
        {"report": {"received_on": "2022"}},
        {"proceeding": {"examined_on": "2022-01-01"}},
        {"proceeding": {"decided_on": "2022-01-01", "examined_on": "none"}},
    ],
)
def test_an_act_after_its_report_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        incident(act={**POST, "date": "2023"}, **parts)
    (error,) = caught.value.errors()
    assert error["type"] == "date_order"


def test_an_act_after_the_day_of_the_question_is_refused() -> None:
    with pytest.raises(FactsRefused) as caught:
        frames(incident(act={**POST, "date": {"from": AS_OF + datetime.timedelta(days=1)}}))
    assert caught.value.reason == "date-order"


def test_contradictory_facts_name_the_constraint() -> None:
    with pytest.raises(FactsRefused) as caught:
        frames(incident(subject={"status": "pppk", "cltn": {"state": "in_force"}}, act=POST))
    assert caught.value.reason == "contradictory-facts"
    assert caught.value.clash is not None
    assert caught.value.clash.id == "pppk-no-leave"


def test_constraints_work_backwards() -> None:
    found = frames(
        incident(
            subject={"status": {"one_of": ["pns", "pppk"]}, "cltn": {"state": "in_force"}},
            act={**POST, "date": "2023-01-01"},
        )
    )
    assert values(found[0], "subject.status") == ("pns",)


def test_who_did_what_for_whom() -> None:
    found = Incident.model_validate(
        {
            "subjects": [{"key": "a"}, {"key": "b"}],
            "acts": [
                {"conduct": "post", "by": ["b"], "beneficiaries": ["y"], "date": "2023-01-01"},
                {
                    "conduct": "vote",
                    "by": ["a", "b"],
                    "beneficiaries": [],
                    "date": "2023-01-01",
                },
            ],
            "beneficiaries": [{"key": "x"}, {"key": "y"}],
        }
    )
    groups = FRAMER.groups(found, as_of=AS_OF)
    assert [(g.subject, g.act, g.beneficiary) for g in groups] == [
        (1, 0, 1),
        (0, 1, None),
        (1, 1, None),
    ]


def test_without_an_act_the_subject_alone_is_looked_at() -> None:
    groups = FRAMER.groups(incident(subject={"party": {"role": "member"}}), as_of=AS_OF)
    assert [(g.subject, g.act, g.beneficiary) for g in groups] == [(0, None, None)]


def test_uncertain_law_gives_a_frame_each() -> None:
    content = document()
    del content["transitions"]["old-law"]
    framer = Framer(ruleset(content).plan)
    row = framer.row({"act": {"conduct": "post", "date": "2015-01-01"}})
    assert len(row) == 2
    row = framer.row({"act": {"conduct": "post", "date": "2022-01-01"}})
    assert len(row) == 1


def test_law_that_a_constraint_excludes_gives_no_frame() -> None:
    content = document()
    del content["transitions"]["old-law"]
    content["constraints"]["pns-new"] = {
        "says": {"id": "x", "en": "x"},
        "when": {"any": [{"subject.status": "pns"}, {"subject.heads_unit": True}]},
        "then": {"law.code": "new"},
    }
    framer = Framer(ruleset(content).plan)
    act = {"conduct": "post", "date": "2015-01-01"}
    assert len(framer.row({"act": act})) == 2
    assert len(framer.row({"subject": {"status": "pns"}, "act": act})) == 1


def test_too_many_combinations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f, "MAX_FRAMES", 3)
    with pytest.raises(FactsRefused) as caught:
        frames(incident(act=POST))
    assert caught.value.reason == "too-many-frames"


def test_law_that_only_its_own_frame_excludes() -> None:
    """That the old law is impossible shows only once it is supposed."""
    content = document()
    del content["transitions"]["old-law"]
    for value in ("public", "private"):
        content["constraints"][f"old-{value}"] = {
            "says": {"id": "x", "en": "x"},
            "when": {"law.code": "old"},
            "then": {"act.audience": value},
        }
    framer = Framer(ruleset(content).plan)
    (only,) = framer.row({"act": {"conduct": "post", "date": "2015-01-01"}})
    law = framer.plan.space.by_path["law.code"]
    assert law.decode(only[0]) == ("new",)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2020-01-01", "2020-01-02", {"before"}),
        ("2020-01-02", "2020-01-02", {"same_day"}),
        ("2020-01-03", "2020-01-02", {"after"}),
        ("2020-01", "2020-01", {"before", "same_day", "after"}),
        ("2020-01", "2020-02", {"before"}),
        ("none", "2020", {"never"}),
        ("none", None, {"never"}),
        ("2020", "none", {"no_reference"}),
        (None, "none", {"no_reference", "never"}),
        (None, "2020", {"before", "same_day", "after", "never"}),
        ("2020", None, {"before", "same_day", "after", "no_reference"}),
        (None, None, {"before", "same_day", "after", "never", "no_reference"}),
    ],
)
def test_comparing_dates(first: str | None, second: str | None, expected: set[str]) -> None:
    fact = RULES.plan.space.by_path["subject.small.resigned"]
    given = [
        None if text is None else NEVER if text == "none" else parse_span(text)
        for text in (first, second)
    ]
    assert set(fact.decode(compare(fact, *given))) == expected


def test_comparing_with_the_act() -> None:
    found = frames(
        incident(
            subject={"further": {"small": {"since": "2023-02"}}},
            act={**POST, "date": "2023-01-01"},
        )
    )
    assert values(found[0], "subject.small.before_act") == ("after",)


@pytest.mark.parametrize(
    ("row", "reason", "path"),
    [
        ({"subject": {"statis": "pns"}}, "unknown-fact", ("subject", "statis")),
        ({"subject": {"status": "pnss"}}, "unknown-value", ("subject", "status")),
        ({"elections": "x"}, "unknown-fact", ("elections",)),
        ({"act": {"account": "own"}}, "not-a-mapping", ("act", "account")),
        (
            {"act": {"further": {"small": {"x": 1}}}},
            "unknown-fact",
            ("act", "further", "small", "x"),
        ),
        ({"subject": "pns"}, "not-a-mapping", ("subject",)),
        ({"act": {"date": "2024-02-30"}}, "unknown-value", ("act", "date")),
    ],
)
def test_rows_are_strict(row: dict[str, Any], reason: str, path: tuple[str, ...]) -> None:
    with pytest.raises(FactsRefused) as caught:
        FRAMER.row(row)
    assert (caught.value.reason, caught.value.path) == (reason, path)


def test_facts_of_an_unknown_overlay_are_refused() -> None:
    with pytest.raises(FactsRefused):
        frames(incident(act={"further": {"elsewhere": {"x": True}}}))


def test_rows_take_an_unknown_as_none() -> None:
    known, stated, _ = FRAMER.row({"subject": {"status": None}, "act": {"date": "2023-01-01"}})[0]
    status = RULES.plan.space.by_path["subject.status"]
    assert known & status.full == status.full
    assert not stated >> status.index & 1
