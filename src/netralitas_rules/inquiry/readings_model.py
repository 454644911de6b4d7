"""What a report comes to under other readings of the law: frozen values, written as JSON."""

from dataclasses import dataclass

from netralitas_rules.decision.model import FindingStatus, Outcome, SubjectOutcome


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading of a question."""

    question: str
    reading: str


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that comes to another status; `not_met` also where it does not arise."""

    id: str
    subject: str
    act: str | None
    beneficiary: str | None
    before: FindingStatus
    after: FindingStatus


@dataclass(frozen=True, slots=True)
class PathChange:
    """A sanction path of a subject that opens, closes, or becomes certain or uncertain."""

    id: str
    subject: str
    before: str
    """A status of a path, or `none`."""
    after: str


@dataclass(frozen=True, slots=True)
class Under:
    """What a report comes to under some readings, all other questions as they are taken."""

    readings: tuple[Choice, ...]
    outcomes: tuple[SubjectOutcome, ...]
    findings: tuple[FindingChange, ...]
    """What is otherwise than in the decision."""
    paths: tuple[PathChange, ...]
    excluded: bool = False
    """The stated facts exclude these readings: then there is no outcome."""


@dataclass(frozen=True, slots=True)
class QuestionReadings:
    """A question that decides alone, with what follows under each of its readings."""

    id: str
    taken: str | None
    chosen_by: str
    """As of a decisive question of a decision."""
    binding_from: str | None
    """First day on which the decision that fixed the reading taken binds, where it names one."""
    readings: tuple[Under, ...]
    """Every reading, also the one taken."""


@dataclass(frozen=True, slots=True)
class OutcomeInLaw:
    """The outcome of a subject, and whether every reading of every question gives the same."""

    subject: str
    outcome: Outcome
    settled: bool
    possible: tuple[Outcome, ...]
    """What the combinations of readings that were looked at give."""


@dataclass(frozen=True, slots=True)
class FindingInLaw:
    """The status of a finding, and whether it is settled in law: open for want of a fact can be
    settled in law as well.
    """

    id: str
    subject: str
    act: str | None
    beneficiary: str | None
    status: FindingStatus
    settled: bool
    possible: tuple[FindingStatus, ...]


@dataclass(frozen=True, slots=True)
class PathInLaw:
    """The status of a sanction path (or `none`), and whether it is settled in law."""

    id: str
    subject: str
    status: str
    settled: bool
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """What a report comes to under every reading of the open questions of law."""

    questions: tuple[QuestionReadings, ...]
    """Those that decide alone: another reading changes an outcome, a finding or a path."""
    together: tuple[Under, ...]
    """Readings of several questions under which something comes to what it comes to under no part
    of them, the smallest sets first.
    """
    outcomes: tuple[OutcomeInLaw, ...]
    findings: tuple[FindingInLaw, ...]
    paths: tuple[PathInLaw, ...]
    cut: bool = False
    """Too many combinations: what is marked settled is, but other things may be too, and
    `together` may lack some.
    """
