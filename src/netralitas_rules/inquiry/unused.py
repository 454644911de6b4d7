"""What a report stated and nothing read.

A stated fact is *read* where a rule that the report raises (for the people, acts and beneficiaries
it stands with) names it: in what raises it, in its body of law, its elements and exceptions, the
dates of what it cites, its sanction rows and lists, and the contest where it reads the stage in
it; or where something that such a rule reads
follows from it, by constraints, comparisons of dates and calendars. All other stated facts are
unused. Taking one of them out of the report changes no status and no path.

Identity, keys, notes, earlier sanctions and evidence are no facts in this sense and never told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.case import GOVERNING_FACTS, Case, groups_of
from netralitas_rules.engine.conditions import Condition, facts_of, union
from netralitas_rules.engine.frames import FactsRefused, Group, Table
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Gate, Plan, Rule
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import Span, parse_when
from netralitas_rules.facts.order import ACT_BEFORE
from netralitas_rules.facts.places import PARTS, Steps, with_value, written
from netralitas_rules.facts.space import ACT_DATE, DETERMINED, ELECTION, GROUPS, Kind


class Unread(StrEnum):
    """Why a stated fact was not read."""

    NO_RULE = "no_rule"
    """Nothing in the ruleset reads it: a gap in the rules, or a code that they do not know yet."""
    NOT_HERE = "not_here"
    """Rules read it, but none that this report raises."""
    OUTWEIGHED = "outweighed"
    """The contest of the whole report, where every beneficiary states its own."""


@dataclass(frozen=True, slots=True)
class UnusedFact:
    """A stated fact that was not read."""

    place: str
    """Where it stands in the report: `acts[0].photo.gesture`."""
    fact: str
    possible: tuple[str, ...]
    """What was stated, as codes."""
    why: Unread
    read_by: tuple[str, ...]
    """Rules that read it, in the order of the ruleset; none of them is raised."""


class Unused:
    """Finds the unused facts of evaluated cases under one ruleset."""

    def __init__(self, builder: DecisionBuilder) -> None:
        self.builder = builder
        self.plan = builder.plan
        self.tables = builder.framer.tables
        contest = 1 << self.plan.space.by_path[ELECTION].index
        in_contests = builder.contests.reading
        self._reads = {
            rule.id: _read_by(self.plan, rule) | (contest if rule.id in in_contests else 0)
            for rule in self.plan.rules
        }
        self._linked = _linked(self.plan)
        self._everyone = _bits(
            facts_of(self.plan.residual.when) if self.plan.residual is not None else ()
        )

    def unused(self, case: Case, groups: Sequence[Group]) -> tuple[UnusedFact, ...]:
        """The unused facts of a case, in the order of the report."""
        read = [self._raised(group) for group in groups]
        return tuple(
            UnusedFact(
                written(steps),
                fact.spec.path,
                self._codes(fact, value),
                self._why(case.incident, groups, steps, fact),
                self._readers(fact),
            )
            for steps, fact, value in _leaves(case.incident, self.tables)
            if not self._used(case, groups, read, steps, fact)
        )

    def _raised(self, group: Group) -> dict[str, int]:
        """Rules that a group may raise, with the facts that they read."""
        known = union(frame.known for frame in group.frames)
        stated = group.frames[0].stated
        return {
            rule.id: self._reads[rule.id] for rule in self.plan.rules if rule.raised(known, stated)
        }

    def _used(
        self,
        case: Case,
        groups: Sequence[Group],
        read: Sequence[Mapping[str, int]],
        steps: Steps,
        fact: Fact,
    ) -> bool:
        own = [n for n, group in enumerate(groups) if _stands_with(case.incident, group, steps)]
        if any(self._everyone >> fact.index & 1 for _ in own):
            return True
        if any(mask >> fact.index & 1 for n in own for mask in read[n].values()):
            return True
        if not own or not self._is_linked(fact):
            return False
        try:
            without = groups_of(
                self.builder.framer,
                with_value(case.incident, steps, None),
                case.names,
                as_of=case.as_of,
                base=case.base,
            )
        except FactsRefused:
            return True
        return any(not self._alike(groups[n], without[n], read[n]) for n in own)

    def _why(self, incident: Incident, groups: Sequence[Group], steps: Steps, fact: Fact) -> Unread:
        if steps == (ELECTION,) and not any(_stands_with(incident, g, steps) for g in groups):
            return Unread.OUTWEIGHED
        reads = self._readers(fact) or self._is_linked(fact)
        return Unread.NOT_HERE if reads else Unread.NO_RULE

    def _alike(self, group: Group, without: Group, read: Mapping[str, int]) -> bool:
        """Whether all that the rules raised depend on is the same without the fact, and no other
        rule is raised.
        """
        if self._raised(without).keys() - read.keys():
            return False
        facts = union(read.values()) | self._everyone
        fields = union(fact.full for fact in self.plan.space.numbered(facts))
        return self._seen(group, fields) == self._seen(without, fields)

    def _seen(self, group: Group, fields: int) -> set[tuple[object, ...]]:
        evaluator = self.builder.evaluator
        return {
            (
                frame.known & fields,
                *(k.number for k in evaluator.tied_to(fields, frame.known, frame.constraints)),
            )
            for frame in group.frames
        }

    def _is_linked(self, fact: Fact) -> bool:
        """Whether something else may follow from it."""
        return bool(self._linked >> fact.index & 1)

    def _readers(self, fact: Fact) -> tuple[str, ...]:
        return tuple(name for name, mask in self._reads.items() if mask >> fact.index & 1)

    def _codes(self, fact: Fact, value: Any) -> tuple[str, ...]:
        if fact.spec.kind is Kind.DATE:
            found = parse_when(value)
            return (str(found) if isinstance(found, Span) else found.value,)
        return self.builder.words.possible(fact, fact.encode(value))


def _bits(facts: Iterable[int]) -> int:
    return union(1 << index for index in facts)


def _read_by(plan: Plan, rule: Rule) -> int:
    """The facts that a rule reads, a bit each by index."""
    rows = plan.rows.get(rule.id, ())
    conditions: list[Condition] = [rule.under, rule.needs, *(e.holds for e in rule.exceptions)]
    conditions += [row.when for row in rows]
    conditions += [place.when for place in plan.listings.get(rule.id, ())]
    gates: list[Gate] = [*rule.gates, *(g for e in rule.exceptions for g in e.asked_when or ())]
    cited = {*rule.norm, *plan.ppk, *(b for part in rule.elements for b in part.basis)}
    cited.update(b for part in rule.exceptions for b in part.basis)
    cited.update(b for row in rows for b in row.basis)
    cited.update(b for row in rows for kind in row.allow for b in plan.kinds[kind].basis)
    dates = {GOVERNING_FACTS[date] for name in cited for date in plan.provisions[name].governs}
    dates.update(row.effective for row in rows if row.effective is not None)
    found = _bits(fact for condition in conditions for fact in facts_of(condition))
    found |= union(gate.facts | _bits(test.fact for test in gate.tests) for gate in gates)
    return found | _bits(plan.space.by_path[path].index for path in dates)


def _linked(plan: Plan) -> int:
    """Facts from which others may follow, a bit each by index."""
    found = _bits(test.fact for constraint in plan.constraints for test in constraint.tests)
    compared = [path for pair in plan.compared.values() for path in pair]
    return found | _bits(
        plan.space.by_path[path].index for path in (*compared, *ACT_BEFORE, DETERMINED, ACT_DATE)
    )


def _leaves(incident: Incident, tables: Mapping[str, Table]) -> Iterator[tuple[Steps, Fact, Any]]:
    """Every fact that a report states, with its place and what it states."""
    yield from _below(incident, tables[""], ())
    for group in GROUPS:
        name = PARTS[group]
        for number, part in enumerate(getattr(incident, name)):
            yield from _below(part, tables[group], (name, number))


def _below(
    part: BaseModel | Mapping[str, Any], table: Table, place: Steps
) -> Iterator[tuple[Steps, Fact, Any]]:
    values = part.__dict__ if isinstance(part, BaseModel) else part
    for name, entry in table.items():
        value = values.get(name)
        if value is None:
            continue
        if isinstance(entry, Fact):
            yield (*place, name), entry, value
        else:
            yield from _below(value, entry, (*place, name))


def _stands_with(incident: Incident, group: Group, steps: Steps) -> bool:
    """Whether what stands at a place is of this group; its own contest outweighs the report's."""
    whose = {
        "subjects": group.subject,
        "acts": group.act,
        "beneficiaries": group.beneficiary,
    }
    if steps[0] in whose:
        return whose[str(steps[0])] == steps[1]
    if steps == (ELECTION,) and group.beneficiary is not None:
        return incident.beneficiaries[group.beneficiary].election is None
    return True
