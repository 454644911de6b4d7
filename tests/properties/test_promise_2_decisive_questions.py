"""Promise 2 for what-if: a question is decisive exactly where another reading changes something."""

import pytest
from hypothesis import given, settings

from netralitas_rules.decision.model import Decision
from netralitas_rules.loading.diagnostics import Refused
from tests.spec import Case, Contradiction, Outcome, Spec
from tests.strategies import AS_OF, Decided, cases, evident_cases, examples, model

ABSENT = Case("not_met", {}, {}, {})
"""Of a rule that is not raised, or not governed."""
Changes = dict[tuple[str, str], set[tuple[str, str, str]]]
"""By question and reading: what changes, and from what to what."""


def expected_changes(case: Decided, taken: Outcome) -> Changes:
    """Every finding and every sanction row decided again under every other reading."""
    found: Changes = {}
    for name, question in case.document["questions"].items():
        for reading in question["readings"]:
            if reading == question.get("default"):
                continue
            try:
                other = Spec(case.document, readings={name: reading}).decide(
                    case.incident, as_of=AS_OF
                )
            except Contradiction:
                continue  # a reading that the facts exclude changes nothing
            changes = set()
            for key in taken.findings.keys() | other.findings.keys():
                before = taken.findings.get(key, ABSENT)
                after = other.findings.get(key, ABSENT)
                changes.add((key[0], before.status, after.status))
                if key[0] not in case.document.get("permissions", {}):
                    changes |= {
                        (row, before.rows.get(row, "none"), after.rows.get(row, "none"))
                        for row in before.rows.keys() | after.rows.keys()
                    }
            changes = {change for change in changes if change[1] != change[2]}
            if changes:
                found[name, reading] = changes
    return found


def shown_changes(decision: Decision) -> Changes:
    return {
        (question.id, other.reading): {(c.id, c.before, c.after) for c in other.changes}
        for question in decision.decisive
        for other in question.others
    }


def check(case: Decided) -> bool:
    """Compares the decisive questions; False where there is nothing to compare."""
    try:
        taken = Spec(case.document).decide(case.incident, as_of=AS_OF)
        decision = case.ruleset.decide(model(case.incident), as_of=AS_OF)
    except (Contradiction, Refused):
        return False
    expected = expected_changes(case, taken)
    shown = {key: set(changes) for key, changes in shown_changes(decision).items()}
    possible = {key for key in shown if key in expected or not _excluded(case, *key)}
    assert {key: shown[key] for key in possible} == expected
    return bool(expected)


def _excluded(case: Decided, question: str, reading: str) -> bool:
    """Whether the facts exclude a reading."""
    try:
        Spec(case.document, readings={question: reading}).decide(case.incident, as_of=AS_OF)
    except Contradiction:
        return True
    return False


@pytest.mark.parametrize("several", [False, True])
def test_decisive_questions(*, several: bool) -> None:
    decisive = 0

    @settings(max_examples=examples(120))
    @given(case=cases(asking=True, several=several))
    def compare(case: Decided) -> None:
        nonlocal decisive
        decisive += check(case)

    compare()
    assert decisive >= 3, "hardly any case turned on a question"


def test_decisive_questions_by_standards() -> None:
    """Whether an element reaches its standard can turn on a reading too."""
    decisive = 0

    @settings(max_examples=examples(60))
    @given(case=evident_cases(asking=True, standards=True))
    def compare(case: Decided) -> None:
        nonlocal decisive
        decisive += check(case)

    compare()
    assert decisive >= 3, "hardly any case turned on a question"
