"""Promise 2 on the bundled law: a completely stated report is decided as the definitions say."""

import pytest
from hypothesis import given, settings

from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import bundled_rulesets, load
from tests.spec import Contradiction, Spec
from tests.strategies import AS_OF, Doc, all_readings, bundled_documents, examples, model, reports

NAMES = sorted(bundled_rulesets())


def check(name: str, incident: Doc, readings: dict[str, str]) -> bool:
    """Compares all statuses and paths; False where both see a contradiction."""
    law = Spec(*bundled_documents(name), readings=readings)
    try:
        expected = law.decide(incident, as_of=AS_OF)
    except Contradiction:
        with pytest.raises(Refused):
            load(name).decide(model(incident), as_of=AS_OF, readings=readings)
        return False
    found = load(name).decide(model(incident), as_of=AS_OF, readings=readings)
    assert {f.id: f.status.value for f in found.all_findings} == {
        rule: case.status for (rule, *_), case in expected.findings.items()
    }
    assert {p.id: p.status.value for p in found.paths} == {
        row: status for (_, row), status in expected.paths.items()
    }
    return True


@pytest.mark.parametrize("name", NAMES)
def test_complete_reports(name: str) -> None:
    compared = 0

    @settings(max_examples=examples(8))
    @given(incident=reports(name, complete=True), readings=all_readings(name))
    def compare(incident: Doc, readings: dict[str, str]) -> None:
        nonlocal compared
        compared += check(name, incident, readings)

    compare()
    assert compared, "almost every report contradicted itself"
