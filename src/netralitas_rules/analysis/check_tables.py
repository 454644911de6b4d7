"""Checks of the tables of authority and of remedies: everything is covered, and once.

A cell of a table of authority is a kind of sanction that some row imposes, a status, a post, every
completion of the circumstances that are asked of it, and a day on which tables of the regime hold;
a cell of a table of remedies a kind, a status, a decider whom the tables of authority give, and a
day.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile

from netralitas_rules.analysis.asking import Asking, Told
from netralitas_rules.analysis.demands import Demand, demands
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.vocabulary import Post, SubjectStatus
from netralitas_rules.law.authority import (
    AuthorityRow,
    AuthorityTable,
    Facts,
    Office,
    Other,
    circumstances,
    in_force,
)
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.law.remedies import Decider, RemedyTable, deciders
from netralitas_rules.loading.diagnostics import listing

_DAY = datetime.timedelta(days=1)
Named = tuple[str, str]
"""A table and its row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, and the rows that cover it."""

    demand: Demand
    day: datetime.date
    of: tuple[str, ...]
    """What it shares with the cells that are told with it, in words."""
    table: str
    """A table of the regime, where a gap is told."""
    rows: tuple[Named, ...]
    given: str = ""
    """Circumstances of the post."""


@dataclass(slots=True)
class _Together:
    """Cells of one finding."""

    of: tuple[str, ...]
    kinds: dict[str, None] = field(default_factory=dict)
    statuses: dict[str, None] = field(default_factory=dict)
    given: dict[str, None] = field(default_factory=dict)
    first: datetime.date = datetime.date.max

    def add(self, cell: Cell) -> None:
        self.kinds[cell.demand.kind] = None
        self.statuses[cell.demand.status.value] = None
        if cell.given:
            self.given[cell.given] = None
        self.first = min(self.first, cell.day)

    def words(self) -> str:
        given = f" ({listing(self.given, limit=3)})" if self.given else ""
        since = "" if self.first == datetime.date.min else f", from {self.first}"
        kinds, statuses = listing(sorted(self.kinds)), listing(sorted(self.statuses))
        return f"{' '.join(self.of)}{given}: {kinds} of {statuses}{since}"


def findings(asking: Asking) -> None:
    """Gaps and overlaps of both kinds of tables."""
    codes = {FindingCode.TABLE_GAP, FindingCode.TABLE_OVERLAP}
    plan = asking.plan
    if not codes & asking.wanted or not plan.authorities:
        return
    regimes = frozenset(table.regime for table in plan.authorities)
    wanted = sorted(demands(asking, regimes), key=_order)
    _tell(asking, "authorities", authority_cells(plan, wanted))
    _tell(asking, "remedies", remedy_cells(plan, wanted))


def _order(demand: Demand) -> tuple[str, ...]:
    return tuple(map(str, (demand.regime, demand.status, demand.regulation, demand.kind)))


def _tell(asking: Asking, section: str, cells: Iterable[Cell]) -> None:
    """A finding for cells without a row, and for two rows of one cell."""
    gaps: dict[tuple[str, tuple[str, ...]], _Together] = {}
    overlaps: dict[tuple[Named, Named], _Together] = {}
    for cell in cells:
        if not cell.rows:
            gaps.setdefault((cell.table, cell.of), _Together(cell.of)).add(cell)
        elif len(cell.rows) > 1:
            pair = (cell.rows[0], cell.rows[1])
            overlaps.setdefault(pair, _Together(cell.of)).add(cell)
    items = asking.items[section]
    for (table, _), found in gaps.items():
        asking.told(
            Told(
                FindingCode.TABLE_GAP,
                (table,),
                items[table].place,
                f"no row covers {found.words()}",
                expected="exactly one row for it on every day",
                help="add a row; where the law gives it to nobody, one whose note says so",
            )
        )
    for ((table, row), (other, second)), found in overlaps.items():
        asking.told(
            Told(
                FindingCode.TABLE_OVERLAP,
                tuple(dict.fromkeys((table, other))),
                items[other].place / "rows" / second,
                f"two rows cover {found.words()}",
                expected="exactly one row for it on every day",
                help="tell them apart, or make them one row",
                also=items[table].place / "rows" / row,
            )
        )


def authority_cells(plan: Plan, wanted: Sequence[Demand]) -> Iterator[Cell]:
    """Every cell of the tables of authority."""
    for demand in wanted:
        same = [t for t in plan.authorities if t.regime is demand.regime]
        own = [t for t in same if demand.status in t.statuses and t.serves(demand.regulation)[0]]
        level, regulation = _level(demand), _regulation(demand)
        if not own:
            yield Cell(demand, datetime.date.min, ("anybody", *regulation), same[0].id, ())
        for day in _days(plan, demand.status, own):
            held = [t for t in own if t.holds(demand.status, day, plan.provisions)]
            told_apart = {one for t in held for row in t.rows for one, _ in row.given}
            for post in Post:
                of = (f"`{post}`", *level, *regulation)
                for facts in circumstances(post, told_apart=told_apart):
                    rows = tuple(
                        (t.id, row.id)
                        for t in held
                        for row in t.rows
                        if post in row.posts
                        and row.holds(facts)
                        and row.of(demand.level, demand.kind)
                        and in_force(row.basis, day, plan.provisions)
                    )
                    yield Cell(demand, day, of, (held or own)[0].id, rows, _words(facts))


def remedy_cells(plan: Plan, wanted: Sequence[Demand]) -> Iterator[Cell]:
    """Every cell of the tables of remedies."""
    for demand in wanted:
        same = [t for t in plan.remedies if demand.regime in t.regimes]
        own = [t for t in same if demand.status in t.statuses]
        if same and not own:
            yield Cell(demand, datetime.date.min, ("any decision",), same[0].id, ())
        deciding = [t for t in plan.authorities if t.regime is demand.regime]
        for day in _days(plan, demand.status, own, deciding):
            held = [t for t in own if t.holds(demand.status, day, plan.provisions)]
            for decider in sorted(_deciders(plan, demand, day)):
                of = (f"decisions of `{decider}`", *_level(demand))
                rows = tuple(
                    (t.id, row.id)
                    for t in held
                    for row in t.rows
                    if decider in row.decided_by
                    and row.of(demand.level, demand.kind)
                    and in_force(row.basis, day, plan.provisions)
                )
                yield Cell(demand, day, of, (held or own)[0].id, rows)


def _deciders(plan: Plan, demand: Demand, day: datetime.date) -> frozenset[Decider]:
    """Whose decision it can be, by the tables of authority of that day."""
    offices = {
        office
        for table in plan.authorities
        if table.regime is demand.regime
        and table.serves(demand.regulation)[0]
        and table.holds(demand.status, day, plan.provisions)
        for row in table.rows
        if row.of(demand.level, demand.kind) and row.office is not None
        for office in (*_above(table, row.office), *(other.office for other in _others(table, row)))
    }
    return frozenset(decider for office in offices for decider in deciders(office))


def _others(table: AuthorityTable, row: AuthorityRow) -> Iterator[Other]:
    """Who else can decide: by the row, and of the agency to which the person is assigned."""
    yield from row.others
    for one in table.assigned:
        yield from one.of(None)


def _above(table: AuthorityTable, office: Office) -> Sequence[Office]:
    """The office itself, and who acts where it does not."""
    ladder = () if table.up is None else table.up.ladder
    return ladder[ladder.index(office) :] if office in ladder else (office,)


def _days(
    plan: Plan,
    status: SubjectStatus,
    tables: Sequence[AuthorityTable | RemedyTable],
    also: Sequence[AuthorityTable] = (),
) -> list[datetime.date]:
    """The first day of every span in which the same rows of these tables are in force, from the
    first on which one of `tables` holds for the status.
    """
    found = {datetime.date.min}
    for table in (*tables, *also):
        if table.until is not None:
            found.add(table.until + _DAY)
        for basis in (table.statuses.get(status, ()), *(row.basis for row in table.rows)):
            for name in basis:
                first, last = plan.provisions[name].validity.span
                found.add(first)
                if last < datetime.date.max:
                    found.add(last + _DAY)

    def nothing(day: datetime.date) -> bool:
        return not any(table.holds(status, day, plan.provisions) for table in tables)

    return list(dropwhile(nothing, sorted(found)))


def _level(demand: Demand) -> tuple[str, ...]:
    return () if demand.level is None else (f"at level `{demand.level}`",)


def _regulation(demand: Demand) -> tuple[str, ...]:
    return () if demand.regulation is None else (f"under `{demand.regulation}`",)


def _words(facts: Facts) -> str:
    return ", ".join(f"{one} {listing(values)}" for one, values in facts.items())
