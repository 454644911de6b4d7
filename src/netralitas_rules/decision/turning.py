"""Questions of law on which a decision turns: what each other reading would change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case, groups_of
from netralitas_rules.decision.reads import chosen_by
from netralitas_rules.engine.conditions import FALSE, TRUE
from netralitas_rules.engine.evaluate import Evaluator, Result, Status, over_frames
from netralitas_rules.engine.frames import FactsRefused, Framer
from netralitas_rules.engine.plan import Plan, SanctionRow
from netralitas_rules.facts.space import READING_PREFIX

FINDING_STATUS = {
    Status.MET: m.FindingStatus.MET,
    Status.ELEMENTS_MET: m.FindingStatus.ELEMENTS_MET,
    Status.OPEN: m.FindingStatus.OPEN,
    Status.NOT_MET: m.FindingStatus.NOT_MET,
    Status.NOT_RAISED: m.FindingStatus.NOT_MET,
}
NO_PATH = "none"
_PATHS = {TRUE: m.PathStatus.FOLLOWS.value, FALSE: NO_PATH}


@dataclass(frozen=True, slots=True)
class _Outlook:
    """Status of a finding and of its sanction rows, by id, under one choice of readings."""

    status: Status
    rows: Mapping[str, str]

    def changes(self, rule_id: str, other: "_Outlook") -> list[m.Change]:
        """What is different in `other`."""
        pairs = [(rule_id, FINDING_STATUS[self.status].value, FINDING_STATUS[other.status].value)]
        pairs += [(row, was, other.rows[row]) for row, was in self.rows.items()]
        return [m.Change(*pair) for pair in pairs if pair[1] != pair[2]]


class Turning:
    """Finds decisive questions by taking every other reading of every question that is read.

    Readings that constraints read can change every fact, so the incident is evaluated anew under
    them; of the others only the rules and rows that read them are.
    """

    def __init__(self, plan: Plan, framer: Framer, evaluator: Evaluator) -> None:
        self.plan = plan
        self.framer = framer
        self.evaluator = evaluator
        self._read = {
            rule.id: {
                *rule.readings,
                *(f for row in plan.rows.get(rule.id, ()) for f in row.readings),
            }
            - plan.constraint_readings
            for rule in plan.rules
        }
        """Readings that a rule or its sanction rows read, and no constraint."""
        self._fields = 0
        for index in set(plan.readings) - plan.constraint_readings:
            self._fields |= plan.space.facts[index].full

    def decisive(self, case: Case) -> tuple[m.DecisiveQuestion, ...]:
        """Questions whose other readings change a status or a path."""
        found: dict[int, dict[str, list[m.Change]]] = {}
        for index in sorted(self.plan.constraint_readings):
            self._anew(case, index, found)
        for result in case.results:
            if self._read[result.rule.id]:
                self._again(case, result, found)
        return tuple(
            self._decisive_question(case, index, others) for index, others in found.items()
        )

    def _decisive_question(
        self, case: Case, index: int, others: dict[str, list[m.Change]]
    ) -> m.DecisiveQuestion:
        fact = self.plan.space.facts[index]
        question_id = fact.spec.path.removeprefix(READING_PREFIX)
        taken = fact.decode(case.base)
        return m.DecisiveQuestion(
            question_id,
            str(taken[0]) if len(taken) == 1 else None,
            chosen_by(case, fact) if len(taken) == 1 else "",
            tuple(
                m.OtherReading(reading, tuple(dict.fromkeys(changes)))
                for reading, changes in others.items()
            ),
        )

    # -- readings that constraints read

    def _anew(self, case: Case, index: int, found: dict[int, dict[str, list[m.Change]]]) -> None:
        """The whole incident under every other reading."""
        fact = self.plan.space.facts[index]
        before = {
            result.key: self._outlook(result, self._rows(result.rule.id), case.row_values)
            for result in case.results
        }
        for reading, bit in fact.bits.items():
            if bit == case.base & fact.full:
                continue
            try:
                groups = groups_of(
                    self.framer,
                    case.incident,
                    case.names,
                    as_of=case.as_of,
                    base=case.base & ~fact.full | bit,
                )
            except FactsRefused:  # the facts exclude this reading
                continue
            after = {
                result.key: self._outlook(
                    result, self._rows(result.rule.id), self.evaluator.row_values
                )
                for result in self.evaluator.results(groups)
            }
            changes: list[m.Change] = []
            for key in before | after:
                paths = {row.id: NO_PATH for row in self._rows(key[0])}
                absent = _Outlook(Status.NOT_RAISED, paths)
                changes += before.get(key, absent).changes(key[0], after.get(key, absent))
            if changes:
                found.setdefault(index, {})[str(reading)] = changes

    def _rows(self, rule_id: str) -> Sequence[SanctionRow]:
        return self.plan.rows.get(rule_id, ())

    def _outlook(
        self,
        result: Result,
        rows: Sequence[SanctionRow],
        row_values: Callable[[Result, SanctionRow], Sequence[int]],
    ) -> _Outlook:
        members = [member for member in result.members if member.status is not Status.NOT_MET]
        paths = {}
        for row in rows:
            values = [over_frames(row_values(member, row)) for member in members]
            paths[row.id] = _path(max(values, default=FALSE))
        return _Outlook(result.status, paths)

    # -- the other readings

    def _again(
        self, case: Case, result: Result, found: dict[int, dict[str, list[m.Change]]]
    ) -> None:
        """One result under every other reading that it reads."""
        rows = self._alive(result)
        before = self._outlook(result, rows, case.row_values)
        if self._indifferent(result, rows, before, self._fields):
            return
        read = {*result.rule.readings, *(f for row in rows for f in row.readings)}
        for index in sorted(read - self.plan.constraint_readings):
            fact = self.plan.space.facts[index]
            if self._indifferent(result, rows, before, fact.full):
                continue
            for reading, bit in fact.bits.items():
                if bit == case.base & fact.full:
                    continue
                after = self._with(result, rows, ~fact.full, bit)
                changes = before.changes(result.rule.id, after)
                if changes:
                    by_reading = found.setdefault(index, {})
                    by_reading.setdefault(str(reading), []).extend(changes)

    def _alive(self, result: Result) -> list[SanctionRow]:
        """Sanction rows that some reading leaves possible."""
        known = [f.known | self._fields for member in result.members for f in member.group.frames]
        return [
            row
            for row in self._rows(result.rule.id)
            if any(row.when.value(k) != FALSE for k in known)
        ]

    def _indifferent(
        self, result: Result, rows: Sequence[SanctionRow], before: _Outlook, freed: int
    ) -> bool:
        """Whether status and rows stay decided as they are whatever the readings in the fields
        `freed`. True is certain; False only says that each reading has to be looked at.
        """
        if (
            result.status not in (Status.MET, Status.NOT_MET)
            or m.PathStatus.MAY_FOLLOW.value in before.rows.values()
        ):
            return False
        return self._with(result, rows, ~0, freed) == before

    def _with(self, result: Result, rows: Sequence[SanctionRow], keep: int, add: int) -> _Outlook:
        """The outlook with other knowledge of readings; what is raised and considered stays."""
        statuses: list[Status] = []
        values = dict.fromkeys((row.id for row in rows), FALSE)
        for member in result.members:
            known = [item.frame.known & keep | add for item in member.in_frames]
            status = self._status(member, known)
            statuses.append(status)
            if status is not Status.NOT_MET:
                for row in rows:
                    value = over_frames(self.evaluator.row_values(member, row, known))
                    values[row.id] = max(values[row.id], value)
        return _Outlook(max(statuses), {row: _path(value) for row, value in values.items()})

    def _status(self, result: Result, known: Sequence[int]) -> Status:
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


def _path(value: int) -> str:
    return _PATHS.get(value, m.PathStatus.MAY_FOLLOW.value)
