"""The smallest sets of facts that would settle what is open."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from netralitas_rules.decision.case import Case
from netralitas_rules.decision.outcomes import paths_of
from netralitas_rules.decision.turning import FINDING_STATUS
from netralitas_rules.engine.conditions import TRUE
from netralitas_rules.engine.evaluate import Evaluator, Result, Status
from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan, SanctionRow
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import NEVER
from netralitas_rules.facts.space import GROUPS, Kind
from netralitas_rules.inquiry.certainty import Certainty, Sufficient
from netralitas_rules.inquiry.model import Effect, FactSet, NeededFact, OpenFinding, OpenPath
from netralitas_rules.inquiry.parts import Splitting
from netralitas_rules.inquiry.table import TableCut
from netralitas_rules.law.model import RuleKind

_OPEN = (Status.OPEN, Status.ELEMENTS_MET)
_LISTS = {"subject": "subjects", "act": "acts", "beneficiary": "beneficiaries"}
MAX_LISTED = 200
"""Sets of one finding that establish it."""
FIRST_DAY = datetime.date(1950, 1, 1)


class Sets:
    """Finds the sets of every finding and path of a case."""

    def __init__(self, plan: Plan, evaluator: Evaluator, words: Words) -> None:
        self.plan = plan
        self.evaluator = evaluator
        self.words = words

    def findings(self, case: Case) -> Iterator[OpenFinding]:
        """Every finding that is open, in their order."""
        for result in case.results:
            if result.status in _OPEN:
                sets, cut = self._of(case, result, None)
                subject, act, beneficiary = _named(case, result)
                yield OpenFinding(
                    result.rule.id,
                    subject,
                    act,
                    beneficiary,
                    FINDING_STATUS[result.status],
                    sets,
                    cut,
                )

    def paths(self, case: Case) -> Iterator[OpenPath]:
        """Every path that may follow, where its finding stands: what the row itself waits for."""
        opening = [r for r in case.results if r.rule.kind is not RuleKind.PERMISSION]
        for path in paths_of(self.plan, opening, case.row_value):
            results = [opening[number] for number in path.findings]
            if path.value == TRUE or any(result.status in _OPEN for result in results):
                continue
            found = [self._of(case, result, path.row) for result in results]
            sets = _merged(one for sets, _ in found for one in sets)
            cut = any(cut for _, cut in found)
            yield OpenPath(path.row.id, case.names[0][path.subject], sets, cut)

    def _of(
        self, case: Case, result: Result, row: SanctionRow | None
    ) -> tuple[tuple[FactSet, ...], bool]:
        """The sets of one result: any of its members establishes it, all have to be cleared."""
        members = [m for m in result.members if m.status is not Status.NOT_MET]
        found: list[FactSet] = []
        any_cut = False
        for member in members:
            established, cleared, cut = self._of_member(member, row)
            any_cut = any_cut or cut
            found += [self._set(Effect.ESTABLISH, case, member, way) for way in established]
            if len(members) == 1:
                found += [self._set(Effect.CLEAR, case, member, way) for way in cleared]
        return _merged(found), any_cut

    def _of_member(
        self, member: Result, row: SanctionRow | None
    ) -> tuple[list[Sufficient], list[Sufficient], bool]:
        """What establishes a result, what clears it, and whether the search was cut."""
        rule, frames = member.rule, member.group.frames
        established, cleared, cut = [Sufficient(())], list[Sufficient](), False
        for parts in Splitting(self.plan, self.evaluator, rule, frames).parts(row):
            try:
                certainty = Certainty(self.plan, self.evaluator, rule, frames, parts)
                own = certainty.established()
                cleared += certainty.cleared()
            except TableCut:
                own, cut = [], True
            established = [
                Sufficient((*one.facts, *other.facts)) for one in established for other in own
            ]
            if len(established) > MAX_LISTED:
                established, cut = [], True
        return established, cleared, cut

    def _set(self, effect: Effect, case: Case, member: Result, way: Sufficient) -> FactSet:
        return FactSet(
            effect,
            tuple(
                NeededFact(
                    fact.spec.path,
                    place_of(fact, case.incident, member.group),
                    self.words.possible(fact, values),
                    example(fact, values),
                )
                for fact, values in way.facts
            ),
        )


def _named(case: Case, result: Result) -> tuple[str, str | None, str | None]:
    subjects, acts, beneficiaries = case.names
    group = result.group
    return (
        subjects[group.subject],
        None if group.act is None else acts[group.act],
        None if group.beneficiary is None else beneficiaries[group.beneficiary],
    )


def _merged(sets: Iterable[FactSet]) -> tuple[FactSet, ...]:
    """Each once, the shortest first, without those that hold another."""
    found: list[FactSet] = []
    for one in sorted(dict.fromkeys(map(_Hashed, sets)), key=len):
        found.append(one.value)
    return tuple(found)


class _Hashed:
    """A set, by what it asks for."""

    def __init__(self, value: FactSet) -> None:
        self.value = value
        self.key = (value.effect, tuple((fact.place, fact.values) for fact in value.facts))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __len__(self) -> int:
        return len(self.value.facts)


def place_of(fact: Fact, incident: Incident, group: Group) -> str:
    """Where a fact of a subject, act or beneficiary is stated: with a number where there are
    several.
    """
    part, _, rest = fact.spec.path.partition(".")
    if part not in GROUPS:
        return fact.spec.path
    name = _LISTS[part]
    if len(getattr(incident, name)) < 2:
        return fact.spec.path
    index = {"subject": group.subject, "act": group.act, "beneficiary": group.beneficiary}[part]
    return f"{name}[{index}].{rest}"


def example(fact: Fact, values: int) -> Any:
    """One of the values as a report states it."""
    match fact.spec.kind:
        case Kind.DATE:
            if values == values & fact.never_bit:
                return NEVER.value
            cells = fact.cell_numbers(values & ~fact.never_bit)
            first, last = fact.cell_bounds(cells[0])
            day = max(first, min(last, FIRST_DAY.toordinal()))
            return datetime.date.fromordinal(day).isoformat()
        case Kind.INTEGER:
            first, last = fact.cell_bounds(fact.cell_numbers(values)[0])
            return min(max(0, first), last)
        case Kind.LIST:
            subset = (values & -values).bit_length() - 1 - fact.shift
            return [str(m) for i, m in enumerate(fact.spec.values) if subset >> i & 1]
    return fact.decode(values)[0]
