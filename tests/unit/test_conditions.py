"""Conditions: truth, negation, and exactness where facts repeat or are tied."""

from collections.abc import Set as AbstractSet
from itertools import product

import pytest

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.conditions import FALSE, OPEN, TRUE, All, Any
from netralitas_rules.engine.conditions import Test as Line
from netralitas_rules.engine.narrowing import (
    Applicable,
    Completions,
    Trace,
    core,
    narrow,
    satisfiable,
    tied,
)
from netralitas_rules.engine.plan import Constraint
from netralitas_rules.law.model import Text

A0, A1 = 0b01, 0b10
B0, B1, B2 = 0b00100, 0b01000, 0b10000
ALL_KNOWN = 0b11111


def a(value: int) -> Line:
    return Line(0, (A0, A1)[value], (A1, A0)[value])


def b(*values: int) -> Line:
    allowed = sum((B0, B1, B2)[v] for v in values)
    return Line(1, allowed, (B0 | B1 | B2) & ~allowed)


def no_constraint(known: int) -> int | None:
    return known


def test_truth_of_a_test() -> None:
    assert a(0).value(A0 | B0) == TRUE
    assert a(0).value(A1 | B0) == FALSE
    assert a(0).value(ALL_KNOWN) == OPEN


@pytest.mark.parametrize("known", range(1, 32))
def test_negation_is_the_opposite(known: int) -> None:
    if not known & 0b11 or not known & 0b11100:
        return
    for condition in (a(0), All((a(0), b(1))), Any((a(1), b(0, 2))), All(()), Any(())):
        assert c.negate(condition).value(known) == TRUE - condition.value(known)


def test_flattening() -> None:
    assert c.both([a(0)]) == a(0)
    assert c.both([All((a(0), b(0))), a(1)]) == All((a(0), b(0), a(1)))
    assert c.either([b(1)]) == b(1)
    assert c.either([a(0), b(1)]) == Any((a(0), b(1)))
    assert c.facts_of(All((b(0), a(0), b(1)))) == (1, 0)
    assert c.fields_of(All((b(0), a(0)))) == ALL_KNOWN
    assert c.repeated_facts(All((b(0), a(0), b(1)))) == frozenset({1})


def completions(known: int) -> list[int]:
    firsts = [bit for bit in (A0, A1) if known & bit]
    seconds = [bit for bit in (B0, B1, B2) if known & bit]
    return [x | y for x, y in product(firsts, seconds)]


def truth(condition: c.Condition, known: int) -> int:
    values = {condition.value(k) for k in completions(known)}
    return values.pop() if len(values) == 1 else OPEN


@pytest.mark.parametrize(
    "condition",
    [
        Any((a(0), a(1))),
        Any((All((a(0), b(0))), All((a(0), b(1, 2))))),
        Any((All((a(0), b(0))), All((a(1), b(0))))),
        All((Any((a(0), b(0))), Any((a(1), b(0))))),
        All((b(0, 1), b(1, 2))),
    ],
)
def test_exact_where_facts_repeat(condition: c.Condition) -> None:
    for known in range(1, 32):
        if known & 0b11 and known & 0b11100:
            found = exact(condition, known, c.repeated_facts(condition))
            assert found == truth(condition, known)


def test_cut_search_is_open() -> None:
    condition = Any((a(0), a(1)))
    assert exact(condition, ALL_KNOWN, {0}) == TRUE
    assert exact(condition, ALL_KNOWN, {0}, budget=c.Budget(1)) == OPEN


def test_a_budget_is_spent_to_its_end() -> None:
    budget = c.Budget(2)
    budget.spend()
    budget.spend()
    with pytest.raises(c.Cut):
        budget.spend()


def test_contradictions_on_every_side_are_open() -> None:
    assert exact(Any((a(0), a(1))), ALL_KNOWN, {0}, narrow=lambda _: None) == OPEN


def test_only_completions_that_exist_count() -> None:
    """A value that no completion has does not make an answer open."""
    condition = Any((All((a(0), b(0))), All((a(0), b(1, 2)))))
    assert exact(condition, ALL_KNOWN, {0, 1}) == OPEN
    assert exact(condition, ALL_KNOWN, {0, 1}, possible=lambda k: bool(k & A0)) == TRUE
    assert exact(All((a(0), b(0))), ALL_KNOWN, set(), possible=lambda _: False) == OPEN


def exact(
    condition: c.Condition,
    known: int,
    correlated: AbstractSet[int],
    *,
    narrow: c.Narrow = no_constraint,
    possible: c.Possible = lambda _: True,
    budget: c.Budget | None = None,
) -> int:
    return c.exact(
        condition,
        known,
        correlated=correlated,
        narrow=narrow,
        possible=possible,
        budget=budget or c.Budget(),
    )


def constraint(when: c.Condition, then: Line, name: str = "c") -> Constraint:
    return Constraint(0, name, Text("id", "en"), (), when, then)


def test_narrowing_applies_what_holds() -> None:
    rule = constraint(a(0), b(0))
    trace = Trace()
    assert narrow(A0 | B0 | B1, [rule], trace) == A0 | B0
    assert trace.reasons == {1: [rule]}
    assert narrow(A1 | B1, [rule]) == A1 | B1
    assert narrow(ALL_KNOWN, [rule]) == ALL_KNOWN


def test_narrowing_backwards() -> None:
    """What must not follow cannot have been the case."""
    assert narrow(A0 | A1 | B1, [constraint(a(0), b(0))]) == A1 | B1
    several = constraint(All((a(0), b(1, 2))), b(1))
    assert narrow(A0 | A1 | B2, [several]) == A1 | B2
    either = constraint(Any((a(0), b(2))), b(0))
    assert narrow(A0 | A1 | B1, [either]) == A1 | B1
    nested = constraint(All((Any((a(0), b(2))), b(1, 2))), b(0))
    assert narrow(A0 | A1 | B1, [nested]) == A1 | B1


def test_narrowing_to_nothing() -> None:
    trace = Trace()
    rule = constraint(a(0), b(0))
    assert narrow(A0 | B1, [rule], trace) is None
    assert trace.clash is rule
    assert narrow(A0 | B1, [rule]) is None


def test_ties() -> None:
    rule = constraint(a(0), b(0))
    assert tied(ALL_KNOWN, [rule]) == (rule,)
    assert tied(A0 | A1 | B0, [rule]) == ()
    assert tied(A1 | B1 | B0, [rule]) == ()


D0, D1 = 0b0100000, 0b1000000
A_WITH_B = constraint(a(0), b(0))
B_WITH_D = constraint(b(0), Line(2, D0, D1))


@pytest.mark.parametrize(
    ("facts", "ties", "expected"),
    [
        ({0}, (A_WITH_B, B_WITH_D), set()),
        ({1}, (A_WITH_B, B_WITH_D), set()),
        ({0, 2}, (A_WITH_B, B_WITH_D), {0, 1, 2}),
        ({0, 1}, (A_WITH_B, B_WITH_D), {0, 1}),
        (set(), (A_WITH_B, constraint(b(1), a(1))), {0, 1}),
        (set(), (constraint(All((b(0, 1), b(1, 2))), a(0)), B_WITH_D), {0, 1}),
    ],
    ids=["a chain", "two dead ends", "a chain between two", "one of two", "a cycle", "read twice"],
)
def test_which_ties_matter(
    facts: set[int], ties: tuple[Constraint, ...], expected: set[int]
) -> None:
    """What hangs on one fact of the formula alone is left out."""
    assert core(frozenset(facts), ties, ALL_KNOWN | D0 | D1) == expected


def test_applicable_constraints_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = (constraint(a(0), b(0)), constraint(a(1), b(1)))
    applicable = Applicable(rules, ALL_KNOWN, A0 | A1)
    assert applicable.to(A0 | B0) == rules[:1]
    assert applicable.to(A0 | B1) is applicable.to(A0 | B2)
    assert applicable.to(ALL_KNOWN) == rules
    monkeypatch.setattr("netralitas_rules.engine.narrowing.MAX_CACHED", 1)
    assert applicable.to(A1 | B1) == rules[1:]


def test_satisfiable_finds_cycles_that_narrowing_misses() -> None:
    """`a` or not `a`: both sides ask for what the other constraint forbids."""
    assert narrow(ALL_KNOWN, CYCLE) == ALL_KNOWN
    assert not satisfiable(ALL_KNOWN, CYCLE, c.Budget())
    assert satisfiable(ALL_KNOWN, CYCLE[:2], c.Budget())
    with pytest.raises(c.Cut):
        satisfiable(ALL_KNOWN, CYCLE, c.Budget(1))


CYCLE = (
    constraint(a(0), b(0, 1)),
    constraint(a(1), b(0, 1)),
    constraint(b(0), a(1)),
    constraint(b(1), a(1)),
    constraint(Any((All((a(1), b(0))), All((a(1), b(1))))), b(2)),
)


def test_completions_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netralitas_rules.engine.narrowing.MAX_CACHED", 1)
    completions = Completions()
    for _ in range(2):
        assert not completions.exist(ALL_KNOWN, CYCLE)
        assert completions.exist(ALL_KNOWN, CYCLE[:3])


def test_a_search_that_is_cut_takes_completions_to_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left possible is always sound: nothing is met for want of another completion."""
    monkeypatch.setattr("netralitas_rules.engine.narrowing.Budget", lambda: c.Budget(1))
    assert Completions().exist(ALL_KNOWN, CYCLE)


def test_satisfiable_divides_what_is_still_open() -> None:
    """The first fact of the tie has one class left, the second is divided."""
    rule = constraint(All((Line(0, A0, A1), b(0, 1))), b(0))
    assert satisfiable(A0 | B0 | B1 | B2, [rule], c.Budget())  # type: ignore[arg-type]
