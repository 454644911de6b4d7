"""What a measurement hands back, and how it is printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that is aimed at; `at_least` says which side of it is good."""

    what: str
    wanted: float
    measured: float | None
    unit: str
    at_least: bool = True

    @property
    def reached(self) -> bool | None:
        if self.measured is None:
            return None
        if self.at_least:
            return self.measured >= self.wanted
        return self.measured <= self.wanted

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        if self.measured is None:
            return f"not measured  {self.what}: {sign} {number(self.wanted)} {self.unit}"
        word = "reached" if self.reached else "MISSED"
        return (
            f"{word:12}  {self.what}: {number(self.measured)} {self.unit}, "
            f"target {sign} {number(self.wanted)}"
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One measurement."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    targets: Sequence[Target] = ()
    notes: Sequence[str] = field(default=())

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "name": self.name,
            "title": self.title,
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "targets": [
                {
                    "what": t.what,
                    "wanted": t.wanted,
                    "measured": t.measured,
                    "unit": t.unit,
                    "reached": t.reached,
                }
                for t in self.targets
            ],
            "notes": list(self.notes),
        }

    def text(self) -> str:
        cells = [list(self.columns), *([number(cell) for cell in row] for row in self.rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        right = [
            any(isinstance(row[i], int | float) for row in self.rows)
            for i in range(len(self.columns))
        ]
        lines = [f"## {self.title}", ""]
        for index, row in enumerate(cells):
            lines.append("  ".join(_aligned(row, widths, right)).rstrip())
            if index == 0:
                lines.append("  ".join("-" * width for width in widths))
        lines += ["", *map(str, self.targets)]
        lines += [f"note: {note}" for note in self.notes]
        return "\n".join(lines).rstrip() + "\n"


def _aligned(row: Iterable[str], widths: list[int], right: list[bool]) -> Iterable[str]:
    for cell, width, to_right in zip(row, widths, right, strict=True):
        yield cell.rjust(width) if to_right else cell.ljust(width)


def number(value: Any) -> str:
    """A figure as a person reads it; nothing for what was not measured."""
    if value is None:
        return "-"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"
