"""What it costs to check a ruleset, and to compare it with a copy that has one thing otherwise."""

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench.settings import Settings
from bench.tables import Section, Target
from netralitas_rules import Ruleset, load
from netralitas_rules.analysis.check import check
from netralitas_rules.analysis.diff_model import Verdict

RULESET = "national"
FOLDER = Path(__file__).resolve().parents[1] / "rulesets" / RULESET
MOST_DIFF, MOST_CHECK = 10, 3


class Edit(NamedTuple):
    """What stands behind a line of a file, and what stands there instead; None drops its block."""

    file: str
    behind: str
    before: str
    after: str | None


B7 = "  skb-2022/B7:"
CHANGES: dict[str, Sequence[Edit]] = {
    "a level": [Edit("sanctions.yaml", "  heavy-n6-against:", "level: heavy", "level: medium")],
    "an element dropped": [Edit("violations-skb-discipline.yaml", B7, "      public:", None)],
    "a value flipped": [
        Edit(
            "violations-skb-discipline.yaml",
            B7,
            "audience: public",
            "audience: private",
        )
    ],
    "an exception dropped": [
        Edit("violations-skb-discipline.yaml", B7, "      other-person:", None)
    ],
    "a row dropped": [Edit("sanctions.yaml", "sanctions:", "  heavy-team:", None)],
    "the validity of a provision": [
        Edit("provisions-pp-53.yaml", "provisions:", "from: 2010-06-06", "from: 2010-06-07")
    ],
    "the default of a reading": [
        Edit(
            "questions.yaml",
            "  medium-sanction-list:",
            "default: pp53-list",
            "default: allowance-cut",
        )
    ],
    "a definition of 27 rules": [
        Edit("definitions.yaml", "  neutrality-subject:", "[pns, cpns, pppk, ", "[pns, cpns, ")
    ],
    "a definition of 109 items": [
        Edit("definitions.yaml", "  pns:", "subject.status: pns", "subject.status: cpns")
    ],
    "a day of a calendar": [
        Edit(
            "calendars.yaml",
            "  pemilu-2024:",
            "determination: 2023-11-03",
            "determination: 2023-11-04",
        )
    ],
    "the day of a transition": [
        Edit("law-in-time.yaml", "  decree-2022:", "from: 2022-09-22", "from: 2022-09-23"),
        Edit("law-in-time.yaml", "  decree-2020:", "until: 2022-09-21", "until: 2022-09-22"),
        Edit(
            "law-in-time.yaml",
            "  decree-2020-other-election:",
            "until: 2022-09-21",
            "until: 2022-09-22",
        ),
    ],
    "a constraint dropped": [
        Edit("law-in-time.yaml", "constraints:", "  part-time-since-2025:", None)
    ],
    "a constraint that derives": [
        Edit("definitions.yaml", "constraints:", "  impact-state-established:", None)
    ],
}


def measure_diff(settings: Settings) -> Section:
    """Every kind of change, beside reading the ruleset once."""
    rules = load(RULESET)
    rounds = min(settings.rounds, 3)
    reading, _ = _fastest(lambda: _copied(()), rounds)
    rows = []
    for name, edits in CHANGES.items():
        new = _copied(edits)
        took, found = _fastest(partial(rules.diff, new), rounds)
        changed = sum(effect.verdict is Verdict.CHANGES for effect in found.effects)
        rows.append((name, took, took / reading, changed, len(found.effects) - changed))
    return Section(
        "diff",
        f"Comparing the ruleset {RULESET} with a copy: what is otherwise in it",
        ("change", "seconds", "times a reading", "outcomes changed", "undecided"),
        rows,
        [Target("the slowest", MOST_DIFF, max(row[1] for row in rows), "s", at_least=False)],
    )


def measure_check(settings: Settings) -> Section:
    """The exact check, beside reading the ruleset once."""
    rounds = min(settings.rounds, 3)
    reading, rules = _fastest(lambda: _copied(()), rounds)
    took, _ = _fastest(lambda: check(rules), rounds)
    return Section(
        "check",
        f"The exact check of the ruleset {RULESET}",
        ("step", "seconds", "times a reading"),
        [("reading", reading, 1), ("check", took, took / reading)],
        [Target("check", MOST_CHECK, took, "s", at_least=False)],
    )


def _fastest(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Processor seconds of the best round, and what came out."""
    best, found = float("inf"), None
    for _ in range(rounds):
        start = time.process_time()
        found = work()
        best = min(best, time.process_time() - start)
    return best, found


def _copied(edits: Sequence[Edit]) -> Ruleset:
    """The ruleset from a folder of its own, with what is otherwise in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / RULESET
        shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("scenarios"))
        for edit in edits:
            path = folder / edit.file
            path.write_text(_edited(path.read_text(encoding="utf-8"), edit), encoding="utf-8")
        rules = load(folder)
        assert rules.plan
        return rules


def _edited(text: str, edit: Edit) -> str:
    start = text.index(f"{edit.behind}\n")
    at = text.index(edit.before, start)
    if edit.after is not None:
        return text[:at] + edit.after + text[at + len(edit.before) :]
    own = len(edit.before) - len(edit.before.lstrip())
    end = re.compile(rf"^ {{0,{own}}}\S", re.MULTILINE).search(text, at + len(edit.before))
    return text[:at] + (text[end.start() :] if end else "")
