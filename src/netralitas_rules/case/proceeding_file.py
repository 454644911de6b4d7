"""The records of a proceeding beside the steps of its path: which record is which step."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from netralitas_rules.case.proceeding_days import World, kind_of, made
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.casefile import (
    Decision,
    Examination,
    Recommendation,
    Record,
    Referral,
    Review,
    Revocation,
    Summons,
)
from netralitas_rules.facts.leaves import NEVER, OneOf, Span
from netralitas_rules.facts.record_vocabulary import (
    Agency,
    DecisionResult,
    Office,
    RecordStep,
    ReviewResult,
)
from netralitas_rules.facts.vocabulary import ReportChannel
from netralitas_rules.law.authority import weakest
from netralitas_rules.law.deadlines import Event
from netralitas_rules.law.model import Level, Mark
from netralitas_rules.law.procedures import Circumstance, DayOf, Procedure, ProcedureStep
from netralitas_rules.procedure.working_days import Week

Competent = Callable[[Decision], tuple[Office, ...] | None]
"""The offices that may make a decision; None where that is not known."""

Value = TypeVar("Value")


def known(leaf: Value | OneOf[Value] | None) -> Value | None:
    """The value of a leaf, where exactly one is possible."""
    return None if isinstance(leaf, OneOf) else leaf


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a proceeding."""

    plan: Plan
    procedure: Procedure
    level: Level | None
    kinds: tuple[str, ...]
    records: tuple[Record, ...]
    made: Mapping[RecordStep, list[Record]]
    """Of the records those that were made, by kind."""
    as_of: datetime.date
    joint_leave: tuple[datetime.date, ...]
    week: Week
    competent: Competent
    events: Mapping[Event, Span]
    raised: bool = False
    """Whether an earlier sanction may ask for a heavier one than the breach alone allows."""
    agencies: frozenset[Agency] = frozenset(Agency)
    """Whose the own agency of the person can be."""

    def in_force(self, basis: Iterable[str], day: Span | None) -> tuple[str, ...]:
        """Those provisions that were in force on some of these days."""
        first, last = (self.as_of, self.as_of) if day is None else (day.first, day.last)
        provisions = self.plan.provisions
        return tuple(name for name in basis if provisions[name].validity.meets(first, last))

    def mark(self, basis: Iterable[str]) -> Mark:
        return weakest(self.plan.provisions[name].mark for name in basis)


@dataclass(frozen=True, slots=True)
class File:
    """The records in one world, and the steps that count in it."""

    question: Question
    world: World
    steps: Mapping[str, ProcedureStep]

    def all(self, kind: RecordStep) -> list[Record]:
        return [*self.question.made.get(kind, ())]

    def of(self, step: ProcedureStep) -> list[Record]:
        """The records that are this step, or may be."""
        found = self.all(step.record)
        if step.nth is not None:
            order = self.world.order[step.record]
            if order is not None:
                found = [*order[:1]] if step.nth == 1 else [*order[1:]]
        if step.made_by:
            found = [record for record in found if record.by is None or record.by in step.made_by]
        if step.bodies:
            found = [record for record in found if _body(record) in step.bodies]
        if step.record is RecordStep.DECISION:
            regimes = step.regimes or (self.question.procedure.regime,)
            found = [record for record in found if _regime(record) in regimes]
        return self._acting(step, found)

    def named(self, name: str) -> list[Record]:
        return self.of(self.steps[name])

    def _acting(self, step: ProcedureStep, found: list[Record]) -> list[Record]:
        """Those of some records that act on what the step acts on."""
        if step.acts_on is None:
            return found
        keys = {record.key for record in self.all(self.steps[step.acts_on].record)}
        return [record for record in found if keys & {*record.of}]

    def not_taken(self, step: ProcedureStep) -> list[Record]:
        """Records that say that this step was not taken."""
        if step.nth is not None and step.nth > 1:
            return []
        found = [r for r in self.question.records if r.date is NEVER and kind_of(r) is step.record]
        if step.record is RecordStep.DECISION:
            regimes = step.regimes or (self.question.procedure.regime,)
            found = [record for record in found if _regime(record) in regimes]
        return self._acting(step, found)

    def day(self, record: Record, day: DayOf) -> Span | None:
        """A day of a record. Where the only summons does not say to which day it called, that of
        the examination that followed stands for it.
        """
        if day is DayOf.DATE or not isinstance(record, Summons):
            return self.world.on[record.key]
        if record.for_ is None and len(self.all(RecordStep.SUMMONS)) == 1:
            return self.world.first(self.all(RecordStep.EXAMINATION))
        return record.for_

    def sanctions(self) -> list[Decision]:
        """Decisions of the path's regime that impose a sanction and still stand."""
        regime = self.question.procedure.regime
        gone = {key for record in made(self.question.records) if _ends(record) for key in record.of}
        return [
            record
            for record in made(self.question.records)
            if isinstance(record, Decision)
            and _regime(record) == regime
            and record.result is DecisionResult.SANCTION
            and record.key not in gone
        ]

    def holds(self, circumstance: Circumstance) -> bool | None:
        """Whether the records show a circumstance; None where that is still open."""
        if circumstance is Circumstance.FIRST_SUMMONS_MISSED:
            return self._first_missed()
        if circumstance is Circumstance.BOTH_SUMMONSES_MISSED:
            came = [known(record.appeared) for record in self._summonses()]
            if came.count(False) > 1:
                return True
            return None if len(came) - came.count(True) > 1 else False
        if circumstance is Circumstance.DISMISSAL_SUSPENDED:
            return bool(self.all(RecordStep.SUSPENSION))
        if circumstance is Circumstance.STATE_LOSS_INDICATED:
            examined = self.all(RecordStep.EXAMINATION)
            signs = {known(one.state_loss) for one in examined if isinstance(one, Examination)}
            return True if True in signs else False if signs == {False} else None
        decisions = self._decisions()
        if circumstance is Circumstance.HIGHER_OFFICIAL_COMPETENT:
            # The file names the direct superior by his place: which post he holds it does not say.
            by = {record.by for record in self.all(RecordStep.EXAMINATION)} - {None}
            return None if by.isdisjoint(record.by for record in decisions) else False
        if any(record.result is DecisionResult.SANCTION for record in decisions):
            return True
        return False if decisions else None

    def _decisions(self) -> list[Decision]:
        """Decisions of the path's regime."""
        regime = self.question.procedure.regime
        return [
            record
            for record in self.all(RecordStep.DECISION)
            if isinstance(record, Decision) and _regime(record) == regime
        ]

    def _summonses(self) -> list[Summons]:
        return [r for r in self.all(RecordStep.SUMMONS) if isinstance(r, Summons)]

    def _first_missed(self) -> bool | None:
        order = self.world.order.get(RecordStep.SUMMONS)
        first = self._summonses() if order is None else [r for r in order if isinstance(r, Summons)]
        came = {known(record.appeared) for record in (first if order is None else first[:1])}
        if came == {False}:
            return True
        # Who was examined came, unless the file says otherwise; who was not summoned missed none.
        examined = bool(self.all(RecordStep.EXAMINATION)) and False not in came
        return False if came <= {True} or examined else None


def _body(record: Record) -> ReportChannel | None:
    """The body that recommends, or to which something is referred."""
    if isinstance(record, Recommendation):
        return record.body
    return record.to if isinstance(record, Referral) else None


def _regime(record: Record) -> str:
    return record.regime if isinstance(record, Decision) else ""


def _ends(record: Record) -> bool:
    """Whether a record takes away what it acts on."""
    return isinstance(record, Revocation) or (
        isinstance(record, Review)
        and record.result in (ReviewResult.REVOKED, ReviewResult.CANCELLED)
    )


def keys(records: Sequence[Record]) -> tuple[str, ...]:
    return tuple(sorted(record.key for record in records))
