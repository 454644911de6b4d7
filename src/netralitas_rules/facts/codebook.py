"""The codebook: what every fact and value means, so that two people code one report alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from netralitas_rules.law.model import Text
from netralitas_rules.loading.source import decode
from netralitas_rules.loading.tree import parse

FILE = "facts.yaml"


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """One value of a fact."""

    label: Text
    definition: Text
    example: Text
    near_miss: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact: its words, its question, who can supply it, its values."""

    path: str
    label: Text
    definition: Text
    question: Text
    supplied_by: Text
    values: Mapping[str, ValueEntry]
    example: Text | None = None
    near_miss: Text | None = None


@cache
def codebook() -> Mapping[str, Entry]:
    """Every entry by path. Read once, when first asked for."""
    data = files("netralitas_rules.facts").joinpath(FILE).read_bytes()
    content = parse(decode(data, FILE), FILE).plain()
    return MappingProxyType({path: _entry(path, raw) for path, raw in content.items()})


def _entry(path: str, raw: Mapping[str, Any]) -> Entry:
    return Entry(
        path,
        _text(raw["label"]),
        _text(raw["definition"]),
        _text(raw["question"]),
        _text(raw["supplied_by"]),
        MappingProxyType(
            {
                value: ValueEntry(*(_text(words[key]) for key in ValueEntry.__slots__))
                for value, words in raw.get("values", {}).items()
            }
        ),
        _text(raw["example"]) if "example" in raw else None,
        _text(raw["near_miss"]) if "near_miss" in raw else None,
    )


def _text(raw: Mapping[str, str]) -> Text:
    return Text(raw["id"], raw["en"])
