"""Values of the law about several regimes: how they relate, and which sanction is heavier."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.law.model import Level, Regime, Text


class RelationKind(StrEnum):
    """What holds between the paths of one or two regimes. Stable: rulesets use these words."""

    HEAVIEST = "heaviest"
    """Of several paths of one regime only the heaviest is taken; it absorbs the others."""
    ABSORBS = "absorbs"
    """A path of the first regime leaves no room for one of the second."""
    BESIDE = "beside"
    """Both are taken, neither waits for the other."""
    ON_RECOMMENDATION = "on-recommendation"
    """Beside a path of the regime something more, and only if its own body recommends it."""
    ONCE = "once"
    """What was sanctioned under the regime is not sanctioned under it again."""
    HEAVIER_ON_REPEAT = "heavier-on-repeat"
    """After an earlier sanction for the like, a heavier kind than that one."""
    AFTER_FALL = "after-fall"
    """What holds of a breach whose decision was revoked, cancelled, or fell."""


@dataclass(frozen=True, slots=True)
class Under:
    """The reading of an open question under which something holds."""

    question: str
    reading: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How paths of regimes relate, as the law says it."""

    id: str
    says: Text
    kind: RelationKind
    regimes: tuple[Regime, ...]
    """One for what holds inside a regime, else two: who absorbs first."""
    basis: tuple[str, ...]
    questions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Of what absorbs: not the path itself, but one of these kinds once it was imposed."""
    in_force: tuple[str, ...] = ()
    """Deadlines from whose day on such a sanction is in force; before that it may absorb only."""
    alike: Under | None = None
    """Of a repeat: under which reading any breach of neutrality is of the same nature."""


class Heavier(StrEnum):
    """Whether one kind of sanction is heavier than another."""

    YES = "yes"
    NO = "no"
    UNSETTLED = "unsettled"
    """No text ranks them: a person compares."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The kinds of sanction of one regulation, from the lightest on.

    `rungs` holds for every level the lists of kinds that the law gives for it, each from the
    lightest to the heaviest. Kinds of two lists of one level are not ranked by any text.
    """

    id: str
    says: Text
    regime: Regime
    regulation: str
    rungs: Mapping[Level, tuple[tuple[str, ...], ...]]
    basis: tuple[str, ...]
    level_first: Under | None = None
    """Under which reading kinds of several regulations rank by level."""

    def level_of(self, kind: str) -> Level | None:
        """The level at which a kind stands; None where it is not on this ladder."""
        for level, lists in self.rungs.items():
            if any(kind in one for one in lists):
                return level
        return None

    def kinds(self) -> tuple[str, ...]:
        """All kinds, in the order of levels and lists."""
        lists = (one for lists in self.rungs.values() for one in lists)
        return tuple(dict.fromkeys(kind for one in lists for kind in one))


LEVELS = tuple(Level)
"""From the lightest to the heaviest."""


def heavier(
    kind: str, than: str, *, ladders: tuple[Ladder, ...], level_first: bool | None
) -> Heavier:
    """Whether a kind is heavier than another one.

    On one list by its order. Across lists by level where `level_first` (the reading of the question
    how regulations rank), never inside a level; across regulations not at all where it is false,
    and unsettled either way where no reading is taken (None) and they would differ.
    """
    if kind == than:
        return Heavier.NO
    for ladder in ladders:
        for lists in ladder.rungs.values():
            for one in lists:
                if kind in one and than in one:
                    return Heavier.YES if one.index(kind) > one.index(than) else Heavier.NO
    own = [(ladder, ladder.level_of(kind)) for ladder in ladders]
    other = [(ladder, ladder.level_of(than)) for ladder in ladders]
    pairs = [(a, x, b, y) for a, x in own for b, y in other if x is not None and y is not None]
    together = [(x, y) for a, x, b, y in pairs if a is b]
    found = together or ([(x, y) for _, x, _, y in pairs] if level_first else [])
    answers = {_by_level(x, y) for x, y in found}
    return answers.pop() if len(answers) == 1 else Heavier.UNSETTLED


def _by_level(one: Level, other: Level) -> Heavier:
    if one is other:
        return Heavier.UNSETTLED
    return Heavier.YES if LEVELS.index(one) > LEVELS.index(other) else Heavier.NO
