"""Status and sanction rows of a result by every combination of readings, as diagrams.

A formula is first cut down to what the facts leave open of it: the parts that are decided whatever
the readings drop out. Of the rest the readings are taken one by one, each time cutting down again;
where none is left, the rest is asked of the engine, exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.decision.turning import FINDING_STATUS, Turning
from netralitas_rules.engine.conditions import (
    FALSE,
    OPEN,
    TRUE,
    All,
    Condition,
    Test,
    both,
    residual,
    tests_of,
    union,
)
from netralitas_rules.engine.conditions import (
    Any as AnyOf,
)
from netralitas_rules.engine.evaluate import InFrame, Knot, Result, Status, combine
from netralitas_rules.engine.frames import Frame
from netralitas_rules.engine.plan import Constraint, Rule, SanctionRow
from netralitas_rules.inquiry.diagrams import Diagram, Leaf, combined, mapped, node

MAX_COMBINATIONS = 1024
"""Of the readings that one formula reads; above, only departures in `FEW` questions at once."""
FEW = 2
MAX_CACHED = 4096

_NOT_GOVERNED = 32
_WITHOUT_ELEMENTS = 64
"""In what frames come to: some frame whose body of law does not govern, or whose elements are not
certain. The lower bits are statuses.
"""

_Key = tuple[object, ...]
InFrameDiagrams = tuple[Diagram[int], tuple[Diagram[int], ...]]
"""What a frame adds to the status, and the truth of every sanction row in it."""
Rows = dict[str, Diagram[int]]
"""The truth of every sanction row by its id."""


class ResultDiagrams(NamedTuple):
    """What a result is."""

    status: Diagram[Status]
    finding: Diagram[FindingStatus]
    """The status as a finding has it."""
    rows: Rows


class Truths:
    """Makes the diagrams; what is alike in several frames, worlds or reports is made once."""

    def __init__(self, turning: Turning, base: int) -> None:
        """`base`: knowledge of the readings that are taken."""
        self.turning = turning
        self.evaluator = turning.evaluator
        self.base = base
        self.bits: dict[int, tuple[int, ...]] = {}
        """Per question, what can be taken: its readings, and at last none where none is taken."""
        self.taken: dict[int, int] = {}
        """The number among them of what is taken."""
        self.counts: dict[int, int] = {}
        """How many readings a question has."""
        for index in turning.plan.readings:
            fact = turning.plan.space.facts[index]
            bits, own = tuple(fact.bits.values()), base & fact.full
            self.counts[index] = len(bits)
            self.bits[index] = bits if own in bits else (*bits, own)
            self.taken[index] = self.bits[index].index(own)
        self.full = {i: turning.plan.space.facts[i].full for i in turning.plan.readings}
        self._asked = set(turning.plan.readings) - turning.plan.constraint_readings
        self._frames: dict[tuple[str, _Key], InFrameDiagrams] = {}
        self._results: dict[tuple[object, ...], ResultDiagrams] = {}
        self._found: dict[tuple[object, ...], Diagram[int]] = {}
        self._shapes: dict[Condition, _Shape] = {}

    def of(self, result: Result) -> ResultDiagrams:
        """The diagrams of a result. Raises `TooLarge`."""
        keys = [self._keys(member) for member in result.members]
        own = (result.rule.id, *map(tuple, keys))
        found = self._results.get(own)
        if found is None:
            _bound(self._results)
            status, rows = self._over(result.rule, keys[0])
            for sibling, key in zip(result.siblings, keys[1:], strict=True):
                other, others = self._over(sibling.rule, key)
                status = combined(status, other, max)
                rows = {row: combined(one, others[row], max) for row, one in rows.items()}
            finding = mapped(status, FINDING_STATUS.__getitem__)
            found = self._results[own] = ResultDiagrams(status, finding, rows)
        return found

    def _keys(self, result: Result) -> dict[_Key, InFrame]:
        """All that the frames of a result come to depends on, each once. Asked once: the evaluator
        may forget meanwhile, and give what it ties other numbers.
        """
        rule = result.rule
        return {self.turning.frame_key(rule, item): item for item in result.in_frames}

    def _over(self, rule: Rule, keys: Mapping[_Key, InFrame]) -> tuple[Diagram[Status], Rows]:
        rows = self.turning.rows_of(rule.id)
        parts = []
        for key, item in keys.items():
            part = self._frames.get((rule.id, key))
            if part is None:
                _bound(self._frames)
                part = self._frames[rule.id, key] = self._in_frame(rule, item, rows)
            parts.append(part)
        adds = _folded(dict.fromkeys(part[0] for part in parts))
        if len(parts) == 1:
            truths = parts[0][1]
        else:
            columns = (dict.fromkeys(column) for column in zip(*(p[1] for p in parts), strict=True))
            seen = (_folded({mapped(one, _only): None for one in column}) for column in columns)
            truths = tuple([mapped(one, _over_frames) for one in seen])
        return mapped(adds, _status), dict(zip([row.id for row in rows], truths, strict=True))

    def _in_frame(self, rule: Rule, item: InFrame, rows: Sequence[SanctionRow]) -> InFrameDiagrams:
        if not item.status:
            absent = _NOT_GOVERNED if item.status is None else 1 << Status.NOT_RAISED
            return Leaf(absent | _WITHOUT_ELEMENTS), (_NEVER,) * len(rows)
        known = item.frame.known | self.turning.fields
        elements_only = rule.elements_only(item.considered)
        formula = residual(self.evaluator.formula(rule, item.considered).condition, known)
        whole = self._truth(formula, item.frame)
        elements = whole
        if elements_only != item.considered:
            needs = residual(self.evaluator.formula(rule, elements_only).condition, known)
            elements = self._truth(needs, item.frame)
        adds = combined(whole, elements, _adds)
        return adds, tuple(
            [self._joined(formula, residual(row.when, known), item.frame) for row in rows]
        )

    def _joined(self, one: Condition | int, two: Condition | int, frame: Frame) -> Diagram[int]:
        """The truth of both together."""
        if FALSE in (one, two):
            return _NEVER
        parts = [part for part in (one, two) if not isinstance(part, int)]
        return self._truth(both(parts) if parts else TRUE, frame)

    def _truth(self, condition: Condition | int, frame: Frame) -> Diagram[int]:
        """The truth of what is left of a condition."""
        if isinstance(condition, int):
            return Leaf(condition)
        shape = self._shape(condition)
        few = prod(len(self.bits[index]) for index in shape.readings) <= MAX_COMBINATIONS
        spare = len(shape.readings) if few else FEW
        known = frame.known | self.turning.fields
        return self._grown(condition, _Known(known, frame.constraints), frozenset(), spare)

    def _grown(
        self, condition: Condition, known: "_Known", asked: frozenset[int], spare: int
    ) -> Diagram[int]:
        """The truth of a condition that is open whatever is left out of it. It may depart from
        what is taken in `spare` more questions; of those in `asked` no reading is taken.
        """
        shape = self._shape(condition)
        knots = self.evaluator.tied_to(shape.fields, known.known, known.constraints)
        key = (
            condition,
            known.known & shape.fields,
            tuple([knot.number for knot in knots]),
            asked & shape.readings,
            spare,
        )
        found = self._found.get(key)
        if found is None:
            _bound(self._found)
            found = self._found[key] = self._parted(condition, known, knots, asked, spare)
        return found

    def _parted(
        self,
        condition: Condition,
        known: "_Known",
        knots: Sequence[Knot],
        asked: frozenset[int],
        spare: int,
    ) -> Diagram[int]:
        """Parts that share no fact, and that no constraint ties, are independent of each other:
        the truth of all of them is the least of their truths, that of any the greatest.
        """
        shape = self._shape(condition)
        if not shape.readings - asked:
            return Leaf(self._value(condition, known))
        groups = self._groups(condition, knots) if not isinstance(condition, Test) else []
        if len(groups) < 2:
            return self._split(condition, known, asked, spare)
        every = isinstance(condition, All)
        join = min if every else max
        found: Diagram[int] = Leaf(TRUE if every else FALSE)
        for parts in groups:
            part = parts[0] if len(parts) == 1 else All(parts) if every else AnyOf(parts)
            found = combined(found, self._grown(part, known, asked, spare), join)
        return found

    def _groups(self, condition: All | AnyOf, knots: Sequence[Knot]) -> list[tuple[Condition, ...]]:
        """Parts by what they share: facts, knots of constraints, questions without a reading."""
        groups: list[tuple[int, tuple[Condition, ...]]] = []
        for part in condition.parts:
            fields = self._shape(part).shared
            for knot in knots:
                if knot.fields & fields:
                    fields |= knot.fields
            parts: tuple[Condition, ...] = (part,)
            apart = []
            for other in groups:
                if other[0] & fields:
                    fields, parts = fields | other[0], (*other[1], *parts)
                else:
                    apart.append(other)
            groups = [*apart, (fields, parts)]
        return [parts for _, parts in groups]

    def _split(
        self, condition: Condition, known: "_Known", asked: frozenset[int], spare: int
    ) -> Diagram[int]:
        """Taking every reading of one question."""
        visible = self._shape(condition).readings - asked
        if not spare:
            held = union(self.full[index] for index in visible)
            taken = known.with_bits(held, self.base & held)
            left = residual(condition, taken.known)
            value = left if isinstance(left, int) else self._value(left, taken)
            return Leaf(value, whole=False)
        index = min(visible)
        branches: list[Diagram[int]] = []
        for number, bits in enumerate(self.bits[index]):
            narrower = known.with_bits(self.full[index], bits)
            left = residual(condition, narrower.known)
            if isinstance(left, int):
                branches.append(Leaf(left))
                continue
            now = asked | {index} if bits == self.full[index] else asked
            less = spare - (number != self.taken[index])
            branches.append(self._grown(left, narrower, now, less))
        return node(index, tuple(branches))

    def _value(self, condition: Condition, known: "_Known") -> int:
        formula = self.evaluator.prepared(condition)
        return self.evaluator.value(formula, known.known, known.constraints)

    def _shape(self, condition: Condition) -> "_Shape":
        found = self._shapes.get(condition)
        if found is None:
            _bound(self._shapes)
            tests = list(tests_of(condition))
            facts = {test.fact for test in tests}
            readings = frozenset(facts & self._asked)
            always_taken = {i for i in readings if len(self.bits[i]) == self.counts[i]}
            fields = union(test.allowed | test.denied for test in tests)
            shared = union(t.allowed | t.denied for t in tests if t.fact not in always_taken)
            found = self._shapes[condition] = _Shape(readings, fields, shared)
        return found


def _bound(memory: dict[Any, Any]) -> None:
    if len(memory) >= MAX_CACHED:
        memory.clear()


class _Shape(NamedTuple):
    """What is known of a condition before it is asked."""

    readings: frozenset[int]
    fields: int
    shared: int
    """Fields that it may share with another: all but those of readings that are always taken."""


class _Known(NamedTuple):
    """What is known in a frame, and the constraints that apply."""

    known: int
    constraints: tuple[Constraint, ...]

    def with_bits(self, field: int, bits: int) -> "_Known":
        """The same with other knowledge of some fields."""
        return self._replace(known=self.known & ~field | bits)


_NEVER: Diagram[int] = Leaf(FALSE)
_OVER = {1 << FALSE: FALSE, 1 << TRUE: TRUE}


def _only(truth: int) -> int:
    """The truth of one frame as a bit."""
    return 1 << truth


def _folded(diagrams: Iterable[Diagram[int]]) -> Diagram[int]:
    """What several frames add, together."""
    first, *others = diagrams
    for other in others:
        first = combined(first, other, int.__or__)
    return first


def _over_frames(seen: int) -> int:
    """What all frames say, else open."""
    return _OVER.get(seen, OPEN)


def _adds(whole: int, elements: int) -> int:
    """What a frame adds to the status, by the truths of formula and elements."""
    if whole == TRUE:
        return 1 << Status.MET
    without = 0 if elements == TRUE else _WITHOUT_ELEMENTS
    if whole == FALSE:
        return 1 << Status.NOT_MET | without
    return 1 << (Status.OPEN if without else Status.ELEMENTS_MET) | without


def _status(seen: int) -> Status:
    """One status over all frames."""
    statuses: list[Status | None] = [status for status in Status if seen >> status & 1]
    if seen & _NOT_GOVERNED:
        statuses.append(None)
    found = combine(statuses)
    if found is Status.OPEN and all(statuses) and not seen & _WITHOUT_ELEMENTS:
        return Status.ELEMENTS_MET
    return found
