"""Diagnostics: what was expected, what was found, where, and what to do.

A `Diagnostic` is a value with a stable code. `Refused` carries one or more of them; it is raised
by `load` and `decide`, and *yielded* by `read`, so that one bad record does not stop the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """Stable codes of everything that is refused."""

    FILE_UNREADABLE = "file-unreadable"
    NOT_UTF8 = "not-utf8"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    YAML_SYNTAX = "yaml-syntax"
    YAML_TAG = "yaml-tag"
    YAML_ALIAS = "yaml-alias"
    YAML_SEVERAL_DOCUMENTS = "yaml-several-documents"
    JSON_SYNTAX = "json-syntax"
    DUPLICATE_KEY = "duplicate-key"
    KEY_NOT_TEXT = "key-not-text"
    NULL = "null"
    BOOLEAN_WORD = "boolean-word"
    NUMBER_FORM = "number-form"
    NOT_A_MAPPING = "not-a-mapping"
    WRONG_TYPE = "wrong-type"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    UNKNOWN_VALUE = "unknown-value"
    BAD_DATE = "bad-date"
    UNKNOWN_FORMAT = "unknown-format"
    UNKNOWN_REFERENCE = "unknown-reference"
    UNKNOWN_FACT = "unknown-fact"
    BAD_CONDITION = "bad-condition"
    TOO_NESTED = "too-nested"
    QUESTION_KIND = "question-kind"
    DUPLICATE_ITEM = "duplicate-item"
    OVERLAY = "overlay"
    CYCLE = "cycle"
    BAD_CALENDAR = "bad-calendar"
    BAD_VALIDITY = "bad-validity"
    BAD_DEADLINE = "bad-deadline"
    BAD_TABLE = "bad-table"
    BAD_PROCEDURE = "bad-procedure"
    BAD_DERIVATION = "bad-derivation"
    UNKNOWN_RULESET = "unknown-ruleset"
    CONTRADICTORY_FACTS = "contradictory-facts"
    STAGE_DEPARTS = "stage-departs"
    DATE_ORDER = "date-order"
    TOO_MANY_FRAMES = "too-many-frames"
    NOT_IN_FORCE = "not-in-force"
    HASH_MISMATCH = "hash-mismatch"
    MISSING_EXTRA = "missing-extra"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a source text; `line` and `column` count from 1."""

    source: str
    line: int
    column: int
    length: int = 1
    text: str = ""
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One reason for refusing a text, a ruleset or a set of facts; or what an analysis found."""

    code: StrEnum
    message: str
    expected: str = ""
    found: str = ""
    help: str = ""
    positions: tuple[Position, ...] = ()
    path: tuple[str, ...] = ()
    """Where the value stands: keys from the top (`violations`, `skb-2022/B7`, `needs`)."""
    heading: str = ""
    """The law heading it stands under (`PP 94/2021, Pasal 5 huruf n angka 5`)."""

    def as_json(self) -> dict[str, Any]:
        """Plain JSON form, the same keys always."""
        return {
            "code": self.code.value,
            "message": self.message,
            "expected": self.expected,
            "found": self.found,
            "help": self.help,
            "path": list(self.path),
            "heading": self.heading,
            "positions": [
                {
                    "source": p.source,
                    "line": p.line,
                    "column": p.column,
                    "length": p.length,
                    "text": p.text,
                }
                for p in self.positions
            ],
        }

    def __str__(self) -> str:
        return render(self)


class Refused(Exception):
    """An input that was not accepted, and why.

    `record` is its number in a stream (from 1), `None` where there is only one.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], *, record: int | None = None) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        self.record = record
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n\n".join(render(d) for d in self.diagnostics)

    def __reduce__(self) -> tuple[Any, ...]:
        return _refused, (self.diagnostics, self.record)


def _refused(diagnostics: tuple[Diagnostic, ...], record: int | None) -> Refused:
    return Refused(diagnostics, record=record)


_SHOWN_WIDTH = 160


def render(diagnostic: Diagnostic, *, as_a: str = "error") -> str:
    """Text for a terminal: one line of summary, the source line with a caret, the help."""
    first = diagnostic.positions[0] if diagnostic.positions else None
    where = f"{first}: " if first else ""
    lines = [f"{where}{as_a}[{diagnostic.code}]: {diagnostic.message}"]
    place = " > ".join(diagnostic.path)
    if diagnostic.heading:
        place = f"{place} ({diagnostic.heading})" if place else diagnostic.heading
    if place:
        lines.append(f"  in {place}")
    for position in diagnostic.positions:
        if position is not first:
            lines.append(f"  see also {position}")
        lines.extend(_excerpt(position))
    if diagnostic.expected:
        lines.append(f"  expected: {diagnostic.expected}")
    if diagnostic.found:
        lines.append(f"  found:    {diagnostic.found}")
    if diagnostic.help:
        lines.append(f"  help:     {diagnostic.help}")
    return "\n".join(lines)


def _excerpt(position: Position) -> list[str]:
    if not position.text:
        return []
    start = max(0, position.column - 1 - _SHOWN_WIDTH // 2)
    shown = "".join(
        c if c.isprintable() else " " for c in position.text[start : start + _SHOWN_WIDTH]
    )
    caret_at = position.column - 1 - start
    carets = "^" * max(1, min(position.length, len(shown) - caret_at))
    number = f"{position.line:>5}"
    return [f"{number} | {shown}", f"{' ' * len(number)} | {' ' * caret_at}{carets}"]


def suggest(word: str, known: Iterable[str]) -> str:
    """A help sentence with the nearest known word, or an empty text."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""


def listing(values: Iterable[object], *, limit: int = 12) -> str:
    """`a`, `b` or `c`; cut after `limit`, saying how many more there are."""
    names = [f"`{_word(v)}`" for v in values]
    if len(names) > limit:
        return ", ".join(names[:limit]) + f" or one of {len(names) - limit} more"
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " or " + names[-1]


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def shown(value: object, *, limit: int = 60) -> str:
    """A found value, short enough for one line and free of line breaks."""
    match value:
        case None:
            return "nothing (null)"
        case bool():
            text = str(value).lower()
        case dict():
            keys: Sequence[object] = list(value)
            text = f"a mapping with {listing(keys, limit=4)}" if keys else "an empty mapping"
        case list() | tuple():
            text = f"a list of {len(value)}"
        case _:
            text = f"`{value}`"
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 3] + "..."
