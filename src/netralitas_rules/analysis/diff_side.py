"""One of two rulesets, written in a space of facts that both share."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from netralitas_rules.engine.conditions import All, Any, Condition, Test, both, either, negate
from netralitas_rules.engine.knowledge import Fact, Space
from netralitas_rules.engine.plan import Constraint, Gate, Plan, Rule
from netralitas_rules.facts.space import ACT_DATE, Kind

STATED = "stated "
"""Before a path: the fact that a report states it, for the gates of rules ask that."""


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
        return [self._stated(fact) for fact in self.plan.space.numbered(gate.facts)]

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
