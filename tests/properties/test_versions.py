"""The version matrix against decisions: they know nothing of each other's way."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as settings_
from hypothesis import strategies as st

import netralitas_rules as nr
from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.versions.model import Governs, Version
from tests.content.files import EXAMPLE_FILES, ROW_FILES, incident_of
from tests.strategies import examples

AS_OF = "2026-01-01"
DAYS = st.dates(datetime.date(2010, 6, 6), datetime.date(2025, 12, 31)).map(str)
RAISED = set(FindingStatus) - {FindingStatus.NOT_MET}


def findings_of(decision: nr.Decision) -> set[tuple[str, str, FindingStatus]]:
    return {(f.subject, f.id, f.status) for f in decision.findings}


def findings_in(version: Version) -> set[tuple[str, str, FindingStatus]]:
    return {(s.subject, f.id, f.status) for s in version.subjects for f in s.violations}


def breach_paths(decision: nr.Decision) -> set[tuple[str, str, str]]:
    behind = len(decision.findings)
    return {
        (p.subject, p.id, p.status) for p in decision.paths if any(n < behind for n in p.findings)
    }


def paths_in(version: Version) -> set[tuple[str, str, str]]:
    return {(s.subject, p.id, p.status) for s in version.subjects for p in s.paths}


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_the_version_that_governs_is_the_decision(path: Path) -> None:
    rules, incident = nr.load("kemenkumham"), incident_of(path)
    found = rules.versions(incident, as_of=AS_OF)
    decision = rules.decide(incident, as_of=AS_OF)
    assert found.law == decision.law
    governing = [v for v in found.versions if v.governs is not Governs.NO]
    assert found.versions[found.compared_with] is governing[-1]
    if len(governing) == 1:
        assert findings_in(governing[0]) == findings_of(decision)
        assert paths_in(governing[0]) == breach_paths(decision)
    else:
        possible = {f[:2] for v in governing for f in findings_in(v) if f[2] in RAISED}
        assert possible == {f[:2] for f in findings_of(decision) if f[2] in RAISED}


def without_calendar(path: Path, **dates: Any) -> nr.Incident | None:
    """An example as an act for an election without a calendar, with other dates."""
    plain = incident_of(path).model_dump(mode="json", exclude_unset=True, by_alias=True)
    plain["election"] = "other"
    for beneficiary in plain.get("beneficiaries", ()):
        beneficiary.pop("election", None)
    for act in plain.get("acts", ()):
        act["date"] = dates["act"]
    plain["proceeding"] = {"examined_on": dates["act"], "decided_on": dates["act"]}
    try:
        return nr.Incident.model_validate(plain)
    except ValueError:
        return None


@settings_(max_examples=examples(120), deadline=None)
@given(path=st.sampled_from(ROW_FILES), day=DAYS)
def test_supposing_a_day_is_stating_it(path: Path, day: str) -> None:
    """What a version supposes, stated in the incident, decides alike: where no calendar and no
    other date hangs on the day of the act.
    """
    rules, incident = nr.load("national"), without_calendar(path, act=day)
    if incident is None or not incident.acts:
        return
    try:
        found = rules.versions(incident, as_of=AS_OF)
    except Refused:
        return
    for version in found.versions:
        moved = {s.fact: s.days for s in version.supposed}
        if "act.date" not in moved:
            continue
        (other,) = moved["act.date"]
        stated = without_calendar(path, act=other)
        assert stated is not None
        try:
            decision = rules.decide(stated, as_of=AS_OF)
        except Refused:
            continue
        assert findings_in(version) == findings_of(decision), (version.law, other)
        assert paths_in(version) == breach_paths(decision)
