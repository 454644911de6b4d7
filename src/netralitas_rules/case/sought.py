"""Objections and appeals on record beside their last days: sought too late, or not answered."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from netralitas_rules.case.acting import SanctionRemedies
from netralitas_rules.case.imposed import Imposed, Lapse, State
from netralitas_rules.case.model import CaseCode, CaseFinding
from netralitas_rules.case.remedies import Remedy
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.accounts import first_and_last
from netralitas_rules.law.authority import in_force
from netralitas_rules.law.deadlines import Event
from netralitas_rules.law.remedies import RemedyKind, Unanswered
from netralitas_rules.procedure.asking import ask
from netralitas_rules.procedure.working_days import Week

_RECORDS: Mapping[RemedyKind, type[c.Objection] | type[c.Appeal]] = {
    RemedyKind.OBJECTION: c.Objection,
    RemedyKind.APPEAL: c.Appeal,
}
_EVENTS = (Event.OBJECTION, Event.APPEAL)


@dataclass(frozen=True, slots=True)
class Sought:
    """What the person of a file sought against decisions, and how days are counted there."""

    plan: Plan
    case: c.CaseFile
    as_of: datetime.date
    joint_leave: Sequence[datetime.date]
    week: Week

    def lapsed(
        self, sanctions: Iterable[Imposed], known: Iterable[SanctionRemedies]
    ) -> tuple[Imposed, ...]:
        """The sanctions, those void that fell because nobody answered in time: where the law says
        so of every decider that is possible, and the last day is past under every reading.
        """
        remedies = {one.record: one.remedies for one in known}
        return tuple(
            one if lapse is None else replace(one, state=State.VOID, lapse=lapse)
            for one in sanctions
            for lapse in [self._lapse(one, remedies.get(one.record, ()))]
        )

    def in_force(
        self, sanctions: Iterable[Imposed], known: Iterable[SanctionRemedies]
    ) -> frozenset[str]:
        """Of the sanctions whose kind matters to other breaches once in force, the decisions that
        certainly are: a remedy was decided, or the day of effect after receipt has come.
        """
        received = {one.record: one.received for one in known}
        return frozenset(
            one.record
            for one in sanctions
            if one.state is State.STANDS
            and (self._reviewed(one.record) or self._effective(one, received.get(one.record)))
        )

    def late(self, known: Iterable[SanctionRemedies]) -> Iterator[CaseFinding]:
        """Objections and appeals that came after their last day; where open readings or an
        uncertain day leave it open, with both days.
        """
        for one in known:
            for remedy in one.remedies:
                if remedy.deadline is None or one.received is None:
                    continue
                certain = one.received[0] == one.received[1]
                for record in self._of(one.record, remedy):
                    days = first_and_last(record.date)
                    if days is None or days.last <= remedy.deadline.earliest:
                        continue
                    sure = certain and days.first > remedy.deadline.latest
                    last = sorted({remedy.deadline.earliest, remedy.deadline.latest})
                    yield CaseFinding(
                        CaseCode.REMEDY_LATE if sure else CaseCode.REMEDY_MAY_BE_LATE,
                        None,
                        (record.key,),
                        (*remedy.deadline.basis, *remedy.late),
                        one.record,
                        tuple(day.isoformat() for day in last),
                    )

    def unanswered(
        self, sanctions: Iterable[Imposed], known: Iterable[SanctionRemedies]
    ) -> Iterator[CaseFinding]:
        """Objections and appeals that wait although the last day for a decision is past under
        every reading, where the decision against which they were sought did not fall by that.
        """
        waiting = {one.record for one in sanctions if one.state is State.PENDING}
        for one in known:
            for remedy in one.remedies if one.record in waiting else ():
                for record in self._of(one.record, remedy):
                    last = self._answered_by(record, remedy) if remedy.certain else None
                    if last is not None and last < self.as_of:
                        yield CaseFinding(
                            CaseCode.REMEDY_UNANSWERED,
                            None,
                            (record.key,),
                            remedy.basis,
                            one.record,
                            (last.isoformat(),),
                        )

    def _effective(self, one: Imposed, received: tuple[str, str] | None) -> bool:
        """Whether the day of effect has come under every reading, for who received it last."""
        if received is None:
            return False
        day = datetime.date.fromisoformat(received[1])
        rules = {
            name: self.plan.deadlines[name]
            for relation in self.plan.relations.values()
            if one.kind in relation.kinds
            for name in relation.in_force
        }
        found = [
            ask(self.plan, name, on=day, joint_leave=self.joint_leave, week=self.week).latest
            for name, rule in rules.items()
            if in_force(rule.basis, day, self.plan.provisions)
        ]
        return bool(found) and max(found) <= self.as_of

    def _reviewed(self, decision: str) -> bool:
        """Whether a decision on an objection or appeal against it certainly was made by now."""
        asked = {
            record.key
            for kind in (c.Objection, c.Appeal)
            for record in self._against(decision, kind)
        }
        return any(
            days is not None and days.last <= self.as_of
            for record in self.case.records
            if isinstance(record, c.Review) and asked & {*record.of}
            for days in [first_and_last(record.date)]
        )

    def _lapse(self, one: Imposed, remedies: Iterable[Remedy]) -> Lapse | None:
        if one.state is not State.PENDING:
            return None
        for remedy in remedies:
            if remedy.unanswered is not Unanswered.VOID or not remedy.certain:
                continue
            for record in self._of(one.record, remedy):
                last = self._answered_by(record, remedy)
                if last is not None and last < self.as_of:
                    return Lapse(record.key, last.isoformat(), remedy.basis)
        return None

    def _answered_by(self, record: c.Record, remedy: Remedy) -> datetime.date | None:
        """The last day on which an answer may still come, under any reading."""
        days = first_and_last(record.date)
        found = [
            ask(
                self.plan,
                name,
                on=days.last,
                joint_leave=self.joint_leave,
                week=self.week,
            ).latest
            for name in remedy.answered_by
            if days is not None and self.plan.deadlines[name].event in _EVENTS
        ]
        return max(found, default=None)

    def _of(self, decision: str, remedy: Remedy) -> Iterator[c.Record]:
        """The records by which a remedy was sought against a decision, or its delivery."""
        shape = _RECORDS.get(remedy.remedy)
        if shape is not None:
            yield from self._against(decision, shape)

    def _against(
        self, decision: str, shape: type[c.Objection] | type[c.Appeal]
    ) -> Iterator[c.Record]:
        """The records of one shape that are against a decision, or its delivery."""
        reached = {decision} | {
            r.key for r in self.case.records if isinstance(r, c.Delivery) and decision in r.of
        }
        for record in sorted(self.case.records, key=_key):
            if isinstance(record, shape) and reached & {*record.of}:
                yield record


def _key(record: c.Record) -> str:
    return record.key
