"""Promises about who may act: exactly one row, vacancy moves up, unknown facts give a union."""

import datetime
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import netralitas_rules as nr
from netralitas_rules.case.authority import POST, Competence, competent
from netralitas_rules.facts.record_vocabulary import Agency, Assignment
from netralitas_rules.facts.vocabulary import Post, SubjectStatus
from netralitas_rules.law.authority import (
    ASKED_OF,
    HEADS,
    Circumstance,
    Office,
    Rank,
    Skill,
    circumstances,
)
from netralitas_rules.law.model import Level, Regime

PLAN = nr.load("national").plan
TABLES = {table.id: table for table in PLAN.authorities}
COLUMNS: dict[str, list[tuple[Level, str]]] = {
    "pp-94-2021": [
        *((Level.LIGHT, kind) for kind in ("oral-reprimand", "written-dissatisfaction")),
        *((Level.MEDIUM, kind) for kind in ("pay-rise-delay", "rank-lower-1-year")),
        *((Level.HEAVY, kind) for kind in ("demotion-12-months", "honourable-dismissal")),
    ],
    "pp-53-2010": [
        (Level.LIGHT, "oral-reprimand-pp-53"),
        *((Level.MEDIUM, kind) for kind in ("promotion-delay", "rank-lower-1-year")),
        *((Level.HEAVY, kind) for kind in ("rank-lower-3-years", "transfer-demotion")),
        (Level.HEAVY, "dishonourable-dismissal-pp-53"),
    ],
}
DAYS = {
    "pp-94-2021": st.dates(datetime.date(2021, 8, 31), datetime.date(2035, 12, 31)),
    "pp-53-2010": st.dates(datetime.date(2010, 6, 6), datetime.date(2035, 12, 31)),
}
ARGUMENTS = {
    Circumstance.IS_PPK: "ppk",
    Circumstance.HEADS_REGIONAL_OFFICE: "heads_regional_office",
    Circumstance.UNIT_HEADED_BY: "unit_headed_by",
    Circumstance.RANK: "rank",
    Circumstance.SKILL: "skill",
    Circumstance.AGENCY: "agencies",
    Circumstance.ASSIGNMENT: "assignment",
}
VALUES: dict[Circumstance, list[Any]] = {
    Circumstance.IS_PPK: [True, False],
    Circumstance.HEADS_REGIONAL_OFFICE: [True, False],
    Circumstance.UNIT_HEADED_BY: list(HEADS),
    Circumstance.RANK: list(Rank),
    Circumstance.SKILL: list(Skill),
    Circumstance.AGENCY: [(one,) for one in Agency],
    Circumstance.ASSIGNMENT: list(Assignment),
}


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Everything that a case of discipline can ask; each fact may be unknown."""
    regulation = draw(st.sampled_from(sorted(COLUMNS)))
    level, kind = draw(st.sampled_from(COLUMNS[regulation]))
    facts = {
        ARGUMENTS[one]: draw(st.none() | st.sampled_from(values)) for one, values in VALUES.items()
    }
    return {
        "regime": Regime.DISCIPLINE,
        "regulation": regulation,
        "status": draw(st.sampled_from([SubjectStatus.PNS, SubjectStatus.CPNS])),
        "level": level,
        "kinds": (kind,),
        "on": draw(DAYS[regulation]),
        "post": draw(st.none() | st.sampled_from(Post)),
        **facts,
        "agencies": draw(st.lists(st.sampled_from(Agency), min_size=1, unique=True).map(tuple)),
    }


def known(case: dict[str, Any], one: Circumstance) -> list[Any]:
    """What a circumstance can be: of the agency several words may be left."""
    stated = case[ARGUMENTS[one]]
    if one is Circumstance.AGENCY:
        return [(agency,) for agency in stated]
    return VALUES[one] if stated is None else [stated]


def completions(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Every way to fill what is not known."""
    found = []
    for post in Post if case["post"] is None else (case["post"],):
        asked = [one for one in Circumstance if post in ASKED_OF[one]]
        own = [known(case, one) for one in asked]
        for values in product(*own):
            filled = dict(zip((ARGUMENTS[one] for one in asked), values, strict=True))
            found.append({**case, "post": post, **filled})
    return found


def holds(found: Competence, case: dict[str, Any]) -> bool:
    """Whether a completion meets the facts under which a competence was named."""
    for path, values in found.when:
        fact = case["post"] if path == POST else case[ARGUMENTS[Circumstance(path)]]
        fact = fact[0] if isinstance(fact, tuple) else fact
        value = {True: "yes", False: "no"}[fact] if isinstance(fact, bool) else str(fact)
        if value not in values:
            return False
    return True


@settings(deadline=None)  # where nothing is known there are hundreds of completions
@given(cases())
def test_one_row_for_every_completion(case: dict[str, Any]) -> None:
    for one in completions(case):
        (found,) = competent(PLAN, **one)
        assert found.kinds == case["kinds"]
        assert found.when == ()


@settings(deadline=None)
@given(cases())
def test_unknown_facts_give_the_union(case: dict[str, Any]) -> None:
    open_ = competent(PLAN, **case)
    reached = set()
    for one in completions(case):
        (found,) = competent(PLAN, **one)
        (named,) = [named for named in open_ if holds(named, one)]
        assert (named.row, named.office) == (found.row, found.office)
        assert {*named.others} >= {*found.others}
        if case["assignment"] is not None:  # else those of every place of duty are named
            assert named.others == found.others
        reached.add(found.row)
    assert {named.row for named in open_} == reached


@given(cases(), st.sets(st.sampled_from(Office)), st.sets(st.sampled_from(Office)))
def test_vacancy_moves_up_only(
    case: dict[str, Any], vacant: set[Office], inactive: set[Office]
) -> None:
    before = competent(PLAN, **case)
    after = competent(PLAN, **case, vacant=vacant, inactive=inactive)
    assert [one.row for one in after] == [one.row for one in before]
    for one, other in zip(before, after, strict=True):
        up = TABLES[one.table].up
        ladder = () if up is None else up.ladder
        own = ladder.index(one.office) if one.office in ladder else 0
        now = ladder.index(other.office) if other.office in ladder else 0
        assert tuple(step.past for step in other.steps) == ladder[own:now]
        assert all(step.past in vacant | inactive for step in other.steps)
        if one.office not in vacant | inactive:
            assert other.office == one.office
        elif other.office in vacant | inactive:
            assert other.unfilled
        assert other.offices <= {*one.offices, *ladder}


@given(st.sampled_from(Post))
def test_circumstances_are_asked_where_they_mean_something(post: Post) -> None:
    for facts in circumstances(post):
        assert set(facts) == {one for one in Circumstance if post in ASKED_OF[one]}


def test_a_regulation_whose_law_came_later_has_no_table_yet() -> None:
    found = competent(
        PLAN,
        regime=Regime.DISCIPLINE,
        regulation="pp-94-2021",
        status=SubjectStatus.PNS,
        kinds=["oral-reprimand"],
        on=datetime.date(2021, 8, 30),
    )
    assert found == ()


def test_an_old_regulation_is_taken_over_by_the_new_table() -> None:
    (found,) = competent(
        PLAN,
        regime=Regime.DISCIPLINE,
        regulation="pp-53-2010",
        status=SubjectStatus.PNS,
        post=Post.ADMINISTRATOR,
        level=Level.HEAVY,
        kinds=["transfer-demotion"],
        on=datetime.date(2021, 8, 31),
        agencies=[Agency.PROVINCE],
    )
    assert (found.table, found.office) == ("discipline-pp-94", Office.PPK)
    assert "pp-94-2021/40/4" in found.basis
    assert "old-acts-new-levels" in found.questions
    assert found.mark == "C"
