"""The timeline of a case as a picture: time runs down, a lane for every matter. Text is escaped."""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from netralitas_rules.case.model import CaseDecision, Entry, EntryKind
from netralitas_rules.explain import case_terms as t
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.case_entries import EntryWords
from netralitas_rules.explain.words import Words

_WIDTH = 980
_LANES_AT = 250
_LANE = 22
_LINE = 18
_GAP = 12
_TOP = 64
_LETTERS = 7.4
"""Width of a letter of the font, in pixels, rather too much."""
_DAYS = int((_LANES_AT - 16 - 12) / _LETTERS)
"""Letters of a line of days, which end before the lanes."""
_MAX_LANES = 12
"""Further matters share the last lane."""
_COLOURS = ("#1b4f8f", "#a1431b", "#2e6b34", "#6a3d8f", "#7a6200", "#0f6a6a")
_SERVICE = "#777777"
_SHAPES = {
    EntryKind.SERVICE: "square",
    EntryKind.ACT: "diamond",
    EntryKind.REPORT: "ring",
    EntryKind.RECORD: "dot",
}


def picture(decision: CaseDecision, words: Words, *, lang: str) -> str:
    """The timeline as SVG, in Indonesian (`id`) or English (`en`)."""
    return "\n".join(_Picture(decision, words, lang).parts()) + "\n"


@dataclass(frozen=True, slots=True)
class _Row:
    """One entry with the lines of its days and of what it says."""

    entry: Entry
    days: list[str]
    says: list[str]

    @property
    def height(self) -> int:
        return max(len(self.days), len(self.says)) * _LINE + _GAP


def _apart(days: str) -> list[str]:
    """Lines of days, none broken inside a day."""
    whole = re.sub(r"(\d+) (\w+) (\d{4})", "\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}\\3", days)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in wrap(whole, _DAYS)]


class _Picture:
    def __init__(self, decision: CaseDecision, words: Words, lang: str) -> None:
        if lang not in p.LANGUAGES:
            raise ValueError(f"lang must be one of {', '.join(p.LANGUAGES)}, not {lang!r}")
        self.d = decision
        self.lang = lang
        self.entries = EntryWords(words, lang=lang)
        self.lanes = {
            matter.key: min(number, _MAX_LANES) for number, matter in enumerate(decision.matters, 1)
        }
        self.text_at = _LANES_AT + _LANE * (max(self.lanes.values(), default=0) + 1)

    def parts(self) -> Iterator[str]:
        rows = [*self._rows()]
        height = _TOP + sum(row.height for row in rows) + 40
        title = f"{self._w('timeline')}: {self.d.case or self._w('unnamed')}"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}" role="img" font-family="sans-serif" '
            f'font-size="13" lang="{self.lang}">'
        )
        yield f"<title>{escape(title)}</title>"
        yield f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
        yield f'<text x="16" y="28" font-size="17" font-weight="bold">{escape(title)}</text>'
        yield from self._lanes(rows)
        at = _TOP
        for row in rows:
            yield from self._row(row, at)
            at += row.height
        yield from self._legend(height - 16)
        yield "</svg>"

    def _rows(self) -> Iterator[_Row]:
        """What stands beside each other; a day is named once."""
        letters = int((_WIDTH - self.text_at - 16) / _LETTERS)
        before: Entry | None = None
        for entry in self.d.timeline:
            when = self._w("undated") if entry.days is None else self._when(entry.days)
            named = before is not None and before.days == entry.days
            days = [] if named else _apart(when)
            yield _Row(entry, days, wrap(self.entries.entry(entry), letters))
            before = entry

    def _lanes(self, rows: Sequence[_Row]) -> Iterator[str]:
        """A line for each matter from its first to its last entry."""
        at, spans = _TOP, dict[int, list[int]]()
        for row in rows:
            spans.setdefault(self._lane(row.entry), []).append(at)
            at += row.height
        for lane, found in sorted(spans.items()):
            x = _LANES_AT + lane * _LANE
            yield (
                f'<line x1="{x}" y1="{found[0]}" x2="{x}" y2="{found[-1]}" '
                f'stroke="{self._colour(lane)}" stroke-width="2" opacity="0.35"/>'
            )

    def _row(self, row: _Row, at: int) -> Iterator[str]:
        yield from self._column(row.days, 16, at, "#333333")
        lane, shape = self._lane(row.entry), _SHAPES[row.entry.kind]
        yield self._mark(shape, _LANES_AT + lane * _LANE, at, self._colour(lane))
        yield from self._column(row.says, self.text_at, at, "#111111")

    def _column(self, lines: Sequence[str], x: int, at: int, colour: str) -> Iterator[str]:
        for number, line in enumerate(lines):
            y = at + 4 + number * _LINE
            yield f'<text x="{x}" y="{y}" fill="{colour}">{escape(line)}</text>'

    def _legend(self, at: int) -> Iterator[str]:
        x = 16
        for kind in EntryKind:
            word = t.ENTRIES[kind].in_language(self.lang)
            yield self._mark(_SHAPES[kind], x + 6, at - 4, _SERVICE)
            yield f'<text x="{x + 18}" y="{at}" fill="#333333">{escape(word)}</text>'
            x += 40 + int(len(word) * _LETTERS)

    def _mark(self, shape: str, x: int, y: int, colour: str) -> str:
        match shape:
            case "square":
                return f'<rect x="{x - 5}" y="{y - 5}" width="10" height="10" fill="{colour}"/>'
            case "diamond":
                points = f"{x},{y - 7} {x + 7},{y} {x},{y + 7} {x - 7},{y}"
                return f'<polygon points="{points}" fill="{colour}"/>'
            case "ring":
                return (
                    f'<circle cx="{x}" cy="{y}" r="5" fill="#ffffff" stroke="{colour}" '
                    'stroke-width="2.5"/>'
                )
        return f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/>'

    def _lane(self, entry: Entry) -> int:
        return 0 if entry.matter is None else self.lanes[entry.matter]

    def _colour(self, lane: int) -> str:
        return _SERVICE if lane == 0 else _COLOURS[(lane - 1) % len(_COLOURS)]

    def _when(self, days: tuple[str, str]) -> str:
        """A day; a whole month or year by its name; else both ends."""
        first, last = map(datetime.date.fromisoformat, days)
        if first != last and first.year == last.year:
            end = first.month == last.month and last.day == monthrange(last.year, last.month)[1]
            if first.day == 1 and end:
                return p.day(days[0], self.lang).partition(" ")[2]
            if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
                return str(first.year)
        return p.period(*days, self.lang)

    def _w(self, key: str) -> str:
        return t.TERMS[key].in_language(self.lang)
