"""A rule as parts that all have to hold, put together where they turn on the same facts.

What is independent of each other is settled apart: to establish a rule every part has to be, to
clear it one is enough. So no table holds more facts than belong together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from netralitas_rules.engine.conditions import (
    FALSE,
    TRUE,
    All,
    Condition,
    Test,
    both,
    facts_of,
    open_tests,
)
from netralitas_rules.engine.evaluate import Evaluator
from netralitas_rules.engine.frames import Frame
from netralitas_rules.engine.plan import Constraint, Gate, Plan, Rule, SanctionRow


@dataclass(frozen=True, slots=True)
class Way:
    """A condition that counts once facts are stated."""

    missing: frozenset[int]
    """Facts that are not stated yet."""
    condition: Condition


@dataclass(slots=True)
class Parts:
    """Parts of one rule that belong together: all needs hold, a way to raise it (where there are
    any here), and no exception.
    """

    needs: list[Condition] = field(default_factory=list)
    gates: list[Way] = field(default_factory=list)
    exceptions: list[Way] = field(default_factory=list)
    varying: bool = False
    """Whether the frames differ in it: otherwise one of them says all."""

    @property
    def conditions(self) -> Iterator[Condition]:
        yield from self.needs
        for way in (*self.gates, *self.exceptions):
            yield way.condition

    def add(self, other: "Parts") -> None:
        self.needs += other.needs
        self.gates += other.gates
        self.exceptions += other.exceptions
        self.varying = self.varying or other.varying


@dataclass(slots=True)
class Splitting:
    """Splits a rule, or one of its sanction rows alone, over the frames of one act."""

    plan: Plan
    evaluator: Evaluator
    rule: Rule
    frames: Sequence[Frame]
    statable: frozenset[int]

    def parts(self, row: SanctionRow | None) -> list[Parts]:
        """The parts of which something is open, those that share facts put together."""
        single = [(part, facts) for part in self._single(row) for facts in [self._turns_on(part)]]
        kept = [(part, facts) for part, facts in single if facts is not None]
        if any(part.varying for part, _ in kept):
            told = self._told_apart()
            for part, facts in kept:
                part.varying = part.varying or bool(facts & told)
        found: list[tuple[Parts, set[int]]] = []
        for part, facts in kept:
            others = []
            for other, own in found:
                if own & facts or (other.varying and part.varying):
                    part.add(other)
                    facts |= own
                else:
                    others.append((other, own))
            found = [*others, (part, facts)]
        return [part for part, _ in found]

    def _told_apart(self) -> set[int]:
        """Facts that tell frames apart."""
        found = differing(self.plan, self.frames) & self.statable
        for frame, ties in zip(self.frames, apart(self.evaluator, self.frames), strict=True):
            found |= {t.fact for tie in ties for t in tie.tests if is_open(t, frame.known)}
        return found

    def _single(self, row: SanctionRow | None) -> Iterator[Parts]:
        if row is not None:
            for condition in _flat(row.when):
                yield Parts(needs=[condition])
            return
        for condition in _flat(self.rule.needs):
            yield Parts(needs=[condition])
        gates = list(self._ways(self.rule.gates, None))
        if gates:
            yield Parts(gates=gates)
        for clause in self.rule.exceptions:
            if clause.asked_when is None:
                yield Parts(exceptions=[Way(frozenset(), clause.holds)])
            else:
                for way in self._ways(clause.asked_when, clause.holds):
                    yield Parts(exceptions=[way])
        governs = {self.rule.governs(frame.known) for frame in self.frames}
        if len(governs) > 1:
            yield Parts(varying=True)

    def _ways(self, gates: Iterable[Gate], holds: Condition | None) -> Iterator[Way]:
        """What each gate asks for; those that wait for what no report states are left out."""
        stated = self.frames[0].stated
        for gate in gates:
            missing = [f for f in self.plan.space.facts if gate.facts & ~stated & 1 << f.index]
            if all(fact.index in self.statable for fact in missing):
                condition = both([*gate.tests, *([] if holds is None else [holds])])
                yield Way(frozenset(fact.index for fact in missing), condition)

    def _turns_on(self, part: Parts) -> set[int] | None:
        """The open facts of a part, and those that ties join to them; None where it is settled in
        a way that leaves the others to decide. Says too whether frames differ in it.
        """
        facts: set[int] = set()
        values: set[tuple[object, ...]] = set()
        for frame in self.frames:
            if not self.rule.governs(frame.known):
                continue
            here = {test.fact for test in open_in(part.conditions, frame.known)}
            ties = tied(self.plan, self.evaluator, frame, here)
            facts |= here
            facts |= {t.fact for tie in ties for t in tie.tests if is_open(t, frame.known)}
            settled = tuple(condition.value(frame.known) for condition in part.conditions)
            values.add((settled, *(tie.number for tie in ties)))
        read = facts | read_by(part.conditions)
        fields = sum(self.plan.space.facts[index].full for index in read)
        if len(values) > 1 or len({frame.known & fields for frame in self.frames}) > 1:
            part.varying = True
        if not facts and not part.varying and self._holds_anyway(part, values):
            return None
        return facts | {i for way in (*part.gates, *part.exceptions) for i in way.missing}

    def _holds_anyway(self, part: Parts, values: Iterable[tuple[object, ...]]) -> bool:
        """Whether a settled part holds whatever is stated."""
        if part.exceptions:
            frame = self.frames[0]
            return all(way.condition.value(frame.known) == FALSE for way in part.exceptions)
        if part.gates:
            known = self.frames[0].known
            return any(not way.missing and way.condition.value(known) == TRUE for way in part.gates)
        return all(settled == (TRUE,) for settled, *_ in values)


def _flat(condition: Condition) -> Iterator[Condition]:
    """The conditions of which all have to hold."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _flat(part)
    else:
        yield condition


def open_in(conditions: Iterable[Condition], known: int) -> Iterator[Test]:
    """Tests that are open, of no part that is decided."""
    for condition in conditions:
        yield from open_tests(condition, known)


def tied(
    plan: Plan, evaluator: Evaluator, frame: Frame, facts: Iterable[int]
) -> tuple[Constraint, ...]:
    """The constraints that tie open facts to these."""
    fields = sum(plan.space.facts[index].full for index in facts)
    knots = evaluator.knotted(frame.known, frame.constraints)
    return tuple(tie for knot in knots if knot.fields & fields for tie in knot.ties)


def is_open(test: Test, known: int) -> bool:
    """Whether more than one value of its fact is left."""
    left = known & (test.allowed | test.denied)
    return bool(left & (left - 1))


def read_by(conditions: Iterable[Condition]) -> set[int]:
    """Facts that conditions read."""
    return {index for condition in conditions for index in facts_of(condition)}


def differing(plan: Plan, frames: Sequence[Frame]) -> set[int]:
    """Facts of which frames say different things."""
    seen = {frame.known for frame in frames}
    changed = 0
    first = next(iter(seen))
    for known in seen:
        changed |= known ^ first
    return {fact.index for fact in plan.space.facts if changed & fact.full}


def apart(evaluator: Evaluator, frames: Sequence[Frame]) -> list[list[Constraint]]:
    """Of each frame the ties that some other frame does not have: what they exclude there can rule
    the frame out.
    """
    every = [
        {tie.number: tie for knot in evaluator.knotted(f.known, f.constraints) for tie in knot.ties}
        for f in frames
    ]
    common = set(every[0]).intersection(*every[1:])
    return [[tie for number, tie in own.items() if number not in common] for own in every]
