"""`netralitas diff`: what differs between two rulesets, as written and as they decide."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from netralitas_rules.cli.days import asked_on
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loader import load
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.incidents import read

_SUFFIXES = {".yaml", ".yml", ".json", ".jsonl", ".ndjson"}


def diff(arguments: argparse.Namespace) -> int:
    """0 where the two were compared, whatever differs; 1 where one is refused."""
    from netralitas_rules.analysis.diff_archive import Reports

    reports = None
    if arguments.archive is not None:
        folder = Path(arguments.archive)
        if not folder.exists():
            print(f"--archive: there is no folder or file {folder}", file=sys.stderr)
            return 2
        reports = Reports(_records(folder), asked_on(arguments))
    try:
        old, new = load(arguments.old), load(arguments.new)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    found = old.diff(new, archive=reports)
    if arguments.format == "json":
        print(found.to_json())
    else:
        sys.stdout.write(found.text(lang=arguments.lang))
    return 0


def _records(folder: Path) -> Iterator[tuple[str, int, Incident | Refused]]:
    """Every report in the files below a folder, or in one file."""
    files = [folder] if folder.is_file() else sorted(f for f in folder.rglob("*") if f.is_file())
    for file in files:
        if file.suffix.lower() in _SUFFIXES:
            for number, record in enumerate(read(file), start=1):
                yield str(file), number, record
