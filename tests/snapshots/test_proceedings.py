"""Proceedings as people read them, and that both languages say the same of them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.case.proceeding import check_proceeding
from netralitas_rules.case.proceeding_model import Proceeding
from netralitas_rules.explain.case_proceeding import ProceedingWords
from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.model import Level, Regime
from tests.content.files import LANGUAGES
from tests.proceedings import offices, records
from tests.snapshots.harness import HERE, check
from tests.written import plain_yaml

FILES = sorted((HERE / "proceedings").glob("*.yaml"))


def checked(path: Path) -> Proceeding:
    content: dict[str, Any] = plain_yaml(path.read_text(encoding="utf-8"))
    asked = content["asked"]
    return check_proceeding(
        nr.load("national").plan,
        regime=Regime(asked["regime"]),
        regulation=asked["regulation"],
        level=None if asked["level"] is None else Level(asked["level"]),
        kinds=asked["kinds"],
        status=SubjectStatus(asked["status"]),
        records=records(content["records"]),
        as_of=content["as_of"],
        competent=offices(content["competent"]),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_proceeding(path: Path, lang: str) -> None:
    text = ProceedingWords(nr.load("national").plan, lang=lang).proceeding(checked(path))
    check(f"proceeding-{path.stem}.{lang}.txt", text + "\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_languages_have_the_same_parts(path: Path) -> None:
    plan, found = nr.load("national").plan, checked(path)
    each = {lang: ProceedingWords(plan, lang=lang) for lang in LANGUAGES}
    for step in found.steps:
        assert len({parts(words.step(step, 1)) for words in each.values()}) == 1
    for finding in found.findings:
        assert len({parts(words.finding(finding, found)) for words in each.values()}) == 1


def parts(lines: Iterable[str]) -> int:
    """How many things are said, however the lines are broken."""
    return len(" ".join(" ".join(lines).split()).split("; "))


def test_nothing_to_tell() -> None:
    complete = plain_yaml(
        (HERE.parent / "matrix" / "proceedings.yaml").read_text(encoding="utf-8")
    )[0]
    path = complete["path"]
    found = check_proceeding(
        nr.load("national").plan,
        regime=Regime(path["regime"]),
        regulation=path["regulation"],
        level=Level(path["level"]),
        kinds=path["kinds"],
        status=SubjectStatus(path["status"]),
        records=records(complete["records"]),
        as_of=complete["as_of"],
        competent=offices(complete["competent"]),
    )
    assert found.findings == ()
    for lang, words in (("id", "tidak menunjukkan"), ("en", "shows no step")):
        assert words in ProceedingWords(nr.load("national").plan, lang=lang).proceeding(found)
