"""An unused fact: without it nothing comes out otherwise."""

import copy
import datetime
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netralitas_rules as nr
from netralitas_rules.decision.model import Decision
from netralitas_rules.engine.frames import FactsRefused
from netralitas_rules.inquiry.unused import Unread, Unused, UnusedFact
from netralitas_rules.testing.strategies import document, incidents, last_day, partial
from tests.content.files import AS_OF, EXAMPLE_FILES, incident_of
from tests.strategies import AS_OF as SMALL_AS_OF
from tests.strategies import Decided, cases, examples, model


def unused_of(rules: nr.Ruleset, incident: nr.Incident, as_of: str) -> tuple[UnusedFact, ...]:
    builder = rules._builder
    day = datetime.date.fromisoformat(as_of)
    try:
        case, groups = builder.case(incident, as_of=day, chosen={})
    except FactsRefused:
        return ()
    return Unused(builder).unused(case, groups)


def without(incident: nr.Incident, place: str) -> nr.Incident:
    """The report written out without what stands at a place."""
    report: Any = copy.deepcopy(document(incident))
    *steps, last = re.findall(r"[a-z_0-9]+", place)
    part = report
    for step in steps:
        part = part[int(step)] if step.isdigit() else part[step]
    del part[last]
    return nr.Incident.model_validate(report)


def answer(decision: Decision) -> dict[str, Any]:
    """Every status and path."""
    return {
        "outcome": decision.outcome,
        "subjects": decision.subjects,
        "findings": [
            (f.id, f.subject, f.act, f.beneficiary, f.status) for f in decision.all_findings
        ],
        "paths": [(p.id, p.subject, p.status, p.findings) for p in decision.paths],
    }


def check(rules: nr.Ruleset, incident: nr.Incident, as_of: str) -> int:
    found = unused_of(rules, incident, as_of)
    for unused in found:
        assert (unused.why is Unread.NO_RULE) <= (unused.read_by == ())
        before = answer(rules.decide(incident, as_of=as_of))
        after = answer(rules.decide(without(incident, unused.place), as_of=as_of))
        assert after == before, unused
    return len(found)


@pytest.mark.parametrize("name", ["national", "kemenkumham"])
def test_incidents_of_the_bundled_rulesets(name: str) -> None:
    rules = nr.load(name)
    seen = 0

    @st.composite
    def reports(draw: st.DrawFn) -> nr.Incident:
        full = draw(incidents(rules))
        return draw(partial(full)) if draw(st.booleans()) else full

    @settings(max_examples=examples(60))
    @given(incident=reports())
    def holds(incident: nr.Incident) -> None:
        nonlocal seen
        seen += check(rules, incident, str(last_day(rules)))

    holds()
    assert seen >= 3, "hardly any fact was unused"


@pytest.mark.parametrize("several", [False, True])
def test_small_rulesets(*, several: bool) -> None:
    """Constraints, transitions, calendars and comparisons of every kind."""
    seen = 0

    @settings(max_examples=examples(250))
    @given(case=cases(several=several))
    def holds(case: Decided) -> None:
        nonlocal seen
        seen += check(case.ruleset, model(case.incident), SMALL_AS_OF)

    holds()
    assert seen >= 3, "hardly any fact was unused"


@pytest.mark.parametrize("path", EXAMPLE_FILES[::7], ids=lambda path: path.stem)
def test_examples(path: Any) -> None:
    check(nr.load("kemenkumham"), incident_of(path), AS_OF)
