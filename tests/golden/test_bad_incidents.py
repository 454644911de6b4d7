"""The zoo of wrong incident files: what `read` and `decide` refuse them for.

Every value of identity in these files is the word `Rahasia` or a number that begins with 1985: no
sentence, excerpt or JSON form of a diagnostic may show either.
"""

import errno
import io
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.engine import frames
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading import tree
from netralitas_rules.loading.diagnostics import Code, Refused
from netralitas_rules.loading.evidence_files import with_files_checked
from netralitas_rules.loading.incidents import read_placed
from netralitas_rules.loading.source import MAX_BYTES
from tests.golden.harness import BASE, HERE, SUFFIX, check, expectation_of, plain_all

ZOO = HERE / "bad_incidents"
READ = sorted(p for p in (ZOO / "read").iterdir() if not p.name.endswith(SUFFIX))
DECIDE = sorted(p for p in (ZOO / "decide").iterdir() if not p.name.endswith(SUFFIX))
FILES = sorted(p for p in (ZOO / "files").glob("*.yaml") if not p.name.endswith(SUFFIX))
AS_OF = "2026-01-01"
GOOD = b'{"subjects": [{"status": "pns"}], "acts": [{"conduct": "post", "date": "2024-01-10"}]}'


def records(case: Path) -> list[Incident | Refused]:
    """The records of a file, with its bare name in every place."""
    stream = io.BytesIO(case.read_bytes())
    stream.name = case.name
    return list(nr.read(stream, format=case.suffix.removeprefix(".")))


def read_bytes(data: bytes, form: str) -> list[Incident | Refused]:
    return list(nr.read(io.BytesIO(data), format=form))


def outcomes(case: Path) -> list[dict[str, Any]]:
    """What became of every record; an accepted one is decided under the national ruleset."""
    rules = nr.load("national")
    found: list[dict[str, Any]] = []
    for record in records(case):
        if isinstance(record, Refused):
            told = [_of_any_python(d) for d in plain_all(record.diagnostics)]
            found.append({"record": record.record, "refused": told})
        else:
            outcome = rules.decide(record, as_of=AS_OF).outcome
            found.append({"accepted": record.id or "", "outcome": outcome.value})
    return found


def _of_any_python(diagnostic: dict[str, Any]) -> dict[str, Any]:
    """What is wrong with a JSON text is told in the words of Python, which change."""
    if diagnostic["code"] == Code.JSON_SYNTAX:
        head, _, words = diagnostic["message"].partition(": ")
        assert words
        return diagnostic | {"message": f"{head}: ..."}
    return diagnostic


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_read(case: Path, update_golden: bool) -> None:
    check(outcomes(case), expectation_of(case), update=update_golden)


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_something_is_refused(case: Path) -> None:
    assert any(isinstance(record, Refused) for record in records(case))


@pytest.mark.parametrize("case", DECIDE, ids=lambda case: case.stem)
def test_decide(case: Path, update_golden: bool) -> None:
    (incident,) = records(case)
    assert isinstance(incident, Incident)
    with pytest.raises(Refused) as caught:
        nr.load("national").decide(incident, as_of=AS_OF)
    check(plain_all(caught.value.diagnostics), expectation_of(case), update=update_golden)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_files(case: Path, update_golden: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with the documents behind evidence."""
    monkeypatch.chdir(case.parent)
    (record,) = read_placed(case.name)
    refused, _ = with_files_checked(record, case.name)
    assert isinstance(refused, Refused)
    check(plain_all(refused.diagnostics), expectation_of(case), update=update_golden)


def test_every_expectation_has_its_case() -> None:
    folders = ("read", "decide", "files")
    written = {p.name for folder in folders for p in (ZOO / folder).glob("*" + SUFFIX)}
    assert written == {expectation_of(case).name for case in (*READ, *DECIDE, *FILES)}


# -- personal data


def everything_said(refused: Refused) -> str:
    """Every form in which a refusal can reach a terminal, a log or another program."""
    forms = [json.dumps(d.as_json(), ensure_ascii=False) for d in refused.diagnostics]
    return "\n".join([str(refused), repr(refused), *forms])


IDENTITY = [case for case in READ if case.name.startswith("identity-")]


@pytest.mark.parametrize("case", IDENTITY, ids=lambda case: case.name)
def test_identity_is_never_shown(case: Path, request: pytest.FixtureRequest) -> None:
    refusals = [record for record in records(case) if isinstance(record, Refused)]
    said = "\n".join(everything_said(refused) for refused in refusals)
    assert refusals
    assert not re.search(r"Rahasia|1985", said)


# -- places and parsers


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_places_lie_in_the_file(case: Path) -> None:
    lines = case.read_bytes().decode("utf-8", errors="replace").split("\n")
    for record in records(case):
        for diagnostic in record.diagnostics if isinstance(record, Refused) else ():
            for position in diagnostic.positions:
                line = lines[position.line - 1]
                assert position.source == case.name
                assert 1 <= position.column <= len(line) + 1
                if position.text:
                    assert len(position.text) == len(line)
                    assert all(a in (b, "*") for a, b in zip(position.text, line, strict=True))


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_both_parsers_refuse_alike(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal: everything but the sentence of a syntax error, which each parser words itself."""
    first = [_without_sentences(record) for record in records(case)]
    monkeypatch.setattr(tree, "_PARSER", tree.PureParser)
    assert [_without_sentences(record) for record in records(case)] == first


def _without_sentences(record: Incident | Refused) -> Any:
    if isinstance(record, Incident):
        return record
    return [
        {k: v for k, v in d.items() if k != "message" or d["code"] != Code.YAML_SYNTAX}
        for d in plain_all(record.diagnostics)
    ]


# -- what is made here because it is too large or no file at all


def codes(found: list[Incident | Refused]) -> list[list[Code] | None]:
    """The codes of every record; None for one that was accepted."""
    return [
        [Code(d.code) for d in r.diagnostics] if isinstance(r, Refused) else None for r in found
    ]


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_file_over_the_limit(form: str) -> None:
    assert codes(read_bytes(GOOD + b" " * (MAX_BYTES + 1 - len(GOOD)), form)) == [[Code.TOO_LARGE]]


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl"])
def test_a_file_at_the_limit(form: str) -> None:
    assert codes(read_bytes(GOOD + b" " * (MAX_BYTES - len(GOOD)), form)) == [None]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_record_over_the_limit(times: int, end: bytes) -> None:
    """It is refused under its number, its rest is skipped, and the others are decided."""
    long = b'{"note": "' + b"x" * (times * MAX_BYTES) + b'"}'
    found = read_bytes(end.join([GOOD, long, GOOD, long, GOOD]), "jsonl")
    assert codes(found) == [None, [Code.TOO_LARGE], None, [Code.TOO_LARGE], None]
    assert [r.record for r in found if isinstance(r, Refused)] == [2, 4]
    rules = nr.load("national")
    assert all(rules.decide(r, as_of=AS_OF) for r in found if isinstance(r, Incident))


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl"])
@pytest.mark.parametrize("nested", ["[", '{"a":', '[{"a":'])
def test_a_million_nested(nested: str, form: str) -> None:
    text = (nested * MAX_BYTES)[:MAX_BYTES]
    assert codes(read_bytes(text.encode(), form)) == [[Code.TOO_DEEP]]


def test_closed_brackets_nested_deep() -> None:
    text = "[" * 100_000 + "]" * 100_000
    found = read_bytes(b"\n".join([GOOD, text.encode(), GOOD]), "jsonl")
    assert codes(found) == [None, [Code.TOO_DEEP], None]


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize("key", ["subjects", "acts", "beneficiaries", "evidence"])
def test_lists_over_their_limit(key: str, form: str) -> None:
    item: dict[str, str] = {"kind": "photo"} if key == "evidence" else {}
    content: dict[str, Any] = {"subjects": [{}]} | {key: [item] * 1001}
    (refused,) = read_bytes(json.dumps(content).encode(), form)
    assert isinstance(refused, Refused)
    assert [(d.code, d.path) for d in refused.diagnostics] == [(Code.WRONG_TYPE, (key,))]


def test_no_such_file(tmp_path: Path) -> None:
    for source in (tmp_path / "no.yaml", tmp_path):
        (refused,) = nr.read(source)
        assert isinstance(refused, Refused)
        (diagnostic,) = refused.diagnostics
        assert diagnostic.code is Code.FILE_UNREADABLE
        assert diagnostic.message.startswith("the file cannot be read: ")
        assert diagnostic.message.rpartition(": ")[2] in (
            os.strerror(errno.ENOENT),
            os.strerror(errno.EISDIR),
        )
        assert diagnostic.found == f"`{source}`"


def test_too_many_combinations() -> None:
    people = [f"s{n}" for n in range(100)]
    many: dict[str, Any] = {
        "subjects": [{"key": key} for key in people],
        "acts": [{"by": people}] * 100,
        "beneficiaries": [{}] * 3,
    }
    with pytest.raises(Refused) as caught:
        nr.load("national").decide(Incident.model_validate(many), as_of=AS_OF)
    assert [d.code for d in caught.value.diagnostics] == [Code.TOO_MANY_FRAMES]


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two combinations are few; the days on which each may have been are not."""
    monkeypatch.setattr(frames, "MAX_FRAMES", 20)
    undated = Incident.model_validate({"subjects": [{}], "acts": [{}, {}]})
    with pytest.raises(Refused) as caught:
        nr.load("national").decide(undated, as_of=AS_OF)
    assert [d.code for d in caught.value.diagnostics] == [Code.TOO_MANY_FRAMES]


# -- what `decide` refuses of facts that only an overlay has


OVERLAY = """
ruleset:
  format: 1
  name: layer
  version: "1.0"
  title: {id: "lapisan", en: "layer"}
  over: base
  prefix: kem
facts:
  act.kem.pages:
    label: {id: "halaman", en: "pages"}
    kind: integer
  act.kem.colour:
    label: {id: "warna", en: "colour"}
    values: {red: {id: "merah", en: "red"}, blue: {id: "biru", en: "blue"}}
"""


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> nr.Ruleset:
    around = tmp_path_factory.mktemp("further")
    shutil.copytree(BASE, around / "base")
    (around / "layer").mkdir()
    (around / "layer" / "ruleset.yaml").write_text(OVERLAY)
    return nr.load(around / "layer")


@pytest.mark.parametrize(
    ("further", "code", "found", "help_"),
    [
        ({"kem": {"page": 1}}, Code.UNKNOWN_FACT, "`page`", "did you mean `pages`?"),
        ({"kemen": {"pages": 1}}, Code.UNKNOWN_FACT, "`kemen`", "did you mean `kem`?"),
        ({"kem": 1}, Code.NOT_A_MAPPING, "`1`", ""),
        ({"kem": {"pages": "many"}}, Code.UNKNOWN_VALUE, "`many`", ""),
        ({"kem": {"pages": True}}, Code.UNKNOWN_VALUE, "true", ""),
        ({"kem": {"pages": 10**16}}, Code.UNKNOWN_VALUE, f"`{10**16}`", ""),
        ({"kem": {"colour": "rad"}}, Code.UNKNOWN_VALUE, "`rad`", "did you mean `red`?"),
    ],
)
def test_further_facts(
    further: dict[str, Any], code: Code, found: str, help_: str, layer: nr.Ruleset
) -> None:
    incident = Incident.model_validate({"subjects": [{}], "acts": [{}, {"further": further}]})
    with pytest.raises(Refused) as caught:
        layer.decide(incident, as_of=AS_OF)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.found, diagnostic.help) == (code, found, help_)
    assert diagnostic.path[:3] == ("acts", "1", "further")


def test_further_facts_that_are_known(layer: nr.Ruleset) -> None:
    further = {"kem": {"pages": 3, "colour": {"not": ["red"]}}}
    incident = Incident.model_validate({"subjects": [{}], "acts": [{"further": further}]})
    assert layer.decide(incident, as_of=AS_OF).findings == ()


# -- what was wrong once


@pytest.mark.parametrize("part", ["subjects", "acts", "beneficiaries"])
def test_further_facts_where_there_are_none(part: str) -> None:
    content: dict[str, Any] = {"subjects": [{}], "acts": [{}], "beneficiaries": [{}]}
    content[part] = [{"further": {"kemenkumham": {"inmates_brought": True}}}]
    with pytest.raises(Refused):
        nr.load("national").decide(Incident.model_validate(content), as_of=AS_OF)


NOTES = {
    "an emoji as json.dumps writes it": '"\\ud83d\\ude00"',
    "a line separator": '"a \u2028 b"',
    "a next-line character": '"a\u0085b"',
    "a delete character": '"a\u007fb"',
    "a noncharacter": '"a\uffffb"',
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_json_texts_are_read_as_json(note: str) -> None:
    text = f'{{"subjects": [{{"status": "pns"}}], "note": {note}}}'
    (incident,) = read_bytes(text.encode(), "json")
    assert isinstance(incident, Incident)
    assert incident.note == json.loads(note)


@pytest.mark.parametrize(
    "text",
    [
        '{"subjects"\n: [{"status": "pns"}]}',
        '{"subjects": [{"status": "pns", "further": {"%s": true}}]}' % ("k" * 1100),
    ],
    ids=["a line break before a colon", "a key of 1100 characters"],
)
def test_json_keys_are_read_as_json(text: str) -> None:
    assert codes(read_bytes(text.encode(), "json")) == [None]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_number_of_5000_digits(form: str) -> None:
    text = '{"subjects": [{"status": "pns"}], "note": %s}' % ("1" * 5000)
    assert codes(read_bytes(text.encode(), form)) == [[Code.NUMBER_FORM]]


NULLS = [
    '{"subjects": [{"status": "pns"}], "note": null}',
    '{"subjects": [{"status": "pns", "identity": null}]}',
    '{"subjects": [{"status": "pns"}], "acts": [{"by": null}]}',
]


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl"])
@pytest.mark.parametrize("text", NULLS)
def test_null_is_refused_in_every_form(text: str, form: str) -> None:
    assert codes(read_bytes(text.encode(), form)) == [[Code.NULL]]


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("null", Code.NULL),
        ("1.5", Code.NUMBER_FORM),
        ("12345678901234567890", Code.NUMBER_FORM),
        ("[" * 60 + "]" * 60, Code.TOO_DEEP),
    ],
    ids=["null", "part", "long", "deep"],
)
def test_further_facts_are_read_as_strictly_as_in_yaml(value: str, code: Code, form: str) -> None:
    text = f'{{"subjects": [{{"status": "pns", "further": {{"a": {value}}}}}]}}'
    assert codes(read_bytes(text.encode(), "yaml")) == [[code]]
    assert codes(read_bytes(text.encode(), form)) == [[code]]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_wrong_record_that_is_nested_deep(form: str) -> None:
    text = '{"subjects": 5, "more": ' + "[" * 60 + "]" * 60 + "}"
    assert codes(read_bytes(text.encode(), form)) == [[Code.TOO_DEEP]]


def test_the_line_of_a_record_with_an_emoji() -> None:
    """As `json.dumps` writes it: an emoji is a pair of escapes."""
    wrong = b'{"subjects": [{"status": "pnss"}], "note": "\\ud83d\\ude00"}'
    _, refused = read_bytes(GOOD + b"\n" + wrong, "jsonl")
    assert isinstance(refused, Refused)
    assert refused.diagnostics[0].positions[0].line == 2


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_key_twice_beside_an_emoji(form: str) -> None:
    text = b'{"note": "\\ud83d\\ude00", "subjects": [{}], "id": "a", "id": "b"}'
    assert codes(read_bytes(text, form)) == [[Code.DUPLICATE_KEY]]


def test_a_key_twice_in_two_spellings() -> None:
    text = '{"subjects": [{}], "\U0001f600": 1, "\\ud83d\\ude00": 2}'
    (refused,) = read_bytes(text.encode(), "json")
    assert isinstance(refused, Refused)
    (diagnostic,) = refused.diagnostics
    assert diagnostic.code is Code.DUPLICATE_KEY
    assert [(p.line, p.column) for p in diagnostic.positions] == [(1, 1)]


@pytest.mark.parametrize(("form", "line"), [("json", 1), ("jsonl", 2)])
def test_a_record_that_the_strict_reader_cannot_place(form: str, line: int) -> None:
    """YAML gives up on a key of more than a thousand characters."""
    wrong = b'{"subjects": [{"status": "pnss"}], "%s": 1}' % (b"x" * 1_100)
    *_, refused = read_bytes((GOOD + b"\n" if form == "jsonl" else b"") + wrong, form)
    assert isinstance(refused, Refused)
    assert {d.code for d in refused.diagnostics} == {Code.UNKNOWN_KEY, Code.UNKNOWN_VALUE}
    assert {d.positions[0].line for d in refused.diagnostics} == {line}


@pytest.mark.parametrize("separator", ["\u2028", "\u0085"])
def test_a_line_separator_is_no_line_of_a_json_file(separator: str) -> None:
    text = '{"note": "a%sb",\n "subjects": [{"status": "pnss"}]}'.replace("%s", separator)
    (refused,) = read_bytes(text.encode(), "json")
    assert isinstance(refused, Refused)
    assert refused.diagnostics[0].positions[0].line == 2


@pytest.mark.parametrize("bad", [b"\xff", b'"' + b"x" * MAX_BYTES + b'"'], ids=["bytes", "size"])
def test_the_line_of_a_bad_record(bad: bytes) -> None:
    _, refused = read_bytes(GOOD + b"\n" + bad, "jsonl")
    assert isinstance(refused, Refused)
    assert refused.diagnostics[0].positions[0].line == 2


@pytest.mark.parametrize("value", ['"yes"', "1", '"off"'])
def test_a_revocation_is_true_or_false(value: str) -> None:
    text = f"subjects: [{{earlier_sanctions: [{{regime: ethics, revoked: {value}}}]}}]"
    assert codes(read_bytes(text.encode(), "yaml")) == [[Code.WRONG_TYPE]]


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("value", ["true", '"1"', "2", "0"])
def test_a_format_is_a_number(value: str, form: str) -> None:
    text = f'{{"format": {value}, "subjects": [{{"status": "pns"}}]}}'
    assert codes(read_bytes(text.encode(), form)) == [[Code.UNKNOWN_FORMAT]]


def test_no_help_that_is_itself_wrong() -> None:
    (refused,) = read_bytes(b'subjects: [{heads_unit: "true"}]', "yaml")
    assert isinstance(refused, Refused)
    assert "True" not in refused.diagnostics[0].help


def test_an_escape_beyond_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_PARSER", tree.PureParser)
    assert codes(read_bytes(b'note: "\\UFFFFFFFF"', "yaml")) == [[Code.YAML_SYNTAX]]


def test_an_act_by_nobody() -> None:
    assert codes(read_bytes(b"subjects: [{}]\nacts: [{conduct: post, by: []}]", "yaml")) == [
        [Code.WRONG_TYPE]
    ]
