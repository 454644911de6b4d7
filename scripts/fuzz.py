"""Fuzz every reader: no text may end in anything but a value or `Refused` (`make soak`).

Seeds are the examples, the bundled rulesets with their scenarios and calendars, and what the
library itself writes; each is cut, doubled, shuffled and spiced with what breaks parsers.
Usage: `python scripts/fuzz.py [COUNT] [SEED]`.
"""

import contextlib
import datetime
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import ValidationError

import netralitas_rules as nr
from netralitas_rules.cli import main as command
from netralitas_rules.inquiry.interview import restored, started
from netralitas_rules.loading.casefiles import case_from
from netralitas_rules.loading.gather import gather_documents
from netralitas_rules.loading.link import link
from netralitas_rules.loading.merge import merge
from netralitas_rules.loading.tree import parse
from netralitas_rules.scenarios.reading import read_scenarios
from netralitas_rules.timeline.model import LawDiff, LawOn
from netralitas_rules.versions.model import Versions

ROOT = Path(__file__).resolve().parent.parent
SPICES = (
    b"\x00", b"\xff\xfe", b"[" * 300, b"{" * 300, b"- " * 300, b"&a ", b"*a", b"!!python/object:x",
    b": ", b"? ", b"\t", b"\r\n", b"---\n", b"null", b"~", b"yes", b"010", b"1e999", b'"', b"'",
    b"2024-02-30", b"none", b"one_of", b"\xe2\x80\xae", b"\xf0\x9f\x92\xa9", b"#", b"|", b">", b"%",
    b"9" * 400, b'{"a": 1, "a": 2}', b"\\ud800", b"NaN",
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few random cuts, swaps and insertions."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.randint(0, 40)
        match chance.randrange(5):
            case 0:
                data = data[:at] + data[at + length :]
            case 1:
                data = data[:at] + chance.choice(SPICES) + data[at:]
            case 2:
                data = data[:at] + data[at : at + length] * 2 + data[at + length :]
            case 3:
                data = data[:at] + chance.randbytes(length // 8) + data[at:]
            case _:
                other = chance.randrange(len(data) + 1)
                data = data[:at] + data[other : other + length] + data[at:]
    return data


def read_incidents(form: str) -> Callable[[bytes], None]:
    rules = nr.load("kemenkumham")

    def run(data: bytes) -> None:
        for record in nr.read(io.BytesIO(data), format=form):
            if isinstance(record, nr.Refused):
                str(record)
                continue
            try:
                rules.decide(record, as_of="2024-12-31").to_json()
            except nr.Refused as refused:
                str(refused)

    return run


def read_ruleset(data: bytes) -> None:
    try:
        tree = parse(data.decode("utf-8", "replace"), "fuzz.yaml")
        link(merge(gather_documents((("fuzz.yaml", tree.plain()),))))
    except nr.Refused as refused:
        str(refused)


def read_row(data: bytes) -> None:
    try:
        nr.load("national").statuses(data)
    except nr.Refused as refused:
        str(refused)


def read_scenario_file(folder: Path) -> Callable[[bytes], None]:
    """Scenarios stand in files: they name others beside them, and rulesets above them."""
    path = folder / "ruleset" / "scenarios" / "fuzz.yaml"
    path.parent.mkdir(parents=True)

    def run(data: bytes) -> None:
        path.write_bytes(data)
        try:
            read_scenarios(path)
        except nr.Refused as refused:
            str(refused)

    return run


def read_calendar(data: bytes) -> None:
    """An overlay with a calendar of its own, laid over the national ruleset."""
    base = nr.load("national").merged.layers[0]
    try:
        tree = parse(data.decode("utf-8", "replace"), "fuzz.yaml")
        link(merge(base, gather_documents((("fuzz.yaml", tree.plain()),))))
    except nr.Refused as refused:
        str(refused)


def read_case_file(data: bytes) -> None:
    """One person's file: decided as a whole."""
    try:
        tree = parse(data.decode("utf-8", "replace"), "fuzz.yaml", private=True)
        case = case_from(tree.plain(), locate=lambda _loc, _key: None)
        nr.load("national").decide_case(case, as_of="2024-12-31").to_json()
    except nr.Refused as refused:
        str(refused)


def read_evidence(data: bytes) -> None:
    """A report in which one item of evidence shows anything."""
    shows = data.decode("utf-8", "replace").replace("\n", "\n      ")
    text = (
        "subjects: [{status: pns}]\nacts: [{conduct: post}]\nevidence:\n"
        f"  - kind: photo\n    shows:\n      {shows}\n"
    )
    for record in nr.read(io.BytesIO(text.encode()), format="yaml"):
        str(record) if isinstance(record, nr.Refused) else None


def read_session(data: bytes) -> None:
    """An interview that was left and is taken up again."""
    rules = nr.load("national")
    try:
        tree = parse(data.decode("utf-8", "replace"), "fuzz.yaml", private=True)
        found = restored(tree.plain(), rules)
        found.stored()
    except nr.Refused as refused:
        str(refused)


def read_stored(value: Callable[[bytes], object]) -> Callable[[bytes], None]:
    """What was written as JSON before: it is read again, or does not fit its schema."""

    def run(data: bytes) -> None:
        with contextlib.suppress(ValidationError):
            value(data)

    return run


def read_argument(*before: str) -> Callable[[bytes], None]:
    """A command with one argument that is anything: it ends with 0, 1 or 2."""

    def run(data: bytes) -> None:
        text = data.decode("utf-8", "replace").replace("\0", " ")
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            status = command([*before, f" {text}" if text.startswith("-") else text])
        if status not in (0, 1, 2):
            raise AssertionError(f"exit status {status}")

    return run


class Reader(NamedTuple):
    """What is read, from what, and how many of a thousand inputs it is given."""

    read: Callable[[bytes], None]
    seeds: Sequence[bytes]
    share: int


def readers(folder: Path) -> tuple[Reader, ...]:
    """Every reader with its seeds. `folder` is for files that have to be written. Shares are so
    that those which take milliseconds (a whole ruleset, a command) do not take all of the time.
    """
    rules = nr.load("kemenkumham")
    incidents = [p.read_bytes() for p in sorted((ROOT / "examples").rglob("*.yaml"))]
    every = sorted((ROOT / "rulesets").rglob("*.yaml"))
    rulesets = [p.read_bytes() for p in every if "scenarios" not in p.parts]
    scenarios = [p.read_bytes()[:6000] for p in every if "scenarios" in p.parts]
    calendars = [(ROOT / "examples" / "own_calendar" / "calendar.yaml").read_bytes()]
    records = [
        record
        for path in sorted((ROOT / "examples" / "rows").glob("*.yaml"))
        for record in nr.read(path)
        if isinstance(record, nr.Incident)
    ]
    stored = [
        record.model_dump_json(exclude_none=True, exclude_defaults=True).encode()
        for record in records
    ]
    decisions = [rules.decide(r, as_of="2025-12-31").to_json().encode() for r in records[:6]]
    versions = [rules.versions(r, as_of="2025-12-31").to_json().encode() for r in records[:6]]
    law = [rules.law_on("2024-01-31").to_json().encode()]
    changes = [rules.law_diff("2021-01-01", "2024-01-31").to_json().encode()]
    cases = [p.read_bytes() for p in sorted((ROOT / "examples" / "cases").glob("*.yaml"))]
    shows = [
        b"acts[0].medium: print",
        b"act.photo.shows: {has: [party]}",
        b"election: pilkada_2024",
    ]
    began = started(rules, None, as_of=datetime.date(2024, 12, 31)).answer(
        "acts[0].conduct", "post"
    )
    sessions = [yaml.safe_dump(began.stored(), allow_unicode=True).encode()]
    report = ROOT / "examples" / "rows" / "a4-like-prospective.yaml"
    supposed = [b"act.medium=print", b"acts[0].date=2024-01", b"act.photo={shows: [party]}"]
    days = [b"2024-01-31", b"2024-02-30", b"0001-01-01", b"9999-12-31", b"2024", b"20240131"]
    return (
        Reader(read_incidents("yaml"), incidents, 50),
        Reader(read_incidents("json"), stored, 190),
        Reader(read_incidents("jsonl"), stored, 190),
        Reader(read_case_file, cases, 10),
        Reader(read_evidence, shows, 15),
        Reader(read_session, sessions, 10),
        Reader(read_argument("whatif", str(report)), supposed, 5),
        Reader(read_ruleset, rulesets, 50),
        Reader(read_row, stored, 200),
        Reader(read_scenario_file(folder), scenarios, 20),
        Reader(read_calendar, calendars, 5),
        Reader(read_stored(nr.Decision.from_json), decisions, 100),
        Reader(read_stored(Versions.from_json), versions, 85),
        Reader(read_stored(LawOn.from_json), law, 25),
        Reader(read_stored(LawDiff.from_json), changes, 25),
        Reader(read_argument("law", "at"), days, 10),
        Reader(read_argument("deadline", "objection-ppk"), days, 10),
    )


def main(count: int, seed: int) -> None:
    chance = random.Random(seed)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        every = readers(Path(folder))
        shares = [reader.share for reader in every]
        for number in range(count):
            (reader,) = chance.choices(every, shares)
            data = mutated(chance.choice(reader.seeds), chance)
            try:
                reader.read(data)
            except Exception:
                sys.stderr.write(f"seed {seed}, input {number}: {data[:2000]!r}\n")
                raise
    print(
        f"{count} inputs, seed {seed}: values or refusals only ({time.monotonic() - start:.0f} s)"
    )


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
    )
