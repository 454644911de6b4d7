"""Every way in which facts can fulfil a condition under constraints: a search that leaves none out.

Conditions that must hold narrow the facts, constraints narrow them further, and where a choice is
left each branch is tried. What ends without a world is proved to have none.
"""

from collections.abc import Iterator, Sequence

from netralitas_rules.engine.conditions import (
    FALSE,
    TRUE,
    Any,
    Budget,
    Condition,
    Test,
    negate,
)
from netralitas_rules.engine.narrowing import narrow, satisfiable
from netralitas_rules.engine.plan import Constraint


def worlds(
    conditions: Sequence[Condition],
    known: int,
    constraints: tuple[Constraint, ...],
    budget: Budget,
) -> Iterator[int]:
    """Parts of `known`, apart from each other, in which all conditions hold and the constraints
    leave something possible; together they are all there is. Raises `Cut` where the search takes
    more steps than the budget has.
    """
    budget.spend()
    found = assumed(conditions, known, constraints)
    if found is None:
        return
    known, choices = found
    if not choices:
        if satisfiable(known, constraints, budget):
            yield known
        return
    choice = min(choices, key=lambda c: len(_live(c, known)))
    rest = [c for c in choices if c is not choice]
    failed: list[Condition] = []
    for part in _live(choice, known):
        yield from worlds([part, *failed, *rest], known, constraints, budget)
        failed.append(negate(part))


def _live(choice: Any, known: int) -> list[Condition]:
    return [part for part in choice.parts if part.value(known) != FALSE]


def assumed(
    conditions: Sequence[Condition], known: int, constraints: tuple[Constraint, ...]
) -> tuple[int, list[Any]] | None:
    """What is known where the conditions hold, and the choices that are left between parts of
    them; None where they cannot hold.
    """
    pending: list[Condition] = list(conditions)
    while True:
        choices: list[Any] = []
        before = known
        while pending:
            condition = pending.pop()
            value = condition.value(known)
            if value == FALSE:
                return None
            if value == TRUE:
                continue
            if isinstance(condition, Test):
                known &= ~condition.denied
            elif isinstance(condition, Any):
                live = _live(condition, known)
                if len(live) == 1:
                    pending.append(live[0])
                else:
                    choices.append(condition)
            else:
                pending.extend(condition.parts)
        narrowed = narrow(known, constraints)
        if narrowed is None:
            return None
        known = narrowed
        if known == before:
            return known, choices
        pending = list(choices)
