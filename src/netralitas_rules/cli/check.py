"""`netralitas check`: whether a ruleset can be read, and whether its rules fit together."""

import argparse
import json
import sys
from pathlib import Path

import yaml

from netralitas_rules.analysis.check import check as search
from netralitas_rules.analysis.findings import IN_INDONESIAN, Report
from netralitas_rules.analysis.pages import CHECK
from netralitas_rules.analysis.witness import scenario
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.loader import load
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import Ruleset


def check(arguments: argparse.Namespace) -> int:
    """What the strict reader refuses, then what the search finds; 0 where there is nothing."""
    if arguments.explain is not None:
        print(CHECK.page(FindingCode(arguments.explain)), end="")
        return 0
    as_json = arguments.format == "json"
    try:
        rules = load(arguments.ruleset)
    except Refused as refused:
        if as_json:
            found = [d.as_json() for d in refused.diagnostics]
            print(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            print(refused)
        return 1
    if arguments.prove:
        return _prove(rules, as_json=as_json)
    report = search(rules)
    shown = [f for f in report.findings if arguments.advice or not f.advice]
    if arguments.save_witness is not None:
        _save(report, rules, Path(arguments.save_witness))
    if as_json:
        print(json.dumps([f.as_json() for f in shown], ensure_ascii=False, indent=2))
        return int(not report.sound)
    for finding in shown:
        print(finding, end="\n\n")
    print(_told(rules, report))
    return int(not report.sound)


def _told(rules: Ruleset, report: Report) -> str:
    findings = sum(not f.advice for f in report.findings)
    advice = len(report.findings) - findings
    faults = f"findings: {findings}" if findings else "no faults"
    more = [f"waived with cited law: {report.counts['waived']}", f"pieces of advice: {advice}"]
    return f"{rules.name} {rules.version}: {len(rules.rules)} rules, {faults} ({', '.join(more)})"


def _save(report: Report, rules: Ruleset, folder: Path) -> None:
    """Every witness as a scenario file; `netralitas test` runs them."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for finding in report.findings:
        if finding.witness is None:
            continue
        number += 1
        name = f"{finding.code}-{number}"
        why = {
            "id": f"{IN_INDONESIAN[finding.code]} ({', '.join(finding.of)})",
            "en": finding.diagnostic.message,
        }
        document = scenario(name, why, finding.witness, rules)
        text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    print(f"scenarios written to {folder}: {number}", file=sys.stderr)


def _prove(rules: Ruleset, *, as_json: bool) -> int:
    from netralitas_rules.analysis.prove import Proof, prove

    found = list(prove(rules.plan))
    if as_json:
        print(json.dumps([p.as_json() for p in found], ensure_ascii=False, indent=2))
    else:
        for proved in found:
            print(f"{proved.rule}: {proved.proof} ({proved.states} states of knowledge)")
    return int(any(p.proof is Proof.REFUTED for p in found))
