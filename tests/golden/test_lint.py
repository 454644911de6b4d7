"""The examples on the pages of the lint: each finds what it says, where it says, and no more."""

import datetime
import re
from pathlib import Path

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.lint import RULES, LintFinding, lint
from netralitas_rules.analysis.lint.run import OF_COMMENTS
from netralitas_rules.analysis.pages import LINT
from tests.content.files import ROOT

PAGES = ROOT / "docs" / "lint"
BASE = ROOT / "tests" / "golden" / "lint" / "base.yaml"
AS_OF = datetime.date(2026, 11, 22)
CODES = (*RULES, *OF_COMMENTS)
TRIED = {"uu-1-2020/1", "uu-1-2020/4", "liking"}
"""What scenarios name."""
SECTIONS = ["Avoid", "Prefer", "Why", "Exceptions"]
_BLOCK = re.compile(r"## (Avoid|Prefer)\n\n```yaml\n(.*?)```\n", re.DOTALL)
_MARK = re.compile(r"# (<-|below:) (.+)$")


def example(code: str, which: str) -> str:
    return dict(_BLOCK.findall(LINT.page(code)))[which]


def linted(text: str, folder: Path, scenarios: set[str] = TRIED) -> tuple[LintFinding, ...]:
    """Findings of an example: on top of the base, or an overlay over it."""
    base = folder / "base"
    base.mkdir()
    (base / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    own = base
    if "ruleset:" in text:
        own = folder / "case"
        own.mkdir()
    (own / "case.yaml").write_text(text, encoding="utf-8")
    return lint(nr.load(own), scenarios=scenarios, as_of=AS_OF)


def marked(text: str) -> tuple[int, int]:
    """Line and column of what a comment points at."""
    lines = text.splitlines()
    ((number, match),) = [(n, m) for n, line in enumerate(lines) if (m := _MARK.search(line))]
    if match[1] == "below:":
        number += 1
        return number + 1, lines[number].index(match[2]) + 1
    before = lines[number][: match.start()]
    return number + 1, before.index(match[2]) + 1


@pytest.mark.parametrize("code", CODES)
def test_what_to_avoid_is_found(code: str, tmp_path: Path) -> None:
    text = example(code, "Avoid")
    found = linted(text, tmp_path)
    assert [(f.code, f.position and (f.position.line, f.position.column)) for f in found] == [
        (code, marked(text))
    ]
    (one,) = found
    assert one.position is not None
    assert one.position.source.endswith("case.yaml")
    assert one.level == (RULES[code].level if code in RULES else "warning")
    assert one.expected


@pytest.mark.parametrize("code", CODES)
def test_what_to_prefer_is_clean(code: str, tmp_path: Path) -> None:
    text, scenarios = example(code, "Prefer"), TRIED
    if text.startswith("scenarios:"):
        scenarios = TRIED | set(re.findall(r"[\w/-]+", text))
        text = example(code, "Avoid")
    assert linted(text, tmp_path, scenarios) == ()


@pytest.mark.parametrize("code", CODES)
def test_pages_have_one_form(code: str) -> None:
    lines = LINT.page(code).splitlines()
    assert lines[0] == f"# {code}"
    assert lines[2].endswith(".")
    assert lines[4] == f"Level: {RULES[code].level if code in RULES else 'warning'}."
    assert [line[3:] for line in lines if line.startswith("## ")] == SECTIONS


def test_every_page_is_of_a_rule_and_in_the_index() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {*CODES, "README"}
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[`([\w-]+)`\]\(\1\.md\) \| (\w+) \| (.+) \|$", index, re.MULTILINE)
    assert [code for code, _, _ in listed] == list(CODES)
    for code, level, summary in listed:
        assert LINT.page(code).splitlines()[2:5:2] == [summary, f"Level: {level}."]


def test_the_base_of_the_examples_is_clean(tmp_path: Path) -> None:
    assert linted("{}\n", tmp_path) == ()
