"""A rule as parts that all have to hold, put together where they turn on the same facts.

What is independent of each other is settled apart: to establish a rule every part has to be, to
clear it one is enough. So no table holds more facts than belong together.
"""

from collections.abc import Iterable, Iterator
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
from netralitas_rules.engine.plan import Gate, Rule, SanctionRow
from netralitas_rules.inquiry.view import View


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

    @property
    def missing(self) -> frozenset[int]:
        """Facts that bring something up and are not stated yet."""
        ways = (*self.gates, *self.exceptions)
        return frozenset(index for way in ways for index in way.missing)

    def add(self, other: "Parts") -> None:
        self.needs += other.needs
        self.gates += other.gates
        self.exceptions += other.exceptions
        self.varying = self.varying or other.varying


@dataclass(slots=True)
class Splitting:
    """Splits a rule, or one of its sanction rows alone, over the frames of one act."""

    view: View
    rule: Rule

    def parts(self, row: SanctionRow | None) -> list[Parts]:
        """The parts of which something is open, those that share facts put together."""
        single = [(part, facts) for part in self._single(row) for facts in [self._turns_on(part)]]
        kept = [(part, facts) for part, facts in single if facts is not None]
        if any(part.varying for part, _ in kept):
            for part, facts in kept:
                part.varying = part.varying or not facts.isdisjoint(self.view.telling)
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
        if len(set(self.view.governed(self.rule))) > 1:
            yield Parts(varying=True)

    def _ways(self, gates: Iterable[Gate], holds: Condition | None) -> Iterator[Way]:
        """What each gate asks for; those that wait for what no report states are left out."""
        stated = self.view.frames[0].stated
        for gate in gates:
            missing = self.view.plan.space.numbered(gate.facts & ~stated)
            if all(fact.index in self.view.statable for fact in missing):
                condition = both([*gate.tests, *([] if holds is None else [holds])])
                yield Way(frozenset(fact.index for fact in missing), condition)

    def _turns_on(self, part: Parts) -> set[int] | None:
        """The open facts of a part, and those that ties join to them; None where it is settled in
        a way that leaves the others to decide. Says too whether frames differ in it.
        """
        view, read = self.view, read_by(part.conditions)
        missing = part.missing
        facts: set[int] = set()
        values: set[tuple[object, ...]] = set()
        fields = sum(view.plan.space.facts[index].full for index in read)
        seen: dict[int, tuple[set[int], tuple[int, ...]]] = {}
        for number, governs in enumerate(view.governed(self.rule)):
            if not governs:
                continue
            known = view.frames[number].known
            key = known & fields
            if key not in seen:
                here = {test.fact for test in open_in(part.conditions, known)}
                seen[key] = here, tuple(condition.value(known) for condition in part.conditions)
            here, settled = seen[key]
            ties = view.tied(number, here | missing) if here or missing else []
            facts |= here.union(*(tie.facts for tie in ties))
            values.add((settled, *(tie.constraint.number for tie in ties)))
        fields |= sum(view.plan.space.facts[index].full for index in facts)
        if len(values) > 1 or len({frame.known & fields for frame in view.frames}) > 1:
            part.varying = True
        if view.act_date in missing and len(view.frames) > 1:
            part.varying = True  # stating the day chooses among the frames
        if not facts and not part.varying and self._holds_anyway(part, values):
            return None
        return facts | missing

    def _holds_anyway(self, part: Parts, values: Iterable[tuple[object, ...]]) -> bool:
        """Whether a settled part holds whatever is stated."""
        if part.exceptions:
            known = self.view.frames[0].known
            return all(way.condition.value(known) == FALSE for way in part.exceptions)
        if part.gates:
            known = self.view.frames[0].known
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


def read_by(conditions: Iterable[Condition]) -> set[int]:
    """Facts that conditions read."""
    return {index for condition in conditions for index in facts_of(condition)}
