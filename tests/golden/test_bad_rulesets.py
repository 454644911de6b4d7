"""The zoo of wrong rulesets: one mistake a file, the expected diagnostics beside it.

A file of `bad_rulesets` is put beside the files of the tiny good ruleset in `base`; a folder is a
ruleset of its own, or an overlay over `base` if its manifest says so.
"""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.loading import tree
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.gather import MAX_FILES
from netralitas_rules.loading.source import MAX_BYTES
from netralitas_rules.loading.tree import MAX_DEPTH, MAX_DIAGNOSTICS
from tests.golden.harness import (
    BASE,
    HERE,
    SUFFIX,
    beside_base,
    check,
    expectation_of,
    overlay,
    plain_all,
    underlined,
)
from tests.written import plain_yaml

ZOO = HERE / "bad_rulesets"
CASES = sorted(p for p in ZOO.iterdir() if not p.name.endswith(SUFFIX))
NAMES = [p.stem for p in CASES]


def refused(folder: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(Refused) as caught:
        nr.load(folder)
    return caught.value.diagnostics


def laid_out(case: Path, around: Path) -> Path:
    """The folder to load for a case; `around` is an empty folder."""
    shutil.copytree(BASE, around / "base")
    if not case.is_dir():
        shutil.copy(case, around / "base" / "wrong.yaml")
        return around / "base"
    shutil.copytree(case, around / case.name)
    for other in (case / "beside").glob("*"):  # what it lies over, where that is not the base
        shutil.move(around / case.name / "beside" / other.name, around / other.name)
    if case.name == "overlay-other-name":
        (around / "base").rename(around / "other")
    return around / case.name


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Every case, laid out once for all tests."""
    return {case: laid_out(case, tmp_path_factory.mktemp(case.stem)) for case in CASES}


def expected(case: Path) -> list[dict[str, Any]]:
    path = expectation_of(case)
    written = plain_yaml(path.read_text(encoding="utf-8")) if path.exists() else []
    return list(written)


def test_the_base_is_good() -> None:
    assert nr.load(BASE).name == "base"


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_diagnostics(case: Path, folders: dict[Path, Path], update_golden: bool) -> None:
    found = plain_all(refused(folders[case]))
    check(found, expectation_of(case), update=update_golden)


def test_every_expectation_has_its_case() -> None:
    assert len(set(NAMES)) == len(NAMES)
    written = {p.name for p in ZOO.iterdir() if p.name.endswith(SUFFIX)}
    assert written == {expectation_of(case).name for case in CASES}


NOT_OF_A_RULESET = {
    Code.JSON_SYNTAX,
    Code.NOT_A_MAPPING,
    Code.CONTRADICTORY_FACTS,
    Code.STAGE_DEPARTS,
    Code.DATE_ORDER,
    Code.TOO_MANY_FRAMES,
    Code.NOT_IN_FORCE,
    Code.MISSING_EXTRA,
    Code.HASH_MISMATCH,
}
MADE_BELOW = {Code.TOO_LARGE, Code.FILE_UNREADABLE}


def test_every_code_has_a_case() -> None:
    written = {Code(diagnostic["code"]) for case in CASES for diagnostic in expected(case)}
    assert set(Code) - written == NOT_OF_A_RULESET | MADE_BELOW


# -- places


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_places_lie_in_the_file(case: Path, folders: dict[Path, Path]) -> None:
    """Line and column are those of an editor, and the text shown is the line of the file."""
    for diagnostic in refused(folders[case]):
        for position in diagnostic.positions:
            data = (folders[case].parent / position.source).read_bytes()
            line = data.decode("utf-8", errors="replace").split("\n")[position.line - 1]
            assert 1 <= position.column <= len(line) + 1
            if diagnostic.code not in (Code.NOT_UTF8, Code.EMPTY):
                assert position.text == line


WHOLE_KEY = {Code.UNKNOWN_KEY, Code.DUPLICATE_ITEM, Code.UNKNOWN_FACT}
KEYS = [c for c in CASES if any(d["code"] in WHOLE_KEY for d in expected(c))]


@pytest.mark.parametrize("case", KEYS, ids=lambda case: case.stem)
def test_what_is_wrong_is_underlined_whole(
    case: Path, folders: dict[Path, Path], request: pytest.FixtureRequest
) -> None:
    """An unknown or doubled name: the caret stands under this name, from end to end."""
    for diagnostic in refused(folders[case]):
        if diagnostic.code in WHOLE_KEY:
            name = diagnostic.message.split("`")[1]
            name = "ruleset" if diagnostic.path == ("ruleset",) else name
            for position in diagnostic.positions:
                assert underlined(position) in (name, f'"{name}"', f"'{name}'")


# -- the two parsers


BY_PARSER = {"text-control-character": "libyaml tells bytes where a place is of characters"}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_both_parsers_refuse_alike(
    case: Path,
    folders: dict[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """Equal: everything but the sentence of a syntax error, which each parser words itself."""
    monkeypatch.setattr(tree, "_PARSER", tree.PureParser)
    found = plain_all(refused(folders[case]))
    assert _without_sentences(found) == _without_sentences(expected(case))


def _without_sentences(diagnostics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {k: v for k, v in d.items() if k != "message" or d["code"] != Code.YAML_SYNTAX}
        for d in diagnostics
    ]


# -- words


NO_CURE = "says neither what is expected nor what to do"
FOREIGN = "speaks of Python, pydantic or regular expressions"
_FOREIGN = re.compile(
    r"Node\(|dict\[|list\[|\bdictionary\b|string should|after validation|\{'|None|\^[\[\\]"
)


def poor(diagnostic: dict[str, Any]) -> str:
    """What is poor about the words of a diagnostic; empty where nothing is."""
    words = [diagnostic.get(k, "") for k in ("message", "expected", "help", "heading", "in")]
    if any(_FOREIGN.search(text) for text in words):
        return FOREIGN
    if "expected" not in diagnostic and "help" not in diagnostic:
        return NO_CURE
    if words[0].endswith(".") or words[0][0].isupper():
        return "is no clause in lower case"
    if any("\n" in text for text in words):
        return "has several lines"
    return ""


def test_words() -> None:
    """Each says in plain words what is wrong and what to do, as a clause in lower case."""
    found = {case.stem: {poor(d) for d in expected(case)} - {""} for case in CASES}
    assert {name: kinds for name, kinds in found.items() if kinds} == {}


# -- what is made here because it is too large, too many, or no file at all


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    (diagnostic,) = refused(beside_base("#" * (MAX_BYTES + 1), tmp_path))
    assert diagnostic.code is Code.TOO_LARGE
    assert str(diagnostic.positions[0]) == "base/wrong.yaml:1:1"
    assert diagnostic.expected == f"at most {MAX_BYTES} bytes"


def test_a_file_at_the_limit(tmp_path: Path) -> None:
    text = "kinds: {}\n"
    assert nr.load(beside_base(text + "#" * (MAX_BYTES - len(text)), tmp_path)).name == "base"


def test_an_empty_folder(tmp_path: Path) -> None:
    (diagnostic,) = refused(tmp_path)
    assert diagnostic.code is Code.UNKNOWN_RULESET
    assert diagnostic.found == f"0 YAML files in {tmp_path.name}"


def test_too_many_files(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "base")
    for number in range(MAX_FILES - 1):
        (tmp_path / "base" / f"{number}.yml").write_text("kinds: {}\n")
    (diagnostic,) = refused(tmp_path / "base")
    assert diagnostic.code is Code.UNKNOWN_RULESET
    assert diagnostic.found == f"{MAX_FILES + 1} YAML files in base"


def test_nested_to_the_limit(tmp_path: Path) -> None:
    """As deep as allowed is refused for what it says, not for its depth; one deeper for that."""
    deep = "kinds: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    (diagnostic,) = refused(beside_base(deep, tmp_path))
    assert diagnostic.code is Code.WRONG_TYPE
    (tmp_path / "base" / "wrong.yaml").write_text(f"kinds: [{deep[7:]}]")
    (diagnostic,) = refused(tmp_path / "base")
    assert diagnostic.code is Code.TOO_DEEP
    assert diagnostic.positions[0].column == len("kinds: ") + MAX_DEPTH


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_a_million_nested(bracket: str, tmp_path: Path) -> None:
    (diagnostic,) = refused(beside_base((bracket * 1_000_000)[:MAX_BYTES], tmp_path))
    assert diagnostic.code is Code.TOO_DEEP


def test_an_alias_bomb(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, letter in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{letter}: &{letter} [{', '.join([f'*{before}'] * 9)}]\n"
    (diagnostic,) = refused(beside_base(bomb, tmp_path))
    assert diagnostic.code is Code.YAML_ALIAS
    assert underlined(diagnostic.positions[0]) == "&a ["


@pytest.mark.parametrize(
    "text",
    [
        "kinds: {" + ", ".join(f"k{n}: yes" for n in range(60)) + "}",
        "".join(f"unknown-{n}: 1\n" for n in range(60)),
        "definitions:\n"
        + "".join(
            f"  d{n}: {{says: {{id: a, en: b}}, when: {{act.audience: nowhere}}}}\n"
            for n in range(60)
        ),
    ],
    ids=["text", "shape", "links"],
)
def test_the_first_problems_only(text: str, tmp_path: Path) -> None:
    """Sixty mistakes of one stage: the first are told, in the order of the file."""
    found = refused(beside_base(text, tmp_path))
    places = [(d.positions[0].line, d.positions[0].column) for d in found]
    assert len(found) == MAX_DIAGNOSTICS
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("name", "help_"), [("natonal", "did you mean `national`?"), ("/no/such/folder", "")]
)
def test_a_name_that_is_none(name: str, help_: str) -> None:
    with pytest.raises(Refused) as caught:
        nr.load(name)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.help) == (Code.UNKNOWN_RULESET, help_)
    assert diagnostic.found == f"`{name}`"


# -- several layers


def test_an_overlay_over_an_overlay(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "base")
    overlay("over: base, prefix: kem", tmp_path, name="middle")
    (diagnostic,) = refused(overlay("over: middle, prefix: sub", tmp_path, name="top"))
    assert diagnostic.code is Code.OVERLAY


def test_an_overlay_over_a_base_with_fixes(tmp_path: Path) -> None:
    """What the base alone is refused for is not left out silently under an overlay."""
    shutil.copytree(BASE, tmp_path / "base")
    manifest = (BASE / "ruleset.yaml").read_text()
    fixes = "  fixes: {who-counts: {reading: few, decision: x}}\n"
    (tmp_path / "base" / "ruleset.yaml").write_text(manifest + fixes)
    alone = refused(tmp_path / "base")
    assert refused(overlay("over: base, prefix: kem", tmp_path)) == alone


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    folder = beside_base("kinds: {}", tmp_path)
    (folder / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    (diagnostic,) = refused(folder)
    assert diagnostic.code is Code.FILE_UNREADABLE
