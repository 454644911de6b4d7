"""The smallest examples on which engine and definitions were once found to differ."""

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from netralitas_rules.decision.model import Decision
from netralitas_rules.facts.space import vocabulary
from netralitas_rules.loading.diagnostics import Refused
from tests.spec import Contradiction, Spec
from tests.strategies import AS_OF, CALENDAR, FRAME, OWN_FACTS, Doc, model, ruleset_of, words


def rule(raised_by: Any, needs: Doc, **more: Any) -> Doc:
    return {
        "title": words("rule"),
        "norm": ["reg-a/1"],
        "raised-by": raised_by,
        "needs": {"element": needs},
        **more,
    }


def exception(when: Doc, **more: Any) -> Doc:
    return {"says": words("exception"), "when": when, **more}


def constraint(when: Doc, then: Doc) -> Doc:
    return {"says": words("constraint"), "when": when, "then": then}


def row(**more: Any) -> Doc:
    return {
        "for": ["rule/1"],
        "regime": "ethics",
        "rests-on": "regulation",
        "allow": ["reprimand"],
        "basis": ["reg-a/1"],
        **more,
    }


def law(*rules: Doc, **sections: Doc) -> Doc:
    return {
        **FRAME,
        "facts": {path: {"label": words(path), **doc} for path, doc in OWN_FACTS.items()},
        "violations": {f"rule/{n}": r for n, r in enumerate(rules, start=1)},
        **sections,
    }


def act(**facts: Any) -> Doc:
    return {"conduct": "post", **facts}


def incident(*acts: Doc, people: tuple[Doc, ...] = (), **subject: Any) -> Doc:
    return {"subjects": [subject], "acts": list(acts), "beneficiaries": list(people)}


@dataclass(frozen=True)
class Example:
    """A ruleset, an incident, and the status of every rule that is raised."""

    name: str
    law: Doc
    incident: Doc
    expected: dict[str, str] = field(default_factory=dict)


POST: Doc = {"act.conduct": "post"}
PUBLIC: Doc = {"act.audience": "public"}
COUNT = "act.test.count"

EXAMPLES = [
    Example(
        "a number below every bound",
        law(rule(POST, {COUNT: {"until": 1}}), rule(POST, {COUNT: {"from": 1}})),
        incident(act(further={"test": {"count": 0}})),
        {"rule/1": "met", "rule/2": "not_met"},
    ),
    Example(
        "a number below zero",
        law(rule(POST, {COUNT: {"until": 0}}), rule(POST, {COUNT: {"from": 0}})),
        incident(act(further={"test": {"count": -5}})),
        {"rule/1": "met", "rule/2": "not_met"},
    ),
    Example(
        "a number beyond the ordinal of every day",
        law(rule(POST, {"act.test.count": {"from": 10_000_000}})),
        incident(act(further={"test": {"count": 20_000_000}})),
        {"rule/1": "met"},
    ),
    Example(
        "a gate whose fact is not stated does not open for an uncertain conduct",
        law(rule([POST, {"act.conduct": "react", "act.role": "stated"}], PUBLIC)),
        incident(act(conduct={"one_of": ["post", "react"]}, audience="public")),
        {"rule/1": "open"},
    ),
    Example(
        "a gate without a value does not make the conduct certain",
        law(rule([POST, {"act.role": "stated"}], PUBLIC)),
        incident(act(conduct={"one_of": ["post", "react"]}, audience="public")),
        {"rule/1": "open"},
    ),
    Example(
        "gates that take every conduct between them",
        law(rule([POST, {"act.conduct": {"not": "post"}}], PUBLIC)),
        incident(act(audience="public")),
        {"rule/1": "met"},
    ),
    Example(
        "an exception asked about by a value that is not certain",
        law(
            rule(
                POST,
                PUBLIC,
                unless={
                    "private-account": exception(
                        {"act.active_support": False}, **{"asked-when": {"act.medium": "messaging"}}
                    )
                },
            )
        ),
        incident(
            act(
                audience="public",
                active_support=False,
                medium={"one_of": ["messaging", "social_media"]},
            )
        ),
        {"rule/1": "elements_met"},
    ),
    Example(
        "an exception asked about by one of two gates of different facts",
        law(
            rule(
                POST,
                PUBLIC,
                unless={
                    "private-account": exception(
                        {"act.active_support": False},
                        **{"asked-when": [{"act.medium": "messaging"}, {"act.role": "stated"}]},
                    )
                },
            )
        ),
        incident(
            act(
                audience="public",
                active_support=False,
                medium={"one_of": ["messaging", "social_media"]},
            )
        ),
        {"rule/1": "elements_met"},
    ),
    Example(
        "a constraint leaves nothing of the value that would raise the rule",
        law(
            rule({**POST, "act.audience": "closed_group"}, {"act.role": "speaker"}),
            rule(POST, {"act.audience": "private"}),
            constraints={
                "private": constraint(
                    {"act.audience": {"not": "private"}}, {"act.audience": "private"}
                )
            },
        ),
        incident(
            act(
                audience={"one_of": ["closed_group", "private"]}, role="attendee", date="2024-01-15"
            )
        ),
        {"rule/2": "met"},
    ),
    Example(
        "an exception that depends on an uncertain date is a defence still to be heard",
        law(rule(POST, PUBLIC, unless={"early": exception({"act.date": {"until": "2023-06-01"}})})),
        incident(act(audience="public", date="2023-06")),
        {"rule/1": "elements_met"},
    ),
    Example(
        "a constraint ties two elements so that they are never met together",
        law(
            rule(POST, {**PUBLIC, "act.active_support": False}),
            rule({**POST, "act.audience": "public"}, {"act.active_support": False}),
            rule(POST, {"act.active_support": True}),
            constraints={"support": constraint(PUBLIC, {"act.active_support": True})},
        ),
        incident(act()),
        {"rule/1": "not_met", "rule/3": "open"},
    ),
    Example(
        "constraints that leave a body of law no completion, seen together only",
        law(
            rule(POST, PUBLIC, under={"law.code": "old"}),
            constraints={
                "either-way": constraint(
                    {
                        "any": [
                            {"act.attributes": {"any": ["party"]}},
                            {"act.attributes": {"lacks": ["party"]}},
                        ]
                    },
                    {"law.code": "old"},
                )
            },
        ),
        incident(act(audience="public")),
        {"rule/1": "met"},
    ),
    Example(
        "constraints that leave no completion, seen together only",
        law(
            rule(POST, PUBLIC),
            constraints={
                f"c{role}{support}{staff}".lower(): constraint(
                    {"act.active_support": support, "act.official_decision": role},
                    {"act.staff_mobilised": staff},
                )
                for role in (True, False)
                for support in (True, False)
                for staff in (True, False)
            },
        ),
        incident(act(audience="public")),
    ),
    Example(
        "a statement that leaves no value",
        law(rule(POST, PUBLIC)),
        incident(act(audience={"not": ["public", "closed_group", "private"]})),
    ),
]  # fmt: skip
"""Those without a status are contradictions."""


def statuses(decision: Decision) -> dict[str, str]:
    return {f.id: f.status.value for f in decision.findings}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_example(example: Example) -> None:
    ruleset, spec = ruleset_of(example.law), Spec(example.law)
    if not example.expected:
        with pytest.raises(Contradiction):
            spec.decide(example.incident, as_of=AS_OF)
        with pytest.raises(Refused):
            ruleset.decide(model(example.incident), as_of=AS_OF)
        return
    for _ in range(3):
        facts = {"subject": example.incident["subjects"][0], "act": example.incident["acts"][0]}
        assert ruleset.statuses(facts) == example.expected
    expected = spec.decide(example.incident, as_of=AS_OF)
    assert {rule_id: c.status for (rule_id, *_), c in expected.findings.items()} == example.expected
    assert statuses(ruleset.decide(model(example.incident), as_of=AS_OF)) == example.expected


@pytest.mark.parametrize(
    "empty",
    [
        {"act": {"audience": {"not": ["public", "closed_group", "private"]}}},
        {"act": {"audience": {"one_of": []}}},
        {"act": {"attributes": {"has": ["party"], "lacks": ["party"]}}},
        {"act": {"active_support": {"not": [True, False]}}},
    ],
    ids=str,
)
def test_a_row_that_leaves_no_value_is_refused(empty: Doc) -> None:
    ruleset = ruleset_of(law(rule({"act.conduct": "post"}, {"act.audience": "public"})))
    with pytest.raises(Refused):
        ruleset.statuses({**empty, "act": {"conduct": "post", **empty["act"]}})


@pytest.mark.parametrize("relations", [("child", "spouse"), ("spouse", "child")])
def test_a_path_through_any_beneficiary_of_an_act(relations: tuple[str, str]) -> None:
    """One finding per act; the sanction row asks about the beneficiary, whoever stands first."""
    document = law(
        rule(POST, PUBLIC, scope="act"),
        sanctions={"row": row(when={"beneficiary.relation": "spouse"})},
    )
    people = tuple({"relation": relation} for relation in relations)
    facts = incident(act(audience="public"), people=people)
    assert Spec(document).decide(facts, as_of=AS_OF).paths == {(0, "row"): "follows"}
    decision = ruleset_of(document).decide(model(facts), as_of=AS_OF)
    assert [(p.id, p.status.value) for p in decision.paths] == [("row", "follows")]


@pytest.mark.parametrize("dates", [("2023-01-14", "2023-11-28"), ("2023-11-28", "2023-01-14")])
def test_the_basis_of_a_path_is_that_of_all_its_findings(dates: tuple[str, str]) -> None:
    """`reg-a/2` holds until June, `reg-a/3` from then on; the path rests on an act under each."""
    document = law(
        rule(POST, PUBLIC), sanctions={"row": row(basis=["reg-a/1", "reg-a/2", "reg-a/3"])}
    )
    facts = incident(*(act(audience="public", date=date) for date in dates))
    decision = ruleset_of(document).decide(model(facts), as_of=AS_OF)
    assert decision.paths[0].findings == (0, 1)
    assert set(decision.paths[0].basis) == {"reg-a/1", "reg-a/2", "reg-a/3"}


def test_an_exception_that_nobody_raised_cites_no_law() -> None:
    silent = exception(
        {"act.active_support": False},
        basis=["reg-a/2", "reg-a/3"],
        **{"asked-when": {"act.active_support": "stated"}},
    )
    document = law(rule(POST, PUBLIC, unless={"silent": silent}))
    facts = incident(act(audience="public", date="2023-11-28"))
    decision = ruleset_of(document).decide(model(facts), as_of=AS_OF)
    assert decision["rule/1"].exceptions[0].basis == ()


CALENDAR_DAYS = sorted(
    day + datetime.timedelta(days=step)
    for text in re.findall(r"\d{4}-\d{2}-\d{2}", str(CALENDAR))
    for day in [datetime.date.fromisoformat(text)]
    for step in (-1, 0, 1)
)


@pytest.mark.parametrize("office", ["dpr", "mayor"])
@pytest.mark.parametrize("election", ["pemilu_2024", "pilkada_2024"])
def test_every_boundary_of_a_calendar(election: str, office: str) -> None:
    """Stage and phase change on the day that the calendar names, and for its contest alone."""
    rules = [
        rule(POST, {fact: value})
        for fact in ("beneficiary.stage", "contest.phase")
        for value in vocabulary()[fact].values
    ]
    document = law(*rules, calendars={"calendar": CALENDAR})
    ruleset, spec = ruleset_of(document), Spec(document)
    for day in CALENDAR_DAYS:
        facts = incident(act(date=day.isoformat()), people=({"office": office},))
        facts["election"] = election
        expected = spec.decide(facts, as_of=AS_OF)
        found = ruleset.decide(model(facts), as_of=AS_OF)
        assert statuses(found) == {r: case.status for (r, *_), case in expected.findings.items()}


def test_a_question_that_decides_which_law_is_in_force() -> None:
    """Under the other reading another body of law governs: the question is decisive."""
    question = {
        "kind": "computed",
        "asks": words("open"),
        "readings": {"one": {"says": words("one")}, "other": {"says": words("other")}},
        "why": words("open"),
    }
    document = law(
        rule(POST, PUBLIC, under={"law.code": "old"}),
        constraints={"c": constraint({"reading.open": "other"}, {"law.code": "new"})},
        questions={"open": question},
    )
    facts = model(incident(act(audience="public", date=AS_OF)))
    ruleset = ruleset_of(document)
    assert statuses(ruleset.decide(facts, as_of=AS_OF)) == {"rule/1": "open"}
    assert statuses(ruleset.decide(facts, as_of=AS_OF, readings={"open": "other"})) == {}
    decision = ruleset.decide(facts, as_of=AS_OF)
    assert [q.id for q in decision.decisive] == ["open"]
    changes = {other.reading: other.changes for other in decision.decisive[0].others}
    assert [(c.id, c.before, c.after) for c in changes["other"]] == [("rule/1", "open", "not_met")]
