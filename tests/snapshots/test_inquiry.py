"""What-if, readings and unused facts as people read them; both languages say the same."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.inquiry_sections import readings_section, unused_section
from netralitas_rules.explain.writing import WIDTH, Writing
from netralitas_rules.inquiry.readings import ReadingsBuilder
from netralitas_rules.inquiry.unused import Unread, Unused
from tests.content.files import AS_OF, CASE_FILES, LANGUAGES, REPORTED, ROWS, incident_of
from tests.snapshots.harness import check, spaces, without_digest
from tests.snapshots.test_parity import dates, ids

SHOWN = (REPORTED / "case-017.yaml", REPORTED / "case-012.yaml", REPORTED / "case-080.yaml")
"""Settled and unsettled, questions alone and together; facts that nothing read."""
SUPPOSED: dict[str, dict[str, Any]] = {
    "b7-photo-candidate": {"act.date": "2020-11-01", "act.medium": "unknown"},
    "party-member-resigned": {"subject.party.resigned_from_service_on": {"from": "2021-01"}},
}


def sections(path: Path, lang: str) -> str:
    """Readings and unused facts of a report."""
    rules = nr.load("kemenkumham")
    builder = rules._builder
    day = datetime.date.fromisoformat(AS_OF)
    case, groups = builder.case(incident_of(path), as_of=day, chosen={})
    out = Writing(builder.words, lang, (), p.PHRASES)

    def lines() -> Iterator[str]:
        yield from readings_section(out, ReadingsBuilder(builder.turning).readings(case))
        yield from unused_section(out, Unused(builder).unused(case, groups))

    return "\n".join(lines()) + "\n"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_sections(path: Path, lang: str) -> None:
    text = sections(path, lang)
    assert max(map(len, text.splitlines())) <= WIDTH
    check(f"inquiry-{path.stem}.{lang}.txt", text)


@pytest.mark.parametrize("path", CASE_FILES[::5], ids=lambda path: path.stem)
def test_sections_say_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netralitas_rules.explain.writing.WIDTH", 100_000)
    texts = {lang: sections(path, lang).splitlines() for lang in LANGUAGES}
    assert len({len(lines) for lines in texts.values()}) == 1
    for pair in zip(*texts.values(), strict=True):
        told = dict(zip(LANGUAGES, pair, strict=True))
        assert len({tuple(sorted(ids(line))) for line in pair}) == 1, pair
        assert len({tuple(dates(line, lang)) for lang, line in told.items()}) == 1, pair
        marks = {tuple(re.findall(r"^ *(?:- |\d+\. )", line)) for line in pair}
        assert len(marks) == 1, pair


def test_what_is_shown_is_varied() -> None:
    texts = [spaces(sections(path, "en")) for path in SHOWN]
    assert any("; the same under every reading" in text for text in texts)
    assert any("; depends on the reading" in text for text in texts)
    assert any("Questions decisive together" in text for text in texts)
    assert any("nothing in this ruleset reads it" in text for text in texts)
    assert {own.value for own in Unread} == {"no_rule", "not_here", "outweighed"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SUPPOSED)
def test_what_if(name: str, lang: str) -> None:
    rules = nr.load("kemenkumham")
    found = rules.what_if(incident_of(ROWS / f"{name}.yaml"), SUPPOSED[name], as_of=AS_OF)
    assert found.changes
    check(f"whatif-{name}.{lang}.txt", without_digest(found.text(lang=lang), found.before))
