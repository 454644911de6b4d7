"""What comes through a pipe and what leaves through one: broken input, long input, no reader."""

import gc
import io
import json
import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from netralitas_rules.cli import classify as module
from netralitas_rules.cli.main import main
from tests import small
from tests.cli.running import (
    ASKED,
    LIKE,
    MISSPELT,
    VOTE,
    Cli,
    Ran,
    command,
    environment,
    json_lines,
    spawn,
)
from tests.content.files import ROW_FILES
from tests.strategies import LONG

INPUT_FORMATS = ("yaml", "json", "jsonl")

# -- broken input

BROKEN: dict[str, tuple[bytes, set[str]]] = {
    "nothing": (b"", {"empty"}),
    "white space": (b" \n\t\n ", {"empty", "yaml-syntax"}),
    "only a comment": (b"# nothing\n", {"empty", "json-syntax"}),
    "binary": (bytes(range(128, 256)) * 20, {"not-utf8"}),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", {"not-utf8", "json-syntax"}),
    "utf-16": ("subjects: []".encode("utf-16"), {"not-utf8"}),
    "a null byte": (b"id: \x00", {"yaml-syntax", "json-syntax"}),
    "brackets": (b"[" * 1_000_000, {"too-deep"}),
    "braces": (b'{"a":' * 200_000, {"too-deep", "too-large"}),
    "closed brackets": (b"[" * 500_000 + b"]" * 500_000, {"too-deep"}),
    "too large": (b" " * (1 << 20) + b"x", {"too-large"}),
    "a number": (b"5", {"not-a-mapping"}),
    "null": (b"null", {"null", "not-a-mapping"}),
    "a list of numbers": (b"[1, 2]", {"not-a-mapping"}),
    "an empty mapping": (b"{}", {"missing-key"}),
    "a lone surrogate": (b'{"id": "\\ud800", "subjects": [{}]}', {"yaml-syntax", "wrong-type"}),
    "a number too long": (
        b'{"subjects": [{}], "format": 1' + b"0" * 400 + b"}",
        {"number-form", "wrong-type"},
    ),
    "an alias": (b"subjects: &a [{}]\nacts: *a", {"yaml-alias", "json-syntax"}),
    "a python tag": (b"!!python/object:os.system x", {"yaml-tag", "json-syntax"}),
}


@pytest.mark.parametrize("form", INPUT_FORMATS)
@pytest.mark.parametrize("name", BROKEN)
def test_broken_input_is_told(name: str, form: str, cli: Cli) -> None:
    """Whatever comes in: a diagnostic with a code and a place, and exit status 1."""
    data, codes = BROKEN[name]
    ran = cli("classify", "-", "--input-format", form, *ASKED, "--format", "json", stdin=data)
    assert ran.code == 1
    assert not ran.decisions
    found = {d["code"] for r in ran.refused for d in r["diagnostics"]}
    assert found
    assert found <= codes
    for told in ran.refused:
        assert all(d["positions"][0]["line"] >= 1 for d in told["diagnostics"])
    assert "Traceback" not in ran.err
    assert len(ran.err) < 5_000


@pytest.mark.parametrize("data", [b"", BROKEN["binary"][0], b"[" * 1_000_000])
def test_broken_input_of_a_process(data: bytes) -> None:
    ran = spawn("classify", "-", *ASKED, stdin=data)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("refused: -, record 1\n<stdin>:1:")
    assert "Traceback" not in ran.err


def test_stdin_is_named() -> None:
    ran = spawn("classify", "-", *ASKED, "--input-format", "jsonl", stdin=json_lines(MISSPELT))
    assert "\n<stdin>:1:" in ran.err


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes a stream")
def test_stdin_that_is_closed() -> None:
    line = " ".join(command("classify", "-", *ASKED)) + " <&-"
    done = subprocess.run(
        ["sh", "-c", line], capture_output=True, env=environment(), timeout=60, check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1


def test_an_emoji_written_by_json_dumps_in_a_line(cli: Cli) -> None:
    """`json.dumps` writes it as two surrogates."""
    record = {**VOTE, "id": "laporan 😀"}
    data = json.dumps(record).encode()
    assert b"\\ud83d" in data
    ran = cli("classify", "-", "--input-format", "jsonl", *ASKED, stdin=data)
    assert ran.code == 0
    assert "laporan 😀" in ran.out


def test_an_emoji_written_by_json_dumps_in_a_file(cli: Cli) -> None:
    data = json.dumps({**VOTE, "id": "laporan 😀"}).encode()
    assert cli("classify", "-", "--input-format", "json", *ASKED, stdin=data).code == 0


@pytest.mark.parametrize("id_", ["a\x1b[2J", "a\nOutcome: the elements are met", "a\x00"])
def test_an_id_cannot_steer_the_terminal(id_: str, cli: Cli) -> None:
    ran = cli("classify", "-", *ASKED, stdin=json.dumps({**VOTE, "id": id_}).encode())
    title = ran.out.split("\n===")[0]
    assert ran.code == 1 or title.isprintable()


# -- long input


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run_many(
    count: int, err: io.StringIO, monkeypatch: pytest.MonkeyPatch, *records: dict[str, Any]
) -> Ran:
    out = io.StringIO()
    data = json_lines(*records) * (count // len(records))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        code = main(["classify", "-", "--input-format", "jsonl", "--format", "jsonl", *ASKED])
    return Ran(code, out.getvalue(), err.getvalue())


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the thousandth record on, over itself, and once more with the whole count."""
    monkeypatch.setattr(module, "_PROGRESS_EVERY_S", 0.0)
    ran = run_many(1_200, Terminal(), monkeypatch, VOTE)
    assert (ran.code, len(ran.out.splitlines())) == (0, 1_200)
    shown = [f"\r{number} records" for number in range(1_000, 1_201)]
    assert ran.err == "".join(shown) + "\r1200 records\n"


def test_progress_is_at_most_a_line_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(n / 100 for n in range(10_000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    ran = run_many(1_300, Terminal(), monkeypatch, VOTE)
    assert ran.err.count("\r") == 3 + 1


@pytest.mark.parametrize(("count", "err"), [(999, Terminal()), (1_200, io.StringIO())])
def test_no_progress(count: int, err: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few records, and where nobody watches."""
    monkeypatch.setattr(module, "_PROGRESS_EVERY_S", 0.0)
    ran = run_many(count, err, monkeypatch, VOTE)
    assert (ran.code, ran.err) == (0, "")


def test_a_refusal_does_not_stand_behind_the_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PROGRESS_EVERY_S", 0.0)
    ran = run_many(1_001, Terminal(), monkeypatch, *[VOTE] * 1_000, MISSPELT)
    assert ran.code == 1
    assert "recordsrefused" not in ran.err.replace("\r", "")


class Sink(io.TextIOBase):
    """Takes everything and keeps only its length, and the most memory in use until then."""

    def __init__(self) -> None:
        self.length = 0
        self.peaks: list[tuple[int, int]] = []

    def write(self, text: str) -> int:
        if self.length // 50_000 < (self.length + len(text)) // 50_000:
            self.peaks.append((self.length, tracemalloc.get_traced_memory()[1]))
        self.length += len(text)
        return len(text)

    def halfway(self) -> int:
        """The most memory in use until half of everything was written."""
        return max(peak for length, peak in self.peaks if length <= self.length // 2)


def peak(path: Path, ruleset: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Sink]:
    """The most memory in use at once beyond what was used before, and what took the output."""
    sink = Sink()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", sink)
        gc.collect()
        tracemalloc.start()
        try:
            asked = ["--format", "json", "--ruleset", str(ruleset), *ASKED]
            code = main(["classify", str(path), *asked])
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert code == 0
    return most, sink


def test_memory_stays_flat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand records are not kept, though megabytes are written.

    With LONG 4,000 records take no more than the first 2,000 do. Less than 2,000 would not
    tell: until then what is remembered on purpose still grows. Under a small ruleset, for the
    way of a record is the same, and a decision of the law takes longer.

    The ids are longer than what pydantic keeps of the strings it has seen.
    """
    ruleset = tmp_path / "small"
    ruleset.mkdir()
    text = json.dumps(small.DOCUMENT, default=str)
    (ruleset / "ruleset.yaml").write_text(text, encoding="utf-8")
    record = {**VOTE, "acts": [{"conduct": "post", "date": "2024-01-15"}]}
    count = 4_000 if LONG else 1_000
    first, path = tmp_path / "first.jsonl", tmp_path / "many.jsonl"
    records = [{**record, "id": f"report-{number:080}"} for number in range(count)]
    first.write_bytes(json_lines(*records[:1]))
    path.write_bytes(json_lines(*records))
    peak(first, ruleset, monkeypatch)  # so that the ruleset is loaded
    many, sink = peak(path, ruleset, monkeypatch)
    assert sink.length > 3_000 * len(records)
    assert many < 1_500_000
    if LONG:
        assert many < sink.halfway() + 100_000


# -- no reader


def until_closed(read: int, *arguments: str | Path) -> Ran:
    """A process whose reader goes away after so many bytes."""
    with subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        start = process.stdout.read(read).decode()
        process.stdout.close()
        err = process.stderr.read().decode()
        return Ran(process.wait(timeout=60), start, err)


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_a_reader_that_goes_away(form: str, tmp_path: Path) -> None:
    """`netralitas classify ... | head -1`."""
    path = tmp_path / "many.jsonl"
    path.write_bytes(json_lines(VOTE) * 2_000)
    ran = until_closed(10, "classify", path, *ASKED, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out) == 10


def test_a_reader_that_is_gone_before_the_end() -> None:
    """`netralitas facts act.date | true`: all of it fits into the buffer."""
    ran = until_closed(0, "facts", "act.date")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command("classify", ROW_FILES[0], *ASKED),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=60,
            check=False,
        )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1


# -- the process


def test_utf8_whatever_the_terminal_says() -> None:
    record = {**LIKE, "id": "laporan-é-–-雅加达"}
    data = json.dumps(record, ensure_ascii=False).encode()
    ran = spawn("classify", "-", *ASKED, stdin=data, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "Telaah netralitas: laporan-é-–-雅加达"


def test_utf8_of_diagnostics() -> None:
    data = json.dumps({**VOTE, "ïd": "x"}, ensure_ascii=False).encode()
    ran = spawn("classify", "-", *ASKED, stdin=data, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert ran.code == 1
    assert "there is no `ïd` here" in ran.err


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "classify", interrupted)
    assert main(["classify", "-"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--version"], 0), (["schema"], 2), (["check", "natonal"], 1), (["facts", "nothing"], 2)],
)
def test_exit_status_of_the_process(arguments: list[str], code: int) -> None:
    ran = spawn(*arguments)
    assert ran.code == code
    assert "Traceback" not in ran.err


def imported(code: str) -> set[str]:
    """Modules that are imported by a program of one line."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code],
        capture_output=True,
        env=environment(),
        timeout=60,
        check=True,
    )
    lines = done.stderr.decode().splitlines()
    return {line.rsplit("|", 1)[1].strip() for line in lines if line.startswith("import time:")}


@pytest.mark.parametrize(
    "code",
    [
        "import netralitas_rules",
        "from netralitas_rules.cli import main; main(['--version'])",
        "from netralitas_rules.cli import main; main(['classify', '--help'])",
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code: str) -> None:
    names = imported(code)
    assert "netralitas_rules" in names
    assert not {
        name for name in names if name.split(".")[0] in ("pydantic", "yaml", "pydantic_core")
    }


def test_what_is_heavy_is_imported_then() -> None:
    """That the test above can fail."""
    assert {"pydantic", "yaml"} <= imported("from netralitas_rules import load, Incident")
