"""What differs between two rulesets, as plain values: frozen, stable in order, written as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from netralitas_rules.decision.model import Change, RulesetRef

FORMAT = 1


class Edit(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class TargetKind(StrEnum):
    """What an outcome is about."""

    RULE = "rule"
    PATH = "path"
    CONSTRAINT = "constraint"


class Target(NamedTuple):
    """A rule, a row of sanctions or a constraint, by its id."""

    kind: TargetKind
    id: str


class Verdict(StrEnum):
    """`same` is proved; `undecided`: the search was cut, or a difference found no report."""

    CHANGES = "changes"
    SAME = "same"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One thing that is written otherwise: `path` leads to it inside the item `id`."""

    section: str
    id: str
    path: tuple[str, ...]
    edit: Edit
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Witness:
    """Stated facts under which the two differ. None of them can be left out."""

    facts: Mapping[str, Any]
    """Values by path of the codebook, as `but` of a scenario has them."""
    as_of: str
    readings: Mapping[str, str]
    """Readings taken on both sides, where they are others than the rulesets' own."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What can come out otherwise, with a report that shows it."""

    kind: TargetKind
    id: str
    verdict: Verdict
    witness: Witness | None = None
    why: str = ""
    """Undecided: `cut`, or `no-report` where no report was found for a difference."""


@dataclass(frozen=True, slots=True)
class Proved:
    """How many rules, rows and constraints of both cannot come out otherwise."""

    rules: int
    paths: int


@dataclass(frozen=True, slots=True)
class Archived:
    """An archived report that comes out otherwise (or is refused by one side)."""

    file: str
    record: int
    incident: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """Archived reports that were decided under both."""

    as_of: str
    reports: int
    unreadable: int
    changed: tuple[Archived, ...]


@dataclass(frozen=True, slots=True)
class RulesetDiff:
    """What is otherwise in the second ruleset: as it is written, and as it decides."""

    format: int
    old: RulesetRef
    new: RulesetRef
    documents: tuple[DocumentChange, ...]
    effects: tuple[Effect, ...]
    """Rules, sanction rows and constraints that can come out otherwise, or are undecided."""
    proved: Proved
    archive: Archive | None = None

    def text(self, *, lang: str = "id") -> str:
        """The comparison as text, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.analysis.diff_text import render

        return render(self, lang=lang)

    def to_json(self) -> str:
        """The comparison as JSON."""
        return adapter().dump_json(self, indent=2).decode()


@cache
def adapter() -> TypeAdapter[RulesetDiff]:
    """Writes comparisons as JSON."""
    return TypeAdapter(RulesetDiff)
