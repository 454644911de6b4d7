"""Where the data of the project lies, and every example incident read once."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import netralitas_rules as nr
from netralitas_rules.case import read_case
from netralitas_rules.case.model import CaseDecision

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
ROWS = EXAMPLES / "rows"
REPORTED = EXAMPLES / "reported"
CASES = EXAMPLES / "cases"
RULESETS = ROOT / "rulesets"
SCHEMAS = ROOT / "src" / "netralitas_rules" / "schemas"
AS_OF = "2024-12-31"
LANGUAGES = ("id", "en")

ROW_FILES = tuple(sorted(ROWS.glob("*.yaml")))
CASE_FILES = tuple(sorted(REPORTED.glob("case-*.yaml")))
WHOLE_CASES = tuple(sorted(CASES.glob("*.yaml")))
"""Files of one person over time."""
RULE_FILES = tuple(sorted(RULESETS.glob("*/*.yaml")))
SCENARIO_FILES = tuple(sorted(RULESETS.glob("*/scenarios/*.yaml")))
EXAMPLE_FILES = (*ROW_FILES, *CASE_FILES)


def incident_of(path: Path) -> nr.Incident:
    """The one incident of a file."""
    (record,) = nr.read(path)
    assert isinstance(record, nr.Incident), f"{path.name}: {record}"
    return record


@cache
def decided(path: Path, ruleset: str = "kemenkumham") -> nr.Decision:
    """The decision on the one incident of a file, made once for all tests."""
    return nr.load(ruleset).decide(incident_of(path), as_of=AS_OF)


@cache
def decided_case(path: Path) -> CaseDecision:
    """The decision on a whole case file, on the day that its head names."""
    found = re.search(r"As of (\d{4}-\d\d-\d\d)\.", path.read_text(encoding="utf-8"))
    assert found is not None, path.name
    return nr.load("kemenkumham").decide_case(read_case(path), as_of=found[1])


@cache
def example_decisions() -> Mapping[str, nr.Decision]:
    """The decision on every example, by the name of its file."""
    return MappingProxyType({path.stem: decided(path) for path in EXAMPLE_FILES})
