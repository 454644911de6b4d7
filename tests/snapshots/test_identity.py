"""Promise 3: who a person is stands in no text, no JSON, no diagnostic and no representation."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import netralitas_rules as nr
from netralitas_rules.cli.main import main
from netralitas_rules.facts.incident import Identity
from tests.content.files import AS_OF, EXAMPLE_FILES, decided, incident_of

IDENTITY = {
    "name": "Zulkarnain Qomariyah",
    "nip": "196512311990031777",
    "sex": "perempuan-xq",
    "religion": "agama-xq",
    "origin": "asal-xq",
}
SECRETS = (*IDENTITY.values(), "Zulkarnain", "Qomariyah")


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def with_identity(incident: nr.Incident) -> nr.Incident:
    identity = Identity(**IDENTITY)
    subjects = tuple(s.model_copy(update={"identity": identity}) for s in incident.subjects)
    return incident.model_copy(update={"subjects": subjects})


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_identity_changes_and_shows_nothing(path: Path) -> None:
    named = with_identity(incident_of(path))
    assert told(named.model_dump_json()) == list(SECRETS)
    assert told(repr(named) + str(named)) == []
    if path.stem in SLOW:
        return
    decision = nr.load("kemenkumham").decide(named, as_of=AS_OF)
    assert decision == decided(path)
    shown = decision.text(lang="id"), decision.text(lang="en"), decision._repr_html_()
    assert told("".join(shown) + decision.to_json() + repr(decision)) == []


SLOW = {"case-003", "case-006", "case-046", "case-060", "case-062"}
"""Seconds each, and nothing that the others have not."""


# -- diagnostics: a mistake on the line of the name, before it, in it and after it

RECORD: dict[str, Any] = {
    "subjects": [{"status": "pns", "identity": IDENTITY}],
    "acts": [{"conduct": "vote", "date": "2024-02-14"}],
}
FLOW = json.dumps(RECORD)
NAME, NIP = IDENTITY["name"], IDENTITY["nip"]

FORMS = {"yaml", "json", "jsonl"}

MISTAKES: dict[str, str] = {
    "a wrong value": FLOW.replace('"pns"', '"pnss"'),
    "an unknown key": FLOW.replace('"status"', '"stat"'),
    "an unknown key of identity": FLOW.replace('"origin"', '"birth"'),
    "a key twice": FLOW.replace('"status": "pns"', '"status": "pns", "status": "pns"'),
    "a name twice": FLOW.replace('"nip"', '"name"'),
    "a null": FLOW.replace(f'"{NIP}"', "null").replace('"pns"', '"pnss"'),
    "a bare number": FLOW.replace(f'"{NIP}"', NIP),
    "a missing bracket": FLOW.replace("]", "", 1),
    "a missing comma": FLOW.replace('", "nip"', '" "nip"'),
    "a missing quote": FLOW.replace(f'{NAME}"', NAME),
    "single quotes": FLOW.replace(f'"{NAME}"', f"'{NAME}'").replace('"pns"', '"pnss"'),
    "an escaped quote": FLOW.replace(NAME, f'\\"{NAME}\\" x').replace('"pns"', '"pnss"'),
    "an apostrophe": FLOW.replace(f'"{NAME}"', f"'O''{NAME}'").replace('"pns"', '"pnss"'),
    "a list of names": FLOW.replace(f'"{NAME}"', f'["{NAME}", 5]'),
    "a mapping as a name": FLOW.replace(f'"{NAME}"', f'{{"first": "{NAME}"}}'),
    "identity as a name": FLOW.replace(json.dumps(IDENTITY), f'"{NAME}"'),
    "identity as a list": FLOW.replace(json.dumps(IDENTITY), f'["{NAME}"]'),
    "a name too long": FLOW.replace(NAME, NAME * 40),
    "a date too late": FLOW.replace("2024-02-14", "2026-02-14"),
    "a contradiction": FLOW.replace(
        '"status": "pns"', '"status": "pppk", "cltn": {"state": "in_force"}'
    ),
    "a tag": f"subjects:\n  - status: pns\n    identity: {{name: !!str {NAME}}}\n",
    "an anchor": f"subjects:\n  - status: pns\n    identity: {{name: &a {NAME}}}\n",
    "a tab": f"subjects:\n  - status: pns\n    identity:\n\t  name: {NAME}\n",
    "a colon in the name": f"subjects:\n  - status: pns\n    identity:\n      name: {NAME}: x\n",
    "a plain name": f"subjects:\n  - {{identity: {{name: {NAME}}}, status: pnss}}\n",
    "a name over two lines": (
        f"subjects:\n  - identity:\n      name: Siti\n        {NAME}: x\n    status: pns\n"
    ),
    "a folded name": (
        f"subjects:\n  - identity:\n      name: >-\n       {NAME}\n      nipp: '{NIP}'\n"
    ),
    "a quoted key": f"subjects:\n  - {{'identity': {{'name': '{NAME}'}}, status: pnss}}\n",
    "a comment": f"subjects:\n  - status: pnss  # name: {NAME}\n",
}


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("name", MISTAKES)
def test_no_diagnostic_shows_who_it_is(
    name: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"report.{form}"
    path.write_text(MISTAKES[name], encoding="utf-8")
    assert main(["classify", str(path), "--as-of", AS_OF, "--format", "json"]) == 1
    written = capsys.readouterr()
    assert "error[" in written.err
    assert told(written.out + written.err) == []


def test_a_refusal_shows_the_rest_of_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only the value is covered, character for character, so that the caret stands right."""
    path = tmp_path / "report.jsonl"
    path.write_text(MISTAKES["a wrong value"], encoding="utf-8")
    assert main(["classify", str(path), "--as-of", AS_OF]) == 1
    lines = capsys.readouterr().err.splitlines()
    (shown,) = [line for line in lines if line.startswith("    1 | ")]
    caret = lines[lines.index(shown) + 1]
    assert shown[caret.index("^") : caret.rindex("^") + 1] == '"pnss"'
    assert '"identity": {"name": ' in shown


def test_the_sentinels_would_be_seen() -> None:
    assert told(yaml.safe_dump(RECORD)) == list(SECRETS)
