"""JSON text in: to statuses, and to a decision in JSON."""

import datetime
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from bench import reports, synthetic
from bench.matching import ruleset
from bench.settings import Settings
from bench.tables import Section, Target
from bench.timing import rates
from netralitas_rules import Incident, Ruleset, load
from netralitas_rules.loading.incidents import read_json

AS_OF = datetime.date(2025, 1, 1)
RULESET = "national"


def measure_statuses(settings: Settings) -> Section:
    rules = load(RULESET)
    texts = reports.texts(seed=settings.seed, count=min(settings.incidents, 500))
    rows = [reports.row(text) for text in texts]
    mappings = [json.loads(text) for text in rows]
    measured = rates(
        {
            "whole": (rules.statuses, rows),
            "json.loads": (json.loads, rows),
            "statuses": (rules.statuses, mappings),
            "pydantic": (Incident.model_validate_json, texts),
            "read_json": (read_json, texts),
        },
        rounds=settings.rounds,
        seconds=settings.seconds,
    )
    steps = {
        "JSON text of a row to statuses": "whole",
        "  json.loads alone (checks nothing)": "json.loads",
        "  statuses of a mapping": "statuses",
        "JSON text of an incident to an Incident (read_json)": "read_json",
        "  Incident.model_validate_json alone": "pydantic",
    }
    leaves = sum(map(reports.stated, texts)) / len(texts)
    return Section(
        "json-statuses",
        f"From JSON text to statuses: ruleset {RULESET}, {leaves:.1f} stated facts on average",
        ("step", "incidents/s", "microseconds"),
        [(step, measured[key], 1e6 / measured[key]) for step, key in steps.items()],
        [Target("JSON text to statuses", 30_000, measured["whole"], "/s")],
        [_found(rules, mappings)],
    )


def _found(rules: Ruleset, rows: list[dict[str, Any]]) -> str:
    counts = Counter(status for row in rows for status in rules.statuses(row).values())
    words = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    return f"{len(rows)} reports raise {counts.total()} findings: {words}."


def measure_decisions(settings: Settings) -> Section:
    bundled = load(RULESET)
    texts = reports.texts(seed=settings.seed, count=min(settings.incidents, 300))
    made = synthetic.make(seed=settings.seed)
    made_up = ruleset(made)
    eight = _with_findings(made_up, made, settings.seed, 60)
    measured = rates(
        {
            "made up": (_through(made_up), eight),
            "bundled": (_through(bundled), texts),
            **_steps(made_up, eight),
        },
        rounds=settings.rounds,
        seconds=settings.seconds,
    )
    rows: list[tuple[Any, ...]] = []
    for name, key, rules, inputs in (
        ("JSON to decision to JSON, made-up ruleset", "made up", made_up, eight),
        (f"JSON to decision to JSON, ruleset {RULESET}", "bundled", bundled, texts),
    ):
        findings, elements, size = _size(rules, inputs)
        rows.append((name, findings, elements, size, measured[key], 1e6 / measured[key]))
    for step, key in (
        ("  read_json, made-up", "read"),
        ("  decide", "decide"),
        ("  to_json", "write"),
    ):
        if key in measured:
            rows.append((step, None, None, None, measured[key], 1e6 / measured[key]))
    return Section(
        "json-decisions",
        "From JSON text to a decision in JSON",
        ("step", "findings", "elements each", "bytes out", "decisions/s", "microseconds"),
        rows,
        [Target("decisions, about 8 findings of 6 elements", 3_000, measured["made up"], "/s")],
    )


def _through(rules: Ruleset) -> Callable[[str], Any]:
    return lambda text: rules.decide(read_json(text), as_of=AS_OF).to_json()


def _steps(rules: Ruleset, texts: list[str]) -> dict[str, Any]:
    read = [read_json(text) for text in texts]
    decided = [rules.decide(incident, as_of=AS_OF) for incident in read]
    return {
        "read": (read_json, texts),
        "decide": (lambda incident: rules.decide(incident, as_of=AS_OF), read),
        "write": (lambda decision: decision.to_json(), decided),
    }


def _with_findings(rules: Ruleset, made: synthetic.Made, seed: int, count: int) -> list[str]:
    """Reports under the made-up ruleset with seven to nine findings."""
    found: list[str] = []
    for row in synthetic.rows(made, seed=seed, count=count * 20):
        text = json.dumps({"format": 1, "subjects": [{"status": "pns"}], "acts": [row["act"]]})
        if 7 <= len(rules.decide(read_json(text), as_of=AS_OF).findings) <= 9:
            found.append(text)
        if len(found) == count:
            break
    return found


def _size(rules: Ruleset, texts: list[str]) -> tuple[float, float, int]:
    """Findings, elements (and exceptions) a finding, bytes of a decision."""
    decisions = [rules.decide(read_json(text), as_of=AS_OF) for text in texts]
    findings = [f for d in decisions for f in d.all_findings]
    elements = sum(len(f.elements) + len(f.exceptions) for f in findings)
    size = sum(len(d.to_json()) for d in decisions)
    return (
        len(findings) / len(decisions),
        elements / max(1, len(findings)),
        size // len(decisions),
    )
