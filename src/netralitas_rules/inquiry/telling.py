"""Values of a fact as they are told: codes, words, and one that a report can state.

Days are told as days, cut to what the report and its evidence leave, not as the cells they touch.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from netralitas_rules.decision import reads
from netralitas_rules.decision.case import Case
from netralitas_rules.engine.conditions import Test
from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.accounts import Window, windows
from netralitas_rules.facts.leaves import NEVER, Span
from netralitas_rules.facts.order import ACT_BEFORE
from netralitas_rules.facts.places import Steps
from netralitas_rules.facts.space import ACT_DATE, Kind
from netralitas_rules.inquiry.places import stated_at
from netralitas_rules.law.model import Text

_FIRST, _LAST = datetime.date.min.toordinal(), datetime.date.max.toordinal()
Days = list[tuple[int, int]]
"""Spans of days, first and last as ordinals, in their order."""


@dataclass(frozen=True, slots=True)
class Told:
    """Values as they are told."""

    codes: tuple[str, ...]
    says: Text
    example: Any


class Telling:
    """Tells values of facts of one subject, act and beneficiary."""

    def __init__(self, words: Words, case: Case, group: Group) -> None:
        self.words = words
        self.case = case
        self.group = group

    def each(self, facts: Sequence[tuple[Fact, int]]) -> list[Told]:
        """Facts that are stated together: days that come behind others do not lie before them."""
        floor, told = self._floor(), dict[str, Told]()
        own = {fact.spec.path: (fact, values) for fact, values in facts}
        for path in (ACT_DATE, *ACT_BEFORE):
            if path in own:
                found = told[path] = self.one(*own[path], floor if path != ACT_DATE else None)
                day = found.example
            else:
                place = tuple(path.split(".")) if path != ACT_DATE else None
                stated = next(iter(self._stated(place)), None)
                day = stated.first.isoformat() if isinstance(stated, Span) else NEVER.value
            if day != NEVER.value:
                floor = max(floor, datetime.date.fromisoformat(day).toordinal())
        return [told.get(f.spec.path) or self.one(f, values, None) for f, values in facts]

    def one(self, fact: Fact, values: int, floor: int | None) -> Told:
        """One fact; of its days the example is none before `floor`, where there is such a day."""
        if fact.spec.kind is Kind.DATE:
            return self._date(fact, values, floor)
        says = self.words.condition(Test(fact.index, values, fact.full & ~values))
        return Told(self.words.possible(fact, values), says, fact.example(values))

    def latest(self, fact: Fact) -> int | None:
        """The day before which no example of a date lies, if it comes behind the act."""
        return self._floor() if fact.spec.path in ACT_BEFORE else None

    def _date(self, fact: Fact, values: int, floor: int | None) -> Told:
        days = self._days(fact, values)
        never = bool(values & fact.never_bit)
        codes = (*map(_code, days), *([NEVER.value] if never else []))
        label, said = self.words.label(fact.spec.path), self.words.codes(fact.spec.path, codes)
        says = Text(f"{label.id}: {said.id}", f"{label.en}: {said.en}")
        if not days:
            return Told(codes, says, NEVER.value)
        if fact.spec.path == ACT_DATE:
            latest = max(frame.last for frame in self.group.frames).toordinal()
            days = [(first, min(last, latest)) for first, last in days if first <= latest] or days
        last = self.case.as_of.toordinal()
        day = datetime.date.fromordinal(_day(days, floor, last)).isoformat()
        return Told(codes, says, day)

    def _days(self, fact: Fact, values: int) -> Days:
        """The days of the values that are left, neighbours together."""
        spans = [fact.cell_bounds(cell) for cell in fact.cell_numbers(values & ~fact.never_bit)]
        place = reads.place_of(self.case, self.group, fact)
        left = [window for window in self._stated(place) if isinstance(window, Span)]
        if left:
            cut = [
                (max(first, window.first.toordinal()), min(last, window.last.toordinal()))
                for first, last in spans
                for window in left
            ]
            spans = sorted((first, last) for first, last in cut if first <= last) or spans
        found: Days = []
        for first, last in spans:
            if found and found[-1][1] + 1 == first:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found

    def _stated(self, place: Steps | None) -> Sequence[Window]:
        """What is stated of a date, by all accounts."""
        return windows(stated_at(self.case.weighed, place)) if place is not None else ()

    def _floor(self) -> int:
        """The last day on which this act may have been, and none before another act."""
        own = max(frame.last for frame in self.group.frames).toordinal()
        return max([own, *self._other_acts()])

    def _other_acts(self) -> Iterator[int]:
        for act in self.case.weighed.acts:
            first = next(iter(windows(act.date)), None)
            if isinstance(first, Span):
                yield first.first.toordinal()


def _day(days: Days, floor: int | None, today: int) -> int:
    """The first day, or of what has no beginning the last, or else the day of the question."""
    if floor is not None:
        days = [(max(first, floor), last) for first, last in days if last >= floor] or days
    first, last = days[0]
    if first > _FIRST:
        return first
    return last if last < _LAST else today


def _code(days: tuple[int, int]) -> str:
    """`first..last`, without an end that is open; one day as itself."""
    first, last = days
    low = "" if first == _FIRST else datetime.date.fromordinal(first).isoformat()
    high = "" if last == _LAST else datetime.date.fromordinal(last).isoformat()
    return low if low and low == high else f"{low}..{high}"
