"""Which law governs, by which transition, and the dates that chose it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.reads import Reads
from netralitas_rules.engine.bodies import setters
from netralitas_rules.engine.conditions import FALSE, facts_of
from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Constraint, Plan
from netralitas_rules.facts.space import ACT_DATE, GROUPS, LAW_PREFIX

MAX_CACHED = 1024

_Chosen = tuple[tuple[str, tuple[Constraint, ...]], ...]
"""Bodies of law that are possible, with the transitions that lead to each."""


@dataclass(frozen=True, slots=True)
class _Law:
    fact: Fact
    transitions: tuple[Constraint, ...]
    fields: int
    """Fields of the law, and of all that its transitions read."""
    dates: int
    """A bit per fact that must be stated for it to be named."""


class Governing:
    """Says of every `law.*` fact what governs; remembers what the same knowledge comes to.

    A body of law that no rule goes by (who supervises) is named once the dates that choose it are
    stated: while they are not, nothing waits for them.
    """

    def __init__(self, plan: Plan, reads: Reads) -> None:
        self.reads = reads
        self.laws = tuple(
            _law(plan, fact) for fact in plan.space.facts if fact.spec.path.startswith(LAW_PREFIX)
        )
        self.fields = 0
        for law in self.laws:
            self.fields |= law.fields
        self._chosen: dict[tuple[str, tuple[int, ...]], _Chosen] = {}

    def of(self, case: Case, groups: Sequence[Group]) -> tuple[m.GoverningLaw, ...]:
        """One entry per law, and per acts and beneficiaries where they fall under different law."""
        found: dict[str, dict[tuple[m.GoverningBody, ...], list[Group]]] = {}
        seen: dict[tuple[int, tuple[int, ...]], list[Group]] = {}
        for group in groups:
            key = (group.subject, _rows(group, self.fields))
            seen.setdefault(key, []).append(group)
        for own in seen.values():
            for law in self.laws:
                if law.dates & ~own[0].frames[0].stated:
                    continue
                chosen = self._choose(law, own[0])
                bodies = tuple(
                    m.GoverningBody(
                        value,
                        tuple(
                            m.GoverningGround(t.id, t.says, case.cite_transition(t.basis, own[0]))
                            for t in transitions
                        ),
                    )
                    for value, transitions in chosen
                )
                found.setdefault(law.fact.spec.path, {}).setdefault(bodies, []).extend(own)
        return tuple(
            self._entry(case, law, bodies, own, several=len(entries) > 1)
            for law in self.laws
            for entries in (found.get(law.fact.spec.path, {}),)
            for bodies, own in entries.items()
        )

    def _entry(
        self,
        case: Case,
        law: _Law,
        bodies: tuple[m.GoverningBody, ...],
        groups: Sequence[Group],
        *,
        several: bool,
    ) -> m.GoverningLaw:
        """Of groups that are alike in all that the transitions read, one is asked for it."""
        read = {
            fact: None
            for _, transitions in self._choose(law, groups[0])
            for transition in transitions
            for fact in facts_of(transition.when)
        }
        parts = {self.reads.plan.space.facts[f].spec.path.partition(".")[0] for f in read}
        asked: dict[tuple[object, ...], Group] = {}
        for group in groups:
            own = (getattr(group, part) for part in GROUPS if part in parts)
            asked.setdefault((*own, _rows(group, law.fields)), group)
        reads = [r for group in asked.values() for r in self.reads.of(case, group, read)]
        names = case.names
        return m.GoverningLaw(
            law.fact.spec.path,
            bodies,
            tuple(dict.fromkeys(reads)),
            _named(names[1], [g.act for g in groups]) if several else (),
            _named(names[2], [g.beneficiary for g in groups]) if several else (),
        )

    def _choose(self, law: _Law, group: Group) -> _Chosen:
        """Frames leave out the transitions of law that no rule reads: they are applied here."""
        rows = _rows(group, law.fields)
        key = (law.fact.spec.path, rows)
        found = self._chosen.get(key)
        if found is None:
            if len(self._chosen) >= MAX_CACHED:
                self._chosen.clear()
            settled = [narrow(row, law.transitions) or row for row in rows]
            possible = tuple(_possible(law, settled))
            led_to = tuple(item for item in possible if item[1])
            found = self._chosen[key] = led_to or possible
        return found


def _law(plan: Plan, fact: Fact) -> _Law:
    transitions = setters(plan.constraints, fact)
    fields = fact.full
    for transition in transitions:
        for test in transition.tests:
            fields |= test.allowed | test.denied
    act_date = plan.space.by_path[ACT_DATE].index
    read = {f for c in transitions for f in facts_of(c.when)} - {act_date}
    dates = 0 if fact.full in plan.slices else sum(1 << index for index in read)
    return _Law(fact, transitions, fields, dates)


def _rows(group: Group, fields: int) -> tuple[int, ...]:
    """What is known of some fields, each row once."""
    return tuple({frame.known & fields: None for frame in group.frames})


def _possible(law: _Law, rows: Sequence[int]) -> Iterator[tuple[str, tuple[Constraint, ...]]]:
    for value, bit in law.fact.bits.items():
        if any(row & bit for row in rows):
            yield (
                str(value),
                tuple(
                    transition
                    for transition in law.transitions
                    if transition.then.allowed & bit
                    and any(row & bit and transition.when.value(row) != FALSE for row in rows)
                ),
            )


def _named(names: Sequence[str], indexes: Sequence[int | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names[i] for i in indexes if i is not None))
