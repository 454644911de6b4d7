"""Promise 2 on the bundled law: a completely stated report is decided as the definitions say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netralitas_rules.loader import bundled_rulesets, load
from netralitas_rules.loading.diagnostics import Refused
from tests.spec import Contradiction, Spec
from tests.strategies import (
    AS_OF,
    Choices,
    Doc,
    a_statement,
    all_readings,
    bundled_documents,
    examples,
    get,
    model,
    reports,
)

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


@pytest.mark.parametrize("name", NAMES)
def test_complete_reports_that_are_disputed(name: str) -> None:
    """Some facts are shown by evidence that agrees or contradicts: a few worlds instead of one."""
    compared = 0

    @settings(max_examples=examples(6))
    @given(incident=reports(name, complete=True), readings=all_readings(name), data=st.data())
    def compare(incident: Doc, readings: dict[str, str], data: st.DataObject) -> None:
        nonlocal compared
        c = Choices(lambda count: data.draw(st.integers(0, count - 1)))
        disputed = c.some([path for path in DISPUTED if get(incident, (path, 0)) is not None])
        shows = {path: a_statement(c, path) for path in disputed}
        incident["evidence"] = [{"kind": "statement", "shows": shows}]
        compared += check(name, incident, readings)

    compare()
    assert compared, "almost every report contradicted itself"


DISPUTED = ("act.audience", "act.active_support", "act.medium", "subject.status")
