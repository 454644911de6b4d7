"""Two rulesets in one space of facts, so that their conditions can be compared.

A fact that both have is one fact; what stands for both is one thing. Facts *apart* stand twice,
once for each side: a body of law whose transitions differ, a reading that the sides take otherwise.
Whether a fact is stated at all is a fact too (`stated act.medium`), for the gates of rules ask it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from netralitas_rules.engine.conditions import (
    All,
    Any,
    Condition,
    Test,
    both,
    either,
    negate,
)
from netralitas_rules.engine.knowledge import Fact, Space
from netralitas_rules.engine.plan import Constraint, Gate, Plan, Rule
from netralitas_rules.facts.space import ACT_DATE, FactSpec, Kind, Origin

STATED = "stated "
Pair = tuple[Plan, Plan]


@dataclass(slots=True)
class Side:
    """One of the two rulesets, written in the joint space."""

    plan: Plan
    number: int
    space: Space
    names: tuple[str, ...]
    """For every fact of the plan its path in the joint space."""
    _masks: dict[tuple[int, int], int] = field(default_factory=dict)

    def fact(self, index: int) -> Fact:
        """The joint fact of a fact of the plan."""
        return self.space.by_path[self.names[index]]

    def condition(self, condition: Condition) -> Condition:
        """The condition in the joint space."""
        if isinstance(condition, Test):
            return self._test(condition)
        parts = tuple(self.condition(part) for part in condition.parts)
        return All(parts) if isinstance(condition, All) else Any(parts)

    def _test(self, test: Test) -> Test:
        fact = self.fact(test.fact)
        allowed = self.mask(test.fact, test.allowed)
        return Test(fact.index, allowed, fact.full & ~allowed)

    def mask(self, index: int, bits: int) -> int:
        """Values of a fact of the plan as values of the joint fact."""
        key = (index, bits)
        found = self._masks.get(key)
        if found is None:
            old, new = self.plan.space.facts[index], self.fact(index)
            found = self._masks[key] = _translated(old, new, bits & old.full)
        return found

    def constraint(self, constraint: Constraint) -> Constraint:
        """The constraint in the joint space; it keeps its number."""
        return replace(
            constraint, when=self.condition(constraint.when), then=self._test(constraint.then)
        )

    def raised(self, gates: Sequence[Gate]) -> Condition:
        """That one of the gates opens: its facts are stated, its tests hold."""
        return either([both([*self._all_stated(g), *map(self._test, g.tests)]) for g in gates])

    def _all_stated(self, gate: Gate) -> list[Test]:
        return [self._stated(f) for f in self.plan.space.facts if gate.facts >> f.index & 1]

    def _stated(self, fact: Fact) -> Test:
        stated = self.space.by_path[STATED + fact.spec.path]
        return Test(stated.index, stated.bits[True], stated.bits[False])

    def needs(self, rule: Rule) -> Condition:
        """That a rule is raised, governs, and all its elements are met."""
        parts = [self.raised(rule.gates), self.condition(rule.under), self.condition(rule.needs)]
        if rule.days != -1:
            day = self.plan.space.by_path[ACT_DATE]
            parts.append(self._test(Test(day.index, rule.days, day.full & ~rule.days)))
        return both(parts)

    def excused(self, rule: Rule) -> Condition:
        """That some exception applies, brought up as it has to be."""
        return either(
            [
                both(
                    [
                        self.condition(clause.holds),
                        *([self.raised(clause.asked_when)] if clause.asked_when else []),
                    ]
                )
                for clause in rule.exceptions
            ]
        )

    def holds(self, rule: Rule) -> Condition:
        """That a rule is met."""
        return both([self.needs(rule), negate(self.excused(rule))])


@dataclass(frozen=True, slots=True)
class Joint:
    """Both sides in one space."""

    space: Space
    sides: tuple[Side, Side]
    known: int
    """What both sides can be told: values that both have; of a reading that they take otherwise,
    what each takes."""
    constraints: tuple[Constraint, ...]
    """Those of both sides, each once."""
    differing: tuple[tuple[Constraint, ...], tuple[Constraint, ...]]
    """Those that only one side has."""
    taken: int
    """`known` with every reading as both sides take it."""
    apart: frozenset[str]


def joint(plans: Pair, *, as_taken: bool) -> Joint:
    """Both plans in one space. `as_taken`: readings that the sides take otherwise stand as each
    takes them, and what follows from constraints that differ may differ; without, every fact has
    one value for both sides.
    """
    apart = frozenset(_unlike(plans, as_taken=as_taken))
    while True:
        found = _joined(plans, apart)
        if not as_taken:
            return found
        moved = {found.space.facts[c.then.fact].spec.path for own in found.differing for c in own}
        more = apart | {path.partition("@")[0] for path in moved}
        if more == apart:
            return found
        apart = more


def _unlike(plans: Pair, *, as_taken: bool) -> Iterable[str]:
    """Facts that cannot be one for both sides."""
    one, other = plans
    for path in one.space.by_path.keys() & other.space.by_path.keys():
        first, second = one.space.by_path[path], other.space.by_path[path]
        if first.spec.kind is not second.spec.kind:
            yield path
        elif first.spec.origin is Origin.READING:
            if as_taken and _taken(one, first) != _taken(other, second):
                yield path
        elif one.compared.get(first.index) != other.compared.get(second.index):
            yield path


def _taken(plan: Plan, fact: Fact) -> tuple[str, ...]:
    return tuple(str(value) for value, bit in fact.bits.items() if plan.base & bit)


def _joined(plans: Pair, apart: frozenset[str]) -> Joint:
    specs: dict[str, FactSpec] = {}
    breaks: dict[str, set[int]] = {}
    names: list[tuple[str, ...]] = []
    for number, plan in enumerate(plans):
        own = []
        for fact in plan.space.facts:
            path = fact.spec.path
            name = f"{path}@{number}" if path in apart else path
            own.append(name)
            before = specs.get(name)
            values = dict.fromkeys((*(before.values if before else ()), *fact.spec.values))
            specs[name] = replace(fact.spec, path=name, values=tuple(values))
            breaks.setdefault(name, set()).update(fact.breaks)
        names.append(tuple(own))
        for fact in _asked(plan):
            specs[STATED + fact.spec.path] = FactSpec(
                STATED + fact.spec.path, Kind.BOOL, (True, False)
            )
    space = Space.build(specs.values(), breaks)
    sides = (Side(plans[0], 0, space, names[0]), Side(plans[1], 1, space, names[1]))
    known = space.unknown
    taken = space.unknown
    for side in sides:
        for fact in side.plan.space.facts:
            own_full = side.mask(fact.index, fact.full)
            full = side.fact(fact.index).full
            known &= ~full | own_full
            if fact.spec.origin is Origin.READING:
                base = side.mask(fact.index, side.plan.base & fact.full)
                taken &= ~full | base
                if fact.spec.path in apart:
                    known &= ~full | base
    first, second = ([side.constraint(c) for c in side.plan.constraints] for side in sides)
    theirs = {(c.when, c.then) for c in first} & {(c.when, c.then) for c in second}
    differing = tuple(
        tuple(c for c in own if (c.when, c.then) not in theirs) for own in (first, second)
    )
    together = [*first, *differing[1]]
    numbered = tuple(replace(c, number=number) for number, c in enumerate(together))
    return Joint(
        space,
        sides,
        known,
        numbered,
        (differing[0], differing[1]),
        known & taken,
        apart,
    )


def _asked(plan: Plan) -> list[Fact]:
    """Facts of which some gate asks whether they are stated."""
    gates = [gate for rule in plan.rules for gate in rule.gates]
    gates += [g for r in plan.rules for e in r.exceptions for g in e.asked_when or ()]
    asked = 0
    for gate in gates:
        asked |= gate.facts
    return [fact for fact in plan.space.facts if asked >> fact.index & 1]


def _translated(old: Fact, new: Fact, bits: int) -> int:
    match old.spec.kind:
        case Kind.DATE | Kind.INTEGER:
            return _cells(old, new, bits)
        case Kind.LIST:
            return _subsets(old, new, bits)
    found = 0
    for value, bit in old.bits.items():
        if bits & bit:
            found |= new.bits[value]
    return found


def _cells(old: Fact, new: Fact, bits: int) -> int:
    found = new.never_bit if bits & old.never_bit else 0
    for cell in old.cell_numbers(bits & ~old.never_bit):
        found |= new.cells(*old.cell_bounds(cell))
    return found


def _subsets(old: Fact, new: Fact, bits: int) -> int:
    """Lists of the joint fact whose members on this side are one of the lists `bits`."""
    if old.spec.values == new.spec.values:
        return bits >> old.shift << new.shift
    members = old.spec.values
    found = 0
    for subset in range(1 << len(members)):
        if bits >> (old.shift + subset) & 1:
            has = [m for i, m in enumerate(members) if subset >> i & 1]
            lacks = [m for i, m in enumerate(members) if not subset >> i & 1]
            found |= new.with_members(has, present=True) & new.with_members(lacks, present=False)
    return found
