"""Moving an act by a day changes only what the law changes there.

The days on which something can change are read from the YAML of the rulesets by this test itself:
validity of instruments and provisions, tests of the date of the act in transitions and conditions,
steps of calendars. On every other day an incident must come out as on the day before.
"""

import datetime
import os
import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import netralitas_rules as nr
from netralitas_rules.loading.diagnostics import Refused
from tests.content.files import ROW_FILES, RULE_FILES, incident_of
from tests.written import plain_yaml

FIRST, LAST = datetime.date(2018, 1, 1), datetime.date(2025, 12, 31)
AS_OF = "2026-01-01"
DAY = datetime.timedelta(days=1)
ALL_DAYS = int(os.environ.get("EXAMPLES", "1")) > 1
"""Every day of every incident; otherwise the days at the boundaries, and some between."""


@cache
def boundaries() -> frozenset[datetime.date]:
    """First days of something new, from the files as they are written."""
    found: set[datetime.date] = set()
    for path in RULE_FILES:
        found.update(days_of(plain_yaml(path.read_text(encoding="utf-8"))))
    return frozenset(found)


def days_of(content: Any) -> Iterator[datetime.date]:
    if isinstance(content, list):
        for part in content:
            yield from days_of(part)
    elif isinstance(content, dict):
        for key, value in content.items():
            if key in ("valid", "act.date", "campaign", "quiet") and isinstance(value, dict):
                yield from ends_of(value)
            elif key in ("determination", "vote") and isinstance(value, datetime.date):
                yield from (value, value + DAY)
            else:
                yield from days_of(value)


def ends_of(span: Mapping[str, datetime.date]) -> Iterator[datetime.date]:
    if "from" in span:
        yield span["from"]
    if "until" in span:
        yield span["until"] + DAY


def stated_days(content: Any) -> Iterator[datetime.date]:
    """Days that the incident itself states elsewhere: an act can lie before, on or after them."""
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        if key != "acts" and isinstance(value, dict | list):
            yield from stated_days(value)
        elif isinstance(value, str):
            try:
                day = datetime.date.fromisoformat(value)
            except ValueError:
                continue
            yield from (day, day + DAY)


MOVED = [path for path in ROW_FILES if len(incident_of(path).acts) == 1]
"""The examples with one act."""


def form_of(path: Path) -> str:
    """The announced form of an example, or the kind of row it shows; membership is form 5."""
    kind, _, rest = path.stem.partition("-")
    return f"form-{rest[:2]}" if kind == "form" else "form-05" if kind == "b5" else kind


def sample() -> list[Path]:
    """One example of each form and four others; where all days are looked at, every example."""
    if ALL_DAYS:
        return MOVED
    chance = random.Random(20231121)
    mixed = chance.sample(MOVED, len(MOVED))
    forms = {form_of(path): path for path in mixed if form_of(path).startswith("form-")}
    others = [path for path in mixed if path not in forms.values()]
    return [*forms.values(), *others[:4]]


def outcome(rules: nr.Ruleset, content: dict[str, Any], day: datetime.date) -> object:
    """Everything that the law makes of an act of that day."""
    moved = {**content, "acts": [{**content["acts"][0], "date": str(day)}]}
    try:
        decision = rules.decide(nr.Incident.model_validate(moved), as_of=AS_OF)
    except ValidationError as error:
        return [one["type"] for one in error.errors()]
    except Refused as refused:
        return [(d.code, d.expected) for d in refused.diagnostics]
    findings = [
        (
            finding.id,
            finding.status,
            finding.norm,
            [(row.name, row.status, row.basis) for row in finding.elements],
            [(row.name, row.status, row.basis) for row in finding.exceptions],
        )
        for finding in decision.all_findings
    ]
    paths = [(p.id, p.status, p.level, p.regime, p.sanctions, p.basis) for p in decision.paths]
    citations = [citation.id for citation in decision.citations]
    return decision.outcome, findings, paths, decision.not_governed, citations


def spans(days: frozenset[datetime.date]) -> Iterator[tuple[datetime.date, datetime.date]]:
    """The spans of days between two boundaries."""
    first = FIRST
    for day in sorted(day for day in days if FIRST < day <= LAST):
        yield first, day - DAY
        first = day
    yield first, LAST


def looked_at(
    first: datetime.date, last: datetime.date, chance: random.Random
) -> Iterator[datetime.date]:
    length = (last - first).days + 1
    if ALL_DAYS:
        yield from (first + number * DAY for number in range(length))
    else:
        yield from {first + chance.randrange(length) * DAY: None, last: None}


def test_every_form_is_moved() -> None:
    assert {form_of(path) for path in sample()} >= {f"form-{n:02}" for n in range(1, 11)}


@pytest.mark.parametrize("path", sorted(sample()), ids=lambda path: path.stem)
def test_only_the_law_changes_what_an_act_is(path: Path) -> None:
    rules = nr.load("kemenkumham")
    content = incident_of(path).model_dump(mode="json", exclude_unset=True, exclude_none=True)
    days = boundaries() | frozenset(stated_days(content))
    chance = random.Random(path.stem)
    found = []
    for first, last in spans(days):
        expected = outcome(rules, content, first)
        found.append(expected)
        for day in set(looked_at(first, last, chance)) - {first}:
            assert outcome(rules, content, day) == expected, f"{day} is not as {first}"
    assert any(one != found[0] for one in found), "no day changes anything"
