"""Which law governs: for every cell of the dates that decide, one body of law and only one.

A cell is a span of days between two days that some rule of the ruleset tests. What holds of a cell
holds of every day in it, so going through the cells goes through all days.
"""

import datetime
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from pydantic import ValidationError

import netralitas_rules as nr
from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.engine.conditions import facts_of
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.facts.space import ACT_DATE, LAW_PREFIX, Kind

RULESETS = ("national", "kemenkumham")
FIRST, LAST = datetime.date(2010, 1, 1), datetime.date(2027, 12, 31)
EXAMINED, DECIDED = "proceeding.examined_on", "proceeding.decided_on"
DATES = (ACT_DATE, EXAMINED, DECIDED)

READING = "reading.old-acts-new-levels"
PP_53, PP_94 = datetime.date(2010, 6, 6), datetime.date(2021, 8, 31)
"""First days of the two regulations on discipline."""

BY_THE_REPORT = {"law.supervisor"}
"""Goes by the day of the report: test_bodies_in_time.py."""

Days = tuple[datetime.date, datetime.date] | None
"""First and last day of a cell inside the years looked at; None: it did not happen."""


def cells(fact: Fact) -> Iterator[tuple[int, Days]]:
    """Every cell of a date, as bits, with its days."""
    low, high = FIRST.toordinal(), LAST.toordinal()
    for number in fact.cell_numbers(fact.cells(low, high)):
        first, last = fact.cell_bounds(number)
        days = [datetime.date.fromordinal(n) for n in (max(low, first), min(high, last))]
        yield 1 << (fact.shift + number), (days[0], days[1])
    if fact.never_bit:
        yield fact.never_bit, None


def in_order(days: Mapping[str, Days]) -> bool:
    """Whether there are days in the cells with the act first, then examination, then decision."""
    latest = FIRST
    for path in DATES:
        span = days[path]
        if span is not None:
            latest = max(latest, span[0])
            if span[1] < latest:
                return False
    return True


def combinations(rules: nr.Ruleset) -> Iterator[tuple[int, dict[str, Days]]]:
    facts = [rules.plan.space.by_path[path] for path in DATES]
    for chosen in product(*map(cells, facts)):
        known = rules.plan.space.unknown
        for fact, (bits, _) in zip(facts, chosen, strict=True):
            known = known & ~fact.full | bits
        yield known, {path: days for path, (_, days) in zip(DATES, chosen, strict=True)}


def others(rules: nr.Ruleset, law: Fact) -> list[Fact]:
    """What else its transitions go by: the election, ..."""
    plan = rules.plan
    own = [c for c in plan.constraints if c.then.fact == law.index]
    read = {fact for constraint in own for fact in facts_of(constraint.when)}
    return [plan.space.facts[i] for i in sorted(read) if plan.space.facts[i].spec.path not in DATES]


def law_facts(rules: nr.Ruleset) -> list[Fact]:
    paths = {path for path in rules.plan.space.by_path if path.startswith(LAW_PREFIX)}
    return [rules.plan.space.by_path[path] for path in sorted(paths - BY_THE_REPORT)]


@pytest.mark.parametrize("name", RULESETS)
def test_one_body_of_law_governs_every_cell(name: str) -> None:
    """From 2010 to 2027, and whatever else the transitions go by."""
    rules = nr.load(name)
    assert "law.discipline" in {fact.spec.path for fact in law_facts(rules)}
    looked_at, not_one = 0, []
    for law in law_facts(rules):
        path = law.spec.path
        beside = others(rules, law)
        assert all(fact.spec.kind in (Kind.ENUM, Kind.BOOL) for fact in beside)
        for known, days in combinations(rules):
            if not in_order(days):
                continue
            for bits in product(*(fact.bits.values() for fact in beside)):
                exact = known
                for fact, bit in zip(beside, bits, strict=True):
                    exact = exact & ~fact.full | bit
                left = narrow(exact, rules.plan.constraints)
                looked_at += 1
                values = () if left is None else law.decode(left)
                if len(values) != 1:
                    not_one.append((path, days, values))
    assert not_one == []
    assert looked_at > 1_000


def discipline(days: Mapping[str, Days], reading: str) -> str:
    """The transitional provisions in plain words (PP 94/2021 Pasal 40, 46; PP 53/2010 Pasal 48).

    By their text the rules of the day of the decision hold, of today where there is none; by one
    reading those of the day of the act; by another those of the examination, where there was one.
    """
    act, examined, decided = (days[path] for path in DATES)
    assert act is not None
    day = decided[1] if decided else LAST
    if reading == "rule-at-act":
        day = act[1]
    elif reading == "procedure-only" and examined:
        day = min(day, examined[1])
    return "before-2010" if day < PP_53 else "pp-53-2010" if day < PP_94 else "pp-94-2021"


@pytest.mark.parametrize("name", RULESETS)
def test_discipline_goes_by_the_three_dates(name: str) -> None:
    """Every cell, by each reading of the transitional provisions."""
    rules = nr.load(name)
    space = rules.plan.space
    law, readings = space.by_path["law.discipline"], space.by_path[READING]
    seen = set()
    for known, days in combinations(rules):
        if not in_order(days):
            continue
        for reading, bit in readings.bits.items():
            left = narrow(known & ~readings.full | bit, rules.plan.constraints)
            assert left is not None
            expected = discipline(days, str(reading))
            assert law.decode(left) == (expected,), (days, reading)
            seen.add((reading, expected))
    assert len(seen) == 9, "each reading comes to each body of law"


MOVED = [  # act, examined, decided, reading, body of law
    ("2010-06-05", "none", "2010-06-05", "pp-94", "before-2010"),
    ("2010-06-05", "none", "2010-06-06", "pp-94", "pp-53-2010"),
    ("2010-06-05", "2010-06-05", "2010-06-06", "pp-94", "pp-53-2010"),
    ("2010-06-05", "2010-06-05", "2010-06-06", "procedure-only", "before-2010"),
    ("2010-06-05", "2010-06-06", "2010-06-06", "procedure-only", "pp-53-2010"),
    ("2010-06-05", "2010-06-06", "2010-06-06", "rule-at-act", "before-2010"),
    ("2010-06-06", "none", "2010-06-06", "rule-at-act", "pp-53-2010"),
    ("2010-06-05", "2010-06-06", "2021-08-31", "procedure-only", "pp-53-2010"),
    ("2010-06-05", "2010-06-05", "2021-08-31", "pp-94", "pp-94-2021"),
    ("2021-08-30", "none", "2021-08-30", "pp-94", "pp-53-2010"),
    ("2021-08-30", "2021-08-30", "2021-08-30", "procedure-only", "pp-53-2010"),
    ("2021-08-30", "2021-08-30", "2021-08-31", "pp-94", "pp-94-2021"),
    ("2021-08-30", "2021-08-30", "2021-08-31", "procedure-only", "pp-53-2010"),
    ("2021-08-30", "2021-08-31", "2021-08-31", "procedure-only", "pp-94-2021"),
    ("2021-08-30", "2021-08-31", "2021-08-31", "rule-at-act", "pp-53-2010"),
    ("2021-08-30", "none", "none", "rule-at-act", "pp-53-2010"),
    ("2021-08-30", "none", "none", "procedure-only", "pp-94-2021"),
    ("2021-08-31", "none", "none", "rule-at-act", "pp-94-2021"),
]
OF_LAW = {
    "before-2010": "pp-53-2010/48/before",
    "pp-53-2010": "pp-53-2010/4/1",
    "pp-94-2021": "pp-94-2021/5/a",
}


@pytest.mark.parametrize(("act", "examined", "decided", "reading", "law"), MOVED)
def test_a_day_moves_the_law(act: str, examined: str, decided: str, reading: str, law: str) -> None:
    """Each date moved by a day over the first day of a regulation, seen from a decision."""
    content = {
        "subjects": [{"status": "pns"}],
        "acts": [{"conduct": "decide", "date": act, "abuse_of_authority": True}],
        "beneficiaries": [{"kind": "party", "direction": "favours"}],
        "proceeding": {"examined_on": examined, "decided_on": decided},
    }
    decision = nr.load("national").decide(
        nr.Incident.model_validate(content),
        as_of="2024-12-31",
        readings={"old-acts-new-levels": reading},
    )
    met = {finding.id for finding in decision.all_findings if finding.status == "met"}
    decided_before = decided == "2010-06-05"  # no law that is held says anything of it
    assert met & set(OF_LAW.values()) == (set() if decided_before else {OF_LAW[law]})
    (governing,) = (own for own in decision.law if own.fact == "law.discipline")
    assert [body.value for body in governing.bodies] == [law]


def test_dates_in_the_wrong_order_are_refused() -> None:
    """An examination before the act, a decision before either: no cell of them is decided."""
    rules = nr.load("national")
    refused = 0
    for _, days in combinations(rules):
        act, examined, decided = (days[path] for path in DATES)
        assert act is not None
        latest, day = act[0], dict.fromkeys(("examined_on", "decided_on"), "none")
        for key, span in (("examined_on", examined), ("decided_on", decided)):
            if span is not None:
                latest = min(max(span[0], latest), span[1])
                day[key] = str(latest)
        content = {
            "subjects": [{"status": "pns"}],
            "acts": [{"conduct": "post", "date": str(act[0])}],
            "proceeding": day,
        }
        if in_order(days):
            nr.Incident.model_validate(content)
            continue
        refused += 1
        with pytest.raises(ValidationError, match="date_order"):
            nr.Incident.model_validate(content)
    assert refused > 50


ACTED = ("2004-01-05", "2010-06-05", "2010-06-06", "2015-03-02", "2021-08-30")
WHEN = (*ACTED, "2021-08-31", "2023-01-02")
PARTISAN = {"conduct": "display", "official_decision": True, "abuse_of_authority": True}


@pytest.mark.parametrize("reading", ["pp-94", "rule-at-act", "procedure-only"])
def test_what_is_met_has_a_norm(reading: str) -> None:
    """However the dates of act, examination and decision lie to each other."""
    rules = nr.load("national")
    met = 0
    for act, examined, decided in product(ACTED, (*WHEN, "none"), (*WHEN, "none")):
        stated = [day for day in (act, examined, decided) if day != "none"]
        if stated != sorted(stated) or (examined == "none") > (decided == "none"):
            continue
        report = nr.Incident.model_validate(
            {
                "subjects": [{"status": "pns"}],
                "acts": [{**PARTISAN, "date": act}],
                "beneficiaries": [{"kind": "party", "direction": "favours"}],
                "proceeding": {"examined_on": examined, "decided_on": decided},
            }
        )
        decision = rules.decide(
            report, as_of=datetime.date(2024, 6, 30), readings={"old-acts-new-levels": reading}
        )
        for finding in decision.all_findings:
            if finding.status is FindingStatus.MET:
                met += 1
                assert finding.norm, (finding.id, act, examined, decided)
    assert met > 50
