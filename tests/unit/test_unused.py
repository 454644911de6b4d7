"""What a report stated and nothing read."""

import datetime
from typing import Any

from netralitas_rules.inquiry.unused import Unread, Unused, UnusedFact
from tests.small import document, incident, ruleset

DAY = datetime.date(2024, 6, 30)
POST = {"conduct": "post", "audience": "public", "date": "2024-01-08"}


def unused(content: dict[str, Any] | None = None, **report: Any) -> dict[str, UnusedFact]:
    facts: dict[str, Any] = {"subject": {"status": "pns"}, "act": POST, **report}
    builder = ruleset(content)._builder
    case, groups = builder.case(incident(**facts), as_of=DAY, chosen={})
    return {own.place: own for own in Unused(builder).unused(case, groups)}


def test_what_no_rule_reads() -> None:
    found = unused(act={**POST, "medium": {"not": ["print"]}, "photo": {"shows": ["beneficiary"]}})
    assert {place: own.why for place, own in found.items()} == {
        "acts[0].medium": Unread.NO_RULE,
        "acts[0].photo.shows": Unread.NO_RULE,
    }
    own = found["acts[0].medium"]
    assert (own.fact, own.read_by) == ("act.medium", ())
    assert "print" not in own.possible


def test_what_only_rules_read_that_are_not_raised() -> None:
    found = unused(act={**POST, "goods_given": True})
    own = found["acts[0].goods_given"]
    assert (own.why, own.read_by, own.possible) == (Unread.NOT_HERE, ("old/meeting",), ("true",))
    raised = unused(act={"conduct": "hold_activity", "date": "2024-01-08", "goods_given": True})
    assert "acts[0].goods_given" not in raised


def test_facts_of_a_ruleset_and_dates() -> None:
    found = unused(
        subject={"status": "pns", "further": {"small": {"since": "2020-05"}}},
        act={**POST, "further": {"small": {"told": True}}},
    )
    assert found["acts[0].further.small.told"].why is Unread.NO_RULE
    since = found["subjects[0].further.small.since"]
    assert (since.fact, since.possible) == ("subject.small.since", ("2020-05-01..2020-05-31",))
    assert since.why is Unread.NOT_HERE, "a comparison of dates reads it, and no rule that"


def test_what_a_constraint_passes_on_is_read() -> None:
    """Leave excludes a PPPK; where the status is stated, it says nothing more."""
    leave = {"cltn": {"state": "granted"}}
    assert unused(subject={"status": "pns", **leave})["subjects[0].cltn.state"].why is (
        Unread.NOT_HERE
    )
    one_of = {"one_of": ["pppk", "pns"]}
    assert "subjects[0].cltn.state" not in unused(subject={"status": one_of, **leave})


def test_the_contest_of_the_report_is_outweighed() -> None:
    own = {"kind": "person", "election": "pemilu_2024", "office": "dpr"}
    found = unused(election="pemilu_2024", beneficiary=own)
    assert found["election"].why is Unread.OUTWEIGHED
    assert "beneficiaries[0].election" not in found
    assert "election" not in unused(election="pemilu_2024", beneficiary={"kind": "person"})


def test_a_beneficiary_whom_no_act_favours() -> None:
    found = unused(
        act={**POST, "beneficiaries": ["one"]},
        beneficiaries=[{"key": "one", "stage": "candidate"}, {"key": "two", "stage": "candidate"}],
    )
    assert "beneficiaries[0].stage" not in found
    assert found["beneficiaries[1].stage"].why is Unread.NOT_HERE


def test_where_nothing_is_raised_nothing_is_read() -> None:
    """Only the question that stands outside the list asks who it was."""
    found = unused(act={"conduct": "attend", "audience": "public", "date": "2024-01-08"})
    assert {place for place, own in found.items() if own.why is Unread.NOT_HERE} >= {
        "acts[0].conduct",
        "acts[0].audience",
    }
    assert "subjects[0].status" not in found


def test_identity_keys_and_notes_are_never_told() -> None:
    found = unused(
        subject={"key": "wati", "status": "pns", "identity": {"name": "Wati"}},
        act={**POST, "note": "read somewhere", "event": "rally"},
        evidence=[{"kind": "photo"}],
    )
    assert found == {}


def test_the_date_of_a_provision_that_is_cited_is_read() -> None:
    """The row that follows cites a provision that goes by the date of the decision."""
    proceeding = {"proceeding": {"decided_on": "2024-05-01"}}
    candidate = {"beneficiary": {"stage": "candidate"}}
    assert unused(**proceeding, **candidate) == {}
    content = document()
    content["provisions"]["always/8"].pop("governs")
    found = unused(content, **proceeding, **candidate)
    assert found["proceeding.decided_on"].why is Unread.NOT_HERE, "it bounds the date of the act"
