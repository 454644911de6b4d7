"""Which facts are worth asking for: those that settle something, alone or with few others.

A fact is asked for only if it stands in a smallest set of some finding or path, or if stating it
could raise a rule that could then hold. Nothing else can change what comes out.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from netralitas_rules.decision.case import Case
from netralitas_rules.decision.open_facts import OpenFacts
from netralitas_rules.engine.conditions import FALSE
from netralitas_rules.engine.evaluate import Evaluator
from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Gate, Plan, Rule
from netralitas_rules.facts.space import ACT_DATE, CONDUCT
from netralitas_rules.inquiry.places import place_of
from netralitas_rules.inquiry.sets import Settled, Views

_FIRST = {CONDUCT: 0, ACT_DATE: 1}
_SHARE = 4
"""How much less a fact is worth for each other fact that a set needs too."""


@dataclass(slots=True)
class Candidate:
    """A fact at its place, what waits for it, and how much it is worth asking."""

    fact: Fact
    place: str
    group: Group
    worth: float = 0.0
    waiting: dict[str, None] = field(default_factory=dict)
    values: set[int] = field(default_factory=set)
    """Values that sets ask for, each as a whole."""


@dataclass(slots=True)
class Ranking:
    """Collects candidates."""

    plan: Plan
    evaluator: Evaluator
    open_facts: OpenFacts
    case: Case
    without: Collection[str] = ()
    """Places of which no more can be known; sets that need them are out of reach."""
    _found: dict[str, Candidate] = field(default_factory=dict)

    def ranked(
        self, settled: Iterable[Settled], groups: Sequence[Group], views: Views
    ) -> list[Candidate]:
        """The most telling first; of two alike the one that stands first in the vocabulary. Before
        all others the conduct, and the day of the act: on it depends which law governs, and a case
        of one day is asked about in less time.
        """
        for one in settled:
            for _, member, way in one.ways:
                places = [place_of(f, self.case.incident, member.group) for f, _ in way.facts]
                if not set(places).isdisjoint(self.without):
                    continue
                worth = 1 / _SHARE ** len(way.facts)
                for fact, values in way.facts:
                    found = self._candidate(fact, member.group)
                    found.worth += worth
                    found.values.add(values)
                    found.waiting[one.row.id if one.row is not None else one.result.rule.id] = None
            if one.cut:
                self._unsearched(one)
        for group in groups:
            for rule, missing in self._raising(group, views[id(group)].statable):
                places = [place_of(fact, self.case.incident, group) for fact in missing]
                if not set(places).isdisjoint(self.without):
                    continue
                worth = 1 / _SHARE ** (len(missing) + 1)
                for fact in missing:
                    found = self._candidate(fact, group)
                    found.worth += worth
                    found.waiting[rule.id] = None
        return sorted(
            self._found.values(),
            key=lambda c: (_FIRST.get(c.fact.spec.path, 2), -c.worth, c.fact.index, c.place),
        )

    def _unsearched(self, one: Settled) -> None:
        """Where the search for sets was cut: every fact that is waited for may matter."""
        for path in self.open_facts.of(one.result):
            fact, group = self.plan.space.by_path[path], one.result.group
            if place_of(fact, self.case.incident, group) not in self.without:
                self._candidate(fact, group).waiting[one.result.rule.id] = None

    def _candidate(self, fact: Fact, group: Group) -> Candidate:
        place = place_of(fact, self.case.incident, group)
        found = self._found.get(place)
        if found is None:
            found = self._found[place] = Candidate(fact, place, group)
        return found

    def _raising(self, group: Group, own: frozenset[int]) -> Iterator[tuple[Rule, list[Fact]]]:
        """Rules that nothing raises yet and that could hold, with facts that would raise them."""
        frames = group.frames
        stated, known = frames[0].stated, 0
        for frame in frames:
            known |= frame.known
        for rule in self.plan.rules:
            if rule.raised(known, stated):
                continue
            for gate in rule.gates:
                missing = self._missing(gate, stated, own)
                if missing and self._may_hold(rule, gate, group):
                    yield rule, missing

    def _missing(self, gate: Gate, stated: int, own: frozenset[int]) -> list[Fact]:
        """What a gate still waits for; nothing where no report can state it."""
        missing = self.plan.space.numbered(gate.facts & ~stated)
        return missing if all(fact.index in own for fact in missing) else []

    def _may_hold(self, rule: Rule, gate: Gate, group: Group) -> bool:
        """Whether the rule could hold in some frame, raised by this gate."""
        for frame in group.frames:
            stated = frame.stated | gate.facts
            if not rule.governs(frame.known) or not gate.opens(frame.known, stated):
                continue
            formula = self.evaluator.formula(rule, rule.considered(frame.known, stated))
            if self.evaluator.value(formula, frame.known, frame.constraints) != FALSE:
                return True
        return False
