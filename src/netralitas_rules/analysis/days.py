"""Whether days can be found for all dates of a completion: in their spans, in their order."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from netralitas_rules.engine.conditions import union
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.order import ACT_BEFORE, IN_TURN
from netralitas_rules.facts.space import ACT_DATE

ORDER = (
    *((ACT_DATE, later) for later in ACT_BEFORE),
    *IN_TURN,
    ("subject.cltn.in_force_from", "subject.cltn.in_force_until"),
    ("subject.party.joined_on", "subject.party.left_party_on"),
)
"""Dates of which a report states none before the other."""

Span = tuple[int, int]
EARLIEST = datetime.date(1990, 1, 1).toordinal()
"""Days before this one are chosen only where nothing else fits: a report is easier to read."""


def runs(fact: Fact, known: int) -> list[int]:
    """The possible days of a date as spans without a hole, and that it did not happen."""
    found: list[int] = []
    run = 0
    for cell in fact.cell_numbers(known & ~fact.never_bit):
        bit = 1 << (fact.shift + cell)
        if run and not run & bit >> 1:
            found.append(run)
            run = 0
        run |= bit
    return [bits for bits in (known & fact.never_bit, *found, run) if bits]


@dataclass(frozen=True, slots=True)
class Days:
    """The dates of a plan that lie in some order to each other."""

    orders: tuple[tuple[Fact, Fact], ...]
    comparisons: tuple[tuple[Fact, Fact, Fact], ...]
    """A comparison fact, and the two dates that it compares."""
    facts: tuple[Fact, ...]
    fields: int
    """Fields of all of them, and of the comparisons."""
    _runs: dict[tuple[int, int], list[int]] = field(default_factory=dict, compare=False)
    _possible: dict[int, bool] = field(default_factory=dict, compare=False)
    """What was asked before: few patterns of dates recur often."""

    @classmethod
    def of(cls, plan: Plan) -> "Days":
        by_path = plan.space.by_path
        orders = tuple((by_path[one], by_path[other]) for one, other in ORDER)
        compared = tuple(
            (plan.space.facts[c.fact], by_path[c.first], by_path[c.second])
            for c in plan.comparisons
        )
        dates = {f.index: f for pair in orders for f in pair}
        dates |= {f.index: f for _, *pair in compared for f in pair}
        fields = union(f.full for f in (*dates.values(), *(made for made, *_ in compared)))
        return cls(orders, compared, tuple(dates.values()), fields)

    def _parts(self, fact: Fact, known: int) -> list[int]:
        key = (fact.index, known & fact.full)
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = runs(fact, known)
        return found

    def division(self, known: int) -> tuple[int, list[int]]:
        """The first date or comparison that is open, and its parts; nothing where none is."""
        for fact in self.facts:
            parts = self._parts(fact, known)
            if len(parts) > 1:
                return fact.full, parts
        for fact, _, _ in self.comparisons:
            parts = [bit for bit in fact.bits.values() if known & bit]
            if len(parts) > 1:
                return fact.full, parts
        return 0, []

    def possible(self, known: int) -> bool:
        """Whether what is settled of dates and comparisons fits together."""
        key = known & self.fields
        found = self._possible.get(key)
        if found is None:
            found = self._possible[key] = self._fits(known)
        return found

    def _fits(self, known: int) -> bool:
        spans: dict[str, list[int] | None] = {}
        for fact in self.facts:
            left = known & fact.full
            happened = left & ~fact.never_bit
            if happened and happened == left:
                cells = fact.cell_numbers(left)
                spans[fact.spec.path] = [
                    fact.cell_bounds(cells[0])[0],
                    fact.cell_bounds(cells[-1])[1],
                ]
            else:
                spans[fact.spec.path] = None
        later = self._orders(spans)
        for fact, one, other in self.comparisons:
            left = known & fact.full
            never, gone = fact.bits["never"], fact.bits["no_reference"]
            first, second = known & one.full, known & other.full
            if not first & ~one.never_bit and not left & never:
                return False
            if left == never and not first & one.never_bit:
                return False
            if left == gone and (not second & other.never_bit or first == one.never_bit):
                return False
            if first & ~one.never_bit == first and left == never:
                return False
            if not second & ~other.never_bit and not left & (gone | never):
                return False
            pair = (one.spec.path, other.spec.path)
            if spans[pair[0]] and spans[pair[1]]:
                if not left & ~(never | gone):
                    return False
                words = [str(value) for value, bit in fact.bits.items() if left & bit]
                if len(words) == 1:
                    later += _steps(words[0], pair)
        return _fitted(spans, later) is not None

    def _orders(self, spans: Mapping[str, list[int] | None]) -> list[tuple[str, str, int]]:
        paths = ((one.spec.path, other.spec.path) for one, other in self.orders)
        return [(one, other, 0) for one, other in paths if spans[one] and spans[other]]

    def found(self, known: int) -> dict[str, Span | None] | None:
        """First and last day of every date, the first ones fitting together; None for what did
        not happen. No result where none fit. Every date and comparison has one run or value left.
        """
        spans: dict[str, list[int] | None] = {}
        for fact in self.facts:
            left = known & fact.full
            if left & fact.never_bit:
                spans[fact.spec.path] = None
                continue
            cells = fact.cell_numbers(left)
            spans[fact.spec.path] = [fact.cell_bounds(cells[0])[0], fact.cell_bounds(cells[-1])[1]]
        later = self._orders(spans)
        for fact, one, other in self.comparisons:
            first, second = spans[one.spec.path], spans[other.spec.path]
            word = next(str(value) for value, bit in fact.bits.items() if known & bit)
            if first is None or second is None:
                if word != ("never" if first is None else "no_reference"):
                    return None
                continue
            if word not in _STEPS:
                return None
            later += _steps(word, (one.spec.path, other.spec.path))
        recent = {
            p: [max(s[0], min(s[1], EARLIEST)), s[1]] if s else None for p, s in spans.items()
        }
        return _fitted(recent, later) or _fitted(spans, later)


_STEPS: Mapping[str, Sequence[tuple[bool, int]]] = {
    "before": ((False, 1),),
    "same_day": ((False, 0), (True, 0)),
    "after": ((True, 1),),
}


def _steps(word: str, pair: tuple[str, str]) -> list[tuple[str, str, int]]:
    """A comparison as dates of which the second lies so many days behind the first, or more."""
    return [(*(pair[::-1] if swapped else pair), days) for swapped, days in _STEPS[word]]


def _fitted(
    spans: Mapping[str, list[int] | None], later: Sequence[tuple[str, str, int]]
) -> dict[str, Span | None] | None:
    """Each first day moved on until every order holds; None where that leaves a span."""
    spans = {path: [*span] if span else None for path, span in spans.items()}
    changed = True
    while changed:
        changed = False
        for one, other, days in later:
            first, second = spans[one], spans[other]
            if first is None or second is None or first[0] + days <= second[0]:
                continue
            second[0] = first[0] + days
            if second[0] > second[1]:
                return None
            changed = True
    return {path: (span[0], span[1]) if span else None for path, span in spans.items()}
