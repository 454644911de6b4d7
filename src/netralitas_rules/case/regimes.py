"""Paths of several breaches and regimes side by side: which are taken, which are absorbed by which.

Everything is told of two sets, what certainly follows and what possibly does: the heaviest level is
an interval, and only a path that certainly follows certainly absorbs. So one more breach can raise
what is taken, and never lower it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.decision.model import PathStatus
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.law.regimes import LEVELS, Relation, RelationKind


@dataclass(frozen=True, slots=True)
class PathAt:
    """A sanction path of a decision, by the matter that it belongs to."""

    matter: str
    path: str
    """The id of the sanction row."""
    report: str | None = None
    """The report alone on which it stands, where the reports of the matter could not be joined."""


@dataclass(frozen=True, slots=True)
class OpenPath:
    """A path that the law opens, as far as it matters beside others."""

    at: PathAt
    regime: Regime
    level: Level | None
    status: PathStatus
    sanctions: tuple[str, ...]
    settled_by: str | None = None
    """The record of the decision that was made on the breach under this regime."""
    no_breach: bool = False
    """Whether that decision found no breach."""
    imposed: str | None = None
    """The kind of sanction that it imposed."""
    in_force: bool = False
    """Whether that sanction certainly stands and has taken effect."""
    fell: bool = False
    """Whether a decision on the breach under this regime was revoked, cancelled, or fell."""


class Standing(StrEnum):
    """How a path stands beside the others."""

    TAKEN = "taken"
    MAY_BE_ABSORBED = "may_be_absorbed"
    """By a heavier one, if that follows."""
    ABSORBED = "absorbed"
    SETTLED = "settled"
    """Sanctioned already, and not to be sanctioned again."""
    DECIDED = "decided"
    """Decided under a regime of which no text says that it is so once only."""
    NO_BREACH = "no_breach"
    """The decision on record found no breach. No text bars another look."""


@dataclass(frozen=True, slots=True)
class PathStanding:
    """A path beside the others of the case."""

    at: PathAt
    status: PathStatus
    level: Level | None
    sanctions: tuple[str, ...]
    standing: Standing
    by: tuple[PathAt, ...] = ()
    """The paths that absorb it, or may."""
    relations: tuple[str, ...] = ()
    """The relations by which they do, and what holds once a decision fell."""
    settled_by: str | None = None


@dataclass(frozen=True, slots=True)
class RegimeOutcome:
    """What all breaches of the case come to under one regime."""

    regime: Regime
    status: PathStatus
    """Whether something certainly follows."""
    least: Level | None
    """The heaviest level that certainly follows; None where none does, or it has none."""
    greatest: Level | None
    """The heaviest level that possibly follows."""
    paths: tuple[PathStanding, ...]
    beside: tuple[str, ...]
    """Relations by which it runs beside other regimes of this case, or more may stand beside it."""

    @property
    def taken(self) -> tuple[PathStanding, ...]:
        """The paths that are left to take, certainly or possibly."""
        return tuple(
            one for one in self.paths if one.standing in (Standing.TAKEN, Standing.MAY_BE_ABSORBED)
        )


def side_by_side(
    paths: Iterable[OpenPath], relations: Mapping[str, Relation]
) -> tuple[RegimeOutcome, ...]:
    """What the paths of a case come to in every regime, in the order of regimes."""
    paths = sorted(paths, key=_order)
    own: dict[Regime, list[OpenPath]] = {}
    for path in paths:
        own.setdefault(path.regime, []).append(path)
    found = []
    for regime in Regime:
        if regime not in own:
            continue
        standings = tuple(_standing(path, paths, relations) for path in own[regime])
        left = [path for path in own[regime] if path.settled_by is None]
        certain = [path for path in left if path.status is PathStatus.FOLLOWS]
        found.append(
            RegimeOutcome(
                regime,
                PathStatus.FOLLOWS if certain else PathStatus.MAY_FOLLOW,
                heaviest(certain),
                heaviest(left),
                standings,
                tuple(_beside(regime, own, relations)),
            )
        )
    return tuple(found)


def heaviest(paths: Iterable[OpenPath]) -> Level | None:
    """The heaviest level of several paths; None where none of them has one."""
    levels = [path.level for path in paths if path.level is not None]
    return max(levels, key=LEVELS.index, default=None)


def _standing(
    path: OpenPath, others: Sequence[OpenPath], relations: Mapping[str, Relation]
) -> PathStanding:
    if path.settled_by is not None:
        once = tuple(r.id for r in _of(relations, RelationKind.ONCE) if path.regime in r.regimes)
        standing = Standing.SETTLED if once else Standing.DECIDED
        if path.no_breach:
            standing, once = Standing.NO_BREACH, ()
        return PathStanding(
            path.at, path.status, path.level, path.sanctions,
            standing, (), once, path.settled_by,
        )  # fmt: skip
    by: dict[PathAt, bool] = {}
    through: set[str] = set()
    if path.fell:
        after = _of(relations, RelationKind.AFTER_FALL)
        through.update(r.id for r in after if path.regime in r.regimes)
    for relation in relations.values():
        for other in others:
            if _absorbs(other, path, relation):
                sure = other.in_force if relation.kinds else other.status is PathStatus.FOLLOWS
                by[other.at] = by.get(other.at, False) or sure
                through.add(relation.id)
    if any(by.values()):
        standing = Standing.ABSORBED
        by = {at: True for at, certain in by.items() if certain}
    else:
        standing = Standing.MAY_BE_ABSORBED if by else Standing.TAKEN
    return PathStanding(
        path.at,
        path.status,
        path.level,
        path.sanctions,
        standing,
        tuple(by),
        tuple(sorted(through)),
    )


def _absorbs(other: OpenPath, path: OpenPath, relation: Relation) -> bool:
    """Whether one path leaves no room for another, if it follows."""
    if other.no_breach:
        return False
    if relation.kind is RelationKind.ABSORBS:
        first, second = relation.regimes[0], relation.regimes[-1]
        leaves_room = bool(relation.kinds) and other.imposed not in relation.kinds
        return other.regime is first and path.regime is second and not leaves_room
    return (
        relation.kind is RelationKind.HEAVIEST
        and other.settled_by is None
        and other.regime is path.regime
        and path.regime in relation.regimes
        and other.level is not None
        and path.level is not None
        and LEVELS.index(other.level) > LEVELS.index(path.level)
    )


def _beside(
    regime: Regime, own: Mapping[Regime, object], relations: Mapping[str, Relation]
) -> Iterable[str]:
    for relation in relations.values():
        if relation.kind not in (RelationKind.BESIDE, RelationKind.ON_RECOMMENDATION):
            continue
        if regime in relation.regimes and all(one in own for one in relation.regimes):
            yield relation.id


def _of(relations: Mapping[str, Relation], kind: RelationKind) -> Iterable[Relation]:
    return (relation for relation in relations.values() if relation.kind is kind)


def _order(path: OpenPath) -> tuple[str, ...]:
    return (path.at.matter, path.at.report or "", path.at.path)
