"""Transitions that fit together, and those that do not."""

from typing import Any

import pytest

from netralitas_rules.engine import bodies
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from tests.small import document, ruleset

WORDS = {"id": "x", "en": "x"}
OLD, NEW = {"until": "2020-12-31"}, {"from": "2021-01-01"}


def transition(value: Any, **when: Any) -> dict[str, Any]:
    """A transition of `law.code`; `decided_on` and `date` stand for the facts of that name."""
    paths = {"decided_on": "proceeding.decided_on", "examined_on": "proceeding.examined_on",
             "date": "act.date", "status": "subject.status", "attributes": "act.attributes",
             "years": "act.small.years"}  # fmt: skip
    tests = {paths[name]: test for name, test in when.items()}
    return {"says": WORDS, "when": tests, "then": {"law.code": value}}


def found(**transitions: dict[str, Any]) -> list[Diagnostic]:
    content = document()
    content["transitions"] = {name.replace("_", "-"): doc for name, doc in transitions.items()}
    try:
        ruleset(content)
    except Refused as refused:
        told = list(refused.diagnostics)
    else:
        told = []
    assert all(diagnostic.code is Code.BAD_VALIDITY for diagnostic in told)
    return told


def where(diagnostic: Diagnostic) -> str:
    """What a diagnostic says of the case, without the sentence around it."""
    text = diagnostic.found if diagnostic.found else diagnostic.message
    return text.partition(" where ")[2]


@pytest.mark.parametrize(
    "transitions",
    [
        {"a": transition("old", date=OLD), "b": transition("new", date=NEW)},
        {"a": transition("old", date=OLD)},
        {"a": transition("old", status="pns")},
        {
            "a": transition("old", date=OLD, status="pns"),
            "b": transition("new", date=NEW, status="pns"),
        },
        {"a": transition("old", date=OLD), "b": transition("old", date={"from": "2020-06-01"})},
        {
            "a": transition("old", decided_on=OLD),
            "b": transition("new", decided_on=NEW),
            "c": transition("new", decided_on="none"),
        },
        {
            "a": transition("old", date=OLD, decided_on=OLD),
            "b": transition("new", date=OLD, decided_on=NEW),
            "c": transition("new", date=OLD, decided_on="none"),
            "d": transition("new", date=NEW),
        },
        {
            "a": transition("old", examined_on=OLD),
            "b": transition("old", decided_on=OLD, examined_on=NEW),
            "c": transition("new", examined_on=NEW),
            "d": transition("new", examined_on="none"),
        },
    ],
    ids=[
        "one after the other",
        "the old alone",
        "no days at all",
        "of some people alone",
        "twice the same",
        "three answers",
        "two dates",
        "a decision before its examination cannot be",
    ],
)
def test_what_fits(transitions: dict[str, Any]) -> None:
    assert found(**transitions) == []


def test_an_overlap() -> None:
    (overlap,) = found(
        a=transition("old", date=OLD), b=transition("new", date={"from": "2020-12-31"})
    )
    assert where(overlap) == "`act.date` is 2020-12-31"
    assert "`a` and `b`" in overlap.message


def test_an_overlap_of_facts_that_are_no_dates() -> None:
    overlaps = found(
        a=transition("old", attributes={"has": ["party"]}),
        b=transition("new", attributes={"lacks": ["candidate"]}),
        c=transition("new", status=["pns", "cpns"]),
    )
    assert ["`a` and `b`" in overlaps[0].message, "`a` and `c`" in overlaps[1].message] == [1, 1]
    assert where(overlaps[0]) == (
        "`act.attributes` is `party` or `party, civil_servant`, `subject.status` is `pns` or `cpns`"
    )
    assert len(overlaps) == 2


def test_an_overlap_of_numbers() -> None:
    (overlap,) = found(
        a=transition("old", years={"from": 2}), b=transition("new", years={"until": 5})
    )
    assert where(overlap) == "`act.small.years` is some number"


@pytest.mark.parametrize(
    ("transitions", "expected"),
    [
        (
            {"a": transition("old", date=OLD), "b": transition("new", date={"from": "2021-01-02"})},
            "`act.date` is 2021-01-01",
        ),
        (
            {
                "a": transition("old", date=OLD, status="pns"),
                "b": transition("new", date={"from": "2022-01-01"}, status="pns"),
                "c": transition("new", date=NEW, status="cpns"),
            },
            "`act.date` is from 2021-01-01 until 2021-12-31, `subject.status` is `pns`",
        ),
        (
            {
                "a": transition("old", date=OLD, decided_on=OLD),
                "b": transition("new", date=OLD, decided_on=NEW),
                "c": transition("new", date=NEW),
            },
            "`act.date` is until 2020-12-31, `proceeding.decided_on` is `none`",
        ),
        (
            {"a": transition("old", decided_on="none")},
            "`proceeding.decided_on` is any day",
        ),
        (
            {
                "a": transition("old", date=OLD, decided_on={"from": "2022-01-01"}),
                "b": transition("new", date=NEW, decided_on={"until": "2021-06-30"}),
            },
            "`act.date` is until 2020-12-31, `proceeding.decided_on` is until 2021-06-30",
        ),
    ],
    ids=["a day", "of some people", "what did not happen", "what did", "earlier days come later"],
)
def test_a_gap(transitions: dict[str, Any], expected: str) -> None:
    (gap,) = found(**transitions)
    assert "no transition says what `law.code` is" in gap.message
    assert where(gap) == expected


def test_one_gap_of_each_body_of_law() -> None:
    """More would only repeat what the first says."""
    gaps = found(
        a=transition("old", date={"until": "2019-12-31"}),
        b=transition("new", date={"from": "2020-02-01", "until": "2020-02-10"}),
        c=transition("new", date={"from": "2020-03-01"}),
    )
    assert [where(gap) for gap in gaps] == ["`act.date` is from 2020-01-01 until 2020-01-31"]


def test_more_cases_than_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    transitions = {
        "a": transition("old", date=OLD),
        "b": transition("new", date={"from": "2021-01-02"}),
    }
    assert len(found(**transitions)) == 1
    monkeypatch.setattr(bodies, "MAX_CASES", 2)
    assert found(**transitions) == []
