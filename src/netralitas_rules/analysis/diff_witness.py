"""A report that shows a difference, made from a world of the joint space, and made small."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from netralitas_rules.analysis.diff_joint import Joint
from netralitas_rules.analysis.diff_model import Target, Witness
from netralitas_rules.analysis.diff_says import Says
from netralitas_rules.analysis.diff_search import worlds
from netralitas_rules.analysis.diff_side import STATED
from netralitas_rules.engine.bodies import days_of
from netralitas_rules.engine.comparing import compare
from netralitas_rules.engine.conditions import FALSE, Budget, Condition, Cut, either
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import Completions, narrow, tied
from netralitas_rules.engine.plan import Constraint
from netralitas_rules.facts.leaves import NEVER, Never, Span
from netralitas_rules.facts.order import ACT_BEFORE, IN_TURN
from netralitas_rules.facts.space import ACT_DATE, READING_PREFIX, Kind, Origin

MAX_DAYS = 500
MAX_PARTS = 4
FIRST_DAY = datetime.date(1900, 1, 1).toordinal()
"""No report states a day before."""
_ORDER = (*((ACT_DATE, later) for later in ACT_BEFORE), *IN_TURN)
Facts = dict[str, Any]
Day = Span | Never | None
Days = dict[str, Day]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Makes reports from worlds of one joint space, and asks both sides about them."""

    joint: Joint
    says: tuple[Says, Says]
    as_of: datetime.date
    constraints: tuple[Constraint, ...]
    """Those that the worlds keep."""
    completions: Completions = field(default_factory=Completions)

    @property
    def _settles(self) -> frozenset[int]:
        """Facts that no report states and constraints settle."""
        compared = {side.fact(i).index for side in self.joint.sides for i in side.plan.compared}
        return frozenset(
            fact.index
            for fact in self.joint.space.facts
            if fact.index not in compared
            and fact.spec.origin is not Origin.READING
            and (fact.spec.origin is Origin.DERIVED or "@" in fact.spec.path)
        )

    def of(self, world: int, target: Target, keep: Sequence[int]) -> Witness | None:
        """A report of this world that the sides decide otherwise, without a fact too many; None
        where no report was found. What it states first is what the world settles; `keep` are facts
        to which it is cut down where that shows no difference (others are open on one side only);
        last is one without a day of the act, which takes long: every day is looked at.
        """
        for facts, readings in self.reports(world):
            for stated in (facts, self._only(facts, keep), _undated(facts)):
                witness = self.smallest(stated, readings, target)
                if witness is not None:
                    return witness
        return None

    def smallest(
        self, stated: Mapping[str, Any], taken: Mapping[str, str], target: Target
    ) -> Witness | None:
        """One fact after the other is dropped, as long as the sides still differ: dates last, for
        without them every day has to be looked at, and the day of the act never, for the same
        reason: what differs on no day cannot differ without one. None where they do not differ.
        """
        facts, readings = dict(stated), dict(taken)
        if not self._differ(facts, readings, target):
            return None
        space = self.joint.space.by_path
        names = [name for name in sorted(facts) if name != ACT_DATE]
        dates = [name for name in names if space[name].spec.kind is Kind.DATE]
        others = [name for name in names if name not in dates]
        waiting: list[tuple[dict[str, Any], str]] = [
            *((facts, name) for name in others),
            *((readings, name) for name in sorted(readings)),
            *((facts, name) for name in dates),
        ]
        needed = 0
        while needed < len(waiting):
            part, name = waiting.pop(0)
            value = part.pop(name)
            if self._differ(facts, readings, target):
                needed = 0
            else:
                part[name] = value
                waiting.append((part, name))
                needed += 1
        before, after = self.both(facts, readings, target)
        facts = {path: facts[path] for path in sorted(facts)}
        return Witness(facts, self.as_of.isoformat(), readings, before, after)

    def _only(self, facts: Facts, keep: Sequence[int]) -> Facts:
        paths = {ACT_DATE, *(self.joint.space.facts[index].spec.path for index in keep)}
        return {path: value for path, value in facts.items() if path in paths}

    def _differ(self, facts: Facts, readings: Mapping[str, str], target: Target) -> bool:
        before, after = self.both(facts, readings, target)
        return before != after

    def both(
        self, facts: Mapping[str, Any], readings: Mapping[str, str], target: Target
    ) -> tuple[str, str]:
        """What each side says of the target."""
        first, second = (says.of(facts, self.as_of, readings, target) for says in self.says)
        return first, second

    # -- from a world to stated facts

    def reports(self, world: int) -> Iterator[tuple[Facts, dict[str, str]]]:
        """Reports of the world, each with the readings that it needs. First those from which what
        the world has derived follows; then what the world itself says, which may be enough.
        """
        grounded = ((part, self._behind(part)) for part in self._grounded(world))
        for part, behind in chain(grounded, [(world, frozenset[str]())]):
            known = self._settled(part, behind)
            if known is not None:
                for facts in self._stated(known, behind):
                    yield facts, self._readings(known)

    def _grounded(self, world: int) -> Iterator[int]:
        """Parts of the world in which some constraint tells each fact that it settles and that a
        report cannot state, if any does.
        """
        reasons: list[Condition] = []
        for fact in self.joint.space.facts:
            if fact.index in self._settles and ~world & self.joint.known & fact.full:
                grounds = [
                    c.when
                    for c in self.constraints
                    if c.then.fact == fact.index
                    and not c.then.allowed & ~world & self.joint.known
                    and c.when.value(world) != FALSE
                ]
                if grounds:
                    reasons.append(either(grounds))
        found = worlds(reasons, world, self.constraints, Budget())
        with suppress(Cut):
            yield from islice(found, MAX_PARTS)

    def _settled(self, world: int, behind: frozenset[str]) -> int | None:
        """One value for every fact that the world narrows, as the constraints allow."""
        known = world
        ties = tied(world, self.constraints)
        compared = {path for s in self.joint.sides for p in s.plan.compared.values() for path in p}
        for fact in self._told(world, behind):
            if fact.spec.path in compared:
                continue
            found = next(self._values(fact, known, ties), None)
            if found is None:
                return None
            known = found
        return known

    def _values(self, fact: Fact, known: int, ties: tuple[Constraint, ...]) -> Iterator[int]:
        possible = known & fact.full
        while possible:
            bit = possible & -possible
            possible ^= bit
            narrowed = narrow(known & ~fact.full | bit, ties)
            if narrowed is not None and self.completions.exist(narrowed, ties):
                yield narrowed

    def _told(self, world: int, behind: frozenset[str]) -> list[Fact]:
        """Facts that a report can state and of which the world says something, and the day of the
        act: where it is not stated, every day has to be looked at.
        """
        space = self.joint.space
        found = []
        for fact in space.facts:
            if fact.spec.origin not in (Origin.INCIDENT, Origin.FURTHER):
                continue
            if not self._known_to_both(fact.spec.path):
                continue
            asked = space.by_path.get(STATED + fact.spec.path)
            if asked is not None and not world & asked.bits[True]:
                continue
            narrowed = world & fact.full != self.joint.known & fact.full
            stated = asked is not None and not world & asked.bits[False]
            if narrowed or stated or fact.spec.path in {ACT_DATE, *behind}:
                found.append(fact)
        return found

    def _behind(self, world: int) -> frozenset[str]:
        """What a report states to settle the derived facts of which the world says something."""
        return frozenset(
            path
            for side in self.joint.sides
            for index, paths in side.plan.sources.items()
            if ~world & self.joint.known & side.fact(index).full
            for path in paths
        )

    def _known_to_both(self, path: str) -> bool:
        return all(path in side.plan.space.by_path for side in self.joint.sides)

    def _readings(self, known: int) -> dict[str, str]:
        """Readings that the world needs and that are not the sides' own."""
        found = {}
        for fact in self.joint.space.facts:
            if fact.spec.origin is not Origin.READING or "@" in fact.spec.path:
                continue
            possible = known & fact.full
            as_taken = not self.joint.taken & fact.full & ~possible
            if as_taken or not self._known_to_both(fact.spec.path):
                continue
            reading = next(str(value) for value, bit in fact.bits.items() if bit & possible)
            found[fact.spec.path.removeprefix(READING_PREFIX)] = reading
        return found

    def _stated(self, known: int, behind: frozenset[str]) -> Iterator[Facts]:
        """Some reports of the world: the same values, with days that lie to each other as they
        must.
        """
        told = self._told(known, behind)
        facts = {f.spec.path: f.example(known) for f in told if f.spec.kind is not Kind.DATE}
        dates = [fact for fact in told if fact.spec.kind is Kind.DATE]
        choices = {fact.spec.path: list(self._days(fact, known)) for fact in dates}
        paths = sorted(choices, key=lambda path: len(choices[path]))
        for days in islice(self._dated(paths, choices, {}, known, Budget(MAX_DAYS)), MAX_PARTS):
            stated = {path: _written(day) for path, day in days.items() if day is not None}
            yield {**facts, **stated}

    def _dated(
        self,
        paths: Sequence[str],
        choices: Mapping[str, list[Day]],
        days: Days,
        known: int,
        budget: Budget,
    ) -> Iterator[Days]:
        """Every choice of a day for each path that fits."""
        if not paths:
            yield days
            return
        path, *rest = paths
        for day in choices[path]:
            if budget.left < 0:
                return
            budget.left -= 1
            chosen = {**days, path: day}
            if self._fit(chosen, rest, known):
                yield from self._dated(rest, choices, chosen, known, budget)

    def _days(self, fact: Fact, known: int) -> Iterator[Day]:
        """Some days of a date that differ in how they lie to others; None where it is not stated,
        if the world does not ask for it. A day of the act that it does not ask for is a late one.
        """
        possible = known & fact.full
        cells = fact.cell_numbers(possible & ~fact.never_bit)
        if fact.spec.path == ACT_DATE:
            cells.reverse()
        elif possible == self.joint.known & fact.full:
            yield None
        for cell in cells:
            first, last = days_of(fact, 1 << (fact.shift + cell))
            first = max(first, FIRST_DAY)
            last = min(last, self.as_of.toordinal())
            for ordinal in dict.fromkeys((first, first + 1, last - 1, last)):
                if first <= ordinal <= last:
                    day = datetime.date.fromordinal(ordinal)
                    yield Span(day, day)
        if possible & fact.never_bit:
            yield NEVER

    def _fit(self, days: Days, waiting: Sequence[str], known: int) -> bool:
        """Whether days lie to each other as the world has it, as far as they are chosen."""
        for side in self.joint.sides:
            for index, (first, second) in side.plan.compared.items():
                if first in waiting or second in waiting:
                    continue
                own = side.plan.space.facts[index]
                order = side.mask(index, compare(own, days.get(first), days.get(second)))
                if order & ~known & side.fact(index).full:
                    return False
        for earlier, later in _ORDER:
            one, other = days.get(earlier), days.get(later)
            if isinstance(one, Span) and isinstance(other, Span) and other.last < one.first:
                return False
        return True


def _written(day: Span | Never) -> str:
    return day.first.isoformat() if isinstance(day, Span) else NEVER.value


def _undated(facts: Facts) -> Facts:
    return {path: value for path, value in facts.items() if path != ACT_DATE}
