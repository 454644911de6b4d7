"""Promise 4: both languages say the same: ids, statuses, citations, numbers, dates, line by line.

The texts are rendered without wrapping, so that a line of one language is a line of the other.
"""

import datetime
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import Finding
from netralitas_rules.explain import phrases as p
from netralitas_rules.law.model import Text
from tests.content.files import EXAMPLE_FILES, LANGUAGES, decided
from tests.snapshots.harness import OWN, spaces

ALL = (*EXAMPLE_FILES, *OWN)

MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
"""Written here once more: the tests do not ask the renderer for the names of the months."""

WORDED = {
    lang: re.compile(rf"(\d{{1,2}}) ({names.replace(' ', '|')}) (\d{{4}})")
    for lang, names in MONTHS.items()
}
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def dates(line: str, lang: str) -> list[datetime.date]:
    """Days in a line, in words or figures, in the order of the line."""
    found = [
        (m.start(), datetime.date(int(m[3]), MONTHS[lang].split().index(m[2]) + 1, int(m[1])))
        for m in WORDED[lang].finditer(line)
    ]
    found += [
        (m.start(), datetime.date(int(m[1]), int(m[2]), int(m[3]))) for m in ISO.finditer(line)
    ]
    return [day for _, day in sorted(found)]


@cache
def known_ids() -> frozenset[str]:
    """Every id of the ruleset that can stand in a text."""
    plan = nr.load("kemenkumham").plan
    rows = {row.id for of_rule in plan.rows.values() for row in of_rule}
    readings = {r.id for q in plan.questions.values() for r in q.readings}
    return frozenset(
        {*plan.questions, *readings, *rows}
        | {rule.id for rule in plan.rules}
        | {constraint.id for constraint in plan.constraints}
        | {fact.spec.path for fact in plan.space.facts}
    )


def ids(line: str) -> list[str]:
    """Ids in a line; single words are none, they may be words of a language."""
    tokens = [token.strip(',;:()[]".') for token in line.split()]
    return [t for t in tokens if t in known_ids() and re.search(r"[-/._]", t)]


def places(line: str) -> list[str]:
    return re.findall(r"(?:subjects|acts|beneficiaries)\[\d+\][a-z_.]+", line)


DECREE = re.compile(r"\bSKB 2022\b|\b[Jj]oint [Dd]ecree 2022\b|\b(?:decree|rows) of 2022\b")
"""The year of the decree may be left out where it is clear which one is meant."""


def numbers(line: str) -> set[str]:
    return set(re.findall(r"\d+", DECREE.sub("", line)))


LISTS = ("norm", "basis", "sanctions")


def listed(line: str, lang: str) -> int | None:
    """How many items a line lists that is made of items; None for other lines."""
    heads = tuple(f"{p.PHRASES[key].in_language(lang)}: " for key in LISTS)
    return line.count("; ") + 1 if line.lstrip().startswith(heads) else None


LEAD = re.compile(r"^( *)(- |\d+\. |\[[v?x ]\] |=> )?")

Table = Iterable[tuple[str, Text]]
EXCUSED = p.PHRASES["excused"]
OF_FINDINGS: Table = (
    *p.FINDING.items(),
    *p.CONSEQUENCE.items(),
    *p.PERMISSION.items(),
    ("excused", EXCUSED),
)
OF_ELEMENTS: Table = (*p.ELEMENT.items(), *p.EXCEPTION.items())
OF_CHANGES: Table = tuple(p.CHANGED.items())


def word(text: str, lang: str, table: Table) -> set[str]:
    """Codes of a table for which this text stands in a language."""
    return {str(code) for code, words in table if words.in_language(lang) == text}


def status(line: str, lang: str) -> set[str]:
    """Codes of the status that a line states; empty where it states none."""
    found = LEAD.match(line)
    assert found is not None
    rest, mark = line[found.end() :], found[2] or ""
    if mark == "=> ":
        return word(rest, lang, OF_FINDINGS)
    if mark.startswith("["):
        return word(rest.split(": ", 1)[0], lang, OF_ELEMENTS)
    if " -> " in line:
        before, after = rest.split(": ", 1)[1].split(" -> ")
        return {
            f"{was} to {would}"
            for was in word(before, lang, OF_CHANGES)
            for would in word(after, lang, OF_CHANGES)
        }
    return set()


def pairs(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The lines of both languages. Where a provision was read is told in one language only."""
    monkeypatch.setattr("netralitas_rules.explain.writing.WIDTH", 100_000)
    decision = decided(path)
    sources = {citation.source for citation in decision.citations}
    texts = []
    for lang in LANGUAGES:
        text = decision.text(lang=lang)
        for source in sources:
            text = text.replace(f"; {source}\n", "\n")
        texts.append(text.splitlines())
    first, second = texts
    assert len(first) == len(second)
    return list(zip(first, second, strict=True))


def of_words(line: str) -> bool:
    """Whether a line is more than a rule under a heading."""
    return bool(line.strip("=- "))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_both_languages_say_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for first, second in pairs(path, monkeypatch):
        both = f"{first}\n{second}"
        if not of_words(first):
            assert not of_words(second), both
            continue
        lead, other_lead = LEAD.match(first), LEAD.match(second)
        assert lead is not None
        assert other_lead is not None
        assert lead[0] == other_lead[0], both
        assert ids(first) == ids(second), both
        assert places(first) == places(second), both
        assert dates(first, "id") == dates(second, "en"), both
        assert numbers(first) == numbers(second), both
        assert listed(first, "id") == listed(second, "en"), both
        codes = status(first, "id")
        assert codes == status(second, "en"), both
        if (lead[2] or "")[:1] in ("=", "[") or " -> " in first:
            assert codes, both


def excused(finding: Finding) -> bool:
    """Not met, and nothing but an exception is why."""
    rows = {e.status.value for e in finding.elements}
    exceptions = {e.status.value for e in finding.exceptions}
    return finding.status.value == "not_met" and "met" in exceptions and "not_met" not in rows


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_text_says_what_the_decision_says(
    path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings, their statuses and elements, paths and citations: as many, in the same order."""
    monkeypatch.setattr("netralitas_rules.explain.writing.WIDTH", 100_000)
    decision = decided(path)
    lines = decision.text(lang=lang).splitlines()
    findings = decision.all_findings
    told = [line.strip().removeprefix("=> ") for line in lines if line.startswith("   => ")]
    tables = [
        *[p.FINDING] * len(decision.findings),
        *[p.CONSEQUENCE] * len(decision.consequences),
        *[p.PERMISSION] * len(decision.permissions),
    ]
    assert told == [
        (EXCUSED if excused(f) else table[f.status]).in_language(lang)
        for f, table in zip(findings, tables, strict=True)
    ]
    marks = re.findall(r"^     \[([v?x ])\] ", "\n".join(lines), flags=re.M)
    sign = {"met": "v", "open": "?", "not_met": "x"}
    expected: list[str] = []
    for finding in findings:
        expected += [sign[e.status.value] for e in finding.elements]
        raised = [e for e in finding.exceptions if e.status.value != "not_raised"]
        expected += [sign[e.status.value] for e in raised]
        expected += [" "] * (len(raised) < len(finding.exceptions))
    assert marks == expected
    heads = [line for line in lines if re.match(r"\d+\. .*\[[a-z0-9/A-Z.-]+\]$", line)]
    assert [line.rsplit("[", 1)[1][:-1] for line in heads][: len(findings)] == [
        f.id for f in findings
    ]
    body = "\n".join(lines)
    assert p.OUTCOMES[decision.outcome].in_language(lang) in body
    cited = [line for line in lines if re.match(r"- .*: \[[ABC]\] ", line)]
    assert len(cited) == len(decision.citations)
    for line, citation in zip(cited, decision.citations, strict=True):
        assert line.startswith(f"- {citation.cite.in_language(lang)}: [{citation.mark}] ")
    for way in decision.paths:
        assert p.PATH[way.status].in_language(lang) in body
        assert p.RESTS[way.rests_on].in_language(lang) in body


def test_the_comparison_notices_a_difference() -> None:
    """That the readers above see what they are to see."""
    assert dates("antara 3 Mei 2023 dan 2024-01-31", "id") == [
        datetime.date(2023, 5, 3),
        datetime.date(2024, 1, 31),
    ]
    assert dates("3 May 2023", "en") == dates("3 Mei 2023", "id") != dates("3 Mei 2024", "id")
    assert ids("- skb-2022/B6: open [act.date] (by x)") == ["skb-2022/B6", "act.date"]
    assert status("   => unsur terpenuhi", "id") == {"met"}
    assert status("   => elements met", "en") == {"met"}
    assert status("     [x] tidak terpenuhi: subjek", "id") == {"not_met"}
    assert status("     - skb-2022/B6: open -> elements met", "en") == {"open to met"}
    assert places("PNS (stated subjects[0].status)") == ["subjects[0].status"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_no_bracket_breaks_off(path: Path, lang: str) -> None:
    """What is derived says from what."""
    text = spaces(decided(path).text(lang=lang))
    assert re.findall(r"\((?:disimpulkan dari|derived from)? *\)", text) == []
