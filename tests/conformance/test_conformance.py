"""This library passes its own conformance cases (conformance/README.md)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import netralitas_rules as nr
from tests.conformance.cases import observed
from tests.strategies import ruleset_of

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "conformance").rglob("*.yaml"))


def case_of(path: Path) -> dict[str, Any]:
    """A case, its days as text: as every reader of YAML sees them that makes no dates."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    case = case_of(path)
    law = case["ruleset"]
    rules = nr.load(law) if isinstance(law, str) else ruleset_of(law)
    found = observed(rules, case["incident"], case["as-of"])
    assert {key: found.get(key) for key in case["expect"]} == case["expect"]


def test_every_status_is_shown() -> None:
    shown = {
        status
        for path in CASES
        for part in ("findings", "paths")
        for status in case_of(path)["expect"].get(part, {}).values()
    }
    refused = [path for path in CASES if "refused" in case_of(path)["expect"]]
    assert shown >= {"met", "elements_met", "open", "not_met", "follows", "may_follow"}
    assert refused
