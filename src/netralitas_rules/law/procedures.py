"""Values of the law on procedure: the steps of a path, who takes them, by when and in what form."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.facts.record_vocabulary import (
    CaseRegime,
    Office,
    Reason,
    RecordStep,
    TeamMember,
)
from netralitas_rules.facts.vocabulary import ReportChannel, SubjectStatus
from netralitas_rules.law.model import Level, Regime, Text


class Duty(StrEnum):
    """Whether the law asks for a step."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    REQUIRED_WHEN = "required-when"
    """Required at some levels or in some circumstance, optional otherwise."""


class Circumstance(StrEnum):
    """What the records show of the course of the proceeding."""

    FIRST_SUMMONS_MISSED = "first-summons-missed"
    BOTH_SUMMONSES_MISSED = "both-summonses-missed"
    SANCTION_IMPOSED = "sanction-imposed"
    HIGHER_OFFICIAL_COMPETENT = "higher-official-competent"
    """Another than who examined decides."""
    DISMISSAL_SUSPENDED = "dismissal-suspended"
    """The dismissal of who resigned was suspended."""
    STATE_LOSS_INDICATED = "state-loss-indicated"
    """An examination shows signs of an abuse of authority that cost the state money."""


class Severity(StrEnum):
    """What it means that a rule of procedure was not kept, as far as the law says so."""

    BARS = "bars"
    """The law itself says that there is no sanction without it."""
    DEFECT = "defect"
    """The law demands it and does not say what follows."""
    NOTE = "note"
    """Nothing that the law demands of whoever decides: something to look at."""


class DayOf(StrEnum):
    """Which day of a record is meant."""

    DATE = "date"
    FOR = "for"
    """Of a summons: the day of the examination to which it calls."""


class Form(StrEnum):
    """What the law asks of the form of a step."""

    MINUTES_WRITTEN = "minutes-written"
    SIGNED_BY_EXAMINER = "signed-by-examiner"
    SIGNED_BY_PERSON = "signed-by-person"
    """Signed, or the refusal to sign is on record: it is no bar."""
    CLOSED = "closed"
    EXAMINER_NOT_LOWER = "examiner-not-lower"
    TEAM_ELEMENTS = "team-elements"
    HIGHER_SUPERIOR = "higher-superior"
    """A direct superior who is involved does not sit in the team."""
    COUNCIL_OFFICERS = "council-officers"
    COUNCIL_SIZE = "council-size"
    COUNCIL_ODD = "council-odd"
    COUNCIL_NOT_LOWER = "council-not-lower"
    COUNCIL_FORMED = "council-formed"
    """Formed by the personnel authority (PPK)."""
    COUNCIL_VOTE = "council-vote"
    """Decided by consensus, or else by majority."""
    DEFENCE_HEARD = "defence-heard"
    BREACH_FOUND = "breach-found"
    RECOMMENDED = "recommended"
    KIND_OF_LEVEL = "kind-of-level"
    LEVEL_OF_BREACH = "level-of-breach"
    RESTS_ON_REPORT = "rests-on-report"
    HANDED_BY = "handed-by"
    """By who decided, or another official who was designated."""
    SENT_IF_ABSENT = "sent-if-absent"


_EXAMINATION = frozenset({RecordStep.EXAMINATION})
_TEAM = frozenset({RecordStep.TEAM})
_HEARING = frozenset({RecordStep.COUNCIL_HEARING})
_COUNCIL = frozenset({RecordStep.COUNCIL_DECISION})
_DECISION = frozenset({RecordStep.DECISION})
_DELIVERY = frozenset({RecordStep.DELIVERY})

RECORDS_OF_FORMS: Mapping[Form, frozenset[RecordStep]] = {
    Form.MINUTES_WRITTEN: _EXAMINATION,
    Form.SIGNED_BY_EXAMINER: _EXAMINATION,
    Form.SIGNED_BY_PERSON: _EXAMINATION,
    Form.CLOSED: _EXAMINATION,
    Form.EXAMINER_NOT_LOWER: _EXAMINATION,
    Form.TEAM_ELEMENTS: _TEAM,
    Form.HIGHER_SUPERIOR: _TEAM,
    Form.COUNCIL_OFFICERS: _HEARING,
    Form.COUNCIL_SIZE: _HEARING,
    Form.COUNCIL_ODD: _HEARING,
    Form.COUNCIL_NOT_LOWER: _HEARING,
    Form.COUNCIL_FORMED: _HEARING,
    Form.COUNCIL_VOTE: _COUNCIL,
    Form.DEFENCE_HEARD: _HEARING,
    Form.BREACH_FOUND: _DECISION,
    Form.RECOMMENDED: _DECISION,
    Form.KIND_OF_LEVEL: _DECISION,
    Form.LEVEL_OF_BREACH: _DECISION,
    Form.RESTS_ON_REPORT: _DECISION,
    Form.HANDED_BY: _DELIVERY,
    Form.SENT_IF_ABSENT: _DELIVERY,
}
"""On which records a form can be seen."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that the law asks, and what it means that it was not kept."""

    says: Text
    basis: tuple[str, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class FormRule:
    """A form that a step must have."""

    form: Form
    demand: Demand
    question: str | None = None
    at_least: tuple[tuple[str, int], ...] = ()
    """The least number by reading of `question`; one, without a reading, where the law settles."""
    above: int = 0
    """Of an odd number: it is asked above this one."""
    elements: tuple[tuple[TeamMember, ...], ...] = ()
    """Of a team: one member of each of these is needed."""


@dataclass(frozen=True, slots=True)
class ReasonRule:
    """What the reasons of a decision must state."""

    states: Reason
    demand: Demand
    when: Circumstance | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline of the section `deadlines` that a step has to keep."""

    deadline: str
    from_step: str | None
    """The step from whose day it runs; None where no record has that day (proof, discovery)."""
    from_day: DayOf
    day: DayOf
    """The day of the step that has to lie within it."""
    unless: Circumstance | None = None
    """It does not run where this certainly holds."""


@dataclass(frozen=True, slots=True)
class ByReading:
    """Who may take a step beside those whom the law names, by reading of an open question."""

    question: str
    offices: tuple[tuple[str, tuple[Office, ...]], ...]


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """One step of a path."""

    id: str
    says: Text
    record: RecordStep
    duty: Duty
    basis: tuple[str, ...]
    severity: Severity
    """What it means that it is missing, or out of order."""
    by: tuple[Office, ...] = ()
    by_reading: ByReading | None = None
    or_designated: bool = False
    """Whether somebody whom that office designated may do it too."""
    by_authority: bool = False
    """Whether the tables of authority say who may."""
    nth: int | None = None
    """Of several records of its kind the first, or the second, in time."""
    made_by: tuple[Office, ...] = ()
    """Only records that one of these offices made are this step."""
    bodies: tuple[ReportChannel, ...] = ()
    """Only recommendations of one of these bodies, or referrals to one, are this step."""
    regimes: tuple[CaseRegime, ...] = ()
    """Of decisions: under which regime they are this step; empty is that of the procedure."""
    acts_on: str | None = None
    """Only records that act on a record of that step are this step."""
    levels: tuple[Level, ...] = ()
    when: Circumstance | None = None
    excused_by: Circumstance | None = None
    excused_basis: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[tuple[str, DayOf], ...] = ()
    limits: tuple[Limit, ...] = ()
    forms: tuple[FormRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Inaction:
    """Who learned of something has to take a step, for which the law sets no day."""

    id: str
    demand: Demand
    after: RecordStep
    by: tuple[Office, ...]
    expects: tuple[str, ...]
    """Steps of the procedure, of which one has to follow."""
    shown_by: tuple[RecordStep, ...]
    """Later steps that show that it was not taken."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Steps of the law before, for an examination that took place while it was in force."""

    before: datetime.date
    """The first day of the law now in force."""
    record: RecordStep
    """The kind of record that has to lie before it."""
    steps: tuple[ProcedureStep, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of one path under one regulation."""

    id: str
    says: Text
    regime: Regime
    regulation: str
    statuses: tuple[SubjectStatus, ...]
    basis: tuple[str, ...]
    """It is in force while one of these is."""
    steps: tuple[ProcedureStep, ...]
    kinds: tuple[str, ...] = ()
    """The kinds of sanction that it leads to; empty is any of its regime and regulation."""
    reasons: tuple[ReasonRule, ...] = ()
    inactions: tuple[Inaction, ...] = ()
    once: Demand | None = None
    """That one breach is sanctioned once."""
    one_kind: Demand | None = None
    """That several breaches are given one sanction."""
    earlier: Earlier | None = None
    undecided: Demand | None = None
    """That what is still undecided when this law ends passes to the next one."""
    questions: tuple[str, ...] = ()
    note: Text | None = None

    def fits(
        self,
        *,
        regime: Regime,
        regulation: str,
        status: SubjectStatus | None,
        kinds: tuple[str, ...],
    ) -> bool:
        """Whether it is a procedure of this path; an unknown status and no kinds exclude none."""
        return (
            self.regime is regime
            and self.regulation == regulation
            and (status is None or status in self.statuses)
            and (not self.kinds or not kinds or not {*self.kinds}.isdisjoint(kinds))
        )
