"""What the scenarios of a ruleset show, as figures, as a table and as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from netralitas_rules.scenarios.coverage import Coverage, Goal

MAX_NAMED = 5
"""Scenarios that are named for one goal."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One ruleset with what its scenarios show."""

    name: str
    version: str
    digest: str
    coverage: Coverage

    @property
    def percent(self) -> Fraction:
        """Of all goals, those that were shown; 100 where there is none."""
        return _percent(self.coverage.goals, self.coverage)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one kind of goal and one status."""

    kind: str
    status: str
    shown: int
    goals: int


def lines(coverage: Coverage) -> list[Line]:
    """The figures by kind and status; of readings all together, for each has a name of its own."""
    found: dict[tuple[str, str], list[Goal]] = {}
    for goal in coverage.goals:
        status = "" if goal.kind == "reading" else str(goal.status)
        found.setdefault((goal.kind, status), []).append(goal)
    return [
        Line(kind, status, sum(goal in coverage.shown for goal in goals), len(goals))
        for (kind, status), goals in found.items()
    ]


def table(covered: Covered) -> str:
    """The figures for a terminal, and below them what no scenario shows."""
    coverage = covered.coverage
    missing = coverage.missing()
    rows = [
        (f"{line.kind} {line.status}".strip(), f"{line.shown}", f"{line.goals}", _rate(line))
        for line in lines(coverage)
    ]
    shown = len(coverage.goals) - len(missing)
    rows.append(("all", f"{shown}", f"{len(coverage.goals)}", written(covered.percent)))
    heads = ("", "shown", "goals", "%")
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    text = [f"{covered.name}: {shown} of {len(coverage.goals)} shown by scenarios"]
    text += [
        "  "
        + "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (heads, *rows)
    ]
    text += [f"  - {goal}" for goal in missing]
    return "\n".join(text)


def written(percent: Fraction) -> str:
    """A share in percent with one decimal, cut and not rounded: 100.0 means all."""
    tenths = int(percent * 10)
    return f"{tenths // 10}.{tenths % 10}"


def as_json(found: Iterable[Covered]) -> str:
    """Every goal with the scenarios that show it (the first few) and how many do."""
    return json.dumps([_plain(covered) for covered in found], ensure_ascii=False, indent=1) + "\n"


def _plain(covered: Covered) -> dict[str, object]:
    coverage = covered.coverage
    return {
        "ruleset": covered.name,
        "version": covered.version,
        "digest": covered.digest,
        "goals": len(coverage.goals),
        "shown": len(coverage.goals) - len(coverage.missing()),
        "percent": written(covered.percent),
        "by_kind": [
            {"kind": o.kind, "status": o.status, "shown": o.shown, "goals": o.goals}
            for o in lines(coverage)
        ],
        "detail": [
            {
                "kind": goal.kind,
                "of": goal.of,
                "part": goal.part,
                "status": str(goal.status),
                "scenarios": len(by := coverage.shown.get(goal, [])),
                "first": by[:MAX_NAMED],
            }
            for goal in coverage.goals
        ],
    }


def _percent(goals: Sequence[Goal], coverage: Coverage) -> Fraction:
    if not goals:
        return Fraction(100)
    return Fraction(100 * sum(goal in coverage.shown for goal in goals), len(goals))


def _rate(line: Line) -> str:
    return written(Fraction(100 * line.shown, line.goals))
