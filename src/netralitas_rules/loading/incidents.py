"""Reading incidents from YAML, JSON and JSONL: one or many, streamed where the form allows.

A record that is not accepted is yielded as a `Refused` value with its number; the others are read
all the same. Nothing here ever raises for what a file says, only for how it was asked.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from netralitas_rules.facts.evidence import own_facts
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.content import (
    Format,
    as_yaml,
    content_of_text,
    format_of,
    json_content,
    locator,
    nowhere,
    text_of,
    tree_of_bytes,
    tree_of_json,
)
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, Refused, shown
from netralitas_rules.loading.source import MAX_BYTES, decode, empty, too_large, unreadable
from netralitas_rules.loading.tree import parse
from netralitas_rules.loading.validate import Locate, diagnostics_of

MANY = "incidents"
"""A file with many incidents is a list, or a mapping with this one key."""


Record = tuple[Incident | Refused, Locate]
"""What a record is, and where in its text a part of it stands."""


def read(
    source: str | Path | BinaryIO,
    *,
    format: Format | str | None = None,
) -> Iterator[Incident | Refused]:
    """Every incident of a file (a path) or of an open binary stream.

    The format is told by the suffix; a stream without a name is read as JSONL unless `format`
    says otherwise. Yields `Incident`, or `Refused` for a record that was not accepted.
    """
    return (record for record, _ in read_placed(source, format=format))


def placed(refused: Refused, locate: Locate) -> Refused:
    """A refusal of what an incident says, with the places in its file before those that it has."""

    def with_place(diagnostic: Diagnostic) -> Diagnostic:
        steps = [int(step) if step.isdigit() else step for step in diagnostic.path]
        written = steps[:1] and steps[0] in Incident.model_fields
        place = locate(steps, False) if written else None  # noqa: FBT003 - the value, not its key
        if place is None:
            return diagnostic
        return replace(diagnostic, positions=(place, *diagnostic.positions))

    return Refused(map(with_place, refused.diagnostics), record=refused.record)


def read_placed(
    source: str | Path | BinaryIO, *, format: Format | str | None = None
) -> Iterator[Record]:
    """As `read`, each record with the places of its parts."""
    if isinstance(source, str | Path):
        path = Path(source)
        form = Format(format) if format else format_of(path)
        try:
            with path.open("rb") as stream:
                yield from _read(stream, str(source), form)
        except OSError as error:
            yield Refused([unreadable(str(source), error)]), nowhere
        return
    name = str(getattr(source, "name", "<stream>"))
    yield from _read(source, name, Format(format) if format else Format.JSONL)


def read_json(text: str | bytes, *, name: str = "<json>", first_line: int = 1) -> Incident:
    """The incident in one JSON text. Raises `Refused`."""
    if len(text) > MAX_BYTES:
        raise Refused([too_large(name, len(text), first_line)])
    if isinstance(text, bytes):
        text = decode(text, name, first_line=first_line)
    try:
        incident = Incident.model_validate_json(text)
    except ValidationError:
        content = json_content(text, name, first_line)
        start = Position(name, first_line, 1)
        places = partial(tree_of_json, text, name, first_line)
        return incident_from(content, locate=locator(places, (), start))
    if not _keys_are_unique(text):
        json_content(text, name, first_line)
    check_further([incident], text, name, first_line=first_line)
    return incident


def _keys_are_unique(text: str) -> bool:
    """Of a text that is JSON. The decoder hands over the pairs of every object as they stand."""
    objects: list[list[tuple[str, Any]]] = []
    json.JSONDecoder(object_pairs_hook=objects.append).decode(text)
    return all(len(dict(pairs)) == len(pairs) for pairs in objects)


def check_further(
    incidents: Iterable[Incident], text: str, name: str, *, first_line: int = 1
) -> None:
    """Facts of a ruleset itself are read from JSON as strictly as from YAML: by the same reader.

    Raises `Refused`.
    """
    if not all(_is_plain(fact) for incident in incidents for fact in _further(incident)):
        parse(as_yaml(text), name, first_line=first_line, private=True)


def _further(incident: Incident) -> Iterator[Any]:
    for part in (*incident.subjects, *incident.acts, *incident.beneficiaries):
        if part.further:
            yield part.further
    yield from own_facts(incident)


def _is_plain(value: Any, depth: int = 0) -> bool:
    """Whether this is certainly nothing that the strict reader refuses."""
    match value:
        case dict():
            return depth < _PLAIN_DEPTH and all(_is_plain(v, depth + 1) for v in value.values())
        case list() | tuple():
            return depth < _PLAIN_DEPTH and all(_is_plain(v, depth + 1) for v in value)
        case int():
            return abs(value) < _PLAIN_NUMBER
    return isinstance(value, str)


_PLAIN_DEPTH = 10
_PLAIN_NUMBER = 10**9


def read_mapping(text: str | bytes, *, name: str = "<json>") -> dict[str, Any]:
    """One JSON object as a plain mapping, without duplicate keys. Raises `Refused`."""
    if len(text) > MAX_BYTES:
        raise Refused([too_large(name, len(text))])
    if isinstance(text, bytes):
        text = decode(text, name)
    content = json_content(text, name, 1)
    if not isinstance(content, dict):
        raise Refused(
            [Diagnostic(Code.NOT_A_MAPPING, "a row of facts is a mapping", found=shown(content))]
        )
    return content


def incident_from(content: Any, *, locate: Locate) -> Incident:
    """The incident that a content is; `locate` is asked only where it is refused.

    Raises `Refused`.
    """
    if isinstance(content, dict):
        try:
            return Incident.model_validate(content)
        except ValidationError as error:
            raise Refused(diagnostics_of(error, Incident, locate=locate)) from None
    at = locate([], False)  # noqa: FBT003
    raise Refused(
        [
            Diagnostic(
                Code.NOT_A_MAPPING,
                "an incident is a mapping",
                expected="`subjects`, `acts` and the other keys of an incident",
                found=shown(content),
                help="`netralitas new post` writes one to begin with",
                positions=(at,) if at is not None else (),
            )
        ]
    )


def content_of(incident: Incident) -> dict[str, Any]:
    """An incident as it would stand in a file."""
    return incident.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)


def _read(stream: BinaryIO, name: str, form: Format) -> Iterator[Record]:
    if form is Format.JSONL:
        yield from _read_lines(stream, name)
        return
    try:
        text = text_of(stream.read(MAX_BYTES + 1), name)
        content, places = content_of_text(text, name, form)
    except Refused as refused:
        yield refused, nowhere
        return
    for number, path in enumerate(records(content), start=1):
        record = content
        for step in path:
            record = record[step]
        locate = locator(places, path, Position(name, 1, 1))
        try:
            incident = incident_from(record, locate=locate)
            if form is Format.JSON:
                check_further([incident], text, name)
            yield incident, locate
        except Refused as refused:
            yield Refused(refused.diagnostics, record=number), locate


def records(content: Any) -> list[list[str | int]]:
    """Paths of the incidents in a document."""
    if isinstance(content, list):
        return [[index] for index in range(len(content))]
    if isinstance(content, dict) and set(content) == {MANY} and isinstance(content[MANY], list):
        return [[MANY, index] for index in range(len(content[MANY]))]
    return [[]]


def _read_lines(stream: BinaryIO, name: str) -> Iterator[Record]:
    number = 0
    for line_number, line in _lines(stream):
        if line is not None and not line.strip():
            continue
        number += 1
        try:
            if line is None:
                raise Refused([too_large(name, 0, line_number)])
            text = line.rstrip(b"\r\n")
            incident = read_json(text, name=name, first_line=line_number)
            places = partial(tree_of_bytes, text, name, line_number)
            yield incident, locator(places, (), Position(name, line_number, 1))
        except Refused as refused:
            yield Refused(refused.diagnostics, record=number), nowhere
    if number == 0:
        yield Refused([empty(name)]), nowhere


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
