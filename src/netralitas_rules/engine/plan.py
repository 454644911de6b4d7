"""The compiled ruleset: what the engine walks, with every id resolved to a place in the space."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from netralitas_rules.engine.conditions import (
    ALWAYS,
    FALSE,
    Condition,
    Test,
    both,
    either,
    negate,
    tests_of,
    union,
)
from netralitas_rules.engine.knowledge import Fact, Space
from netralitas_rules.facts.space import ACT_DATE, READING_PREFIX
from netralitas_rules.law.authority import AuthorityTable, Holder
from netralitas_rules.law.calendar import Calendar
from netralitas_rules.law.deadlines import DeadlineRule, JointLeave
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.law.history import Derivation
from netralitas_rules.law.model import (
    GoverningDate,
    Instrument,
    Level,
    NamedList,
    Provision,
    Question,
    Regime,
    RestsOn,
    RuleKind,
    SanctionKind,
    Scope,
    Standard,
    Text,
)
from netralitas_rules.law.procedures import Procedure
from netralitas_rules.law.regimes import Ladder, Relation
from netralitas_rules.law.remedies import RemedyTable


def days_in_force(cited: Iterable[str], provisions: Mapping[str, Provision], act_date: Fact) -> int:
    """Values of the act's date on which some of these provisions was in force; -1 is every day.
    A provision that can go by another date than the act's, or that is not known, sets no limit.
    """
    found = 0
    for name in cited:
        provision = provisions.get(name)
        if provision is None or provision.governs != (GoverningDate.ACT,):
            return -1
        first, last = provision.validity.span
        found |= act_date.cells(first.toordinal(), last.toordinal())
    return -1 if found == act_date.full else found


def on_days(days: int, act_date: Fact) -> list[Condition]:
    """That the act lies on one of these days, values of its date; -1 is every day."""
    if days == -1:
        return []
    return [Test(act_date.index, days & act_date.full, act_date.full & ~days)]


@dataclass(frozen=True, slots=True)
class Gate:
    """One way to raise a question: facts that must be stated, with a value still possible."""

    facts: int
    """A bit per fact, by index."""
    tests: tuple[Test, ...]

    def opens(self, known: int, stated: int) -> bool:
        """`stated` has a bit per fact that the incident itself states."""
        if stated & self.facts != self.facts:
            return False
        for test in self.tests:  # noqa: SIM110 - this loop is on the hot path
            if not known & test.allowed:
                return False
        return True


def opened_by(gates: Sequence[Gate]) -> list[Condition]:
    """What one of these gates asks of the values; nothing where one asks for no value."""
    if gates and all(gate.tests for gate in gates):
        return [either([both(gate.tests) for gate in gates])]
    return []


def _any_opens(gates: Sequence[Gate], known: int, stated: int) -> bool:
    for gate in gates:  # noqa: SIM110 - this loop is on the hot path
        if gate.opens(known, stated):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Demand:
    """The standard of evidence that an element is held to."""

    standard: Standard
    reached: Test
    """Of a fact of its own, which framing settles: open until the standard is reached."""


@dataclass(frozen=True, slots=True)
class Element:
    """One legal element (unsur) of a violation: a row of its matrix."""

    name: str
    label: Text | None
    """None where the words come from the condition itself."""
    basis: tuple[str, ...]
    condition: Condition
    demand: Demand | None = None

    @property
    def whole(self) -> Condition:
        """The condition, and that its standard is reached."""
        if self.demand is None:
            return self.condition
        return both([self.condition, self.demand.reached])


@dataclass(frozen=True, slots=True)
class ExceptionClause:
    """An exception, with the case that takes it back (`but_not`)."""

    name: str
    label: Text
    basis: tuple[str, ...]
    holds: Condition
    asked_when: tuple[Gate, ...] | None

    def considered(self, known: int, stated: int) -> int:
        """What brings it up: a bit per gate that opens; 1 where nothing has to."""
        if self.asked_when is None:
            return 1
        found = 0
        for index, gate in enumerate(self.asked_when):
            if gate.opens(known, stated):
                found |= 1 << index
        return found

    @property
    def width(self) -> int:
        """How many bits `considered` has."""
        return 1 if self.asked_when is None else len(self.asked_when)

    def condition(self, considered: int) -> Condition:
        """That it applies, if these gates bring it up."""
        opened = [g for i, g in enumerate(self.asked_when or ()) if considered >> i & 1]
        return both([self.holds, *opened_by(opened)])


@dataclass(frozen=True, slots=True)
class Rule:
    """A violation, permission or consequence: what raises it, its elements and exceptions."""

    id: str
    title: Text
    kind: RuleKind
    under: Condition
    norm: tuple[str, ...]
    scope: Scope
    gates: tuple[Gate, ...]
    elements: tuple[Element, ...]
    exceptions: tuple[ExceptionClause, ...]
    questions: tuple[str, ...]
    check: Text | None = None
    needs: Condition = ALWAYS
    """All elements as one condition."""
    readings: tuple[int, ...] = ()
    """Reading facts that the rule reads."""
    days: int = -1
    """Values of the act's date on which some norm of the rule was in force; -1 is every day."""
    mixed: bool = field(init=False, repr=False)
    """Whether its gates ask for different facts: then what raised it is part of its formula."""
    _places: tuple[int, ...] = field(init=False, repr=False)
    """First bit of every exception in what is considered, and the first bit behind them."""

    def __post_init__(self) -> None:
        widths = (clause.width for clause in self.exceptions)
        object.__setattr__(self, "_places", tuple(accumulate(widths, initial=0)))
        object.__setattr__(self, "mixed", len({gate.facts for gate in self.gates}) > 1)

    def governs(self, known: int) -> bool:
        """Whether its body of law, and some norm of it, can have been in force."""
        return self.under.value(known) != FALSE and bool(known & self.days)

    def raised(self, known: int, stated: int) -> bool:
        return _any_opens(self.gates, known, stated)

    def opened(self, known: int, stated: int) -> tuple[int, ...] | None:
        """Gates that may open; None where one of them asks for no value."""
        found = tuple(i for i, gate in enumerate(self.gates) if gate.opens(known, stated))
        return found if all(self.gates[i].tests for i in found) else None

    def considered(self, known: int, stated: int) -> int:
        """What counts here, a bit each: what brings up the exceptions, and behind them (where the
        gates ask for different facts) the gates whose facts are stated.
        """
        found = 0
        for at, exception in zip(self._places, self.exceptions, strict=False):
            found |= exception.considered(known, stated) << at
        if self.mixed:
            for index, gate in enumerate(self.gates, start=self._places[-1]):
                if stated & gate.facts == gate.facts:
                    found |= 1 << index
        return found

    def brought_up(self, considered: int) -> list[tuple[ExceptionClause, int]]:
        """Every exception with what brings it up; 0 for those that do not count."""
        return [
            (clause, considered >> at & (1 << clause.width) - 1)
            for at, clause in zip(self._places, self.exceptions, strict=False)
        ]

    def elements_only(self, considered: int) -> int:
        """What counts here, without the exceptions."""
        return considered >> self._places[-1] << self._places[-1]

    def formula(self, considered: int) -> Condition:
        """All elements, what raised the rule, and none of the exceptions that count."""
        excluded = [
            negate(clause.condition(bits)) for clause, bits in self.brought_up(considered) if bits
        ]
        stated = enumerate(self.gates, start=self._places[-1])
        raised = opened_by([gate for i, gate in stated if considered >> i & 1])
        return both([self.needs, *raised, *excluded])


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A row of the sanction table, joined with a finding on facts."""

    id: str
    when: Condition
    regime: Regime
    level: Level | None
    rests_on: RestsOn
    allow: tuple[str, ...]
    basis: tuple[str, ...]
    effective: str | None
    note: Text | None
    questions: tuple[str, ...]
    readings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """That the findings of a violation stand in a named list, at the form of this number."""

    list_id: str
    number: int
    related: bool
    """Not as a row of the form itself, and only where `when` certainly holds."""
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class CalendarSteps:
    """The place in a calendar from which a constraint is read."""

    calendar: str
    contest: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constraint:
    """Where `when` holds, so does `then`."""

    number: int
    id: str
    says: Text
    basis: tuple[str, ...]
    when: Condition
    then: Test
    calendar: CalendarSteps | None = None
    tests: tuple[Test, ...] = field(init=False, repr=False)
    fields: int = field(init=False, repr=False)
    """Fields of the facts that it reads or sets."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tests", (*tests_of(self.when), self.then))
        object.__setattr__(self, "fields", union(t.allowed | t.denied for t in self.tests))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Derived fact: how date fact `first` lies to date fact `second`."""

    fact: int
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """That what `check` finds of these items is as the law has it, where `when` holds."""

    id: str
    code: FindingCode
    of: frozenset[str]
    when: Condition
    why: Text
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graver:
    """Values of one fact in their order of gravity, the lightest first: a bit each."""

    id: str
    fact: int
    order: tuple[int, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Residual:
    """The question that stands where no listed form fits, and for whom it does."""

    question: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that evaluation needs, in evaluation order."""

    space: Space
    rules: tuple[Rule, ...]
    rows: Mapping[str, tuple[SanctionRow, ...]]
    """Sanction rows by rule id."""
    constraints: tuple[Constraint, ...]
    comparisons: tuple[Comparison, ...]
    slices: tuple[int, ...]
    """Fields of the `law.*` facts that some rule is `under`."""
    readings: tuple[int, ...]
    base: int
    """Knowledge of a frame of which nothing is stated: readings as they are taken at last."""
    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, Provision]
    questions: Mapping[str, Question]
    kinds: Mapping[str, SanctionKind]
    lists: Mapping[str, NamedList]
    listings: Mapping[str, tuple[Listing, ...]]
    """By rule id."""
    labels: Mapping[str, Text]
    """Labels of the facts that the ruleset itself declares."""
    value_labels: Mapping[tuple[str, str], Text]
    asks: Mapping[str, Text]
    compared: Mapping[int, tuple[str, str]]
    """For facts that are comparisons of dates, the two dates."""
    constraint_readings: frozenset[int]
    """Readings that a constraint or transition reads, or an element that has a standard of
    evidence: frames go by them.
    """
    sources: Mapping[int, tuple[str, ...]]
    """For derived facts: paths of the facts that an incident can state to settle them."""
    constrained: int
    """Fields of all facts that constraints read or set."""
    residual: Residual | None
    """What stands where no listed form fits."""
    ppk: tuple[str, ...]
    """Provisions that say who the personnel authority (PPK) is."""
    calendars: tuple[Calendar, ...]
    deadlines: Mapping[str, DeadlineRule]
    joint_leave: Mapping[str, JointLeave]
    relations: Mapping[str, Relation] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    graver: tuple[Graver, ...] = ()
    """What `check` goes by; nothing is decided from these two."""
    standards: Mapping[str, Standard] = field(default_factory=dict)
    """Standards of evidence by id."""
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    authorities: tuple[AuthorityTable, ...] = ()
    """Who may impose what; findings do not depend on it."""
    holders: tuple[Holder, ...] = ()
    """Which offices one person can hold; findings do not depend on it."""
    remedies: tuple[RemedyTable, ...] = ()
    """What stands open against which decision; findings do not depend on it."""
    history: Mapping[str, Derivation] = field(default_factory=dict)
    """What follows from records of one person; findings do not depend on it."""
    _dated: tuple[tuple[Fact, Question], ...] = field(init=False, repr=False)
    """Readings that an overlay has fixed from a day on."""

    def __post_init__(self) -> None:
        facts = [self.space.facts[index] for index in self.readings]
        asked = [(f, self.questions[f.spec.path.removeprefix(READING_PREFIX)]) for f in facts]
        dated = [(f, q) for f, q in asked if q.fixed is not None and q.fixed.first is not None]
        object.__setattr__(self, "_dated", tuple(dated))

    def days_in_force(self, cited: Iterable[str]) -> int:
        """`days_in_force` of provisions of this plan."""
        return days_in_force(cited, self.provisions, self.space.by_path[ACT_DATE])

    def on_days(self, days: int) -> list[Condition]:
        """`on_days` of the date of the act."""
        return on_days(days, self.space.by_path[ACT_DATE])

    def base_on(self, day: datetime.date, readings: Mapping[str, str] | None = None) -> int:
        """`base`, without the fixed readings that do not bind yet on this day, and with these
        readings taken (question: reading; both must exist).
        """
        known = self.base
        for fact, question in self._dated:
            taken, _ = question.taken(day)
            known = known & ~fact.full | (fact.full if taken is None else fact.bits[taken])
        for name, reading in (readings or {}).items():
            fact = self.space.by_path[READING_PREFIX + name]
            known = known & ~fact.full | fact.bits[reading]
        return known
