"""The lint beyond the examples of its pages: comments, layers, places, and what it leaves alone."""

import datetime
import pickle
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.lint import Level, LintFinding, lint, page, scenario_words
from netralitas_rules.analysis.lint.glossary import glossary
from tests.golden.test_lint import AS_OF, BASE, TRIED
from tests.small import document, ruleset

LONELY = """\
definitions:
  first:
    says: {id: "pegawai berstatus CPNS", en: "the subject is a CPNS"}
    basis: [uu-1-2020/1]
    when: {subject.status: cpns}

  second:
    says: {id: "pegawai berstatus PPPK", en: "the subject is a PPPK"}
    basis: [uu-1-2020/1]
    when: {subject.status: pppk}
"""
HEAD, FIRST, SECOND = "definitions:\n", "  first:\n", "  second:\n"


def found(folder: Path, text: str) -> list[str]:
    """Code and place of what is found in a file beside the base."""
    own = folder / "mine"
    own.mkdir()
    (own / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    (own / "case.yaml").write_bytes(text.encode())
    return [place(one) for one in lint(nr.load(own), scenarios=TRIED, as_of=AS_OF)]


def place(finding: LintFinding) -> str:
    assert finding.position is not None
    return f"{finding.code} {finding.path[-1] if finding.path else ''}:{finding.position.line}"


IGNORE = "# lint: ignore unused-definition - kept for next year"


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("", "", ["unused-definition first:2", "unused-definition second:7"]),
        (FIRST, f"  first:  {IGNORE}\n", ["unused-definition second:7"]),
        (FIRST, f"  {IGNORE}\n{FIRST}", ["unused-definition second:8"]),
        (FIRST, f"  {IGNORE}\n\n  # and more\n{FIRST}", ["unused-definition second:10"]),
        (HEAD, f"{IGNORE}\n{HEAD}", []),
        (SECOND, f"  {IGNORE}\n{SECOND}", ["unused-definition first:2"]),
        (SECOND, f"{SECOND}    {IGNORE}\n", None),
    ],
    ids=["none", "on the line", "above", "above, apart", "a section", "the last", "inside"],
)
def test_what_a_comment_covers(
    before: str, after: str, left: list[str] | None, tmp_path: Path
) -> None:
    text = LONELY.replace(before, after, 1) if before else LONELY
    expected = left
    if expected is None:
        expected = [
            "unused-definition first:2",
            "unused-definition second:7",
            "ignore-without-effect :8",
        ]
    assert found(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("# lint: ignore unused-definition", "ignore-without-reason"),
        ("# lint: ignore unused-definition -", "ignore-without-reason"),
        ("# lint: ignore unused-definition -   ", "ignore-without-reason"),
        ("# lint: ignore unused-definitions - kept", "ignore-form"),
        ("# lint: unused-definition - kept", "ignore-form"),
        ("# lint: ignore - kept", "ignore-form"),
        ("# lint:", "ignore-form"),
        ("# lint: ignore unused-fact - kept", "ignore-without-effect"),
    ],
)
def test_a_comment_that_does_not_count(comment: str, told: str, tmp_path: Path) -> None:
    text = LONELY.replace(FIRST, f"  first:  {comment}\n")
    assert sorted(found(tmp_path, text)) == sorted(
        ["unused-definition first:2", "unused-definition second:7", f"{told} :2"]
    )


def test_several_codes_in_one_comment(tmp_path: Path) -> None:
    both = "  # lint: ignore unused-definition, uncited-item - kept for next year\n"
    bare = LONELY.replace("    basis: [uu-1-2020/1]\n", "", 1)
    assert found(tmp_path, bare.replace(FIRST, both + FIRST)) == ["unused-definition second:7"]


def test_one_of_several_codes_without_effect(tmp_path: Path) -> None:
    both = "  # lint: ignore unused-definition, uncited-item - kept for next year\n"
    assert found(tmp_path, LONELY.replace(FIRST, both + FIRST)) == [
        "ignore-without-effect :2",
        "unused-definition second:8",
    ]


@pytest.mark.parametrize(
    "says",
    [
        '"pegawai # lint: ignore x"',
        "|-\n        pegawai\n        # lint: ignore x",
        "'pegawai\n      # lint: ignore x'",
    ],
)
def test_a_text_is_no_comment(says: str, tmp_path: Path) -> None:
    old = '    says: {id: "pegawai berstatus CPNS", en: "the subject is a CPNS"}\n'
    text = LONELY.replace(old, f'    says:\n      id: {says}\n      en: "an employee"\n')
    assert {line.split()[0] for line in found(tmp_path, text)} <= {
        "unused-definition",
        "untidy-text",
    }


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_endings_do_not_matter(ending: str, tmp_path: Path) -> None:
    text = LONELY.replace(FIRST, f"  {IGNORE}\n{FIRST}").replace("\n", ending)
    assert found(tmp_path, text) == ["unused-definition second:8"]


# -- layers, places, arguments


def test_an_overlay_answers_for_itself_alone(tmp_path: Path) -> None:
    """What an overlay uses of its base counts; what its base left unused is no fault of it."""
    for name, text in (("base", BASE.read_text(encoding="utf-8")), ("mine", OVERLAY)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "base" / "more.yaml").write_text(LONELY, encoding="utf-8")
    mine, base = (lint(nr.load(tmp_path / name)) for name in ("mine", "base"))
    assert [place(f) for f in mine] == ["unused-definition mine-own:9"]
    assert [place(f) for f in base] == ["unused-definition first:2", "unused-definition second:7"]


OVERLAY = """\
ruleset:
  format: 1
  name: mine
  version: "1.0"
  title: {id: "Ruleset kementerian contoh", en: "Ruleset of an example ministry"}
  over: base
  prefix: mine
definitions:
  mine-own:
    says: {id: "pegawai berstatus CPNS", en: "the subject is a CPNS"}
    basis: [uu-1-2020/1]
    when: {subject.status: cpns, is: first}
"""


def test_an_unpickled_ruleset_has_no_places() -> None:
    rules = ruleset()
    there = lint(rules)
    assert there
    again = lint(pickle.loads(pickle.dumps(rules)))
    assert [f.code for f in again] == [f.code for f in there]
    assert all(f.position is None for f in again)
    assert str(again[0]).startswith(f"{again[0].level}[{again[0].code}]: ")


def test_findings_are_ordered_and_repeatable() -> None:
    document_ = document()
    turned: dict[str, Any] = dict(reversed(document_.items()))
    assert {(f.code, f.path) for f in lint(ruleset(document_))} == {
        (f.code, f.path) for f in lint(ruleset(turned))
    }


def test_sources_grow_stale_only_against_a_day(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    rules = nr.load(tmp_path / "mine")
    read = datetime.date(2026, 11, 21)
    limit = read + datetime.timedelta(days=3 * 365)
    assert lint(rules) == lint(rules, as_of=limit) == ()
    late = lint(rules, as_of=limit + datetime.timedelta(days=1))
    assert [f.code for f in late] == ["stale-source"] * 3


def test_scenarios_that_name_a_rule_in_a_comment_only_do_not_count(tmp_path: Path) -> None:
    assert scenario_words(tmp_path) is None
    (tmp_path / "scenarios" / "more").mkdir(parents=True)
    (tmp_path / "scenarios" / "a.yaml").write_text("# mine/a\nexpect: {mine/b: met}  # mine/c\n")
    (tmp_path / "scenarios" / "more" / "b.yaml").write_text("findings:\n  mine/d: open\n")
    words = scenario_words(tmp_path)
    assert words is not None
    assert {word for word in words if word.startswith("mine/")} == {"mine/b", "mine/d"}


def test_levels_are_ordered_by_weight() -> None:
    assert sorted(Level, key=lambda level: level.weight) == [
        Level.ADVICE,
        Level.WARNING,
        Level.ERROR,
    ]


@pytest.mark.parametrize("code", ["nothing", "README", "../README", ""])
def test_there_is_no_page(code: str) -> None:
    with pytest.raises(KeyError):
        page(code)


# -- the glossary


def test_the_glossary_does_not_contradict_itself() -> None:
    words = glossary()
    assert not {*words.forms} & {form.lower() for form in words.forms.values()}
    for form, standard in words.forms.items():
        assert not words.any_form.search(standard), form
    for english, indonesian in words.english.items():
        assert not words.any_english.search(indonesian), english
    for term in words.glosses:
        assert not words.any_term.search(words.glosses[term]), term
