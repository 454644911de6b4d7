"""How regimes relate and kinds rank in the national ruleset, beside the law written out by hand."""

from itertools import combinations

import pytest

import netralitas_rules as nr
from netralitas_rules.engine.plan import Plan
from netralitas_rules.law.model import Mark, Regime
from netralitas_rules.law.regimes import Heavier, Under, heavier
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.link import link
from netralitas_rules.testing.mutants import Mutant, mutants, with_mutant

RULES = nr.load("national")
WITH_DISCIPLINE = (Regime.ETHICS, Regime.DISCIPLINE)
RELATIONS = {
    ("heaviest", "discipline"),  # PP 94/2021 Article 35(1), PP 53/2010 Article 30(1)
    ("once", "discipline"),  # 35(3), 30(3)
    ("heavier-on-repeat", "discipline", "repeat-nature=any-neutrality"),  # 35(2), 30(2)
    ("after-fall", "discipline"),
    ("beside", "ethics", "discipline"),  # PP 42/2004 Article 16
    ("beside", "ethics", "dismissal"),
    ("beside", "ethics", "candidate"),
    ("beside", "ethics", "contract"),
    ("on-recommendation", "ethics"),  # Articles 16 and 20
    ("absorbs", "dismissal", "discipline"),
    (
        *("absorbs", "discipline", "honourable-dismissal"),
        *("honourable-dismissal-pp-53", "dishonourable-dismissal-pp-53"),
        *("discipline-effect", "discipline-effect-2010"),  # PP 94/2021 38(1), PP 53/2010 45(1)
    ),
    ("beside", "candidate", "discipline"),
    ("beside", "candidate", "dismissal"),  # PP 37/2004 Article 1(1): a candidate too is one of it
    ("beside", "referral", "ethics"),
    ("beside", "referral", "discipline"),
    ("beside", "referral", "dismissal"),
    ("beside", "referral", "candidate"),
    ("beside", "referral", "contract"),
}
LADDERS = {
    "pp-94-2021": {  # Articles 8 and 42
        "light": {("oral-reprimand", "written-reprimand", "written-dissatisfaction")},
        "medium": {
            ("pay-rise-delay", "promotion-delay", "rank-lower-1-year"),
            ("allowance-cut-6", "allowance-cut-9", "allowance-cut-12"),
        },
        "heavy": {("demotion-12-months", "release-12-months", "honourable-dismissal")},
    },
    "pp-53-2010": {  # Article 7
        "light": {
            ("oral-reprimand-pp-53", "written-reprimand-pp-53", "written-dissatisfaction-pp-53")
        },
        "medium": {("pay-rise-delay", "promotion-delay", "rank-lower-1-year")},
        "heavy": {
            (
                "rank-lower-3-years",
                "transfer-demotion",
                "release-from-post",
                "honourable-dismissal-pp-53",
                "dishonourable-dismissal-pp-53",
            )
        },
    },
}


def relations(plan: Plan) -> set[tuple[str, ...]]:
    return {
        (
            one.kind.value,
            *(r.value for r in one.regimes),
            *one.kinds,
            *one.in_force,
            *([] if one.alike is None else [f"{one.alike.question}={one.alike.reading}"]),
        )
        for one in plan.relations.values()
    }


def ladders(plan: Plan) -> dict[str, dict[str, set[tuple[str, ...]]]]:
    return {
        one.regulation: {level.value: set(lists) for level, lists in one.rungs.items()}
        for one in plan.ladders.values()
    }


def test_relations() -> None:
    assert relations(RULES.plan) == RELATIONS


def test_every_two_regimes_that_one_person_can_meet_are_related() -> None:
    """Whatever one status can lead to, the ruleset says how the two stand to each other."""
    plan = RULES.plan
    met: dict[str, set[str]] = {}
    for procedure in plan.procedures.values():
        for status in procedure.statuses:
            met.setdefault(status.value, set()).add(procedure.regime.value)
    wanted = {frozenset(two) for regimes in met.values() for two in combinations(regimes, 2)}
    related = {frozenset(r.value for r in one.regimes) for one in plan.relations.values()}
    assert wanted <= related


def test_ladders() -> None:
    assert ladders(RULES.plan) == LADDERS
    for one in RULES.plan.ladders.values():
        assert one.level_first == Under("ladder-order", "level-first")


MADE = [m for m in mutants(RULES) if m.section in ("relations", "ladders")]


@pytest.mark.parametrize("mutant", MADE, ids=str)
def test_every_mutant_is_noticed(mutant: Mutant) -> None:
    try:
        plan = link(with_mutant(RULES.merged, mutant))
    except Refused:
        return
    first = {one.level_first for one in plan.ladders.values()}
    if first != {Under("ladder-order", "level-first")}:
        return
    law = (relations(plan), ladders(plan))
    swapped_beside = mutant.path == ("regimes",) and "beside" in mutant.item
    assert swapped_beside or law != (RELATIONS, LADDERS)


def test_what_is_inferred_is_marked() -> None:
    """That dismissal absorbs discipline and that roads run side by side stand in no provision."""
    plan = RULES.plan
    for name, relation in plan.relations.items():
        marks = {plan.provisions[basis].mark for basis in relation.basis}
        told = relation.kind.value in ("absorbs", "beside") and relation.regimes != WITH_DISCIPLINE
        inferred = told and name != "candidate-beside-discipline"
        effect = {Mark.A} if relation.in_force else set()  # when a decision takes effect is written
        assert (marks - effect == {Mark.C}) is inferred, name


def test_every_kind_of_discipline_stands_on_a_ladder() -> None:
    plan = RULES.plan
    known = {kind for one in plan.ladders.values() for kind in one.kinds()}
    allowed = {
        kind
        for rows in plan.rows.values()
        for row in rows
        if row.regime.value == "discipline"
        for kind in row.allow
    }
    assert allowed == known


def test_the_order_is_an_order() -> None:
    """Nothing is heavier than itself, what is heavier is not lighter, and it carries on."""
    found = tuple(RULES.plan.ladders.values())
    kinds = sorted({kind for one in found for kind in one.kinds()})
    above = {
        (a, b)
        for a in kinds
        for b in kinds
        if heavier(a, b, ladders=found, level_first=True) is Heavier.YES
    }
    assert all(a != b and (b, a) not in above for a, b in above)
    assert all((a, d) in above for a, b in above for c, d in above if b == c)
