"""Which body of law governs: every case that the transitions of one `law.*` fact tell apart.

A case is one class of values of every fact that they read: a span of days between two of their
dates, a value, a group of values that they treat alike. Cases whose dates contradict each other
(an examination before the act) or that a constraint excludes are left out: they cannot be.
"""

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from netralitas_rules.engine.conditions import (
    FALSE,
    Condition,
    classes_of,
    divisions,
    facts_of,
    tests_of,
)
from netralitas_rules.engine.knowledge import Fact, Space
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Constraint, Plan
from netralitas_rules.facts.order import ACT_BEFORE, IN_TURN
from netralitas_rules.facts.space import ACT_DATE, LAW_PREFIX, Kind

MAX_CASES = 20_000
_ORDER = (*((ACT_DATE, later) for later in ACT_BEFORE), *IN_TURN)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the values chosen, the transitions that apply to it, what they leave of the law."""

    chosen: tuple[tuple[Fact, int], ...]
    """A class of values of every fact that the transitions read."""
    applied: tuple[Constraint, ...]
    left: int


def setters(constraints: Sequence[Constraint], law: Fact) -> tuple[Constraint, ...]:
    """The constraints that set a fact."""
    return tuple(c for c in constraints if c.then.fact == law.index)


def read(own: Sequence[Constraint], space: Space) -> tuple[Fact, ...]:
    """The facts that constraints go by, in the order of the space."""
    return tuple(space.facts[i] for i in sorted({t.fact for c in own for t in tests_of(c.when)}))


def cases(
    space: Space,
    law: Fact,
    *,
    own: Sequence[Constraint],
    others: Sequence[Constraint] = (),
    known: int,
    day: datetime.date | None = None,
) -> list[Case] | None:
    """Every case that is possible under `known` and the other constraints, for an act of one day
    or of any. None where there are more than `MAX_CASES`.
    """
    if day is not None:
        fact, number = space.by_path[ACT_DATE], day.toordinal()
        known = known & ~fact.full | fact.cells(number, number)
    facts = read(own, space)
    classes = [classes_by(fact, own, known) for fact in facts]
    if math.prod(map(len, classes)) > MAX_CASES:
        return None
    return list(_cases(_Start(space, law, own, others, known, day), facts, classes))


@dataclass(frozen=True, slots=True)
class _Start:
    """What all cases of one search share."""

    space: Space
    law: Fact
    own: Sequence[Constraint]
    others: Sequence[Constraint]
    known: int
    day: datetime.date | None


def _cases(
    start: _Start, facts: Sequence[Fact], classes: Sequence[Sequence[int]]
) -> Iterator[Case]:
    for bits in product(*classes):
        chosen = tuple(zip(facts, bits, strict=True))
        known = start.known
        for fact, part in chosen:
            known = known & ~fact.full | part
        if not in_order(start.space, known, start.day) or narrow(known, start.others) is None:
            continue
        applied = tuple(c for c in start.own if c.when.value(known) != FALSE)
        left = known & start.law.full
        for constraint in applied:
            left &= constraint.then.allowed
        yield Case(chosen, applied, left)


def classes_by(fact: Fact, own: Sequence[Constraint], known: int) -> list[int]:
    """The classes of values that the conditions tell apart; of dates, spans without a hole."""
    tests = [t for c in own for t in tests_of(c.when) if t.fact == fact.index]
    ((_, masks),) = divisions(tests)
    parts = classes_of(known & fact.full, masks)
    if fact.spec.kind is not Kind.DATE:
        return parts
    found = []
    for part in parts:
        never, run = part & fact.never_bit, 0
        for cell in fact.cell_numbers(part & ~fact.never_bit):
            bit = 1 << (fact.shift + cell)
            if run and not run & bit >> 1:
                found.append(run)
                run = 0
            run |= bit
        found += [bits for bits in (run, never) if bits]
    return sorted(found)


def span(fact: Fact, bits: int) -> tuple[int, int] | None:
    """First and last ordinal of a class of days; None where it did not happen."""
    return days_of(fact, bits) if bits & fact.full & ~fact.never_bit else None


def days_of(fact: Fact, bits: int) -> tuple[int, int]:
    """First and last ordinal of days of which some are possible."""
    cells = fact.cell_numbers(bits & ~fact.never_bit)
    return fact.cell_bounds(cells[0])[0], fact.cell_bounds(cells[-1])[1]


def in_order(space: Space, known: int, day: datetime.date | None = None) -> bool:
    """Whether the dates can lie as they must, for an act of one day or of any."""
    for earlier, later in _ORDER:
        first, last = space.by_path[earlier], space.by_path[later]
        if known & (first.never_bit | last.never_bit):
            continue
        (begins, _), (_, ends) = days_of(first, known), days_of(last, known)
        if earlier == ACT_DATE and day is not None:
            begins = day.toordinal()
        if ends < begins:
            return False
    return True


def felt(plan: Plan) -> tuple[Constraint, ...]:
    """Constraints without the transitions of a body of law that nothing goes by: it is told of a
    day, and no value of it is ever excluded.
    """
    gates = [gate for rule in plan.rules for gate in rule.gates]
    gates += [g for r in plan.rules for e in r.exceptions for g in e.asked_when or ()]
    conditions: list[Condition] = [test for gate in gates for test in gate.tests]
    for rule in plan.rules:
        conditions += (rule.under, rule.needs, *(e.holds for e in rule.exceptions))
    conditions += [constraint.when for constraint in plan.constraints]
    conditions += [row.when for rows in plan.rows.values() for row in rows]
    conditions += [entry.when for entries in plan.listings.values() for entry in entries]
    if plan.residual is not None:
        conditions.append(plan.residual.when)
    read = {fact for condition in conditions for fact in facts_of(condition)}
    told = {fact.index for fact in plan.space.facts if fact.spec.path.startswith(LAW_PREFIX)} - read
    return tuple(c for c in plan.constraints if c.then.fact not in told)
