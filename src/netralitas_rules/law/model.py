"""Values of the law: what a ruleset says about regulations, open questions and sanctions."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.facts.vocabulary import EvidenceKind


class Mark(StrEnum):
    """How well a provision is attested."""

    A = "A"
    B = "B"
    C = "C"


class TextState(StrEnum):
    """Whether the official text was read."""

    SEEN = "seen"
    SUMMARY = "summary"
    UNSEEN = "unseen"


class GoverningDate(StrEnum):
    """The date that decides whether a provision applies."""

    ACT = "act"
    EXAMINATION = "examination"
    DECISION = "decision"
    RECEIPT = "receipt"
    JOINING = "joining"
    DETERMINATION = "determination"
    REPORT = "report"


class QuestionKind(StrEnum):
    COMPUTED = "computed"
    DISCRETION = "discretion"
    NOTE = "note"


class Regime(StrEnum):
    ETHICS = "ethics"
    DISCIPLINE = "discipline"
    DISMISSAL = "dismissal"
    CANDIDATE = "candidate"
    CONTRACT = "contract"
    REFERRAL = "referral"


class Level(StrEnum):
    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"


class RestsOn(StrEnum):
    """On what the level of a sanction rests."""

    REGULATION = "regulation"
    DECREE = "decree"
    ANALOGY = "analogy"
    READING = "reading"


class RuleKind(StrEnum):
    """What it means that a rule applies."""

    VIOLATION = "violation"
    PERMISSION = "permission"
    CONSEQUENCE = "consequence"
    """What follows without any breach: an honourable dismissal, a referral."""


class Scope(StrEnum):
    """One finding per ..."""

    BENEFICIARY = "beneficiary"
    ACT = "act"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in Indonesian and English."""

    id: str
    en: str

    def in_language(self, lang: str) -> str:
        return self.en if lang == "en" else self.id


@dataclass(frozen=True, slots=True)
class Validity:
    """Days on which something holds, both ends included; None is open."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    @property
    def span(self) -> tuple[datetime.date, datetime.date]:
        """First and last day; an open end is that of the calendar."""
        return self.first or datetime.date.min, self.last or datetime.date.max

    @property
    def some_day(self) -> bool:
        """Whether there is any day in it."""
        return self.span[0] <= self.span[1]

    def within(self, other: "Validity") -> "Validity":
        """The days that lie in both."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        return Validity(max(firsts, default=None), min(lasts, default=None))

    def meets(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether any day of `first`..`last` lies inside."""
        return (self.first is None or last >= self.first) and (
            self.last is None or first <= self.last
        )


@dataclass(frozen=True, slots=True)
class Instrument:
    """A regulation, decree, circular or letter."""

    id: str
    title: Text
    short: Text
    validity: Validity


@dataclass(frozen=True, slots=True)
class Provision:
    """One article (down to huruf and angka) or one row of a decree."""

    id: str
    instrument: Instrument
    cite: Text
    says: Text
    mark: Mark
    text: TextState
    source: str
    governs: tuple[GoverningDate, ...]
    """It must be in force on one of these dates."""
    validity: Validity


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an open point of law."""

    id: str
    says: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A reading that an institution has fixed by a decision of its own."""

    reading: str
    decision: str
    first: datetime.date | None = None
    """First day on which it binds; None is always."""

    def binds(self, day: datetime.date | None) -> bool:
        """Whether it binds on a day; None asks for what binds at last."""
        return day is None or self.first is None or self.first <= day


@dataclass(frozen=True, slots=True)
class Question:
    """An open point of law with its readings."""

    id: str
    kind: QuestionKind
    asks: Text
    readings: tuple[Reading, ...]
    default: str | None
    why: Text
    about: tuple[str, ...] = ()
    fixed: Fixed | None = None
    """Set where an overlay has fixed the reading."""

    def taken(self, day: datetime.date | None = None) -> tuple[str | None, str]:
        """The reading taken on a day, and who chose it: a decision, or `default`."""
        if self.fixed is not None and self.fixed.binds(day):
            return self.fixed.reading, self.fixed.decision
        return self.default, "default" if self.default is not None else ""


@dataclass(frozen=True, slots=True)
class Standard:
    """How much evidence must stand behind an element."""

    id: str
    says: Text
    basis: tuple[str, ...]
    kinds: tuple[EvidenceKind, ...]
    """The kinds of evidence that count; empty where every kind does."""
    at_least: int
    """How many items must rule a value out."""


@dataclass(frozen=True, slots=True)
class SanctionKind:
    id: str
    says: Text
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One form of a named list, and the violations under which it falls."""

    number: int
    """From 1, in the order of the list."""
    says: Text
    prospective: tuple[str, ...]
    """For a prospective candidate."""
    candidate: tuple[str, ...]
    """For a determined candidate."""
    rows: tuple[str, ...]
    """At any stage."""
    related: tuple[str, ...]
    """Violations that are no rows of the form, and take what its rows do not reach."""
    note: Text | None


@dataclass(frozen=True, slots=True)
class NamedList:
    """Forms of violation as an institution itself announced them, in its own order."""

    id: str
    title: Text
    short: Text
    mark: Mark
    text: TextState
    source: str
    validity: Validity
    items: tuple[ListItem, ...]


def cite(short: Text, parts: list[str]) -> Text:
    """`PP 94/2021 Pasal 5 huruf n angka 5`, built from the parts of an id.

    First part the Pasal, a number right after it the ayat, a letter the huruf, a number after a
    letter the angka. A first part that is no number (`B7`) is a row of the decree's annex.
    """
    if not parts:
        return short
    if not re.fullmatch(r"\d+[a-z]?", parts[0]):
        row = " ".join(parts)
        return Text(f"{short.id} Lampiran II baris {row}", f"{short.en} Annex II row {row}")
    id_words, en_words = [f"{short.id} Pasal {parts[0]}"], [f"{short.en} Article {parts[0]}"]
    after_letter = False
    for part in parts[1:]:
        if part.isdigit() and not after_letter:
            id_words.append(f"ayat ({part})")
            en_words.append(f"paragraph ({part})")
        elif part.isdigit():
            id_words.append(f"angka {part}")
            en_words.append(f"number {part}")
        else:
            id_words.append(f"huruf {part}")
            en_words.append(f"letter {part}")
            after_letter = True
    return Text(" ".join(id_words), " ".join(en_words))
