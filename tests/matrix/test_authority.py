"""Who may act and what stands open, row by row: authority.yaml is written by hand from the law."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.asking import Asking
from netralitas_rules.analysis.check_tables import authority_cells, remedy_cells
from netralitas_rules.analysis.demands import Demand, demands
from netralitas_rules.analysis.witness import Reporter
from netralitas_rules.case.authority import competent
from netralitas_rules.case.remedies import remedies
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.record_vocabulary import Agency, Assignment
from netralitas_rules.facts.vocabulary import Post, SubjectStatus
from netralitas_rules.law.authority import Holder, Office, Rank, Skill
from netralitas_rules.law.model import Level, Mark, Regime
from netralitas_rules.loading import link_case_authorities, link_case_remedies
from netralitas_rules.loading.linking import Context
from netralitas_rules.testing.mutants import Mutant, mutants, with_mutant
from tests.strategies import one_in
from tests.written import plain_yaml

TABLE = plain_yaml((Path(__file__).parent / "authority.yaml").read_text(encoding="utf-8"))
RULES = nr.load("national")
TABLES = {
    "pp-94-2021": ("discipline-pp-94", "discipline-pp-94-regency"),
    "pp-53-2010": (
        *("discipline-pp-53", "discipline-pp-53-province", "discipline-pp-53-regency"),
        *(f"discipline-pp-53-{one}" for one in ("seconded", "lent", "mission", "abroad")),
    ),
}
_AS = {"unit_headed_by": Office, "rank": Rank, "skill": Skill, "assignment": Assignment}


def discipline(plan: Plan, regulation: str, *, table: str | None = None) -> Iterator[str]:
    """What the plan says otherwise than the table of a regulation; only of the persons of one table
    of the ruleset, if it is named.
    """
    columns, day = TABLE[regulation]["columns"], TABLE[regulation]["day"]
    for row in TABLE[regulation]["rows"]:
        given: dict[str, Any] = {
            key: _AS.get(key, bool)(value)
            for key, value in row.get("given", {}).items()
            if key != "agency"
        }
        if table is not None and table != whose(regulation, row):
            continue
        agency = Agency(row.get("given", {}).get("agency", "central"))
        for column, (level, kinds) in columns.items():
            for status in (SubjectStatus.PNS, SubjectStatus.CPNS):
                found = competent(
                    plan,
                    regime=Regime.DISCIPLINE,
                    regulation=regulation,
                    status=status,
                    post=Post(row["post"]),
                    level=Level(level),
                    kinds=kinds,
                    on=day,
                    agencies=[agency],
                    **given,
                )
                said = [
                    (
                        one.office,
                        [other.office for other in one.others],
                        one.mark,
                        one.kinds,
                        one.when,
                        one.office is None and one.note is None,
                    )
                    for one in found
                ]
                expected = (
                    row[column],
                    row.get("also", {}).get(column, []),
                    Mark.C if column in row.get("inferred", []) else Mark.A,
                    tuple(kinds),
                    (),
                    False,
                )
                if said != [expected]:
                    yield f"{row['post']} {agency} {given} {column} {status}: {said}"
                asked = row.get("question", {}).get(column)
                if any(asked not in (None, *one.questions) for one in found):
                    yield f"{row['post']} {agency} {given} {column} {status}: asks {asked}"
                handed = TABLE[regulation]["assigned"].get(given.get("assignment"))
                if [[p.by, p.to] for one in found for p in one.proposals] != [handed] * bool(
                    handed
                ):
                    yield f"{row['post']} {given} {column} {status}: handed on"
                proposal = row.get("proposal", {})
                proposed = [one.on_proposal_of for one in found]
                if column in proposal and proposed != [proposal[column]]:
                    yield f"{row['post']} {given} {column} {status}: proposed by {proposed}"


def whose(regulation: str, row: dict[str, Any]) -> str:
    """The table of the ruleset that a row is about."""
    given = row.get("given", {})
    agency = {"province": "-province", "regency_city": "-regency"}.get(given.get("agency"), "")
    if regulation == "pp-94-2021":
        return "discipline-pp-94" + ("" if agency == "-province" else agency)
    assignment = given.get("assignment")
    return f"discipline-pp-53{agency if assignment is None else f'-{assignment}'}"


def others(plan: Plan) -> Iterator[str]:
    """What the plan says otherwise of the regimes without levels."""
    for row in TABLE["others"]:
        for post in row.get("posts", Post):
            found = competent(
                plan,
                regime=Regime(row["regime"]),
                status=SubjectStatus(row["status"]),
                post=Post(post),
                kinds=row["kinds"],
                on=row["day"],
            )
            if row.get("nobody"):
                if found:
                    yield f"{row} {post}: {found}"
                continue
            said = {
                (
                    one.office,
                    one.first,
                    one.on_proposal_of,
                    tuple(other.office for other in one.others),
                    one.mark is Mark.C,
                )
                for one in found
            }
            expected = (
                row["office"],
                row.get("first"),
                row.get("proposal"),
                tuple(row.get("also", ())),
                row.get("inferred", False),
            )
            named = sorted(kind for one in found for kind in one.kinds)
            if said != {expected} or named != sorted(row["kinds"]):
                yield f"{row} {post}: {said}"


def stands_open(plan: Plan) -> Iterator[str]:
    """What the plan says otherwise of remedies."""
    for row in TABLE["remedies"]:
        day: datetime.date = row["day"]
        found = remedies(
            plan,
            regime=Regime(row.get("regime", "discipline")),
            status=SubjectStatus(row.get("status", "pns")),
            kinds=[row["kind"]],
            level=Level(row["level"]) if "level" in row else None,
            decided_by=Office(row["decided_by"]),
            received_on=day,
            as_of=day,
        )
        said = [
            (
                (one.remedy, one.to, one.deadline_id, one.unanswered, one.then),
                (len(one.answers), one.final, one.certain),
                one.deadline and one.deadline.on,
                ([*one.late], [*one.binding]),
                row.get("question") in (None, *one.questions),
                row.get("without") not in one.basis,
            )
            for one in found
        ]
        named = [row.get(key) for key in ("to", "deadline", "unanswered", "then")]
        expected = (
            (row["remedy"], *named),
            (row.get("answers", 0), row.get("final", False), True),
            day if "deadline" in row else None,
            (row.get("late", []), row.get("binding", [])),
            True,
            True,
        )
        if said != [expected]:
            yield f"{row}: {said}"


@pytest.mark.parametrize("regulation", TABLES)
def test_discipline(regulation: str) -> None:
    assert list(discipline(RULES.plan, regulation)) == []
    assert {row["post"] for row in TABLE[regulation]["rows"]} == set(Post)


def test_other_regimes() -> None:
    assert list(others(RULES.plan)) == []


def test_rows_have_their_own_names() -> None:
    items = RULES.merged.sections["remedies"]
    found = {table.id: [row.id for row in table.rows] for table in RULES.plan.remedies}
    assert found == {key: [*item.raw["rows"]] for key, item in items.items()}


def test_remedies() -> None:
    assert list(stands_open(RULES.plan)) == []


def test_only_the_law_of_the_table_is_cited() -> None:
    for regulation, tables in TABLES.items():
        found = [one for one in RULES.plan.authorities if one.id in tables]
        assert len(found) == len(tables)
        cited = {name for table in found for row in table.rows for name in row.basis}
        assert {name.split("/")[0] for name in cited} == {regulation}


# -- that a table changed is noticed


@cache
def asking() -> Asking:
    return Asking(RULES.plan, RULES.merged.sections, Reporter(RULES), frozenset())


@cache
def wanted(*regimes: Regime) -> list[Demand]:
    return sorted(demands(asking(), frozenset(regimes)), key=str)


@cache
def changes() -> Mapping[tuple[str, str], Sequence[Mutant]]:
    """Every change of every table, by section and table."""
    found: dict[tuple[str, str], list[Mutant]] = {}
    for mutant in mutants(RULES):
        found.setdefault((mutant.section, mutant.item), []).append(mutant)
    return found


def otherwise(plan: Plan, mutant: Mutant, own: list[Demand]) -> bool:
    """Whether a plan says what the tables by hand do not, or covers something never or twice."""
    if mutant.section == "remedies":
        return any(stands_open(plan)) or any(
            len(cell.rows) != 1 for cell in remedy_cells(plan, own)
        )
    for regulation, tables in TABLES.items():
        if mutant.item in tables:
            if any(discipline(plan, regulation, table=mutant.item)):
                return True
            break
    else:
        if any(others(plan)):
            return True
    return any(len(cell.rows) != 1 for cell in authority_cells(plan, own))


SECTIONS = [("authorities", item) for item in RULES.merged.sections["authorities"]]
SECTIONS += [("remedies", item) for item in RULES.merged.sections["remedies"]]
UNCHANGED = {("remedies", "contract-ppnpn")}
"""One row that says of every decision that no remedy was found: no change of it is another law."""


def test_every_other_table_has_changes() -> None:
    assert {key for key in SECTIONS if not changes().get(key)} == UNCHANGED


@pytest.mark.parametrize(
    ("section", "item"), [key for key in SECTIONS if key not in UNCHANGED], ids=lambda value: value
)
def test_a_table_changed_is_noticed(section: str, item: str) -> None:
    """Every mutant of a table is refused by the loader, says what the law by hand does not, or
    leaves a gap or an overlap; one in four, and all of them with LONG.
    """
    tables = {table.id: table for table in RULES.plan.authorities}
    regimes = [tables[item].regime] if section == "authorities" else list(Regime)[:5]
    own = wanted(*regimes)
    survived = []
    for mutant in changes().get((section, item), ())[:: one_in(4)]:
        ctx = Context(with_mutant(RULES.merged, mutant))
        plan = replace(
            RULES.plan,
            authorities=link_case_authorities.authorities(ctx),
            remedies=link_case_remedies.remedies(ctx),
        )
        if not ctx.problems and not otherwise(plan, mutant, own):
            survived.append(str(mutant))
    assert survived == []


# -- which offices one person can hold


def joined(holders: Iterable[Holder]) -> dict[Agency, set[frozenset[Office]]]:
    """By whose the agency is every pair of offices that one person can hold."""
    holders = tuple(holders)
    return {
        agency: {
            frozenset((one, other))
            for one in Office
            for other in Office
            if any(holder.joins(one, other, frozenset((agency,))) for holder in holders)
        }
        for agency in Agency
    }


HELD = {
    agency: {
        frozenset((Office(one), Office(other)))
        for table in (TABLE["holders"], TABLE["holders_of"].get(agency.value, {}))
        for one, others_ in table.items()
        for other in others_
    }
    for agency in Agency
}


def test_which_offices_one_person_can_hold() -> None:
    assert joined(RULES.plan.holders) == HELD


def test_holders_changed_are_noticed() -> None:
    """Every mutant is refused by the loader, or joins other offices than the law by hand does."""
    tried, survived = 0, []
    for mutant in mutants(RULES):
        if mutant.section != "holders":
            continue
        tried += 1
        ctx = Context(with_mutant(RULES.merged, mutant))
        found = link_case_authorities.holders(ctx)
        if not ctx.problems and joined(found) == HELD:
            survived.append(str(mutant))
    assert tried > len(RULES.plan.holders)
    assert survived == []
