"""Values of a decided case. They carry ids and codes; prose is made in `explain`."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import ClassVar

from pydantic import TypeAdapter

from netralitas_rules.case.acting import PathActors, SanctionRemedies
from netralitas_rules.case.imposed import Imposed
from netralitas_rules.case.proceeding_model import Proceeding
from netralitas_rules.case.regimes import RegimeOutcome
from netralitas_rules.case.repeat import Repeat
from netralitas_rules.decision.model import Citation, Decision, Outcome, RulesetRef, WithWords
from netralitas_rules.history.durable import EngineRun
from netralitas_rules.history.model import Activation, RecordFact

FORMAT = 1


class CaseCode(StrEnum):
    """What is noticed about a case. Stable."""

    CHANNELS_CONTRADICT = "channels-contradict"
    """Two reports say of one fact what cannot both be."""
    NOT_JOINED = "not-joined"
    """Reports of one event cannot be true together; each is decided alone."""
    NO_DECISION_POSSIBLE = "no-decision-possible"
    """The facts of a report cannot be: it contradicts itself or the law."""
    NO_REPORT = "no-report"
    """Something was done about which no report is on record."""
    SANCTIONED_TWICE = "sanctioned-twice"
    """More than one sanction of a regime that allows one stands on one matter."""
    SANCTION_WITHOUT_PATH = "sanction-without-path"
    """No path of the law, certain or possible, leads to a sanction of this regime."""
    OTHER_LEVEL = "other-level"
    """The level imposed is none that the law opens."""
    NOT_HEAVIER = "not-heavier"
    """A repeat was given a kind that is not heavier than the last sanction."""
    REMEDY_LATE = "remedy-late"
    """An objection or appeal came after its last day."""
    REMEDY_MAY_BE_LATE = "remedy-may-be-late"
    """It did on some of the days, or under some of the readings, that are possible."""
    REMEDY_UNANSWERED = "remedy-unanswered"
    """No decision on an objection or appeal is on record, though the last day for it is past."""
    SUPERIOR_DID_NOT_ACT = "superior-did-not-act"
    NOT_IN_RULESET = "not-in-ruleset"
    """A kind of sanction, regulation or provision that the ruleset does not have: nothing is held
    against it.
    """


@dataclass(frozen=True, slots=True)
class CaseFinding:
    """Something that whoever decides has to look at. It proves nothing by itself."""

    code: CaseCode
    matter: str | None
    records: tuple[str, ...]
    """Keys of the reports and records that it is about."""
    basis: tuple[str, ...] = ()
    about: str = ""
    """A place in a report, an office, a regime: what the code is about."""
    found: tuple[str, ...] = ()
    """What stands there."""


@dataclass(frozen=True, slots=True)
class ActDays:
    """An act of a decision, by its name there, and the days on which it may lie."""

    act: str
    event: str | None
    conduct: str | None
    """None where it is not one thing for certain."""
    days: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class MatterDecision:
    """The decision on all reports of a matter together, or on one of them alone."""

    report: str | None
    decision: Decision
    acts: tuple[ActDays, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One event as all channels report it, and everything done about it."""

    key: str
    reports: tuple[str, ...]
    records: tuple[str, ...]
    outcome: Outcome | None
    """None where nothing can be decided."""
    decisions: tuple[MatterDecision, ...]


@dataclass(frozen=True, slots=True)
class MatterProceeding:
    """What was done about a matter under one regime, beside the steps of its path."""

    matter: str
    proceeding: Proceeding


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that follows from the record, and why."""

    fact: RecordFact
    ways: tuple[Activation, ...]


class EntryKind(StrEnum):
    SERVICE = "service"
    ACT = "act"
    REPORT = "report"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    kind: EntryKind
    key: str
    """Of the report or record; for an act the name it has in the decision; for a stretch of service
    its number.
    """
    days: tuple[str, str] | None
    """The first and last possible day; None where it is not known, or may not have happened."""
    matter: str | None
    says: tuple[str, ...]
    """Codes of what it was: conduct, channel, step, office, level and kind of sanction."""


@dataclass(frozen=True, slots=True)
class CaseDecision(WithWords):
    """What a whole file amounts to under one ruleset. It prepares; people decide."""

    _without: ClassVar[str] = "this case was stored and read back; decide it again to show it"
    format: int
    case: str | None
    person: str
    as_of: str
    ruleset: RulesetRef
    matters: tuple[Matter, ...]
    regimes: tuple[RegimeOutcome, ...]
    """What is still to be decided, in every regime."""
    repeats: tuple[Repeat, ...]
    actors: tuple[PathActors, ...]
    """Who may act on every path that is left, if it is decided on the day of the question."""
    sanctions: tuple[Imposed, ...]
    remedies: tuple[SanctionRemedies, ...]
    """What stands open against the sanctions that stand."""
    proceedings: tuple[MatterProceeding, ...]
    findings: tuple[CaseFinding, ...]
    timeline: tuple[Entry, ...]
    """Everything on record in the order of time; what has no day stands last."""
    followed: tuple[Followed, ...]
    """What follows from the record by forward chaining: matters joined, chains, repeats."""
    engines: EngineRun | None
    """How the second engine answered; None where it was not asked."""
    citations: tuple[Citation, ...]
    """Provisions on which the relations, repeats and findings rest, as far as they are in force."""
    questions: tuple[str, ...]
    """Open questions of law on which they turn."""

    def text(self, *, lang: str = "id") -> str:
        """The case as text, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.case_text import render

        return render(self, self.words, lang=lang)

    def svg(self, *, lang: str = "id") -> str:
        """The timeline as a picture (SVG), in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.case_svg import picture

        return picture(self, self.words, lang=lang)

    def to_json(self) -> str:
        """The case as JSON; its schema is `netralitas schema case`."""
        return adapter().dump_json(self).decode()


@cache
def adapter() -> TypeAdapter[CaseDecision]:
    """Reads and writes decided cases as JSON."""
    return TypeAdapter(CaseDecision)
