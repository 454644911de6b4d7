"""What is noticed about a case, and what becomes of reports that cannot be joined or decided."""

import datetime
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.case import CaseFile
from netralitas_rules.case.model import CaseDecision
from netralitas_rules.history.durable import EngineState

Doc = dict[str, Any]
AS_OF = "2024-12-31"
PAIR = {"kind": "pair", "office": "president", "stage": "candidate"}
SUPPORT = {"conduct": "post", "medium": "social_media", "audience": "public", "date": "2024-01-10"}
DECISION: Doc = {
    "key": "d",
    "step": "decision",
    "of": ["r1"],
    "date": "2024-06-01",
    "regime": "discipline",
    "regulation": "pp-94-2021",
    "level": "heavy",
    "sanction": "demotion-12-months",
    "by": "ppk",
}


def report(key: str, *acts: Doc, subject: Doc | None = None, **more: Any) -> Doc:
    incident = {
        "election": "pemilu_2024",
        "subjects": [{"status": "pns"} if subject is None else subject],
        "acts": list(acts or [SUPPORT]),
        "beneficiaries": [PAIR],
        **more,
    }
    return {"key": key, "incident": incident}


def decided(
    reports: list[Doc],
    records: list[Doc] | None = None,
    service: list[Doc] | None = None,
    **more: Any,
) -> CaseDecision:
    content = {
        "format": 1,
        "person": {"key": "p"},
        "reports": reports,
        "records": records or [],
        "service": service or [],
    }
    case = CaseFile.model_validate(content)
    return nr.load("national").decide_case(case, as_of=AS_OF, **more)


def codes(decision: CaseDecision) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.code.value, one.records, one.about) for one in decision.findings]


def test_channels_that_contradict_each_other_on_what_no_rule_reads() -> None:
    one = report("r1", {**SUPPORT, "event": "e"}, subject={"status": "pns", "unit": "school"})
    two = report("r2", {**SUPPORT, "event": "e"}, subject={"status": "pns", "unit": "head_office"})
    decision = decided([one, two])
    assert codes(decision) == [("channels-contradict", ("r1", "r2"), "subjects[0].unit")]
    (finding,) = decision.findings
    assert finding.found == ("r1: school", "r2: head_office")


def test_reports_that_narrow_each_other_do_not_contradict() -> None:
    one = report("r1", {**SUPPORT, "event": "e", "date": "2024-01"})
    two = report("r2", {**SUPPORT, "event": "e"})
    assert codes(decided([one, two])) == []


def test_reports_that_cannot_both_be_are_decided_alone() -> None:
    joined = {"status": "pns", "party": {"joined_on": "2024-05-01"}}
    left = {"status": "pns", "party": {"left_party_on": "2024-01-01"}}
    event = {**SUPPORT, "event": "e"}
    decision = decided([report("r1", event, subject=joined), report("r2", event, subject=left)])
    assert ("not-joined", ("r1", "r2"), "") in codes(decision)
    (matter,) = decision.matters
    assert [one.report for one in matter.decisions] == ["r1", "r2"]
    assert {path.at.report for outcome in decision.regimes for path in outcome.paths} == {
        "r1",
        "r2",
    }


def test_a_report_that_cannot_be_is_a_finding() -> None:
    """A PPPK has no leave outside the state's charge."""
    wrong = {"status": "pppk", "cltn": {"state": "in_force"}}
    decision = decided([report("r1", subject=wrong), report("r2")])
    assert codes(decision) == [("no-decision-possible", ("r1",), "")]
    assert [(matter.key, matter.outcome is None) for matter in decision.matters] == [
        ("r1", True),
        ("r2", False),
    ]
    (finding,) = decision.findings
    assert "contradictory-facts" in finding.found[0]


def test_something_done_without_a_report() -> None:
    decision = decided([], [{**DECISION, "of": []}])
    assert ("no-report", ("d",), "") in codes(decision)
    assert [matter.key for matter in decision.matters] == ["d"]


def test_one_matter_sanctioned_twice() -> None:
    decision = decided([report("r1")], [DECISION, {**DECISION, "key": "e"}])
    assert ("sanctioned-twice", ("d", "e"), "discipline") in codes(decision)


def test_the_second_sanction_may_have_fallen() -> None:
    revoked = {"key": "x", "step": "revocation", "of": ["e"]}
    decision = decided([report("r1")], [DECISION, {**DECISION, "key": "e"}, revoked])
    assert "sanctioned-twice" not in {code for code, *_ in codes(decision)}


def test_a_sanction_to_which_no_path_leads() -> None:
    vote = report("r1", {"conduct": "vote", "date": "2024-02-14"})
    assert ("sanction-without-path", ("d",), "discipline") in codes(decided([vote], [DECISION]))


def test_a_level_that_the_law_does_not_open() -> None:
    light = {**DECISION, "level": "light", "sanction": "oral-reprimand"}
    found = codes(decided([report("r1", {**SUPPORT, "purpose_of_support": True})], [light]))
    assert ("other-level", ("d",), "light") in found


@pytest.mark.parametrize(
    ("acted", "found"), [(False, True), (True, False), (None, False), ({"one_of": [True]}, False)]
)
def test_a_superior_who_did_not_act(acted: object, found: bool) -> None:
    told: Doc = {"key": "k", "step": "informed", "of": ["r1"], "by": "direct_superior"}
    told |= {"date": "2024-02-01"} | ({} if acted is None else {"acted": acted})
    decision = decided([report("r1")], [told])
    noticed = ("superior-did-not-act", ("r1",), "direct_superior") in codes(decision)
    assert noticed is found


def test_a_superior_who_was_told_nothing_did_not_fail_to_act() -> None:
    told: Doc = {"key": "k", "step": "informed", "of": ["r1"], "by": "direct_superior"}
    found = decided([report("r1")], [{**told, "date": "none", "acted": False}])
    assert "superior-did-not-act" not in {code for code, *_ in codes(found)}
    assert not {"did_not_act", "reached"} & {one.fact.kind for one in found.followed}
    assert [matter.records for matter in found.matters] == [("k",)]


def test_an_objection_that_waits_leaves_the_sanction_open() -> None:
    objection = {"key": "o", "step": "objection", "of": ["d"]}
    (one,) = decided([report("r1")], [DECISION, objection]).sanctions
    assert one.state == "pending"
    review = {"key": "v", "step": "review", "of": ["o"], "result": "lightened", "level": "medium"}
    (other,) = decided([report("r1")], [DECISION, objection, review]).sanctions
    assert (other.state, other.level, other.kind, other.changed_by) == (
        "stands",
        "medium",
        None,
        ("v",),
    )


def statuses(decision: CaseDecision) -> set[tuple[str, ...]]:
    """What the elements of the one matter know of the person's status."""
    (matter,) = decision.matters
    return {
        fact.possible
        for finding in matter.decisions[0].decision.findings
        for element in finding.elements
        for fact in element.facts
        if fact.fact == "subject.status"
    }


def test_service_says_what_the_person_was_on_the_day() -> None:
    service = [
        {"from": "2010-01-01", "until": "2023-12-31", "status": "cpns"},
        {"from": "2024-01-01", "until": "none", "status": "pns", "post": "pelaksana"},
    ]
    unknown = report("r1", subject={})
    assert statuses(decided([unknown], service=service)) == {("pns",)}


def test_a_day_that_no_stretch_of_service_covers_says_nothing() -> None:
    service = [{"from": "2024-01-15", "until": "none", "status": "pns"}]
    unknown = report("r1", {**SUPPORT, "date": "2024-01"}, subject={})
    assert ("pns",) not in statuses(decided([unknown], service=service))


def test_the_second_engine_is_asked_on_request_only() -> None:
    assert decided([report("r1")]).engines is None
    run = decided([report("r1")], cross_check=True).engines
    assert run is not None
    assert run.state in (EngineState.AGREED, EngineState.UNAVAILABLE)


def test_a_case_without_anything() -> None:
    decision = decided([])
    assert (decision.matters, decision.regimes, decision.timeline) == ((), (), ())
    for lang in ("id", "en"):
        assert decision.text(lang=lang)
        assert decision.svg(lang=lang).startswith("<svg")


def test_an_unknown_language_of_the_picture() -> None:
    with pytest.raises(ValueError, match="lang must be one of id, en"):
        decided([]).svg(lang="fr")


def test_days_of_a_case_are_days() -> None:
    case = CaseFile.model_validate({"person": {"key": "p"}})
    day = datetime.date(2024, 1, 2)
    assert nr.load("national").decide_case(case, as_of=day).as_of == "2024-01-02"
    with pytest.raises(nr.Refused):
        nr.load("national").decide_case(case, as_of="2024-13-01")


# -- a sanction that a repeat makes heavier than the breach alone

LETTER = {
    "key": "r1",
    "incident": {
        "election": "pilkada_2020",
        "subjects": [{"status": "pns"}],
        "acts": [{"conduct": "give_support_letter", "date": "2020-10-10"}],
        "beneficiaries": [{"kind": "pair", "office": "governor", "stage": "candidate"}],
    },
}
EARLIER = {
    "key": "old",
    "step": "decision",
    "date": "2018-06-01",
    "by": "ppk",
    "regime": "discipline",
    "regulation": "pp-53-2010",
    "level": "medium",
    "sanction": "rank-lower-1-year",
    "breaches": ["pp-53-2010/4/14"],
}


@pytest.mark.parametrize(
    ("level", "sanction", "earlier", "told"),
    [
        ("heavy", "rank-lower-3-years", [], True),
        ("heavy", "rank-lower-3-years", [EARLIER], False),
        ("light", "oral-reprimand-pp-53", [EARLIER], True),
        ("heavy", "rank-lower-3-years", [EARLIER | {"regime": "ethics"}], True),
    ],
)
def test_a_repeat_may_ask_for_more(
    level: str, sanction: str, earlier: list[Doc], *, told: bool
) -> None:
    new = EARLIER | {
        "key": "new",
        "of": ["r1"],
        "date": "2020-11-20",
        "level": level,
        "sanction": sanction,
    }
    found = decided([LETTER], [*earlier, new])
    assert (("other-level", ("new",), level) in codes(found)) is told
    forms = {
        one.form
        for proceeding in found.proceedings
        for one in proceeding.proceeding.findings
        if "new" in one.records
    }
    assert ({"kind-of-level", "level-of-breach"} <= forms) is told


# -- remedies that were sought

OLD_ACT = {**SUPPORT, "date": "2020-10-10"}
OLD: Doc = {
    **DECISION,
    "date": "2020-11-02",
    "regulation": "pp-53-2010",
    "level": "medium",
    "sanction": "pay-rise-delay",
    "by": "echelon_iii",
}
DELIVERED: Doc = {"key": "v", "step": "delivery", "of": ["d"], "date": "2020-11-05"}
OBJECTION: Doc = {"key": "o", "step": "objection", "of": ["d"], "date": "2020-11-12"}


def old_report() -> Doc:
    return report("r1", OLD_ACT, election="pilkada_2020")


def test_an_objection_that_nobody_answers_makes_an_old_decision_void() -> None:
    """PP 53/2010 Article 37(4): 21 working days, then the decision is void."""
    (one,) = decided([old_report()], [OLD, DELIVERED, OBJECTION]).sanctions
    assert (one.state, one.lapse is not None and one.lapse.record) == ("void", "o")
    assert one.lapse is not None
    assert one.lapse.last.startswith("2020-12")
    assert "pp-53-2010/37/4" in one.lapse.basis


def test_an_objection_under_the_later_law_leaves_the_decision_waiting() -> None:
    """PP 79/2021 Article 5 and 6: 21 working days; who gets no answer may go to the court."""
    delivery = {**DELIVERED, "date": "2024-06-05"}
    objection = {**OBJECTION, "date": "2024-06-10"}
    found = decided([report("r1")], [DECISION, delivery, objection])
    (one,) = found.sanctions
    assert (one.state, one.lapse) == ("pending", None)
    assert ("remedy-unanswered", ("o",), "d") in codes(found)


@pytest.mark.parametrize(
    "more",
    [
        [{"key": "w", "step": "review", "of": ["o"], "by": "ppk", "result": "upheld"}],
        [{"key": "w", "step": "revocation", "of": ["d"], "by": "ppk"}],
    ],
)
def test_what_was_answered_or_fell_does_not_wait(more: list[Doc]) -> None:
    delivery = {**DELIVERED, "date": "2024-06-05"}
    objection = {**OBJECTION, "date": "2024-06-10"}
    found = decided([report("r1")], [DECISION, delivery, objection, *more])
    assert "remedy-unanswered" not in {code for code, *_ in codes(found)}


@pytest.mark.parametrize(("date", "waits"), [("2024-11-29", False), ("2024-11-15", True)])
def test_an_answer_may_still_come(date: str, waits: bool) -> None:
    delivery = {**DELIVERED, "date": "2024-11-11"}
    objection = {**OBJECTION, "date": date}
    found = decided([report("r1")], [DECISION, delivery, objection])
    assert ("remedy-unanswered" in {code for code, *_ in codes(found)}) is waits


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("2024-06-26", None),
        ("2024-07", "remedy-may-be-late"),
        ("2024-12-01", "remedy-late"),
    ],
)
def test_an_objection_after_its_last_day(date: str, code: str | None) -> None:
    delivery: Doc = {**DELIVERED, "date": {"from": "2024-06-25", "to": "2024-06-25"}}
    records = [DECISION, delivery, {**OBJECTION, "date": date, "of": ["v"]}]
    found = codes(decided([report("r1")], records))
    late = [one for one in found if one[0] in ("remedy-late", "remedy-may-be-late")]
    assert late == ([] if code is None else [(code, ("o",), "d")])


def test_a_repeat_that_was_given_a_lighter_kind() -> None:
    """The same clause, first the heavier kind and then the lighter one (Article 35(2))."""
    breaches = ["pp-94-2021/5/n/5"]
    first = {**DECISION, "key": "a", "of": ["r0"], "date": "2022-03-01", "breaches": breaches}
    first["sanction"] = "release-12-months"
    second = {**DECISION, "breaches": breaches}
    decision_act = {
        "conduct": "decide",
        "official_decision": True,
        "date": "2024-01-10",
        "event": "e",
    }
    found = codes(decided([report("r1", decision_act)], [{**first, "of": []}, second]))
    assert ("not-heavier", ("d",), "a") in found
    heavier = {**second, "sanction": "honourable-dismissal"}
    found = codes(decided([report("r1", decision_act)], [{**first, "of": []}, heavier]))
    assert "not-heavier" not in {code for code, *_ in found}


def test_a_decision_that_found_no_breach_is_no_sanction_to_compare() -> None:
    first = {**DECISION, "key": "a", "of": [], "date": "2022-03-01"}
    cleared: Doc = {**DECISION, "result": "no_breach"}
    for name in ("level", "sanction"):
        del cleared[name]
    found = codes(decided([report("r1")], [first, cleared]))
    assert "not-heavier" not in {code for code, *_ in found}
