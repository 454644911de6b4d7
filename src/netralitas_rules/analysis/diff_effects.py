"""What can come out otherwise between two plans, rule by rule and row by row.

Every rule and sanction row is one formula over the facts, on each side. Two searches show where
they part. In one world that both sides accept, the formulas may say different things; and where a
constraint of one side refuses what the other derives (the *region* of a joint space), the two may
read different things of the same report. Outside the region both derive the same, so that what is
written alike comes out alike.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from netralitas_rules.analysis.diff_alike import parting, simplified
from netralitas_rules.analysis.diff_joint import Joint, joint
from netralitas_rules.analysis.diff_model import Effect, Target, TargetKind, Verdict, Witness
from netralitas_rules.analysis.diff_says import Frames, Says, framed_alike
from netralitas_rules.analysis.diff_search import assumed, worlds
from netralitas_rules.analysis.diff_side import Side
from netralitas_rules.analysis.diff_witness import Witnesses
from netralitas_rules.engine.conditions import (
    FALSE,
    Budget,
    Condition,
    Cut,
    facts_of,
    negate,
)
from netralitas_rules.engine.narrowing import tied
from netralitas_rules.engine.plan import Constraint, Plan, Rule, SanctionRow
from netralitas_rules.facts.space import READING_PREFIX, Kind, Origin

MAX_NODES = 2_000
"""Steps of one search."""
MAX_STEPS = 20_000
"""Steps of all searches of one comparison; what is not decided by then is undecided."""
MAX_FRAMES = 60_000
"""Frames of all reports that are asked about; what has no witness by then is undecided."""
MAX_RECENT = 1
MAX_WORLDS = 8
"""Worlds of one difference of which a report is tried."""

Rows = dict[str, tuple[Rule, SanctionRow]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a difference is searched, and what holds there."""

    joint: Joint
    known: int
    constraints: tuple[Constraint, ...]
    tied: tuple[Constraint, ...]
    """Those of the constraints that what is known does not settle."""
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class _Difference:
    """Conditions under which the sides differ in one target."""

    place: _Place
    conditions: tuple[Condition, ...]
    keep: tuple[int, ...] = ()


@dataclass(slots=True)
class Effects:
    """Searches what can come out otherwise between two plans."""

    plans: tuple[Plan, Plan]
    shared: Joint = field(init=False)
    """Every fact has one value for both."""
    taken: Joint = field(init=False)
    """Readings, and what constraints set, as each side has them."""
    _together: tuple[_Place, ...] = field(init=False)
    """Where both read the same facts: first under the readings that both take, so that a report
    need not name any."""
    _agreed: tuple[_Place, ...] = field(init=False, default=())
    """The same, where each side takes its own readings."""
    _parted: tuple[_Place, ...] = field(init=False)
    """Where the sides may derive different things of the same facts."""
    _witnesses: dict[bool, Witnesses] = field(init=False)
    _frames: list[Frames] = field(init=False)
    _recent: dict[str, Witness] = field(default_factory=dict)
    _budget: Budget = field(init=False)

    def __post_init__(self) -> None:
        self._budget = Budget(MAX_STEPS)
        self.shared = joint(self.plans, as_taken=False)
        self.taken = joint(self.plans, as_taken=True)
        old, new = self.plans
        day = _after_all(self.plans)
        self._frames = [Frames(old)]
        if not framed_alike(old, new, day):
            self._frames.append(Frames(new))
        says = (Says(old, self._frames[0]), Says(new, self._frames[-1]))
        self._witnesses = {
            as_taken: Witnesses(space, says, day, space.constraints)
            for as_taken, space in ((False, self.shared), (True, self.taken))
        }
        self._together = _places(self.shared, [()], self.shared.constraints)
        region = [(condition,) for condition in self.taken.region]
        self._parted = _places(self.taken, region, self.taken.constraints)
        if any(path.startswith(READING_PREFIX) for path in self.taken.apart):
            self._agreed = _places(self.taken, [()], self.taken.agreed)

    def all(self) -> Iterator[Effect]:
        """The effect on every rule, row and constraint."""
        old, new = ({rule.id: rule for rule in plan.rules} for plan in self.plans)
        for name in dict.fromkeys((*old, *new)):
            target = Target(TargetKind.RULE, name)
            yield self._effect(target, self._of_rule(old.get(name), new.get(name)))
        before, after = (_rows(plan) for plan in self.plans)
        for name in dict.fromkeys((*before, *after)):
            target = Target(TargetKind.PATH, name)
            yield self._effect(target, self._of_row(before.get(name, {}), after.get(name, {})))
        for name in sorted({c.id for own in self.shared.differing for c in own}):
            effect = self._effect(Target(TargetKind.CONSTRAINT, name), self._of_constraint(name))
            if effect.verdict is not Verdict.SAME:
                yield effect

    def _effect(self, target: Target, differences: Iterator[_Difference]) -> Effect:
        """The first report that shows a difference, or that there is none."""
        why = ""
        for difference in differences:
            try:
                witness, exhausted = self._witness(target, difference)
            except Cut:
                why = "cut"
                continue
            if witness is not None:
                return Effect(target.kind, target.id, Verdict.CHANGES, witness)
            if not exhausted:
                why = why or "no-report"
        return Effect(*target, Verdict.UNDECIDED if why else Verdict.SAME, why=why)

    def _witness(self, target: Target, difference: _Difference) -> tuple[Witness | None, bool]:
        """A report, and whether there is no world at all. Raises `Cut`."""
        place = difference.place
        witnesses = self._witnesses[place.joint is self.taken]
        if sum(frames.made for frames in self._frames) > MAX_FRAMES:
            raise Cut
        witnesses = replace(witnesses, constraints=place.constraints)
        exhausted = True
        for world in islice(self._worlds(difference.conditions, place), MAX_WORLDS):
            witness = self._shown_before(witnesses, target) if exhausted else None
            exhausted = False
            witness = witness or witnesses.of(world, target, difference.keep)
            if witness is not None:
                self._recent[repr((witness.facts, witness.readings))] = witness
                return witness, False
        return None, exhausted

    def _shown_before(self, witnesses: Witnesses, target: Target) -> Witness | None:
        """A witness from one of the last reports that showed something else: rows of one table
        often differ under the same facts, and frames of those are remembered.
        """
        for witness in islice(reversed(self._recent.values()), MAX_RECENT):
            found = witnesses.smallest(witness.facts, witness.readings, target)
            if found is not None:
                return found
        return None

    def _worlds(self, conditions: Sequence[Condition], place: _Place) -> Iterator[int]:
        """`worlds` of a place. Raises `Cut`, also where the whole comparison took too long."""
        if any(condition.value(place.known) == FALSE for condition in conditions):
            return
        most = min(MAX_NODES, self._budget.left)
        budget = Budget(most)
        try:
            yield from worlds((*place.conditions, *conditions), place.known, place.tied, budget)
        finally:
            self._budget.left -= most - max(budget.left, 0)

    # -- rules

    def _of_rule(self, old: Rule | None, new: Rule | None) -> Iterator[_Difference]:
        if old is None or new is None:
            rule, side = (old, self.shared.sides[0]) if old else (new, self.shared.sides[1])
            if rule is not None:
                yield from _in((side.holds(rule),), self._together)
            return
        for places, (first, second) in self._views():
            holds = first.holds(old), second.holds(new)
            needs = first.needs(old), second.needs(new)
            if not self._matters((*holds, *needs), places):
                continue
            yield from _either_way(holds, (), places)
            if needs[0] != needs[1] and any(self._can(part, places) for part in holds):
                yield from _either_way(needs, (), places, keep=True)

    def _views(self) -> Iterator[tuple[tuple[_Place, ...], tuple[Side, Side]]]:
        """Places to search, and how each side is written there."""
        yield self._together, self.shared.sides
        if self._agreed:
            yield self._agreed, (self.taken.sides[0], self.taken.crossed[1])
        if self._parted:
            yield self._parted, self.taken.sides

    def _matters(self, conditions: Iterable[Condition], places: tuple[_Place, ...]) -> bool:
        """Whether conditions read what makes the places others than those before: readings that
        the sides take otherwise, or anything that stands apart.
        """
        if places is self._together:
            return True
        facts = self.taken.space.facts
        specs = [facts[i].spec for condition in conditions for i in facts_of(condition)]
        apart = [spec for spec in specs if "@" in spec.path]
        return any(places is self._parted or spec.origin is Origin.READING for spec in apart)

    def _can(self, condition: Condition, places: Iterable[_Place]) -> bool:
        """Whether a rule can be met at all: one that cannot is not met, whatever its elements."""
        try:
            return any(any(True for _ in self._worlds((condition,), place)) for place in places)
        except Cut:
            return True

    # -- rows

    def _of_row(self, old: Rows, new: Rows) -> Iterator[_Difference]:
        """Where a row follows otherwise from a rule that is met on both sides, or says otherwise
        what follows.
        """
        for places, (first, second) in self._views():
            for name in dict.fromkeys((*old, *new)):
                if name in old and name in new:
                    (rule, row), (new_rule, new_row) = old[name], new[name]
                    met = (first.holds(rule), second.holds(new_rule))
                    when = (first.condition(row.when), second.condition(new_row.when))
                    if not self._matters((*met, *when), places):
                        continue
                    if _content(row) != _content(new_row):
                        yield from _in((*met, *when), places)
                    yield from _either_way(when, met, places)
                elif self._on_one_side(name, old, new) and places is self._together:
                    side, (rule, row) = (first, old[name]) if name in old else (second, new[name])
                    yield from _in((side.holds(rule), side.condition(row.when)), places)

    def _on_one_side(self, name: str, old: Rows, new: Rows) -> bool:
        """Whether a row that follows from a rule on one side alone is told for itself: a rule that
        itself came or went is enough.
        """
        both_have = all(any(rule.id == name for rule in plan.rules) for plan in self.plans)
        return both_have or not old or not new

    # -- constraints

    def _of_constraint(self, name: str) -> Iterator[_Difference]:
        """Where one side refuses facts that the other accepts."""
        space = self.shared
        for number in (0, 1):
            theirs = space.sides[1 - number]
            accepted = tuple(theirs.constraint(c) for c in self.plans[1 - number].constraints)
            for constraint in space.differing[number]:
                told = {t.fact for t in constraint.tests}
                derives = space.space.facts[constraint.then.fact].spec.origin is Origin.DERIVED
                if constraint.id == name and not derives and constraint.calendar is None:
                    conditions = (constraint.when, negate(constraint.then))
                    place = _Place(space, space.taken, accepted, accepted)
                    yield _Difference(place, conditions, tuple(told))


def _places(
    space: Joint, regions: Iterable[tuple[Condition, ...]], constraints: tuple[Constraint, ...]
) -> tuple[_Place, ...]:
    """Where the conditions of a region can hold, each once: first under the readings that both
    sides take, so that a report need not name any, then under all.
    """
    found: dict[tuple[int, tuple[Condition, ...]], _Place] = {}
    for known in dict.fromkeys((space.taken, space.known)):
        for region in regions:
            reduced = assumed(region, known, constraints)
            if reduced is None or not _any_world(*reduced, constraints):
                continue
            left, choices = reduced
            place = _Place(space, left, constraints, tied(left, constraints), tuple(choices))
            found.setdefault((left, place.conditions), place)
    return tuple(found.values())


def _any_world(
    known: int, conditions: Sequence[Condition], constraints: tuple[Constraint, ...]
) -> bool:
    try:
        return any(True for _ in worlds(conditions, known, constraints, Budget(MAX_NODES)))
    except Cut:
        return True


def _in(
    conditions: tuple[Condition, ...], places: Iterable[_Place], keep: tuple[int, ...] = ()
) -> Iterator[_Difference]:
    for place in places:
        yield _Difference(place, conditions, keep)


def _either_way(
    pair: tuple[Condition, Condition],
    under: tuple[Condition, ...],
    places: Iterable[_Place],
    *,
    keep: bool = False,
) -> Iterator[_Difference]:
    """That one holds and not the other, and the reverse; nothing where they are alike."""
    for place in places:
        if any(condition.value(place.known) == FALSE for condition in under):
            continue
        one, other = (simplified(condition, place.known) for condition in pair)
        if one == other:
            continue
        kept = tuple({*facts_of(one), *facts_of(other)}) if keep else ()
        for condition in (parting(one, other), parting(other, one)):
            yield _Difference(place, (condition, *under), kept)


def _rows(plan: Plan) -> dict[str, Rows]:
    """Rows by id, each with the rules that it follows from."""
    found: dict[str, Rows] = {}
    for rule in plan.rules:
        for row in plan.rows.get(rule.id, ()):
            found.setdefault(row.id, {})[rule.id] = (rule, row)
    return found


def _content(row: SanctionRow) -> tuple[object, ...]:
    return (row.regime, row.level, row.allow)


def _after_all(plans: Sequence[Plan]) -> datetime.date:
    """A day a year after everything that the rulesets tell apart: no date is in its future."""
    breaks = [
        day
        for plan in plans
        for fact in plan.space.facts
        if fact.spec.kind is Kind.DATE
        for day in fact.breaks
    ]
    last = max(breaks, default=datetime.date(2024, 1, 1).toordinal())
    return datetime.date.fromordinal(min(last + 366, datetime.date.max.toordinal()))
