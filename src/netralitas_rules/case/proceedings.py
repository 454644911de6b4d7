"""The proceedings of a case: for every matter and regime what its path asks and the file shows."""

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from netralitas_rules.case.acting import decided_on, held
from netralitas_rules.case.authority import competent
from netralitas_rules.case.imposed import Imposed
from netralitas_rules.case.matters import Gathered
from netralitas_rules.case.model import Matter, MatterProceeding
from netralitas_rules.case.proceeding import check_proceeding
from netralitas_rules.case.repeating import may_be_raised
from netralitas_rules.decision.model import SanctionPath
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.accounts import windows
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.record_vocabulary import Office, RecordStep
from netralitas_rules.law.deadlines import Event
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.procedure.working_days import Week


@dataclass(frozen=True, slots=True)
class Proceedings:
    """Checks the proceedings of one case."""

    plan: Plan
    case: c.CaseFile
    as_of: datetime.date
    joint_leave: Sequence[datetime.date]
    week: Week
    sanctions: Sequence[Imposed]
    """All that were imposed, as the records leave them."""

    def of(self, gathered: Gathered, matter: Matter) -> Iterator[MatterProceeding]:
        """One for every regime that is open in the matter, or under which something was decided.

        None where no report is on record: a decision that is known by itself, as an earlier
        sanction is, says nothing of the steps before it.
        """
        if not gathered.reports:
            return
        paths = [p for one in matter.decisions for p in one.decision.paths]
        decisions = [r for r in gathered.records if isinstance(r, c.Decision)]
        overseen = self._overseen(gathered)
        regimes = {path.regime for path in paths} | {Regime(r.regime.value) for r in decisions}
        regimes |= {Regime.REFERRAL} if overseen else set()
        for regime in Regime:
            if regime not in regimes:
                continue
            own = [path for path in paths if path.regime is regime]
            made = [r for r in decisions if r.regime.value == regime.value]
            person = held(self.case, self._day(made))
            under = set(self._regulations(regime, own, made))
            for regulation in sorted(under | (overseen if regime is Regime.REFERRAL else set())):
                yield MatterProceeding(
                    matter.key,
                    check_proceeding(
                        self.plan,
                        regime=regime,
                        regulation=regulation,
                        level=_level(own),
                        kinds=_kinds(own, made),
                        status=person.status,
                        agencies=person.agencies,
                        records=gathered.records,
                        as_of=self.as_of,
                        competent=self._competent,
                        joint_leave=self.joint_leave,
                        week=self.week,
                        events=_events(gathered),
                        raised=may_be_raised(
                            self.plan,
                            regime,
                            [record.key for record in gathered.records],
                            self.sanctions,
                        ),
                    ),
                )

    def _regulations(
        self, regime: Regime, paths: Iterable[SanctionPath], decisions: Sequence[c.Decision]
    ) -> list[str]:
        """Under which regulations the ruleset has a procedure: those that decisions name, else
        those on which the paths rest.
        """
        known = {p.regulation for p in self.plan.procedures.values() if p.regime is regime}
        named = {r.regulation for r in decisions if r.regulation is not None}
        own = (_first(path, known) for path in paths)
        cited = {one for one in own if one is not None}
        return sorted(known & named or cited or (known if len(known) == 1 else ()))

    def _overseen(self, gathered: Gathered) -> set[str]:
        """Under which regulations a body recommended something: what became of it is checked."""
        bodies = {r.body for r in gathered.records if isinstance(r, c.Recommendation)}
        return {
            procedure.regulation
            for procedure in self.plan.procedures.values()
            for step in procedure.steps
            if step.record is RecordStep.RECOMMENDATION and not bodies.isdisjoint(step.bodies)
        }

    def _day(self, decisions: Sequence[c.Decision]) -> datetime.date:
        return min((decided_on(r, self.as_of) for r in decisions), default=self.as_of)

    def _competent(self, decision: c.Decision) -> tuple[Office, ...] | None:
        """Who may make a decision, by the tables; None where they do not settle whether its office
        is one of them.
        """
        day = decided_on(decision, self.as_of)
        person = held(self.case, day)
        kind = decision.sanction
        if person.status is None or kind is None or kind not in self.plan.kinds:
            return None
        found = competent(
            self.plan,
            regime=Regime(decision.regime.value),
            status=person.status,
            kinds=[kind],
            on=day,
            regulation=decision.regulation,
            level=None if decision.level is None else Level(decision.level.value),
            post=person.post,
            heads_regional_office=person.heads_regional_office,
            unit_headed_by=person.unit_headed_by,
            agencies=person.agencies,
            assignment=person.assignment,
        )
        offices = {office for one in found for office in one.offices}
        certain = all(decision.by in one.unconditional for one in found)
        if not offices or (decision.by in offices and not certain):
            return None
        return tuple(sorted(offices))


def _events(gathered: Gathered) -> Mapping[Event, Span]:
    """Days that no record has: the day of proof, between the first and last that reports state."""
    stated = [windows(one.incident.proceeding.proven_on) for one in gathered.reports]
    spans = [day for days in stated for day in days if isinstance(day, Span)]
    if not spans or any(len(days) != 1 for days in stated if days):
        return {}
    return {Event.PROOF: Span(min(s.first for s in spans), max(s.last for s in spans))}


def _first(path: SanctionPath, known: Container[str]) -> str | None:
    """The regulation under which a path goes: the first that its basis names. Others are cited
    for their lists of kinds.
    """
    cited = (basis.partition("/")[0] for basis in path.basis)
    return next((name for name in cited if name in known), None)


def _level(paths: Iterable[SanctionPath]) -> Level | None:
    """The level that the law gives the matter, where it is one for all that may follow."""
    levels = {path.level for path in paths}
    return levels.pop() if len(levels) == 1 else None


def _kinds(paths: Iterable[SanctionPath], decisions: Iterable[c.Decision]) -> tuple[str, ...]:
    allowed = dict.fromkeys(kind for path in paths for kind in path.sanctions)
    imposed = dict.fromkeys(r.sanction for r in decisions if r.sanction is not None)
    return tuple(allowed) or tuple(imposed)
