"""Fuzz every reader: no text may end in anything but a value or `Refused` (`make soak`).

Seeds are the examples and the bundled rulesets; each is cut, doubled, shuffled and spiced with
what breaks parsers. Usage: `python scripts/fuzz.py [COUNT] [SEED]`.
"""

import io
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import netralitas_rules as nr
from netralitas_rules.loading.gather import gather_documents
from netralitas_rules.loading.link import link
from netralitas_rules.loading.merge import merge
from netralitas_rules.loading.tree import parse

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


def main(count: int, seed: int) -> None:
    chance = random.Random(seed)
    incidents = [p.read_bytes() for p in sorted((ROOT / "examples").rglob("*.yaml"))]
    rulesets = [p.read_bytes() for p in sorted((ROOT / "rulesets").rglob("*.yaml"))]
    stored = [
        record.model_dump_json(exclude_none=True, exclude_defaults=True).encode()
        for path in sorted((ROOT / "examples" / "rows").glob("*.yaml"))
        for record in nr.read(path)
        if isinstance(record, nr.Incident)
    ]
    readers = (
        (read_incidents("yaml"), incidents),
        (read_incidents("json"), stored),
        (read_incidents("jsonl"), stored),
        (read_ruleset, rulesets),
        (read_row, stored),
    )
    start = time.monotonic()
    for number in range(count):
        reader, seeds = readers[number % len(readers)]
        data = mutated(chance.choice(seeds), chance)
        try:
            reader(data)
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
