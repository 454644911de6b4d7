"""Values of an inquiry: what would settle a case."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from netralitas_rules.decision.model import (
    Citation,
    FindingStatus,
    Outcome,
    RulesetRef,
    WithWords,
)
from netralitas_rules.inquiry.readings_model import Readings
from netralitas_rules.inquiry.unused import UnusedFact
from netralitas_rules.law.model import Level, Regime, RuleKind, Text

FORMAT = 1


class Effect(StrEnum):
    """What becomes certain."""

    ESTABLISH = "establish"
    """The finding is met."""
    CLEAR = "clear"
    """It is not met."""


@dataclass(frozen=True, slots=True)
class NeededFact:
    """One fact of a set, and what it would have to be."""

    fact: str
    place: str
    """Where it would be stated in this report (`acts[1].medium`)."""
    values: tuple[str, ...]
    """Codes of which any will do; empty where it only has to be stated."""
    says: Text
    """The fact and these values in words."""
    example: Any
    """One of them as a report states it."""


@dataclass(frozen=True, slots=True)
class FactSet:
    """Facts that together settle a finding, and none of which is too many."""

    effect: Effect
    facts: tuple[NeededFact, ...]


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that is open, with every smallest set of facts that settles it."""

    id: str
    title: Text
    kind: RuleKind
    subject: str
    act: str | None
    beneficiary: str | None
    status: FindingStatus
    sets: tuple[FactSet, ...]
    """The shortest first; none where only a question of law is open."""
    cut: bool = False
    """It turns on more facts than are searched: there are sets that are not listed."""


@dataclass(frozen=True, slots=True)
class OpenPath:
    """A sanction path that may follow, with the sets that settle whether it does."""

    id: str
    subject: str
    regime: Regime
    level: Level | None
    sets: tuple[FactSet, ...]
    cut: bool = False


class AnswerKind(StrEnum):
    """What an answer to a question is."""

    ONE = "one"
    """One of the values."""
    SEVERAL = "several"
    """All of the values that hold: a list."""
    DATE = "date"
    """A day, a month, a year or a span; for what may not have happened also `none`."""
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Lead:
    """What an answer does to one finding, or to one sanction path."""

    id: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer, and what follows from it."""

    values: tuple[str, ...]
    """Codes of the values from which the same follows."""
    example: Any
    """One of them as a report states it."""
    label: Text
    outcome: Outcome | None
    """None where it was not tried: the question has too many answers on too many days."""
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The question that brings a case nearest to its end, and why it matters."""

    fact: str
    place: str
    label: Text
    question: Text
    kind: AnswerKind
    allowed: tuple[str, ...]
    """Values that may be answered; empty for dates and numbers."""
    supplied_by: Text
    waiting: tuple[str, ...]
    """Rules and sanction rows that wait for it."""
    basis: tuple[str, ...]
    """Provisions that make it matter: those of the elements that read it, or the norm."""
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A fact that is worth asking for, the most telling first."""

    fact: str
    place: str
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inquiry(WithWords):
    """What would settle a case."""

    format: int
    incident: str | None
    as_of: str
    ruleset: RulesetRef
    outcome: Outcome
    findings: tuple[OpenFinding, ...]
    paths: tuple[OpenPath, ...]
    ranked: tuple[Ranked, ...]
    """Every fact that can still change something; none where nothing can."""
    next: NextQuestion | None
    readings: Readings | None
    """What every reading of the law gives; None where it was not asked."""
    unused: tuple[UnusedFact, ...] | None
    """What was stated and nothing read; None where it was not asked."""
    citations: tuple[Citation, ...]

    def to_json(self) -> str:
        """As JSON; its schema is `netralitas schema inquiry`."""
        return adapter().dump_json(self).decode()

    def text(self, *, lang: str = "id") -> str:
        """As text, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.inquiry import render

        return render(self, self._words, lang=lang)

    def question_text(self, *, lang: str = "id") -> str:
        """The next question alone, as text; empty where there is none."""
        from netralitas_rules.explain.inquiry import question

        return question(self, self._words, lang=lang)


@cache
def adapter() -> TypeAdapter[Inquiry]:
    """Reads and writes inquiries as JSON."""
    return TypeAdapter(Inquiry)
