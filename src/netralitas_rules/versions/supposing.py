"""The same facts under law of another time.

The transitions say which combinations of bodies of law stood side by side, and under which dates.
For a combination that does not govern, the nearest such dates are supposed: the act moved to the
first or last day of that law, an examination or decision before or after a change. What the
incident states otherwise, and what followed from it (the stage of a candidate, leave on the day of
the act), stays as it was.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from netralitas_rules.engine.bodies import classes_by, days_of, in_order, setters, span
from netralitas_rules.engine.conditions import fields_of, tests_of, union
from netralitas_rules.engine.frames import Frame
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Constraint, Plan, Rule
from netralitas_rules.facts.space import ACT_DATE, Kind
from netralitas_rules.law.model import RuleKind

MAX_CACHED = 256


@dataclass(frozen=True, slots=True)
class _Case:
    """Dates, a class of days of each, and the law that governs under them."""

    law: int
    days: tuple[int, ...]
    at_once: bool
    """Whether all dates can lie in one span between two changes: nothing straddles a change."""


class Supposing:
    """Finds the combinations of bodies of law, and moves frames under them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        space = plan.space
        fields = set(plan.slices)
        self.laws = tuple(fact for fact in space.facts if fact.full in fields)
        self.law = sum(plan.slices)
        """Fields of all laws."""
        self.transitions = tuple(c for law in self.laws for c in setters(plan.constraints, law))
        read = {test.fact for c in self.transitions for test in tests_of(c.when)}
        facts = [space.facts[index] for index in sorted(read)]
        self.dates = tuple(fact for fact in facts if fact.spec.kind is Kind.DATE)
        self.others = sum(f.full for f in facts if f not in self.dates and f not in self.laws)
        """Fields of what the transitions read besides dates: it stays as it is."""
        self.act_date = space.by_path[ACT_DATE]
        under = [test for rule in _violations(plan) for test in tests_of(rule.under)]
        self._held = {
            law.index: union(test.allowed for test in under if test.fact == law.index)
            for law in self.laws
        }
        self._moved = self.law | sum(fact.full for fact in self.dates)
        demanding = [e for r in plan.rules for e in r.elements if e.demand is not None]
        self._asked = union(
            element.demand.reached.denied
            for element in demanding
            if element.demand is not None and fields_of(element.condition) & self._moved
        )
        """Of elements that read what is moved: whether they reach their standard is open then."""
        self._classes = [classes_by(fact, self.transitions, space.unknown) for fact in self.dates]
        self._cases: dict[int, tuple[_Case, ...]] = {}

    def combinations(self, frame: Frame) -> Iterator[int]:
        """Combinations of bodies of law that stood side by side on some day, oldest first, for
        what is not a date as in the frame. Of law that the ruleset does not hold, and only says
        that it was another, there is nothing to compare.
        """
        found = dict.fromkeys(case.law for case in self._of(frame.known) if case.at_once)
        return (law for law in found if self.held(law))

    def held(self, law: int) -> bool:
        """Whether the ruleset has violations under every body of law of a combination."""
        return all(law & bits for bits in self._held.values())

    def under(self, frame: Frame, law: int) -> tuple[Frame, tuple[Fact, ...]]:
        """The frame under this law or the one most like it, and the dates supposed otherwise."""
        if frame.known & self.law == law:
            return frame, ()
        case = min(self._of(frame.known), key=lambda case: self._distance(frame, case, law))
        known = frame.known & ~self._moved | case.law | self._asked
        first, last, otherwise = frame.first, frame.last, []
        for fact, days in zip(self.dates, case.days, strict=True):
            if frame.known & days:
                known |= frame.known & days
                continue
            otherwise.append(fact)
            if fact is self.act_date:
                day = self._nearest(frame, days)
                first = last = datetime.date.fromordinal(day)
                days = fact.cells(day, day)
            known |= days
        constraints = tuple(c for c in frame.constraints if not self._reads_moved(c))
        moved = replace(frame, known=known, first=first, last=last, constraints=constraints)
        return moved, tuple(otherwise)

    def _of(self, known: int) -> tuple[_Case, ...]:
        """The cases of dates, for the values of all else that transitions read."""
        key = known & self.others
        found = self._cases.get(key)
        if found is None:
            if len(self._cases) >= MAX_CACHED:
                self._cases.clear()
            found = self._cases[key] = tuple(self._enumerated(key))
        return found

    def _enumerated(self, others: int) -> Iterator[_Case]:
        space = self.plan.space
        start = space.unknown & ~(self.others | self._moved) | others | self.law
        for days in product(*self._classes):
            known = start
            for bits in days:
                known |= bits
            if in_order(space, known):
                narrowed = narrow(known, self.transitions)
                if narrowed is not None and all(_single(narrowed & f.full) for f in self.laws):
                    yield _Case(narrowed & self.law, days, self._at_once(days))

    def _at_once(self, days: tuple[int, ...]) -> bool:
        spans = [span(fact, bits) for fact, bits in zip(self.dates, days, strict=True)]
        happened = [found for found in spans if found is not None]
        if len(happened) < len(spans):
            return False
        firsts, lasts = [first for first, _ in happened], [last for _, last in happened]
        return max(firsts, default=0) <= min(lasts, default=0)

    def _distance(self, frame: Frame, case: _Case, law: int) -> tuple[int, int, int, int]:
        """Bodies that differ, dates that must be supposed, and days to the act from there."""
        differ = sum(1 for fact in self.laws if (case.law ^ law) & fact.full)
        supposed = act = 0
        for fact, days in zip(self.dates, case.days, strict=True):
            if not frame.known & days:
                supposed += 1
                if fact is self.act_date:
                    act = abs(self._nearest(frame, days) - frame.first.toordinal())
        return differ, supposed, act, case.days[0] if case.days else 0

    def _nearest(self, frame: Frame, days: int) -> int:
        """The day of a class that lies nearest to the act."""
        first, last = days_of(self.act_date, days)
        return last if last < frame.first.toordinal() else first

    def _reads_moved(self, constraint: Constraint) -> bool:
        return any((test.allowed | test.denied) & self._moved for test in constraint.tests)


def _violations(plan: Plan) -> Iterator[Rule]:
    return (rule for rule in plan.rules if rule.kind is RuleKind.VIOLATION)


def _single(bits: int) -> bool:
    return bits != 0 and bits & (bits - 1) == 0
