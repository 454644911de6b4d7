"""Where a stated stage is another than that of the calendar: which constraints give way then."""

from dataclasses import replace
from itertools import count

from netralitas_rules.engine.conditions import FALSE, Test
from netralitas_rules.engine.plan import Constraint, Plan
from netralitas_rules.facts.space import DETERMINED, PHASE, STAGE


class Departures:
    """A calendar is that of a contest; a beneficiary can have been determined on another day.

    Then the calendar says nothing of the stage, and whether the contest was before or after the
    determination is open; campaign, quiet period and vote stay those of the contest.
    """

    def __init__(self, plan: Plan) -> None:
        space = plan.space
        self._stage, phase = space.by_path[STAGE], space.by_path[PHASE]
        self._determined = space.by_path[DETERMINED]
        early = phase.bits["before_determination"] | phase.bits["determined"]
        either = Test(phase.index, early, phase.full & ~early)
        numbers = count(len(plan.constraints))  # what is remembered goes by these numbers
        self._instead: dict[int, Constraint | None] = {}
        for constraint in plan.constraints:
            if constraint.calendar is None:
                continue
            if constraint.then.fact == self._stage.index:
                self._instead[constraint.number] = None
            elif not constraint.then.allowed & ~early:
                self._instead[constraint.number] = replace(
                    constraint, number=next(numbers), then=either
                )
        self.stated = 1 << self._stage.index | 1 << self._determined.index
        """The facts that say the stage, a bit each by index."""

    def stage(self, known: int) -> int | None:
        """What is known, with the stage that the order of determination and act leaves; None
        where that is another than the one stated.
        """
        fact = self._determined
        if known & fact.full == fact.full:
            return known
        stage = self._stage
        value = "candidate" if known & fact.bits[True] else "prospective"
        return known & ~(stage.full & ~stage.bits[value]) if known & stage.bits[value] else None

    def implied(self, known: int) -> bool:
        """Whether the order of determination and act is known, and so the stage."""
        return known & self._determined.full != self._determined.full

    @property
    def fact(self) -> int:
        """The index of the fact whose calendar gives way."""
        return self._stage.index

    def left(self, constraints: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
        """The constraints without what gives way."""
        found = (self._instead.get(c.number, c) for c in constraints)
        return tuple(c for c in found if c is not None)

    def from_(self, constraints: tuple[Constraint, ...], known: int) -> Constraint | None:
        """The step of a calendar that the stated stage departs from."""
        for constraint in constraints:
            if (
                constraint.calendar is not None
                and constraint.then.fact == self._stage.index
                and not known & constraint.then.allowed
                and constraint.when.value(known) != FALSE
            ):
                return constraint
        return None
