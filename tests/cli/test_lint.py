"""`netralitas lint`: what it prints, what it ends with, and its pages."""

import json
from pathlib import Path

import pytest

from netralitas_rules.analysis.lint import RULES
from netralitas_rules.analysis.lint.run import OF_COMMENTS
from netralitas_rules.analysis.pages import LINT
from tests.cli.running import Cli
from tests.golden.test_lint import BASE, TRIED

AS_OF = ("--as-of", "2026-11-22")
FAULTY = """\
definitions:
  lonely:
    when: {subject.status: cpns}
    says: {id: "pegawai berstatus CPNS", en: "the subject is a CPNS"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ruleset with an error, a warning and a piece of advice."""
    own = tmp_path / "mine"
    (own / "scenarios").mkdir(parents=True)
    (own / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    (own / "case.yaml").write_text(FAULTY, encoding="utf-8")
    (own / "scenarios" / "tried.yaml").write_text(" ".join(TRIED), encoding="utf-8")
    return own


def test_the_bundled_rulesets_are_clean(cli: Cli) -> None:
    ran = cli("lint", "kemenkumham", *AS_OF)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(": 0 error, 0 warning, 0 advice\n")
    assert cli("lint", "kemenkumham", "--format", "json", *AS_OF).items == []


def test_findings_are_told_with_their_place(cli: Cli, folder: Path) -> None:
    ran = cli("lint", folder, *AS_OF)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == (
        "mine/case.yaml:2:3: error[uncited-item]: `lonely` cites nothing\n"
        "  in definitions > lonely\n"
        "  expected: a `basis` with the provision that it comes from\n\n"
        "mine/case.yaml:2:3: warning[unused-definition]: nothing names definition `lonely`\n"
        "  in definitions > lonely\n"
        "  expected: an element, or `is:` in a condition\n\n"
        "mine/case.yaml:3:5: advice[key-order]: `when` of `lonely` stands out of order\n"
        "  in definitions > lonely > when\n"
        "  expected: says, when\n"
        "  found:    when, says\n\n"
        "base 1.0: 1 error, 1 warning, 1 advice\n"
        "`netralitas lint --explain CODE` says why\n"
    )


@pytest.mark.parametrize(("level", "many"), [("advice", 3), ("warning", 2), ("error", 1)])
def test_levels(level: str, many: int, cli: Cli, folder: Path) -> None:
    ran = cli("lint", folder, "--level", level, "--format", "json", *AS_OF)
    assert ran.code == 1
    assert [f["level"] for f in ran.items] == ["error", "warning", "advice"][:many]
    assert set(ran.items[0]) == {
        "code",
        "level",
        "message",
        "expected",
        "found",
        "path",
        "positions",
    }
    assert ran.items[0]["positions"] == [
        {"source": "mine/case.yaml", "line": 2, "column": 3, "length": 6}
    ]


def test_rules_without_scenarios_are_found(cli: Cli, folder: Path) -> None:
    (folder / "scenarios" / "tried.yaml").unlink()
    (folder / "scenarios").rmdir()
    told = cli("lint", folder, "--format", "json", *AS_OF).items
    assert "rule-without-scenario" in {f["code"] for f in told}


@pytest.mark.parametrize("code", [*RULES, *OF_COMMENTS])
def test_pages_are_shown(code: str, cli: Cli) -> None:
    ran = cli("lint", "--explain", code)
    assert (ran.code, ran.out, ran.err) == (0, LINT.page(code), "")


def test_rules_are_listed(cli: Cli) -> None:
    ran = cli("lint", "--rules")
    assert ran.code == 0
    lines = [line.split(maxsplit=2) for line in ran.out.splitlines()]
    assert [code for _, code, _ in lines] == [*RULES, *OF_COMMENTS]
    assert lines[0] == ["error", "uncited-element", LINT.page("uncited-element").splitlines()[2]]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "a ruleset is missing: a bundled name or a folder\n"),
        (["--explain", "unused"], 2, "there is no rule `unused`; "),
        (["--explain", "unused-kinds"], 2, "did you mean `unused-kind`?"),
        (
            ["national", "--as-of", "soon"],
            2,
            "a day is written 2024-01-31\n",
        ),
        (["nowhere"], 1, "there is no ruleset `nowhere`"),
    ],
)
def test_wrong_usage(arguments: list[str], code: int, told: str, cli: Cli) -> None:
    ran = cli("lint", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_what_does_not_load_is_refused_as_by_check(cli: Cli, folder: Path) -> None:
    (folder / "case.yaml").write_text("definitions: 1\n", encoding="utf-8")
    ran = cli("lint", folder)
    assert (ran.code, ran.out) == (1, "")
    assert "error[" in ran.err
    assert json.loads(cli("check", folder, "--format", "json").out)
