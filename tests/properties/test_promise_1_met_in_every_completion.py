"""Promise 1: met only if met in every completion; more information never unmakes it."""

import datetime
from typing import Any

from hypothesis import given, settings

from netralitas_rules.decision.model import Decision, ElementStatus, FindingStatus, PathStatus
from netralitas_rules.loading.diagnostics import Refused
from tests.spec import rules_of
from tests.strategies import (
    AS_OF,
    SPECS,
    Decided,
    Doc,
    cases,
    examples,
    get,
    model,
    places,
    refined_cases,
)

MET, ELEMENTS_MET = FindingStatus.MET, FindingStatus.ELEMENTS_MET


def decided(case: Decided, incident: Doc) -> Decision | None:
    """The decision; None where the facts contradict each other."""
    try:
        return case.ruleset.decide(model(incident), as_of=AS_OF)
    except Refused:
        return None


def scope(case: Decided, rule: str) -> str:
    rules = rules_of(case.document)
    return str(rules[rule].get("scope", "beneficiary"))


def statuses(case: Decided, decision: Decision) -> dict[tuple[str | None, ...], FindingStatus]:
    """By rule, subject, and act and beneficiary where the scope of the rule tells them apart."""
    found: dict[tuple[str | None, ...], FindingStatus] = {}
    for finding in decision.all_findings:
        whose = scope(case, finding.id)
        act = None if whose == "subject" else finding.act
        person = finding.beneficiary if whose == "beneficiary" else None
        found[finding.id, finding.subject, act, person] = finding.status
    return found


def newly_raised(case: Decided, richer: Doc) -> set[str]:
    """Rules of which a defence is brought up by a fact that was not stated before.

    The one door by which more information can take back what was met: a fact named under
    `asked-when` stated for the first time.
    """
    new = {
        path
        for path in SPECS
        for place in places(richer, [path])
        if get(case.incident, place) is None and get(richer, place) is not None
    }
    found = set()
    rules = rules_of(case.document)
    for rule_id, rule in rules.items():
        for exception in rule["unless"].values():
            asked: Any = exception.get("asked-when", [])
            gates = asked if isinstance(asked, list) else [asked]
            if any(new & gate.keys() for gate in gates):
                found.add(rule_id)
    return found


def check_more_information(case: Decided, richer: Doc, *, fully: bool) -> None:
    before, after = decided(case, case.incident), decided(case, richer)
    if after is None:
        return  # the new facts contradict the earlier ones
    assert before is not None, "more information removed a contradiction"
    excepted = newly_raised(case, richer)
    now = statuses(case, after)
    for key, status in statuses(case, before).items():
        rule = str(key[0])
        if rule in excepted:
            continue
        later = now.get(key)
        if status is MET:
            assert later is MET
        if status is ELEMENTS_MET:
            allowed = {MET, ELEMENTS_MET, FindingStatus.NOT_MET}
            if scope(case, rule) != "beneficiary":
                allowed.add(FindingStatus.OPEN)  # another of those that share it is the strongest
            assert later in allowed
            assert later is not ELEMENTS_MET or not fully or reads_law_or_reading(case, rule)
    follows = {(p.id, p.subject) for p in before.paths if p.status is PathStatus.FOLLOWS}
    kept = {(p.id, p.subject) for p in after.paths if p.status is PathStatus.FOLLOWS}
    through = {
        (p.id, p.subject) for p in before.paths for n in p.findings
        if before.all_findings[n].id in excepted
    }  # fmt: skip
    assert follows - through <= kept


def reads_law_or_reading(case: Decided, rule: str) -> bool:
    """Whether something that no incident can state may keep a finding open."""
    return any(
        f"'{word}" in str(case.document)
        for word in ("law.", "derived.", "reading.open", "contest.", "subject.gap")
    )


@settings(max_examples=examples(150))
@given(pair=refined_cases())
def test_more_information_keeps_what_is_met(pair: tuple[Decided, Doc]) -> None:
    case, richer = pair
    check_more_information(case, richer, fully=False)


@settings(max_examples=examples(150))
@given(pair=refined_cases(fully=True))
def test_a_completion_keeps_what_is_met(pair: tuple[Decided, Doc]) -> None:
    case, completion = pair
    check_more_information(case, completion, fully=True)


@settings(max_examples=examples(80))
@given(pair=refined_cases(several=True))
def test_more_information_on_several(pair: tuple[Decided, Doc]) -> None:
    case, richer = pair
    check_more_information(case, richer, fully=False)


@settings(max_examples=examples(150))
@given(case=cases())
def test_the_matrix_fits_the_status(case: Decided) -> None:
    """What is met has no open defence; what only a defence keeps open has one."""
    decision = decided(case, case.incident)
    if decision is None:
        return
    for finding in decision.all_findings:
        elements = {e.status for e in finding.elements}
        exceptions = {e.status for e in finding.exceptions}
        if finding.status in (MET, ELEMENTS_MET):
            assert ElementStatus.NOT_MET not in elements
        if finding.status is MET:
            assert ElementStatus.MET not in exceptions
        if finding.status is ELEMENTS_MET:
            assert exceptions & {ElementStatus.OPEN, ElementStatus.MET}
        if not finding.exceptions:
            assert finding.status is not ELEMENTS_MET


@settings(max_examples=examples(60))
@given(case=cases())
def test_a_later_day_of_asking_contradicts_nothing(case: Decided) -> None:
    """`as_of` only bounds what is not known: a later one leaves more open, never less."""
    early = decided(case, case.incident)
    late_day = datetime.date.fromisoformat(AS_OF) + datetime.timedelta(days=400)
    if early is None:
        return
    late = case.ruleset.decide(model(case.incident), as_of=late_day)
    now = statuses(case, early)
    for key, status in statuses(case, late).items():
        if status is MET:
            assert now[key] is MET
