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
from netralitas_rules.engine.conditions import facts_of
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.facts.space import ACT_DATE, LAW_PREFIX, Kind

RULESETS = ("national", "kemenkumham")
FIRST, LAST = datetime.date(2010, 1, 1), datetime.date(2027, 12, 31)
EXAMINED, DECIDED = "proceeding.examined_on", "proceeding.decided_on"
DATES = (ACT_DATE, EXAMINED, DECIDED)

NOT_SAID = {"law.act": datetime.date(2014, 1, 14)}
"""Until this day of the act the national ruleset does not say which civil-service law governs: the
one before Law 5/2014 is not in it."""

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
            act = days[ACT_DATE]
            assert act is not None
            if not in_order(days):
                continue
            for bits in product(*(fact.bits.values() for fact in beside)):
                exact = known
                for fact, bit in zip(beside, bits, strict=True):
                    exact = exact & ~fact.full | bit
                left = narrow(exact, rules.plan.constraints)
                looked_at += 1
                values = () if left is None else law.decode(left)
                if len(values) != 1 and not (path in NOT_SAID and act[1] <= NOT_SAID[path]):
                    not_one.append((path, days, values))
    assert not_one == []
    assert looked_at > 1_000


@pytest.mark.parametrize("name", RULESETS)
def test_discipline_goes_by_the_three_dates(name: str) -> None:
    """The transitional provisions, said again in plain words (PP 94/2021 Pasal 40, 46)."""
    rules = nr.load(name)
    law = rules.plan.space.by_path["law.discipline"]
    new = datetime.date(2021, 8, 31)
    for known, days in combinations(rules):
        if not in_order(days):
            continue
        act, decided = days[ACT_DATE], days[DECIDED]
        assert act is not None
        left = narrow(known, rules.plan.constraints)
        assert left is not None
        old_decision = decided is not None and decided[1] < new
        expected = "pp-53-2010" if act[1] < new and old_decision else "pp-94-2021"
        assert law.decode(left) == (expected,), days


def test_dates_in_the_wrong_order_are_refused() -> None:
    """An examination before the act, a decision before either: no cell of them is decided."""
    rules = nr.load("national")
    refused = 0
    for _, days in combinations(rules):
        act, examined, decided = (days[path] for path in DATES)
        assert act is not None
        day = {
            "act": act[0],
            "examined_on": examined and examined[1],
            "decided_on": decided and decided[1],
        }
        if examined and decided and not in_order({**days, ACT_DATE: (FIRST, LAST)}):
            day["examined_on"] = examined[0]
        proceeding = {key: str(day[key] or "none") for key in ("examined_on", "decided_on")}
        content = {
            "subjects": [{"status": "pns"}],
            "acts": [{"conduct": "post", "date": str(act[0])}],
            "proceeding": proceeding,
        }
        if in_order(days):
            nr.Incident.model_validate(content)
            continue
        refused += 1
        with pytest.raises(ValidationError, match="date_order"):
            nr.Incident.model_validate(content)
    assert refused > 50
