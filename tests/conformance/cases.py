"""What this library says of a conformance case, in the form in which cases expect it."""

from typing import Any

import netralitas_rules as nr
from netralitas_rules.decision.model import FindingStatus


def observed(rules: nr.Ruleset, incident: Any, as_of: str) -> dict[str, Any]:
    """Outcome, findings and paths; or the code of the refusal."""
    try:
        decision = rules.decide(nr.Incident.model_validate(incident), as_of=as_of)
    except nr.Refused as refused:
        return {"refused": refused.diagnostics[0].code.value}
    order = list(FindingStatus)
    findings: dict[str, FindingStatus] = {}
    for finding in decision.all_findings:
        other = findings.get(finding.id, finding.status)
        findings[finding.id] = min(finding.status, other, key=order.index)
    follows = sorted(decision.paths, key=lambda path: path.status.value, reverse=True)
    return {
        "outcome": decision.outcome.value,
        "findings": {name: findings[name].value for name in sorted(findings)},
        "paths": dict(sorted((path.id, path.status.value) for path in follows)),
    }
