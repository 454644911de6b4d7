"""The incidents of the matrix, one per row of the law, and their facts as rows."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from netralitas_rules.facts.space import GROUPS, Kind, vocabulary
from netralitas_rules.loading.tree import parse
from tests.content.files import ROW_FILES, RULESETS

OWN = tuple(sorted((RULESETS / "national" / "scenarios" / "incidents").glob("*.yaml")))
FILES: Mapping[str, Path] = MappingProxyType({path.stem: path for path in (*ROW_FILES, *OWN)})

_LISTS = {"subject": "subjects", "act": "acts", "beneficiary": "beneficiaries"}
_NO_FACTS = ("key", "by", "beneficiaries", "event", "identity", "earlier_sanctions")


@cache
def _content(path: Path) -> dict[str, Any]:
    content = parse(path.read_text(encoding="utf-8"), path.name).plain()
    assert isinstance(content, dict)
    return content


def facts_of(path: Path) -> dict[str, Any]:
    """The facts of an incident with one subject and at most one act and beneficiary, as a row."""
    content = _content(path)
    row: dict[str, Any] = {
        name: content[name] for name in ("election", "report", "proceeding") if name in content
    }
    for group, name in _LISTS.items():
        parts = content.get(name, [])
        assert len(parts) <= 1, f"{path.name}: one {group} is enough"
        for part in parts:
            row[group] = {k: v for k, v in part.items() if k not in _NO_FACTS}
    return deepcopy(row)


def _steps(path: str) -> list[str]:
    return path.split(".")


def stated(row: Mapping[str, Any]) -> Iterator[str]:
    """Paths of the facts that a row states, the contest of the beneficiary among them."""
    for path in (*vocabulary(), "beneficiary.election"):
        part: Any = row
        for step in _steps(path):
            part = part.get(step) if isinstance(part, Mapping) else None
        if part is not None and path not in GROUPS:
            yield path


def without(row: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The row, one fact of it unknown."""
    copy = deepcopy(dict(row))
    part: Any = copy
    *before, last = _steps(path)
    for step in before:
        part = part[step]
    del part[last]
    return copy


def having(row: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """The row with another value of one fact.

    The election stands first, as in a file: what a beneficiary says of its contest outweighs it.
    """
    copy = {"election": None, **deepcopy(dict(row))}
    if copy["election"] is None and path != "election":
        del copy["election"]
    part: Any = copy
    *before, last = _steps(path)
    for step in before:
        part = part.setdefault(step, {})
    part[last] = value
    return copy


_DAYS = ("2018-05-01", "2021-08-30", "2022-09-21", "2022-09-22", "2023-01-02", "2023-01-03")
_LATER = ("2023-11-02", "2023-11-20", "2024-01-15", "2024-02-14", "2024-09-21", "2024-10-01")


def values_of(path: str) -> list[Any]:
    """Values of a fact: all of them; of dates and lists those that rules tell apart."""
    spec = vocabulary()["election" if path == "beneficiary.election" else path]
    match spec.kind:
        case Kind.DATE:
            return [*_DAYS, *_LATER, *(["none"] if spec.may_be_never else [])]
        case Kind.LIST:
            return [[], *([value] for value in spec.values), list(spec.values)]
        case _:
            return list(spec.values)
