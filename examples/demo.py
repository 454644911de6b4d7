"""Classifies the reported cases of 2013 to 2024 and sets them beside what was decided.

Run it with `make demo`, or `python examples/demo.py id` for the reasons in Indonesian.
"""

import io
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml  # comes with the library

import netralitas_rules as nr

REPORTED = Path(__file__).parent / "reported"
AS_OF = "2024-12-31"
COLUMNS = {"record": 8, "reported decision": 30, "our outcome": 48, "why they differ": 54}
GAP = "  "


def main(lang: str) -> None:
    write_utf8()
    rules = nr.load("kemenkumham")
    reported = yaml.safe_load((REPORTED / "decisions.yaml").read_text(encoding="utf-8"))
    print(f"{rules.title.in_language(lang)}, {rules.version}, as of {AS_OF}\n")
    print(row(COLUMNS))
    print(row("-" * width for width in COLUMNS.values()))
    reasons: Counter[str] = Counter()
    for path in sorted(REPORTED.glob("case-*.yaml")):
        record, theirs = path.stem, reported[path.stem]
        differs = theirs["differs"]
        reasons[differs["reason"]] += 1
        ours = outcome(rules, path)
        print(row([record, decided(theirs), ours, f"{differs['reason']}: {differs['why'][lang]}"]))
        print()
    print(", ".join(f"{reason} {count}" for reason, count in reasons.most_common()))


def decided(theirs: dict[str, Any]) -> str:
    """What was reported as decided, in codes."""
    bodies = ", ".join(theirs["decided_by"])
    lines = (
        theirs["decided_level"],
        theirs["decided_violation"],
        f"by {bodies}",
        f"confidence {theirs['confidence']}",
    )
    return "\n".join(lines)


def outcome(rules: nr.Ruleset, path: Path) -> str:
    """What the stated facts amount to: status, violations, sanction paths."""
    lines = []
    for incident in nr.read(path):
        if isinstance(incident, nr.Refused):
            lines.append(str(incident))
            continue
        decision = rules.decide(incident, as_of=AS_OF)
        seen: set[str] = set()
        for status in ("met", "elements_met", "open"):
            found = {f.id for f in decision.findings if f.status == status} - seen
            seen |= found
            if found:
                lines.append(f"{words(status)}: {' '.join(sorted(found, key=in_order))}")
        if not seen:
            lines.append(words(decision.outcome))
        lines += unique(
            f"{way.regime} {way.level or ''}".strip() + f" {words(way.status)}"
            for way in decision.paths
        )
    return "\n".join(lines)


def words(code: str) -> str:
    return code.replace("_", " ")


def in_order(name: str) -> list[tuple[str, int]]:
    """Sorts B12 behind B2."""
    return [(text, int(number or 0)) for text, number in re.findall(r"(\D+)(\d*)", name)]


def unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def row(cells: Iterable[str]) -> str:
    """One row of the table, its cells wrapped to the widths of the columns."""
    wrapped = [list(wrap(cell, width)) for cell, width in zip(cells, COLUMNS.values(), strict=True)]
    height = max(map(len, wrapped))
    lines = []
    for at in range(height):
        parts = [lines_of[at] if at < len(lines_of) else "" for lines_of in wrapped]
        padded = (part.ljust(width) for part, width in zip(parts, COLUMNS.values(), strict=True))
        lines.append(GAP.join(padded).rstrip())
    return "\n".join(lines)


def wrap(text: str, width: int) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, width, subsequent_indent="  ", break_on_hyphens=False)


def write_utf8() -> None:
    """Also where the terminal is set to something else."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


if __name__ == "__main__":
    main("id" if sys.argv[1:] == ["id"] else "en")
