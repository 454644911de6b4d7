"""The first promise, tried exhaustively: a rule in every state of knowledge.

A state of knowledge leaves of every fact that the formula reads some of its classes of values: the
values that the formula treats alike are one class. What holds in a state follows from the states
that make it up, down to those with one class of every fact: so a finding that is met in a state is
met in every completion of it, and no information more makes it unmet, where the engine says the
same in all of them.

No state is left out. What is done once for many: constraints read nothing of some facts, so that
what they make of a state is the same whatever is known of those.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from netralitas_rules.analysis.cases import case_of
from netralitas_rules.analysis.search import Search, SearchCut
from netralitas_rules.engine.bodies import felt
from netralitas_rules.engine.conditions import (
    FALSE,
    OPEN,
    TRUE,
    both,
    classes_of,
    divisions,
    tests_of,
)
from netralitas_rules.engine.evaluate import Evaluator, Formula
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Constraint, Plan

MAX_STATES = 100_000
_EXPECTED = {1: FALSE, 2: TRUE, 3: OPEN}


class Proof(StrEnum):
    PROVED = "proved"
    """The engine says of every state what holds in all its completions, neither more nor less."""
    SOUND = "sound"
    """It says nothing wrong; of some states it says less than could be said."""
    REFUTED = "refuted"
    CUT = "cut"
    """Whether some state is possible at all was not found within the steps of a search."""
    TOO_MANY = "too-many-states"


@dataclass(frozen=True, slots=True)
class Proved:
    """What was found of one rule, and how many states of knowledge it has."""

    rule: str
    states: int
    proof: Proof

    def as_json(self) -> dict[str, object]:
        return {"rule": self.rule, "states": self.states, "proof": self.proof.value}


class _Part(NamedTuple):
    """What is known of some facts: a choice of classes, one at least of each fact."""

    bits: int
    halves: tuple[int, int] | None
    """Numbers of the two smaller choices that make it up; None where every fact has one class."""


def prove(plan: Plan, *, most: int = MAX_STATES) -> Iterator[Proved]:
    """The promise for every rule of a plan that has at most so many states of knowledge."""
    search, evaluator, constraints = Search(plan), Evaluator(plan), felt(plan)
    for number, rule in enumerate(plan.rules, start=1):
        condition = both(case_of(rule, search).met)
        divided = [
            (field, classes_of(search.start & field, masks))
            for field, masks in divisions(tests_of(condition))
        ]
        states = math.prod((1 << len(classes)) - 1 for _, classes in divided)
        proof = Proof.TOO_MANY
        if states <= most:
            formula = Formula.of(condition, number=-number)
            try:
                proof = _proof(formula, divided, constraints, search, evaluator)
            except SearchCut:
                proof = Proof.CUT
        yield Proved(rule.id, states, proof)


def _proof(
    formula: Formula,
    divided: Sequence[tuple[int, list[int]]],
    constraints: tuple[Constraint, ...],
    search: Search,
    evaluator: Evaluator,
) -> Proof:
    """Every state of a formula, the smaller ones first. Raises `SearchCut`."""
    constrained = evaluator.plan.constrained
    inside = [(field, classes) for field, classes in divided if field & constrained]
    outside = [(field, classes) for field, classes in divided if not field & constrained]
    rest = search.start & ~sum(field for field, _ in divided)
    free = _parts([classes for _, classes in outside])
    found: list[bytearray] = []
    proof = Proof.PROVED
    for part in _parts([classes for _, classes in inside]):
        anything = part.bits | search.start & sum(field for field, _ in outside) | rest
        narrowed = narrow(anything, constraints)
        if part.halves is not None:
            one, other = (found[half] for half in part.halves)
            holds = bytearray(a | b for a, b in zip(one, other, strict=True))
        elif _possible(anything, search):
            holds = _single(formula, part.bits | rest, free)
        else:
            holds = bytearray(len(free))
        found.append(holds)
        left = 0 if narrowed is None else narrowed & ~sum(field for field, _ in outside)
        for state, held in zip(free, holds, strict=True):
            if not held:
                continue
            value = evaluator.value(formula, left | state.bits, constraints)
            if narrowed is not None and value == _EXPECTED[held]:
                continue
            if narrowed is None or value != OPEN:
                return Proof.REFUTED
            proof = Proof.SOUND
    return proof


def _single(formula: Formula, known: int, free: Sequence[_Part]) -> bytearray:
    """What holds in the states of facts that no constraint reads, everything else being known: a
    bit for "it does not", a bit for "it does".
    """
    holds = bytearray()
    for state in free:
        if state.halves is not None:
            one, other = state.halves
            holds.append(holds[one] | holds[other])
        else:
            holds.append(2 if formula.condition.value(known | state.bits) == TRUE else 1)
    return holds


def _possible(known: int, search: Search) -> bool:
    """Whether the constraints leave a case of it."""
    narrowed = search.within((), known)
    return narrowed is not None and search.find((), narrowed) is not None


def _parts(divided: Sequence[Sequence[int]]) -> list[_Part]:
    """Every choice of classes of some facts; what a choice is made up of comes first."""
    found = [_Part(0, None)]
    for classes in divided:
        size = len(found)
        more: list[_Part] = []
        for subset in range(1, 1 << len(classes)):
            bits = sum(part for at, part in enumerate(classes) if subset >> at & 1)
            lowest = subset & -subset
            for number, part in enumerate(found):
                halves: tuple[int, int] | None
                if subset != lowest:
                    halves = (lowest - 1) * size + number, (subset - lowest - 1) * size + number
                elif part.halves is not None:
                    first = (subset - 1) * size
                    halves = first + part.halves[0], first + part.halves[1]
                else:
                    halves = None
                more.append(_Part(part.bits | bits, halves))
        found = more
    return found
