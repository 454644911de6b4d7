"""What a real proceeding comes to: every step of its path, and what was not kept."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.record_vocabulary import Office, Reason, RecordStep
from netralitas_rules.law.model import Mark, Regime, Text
from netralitas_rules.law.procedures import Form, Severity
from netralitas_rules.procedure.deadlines import Deadline


class State(StrEnum):
    """Where a step stands. Of several faults the first of this order names it."""

    MISSING = "missing"
    WITHOUT_AUTHORITY = "without_authority"
    OUT_OF_ORDER = "out_of_order"
    LATE = "late"
    EARLY = "early"
    DEFECTIVE = "defective"
    """A form was not kept."""
    UNKNOWN = "unknown"
    """On record, and something that decides is not: see `gaps` and `may_be`."""
    DONE = "done"
    EXCUSED = "excused"
    NOT_YET_DUE = "not_yet_due"
    """Not on record, and neither its last day nor a later step shows that it is missing."""
    NOT_REQUIRED = "not_required"


class ProceduralCode(StrEnum):
    """What was not kept. Stable: programs and other files use these words."""

    MISSING = "missing"
    WITHOUT_AUTHORITY = "without_authority"
    OUT_OF_ORDER = "out_of_order"
    LATE = "late"
    EARLY = "early"
    DEFECTIVE = "defective"
    REASON_MISSING = "reason_missing"
    SANCTIONED_TWICE = "sanctioned_twice"
    """One breach, two sanctions."""
    SEVERAL_SANCTIONS = "several_sanctions"
    """Several breaches, each with its own sanction."""
    ANOTHER_LAW = "another_law"
    """Decided by a law that does not govern, or under another than the path's."""
    NO_STEP_SINCE = "no_step_since"
    """Nothing on record since a day. It is no proof that nothing was done."""
    DID_NOT_ACT = "did_not_act"
    """A later stage shows that a step was not taken."""


STATES = {
    ProceduralCode.MISSING: State.MISSING,
    ProceduralCode.WITHOUT_AUTHORITY: State.WITHOUT_AUTHORITY,
    ProceduralCode.OUT_OF_ORDER: State.OUT_OF_ORDER,
    ProceduralCode.LATE: State.LATE,
    ProceduralCode.EARLY: State.EARLY,
    ProceduralCode.DEFECTIVE: State.DEFECTIVE,
    ProceduralCode.REASON_MISSING: State.DEFECTIVE,
}
"""The state that a finding about a step gives it."""


class Certainty(StrEnum):
    """Whether what was found holds whatever is still open."""

    CERTAIN = "certain"
    SOME_READINGS = "some_readings"
    """On every day that is possible, under some readings of an open question of law."""
    SOME_DAYS = "some_days"
    """On some of the days that an uncertain date leaves possible."""
    NOT_STATED = "not_stated"
    """It depends on something that the file does not state."""


class Gap(StrEnum):
    """What the file does not state and a step depends on."""

    DATE = "date"
    CALLED_DAY = "called_day"
    """The day to which a summons calls."""
    EVENT = "event"
    """The day of what a deadline runs from, which no record has."""
    ORDER = "order"
    """Which of several records came first, or which of them is meant."""
    OFFICE = "office"
    ROLE = "role"
    """Whether the office named is also the one that the law names."""
    DESIGNATION = "designation"
    AUTHORITY = "authority"
    """The tables of authority do not settle who may decide."""
    APPEARANCE = "appearance"
    RESULT = "result"
    """Whether a sanction is imposed."""
    LEVEL = "level"
    STATE_LOSS = "state_loss"
    """Whether an examination shows signs of a loss to the state."""


@dataclass(frozen=True, slots=True)
class ProceduralFinding:
    """One thing that the law asks and that the file does not show as kept."""

    code: ProceduralCode
    severity: Severity
    certainty: Certainty
    asks: Text
    """What the law asks."""
    step: str | None = None
    """The step of the procedure; None where the proceeding as a whole is meant."""
    records: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    mark: Mark = Mark.A
    """The weakest of the basis."""
    form: Form | None = None
    reason: Reason | None = None
    day: Span | None = None
    """What the file shows: the day of the step."""
    against: Span | None = None
    """The day that it is held against: of the step before, of what the deadline runs from."""
    last: datetime.date | None = None
    """The earliest last day that a possible day and an open reading give."""
    latest: datetime.date | None = None
    """The latest."""
    readings: tuple[tuple[str, str], ...] = ()
    """Question and reading, where only some readings lead here."""
    by: tuple[Office, ...] = ()
    """Who did it."""
    offices: tuple[Office, ...] = ()
    """Who may."""
    value: str = ""
    """What the file has: a sanction, a level, a number, a regulation."""
    deadline: str | None = None
    before: str | None = None
    """The step that has to come first, or whose day it has to await."""


@dataclass(frozen=True, slots=True)
class StepCheck:
    """One step of the path, and what the file shows of it."""

    id: str
    says: Text
    record: RecordStep
    state: State
    may_be: tuple[State, ...]
    """Faults that what is still open could give it."""
    basis: tuple[str, ...]
    """Provisions in force on its day; on the day of the question where it has none."""
    records: tuple[str, ...]
    on: Span | None
    """Its day: of several records the first."""
    last: datetime.date | None
    latest: datetime.date | None
    """The last day, where a deadline runs: the earliest and the latest that is possible."""
    deadlines: tuple[Deadline, ...]
    gaps: tuple[Gap, ...]
    not_stated: tuple[Form | Reason, ...]
    """Forms and reasons on which the file is silent."""


@dataclass(frozen=True, slots=True)
class Proceeding:
    """A proceeding beside its path. Missing items are findings; nobody's guilt is one."""

    regime: Regime
    regulation: str
    procedure: str | None
    """None where the ruleset has no procedure for it, or several: `others`."""
    others: tuple[str, ...]
    """Procedures that fit as well; the caller names one."""
    steps: tuple[StepCheck, ...]
    findings: tuple[ProceduralFinding, ...]
    questions: tuple[str, ...]
    """Open questions that the procedure names or a finding turns on."""

    def step(self, name: str) -> StepCheck:
        """The step of this name. Raises KeyError."""
        found = {step.id: step for step in self.steps}
        return found[name]
