"""Deciding a case: the reports of every matter as one incident, then all paths side by side."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from netralitas_rules.case import records
from netralitas_rules.case.acting import actors, against, held
from netralitas_rules.case.authority import questions
from netralitas_rules.case.findings import about_sanctions, contradictions, superiors, unknown_words
from netralitas_rules.case.imposed import Imposed, State, days, imposed
from netralitas_rules.case.joining import joined
from netralitas_rules.case.matters import Gathered, matters, of_matter
from netralitas_rules.case.model import (
    FORMAT,
    ActDays,
    CaseCode,
    CaseDecision,
    CaseFinding,
    Followed,
    Matter,
    MatterDecision,
)
from netralitas_rules.case.proceedings import Proceedings
from netralitas_rules.case.regimes import OpenPath, PathAt, RegimeOutcome, side_by_side
from netralitas_rules.case.repeat import Repeat
from netralitas_rules.case.repeating import Repeating
from netralitas_rules.case.sought import Sought
from netralitas_rules.case.timeline import timeline
from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.case import names_of
from netralitas_rules.decision.outcomes import worst
from netralitas_rules.engine.frames import FactsRefused
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.casefile import CaseFile, CaseReport
from netralitas_rules.facts.evidence import weighed
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import NEVER
from netralitas_rules.facts.record_vocabulary import DecisionResult
from netralitas_rules.history.chainer import Chainer
from netralitas_rules.history.durable import cross_check
from netralitas_rules.law.authority import in_force
from netralitas_rules.law.model import Regime
from netralitas_rules.law.regimes import Relation
from netralitas_rules.procedure.working_days import Week


class CaseBuilder:
    """Decides cases under one ruleset."""

    def __init__(self, builder: DecisionBuilder) -> None:
        self.builder = builder
        self.plan = builder.plan
        self.derivations = tuple(builder.plan.history.values())
        self.chainer = Chainer(self.derivations)
        self.repeating = Repeating(builder.plan)

    def decide(
        self,
        case: CaseFile,
        *,
        as_of: datetime.date,
        chosen: Mapping[int, int],
        cross_checked: bool = False,
        joint_leave: Sequence[datetime.date] = (),
        week: Week = Week.FIVE_DAYS,
    ) -> CaseDecision:
        """The whole case. Raises `Refused` for a file with too many records, and `EnginesDisagree`
        where the second engine is asked and answers otherwise.
        """
        base = [*records.of_file(case)]
        found: list[CaseFinding] = []
        made: list[Matter] = []
        recorded = imposed(case)
        proceedings = Proceedings(self.plan, case, as_of, joint_leave, week, recorded)
        remedies = tuple(
            against(self.plan, case, recorded, as_of=as_of, joint_leave=joint_leave, week=week)
        )
        sought = Sought(self.plan, case, as_of, joint_leave, week)
        sanctions = sought.lapsed(recorded, remedies)
        chaining = self.chainer.begin()
        joining = chaining.add(base)
        gathered = matters(case, joining)
        for matter in gathered:
            decisions = tuple(self._decisions(matter, case, as_of, chosen, found))
            outcome = worst(d.decision.outcome for d in decisions) if decisions else None
            made.append(
                Matter(
                    matter.key,
                    tuple(report.key for report in matter.reports),
                    tuple(record.key for record in matter.records),
                    outcome,
                    decisions,
                )
            )
            if matter.records and not matter.reports:
                keys = tuple(record.key for record in matter.records)
                found.append(CaseFinding(CaseCode.NO_REPORT, matter.key, keys))
        effective = sought.in_force(sanctions, remedies)
        paths = [
            path
            for matter, of in zip(made, gathered, strict=True)
            for path in self._paths(matter, of, sanctions, effective)
        ]
        regimes = side_by_side(paths, self.plan.relations)
        facts = self.repeating.facts(case, made, regimes, sanctions)
        chained = chaining.add(facts)
        engines = cross_check(self.derivations, chained.base) if cross_checked else None
        repeats = tuple(self.repeating.repeats(made, regimes, sanctions, chained, as_of=as_of))
        found += unknown_words(self.plan, case)
        idle = tuple(superiors(self.plan, case, chained))
        found += idle
        found += sought.late(remedies)
        found += sought.unanswered(sanctions, remedies)
        found += set(self.repeating.not_heavier(made, regimes, sanctions, chained, as_of=as_of))
        found += about_sanctions(self.plan, gathered, made, sanctions)
        used = tuple(self._used(regimes, repeats))
        provisions = self.plan.provisions
        cited = {b for one in used for b in in_force(one.basis, as_of, provisions) or one.basis}
        cited |= {b for one in found for b in one.basis}
        cited |= {b for one in sanctions if one.lapse is not None for b in one.lapse.basis}
        decision = CaseDecision(
            FORMAT,
            case.id,
            case.person.key,
            as_of.isoformat(),
            self.builder.ruleset,
            tuple(made),
            regimes,
            repeats,
            tuple(actors(self.plan, regimes, repeats, held(case, as_of), as_of=as_of)),
            sanctions,
            remedies,
            tuple(
                one
                for matter, of in zip(made, gathered, strict=True)
                for one in proceedings.of(of, matter)
            ),
            tuple(sorted(found, key=lambda one: (one.code, one.matter or "", one.records))),
            timeline(case, made),
            tuple(Followed(fact, chained.activations[fact.id]) for fact in chained.derived),
            engines,
            self.builder.citations(cited, as_of),
            tuple(sorted(self._asked(used, idle))),
        )
        object.__setattr__(decision, "_words", self.builder.words)
        return decision

    def _decisions(
        self,
        matter: Gathered,
        case: CaseFile,
        as_of: datetime.date,
        chosen: Mapping[int, int],
        found: list[CaseFinding],
    ) -> Iterator[MatterDecision]:
        """The decision on a matter; on every report alone where they cannot be true together."""
        if not matter.reports:
            return
        keys = tuple(report.key for report in matter.reports)
        incident = _joined(matter.reports, matter, case)
        whole = self._decided(incident, as_of, chosen)
        if isinstance(incident, Incident) and isinstance(whole, MatterDecision):
            found += contradictions(self.builder.words, matter.key, incident)
            yield whole
            return
        assert isinstance(whole, str)
        if len(keys) > 1:
            found.append(CaseFinding(CaseCode.NOT_JOINED, matter.key, keys, (), "", (whole,)))
        for report in matter.reports:
            alone: MatterDecision | str = whole
            if len(keys) > 1:
                alone = self._decided(_joined((report,), matter, case), as_of, chosen)
            if isinstance(alone, MatterDecision):
                yield replace(alone, report=report.key)
            else:
                code = CaseCode.NO_DECISION_POSSIBLE
                found.append(CaseFinding(code, matter.key, (report.key,), (), "", (alone,)))

    def _decided(
        self, incident: Incident | str, as_of: datetime.date, chosen: Mapping[int, int]
    ) -> MatterDecision | str:
        """The decision on an incident; why not, where what it states cannot be."""
        if isinstance(incident, str):
            return incident
        try:
            decision = self.builder.decide(incident, as_of=as_of, chosen=chosen)
        except FactsRefused as error:
            return f"{error.reason}: {', '.join(error.path) or error.detail}"
        names = names_of(incident)[1]
        acts = tuple(
            ActDays(
                name,
                act.event,
                act.conduct if isinstance(act.conduct, str) else None,
                days(act.date),
            )
            for name, act in zip(names, weighed(incident).acts, strict=True)
        )
        return MatterDecision(None, decision, acts)

    def _paths(
        self,
        matter: Matter,
        gathered: Gathered,
        sanctions: Iterable[Imposed],
        effective: Collection[str],
    ) -> Iterator[OpenPath]:
        keys = {record.key for record in gathered.records}
        own = [one for one in sanctions if one.record in keys]
        settled = {Regime(s.regime.value): s for s in own if s.state is not State.VOID}
        fallen = {Regime(s.regime.value) for s in own if s.state is State.VOID}
        cleared = _cleared(gathered)
        for one in matter.decisions:
            for path in one.decision.paths:
                by = settled.get(path.regime)
                yield OpenPath(
                    PathAt(matter.key, path.id, one.report),
                    path.regime,
                    path.level,
                    path.status,
                    path.sanctions,
                    cleared.get(path.regime) if by is None else by.record,
                    no_breach=by is None and path.regime in cleared,
                    imposed=None if by is None else by.kind,
                    in_force=by is not None and by.record in effective,
                    fell=path.regime in fallen,
                )

    def _used(
        self, regimes: Iterable[RegimeOutcome], repeats: Sequence[Repeat]
    ) -> Iterator[Relation]:
        """The relations on which the answer rests."""
        names = {one.relation for one in repeats}
        for regime in regimes:
            names.update(regime.beside)
            names.update(name for path in regime.paths for name in path.relations)
        return (relation for name, relation in self.plan.relations.items() if name in names)

    def _asked(self, used: Iterable[Relation], idle: Iterable[CaseFinding]) -> Collection[str]:
        """Questions on which the relations rest, and those about a superior who did not act."""
        named = [question for relation in used for question in relation.questions]
        cited = frozenset(provision for one in idle for provision in one.basis)
        return questions(self.plan.questions, named, cited)


def _joined(reports: Sequence[CaseReport], matter: Gathered, case: CaseFile) -> Incident | str:
    """Reports as one incident; why not, where they cannot be true together."""
    try:
        return of_matter(joined(reports), matter, case)
    except ValidationError as error:
        return error.errors(include_url=False)[0]["type"]


def _cleared(matter: Gathered) -> Mapping[Regime, str]:
    """By regime the decision that found no breach in a matter, if it was not withdrawn."""
    taken = [record for record in matter.records if record.date is not NEVER]
    withdrawn = {key for r in taken if isinstance(r, c.Revocation) for key in r.of}
    return {
        Regime(one.regime.value): one.key
        for one in taken
        if isinstance(one, c.Decision)
        and one.result is DecisionResult.NO_BREACH
        and one.key not in withdrawn
    }
