"""The first promise, tried exhaustively: a rule in every state of knowledge.

A state of knowledge leaves of every fact that the formula reads some of its classes of values: the
values that the formula treats alike are one class. What holds in a state follows from the states
that make it up, down to those with one class of every fact: so a finding that is met in a state is
met in every completion of it, and no information more makes it unmet, where the engine says the
same in all of them.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.analysis.cases import case_of
from netralitas_rules.analysis.search import Search, SearchCut
from netralitas_rules.engine.bodies import felt
from netralitas_rules.engine.conditions import (
    FALSE,
    TRUE,
    both,
    classes_of,
    divisions,
    tests_of,
)
from netralitas_rules.engine.evaluate import Evaluator, Formula
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Plan, Rule

MAX_STATES = 100_000


class Proof(StrEnum):
    PROVED = "proved"
    """The engine says of every state what holds in all its completions, neither more nor less."""
    SOUND = "sound"
    """It says nothing wrong; of some states it says less than could be said."""
    REFUTED = "refuted"
    TOO_MANY = "too-many-states"


@dataclass(frozen=True, slots=True)
class Proved:
    """What was found of one rule, and how many states of knowledge it has."""

    rule: str
    states: int
    proof: Proof

    def as_json(self) -> dict[str, object]:
        return {"rule": self.rule, "states": self.states, "proof": self.proof.value}


def prove(plan: Plan, *, most: int = MAX_STATES) -> Iterator[Proved]:
    """The promise for every rule of a plan that has at most so many states of knowledge."""
    search, evaluator = Search(plan), Evaluator(plan)
    for number, rule in enumerate(plan.rules, start=1):
        yield _proved(rule, search, evaluator, most, -number)


def _proved(rule: Rule, search: Search, evaluator: Evaluator, most: int, number: int) -> Proved:
    plan = search.plan
    condition = both(case_of(rule, search).met)
    divided = [
        classes_of(search.start & field, masks) for field, masks in divisions(tests_of(condition))
    ]
    fields = [field for field, _ in divisions(tests_of(condition))]
    states = math.prod((1 << len(classes)) - 1 for classes in divided)
    if states > most:
        return Proved(rule.id, states, Proof.TOO_MANY)
    formula = Formula.of(condition, number=number)
    constraints = felt(plan)
    sizes = [1 << len(classes) for classes in divided]
    holds: dict[int, int] = {}
    proof = Proof.PROVED
    for subsets in _states(sizes):
        known = search.start
        for field, classes, subset in zip(fields, divided, subsets, strict=True):
            known &= ~field
            for at, bits in enumerate(classes):
                if subset >> at & 1:
                    known |= bits
        key = _key(subsets, sizes)
        parts = _parts(subsets)
        if parts is None:
            try:
                holds[key] = _single(condition.value(known), known, search)
            except SearchCut:
                return Proved(rule.id, states, Proof.TOO_MANY)
        else:
            holds[key] = holds[_key(parts[0], sizes)] | holds[_key(parts[1], sizes)]
        if not holds[key]:
            continue
        narrowed = narrow(known, constraints)
        value = None if narrowed is None else evaluator.value(formula, narrowed, constraints)
        expected = {1: FALSE, 2: TRUE}.get(holds[key], 1)
        if value == expected:
            continue
        if value in (FALSE, TRUE, None):
            return Proved(rule.id, states, Proof.REFUTED)
        proof = Proof.SOUND
    return Proved(rule.id, states, proof)


def _single(value: int, known: int, search: Search) -> int:
    """Of a state with one class of every fact: 2 where the condition holds, 1 where it does not, 0
    where the constraints leave no such case.
    """
    narrowed = search.within((), known)
    if narrowed is None or search.find((), narrowed) is None:
        return 0
    return 2 if value == TRUE else 1


def _states(sizes: list[int]) -> Iterator[tuple[int, ...]]:
    """Every choice of classes, one at least of each fact; what a choice is made of comes first."""
    if not sizes:
        yield ()
        return
    for rest in _states(sizes[1:]):
        for subset in range(1, sizes[0]):
            yield subset, *rest


def _parts(subsets: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Two smaller states that make one up; None where every fact has one class."""
    for at, subset in enumerate(subsets):
        lowest = subset & -subset
        if subset != lowest:
            lead, rest = subsets[:at], subsets[at + 1 :]
            return (*lead, lowest, *rest), (*lead, subset & ~lowest, *rest)
    return None


def _key(subsets: tuple[int, ...], sizes: list[int]) -> int:
    found = 0
    for subset, size in zip(subsets, sizes, strict=True):
        found = found * size + subset
    return found
