"""Parts of an inquiry: what people type, where facts are stated, what is disputed, what is cut."""

from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.inquiry import asking, table
from netralitas_rules.inquiry.answers import NotAnAnswer, parsed
from netralitas_rules.inquiry.model import AnswerKind, Inquiry, NextQuestion
from netralitas_rules.law.model import Text

AS_OF = "2024-12-31"
WORDS = Text("kata", "word")
POST: dict[str, Any] = {
    "subjects": [{"status": "pns"}],
    "acts": [{"conduct": "hold_activity", "date": "2024-01-05", "attribution": "subject"}],
    "beneficiaries": [{"kind": "pair", "office": "president", "direction": "favours"}],
    "election": "pemilu_2024",
}


def question(kind: AnswerKind, *allowed: str) -> NextQuestion:
    fact = "act.medium"
    return NextQuestion(fact, fact, WORDS, WORDS, kind, allowed, WORDS, (), (), ())


def inquired(content: dict[str, Any]) -> Inquiry:
    return nr.load("national").inquire(nr.Incident.model_validate(content), as_of=AS_OF)


def places(inquiry: Inquiry) -> set[str]:
    return {f.place for finding in inquiry.findings for one in finding.sets for f in one.facts}


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        (AnswerKind.ONE, " Post ", "post"),
        (AnswerKind.ONE, "post, react", {"one_of": ["post", "react"]}),
        (AnswerKind.ONE, "not post", {"not": ["post"]}),
        (AnswerKind.ONE, "?", "unknown"),
        (AnswerKind.ONE, "tidak diketahui", "unknown"),
        (AnswerKind.SEVERAL, "post, react", ["post", "react"]),
        (AnswerKind.SEVERAL, "none", []),
        (AnswerKind.SEVERAL, "+post, -react", {"has": ["post"], "lacks": ["react"]}),
        (AnswerKind.DATE, "2024-01", "2024-01"),
        (AnswerKind.DATE, "2024-01-01..2024-02-14", {"from": "2024-01-01", "to": "2024-02-14"}),
        (AnswerKind.DATE, "..2024-02", {"to": "2024-02"}),
        (AnswerKind.DATE, "tidak ada", "none"),
        (AnswerKind.NUMBER, "-3", -3),
    ],
)
def test_what_is_typed(kind: AnswerKind, said: str, value: object) -> None:
    assert parsed(question(kind, "post", "react"), said) == value


def test_yes_and_no() -> None:
    asked = question(AnswerKind.ONE, "true", "false")
    assert parsed(asked, "ya") is True
    assert parsed(asked, "no") is False


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (AnswerKind.ONE, "pigeon"),
        (AnswerKind.ONE, ""),
        (AnswerKind.ONE, "not"),
        (AnswerKind.SEVERAL, "post, pigeon"),
        (AnswerKind.DATE, "yesterday"),
        (AnswerKind.DATE, "2024-02..2024-01"),
        (AnswerKind.NUMBER, "three"),
        (AnswerKind.NUMBER, "9" * 400),
    ],
)
def test_what_is_no_answer(kind: AnswerKind, said: str) -> None:
    with pytest.raises(NotAnAnswer):
        parsed(question(kind, "post", "react"), said)


def test_places_have_numbers_where_there_are_several() -> None:
    assert "act.addressees" in places(inquired(POST))
    second = {**POST["acts"][0], "key": "second", "conduct": "post"}
    several = {**POST, "acts": [*POST["acts"], second]}
    assert "acts[0].addressees" in places(inquired(several))


def test_a_disputed_fact_is_settled_by_no_statement() -> None:
    item = {"kind": "statement", "shows": {"act.addressees": ["unit_staff"]}}
    one = inquired({**POST, "evidence": [item]})
    assert "act.addressees" not in places(one), "what evidence shows is known"
    other = {"kind": "statement", "shows": {"act.addressees": ["other_staff"]}}
    two = inquired({**POST, "evidence": [item, other]})
    assert any(finding.status == "open" for finding in two.findings)
    assert "act.addressees" not in places(two)
    assert all(one.place != "act.addressees" for one in two.ranked)


def test_a_search_that_is_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(finding.cut for finding in inquired(POST).findings)
    monkeypatch.setattr(table, "MAX_STATES", 1)
    cut = inquired(POST)
    assert any(finding.cut for finding in cut.findings)
    assert "The search was cut" in cut.text(lang="en")
    assert cut.next is not None, "what is waited for is asked all the same"


def test_what_follows_is_left_out_where_it_would_take_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = inquired(POST).next
    monkeypatch.setattr(asking, "MAX_FRAMES", 0)
    inquiry = inquired(POST)
    left = inquiry.next
    assert tried is not None
    assert left is not None
    assert tried.place == left.place
    assert all(answer.outcome is not None for answer in tried.answers)
    assert all(answer.outcome is None and not answer.leads for answer in left.answers)
    assert "What follows was not computed" in inquiry.text(lang="en")


def test_json_and_both_languages() -> None:
    inquiry = inquired(POST)
    assert '"establish"' in inquiry.to_json()
    assert inquiry.text(lang="id").startswith("Hal yang dapat menentukan hasil laporan")
    with pytest.raises(ValueError, match="lang must be"):
        inquiry.text(lang="fr")
