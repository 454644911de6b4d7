"""Questions of law on which a decision turns: what each other reading would change."""

import datetime
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case, groups_of
from netralitas_rules.decision.local import Local
from netralitas_rules.decision.reads import chosen_by
from netralitas_rules.engine.conditions import FALSE, TRUE, facts_of, open_tests, union
from netralitas_rules.engine.evaluate import (
    Evaluator,
    InFrame,
    Result,
    ResultKey,
    Status,
    over_frames,
)
from netralitas_rules.engine.frames import FactsRefused, Framer
from netralitas_rules.engine.narrowing import MAX_CACHED
from netralitas_rules.engine.plan import Plan, Rule, SanctionRow
from netralitas_rules.facts.accounts import windows
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.space import ACT_DATE, READING_PREFIX

FINDING_STATUS = {
    Status.MET: m.FindingStatus.MET,
    Status.ELEMENTS_MET: m.FindingStatus.ELEMENTS_MET,
    Status.OPEN: m.FindingStatus.OPEN,
    Status.NOT_MET: m.FindingStatus.NOT_MET,
    Status.NOT_RAISED: m.FindingStatus.NOT_MET,
}
NO_PATH = "none"
_RowValue = Callable[[Result, SanctionRow], int]
_Found = dict[int, dict[str, list[m.Change]]]
"""Changes by reading, by the reading fact of a question."""
_ANY_DAY = Span(datetime.date.min, datetime.date.max)
_PATHS = {TRUE: m.PathStatus.FOLLOWS.value, FALSE: NO_PATH}


@dataclass(frozen=True, slots=True)
class Outlook:
    """Status of a finding and of its sanction rows, by id, under one choice of readings."""

    status: Status
    rows: Mapping[str, str]

    def changes(self, rule_id: str, other: "Outlook") -> list[m.Change]:
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
        self.read = {
            rule.id: {
                *rule.readings,
                *(f for row in plan.rows.get(rule.id, ()) for f in row.readings),
            }
            - plan.constraint_readings
            for rule in plan.rules
        }
        """Readings that a rule or its sanction rows read, and no constraint."""
        self._tied = {
            index: tuple(c for c in plan.constraints if index in {test.fact for test in c.tests})
            for index in plan.constraint_readings
        }
        demanding = [e for r in plan.rules for e in r.elements if e.demand is not None]
        self._asked = {fact for element in demanding for fact in facts_of(element.condition)}
        self.local = Local(plan, evaluator)
        self._dependences: dict[tuple[str, int], int] = {}
        self._turns: dict[tuple[object, ...], _Found] = {}
        """What a result turns on, by all that it depends on: reports are often alike."""
        others = set(plan.readings) - plan.constraint_readings
        self.fields = union(plan.space.facts[index].full for index in others)

    def decisive(self, case: Case) -> tuple[m.DecisiveQuestion, ...]:
        """Questions whose other readings change a status or a path."""
        found: _Found = {}
        for index in sorted(self.plan.constraint_readings):
            if not self.idle(case, index):
                self._anew(case, index, found)
        for result in case.results:
            if self.read[result.rule.id]:
                for index, by_reading in self._turns_on(case, result).items():
                    for reading, changes in by_reading.items():
                        found.setdefault(index, {}).setdefault(reading, []).extend(changes)
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

    def idle(self, case: Case, index: int) -> bool:
        """Whether every constraint that reads it is ruled out by the dates of the acts alone: a
        transition for old acts says nothing of new ones. What an element with a standard of
        evidence reads is never idle.
        """
        fact = self.plan.space.by_path[ACT_DATE]
        known = self.plan.space.unknown & ~fact.full
        for act in case.weighed.acts or (None,):
            days = windows(act.date if act is not None else None)
            for span in [day for day in days if isinstance(day, Span)] or [_ANY_DAY]:
                known |= fact.cells(span.first.toordinal(), span.last.toordinal())
        return index not in self._asked and all(
            c.when.value(known) == FALSE for c in self._tied[index]
        )

    def _anew(self, case: Case, index: int, found: _Found) -> None:
        """The whole incident under every other reading."""
        fact = self.plan.space.facts[index]
        for reading, bit in fact.bits.items():
            if bit == case.base & fact.full:
                continue
            results = self.anew(case, {index: bit})
            if results is None:  # the facts exclude this reading
                continue
            same = {id(result) for result in case.results} & {id(result) for result in results}
            before = self._outlooks(case.results, same, case.row_value)
            after = self._outlooks(results, same, self.evaluator.row_value)
            changes: list[m.Change] = []
            for key in before | after:
                paths = {row.id: NO_PATH for row in self.rows_of(key[0])}
                absent = Outlook(Status.NOT_RAISED, paths)
                changes += before.get(key, absent).changes(key[0], after.get(key, absent))
            if changes:
                found.setdefault(index, {})[str(reading)] = changes

    def _outlooks(
        self, results: Iterable[Result], but: Container[int], row_value: _RowValue
    ) -> dict[ResultKey, Outlook]:
        """By what they are of, the outlooks of all results but those (`id`)."""
        return {
            result.key: self.outlook(result, self.rows_of(result.rule.id), row_value)
            for result in results
            if id(result) not in but
        }

    def anew(self, case: Case, readings: Mapping[int, int]) -> list[Result] | None:
        """The results under these readings that constraints read (values by fact); None where the
        facts exclude them.
        """
        if not self._asked and all(index in self.local for index in readings):
            found = self.local.results(case.results, readings, self.depends_on)
            if found is not None:
                return found
        return self.framed(case, readings)

    def framed(self, case: Case, readings: Mapping[int, int]) -> list[Result] | None:
        """The whole incident evaluated under these readings; None where the facts exclude them."""
        base = case.base
        for index, bits in readings.items():
            base = base & ~self.plan.space.facts[index].full | bits
        try:
            groups = groups_of(self.framer, case.incident, case.names, as_of=case.as_of, base=base)
        except FactsRefused:
            return None
        return self.evaluator.results(groups)

    def rows_of(self, rule_id: str) -> Sequence[SanctionRow]:
        return self.plan.rows.get(rule_id, ())

    def outlook(
        self,
        result: Result,
        rows: Sequence[SanctionRow],
        row_value: _RowValue,
    ) -> Outlook:
        members = [member for member in result.members if member.status is not Status.NOT_MET]
        paths = {}
        for row in rows:
            values = [row_value(member, row) for member in members]
            paths[row.id] = path_word(max(values, default=FALSE))
        return Outlook(result.status, paths)

    # -- the other readings

    def _turns_on(self, case: Case, result: Result) -> _Found:
        """What every other reading that a result reads would change of it."""
        key = (
            result.rule.id,
            case.base & self.fields,
            *(
                (member.status, frozenset(self.frame_key(member.rule, i) for i in member.in_frames))
                for member in result.members
            ),
        )
        found = self._turns.get(key)
        if found is None:
            if len(self._turns) >= MAX_CACHED:
                self._turns.clear()
            found = self._turns[key] = self._again(case, result)
        return found

    def _again(self, case: Case, result: Result) -> _Found:
        """One result under every other reading that it reads."""
        found: _Found = {}
        whole, result = result, self.thinned(result)
        rows = self.alive(result)
        in_formula, in_rows = self.visible(result, rows, ~0, self.fields)
        visible = in_formula.union(*in_rows.values())
        if not visible:
            return found
        before = self.outlook(whole, rows, case.row_value)
        if self._indifferent(result, rows, before, self.fields):
            return found
        for index in sorted(visible):
            fact = self.plan.space.facts[index]
            in_rule = index in in_formula
            own = rows if in_rule else [row for row in rows if index in in_rows[row.id]]
            was = Outlook(before.status, {row.id: before.rows[row.id] for row in own})
            if self._indifferent(result, own, was, fact.full):
                continue
            for reading, bit in fact.bits.items():
                if bit == case.base & fact.full:
                    continue
                after = self.under(result, own, ~fact.full, bit, in_rule=in_rule)
                changes = was.changes(result.rule.id, after)
                if changes:
                    by_reading = found.setdefault(index, {})
                    by_reading.setdefault(str(reading), []).extend(changes)
        return found

    def visible(
        self, result: Result, rows: Sequence[SanctionRow], keep: int, add: int
    ) -> tuple[set[int], dict[str, set[int]]]:
        """Readings that still matter for the rule, and for each row, with other knowledge: those
        that stand in no part which is decided whatever the readings.
        """
        rule = result.rule
        in_formula: set[int] = set()
        in_rows: dict[str, set[int]] = {row.id: set() for row in rows}
        for member in result.members:
            for item in member.governed:
                known = item.frame.known & keep | add
                formula = self.evaluator.formula(rule, item.considered).condition
                in_formula |= {t.fact for t in open_tests(formula, known)}
                for row in rows:
                    if row.readings:
                        in_rows[row.id] |= {t.fact for t in open_tests(row.when, known)}
        others = self.read[rule.id]
        return in_formula & others, {row: found & others for row, found in in_rows.items()}

    def thinned(self, result: Result) -> Result:
        """The result with one of the frames that are alike in all that it depends on: an uncertain
        date gives many that no rule tells apart.
        """
        members = [self._thinned(member) for member in result.members]
        return members[0]._replace(siblings=tuple(members[1:]))

    def touches(self, results: Sequence[Result], index: int) -> bool:
        """Whether some result depends on what a local question ties."""
        fields = self.local.fields(index)
        return any(self.depends_on(result) & fields for result in results)

    def depends_on(self, result: Result) -> int:
        """Fields of the facts that a result and its sanction rows depend on."""
        found = 0
        for member in result.members:
            for considered in {item.considered for item in member.in_frames if item.status}:
                found |= self._depends_on(result.rule, considered)
        return found

    def _thinned(self, result: Result) -> Result:
        if len(result.in_frames) == 1:
            return result
        found: dict[tuple[object, ...], InFrame] = {}
        for item in result.in_frames:
            found.setdefault(self.frame_key(result.rule, item), item)
        return result._replace(in_frames=tuple(found.values()))

    def frame_key(self, rule: Rule, item: InFrame) -> tuple[object, ...]:
        """All that a rule and its sanction rows depend on in a frame."""
        if not item.status:
            return (item.status,)
        fields = self._depends_on(rule, item.considered)
        frame = item.frame
        knots = self.evaluator.tied_to(fields, frame.known, frame.constraints)
        ties = tuple([knot.number for knot in knots])
        return (item.status, item.considered, frame.known & fields, ties)

    def _depends_on(self, rule: Rule, considered: int) -> int:
        """Fields of the facts that a rule and its sanction rows read."""
        key = (rule.id, considered)
        found = self._dependences.get(key)
        if found is None:
            formulas = [self.evaluator.formula(rule, considered)]
            formulas += [
                self.evaluator.formula(rule, considered, row) for row in self.rows_of(rule.id)
            ]
            found = self._dependences[key] = union(formula.fields for formula in formulas)
        return found

    def alive(self, result: Result) -> list[SanctionRow]:
        """Sanction rows that some reading leaves possible."""
        known = [i.frame.known | self.fields for member in result.members for i in member.in_frames]
        return [
            row
            for row in self.rows_of(result.rule.id)
            if any(row.when.value(k) != FALSE for k in known)
        ]

    def _indifferent(
        self, result: Result, rows: Sequence[SanctionRow], before: Outlook, freed: int
    ) -> bool:
        """Whether status and rows stay decided as they are whatever the readings in the fields
        `freed`. True is certain; False only says that each reading has to be looked at.
        """
        if (
            result.status not in (Status.MET, Status.NOT_MET)
            or m.PathStatus.MAY_FOLLOW.value in before.rows.values()
        ):
            return False
        return self.under(result, rows, ~0, freed) == before

    def under(
        self,
        result: Result,
        rows: Sequence[SanctionRow],
        keep: int,
        add: int,
        *,
        in_rule: bool = True,
    ) -> Outlook:
        """The outlook with other knowledge of readings; what is raised and considered stays, and
        where the rule does not read them (`in_rule`) its status too.
        """
        strongest = Status.NOT_RAISED
        values = dict.fromkeys((row.id for row in rows), FALSE)
        for member in result.members:
            known = [item.frame.known & keep | add for item in member.in_frames]
            statuses = _Statuses(self.evaluator, member, known, in_rule=in_rule)
            status = statuses.over()
            strongest = max(strongest, status)
            if status is Status.NOT_MET:
                continue
            for row in rows:
                value = over_frames(
                    self.evaluator.row_at(member.rule, item, row, known[at], statuses.at(at))
                    for at, item in enumerate(member.in_frames)
                )
                values[row.id] = max(values[row.id], value)
        return Outlook(strongest, {row: path_word(value) for row, value in values.items()})


class _Statuses:
    """Statuses of a result in its frames under other knowledge, each found when it is needed."""

    def __init__(
        self, evaluator: Evaluator, result: Result, known: Sequence[int], *, in_rule: bool
    ) -> None:
        self.evaluator = evaluator
        self.result = result
        self.known = known
        self.in_rule = in_rule
        self._found: dict[int, Status | None] = {}

    def at(self, index: int) -> Status | None:
        """The status in one frame."""
        item = self.result.in_frames[index]
        if not item.status or not self.in_rule:
            return item.status
        if index not in self._found:
            self._found[index] = self.evaluator.status(
                self.result.rule, item.considered, self.known[index], item.frame.constraints
            )
        return self._found[index]

    def over(self) -> Status:
        """One status over all frames. Where it is open in one, it is open."""
        if not self.in_rule:
            return self.result.status
        statuses = []
        for index in range(len(self.known)):
            status = self.at(index)
            if status is Status.OPEN:
                return status
            statuses.append(status)
        rows = [
            (known, item.frame.stated, item.frame.constraints)
            for item, known in zip(self.result.in_frames, self.known, strict=True)
        ]
        return self.evaluator.over(self.result.rule, statuses, rows)


def path_word(value: int) -> str:
    return _PATHS.get(value, m.PathStatus.MAY_FOLLOW.value)
