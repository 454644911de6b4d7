"""Every text that people read, in rulesets, codebook and phrases: there in both languages."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from netralitas_rules.explain import deadlines, law_phrases, phrases, words
from netralitas_rules.law.model import Text
from netralitas_rules.loading.tree import parse
from tests.content.files import ROOT, RULE_FILES, SCENARIO_FILES

FACTS = ROOT / "src" / "netralitas_rules" / "facts" / "facts.yaml"
DATA = (*RULE_FILES, *SCENARIO_FILES, FACTS)


def content_of(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8"), path.name).plain()


def pairs(content: Any, place: str) -> Iterator[tuple[str, str, str]]:
    """Every `{id: ..., en: ...}` below a place."""
    if isinstance(content, dict):
        if set(content) == {"id", "en"} and all(isinstance(v, str) for v in content.values()):
            yield place, content["id"], content["en"]
            return
        for key, value in content.items():
            yield from pairs(value, f"{place} > {key}")
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from pairs(value, f"{place} > {index}")


def of_module(content: object, place: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(content, Text):
        yield place, content.id, content.en
    elif isinstance(content, Mapping):
        for key, value in content.items():
            yield from of_module(value, f"{place} > {key}")


@cache
def texts() -> tuple[tuple[str, str, str], ...]:
    """Place, Indonesian, English."""
    found = [
        pair for path in DATA for pair in pairs(content_of(path), f"{path.parent.name}/{path.name}")
    ]
    for module in (phrases, law_phrases, words, deadlines):
        for name, value in vars(module).items():
            found += of_module(value, f"{module.__name__}.{name}")
    return tuple(found)


def test_texts_are_found() -> None:
    """That the tests below look at something."""
    places = [place for place, _, _ in texts()]
    assert len(places) > 1_000
    for start in ("national/violations-", "national/questions", "kemenkumham/", "facts/facts.yaml"):
        assert any(place.startswith(start) for place in places)
    assert any("phrases.OUTCOMES" in place for place in places)


def wrong(test: re.Pattern[str], lang: str) -> list[str]:
    at = {"id": 1, "en": 2}[lang]
    return [f"{pair[0]}: {pair[at]}" for pair in texts() if test.search(pair[at])]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "test",
    [r"^\s*$", r"  |\t|\n", r"^\s|\s$", r" [,.;:?)]|\( ", r",,|\.\.(?!\.)|;;"],
    ids=["empty", "double spaces", "spaces around", "a space before a mark", "a mark twice"],
)
def test_form(test: str, lang: str) -> None:
    assert wrong(re.compile(test), lang) == []


ENGLISH = re.compile(r"\b(?:the|of|and|or|which|with|for|from|is|was|are|by|not|to)\b", re.I)
INDONESIAN = re.compile(
    r"\b(?:yang|dan|atau|dengan|untuk|pada|dari|tidak|oleh|dalam|adalah|sebagai|bagi)\b", re.I
)
NAMES = re.compile(r"""`[^`]*`|"[^"]*"|\b(?:Vice President|Lapor!)\b|\b[a-z]+_[a-z_]+\b""")
"""Codes and quoted words may be of the other language."""


def test_no_english_in_indonesian_texts() -> None:
    found = [
        f"{place}: {text}" for place, text, _ in texts() if ENGLISH.search(NAMES.sub("", text))
    ]
    assert found == []


def test_no_indonesian_in_english_texts() -> None:
    """Names in brackets and what follows a name of an institution are left as they are."""
    found = [
        f"{place}: {text}"
        for place, _, text in texts()
        if INDONESIAN.search(re.sub(r"\([^)]*\)", "", NAMES.sub("", text)))
    ]
    assert found == []


def test_longer_texts_differ() -> None:
    same = {place: text for place, text, other in texts() if text == other and len(text) > 20}
    assert same == {}


DECREE = re.compile(r"\bSKB 2022\b|\b[Jj]oint [Dd]ecree 2022\b|\b(?:decree|rows) of 2022\b")


def numbers(text: str) -> set[str]:
    """Numbers of articles, dates and amounts; the year of the decree may go without saying."""
    return set(re.findall(r"\d+", DECREE.sub("", text)))


WRITTEN_OUT = re.compile(
    r"\b(?:satu|dua|tiga|empat|lima|enam|tujuh|sebelas|one|two|three|four|five|six|seven|eleven)\b"
)


def test_both_languages_give_the_same_numbers() -> None:
    """But where one writes a number out, and in titles, which may add the day."""
    found = [
        f"{place}: {first} | {second}"
        for place, first, second in texts()
        if not place.endswith("> title")
        and numbers(first) != numbers(second)
        and not WRITTEN_OUT.search(first)
        and not WRITTEN_OUT.search(second)
    ]
    assert found == []


# -- provisions


def provisions() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in RULE_FILES:
        for name, item in content_of(path).get("provisions", {}).items():
            yield f"{path.name}: {name}", item


def test_every_provision_says_how_it_is_known() -> None:
    found = dict(provisions())
    assert len(found) > 100
    for place, item in found.items():
        assert item["mark"] in ("A", "B", "C"), place
        assert item["text"] in ("seen", "summary", "unseen"), place
        assert item["source"].strip(), place
        assert item["says"]["id"].strip(), place


def test_what_was_read_says_when() -> None:
    """An official copy is named with the day on which it was read."""
    for place, item in provisions():
        if item["text"] == "seen" and item["source"].startswith("official copy"):
            assert re.search(r"read 20\d\d-\d\d-\d\d", item["source"]), place


def test_what_is_inferred_was_not_seen_as_such() -> None:
    for place, item in provisions():
        if item["mark"] == "C":
            assert item["text"] != "seen" or "inferred" in item["source"], place
