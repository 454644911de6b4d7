"""The ministry's overlay: its ten forms, its code of ethics, who the PPK is, oversight.

Written by hand from law/README.md ("What the ministry announced, and where it stands") and from
law/statutes.md (2.5 and 4).
"""

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.law.model import GoverningDate, Mark, TextState
from tests.content.files import LANGUAGES, ROWS, RULESETS, incident_of

RULES = nr.load("kemenkumham")
LIKE = incident_of(ROWS / "a4-like-prospective.yaml")

# -- the ten forms

TABLE: dict[int, tuple[list[str], list[str], list[str]]] = {
    1: (["A1"], ["B1"], []),
    2: (["A2"], ["B2"], []),
    3: (["B3"], [], []),
    4: (["A3"], ["B4"], ["A6", "n1", "A7"]),
    5: (["B5"], ["B5"], []),
    6: (["A4"], ["B6"], []),
    7: ([], ["B8"], ["A2", "A3", "A6", "3", "ethics"]),
    8: (["B9"], ["B10"], []),
    9: (["B11"], [], ["A1", "A2", "A3", "A4", "A5", "A6"]),
    10: ([], ["B12"], ["5a", "3", "ethics"]),
}
"""Rows for a bakal calon, rows for a calon, and what the brackets of the table name."""
SHORT = {
    "n1": "pp-94-2021/5/n/1",
    "3": "pp-94-2021/3/d-f",
    "5a": "pp-94-2021/5/a",
    "ethics": "pp-42-2004/11/c/outside-rows",
}


def ids(names: list[str]) -> list[str]:
    return [SHORT.get(name, f"skb-2022/{name}") for name in names]


def test_the_table_of_the_ten_forms() -> None:
    forms = RULES.lists["kemenkumham/announced-forms"].items
    assert {
        form.number: (
            list(form.prospective + form.rows),
            list(form.candidate + form.rows),
            list(form.related),
        )
        for form in forms
    } == {n: (ids(early), ids(late), ids(other)) for n, (early, late, other) in TABLE.items()}


def test_a_form_that_its_rows_do_not_exhaust_has_a_note() -> None:
    """Where there is no row, where others take over, and where the row is no discipline level."""
    forms = RULES.lists["kemenkumham/announced-forms"].items
    assert [form.number for form in forms if form.note is not None] == [4, 5, 7, 9, 10]
    assert all(form.note is not None for form in forms if form.related)


def test_the_national_ruleset_has_no_list_of_the_ministry_and_names_none() -> None:
    national = nr.load("national")
    assert {*RULES.lists} - {*national.lists} == {"kemenkumham/announced-forms"}
    decision = national.decide(LIKE, as_of="2024-12-31")
    assert decision.paths
    assert not any(path.ppk for path in decision.paths)


# -- who the PPK is

BEFORE, AFTER = "ministry-ppk/before-split", "ministry-ppk/after-split"


def under(decided_on: str | None, as_of: str) -> nr.Decision:
    """The decision on one like, decided on a day."""
    proceeding = {} if decided_on is None else {"decided_on": decided_on}
    stated = {**LIKE.model_dump(mode="json", exclude_unset=True), "proceeding": proceeding}
    return RULES.decide(nr.Incident.model_validate(stated), as_of=as_of)


@pytest.mark.parametrize(
    ("decided_on", "as_of", "named"),
    [
        ("2024-03-01", "2024-12-31", (BEFORE,)),
        ("2024-09-30", "2026-01-01", (BEFORE,)),
        ("2024-10-01", "2026-01-01", (BEFORE, AFTER)),
        ("2024-10-31", "2026-01-01", (BEFORE, AFTER)),
        ("2024-11-01", "2026-01-01", (AFTER,)),
        ("2024", "2026-01-01", (BEFORE, AFTER)),
        (None, "2024-09-30", (BEFORE,)),
        (None, "2024-12-31", (AFTER,)),
    ],
)
def test_the_ppk_before_and_after_the_split(
    decided_on: str | None, as_of: str, named: tuple[str, ...]
) -> None:
    """By the date of the decision, not of the act; the day in October 2024 is not known."""
    decision = under(decided_on, as_of)
    assert decision.paths
    assert {path.ppk for path in decision.paths} == {named}
    assert ("split-ppk" in decision.questions) == (AFTER in named)
    for lang in LANGUAGES:
        text = " ".join(decision.text(lang=lang).split())
        for provision in (BEFORE, AFTER):
            cite = RULES.provisions[provision].cite.in_language(lang)
            assert (cite in text) == (provision in named)


def test_how_the_ppk_is_known() -> None:
    """Before the split as the statutes have it; after it inferred, and an open question."""
    before, after = (RULES.provisions[name] for name in (BEFORE, AFTER))
    assert (before.mark, after.mark) == (Mark.A, Mark.C)
    assert before.governs == after.governs == (GoverningDate.DECISION,)
    assert before.validity.last == datetime.date(2024, 10, 31)
    assert after.validity.first == datetime.date(2024, 10, 1)
    question = RULES.questions["split-ppk"]
    assert AFTER in question.about
    assert [reading.id for reading in question.readings] == ["present-ministry", "at-the-act"]


# -- the code of ethics and the circulars


def test_the_code_of_ethics_is_cited_by_title() -> None:
    """No article of it stands in the ruleset; it is behind every moral sanction."""
    code = [p for p in RULES.provisions.values() if p.instrument.id == "permenkumham-20-2017"]
    assert [(p.id, p.text) for p in code] == [("permenkumham-20-2017", TextState.UNSEEN)]
    ethics = [row for rows in RULES.plan.rows.values() for row in rows if row.regime == "ethics"]
    kinds = {kind for row in ethics for kind in row.allow} - {"administrative-action"}
    assert kinds == {"closed-statement", "open-statement"}
    for kind in kinds:
        basis = RULES.plan.kinds[kind].basis
        assert "permenkumham-20-2017" in basis
        assert "se-sekjen-14-2022" not in basis, "its table was not seen"


ARTICLE = """\
  permenkumham-20-2017/5/a:
    says: {id: "pegawai wajib netral", en: "staff must be neutral"}
    mark: A
    text: seen
    source: "made up for this test"
kinds:
"""


def test_an_article_of_the_code_is_added_in_one_file(tmp_path: Path) -> None:
    shutil.copytree(RULESETS / "kemenkumham", tmp_path / "kemenkumham")
    path = tmp_path / "kemenkumham" / "code-of-ethics.yaml"
    text = path.read_text(encoding="utf-8")
    questions = text[text.index("questions:\n") : text.index("kinds:\n")]
    text = text.replace(questions, "").replace("kinds:\n", ARTICLE)
    text = text.replace(
        "pp-42-2004/13, permenkumham-20-2017]", "pp-42-2004/13, permenkumham-20-2017/5/a]"
    )
    path.write_text(text + questions, encoding="utf-8")
    decision = nr.load(tmp_path / "kemenkumham").decide(LIKE, as_of="2024-12-31")
    (way,) = (way for way in decision.paths if way.regime == "ethics")
    assert "permenkumham-20-2017/5/a" in way.basis
    assert "Permenkumham 20/2017 Pasal 5 huruf a" in decision.text(lang="id")


def test_what_the_kinds_stated_again_say() -> None:
    """As in the national ruleset, with the code behind them."""
    national = nr.load("national").plan.kinds
    for kind in ("closed-statement", "open-statement"):
        assert RULES.plan.kinds[kind].says == national[kind].says
        assert RULES.plan.kinds[kind].basis[:1] == national[kind].basis


# -- what is known from little

MARKS = {
    "se-sekjen-14-2022": "B",
    "se-sekjen-1133-2023": "A",
    "ministry-ppk/split": "A",
    "kepmen-imipas-1-2025": "B",
    "sk-kanwil-dki-98-2024": "A",
    "ministry-oversight/bali-team": "B",
    "ministry-oversight/siapnet": "A",
    "skb-2022/annex-1": "B",
}


@pytest.mark.parametrize("name", MARKS)
def test_marks_are_those_of_the_notes(name: str) -> None:
    assert RULES.provisions[name].mark == MARKS[name]
    assert RULES.provisions[name].text is not TextState.SEEN


MEASURES = (
    "internalisation", "dissemination", "pledge", "internal-team", "task-forces", "weak-points",
    "supervision", "enforcement", "monitoring", "report", "bawaslu",
)  # fmt: skip
"""What the ministry said that its oversight consists of."""


def test_the_measures_of_oversight() -> None:
    known = {name: p for name, p in RULES.provisions.items() if "ministry-oversight/" in name}
    assert {f"ministry-oversight/{name}" for name in MEASURES} == set(known) - set(MARKS)
    for name in MEASURES:
        provision = known[f"ministry-oversight/{name}"]
        assert (provision.mark, provision.text) == (Mark.B, TextState.SUMMARY)


def test_duties_of_the_ministry_bear_on_no_employee() -> None:
    """No finding and no path rests on them."""
    duties = {name for name in RULES.provisions if "ministry-oversight/" in name}
    plan = RULES.plan
    relied: set[Any] = {p for rule in plan.rules for p in rule.norm}
    relied |= {p for rule in plan.rules for element in rule.elements for p in element.basis}
    relied |= {p for rows in plan.rows.values() for row in rows for p in row.basis}
    relied |= {p for kind in plan.kinds.values() for p in kind.basis}
    assert relied.isdisjoint(duties | {"sk-kanwil-dki-98-2024", "skb-2022/annex-1"})
