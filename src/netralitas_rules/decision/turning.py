"""Questions of law on which a decision turns: what each other reading would change."""

from collections.abc import Sequence

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.reads import chosen_by
from netralitas_rules.engine.conditions import FALSE, TRUE
from netralitas_rules.engine.evaluate import Evaluator, Result, Status, combine
from netralitas_rules.engine.frames import Framer
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan, SanctionRow
from netralitas_rules.facts.space import READING_PREFIX

FINDING_STATUS = {
    Status.MET: m.FindingStatus.MET,
    Status.ELEMENTS_MET: m.FindingStatus.ELEMENTS_MET,
    Status.OPEN: m.FindingStatus.OPEN,
    Status.NOT_MET: m.FindingStatus.NOT_MET,
    Status.NOT_RAISED: m.FindingStatus.NOT_MET,
}


class Turning:
    """Finds decisive questions by taking every other reading of every question that is read."""

    def __init__(self, plan: Plan, framer: Framer, evaluator: Evaluator) -> None:
        self.plan = plan
        self.framer = framer
        self.evaluator = evaluator

    def decisive(self, case: Case) -> tuple[m.DecisiveQuestion, ...]:
        """Questions whose other readings change a status or a path."""
        found: dict[int, dict[str, list[m.Change]]] = {}
        for result in case.results:
            rows = self.plan.rows.get(result.rule.id, ())
            facts = set(result.rule.readings)
            facts.update(f for row in rows for f in row.readings)
            facts |= self.plan.constraint_readings
            for index in sorted(facts):
                fact = self.plan.space.facts[index]
                taken = result.group.frames[0].known & fact.full
                for reading, bit in fact.bits.items():
                    if bit == taken:
                        continue
                    changes = self._changes(result, rows, fact, bit)
                    if changes:
                        by_reading = found.setdefault(index, {})
                        by_reading.setdefault(str(reading), []).extend(changes)
        return tuple(
            self._decisive_question(case, index, others) for index, others in found.items()
        )

    def _decisive_question(
        self, case: Case, index: int, others: dict[str, list[m.Change]]
    ) -> m.DecisiveQuestion:
        fact = self.plan.space.facts[index]
        question_id = fact.spec.path.removeprefix(READING_PREFIX)
        taken = fact.decode(case.results[0].group.frames[0].known)
        return m.DecisiveQuestion(
            question_id,
            str(taken[0]) if len(taken) == 1 else None,
            chosen_by(case, fact) if len(taken) == 1 else "",
            tuple(
                m.OtherReading(reading, tuple(dict.fromkeys(changes)))
                for reading, changes in others.items()
            ),
        )

    def _changes(
        self, result: Result, rows: Sequence[SanctionRow], fact: Fact, bit: int
    ) -> list[m.Change]:
        known = [self.framer.with_value(frame, fact, bit) for frame in result.group.frames]
        other = self._under(result, known)
        changes = []
        if other.status is not result.status:
            before, after = FINDING_STATUS[result.status], FINDING_STATUS[other.status]
            if before is not after:
                changes.append(m.Change(result.rule.id, before.value, after.value))
        for row in rows:
            if fact.index not in row.readings and other.status is result.status:
                continue
            was = self._row_status(result, row, None)
            would = self._row_status(other, row, known)
            if was != would:
                changes.append(m.Change(row.id, was, would))
        return changes

    def _under(self, result: Result, known: Sequence[int]) -> Result:
        in_frames = tuple(
            self.evaluator.in_frame(result.rule, frame, other)
            for frame, other in zip(result.group.frames, known, strict=True)
        )
        return Result(result.rule, result.group, combine(f.status for f in in_frames), in_frames)

    def _row_status(self, result: Result, row: SanctionRow, known: Sequence[int] | None) -> str:
        if result.status in (Status.NOT_MET, Status.NOT_RAISED):
            return "none"
        value = self.evaluator.row_value(result, row, known)
        if value == FALSE:
            return "none"
        return (m.PathStatus.FOLLOWS if value == TRUE else m.PathStatus.MAY_FOLLOW).value
