"""The search of the check: what it remembers of one question changes no answer to another."""

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.search import Search, SearchCut
from netralitas_rules.engine.conditions import Condition, negate
from netralitas_rules.engine.plan import Plan, opened_by

STEP = 5
"""Of the rules every fifth; the coverage of the scenarios asks all of them."""


def questions(plan: Plan) -> list[list[Condition]]:
    found = []
    for rule in plan.rules[::STEP]:
        raised = [rule.under, *opened_by(rule.gates), *plan.on_days(rule.days)]
        for element in rule.elements:
            found += [[element.condition, *raised], [negate(element.condition), *raised]]
        found += [[negate(row.when), rule.needs, *raised] for row in plan.rows.get(rule.id, ())]
    return found


@pytest.mark.parametrize("settled", [False, True])
def test_questions_do_not_disturb_each_other(settled: bool) -> None:
    """Asked one after the other, or each of a search of its own: the answers are the same."""
    plan = nr.load("national").plan
    shared = Search(plan)
    asked = questions(plan)
    answers = {False: 0, True: 0}
    cut = 0
    for conditions in asked:
        alone = Search(plan)
        known = alone.settled if settled else alone.start
        try:
            found, again = alone.find(conditions, known), shared.find(conditions, known)
        except SearchCut:
            cut += 1
            continue
        assert (again is None) == (found is None)
        if again is not None:
            assert all(condition.value(again.known) == 2 for condition in conditions)
        answers[found is not None] += 1
    assert min(answers.values()) > 5
    assert cut <= len(asked) // 50
