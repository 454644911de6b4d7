"""Which breaches of a case repeat an earlier sanction, by what the history derives."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence

from netralitas_rules.case import records
from netralitas_rules.case.imposed import Imposed, State
from netralitas_rules.case.model import CaseCode, CaseFinding, Matter, MatterDecision
from netralitas_rules.case.regimes import PathAt, PathStanding, RegimeOutcome
from netralitas_rules.case.repeat import Earlier, Repeat, Repeated, repeat
from netralitas_rules.decision.model import Finding, SanctionPath
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.casefile import CaseFile
from netralitas_rules.history.model import Chained, RecordFact
from netralitas_rules.law.model import Regime
from netralitas_rules.law.regimes import Relation, RelationKind


class Repeating:
    """Finds repeats under one ruleset."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._norms = {p for rule in plan.rules for p in rule.norm}

    def facts(
        self,
        case: CaseFile,
        matters: Sequence[Matter],
        regimes: Iterable[RegimeOutcome],
        sanctions: Sequence[Imposed],
    ) -> Iterator[RecordFact]:
        """Sanctions, and the breaches behind every path that is left to take, as base records."""
        person = case.person.key
        natures = {one.record: self._natures(one) for one in sanctions}
        yield from records.of_sanctions(sanctions, person=person, natures=natures)
        taken = {path.at for outcome in regimes for path in outcome.taken}
        taken |= {path.at for path in self._sanctioned_later(matters, regimes, sanctions)}
        yield from records.of_findings(
            {
                _name(matter.key, one.report, number): one.decision.findings[number].norm
                for matter in matters
                for one in matter.decisions
                for path in one.decision.paths
                if PathAt(matter.key, path.id, one.report) in taken
                for number in path.findings
                if number < len(one.decision.findings)
            },
            person=person,
        )

    def _sanctioned_later(
        self,
        matters: Sequence[Matter],
        regimes: Iterable[RegimeOutcome],
        sanctions: Iterable[Imposed],
    ) -> Iterator[PathStanding]:
        """Paths that were sanctioned, of matters before whose acts another sanction of the regime
        may lie.
        """
        acts = {(m.key, one.report): one.acts for m in matters for one in m.decisions}
        known = [one for one in sanctions if one.state is not State.VOID]
        imposing = {one.record for one in known}
        for outcome in regimes:
            for path in outcome.paths:
                if path.settled_by not in imposing:  # not decided, or no breach was found
                    continue
                others = [
                    one.days
                    for one in known
                    if one.regime.value == outcome.regime.value and one.record != path.settled_by
                ]
                days = [act.days for act in acts[path.at.matter, path.at.report]]
                if any(_before(other, day) is not False for other in others for day in days):
                    yield path

    def not_heavier(
        self,
        matters: Sequence[Matter],
        regimes: Sequence[RegimeOutcome],
        sanctions: Sequence[Imposed],
        chained: Chained,
        *,
        as_of: datetime.date,
    ) -> Iterator[CaseFinding]:
        """Sanctions on a certain repeat that are certainly not heavier than the last one before."""
        decisions = {(m.key, one.report): one for m in matters for one in m.decisions}
        imposed = {one.record: one for one in sanctions}
        for relation in self._of_repeats():
            for outcome in regimes:
                if outcome.regime not in relation.regimes:
                    continue
                for path in self._sanctioned_later(matters, [outcome], sanctions):
                    one = imposed[path.settled_by or ""]
                    others = [s for s in sanctions if s.record != one.record]
                    found = self._repeat(
                        path,
                        decisions[path.at.matter, path.at.report],
                        relation,
                        outcome.regime,
                        others,
                        chained,
                        as_of,
                    )
                    if found is None or not found.certain or one.kind not in path.sanctions:
                        continue
                    if one.kind not in (*found.heavier, *found.to_compare):
                        yield CaseFinding(
                            CaseCode.NOT_HEAVIER,
                            path.at.matter,
                            (one.record,),
                            relation.basis,
                            ", ".join(found.last),
                            () if one.kind is None else (one.kind,),
                        )

    def _of_repeats(self) -> Iterator[Relation]:
        for relation in self.plan.relations.values():
            if relation.kind is RelationKind.HEAVIER_ON_REPEAT:
                yield relation

    def _natures(self, sanction: Imposed) -> set[str]:
        """Of what nature its breaches are: the provisions, and neutrality where a rule has one as
        its norm. None where it does not say what was broken.
        """
        known = self._norms.intersection(sanction.breaches)
        return {*sanction.breaches, *((records.NEUTRALITY,) if known else ())}

    def repeats(
        self,
        matters: Sequence[Matter],
        regimes: Sequence[RegimeOutcome],
        sanctions: Sequence[Imposed],
        chained: Chained,
        *,
        as_of: datetime.date,
    ) -> Iterator[Repeat]:
        """For every path that is left to take, what earlier sanctions do to it."""
        decisions = {(m.key, one.report): one for m in matters for one in m.decisions}
        for relation in self._of_repeats():
            for outcome in regimes:
                if outcome.regime not in relation.regimes:
                    continue
                for standing in outcome.taken:
                    one = decisions[standing.at.matter, standing.at.report]
                    found = self._repeat(
                        standing, one, relation, outcome.regime, sanctions, chained, as_of
                    )
                    if found is not None:
                        yield found

    def _repeat(
        self,
        standing: PathStanding,
        one: MatterDecision,
        relation: Relation,
        regime: Regime,
        sanctions: Sequence[Imposed],
        chained: Chained,
        as_of: datetime.date,
    ) -> Repeat | None:
        path = next(p for p in one.decision.paths if p.id == standing.at.path)
        own = [s for s in sanctions if s.regime.value == regime.value and s.state is not State.VOID]
        earlier = {s.record: _earlier(s) for s in own}
        repeated = [
            found
            for sanction in own
            if (found := self._repeated(sanction, standing.at, path, one, relation, chained))
        ]
        ladders = [one for one in self.plan.ladders.values() if one.regime is regime]
        first = next((ladder.level_first for ladder in ladders if ladder.level_first), None)
        taken = None if first is None else self.plan.questions[first.question].taken(as_of)[0]
        return repeat(
            standing.at,
            level=standing.level,
            kinds=standing.sanctions,
            repeats=repeated,
            earlier=earlier,
            ladders=ladders,
            regulation=_regulation(path, [ladder.regulation for ladder in ladders]),
            level_first=None if first is None or taken is None else taken == first.reading,
            relation=relation.id,
            questions=() if first is None else (first.question,),
        )

    def _repeated(
        self,
        sanction: Imposed,
        at: PathAt,
        path: SanctionPath,
        one: MatterDecision,
        relation: Relation,
        chained: Chained,
    ) -> Repeated | None:
        """Whether the path repeats a sanction: it came before an act behind it, for the like."""
        findings = one.decision.findings
        numbers = [n for n in path.findings if n < len(findings)]
        days = {act.act: act.days for act in one.acts}
        when = {_before(sanction.days, days.get(findings[n].act or "")) for n in numbers}
        if not when - {False}:
            return None
        certain = True in when and sanction.state is State.STANDS
        alike = relation.alike
        asked = () if alike is None else (alike.question,)
        if not sanction.breaches:
            return Repeated(sanction.record, certain=False, questions=asked)
        natures = {
            nature
            for n in numbers
            for nature in self._shared(sanction, findings[n], at, n, chained)
        }
        if natures - {records.NEUTRALITY}:
            return Repeated(sanction.record, certain)
        if not natures or alike is None:
            return None
        taken = self.plan.questions[alike.question].taken()[0]
        if taken not in (None, alike.reading):
            return None
        return Repeated(sanction.record, certain and taken is not None, asked)

    def _shared(
        self, sanction: Imposed, finding: Finding, at: PathAt, number: int, chained: Chained
    ) -> set[str]:
        """Of what nature both are. A sanction that may still fall is not in the history's view of
        repeats, for it is not certain that it stands; it may be repeated all the same.
        """
        if sanction.state is State.PENDING:
            return self._natures(sanction) & {records.NEUTRALITY, *finding.norm}
        name = _name(at.matter, at.report, number)
        found = chained.of("repeats", finding=name, sanction=sanction.record)
        return {fact.values["nature"] for fact in found}


def may_be_raised(
    plan: Plan, regime: Regime, records: Collection[str], sanctions: Iterable[Imposed]
) -> bool:
    """Whether the person has a sanction of the regime beside those of some records, so that one of
    these may have to be heavier than its breach alone allows.
    """
    return any(
        relation.kind is RelationKind.HEAVIER_ON_REPEAT and regime in relation.regimes
        for relation in plan.relations.values()
    ) and any(
        one.regime.value == regime.value
        and one.state is not State.VOID
        and one.record not in records
        for one in sanctions
    )


def _before(imposed: tuple[str, str] | None, act: tuple[str, str] | None) -> bool | None:
    """Whether a sanction was imposed before an act; None where the days do not tell."""
    if imposed is None or act is None:
        return None
    if imposed[1] < act[0]:
        return True
    return False if imposed[0] >= act[1] else None


def _name(matter: str, report: str | None, number: int) -> str:
    """A finding among those of the case."""
    return f"{matter}/{report or ''}/{number}"


def _earlier(one: Imposed) -> Earlier:
    first, last = one.days or (datetime.date.min.isoformat(), datetime.date.max.isoformat())
    day = datetime.date.fromisoformat
    return Earlier(one.record, one.kind, one.level, day(first).toordinal(), day(last).toordinal())


def _regulation(path: SanctionPath, known: Sequence[str]) -> str:
    """The regulation under which a path goes: the first that its basis names."""
    cited = [basis.partition("/")[0] for basis in path.basis]
    return next((name for name in cited if name in known), known[0] if known else "")
