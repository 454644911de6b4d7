"""Rules and conditions as bit masks over the code of a row (see `codes`).

Masks of the space are shifted past the bits for rules and stated facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from netralitas_rules.engine.conditions import (
    FALSE,
    OPEN,
    TRUE,
    All,
    Condition,
    Test,
    repeated_facts,
    tests_of,
    union,
)
from netralitas_rules.engine.plan import Gate, Rule


@dataclass(frozen=True, slots=True)
class Masks:
    """A conjunction of tests and of choices between tests (or between conjunctions of tests)."""

    some: tuple[int, ...]
    """False where of one of these nothing is possible."""
    deep: tuple[tuple[tuple[int, ...], ...], ...]
    """False where of one of these every branch has a mask of which nothing is possible."""
    none: int
    """Open where anything of this is possible."""
    choices: tuple[tuple[int, ...], ...]
    """Open where of one of these every mask has something possible."""

    def value(self, known: int) -> int:
        """As `Condition.value`."""
        for mask in self.some:
            if not known & mask:
                return FALSE
        for branches in self.deep:
            for branch in branches:
                for mask in branch:
                    if not known & mask:
                        break
                else:
                    break
            else:
                return FALSE
        if known & self.none:
            return OPEN
        for choice in self.choices:
            for mask in choice:
                if not known & mask:
                    break
            else:
                return OPEN
        return TRUE


@dataclass(frozen=True, slots=True)
class Tree:
    """A condition that is nested more deeply."""

    condition: Condition
    shift: int

    def value(self, known: int) -> int:
        return self.condition.value(known >> self.shift)


def masks_of(condition: Condition, shift: int, skip: Iterable[Test] = ()) -> Masks | Tree:
    """The condition as masks shifted by `shift`; a failure of the tests `skip` is known already."""
    some: list[int] = []
    deep: list[tuple[tuple[int, ...], ...]] = []
    none = 0
    choices: list[tuple[int, ...]] = []
    for part in conjuncts(condition):
        if isinstance(part, Test):
            none |= part.denied << shift
            if part not in skip:
                some.append(part.allowed << shift)
            continue
        branches = [conjuncts(branch) for branch in part.parts]
        if any(not isinstance(test, Test) for branch in branches for test in branch):
            return Tree(condition, shift)
        tests = [[t for t in branch if isinstance(t, Test)] for branch in branches]
        choices.append(tuple(union(t.denied for t in branch) << shift for branch in tests))
        if all(len(branch) == 1 for branch in tests):
            some.append(union(branch[0].allowed for branch in tests) << shift)
        else:
            deep.append(tuple(tuple(t.allowed << shift for t in branch) for branch in tests))
    return Masks(tuple(some), tuple(deep), none, tuple(choices))


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, All) else (condition,)


@dataclass(frozen=True, slots=True)
class _Case:
    """One rule with the exceptions that are considered."""

    whole: Masks | Tree
    repeats: bool


@dataclass(frozen=True, slots=True)
class GateMasks:
    """Gates of which one must open: any of `single` stated, or one of `more` in full."""

    needed: int
    """Where nothing of this is stated, none opens."""
    single: int
    more: tuple[tuple[int, tuple[int, ...]], ...]

    @classmethod
    def of(cls, gates: Iterable[Gate], stated: int, shift: int, conduct: int) -> "GateMasks":
        single = needed = 0
        more = []
        for gate in gates:
            rare = gate.facts & ~(1 << conduct) or gate.facts  # the conduct is stated nearly always
            needed |= (rare & -rare) << stated
            if not gate.tests and not gate.facts & (gate.facts - 1):
                single |= gate.facts << stated
            else:
                tests = tuple(test.allowed << shift for test in gate.tests)
                more.append((gate.facts << stated, tests))
        return cls(needed, single, tuple(more))

    def open(self, code: int, known: int) -> bool:
        """As `Gate.opens`, of any."""
        if code & self.single:
            return True
        for stated, masks in self.more:
            if code & stated == stated:
                for mask in masks:
                    if not known & mask:
                        break
                else:
                    return True
        return False


class RuleMasks:
    """A rule as masks over the code of a row (gates) and over shifted knowledge (the rest)."""

    __slots__ = (
        "asked",
        "bit",
        "cases",
        "facts",
        "fields",
        "gates",
        "id",
        "mixed",
        "needs",
        "rule",
        "shift",
        "simple",
        "skip",
        "tests",
    )

    def __init__(
        self, rule: Rule, number: int, stated: int, shift: int, conduct: int, settled: int
    ) -> None:
        self.rule = rule
        self.id = rule.id
        self.bit = 1 << number
        self.shift = shift
        self.gates = GateMasks.of(rule.gates, stated, shift, conduct)
        asked = [gate for e in rule.exceptions for gate in e.asked_when or (None,)]
        self.asked = tuple(
            (1 << i, None if gate is None else GateMasks.of([gate], stated, shift, conduct))
            for i, gate in enumerate(asked)
        )
        self.mixed = tuple(
            (1 << index, gate.facts << stated)
            for index, gate in enumerate(rule.gates, start=len(asked))
            if rule.mixed
        )
        self.tests = [part for part in conjuncts(rule.needs) if isinstance(part, Test)]
        """Tests of which each alone keeps the rule from being met: `bit` says that one fails."""
        self.skip = [test for test in self.tests if not test.allowed & settled]
        """Those that only a stated value can fail."""
        self.needs = masks_of(rule.needs, shift, self.skip)
        self.cases: dict[int, _Case] = {}
        gates = (*rule.gates, *(g for e in rule.exceptions for g in e.asked_when or ()))
        read = [
            *tests_of(rule.needs),
            *(test for clause in rule.exceptions for test in tests_of(clause.holds)),
            *(test for gate in gates for test in gate.tests),
        ]
        self.facts = frozenset(test.fact for test in read)
        self.fields = union(test.allowed | test.denied for test in read) << shift
        self.simple = not repeated_facts(rule.needs) and isinstance(self.needs, Masks)

    def considered(self, code: int, known: int) -> int:
        found = 0
        for bit, gates in self.asked:
            if gates is None or gates.open(code, known):
                found |= bit
        for bit, stated in self.mixed:
            if code & stated == stated:
                found |= bit
        return found

    def elements(self, considered: int) -> Masks | Tree:
        """What is considered, but for the exceptions."""
        return self.case(self.rule.elements_only(considered)).whole

    def case(self, considered: int) -> _Case:
        found = self.cases.get(considered)
        if found is None:
            condition = self.rule.formula(considered)
            found = self.cases[considered] = _Case(
                masks_of(condition, self.shift, self.skip), bool(repeated_facts(condition))
            )
        return found
