"""Days of a proceeding: worlds in which the order of records is settled, as far as it can be."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from netralitas_rules.facts.casefile import Record
from netralitas_rules.facts.leaves import NEVER, Span
from netralitas_rules.facts.record_vocabulary import RecordStep
from netralitas_rules.law.procedures import Procedure

_DAY = datetime.timedelta(days=1)
MAX_WORLDS = 64
"""More orders of records than these are not told apart: the order is not known then."""


def dated(record: Record) -> Span | None:
    """The day of a record that was made; None where it is not stated."""
    return record.date if isinstance(record.date, Span) else None


_KINDS = {kind.value: kind for kind in RecordStep}


def kind_of(record: Record) -> RecordStep:
    return _KINDS[record.step]


def made(records: Iterable[Record]) -> list[Record]:
    """Those that do not say that their step was not taken."""
    return [record for record in records if record.date is not NEVER]


def by_kind(records: Iterable[Record]) -> Mapping[RecordStep, list[Record]]:
    """Those that were made, by the step that they are."""
    found: dict[RecordStep, list[Record]] = {}
    for record in made(records):
        found.setdefault(kind_of(record), []).append(record)
    return found


@dataclass(frozen=True, slots=True)
class World:
    """One way in which the uncertain days can lie, as far as the order of steps turns on it."""

    on: Mapping[str, Span | None]
    """The day of every record, by key."""
    order: Mapping[RecordStep, tuple[Record, ...] | None]
    """Records of a kind in time; None where their order is not known."""
    earlier: bool
    """Whether the steps of the law before count."""

    def first(self, records: Sequence[Record]) -> Span | None:
        """The day of the first of some records; None where the day of none is stated."""
        spans = [self.on[record.key] for record in records]
        known = [span for span in spans if span is not None]
        if not known:
            return None
        begin = min(span.first for span in known) if None not in spans else datetime.date.min
        return Span(begin, min(span.last for span in known))


def worlds(procedure: Procedure, records: Sequence[Record]) -> Iterator[World]:
    """Every way in which the order of records, and the law of their day, can come out."""
    kept = made(records)
    earlier = procedure.earlier.steps if procedure.earlier is not None else ()
    steps = (*procedure.steps, *earlier)
    kinds = {step.record for step in steps if step.nth is not None}
    cuts: dict[str, set[datetime.date]] = {}
    for kind in sorted(kinds):
        group = [record for record in kept if kind_of(record) is kind]
        ends = {end for record in group for end in _ends(dated(record))}
        if len(group) > 1:
            cuts |= {record.key: set(ends) for record in group}
    if procedure.earlier is not None:
        for record in kept:
            if kind_of(record) is procedure.earlier.record:
                cuts.setdefault(record.key, set()).add(procedure.earlier.before)
    cells = {record.key: _cells(dated(record), cuts.get(record.key, ())) for record in kept}
    if prod(len(one) for one in cells.values()) > MAX_WORLDS:
        cells = {record.key: [dated(record)] for record in kept}
    for chosen in product(*cells.values()):
        on = dict(zip(cells, chosen, strict=True))
        order = {kind: _order([r for r in kept if kind_of(r) is kind], on) for kind in kinds}
        yield World(on, order, _earlier(procedure, kept, on))


def _ends(span: Span | None) -> tuple[datetime.date, ...]:
    """Days on which something changes: its first, and the one after its last."""
    if span is None:
        return ()
    after = () if span.last == datetime.date.max else (span.last + _DAY,)
    return (span.first, *after)


def _cells(span: Span | None, cuts: Iterable[datetime.date]) -> list[Span | None]:
    """A span in the parts into which the cuts divide it."""
    if span is None:
        return [None]
    begins = [span.first, *sorted(cut for cut in cuts if span.first < cut <= span.last)]
    ends = [*(begin - _DAY for begin in begins[1:]), span.last]
    return [Span(first, last) for first, last in zip(begins, ends, strict=True)]


def _order(records: Sequence[Record], on: Mapping[str, Span | None]) -> tuple[Record, ...] | None:
    """Records in time, of one day by their key; None where that is not known."""
    spans = {record.key: on[record.key] for record in records}
    if len(records) < 2:
        return tuple(records)
    known = [(span, key) for key, span in spans.items() if span is not None]
    if len(known) < len(spans):
        return None
    known.sort(key=lambda one: (one[0].first, one[0].last, one[1]))
    for (before, _), (after, _) in pairwise(known):
        same_day = before.first == before.last == after.first == after.last
        if before.last >= after.first and not same_day:
            return None
    by_key = {record.key: record for record in records}
    return tuple(by_key[key] for _, key in known)


def _earlier(
    procedure: Procedure, records: Sequence[Record], on: Mapping[str, Span | None]
) -> bool:
    """Whether the record that decides it was made while the law before was in force."""
    earlier = procedure.earlier
    if earlier is None:
        return False
    spans = (on[record.key] for record in records if kind_of(record) is earlier.record)
    return any(span is not None and span.last < earlier.before for span in spans)
