"""Dismissal, rulings and supervising bodies by the dates that govern them, on every day.

A cell is a span of days between two days on which something in the ruleset changes; one day of it
stands for all. Where a rule goes by several dates they are put on the same day here.
"""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import Decision, FindingStatus, PathStatus
from netralitas_rules.engine.conditions import FALSE
from netralitas_rules.engine.frames import Framer
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Rule
from netralitas_rules.facts.space import ELECTION, LAW_PREFIX
from netralitas_rules.law.model import RuleKind

RULESETS = ("national", "kemenkumham")
FIRST, LAST = datetime.date(2010, 6, 6), datetime.date(2027, 12, 31)
"""From GR 53/2010, the oldest law on discipline that a ruleset holds, on."""
RECEIVED, DETERMINED = "report.received_on", "subject.candidacy.determined_on"
DATES = (
    "act.date",
    RECEIVED,
    "proceeding.examined_on",
    "proceeding.proven_on",
    "proceeding.decided_on",
    "proceeding.decision_received_on",
    "subject.party.joined_on",
    "subject.party.resigned_from_service_on",
    DETERMINED,
)
DAY = datetime.timedelta(days=1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def first_days(rules: nr.Ruleset, paths: tuple[str, ...] = DATES) -> list[datetime.date]:
    """A day of every cell: the first one on which a rule or a provision changes."""
    found = {FIRST}
    for provision in rules.provisions.values():
        first, last = provision.validity.first, provision.validity.last
        found |= {d for d in (first, last and last + DAY) if d is not None}
    for path in paths:
        fact = rules.plan.space.by_path[path]
        for number in fact.cell_numbers(fact.cells(FIRST.toordinal(), LAST.toordinal())):
            found.add(datetime.date.fromordinal(max(fact.cell_bounds(number)[0], 1)))
    return sorted(d for d in found if FIRST <= d <= LAST)


def on_day(rules: nr.Ruleset, when: datetime.date) -> Iterator[int]:
    """All that can be known of a case whose dates are all that day, by election and law."""
    space = rules.plan.space
    known = space.unknown
    for path in DATES:
        fact = space.by_path[path]
        known = known & ~fact.full | fact.cells(when.toordinal(), when.toordinal())
    stage = space.by_path["subject.candidacy.stage"]
    known = known & ~stage.full | stage.bits["determined"]
    election = space.by_path[ELECTION]
    for bit in election.bits.values():
        left = narrow(known & ~election.full | bit, rules.plan.constraints)
        if left is not None:
            yield left


def can_be_met(rule: Rule, known: int) -> bool:
    raised = any(all(known & t.allowed for t in gate.tests) for gate in rule.gates)
    return raised and rule.governs(known) and rule.needs.value(known) != FALSE


def in_force(rules: nr.Ruleset, provisions: tuple[str, ...], when: datetime.date) -> bool:
    return any(rules.provisions[p].validity.meets(when, when) for p in provisions)


@pytest.mark.parametrize("name", RULESETS)
def test_what_can_be_met_has_a_norm_in_force(name: str) -> None:
    """On no day is anybody found in breach, permitted or referred under no law."""
    rules = nr.load(name)
    looked_at, without = 0, set[tuple[str, ...]]()
    for when in first_days(rules):
        for known in on_day(rules, when):
            for rule in rules.plan.rules:
                if can_be_met(rule, known):
                    looked_at += 1
                    if not in_force(rules, rule.norm, when):
                        without.add((rule.id, str(when)))
    assert without == set()
    assert looked_at > 5_000


@pytest.mark.parametrize("name", RULESETS)
def test_what_may_be_imposed_has_a_basis_in_force(name: str) -> None:
    """Of every path that can follow on a day, and of every kind of sanction that it allows."""
    rules = nr.load(name)
    looked_at, without = 0, set[tuple[str, ...]]()
    for when in first_days(rules):
        for known in on_day(rules, when):
            for rule in rules.plan.rules:
                if not can_be_met(rule, known):
                    continue
                for row in rules.plan.rows.get(rule.id, ()):
                    if row.when.value(known) == FALSE:
                        continue
                    looked_at += 1
                    if not in_force(rules, row.basis, when):
                        without.add((row.id, str(when)))
                    for kind in row.allow:
                        if not in_force(rules, rules.plan.kinds[kind].basis, when):
                            without.add((row.id, kind, str(when)))
    assert without == set()
    assert looked_at > 1_000


# -- candidates who did not resign


def decided(
    determined: datetime.date, as_of: datetime.date, readings: dict[str, str] | None = None
) -> Decision:
    candidacy = {
        "stage": "determined",
        "office": "mayor",
        "determined_on": determined.isoformat(),
        "resigned_from_service_on": "none",
    }
    content: dict[str, Any] = {
        "election": "other",
        "subjects": [{"status": "pns", "candidacy": candidacy}],
    }
    incident = nr.Incident.model_validate(content)
    return nr.load("national").decide(incident, as_of=as_of, readings=readings or {})


def follows(decision: Decision) -> set[str]:
    """The kinds of sanction that certainly follow."""
    ways = [way for way in decision.paths if way.status is PathStatus.FOLLOWS]
    return {kind for way in ways for kind in way.sanctions}


def test_nobody_is_dishonoured_by_a_text_that_did_not_hold() -> None:
    """Under the text of 2017 with honour or without, by reading; without only when GR 17/2020
    certainly held on the day of determination; nothing before GR 11/2017.
    """
    rules = nr.load("national")
    old, set_on, known = day("2017-04-07"), day("2020-01-01"), day("2020-07-29")
    with_honour, without = "honourable-dismissal-candidacy", "dishonourable-dismissal-candidacy"
    for when in first_days(rules, (DETERMINED,)):
        if when < day("2014-01-15"):  # Law 5/2014, the first of the norms
            continue
        expected = {without} if when >= known else set()
        assert follows(decided(when, LAST)) == expected, when
        for reading, kind in (("honourable", with_honour), ("dishonourable", without)):
            readings = {"non-resigning-before-2020": reading, "pp-17-2020-day": "not-yet"}
            if old <= when < known:
                assert follows(decided(when, LAST, readings)) == {kind}, when
            readings["pp-17-2020-day"] = "in-force"
            if old <= when < set_on:
                assert follows(decided(when, LAST, readings)) == {kind}, when
            elif set_on <= when < known:
                assert follows(decided(when, LAST, readings)) == {without}, when


@pytest.mark.parametrize(
    ("when", "cited"),
    [
        ("2015-07-07", {"uu-5-2014/123/3"}),
        ("2015-07-08", {"mk-41-puu-xii-2014"}),
        ("2017-04-06", {"mk-41-puu-xii-2014"}),
        ("2023-10-30", {"mk-41-puu-xii-2014"}),
        ("2023-10-31", set()),
    ],
)
def test_the_ruling_of_2015_is_cited_from_its_day(when: str, cited: set[str]) -> None:
    norm = decided(day(when), LAST)["pp-11-2017/254"].norm
    assert set(norm) & {"uu-5-2014/123/3", "mk-41-puu-xii-2014"} == cited


# -- heavy discipline


@pytest.mark.parametrize(("made", "asked"), [("2023-10-30", False), ("2023-10-31", True)])
def test_the_label_of_heavy_dismissal_is_asked_where_the_new_law_can_hold(
    made: str, asked: bool
) -> None:
    """UU 20/2023 Pasal 52 against PP 94/2021: from the day on which the law took effect."""
    act = {"conduct": "decide", "official_decision": True, "date": "2023-10-20"}
    content: dict[str, Any] = {
        "election": "pemilu_2024",
        "subjects": [{"status": "pns"}],
        "acts": [{**act, "abuse_of_authority": True}],
        "beneficiaries": [{"kind": "person", "office": "president", "direction": "favours"}],
        "proceeding": {"examined_on": "2023-10-25", "decided_on": made},
    }
    incident = nr.Incident.model_validate(content)
    decision = nr.load("national").decide(incident, as_of=LAST)
    heavy = next(way for way in decision.paths if way.id == "heavy-abuse")
    assert ("uu-20-2023/52/4" in heavy.basis, "uu-5-2014/87/3" in heavy.basis) == (asked, not asked)
    for question in ("heavy-dismissal-label", "heavy-dismissal-date"):
        assert (question in decision.questions) == asked


@pytest.mark.parametrize("when", ["2021-08-30", "2021-08-31", "2027-12-31"])
def test_the_medium_list_of_2010_outlives_it(when: str) -> None:
    """PP 94/2021 Pasal 42 and Pasal 45: shown with its validity, which has no end."""
    law = nr.load("national").law_on(when)
    held = {provision.id: provision for provision in law.provisions}
    for number in ("", "/a", "/b", "/c"):
        kept = held[f"pp-53-2010/7/3{number}"]
        assert (kept.first, kept.last) == ("2010-06-06", None)
    for keeping in ("pp-94-2021/42", "pp-94-2021/45/3"):
        assert (keeping in held) == (when > "2021-08-30")
    assert "PP 53/2010 Pasal 7 ayat (3) huruf c" in law.text(lang="id")


# -- who supervises

BODIES = (
    ("2010-06-06", "none"),
    ("2014-01-15", "kasn-being-formed"),
    ("2014-07-16", "kasn"),
    ("2024-08-23", "kasn-ending"),
    ("2024-08-25", "unnamed"),
    ("2024-09-04", "bkn"),
    ("2025-10-16", "bkn-transition"),
    ("2027-10-17", "independent-body"),
)


def body_on(when: datetime.date) -> str:
    return [body for first, body in BODIES if day(first) <= when][-1]


@pytest.mark.parametrize("name", RULESETS)
def test_one_body_supervises_on_every_day(name: str) -> None:
    """By the day on which the report was received, whatever else is known."""
    rules = nr.load(name)
    space = rules.plan.space
    received, law = space.by_path[RECEIVED], space.by_path["law.supervisor"]
    seen = []
    for number in received.cell_numbers(received.cells(FIRST.toordinal(), LAST.toordinal())):
        bits = 1 << (received.shift + number)
        left = narrow(space.unknown & ~received.full | bits, rules.plan.constraints)
        assert left is not None
        ends = [datetime.date.fromordinal(n) for n in received.cell_bounds(number)]
        first, last = max(FIRST, ends[0]), min(LAST, ends[1])
        assert law.decode(left) == (body_on(first),)
        assert body_on(first) == body_on(last)
        seen.append(body_on(first))
    assert set(seen) == {body for _, body in BODIES}


def test_the_body_costs_a_decision_nothing() -> None:
    """No rule goes by it: its transitions are read for the law of a day alone."""
    plan = nr.load("national").plan
    felt = {constraint.then.fact for constraint in Framer(plan).applicable.constraints}
    by_path = plan.space.by_path
    assert by_path["law.supervisor"].index not in felt
    assert by_path["law.discipline"].index in felt
    told = {c.then.fact for c in plan.constraints} - felt
    assert all(plan.space.facts[index].spec.path.startswith(LAW_PREFIX) for index in told)


def test_the_time_without_a_named_body_is_twelve_days() -> None:
    """From 23 August, the first of the two days that are told, until 3 September 2024."""
    days = [day("2024-08-01") + n * DAY for n in range(60)]
    without = [d for d in days if body_on(d) in ("kasn-ending", "unnamed")]
    assert (len(without), str(without[0]), str(without[-1])) == (12, "2024-08-23", "2024-09-03")


def test_the_law_of_a_day_names_the_body() -> None:
    """Of acts of that day: the body then, and those that come later."""
    facts = {fact.fact: fact for fact in nr.load("national").law_on("2024-08-30").law}
    supervisor = facts["law.supervisor"]
    assert supervisor.depends_on == (RECEIVED,)
    assert supervisor.bodies[0].value == "unnamed"
    assert "kasn" not in {body.value for body in supervisor.bodies}


@pytest.mark.parametrize(
    ("channel", "received", "found"),
    [
        ("kasn", "2023-10-30", {"uu-5-2014/32/3": "met"}),
        ("kasn", "2023-10-31", {"uu-5-2014/32/3": "open"}),
        ("bkn", "2024-09-03", {"se-menpanrb-4-2024/bkn": "not_met", "supervision/unnamed": "met"}),
        ("bkn", "2024-09-04", {"se-menpanrb-4-2024/bkn": "met"}),
        ("bkn", "2025-10-16", {"se-menpanrb-4-2024/bkn": "met"}),
        ("bkn", "2027-10-17", {"se-menpanrb-4-2024/bkn": "not_met"}),
        ("bawaslu", "2024-08-25", {"supervision/unnamed": "met"}),
        ("bawaslu", "2024-08-22", {}),
    ],
)
def test_what_holds_of_a_result_goes_by_the_body(
    channel: str, received: str, found: dict[str, str]
) -> None:
    content: dict[str, Any] = {
        "election": "none",
        "subjects": [{"status": "pns"}],
        "acts": [{"conduct": "post", "date": "2022-10-03"}],
        "report": {"channel": channel, "received_on": received},
    }
    incident = nr.Incident.model_validate(content)
    decision = nr.load("national").decide(incident, as_of=LAST)
    assert {f.id: f.status.value for f in decision.consequences} == found
    asked = "transition-supervisor" in decision.questions
    assert asked == ("mk-121-puu-xxii-2024" in {c.id for c in decision.citations})
    for finding in decision.consequences:
        assert finding.norm or finding.status is FindingStatus.NOT_MET


# -- criminal law and rulings

FROM = {
    "refer/uu-7-2017/280/3": "2017-12-31",
    "refer/uu-7-2017/282": "2017-12-31",
    "refer/uu-7-2017/283": "2017-12-31",
    "refer/uu-10-2016/71/1": "2016-07-01",
    "refer/uu-1-2023/hate": "2026-01-02",
    "refer/uu-1-2023/false-news": "2026-01-02",
}


@pytest.mark.parametrize("rule_id", sorted(FROM))
def test_nothing_is_referred_before_its_law(rule_id: str) -> None:
    rules = nr.load("national")
    (rule,) = [r for r in rules.plan.rules if r.id == rule_id]
    assert rule.kind is RuleKind.CONSEQUENCE
    days = [
        when
        for when, known in (
            (when, known) for when in first_days(rules) for known in on_day(rules, when)
        )
        if can_be_met(rule, known)
    ]
    assert str(min(days)) == FROM[rule_id]


@pytest.mark.parametrize(
    ("when", "held"),
    [
        ("2019-04-24", {"pp-11-2017/250/b"}),
        ("2019-04-25", {"pp-11-2017/250/b/mk-87"}),
        ("2020-07-28", {"pp-11-2017/250/b/mk-87", "pp-17-2020/250/b"}),
        ("2020-07-29", {"pp-17-2020/250/b"}),
    ],
)
def test_general_crime_ends_with_the_ruling(when: str, held: set[str]) -> None:
    provisions = {p.id for p in nr.load("national").law_on(when).provisions}
    texts = {"pp-11-2017/250/b", "pp-11-2017/250/b/mk-87", "pp-17-2020/250/b"}
    assert provisions & texts == held
