"""Gathering the files of a ruleset: which are read, what the digest depends on."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from netralitas_rules.loading import gather
from netralitas_rules.loading.diagnostics import Code, Refused
from netralitas_rules.loading.gather import Gathered, gather_documents, gather_folder
from netralitas_rules.loading.merge import merge
from tests.golden.harness import BASE, HERE

GOOD = HERE / "good"
MANIFEST = """
ruleset: {format: 1, name: small, version: "1.0", title: {id: "a", en: "b"}}
"""
KINDS = """
kinds:
  one: {says: {id: "satu", en: "one"}}
  two: {says: {id: "dua", en: "two"}}
"""


def folder(around: Path, **files: str) -> Path:
    """A folder with these files; `_` in a name stands for `/`, `-` for `.`."""
    base = around / "small"
    for name, text in files.items():
        path = base / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return base


def names(gathered: Gathered, section: str = "kinds") -> list[str]:
    return list(gathered.sections[section])


def test_which_files_are_read(tmp_path: Path) -> None:
    """Every `.yaml` and `.yml`, in folders too, in the order of their names; no scenarios."""
    found = gather_folder(
        folder(
            tmp_path,
            b_yml=MANIFEST,
            a_yaml="kinds: {one: {says: {id: a, en: b}}}",
            c__d__e_yaml="kinds: {two: {says: {id: a, en: b}}}",
            c__f_yml="kinds: {three: {says: {id: a, en: b}}}",
            notes_txt="kinds: nonsense",
            g_YAML="kinds: {four: {says: {id: a, en: b}}}",
            scenarios__h_yaml="scenarios: {}",
            README="nonsense",
        )
    )
    assert [name for name, _ in found.documents] == [
        "small/a.yaml",
        "small/b.yml",
        "small/c/d/e.yaml",
        "small/c/f.yml",
        "small/g.YAML",
    ]
    assert names(found) == ["one", "two", "three", "four"]
    assert found.manifest.name == "small"


@pytest.mark.parametrize("text", ["subjects: [{}]", "incidents: []", "scenarios: {}"])
def test_what_is_no_ruleset(text: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        gather_folder(folder(tmp_path, a_yaml=MANIFEST, b_yaml=text))
    (only,) = caught.value.diagnostics
    assert only.code is Code.UNKNOWN_KEY
    assert "not rules" in only.message
    assert "`scenarios`" in only.help
    assert only.positions[0].source == "small/b.yaml"


def test_items_know_their_places(tmp_path: Path) -> None:
    found = gather_folder(folder(tmp_path, a_yaml=MANIFEST, b_yaml=KINDS))
    item = found.sections["kinds"]["two"]
    assert (item.id, item.doc.says.en, item.raw) == (
        "two",
        "two",
        {"says": {"id": "dua", "en": "two"}},
    )
    assert str(item.place.diagnostic(Code.CYCLE, "m").positions[0]) == "small/b.yaml:4:3"
    assert str(found.manifest_place.diagnostic(Code.CYCLE, "m").positions[0]) == "small/a.yaml:2:1"


SAME = {
    "other names": {"x_yaml": MANIFEST, "y_yaml": KINDS},
    "another order": {"a_yaml": KINDS, "b_yaml": MANIFEST},
    "comments and quotes": {
        "a_yaml": "# a comment\n" + MANIFEST,
        "b_yaml": KINDS.replace('"', "'"),
    },
    "in a folder": {"a_yaml": MANIFEST, "c__b_yaml": KINDS},
    "other line ends": {"a_yaml": MANIFEST, "b_yaml": KINDS.replace("\n", "\r\n")},
    "as JSON": {
        "a_yaml": MANIFEST,
        "b_yaml": json.dumps(
            {
                "kinds": {
                    k: {"says": {"id": i, "en": k}} for k, i in (("one", "satu"), ("two", "dua"))
                }
            }
        ),
    },
}


@pytest.mark.parametrize("files", SAME.values(), ids=SAME)
def test_the_digest_is_of_the_content(files: dict[str, str], tmp_path: Path) -> None:
    """Not of names, order of files, comments, quotes or line ends."""
    first = gather_folder(folder(tmp_path / "1", a_yaml=MANIFEST, b_yaml=KINDS))
    second = gather_folder(folder(tmp_path / "2", **files))
    assert first.digest == second.digest
    assert len(first.digest) == 64


@pytest.mark.parametrize(
    ("old", "new"),
    [('"dua"', '"Dua"'), ("two:", "too:"), ("  one:", "  three:"), ('"1.0"', '"1.1"')],
)
def test_the_digest_changes_with_the_content(old: str, new: str, tmp_path: Path) -> None:
    text = MANIFEST + KINDS
    assert old in text
    first = gather_folder(folder(tmp_path / "1", a_yaml=text))
    second = gather_folder(folder(tmp_path / "2", a_yaml=text.replace(old, new)))
    assert first.digest != second.digest


@pytest.mark.parametrize("source", [BASE, GOOD / "plain", GOOD / "time"], ids=lambda p: p.name)
def test_from_contents_that_were_read_before(source: Path) -> None:
    """The same items and digest, without places."""
    first = gather_folder(source)
    second = gather_documents(first.documents)
    assert second.digest == first.digest
    assert second.documents == first.documents
    for section, items in first.sections.items():
        again = second.sections[section]
        assert list(again) == list(items)
        assert [item.doc for item in again.values()] == [item.doc for item in items.values()]
    assert second.manifest_place.diagnostic(Code.CYCLE, "m").positions == ()


def test_contents_that_are_wrong() -> None:
    """Without files there are paths and headings, but no places."""
    content: dict[str, Any] = {"kinds": {"a": {"sayz": 1}}, "questions": 5}
    with pytest.raises(Refused) as caught:
        gather_documents((("a.yaml", content),))
    assert {(d.code, d.path, d.positions) for d in caught.value.diagnostics} == {
        (Code.MISSING_KEY, ("kinds", "a", "says"), ()),
        (Code.UNKNOWN_KEY, ("kinds", "a", "sayz"), ()),
        (Code.WRONG_TYPE, ("questions",), ()),
    }


def test_an_item_in_two_contents() -> None:
    content = {"kinds": {"a": {"says": {"id": "a", "en": "b"}}}}
    with pytest.raises(Refused) as caught:
        gather_documents((("a.yaml", content), ("b.yaml", content)))
    assert [(d.code, d.path) for d in caught.value.diagnostics] == [
        (Code.DUPLICATE_ITEM, ("kinds", "a"))
    ]


def test_no_contents() -> None:
    with pytest.raises(Refused) as caught:
        gather_documents(())
    assert [d.code for d in caught.value.diagnostics] == [Code.MISSING_KEY]


def test_problems_of_all_files_together(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        gather_folder(
            folder(tmp_path, a_yaml="kinds: 5", b_yaml="kinds: {a: 5}", c_yaml="questions: []")
        )
    assert [d.positions[0].source for d in caught.value.diagnostics] == [
        "small/a.yaml",
        "small/b.yaml",
        "small/c.yaml",
    ]


def test_a_text_that_cannot_be_read_stops_before_the_shape(tmp_path: Path) -> None:
    """Traps of the text in every file first; the shape is looked at when they are gone."""
    with pytest.raises(Refused) as caught:
        gather_folder(folder(tmp_path, a_yaml="kinds: yes", b_yaml="kinds: 5", c_yaml="kinds: ~"))
    assert [d.code for d in caught.value.diagnostics] == [Code.BOOLEAN_WORD, Code.NULL]


def test_a_folder_may_be_copied(tmp_path: Path) -> None:
    shutil.copytree(GOOD / "plain", tmp_path / "elsewhere")
    first, second = gather_folder(GOOD / "plain"), gather_folder(tmp_path / "elsewhere")
    assert first.digest == second.digest
    assert merge(first).digest == first.digest


def test_a_folder_that_holds_too_much_or_cannot_be_listed_is_no_ruleset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "MAX_ENTRIES", 3)
    for number in range(4):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(Refused) as refused:
        gather_folder(tmp_path)
    assert refused.value.diagnostics[0].code is Code.UNKNOWN_RULESET
    gone = tmp_path / "gone"
    with pytest.raises(Refused) as refused:
        gather_folder(gone)
    assert refused.value.diagnostics[0].code is Code.FILE_UNREADABLE
