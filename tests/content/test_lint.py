"""The bundled rulesets and the examples hold to the lint."""

import datetime
import re
import time
from pathlib import Path

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.lint import lint, scenario_words
from tests.content.files import EXAMPLES, RULESETS

FOLDERS = (
    *(folder for folder in sorted(RULESETS.iterdir()) if (folder / "ruleset.yaml").is_file()),
    EXAMPLES / "other_ministry",
    EXAMPLES / "own_calendar",
)
READ = datetime.date(2026, 11, 22)
"""Shortly after the texts were read."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_found(folder: Path) -> None:
    words = scenario_words(folder)
    assert words
    assert [str(f) for f in lint(nr.load(folder), scenarios=words, as_of=READ)] == []


def test_the_lint_takes_less_than_a_second() -> None:
    """After loading; processor time, the best of three: other work may run beside."""
    rules = nr.load("national")
    took = []
    for _ in range(3):
        start = time.process_time()
        lint(rules)
        took.append(time.process_time() - start)
    assert min(took) < 1


IGNORE = re.compile(r"# lint: ignore [\w, -]+? - (.+)")


def test_reasons_are_reasons() -> None:
    """Every comment that sets something aside says more than a word or two."""
    reasons = [
        reason
        for folder in FOLDERS
        for path in folder.glob("*.yaml")
        for reason in IGNORE.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(reasons) > 10
    assert [reason for reason in reasons if len(reason.split()) < 6] == []


ONE = {
    "uncited-element": ("violations-pp-94.yaml", r"        basis: \[[^\]]*\]\n", ""),
    "number-differs": ("questions.yaml", "of 2022 mean", "of 2023 mean"),
    "date-differs": ("provisions-decrees.yaml", "vote 9 December 2020", "vote 9 November 2020"),
    "deadline-against-provision": ("deadlines.yaml", "working-days: 65", "working-days: 66"),
    "deadline-without-calendar": ("deadlines.yaml", "    working-days: 65", "    days: 65"),
    "unused-definition": ("definitions.yaml", "  civil-servant:\n", "  lonely:\n    says: "
        '{id: "pegawai", en: "an employee"}\n    basis: [pp-94-2021/43]\n'
        "    when: {subject.status: pns}\n  civil-servant:\n"),
    "nonstandard-form": ("definitions.yaml", r'says: \{id: "', 'says: {id: "resiko '),
}  # fmt: skip
"""One slip in a copy of the national ruleset, and the rule that finds it."""


@pytest.mark.parametrize("code", ONE)
def test_one_slip_is_found(code: str, tmp_path: Path) -> None:
    name, old, new = ONE[code]
    folder = tmp_path / "national"
    folder.mkdir()
    for path in (RULESETS / "national").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name == name:
            changed, times = re.subn(old, new, text, count=1)
            assert times == 1
            assert changed != text
            text = changed
        (folder / path.name).write_text(text, encoding="utf-8")
    found = lint(nr.load(folder))
    assert {f.code for f in found} == {code}
    (one,) = {(f.position.source, f.position.line) for f in found if f.position}
    assert one[0] == f"national/{name}"
