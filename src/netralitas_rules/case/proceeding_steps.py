"""One step of a path beside the file: taken or not, by whom, in order, in time, in form."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from netralitas_rules.case.proceeding_file import File, keys
from netralitas_rules.case.proceeding_forms import kept, stated
from netralitas_rules.case.proceeding_limits import Due, Readings, due
from netralitas_rules.case.proceeding_model import (
    STATES,
    Certainty,
    Gap,
    ProceduralCode,
    ProceduralFinding,
    State,
    StepCheck,
)
from netralitas_rules.case.proceeding_offices import may
from netralitas_rules.facts.casefile import Decision, Record
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.record_vocabulary import DecisionResult, Reason, RecordStep
from netralitas_rules.law.procedures import (
    Circumstance,
    DayOf,
    Demand,
    Duty,
    Form,
    ProcedureStep,
    Severity,
)
from netralitas_rules.procedure.deadlines import Deadline

_ORDER = tuple(State)
_DECIDES = frozenset({RecordStep.DECISION, RecordStep.COUNCIL_DECISION})
_DECIDING = frozenset({Gap.DATE, Gap.ORDER, Gap.OFFICE})
"""Without these nobody can say that a step on record was taken as the law asks."""
_OPEN = {
    Circumstance.FIRST_SUMMONS_MISSED: Gap.APPEARANCE,
    Circumstance.BOTH_SUMMONSES_MISSED: Gap.APPEARANCE,
    Circumstance.SANCTION_IMPOSED: Gap.RESULT,
    Circumstance.HIGHER_OFFICIAL_COMPETENT: Gap.AUTHORITY,
    Circumstance.STATE_LOSS_INDICATED: Gap.STATE_LOSS,
}
"""What is not known while a circumstance is open."""


@dataclass(slots=True)
class _Seen:
    """What is collected while one step is looked at."""

    findings: list[ProceduralFinding] = field(default_factory=list)
    gaps: set[Gap] = field(default_factory=set)
    not_stated: set[Form | Reason] = field(default_factory=set)
    dues: list[Due] = field(default_factory=list)


class StepChecker:
    """Looks at one step in one world."""

    def __init__(self, file: File, step: ProcedureStep) -> None:
        self.file = file
        self.step = step
        self.records: Sequence[Record] = file.of(step)
        self.seen = _Seen()
        self.on: Span | None = file.world.first(self.records)
        self.basis = file.question.in_force(step.basis, self.on)

    def check(self) -> tuple[StepCheck, list[ProceduralFinding]]:
        """The step, and what was not kept of it."""
        state = self._taken() if self.records else self._not_taken()
        seen = self.seen
        certain = [f for f in seen.findings if f.certainty is Certainty.CERTAIN]
        worst = min((STATES[one.code] for one in certain), key=_ORDER.index, default=state)
        open_states = {STATES[f.code] for f in seen.findings if f not in certain} - {worst}
        if open_states and worst in (State.DONE, State.NOT_YET_DUE, State.NOT_REQUIRED):
            worst = State.UNKNOWN
        basis = self.step.excused_basis if worst is State.EXCUSED else ()
        check = StepCheck(
            self.step.id,
            self.step.says,
            self.step.record,
            worst,
            tuple(sorted(open_states, key=_ORDER.index)),
            (*self.basis, *self.file.question.in_force(basis, None)),
            keys(self.records),
            self.on,
            min((one.last for one in seen.dues), default=None),
            max((one.latest for one in seen.dues), default=None),
            tuple(_deadlines(seen.dues)),
            tuple(sorted(seen.gaps, key=list(Gap).index)),
            tuple(sorted(seen.not_stated)),
        )
        return check, seen.findings

    # -- a step that is on record

    def _taken(self) -> State:
        for record in self.records:
            self._who(record)
            self._in_time(record)
            self._forms(record)
            if isinstance(record, Decision):
                self._reasons(record)
        self._in_order()
        if self.on is None or None in (self.file.world.on[one.key] for one in self.records):
            self.seen.gaps.add(Gap.DATE)
        if self._unordered():
            self.seen.gaps.add(Gap.ORDER)
        return State.UNKNOWN if self.seen.gaps & _DECIDING else State.DONE

    def _unordered(self) -> bool:
        return self.step.nth is not None and self.file.world.order[self.step.record] is None

    def _who(self, record: Record) -> None:
        found = may(self.file, self.step, record)
        if found.gap is not None:
            self.seen.gaps.add(found.gap)
        if found.may is False:
            without = self._finding(ProceduralCode.WITHOUT_AUTHORITY, [record])
            certainty = Certainty.SOME_READINGS if found.readings else Certainty.CERTAIN
            by = () if record.by is None else (record.by,)
            without = replace(without, by=by, offices=found.offices)
            self._add(replace(without, certainty=certainty, readings=found.readings))
        if self.step.made_by and record.by is None:
            self.seen.gaps.add(Gap.OFFICE)

    def _in_time(self, record: Record) -> None:
        for limit in self.step.limits:
            found = due(self.file, self.step, limit, record)
            if isinstance(found, Gap):
                self.seen.gaps.add(found)
            if not isinstance(found, Due):
                continue
            self.seen.dues.append(found)
            day = self.file.day(record, limit.day)
            if day is None:
                self.seen.gaps.add(Gap.CALLED_DAY if limit.day is DayOf.FOR else Gap.DATE)
                continue
            missed = found.missed(day)
            if missed is not None:
                certainty, readings = missed
                rule = self.file.question.plan.deadlines[limit.deadline]
                late = self._finding(ProceduralCode.LATE, [record], due=found)
                basis = found.deadlines[-1].basis
                late = replace(late, deadline=rule.id, asks=rule.says, basis=basis)
                self._add(replace(late, certainty=certainty, day=day, readings=readings))

    def _in_order(self) -> None:
        for name in self.step.after:
            before = self.file.named(name)
            day = self.file.world.first(before)
            self._against(ProceduralCode.OUT_OF_ORDER, name, before, day)
        for name, which in self.step.not_before:
            for record in self.file.named(name):
                if record not in self.records:
                    day = self.file.day(record, which)
                    self._against(ProceduralCode.EARLY, name, [record], day)

    def _against(
        self, code: ProceduralCode, name: str, before: Sequence[Record], day: Span | None
    ) -> None:
        """The step lies before the day of another that has to come first."""
        if not before or self.on is None:
            return
        if day is None:
            self.seen.gaps.add(Gap.CALLED_DAY if code is ProceduralCode.EARLY else Gap.DATE)
        elif self.on.first < day.last:
            certain = self.on.last < day.first
            certainty = Certainty.CERTAIN if certain else Certainty.SOME_DAYS
            other = self.file.steps[name]
            found = replace(
                self._finding(code, [*self.records, *before]),
                severity=self._order(other),
                before=name,
                basis=tuple(dict.fromkeys((*self._held(other, day), *self.basis))),
            )
            self._add(replace(found, certainty=certainty, day=self.on, against=day))

    def _order(self, before: ProcedureStep) -> Severity:
        """What it means that the step came first: a bar only where it decides."""
        if Severity.NOTE in (before.severity, self.step.severity):
            return Severity.NOTE
        return before.severity if self.step.record in _DECIDES else Severity.DEFECT

    def _held(self, step: ProcedureStep, day: Span) -> tuple[str, ...]:
        return self.file.question.in_force(step.basis, day) or step.basis

    def _forms(self, record: Record) -> None:
        for rule in self.step.forms:
            found = kept(self.file, rule, record)
            if found.kept is None:
                self.seen.not_stated.add(rule.form)
            elif not found.kept:
                readings = found.readings
                self._demanded(
                    rule.demand,
                    replace(
                        self._finding(ProceduralCode.DEFECTIVE, [record]),
                        certainty=Certainty.SOME_READINGS if readings else Certainty.CERTAIN,
                        readings=readings,
                        form=rule.form,
                        value=found.value,
                    ),
                )

    def _reasons(self, decision: Decision) -> None:
        regime = self.file.question.procedure.regime
        if decision.regime.value != regime.value or decision.result is not DecisionResult.SANCTION:
            return
        for rule in self.file.question.procedure.reasons:
            if rule.when is not None and not self.file.holds(rule.when):
                continue
            found = stated(rule, decision)
            if found is None:
                self.seen.not_stated.add(rule.states)
            elif not found:
                reason = self._finding(ProceduralCode.REASON_MISSING, [decision])
                self._demanded(rule.demand, replace(reason, reason=rule.states))

    # -- a step that is not on record

    def _not_taken(self) -> State:
        step, file = self.step, self.file
        needed = self._needed()
        if needed is False:
            return State.NOT_REQUIRED
        excused = file.holds(step.excused_by) if step.excused_by is not None else False
        if excused:
            return State.EXCUSED
        found = self._missing()
        if needed is None:
            self.seen.gaps |= {*self._open()}
        if excused is None:
            self.seen.gaps.add(Gap.APPEARANCE)
        if found is not None:
            certainty, readings, overdue = found
            if needed is None or excused is None:
                certainty = Certainty.NOT_STATED
            missing = self._finding(ProceduralCode.MISSING, file.not_taken(step), due=overdue)
            self._add(replace(missing, certainty=certainty, readings=readings))
        return State.NOT_YET_DUE

    def _needed(self) -> bool | None:
        """Whether the law asks for the step here; None where that is still open."""
        step, question = self.step, self.file.question
        if step.duty is not Duty.REQUIRED_WHEN:
            return step.duty is Duty.REQUIRED
        by_level = None if question.level is None else question.level in step.levels
        answers = [by_level] if step.levels else []
        if step.when is not None:
            answers.append(self.file.holds(step.when))
        return True if True in answers else None if None in answers else False

    def _open(self) -> Iterator[Gap]:
        """What is not known while nobody can say whether the step is needed."""
        if self.step.levels and self.file.question.level is None:
            yield Gap.LEVEL
        if self.step.when is not None and self.file.holds(self.step.when) is None:
            yield _OPEN[self.step.when]

    def _missing(self) -> tuple[Certainty, Readings, Due | None] | None:
        """Whether it is missing, and not only still to come."""
        today = Span(self.file.question.as_of, self.file.question.as_of)
        found: tuple[Certainty, Readings, Due | None] | None = None
        for limit in self.step.limits:
            late = due(self.file, self.step, limit, None)
            if isinstance(late, Gap):
                self.seen.gaps.add(late)
            if isinstance(late, Due):
                self.seen.dues.append(late)
                missed = late.missed(today)
                if missed is not None and (found is None or missed[0] is Certainty.CERTAIN):
                    found = (*missed, late)
        later = any(self.file.of(one) for one in self._later())
        if later or self.file.not_taken(self.step):
            return Certainty.CERTAIN, (), None if found is None else found[2]
        return found

    def _later(self) -> Iterator[ProcedureStep]:
        """Steps that come after this one, or after one that does; each is written behind those."""
        behind = {self.step.id}
        for one in self.file.steps.values():
            if not behind.isdisjoint(one.after):
                behind.add(one.id)
                yield one

    # -- findings

    def _finding(
        self, code: ProceduralCode, records: Sequence[Record], *, due: Due | None = None
    ) -> ProceduralFinding:
        """A finding about this step, by the provisions of the step itself."""
        own = code is ProceduralCode.MISSING or self.step.severity is Severity.NOTE
        owed = self._owed(due) if code is ProceduralCode.MISSING else ()
        return ProceduralFinding(
            code,
            self.step.severity if own else Severity.DEFECT,
            Certainty.CERTAIN,
            self.step.says,
            self.step.id,
            keys(records),
            owed or self.basis or self.step.basis,
            against=None if due is None else due.event,
            last=None if due is None else due.last,
            latest=None if due is None else due.latest,
        )

    def _owed(self, due: Due | None) -> tuple[str, ...]:
        """The provisions of a step that is missing, in force on the day from which it was owed."""
        if due is not None:
            return self.file.question.in_force(self.step.basis, due.event)
        for name in self.step.after:
            day = self.file.world.first(self.file.named(name))
            if day is not None:
                return self.file.question.in_force(self.step.basis, day)
        return ()

    def _demanded(self, demand: Demand, found: ProceduralFinding) -> None:
        """A finding about a form or a reason, which has a basis of its own."""
        basis, severity = demand.basis, demand.severity
        self._add(replace(found, asks=demand.says, basis=basis, severity=severity))

    def _add(self, found: ProceduralFinding) -> None:
        self.seen.findings.append(replace(found, mark=self.file.question.mark(found.basis)))


def _deadlines(dues: Iterable[Due]) -> Iterator[Deadline]:
    """Every deadline that was counted, each day once."""
    seen = set[tuple[str, object]]()
    for one in dues:
        for deadline in one.deadlines:
            if (deadline.id, deadline.on) not in seen:
                seen.add((deadline.id, deadline.on))
                yield deadline
