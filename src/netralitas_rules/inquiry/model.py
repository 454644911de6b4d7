"""Values of an inquiry: what would settle a case."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from netralitas_rules.decision.model import FindingStatus, Outcome

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
    sets: tuple[FactSet, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What would settle a case."""

    format: int
    incident: str | None
    as_of: str
    outcome: Outcome
    findings: tuple[OpenFinding, ...]
    paths: tuple[OpenPath, ...]

    def to_json(self) -> str:
        """As JSON; its schema is `netralitas schema inquiry`."""
        return adapter().dump_json(self).decode()


@cache
def adapter() -> TypeAdapter[Inquiry]:
    """Reads and writes inquiries as JSON."""
    return TypeAdapter(Inquiry)
