"""Standards of evidence: which elements the evidence establishes as the ruleset asks.

What reaches a standard is framed like any incident, as if nothing else had been stated. An element
reaches it where its condition certainly holds in every frame of that. Then its own fact says so in
the frames of the incident; until then that fact is open, and so the element is at most open.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from netralitas_rules.engine.conditions import (
    OPEN,
    TRUE,
    Budget,
    Condition,
    exact,
    facts_of,
    repeated_facts,
    union,
)
from netralitas_rules.engine.framed import Frame, Group
from netralitas_rules.engine.narrowing import core, narrow, satisfiable, tied
from netralitas_rules.engine.plan import Demand, Plan
from netralitas_rules.law.model import Standard

Proven = Callable[[Standard], Sequence[Group] | None]
"""The groups of what reaches a standard, in the order of those of the incident."""


def demands_of(plan: Plan) -> tuple[tuple[Condition, Demand], ...]:
    """What elements with a standard ask: all of a plan that proving goes by."""
    return tuple(
        (element.condition, element.demand)
        for rule in plan.rules
        for element in rule.elements
        if element.demand is not None
    )


@dataclass(frozen=True, slots=True)
class Proving:
    """Settles the facts that say whether elements reach their standards."""

    plan: Plan
    demands: tuple[tuple[Condition, Demand], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "demands", demands_of(self.plan))

    def applied(self, groups: Sequence[Group], proven: Proven) -> list[Group]:
        """The groups, with what their people, acts and beneficiaries reach."""
        standards = {demand.standard.id: demand.standard for _, demand in self.demands}
        found = {name: proven(standard) for name, standard in standards.items()}
        return [
            _settled(group, list(self._reached(found, number)))
            for number, group in enumerate(groups)
        ]

    def _reached(
        self, proven: Mapping[str, Sequence[Group] | None], number: int
    ) -> Iterator[Demand]:
        for condition, demand in self.demands:
            groups = proven[demand.standard.id]
            if groups is not None and all(_certain(condition, f) for f in groups[number].frames):
                yield demand


def _settled(group: Group, reached: Sequence[Demand]) -> Group:
    open_ = union(demand.reached.denied for demand in reached)
    frames = tuple(replace(frame, known=frame.known & ~open_) for frame in group.frames)
    return replace(group, frames=frames) if reached else group


def _certain(condition: Condition, frame: Frame) -> bool:
    """Whether it holds in every completion of what a frame knows."""
    value = condition.value(frame.known)
    if value != OPEN:
        return value == TRUE
    constraints = frame.constraints
    facts = frozenset(facts_of(condition))
    tying = core(facts, tied(frame.known, constraints), frame.known) & facts
    correlated = repeated_facts(condition) | tying
    if not correlated:
        return False
    budget = Budget()
    value = exact(
        condition,
        frame.known,
        correlated=correlated,
        narrow=lambda known: narrow(known, constraints),
        possible=lambda known: satisfiable(known, constraints, budget),
        budget=budget,
    )
    return value == TRUE
