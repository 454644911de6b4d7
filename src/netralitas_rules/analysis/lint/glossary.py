"""The glossary that texts are held against: terms of art, foreign words, standard forms."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from netralitas_rules.loading.source import read_text
from netralitas_rules.loading.tree import parse

_FILE = "glossary.yaml"


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words with what they stand for, and the patterns that find them."""

    abbreviations: Mapping[str, frozenset[str]]
    """By language, those that may stand in its texts."""
    glosses: Mapping[str, str]
    """Indonesian terms and abbreviations with the English words for them."""
    english: Mapping[str, str]
    """English words with the Indonesian ones."""
    forms: Mapping[str, str]
    """Non-standard Indonesian forms with the standard ones."""
    any_term: re.Pattern[str]
    any_english: re.Pattern[str]
    any_form: re.Pattern[str]


@cache
def glossary() -> Glossary:
    """The glossary of the package."""
    file = files("netralitas_rules.analysis.lint") / _FILE
    content = parse(read_text(file, _FILE), _FILE).plain()
    both = frozenset(content["abbreviations"])
    only_indonesian = content["indonesian-abbreviations"]
    glosses = {name: words["en"] for name, words in only_indonesian.items()} | content["terms"]
    return Glossary(
        {"id": both | {*only_indonesian}, "en": both | {*content["english-abbreviations"]}},
        glosses,
        content["english"],
        content["forms"],
        _any_of(content["terms"]),
        _any_of(content["english"]),
        _any_of(content["forms"]),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, the longest first, whatever their case."""
    ordered = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w-])", re.IGNORECASE)
