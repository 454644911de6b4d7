"""Bulk statuses: every form of rule, asked as often as it takes to go the quick way."""

from typing import Any

import pytest

from netralitas_rules.engine.bulk import Bulk
from netralitas_rules.engine.frames import FactsRefused
from netralitas_rules.ruleset import Ruleset
from tests.small import document, provision, ruleset, words


def rules(**more: dict[str, Any]) -> Ruleset:
    """Rules of every form, and these."""
    content: dict[str, Any] = {
        "ruleset": {"format": 1, "name": "bulk", "version": "1.0", "title": words("Bulk")},
        "instruments": {"law": {"title": words("Law"), "short": words("L")}},
        "provisions": {"law/1": provision()},
        "facts": {
            f"act.lane.f{number}": {
                "label": words("fact"),
                "values": {value: words(value) for value in "abc"},
            }
            for number in range(4)
        },
        "questions": {
            "strictly": {
                "kind": "computed",
                "asks": words("strictly?"),
                "readings": {"yes": {"says": words("yes")}, "no": {"says": words("no")}},
                "default": "no",
                "why": words("because"),
            }
        },
        "violations": {
            "box": _rule(needs={"one": {"act.lane.f0": "a"}, "two": {"act.lane.f1": ["a", "b"]}}),
            "choice": _rule(
                needs={
                    "either": {
                        "any": [
                            {"all": [{"act.lane.f0": "a"}, {"act.lane.f1": "a"}]},
                            {"act.lane.f2": "a"},
                        ]
                    }
                }
            ),
            "twice": _rule(
                needs={
                    "either": {"any": [{"act.lane.f0": "a"}, {"act.lane.f0": ["b", "c"]}]},
                    "plain": {"act.lane.f1": "a"},
                }
            ),
            "excused": _rule(
                needs={"one": {"act.lane.f0": "a"}},
                unless={
                    "always": {"says": words("x"), "when": {"act.lane.f1": "c"}},
                    "asked": {
                        "says": words("y"),
                        "when": {"act.lane.f2": "c"},
                        "asked-when": [{"act.lane.f2": "stated"}, {"act.lane.f3": "a"}],
                    },
                },
            ),
            "defended": _rule(
                raised_by={"act.conduct": "react", "act.lane.f1": "stated"},
                needs={"either": {"any": [{"act.lane.f0": "a"}, {"act.lane.f2": "a"}]}},
                unless={
                    "asked": {
                        "says": words("y"),
                        "when": {"act.lane.f1": "c"},
                        "asked-when": {"act.lane.f3": "stated"},
                    },
                },
            ),
            "two-gates": _rule(
                raised_by={"act.conduct": "react", "act.lane.f1": "stated"},
                needs={"one": {"act.lane.f0": "a"}},
            ),
            "strict": _rule(
                raised_by={"act.conduct": "react"},
                needs={"one": {"act.lane.f0": "a"}, "two": {"reading.strictly": "yes"}},
            ),
            "asked": _rule(
                raised_by={"act.conduct": "react"},
                needs={"one": {"act.lane.f0": "a"}},
                unless={
                    "asked": {
                        "says": words("y"),
                        "when": {"act.lane.f2": "c"},
                        "asked-when": {"act.lane.f3": "a"},
                    },
                },
            ),
            "gated": _rule(
                raised_by=[
                    {"act.conduct": "post", "act.lane.f3": ["a", "b"]},
                    {"act.lane.f2": "stated"},
                ],
                needs={"one": {"act.lane.f0": "a"}},
            ),
            **more,
        },
    }
    return ruleset(content)


def _rule(
    *,
    needs: dict[str, Any],
    unless: dict[str, Any] | None = None,
    raised_by: Any = None,
) -> dict[str, Any]:
    return {
        "title": words("rule"),
        "norm": ["law/1"],
        "raised-by": raised_by or {"act.conduct": "post"},
        "needs": needs,
        "unless": unless or {},
    }


RULES = rules()


def row(**facts: Any) -> dict[str, Any]:
    return {"act": {"conduct": "post", "further": {"lane": facts}}}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, {"box": "open", "choice": "open", "twice": "open", "excused": "open"}),
        (
            {"f0": "a", "f1": "b"},
            {"box": "met", "choice": "open", "twice": "not_met", "excused": "met"},
        ),
        (
            {"f0": "a"},
            {"box": "open", "choice": "open", "twice": "open", "excused": "elements_met"},
        ),
        (
            {"f0": "b", "f1": "a"},
            {"box": "not_met", "choice": "open", "twice": "met", "excused": "not_met"},
        ),
        (
            {"f0": "a", "f1": "a", "f2": "a"},
            {"box": "met", "choice": "met", "twice": "met", "excused": "met", "gated": "met"},
        ),
        (
            {"f0": "a", "f1": "a", "f2": "c"},
            {
                "box": "met",
                "choice": "met",
                "twice": "met",
                "excused": "not_met",
                "gated": "met",
            },
        ),
        (
            {"f0": "a", "f1": "c", "f2": "b", "f3": "c"},
            {
                "box": "not_met",
                "choice": "not_met",
                "twice": "not_met",
                "excused": "not_met",
                "gated": "met",
            },
        ),
        (
            {"f0": "a", "f1": "b", "f3": "a"},
            {
                "box": "met",
                "choice": "open",
                "twice": "not_met",
                "excused": "elements_met",
                "gated": "met",
            },
        ),
        (
            {"f0": "c", "f3": "c"},
            {"box": "not_met", "choice": "open", "twice": "open", "excused": "not_met"},
        ),
    ],
)
def test_statuses(facts: dict[str, str], expected: dict[str, str]) -> None:
    found = row(**facts)
    for _ in range(3):
        assert RULES.statuses(found) == expected
    assert plainly(found) == expected


def test_rows_that_come_again_are_not_left_to_the_plain_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ruleset = rules()
    found = [row(f0=value) for value in "abc"] + [{"act": {"conduct": "react"}}]
    expected = [ruleset.statuses(one) for one in found for _ in range(2)][::2]
    monkeypatch.delattr(Bulk, "_plainly")
    assert [ruleset.statuses(one) for one in found] == expected


def test_what_is_remembered_of_one_row_is_not_said_of_another() -> None:
    """Both tests are open in either row; only in the second one value meets them both."""
    needs = {"one": {"act.lane.f0": ["a", "b"]}, "two": {"act.lane.f0": ["b", "c"]}}
    ruleset = rules(same=_rule(needs=needs))
    for possible, expected in (["a", "c"], "not_met"), (["a", "b", "c"], "open"):
        found = row(f0={"one_of": possible})
        assert plainly(found, ruleset)["same"] == expected
        assert ruleset.statuses(found)["same"] == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"f0": "a"}, "met"),
        ({"f0": "a", "f3": "a"}, "elements_met"),
        ({"f0": "a", "f2": "c", "f3": "a"}, "not_met"),
        ({"f0": "a", "f2": "c", "f3": "b"}, "met"),
        ({"f2": "b", "f3": "a"}, "open"),
    ],
)
def test_an_exception_asked_about_by_a_value(facts: dict[str, str], expected: str) -> None:
    found = {"act": {"conduct": "react", "further": {"lane": facts}}}
    for _ in range(3):
        assert RULES.statuses(found)["asked"] == expected == plainly(found)["asked"]
        assert RULES.statuses(found)["strict"] == "not_met"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"f0": "a"}, None),
        ({"f0": "a", "f1": "a"}, "met"),
        ({"f0": "a", "f1": "c"}, "met"),
        ({"f1": "c"}, "open"),
        ({"f0": "b", "f1": "c", "f2": "b"}, "not_met"),
        ({"f0": "a", "f1": "c", "f3": "a"}, "not_met"),
        ({"f0": "a", "f1": {"not": ["a"]}, "f3": "a"}, "elements_met"),
        ({"f1": {"not": ["a"]}, "f3": "a"}, "open"),
    ],
)
def test_a_choice_and_an_exception(facts: dict[str, Any], expected: str | None) -> None:
    found = {"act": {"conduct": "react", "further": {"lane": facts}}}
    for _ in range(3):
        assert RULES.statuses(found).get("defended") == expected == plainly(found).get("defended")
        assert RULES.statuses(found).get("two-gates") == plainly(found).get("two-gates")


def test_a_gate_of_several_facts_asks_for_all_of_them() -> None:
    either = [{"act.lane.f1": "stated", "act.lane.f2": "stated"}, {"act.lane.f3": "stated"}]
    ruleset = rules(pair=_rule(needs={"one": {"act.lane.f0": "a"}}, raised_by=either))
    for facts, expected in (
        ({"f1": "a"}, None),
        ({"f2": "b"}, None),
        ({"f1": "a", "f2": "b"}, "open"),
        ({"f3": "c"}, "open"),
    ):
        found = row(**facts)
        assert plainly(found, ruleset).get("pair") == expected
        for _ in range(3):
            assert ruleset.statuses(found).get("pair") == expected


def plainly(found: dict[str, Any], ruleset: Ruleset = RULES) -> dict[str, str]:
    """The same, without what `Bulk` works out beforehand."""
    statuses = ruleset._evaluator.statuses(ruleset._framer.row(found))
    return {rule: status.name.lower() for rule, status in statuses.items()}


@pytest.mark.parametrize(
    "found",
    [
        row(f0={"one_of": ["a", "b"]}),
        row(f1={"not": ["a"]}, f2=None),
        row(f1="a"),
        {"act": {"conduct": "post", "date": "2024-01-01"}},
        {"act": {"conduct": "post", "date": {"from": "2024-01-01", "to": "2024-02-01"}}},
        {"act": {"conduct": "post", "attributes": ["party"]}},
        {"act": {"conduct": "post", "attributes": {"has": ["party"]}}},
        {"act": {"conduct": "post", "role": 1}} | {"subject": None},
        {"act": {"conduct": {"one_of": ["post", "vote"]}}},
        {"act": {"conduct": "post", "photo": None}},
        {"act": {"audience": "public"}},
        {"act": {"conduct": None}},
        {"act": "post"},
        {"act": {"conduct": "post", "none_such": 1}},
        {"act": {"conduct": ["post"]}},
        {},
    ],
)
def test_unusual_rows(found: dict[str, Any]) -> None:
    """Whatever the form of a row, the quick way answers or refuses as the plain one."""
    expected: object
    try:
        expected = plainly(found)
    except FactsRefused as refused:
        expected = (refused.reason, refused.path)
    for _ in range(3):
        try:
            answer: object = RULES._bulk.statuses(found)
        except FactsRefused as refused:
            answer = (refused.reason, refused.path)
        assert answer == expected


@pytest.mark.parametrize("election", ["pemilu_2024", "pilkada_2024", None])
@pytest.mark.parametrize(
    "own", ["pemilu_2024", {"not": ["pilkada_2018"]}, {"one_of": ["none", "pemilu_2019"]}, None]
)
def test_the_contest_of_the_beneficiary_outweighs(election: str | None, own: Any) -> None:
    content = document()
    content["violations"]["new/post"]["raised-by"] = {"election": ["none", "pemilu_2024"]}
    rules = ruleset(content)
    act = {"conduct": "post", "audience": "public", "date": "2024-01-01"}
    found: dict[str, Any] = {"act": act, "beneficiary": {"office": "dpr", "election": own}}
    if election is not None:
        found["election"] = election
    expected = {
        r: s.name.lower() for r, s in rules._evaluator.statuses(rules._framer.row(found)).items()
    }
    for _ in range(3):
        assert rules.statuses(found) == expected


def test_yes_and_no_may_be_numbers() -> None:
    for answer in (True, 1):
        for _ in range(3):
            assert RULES.statuses({"act": {"goods_given": answer}}) == {}


SMALL = ruleset()


@pytest.mark.parametrize(
    "act",
    [
        {"conduct": "post", "audience": "public", "date": "2024-01-01"},
        {"conduct": "post", "audience": "public", "date": "2019-01-01"},
        {"conduct": "post", "date": "2020-12"},
        {"conduct": "post", "attribution": "other_person"},
        {"conduct": "be_party_member"},
        {"conduct": "hold_activity", "addressees": ["family"], "further": {"small": {"years": 3}}},
        {"conduct": {"one_of": ["vote", "hold_activity"]}, "date": {"from": "2020-12-01"}},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "subject",
    [
        {},
        {"status": "pppk"},
        {"party": {"role": "member", "joined_on": "2023-01-01"}},
        {"further": {"small": {"since": "2023-06"}}},
    ],
    ids=str,
)
def test_rows_under_constraints(
    act: dict[str, Any], subject: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bodies of law, calendars and compared dates; what is remembered is bounded."""
    monkeypatch.setattr("netralitas_rules.engine.bulk.MAX_CACHED", 1)
    monkeypatch.setattr("netralitas_rules.engine.bulk.MAX_VALUES", 1)
    found = {"act": act, "subject": subject, "beneficiary": {"office": "dpr"}}
    other = {**found, "subject": {"status": "cpns"}}
    statuses = SMALL._evaluator.statuses(SMALL._framer.row(found))
    for _ in range(2):
        for _ in range(2):
            assert SMALL.statuses(found) == {r: s.name.lower() for r, s in statuses.items()}
        SMALL.statuses(other)
    kept = SMALL._bulk
    assert max(len(kept._places), len(kept._met_once), len(kept._closed)) <= 1
