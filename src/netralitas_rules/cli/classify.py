"""`netralitas classify` and `inquire`: decide incidents, compare the law in time, or say what would
settle them, record by record.
"""

import argparse
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO, TextIO

from netralitas_rules.cli.days import asked_on
from netralitas_rules.decision.model import Decision
from netralitas_rules.facts.incident import Incident
from netralitas_rules.inquiry.model import Inquiry
from netralitas_rules.loader import load
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.evidence_files import with_files_checked
from netralitas_rules.loading.incidents import Record, placed, read_placed
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.versions.model import Versions

_PROGRESS_AFTER = 1000
_PROGRESS_EVERY_S = 1.0

Found = Decision | Versions | Inquiry


def classify(arguments: argparse.Namespace) -> int:
    """Returns 0 where every record was decided, else 1."""
    try:
        rules = load(arguments.ruleset)
    except Refused as refused:
        _complain(refused, "")
        return 1
    ask = _asked(arguments, rules)
    writer = _Writer(arguments.format, arguments.lang, sys.stdout)
    progress = _Progress(sys.stderr)
    refused_any = False
    for name, record in _records(arguments.files, arguments.input_format):
        outcome = _found(record, ask)
        progress.step()
        if isinstance(outcome, Refused):
            refused_any = True
            progress.close()
            _complain(outcome, name)
            writer.refused(outcome, name)
            if arguments.fail_fast:
                break
        else:
            writer.found(outcome)
    writer.close()
    progress.close()
    return 1 if refused_any else 0


def _records(files: list[str], form: str | None) -> Iterator[tuple[str, Record]]:
    for name in files:
        stdin = name == "-"
        data = _stdin() if stdin else name
        source = read_placed(data, format=form or "yaml" if stdin else form)
        for number, record in enumerate(source, start=1):
            checked = record if stdin else with_files_checked(record, name)
            yield (f"{name}, record {number}", checked)


def _stdin() -> BinaryIO:
    """Standard input; an empty one where it is closed."""
    return sys.stdin.buffer if sys.stdin is not None else io.BytesIO()


def _asked(arguments: argparse.Namespace, rules: Ruleset) -> Callable[[Incident], Found]:
    """What is asked of each incident."""
    as_of = asked_on(arguments)
    if arguments.command == "inquire":
        return lambda incident: rules.inquire(incident, as_of=as_of)
    if arguments.versions:
        return lambda incident: rules.versions(incident, as_of=as_of)
    return lambda incident: rules.decide(incident, as_of=as_of)


def _found(record: Record, ask: Callable[[Incident], Found]) -> Found | Refused:
    incident, locate = record
    if isinstance(incident, Refused):
        return incident
    try:
        return ask(incident)
    except Refused as refused:
        return placed(refused, locate)


def _complain(refused: Refused, name: str) -> None:
    if name:
        print(f"refused: {name}", file=sys.stderr)
    print(refused, file=sys.stderr)
    print(file=sys.stderr)


class _Writer:
    """Writes what was found as it comes, so that memory stays flat."""

    def __init__(self, form: str, lang: str, out: TextIO) -> None:
        self.form = form
        self.lang = lang
        self.out = out
        self.count = 0

    def found(self, found: Found) -> None:
        if self.form == "text":
            between = "\n" + "#" * 100 + "\n\n" if self.count else ""
            self.out.write(between + found.text(lang=self.lang))
            self.count += 1
        else:
            self._item(found.to_json())

    def refused(self, refused: Refused, name: str) -> None:
        """In JSON a refused record stands in its place among the others."""
        if self.form != "text":
            item = {"refused": name, "diagnostics": [d.as_json() for d in refused.diagnostics]}
            self._item(json.dumps(item, ensure_ascii=False))

    def _item(self, text: str) -> None:
        if self.form == "jsonl":
            self.out.write(text + "\n")
        else:
            self.out.write((",\n" if self.count else "[\n") + text)
        self.count += 1

    def close(self) -> None:
        if self.form == "json":
            self.out.write("\n]\n" if self.count else "[]\n")
        self.out.flush()


class _Progress:
    """A line on a terminal once the input turns out to be long; nothing elsewhere."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.count = 0
        self.last = time.monotonic()
        self.written = False

    def step(self) -> None:
        self.count += 1
        if self.count < _PROGRESS_AFTER or not self.out.isatty():
            return
        now = time.monotonic()
        if now - self.last >= _PROGRESS_EVERY_S:
            self.last = now
            self.written = True
            self.out.write(f"\r{self.count} records")
            self.out.flush()

    def close(self) -> None:
        if self.written:
            self.written = False
            self.out.write(f"\r{self.count} records\n")
