"""What is announced comes true: sets that settle, changes that change, an interview that ends."""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import Decision, FindingStatus
from netralitas_rules.inquiry.interview import Interview, restored, started
from netralitas_rules.inquiry.model import Effect, FactSet
from netralitas_rules.loading.changes import UNKNOWN, changed
from netralitas_rules.loading.incidents import incident_from
from tests.content.files import AS_OF, CASE_FILES, ROW_FILES, incident_of
from tests.strategies import one_in

Doc = dict[str, Any]
DAY = datetime.date.fromisoformat(AS_OF)
WANTED = {Effect.ESTABLISH: FindingStatus.MET, Effect.CLEAR: FindingStatus.NOT_MET}
DATED = [path for path in CASE_FILES if incident_of(path).acts and incident_of(path).acts[0].date]


@cache
def rules() -> nr.Ruleset:
    return nr.load("kemenkumham")


def written(path: Path) -> Doc:
    return incident_of(path).model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def decided(content: Doc) -> Decision:
    incident = incident_from(content, locate=lambda _loc, _key: None)
    return rules().decide(incident, as_of=AS_OF)


def statuses(decision: Decision, rule: str, whose: tuple[str | None, ...]) -> set[FindingStatus]:
    """Of the findings of a rule about this subject, act and beneficiary."""
    return {
        finding.status
        for finding in decision.findings_of(rule)
        if all(
            own is None or own == other
            for own, other in zip(
                whose, (finding.subject, finding.act, finding.beneficiary), strict=True
            )
        )
    } or {FindingStatus.NOT_MET}


def stated(content: Doc, one: FactSet) -> Doc:
    new, _ = changed(content, {fact.place: fact.example for fact in one.facts})
    return new


@pytest.mark.parametrize("path", DATED[:: one_in(9, long=3)], ids=lambda path: path.stem)
def test_every_set_of_a_reported_case_settles_what_it_says(path: Path) -> None:
    content = written(path)
    for finding in rules().inquire(incident_of(path), as_of=AS_OF).findings:
        whose = (finding.subject, finding.act, finding.beneficiary)
        for one in finding.sets[:: one_in(12, long=3)]:
            found = statuses(decided(stated(content, one)), finding.id, whose)
            assert found == {WANTED[one.effect]}, (finding.id, one)


def test_days_are_told_as_the_report_leaves_them() -> None:
    content: Doc = {
        "election": "pemilu_2024",
        "subjects": [{"status": "pns"}],
        "acts": [{"conduct": "react", "interaction": "like", "date": "2023-11"}],
        "beneficiaries": [{"kind": "person", "office": "dpr"}],
    }
    incident = incident_from(content, locate=lambda _loc, _key: None)
    days = {
        (fact.values, fact.example)
        for finding in rules().inquire(incident, as_of=AS_OF).findings
        for one in finding.sets
        for fact in one.facts
        if fact.place == "act.date"
    }
    assert (("2023-11-01..2023-11-02",), "2023-11-01") in days
    assert all(value.startswith("2023-11") for values, _ in days for value in values)


def test_a_contest_of_its_own_is_not_that_of_another_beneficiary() -> None:
    content: Doc = {
        "subjects": [{"status": "pns"}],
        "acts": [{"conduct": "react", "interaction": "like", "date": "2024-09-30"}],
        "beneficiaries": [
            {"key": "p", "kind": "person", "office": "dpr", "election": "pemilu_2024"},
            {"key": "q", "kind": "pair", "office": "mayor"},
        ],
    }
    incident = incident_from(content, locate=lambda _loc, _key: None)
    elections = {
        value
        for finding in rules().inquire(incident, as_of=AS_OF).findings
        for one in finding.sets
        for fact in one.facts
        if fact.place == "beneficiaries[1].election"
        for value in fact.values
    }
    assert "pilkada_2024" in elections


def test_every_open_reported_case_lists_what_would_settle_it() -> None:
    for path in CASE_FILES[:: one_in(9, long=3)]:
        decision = decided(written(path))
        if decision.outcome.value in ("open", "elements_met"):
            inquiry = rules().inquire(incident_of(path), as_of=AS_OF)
            assert inquiry.findings, path.stem
            assert inquiry.next is not None or decision.decisive, path.stem


@pytest.mark.parametrize("path", DATED[1 :: one_in(12, long=6)], ids=lambda path: path.stem)
def test_every_change_that_is_proposed_gives_what_it_says(path: Path) -> None:
    content, decision = written(path), decided(written(path))
    raised = [finding.id for finding in decision.all_findings]
    for rule in dict.fromkeys((*raised[:6], "skb-2022/B7", "pp-94-2021/5/n/5")):
        for one in rules().why(incident_of(path), rule, as_of=AS_OF).changes:
            assert all("identity" not in fact.place for fact in one.facts)
            found = {f.status for f in decided(stated(content, one)).findings_of(rule)}
            if one.effect is Effect.ESTABLISH:
                assert FindingStatus.MET in found, (rule, one)
            else:
                before = [f.status for f in decision.findings_of(rule)]
                after = [f.status for f in decided(stated(content, one)).findings_of(rule)]
                settled = after.count(FindingStatus.NOT_MET) + len(before) - len(after)
                assert settled > before.count(FindingStatus.NOT_MET), (rule, one)


# -- the interview


def said(content: Doc, place: str) -> Any:
    """What a full file says at the place of a question."""
    group, *steps = place.split(".")
    part: Any = content.get(
        {"subject": "subjects", "act": "acts", "beneficiary": "beneficiaries"}.get(group, group)
    )
    if group in ("subject", "act", "beneficiary"):
        part = part[0] if part else None
    for step in steps:
        part = part.get(step) if isinstance(part, dict) else None
    if place == "election" and part is None and content.get("beneficiaries"):
        part = content["beneficiaries"][0].get("election")
    return UNKNOWN if part is None else part


def whole(interview: Interview, content: Doc) -> Interview:
    """Every question answered as the full file has it."""
    for _ in range(200):
        question = interview.question()
        if question is None:
            return interview
        interview = interview.answer(question.place, said(content, question.place))
    raise AssertionError("the interview does not end")


def outcome(decision: Decision) -> tuple[object, ...]:
    """What comes out: findings that are not ruled out, and paths."""
    findings = {(f.id, f.status) for f in decision.all_findings if f.status != "not_met"}
    return decision.outcome, findings, {(path.id, path.status) for path in decision.paths}


SINGLE = [
    path
    for path in (*ROW_FILES, *DATED)
    for incident in [incident_of(path)]
    if len(incident.subjects) == 1
    and len(incident.acts) == 1
    and len(incident.beneficiaries) < 2
    and incident.acts[0].date is not None
    and not incident.subjects[0].further
]


@pytest.mark.parametrize("path", SINGLE[:: one_in(25, long=10)], ids=lambda path: path.stem)
def test_the_interview_reaches_the_decision_of_the_full_file(path: Path) -> None:
    content = written(path)
    known = {"acts": [{key: content["acts"][0][key] for key in ("conduct", "date")}]}
    interview = whole(started(rules(), known, as_of=DAY), content)
    assert outcome(interview.decision()) == outcome(decided(content))
    places = [given.place for given in interview.answers]
    assert len(places) == len(set(places))
    again = restored(interview.stored(), rules())
    assert (again.content, again.question()) == (interview.content, None)
    assert interview.back().question() is not None


def test_from_nothing_the_conduct_is_asked_first_then_the_day() -> None:
    interview = started(rules(), as_of=DAY)
    first = interview.question()
    assert first is not None
    assert first.place == "act.conduct"
    second = interview.answer("act.conduct", "post").question()
    assert second is not None
    assert second.place == "act.date"
    assert interview.answer("act.conduct", "post").back() == interview


def test_an_answer_takes_back_nothing_that_the_report_says() -> None:
    stated = {"acts": [{"conduct": {"one_of": ["post", "attend"]}, "date": "2023-11"}]}
    interview = started(rules(), stated, as_of=DAY)
    assert interview.answer("act.conduct", "post").content["acts"][0]["conduct"] == "post"
    for place, value in (("act.conduct", "vote"), ("act.date", "2019-05-05")):
        with pytest.raises(nr.Refused) as refused:
            interview.answer(place, value)
        assert refused.value.diagnostics[0].code == "contradictory-facts"
    item = {"kind": "document", "shows": {"act.date": "2023-11-20"}}
    with pytest.raises(nr.Refused):
        started(rules(), {**stated, "subjects": [{}], "evidence": [item]}, as_of=DAY).answer(
            "act.date", "2023-11-10"
        )


def test_what_contradicts_is_refused_and_changes_nothing() -> None:
    interview = started(
        rules(),
        {"acts": [{"conduct": "post"}], "proceeding": {"examined_on": "2023-01-01"}},
        as_of=DAY,
    )
    with pytest.raises(nr.Refused):
        interview.answer("act.date", "2023-06-01")
    with pytest.raises(nr.Refused):
        interview.answer("act.medium", "by-pigeon")
    assert interview.answers == ()
