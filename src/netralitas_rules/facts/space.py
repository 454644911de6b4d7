"""The space of facts that conditions can read.

`vocabulary()` lists every leaf of the incident models with its kind and values. Identity, keys,
notes, earlier sanctions and evidence are not in it: the space is built from the leaf markers, and
those parts carry none.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel

from netralitas_rules.facts.incident import Act, Beneficiary, Incident, Subject
from netralitas_rules.facts.leaves import Never, leaf_kind


class Kind(StrEnum):
    ENUM = "enum"
    BOOL = "bool"
    LIST = "list"
    DATE = "date"
    INTEGER = "integer"


class Origin(StrEnum):
    """Who fills a fact: the incident, a ruleset's own fact there, a constraint, a reading."""

    INCIDENT = "incident"
    FURTHER = "further"
    DERIVED = "derived"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A fact: its path, kind and values (members of the list for `LIST`, none for dates)."""

    path: str
    kind: Kind
    values: tuple[str | bool, ...] = ()
    may_be_never: bool = False
    origin: Origin = Origin.INCIDENT


LAW_PREFIX = "law."
STANDARD_PREFIX = "standard/"
"""Of the facts that say whether an element reaches its standard of evidence; no condition reads
them by name.
"""
READING_PREFIX = "reading."
PHASE = "contest.phase"
PHASES = ("before_determination", "determined", "campaign", "quiet", "vote", "after_vote")
STAGE = "beneficiary.stage"
DETERMINED = "beneficiary.determined_before_act"
OFFICE = "beneficiary.office"
ACT_DATE = "act.date"
CONDUCT = "act.conduct"
ELECTION = "election"
GROUPS = ("subject", "act", "beneficiary")
MAX_LIST_MEMBERS = 8


@cache
def vocabulary() -> MappingProxyType[str, FactSpec]:
    """Every fact that an incident file can state, by path.

    A beneficiary's own `election` is read as `election`: it says which contest the act is about.
    """
    found: dict[str, FactSpec] = {}
    for prefix, model in (
        ("subject", Subject),
        ("act", Act),
        ("beneficiary", Beneficiary),
        ("", Incident),
    ):
        _collect(prefix, model, found)
    del found["beneficiary.election"]
    found[PHASE] = FactSpec(PHASE, Kind.ENUM, PHASES, origin=Origin.DERIVED)
    return MappingProxyType(found)


def stated_facts() -> tuple[FactSpec, ...]:
    """The facts of the vocabulary that an incident states, a ruleset derives none of them."""
    return tuple(spec for spec in vocabulary().values() if spec.origin is Origin.INCIDENT)


def _collect(prefix: str, model: type[BaseModel], found: dict[str, FactSpec]) -> None:
    for name, info in model.model_fields.items():
        path = f"{prefix}.{name}" if prefix else name
        marked = leaf_kind(info)
        if marked is not None:
            found[path] = _spec(path, *marked)
        elif isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            _collect(path, info.annotation, found)


def _spec(path: str, form: str, annotation: Any) -> FactSpec:
    args = get_args(annotation)
    if form == "date":
        return FactSpec(path, Kind.DATE, may_be_never=Never in args)
    kind = args[0] if form == "one" else get_args(args[0])[0]
    if kind is bool:
        return FactSpec(path, Kind.BOOL, (True, False))
    values = tuple(member.value for member in kind)
    return FactSpec(path, Kind.ENUM if form == "one" else Kind.LIST, values)
