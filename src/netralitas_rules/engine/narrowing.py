"""Constraints: what the law and the calendar make impossible is taken out of what is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from netralitas_rules.engine.conditions import (
    FALSE,
    OPEN,
    TRUE,
    All,
    Budget,
    Condition,
    Cut,
    Test,
    classes_of,
    split,
)
from netralitas_rules.engine.plan import Constraint

MAX_CACHED = 4096


@dataclass(slots=True)
class Trace:
    """Which constraints narrowed which fact, and the one that left nothing possible."""

    reasons: dict[int, list[Constraint]] = field(default_factory=dict)
    clash: Constraint | None = None


def narrow(known: int, constraints: Iterable[Constraint], trace: Trace | None = None) -> int | None:
    """`known` narrowed to a fixpoint; None where no value of some fact is left."""
    every = tuple(constraints)
    pending: Sequence[Constraint] = every
    while pending:
        before = known
        for constraint in pending:
            then = constraint.then
            if not known & then.denied:
                continue
            truth = constraint.when.value(known)
            if truth == FALSE:
                continue
            if truth == TRUE:
                fact, removed, left = then.fact, then.denied, known & then.allowed
            elif known & then.allowed:
                continue
            else:
                only = _only_open(constraint.when, known)
                if only is None:
                    continue
                fact, removed, left = only.fact, only.allowed, known & only.denied
            if trace is not None:
                trace.reasons.setdefault(fact, []).append(constraint)
            if not left:
                if trace is not None:
                    trace.clash = constraint
                return None
            known &= ~removed
        changed = before ^ known
        pending = [c for c in every if c.fields & changed] if changed else ()
    return known


def tied(known: int, constraints: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """The constraints that still tie facts to each other: neither idle nor satisfied."""
    return tuple(c for c in constraints if known & c.then.denied and c.when.value(known) == OPEN)


def knots(
    known: int, constraints: Iterable[Constraint]
) -> list[tuple[int, tuple[Constraint, ...]]]:
    """The open constraints by what they tie together: fields of open facts with their ties. What
    one knot holds says nothing of the facts of another.
    """
    found: list[tuple[int, tuple[Constraint, ...]]] = []
    for tie in tied(known, constraints):
        fields = _open_fields(tie, known)
        ties: tuple[Constraint, ...] = (tie,)
        apart = []
        for other in found:
            if other[0] & fields:
                fields, ties = fields | other[0], (*other[1], *ties)
            else:
                apart.append(other)
        found = [*apart, (fields, ties)]
    return found


def _open_fields(tie: Constraint, known: int) -> int:
    """Fields of its facts that have more than one value left."""
    fields = 0
    for test in tie.tests:
        own = test.allowed | test.denied
        possible = known & own
        if possible & (possible - 1):
            fields |= own
    return fields


def satisfiable(known: int, constraints: tuple[Constraint, ...], budget: Budget) -> bool:
    """Whether narrowed knowledge has a completion that meets every constraint."""
    ties = tied(known, constraints)
    if not ties:
        return True
    tests = ties[0].tests
    test = next(t for t in tests if t.value(known) == OPEN)
    field_bits = test.allowed | test.denied
    classes = classes_of(known & field_bits, {t.allowed for t in tests if t.fact == test.fact})
    parts = split(known, field_bits, classes, lambda k: narrow(k, constraints), budget)
    return any(satisfiable(part, constraints, budget) for part in parts)


def core(facts: frozenset[int], ties: Iterable[Constraint], known: int) -> frozenset[int]:
    """Facts that open constraints tie to each other in a way that matters to `facts`.

    A chain of constraints that hangs on one fact only tells nothing that narrowing has not told
    already, so dead ends are pruned. What is left connects facts of the formula, is a cycle, or
    reads one fact twice.
    """
    links: list[tuple[set[int], bool]] = []
    for tie in ties:
        own = [test.fact for test in tie.tests if test.value(known) == OPEN]
        links.append((set(own), len(set(own)) < len(own)))
    pruned = True
    while pruned:
        pruned = False
        uses: dict[int, int] = {}
        for linked, _ in links:
            for fact in linked:
                uses[fact] = uses.get(fact, 0) + 1
        kept = []
        for linked, twice in links:
            left = {fact for fact in linked if twice or fact in facts or uses[fact] > 1}
            if len(left) > 1 or twice:
                kept.append((left, twice))
            pruned = pruned or left != linked or (len(left) < 2 and not twice)
        links = kept
    return frozenset().union(*(linked for linked, _ in links))


@dataclass(slots=True)
class Completions:
    """Whether narrowed knowledge has a completion; remembered, since few patterns recur often."""

    _seen: dict[tuple[int, ...], bool] = field(default_factory=dict)

    def exist(self, known: int, constraints: tuple[Constraint, ...]) -> bool:
        """Narrowing finds every contradiction but those of cycles; they are searched here."""
        ties = tied(known, constraints)
        if not ties:
            return True
        fields = 0
        for tie in ties:
            for test in tie.tests:
                if test.value(known) == OPEN:
                    fields |= test.allowed | test.denied
        key = (known & fields, *(tie.number for tie in ties))
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= MAX_CACHED:
                self._seen.clear()
            try:
                found = not core(frozenset(), ties, known) or satisfiable(
                    known, constraints, Budget()
                )
            except Cut:
                found = True
            self._seen[key] = found
        return found


def _only_open(when: Condition, known: int) -> Test | None:
    """An open test that must fail for the open `when` to fail; None where there is a choice."""
    if isinstance(when, Test):
        return when
    open_parts = [part for part in when.parts if part.value(known) == OPEN]
    if isinstance(when, All) and len(open_parts) > 1:
        return None
    return next(filter(None, (_only_open(part, known) for part in open_parts)), None)


@dataclass(slots=True)
class Applicable:
    """The constraints that can matter where some facts are fixed, remembered per value."""

    constraints: tuple[Constraint, ...]
    unknown: int
    fixed: int
    """Fields of the facts (date of the act, election) that choose among the constraints."""
    _seen: dict[int, tuple[Constraint, ...]] = field(default_factory=dict)

    def to(self, known: int) -> tuple[Constraint, ...]:
        """Constraints not ruled out by the fixed facts alone."""
        key = known & self.fixed
        found = self._seen.get(key)
        if found is None:
            probe = self.unknown & ~self.fixed | key
            found = tuple(c for c in self.constraints if c.when.value(probe) != FALSE)
            if len(self._seen) >= MAX_CACHED:
                self._seen.clear()
            self._seen[key] = found
        return found
