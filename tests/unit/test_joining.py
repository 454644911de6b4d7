"""Reports of one matter as one incident: what agrees, what differs, and whose acts they are."""

import itertools
from typing import Any

import pytest
from pydantic import ValidationError

import netralitas_rules as nr
from netralitas_rules.case.joining import joined
from netralitas_rules.facts.casefile import CaseReport
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.incidents import content_of

Doc = dict[str, Any]
PAIR = {"kind": "pair", "office": "president", "stage": "candidate"}


def report(key: str, *acts: Doc, **more: Any) -> CaseReport:
    people = more.pop("subjects", [{"status": "pns"}])
    whom = more.pop("beneficiaries", [PAIR])
    subject = more.pop("subject", None)
    incident = {
        "election": "pemilu_2024",
        "subjects": people,
        "acts": [{"conduct": "post", **act} for act in acts],
        "beneficiaries": whom,
        **more,
    }
    found = {"key": key, "incident": incident}
    return CaseReport.model_validate(found | ({"subject": subject} if subject else {}))


def shown(incident: Incident) -> Doc:
    """By the key of each item what it shows."""
    evidence = content_of(incident).get("evidence", [])
    return {item["key"]: item["shows"] for item in evidence}


def test_one_report_of_one_person_stays_as_it_is() -> None:
    one = report("r1", {"date": "2024-01-10"})
    assert joined([one]) is one.incident


def test_what_agrees_is_stated_and_what_differs_is_shown() -> None:
    one = report("r1", {"event": "e", "date": "2024-01-10", "medium": "social_media"})
    other = report("r2", {"event": "e", "date": "2024-01-10", "medium": "messaging"})
    found = joined([other, one])
    (act,) = found.acts
    assert (str(act.date), act.medium) == ("2024-01-10", None)
    assert shown(found) == {
        "r1": {"acts[0].medium": "social_media"},
        "r2": {"acts[0].medium": "messaging"},
    }


def test_the_order_of_reports_does_not_matter() -> None:
    reports = [
        report("r1", {"event": "e", "audience": "public"}, {"date": "2024-02"}),
        report("r2", {"event": "e", "audience": "private"}),
        report("r3", {"event": "e", "purpose_of_support": True}, beneficiaries=[PAIR, PAIR]),
    ]
    found = [joined(order) for order in itertools.permutations(reports)]
    assert all(one == found[0] for one in found)


def test_acts_of_one_event_are_told_apart_by_conduct() -> None:
    one = report("r1", {"event": "e"}, {"event": "e", "conduct": "attend"})
    other = report("r2", {"event": "e", "conduct": "attend", "occasion": "campaign"})
    conducts = [act.conduct for act in joined([one, other]).acts]
    assert conducts == ["attend", "post"]


def test_acts_without_an_event_and_alike_stay_apart() -> None:
    """Nothing says that they are the same: three acts of two reports."""
    one = report("r1", {"event": "e"}, {"event": "e"})
    other = report("r2", {})
    assert len(joined([one, other]).acts) == 3


def test_only_the_acts_of_the_person_are_taken() -> None:
    people = [{"key": "a", "status": "pns"}, {"key": "b", "status": "cpns"}]
    one = report(
        "r1",
        {"by": ["a"], "date": "2024-01-10"},
        {"by": ["b"], "conduct": "attend"},
        subjects=people,
        subject="b",
        evidence=[
            {"key": "x", "kind": "photo", "shows": {"acts[1].occasion": "campaign"}},
            {"kind": "statement", "shows": {"acts[0].medium": "social_media"}},
        ],
    )
    found = joined([one])
    assert [subject.status for subject in found.subjects] == ["cpns"]
    assert [act.conduct for act in found.acts] == ["attend"]
    kept = {item.key: item.shows for item in found.evidence or ()}
    assert kept == {"r1-x": {"acts[0].occasion": "campaign"}, "r1-2": None}


def test_beneficiaries_are_joined_by_key_where_an_act_has_several() -> None:
    two = [{"key": "x", **PAIR}, {"key": "y", "kind": "party"}]
    one = report("r1", {"event": "e"}, beneficiaries=two)
    other = report("r2", {"event": "e"}, beneficiaries=[two[1], {"kind": "person"}])
    found = joined([one, other])
    assert len(found.beneficiaries) == 3
    assert len(found.acts[0].beneficiaries or ()) == 3


def test_single_beneficiaries_of_one_act_are_the_same() -> None:
    one = report("r1", {"event": "e"}, beneficiaries=[{"kind": "pair"}])
    other = report("r2", {"event": "e"}, beneficiaries=[{"stage": "candidate"}])
    (whom,) = joined([one, other]).beneficiaries
    assert (whom.kind, whom.stage) == ("pair", "candidate")


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("2024-02-01", "2024-03-01"), "2024-02-01"),
        (("2024-03-01", "2024-02"), "2024-02-01"),
        (("2024-02-10", "2024-02"), None),
        (("2024-02-10", None), None),
    ],
)
def test_the_report_that_certainly_came_first_dates_the_case(
    days: tuple[str | None, ...], first: str | None
) -> None:
    reports = [
        report(f"r{n}", {"event": "e"}, report={"received_on": day} if day else {})
        for n, day in enumerate(days)
    ]
    received = joined(reports).report.received_on
    assert (None if received is None else received.first.isoformat()) == first


def test_earlier_sanctions_and_own_facts_are_kept() -> None:
    earlier = {"regime": "discipline", "level": "light"}
    person = {"status": "pns", "earlier_sanctions": [earlier], "further": {"kem": {"visit": True}}}
    one = report("r1", {"event": "e"}, subjects=[person])
    other = report(
        "r2", {"event": "e"}, subjects=[{**person, "further": {"kem": {"visit": False}}}]
    )
    found = joined([one, other])
    assert len(found.subjects[0].earlier_sanctions or ()) == 1
    assert shown(found) == {
        "r1": {"subjects[0].kem.visit": True},
        "r2": {"subjects[0].kem.visit": False},
    }


def test_reports_that_cannot_both_be_are_not_joined() -> None:
    joining = {"status": "pns", "party": {"joined_on": "2024-05-01"}}
    leaving = {"status": "pns", "party": {"left_party_on": "2024-01-01"}}
    one = report("r1", {"event": "e"}, subjects=[joining])
    other = report("r2", {"event": "e"}, subjects=[leaving])
    with pytest.raises(ValidationError):
        joined([one, other])


def test_a_report_is_no_evidence_for_a_standard() -> None:
    rules = nr.load("national")
    one = report("r1", {"event": "e", "date": "2024-01-10", "audience": "public"})
    other = report("r2", {"event": "e", "date": "2024-01-10", "audience": "private"})
    decision = rules.decide(joined([one, other]), as_of="2024-06-01")
    (read,) = {
        fact
        for finding in decision.findings
        for element in finding.elements
        for fact in element.facts
        if fact.fact == "act.audience" and fact.disputed
    }
    assert read.possible == ("public", "private")
    assert [account.kind for account in read.accounts] == ["report", "report"]
