"""The zoo of wrong rulesets: one mistake a file, the expected diagnostics beside it.

A file of `bad_rulesets` is put beside the files of the tiny good ruleset in `base`; a folder is a
ruleset of its own, or an overlay over `base` if its manifest says so.
"""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import netralitas_rules as nr
from netralitas_rules.loading import tree
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.gather import MAX_FILES
from netralitas_rules.loading.source import MAX_BYTES
from netralitas_rules.loading.tree import MAX_DIAGNOSTICS
from tests.golden.harness import (
    BASE,
    HERE,
    SUFFIX,
    check,
    expectation_of,
    plain_all,
    underlined,
)

ZOO = HERE / "bad_rulesets"
CASES = sorted(p for p in ZOO.iterdir() if not p.name.endswith(SUFFIX))
NAMES = [p.stem for p in CASES]


def laid_out(case: Path, around: Path) -> Path:
    """The folder to load for a case; `around` is an empty folder."""
    shutil.copytree(BASE, around / "base")
    if not case.is_dir():
        shutil.copy(case, around / "base" / "wrong.yaml")
        return around / "base"
    shutil.copytree(case, around / case.name)
    if case.name == "overlay-other-name":
        (around / "base").rename(around / "other")
    return around / case.name


def refused(folder: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(Refused) as caught:
        nr.load(folder)
    return caught.value.diagnostics


def beside_base(text: str | bytes, around: Path) -> Path:
    """The folder of `base` with one more file."""
    folder = around / "base"
    shutil.copytree(BASE, folder)
    data = text.encode() if isinstance(text, str) else text
    (folder / "wrong.yaml").write_bytes(data)
    return folder


def test_the_base_is_good() -> None:
    assert nr.load(BASE).name == "base"


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_diagnostics(case: Path, tmp_path: Path, update_golden: bool) -> None:
    found = refused(laid_out(case, tmp_path))
    check(plain_all(found), expectation_of(case), update=update_golden)


def test_every_expectation_has_its_case() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {p.name for p in ZOO.iterdir() if p.name.endswith(SUFFIX)} == {
        expectation_of(case).name for case in CASES
    }


NOT_OF_A_RULESET = {
    Code.JSON_SYNTAX,
    Code.NOT_A_MAPPING,
    Code.CONTRADICTORY_FACTS,
    Code.DATE_ORDER,
    Code.TOO_MANY_FRAMES,
}
MADE_BELOW = {Code.TOO_LARGE, Code.FILE_UNREADABLE}


def test_every_code_has_a_case() -> None:
    written = {
        Code(diagnostic["code"])
        for case in CASES
        for diagnostic in yaml.safe_load(expectation_of(case).read_text(encoding="utf-8"))
    }
    assert set(Code) - written == NOT_OF_A_RULESET | MADE_BELOW


# -- positions


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_positions_lie_in_the_file(case: Path, tmp_path: Path) -> None:
    """Line and column are those of an editor, and the text shown is the line of the file."""
    for diagnostic in refused(laid_out(case, tmp_path)):
        for position in diagnostic.positions:
            data = (tmp_path / position.source).read_bytes()
            lines = data.decode("utf-8", errors="replace").split("\n")
            if diagnostic.code is not Code.NOT_UTF8:
                assert position.text == lines[position.line - 1]
            assert 1 <= position.column <= len(lines[position.line - 1]) + 1


KEY_CODES = {Code.UNKNOWN_KEY, Code.DUPLICATE_KEY, Code.DUPLICATE_ITEM}
OFF = {"text-quoted-unknown-key": "the length of a quoted key is counted without its quotes"}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.stem,
            marks=[pytest.mark.xfail(reason=OFF[case.stem])] if case.stem in OFF else [],
        )
        for case in CASES
        if any(
            Code(d["code"]) in KEY_CODES and d["in"] != "ruleset"
            for d in yaml.safe_load(expectation_of(case).read_text(encoding="utf-8"))
            if "in" in d
        )
    ],
)
def test_a_wrong_key_is_underlined_whole(case: Path, tmp_path: Path) -> None:
    for diagnostic in refused(laid_out(case, tmp_path)):
        if diagnostic.code in KEY_CODES and diagnostic.path:
            for position in diagnostic.positions:
                assert underlined(position).strip("\"'") == diagnostic.path[-1]
                assert underlined(position)[0] in (diagnostic.path[-1][0], '"', "'")
                assert len(underlined(position)) != len(diagnostic.path[-1]) + 1


# -- the two parsers


PARSERS_DIFFER = {"text-control-character": "libyaml counts bytes, the position is of characters"}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.stem,
            marks=[pytest.mark.xfail(reason=PARSERS_DIFFER[case.stem])]
            if case.stem in PARSERS_DIFFER
            else [],
        )
        for case in CASES
    ],
)
def test_both_parsers_refuse_alike(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Equal: everything but the sentence of a syntax error, which each parser words itself."""
    monkeypatch.setattr(tree, "_PARSER", yaml.SafeLoader)
    found = plain_all(refused(laid_out(case, tmp_path)))
    assert _parser_free(found) == _parser_free(
        yaml.safe_load(expectation_of(case).read_text(encoding="utf-8"))
    )


def _parser_free(diagnostics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {k: v for k, v in d.items() if k != "message" or d["code"] != Code.YAML_SYNTAX}
        for d in diagnostics
    ]


# -- how they read


NO_CURE = "says neither what is expected nor what to do"
PYTHON = "speaks of Python or pydantic"
POOR = {
    "calendar-shape": PYTHON,
    "condition-cycle": NO_CURE,
    "condition-unknown-definition": PYTHON,
    "comparison": NO_CURE,
    "manifest-shape": PYTHON,
    "overlay-fixes-shape": PYTHON,
    "question-default": NO_CURE,
}
_FOREIGN = re.compile(
    r"Node\(|dict\[|list\[|\bdictionary\b|string should|after validation|should match|\{'|None"
)


def poor(diagnostic: Diagnostic) -> str:
    """What is poor about the words of a diagnostic; empty where nothing is."""
    words = [diagnostic.message, diagnostic.expected, diagnostic.help, diagnostic.heading]
    if any(_FOREIGN.search(text) for text in words):
        return PYTHON
    if not diagnostic.expected and not diagnostic.help:
        return NO_CURE
    if diagnostic.message.endswith(".") or diagnostic.message[0].isupper():
        return "is no clause in lower case"
    if any("\n" in text for text in words):
        return "has several lines"
    return ""
