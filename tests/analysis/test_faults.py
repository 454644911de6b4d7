"""Faults seeded into the national ruleset are found, with their code, at their place."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from netralitas_rules.analysis.check import check
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.loader import load
from tests.strategies import LONG
from tests.written import plain_yaml

RULESETS = Path(__file__).parents[2] / "rulesets"
FAULTS: dict[str, Any] = plain_yaml(
    (Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8")
)
SEEDED = set(FindingCode) - {FindingCode.SEARCH_CUT}
TRIED = FAULTS if LONG else {fault["code"]: name for name, fault in FAULTS.items()}.values()
"""All of them with LONG; else one of every code."""


def edited(text: str, edit: dict[str, str]) -> str:
    start = text.index(edit["after"]) if "after" in edit else 0
    at = text.index(edit["find"], start)
    return text[:at] + edit["replace"] + text[at + len(edit["find"]) :]


def test_every_code_has_a_fault() -> None:
    assert {fault["code"] for fault in FAULTS.values()} == {code.value for code in SEEDED}
    assert len(FAULTS) >= 30


@pytest.mark.parametrize("name", TRIED)
def test_found_at_its_place(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    folder = tmp_path / "national"
    shutil.copytree(RULESETS / "national", folder, ignore=shutil.ignore_patterns("scenarios"))
    for edit in fault["edits"]:
        file = folder / edit["file"]
        file.write_text(edited(file.read_text(encoding="utf-8"), edit), encoding="utf-8")
    code = FindingCode(fault["code"])
    only = (
        {code, FindingCode.IDLE_WAIVER}
        if code is not FindingCode.IDLE_WAIVER
        else {code, FindingCode.GAP}
    )
    found = [
        (p.source.rpartition("/")[2], p.text.strip()[: len(fault["at"]["line"])], p.column)
        for finding in check(load(folder), only=only).findings
        if finding.code is code
        for p in finding.diagnostic.positions[:1]
    ]
    places = [(file, line) for file, line, _ in found]
    assert (fault["at"]["file"], fault["at"]["line"]) in places, found
