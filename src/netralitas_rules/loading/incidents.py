"""Reading incidents from YAML, JSON and JSONL: one or many, streamed where the form allows.

A record that is not accepted is yielded as a `Refused` value with its number; the others are read
all the same. Nothing here ever raises for what a file says, only for how it was asked.
"""

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, Refused, shown
from netralitas_rules.loading.source import MAX_BYTES, decode, empty, masked, too_large
from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.loading.validate import diagnostics_of

MANY = "incidents"
"""A file with many incidents is a list, or a mapping with this one key."""


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


def read(
    source: str | Path | BinaryIO,
    *,
    format: Format | str | None = None,
) -> Iterator[Incident | Refused]:
    """Every incident of a file (a path) or of an open binary stream.

    The format is told by the suffix; a stream without a name is read as JSONL unless `format`
    says otherwise. Yields `Incident`, or `Refused` for a record that was not accepted.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        form = Format(format) if format else _SUFFIXES.get(path.suffix.lower(), Format.YAML)
        try:
            with path.open("rb") as stream:
                yield from _read(stream, str(source), form)
        except OSError as error:
            yield Refused([_unreadable(str(source), error)])
        return
    name = str(getattr(source, "name", "<stream>"))
    yield from _read(source, name, Format(format) if format else Format.JSONL)


def read_json(text: str | bytes, *, name: str = "<json>", first_line: int = 1) -> Incident:
    """The incident in one JSON text. Raises `Refused`."""
    if len(text) > MAX_BYTES:
        raise Refused([too_large(name, len(text))])
    if isinstance(text, bytes):
        text = decode(text, name)
    try:
        incident = Incident.model_validate_json(text)
    except ValidationError:
        return _incident_of(_json_tree(text, name, first_line), [])
    if len(_KEYS.findall(text)) != _stated_keys(incident):
        _refuse_duplicates(text, name, first_line)
    return incident


_KEYS = re.compile(r'(?<!\\)"\s*:')


def _stated_keys(incident: Incident) -> int:
    """How many keys a JSON text of this incident has, if it is written in the plainest form.

    Where the count differs from the text, a second look at the text decides; so a form that this
    count does not know costs time, never truth.
    """
    count = 0
    waiting: list[Any] = [incident]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(part)
            continue
        names = getattr(part, "model_fields_set", None)
        if names is None:
            continue
        count += len(names)
        values = part.__dict__
        waiting.extend(
            value
            for name in names
            if type(value := values[name]) is tuple or hasattr(value, "model_fields_set")
        )
    return count


def read_mapping(text: str | bytes, *, name: str = "<json>") -> dict[str, Any]:
    """One JSON object as a plain mapping, without duplicate keys. Raises `Refused`."""
    if len(text) > MAX_BYTES:
        raise Refused([too_large(name, len(text))])
    if isinstance(text, bytes):
        text = decode(text, name)
    try:
        content = _JSON.decode(text)
    except (ValueError, RecursionError, _Duplicate):
        content = _json_tree(text, name, 1).plain()
    if not isinstance(content, dict):
        raise Refused(
            [Diagnostic(Code.NOT_A_MAPPING, "a row of facts is a mapping", found=shown(content))]
        )
    return content


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _Duplicate
    return mapping


_JSON = json.JSONDecoder(object_pairs_hook=_without_duplicates)


def _refuse_duplicates(text: str, name: str, first_line: int) -> None:
    try:
        _JSON.decode(text)
    except _Duplicate:
        _json_tree(text, name, first_line)
        raise Refused(
            [
                Diagnostic(
                    Code.DUPLICATE_KEY,
                    "a key stands twice in one mapping",
                    help="join the two, or remove one",
                    positions=(Position(name, first_line, 1),),
                )
            ]
        ) from None


class _Duplicate(Exception):
    pass


def _json_tree(text: str, name: str, first_line: int) -> Tree:
    """JSON with positions: checked as JSON first, then read by the one strict reader."""
    try:
        json.loads(text)
    except RecursionError:
        pass  # the reader below names the place where it becomes too deep
    except json.JSONDecodeError as error:
        if not text.strip():
            parse(text, name, first_line=first_line)
        line = text.splitlines()[error.lineno - 1] if error.lineno <= text.count("\n") + 1 else ""
        raise Refused(
            [
                Diagnostic(
                    Code.JSON_SYNTAX,
                    f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
                    expected="one JSON object",
                    positions=(
                        Position(name, first_line + error.lineno - 1, error.colno, 1, masked(line)),
                    ),
                )
            ]
        ) from None
    return parse(text.replace("\t", " "), name, first_line=first_line, private=True)


def _incident_of(tree: Tree, path: list[str | int]) -> Incident:
    """The incident at a place of a tree. Raises `Refused`."""
    content: Any = tree.plain()
    for step in path:
        content = content[step]
    if not isinstance(content, dict):
        raise Refused(
            [
                Diagnostic(
                    Code.NOT_A_MAPPING,
                    "an incident is a mapping",
                    expected="`subjects`, `acts` and the other keys of an incident",
                    found=shown(content),
                    help="`netralitas new post` writes one to begin with",
                    positions=(tree.position(path),),
                )
            ]
        )
    try:
        return Incident.model_validate(content)
    except ValidationError as error:
        raise Refused(
            diagnostics_of(
                error,
                Incident,
                locate=lambda loc, of_key: tree.position([*path, *loc], of_key=of_key),
            )
        ) from None


def _read(stream: BinaryIO, name: str, form: Format) -> Iterator[Incident | Refused]:
    if form is Format.JSONL:
        yield from _read_lines(stream, name)
        return
    try:
        data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise Refused([too_large(name, 0)])
        text = decode(data, name)
        tree = _json_tree(text, name, 1) if form is Format.JSON else parse(text, name, private=True)
    except Refused as refused:
        yield refused
        return
    for number, path in enumerate(_records(tree), start=1):
        try:
            yield _incident_of(tree, path)
        except Refused as refused:
            yield Refused(refused.diagnostics, record=number)


def _records(tree: Tree) -> list[list[str | int]]:
    """Paths of the incidents in a document."""
    root = tree.root.value
    if isinstance(root, list):
        return [[index] for index in range(len(root))]
    if isinstance(root, dict) and set(root) == {MANY} and isinstance(root[MANY].value, list):
        return [[MANY, index] for index in range(len(root[MANY].value))]
    return [[]]


def _read_lines(stream: BinaryIO, name: str) -> Iterator[Incident | Refused]:
    number = 0
    for line_number, line in _lines(stream):
        if line is not None and not line.strip():
            continue
        number += 1
        try:
            if line is None:
                raise Refused([too_large(name, 0)])
            yield read_json(line.rstrip(b"\r\n"), name=name, first_line=line_number)
        except Refused as refused:
            yield Refused(refused.diagnostics, record=number)
    if number == 0:
        yield Refused([empty(name)])


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; None for one over the limit, whose rest is skipped."""
    line_number = 0
    while line := stream.readline(MAX_BYTES + 1):
        line_number += 1
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield line_number, None
        else:
            yield line_number, line


def _unreadable(name: str, error: OSError) -> Diagnostic:
    return Diagnostic(
        Code.FILE_UNREADABLE,
        f"the file cannot be read: {error.strerror or error}",
        expected="a readable file",
        found=f"`{name}`",
        positions=(Position(name, 1, 1),),
    )
