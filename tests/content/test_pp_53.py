"""PP 53/2010: each clause with its level, whom it protects, and when; from the regulation."""

from typing import Any

import pytest

import netralitas_rules as nr

Facts = dict[str, Any]
PRESIDENT: Facts = {"kind": "pair", "office": "president", "direction": "favours"}
REGENT: Facts = {"kind": "pair", "office": "regent", "direction": "favours"}
DPD: Facts = {"kind": "person", "office": "dpd", "direction": "favours"}
DPR: Facts = {"kind": "person", "office": "dpr", "direction": "favours"}
DPRD: Facts = {"kind": "person", "office": "dprd_regency", "direction": "favours"}

CAMPAIGN = {"occasion": "campaign"}
EXECUTOR = {"conduct": "take_part", "role": "executor", **CAMPAIGN}
ATTENDEE = {"conduct": "attend", "role": "attendee", "active_support": False, **CAMPAIGN}
ATTRIBUTES = {**ATTENDEE, "attributes": ["civil_servant"]}
# A participant of 12 c and d is one who attends; an executor falls under 12 a.
RALLYING = {**ATTENDEE, "staff_mobilised": True}
BUILDING = {**ATTENDEE, "facilities": {"used": ["premises"], "tie": "state"}}
CAR = {**ATTENDEE, "facilities": {"used": ["vehicle"], "tie": "state"}}
ORGANISER = {**EXECUTOR, "role": "organiser"}
MOBILISING = {**EXECUTOR, "staff_mobilised": True}
FACILITIES = {**EXECUTOR, "facilities": {"used": ["premises"], "tie": "state"}}
OFFICE = {**EXECUTOR, "facilities": {"used": ["premises"], "tie": "office"}}
DECISION = {"conduct": "decide", "official_decision": True}
ACTIVITY = {"conduct": "hold_activity", "occasion": "other", "addressees": ["public"]}
LETTER = {"conduct": "give_support_letter"}
ABUSE = {"conduct": "decide", "abuse_of_authority": True}

ELECTIONS = {"regent": ("pilkada_2020", "2020-11-02"), None: ("pemilu_2019", "2019-03-01")}


def decide(done: Facts, whom: Facts, *, status: str = "pns", **dates: str) -> nr.Decision:
    """The decision on one act; in the campaign and decided under PP 53/2010 unless said."""
    election, day = ELECTIONS.get(whom.get("office"), ELECTIONS[None])
    content = {
        "election": election,
        "subjects": [{"status": status}],
        "acts": [{"attribution": "subject", "date": dates.get("act", day), **done}],
        "beneficiaries": [whom],
        "proceeding": {
            "examined_on": dates.get("examined", "2021-02-01"),
            "decided_on": dates.get("decided", "2021-03-01"),
        },
    }
    return nr.load("national").decide(nr.Incident.model_validate(content), as_of="2024-12-31")


def met(decision: nr.Decision) -> set[str]:
    """Bans of PP 53/2010 that are met."""
    prefix = "pp-53-2010/4/"
    found = (f for f in decision.all_findings if f.status == "met" and f.id.startswith(prefix))
    return {finding.id.removeprefix(prefix) for finding in found}


def levels(decision: nr.Decision) -> set[str]:
    """Levels of discipline that follow."""
    return {
        way.level.value
        for way in decision.paths
        if way.level is not None and way.status == "follows"
    }


def heaviest(decision: nr.Decision) -> str:
    return max(levels(decision), key=["light", "medium", "heavy"].index)


def cited(decision: nr.Decision) -> set[str]:
    """Provisions on the paths that follow."""
    ways = (way for way in decision.paths if way.status == "follows")
    return {provision for way in ways for provision in way.basis}


CLAUSES = [
    # clause, act, whom it favours, level, article of the level
    ("12/a", EXECUTOR, PRESIDENT, "medium", "12/6"),
    ("12/a", EXECUTOR, DPR, "medium", "12/6"),
    ("12/a", EXECUTOR, DPD, "medium", "12/6"),
    ("12/a", EXECUTOR, DPRD, "medium", "12/6"),
    ("12/b", ATTRIBUTES, PRESIDENT, "medium", "12/6"),
    ("12/b", ATTRIBUTES, DPRD, "medium", "12/6"),
    ("12/c", RALLYING, DPD, "medium", "12/6"),
    ("12/d", BUILDING, DPR, "heavy", "13/11"),
    ("13/a", DECISION, PRESIDENT, "heavy", "13/12"),
    ("13/b", ACTIVITY, PRESIDENT, "medium", "12/7"),
    ("14", LETTER, DPD, "medium", "12/8"),
    ("14", LETTER, REGENT, "medium", "12/8"),
    ("15/a", EXECUTOR, REGENT, "medium", "12/9"),
    ("15/b", OFFICE, REGENT, "heavy", "13/13"),
    ("15/c", DECISION, REGENT, "heavy", "13/13"),
    ("15/d", ACTIVITY, REGENT, "medium", "12/9"),
    ("1", ABUSE, PRESIDENT, "heavy", "13/1"),
]


@pytest.mark.parametrize(("clause", "act", "whom", "level", "article"), CLAUSES)
def test_a_clause_and_its_level(
    clause: str, act: Facts, whom: Facts, level: str, article: str
) -> None:
    decision = decide(act, whom)
    assert clause in met(decision)
    assert level in levels(decision)
    assert f"pp-53-2010/{article}" in cited(decision)
    assert not any(provision.startswith("pp-94-2021") for provision in cited(decision))


OUT_OF_REACH = [
    # what a clause does not reach: act, whom, clauses that are met instead
    (EXECUTOR, REGENT, {"15/a"}),
    (ATTRIBUTES, REGENT, set()),
    (MOBILISING, REGENT, {"15/a"}),
    (FACILITIES, REGENT, {"15/a"}),
    (OFFICE, PRESIDENT, {"12/a"}),
    (MOBILISING, PRESIDENT, {"12/a"}),
    (CAR, PRESIDENT, {"12/b"}),
    (BUILDING, REGENT, set()),
    (ATTENDEE, PRESIDENT, set()),
    (ATTENDEE, REGENT, set()),
    (DECISION, DPR, set()),
    (DECISION, DPD, set()),
    (ACTIVITY, DPR, set()),
    (ACTIVITY, DPRD, set()),
    (LETTER, DPR, set()),
    (LETTER, PRESIDENT, set()),
    (ATTRIBUTES, {**PRESIDENT, "direction": "harms"}, set()),
    (DECISION, {**PRESIDENT, "direction": "harms"}, {"13/a"}),
    (DECISION, {**PRESIDENT, "direction": "neutral"}, set()),
    (DECISION, {"kind": "party", "direction": "favours"}, set()),
]


@pytest.mark.parametrize(("act", "whom", "clauses"), OUT_OF_REACH)
def test_what_a_clause_does_not_reach(act: Facts, whom: Facts, clauses: set[str]) -> None:
    silent = {"attributes": [], "staff_mobilised": False, "facilities": {"used": []}}
    assert met(decide({**silent, **act}, whom)) == clauses


PHASES = [
    # day of the act, act, whom, clauses that are met
    ("2018-09-22", DECISION, PRESIDENT, set()),
    ("2018-09-23", DECISION, PRESIDENT, {"13/a"}),
    ("2019-04-13", DECISION, PRESIDENT, {"13/a"}),
    ("2019-04-14", DECISION, PRESIDENT, set()),
    ("2018-09-22", ATTRIBUTES, PRESIDENT, set()),
    ("2018-09-23", ATTRIBUTES, PRESIDENT, {"12/b"}),
    ("2019-04-14", ATTRIBUTES, PRESIDENT, set()),
    ("2018-09-19", ACTIVITY, PRESIDENT, set()),
    ("2018-09-21", ACTIVITY, PRESIDENT, {"13/b"}),
    ("2019-04-15", ACTIVITY, PRESIDENT, {"13/b"}),
    ("2020-09-25", DECISION, REGENT, set()),
    ("2020-09-26", DECISION, REGENT, {"15/c"}),
    ("2020-12-05", DECISION, REGENT, {"15/c"}),
    ("2020-12-06", DECISION, REGENT, set()),
    ("2020-09-24", ACTIVITY, REGENT, {"15/d"}),
]


@pytest.mark.parametrize(("day", "act", "whom", "clauses"), PHASES)
def test_the_day_of_the_act(day: str, act: Facts, whom: Facts, clauses: set[str]) -> None:
    assert met(decide(act, whom, act=day)) == clauses


@pytest.mark.parametrize(("act", "rests"), [(EXECUTOR, "regulation"), (ORGANISER, "reading")])
def test_the_organiser_is_named_nowhere(act: Facts, rests: str) -> None:
    """The elucidation of 15 a names executors, teams, experts and those who fund."""
    paths = decide(act, REGENT).paths
    assert {p.rests_on.value for p in paths if p.level and p.status == "follows"} == {rests}


RINGS = {"unit": "light", "agency": "medium", "state": "heavy"}
HATE = {"conduct": "post", "speech": {"hate": True, "object": ["government"]}}


@pytest.mark.parametrize(("ring", "level"), RINGS.items())
def test_loyalty_goes_by_impact(ring: str, level: str) -> None:
    """Unlike under PP 94/2021, where it is heavy in every ring."""
    act = {**HATE, "impact": {"ring": ring, "shown_by": "examiner"}}
    old = decide(act, PRESIDENT, act="2018-06-11")
    assert level in levels(old)
    assert levels(old) <= {level}
    new = decide(act, PRESIDENT, act="2018-06-11", examined="2022-01-10", decided="2022-02-01")
    assert "heavy" in levels(new)


@pytest.mark.parametrize("ring", ["none", None])
def test_without_impact_no_duty_is_breached(ring: str | None) -> None:
    act = {**HATE, **({"impact": {"ring": ring, "shown_by": "examiner"}} if ring else {})}
    assert levels(decide(act, PRESIDENT, act="2018-06-11")) == set()


CHANGED = [
    # act, whom, level under PP 53/2010, level under PP 94/2021
    (MOBILISING, PRESIDENT, "medium", "heavy"),
    (ACTIVITY, PRESIDENT, "medium", "heavy"),
    (LETTER, DPD, "medium", "heavy"),
    (ATTRIBUTES, DPR, "medium", "medium"),
    (FACILITIES, DPR, "medium", "heavy"),
    (DECISION, PRESIDENT, "heavy", "heavy"),
]


@pytest.mark.parametrize(("act", "whom", "old", "new"), CHANGED)
def test_the_examination_changes_the_level(act: Facts, whom: Facts, old: str, new: str) -> None:
    last = decide(act, whom, examined="2021-08-30", decided="2021-08-30")
    first = decide(act, whom, examined="2021-08-31", decided="2021-08-31")
    assert (heaviest(last), heaviest(first)) == (old, new)


@pytest.mark.parametrize("status", ["pppk", "ppnpn", "village_staff", "tni", "other"])
def test_others_are_outside(status: str) -> None:
    """PNS and candidate civil servants alone (Pasal 1, Pasal 2)."""
    assert met(decide(DECISION, PRESIDENT, status=status)) == set()


def test_a_candidate_civil_servant() -> None:
    decision = decide(ATTRIBUTES, PRESIDENT, status="cpns")
    assert met(decision) == {"12/b"}
    assert {"pp-11-2017/37/2/c", "pp-53-2010/2", "pp-53-2010/12"} <= cited(decision)
    assert levels(decision) == set()


def test_decided_under_it_though_done_and_examined_before() -> None:
    """Ps 48(3): the examination stands, and the further process follows PP 53/2010."""
    decision = decide(
        ABUSE, PRESIDENT, act="2010-05-03", examined="2010-05-17", decided="2010-09-01"
    )
    assert "1" in met(decision)
    assert "pp-53-2010/13/1" in cited(decision)


@pytest.mark.parametrize(
    ("day", "there"), [("2010-06-05", 0), ("2010-06-06", 1), ("2021-08-30", 1)]
)
def test_the_law_of_a_day_holds_it_while_it_was_in_force(day: str, there: int) -> None:
    law = nr.load("national").law_on(day)
    assert sum(p.id == "pp-53-2010/4/12/a" for p in law.provisions) == there


def test_of_its_law_only_the_medium_sanctions_outlive_it() -> None:
    """PP 94/2021 Ps 45 keeps Ps 7(3) alone, and the deadlines of appeals that were pending."""
    law = nr.load("national").law_on("2021-08-31")
    own = {p.id for p in law.provisions if p.instrument == "pp-53-2010"}
    assert "pp-53-2010/7/3" in own
    assert not {p for p in own if p.startswith(("pp-53-2010/3/", "pp-53-2010/4/", "pp-53-2010/1"))}
    assert not {p for p in own if p.startswith("pp-53-2010/7/") and "/7/3" not in p}
