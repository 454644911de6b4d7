"""Everything a report comes to, by every combination of readings, as diagrams.

Readings that constraints read can change every fact: each combination of them is a world of its
own, evaluated anew. In a world the other readings only touch the formulas that read them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod
from typing import TypeVar

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.outcomes import outcome_from
from netralitas_rules.decision.turning import NO_PATH
from netralitas_rules.engine.conditions import FALSE
from netralitas_rules.engine.evaluate import Result, ResultKey, Status
from netralitas_rules.engine.frames import Group
from netralitas_rules.inquiry.diagrams import (
    Choices,
    Diagram,
    Leaf,
    Node,
    at,
    combined,
)
from netralitas_rules.inquiry.truths import Truths
from netralitas_rules.law.model import RuleKind

MAX_WORLDS = 64
"""Combinations of readings that constraints read; above, later questions stay as taken."""
PATH_WORDS = (NO_PATH, m.PathStatus.MAY_FOLLOW.value, m.PathStatus.FOLLOWS.value)
"""By the truth of finding and sanction row together."""

N = TypeVar("N", bound=int)
PathKey = tuple[str, int]
"""A sanction row and a subject."""
Worlds = tuple[int, ...]
"""The number of the choice of every question that makes worlds."""


@dataclass(slots=True)
class World:
    """Diagrams of what a report comes to, with the readings that constraints read fixed."""

    findings: dict[ResultKey, Diagram[m.FindingStatus]] = field(default_factory=dict)
    groups: dict[ResultKey, Group] = field(default_factory=dict)
    """Whom each finding is about."""
    paths: dict[PathKey, list[Diagram[int]]] = field(default_factory=dict)
    """Of every finding that opens it; the strongest counts."""
    statuses: dict[tuple[int, RuleKind], list[Diagram[Status]]] = field(default_factory=dict)
    """By subject and kind of rule."""
    _joined: dict[PathKey, Diagram[int]] = field(default_factory=dict)
    _outcomes: dict[int, Diagram[m.Outcome]] = field(default_factory=dict)

    def path(self, key: PathKey) -> Diagram[int]:
        """A path as one diagram. Raises `TooLarge`."""
        if key not in self._joined:
            self._joined[key] = strongest(self.paths.get(key, ()), 0)
        return self._joined[key]

    def path_at(self, key: PathKey, choices: Choices) -> int:
        """A path by these choices; `PATH_WORDS` says what the number means."""
        return max((at(own, choices).value for own in self.paths.get(key, ())), default=0)

    def outcome_at(self, subject: int, choices: Choices) -> m.Outcome:
        """The outcome of a subject by these choices."""
        violations, permissions = self._of(subject)
        breach, permitted = (
            max((at(own, choices).value for own in part), default=Status.NOT_RAISED)
            for part in (violations, permissions)
        )
        return outcome_from(breach, permitted, raised=bool(violations))

    def _of(self, subject: int) -> tuple[list[Diagram[Status]], list[Diagram[Status]]]:
        """Statuses of the violations and of the permissions of a subject."""
        return (
            self.statuses.get((subject, RuleKind.VIOLATION), []),
            self.statuses.get((subject, RuleKind.PERMISSION), []),
        )

    def outcome(self, subject: int) -> Diagram[m.Outcome]:
        """The outcome of a subject as one diagram. Raises `TooLarge`."""
        if subject not in self._outcomes:
            violations, permissions = self._of(subject)
            several = bool(violations)
            self._outcomes[subject] = combined(
                strongest(violations, Status.NOT_RAISED),
                strongest(permissions, Status.NOT_RAISED),
                lambda breach, permitted: outcome_from(breach, permitted, raised=several),
            )
        return self._outcomes[subject]


def strongest(diagrams: Sequence[Diagram[N]], least: N) -> Diagram[N]:
    """The strongest of several values under every combination. Raises `TooLarge`."""
    constant = max((d.value for d in diagrams if isinstance(d, Leaf)), default=least)
    whole = all(d.whole for d in diagrams if isinstance(d, Leaf))
    found: Diagram[N] = Leaf(constant, whole)
    moving = {id(diagram): diagram for diagram in diagrams if isinstance(diagram, Node)}
    if len(moving) == 1 and constant == least and whole:
        return next(iter(moving.values()))
    for diagram in moving.values():
        found = combined(found, diagram, max)
    return found


class Combinations:
    """The worlds of one case."""

    def __init__(self, truths: Truths, case: Case) -> None:
        self.truths = truths
        self.turning = truths.turning
        self.case = case
        self.cut = False
        """Whether some questions were left as taken."""
        self._framed: dict[tuple[tuple[int, int], ...], Sequence[Result] | None] = {}
        self.varied = self._varied()
        self.base = tuple(truths.taken[index] for index in self.varied)

    def _varied(self) -> tuple[int, ...]:
        """Questions that constraints read and that may make a difference."""
        turning, case = self.turning, self.case
        found = [i for i in sorted(turning.plan.constraint_readings) if not turning.idle(case, i)]
        if all(index in turning.local for index in found):
            found = [i for i in found if turning.touches(case.results, i)]
        while prod(len(self.truths.bits[index]) for index in found) > MAX_WORLDS:
            found.pop()
            self.cut = True
        return tuple(found)

    @cached_property
    def worlds(self) -> Mapping[Worlds, World | None]:
        """Every world; None where the facts exclude its readings."""
        numbers = [range(len(self.truths.bits[index])) for index in self.varied]
        return {chosen: self._world(chosen) for chosen in product(*numbers)}

    def _world(self, chosen: Worlds) -> World | None:
        changed = {
            index: self.truths.bits[index][number]
            for index, number in zip(self.varied, chosen, strict=True)
            if number != self.truths.taken[index]
        }
        results = self._results(changed)
        if results is None:
            return None
        world = World()
        for result in results:
            self._add(world, result)
        return world

    def _results(self, changed: Mapping[int, int]) -> Sequence[Result] | None:
        """The results under other readings; what has to be framed anew is framed once."""
        turning, local = self.turning, self.turning.local
        far = {index: bits for index, bits in changed.items() if index not in local}
        near = {index: bits for index, bits in changed.items() if index in local}
        key = tuple(far.items())
        if key not in self._framed:
            self._framed[key] = turning.framed(self.case, far) if far else self.case.results
        results = self._framed[key]
        if results is None or not near:
            return results
        found = local.results(results, near, turning.depends_on)
        return found if found is not None else turning.framed(self.case, changed)

    def _add(self, world: World, result: Result) -> None:
        kind, subject = result.rule.kind, result.group.subject
        status, finding, rows = self.truths.of(result)
        world.findings[result.key] = finding
        world.groups[result.key] = result.group
        world.statuses.setdefault((subject, kind), []).append(status)
        if kind is not RuleKind.PERMISSION:
            for row, path in rows.items():
                if path != Leaf(FALSE):
                    world.paths.setdefault((row, subject), []).append(path)
