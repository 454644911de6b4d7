"""Readings of a report: alone, together, settled in law, excluded, cut, fixed."""

import datetime
from collections.abc import Mapping
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import FindingStatus, Outcome
from netralitas_rules.engine import evaluate
from netralitas_rules.inquiry import truths, worlds
from netralitas_rules.inquiry.readings import ReadingsBuilder
from netralitas_rules.inquiry.readings_model import Choice, Readings
from netralitas_rules.ruleset import Ruleset
from tests.content.files import REPORTED, incident_of
from tests.small import document, incident, ruleset, words

DAY = datetime.date(2024, 6, 30)
NEW_POST = {"conduct": "post", "audience": "public", "date": "2024-01-08"}


def asked(name: str, default: str | None = None) -> dict[str, Any]:
    doc = {
        "kind": "computed",
        "asks": words(name),
        "readings": {r: {"says": words(r), "sources": ["a note"]} for r in ("strict", "mild")},
        "why": words("because"),
    }
    return doc | ({"default": default} if default else {})


def rules_with(
    needs: Mapping[str, Any], questions: Mapping[str, str | None], **sections: Any
) -> Ruleset:
    """The small ruleset with more elements for a posting, and more questions."""
    content = document()
    content["violations"]["new/post"]["needs"] |= needs
    content["questions"] |= {name: asked(name, default) for name, default in questions.items()}
    for section, items in sections.items():
        content[section] |= items
    return ruleset(content)


def readings_of(rules: Ruleset, **report: Any) -> Readings:
    facts: dict[str, Any] = {
        "subject": {"status": "pns"},
        "act": NEW_POST,
        "beneficiary": {"stage": "candidate", "relation": "none"},
        **report,
    }
    builder = rules._builder
    case, _ = builder.case(incident(**facts), as_of=DAY, chosen={})
    return ReadingsBuilder(builder.turning).readings(case)


def settled(found: Readings) -> list[bool]:
    outcomes, findings = found.outcomes, found.findings
    return [*(o.settled for o in outcomes), *(f.settled for f in findings)]


def test_what_no_reading_changes_is_settled_in_law() -> None:
    found = readings_of(ruleset())
    (outcome,) = found.outcomes
    assert (outcome.outcome, outcome.settled, outcome.possible) == (
        Outcome.MET,
        True,
        (Outcome.MET,),
    )
    assert [(f.id, f.settled) for f in found.findings] == [("new/post", True)]
    assert (found.questions, found.together, found.cut) == ((), (), False)


def test_open_for_want_of_a_fact_is_settled_in_law_as_well() -> None:
    found = readings_of(ruleset(), act={**NEW_POST, "audience": {"not": ["private"]}})
    assert [(f.status, f.settled) for f in found.findings] == [(FindingStatus.OPEN, True)]


def test_a_question_that_decides_alone() -> None:
    found = readings_of(ruleset(), beneficiary={"stage": "candidate", "relation": "spouse"})
    (question,) = found.questions
    assert (question.id, question.taken, question.chosen_by) == (
        "spouse-photo",
        "allowed",
        "default",
    )
    allowed, banned = question.readings
    assert allowed.readings == (Choice("spouse-photo", "allowed"),)
    assert (allowed.findings, allowed.paths) == ((), ())
    assert banned.outcomes[0].outcome is Outcome.MET
    (change,) = banned.findings
    assert (change.id, change.before, change.after) == (
        "new/post",
        FindingStatus.ELEMENTS_MET,
        FindingStatus.MET,
    )
    assert [(p.id, p.before, p.after) for p in banned.paths] == [("heavy", "may_follow", "follows")]
    (outcome,) = found.outcomes
    assert not outcome.settled
    assert set(outcome.possible) == {Outcome.ELEMENTS_MET, Outcome.MET}


TWO = {"both": {"any": [{"reading.first": "mild"}, {"reading.second": "mild"}]}}


def test_two_questions_of_which_none_decides_alone() -> None:
    rules = rules_with(TWO, {"first": "mild", "second": "mild"})
    found = readings_of(rules)
    assert found.questions == ()
    (together,) = found.together
    assert together.readings == (Choice("first", "strict"), Choice("second", "strict"))
    assert [(f.id, f.after) for f in together.findings] == [("new/post", FindingStatus.NOT_MET)]
    assert together.outcomes[0].outcome is Outcome.NOT_MET
    assert not found.outcomes[0].settled


def test_where_none_is_taken_both_readings_may_give_the_same() -> None:
    """The engine leaves it open between the readings only where they differ."""
    one = {"one": {"any": [{"reading.first": "mild"}, {"act.goods_given": True}]}}
    rules = rules_with(one, {"first": None})
    (question,) = readings_of(rules).questions
    assert (question.taken, question.chosen_by) == (None, "")
    assert [u.outcomes[0].outcome for u in question.readings] == [Outcome.OPEN, Outcome.MET]
    given = readings_of(rules, act={**NEW_POST, "goods_given": True})
    assert given.questions == ()
    assert given.outcomes[0].settled


def excluding() -> dict[str, Any]:
    """A constraint by which the strict reading excludes the post of an official."""
    return {
        "no-official": {
            "says": words("no official"),
            "when": {"reading.first": "strict", "act.date": {"from": "2021-01-01"}},
            "then": {"subject.post": {"not": ["jpt_pratama"]}},
            "basis": ["always/7"],
        }
    }


def test_a_reading_that_the_facts_exclude() -> None:
    one = {"one": {"reading.first": "mild"}}
    rules = rules_with(one, {"first": "mild"}, constraints=excluding())
    found = readings_of(rules, subject={"status": "pns", "post": "jpt_pratama"})
    assert found.questions == (), "what is excluded decides nothing"
    assert found.outcomes[0].settled
    free = readings_of(rules, subject={"status": "pns"})
    assert [q.id for q in free.questions] == ["first"]


MANY = {
    "many": {
        "any": [{f"reading.q{n}": "mild", "act.goods_given": n in (1, 3)} for n in (1, 2, 3, 4)]
    }
}
"""Met whatever was given, while one question of each pair is read mildly."""


def test_a_bound_on_combinations_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said of a few questions stays right, and nothing wrong is settled."""
    rules = rules_with(MANY, {f"q{n}": "mild" for n in (1, 2, 3, 4)})
    whole = readings_of(rules)
    assert not whole.cut
    assert whole.questions == ()
    pairs = [[c.question for c in under.readings] for under in whole.together]
    assert pairs == [["q1", "q3"], ["q2", "q4"], ["q1", "q2", "q3", "q4"]]
    monkeypatch.setattr(truths, "MAX_COMBINATIONS", 8)
    found = readings_of(rules)
    assert found.cut
    assert found.together == whole.together[:2]
    assert found.questions == ()
    assert not any(settled(found))
    monkeypatch.setattr(truths, "FEW", 1)
    found = readings_of(rules)
    assert found.cut
    assert found.together == ()
    assert not any(settled(found))


def test_too_many_worlds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    one = {"one": {"reading.first": "mild"}}
    rules = rules_with(one, {"first": "mild"}, constraints=excluding())
    monkeypatch.setattr(worlds, "MAX_WORLDS", 1)
    found = readings_of(rules)
    assert found.cut
    assert not any(settled(found))


def test_a_fixed_reading_is_shown_with_its_decision_and_day() -> None:
    content = {
        "ruleset": {
            "format": 1,
            "name": "ministry",
            "version": "1.0",
            "title": words("ministry"),
            "over": "small",
            "prefix": "min",
            "fixes": {
                "spouse-photo": {
                    "reading": "banned",
                    "from": "2024-02-01",
                    "decision": "Decision No. 7",
                }
            },
        }
    }
    from netralitas_rules.loading.gather import gather_documents
    from netralitas_rules.loading.merge import merge

    base = gather_documents((("small.yaml", document()),))
    rules = Ruleset(merge(base, gather_documents((("min.yaml", content),))))
    report = incident(
        subject={"status": "pns"},
        act=NEW_POST,
        beneficiary={"stage": "candidate", "relation": "spouse"},
    )
    builder = rules._builder
    shown = {}
    for day in (datetime.date(2024, 1, 31), datetime.date(2024, 2, 1)):
        case, _ = builder.case(report, as_of=day, chosen={})
        (question,) = ReadingsBuilder(builder.turning).readings(case).questions
        shown[day.day] = (question.taken, question.chosen_by, question.binding_from)
    assert shown == {
        31: ("allowed", "default", None),
        1: ("banned", "Decision No. 7", "2024-02-01"),
    }


def test_parts_that_a_constraint_ties_are_looked_at_together() -> None:
    """One of the two was given in any case, so that the mild readings together are enough."""
    either = {
        "either": {
            "any": [
                {"reading.first": "mild", "act.goods_given": True},
                {"reading.second": "mild", "act.staff_mobilised": True},
            ]
        }
    }
    tie = {
        "one-of-them": {
            "says": words("one of them"),
            "when": {"act.goods_given": False},
            "then": {"act.staff_mobilised": True},
            "basis": ["always/7"],
        }
    }
    rules = rules_with(either, {"first": "mild", "second": "mild"}, constraints=tie)
    found = readings_of(rules)
    assert found.outcomes[0].outcome is Outcome.MET
    assert [q.id for q in found.questions] == ["first", "second"]
    strict = [q.readings[0].outcomes[0].outcome for q in found.questions]
    assert strict == [Outcome.OPEN, Outcome.OPEN]


LOCAL: dict[str, Any] = {
    "facts": {
        "act.small.proven": {
            "derived": True,
            "label": words("proven"),
            "values": {"yes": words("yes"), "no": words("no")},
        }
    },
    "constraints": {
        "proven-by-word": {
            "says": words("proven by word"),
            "when": {"act.small.told": True, "reading.first": "mild"},
            "then": {"act.small.proven": "yes"},
            "basis": ["always/7"],
        },
        "not-proven": {
            "says": words("not proven"),
            "when": {"act.small.told": False},
            "then": {"act.small.proven": "no"},
            "basis": ["always/7"],
        },
    },
}


@pytest.mark.parametrize("taken", ["mild", "strict", None])
@pytest.mark.parametrize("told", [True, False, None])
def test_a_question_that_only_ties_a_few_facts(*, taken: str | None, told: bool | None) -> None:
    """Narrowed anew in the frames at hand, it gives what evaluating the report again gives."""
    rules = rules_with({"proof": {"act.small.proven": "yes"}}, {"first": taken}, **LOCAL)
    index = rules.plan.space.by_path["reading.first"].index
    assert index in rules._builder.turning.local
    act = {**NEW_POST, "further": {"small": {"told": told}}} if told is not None else NEW_POST
    report: dict[str, Any] = {"subject": {"status": "pns"}, "act": act}
    report["beneficiary"] = {"stage": "candidate", "relation": "none"}
    found = readings_of(rules, **report)
    again = {
        reading: rules.decide(incident(**report), as_of=DAY, readings={"first": reading})
        for reading in ("strict", "mild")
    }
    (outcome,) = found.outcomes
    assert set(outcome.possible) == {decision.outcome for decision in again.values()}
    for question in found.questions:
        for under in question.readings:
            (choice,) = under.readings
            assert under.outcomes[0].outcome is again[choice.reading].outcome
    decided = rules.decide(incident(**report), as_of=DAY)
    assert [q.id for q in found.questions] == [q.id for q in decided.decisive]
    assert (told is True) == bool(decided.decisive)


def test_a_stated_fact_that_a_reading_narrowed_is_free_again_under_another() -> None:
    """What was stated of it is not in the frame any more: the report is evaluated again."""
    narrows = {
        "only-print": {
            "says": words("only print"),
            "when": {"act.small.told": True, "reading.first": "mild"},
            "then": {"act.medium": "print"},
            "basis": ["always/7"],
        }
    }
    rules = rules_with({"how": {"act.medium": "print"}}, {"first": "mild"}, constraints=narrows)
    assert rules.plan.space.by_path["reading.first"].index in rules._builder.turning.local
    medium = {"one_of": ["print", "broadcast"]}
    act = {**NEW_POST, "medium": medium, "further": {"small": {"told": True}}}
    found = readings_of(rules, act=act)
    (question,) = found.questions
    strict, mild = (under.outcomes[0].outcome for under in question.readings)
    assert (strict, mild) == (Outcome.OPEN, Outcome.MET)


def test_an_evaluator_that_forgets_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it ties gets other numbers then: keys are asked once."""
    report = incident_of(REPORTED / "case-009.yaml")
    expected = nr.load("national").inquire(report, as_of="2024-12-31").readings
    monkeypatch.setattr(evaluate, "MAX_CACHED", 1)
    forgetful = Ruleset(nr.load("national").merged)
    assert forgetful.inquire(report, as_of="2024-12-31").readings == expected
