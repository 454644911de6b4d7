"""A what-if says what deciding the changed report says."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import netralitas_rules as nr
from netralitas_rules.decision.model import Decision
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.testing.filling import filler
from netralitas_rules.testing.strategies import document, incidents, last_day, stated
from tests.strategies import examples

RULES = nr.load("national")
AS_OF = str(last_day(RULES))
_SINGLE = {"subjects": "subject", "acts": "act", "beneficiaries": "beneficiary"}


def statuses(decision: Decision) -> dict[Any, Any]:
    scopes = {rule.id: rule.scope.value for rule in RULES.plan.rules}
    found: dict[Any, Any] = {s.subject: s.outcome for s in decision.subjects}
    for f in decision.all_findings:
        scope = scopes[f.id]
        act = f.act if scope != "subject" else None
        found[f.id, f.subject, act, f.beneficiary if scope == "beneficiary" else None] = f.status
    return found | {(p.id, p.subject): p.status for p in decision.paths}


@settings(max_examples=examples(60))
@given(data=st.data(), incident=incidents(RULES), other=incidents(RULES))
def test_what_it_announces_comes(
    data: st.DataObject, incident: nr.Incident, other: nr.Incident
) -> None:
    """One fact otherwise, as another report states it, or taken out."""
    report = document(incident)
    places = [(path, steps) for path, steps in stated(document(other), filler(RULES))]
    path, steps = data.draw(st.sampled_from(places))
    value: Any = document(other)
    for step in steps:
        value = value[step]
    if data.draw(st.booleans()):
        value = "unknown"
    head = _SINGLE.get(str(steps[0]))
    if head is not None:
        number = int(steps[1])
        many = len(report.get(str(steps[0]), ()))
        if number >= max(many, 1):
            return
        path = f"{steps[0]}[{number}].{path.partition('.')[2]}"
    elif steps[0] == "election":
        path = "election"
    try:
        found = RULES.what_if(incident, {path: value}, as_of=AS_OF)
    except Refused:
        return
    assert found.before == RULES.decide(incident, as_of=AS_OF)
    before, after = statuses(found.before), statuses(found.after)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    told = len(found.outcomes) + len(found.findings) + len(found.paths)
    assert told == len(changed)
    if value == "unknown" and all(s.before is None for s in found.supposed):
        assert not found.changes
