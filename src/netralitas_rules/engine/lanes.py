"""Lanes: the quick way from plain rows to statuses, where no constraint applies.

A lane serves one conduct. Every test that its rules make gets two bits, *true* and *false*; every
value of every fact is prepared as the bits that it sets. A row is then folded by one look-up per
value, a rule whose elements are one test each is decided by two masks, and the rest are small
trees over the same bits. A row that says less than exact values, or anything unknown to the lane,
is left to the general way; both give the same statuses (a property test compares them).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from netralitas_rules.engine.conditions import (
    FALSE,
    OPEN,
    TRUE,
    All,
    Condition,
    Test,
    repeated_facts,
)
from netralitas_rules.engine.evaluate import Evaluator, Status
from netralitas_rules.engine.frames import Framer
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Gate, Rule
from netralitas_rules.facts.space import CONDUCT, GROUPS, Kind

_NAMES = {status: status.name.lower() for status in Status}
MET, NOT_MET = _NAMES[Status.MET], _NAMES[Status.NOT_MET]
ELEMENTS_MET, OPEN_NAME = _NAMES[Status.ELEMENTS_MET], _NAMES[Status.OPEN]


class NotInLane(Exception):
    """The row needs the general way."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A test by its two bits."""

    true: int
    false: int

    def value(self, folded: int) -> int:
        if folded & self.true:
            return TRUE
        return FALSE if folded & self.false else OPEN


@dataclass(frozen=True, slots=True)
class AllSigns:
    parts: tuple["Signs", ...]

    def value(self, folded: int) -> int:
        least = TRUE
        for part in self.parts:
            value = part.value(folded)
            if value < least:
                if value == FALSE:
                    return FALSE
                least = value
        return least


@dataclass(frozen=True, slots=True)
class AnySigns:
    parts: tuple["Signs", ...]

    def value(self, folded: int) -> int:
        greatest = FALSE
        for part in self.parts:
            value = part.value(folded)
            if value > greatest:
                if value == TRUE:
                    return TRUE
                greatest = value
        return greatest


Signs = Sign | AllSigns | AnySigns


@dataclass(frozen=True, slots=True)
class _Gate:
    stated: int
    false: int


@dataclass(frozen=True, slots=True)
class _Tree:
    """A rule with exceptions, or whose elements are more than one test each."""

    asked: tuple[tuple[_Gate, ...] | None, ...]
    """Per exception the gates that bring it up; None where it always counts."""
    formulas: Mapping[int, Signs]
    """Elements and exceptions by the exceptions considered (a bit each)."""
    needs: Signs

    def status(self, folded: int) -> str:
        """Status of the rule. Raises `NotInLane` where exact evaluation is needed."""
        considered = 0
        for index, gates in enumerate(self.asked):
            if gates is None or _opens(gates, folded):
                considered |= 1 << index
        formula = self.formulas.get(considered)
        if formula is None:
            raise NotInLane
        value = formula.value(folded)
        if value == TRUE:
            return MET
        if value == FALSE:
            return NOT_MET
        if considered and self.needs.value(folded) == TRUE:
            return ELEMENTS_MET
        return OPEN_NAME


_Entry = tuple[str, tuple[_Gate, ...] | None, _Tree | None, int, int]
"""Id; gates where the conduct alone does not raise the rule; the tree of a rule that is no box;
the bits that rule it out; the bits that are all set where a box is met."""


@dataclass(slots=True)
class Lane:
    """The rules of one conduct over folded rows."""

    start: int
    table: Mapping[str, Any]
    entries: tuple[_Entry, ...]

    def statuses(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Status of every rule raised, by id. Raises `NotInLane`."""
        folded = self.start
        table = self.table
        try:
            for name, part in row.items():
                if part.__class__ is dict:
                    folded |= _fold(part, table[name])
                else:
                    folded |= table[name][part]
        except (KeyError, TypeError, AttributeError):
            raise NotInLane from None
        found: dict[str, str] = {}
        for rule, gates, tree, false, true in self.entries:
            if gates is not None and not _opens(gates, folded):
                continue
            if folded & false:
                found[rule] = NOT_MET
            elif tree is not None:
                found[rule] = tree.status(folded)
            elif folded & true == true:
                found[rule] = MET
            else:
                found[rule] = OPEN_NAME
        return found


def _opens(gates: Iterable[_Gate], folded: int) -> bool:
    for gate in gates:  # noqa: SIM110 - this loop is on the hot path
        if folded & gate.stated == gate.stated and not folded & gate.false:
            return True
    return False


def _fold(part: Mapping[str, Any], table: Mapping[str, Any]) -> int:
    folded = 0
    for name, value in part.items():
        if value.__class__ is dict:
            folded |= _fold(value, table[name])
        else:
            folded |= table[name][value]
    return folded


@dataclass(slots=True)
class Lanes:
    """All lanes of a plan, each made when its conduct is first seen."""

    framer: Framer
    evaluator: Evaluator
    _lanes: dict[str, Lane | None] = field(default_factory=dict)

    def statuses(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Status of every rule raised, by id. Raises `NotInLane`."""
        try:
            conduct = row["act"]["conduct"]
            lane = self._lanes[conduct]
        except KeyError:
            lane = self._make(row)
        except TypeError:
            raise NotInLane from None
        if lane is None:
            raise NotInLane
        return lane.statuses(row)

    def _make(self, row: Mapping[str, Any]) -> Lane | None:
        act = row.get("act")
        conduct = act.get("conduct") if isinstance(act, dict) else None
        fact = self.evaluator.plan.space.by_path[CONDUCT]
        if not isinstance(conduct, str) or conduct not in fact.bits:
            return None
        plan = self.evaluator.plan
        lane = None
        if not plan.constraints and not plan.comparisons and not plan.slices:
            lane = _Maker(self.framer, self.evaluator, fact, conduct).lane()
        self._lanes[str(conduct)] = lane
        return lane


class _Maker:
    """Gives bits to the tests of one conduct's rules and prepares the table of values."""

    def __init__(self, framer: Framer, evaluator: Evaluator, conduct: Fact, value: str) -> None:
        self.framer = framer
        self.plan = evaluator.plan
        self.base = self.plan.base & ~conduct.full | conduct.bits[value]
        self.rules = evaluator.candidates(self.base, 1 << conduct.index)
        self.width = 0
        self.signs: dict[Test, Sign] = {}
        self.stated: dict[int, int] = {}

    def lane(self) -> Lane:
        entries = tuple(self._entry(rule, certain=certain) for rule, certain in self.rules)
        start = 0
        for test, sign in self.signs.items():
            start |= self._bits(test, sign, self.plan.base)
        return Lane(start, self._table(), entries)

    def _bit(self) -> int:
        self.width += 1
        return 1 << (self.width - 1)

    def _sign(self, test: Test) -> Sign:
        sign = self.signs.get(test)
        if sign is None:
            sign = self.signs[test] = Sign(self._bit(), self._bit())
        return sign

    def _bits(self, test: Test, sign: Sign, known: int) -> int:
        value = test.value(known)
        return sign.true if value == TRUE else sign.false if value == FALSE else 0

    def _signs(self, condition: Condition) -> Signs:
        if isinstance(condition, Test):
            return self._sign(condition)
        parts = tuple(self._signs(part) for part in condition.parts)
        return AllSigns(parts) if isinstance(condition, All) else AnySigns(parts)

    def _gate(self, gate: Gate) -> _Gate:
        stated = 0
        for fact in self.plan.space.facts:
            if gate.facts >> fact.index & 1:
                if fact.index not in self.stated:
                    self.stated[fact.index] = self._bit()
                stated |= self.stated[fact.index]
        false = 0
        for test in gate.tests:
            false |= self._sign(test).false
        return _Gate(stated, false)

    def _gates(self, gates: Iterable[Gate]) -> tuple[_Gate, ...]:
        return tuple(self._gate(gate) for gate in gates)

    def _entry(self, rule: Rule, *, certain: bool) -> _Entry:
        gates = None if certain else self._gates(rule.gates)
        plain = [part for part in _parts(rule.needs) if isinstance(part, Test)]
        signs = [self._sign(test) for test in plain]
        true = sum({sign.true for sign in signs})
        false = sum({sign.false for sign in signs})
        if not rule.exceptions and rule.box is not None:
            return rule.id, gates, None, false, true
        asked = tuple(
            None if e.asked_when is None else self._gates(e.asked_when) for e in rule.exceptions
        )
        formulas: dict[int, Signs] = {}
        for considered in range(0 if rule.mixed else 1 << len(rule.exceptions)):
            condition = rule.formula(considered)
            if not repeated_facts(condition):
                formulas[considered] = self._signs(condition)
        tree = _Tree(asked, formulas, self._signs(rule.needs))
        return rule.id, gates, tree, false, true

    def _table(self) -> Mapping[str, Any]:
        by_fact: dict[int, list[tuple[Test, Sign]]] = {}
        for test, sign in self.signs.items():
            by_fact.setdefault(test.fact, []).append((test, sign))

        def of(part: Mapping[str, Any]) -> dict[str, Any]:
            found: dict[str, Any] = {}
            for name, entry in part.items():
                if not isinstance(entry, Fact):
                    found[name] = of(entry)
                elif entry.spec.kind in (Kind.ENUM, Kind.BOOL):
                    found[name] = {
                        value: self._contribution(entry, bit, by_fact.get(entry.index, []))
                        for value, bit in entry.bits.items()
                    }
            return found

        tables = self.framer.tables
        groups = {group: of(tables[group]) for group in GROUPS}
        groups["beneficiary"].pop("election", None)
        return {**of(tables[""]), **groups}

    def _contribution(self, fact: Fact, bit: int, tests: list[tuple[Test, Sign]]) -> int:
        bits = self.stated.get(fact.index, 0)
        for test, sign in tests:
            bits |= self._bits(test, sign, bit)
        return bits


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, All) else (condition,)
