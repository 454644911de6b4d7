"""Scenarios report what can be: no like of a banner, no soldier in a civil-service post.

The engine decides any facts that no constraint refuses, those that nobody would ever report
among them. A scenario built on such facts shows a row by a report that cannot come. The files
`edges-*` are left out: their facts were searched for, one that decides alone each, and are no
reports.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import TypeGuard

import pytest

from netralitas_rules.facts.incident import Act, Beneficiary, Incident, Subject
from netralitas_rules.facts.leaves import Never, Span
from netralitas_rules.loading.diagnostics import Refused
from tests.scenarios.test_coverage import results

MEETING = {"attend", "take_part", "accompany", "hold_activity", "serve_on_team", "pose"}
HELD: Mapping[str, tuple[int, int]] = {
    "pilkada_2018": (2016, 2018),
    "pemilu_2019": (2017, 2019),
    "pilkada_2020": (2019, 2021),
    "pemilu_2024": (2021, 2024),
    "pilkada_2024": (2022, 2025),
    "pilkada_2025_rerun": (2024, 2025),
}
"""Years in which an act for the election can fall, first preparations to last disputes."""


def stated(leaf: object) -> str:
    """A fact that is stated with one value; empty where it is not."""
    return leaf if isinstance(leaf, str) else ""


def some(leaf: object) -> bool:
    """Whether a list or yes-no fact is stated to be there."""
    return leaf is True or (isinstance(leaf, tuple) and bool(leaf))


def first(leaf: object) -> datetime.date | None:
    return leaf.first if isinstance(leaf, Span) else leaf if is_day(leaf) else None


def last(leaf: object) -> datetime.date | None:
    return leaf.last if isinstance(leaf, Span) else leaf if is_day(leaf) else None


def is_day(leaf: object) -> TypeGuard[datetime.date]:
    return isinstance(leaf, datetime.date)


def impossible_acts(act: Act, incident: Incident) -> Iterator[str]:
    conduct = stated(act.conduct)
    if not conduct:
        return
    if stated(act.interaction) and conduct != "react":
        yield f"an interaction with {conduct}"
    if some(act.photo.shows) and conduct not in {"post", "pose", "react"}:
        yield f"a photo with {conduct}"
    if stated(act.occasion) and conduct not in MEETING:
        yield f"an occasion with {conduct}"
    if some(act.approached) and conduct != "approach":
        yield f"someone approached with {conduct}"
    if stated(act.medium) == "in_person" and conduct in {"follow", "join", "campaign_online"}:
        yield f"in person with {conduct}"
    election, year = stated(incident.election), first(act.date)
    if (
        year is not None
        and election in HELD
        and not any(stated(b.election) for b in incident.beneficiaries)
    ):
        since, until = HELD[election]
        end = last(act.date)
        if end is not None and (end.year < since or year.year > until):
            yield f"an act of {year.year} for {election}"


def impossible_people(subject: Subject, incident: Incident) -> Iterator[str]:
    status, dates = stated(subject.status), [first(act.date) for act in incident.acts]
    if status in {"tni", "polri", "village_staff", "ppnpn"} and stated(subject.post):
        yield f"{status} in the post {stated(subject.post)}"
    if status in {"tni", "polri", "village_staff", "ppnpn"} and stated(subject.cltn.state) in {
        "applied",
        "granted",
        "in_force",
    }:
        yield f"{status} on leave of the civil service"
    if (
        stated(subject.party.role) in {"member", "officer"}
        and subject.party.joined_on is Never.NEVER
    ):
        yield "a member who never joined"
    candidacy = subject.candidacy
    if stated(candidacy.stage) == "determined" and candidacy.determined_on is Never.NEVER:
        yield "a determined candidate who never was determined"
    if status == "pppk_part_time" and any(day and day.year < 2025 for day in dates):
        yield "part-time contract staff before 2025"


def impossible_beneficiaries(one: Beneficiary, incident: Incident) -> Iterator[str]:
    kind, office = stated(one.kind), stated(one.office)
    if kind == "pair" and office in {"dpr", "dpd", "dprd_province", "dprd_regency"}:
        yield f"a pair for {office}"
    if kind == "party" and stated(one.relation) in {"self", "spouse"}:
        yield f"a party as {stated(one.relation)}"
    if kind == "empty_box" and (office == "president" or stated(one.stage) == "prospective"):
        yield "an empty box for the presidency, or before determination"
    if kind == "empty_box" and stated(one.relation) in {"self", "spouse"}:
        yield f"an empty box as {stated(one.relation)}"
    if one.independent is True and office in {"president", "dpr", "dprd_province", "dprd_regency"}:
        yield f"an independent for {office}"


def impossible(incident: Incident) -> Iterator[str]:
    for act in incident.acts:
        yield from impossible_acts(act, incident)
    for subject in incident.subjects:
        yield from impossible_people(subject, incident)
    for one in incident.beneficiaries:
        yield from impossible_beneficiaries(one, incident)


def test_scenarios_report_what_can_be() -> None:
    assert [
        f"{result.scenario}: {found}"
        for result in results("national")
        if not isinstance(result.decision, Refused)
        and not result.scenario.path.name.startswith("edges-")
        for found in impossible(result.scenario.incident)
    ] == []


def reported(
    act: Mapping[str, object] | None = None,
    subject: Mapping[str, object] | None = None,
    one: Mapping[str, object] | None = None,
) -> Incident:
    return Incident.model_validate(
        {
            "election": "pemilu_2024",
            "subjects": [subject or {"status": "pns"}],
            "acts": [act or {"conduct": "react"}],
            "beneficiaries": [one or {"kind": "person"}],
        }
    )


@pytest.mark.parametrize(
    ("incident", "told"),
    [
        (lambda: reported({"conduct": "display", "interaction": "like"}), "an interaction"),
        (lambda: reported({"conduct": "give", "photo": {"shows": ["beneficiary"]}}), "a photo"),
        (lambda: reported({"conduct": "post", "occasion": "campaign"}), "an occasion"),
        (lambda: reported({"conduct": "post", "approached": ["party"]}), "someone approached"),
        (lambda: reported({"conduct": "follow", "medium": "in_person"}), "in person"),
        (lambda: reported({"conduct": "react", "date": "2019-03-01"}), "an act of 2019"),
        (lambda: reported(subject={"status": "tni", "post": "pengawas"}), "tni in the post"),
        (lambda: reported(subject={"status": "tni", "cltn": {"state": "granted"}}), "tni on leave"),
        (
            lambda: reported(subject={"party": {"role": "member", "joined_on": "none"}}),
            "a member who never joined",
        ),
        (
            lambda: reported(
                subject={"candidacy": {"stage": "determined", "determined_on": "none"}}
            ),
            "a determined candidate",
        ),
        (
            lambda: reported(
                {"conduct": "react", "date": "2024-01-10"}, {"status": "pppk_part_time"}
            ),
            "part-time",
        ),
        (lambda: reported(one={"kind": "pair", "office": "dpr"}), "a pair for"),
        (lambda: reported(one={"kind": "party", "relation": "self"}), "a party as"),
        (lambda: reported(one={"kind": "empty_box", "office": "president"}), "an empty box for"),
        (lambda: reported(one={"kind": "empty_box", "relation": "self"}), "an empty box as"),
        (lambda: reported(one={"independent": True, "office": "dpr"}), "an independent for"),
    ],
)
def test_what_cannot_be_is_found(incident: Callable[[], Incident], told: str) -> None:
    found = list(impossible(incident()))
    assert len(found) == 1
    assert found[0].startswith(told)
