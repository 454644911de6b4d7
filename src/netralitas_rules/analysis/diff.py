"""What differs between two rulesets: as they are written, and as they decide.

Every rule and sanction row is one formula over the facts, on each side. Where the two formulas
are not written alike, a world is searched that fulfils one and not the other; a report is made
from it, both sides are asked, and what is not needed is dropped. Where the search ends without a
world, nothing can come out otherwise: that is the proof.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from netralitas_rules.analysis.diff_archive import Reports, compared
from netralitas_rules.analysis.diff_documents import changes
from netralitas_rules.analysis.diff_joint import Joint, joint
from netralitas_rules.analysis.diff_model import (
    FORMAT,
    Effect,
    Proved,
    RulesetDiff,
    Target,
    TargetKind,
    Verdict,
    Witness,
)
from netralitas_rules.analysis.diff_search import MAX_NODES, worlds
from netralitas_rules.analysis.diff_sides import Says
from netralitas_rules.analysis.diff_witness import Witnesses
from netralitas_rules.decision.model import RulesetRef
from netralitas_rules.engine.conditions import (
    ALWAYS,
    Budget,
    Condition,
    Cut,
    either,
    facts_of,
    negate,
)
from netralitas_rules.engine.plan import Constraint, Plan, Rule, SanctionRow
from netralitas_rules.facts.space import Kind, Origin
from netralitas_rules.ruleset import Ruleset

MAX_WORLDS = 8
"""Worlds of one difference of which a report is tried."""


def diff(old: Ruleset, new: Ruleset, *, archive: Reports | None = None) -> RulesetDiff:
    """What is otherwise in `new`. `archive` are reports that both decide too."""
    effects = _Effects((old.plan, new.plan))
    found = tuple(effects.all())
    return RulesetDiff(
        FORMAT,
        RulesetRef(old.name, old.version, old.digest),
        RulesetRef(new.name, new.version, new.digest),
        tuple(changes(old.merged, new.merged)),
        tuple(effect for effect in found if effect.verdict is not Verdict.SAME),
        Proved(
            *(
                sum(e.kind is kind and e.verdict is Verdict.SAME for e in found)
                for kind in (TargetKind.RULE, TargetKind.PATH)
            )
        ),
        compared(old, new, archive) if archive is not None else None,
    )


@dataclass(slots=True)
class _Difference:
    """Conditions under which the sides differ in one target, in one joint space."""

    joint: Joint
    conditions: tuple[Condition, ...]
    known: int
    keep: tuple[int, ...] = ()
    constraints: tuple[Constraint, ...] | None = None


@dataclass(slots=True)
class _Effects:
    """Searches what can come out otherwise between two plans."""

    plans: tuple[Plan, Plan]
    shared: Joint = field(init=False)
    """Every fact has one value for both."""
    taken: Joint = field(init=False)
    """Readings, and what constraints set, as each side has them."""
    region: Condition = field(init=False)
    """Where what the constraints of the sides say can differ."""
    _witnesses: dict[bool, Witnesses] = field(init=False)

    def __post_init__(self) -> None:
        self.shared = joint(self.plans, as_taken=False)
        self.taken = joint(self.plans, as_taken=True)
        self.region = either([c.when for own in self.taken.differing for c in own])
        says = (Says(self.plans[0]), Says(self.plans[1]))
        day = _after_all(self.plans)
        self._witnesses = {
            as_taken: Witnesses(space, says, day, space.constraints)
            for as_taken, space in ((False, self.shared), (True, self.taken))
        }

    def all(self) -> Iterator[Effect]:
        """The effect on every rule, row and constraint."""
        old, new = ({rule.id: rule for rule in plan.rules} for plan in self.plans)
        for name in dict.fromkeys((*old, *new)):
            target = Target(TargetKind.RULE, name)
            yield self._effect(target, self._of_rule(old.get(name), new.get(name)))
        before, after = (_rows(plan) for plan in self.plans)
        for name in dict.fromkeys((*before, *after)):
            target = Target(TargetKind.PATH, name)
            one, other = before.get(name, {}), after.get(name, {})
            yield self._effect(target, self._of_row(one, other))
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
                why = why or "cut"
                continue
            if witness is not None:
                return Effect(target.kind, target.id, Verdict.CHANGES, witness)
            if not exhausted:
                why = why or "no-report"
        return Effect(*target, Verdict.UNDECIDED if why else Verdict.SAME, why=why)

    def _witness(self, target: Target, difference: _Difference) -> tuple[Witness | None, bool]:
        """A report, and whether there is no world at all. Raises `Cut`."""
        space = difference.joint
        witnesses = self._witnesses[space is self.taken]
        if difference.constraints is not None:
            witnesses = replace(witnesses, constraints=difference.constraints)
        found = worlds(
            difference.conditions, difference.known, witnesses.constraints, Budget(MAX_NODES)
        )
        exhausted = True
        for world in islice(found, MAX_WORLDS):
            exhausted = False
            witness = witnesses.of(world, target, difference.keep)
            if witness is not None:
                return witness, False
        return None, exhausted

    # -- rules

    def _of_rule(self, old: Rule | None, new: Rule | None) -> Iterator[_Difference]:
        for space in self._spaces():
            if old is None or new is None:
                rule, side = (old, space.sides[0]) if old is not None else (new, space.sides[1])
                if rule is not None and space is self.shared:
                    yield from self._in((side.holds(rule),), space)
                continue
            first, second = space.sides
            holds = first.holds(old), second.holds(new)
            needs = first.needs(old), second.needs(new)
            yield from self._either_way(*holds, space)
            if needs[0] != needs[1] and any(self._can(condition, space) for condition in holds):
                yield from self._either_way(*needs, space, keep=True)

    def _can(self, condition: Condition, space: Joint) -> bool:
        """Whether a rule can be met at all: one that cannot is not met, whatever its elements."""
        found = worlds((condition,), space.known, space.constraints, Budget(MAX_NODES))
        try:
            return next(found, None) is not None
        except Cut:
            return True

    def _either_way(
        self, one: Condition, other: Condition, space: Joint, *, keep: bool = False
    ) -> Iterator[_Difference]:
        """That one holds and not the other, and the reverse; nothing where they are alike."""
        if one == other:
            return
        kept = tuple({*facts_of(one), *facts_of(other)}) if keep else ()
        for yes, no in ((one, other), (other, one)):
            yield from self._in((yes, negate(no)), space, kept)

    def _in(
        self, conditions: tuple[Condition, ...], space: Joint, keep: tuple[int, ...] = ()
    ) -> Iterator[_Difference]:
        """First under the readings that both take, so that a report need not name any."""
        if space is self.taken:
            read = {f for c in conditions for f in facts_of(c)}
            apart = any("@" in space.space.facts[f].spec.path for f in read)
            by_reading = any(
                space.space.facts[f].spec.origin is Origin.READING
                and "@" in space.space.facts[f].spec.path
                for f in read
            )
            if apart:
                conditions = (*conditions, ALWAYS if by_reading else self.region)
                yield _Difference(space, conditions, space.taken, keep)
                yield _Difference(space, conditions, space.known, keep)
            return
        yield _Difference(space, conditions, space.taken, keep)
        yield _Difference(space, conditions, space.known, keep)

    def _spaces(self) -> tuple[Joint, ...]:
        return (
            (self.shared, self.taken) if self.taken.apart != self.shared.apart else (self.shared,)
        )

    # -- rows

    def _of_row(
        self, old: dict[str, tuple[Rule, SanctionRow]], new: dict[str, tuple[Rule, SanctionRow]]
    ) -> Iterator[_Difference]:
        """Where a row follows otherwise from a rule that is met on both sides, or says otherwise
        what follows.
        """
        rules = [{rule.id: rule for rule in plan.rules} for plan in self.plans]
        for space in self._spaces():
            first, second = space.sides
            for name in dict.fromkeys((*old, *new)):
                if name in old and name in new:
                    (rule, row), (new_rule, new_row) = old[name], new[name]
                    met = (first.holds(rule), second.holds(new_rule))
                    when = (first.condition(row.when), second.condition(new_row.when))
                    if _content(row) != _content(new_row):
                        yield from self._in((*met, *when), space)
                    if when[0] != when[1]:
                        yield from self._in((*met, when[0], negate(when[1])), space)
                        yield from self._in((*met, when[1], negate(when[0])), space)
                elif (name in rules[0] and name in rules[1]) or len(old) == 0 or len(new) == 0:
                    side, (rule, row) = (first, old[name]) if name in old else (second, new[name])
                    yield from self._in((side.holds(rule), side.condition(row.when)), space)

    # -- constraints

    def _of_constraint(self, name: str) -> Iterator[_Difference]:
        """Where one side refuses facts that the other accepts."""
        space = self.shared
        for number in (0, 1):
            theirs = space.sides[1 - number]
            accepted = tuple(theirs.constraint(c) for c in self.plans[1 - number].constraints)
            for constraint in space.differing[number]:
                told = {t.fact for t in constraint.tests}
                derived = any(space.space.facts[f].spec.origin is Origin.DERIVED for f in told)
                if constraint.id == name and not derived and constraint.calendar is None:
                    conditions = (constraint.when, negate(constraint.then))
                    yield _Difference(
                        space, conditions, space.taken, tuple(told), constraints=accepted
                    )


def _rows(plan: Plan) -> dict[str, dict[str, tuple[Rule, SanctionRow]]]:
    """Rows by id, each with the rules that it follows from."""
    found: dict[str, dict[str, tuple[Rule, SanctionRow]]] = {}
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
