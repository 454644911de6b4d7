"""Values of a decision. They carry ids, codes and short labels; prose is made in `explain`.

Every tuple is in a stable order, so that the same incident gives the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from pydantic import TypeAdapter

from netralitas_rules.facts.vocabulary import EvidenceKind
from netralitas_rules.law.model import Level, Mark, Regime, RestsOn, Text, TextState

if TYPE_CHECKING:
    from netralitas_rules.explain.words import Words

FORMAT = 1


class FindingStatus(StrEnum):
    """Status of a finding; `elements_met` means that only an exception is still open."""

    MET = "met"
    ELEMENTS_MET = "elements_met"
    OPEN = "open"
    NOT_MET = "not_met"


class ElementStatus(StrEnum):
    MET = "met"
    OPEN = "open"
    NOT_MET = "not_met"
    NOT_RAISED = "not_raised"
    """Exceptions only: nobody stated a fact that brings it up."""


class PathStatus(StrEnum):
    FOLLOWS = "follows"
    MAY_FOLLOW = "may_follow"


class Outcome(StrEnum):
    """What the whole incident amounts to, for one subject or for all."""

    MET = "met"
    ELEMENTS_MET = "elements_met"
    OPEN = "open"
    PERMITTED = "permitted_under_conditions"
    NOT_MET = "not_met"
    NO_LISTED_FORM = "no_listed_form"


class CalendarUse(StrEnum):
    """What a calendar of an election said of a contest."""

    READ = "read"
    """Stage or phase come from it."""
    NOT_HELD = "not_held"
    """It does not hold the steps that would tell."""
    NO_CALENDAR = "no_calendar"
    """None covers the contest: stage and phase come from the report alone."""
    DEPARTS = "departs"
    """The stage stated is another, and a note says why."""


class Source(StrEnum):
    """Where knowledge of a fact comes from."""

    STATED = "stated"
    DERIVED = "derived"
    READING = "reading"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Account:
    """What one item of evidence, or the report itself, says of a fact."""

    item: str | None
    """The key of the item, or its number from 1; None is the report itself."""
    kind: EvidenceKind | None
    possible: tuple[str, ...]
    """The values that it allows, written as those of the fact."""
    against: tuple[str | None, ...] = ()
    """The accounts with which it shares no value, named as `item` names them."""


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact that an element reads: what is known of it, and from where."""

    fact: str
    possible: tuple[str, ...]
    """Values still possible; for lists the members certainly in it, `-x` for certainly not."""
    source: Source
    origin: str = ""
    """Place in the incident, ids of the constraints, or how the reading was chosen."""
    accounts: tuple[Account, ...] = ()
    """Who says what of it; empty where no item of evidence speaks of it."""
    disputed: bool = False
    """Whether the accounts leave no value together; then what any of them allows is possible."""


@dataclass(frozen=True, slots=True)
class StandardRead:
    """The standard of evidence that an element is held to, and how far it is reached."""

    id: str
    says: Text
    basis: tuple[str, ...]
    kinds: tuple[EvidenceKind, ...]
    """The kinds of evidence that count; empty where every kind does."""
    at_least: int
    """How many items of those kinds must rule a value out."""
    reached: bool
    missing: tuple[str, ...] = ()
    """Facts behind the element on which fewer of them stand; empty where it is reached."""


@dataclass(frozen=True, slots=True)
class ElementResult:
    """One row of the element matrix."""

    name: str
    label: Text
    status: ElementStatus
    basis: tuple[str, ...]
    facts: tuple[FactRead, ...]
    standard: StandardRead | None = None
    """Below its standard an element is not met, however certain its facts are."""


@dataclass(frozen=True, slots=True)
class GoverningGround:
    """A transition by which a body of law governs, or may."""

    id: str
    says: Text
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoverningBody:
    """A body of law (`pp-94-2021`) that governs, or may."""

    value: str
    grounds: tuple[GoverningGround, ...]
    """Empty where no transition of the ruleset says so: days outside all of them."""


@dataclass(frozen=True, slots=True)
class GoverningLaw:
    """What governs in one respect (`law.discipline`): several bodies while a date is open."""

    fact: str
    bodies: tuple[GoverningBody, ...]
    chosen_by: tuple[FactRead, ...]
    """What is known of the dates (and other facts) that those transitions go by."""
    acts: tuple[str, ...] = ()
    """For which acts and beneficiaries; both empty where it is the same for all."""
    beneficiaries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Part of an uncertain date (and of uncertain law) with the status that holds in it."""

    first: str
    last: str
    law: tuple[str, ...]
    status: FindingStatus | None
    """None where the violation's body of law does not govern."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A form of a named list of the ruleset at which a finding stands."""

    list: str
    number: int
    says: Text
    related: bool = False
    """Not as a row of the form itself: the violation takes what those rows do not reach."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation (permission, consequence) for one subject, act and beneficiary."""

    id: str
    title: Text
    subject: str
    act: str | None
    beneficiary: str | None
    status: FindingStatus
    norm: tuple[str, ...]
    elements: tuple[ElementResult, ...]
    exceptions: tuple[ElementResult, ...]
    periods: tuple[Period, ...] = ()
    """Only where the status differs between them."""
    check: Text | None = None
    """Permissions: what a human still verifies."""
    lists: tuple[ListEntry, ...] = ()
    """Where it stands in the named lists of the ruleset."""


@dataclass(frozen=True, slots=True)
class SanctionPath:
    """A way that the law opens from findings to a sanction."""

    id: str
    subject: str
    status: PathStatus
    regime: Regime
    level: Level | None
    rests_on: RestsOn
    sanctions: tuple[str, ...]
    basis: tuple[str, ...]
    findings: tuple[int, ...]
    """Numbers of the findings (from 0), or behind them of the consequences, it rests on."""
    effective: tuple[str, str] | None = None
    """First and last possible day on which it takes effect, where the law names it."""
    note: Text | None = None
    questions: tuple[str, ...] = ()
    ppk: tuple[str, ...] = ()
    """Provisions that say who the personnel authority is, in force on the date they go by."""


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that could settle what is open."""

    fact: str
    findings: tuple[int, ...]
    """Numbers of the violations (from 0), or behind them of consequences, that wait for it."""
    permissions: tuple[int, ...] = ()
    """Numbers of the permissions that wait for it (from 0)."""
    paths: tuple[int, ...] = ()
    """Numbers of the sanction paths that may follow and wait for it (from 0)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What another reading would change for one finding or path."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OtherReading:
    reading: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class DecisiveQuestion:
    """An open point of law on which this decision turns."""

    id: str
    taken: str | None
    chosen_by: str
    """`default`, `argument`, the decision that fixed it, or empty where none is taken."""
    others: tuple[OtherReading, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision that the decision cites."""

    id: str
    cite: Text
    mark: Mark
    text: TextState
    source: str


@dataclass(frozen=True, slots=True)
class ContestRead:
    """Where stage and phase of a beneficiary's contest come from."""

    use: CalendarUse
    beneficiary: str
    elections: tuple[str, ...]
    acts: tuple[str, ...] = ()
    calendar: str | None = None
    contest: str | None = None
    title: Text | None = None
    facts: tuple[str, ...] = ()
    """READ: stage, phase, or both."""
    not_held: tuple[str, ...] = ()
    """NOT_HELD: steps of which the calendar does not hold the day."""
    stated: tuple[str, ...] = ()
    """DEPARTS: the stage stated, and below that of the calendar."""
    by_calendar: tuple[str, ...] = ()
    note: str | None = None
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectOutcome:
    subject: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RulesetRef:
    name: str
    version: str
    digest: str


class WithWords:
    """Holds the words of the ruleset beside a decision: not compared, not stored, not pickled."""

    __slots__ = ("_words",)
    _words: "Words"
    _without: ClassVar[str] = "it was stored and read back"
    """What to say where the words are gone."""

    @property
    def words(self) -> "Words":
        """The words of its ruleset. Raises `RuntimeError` where it was stored and read back."""
        try:
            return self._words
        except AttributeError:
            raise RuntimeError(self._without) from None


@dataclass(frozen=True, slots=True)
class Decision(WithWords):
    """What the stated facts amount to under one ruleset. It prepares; people decide."""

    _without: ClassVar[str] = (
        "this decision was stored and read back; `ruleset.attach(decision)` gives it the "
        "words of its ruleset again"
    )
    format: int
    incident: str | None
    as_of: str
    ruleset: RulesetRef
    outcome: Outcome
    subjects: tuple[SubjectOutcome, ...]
    law: tuple[GoverningLaw, ...]
    """Which law governs, by which transition and dates."""
    findings: tuple[Finding, ...]
    permissions: tuple[Finding, ...]
    consequences: tuple[Finding, ...]
    """What follows without a breach; numbered on behind the findings."""
    paths: tuple[SanctionPath, ...]
    settle: tuple[OpenFact, ...]
    decisive: tuple[DecisiveQuestion, ...]
    residual: str | None
    """The question of law that stands because no listed form fits."""
    questions: tuple[str, ...]
    """Other open questions that what is cited touches."""
    not_governed: tuple[str, ...]
    """Raised, but their body of law does not govern the date of the act."""
    not_raised: tuple[str, ...]
    citations: tuple[Citation, ...]
    contests: tuple[ContestRead, ...] = ()
    """What calendars of elections said of the contests that findings are about."""

    def __getitem__(self, violation: str) -> Finding:
        """The most established finding of a violation (permission, consequence)."""
        found = list(self.findings_of(violation))
        if not found:
            raise KeyError(violation)
        return min(found, key=lambda f: list(FindingStatus).index(f.status))

    def __contains__(self, violation: object) -> bool:
        return isinstance(violation, str) and any(True for _ in self.findings_of(violation))

    def findings_of(self, violation: str) -> Iterator[Finding]:
        """Every finding of a violation: one per subject, act and beneficiary."""
        return (f for f in self.all_findings if f.id == violation)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Violations, consequences and permissions, in this order."""
        return (*self.findings, *self.consequences, *self.permissions)

    def text(self, *, lang: str = "id") -> str:
        """The decision as text, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.text import render

        return render(self, self.words, lang=lang)

    def to_json(self) -> str:
        """The decision as JSON; its schema is `netralitas schema decision`."""
        return adapter().dump_json(self).decode()

    @staticmethod
    def from_json(text: str | bytes) -> "Decision":
        """A decision from its JSON. `text()` then needs `Ruleset.attach`."""
        return adapter().validate_json(text)

    def _repr_html_(self) -> str:
        from netralitas_rules.explain.html import fragment

        return fragment(self, self.words, lang="id")

    def weak_citations(self) -> tuple[Citation, ...]:
        """Citations that rest on one source, on inference, or on a text not read in full."""
        return tuple(
            c for c in self.citations if c.mark is not Mark.A or c.text is not TextState.SEEN
        )


@cache
def adapter() -> TypeAdapter[Decision]:
    """Reads and writes decisions as JSON."""
    return TypeAdapter(Decision)
