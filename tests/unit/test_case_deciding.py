"""Whole case files, small ones, each for one thing that a file may say."""

import datetime
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.case.acting import held
from netralitas_rules.case.model import CaseDecision
from netralitas_rules.facts.casefile import CaseFile
from netralitas_rules.facts.record_vocabulary import Agency, Assignment

SHIRT = {
    "conduct": "attend",
    "date": "2024-01-15",
    "occasion": "campaign",
    "role": "attendee",
    "attributes": ["party"],
    "active_support": False,
    "attribution": "subject",
    "facilities": {"used": []},
    "impact": {"ring": "none", "shown_by": "examiner"},
}
FOR = [{"kind": "person", "office": "dpr", "direction": "favours"}]
SERVICE = [{"from": "2010-01-01", "until": "none", "status": "pns", "post": "pelaksana"}]


def report(key: str, *, subject: Any = None, received: str = "", **act: Any) -> dict[str, Any]:
    incident: dict[str, Any] = {
        "election": "pemilu_2024",
        "subjects": [subject or {}],
        "acts": [{"event": key, **SHIRT, **act}],
        "beneficiaries": FOR,
    }
    if received:
        incident["report"] = {"received_on": received}
    return {"key": key, "incident": incident}


def decided(
    *records: dict[str, Any], reports: list[dict[str, Any]] | None = None, as_of: str = "2024-12-31"
) -> CaseDecision:
    content = {
        "person": {"key": "p"},
        "service": SERVICE,
        "reports": [report("r")] if reports is None else reports,
        "records": [*records],
    }
    return nr.load("national").decide_case(CaseFile.model_validate(content), as_of=as_of)


def standings(decision: CaseDecision) -> dict[str, str]:
    return {p.at.path: p.standing.value for o in decision.regimes for p in o.paths}


def decision(key: str = "d", **more: Any) -> dict[str, Any]:
    """A decision in discipline on the only report."""
    return {
        "key": key,
        "step": "decision",
        "of": ["r"],
        "date": "2024-03-04",
        "by": "administrator",
        "regime": "discipline",
        "regulation": "pp-94-2021",
        "level": "medium",
        "sanction": "pay-rise-delay",
        **more,
    }


CLEARED = {"result": "no_breach", "level": "medium"}


# -- what was decided


def test_a_decision_that_was_not_made_settles_nothing() -> None:
    found = decided(decision(date="none"))
    assert found.sanctions == ()
    assert standings(found) == {"medium-n2": "taken"}


def test_a_decision_that_found_no_breach() -> None:
    assert standings(decided(decision(**CLEARED))) == {"medium-n2": "no_breach"}


def test_a_withdrawn_decision_that_found_no_breach() -> None:
    withdrawn = {"key": "w", "step": "revocation", "of": ["d"], "date": "2024-04-01"}
    assert standings(decided(decision(**CLEARED), withdrawn)) == {"medium-n2": "taken"}
    never = withdrawn | {"date": "none"}
    assert standings(decided(decision(**CLEARED), never)) == {"medium-n2": "no_breach"}


def test_a_sanction_counts_beside_a_decision_that_found_none() -> None:
    assert standings(decided(decision(**CLEARED), decision("e"))) == {"medium-n2": "settled"}


def test_a_review_that_was_not_made_changes_nothing() -> None:
    asked = {"key": "o", "step": "objection", "of": ["d"], "date": "2024-03-11"}
    answer = {"key": "v", "step": "review", "of": ["o"], "date": "none", "result": "cancelled"}
    (sanction,) = decided(decision(), asked, answer).sanctions
    assert sanction.state.value == "pending"


def test_a_delivery_that_the_person_missed_is_no_receipt() -> None:
    made = decision(by="ppk")
    missed = {"key": "h", "step": "delivery", "of": ["d"], "date": "2024-03-11", "appeared": False}
    got = {"key": "i", "step": "delivery", "of": ["d"], "date": "2024-03-18"}
    days = [
        [one.received for one in decided(made, *handed).remedies]
        for handed in ([missed], [missed, got], [missed | {"appeared": True}])
    ]
    assert days == [[None], [("2024-03-18", "2024-03-18")], [("2024-03-11", "2024-03-11")]]


def test_a_sanction_that_fell_leaves_the_question_whether_it_may_be_decided_again() -> None:
    withdrawn = {"key": "w", "step": "revocation", "of": ["d"], "date": "2024-04-01"}
    fell, stands = decided(decision(), withdrawn), decided(decision())
    assert standings(fell) == {"medium-n2": "taken"}
    assert "decided-again" in fell.questions
    assert "decided-again" not in stands.questions


OUT = {"level": "heavy", "sanction": "honourable-dismissal"}
HANDED = {"key": "h", "step": "delivery", "of": ["d"], "date": "2024-03-11"}
ASKED = {"key": "o", "step": "appeal", "of": ["d"], "date": "2024-03-18"}
UPHELD = {"key": "v", "step": "review", "of": ["o"], "date": "2024-05-06", "result": "upheld"}


@pytest.mark.parametrize(
    ("records", "as_of", "standing"),
    [
        ([decision(), HANDED], "2024-12-31", "taken"),
        ([decision(**OUT)], "2024-12-31", "may_be_absorbed"),  # nobody knows of a receipt
        ([decision(**OUT), HANDED], "2024-03-24", "may_be_absorbed"),
        ([decision(**OUT), HANDED], "2024-03-26", "may_be_absorbed"),  # 15 days, or working days
        ([decision(**OUT), HANDED], "2024-04-30", "absorbed"),
        ([decision(**OUT), HANDED | {"date": "2024"}], "2024-04-30", "may_be_absorbed"),
        ([decision(**OUT), HANDED, ASKED], "2024-12-31", "may_be_absorbed"),
        ([decision(**OUT), ASKED, UPHELD], "2024-12-31", "absorbed"),
        ([decision(**OUT), ASKED, UPHELD | {"date": "2024"}], "2024-12-30", "may_be_absorbed"),
    ],
)
def test_a_dismissal_as_discipline_in_force_leaves_nobody_to_discipline(
    records: list[dict[str, Any]], as_of: str, standing: str
) -> None:
    """Of another matter; GR 94/2021 Article 38: the 15th day of receipt, or as a remedy ends."""
    other = report("s", date="2024-01-30", event="other")
    found = decided(*records, reports=[report("r"), other], as_of=as_of)
    told = {one.at.matter: one.standing.value for o in found.regimes for one in o.paths}
    assert {standing} == {*told.values()} - {"settled"}


def test_remedies_are_against_the_decision_as_it_was_made() -> None:
    made = decision(by="ppk", level="heavy", sanction="honourable-dismissal")
    handed = {"key": "h", "step": "delivery", "of": ["d"], "date": "2024-03-11"}
    asked = {"key": "o", "step": "appeal", "of": ["d"], "date": "2024-03-18"}
    other = {"key": "v", "step": "review", "of": ["o"], "date": "2024-05-06", "result": "changed"}
    found = decided(made, handed, asked, other | {"level": "medium", "sanction": "pay-rise-delay"})
    assert [one.kind for one in found.sanctions] == ["pay-rise-delay"]
    assert [r.remedy.value for one in found.remedies for r in one.remedies] == ["appeal"]


# -- several reports


def test_an_act_after_the_first_report_is_joined() -> None:
    """One record acts on both; that the first report knew nothing of the later act is no clash."""
    reports = [
        report("r", received="2024-01-16"),
        report("s", received="2024-02-02", date="2024-01-30"),
    ]
    told = {"key": "t", "step": "informed", "of": ["r", "s"], "date": "2024-02-05"}
    found = decided(told, reports=reports)
    (matter,) = found.matters
    assert [one.report for one in matter.decisions] == [None]
    assert len(matter.decisions[0].acts) == 2
    assert found.findings == ()


def test_an_act_after_the_first_examination_is_joined() -> None:
    reports = [report("r"), report("s", date="2024-01-30")]
    records = [
        {"key": "e", "step": "examination", "of": ["r"], "date": "2024-01-22"},
        {"key": "f", "step": "examination", "of": ["s", "e"], "date": "2024-02-05"},
    ]
    found = decided(*records, reports=reports)
    (matter,) = found.matters
    assert [one.report for one in matter.decisions] == [None]
    assert found.findings == ()


def test_service_is_known_where_channels_differ_about_the_day() -> None:
    reports = [report("r"), report("s", event="r", date="2024-01-16")]
    found = decided(reports=reports)
    assert standings(found) == {"medium-n2": "taken"}
    assert [(str(one.code), one.about) for one in found.findings] == [
        ("channels-contradict", "acts[0].date")
    ]


def test_what_is_derived_is_contradicted_by_its_fact() -> None:
    leave = {"cltn": {"state": "in_force"}}
    reports = [report("r", subject=leave | {"status": "pns"})]
    reports.append(report("s", event="r", subject={"status": "pppk"}))
    found = decided(reports=reports)
    assert "subject.status" in {
        one.about.replace("subjects[0]", "subject") for one in found.findings
    }


# -- procedure


def test_the_day_of_proof_reaches_its_deadline() -> None:
    """Pasal 270 PP 11/2017: 21 working days from proof; two reports give the days between."""
    party = {"party": {"role": "officer", "joined_on": "2023-07-10"}}

    def proven(key: str, *days: str) -> dict[str, Any]:
        one = report(key, subject=party)
        one["incident"]["acts"] = []
        one["incident"]["beneficiaries"] = []
        if days:
            one["incident"]["proceeding"] = {"proven_on": days[0]}
        return one

    made = {
        **decision(date="2024-04-30", by="ppk", regime="dismissal", regulation="pp-11-2017"),
        "sanction": "dishonourable-dismissal",
    }
    for reports, last in (
        ([proven("r", "2024-01-19")], "2024-02-21"),
        ([proven("r")], "None"),
        ([proven("r", "none")], "None"),
    ):
        found = decided(made, reports=reports)
        (one,) = [p.proceeding for p in found.proceedings if p.proceeding.regime == "dismissal"]
        assert str(one.step("decision").last) == last


def test_what_became_of_a_recommendation_is_checked_by_the_procedure_of_its_body() -> None:
    told = {"key": "k", "step": "recommendation", "of": ["r"], "date": "2024-02-19"}
    for body, expected in (("kasn", ["uu-5-2014"]), ("bkn", ["se-menpanrb-4-2024"]), ("lapor", [])):
        found = decided(told | {"body": body})
        under = [p.proceeding for p in found.proceedings if p.proceeding.regime == "referral"]
        assert [one.regulation for one in under] == expected


def test_a_superior_is_held_to_the_law_in_force() -> None:
    heard = {"key": "h", "step": "examination"}
    told = {"key": "t", "step": "informed", "of": ["h"], "by": "ppk", "acted": False}
    now = {f"pp-94-2021/24/{number}" for number in (1, 2, 4, 5)}
    before = {f"pp-53-2010/21/{number}" for number in (1, 2, "2/elucidation", 3, 4)}
    for day, expected in (
        ("2024-04-01", now),
        ("2020-10-05", before),
        (None, now | before),
    ):
        dated = told if day is None else told | {"date": day}
        found = decided(heard, dated, reports=[])
        noticed = [one for one in found.findings if one.code == "superior-did-not-act"]
        assert {p for one in noticed for p in one.basis} == expected
        assert all(one.basis for one in noticed)


def test_the_sanction_of_a_superior_who_did_not_examine_is_an_open_question() -> None:
    """Article 28(2): the heavier one, after an examination; than what it does not say."""
    told = {
        "key": "t",
        "step": "informed",
        "of": ["r"],
        "by": "direct_superior",
        "date": "2024-02-01",
    }
    found = decided(told | {"acted": False})
    (noticed,) = [one for one in found.findings if one.code == "superior-did-not-act"]
    assert noticed.basis == ("pp-94-2021/28/1", "pp-94-2021/28/2")
    assert "heavier-for-superior" in found.questions
    assert {"pp-94-2021/28/2"} <= {one.id for one in found.citations}
    (one,) = [p.proceeding for p in found.proceedings if p.proceeding.regime == "discipline"]
    assert "heavier-for-superior" in one.questions
    for acted in ({"acted": True}, {}):
        assert "heavier-for-superior" not in decided(told | acted).questions


# -- words


def test_words_that_the_ruleset_does_not_have() -> None:
    found = decided(decision(regulation="pp-94", sanction="zzz", breaches=["pp-94-2021/5/n/22"]))
    assert [(one.about, one.found) for one in found.findings if one.code == "not-in-ruleset"] == [
        ("sanction", ("zzz",)),
        ("regulation", ("pp-94", "pp-94-2021")),
        ("breaches", ("pp-94-2021/5/n/22", "pp-94-2021/5/n/2")),
    ]
    for lang in ("id", "en"):
        assert "`pp-94-2021/5/n/2`" in found.text(lang=lang)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, Assignment.OWN_AGENCY),
        ({"assignment": "mission"}, Assignment.MISSION),
        ({"assignment": {"one_of": ["lent", "seconded"]}}, None),
    ],
)
def test_where_a_person_serves(stated: dict[str, Any], expected: Assignment | None) -> None:
    """Not stated is the own agency; what is only narrowed down stays open."""
    service = [{"from": "2012-01-01", "until": "none"} | stated]
    case = CaseFile.model_validate({"person": {"key": "p"}, "service": service})
    assert held(case, datetime.date(2024, 5, 1)).assignment is expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, {*Agency}),
        ({"unit": "head_office"}, {Agency.CENTRAL}),
        ({"unit": "regional_office"}, {Agency.CENTRAL}),
        ({"unit": "technical_unit"}, {Agency.CENTRAL}),
        ({"unit": "regional_government"}, {Agency.PROVINCE, Agency.REGENCY_CITY}),
        ({"unit": "school"}, {*Agency}),
        ({"unit": {"one_of": ["head_office", "regional_government"]}}, {*Agency}),
        (
            {"unit": {"not": ["school", "health_service", "regional_government", "other"]}},
            {Agency.CENTRAL},
        ),
        ({"unit": "regional_government", "agency": "province"}, {Agency.PROVINCE}),
        ({"unit": "school", "agency": "regency_city"}, {Agency.REGENCY_CITY}),
        ({"agency": {"not": ["central"]}}, {Agency.PROVINCE, Agency.REGENCY_CITY}),
        ({"unit": "head_office", "agency": "province"}, {Agency.CENTRAL, Agency.PROVINCE}),
    ],
)
def test_whose_the_agency_can_be(stated: dict[str, Any], expected: set[Agency]) -> None:
    """As far as the unit settles it and the record says it; both where they contradict."""
    service = [{"from": "2012-01-01", "until": "none"} | stated]
    case = CaseFile.model_validate({"person": {"key": "p"}, "service": service})
    assert held(case, datetime.date(2024, 5, 1)).agencies == frozenset(expected)


def test_reports_say_whose_the_agency_can_be_where_no_record_does() -> None:
    reports = [report("r", subject={"unit": "technical_unit"}), report("s", subject={})]
    for told, expected in ((reports[:1], {Agency.CENTRAL}), (reports, {*Agency})):
        case = CaseFile.model_validate({"person": {"key": "p"}, "reports": told})
        assert held(case, datetime.date(2024, 5, 1)).agencies == frozenset(expected)


def decided_by(made: dict[str, Any], stated: dict[str, Any]) -> str:
    """Whether who made a decision may make it, of a supervisor in service as stated."""
    content = {
        "person": {"key": "p"},
        "service": [SERVICE[0] | stated | {"post": "pengawas"}],
        "reports": [report("r")],
        "records": [made],
    }
    found = nr.load("national").decide_case(CaseFile.model_validate(content), as_of="2024-12-31")
    (proceeding,) = [
        one.proceeding for one in found.proceedings if one.proceeding.regime == "discipline"
    ]
    (step,) = [one for one in proceeding.steps if one.id == "decision"]
    codes = {one.code.value for one in proceeding.findings if one.step == "decision"}
    if "without_authority" in codes:
        return "without_authority"
    return "open" if step.gaps else "done"


@pytest.mark.parametrize(
    ("unit", "agency", "by", "state"),
    [
        ("technical_unit", None, "jpt_pratama", "done"),  # PP 94/2021 Ps 21 b
        ("technical_unit", None, "ppk", "without_authority"),
        ("regional_government", "province", "jpt_pratama", "done"),
        ("regional_government", "regency_city", "ppk", "done"),  # Ps 18(3) c
        ("regional_government", "regency_city", "jpt_pratama", "open"),  # by one reading alone
        ("regional_government", "regency_city", "jpt_madya", "without_authority"),
        ("regional_government", None, "jpt_pratama", "open"),
        ("regional_government", None, "ppk", "open"),
        ("regional_government", None, "jpt_madya", "without_authority"),
    ],
)
def test_a_medium_sanction_by_whose_the_agency_is(
    unit: str, agency: str | None, by: str, state: str
) -> None:
    stated = {"unit": unit} | ({} if agency is None else {"agency": agency})
    assert decided_by(decision(by=by), stated) == state


@pytest.mark.parametrize(
    ("by", "agency", "state"),
    [
        ("jpt_madya", "central", "open"),  # PP 94/2021 Ps 17(1) b: one who is the PPK
        ("jpt_madya", "province", "without_authority"),  # the governor is the PPK
        ("jpt_pratama", "central", "without_authority"),
    ],
)
def test_a_ppk_in_a_middle_senior_post(by: str, agency: str, state: str) -> None:
    out = decision(by=by, level="heavy", sanction="demotion-12-months")
    assert decided_by(out, {"agency": agency}) == state
