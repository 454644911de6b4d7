"""The content of one YAML or JSON text, and where in it a part stands. Read strictly, for people's
facts: what a text says is never repeated in full.
"""

import json
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, Refused
from netralitas_rules.loading.source import MAX_BYTES, decode, empty, masked, too_large
from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.loading.validate import Locate


class Format(StrEnum):
    YAML = "yaml"
    JSON = "json"
    JSONL = "jsonl"


_SUFFIXES = {
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
}


def format_of(path: Path) -> Format:
    """The format that a suffix tells; YAML for any other."""
    return _SUFFIXES.get(path.suffix.lower(), Format.YAML)


Places = Callable[[], Tree | None]
"""The places in a text, told when they are first asked for; None where they are not known."""


def text_of(data: bytes, name: str) -> str:
    """The text of one document. Raises `Refused`."""
    if len(data) > MAX_BYTES:
        raise Refused([too_large(name, 0)])
    return decode(data, name)


def content_of_text(text: str, name: str, form: Format) -> tuple[Any, Places]:
    """What one document says, and its places. Raises `Refused`."""
    if form is Format.JSON:
        return json_content(text, name, 1), cache(lambda: tree_of_json(text, name, 1))
    tree = parse(text, name, private=True)
    return tree.plain(), lambda: tree


_NOT_YAML = re.compile(
    r"""\\(?:u[dD][89a-fA-F][0-9a-fA-F]{2}|.)|[\t\x7f-\x9f\u2028\u2029\ufffe\uffff]""", re.DOTALL
)


def as_yaml(text: str) -> str:
    """JSON as a text that YAML reads too, with everything in its place: without the halves of
    escaped pairs and the characters that only JSON allows, or does not take for ends of lines.
    """

    def replaced(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] != "\\":
            return " "
        return "x" + found[1:] if len(found) > 2 else found

    return _NOT_YAML.sub(replaced, text)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _Duplicate
    return mapping


class _Duplicate(Exception):
    """A key stands twice in one mapping."""


_JSON = json.JSONDecoder(object_pairs_hook=_without_duplicates)


def json_content(text: str, name: str, first_line: int) -> Any:
    """What a JSON text says; syntax errors, doubled keys and endless nesting are refused.

    What the JSON parser cannot place is placed by the one strict reader, which reads JSON too.
    """
    try:
        return _JSON.decode(text)
    except json.JSONDecodeError as error:
        if not text.strip():
            raise Refused([empty(name, first_line)]) from None
        raise Refused([_json_syntax(text, error, name, first_line)]) from None
    except (RecursionError, _Duplicate, ValueError):
        parse(as_yaml(text), name, first_line=first_line, private=True)
        twice = Diagnostic(  # written in two ways that only JSON takes for one
            Code.DUPLICATE_KEY,
            "a key stands twice in one mapping",
            positions=(Position(name, first_line, 1),),
        )
        raise Refused([twice]) from None


def _json_syntax(text: str, error: json.JSONDecodeError, name: str, first_line: int) -> Diagnostic:
    line = text.split("\n")[error.lineno - 1]
    place = Position(name, first_line + error.lineno - 1, error.colno, 1, masked(line))
    return Diagnostic(
        Code.JSON_SYNTAX,
        f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
        expected="one JSON object",
        positions=(place,),
    )


def tree_of_json(text: str, name: str, first_line: int) -> Tree | None:
    """The places in a JSON text; None for the few texts that YAML cannot read."""
    try:
        return parse(as_yaml(text), name, first_line=first_line, private=True, json=True)
    except Refused as refused:
        if any(d.code is Code.YAML_SYNTAX for d in refused.diagnostics):
            return None
        raise


def tree_of_bytes(data: bytes, name: str, first_line: int) -> Tree | None:
    """As `tree_of_json`, of a line that was read before."""
    return tree_of_json(decode(data, name, first_line=first_line), name, first_line)


def nowhere(loc: Sequence[str | int], of_key: bool) -> None:  # noqa: FBT001 - as `Locate` has it
    """The place of a part of what could not be read."""


def locator(places: Places, path: Sequence[str | int], start: Position) -> Locate:
    """The places in a record; `start` where they are not known."""

    def locate(loc: Sequence[str | int], of_key: bool) -> Position:  # noqa: FBT001
        tree = places()
        return start if tree is None else tree.position([*path, *loc], of_key=of_key)

    return locate
