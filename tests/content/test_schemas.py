"""The committed JSON Schemas are those of the models, and accept what the readers accept."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import netralitas_rules as nr
from netralitas_rules.loading.tree import parse
from netralitas_rules.schemas import DRAFT, NAMES, schema_of
from tests.content.files import (
    AS_OF,
    EXAMPLE_FILES,
    RULE_FILES,
    RULESETS,
    SCENARIO_FILES,
    SCHEMAS,
    decided,
    incident_of,
)
from tests.matrix.incidents import OWN as OF_THE_MATRIX
from tests.snapshots.harness import OWN as OF_THE_SNAPSHOTS

INCIDENTS = (*EXAMPLE_FILES, *OF_THE_MATRIX, *OF_THE_SNAPSHOTS)


@cache
def committed(name: str) -> dict[str, Any]:
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert isinstance(schema, dict)
    return schema


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(committed(name))


def plain(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8"), path.name).plain()


def faults(name: str, content: object) -> list[str]:
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator(name).iter_errors(content)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schema_is_the_generated_one(name: str) -> None:
    """Byte for byte as `make schemas` writes it."""
    written = (SCHEMAS / f"{name}.schema.json").read_bytes().decode("utf-8")
    assert written == json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(committed(name))
    assert committed(name)["$schema"] == DRAFT
    assert {path.name for path in SCHEMAS.glob("*.json")} == {f"{n}.schema.json" for n in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_title_of_a_schema(name: str) -> None:
    assert committed(name)["title"] == f"netralitas-rules {name}"


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem)
def test_incidents_fit(path: Path) -> None:
    assert faults("incident", plain(path)) == []


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_rulesets_fit(path: Path) -> None:
    assert faults("ruleset", plain(path)) == []


@pytest.mark.parametrize("path", SCENARIO_FILES, ids=lambda path: path.stem)
def test_scenarios_fit(path: Path) -> None:
    assert faults("scenarios", plain(path)) == []


@pytest.mark.parametrize("path", INCIDENTS[::6], ids=lambda path: path.stem)
def test_decisions_fit(path: Path) -> None:
    assert faults("decision", json.loads(decided(path).to_json())) == []


@pytest.mark.parametrize("path", INCIDENTS[::9], ids=lambda path: path.stem)
def test_version_matrices_fit(path: Path) -> None:
    found = nr.load("kemenkumham").versions(incident_of(path), as_of=AS_OF)
    assert faults("versions", json.loads(found.to_json())) == []


GOOD = {"format": 1, "subjects": [{"status": "pns"}], "acts": [{"conduct": "vote"}]}


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"subjects": []},
        {"subjects": [{"status": "pnss"}]},
        {"subjects": [{"statuss": "pns"}]},
        {"subjects": [{"status": {"one_of": []}}]},
        {"subjects": [{"status": None}]},
        {"acts": [{"date": "31-01-2024"}]},
        {"acts": [{"date": {"from": "2024-01-01", "till": "2024-01-02"}}]},
        {"acts": [{"attributes": "party"}]},
        {"acts": [{"attributes": {"has": []}}]},
        {"acts": [{"active_support": "yes"}]},
        {"election": "pemilu_2023"},
        {"reports": {}},
    ],
    ids=json.dumps,
)
def test_what_is_no_incident_does_not_fit(change: dict[str, Any]) -> None:
    """And is refused by the reader too."""
    assert faults("incident", GOOD) == []
    content = {**GOOD, **change}
    assert faults("incident", content)
    with pytest.raises(ValueError, match="validation error"):
        nr.Incident.model_validate(content)


def test_a_member_twice() -> None:
    """Schema and reader agree."""
    content = {**GOOD, "acts": [{"attributes": ["party", "party"]}]}
    try:
        nr.Incident.model_validate(content)
        read = True
    except ValueError:
        read = False
    assert (faults("incident", content) == []) == read


def test_what_is_no_ruleset_does_not_fit() -> None:
    content = plain(RULESETS / "national" / "violations-party.yaml")
    assert faults("ruleset", content) == []
    assert faults("ruleset", {**content, "violatons": {}})
    (name, *_) = content["violations"]
    item = content["violations"][name]
    assert faults("ruleset", {"violations": {name: {**item, "needs": {"who": {"a.b": "c"}}}}})
    assert faults("ruleset", {"violations": {name: {k: item[k] for k in item if k != "title"}}})


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem)
def test_an_incident_written_as_json_is_read_back(path: Path, tmp_path: Path) -> None:
    incident = incident_of(path)
    written = tmp_path / "one.jsonl"
    written.write_text(incident.model_dump_json(exclude_unset=True) + "\n", encoding="utf-8")
    assert list(nr.read(written)) == [incident]
