"""Paths side by side, ladders and repeats, on relations that are made up."""

from dataclasses import replace

import pytest

from netralitas_rules.case.regimes import OpenPath, PathAt, Standing, side_by_side
from netralitas_rules.case.repeat import Earlier, Repeated, repeat
from netralitas_rules.decision.model import PathStatus
from netralitas_rules.law.model import Level, Regime, Text
from netralitas_rules.law.regimes import Heavier, Ladder, Relation, RelationKind, Under, heavier

SAYS = Text("x", "x")
FOLLOWS, MAY = PathStatus.FOLLOWS, PathStatus.MAY_FOLLOW
DISCIPLINE, DISMISSAL, ETHICS = Regime.DISCIPLINE, Regime.DISMISSAL, Regime.ETHICS
LIGHT, MEDIUM, HEAVY = Level


def relation(kind: RelationKind, *regimes: Regime) -> Relation:
    return Relation(kind.value, SAYS, kind, regimes, ("p",))


RELATIONS = {
    one.id: one
    for one in (
        relation(RelationKind.HEAVIEST, DISCIPLINE),
        relation(RelationKind.ABSORBS, DISMISSAL, DISCIPLINE),
        relation(RelationKind.BESIDE, ETHICS, DISCIPLINE),
        relation(RelationKind.ONCE, DISCIPLINE),
    )
}


def path(
    name: str,
    regime: Regime = DISCIPLINE,
    level: Level | None = None,
    status: PathStatus = FOLLOWS,
    *,
    settled_by: str | None = None,
) -> OpenPath:
    return OpenPath(PathAt("m", name), regime, level, status, ("k",), settled_by)


def standings(*paths: OpenPath) -> dict[str, str]:
    found = side_by_side(paths, RELATIONS)
    return {one.at.path: one.standing.value for outcome in found for one in outcome.paths}


def test_the_heaviest_certain_path_absorbs_the_lighter_ones() -> None:
    found = standings(path("a", level=HEAVY), path("b", level=LIGHT, status=MAY), path("c"))
    assert found == {"a": "taken", "b": "absorbed", "c": "taken"}


def test_a_heavier_path_that_may_follow_may_absorb() -> None:
    found = standings(path("a", level=HEAVY, status=MAY), path("b", level=LIGHT))
    assert found == {"a": "taken", "b": "may_be_absorbed"}
    (outcome,) = side_by_side(
        [path("a", level=HEAVY, status=MAY), path("b", level=LIGHT)], RELATIONS
    )
    assert (outcome.status, outcome.least, outcome.greatest) == (FOLLOWS, LIGHT, HEAVY)


def test_only_certain_absorbers_are_named_where_there_is_one() -> None:
    paths = [path("a", level=HEAVY), path("b", level=MEDIUM, status=MAY), path("c", level=LIGHT)]
    (outcome,) = side_by_side(paths, RELATIONS)
    (lightest,) = (one for one in outcome.paths if one.at.path == "c")
    assert [at.path for at in lightest.by] == ["a"]
    assert lightest.relations == ("heaviest",)


@pytest.mark.parametrize(("status", "standing"), [(FOLLOWS, "absorbed"), (MAY, "may_be_absorbed")])
def test_dismissal_and_discipline(status: PathStatus, standing: str) -> None:
    found = standings(path("out", DISMISSAL, status=status), path("a", level=HEAVY))
    assert found == {"out": "taken", "a": standing}


def test_what_is_settled_neither_absorbs_nor_counts() -> None:
    paths = [path("a", level=HEAVY, settled_by="d"), path("b", level=LIGHT, status=MAY)]
    (outcome,) = side_by_side(paths, RELATIONS)
    assert standings(*paths) == {"a": "settled", "b": "taken"}
    assert (outcome.status, outcome.least, outcome.greatest) == (MAY, None, LIGHT)
    assert [one.at.path for one in outcome.taken] == ["b"]
    assert outcome.paths[0].relations == ("once",)
    assert outcome.paths[0].standing is Standing.SETTLED


ENDS = Relation("ends", SAYS, RelationKind.ABSORBS, (DISCIPLINE,), ("p",), kinds=("out",))


@pytest.mark.parametrize(
    ("imposed", "in_force", "standing"),
    [("out", True, "absorbed"), ("out", False, "may_be_absorbed"), ("k", True, "taken")],
)
def test_a_kind_that_ends_the_service_absorbs_what_is_left(
    imposed: str, in_force: bool, standing: str
) -> None:
    done = replace(path("a", settled_by="d", status=MAY), imposed=imposed, in_force=in_force)
    (outcome,) = side_by_side([done, path("b"), path("e", ETHICS)], {"ends": ENDS})[1:]
    found = {one.at.path: one for one in outcome.paths}
    assert found["b"].standing.value == standing
    assert found["b"].relations == (() if imposed == "k" else ("ends",))


def test_a_decision_that_fell_leaves_its_question() -> None:
    after = relation(RelationKind.AFTER_FALL, DISCIPLINE)
    paths = [replace(path("a"), fell=True), path("b"), replace(path("e", ETHICS), fell=True)]
    found = side_by_side(paths, {after.id: after})
    told = {one.at.path: (one.standing.value, one.relations) for o in found for one in o.paths}
    assert told == {"a": ("taken", ("after-fall",)), "b": ("taken", ()), "e": ("taken", ())}


def test_what_needs_a_recommendation_is_told_beside_its_own_regime() -> None:
    more = relation(RelationKind.ON_RECOMMENDATION, ETHICS)
    found = side_by_side([path("a"), path("e", ETHICS)], {more.id: more})
    assert [(one.regime, one.beside) for one in found] == [
        (ETHICS, ("on-recommendation",)),
        (DISCIPLINE, ()),
    ]


def test_beside_is_told_of_both() -> None:
    found = side_by_side([path("a"), path("e", ETHICS)], RELATIONS)
    assert [(one.regime, one.beside) for one in found] == [
        (ETHICS, ("beside",)),
        (DISCIPLINE, ("beside",)),
    ]


# -- ladders

NEW = Ladder(
    "new",
    SAYS,
    DISCIPLINE,
    "pp-new",
    {LIGHT: (("n1", "n2"),), MEDIUM: (("o3",), ("n3", "n4")), HEAVY: (("n5", "n6"),)},
    ("p",),
    Under("order", "level-first"),
)
OLD = Ladder(
    "old", SAYS, DISCIPLINE, "pp-old", {LIGHT: (("o1",),), MEDIUM: (("o3",),), HEAVY: (("o5",),)},
    ("p",), Under("order", "level-first"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "than", "level_first", "answer"),
    [
        ("n2", "n1", True, "yes"),
        ("n1", "n2", False, "no"),
        ("n1", "n1", None, "no"),
        ("n5", "n2", False, "yes"),  # one regulation: its levels rank
        ("n3", "o3", True, "unsettled"),  # two lists of one level
        ("o5", "n5", True, "unsettled"),  # across regulations in one level
        ("o5", "n2", True, "yes"),
        ("o5", "n2", False, "unsettled"),
        ("o5", "n2", None, "unsettled"),
        ("n1", "unknown", True, "unsettled"),
    ],
)
def test_heavier(kind: str, than: str, level_first: bool | None, answer: str) -> None:
    assert heavier(kind, than, ladders=(NEW, OLD), level_first=level_first) is Heavier(answer)


def earlier(name: str, kind: str | None, level: Level | None, *days: int) -> Earlier:
    return Earlier(name, kind, level, days[0], days[-1])


def test_no_earlier_sanction_is_no_repeat() -> None:
    assert told([], earlier("s", "n1", LIGHT, 1)) is None


def told(repeats: list[Repeated], *sanctions: Earlier, kinds: str = "n1 n2") -> object:
    found = repeat(
        PathAt("m", "p"),
        level=LIGHT,
        kinds=kinds.split(),
        repeats=repeats,
        earlier={one.record: one for one in sanctions},
        ladders=(NEW, OLD),
        regulation="pp-new",
        level_first=True,
        relation="heavier-on-repeat",
        questions=("order",),
    )
    if found is None:
        return None
    return found.last, found.heavier, found.to_compare, found.raised_to, found.top


SURE = [Repeated("s", certain=True)]


def test_heavier_kinds_of_the_same_level() -> None:
    assert told(SURE, earlier("s", "n1", LIGHT, 1)) == (("s",), ("n2",), (), None, False)


def test_the_next_level_where_the_own_one_has_nothing_heavier() -> None:
    found = told(SURE, earlier("s", "n2", LIGHT, 1))
    assert found == (("s",), ("o3", "n3", "n4"), (), MEDIUM, False)


def test_the_top_of_the_ladder() -> None:
    assert told(SURE, earlier("s", "n6", HEAVY, 1)) == (("s",), (), (), None, True)


def test_the_last_sanction_counts_whatever_it_was_for() -> None:
    found = told(SURE, earlier("s", "n1", LIGHT, 1), earlier("t", "n5", HEAVY, 5))
    assert found == (("t",), ("n6",), (), HEAVY, False)


def test_days_that_do_not_tell_which_was_last() -> None:
    found = told(SURE, earlier("s", "n1", LIGHT, 1, 9), earlier("t", "n2", LIGHT, 5, 6))
    assert found == (("s", "t"), (), ("n2",), None, False)


@pytest.mark.parametrize(
    ("level", "answer"),
    [
        (LIGHT, (("s",), (), ("n1", "n2"), None, False)),
        (MEDIUM, (("s",), (), ("o3", "n3", "n4"), MEDIUM, False)),
        (None, (("s",), (), ("n1", "n2"), None, False)),
    ],
)
def test_a_sanction_of_which_only_the_level_is_known(level: Level | None, answer: object) -> None:
    assert told(SURE, earlier("s", None, level, 1)) == answer


def test_what_was_decided_is_not_left_and_still_absorbs() -> None:
    """A dismissal is not decided twice, and who is dismissed is nobody to discipline."""
    paths = [
        path("a", DISMISSAL, settled_by="d"),
        path("b", level=HEAVY),
        path("c", ETHICS, settled_by="e"),
    ]
    assert standings(*paths) == {"a": "decided", "b": "absorbed", "c": "decided"}
    left = {one.regime: one for one in side_by_side(paths, RELATIONS)}
    assert left[DISMISSAL].taken == ()
    assert left[DISMISSAL].status is MAY


def test_what_was_found_to_be_no_breach_absorbs_nothing() -> None:
    cleared = OpenPath(PathAt("m", "a"), DISMISSAL, None, FOLLOWS, ("k",), "d", no_breach=True)
    own = OpenPath(PathAt("m", "c"), DISCIPLINE, HEAVY, FOLLOWS, ("k",), "d", no_breach=True)
    found = standings(cleared, own, path("b", level=LIGHT))
    assert found == {"a": "no_breach", "b": "taken", "c": "no_breach"}
    outcomes = side_by_side([cleared, own], RELATIONS)
    assert [one.relations for outcome in outcomes for one in outcome.paths] == [(), ()]
