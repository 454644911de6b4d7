"""The element matrix of a finding: each element and exception with its status and facts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.reads import MAX_CACHED, Reads, place_of
from netralitas_rules.engine.conditions import (
    FALSE,
    OPEN,
    TRUE,
    Condition,
    facts_of,
    fields_of,
)
from netralitas_rules.engine.evaluate import Result
from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.plan import Demand, Element, ExceptionClause, Plan
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.evidence import counting
from netralitas_rules.facts.space import Kind
from netralitas_rules.law.model import Standard, Text

_STATUS = {
    TRUE: m.ElementStatus.MET,
    OPEN: m.ElementStatus.OPEN,
    FALSE: m.ElementStatus.NOT_MET,
}


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row of the matrix is made of, prepared once."""

    number: int
    name: str
    label: Text
    basis: tuple[str, ...]
    condition: Condition
    facts: tuple[int, ...]
    fields: int
    stated: int
    """A bit per fact, by index."""
    dates: tuple[int, ...]
    """Which of the facts are dates: what is known of them does not say on which day."""
    demand: Demand | None


def _silent(clause: ExceptionClause) -> m.ElementResult:
    return m.ElementResult(clause.name, clause.label, m.ElementStatus.NOT_RAISED, (), ())


@dataclass(slots=True)
class Matrix:
    """Makes the rows; a row that was made from the same knowledge is made only once."""

    plan: Plan
    words: Words
    reads: Reads
    _numbers: Iterator[int] = field(default_factory=count)
    _by_rule: dict[str, tuple[_Line, ...]] = field(default_factory=dict)
    _brought_up: dict[tuple[str, int], tuple[_Line | m.ElementResult, ...]] = field(
        default_factory=dict
    )
    _made: dict[tuple[object, ...], m.ElementResult] = field(default_factory=dict)

    def elements(self, case: Case, result: Result) -> tuple[m.ElementResult, ...]:
        """One row per element."""
        rule = result.rule
        lines = self._by_rule.get(rule.id)
        if lines is None:
            lines = self._by_rule[rule.id] = tuple(
                self._line(element, element.condition) for element in rule.elements
            )
        return self._rows(case, result, lines)

    def exceptions(self, case: Case, result: Result) -> tuple[m.ElementResult, ...]:
        """One row per exception; those that nobody brought up are not evaluated."""
        considered = 0
        for item in result.in_frames:
            considered |= item.considered
        rule = result.rule
        lines = self._brought_up.get((rule.id, considered))
        if lines is None:
            lines = self._brought_up[rule.id, considered] = tuple(
                self._line(clause, clause.condition(bits)) if bits else _silent(clause)
                for clause, bits in rule.brought_up(considered)
            )
        return self._rows(case, result, lines)

    def _line(self, source: Element | ExceptionClause, condition: Condition) -> _Line:
        facts = facts_of(condition)
        space = self.plan.space.facts
        return _Line(
            next(self._numbers),
            source.name,
            source.label or self.words.condition(condition),
            source.basis,
            condition,
            facts,
            fields_of(condition),
            sum(1 << f for f in facts),
            tuple([at for at, f in enumerate(facts) if space[f].spec.kind is Kind.DATE]),
            source.demand if isinstance(source, Element) else None,
        )

    def _rows(
        self, case: Case, result: Result, lines: Iterable[_Line | m.ElementResult]
    ) -> tuple[m.ElementResult, ...]:
        """The rows of these lines; a line that is a row already stands for itself."""
        group = result.group
        frame = group.frames[0]
        plain = len(group.frames) == 1 and not case.given and not case.shown
        whose = (group.subject, group.act, group.beneficiary)
        made, rows = self._made, list[m.ElementResult]()
        for line in lines:
            if not isinstance(line, _Line):
                rows.append(line)
                continue
            basis = case.cite(line.basis, result) if line.basis else ()
            if not plain:
                rows.append(self._new(case, result, line, basis))
                continue
            key = (
                line.number,
                frame.known & line.fields,
                frame.stated & line.stated,
                whose,
                basis,
                tuple([frame.reasons[f] for f in line.facts if f in frame.reasons])
                if frame.reasons
                else (),
            )
            row = made.get(key)
            if row is None:
                if len(made) >= MAX_CACHED:
                    made.clear()
                row = made[key] = self._new(case, result, line, basis)
            elif line.dates:
                row = self._dated(case, group, line, row)
            rows.append(row)
        return tuple(rows)

    def _new(
        self, case: Case, result: Result, line: _Line, basis: tuple[str, ...]
    ) -> m.ElementResult:
        values = {line.condition.value(item.frame.known) for item in result.governed}
        value = values.pop() if len(values) == 1 else OPEN
        standard = self._standard(case, result, line) if line.demand is not None else None
        if value == TRUE and standard is not None and not standard.reached:
            value = OPEN
        return m.ElementResult(
            line.name,
            line.label,
            _STATUS[value],
            basis,
            self.reads.of(case, result.group, line.facts),
            standard,
        )

    def _dated(
        self, case: Case, group: Group, line: _Line, row: m.ElementResult
    ) -> m.ElementResult:
        """A row with the dates of this case."""
        reads = list(row.facts)
        for at in line.dates:
            (reads[at],) = self.reads.of(case, group, line.facts[at : at + 1])
        return m.ElementResult(
            row.name, row.label, row.status, row.basis, tuple(reads), row.standard
        )

    def _standard(self, case: Case, result: Result, line: _Line) -> m.StandardRead:
        demand = line.demand
        assert demand is not None, "asked only of what has one"
        asked = demand.standard
        reached = all(demand.reached.value(f.known) == TRUE for f in result.group.frames)
        missing = () if reached else self._missing(case, result.group, line.facts, asked)
        return m.StandardRead(
            asked.id,
            asked.says,
            case.cite(asked.basis, result),
            asked.kinds,
            asked.at_least,
            reached,
            tuple(missing),
        )

    def _missing(
        self, case: Case, group: Group, facts: Iterable[int], asked: Standard
    ) -> Iterator[str]:
        """The facts that an incident can state, also behind derived ones, with too little."""
        space = self.plan.space
        behind = {
            path: None
            for index in facts
            for path in self.plan.sources.get(index, (space.facts[index].spec.path,))
        }
        for path in behind:
            steps = place_of(case, group, space.by_path[path])
            if steps is not None:
                counted = counting(case.shown.get(steps, ()), asked.kinds)
                if len(counted) < asked.at_least:
                    yield path
