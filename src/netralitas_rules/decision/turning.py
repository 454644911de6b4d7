"""Questions of law on which a decision turns: what each other reading would change."""

from collections.abc import Sequence

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.reads import chosen_by
from netralitas_rules.engine.conditions import FALSE, TRUE
from netralitas_rules.engine.evaluate import Evaluator, Result, Status
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
        self._read = {
            rule.id: bool(plan.constraint_readings or rule.readings)
            or any(row.readings for row in plan.rows.get(rule.id, ()))
            for rule in plan.rules
        }
        """Whether a rule, its sanction rows or a constraint read any reading."""
        self._fields = 0
        for index in plan.readings:
            self._fields |= plan.space.facts[index].full

    def decisive(self, case: Case) -> tuple[m.DecisiveQuestion, ...]:
        """Questions whose other readings change a status or a path."""
        found: dict[int, dict[str, list[m.Change]]] = {}
        for result in case.results:
            if not self._read[result.rule.id]:
                continue
            rows = self._alive(result)
            before = [self._row_status(case, result, row, None) for row in rows]
            if not self.plan.constraint_readings and self._indifferent(
                case, result, rows, before, None
            ):
                continue
            read = {*result.rule.readings, *(f for row in rows for f in row.readings)}
            for index in sorted(read | self.plan.constraint_readings):
                fact = self.plan.space.facts[index]
                if index not in self.plan.constraint_readings and self._indifferent(
                    case, result, rows, before, fact
                ):
                    continue
                taken = result.group.frames[0].known & fact.full
                for reading, bit in fact.bits.items():
                    if bit == taken:
                        continue
                    changes = self._changes(case, result, rows, before, fact, bit)
                    if changes:
                        by_reading = found.setdefault(index, {})
                        by_reading.setdefault(str(reading), []).extend(changes)
        return tuple(
            self._decisive_question(case, index, others) for index, others in found.items()
        )

    def _alive(self, result: Result) -> list[SanctionRow]:
        """Sanction rows that some reading leaves possible."""
        rows = self.plan.rows.get(result.rule.id, ())
        if self.plan.constraint_readings:
            return list(rows)
        known = [frame.known | self._fields for frame in result.group.frames]
        return [row for row in rows if any(row.when.value(k) != FALSE for k in known)]

    def _indifferent(
        self,
        case: Case,
        result: Result,
        rows: Sequence[SanctionRow],
        before: Sequence[str],
        fact: Fact | None,
    ) -> bool:
        """Whether status and rows stay decided as they are whatever the reading of `fact` (of
        every question, without one). True is certain; False only says that each reading has to
        be looked at.
        """
        if result.status not in (Status.MET, Status.NOT_MET):
            return False
        freed = self._fields if fact is None else fact.full
        known = [frame.known | freed for frame in result.group.frames]
        in_rule = fact is None or fact.index in result.rule.readings
        if in_rule and self._status(result, known) is not result.status:
            return False
        if result.status is Status.NOT_MET:
            return True
        return all(
            was != m.PathStatus.MAY_FOLLOW.value
            and self._row_status(case, result, row, known) == was
            for row, was in zip(rows, before, strict=True)
            if in_rule or (fact is not None and fact.index in row.readings)
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
        self,
        case: Case,
        result: Result,
        rows: Sequence[SanctionRow],
        before: Sequence[str],
        fact: Fact,
        bit: int,
    ) -> list[m.Change]:
        known = [self.framer.with_value(frame, fact, bit) for frame in result.group.frames]
        status = self._status(result, known)
        changes = []
        was, would = FINDING_STATUS[result.status], FINDING_STATUS[status]
        if was is not would:
            changes.append(m.Change(result.rule.id, was.value, would.value))
        for row, earlier in zip(rows, before, strict=True):
            later = (
                "none" if status is Status.NOT_MET else self._row_status(case, result, row, known)
            )
            if earlier != later:
                changes.append(m.Change(row.id, earlier, later))
        return changes

    def _status(self, result: Result, known: Sequence[int]) -> Status:
        """Status with other knowledge of readings; what is raised and considered stays."""
        rows = [
            (other, item.frame.stated, item.frame.constraints)
            for item, other in zip(result.in_frames, known, strict=True)
        ]
        statuses = [
            self.evaluator.status(result.rule, item.considered, other, ties)
            if item.status
            else item.status
            for item, (other, _, ties) in zip(result.in_frames, rows, strict=True)
        ]
        return self.evaluator.over(result.rule, statuses, rows)

    def _row_status(
        self, case: Case, result: Result, row: SanctionRow, known: Sequence[int] | None
    ) -> str:
        if known is None and result.status is Status.NOT_MET:
            return "none"
        if known is None:
            value = case.row_value(self.evaluator, result, row)
        else:
            value = self.evaluator.row_value(result, row, known)
        if value == FALSE:
            return "none"
        return (m.PathStatus.FOLLOWS if value == TRUE else m.PathStatus.MAY_FOLLOW).value
