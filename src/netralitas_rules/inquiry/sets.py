"""The smallest sets of facts that would settle what is open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from netralitas_rules.decision.case import Case
from netralitas_rules.decision.outcomes import Path, paths_of_case
from netralitas_rules.decision.turning import FINDING_STATUS
from netralitas_rules.engine.conditions import TRUE
from netralitas_rules.engine.evaluate import Evaluator, Result, Status
from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.plan import Plan, Rule, SanctionRow
from netralitas_rules.explain.words import Words
from netralitas_rules.inquiry.certainty import Certainty, Sufficient
from netralitas_rules.inquiry.model import Effect, FactSet, NeededFact, OpenFinding
from netralitas_rules.inquiry.parts import Splitting
from netralitas_rules.inquiry.places import place_of, shared, statable
from netralitas_rules.inquiry.table import TableCut
from netralitas_rules.inquiry.telling import Telling
from netralitas_rules.inquiry.view import View

MAX_LISTED = 200
"""Sets of one finding that establish it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What settles one result, or whether a sanction row follows from it."""

    result: Result
    row: SanctionRow | None
    established: tuple[tuple[Result, Sufficient], ...]
    """Each with the member of the result that it is about."""
    cleared: tuple[tuple[Result, Sufficient], ...]
    cut: bool

    @property
    def ways(self) -> Iterator[tuple[Effect, Result, Sufficient]]:
        for member, way in self.established:
            yield Effect.ESTABLISH, member, way
        for member, way in self.cleared:
            yield Effect.CLEAR, member, way


Views = Mapping[int, View]
Ways = tuple[list[Sufficient], list[Sufficient], bool]
"""What establishes something, what clears it, and whether the search was cut."""
Known = dict[tuple[int, str, tuple[bool, ...]], Ways]
"""By view, row or rule, and the frames in which it governs."""


class Sets:
    """Finds the sets of every finding and path of a case."""

    def __init__(self, plan: Plan, evaluator: Evaluator, words: Words) -> None:
        self.plan = plan
        self.evaluator = evaluator
        self.words = words

    def views(self, case: Case, groups: Sequence[Group]) -> Views:
        """What is known of every subject, act and beneficiary, by the identity of the group."""
        return {
            id(group): View(
                self.plan,
                self.evaluator,
                group.frames,
                statable=statable(case, group),
                allowed=shared(case, group, groups),
            )
            for group in groups
        }

    def findings(self, case: Case, views: Views) -> Iterator[Settled]:
        """Of every finding that is open, and of one that is met what would clear it: a defence
        that nobody has brought up.
        """
        known: Known = {}
        for result in case.results:
            if result.status is not Status.NOT_MET:
                yield self._settled(views, result, None, known)

    def paths(self, case: Case, views: Views) -> Iterator[tuple[Path, list[Settled]]]:
        """Every path that may follow: what its row itself waits for, beside its findings."""
        known: Known = {}
        opening, paths = paths_of_case(case)
        for path in paths:
            results = [opening[number] for number in path.findings]
            if path.value != TRUE:
                found = [self._settled(views, result, path.row, known) for result in results]
                if any(one.cut or one.established or one.cleared for one in found):
                    yield path, found

    def _settled(
        self, views: Views, result: Result, row: SanctionRow | None, known: Known
    ) -> Settled:
        """Any of its members establishes a result, all have to be cleared. `known`: what was found
        before, for rules that govern alike share a row.
        """
        rule = result.rule
        members = [m for m in result.members if m.status is not Status.NOT_MET]
        any_cut = False
        establish: list[tuple[Result, Sufficient]] = []
        clear: list[tuple[Result, Sufficient]] = []
        for member in members:
            view = views[id(member.group)]
            key = (id(view), row.id if row is not None else rule.id, view.governed(rule))
            if key not in known:
                known[key] = self.of_rule(view, rule, row)
            established, cleared, cut = known[key]
            any_cut = any_cut or cut
            establish += [(member, way) for way in established if way.facts]
            clear += [(member, way) for way in cleared]
        return Settled(
            result, row, tuple(establish), tuple(clear) if len(members) == 1 else (), any_cut
        )

    def of_rule(self, view: View, rule: Rule, row: SanctionRow | None = None) -> Ways:
        """What establishes a rule (or only a row of it), what clears it, and whether it was cut."""
        if not any(view.governed(rule)):
            return [], [], False
        established, cleared, cut = [Sufficient(())], list[Sufficient](), False
        for parts in Splitting(view, rule).parts(row):
            try:
                certainty = Certainty(view, rule, parts)
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

    def finding(self, case: Case, settled: Settled) -> OpenFinding:
        """In the words of the model."""
        rule = settled.result.rule
        return OpenFinding(
            rule.id,
            rule.title,
            rule.kind,
            *case.whose(settled.result.group),
            FINDING_STATUS[settled.result.status],
            self.sets(case, [settled]),
            settled.cut,
        )

    def sets(self, case: Case, found: Iterable[Settled]) -> tuple[FactSet, ...]:
        """Each once, the shortest first."""
        every = {
            (effect, tuple((place_of(f, case.incident, m.group), v) for f, v in way.facts)): (
                m,
                way,
            )
            for settled in found
            for effect, m, way in settled.ways
        }
        ordered = sorted(every.items(), key=lambda item: len(item[0][1]))
        return tuple(
            self.fact_set(effect, case, member.group, way) for (effect, _), (member, way) in ordered
        )

    def fact_set(self, effect: Effect, case: Case, group: Group, way: Sufficient) -> FactSet:
        """A set in the words of the model."""
        told = Telling(self.words, case, group).each(way.facts)
        return FactSet(
            effect,
            tuple(
                NeededFact(
                    fact.spec.path,
                    place_of(fact, case.incident, group),
                    one.codes,
                    one.says,
                    one.example,
                )
                for (fact, _), one in zip(way.facts, told, strict=True)
            ),
        )
