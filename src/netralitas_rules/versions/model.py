"""Values of a version matrix: ids, codes and short labels, in a stable order.

A version is a combination of bodies of law that stood side by side at some time (GR 53/2010 with
Law 5/2014, say). Only what changes with time is told apart; all other facts stay as stated.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter

from netralitas_rules.decision.model import (
    Citation,
    FindingStatus,
    GoverningLaw,
    Outcome,
    PathStatus,
    RulesetRef,
    WithWords,
)
from netralitas_rules.law.model import Level, Regime, RestsOn, Text

FORMAT = 1


class Governs(StrEnum):
    """Whether a version governs the incident."""

    YES = "governs"
    MAY = "may_govern"
    """A date (or a reading) that decides is open."""
    NO = "does_not_govern"


class Difference(StrEnum):
    """What a version would mean for the person, against the one that it is compared with."""

    SAME = "same"
    HARSHER = "harsher"
    MILDER = "milder"
    NOT_MILDER = "not_milder"
    """As heavy or harsher, as what is still open turns out."""
    NOT_HARSHER = "not_harsher"
    OTHER_KINDS = "other_kinds"
    """The same regimes and levels, with other kinds of sanction; the law does not rank them."""
    UNDETERMINED = "undetermined"
    """What is open decides, or it is a sanction that the law held here does not rank."""


@dataclass(frozen=True, slots=True)
class BodyOfLaw:
    """`law.discipline` and `pp-94-2021`, with the names of both."""

    fact: str
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Supposed:
    """A date that is otherwise in this version than in the incident, as codes of days."""

    fact: str
    label: Text
    days: tuple[str, ...]
    says: Text


@dataclass(frozen=True, slots=True)
class VersionFinding:
    """One violation, permission or consequence under this version."""

    id: str
    title: Text
    act: str | None
    beneficiary: str | None
    status: FindingStatus


@dataclass(frozen=True, slots=True)
class VersionPath:
    """A sanction path under this version."""

    id: str
    status: PathStatus
    regime: Regime
    level: Level | None
    rests_on: RestsOn
    sanctions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectVersion:
    """What a version comes to for one person."""

    subject: str
    outcome: Outcome
    violations: tuple[VersionFinding, ...]
    permissions: tuple[VersionFinding, ...]
    consequences: tuple[VersionFinding, ...]
    paths: tuple[VersionPath, ...]
    difference: Difference | None
    """None for the version that the others are compared with."""


@dataclass(frozen=True, slots=True)
class Version:
    """One combination of bodies of law."""

    law: tuple[BodyOfLaw, ...]
    governs: Governs
    supposed: tuple[Supposed, ...]
    """The dates under which it would govern; empty where it does, or may."""
    subjects: tuple[SubjectVersion, ...]


@dataclass(frozen=True, slots=True)
class Versions(WithWords):
    """The version matrix of an incident."""

    format: int
    incident: str | None
    as_of: str
    ruleset: RulesetRef
    law: tuple[GoverningLaw, ...]
    """Which law governs, by which transition and dates."""
    compared_with: int
    """Number (from 0) of the version that the others are compared with."""
    versions: tuple[Version, ...]
    """From the oldest law to the newest."""
    citations: tuple[Citation, ...]

    def text(self, *, lang: str = "id") -> str:
        """The matrix as text, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.versions import render

        try:
            words = self._words
        except AttributeError:
            raise RuntimeError(
                "this matrix was read back from JSON; ask `ruleset.versions` again for a text"
            ) from None
        return render(self, words, lang=lang)

    def to_json(self) -> str:
        """The matrix as JSON; its schema is `netralitas schema versions`."""
        return adapter().dump_json(self).decode()

    @staticmethod
    def from_json(text: str | bytes) -> "Versions":
        """A matrix from its JSON."""
        return adapter().validate_json(text)


@cache
def adapter() -> TypeAdapter[Versions]:
    """Reads and writes matrices as JSON."""
    return TypeAdapter(Versions)
