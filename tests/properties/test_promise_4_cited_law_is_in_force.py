"""Promise 4: whatever a decision cites is in force on the date that governs it."""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netralitas_rules.decision.model import (
    Decision,
    ElementStatus,
    Finding,
    FindingStatus,
    SanctionPath,
)
from netralitas_rules.facts.leaves import NEVER, Span, parse_span
from netralitas_rules.loader import bundled_rulesets, load
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import Ruleset
from tests.spec import gates, latest_day, rules_of
from tests.strategies import (
    AS_OF,
    FRAME,
    Decided,
    Doc,
    bundled_law,
    cases,
    examples,
    model,
    reports,
    ruleset_of,
    words,
)

NAMES = sorted(bundled_rulesets())
Sections = Mapping[str, Mapping[str, Doc]]
ALWAYS = Span(datetime.date(1900, 1, 1), datetime.date.max)
"""As early as a report may say."""


@dataclass(frozen=True)
class Citing:
    """A decision with the law it was made under, both as plain as they come."""

    law: Sections
    ruleset: Ruleset
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

    def dates(self, provision: str) -> list[str]:
        """The dates that a provision goes by; in force on one of them is enough."""
        found = self.law["provisions"][provision].get("governs", "act")
        return found if isinstance(found, list) else [found]

    def governing(self, governs: str, subject: Doc) -> Span:
        """The days on which a governing date other than the act's may have been."""
        incident = model({**self.incident, "subjects": [subject], "acts": []})
        today = datetime.date.fromisoformat(self.as_of)
        stated = {
            "examination": incident.proceeding.examined_on,
            "decision": incident.proceeding.decided_on,
            "receipt": incident.proceeding.decision_received_on,
            "joining": incident.subjects[0].party.joined_on,
            "determination": incident.subjects[0].candidacy.determined_on,
            "report": incident.report.received_on,
        }[governs]
        if isinstance(stated, Span):
            return stated
        if governs in ("joining", "determination", "report") and stated is not NEVER:
            return Span(datetime.date.min, today)
        return Span(today, today)

    def alone(self, subject: int, act: int | None, provision: str) -> Iterator[Decision]:
        """The decisions on one subject and act (or each) with every beneficiary by itself, if the
        act was on a day on which the provision was in force; none where it cannot have been.
        """
        valid = self.validity(provision)
        acts = self.incident.get("acts") or [{}]
        for chosen in acts if act is None else [acts[act]]:
            day = parse_span(chosen["date"]) if chosen.get("date") else ALWAYS
            first = max(day.first, valid.first, ALWAYS.first)
            last = min(day.last, valid.last, latest_day(self.incident, self.as_of))
            if first > last:
                continue
            who = self.incident["subjects"][subject].get("key")
            if who not in chosen.get("by", [who]):
                continue
            people = self.incident.get("beneficiaries") or [None]
            named = chosen.get("beneficiaries")
            without_names = {k: v for k, v in chosen.items() if k not in ("by", "beneficiaries")}
            for person in people:
                if named is not None and person is not None and person["key"] not in named:
                    continue
                day_of = {"from": first.isoformat(), "to": last.isoformat()}
                narrowed = {
                    **self.incident,
                    "subjects": [self.incident["subjects"][subject]],
                    "acts": [{**without_names, "date": day_of}],
                    "beneficiaries": [] if person is None else [person],
                }
                with suppress(Refused):
                    yield self.ruleset.decide(model(narrowed), as_of=self.as_of)

    def can_govern(self, provision: str) -> bool:
        """Whether a provision can have been in force for anything in the report."""
        subjects = range(len(self.incident["subjects"]))
        return any(
            self.meets(provision, subject)
            or any(True for _ in self.of_act(subject, None, provision))
            for subject in subjects
        )

    def of_act(self, subject: int, act: int | None, provision: str) -> Iterator[Decision]:
        """As `alone`, for a provision that can go by the date of the act."""
        return self.alone(subject, act, provision) if "act" in self.dates(provision) else iter(())

    def relies(self, finding: Finding, provision: str) -> bool:
        """Whether a finding can rest on a provision: it was in force when the rule governed."""
        subject, act = self.places(finding)
        return self.meets(provision, subject) or any(
            finding.id not in decision.not_governed
            for decision in self.of_act(subject, act, provision)
        )

    def follows(self, path: SanctionPath, provision: str) -> bool:
        """Whether a path can rest on a provision: it was in force when the path was possible."""
        numbered = (*self.decision.findings, *self.decision.consequences)
        own = [numbered[n] for n in path.findings]
        return any(self.meets(provision, self.places(finding)[0]) for finding in own) or any(
            path.id in [p.id for p in decision.paths]
            for subject, act in {self.places(finding) for finding in own}
            for decision in self.of_act(subject, act, provision)
        )

    def places(self, finding: Finding) -> tuple[int, int | None]:
        """Places of its subject and act; no act where one finding is for all of them."""
        rule = rules_of(self.law)[finding.id]
        one_for_all = finding.act is None or rule.get("scope") == "subject"
        act = None if one_for_all else int(str(finding.act)[-1]) - 1
        return int(finding.subject[-1]) - 1, act

    def meets(self, provision: str, subject: int) -> bool:
        """Whether it was in force on a governing date other than the act's."""
        valid = self.validity(provision)
        person = self.incident["subjects"][subject]
        spans = [self.governing(d, person) for d in self.dates(provision) if d != "act"]
        return any(valid.first <= days.last and days.first <= valid.last for days in spans)

    def problems(self) -> Iterator[str]:
        """Everything that is cited although not in force, or not cited although relied on."""
        decision = self.decision
        findings = decision.all_findings
        cited: set[str] = set()
        for finding in findings:
            rows = (*finding.elements, *finding.exceptions)
            relied = {*finding.norm, *(p for row in rows for p in row.basis)}
            for provision in relied:
                if not self.relies(finding, provision):
                    yield f"{finding.id} cites {provision}, which is not in force"
            silent = {
                p for e in finding.exceptions
                if e.status is ElementStatus.NOT_RAISED for p in e.basis
            }  # fmt: skip
            cited |= relied - silent
        for path in decision.paths:
            row = self.law["sanctions"][path.id]
            kinds = (self.law["kinds"][kind].get("basis", []) for kind in row["allow"])
            basis = {*row["basis"], *(p for kind in kinds for p in kind)}
            for provision in basis:
                if self.follows(path, provision) != (provision in path.basis):
                    yield f"{path.id}: {provision} in its basis {provision in path.basis}"
            for provision in self.ruleset.plan.ppk:
                if self.follows(path, provision) != (provision in path.ppk):
                    yield f"{path.id}: {provision} says who decides {provision in path.ppk}"
            cited |= {*path.basis, *path.ppk}
        shown = {c.id for c in decision.citations}
        for provision in cited - shown:
            yield f"{provision} is relied on but not among the citations"
        transitions = {
            p for t in self.law.get("transitions", {}).values() for p in t.get("basis", ())
        }
        today = datetime.date.fromisoformat(self.as_of)
        for provision in shown - cited:
            valid = self.validity(provision)
            if provision in transitions and valid.first <= today <= valid.last:
                continue
            if not self.can_govern(provision):
                yield f"the citations name {provision}, which was never in force"


def citing(law: Sections, ruleset: Ruleset, incident: Doc, as_of: str) -> Citing | None:
    """The decision to look at; None where the incident is refused, or where stating the date of
    an act would itself raise something.
    """
    if asks_for_the_date(law) and not all("date" in act for act in incident.get("acts", [])):
        return None
    try:
        decision = ruleset.decide(model(incident), as_of=as_of)
    except Refused:
        return None
    return Citing(law, ruleset, incident, as_of, decision)


def asks_for_the_date(law: Sections) -> bool:
    rules = rules_of(law).values()
    raw = [rule["raised-by"] for rule in rules]
    raw += [e.get("asked-when", []) for rule in rules for e in rule.get("unless", {}).values()]
    return any("act.date" in gate for one in raw for gate in gates(one))


def check(made: Citing | None) -> None:
    if made is not None:
        assert list(made.problems()) == []


@settings(max_examples=examples(80))
@given(case=cases())
def test_small_rulesets(case: Decided) -> None:
    check(citing(case.document, case.ruleset, case.incident, AS_OF))


@settings(max_examples=examples(80))
@given(case=cases(several=True))
def test_small_rulesets_on_several(case: Decided) -> None:
    check(citing(case.document, case.ruleset, case.incident, AS_OF))


@pytest.mark.parametrize("name", NAMES)
def test_bundled_rulesets(name: str) -> None:
    decided = 0

    @settings(max_examples=examples(30))
    @given(incident=reports(name), as_of=st.sampled_from(["2021-06-30", AS_OF, "2026-01-05"]))
    def cite(incident: Doc, as_of: str) -> None:
        nonlocal decided
        made = citing(bundled_law(name).law, load(name), incident, as_of)
        check(made)
        if made is not None:
            decided += 1
            met = [f for f in made.decision.all_findings if f.status is FindingStatus.MET]
            assert all(f.norm for f in met), "met under no norm in force"

    cite()
    assert decided, "every report was refused"


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
