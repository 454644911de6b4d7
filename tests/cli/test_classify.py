"""`netralitas classify`: forms of input and output, refusals among decisions, exit status."""

import datetime
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import netralitas_rules as nr
from tests.cli.running import ASKED, LIKE, MISSPELT, TOO_LATE, VOTE, Cli, json_lines
from tests.content.files import AS_OF, REPORTED, ROW_FILES, RULESETS, decided

FILES = (*ROW_FILES, *(REPORTED / f"case-{number}.yaml" for number in ("012", "080", "128")))

WRITTEN = {
    "one.yaml": yaml.safe_dump(LIKE).encode(),
    "one.yml": yaml.safe_dump(LIKE).encode(),
    "one.json": json.dumps(LIKE, indent=2).encode(),
    "one.jsonl": json_lines(LIKE),
    "one.ndjson": json_lines(LIKE),
    "ONE.JSON": json.dumps(LIKE).encode(),
    "without-suffix": yaml.safe_dump(LIKE).encode(),
}


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def expected(record: dict[str, Any]) -> nr.Decision:
    return nr.load("kemenkumham").decide(nr.Incident.model_validate(record), as_of=AS_OF)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Against what `netralitas schema decision` prints."""
    from tests.cli.running import spawn

    schema = json.loads(spawn("schema", "decision").out)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


# -- what is read


@pytest.mark.parametrize("name", WRITTEN)
def test_every_form_of_input_gives_the_same(name: str, cli: Cli, tmp_path: Path) -> None:
    ran = cli("classify", write(tmp_path, name, WRITTEN[name]), *ASKED)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == expected(LIKE).text(lang="id")


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (WRITTEN["one.yaml"], []),
        (WRITTEN["one.json"], []),
        (WRITTEN["one.json"], ["--input-format", "json"]),
        (WRITTEN["one.jsonl"], ["--input-format", "jsonl"]),
        (b"\xef\xbb\xbf" + WRITTEN["one.yaml"], []),
        (WRITTEN["one.yaml"].replace(b"\n", b"\r\n"), []),
    ],
    ids=["yaml", "json as yaml", "json", "jsonl", "byte order mark", "crlf"],
)
def test_stdin(data: bytes, options: list[str], cli: Cli) -> None:
    ran = cli("classify", "-", *ASKED, *options, stdin=data)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == expected(LIKE).text(lang="id")


def test_the_input_format_outweighs_the_suffix(cli: Cli, tmp_path: Path) -> None:
    path = write(tmp_path, "lines.yaml", json_lines(VOTE, LIKE))
    ran = cli("classify", path, *ASKED, "--input-format", "jsonl", "--format", "jsonl")
    assert [d["incident"] for d in ran.decisions] == ["voter", "liker"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.yaml", yaml.safe_dump([VOTE, LIKE]).encode()),
        ("mapping.yaml", yaml.safe_dump({"incidents": [VOTE, LIKE]}).encode()),
        ("list.json", json.dumps([VOTE, LIKE]).encode()),
        ("mapping.json", json.dumps({"incidents": [VOTE, LIKE]}).encode()),
        ("lines.jsonl", json_lines(VOTE, LIKE)),
        ("gaps.jsonl", b"\n" + json_lines(VOTE) + b"  \n\r\n" + json_lines(LIKE) + b"\n"),
        ("no-end.jsonl", json_lines(VOTE, LIKE).rstrip(b"\n")),
    ],
)
def test_many_incidents_in_a_file(name: str, data: bytes, cli: Cli, tmp_path: Path) -> None:
    ran = cli("classify", write(tmp_path, name, data), *ASKED, "--format", "jsonl")
    assert ran.code == 0
    assert [nr.Decision.from_json(line) for line in ran.out.splitlines()] == [
        expected(VOTE),
        expected(LIKE),
    ]


def test_many_files_are_decided_in_their_order(cli: Cli) -> None:
    files = [ROW_FILES[at] for at in (5, 0, 9)]
    ran = cli("classify", *files, *ASKED, "--format", "jsonl")
    assert ran.code == 0
    assert [d["incident"] for d in ran.decisions] == [path.stem for path in files]


def test_stdin_among_files(cli: Cli, tmp_path: Path) -> None:
    path = write(tmp_path, "vote.jsonl", json_lines(VOTE))
    data = yaml.safe_dump(LIKE).encode()
    ran = cli("classify", path, "-", path, *ASKED, "--format", "jsonl", stdin=data)
    assert [d["incident"] for d in ran.decisions] == ["voter", "liker", "voter"]


# -- one bad record among good ones

BAD_AMONG_GOOD = {
    "records.jsonl": json_lines(VOTE, MISSPELT, LIKE, TOO_LATE),
    "records.yaml": b"".join(
        b"- " + json.dumps(record).encode() + b"\n" for record in (VOTE, MISSPELT, LIKE, TOO_LATE)
    ),
    "records.json": json.dumps([VOTE, MISSPELT, LIKE, TOO_LATE]).encode(),
}


@pytest.mark.parametrize("name", BAD_AMONG_GOOD)
def test_a_bad_record_is_told_and_the_others_are_decided(
    name: str, cli: Cli, tmp_path: Path
) -> None:
    path = write(tmp_path, name, BAD_AMONG_GOOD[name])
    ran = cli("classify", path, *ASKED, "--lang", "en")
    assert ran.code == 1
    assert ran.out == ("\n" + "#" * 100 + "\n\n").join(
        expected(record).text(lang="en") for record in (VOTE, LIKE)
    )
    first, second = ran.err.strip().split("refused: ")[1:]
    assert first.splitlines()[0] == f"{path}, record 2"
    assert "error[unknown-value]: `status` has no such value" in first
    assert "  found:    `pnss`\n  help:     did you mean `pns`?" in first
    assert second.splitlines()[0] == f"{path}, record 4"
    assert "error[date-order]" in second
    assert "expected: a date up to 2024-12-31\n  found:    `2025-06-01`" in second


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("name", BAD_AMONG_GOOD)
def test_in_json_a_bad_record_stands_in_its_place(
    name: str, form: str, cli: Cli, tmp_path: Path
) -> None:
    path = write(tmp_path, name, BAD_AMONG_GOOD[name])
    ran = cli("classify", path, *ASKED, "--format", form)
    assert ran.code == 1
    assert ["refused" in item for item in ran.items] == [False, True, False, True]
    told, late = ran.refused
    assert set(told) == {"refused", "diagnostics"}
    assert told["refused"] == f"{path}, record 2"
    assert [d["code"] for d in told["diagnostics"]] == ["unknown-value"]
    assert told["diagnostics"][0]["positions"][0]["source"] == str(path)
    assert [d["code"] for d in late["diagnostics"]] == ["date-order"]


def test_the_line_of_a_bad_record(cli: Cli, tmp_path: Path) -> None:
    data = json_lines(VOTE) + b"\n\n" + json_lines(MISSPELT)
    ran = cli("classify", write(tmp_path, "r.jsonl", data), *ASKED, "--format", "jsonl")
    (told,) = ran.refused
    (place,) = told["diagnostics"][0]["positions"]
    line = data.decode().splitlines()[place["line"] - 1]
    assert place["line"] == 4
    assert line[place["column"] - 1 :][: place["length"]] == '"pnss"'


@pytest.mark.parametrize(("form", "decided"), [("json", 1), ("jsonl", 1)])
def test_fail_fast(form: str, decided: int, cli: Cli, tmp_path: Path) -> None:
    path = write(tmp_path, "r.jsonl", json_lines(VOTE, MISSPELT, LIKE))
    ran = cli("classify", path, path, *ASKED, "--format", form, "--fail-fast")
    assert ran.code == 1
    assert [d["incident"] for d in ran.decisions] == ["voter"]
    assert [r["refused"] for r in ran.refused] == [f"{path}, record 2"]


def test_fail_fast_of_good_records(cli: Cli, tmp_path: Path) -> None:
    path = write(tmp_path, "r.jsonl", json_lines(VOTE, LIKE))
    ran = cli("classify", path, *ASKED, "--format", "jsonl", "--fail-fast")
    assert (ran.code, len(ran.decisions)) == (0, 2)


def test_a_missing_file_among_good_ones(cli: Cli, tmp_path: Path) -> None:
    good = write(tmp_path, "good.jsonl", json_lines(VOTE))
    ran = cli("classify", good, tmp_path / "none.yaml", tmp_path, *ASKED, "--format", "jsonl")
    assert ran.code == 1
    assert ["refused" in item for item in ran.items] == [False, True, True]
    assert {d["code"] for r in ran.refused for d in r["diagnostics"]} == {"file-unreadable"}


def test_nothing_but_refusals_is_still_json(cli: Cli, tmp_path: Path) -> None:
    ran = cli(
        "classify", write(tmp_path, "r.jsonl", json_lines(MISSPELT)), *ASKED, "--format", "json"
    )
    assert ran.code == 1
    assert len(ran.refused) == len(ran.items) == 1


def test_no_incident_at_all_is_an_empty_list(cli: Cli, tmp_path: Path) -> None:
    ran = cli("classify", write(tmp_path, "r.json", b"[]"), *ASKED, "--format", "json")
    assert (ran.code, ran.items) == (0, [])


# -- what is written


@pytest.mark.parametrize("lang", ["id", "en"])
def test_language(lang: str, cli: Cli) -> None:
    ran = cli("classify", ROW_FILES[0], *ASKED, "--lang", lang)
    assert ran.out == decided(ROW_FILES[0]).text(lang=lang)


def test_indonesian_is_the_default(cli: Cli) -> None:
    ran = cli("classify", ROW_FILES[0], *ASKED)
    assert ran.out == decided(ROW_FILES[0]).text(lang="id")


def test_json(cli: Cli, validator: Draft202012Validator) -> None:
    """One valid list; each decision fits the schema and is what `decide` gives."""
    ran = cli("classify", *FILES, *ASKED, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.decisions) == len(ran.items) == len(FILES)
    for item, path in zip(ran.items, FILES, strict=True):
        validator.validate(item)
        assert nr.Decision.from_json(json.dumps(item)) == decided(path)


def test_jsonl(cli: Cli, validator: Draft202012Validator) -> None:
    """One decision a line, in the very bytes of `to_json`."""
    ran = cli("classify", *FILES, *ASKED, "--format", "jsonl")
    lines = ran.out.splitlines()
    assert lines == [decided(path).to_json() for path in FILES]
    for line in lines[:10]:
        validator.validate(json.loads(line))


@pytest.mark.parametrize("gone", ["outcome", "findings", "citations", "ruleset", "as_of"])
def test_the_schema_notices_what_is_gone(gone: str, validator: Draft202012Validator) -> None:
    item = json.loads(expected(LIKE).to_json())
    assert validator.is_valid(item)
    del item[gone]
    assert not validator.is_valid(item)


# -- as_of and rulesets


@pytest.mark.parametrize(
    "day",
    ["2024-13-01", "2023-02-29", "31-01-2024", "2024", "2024-01", "yesterday", "", "2024/1/1"],
)
def test_a_wrong_day_is_wrong_usage(day: str, cli: Cli) -> None:
    ran = cli("classify", ROW_FILES[0], "--as-of", day)
    assert (ran.code, ran.out) == (2, "")
    assert f"argument --as-of: {day}: " in ran.err
    assert "a day is written 2024-01-31" in ran.err


def test_today_is_the_day_that_is_taken(cli: Cli) -> None:
    before = datetime.date.today()
    ran = cli("classify", ROW_FILES[0], "--format", "jsonl")
    after = datetime.date.today()
    (found,) = {d["as_of"] for d in ran.decisions}
    assert before <= datetime.date.fromisoformat(found) <= after


@pytest.mark.parametrize(
    ("name", "help_"), [("natonal", "`national`"), ("kemenkumhm", "`kemenkumham`")]
)
def test_an_unknown_ruleset(name: str, help_: str, cli: Cli) -> None:
    ran = cli("classify", ROW_FILES[0], "--ruleset", name, *ASKED)
    assert (ran.code, ran.out) == (1, "")
    assert f"error[unknown-ruleset]: there is no ruleset `{name}`" in ran.err
    assert f"help:     did you mean {help_}?" in ran.err
    assert "`kemenkumham` or `national`" in ran.err


def test_an_unknown_ruleset_as_json(cli: Cli) -> None:
    """A program that reads standard output finds nothing there rather than half a list."""
    ran = cli("classify", ROW_FILES[0], "--ruleset", "natonal", *ASKED, "--format", "json")
    assert (ran.code, ran.out) == (1, "")


def test_an_empty_ruleset_name(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(RULESETS / "national", tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    assert cli("classify", ROW_FILES[0], "--ruleset", "", *ASKED).code != 0


def test_rulesets_by_name_and_by_folder(cli: Cli, tmp_path: Path) -> None:
    shutil.copytree(RULESETS / "national", tmp_path / "national")
    files = map(str, ROW_FILES[:3])
    options = ("classify", *files, *ASKED, "--format", "jsonl", "--ruleset")
    by_name = cli(*options, "national")
    assert by_name.code == 0
    assert by_name.out == cli(*options, tmp_path / "national").out
    assert {d["ruleset"]["name"] for d in by_name.decisions} == {"national"}
    default = cli(*options[:-1])
    assert {d["ruleset"]["name"] for d in default.decisions} == {"kemenkumham"}


def test_a_broken_ruleset(cli: Cli, tmp_path: Path) -> None:
    shutil.copytree(RULESETS / "national", tmp_path / "national")
    (tmp_path / "national" / "wrong.yaml").write_text("violatons: {}\n")
    ran = cli("classify", ROW_FILES[0], "--ruleset", tmp_path / "national", *ASKED)
    assert (ran.code, ran.out) == (1, "")
    assert "wrong.yaml:1:1: error[unknown-key]" in ran.err
    assert "did you mean `violations`?" in ran.err


# -- law in time


def test_versions_instead_of_decisions(cli: Cli) -> None:
    path = REPORTED / "case-123.yaml"
    ran = cli("classify", path, *ASKED, "--versions", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    (found,) = json.loads(ran.out)
    governs = [version["governs"] for version in found["versions"]]
    assert governs.count("may_govern") == 2
    assert found["versions"][found["compared_with"]]["governs"] == "may_govern"
    text = cli("classify", path, *ASKED, "--versions", "--lang", "en")
    assert text.out.startswith("Versions of the law: case-123\n")


DEPARTING = """\
election: pilkada_2024
subjects: [{status: pns}]
acts: [{conduct: react, date: 2024-10-02}]
beneficiaries: [{kind: pair, office: mayor, stage: prospective}]
"""


@pytest.mark.parametrize("form", ["yaml", "jsonl"])
def test_both_places_of_a_stage_that_departs(cli: Cli, tmp_path: Path, form: str) -> None:
    """The stage in the report, and the step of the calendar."""
    text = DEPARTING if form == "yaml" else json.dumps(yaml.safe_load(DEPARTING), default=str)
    path = write(tmp_path, f"report.{form}", text.encode())
    ran = cli("classify", path, *ASKED, "--format", "json")
    assert ran.code == 1
    (refused,) = ran.items
    (diagnostic,) = refused["diagnostics"]
    assert diagnostic["code"] == "stage-departs"
    stated, step = diagnostic["positions"]
    line = text.split("\n")[stated["line"] - 1]
    start = stated["column"] - 1
    assert line[start : start + stated["length"]].strip('"') == "prospective"
    assert step["source"] == "national/calendars.yaml"
    assert step["text"].strip() == "determination: 2024-09-22"


# -- documents behind evidence


def with_document(sha256: str) -> dict[str, Any]:
    """A report whose evidence names a document beside it."""
    item = {"kind": "screenshot", "file": "documents/post.txt", "sha256": sha256}
    return {**LIKE, "evidence": [item]}


def test_documents_are_checked_against_their_hashes(cli: Cli, tmp_path: Path) -> None:
    """The record with the wrong hash is refused, with its place; the others are decided."""
    (tmp_path / "documents").mkdir()
    write(tmp_path / "documents", "post.txt", b"a like")
    right = hashlib.sha256(b"a like").hexdigest()
    records = [with_document(right), with_document("0" * 64), LIKE]
    path = write(tmp_path, "reports.jsonl", json_lines(*records))
    ran = cli("classify", path, "--format", "jsonl", *ASKED)
    assert (ran.code, len(ran.decisions), len(ran.refused)) == (1, 2, 1)
    (refused,) = ran.refused
    assert refused["refused"].endswith("record 2")
    (diagnostic,) = refused["diagnostics"]
    assert (diagnostic["code"], diagnostic["path"]) == (
        "hash-mismatch",
        ["evidence", "0", "sha256"],
    )
    assert diagnostic["positions"][0]["line"] == 2
    assert right in diagnostic["found"]


def test_what_comes_from_standard_input_lies_in_no_folder(cli: Cli) -> None:
    data = json_lines(with_document("0" * 64))
    ran = cli("classify", "-", "--input-format", "jsonl", *ASKED, stdin=data)
    assert (ran.code, ran.err) == (0, "")
