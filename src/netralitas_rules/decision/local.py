"""Questions that constraints read, and that neither date, body of law nor gate depends on.

The constraints around such a question tie a few facts to each other and to nothing else (what
counts as proof of an impact). Under another reading only these facts are narrowed anew, in the
frames at hand; frames, what is raised, and every rule that reads none of them stay as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from netralitas_rules.engine.conditions import Budget, Cut, union
from netralitas_rules.engine.evaluate import Evaluator, InFrame, Result, strongest
from netralitas_rules.engine.frames import Frame
from netralitas_rules.engine.narrowing import MAX_CACHED, narrow, satisfiable
from netralitas_rules.engine.plan import Constraint, Plan
from netralitas_rules.facts.space import ACT_DATE

DependsOn = Callable[[Result], int]
"""Fields of the facts that a result depends on."""


@dataclass(frozen=True, slots=True)
class _Knot:
    """Facts that constraints tie to each other and to nothing else."""

    facts: frozenset[int]
    fields: int
    constraints: tuple[Constraint, ...]
    _moved: dict[tuple[int, int], int | None] = field(default_factory=dict, compare=False)

    def moved(self, known: int, stated: int, fields: Mapping[int, int]) -> int | None:
        """What constraints leave of its facts; None where that is nothing, or was not found out.
        `fields`: of every fact.
        """
        key = (known & self.fields, stated)
        if key not in self._moved:
            if len(self._moved) >= MAX_CACHED:
                self._moved.clear()
            self._moved[key] = self._narrowed(known & self.fields, stated, fields)
        return self._moved[key]

    def _narrowed(self, known: int, stated: int, fields: Mapping[int, int]) -> int | None:
        for fact in self.facts:
            if not stated >> fact & 1:
                known |= fields[fact]
        narrowed = narrow(known, self.constraints)
        try:
            if narrowed is None or not satisfiable(narrowed, self.constraints, Budget()):
                return None
        except Cut:
            return None
        return narrowed


class Local:
    """Results under other readings of such questions."""

    def __init__(self, plan: Plan, evaluator: Evaluator) -> None:
        self.plan = plan
        self.evaluator = evaluator
        self._full = {fact.index: fact.full for fact in plan.space.facts}
        self._knots = {}
        for index in plan.constraint_readings:
            knot = _knot_of(plan, index)
            if knot is not None:
                self._knots[index] = knot

    def __contains__(self, index: int) -> bool:
        return index in self._knots

    def fields(self, index: int) -> int:
        """Fields of the facts that the constraints around a question tie."""
        return self._knots[index].fields

    def results(
        self, results: Sequence[Result], readings: Mapping[int, int], depends_on: DependsOn
    ) -> list[Result] | None:
        """The results under these readings (values by fact) instead of those taken; None where
        that cannot be told from the frames at hand.
        """
        moved: dict[int, Frame] = {}
        fields = union(self._knots[index].fields for index in readings)
        found = []
        for result in results:
            if not depends_on(result) & fields:
                found.append(result)
                continue
            members = []
            for member in result.members:
                again = self._member(member, readings, moved)
                if again is None:
                    return None
                members.append(again)
            found.append(strongest(members))
        return found

    def _member(
        self, result: Result, readings: Mapping[int, int], moved: dict[int, Frame]
    ) -> Result | None:
        items = []
        for item in result.in_frames:
            frame = moved.get(id(item.frame))
            if frame is None:
                frame = self._moved(item.frame, readings)
                if frame is None:
                    return None
                moved[id(item.frame)] = frame
            status = item.status
            if status:
                status = self.evaluator.status(
                    result.rule, item.considered, frame.known, frame.constraints
                )
            items.append(InFrame(frame, status, item.considered))
        rows = [(i.frame.known, i.frame.stated, i.frame.constraints) for i in items]
        over = self.evaluator.over(result.rule, [i.status for i in items], rows)
        return Result(result.rule, result.group, over, tuple(items), {})

    def _moved(self, frame: Frame, readings: Mapping[int, int]) -> Frame | None:
        known = frame.known
        for index, bits in readings.items():
            known = known & ~self._full[index] | bits
        for knot in {id(k): k for k in map(self._knots.__getitem__, readings)}.values():
            stated = 0
            for fact in knot.facts:
                if frame.stated >> fact & 1 or fact in self.plan.constraint_readings:
                    if fact in frame.reasons:  # what was stated of it is no longer known here
                        return None
                    stated |= 1 << fact
            left = knot.moved(known, stated, self._full)
            if left is None:
                return None
            known = known & ~knot.fields | left
        return replace(frame, known=known)


def _knot_of(plan: Plan, index: int) -> _Knot | None:
    """What constraints tie to a reading; None where that reaches beyond facts of the matter."""
    facts, constraints = {index}, list[Constraint]()
    rest = list(plan.constraints)
    while own := [c for c in rest if facts & {test.fact for test in c.tests}]:
        constraints += own
        facts |= {test.fact for c in own for test in c.tests}
        rest = [c for c in rest if c not in own]
    fields = union(plan.space.facts[fact].full for fact in facts)
    compared = {plan.space.by_path[p].index for pair in plan.compared.values() for p in pair}
    gates = [gate for rule in plan.rules for gate in rule.gates]
    gates += [g for rule in plan.rules for e in rule.exceptions for g in e.asked_when or ()]
    chosen = {plan.space.by_path[ACT_DATE].index, *compared, *plan.compared}
    chosen |= {test.fact for gate in gates for test in gate.tests}
    if facts & chosen or fields & union(plan.slices):
        return None
    return _Knot(frozenset(facts), fields, tuple(constraints))
