"""What is known of one subject, act and beneficiary, prepared once for all rules."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from netralitas_rules.engine.conditions import Test
from netralitas_rules.engine.evaluate import Evaluator
from netralitas_rules.engine.frames import Frame
from netralitas_rules.engine.plan import Constraint, Plan, Rule
from netralitas_rules.facts.space import ACT_DATE


class Tie(NamedTuple):
    """A constraint that is open in a frame, and the facts of it that are."""

    constraint: Constraint
    facts: frozenset[int]
    bits: int
    """The same, a bit per fact."""


class Knot(NamedTuple):
    """Ties that share open facts, and the fields of those facts."""

    fields: int
    ties: tuple[Tie, ...]


class View:
    """The frames, what can be stated about them, and what tells them apart."""

    def __init__(
        self,
        plan: Plan,
        evaluator: Evaluator,
        frames: Sequence[Frame],
        *,
        statable: frozenset[int],
        allowed: int = -1,
        as_stated: Mapping[int, int] | None = None,
    ) -> None:
        self.plan = plan
        self.evaluator = evaluator
        self.frames = frames
        self.statable = statable
        """Facts that the report can state."""
        self.allowed = allowed
        """Values that can be stated: what other acts and people of the report leave possible."""
        self.as_stated = as_stated or {}
        """Facts that the frames leave open and that have these values while nobody changes them."""
        self.act_date = plan.space.by_path[ACT_DATE].index
        self._governed: dict[str, tuple[bool, ...]] = {}

    def governed(self, rule: Rule) -> tuple[bool, ...]:
        """Of each frame whether the rule governs it."""
        found = self._governed.get(rule.id)
        if found is None:
            found = tuple(rule.governs(frame.known) for frame in self.frames)
            self._governed[rule.id] = found
        return found

    @cached_property
    def knots(self) -> list[tuple[Knot, ...]]:
        """Of each frame what its open constraints tie together."""
        return [
            tuple(
                Knot(knot.fields, tuple(_tie(tie, frame.known) for tie in knot.ties))
                for knot in self.evaluator.knotted(frame.known, frame.constraints)
            )
            for frame in self.frames
        ]

    def tied(self, number: int, facts: Iterable[int]) -> list[Tie]:
        """The constraints that tie open facts to these, in one frame."""
        space = self.plan.space.facts
        fields = sum(space[index].full for index in facts)
        return [tie for knot in self.knots[number] if knot.fields & fields for tie in knot.ties]

    def among(self, number: int, facts: Iterable[int]) -> list[Tie]:
        """Ties of one frame of which all that is open is among these facts."""
        outside = ~sum(1 << index for index in facts)
        return [tie for knot in self.knots[number] for tie in knot.ties if not tie.bits & outside]

    @cached_property
    def differing(self) -> frozenset[int]:
        """Facts that can be stated and of which frames say different things."""
        first, changed = self.frames[0].known, 0
        for frame in self.frames:
            changed |= frame.known ^ first
        facts = (self.plan.space.facts[index] for index in self.statable)
        return frozenset(fact.index for fact in facts if changed & fact.full)

    @cached_property
    def apart(self) -> list[list[Tie]]:
        """Of each frame the ties that some other frame does not have: what they exclude there can
        rule the frame out.
        """
        every = [
            {tie.constraint.number: tie for knot in knots for tie in knot.ties}
            for knots in self.knots
        ]
        common = set(every[0]).intersection(*every[1:])
        return [[tie for number, tie in own.items() if number not in common] for own in every]

    @cached_property
    def telling(self) -> frozenset[int]:
        """Facts that tell frames apart."""
        return self.differing.union(*(tie.facts for ties in self.apart for tie in ties))


def _tie(constraint: Constraint, known: int) -> Tie:
    facts = frozenset(test.fact for test in constraint.tests if is_open(test, known))
    return Tie(constraint, facts, sum(1 << index for index in facts))


def is_open(test: Test, known: int) -> bool:
    """Whether more than one value of its fact is left."""
    left = known & (test.allowed | test.denied)
    return bool(left & (left - 1))
