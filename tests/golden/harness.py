"""What the golden tests share: diagnostics as plain data, and comparing with a file beside a case.

An expectation says for every diagnostic where it stands, which text is underlined and every
sentence that a user reads. `pytest tests/golden --update-golden` rewrites the expectations; who
runs it reads every change by hand.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from netralitas_rules.loading.diagnostics import Diagnostic, Position
from tests.written import plain_yaml

HERE = Path(__file__).parent
BASE = HERE / "base"
SUFFIX = ".expected.yaml"


def underlined(position: Position) -> str:
    """The text above the carets."""
    start = position.column - 1
    return position.text[start : start + position.length]


def plain(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as the expectation writes it; what is empty is left out."""
    first, *others = diagnostic.positions or (None,)
    found: dict[str, Any] = {"code": diagnostic.code.value}
    if first is not None:
        found |= {"at": str(first), "underlined": underlined(first)}
    if others:
        found["see_also"] = [
            {"at": str(p), "underlined": underlined(p)} for p in others if p is not None
        ]
    for name in ("message", "expected", "found", "help"):
        if getattr(diagnostic, name):
            found[name] = getattr(diagnostic, name)
    if diagnostic.path:
        found["in"] = " > ".join(diagnostic.path)
    if diagnostic.heading:
        found["heading"] = diagnostic.heading
    return found


def plain_all(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    return [plain(d) for d in diagnostics]


def expectation_of(case: Path) -> Path:
    """The file with the expected result of a case (a file or a folder)."""
    return case.with_name((case.stem if case.suffix == ".yaml" else case.name) + SUFFIX)


def check(actual: Any, expectation: Path, *, update: bool) -> None:
    """Compare with the expectation, or rewrite it."""
    if update:
        text = yaml.safe_dump(actual, sort_keys=False, allow_unicode=True, width=10_000)
        expectation.write_text(text, encoding="utf-8")
    expected = plain_yaml(expectation.read_text(encoding="utf-8"))
    assert actual == expected, f"{expectation} says otherwise; if it is wrong: --update-golden"


def beside_base(text: str, around: Path) -> Path:
    """The folder of `base` with one more file; `around` is an empty folder."""
    folder = around / "base"
    shutil.copytree(BASE, folder)
    (folder / "wrong.yaml").write_text(text, encoding="utf-8")
    return folder


def overlay(manifest: str, around: Path, *, name: str = "layer", text: str = "") -> Path:
    """The folder of an overlay with these keys in its manifest, and more text after it."""
    folder = around / name
    folder.mkdir()
    common = f'format: 1, name: {name}, version: "1.0", title: {{id: a, en: b}}'
    (folder / "ruleset.yaml").write_text(f"ruleset: {{{common}, {manifest}}}\n{text}")
    return folder
