"""Promise 2: the engine says of small rulesets what the plain reference evaluator says."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from netralitas_rules.decision.model import Decision, ElementStatus
from netralitas_rules.loading.diagnostics import Refused
from tests.spec import PROCEEDING, Contradiction, Outcome, Spec
from tests.strategies import AS_OF, GAP, Decided, cases, evident_cases, examples, model

FAST = 150


def spec_of(case: Decided, as_of: str = AS_OF) -> Outcome | None:
    """What the definitions say; None where the facts contradict each other."""
    try:
        return Spec(case.document).decide(case.incident, as_of=as_of)
    except Contradiction:
        return None


def decision_of(case: Decided, as_of: str) -> Decision | None:
    try:
        return case.ruleset.decide(model(case.incident), as_of=as_of)
    except Refused:
        return None
    except ValidationError as error:
        if {one["type"] for one in error.errors()} != {"date_order"}:
            raise
        return None


def number(label: str | None) -> int | None:
    """The place of `s2`, `a2`, `b2` or `2`."""
    return None if label is None else int(label[-1]) - 1


def check_decision(case: Decided, as_of: str = AS_OF) -> None:
    """Every status, every path and every settled row of a matrix."""
    expected, found = spec_of(case, as_of), decision_of(case, as_of)
    assert (found is None) == (expected is None), "one of them sees a contradiction"
    if expected is None or found is None:
        return
    findings = {}
    for finding in found.all_findings:
        place = (number(finding.subject), number(finding.act), number(finding.beneficiary))
        key = (finding.id, *Spec(case.document).scoped(finding.id, place))
        assert key not in findings, "two findings of one scope"
        findings[key] = finding
    assert {key: f.status.value for key, f in findings.items()} == {
        key: own.status for key, own in expected.findings.items()
    }
    paths = {(number(p.subject), p.id): p.status.value for p in found.paths}
    assert paths == expected.paths
    raised = {rule for rule, *_ in expected.findings}
    silent = {*found.not_raised, *found.not_governed}
    assert silent == set(case.ruleset.rules) - raised
    for key, finding in findings.items():
        for element in finding.elements:
            # A row is judged by itself alone: it may stay open where its facts are tied.
            if element.status is not ElementStatus.OPEN and element.name.startswith("element"):
                assert element.status.value == expected.findings[key].elements[element.name]


def check_row(case: Decided) -> None:
    """`statuses` of the same facts as one row, asked again so that it goes the quick way too."""
    incident: dict[str, Any] = {k: v for k, v in case.incident.items() if k == "election"}
    row = {**incident, "subject": case.incident["subjects"][0], "act": case.incident["acts"][0]}
    for person in case.incident["beneficiaries"]:
        row["beneficiary"] = person
    try:
        expected = Spec(case.document).row(row)
    except Contradiction:
        with pytest.raises(Refused):
            case.ruleset.statuses(row)
        return
    for _ in range(2):
        assert case.ruleset.statuses(row) == expected


@settings(max_examples=examples(FAST))
@given(case=cases())
def test_decision(case: Decided) -> None:
    check_decision(case)


@settings(max_examples=examples(FAST // 2))
@given(case=cases(several=True))
def test_decision_on_several(case: Decided) -> None:
    check_decision(case)


@settings(max_examples=examples(FAST // 3))
@given(
    case=cases(),
    as_of=st.sampled_from(["2023-06-01", "2023-11-27", AS_OF]),
    later=st.sampled_from(["2023-05-31", "2023-06", {"from": "2023-01-15"}, "none"]),
    date=st.sampled_from([*PROCEEDING, "received_on"]),
)
def test_an_act_lies_before_what_followed_it(
    case: Decided, as_of: str, later: Any, date: str
) -> None:
    """Report, proceeding and the day of asking bound the date of the act."""
    if date != "received_on":
        case.incident["proceeding"] = {date: later}
    elif later != "none":
        case.incident["report"] = {date: later}
    check_decision(case, as_of)


@settings(max_examples=examples(FAST))
@given(case=evident_cases())
def test_decision_on_evidence(case: Decided) -> None:
    check_decision(case)


@settings(max_examples=examples(FAST))
@given(case=evident_cases(standards=True))
def test_decision_by_standards(case: Decided) -> None:
    check_decision(case)


@settings(max_examples=examples(FAST // 8))
@given(case=evident_cases(several=True, standards=True))
def test_decision_by_standards_on_several(case: Decided) -> None:
    check_decision(case)


@settings(max_examples=examples(FAST // 3))
@given(case=evident_cases(standards=True))
def test_row_by_standards(case: Decided) -> None:
    """A row has no evidence: what is held to a standard is not met."""
    case.incident.pop("evidence", None)
    check_row(case)


@settings(max_examples=examples(FAST))
@given(case=cases())
def test_row(case: Decided) -> None:
    check_row(case)


def test_the_samples_reach_every_status() -> None:
    """The strategies would prove little if they never reached a status or a path."""
    seen: set[str] = set()

    @settings(max_examples=2 * FAST, derandomize=True, database=None)
    @given(case=cases(several=True))
    def collect(case: Decided) -> None:
        outcome = spec_of(case)
        if outcome is None:
            seen.add("contradiction")
            return
        seen.update(f.status for f in outcome.findings.values())
        seen.update(outcome.paths.values())
        seen.update(f"{GAP} used" for _ in case.document.get("comparisons", ()))

    collect()
    assert seen == {
        "contradiction", "met", "elements_met", "open", "not_met", "follows", "may_follow",
        f"{GAP} used",
    }  # fmt: skip
