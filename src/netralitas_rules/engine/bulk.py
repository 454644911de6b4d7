"""Statuses of rows of plain facts, for bulk work: what `Evaluator.statuses` says, sooner.

Three things are worked out once instead of for every row:

- of every value of every fact, one int with all that it settles: which values are impossible
  then, that the fact is stated, and which rules it alone keeps from being met (`PartCodes`);
- of every rule, its conditions as bit masks (`RuleMasks`, `Masks`);
- of every combination of conduct and facts that constraints read, the frames that are left, each
  with the rules that can be raised in it (`_Place`).

What does not fit (unknown names and values, dates that are compared) goes the plain way, which
also words every refusal; so does a finding that only exact evaluation can close.

The code of a row, from the lowest bit: a bit per rule that cannot be met, a bit per fact that is
stated, and the bits of the space for what is impossible. Masks of the space are shifted alike.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from netralitas_rules.engine.codes import Encoder, PartCodes
from netralitas_rules.engine.conditions import OPEN, TRUE, union
from netralitas_rules.engine.evaluate import MAX_VALUES, Evaluator, Status
from netralitas_rules.engine.frames import FactsRefused, Frame, Framer, Row
from netralitas_rules.engine.masks import Masks, RuleMasks
from netralitas_rules.engine.narrowing import MAX_CACHED, core, tied
from netralitas_rules.engine.plan import Constraint, Plan
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.space import ACT_DATE, CONDUCT, DETERMINED, ELECTION, GROUPS

NAMES = {status: status.name.lower() for status in Status}
STATUSES = {name: status for status, name in NAMES.items()}
MET, ELEMENTS_MET = NAMES[Status.MET], NAMES[Status.ELEMENTS_MET]
STILL_OPEN, NOT_MET = NAMES[Status.OPEN], NAMES[Status.NOT_MET]


class Unusual(Exception):
    """A row that is left to the plain way."""


Box = tuple[int, tuple[str, int, tuple[int, ...]]]
"""A rule of tests alone, raised by the conduct: bit; id, none of this, some of each of these."""

Line = tuple[int, int, str, int, Masks, Masks | None]
"""A rule with one plain gate and at most one exception: what must be stated, bit, id, what brings
up the exception, the elements, and the elements with the exception.
"""


@dataclass(frozen=True, slots=True)
class _Place:
    """One frame, and the rules that can be raised in it."""

    number: int
    known: int
    """What is possible where nothing but conduct and what constraints read is stated."""
    tied: bool
    """Whether constraints stay open."""
    constraints: tuple[Constraint, ...]
    start: dict[str, str]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    others: tuple[tuple[int, RuleMasks, bool], ...]
    """Of any form: one of these stated, the rule, whether constraints tie facts of it."""


class Bulk:
    """Statuses of rows of plain facts under one plan. Remembers what bits mean, never rows."""

    def __init__(self, plan: Plan, framer: Framer, evaluator: Evaluator) -> None:
        self.plan = plan
        self.framer = framer
        self.evaluator = evaluator
        space = plan.space
        self._stated = stated = len(plan.rules)
        self._shift = stated + len(space.facts)
        self._facts = (1 << len(space.facts)) - 1
        self._day = space.by_path[ACT_DATE]
        self._conduct = space.by_path[CONDUCT]
        self._by_conduct = self._bit(CONDUCT)
        self._lawful = self._read_by_law()
        settled = self._lawful | union(space.facts[index].full for index in plan.readings)
        self._rules = {
            rule.id: RuleMasks(
                rule, number, self._stated, self._shift, self._conduct.index, settled
            )
            for number, rule in enumerate(plan.rules)
        }
        self._compared = union(
            self._bit(path)
            for comparison in plan.comparisons
            for path in (comparison.first, comparison.second)
            if path != ACT_DATE
        )
        fields = self._lawful | self._conduct.full | space.by_path[ELECTION].full
        self._key = fields << self._shift | self._by_conduct | self._compared
        self._root = PartCodes(
            {**framer.tables[""], **{group: framer.tables[group] for group in GROUPS}},
            Encoder(self._stated, self._shift, self._rules.values()),
            whole=True,
        )
        dated = any(rule.fields & self._day.full << self._shift for rule in self._rules.values())
        self._undated = 0 if dated else self._day.full << self._shift
        """Bits in which two frames may differ and still be one for every rule."""
        self._places: dict[int, tuple[_Place, ...]] = {}
        self._met_once: set[int] = set()
        self._numbers = count()
        self._closed: dict[tuple[int, int, int, int], str] = {}
        """Statuses that took exact evaluation, by all that they depend on."""

    def statuses(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Status of every rule that one row of facts raises. Raises `FactsRefused`."""
        try:
            code = self._root.code(row)
            if ELECTION in row and _elsewhere(row):
                return self._plainly(row)
            key = code & self._key
            places = self._places.get(key) or self._made(key)
        except (KeyError, TypeError, ValueError, AttributeError, FactsRefused, Unusual):
            return self._plainly(row)
        if len(places) == 1:
            return self._in_place(code, places[0])
        return self._over(code, places)

    def _plainly(self, row: Mapping[str, Any]) -> dict[str, str]:
        found = self.evaluator.statuses(self.framer.row(row))
        return {rule: NAMES[status] for rule, status in found.items()}

    def _in_place(self, code: int, place: _Place) -> dict[str, str]:
        known = place.known & ~code
        found = place.start.copy()
        for bit, box in place.boxes:
            if code & bit:
                continue
            name, none, some = box
            if not known & none:
                found[name] = MET
            else:
                for mask in some:
                    if not known & mask:
                        break
                else:
                    found[name] = STILL_OPEN
        for gate, bit, name, asked, needs, whole in place.lines:
            if code & gate != gate:
                del found[name]
            elif not code & bit:
                chosen = needs if whole is None or code & asked != asked else whole
                value = chosen.value(known)
                if value == TRUE:
                    found[name] = MET
                elif value == OPEN:
                    if chosen is whole and needs.value(known) == TRUE:
                        found[name] = ELEMENTS_MET
                    else:
                        found[name] = STILL_OPEN
        for needed, rule, bound in place.others:
            if code & needed:
                self._note(found, rule, code, known, place, bound=bound)
            else:
                del found[rule.id]
        return found

    def _note(
        self,
        found: dict[str, str],
        rule: RuleMasks,
        code: int,
        known: int,
        place: _Place,
        *,
        bound: bool,
    ) -> None:
        """Status of one rule of any form; takes it out where it is not raised."""
        if not rule.gates.open(code, known):
            del found[rule.id]
            return
        if bound and not self.evaluator.raised(
            rule.rule, known >> self._shift, code >> self._stated & self._facts, place.constraints
        ):
            del found[rule.id]
            return
        if code & rule.bit:
            return
        considered = rule.considered(code, known)
        case = rule.cases.get(considered) or rule.case(considered)
        value = case.whole.value(known)
        if value == TRUE:
            found[rule.id] = MET
        elif value == OPEN:
            if case.repeats or bound:
                # The place fixes what constraints read; the rest is in the fields of the rule.
                key = (place.number, rule.bit, considered, known & rule.fields)
                name = self._closed.get(key)
                if name is None:
                    status = self.evaluator.status(
                        rule.rule, considered, known >> self._shift, place.constraints
                    )
                    if len(self._closed) >= MAX_VALUES:
                        self._closed.clear()
                    name = self._closed[key] = NAMES[status]
                found[rule.id] = name
            elif rule.elements(considered).value(known) == TRUE:
                found[rule.id] = ELEMENTS_MET
            else:
                found[rule.id] = STILL_OPEN

    def _over(self, code: int, places: Sequence[_Place]) -> dict[str, str]:
        """One status per rule over all frames; absent is not raised or governed by other law."""
        frames = [self._in_place(code, place) for place in places]
        rows = [((place.known & ~code) >> self._shift, 0, place.constraints) for place in places]
        found: dict[str, str] = {}
        for name, rule in self._rules.items():
            statuses = [statuses.get(name) for statuses in frames]
            first = statuses[0]
            if any(status != first for status in statuses):
                known = [None if s is None else STATUSES[s] for s in statuses]
                found[name] = NAMES[self.evaluator.over(rule.rule, known, rows)]
            elif first is not None:
                found[name] = first
        return found

    # -- worked out once

    def _bit(self, path: str) -> int:
        """The bit of the code that says that a fact is stated."""
        return 1 << (self._stated + self.plan.space.by_path[path].index)

    def _read_by_law(self) -> int:
        """Fields of all facts that decide on frames."""
        facts = {test.fact for con in self.plan.constraints for test in con.tests}
        facts |= {comparison.fact for comparison in self.plan.comparisons}
        space = self.plan.space
        fields = self._day.full | space.by_path[DETERMINED].full | union(self.plan.slices)
        return fields | union(space.facts[index].full for index in facts)

    def _made(self, key: int) -> tuple[_Place, ...]:
        """The frames that these facts leave. Raises `FactsRefused` where there is none."""
        known = self.plan.base & ~(key >> self._shift)
        if key & self._compared:
            raise Unusual  # exact days matter
        if key not in self._met_once:
            if len(self._met_once) >= MAX_CACHED:
                self._met_once.clear()
            self._met_once.add(key)
            raise Unusual  # a combination that stays alone is not worth its preparation
        day = self._day
        cells = day.cell_numbers(known)
        span = Span(
            datetime.date.fromordinal(day.cell_bounds(cells[0])[0]),
            datetime.date.fromordinal(day.cell_bounds(cells[-1])[1]),
        )
        row = Row(known, key >> self._stated & self._facts)
        found: dict[Any, _Place] = {}
        for frame in self.framer.frames(row, (span,), datetime.date.max):
            place = self._place(frame)
            same = place.known & ~self._undated
            constraints = place.constraints if place.tied else None
            found.setdefault((same, tuple(place.start), constraints), place)
        places = tuple(found.values())
        if len(self._places) >= MAX_CACHED:
            self._places.clear()
        self._places[key] = places
        return places

    def _place(self, frame: Frame) -> _Place:
        candidates = self.evaluator.candidates(frame.known, frame.stated)
        ties = tied(frame.known, frame.constraints)
        boxes: list[Box] = []
        lines: list[Line] = []
        others: list[tuple[int, RuleMasks, bool]] = []
        for rule in (self._rules[rule.id] for rule in candidates):
            bound = not core(rule.facts, ties, frame.known).isdisjoint(rule.facts)
            line = None if bound else self._line(rule)
            if line is None:
                others.append((rule.gates.needed, rule, bound))
                continue
            gate, bit, name, _, needs, whole = line
            if gate == self._by_conduct and whole is None and not needs.deep and not needs.choices:
                boxes.append((bit, (name, needs.none, needs.some)))
            else:
                lines.append(line)
        return _Place(
            next(self._numbers),
            frame.known << self._shift,
            bool(ties),
            frame.constraints,
            dict.fromkeys((rule.id for rule in candidates), NOT_MET),
            tuple(boxes),
            tuple(lines),
            tuple(others),
        )

    def _line(self, rule: RuleMasks) -> Line | None:
        """The rule as one line; None where its form asks for more."""
        gates, exceptions = rule.rule.gates, rule.rule.exceptions
        if (
            len(gates) != 1
            or any(test.fact != self._conduct.index for test in gates[0].tests)
            or len(exceptions) > 1
            or not isinstance(rule.needs, Masks)
            or not rule.simple
        ):
            return None
        asked, whole = 0, None
        for clause in exceptions:
            case = rule.case(1)
            if not isinstance(case.whole, Masks) or case.repeats:
                return None
            if clause.asked_when is not None:
                if len(clause.asked_when) != 1 or clause.asked_when[0].tests:
                    return None
                asked = clause.asked_when[0].facts << self._stated
            whole = case.whole
        return gates[0].facts << self._stated, rule.bit, rule.id, asked, rule.needs, whole


def _elsewhere(row: Mapping[str, Any]) -> bool:
    """Whether the beneficiary stands in another contest: it outweighs that of the whole row."""
    own = (row.get("beneficiary") or {}).get(ELECTION)
    return own is not None and own != row[ELECTION]
