"""Decision diagrams equal the tables they stand for."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas_rules.inquiry import diagrams
from netralitas_rules.inquiry.diagrams import (
    Diagram,
    Leaf,
    TooLarge,
    asked,
    at,
    combined,
    leaves,
    mapped,
    node,
    smallest,
)

WIDTHS = (2, 3, 2)
TAKEN = {0: 1, 1: 0, 2: 0}
EVERY = [dict(enumerate(chosen)) for chosen in product(*map(range, WIDTHS))]

Table = tuple[int, ...]
"""A value by every combination of choices, in the order of `EVERY`."""
tables = st.tuples(*[st.integers(0, 2)] * len(EVERY))


def diagram(table: Table, question: int = 0) -> Diagram[int]:
    if question == len(WIDTHS):
        return Leaf(table[0])
    size = len(table) // WIDTHS[question]
    parts = [table[n * size : (n + 1) * size] for n in range(WIDTHS[question])]
    return node(question, tuple(diagram(part, question + 1) for part in parts))


@given(tables)
def test_what_it_comes_to(table: Table) -> None:
    made = diagram(table)
    assert tuple(at(made, choices).value for choices in EVERY) == table
    assert {leaf.value for leaf in leaves(made, dict(enumerate(WIDTHS)))} == set(table)
    first = {leaf.value for leaf in leaves(made, {0: 1, 1: 3, 2: 2})}
    assert first == set(table[: len(table) // 2])


@given(tables)
def test_only_what_makes_a_difference_is_asked(table: Table) -> None:
    def other(choices: dict[int, int], question: int, number: int) -> int:
        return table[EVERY.index({**choices, question: number})]

    differs = {
        question
        for question, width in enumerate(WIDTHS)
        for choices in EVERY
        for number in range(width)
        if other(choices, question, number) != table[EVERY.index(choices)]
    }
    assert asked(diagram(table)) == differs


@given(tables, tables)
def test_joining(one: Table, two: Table) -> None:
    made = combined(diagram(one), diagram(two), lambda a, b: 10 * a + b)
    assert made == diagram(tuple(10 * a + b for a, b in zip(one, two, strict=True)))
    assert mapped(diagram(one), lambda a: a == 1) == diagram(tuple(int(a == 1) for a in one))


@given(tables)
def test_smallest_departures(table: Table) -> None:
    """By brute force: no part of a set gives the value, and every set that gives it holds one."""
    reached: dict[int, list[frozenset[Any]]] = {}
    for choices, value in zip(EVERY, table, strict=True):
        departs = frozenset(own for own in choices.items() if own[1] != TAKEN[own[0]])
        reached.setdefault(value, []).append(departs)
    expected = {
        value: {one for one in sets if not any(other < one for other in sets)}
        for value, sets in reached.items()
    }
    found, cut = smallest(diagram(table), TAKEN, most=100)
    assert not cut
    assert {value: set(sets) for value, sets in found.items()} == expected
    few, cut = smallest(diagram(table), TAKEN, most=1)
    assert cut or few == found


def test_a_leaf_that_is_not_whole_stays_so() -> None:
    part: Diagram[int] = node(0, (Leaf(1), Leaf(1, whole=False)))
    assert [at(combined(part, Leaf(0), max), {0: n}).whole for n in (0, 1)] == [True, False]
    assert not all(leaf.whole for leaf in leaves(mapped(part, str), {0: 2}))


def test_a_diagram_that_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagrams, "MAX_NODES", 1)
    one, two = diagram((0, 1) * 6), diagram((0, 1, 2) * 4)
    with pytest.raises(TooLarge):
        combined(one, two, max)
