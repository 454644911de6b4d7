"""Promise 4: whatever a decision cites is in force on the date that governs it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netralitas_rules.decision.model import Decision, ElementStatus, Finding, FindingStatus
from netralitas_rules.facts.leaves import NEVER, Span
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import Ruleset, bundled_rulesets, load
from tests.spec import latest_day
from tests.strategies import (
    AS_OF,
    FRAME,
    Decided,
    Doc,
    bundled_law,
    cases,
    model,
    reports,
    ruleset_of,
    words,
)

NAMES = sorted(bundled_rulesets())
Sections = Mapping[str, Mapping[str, Doc]]
ALWAYS = Span(datetime.date.min, datetime.date.max)


@dataclass(frozen=True)
class Citing:
    """A decision with the law it was made under, both as plain as they come."""

    law: Sections
    incident: Doc
    as_of: str
    decision: Decision

    def validity(self, provision: str) -> Span:
        doc = self.law["provisions"][provision]
        valid = doc.get("valid") or self.law["instruments"][provision.split("/")[0]].get(
            "valid", {}
        )
        first, last = valid.get("from"), valid.get("until")
        return Span(
            datetime.date.fromisoformat(first) if first else datetime.date.min,
            datetime.date.fromisoformat(last) if last else datetime.date.max,
        )

    def governing(self, provision: str, finding: Finding) -> Span:
        """The days on which the governing date of a provision may have been."""
        governs = self.law["provisions"][provision].get("governs", "act")
        incident = model(self.incident)
        today = datetime.date.fromisoformat(self.as_of)
        if governs == "act":
            if not incident.acts or finding.act is None:
                return ALWAYS
            date = incident.acts[int(finding.act[-1]) - 1].date or ALWAYS
            last = min(date.last, latest_day(self.incident, self.as_of))
            return Span(date.first, last)
        subject = incident.subjects[int(finding.subject[-1]) - 1]
        stated = {
            "examination": incident.proceeding.examined_on,
            "decision": incident.proceeding.decided_on,
            "receipt": incident.proceeding.decision_received_on,
            "joining": subject.party.joined_on,
            "determination": subject.candidacy.determined_on,
        }[governs]
        if isinstance(stated, Span):
            return stated
        if governs in ("joining", "determination") and stated is not NEVER:
            return Span(datetime.date.min, today)
        return Span(today, today)

    def in_force(self, provision: str, findings: Iterable[Finding]) -> bool:
        valid = self.validity(provision)
        return any(
            valid.first <= days.last and days.first <= valid.last
            for days in (self.governing(provision, f) for f in findings)
        )

    def problems(self) -> Iterator[str]:
        """Everything that is cited although not in force, or not cited although relied on."""
        decision = self.decision
        findings = (*decision.findings, *decision.permissions)
        cited: set[str] = set()
        for finding in findings:
            rows = (*finding.elements, *finding.exceptions)
            relied = {*finding.norm, *(p for row in rows for p in row.basis)}
            for provision in relied:
                if not self.in_force(provision, [finding]):
                    yield f"{finding.id} cites {provision}, which is not in force"
            silent = {
                p for e in finding.exceptions
                if e.status is ElementStatus.NOT_RAISED for p in e.basis
            }  # fmt: skip
            cited |= relied - silent
        for path in decision.paths:
            own = [decision.findings[n] for n in path.findings]
            row = self.law["sanctions"][path.id]
            kinds = (self.law["kinds"][kind].get("basis", []) for kind in row["allow"])
            basis = {*row["basis"], *(p for kind in kinds for p in kind)}
            for provision in basis:
                if self.in_force(provision, own) != (provision in path.basis):
                    yield f"{path.id}: {provision} in its basis {provision in path.basis}"
            cited |= set(path.basis)
        shown = {c.id for c in decision.citations}
        for provision in cited - shown:
            yield f"{provision} is relied on but not among the citations"
        for provision in shown:
            if findings and not self.in_force(provision, findings):
                yield f"the citations name {provision}, which is not in force for any finding"


def citing(law: Sections, ruleset: Ruleset, incident: Doc, as_of: str) -> Citing | None:
    """The decision to look at; None where the incident is refused."""
    try:
        decision = ruleset.decide(model(incident), as_of=as_of)
    except Refused:
        return None
    return Citing(law, incident, as_of, decision)


def check(made: Citing | None) -> None:
    if made is not None:
        assert list(made.problems()) == []


@settings(max_examples=80)
@given(case=cases())
def test_small_rulesets(case: Decided) -> None:
    check(citing(case.document, case.ruleset, case.incident, AS_OF))


@settings(max_examples=80)
@given(case=cases(several=True))
def test_small_rulesets_on_several(case: Decided) -> None:
    check(citing(case.document, case.ruleset, case.incident, AS_OF))


@pytest.mark.parametrize("name", NAMES)
def test_bundled_rulesets(name: str) -> None:
    decided = 0

    @settings(max_examples=100)
    @given(incident=reports(name), as_of=st.sampled_from(["2021-06-30", AS_OF, "2026-01-05"]))
    def cite(incident: Doc, as_of: str) -> None:
        nonlocal decided
        made = citing(bundled_law(name).law, load(name), incident, as_of)
        check(made)
        if made is not None:
            decided += 1
            met = [f for f in made.decision.findings if f.status is FindingStatus.MET]
            assert all(f.norm for f in met), "met under no norm in force"

    cite()
    assert decided >= 30, "almost every report was refused"


@pytest.mark.parametrize(("day", "cited"), [("2023-06-01", "reg-a/2"), ("2023-06-02", "reg-a/3")])
def test_the_law_changes_overnight(day: str, cited: str) -> None:
    """One day to the next: the old norm is cited, then the new one."""
    rule = {
        "title": words("rule"),
        "norm": ["reg-a/2", "reg-a/3"],
        "raised-by": {"act.conduct": "post"},
        "needs": {"public": {"act.audience": "public"}},
    }
    ruleset = ruleset_of({**FRAME, "violations": {"rule/1": rule}})
    act = {"conduct": "post", "audience": "public", "date": day}
    decision = ruleset.decide(model({"subjects": [{}], "acts": [act]}), as_of=AS_OF)
    assert decision["rule/1"].norm == (cited,)
    assert [c.id for c in decision.citations] == [cited]
