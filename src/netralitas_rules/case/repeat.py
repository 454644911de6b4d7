"""A breach after an earlier sanction for the like: which kinds are heavier than the last one.

Only a sanction that was imposed before the act, of the same regime, and that still stands makes a
repeat. Where days, nature or the order of kinds are not settled, the answer says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netralitas_rules.case.regimes import PathAt
from netralitas_rules.law.model import Level
from netralitas_rules.law.regimes import LEVELS, Heavier, Ladder, heavier


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier sanction of the person."""

    record: str
    """The key of the decision, or `earlier-N` of what a report states."""
    kind: str | None
    """None where it is not stated."""
    level: Level | None
    first: int
    """The first and last possible day on which it was imposed, as ordinals."""
    last: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """An earlier sanction that a path repeats, or may."""

    earlier: str
    certain: bool
    """Whether it was certainly imposed before the act, for the like, and stands."""
    questions: tuple[str, ...] = ()
    """The questions of law on which it turns."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a repeat does to the kinds of sanction of one path."""

    at: PathAt
    certain: bool
    repeats: tuple[Repeated, ...]
    last: tuple[str, ...]
    """The sanction that was the last one; several where their days do not tell."""
    heavier: tuple[str, ...]
    """The kinds that are heavier than the last one."""
    to_compare: tuple[str, ...]
    """Kinds of which no text says whether they are heavier: a person compares."""
    raised_to: Level | None
    """The level at which they stand, where that of the breach has none that is heavier."""
    top: bool
    """Whether nothing on the ladder is heavier."""
    relation: str
    questions: tuple[str, ...]


def repeat(
    at: PathAt,
    *,
    level: Level | None,
    kinds: Sequence[str],
    repeats: Sequence[Repeated],
    earlier: Mapping[str, Earlier],
    ladders: Sequence[Ladder],
    regulation: str,
    level_first: bool | None,
    relation: str,
    questions: Iterable[str] = (),
) -> Repeat | None:
    """What earlier sanctions do to a path; None where it repeats nothing.

    `kinds` are those that its level allows, `earlier` all sanctions of the regime that stand, of
    which the last one counts, whatever it was for.
    """
    if not repeats:
        return None
    last = _last(earlier)
    order = _Order(tuple(ladders), regulation, level_first)
    own = order.own

    def rank(kind: str) -> Heavier:
        return order.than_all(kind, last)

    found, raised = [(kind, rank(kind)) for kind in kinds], None
    if own is not None and level is not None and all(r is Heavier.NO for _, r in found):
        for higher in LEVELS[LEVELS.index(level) + 1 :]:
            there = [(k, rank(k)) for one in own.rungs.get(higher, ()) for k in one]
            if any(r is not Heavier.NO for _, r in there):
                found, raised = there, higher
                break
    certain = any(one.certain for one in repeats)
    asked = {question for one in repeats for question in one.questions}
    return Repeat(
        at,
        certain,
        tuple(repeats),
        tuple(one.record for one in last),
        tuple(kind for kind, r in found if r is Heavier.YES),
        tuple(kind for kind, r in found if r is Heavier.UNSETTLED),
        raised,
        bool(found) and all(r is Heavier.NO for _, r in found),
        relation,
        tuple(sorted(asked | set(questions))),
    )


def _last(earlier: Mapping[str, Earlier]) -> list[Earlier]:
    """The sanctions that may have been the last one."""
    latest = max(one.first for one in earlier.values())
    return sorted((e for e in earlier.values() if e.last >= latest), key=lambda e: e.record)


@dataclass(frozen=True, slots=True)
class _Order:
    """How kinds of sanction rank for a breach under one regulation."""

    ladders: tuple[Ladder, ...]
    regulation: str
    level_first: bool | None

    @property
    def own(self) -> Ladder | None:
        return next((one for one in self.ladders if one.regulation == self.regulation), None)

    def than_all(self, kind: str, sanctions: Sequence[Earlier]) -> Heavier:
        """Whether a kind is heavier than each of several sanctions."""
        answers = {self._than(kind, one) for one in sanctions}
        return answers.pop() if len(answers) == 1 else Heavier.UNSETTLED

    def _than(self, kind: str, one: Earlier) -> Heavier:
        if one.kind is not None:
            return heavier(kind, one.kind, ladders=self.ladders, level_first=self.level_first)
        level = None if self.own is None else self.own.level_of(kind)
        if one.level is None or level is None or level is one.level:
            return Heavier.UNSETTLED
        higher = LEVELS.index(level) > LEVELS.index(one.level)
        return Heavier.YES if higher else Heavier.NO
