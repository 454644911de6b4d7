"""Filling in a report fact by fact, so that a rule stays possible, until it is met.

Of every value the conditions and constraints of the ruleset say whether the rule is still possible
with it, so that few values lead astray; whether it is met, the decision says.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, TypeVar

from netralitas_rules.engine.conditions import FALSE, Condition, Test, both, negate
from netralitas_rules.engine.evaluate import Evaluator, Formula
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Gate, Rule, opened_by
from netralitas_rules.facts.leaves import NEVER
from netralitas_rules.facts.space import ACT_DATE, CONDUCT, Kind, Origin, vocabulary
from netralitas_rules.loading.changes import changed
from netralitas_rules.ruleset import Ruleset

T = TypeVar("T")
Doc = dict[str, Any]
Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of several values."""

_DAY = datetime.timedelta(days=1)
_OLDEST = datetime.date(1950, 1, 1)
_MEMBERS = 2
"""Members of a list that are stated at once, at most (or all of them)."""
_LATER = ("proceeding.", "report.")
"""Facts of what comes after the act."""
_STATABLE = (Origin.INCIDENT, Origin.FURTHER)
_APART = {"before": (-40, -1), "same_day": (0,), "after": (1, 40)}
"""Days from the second date of a comparison to the first, by value."""


class Filler:
    """Fills in reports under one ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.plan = ruleset.plan
        self.rules = {rule.id: rule for rule in self.plan.rules}
        self.as_of = self._late()
        self._evaluator = Evaluator(self.plan)
        self._formulas: dict[tuple[str, int], Formula] = {}
        self._meetable: dict[tuple[str, int], bool] = {}
        base = self.plan.base_on(self.as_of)
        self._known = narrow(base, self.plan.constraints) or base
        self._compared = {c.fact: (c.first, c.second) for c in self.plan.comparisons}

    def _late(self) -> datetime.date:
        """A day a year behind the last on which the law changes."""
        breaks = self.plan.space.by_path[ACT_DATE].breaks
        last = datetime.date.fromordinal(breaks[-1]) if breaks else datetime.date(2024, 1, 1)
        return last + 365 * _DAY

    def by_conduct(self, conduct: str) -> list[str]:
        """Ids of the rules that this conduct can raise."""
        fact = self.plan.space.by_path[CONDUCT]
        bit = fact.bits[conduct]
        return [
            rule.id
            for rule in self.plan.rules
            if any(t.fact == fact.index and t.allowed & bit for g in rule.gates for t in g.tests)
        ]

    def statable(self, path: str) -> bool:
        """Whether an incident states this fact."""
        fact = self.plan.space.by_path.get(path)
        return fact is not None and fact.spec.origin in _STATABLE

    def report(self, rule_id: str, pick: Pick) -> Doc | None:
        """A report that meets a rule as far as the facts go; None where none can be found."""
        rule = self.rules[rule_id]
        open_gates = [n for n in range(len(rule.gates)) if self._possible(rule, n)]
        if not open_gates:
            return None
        number = pick(open_gates)
        formula = self._formula(rule, number)
        known = self._known
        days: dict[str, datetime.date] = {}
        values: Doc = {}
        for path in self._to_state(rule, rule.gates[number]):
            fact = self.plan.space.by_path[path]
            if path in values:
                continue
            known_days = [d for p, d in days.items() if p == ACT_DATE or p.startswith(_LATER)]
            since = max(known_days, default=_OLDEST)
            chosen = self._chosen(fact, formula, known, pick, since=since)
            if chosen is None:
                return None
            value, known = chosen
            if fact.index in self._compared:
                if not self._state_two(fact, value, pick, values, days):
                    return None
                continue
            values[path] = value
            if isinstance(value, datetime.date):
                days[path] = value
        return self.written(values)

    def written(self, values: Mapping[str, Any]) -> Doc:
        """A report of one person, act and beneficiary that states these facts."""
        plain = {p: v.isoformat() if isinstance(v, datetime.date) else v for p, v in values.items()}
        found, _ = changed({"subjects": [{}], "acts": [{}], "beneficiaries": [{}]}, plain)
        return found

    def read_by(self, rule_id: str) -> list[str]:
        """Facts of an incident that a rule reads, or that settle what it reads."""
        rule = self.rules[rule_id]
        gates = dict.fromkeys(p for g in rule.gates for p in self._to_state(rule, g))
        return [path for path in gates if self.statable(path)]

    def others(self, path: str, value: Any) -> list[Any]:
        """Values of a fact other than this one, as a report states them."""
        fact = self.plan.space.by_path[path]
        plain = [v for v, _ in self._bits(fact)]
        written = [v.isoformat() if isinstance(v, datetime.date) else v for v in plain]
        return [v for v in written if v != value]

    # -- what is possible

    def _formula(self, rule: Rule, gate: int) -> Formula:
        key = (rule.id, gate)
        if key not in self._formulas:
            day = self.plan.space.by_path[ACT_DATE]
            late = day.cells(_OLDEST.toordinal(), self.as_of.toordinal()) & rule.days
            parts: list[Condition] = [
                rule.needs,
                rule.under,
                *opened_by([rule.gates[gate]]),
                *(negate(e.condition((1 << e.width) - 1)) for e in rule.exceptions),
            ]
            if late != day.full:
                parts.append(Test(day.index, late, day.full & ~late))
            self._formulas[key] = Formula.of(both(parts), number=-1 - len(self._formulas))
        return self._formulas[key]

    def _possible(self, rule: Rule, gate: int) -> bool:
        """Whether some facts can meet a rule raised in this way; found exactly, and once."""
        key = (rule.id, gate)
        if key not in self._meetable:
            formula, ties = self._formula(rule, gate), self.plan.constraints
            self._meetable[key] = self._evaluator.value(formula, self._known, ties) != FALSE
        return self._meetable[key]

    def _with(self, fact: Fact, bit: int, known: int) -> int | None:
        return narrow(known & ~fact.full | bit & known, self.plan.constraints)

    def _chosen(
        self, fact: Fact, formula: Formula, known: int, pick: Pick, *, since: datetime.date
    ) -> tuple[Any, int] | None:
        """A value with which the rule stays possible, and what is known then; of what comes after
        the act only days from `since` on.
        """
        bits = [(value, bit) for value, bit in self._bits(fact) if known & bit]
        if fact.spec.path.startswith(_LATER):
            bits = [(day, b) for day, b in bits if isinstance(day, datetime.date) and day >= since]
        if not bits:
            return None
        start = pick(range(len(bits)))
        for value, bit in (*bits[start:], *bits[:start]):
            after = self._with(fact, bit, known)
            if after is None:
                continue
            if formula.condition.value(after) != FALSE:
                return value, after
        return None

    # -- what is stated

    def _to_state(self, rule: Rule, gate: Gate) -> list[str]:
        """Facts to be stated: those of the gate first, then what the rule reads."""
        facts = self.plan.space.facts
        wanted = [f.index for f in self.plan.space.numbered(gate.facts)]
        wanted += sorted(self._formula(rule, rule.gates.index(gate)).facts)
        paths: dict[str, None] = {}
        for index in wanted:
            self._add(facts[index].spec.path, paths, ())
        in_order = list(vocabulary())  # an examination comes before the decision
        return sorted(paths, key=lambda p: in_order.index(p) if p.startswith(_LATER) else -1)

    def _add(self, path: str, paths: dict[str, None], above: tuple[str, ...]) -> None:
        fact = self.plan.space.by_path[path]
        if path in above:
            return
        if fact.spec.origin in _STATABLE or fact.index in self._compared:
            paths[path] = None
        elif fact.spec.origin is Origin.DERIVED:
            for source in self.plan.sources.get(fact.index, ()):
                self._add(source, paths, (*above, path))

    def _bits(self, fact: Fact) -> list[tuple[Any, int]]:
        """Values that can be stated, with their bits."""
        match fact.spec.kind:
            case Kind.DATE:
                return list(self._days(fact))
            case Kind.INTEGER:
                return [(n, fact.cells(n, n)) for n in _numbers(fact)]
            case Kind.LIST:
                every = [str(v) for v in fact.spec.values]
                subsets = [c for n in range(_MEMBERS + 1) for c in combinations(every, n)]
                return [
                    (list(c), fact.encode(list(c))) for c in dict.fromkeys([*subsets, tuple(every)])
                ]
        return list(fact.bits.items())

    def _days(self, fact: Fact) -> Iterator[tuple[Any, int]]:
        """First and last day of every cell, as far as they have been."""
        if fact.never_bit:
            yield NEVER.value, fact.never_bit
        for cell in range(len(fact.breaks) + 1):
            first, last = fact.cell_bounds(cell)
            first = max(first, _OLDEST.toordinal())
            last = min(last, self.as_of.toordinal())
            for day in dict.fromkeys((first, last)) if first <= last else ():
                yield datetime.date.fromordinal(day), fact.cells(day, day)

    def _state_two(
        self,
        fact: Fact,
        value: Any,
        pick: Pick,
        values: Doc,
        days: dict[str, datetime.date],
    ) -> bool:
        """State two dates so that they compare as wanted; False where that cannot be."""
        first, second = self._compared[fact.index]
        if value == "never":
            values[first] = NEVER.value
            return True
        if value == "no_reference":
            values[second] = NEVER.value
            return True
        if second not in days:
            own = self.plan.space.by_path[second]
            days[second] = pick([day for day, _ in self._days(own) if day != NEVER.value])
            values[second] = days[second]
        moved = days[second] + pick(_APART[value]) * _DAY
        if days.get(first, moved) != moved or moved > self.as_of:
            return False
        values[first] = days[first] = moved
        return True


def _numbers(fact: Fact) -> list[int]:
    """The ends of every cell of an integer, near the numbers that rules name."""
    near = {n for b in fact.breaks for n in (b - 1, b)}
    return sorted(n for n in near if n >= 0) or [1]


@lru_cache(maxsize=8)
def filler(ruleset: Ruleset) -> Filler:
    """The filler of a ruleset; it remembers formulas."""
    return Filler(ruleset)
