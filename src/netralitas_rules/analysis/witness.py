"""From a completion to a report that shows it, and to a scenario that repeats it."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from netralitas_rules.analysis.days import EARLIEST
from netralitas_rules.analysis.findings import Witness
from netralitas_rules.analysis.search import Found
from netralitas_rules.engine.conditions import Condition, facts_of
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan, Rule
from netralitas_rules.facts.leaves import NEVER
from netralitas_rules.facts.places import FURTHER, PARTS
from netralitas_rules.facts.space import ACT_DATE, CONDUCT, READING_PREFIX, Kind, Origin
from netralitas_rules.loading.diagnostics import shown
from netralitas_rules.ruleset import Ruleset

_STATED = (Origin.INCIDENT, Origin.FURTHER)
_SOME_DAY = datetime.date(2024, 6, 1).toordinal()


class Reporter:
    """Writes completions of one ruleset as reports."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.plan: Plan = rules.plan

    def words(self, found: Found, conditions: Iterable[Condition]) -> str:
        """The values of the facts that conditions read, as an author writes them."""
        read = {index for condition in conditions for index in facts_of(condition)}
        facts = [self.plan.space.facts[index] for index in sorted(read)]
        told = [(f.spec.path, _value(f, found)) for f in facts if _settled(f, found)]
        return ", ".join(f"`{path}` is {shown(value)}" for path, value in told)

    def witness(self, found: Found, conditions: Iterable[Condition], rule: Rule | None) -> Witness:
        """A report that states what the conditions read, and what settles it."""
        incident: dict[str, Any] = {"subjects": [{}], "acts": [{}], "beneficiaries": [{}]}
        readings: dict[str, str] = {}
        latest = _SOME_DAY
        for fact in self._stated(conditions, rule):
            value = _value(fact, found)
            path = fact.spec.path
            if fact.spec.origin is Origin.READING:
                readings[path.removeprefix(READING_PREFIX)] = value
                continue
            if fact.spec.kind is Kind.DATE and value != NEVER.value:
                latest = max(latest, datetime.date.fromisoformat(value).toordinal())
            _put(incident, fact, value)
        return Witness(incident, readings, datetime.date.fromordinal(latest).isoformat())

    def _stated(self, conditions: Iterable[Condition], rule: Rule | None) -> list[Fact]:
        """The facts that the conditions read, and those from which the derived ones follow."""
        space = self.plan.space
        read = {index for condition in conditions for index in facts_of(condition)}
        for gate in rule.gates if rule is not None else ():
            read |= {f.index for f in space.numbered(gate.facts)}
        read |= {space.by_path[ACT_DATE].index, space.by_path[CONDUCT].index}
        pending = list(read)
        while pending:
            index = pending.pop()
            linked: set[int] = set()
            if index in self.plan.compared:
                linked = {space.by_path[path].index for path in self.plan.compared[index]}
            for constraint in self.plan.constraints:
                tests = {test.fact for test in constraint.tests}
                if index in tests:
                    linked |= tests
            pending.extend(linked - read)
            read |= linked
        kept = (*_STATED, Origin.READING)
        return [space.facts[i] for i in sorted(read) if space.facts[i].spec.origin in kept]


def scenario(name: str, why: Mapping[str, str], witness: Witness, rules: Ruleset) -> dict[str, Any]:
    """A scenario file that expects of a witness what the ruleset says of it today."""
    from netralitas_rules.facts.incident import Incident
    from netralitas_rules.loading.diagnostics import Refused
    from netralitas_rules.scenarios.running import observed

    incident = Incident.model_validate(dict(witness.incident))
    try:
        decision = rules.decide(incident, as_of=witness.as_of, readings=witness.readings)
    except Refused as refused:
        expected = observed(refused)
    else:
        expected = observed(decision)
    return {
        "as-of": witness.as_of,
        "scenarios": {
            name: {
                "why": dict(why),
                **({"readings": dict(witness.readings)} if witness.readings else {}),
                "incident": dict(witness.incident),
                "expect": expected,
            }
        },
    }


def _settled(fact: Fact, found: Found) -> bool:
    """Whether a completion chose among the values of a fact."""
    return bool(fact.full & ~found.known)


def _value(fact: Fact, found: Found) -> Any:
    """A value of a fact in a completion: the first that is left."""
    left = found.known & fact.full
    if fact.spec.kind is not Kind.DATE:
        return fact.example(left)
    if left == fact.never_bit:
        return NEVER.value
    span = found.days.get(fact.spec.path)
    if span is None:
        first, last = fact.cell_bounds(fact.cell_numbers(left & ~fact.never_bit)[0])
        span = (max(first, min(last, EARLIEST)), last)
    return datetime.date.fromordinal(span[0]).isoformat()


def _put(incident: dict[str, Any], fact: Fact, value: Any) -> None:
    group, *steps = fact.spec.path.split(".")
    part: Any = incident
    if group in PARTS:
        part = incident[PARTS[group]][0]
    else:
        steps = [group, *steps]
    if fact.spec.origin is Origin.FURTHER:
        steps = [FURTHER, *steps]
    for step in steps[:-1]:
        part = part.setdefault(step, {})
    part[steps[-1]] = value
