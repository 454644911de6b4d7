"""Reading incidents: formats, records, streams, JSON that is read fast and still strictly."""

import copy
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import netralitas_rules as nr
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.content import Format
from netralitas_rules.loading.diagnostics import Code, Refused
from netralitas_rules.loading.incidents import read_json, read_mapping
from netralitas_rules.loading.source import MAX_BYTES

CONTENT: dict[str, Any] = {
    "format": 1,
    "id": "case-1",
    "source": ["https://example.org/a", "https://example.org/b"],
    "note": 'a note: with \\, " and a { bracket',
    "election": {"one_of": ["pemilu_2024", "pilkada_2024"]},
    "subjects": [
        {
            "key": "head",
            "identity": {"name": "N", "nip": "1"},
            "status": {"not": ["tni"]},
            "heads_unit": True,
            "cltn": {"state": "none", "in_force_from": "none"},
            "earlier_sanctions": [{"regime": "ethics", "revoked": False}],
        },
        {"key": "other"},
    ],
    "acts": [
        {
            "by": ["head", "other"],
            "beneficiaries": ["mayor"],
            "conduct": "post",
            "date": {"from": "2024-01", "to": "2024-02-03"},
            "photo": {"shows": ["beneficiary"], "gesture": "none"},
            "attributes": {"has": ["party"], "lacks": ["candidate"]},
            "further": {"kem": {"pages": 3, "more": {"a": [1, {"b": 2}]}}},
        },
        {"by": ["other"]},
    ],
    "beneficiaries": [{"key": "mayor", "kind": "pair"}],
    "report": {"received_on": 2024},
    "evidence": [{"kind": "photo", "sha256": "0" * 64}],
}
JSON = json.dumps(CONTENT)
LINE = JSON.encode()
SMALL = b'{"subjects": [{"status": "pns"}]}'


def read_bytes(data: bytes, form: str | None = None) -> list[Incident | Refused]:
    return list(nr.read(io.BytesIO(data), format=form))


def codes(records: list[Incident | Refused]) -> list[Any]:
    """The codes of every record; None for one that was accepted."""
    return [[d.code for d in r.diagnostics] if isinstance(r, Refused) else None for r in records]


# -- formats


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.yaml", b"subjects: [{status: pns}]"),
        ("a.yml", b"subjects: [{status: pns}]"),
        ("a.YAML", b"subjects: [{status: pns}]"),
        ("a.json", SMALL),
        ("a.JSON", SMALL),
        ("a.jsonl", SMALL + b"\n"),
        ("a.ndjson", SMALL),
        ("a", b"subjects: [{status: pns}]"),
        ("a.txt", SMALL),
    ],
)
def test_the_suffix_tells_the_format(name: str, data: bytes, tmp_path: Path) -> None:
    """A suffix that is none of ours is read as YAML, which JSON nearly is."""
    path = tmp_path / name
    path.write_bytes(data)
    (expected,) = read_bytes(SMALL)
    assert list(nr.read(path)) == [expected]
    assert list(nr.read(str(path))) == [expected]


def test_a_format_that_is_given_stands_before_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(SMALL + b"\n" + SMALL)
    assert codes(list(nr.read(path, format="jsonl"))) == [None, None]
    assert codes(list(nr.read(path, format=Format.JSON))) == [[Code.JSON_SYNTAX]]


def test_a_stream_is_read_as_lines_of_json() -> None:
    assert codes(read_bytes(SMALL + b"\n" + SMALL)) == [None, None]


def test_an_unknown_format_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="xml"):
        read_bytes(SMALL, "xml")


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl"])
def test_every_form_gives_the_same_incident(form: str) -> None:
    assert read_bytes(LINE, form) == [Incident.model_validate(CONTENT)]


def test_the_name_of_a_stream(tmp_path: Path) -> None:
    stream = io.BytesIO(b"[]")
    (refused,) = nr.read(stream)
    assert isinstance(refused, Refused)
    assert str(refused.diagnostics[0].positions[0]) == "<stream>:1:1"
    (tmp_path / "a.jsonl").write_bytes(b"[]")
    with (tmp_path / "a.jsonl").open("rb") as file:
        (refused,) = nr.read(file)
    assert isinstance(refused, Refused)
    assert refused.diagnostics[0].positions[0].source == str(tmp_path / "a.jsonl")


# -- records


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("subjects: [{}]", [None]),
        ("[{subjects: [{}]}, {subjects: [{}]}]", [None, None]),
        ("incidents: [{subjects: [{}]}, 5]", [None, [Code.NOT_A_MAPPING]]),
        ("incidents: {subjects: [{}]}", [[Code.MISSING_KEY, Code.UNKNOWN_KEY]]),
        ("5", [[Code.NOT_A_MAPPING]]),
        ("[5]", [[Code.NOT_A_MAPPING]]),
        ("[]", []),
    ],
)
def test_one_or_many(text: str, records: list[Any]) -> None:
    found = read_bytes(text.encode(), "yaml")
    assert codes(found) == records
    numbers = [r.record for r in found if isinstance(r, Refused)]
    assert numbers == [n for n, record in enumerate(records, 1) if record]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n", b"\n  \n"])
@pytest.mark.parametrize("last", [True, False])
def test_lines(end: bytes, last: bool) -> None:
    """Records are counted, blank lines are not; a place has the line of the file."""
    data = end.join([b"\xef\xbb\xbf" + SMALL, b'{"subjects": [{"status": "x"}]}', SMALL])
    found = read_bytes(data + (end if last else b""), "jsonl")
    assert codes(found) == [None, [Code.UNKNOWN_VALUE], None]
    (refused,) = (r for r in found if isinstance(r, Refused))
    assert refused.record == 2
    assert refused.diagnostics[0].positions[0].line == 1 + end.count(b"\n")
    assert refused.diagnostics[0].positions[0].column == len('{"subjects": [{"status": ') + 1


class Endless(io.RawIOBase):
    """A stream that never ends: one good record a line."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = (SMALL + b"\n") * 10
        buffer[: len(data)] = data
        self.given += 10
        return len(data)


def test_lines_are_read_as_they_come() -> None:
    raw = Endless()
    records = nr.read(io.BufferedReader(raw, 512))
    assert [type(next(records)) for _ in range(25)] == [Incident] * 25
    assert raw.given <= 60


def test_reading_twice_from_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(SMALL + b"\n" + SMALL)
    first, second = nr.read(path), nr.read(path)
    assert next(first) == next(second) == next(first) == next(second)
    assert list(first) == list(second) == []


# -- JSON


def duplicated(content: Any) -> Iterator[str]:
    """JSON texts of the content, each with one of its keys twice."""
    if isinstance(content, dict):
        members = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in content.items()]
        for index, member in enumerate(members):
            yield "{" + ", ".join([*members, member]) + "}"
            key, value = list(content.items())[index]
            others = members[:index] + members[index + 1 :]
            for text in duplicated(value):
                yield "{" + ", ".join([*others, f"{json.dumps(key)}: {text}"]) + "}"
    elif isinstance(content, list):
        for index, item in enumerate(content):
            for text in duplicated(item):
                parts = [json.dumps(part) for part in content]
                parts[index] = text
                yield "[" + ", ".join(parts) + "]"


def keys(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        yield from content
        for value in content.values():
            yield from keys(value)
    elif isinstance(content, list):
        for item in content:
            yield from keys(item)


def test_every_key_twice_is_refused() -> None:
    """Also where the fast way accepts the text: JSON itself would keep the last one silently."""
    texts = list(duplicated(CONTENT))
    assert len(texts) == sum(1 for _ in keys(CONTENT))
    for text in texts:
        with pytest.raises(Refused) as caught:
            read_json(text)
        assert [d.code for d in caught.value.diagnostics] == [Code.DUPLICATE_KEY]
        assert [p.line for p in caught.value.diagnostics[0].positions] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        LINE,
        b"\xef\xbb\xbf" + LINE,
        json.dumps(CONTENT, indent=4, separators=(" ,", " : ")),
        json.dumps(CONTENT, separators=(",", ":")),
    ],
    ids=["text", "bytes", "mark", "wide", "narrow"],
)
def test_how_json_is_written_does_not_matter(text: str | bytes) -> None:
    assert read_json(text) == Incident.model_validate(CONTENT)


@pytest.mark.parametrize("key", ["n\\u006fte", "\\u006eote"])
def test_an_escaped_key_twice(key: str) -> None:
    text = '{"subjects": [{}], "note": "a", "%s": "b"}'
    with pytest.raises(Refused) as caught:
        read_json(text.replace("%s", key))
    assert [d.code for d in caught.value.diagnostics] == [Code.DUPLICATE_KEY]


def test_json_over_the_limit() -> None:
    for read in (read_json, read_mapping):
        for data in (" " * (MAX_BYTES + 1), b" " * (MAX_BYTES + 1)):
            with pytest.raises(Refused) as caught:
                read(data)
            (diagnostic,) = caught.value.diagnostics
            assert (diagnostic.code, diagnostic.found) == (Code.TOO_LARGE, f"{MAX_BYTES + 1} bytes")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("{", 1, 2), ('{"a": 1,\n "b" 2}', 2, 6), ("\n\nx", 3, 1), ('{"a": 1}\n{}', 2, 1)],
)
def test_the_place_of_a_json_mistake(text: str, line: int, column: int) -> None:
    with pytest.raises(Refused) as caught:
        read_json(text, name="a.json", first_line=5)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code is Code.JSON_SYNTAX
    position = diagnostic.positions[0]
    assert (position.line, position.column) == (4 + line, column)
    assert len(position.text) == len(text.split("\n")[line - 1])


def test_nothing_is_no_json() -> None:
    with pytest.raises(Refused) as caught:
        read_json("  \n ")
    assert [d.code for d in caught.value.diagnostics] == [Code.EMPTY]


@pytest.mark.parametrize(
    "text", ['{"a": {"b": [1, true]}}', b'\xef\xbb\xbf{"a": {"b": [1, true]}}']
)
def test_a_row_of_facts(text: str | bytes) -> None:
    assert read_mapping(text) == {"a": {"b": [1, True]}}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[1]", Code.NOT_A_MAPPING),
        ('{"a": 1, "a": 2}', Code.DUPLICATE_KEY),
        ('{"a": {"b": 1, "b": 2}}', Code.DUPLICATE_KEY),
        ('{"a": ', Code.JSON_SYNTAX),
        ("", Code.EMPTY),
        (b"\xff", Code.NOT_UTF8),
        ("[" * 100_000, Code.TOO_DEEP),
    ],
)
def test_rows_that_are_refused(text: str | bytes, code: Code) -> None:
    with pytest.raises(Refused) as caught:
        read_mapping(text)
    assert [d.code for d in caught.value.diagnostics] == [code]


# -- nothing that a file says makes `read` raise

FORMS = st.sampled_from(["yaml", "json", "jsonl"])
QUICK = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def check_records(data: bytes, form: str) -> None:
    """Every record is an incident, or a refusal that can be shown and stored."""
    for record in read_bytes(data, form):
        if isinstance(record, Refused):
            assert record.diagnostics
            assert str(record).startswith(("<stream>:", "error["))
            assert json.loads(json.dumps([d.as_json() for d in record.diagnostics]))
        else:
            assert isinstance(record, Incident)


@QUICK
@given(st.binary(max_size=200), FORMS)
@example(b"\xff\xfe\x00", "yaml")
@example(b"", "json")
def test_any_bytes(data: bytes, form: str) -> None:
    check_records(data, form)


@QUICK
@given(st.text("[]{}:,-?&*!|>'\"%@`#\n\t ab01.~yes<", max_size=60), FORMS)
@example("{? [a]: b}", "yaml")
@example("a: 'b\n", "yaml")
def test_any_punctuation(text: str, form: str) -> None:
    check_records(text.encode(), form)


@QUICK
@given(st.integers(0, len(LINE) - 1), st.integers(0, 12), st.binary(max_size=6), FORMS)
def test_a_damaged_incident(start: int, length: int, new: bytes, form: str) -> None:
    check_records(LINE[:start] + new + LINE[start + length :], form)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@QUICK
@given(st.sampled_from(sorted(CONTENT)), TREES, FORMS)
def test_any_value_under_any_key(key: str, value: Any, form: str) -> None:
    check_records(json.dumps(CONTENT | {key: value}).encode(), form)


# -- the three forms read one JSON text alike

WRITTEN: list[Any] = [
    *(True, False, 0, 1, -1, 2024, 20240131, 10**15 - 1),
    *("", "none", "2024-01-31", "2024-01", "pns", "true", "yes", "1", "null", "~"),
    *("é", "a\nb", "\\", "#x", "- a", ": ", '"', "'", " x ", "&a", "*a", "!a", "%a", "x " * 300),
    *([], {}, ["pns"], [True], [[]], {"a": 1}, {"one_of": ["pns"]}, {"not": []}),
    *({"has": ["party"]}, {"from": "2024"}, {"to": "2023"}, {"from": "2024", "to": "2023"}),
]


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in the content below its top."""
    items = content.items() if isinstance(content, dict) else enumerate(content)
    for step, inner in items:
        yield (*path, step)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, step))


@QUICK
@given(st.sampled_from(sorted(places(CONTENT), key=str)), st.sampled_from(WRITTEN))
def test_every_form_reads_alike(place: tuple[Any, ...], value: Any) -> None:
    """JSON is YAML as well: with one part changed, all three accept it, or refuse it alike."""
    content = copy.deepcopy(CONTENT)
    part: Any = content
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    text = json.dumps(content, ensure_ascii=False).encode()
    first, second, third = (read_bytes(text, form) for form in ("yaml", "json", "jsonl"))
    assert codes(first) == codes(second) == codes(third)
    if codes(first) == [None]:
        assert first == second == third
