"""Archived reports decided under two rulesets: which would come out otherwise, and how."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from netralitas_rules.analysis.diff_model import Archive, Archived
from netralitas_rules.decision.model import Change, Decision, FindingStatus
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import Ruleset

NOTHING = "none"
OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Reports:
    """What an archive holds: reports by file and number, or why they cannot be read."""

    records: Iterable[tuple[str, int, Incident | Refused]]
    as_of: datetime.date


def compared(old: Ruleset, new: Ruleset, reports: Reports) -> Archive:
    """Every report of the archive under both."""
    found = unreadable = 0
    changed: list[Archived] = []
    for file, number, record in reports.records:
        if isinstance(record, Refused):
            unreadable += 1
            continue
        found += 1
        before, after = (_said(rules, record, reports.as_of) for rules in (old, new))
        differs = tuple(
            Change(name, before.get(name, NOTHING), after.get(name, NOTHING))
            for name in dict.fromkeys((*before, *after))
            if before.get(name) != after.get(name)
        )
        if differs:
            changed.append(Archived(file, number, record.id, differs))
    return Archive(reports.as_of.isoformat(), found, unreadable, tuple(changed))


def _said(rules: Ruleset, incident: Incident, as_of: datetime.date) -> dict[str, str]:
    """Outcome, findings and paths by name; of several people each by their own."""
    try:
        decision = rules.decide(incident, as_of=as_of)
    except Refused as refused:
        return {OUTCOME: f"refused: {refused.diagnostics[0].code.value}"}
    return {OUTCOME: decision.outcome.value, **dict(_parts(decision))}


def _parts(decision: Decision) -> Iterator[tuple[str, str]]:
    whose = len(decision.subjects) > 1
    strongest = list(FindingStatus)
    findings: dict[str, FindingStatus] = {}
    for finding in decision.all_findings:
        if finding.status is not FindingStatus.NOT_MET:
            name = f"{finding.id} ({finding.subject})" if whose else finding.id
            known = findings.get(name, finding.status)
            findings[name] = min(known, finding.status, key=strongest.index)
    yield from ((name, status.value) for name, status in findings.items())
    for path in decision.paths:
        name = f"{path.id} ({path.subject})" if whose else path.id
        words = [path.status.value, path.regime.value, *([path.level.value] if path.level else [])]
        yield name, f"{' '.join(words)}: {', '.join(path.sanctions)}"
