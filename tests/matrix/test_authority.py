"""Who may act and what stands open, row by row: authority.yaml is written by hand from the law."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import netralitas_rules as nr
from netralitas_rules.case.authority import Competence, competent
from netralitas_rules.case.remedies import remedies
from netralitas_rules.facts.vocabulary import Post, SubjectStatus
from netralitas_rules.law.authority import Office, Rank, Skill
from netralitas_rules.law.model import Level, Mark, Regime

TABLE = yaml.safe_load((Path(__file__).parent / "authority.yaml").read_text(encoding="utf-8"))
PLAN = nr.load("national").plan
REGULATIONS = ("pp-94-2021", "pp-53-2010")


def given(raw: dict[str, Any]) -> dict[str, Any]:
    """Circumstances as the arguments of `competent`."""
    as_values = {"unit_headed_by": Office, "rank": Rank, "skill": Skill}
    return {key: as_values.get(key, lambda value: value)(value) for key, value in raw.items()}


def cells() -> Iterator[tuple[str, dict[str, Any], str]]:
    for regulation in REGULATIONS:
        for row in TABLE[regulation]["rows"]:
            for column in TABLE[regulation]["columns"]:
                yield regulation, row, column


def ask(regulation: str, row: dict[str, Any], column: str, status: str) -> Competence:
    level, kinds = TABLE[regulation]["columns"][column]
    found = competent(
        PLAN,
        regime=Regime.DISCIPLINE,
        regulation=regulation,
        status=SubjectStatus(status),
        post=Post(row["post"]),
        level=Level(level),
        kinds=kinds,
        on=TABLE[regulation]["day"],
        **given(row.get("given", {})),
    )
    (one,) = found
    assert one.kinds == tuple(kinds)
    assert one.when == ()
    return one


@pytest.mark.parametrize(
    ("regulation", "row", "column"),
    list(cells()),
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value.values()))[:24],
)
@pytest.mark.parametrize("status", ["pns", "cpns"])
def test_discipline(regulation: str, row: dict[str, Any], column: str, status: str) -> None:
    found = ask(regulation, row, column, status)
    assert found.office == row[column]
    assert [other.office for other in found.others] == row.get("also", {}).get(column, [])
    proposal = row.get("proposal", {})
    if column in proposal:
        assert found.on_proposal_of == proposal[column]
    inferred = column in row.get("inferred", [])
    assert found.mark is (Mark.C if inferred else Mark.A)
    assert all(name.startswith(regulation) or name == "uu-5-2014/131" for name in found.basis)
    assert found.office is not None or found.note is not None


def test_every_post_is_there() -> None:
    for regulation in REGULATIONS:
        assert {row["post"] for row in TABLE[regulation]["rows"]} == set(Post)


@pytest.mark.parametrize(
    "row", TABLE["others"], ids=lambda row: f"{row['regime']}-{row['kinds'][0]}"
)
def test_other_regimes(row: dict[str, Any]) -> None:
    for post in row.get("posts", Post):
        found = competent(
            PLAN,
            regime=Regime(row["regime"]),
            status=SubjectStatus(row["status"]),
            post=Post(post),
            kinds=row["kinds"],
            on=row["day"],
        )
        assert sorted(kind for one in found for kind in one.kinds) == sorted(row["kinds"])
        for one in found:
            assert (one.office, one.first, one.on_proposal_of, one.when) == (
                row["office"],
                row.get("first"),
                row.get("proposal"),
                (),
            )
            assert [other.office for other in one.others] == row.get("also", [])
            assert (one.mark is Mark.C) == row.get("inferred", False)


@pytest.mark.parametrize(
    "row", TABLE["remedies"], ids=lambda row: f"{row['decided_by']}-{row['kind']}"
)
def test_remedies(row: dict[str, Any]) -> None:
    day: datetime.date = row["day"]
    (found,) = remedies(
        PLAN,
        regime=Regime(row.get("regime", "discipline")),
        status=SubjectStatus(row.get("status", "pns")),
        kinds=[row["kind"]],
        level=Level(row["level"]) if "level" in row else None,
        decided_by=Office(row["decided_by"]),
        received_on=day,
        as_of=day,
    )
    assert (found.remedy, found.to, found.deadline_id) == (
        row["remedy"],
        row.get("to"),
        row.get("deadline"),
    )
    assert (found.unanswered, found.then, len(found.answers), found.final) == (
        row.get("unanswered"),
        row.get("then"),
        row.get("answers", 0),
        row.get("final", False),
    )
    assert found.certain
    assert (found.deadline is None) == ("deadline" not in row)
    if found.deadline is not None:
        assert found.deadline.on == day
    if "question" in row:
        assert row["question"] in found.questions
