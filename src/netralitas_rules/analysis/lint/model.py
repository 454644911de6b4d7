"""Values of the lint: levels, rules, what a rule finds and what is told of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Position

if TYPE_CHECKING:
    from netralitas_rules.analysis.lint.content import Content


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """The content says something wrong, or says it of nothing."""
    WARNING = "warning"
    """Something that a reader of a decision relies on is missing."""
    ADVICE = "advice"
    """It can be read with more ease."""

    @property
    def weight(self) -> int:
        """More is heavier."""
        return -list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found at a place."""

    place: Place
    message: str
    expected: str = ""
    found: str = ""
    of_key: bool = False
    """Whether the key is meant, not its value."""
    also: Place | None = None


@dataclass(frozen=True, slots=True)
class LintRule:
    """One thing that is looked for; its page says why (`netralitas lint --explain CODE`)."""

    code: str
    level: Level
    check: "Callable[[Content], Iterable[Found]]"


@dataclass(frozen=True, slots=True)
class LintFinding:
    """What a rule found, as it is told. `position` is None where no file was read."""

    code: str
    level: Level
    message: str
    expected: str
    found: str
    path: tuple[str, ...]
    position: Position | None
    also: Position | None

    def as_json(self) -> dict[str, Any]:
        """Plain JSON form, the same keys always."""
        return {
            "code": self.code,
            "level": self.level.value,
            "message": self.message,
            "expected": self.expected,
            "found": self.found,
            "path": list(self.path),
            "positions": [
                {"source": p.source, "line": p.line, "column": p.column, "length": p.length}
                for p in (self.position, self.also)
                if p is not None
            ],
        }

    def __str__(self) -> str:
        where = f"{self.position}: " if self.position else ""
        lines = [f"{where}{self.level}[{self.code}]: {self.message}"]
        if self.path:
            lines.append(f"  in {' > '.join(self.path)}")
        if self.also is not None:
            lines.append(f"  see also {self.also}")
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.found:
            lines.append(f"  found:    {self.found}")
        return "\n".join(lines)
