"""From an incident to frames: what is known, per subject x act x beneficiary x cell x law slice.

A frame is one row of knowledge. An uncertain date of the act gives one frame per cell of the
calendar, because stage, phase and law come from one date and are not independent; law that stays
uncertain gives one frame per body of law. A frame that contradicts a constraint is dropped: that
possibility does not exist. Where none is left, the facts contradict each other.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from netralitas_rules.engine.bodies import felt
from netralitas_rules.engine.comparing import compare_any
from netralitas_rules.engine.departures import Departures
from netralitas_rules.engine.framed import Frame as Frame
from netralitas_rules.engine.framed import Group as Group
from netralitas_rules.engine.knowledge import Fact, NotAValue, Space
from netralitas_rules.engine.narrowing import MAX_CACHED, Applicable, Completions, Trace, narrow
from netralitas_rules.engine.plan import Comparison, Constraint, Plan
from netralitas_rules.engine.proving import Proving
from netralitas_rules.facts.accounts import Window, windows
from netralitas_rules.facts.evidence import by_standard, placed, weighed
from netralitas_rules.facts.incident import FURTHER, Act, Beneficiary, Incident, Subject
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.space import ACT_DATE, DETERMINED, ELECTION, GROUPS, STAGE, Kind, Origin
from netralitas_rules.law.model import Standard

MAX_FRAMES = 20_000
_ANY_DAY = Span(datetime.date.min, datetime.date.max)
NOTE = "stage_note"

Table = Mapping[str, "Fact | Table"]


class FactsRefused(Exception):
    """Facts that cannot be evaluated; `path` says where, `clash` which constraint."""

    def __init__(
        self,
        reason: str,
        *,
        path: tuple[str, ...] = (),
        value: object = None,
        allowed: Sequence[str | bool] = (),
        clash: Constraint | None = None,
        detail: str = "",
    ) -> None:
        self.reason = reason
        self.path = path
        self.value = value
        self.allowed = allowed
        self.clash = clash
        self.detail = detail
        super().__init__(reason)


Known = tuple[int, int, tuple[Constraint, ...]]
"""What is known, which facts are stated, and the constraints that apply."""


@dataclass(slots=True)
class Row:
    """Knowledge while it is being filled."""

    known: int
    stated: int = 0
    dates: dict[str, tuple[Window, ...]] = field(default_factory=dict)
    """Of every stated date the days that are possible: several windows where it is disputed."""
    beneficiary: tuple[str, ...] = ("beneficiary",)
    """Where the beneficiary stands in the incident."""
    note: str | None = None
    """Why the stage of the beneficiary is another than that of the calendar."""
    departing: bool = False
    """Whether the stage of the beneficiary is known to depart from the calendar."""

    def copy(self) -> "Row":
        return Row(self.known, self.stated, self.dates.copy())

    def state(self, fact: Fact, possible: int) -> None:
        """Take in what is stated of one fact; the contest of a beneficiary outweighs that of the
        whole report.
        """
        self.known = self.known & ~fact.full | possible
        self.stated |= 1 << fact.index


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is known in one cell of the date, once the constraints have said what follows."""

    rows: tuple[int, ...]
    """Knowledge, per body of law that is possible; none where the facts contradict each other."""
    constraints: tuple[Constraint, ...]
    reasons: Mapping[int, tuple[str, ...]]
    departs: Constraint | None
    clash: Constraint | None


_SINGLE = (Kind.ENUM, Kind.BOOL)


class Framer:
    """Builds frames for the plan of one ruleset."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        space = plan.space
        self.tables = _tables(space)
        self.departures = Departures(plan)
        self._completions = Completions()
        self._cells: dict[tuple[int, bool], _Cell] = {}
        self.proving = Proving(plan)
        self.act_date = space.by_path[ACT_DATE]
        election = space.by_path[ELECTION]
        self.applicable = Applicable(felt(plan), space.unknown, self.act_date.full | election.full)

    def groups(
        self,
        incident: Incident,
        *,
        as_of: datetime.date,
        base: int | None = None,
    ) -> list[Group]:
        """Frames of every subject x act x beneficiary of the incident, its evidence weighed."""
        try:
            groups = self._groups(weighed(incident), as_of, base)
        except FactsRefused as error:
            if incident.evidence and error.path:
                said = tuple(map(str, placed(incident, error.path, error.value)))
                if said != error.path and error.reason == "unknown-fact":
                    error.value = said[-1]
                error.path = said
            raise
        if not self.proving.demands:
            return groups
        departing = {group.beneficiary for group in groups if group.frames[0].departs is not None}

        def proven(asked: Standard) -> list[Group] | None:
            """The groups of what reaches a standard of evidence; None where nothing does."""
            found = by_standard(incident, kinds=asked.kinds, at_least=asked.at_least)
            try:
                return None if found is None else self._groups(found, as_of, base, departing)
            except FactsRefused:  # too many frames, with so little known
                return None

        return self.proving.applied(groups, proven)

    def _groups(
        self,
        incident: Incident,
        as_of: datetime.date,
        base: int | None,
        departing: AbstractSet[int | None] = frozenset(),
    ) -> list[Group]:
        start = Row(self.plan.base if base is None else base)
        self._fill(start, incident, self.tables[""], ())
        bound = _latest_day(incident, as_of)
        subjects = {s.key: i for i, s in enumerate(incident.subjects) if s.key}
        beneficiaries = {b.key: i for i, b in enumerate(incident.beneficiaries) if b.key}
        filled = [
            self._filled(start, subject, "subject", ("subjects", str(index)))
            for index, subject in enumerate(incident.subjects)
        ]
        chosen = [
            (
                index,
                act,
                _chosen(act.by, subjects, len(filled)),
                _chosen(act.beneficiaries, beneficiaries, len(incident.beneficiaries)) or (None,),
            )
            for index, act in _acts(incident)
        ]
        if sum(len(by) * len(whom) for *_, by, whom in chosen) > MAX_FRAMES:  # one each, at least
            raise FactsRefused("too-many-frames")
        named = {index for *_, whom in chosen for index in whom}
        for index, beneficiary in enumerate(incident.beneficiaries):
            if index not in named:  # no frame comes of it, but what it states has to be possible
                self._filled(start, beneficiary, "beneficiary", ("beneficiaries", str(index)))
        groups: list[Group] = []
        budget = MAX_FRAMES
        for act_index, act, by, whom in chosen:
            for subject_index in by:
                row = self._filled(filled[subject_index], act, "act", ("acts", str(act_index or 0)))
                for beneficiary_index in whom:
                    final = row
                    if beneficiary_index is not None:
                        beneficiary = incident.beneficiaries[beneficiary_index]
                        place = ("beneficiaries", str(beneficiary_index))
                        final = self._filled(row, beneficiary, "beneficiary", place)
                        final.beneficiary, final.note = place, beneficiary.stage_note
                        final.departing = beneficiary_index in departing
                    frames = tuple(self.frames(final, windows(act.date), bound))
                    budget -= len(frames)
                    if budget < 0:
                        raise FactsRefused("too-many-frames")
                    groups.append(Group(subject_index, act_index, beneficiary_index, frames))
        return groups

    def row(self, mapping: Mapping[str, Any]) -> Sequence[Known]:
        """What one row of plain facts says, per cell and slice that is possible.

        The mapping has the keys `subject`, `act`, `beneficiary` and those of an incident beside
        them, as in a file; unknown keys and values raise `FactsRefused`.
        """
        row = Row(self.plan.base)
        for name in sorted(mapping, key=GROUPS.__contains__):
            if name in GROUPS:
                part = mapping[name]
                if name == "beneficiary" and isinstance(part, Mapping) and NOTE in part:
                    row.note = _note(part)
                    part = {key: value for key, value in part.items() if key != NOTE}
                self._fill(row, part, self.tables[name], (name,))
            else:
                self._fill(row, {name: mapping[name]}, self.tables[""], ())
        frames = self.frames(row, row.dates.get(ACT_DATE, ()), datetime.date.max)
        return [(frame.known, frame.stated, frame.constraints) for frame in frames]

    def _filled(
        self,
        row: Row,
        part: Subject | Act | Beneficiary,
        group: str,
        path: tuple[str, ...],
    ) -> Row:
        copy = row.copy()
        self._fill(copy, part, self.tables[group], path)
        return copy

    def _fill(
        self,
        row: Row,
        part: BaseModel | Mapping[str, Any],
        table: Table,
        path: tuple[str, ...],
    ) -> None:
        if isinstance(part, BaseModel):
            values: Mapping[str, Any] = part.__dict__
            names: Any = part.model_fields_set
            strict = False
        elif isinstance(part, Mapping):
            values, names, strict = part, part, True
        else:
            raise FactsRefused("not-a-mapping", path=path, value=part)
        for name in names:
            entry = table.get(name)
            if entry is None:
                if strict or (name == FURTHER and values[name]):
                    raise FactsRefused(
                        "unknown-fact",
                        path=(*path, str(name)),
                        value=name,
                        detail=",".join(sorted(table)),
                    )
                continue
            value = values[name]
            if value is None:
                continue
            if type(entry) is dict:
                self._fill(row, value, entry, (*path, name))
                continue
            assert isinstance(entry, Fact)
            if entry.spec.kind in _SINGLE and value.__class__ is not dict:
                try:
                    bit = entry.bits[value]
                except (KeyError, TypeError):
                    bit = 0
                if bit:
                    row.state(entry, bit)
                    continue
            try:
                row.state(entry, entry.encode(value))
            except NotAValue as error:
                raise FactsRefused(
                    "unknown-value",
                    path=(*path, name),
                    value=value,
                    allowed=entry.spec.values,
                    detail=error.reason,
                ) from None
            if entry.spec.kind is Kind.DATE:
                row.dates[entry.spec.path] = windows(value)

    def frames(self, row: Row, days: Sequence[Window], bound: datetime.date) -> Iterator[Frame]:
        """The frames of a filled row: one per cell of the days of the act (of any day, where none
        is stated) and slice that is possible.
        """
        spans = [day for day in days if isinstance(day, Span)] or [_ANY_DAY]
        possible = [(span.first, min(span.last, bound)) for span in spans if span.first <= bound]
        if not possible:
            first = spans[0].first
            raise FactsRefused("date-order", path=("act", "date"), value=first, detail=str(bound))
        known = self.departures.stage(row.known)
        if known is None:
            detail = ", ".join((DETERMINED, STAGE))
            path = (*row.beneficiary, DETERMINED.partition(".")[2])
            raise FactsRefused("contradictory-facts", path=path, detail=detail)
        row.known = known
        clashes: list[Constraint | None] = []
        found = False
        for frame in self._in_cells(row, possible, clashes, departing=row.departing):
            found = True
            yield frame
        if found:
            return
        if row.stated & self.departures.stated:
            departing = list(self._in_cells(row, possible, [], departing=True))
            if departing and row.note is None:
                raise self._departure(row, departing[0].departs)
            if departing:
                yield from departing
                return
        clash = clashes[-1]
        tests = clash.tests if clash is not None else ()
        stated = {t.fact for t in tests if row.stated >> t.fact & 1}
        paths = sorted(self.plan.space.facts[index].spec.path for index in stated)
        raise FactsRefused("contradictory-facts", clash=clash, detail=", ".join(paths))

    def _departure(self, row: Row, departs: Constraint | None) -> FactsRefused:
        """What is said of a stage that departs from the calendar without a note."""
        stage = self.plan.space.by_path[STAGE]
        path = STAGE if row.stated >> stage.index & 1 else DETERMINED
        said = " or ".join(map(str, stage.decode(row.known)))
        place = (*row.beneficiary, path.partition(".")[2])
        return FactsRefused("stage-departs", path=place, value=said, clash=departs)

    def _in_cells(
        self,
        row: Row,
        days: Sequence[tuple[datetime.date, datetime.date]],
        clashes: list[Constraint | None],
        *,
        departing: bool = False,
    ) -> Iterator[Frame]:
        """The frames of every cell of the date; `departing`, without what a stated stage departs
        from. What leaves nothing possible in a cell is added to `clashes`.
        """
        fact = self.act_date
        implied = {}
        if self.departures.implied(row.known):
            implied[self.departures.fact] = (DETERMINED,)
        for cell, window in self._windows(days):
            start = row.known & ~fact.full | 1 << (fact.shift + cell)
            for comparison in self.plan.comparisons:
                start &= self._compared(comparison, row, window)
            found = self._cell(start, departing=departing)
            if not found.rows:
                clashes.append(found.clash)
            reasons = {**found.reasons, **implied}
            for known in found.rows:
                yield Frame(known, row.stated, *window, found.constraints, reasons, found.departs)

    def _cell(self, start: int, *, departing: bool) -> _Cell:
        """What follows in one cell of the date from what is stated: reports are often alike."""
        found = self._cells.get((start, departing))
        if found is None:
            if len(self._cells) >= MAX_CACHED:
                self._cells.clear()
            found = self._cells[start, departing] = self._narrowed(start, departing=departing)
        return found

    def _narrowed(self, start: int, *, departing: bool) -> _Cell:
        constraints = self.applicable.to(start)
        departs = None
        if departing:
            departs = self.departures.from_(constraints, start)
            constraints = self.departures.left(constraints)
        trace = Trace()
        known = narrow(start, constraints, trace)
        if known is None or not self._completions.exist(known, constraints):
            return _Cell((), constraints, {}, departs, trace.clash)
        reasons = {f: tuple(c.id for c in by) for f, by in trace.reasons.items()}
        rows = tuple(self._slices(known, constraints, 0))
        return _Cell(rows, constraints, reasons, departs, None)

    def _windows(
        self, days: Sequence[tuple[datetime.date, datetime.date]]
    ) -> Iterator[tuple[int, tuple[datetime.date, datetime.date]]]:
        """Every cell that some of the days lie in, with those days."""
        fact = self.act_date
        for first, last in days:
            for cell in fact.cell_numbers(fact.cells(first.toordinal(), last.toordinal())):
                low, high = map(datetime.date.fromordinal, fact.cell_bounds(cell))
                yield cell, (max(first, low), min(last, high))

    def _slices(
        self, known: int, constraints: tuple[Constraint, ...], position: int
    ) -> Iterator[int]:
        """One row of knowledge per body of law that is still possible."""
        for at in range(position, len(self.plan.slices)):
            field = self.plan.slices[at]
            possible = known & field
            if possible & (possible - 1):
                rest = known & ~field
                while possible:
                    bit = possible & -possible
                    possible ^= bit
                    narrowed = narrow(rest | bit, constraints)
                    if narrowed is not None and self._completions.exist(narrowed, constraints):
                        yield from self._slices(narrowed, constraints, at + 1)
                return
        yield known

    def _compared(
        self, comparison: Comparison, row: Row, window: tuple[datetime.date, datetime.date]
    ) -> int:
        fact = self.plan.space.facts[comparison.fact]
        ours: tuple[Window, ...] = (Span(*window),)
        first, second = (
            ours if path == ACT_DATE else row.dates.get(path)
            for path in (comparison.first, comparison.second)
        )
        return ~fact.full | compare_any(fact, first, second)


def _note(part: Mapping[str, Any]) -> str:
    """The note on the stage in a row of plain facts."""
    note = part[NOTE]
    if not isinstance(note, str) or not note.strip():
        raise FactsRefused("unknown-value", path=("beneficiary", NOTE), value=note)
    return note


def _acts(incident: Incident) -> Iterator[tuple[int | None, Act]]:
    if not incident.acts:
        yield None, Act()
    yield from enumerate(incident.acts)


def _chosen(keys: tuple[str, ...] | None, known: Mapping[str, int], count: int) -> Sequence[int]:
    return range(count) if keys is None else [known[key] for key in keys]


def _latest_day(incident: Incident, as_of: datetime.date) -> datetime.date:
    """An act lies before its report, its examination, its decision, and today."""
    stated = (
        incident.report.received_on,
        incident.proceeding.examined_on,
        incident.proceeding.proven_on,
        incident.proceeding.decided_on,
        incident.proceeding.decision_received_on,
    )
    latest = (windows(date)[-1] for date in stated if date is not None)
    return min([as_of, *(day.last for day in latest if isinstance(day, Span))])


def _tables(space: Space) -> Mapping[str, Table]:
    """Per group (and "" for the incident) the facts by the names of the incident models."""
    tables: dict[str, Any] = {group: {} for group in ("", *GROUPS)}
    for fact in space.facts:
        origin = fact.spec.origin
        group, _, rest = fact.spec.path.partition(".")
        if origin not in (Origin.INCIDENT, Origin.FURTHER):
            continue
        steps = fact.spec.path.split(".") if group not in GROUPS else rest.split(".")
        table = tables[group if group in GROUPS else ""]
        if origin is Origin.FURTHER:
            steps = [FURTHER, *steps]
        for step in steps[:-1]:
            table = table.setdefault(step, {})
        table[steps[-1]] = fact
    tables["beneficiary"][ELECTION] = space.by_path[ELECTION]
    return tables
