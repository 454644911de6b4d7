"""Frames: rows of knowledge, per subject x act x beneficiary x cell of the date x law slice."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from netralitas_rules.engine.plan import Constraint


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of knowledge."""

    known: int
    stated: int
    first: datetime.date
    last: datetime.date
    """The days on which the act may have been, in this frame."""
    constraints: tuple[Constraint, ...]
    reasons: Mapping[int, tuple[str, ...]]
    """Ids of the constraints that narrowed a fact, or paths of the facts that it follows from."""
    departs: Constraint | None = None
    """The step of a calendar that the stated stage departs from, with a note."""


@dataclass(frozen=True, slots=True)
class Group:
    """All frames of one subject, act and beneficiary."""

    subject: int
    act: int | None
    beneficiary: int | None
    frames: tuple[Frame, ...]
