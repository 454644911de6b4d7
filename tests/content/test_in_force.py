"""Promise 4: what a decision cites was in force on the day that governs it.

Validity is read from the YAML here, and the governing days are found from the incident.
"""

import datetime
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.facts.leaves import Never, Span
from netralitas_rules.loading.tree import parse
from tests.content.files import AS_OF, EXAMPLE_FILES, RULE_FILES, decided, incident_of
from tests.matrix.incidents import OWN as OF_THE_MATRIX
from tests.snapshots.harness import OWN as OF_THE_SNAPSHOTS

INCIDENTS = (*EXAMPLE_FILES, *OF_THE_MATRIX, *OF_THE_SNAPSHOTS)
TODAY = datetime.date.fromisoformat(AS_OF)
FIRST, LAST = datetime.date.min, datetime.date.max


@cache
def law() -> tuple[dict[str, Any], dict[str, Any]]:
    """Instruments and provisions as they are written."""
    instruments: dict[str, Any] = {}
    provisions: dict[str, Any] = {}
    for path in RULE_FILES:
        content = parse(path.read_text(encoding="utf-8"), path.name).plain()
        instruments |= content.get("instruments", {})
        provisions |= content.get("provisions", {})
    return instruments, provisions


def bounds(valid: dict[str, Any] | None) -> Span:
    valid = valid or {}
    first, last = valid.get("from", FIRST), valid.get("until", LAST)
    return Span(*(datetime.date.fromisoformat(str(day)) for day in (first, last)))


def validity(provision: str) -> Span:
    """The days on which a provision is in force: its own, within those of its instrument."""
    instruments, provisions = law()
    (instrument,) = [
        name for name in instruments if provision == name or provision.startswith(f"{name}/")
    ]
    outer, own = (
        bounds(instruments[instrument].get("valid")),
        bounds(provisions[provision].get("valid")),
    )
    return Span(max(outer.first, own.first), min(outer.last, own.last))


def meets(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last


def governing(name: str, incident: nr.Incident, subject: nr.Subject, act: nr.Act | None) -> Span:
    """The days that govern a provision: as stated; else the day of the question."""
    found: Span | Never | None
    match name:
        case "act":
            bound = min(
                [TODAY]
                + [
                    day.last
                    for day in (incident.report.received_on, incident.proceeding.decided_on)
                    if isinstance(day, Span)
                ]
            )
            stated = act.date if act is not None else None
            if isinstance(stated, Span):
                return Span(stated.first, min(stated.last, bound))
            return Span(FIRST, bound)
        case "examination":
            found = incident.proceeding.examined_on
        case "decision":
            found = incident.proceeding.decided_on
        case "receipt":
            found = incident.proceeding.decision_received_on
        case "joining":
            found = subject.party.joined_on
        case "determination":
            found = subject.candidacy.determined_on
        case "report":
            found = incident.report.received_on
        case _:
            raise AssertionError(name)
    if isinstance(found, Span):
        return found
    if found is None and name in ("joining", "determination", "report"):
        return Span(FIRST, TODAY)
    return Span(TODAY, TODAY)


def dates_of(provision: dict[str, Any]) -> list[str]:
    """The dates that a provision goes by."""
    found = provision.get("governs", "act")
    return found if isinstance(found, list) else [found]


def of_key(parts: tuple[Any, ...], key: str | None) -> Any:
    for number, part in enumerate(parts, start=1):
        if key in (part.key, str(number)):
            return part
    return None


def cited(decision: nr.Decision, incident: nr.Incident) -> Iterator[tuple[str, str, list[Any]]]:
    """Where a provision is cited, which, and the subjects and acts that it is cited for."""
    findings = decision.all_findings
    for finding in findings:
        who = of_key(incident.subjects, finding.subject)
        act = of_key(incident.acts, finding.act)
        for provision in finding.norm:
            yield finding.id, provision, [(who, act)]
        for element in (*finding.elements, *finding.exceptions):
            for provision in element.basis:
                if element.status.value != "not_raised":
                    yield f"{finding.id} > {element.name}", provision, [(who, act)]
    for way in decision.paths:
        who = of_key(incident.subjects, way.subject)
        numbered = (*decision.findings, *decision.consequences)
        acts = [of_key(incident.acts, numbered[at].act) for at in way.findings]
        for provision in (*way.basis, *way.ppk):
            yield way.id, provision, [(who, act) for act in acts]
    for contest in decision.contests:
        acts = [of_key(incident.acts, key) for key in contest.acts]
        for provision in contest.basis:
            yield f"calendar {contest.calendar}", provision, [(None, act) for act in acts]


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem)
def test_what_is_cited_was_in_force(path: Path) -> None:
    incident, decision = incident_of(path), decided(path)
    provisions = law()[1]
    listed = {citation.id for citation in decision.citations}
    seen = set()
    for place, provision, cases in cited(decision, incident):
        names = dates_of(provisions[provision])
        days = [governing(name, incident, who, act) for who, act in cases for name in names]
        assert any(meets(validity(provision), span) for span in days), f"{place}: {provision}"
        assert provision in listed, f"{place}: {provision} is not listed"
        seen.add(provision)
    for chosen in decision.law:
        for ground in (ground for body in chosen.bodies for ground in body.grounds):
            assert listed >= set(ground.basis)
            seen.update(ground.basis)
    assert seen <= listed
    assert listed - seen <= (about(decision.residual) if decision.residual else set())


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem)
def test_a_transition_is_cited_from_law_in_force(path: Path) -> None:
    """On its governing date, or on the day of the question: it may speak of older acts."""
    incident, decision = incident_of(path), decided(path)
    provisions = law()[1]
    cases = [(who, act) for who in incident.subjects for act in (*incident.acts, None)]
    for governing_law in decision.law:
        for ground in (ground for body in governing_law.bodies for ground in body.grounds):
            for provision in ground.basis:
                names = dates_of(provisions[provision])
                days = [governing(n, incident, who, act) for who, act in cases for n in names]
                days.append(Span(TODAY, TODAY))
                assert any(meets(validity(provision), span) for span in days), provision


def about(question: str) -> set[str]:
    return set(nr.load("kemenkumham").questions[question].about)


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem)
def test_every_finding_cites(path: Path) -> None:
    """A finding names its norm, an element of a violation its basis, a path its law."""
    decision = decided(path)
    for finding in decision.all_findings:
        assert finding.norm or finding.status is FindingStatus.NOT_MET, finding.id
    for finding in decision.findings:
        for element in finding.elements:
            assert element.basis, f"{finding.id} > {element.name}"
    for way in decision.paths:
        assert way.basis, way.id


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem)
def test_a_citation_says_how_it_is_known(path: Path) -> None:
    provisions = law()[1]
    for citation in decided(path).citations:
        item = provisions[citation.id]
        assert (citation.mark.value, citation.text.value, citation.source) == (
            item["mark"],
            item["text"],
            item["source"],
        )


# -- on other days than those of the examples

LIKE: dict[str, Any] = {
    "subjects": [{"status": "pns"}],
    "beneficiaries": [{"kind": "pair", "office": "president", "direction": "favours"}],
}


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [("2023-10-30", True, False), ("2023-10-31", False, True), ("2023-10", True, True)],
)
def test_the_law_of_the_day_is_cited(day: str, old: bool, new: bool) -> None:
    """UU 5/2014 until 30 October 2023, UU 20/2023 from the day after."""
    act = {"conduct": "decide", "official_decision": True, "date": day}
    incident = nr.Incident.model_validate({**LIKE, "election": "pemilu_2024", "acts": [act]})
    decision = nr.load("national").decide(incident, as_of=AS_OF)
    norm = {provision for f in decision.findings for provision in f.norm}
    assert ("uu-5-2014/9/2" in norm, "uu-20-2023/9/2" in norm) == (old, new)


@pytest.mark.parametrize(
    ("day", "cited"), [("2018-05-01", False), ("2022-09-21", False), ("2022-09-22", True)]
)
def test_the_residual_row_is_that_of_the_decree(day: str, cited: bool) -> None:
    """Where no form fits, row B13 is cited of acts that the decree of 2022 covers."""
    act = {"conduct": "receive", "date": day}
    incident = nr.Incident.model_validate({**LIKE, "acts": [act]})
    decision = nr.load("national").decide(incident, as_of=AS_OF)
    assert decision.outcome.value == "no_listed_form"
    assert ("skb-2022/B13" in {c.id for c in decision.citations}) is cited


def test_the_basis_of_what_was_not_raised_is_in_force_and_listed() -> None:
    """A program that follows `basis` finds its citation."""
    for path in INCIDENTS:
        decision = decided(path)
        listed = {citation.id for citation in decision.citations}
        for finding in decision.all_findings:
            for exception in finding.exceptions:
                assert set(exception.basis) <= listed, f"{path.stem}: {finding.id}"
