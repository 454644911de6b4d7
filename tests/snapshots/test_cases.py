"""The texts and pictures of whole cases, in both languages."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from netralitas_rules.explain import phrases as p
from tests.content.files import LANGUAGES, WHOLE_CASES, decided_case
from tests.snapshots.harness import check, spaces
from tests.snapshots.test_parity import LEAD, dates, ids, numbers, of_words, places

BY_NAME = {path.stem: path for path in WHOLE_CASES}
PICTURES = ("flawed-proceeding", "superior-did-nothing")
"""Timelines shown as pictures."""
WIDTHS = ("writing", "case_proceeding")
"""The modules that wrap lines of these texts."""


def case_file(name: str) -> str:
    return f"whole-{name}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_text(path: Path, lang: str) -> None:
    decision = decided_case(path)
    text = decision.text(lang=lang)
    lines = text.split("\n")
    assert lines[-1] == ""
    assert all(line == line.rstrip() for line in lines)
    assert max(map(len, lines)) <= 103, "lines of a proceeding stand three columns further in"
    digest = decision.ruleset.digest[:16]
    assert text.count(digest) == 1
    check(f"{case_file(path.stem)}.{lang}.txt", text.replace(digest, "0" * len(digest)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, lang: str) -> None:
    check(f"{case_file(name)}.{lang}.svg", decided_case(BY_NAME[name]).svg(lang=lang))


def unwrapped(path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The lines in each language. Where a provision was read is told in one language only."""
    for module in WIDTHS:
        monkeypatch.setattr(f"netralitas_rules.explain.{module}.WIDTH", 100_000)
    decision = decided_case(path)
    found = {}
    for lang in LANGUAGES:
        text = decision.text(lang=lang)
        for citation in decision.citations:
            text = text.replace(f"; {citation.source}\n", "\n")
        found[lang] = text.splitlines()
    return found


@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_both_languages_say_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line: the same lead, ids, records, places, days and numbers."""
    lines = unwrapped(path, monkeypatch)
    assert len(lines["id"]) == len(lines["en"])
    keys = {e.key for e in decided_case(path).timeline}
    for first, second in zip(lines["id"], lines["en"], strict=True):
        both = f"{first}\n{second}"
        assert of_words(first) == of_words(second), both
        lead, other_lead = LEAD.match(first), LEAD.match(second)
        assert lead is not None
        assert other_lead is not None
        assert lead[0] == other_lead[0], both
        assert ids(first) == ids(second), both
        assert places(first) == places(second), both
        assert dates(first, "id") == dates(second, "en"), both
        assert numbers(first) == numbers(second), both
        named = [re.findall(r"[a-z0-9-]+", line) for line in (first, second)]
        mine, theirs = ([word for word in words if word in keys and "-" in word] for words in named)
        assert mine == theirs, both


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_a_text_says_what_the_case_says(path: Path, lang: str) -> None:
    """Every matter with its outcome, every path, record, fault and finding is told."""
    decision = decided_case(path)
    text = spaces(decision.text(lang=lang))
    for matter in decision.matters:
        assert matter.outcome is not None
        assert f"{matter.key}: {p.OUTCOMES[matter.outcome].in_language(lang)}" in text
    for outcome in decision.regimes:
        for one in outcome.paths:
            assert one.at.path in text
            assert one.settled_by is None or one.settled_by in text
    for entry in decision.timeline:
        assert entry.key in text
    for finding in decision.findings:
        assert f"[{finding.code}]" in text
    for proceeding in decision.proceedings:
        for fault in proceeding.proceeding.findings:
            assert fault.asks.in_language(lang) in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_no_word_of_a_program_is_left_in_a_text(path: Path, lang: str) -> None:
    """Codes of offices, steps and kinds are told in words; places in a report stay as they are."""
    text = re.sub(r"[a-z]+\[\d\]\.[a-z_.]+", "", decided_case(path).text(lang=lang))
    assert re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text) == []
    assert "None" not in text
    assert not re.search(r"\(\s*\)", text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_a_picture_shows_every_entry_inside_its_frame(path: Path, lang: str) -> None:
    decision = decided_case(path)
    root = ElementTree.fromstring(decision.svg(lang=lang))
    height = float(root.attrib["height"])
    texts = ["".join(one.itertext()) for one in root.iter() if one.tag.endswith("text")]
    for entry in decision.timeline:
        assert any(entry.key in text for text in texts), entry.key
    days = [one for one in root.iter() if one.attrib.get("x") == "16" and one.text]
    assert all(len(one.text or "") <= 31 for one in days if "font-size" not in one.attrib)
    for one in root.iter():
        for name in ("y", "cy", "y1", "y2"):
            assert 0 <= float(one.attrib.get(name, 0)) <= height
