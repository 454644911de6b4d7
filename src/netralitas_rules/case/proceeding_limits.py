"""Deadlines of steps: kept, missed, or missed on some of the days and readings still possible."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from netralitas_rules.case.proceeding_file import File
from netralitas_rules.case.proceeding_model import Certainty, Gap
from netralitas_rules.facts.casefile import Record
from netralitas_rules.facts.leaves import Span
from netralitas_rules.law.procedures import DayOf, Limit, ProcedureStep
from netralitas_rules.procedure import national
from netralitas_rules.procedure.asking import ask
from netralitas_rules.procedure.deadlines import Deadline

Readings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline whose event lies on one of several days."""

    event: Span
    deadlines: tuple[Deadline, ...]
    """Counted from the first of these days, and from the last."""
    whole: bool
    """Whether the law held on all of these days."""

    @property
    def last(self) -> datetime.date:
        return self.deadlines[0].earliest

    @property
    def latest(self) -> datetime.date:
        return self.deadlines[-1].latest

    def missed(self, day: Span) -> tuple[Certainty, Readings] | None:
        """Whether a day lies behind it; None where it does on no day and under no reading.

        The last day never moves back when the event moves on, so that the ends decide.
        """
        first, last = self.deadlines[0].possible, self.deadlines[-1].possible
        always = [way.readings for way in last if day.first > way.last and self.whole]
        ever = [way for way in first if day.last > way.last]
        if len(always) == len(last):
            return Certainty.CERTAIN, ()
        if always:
            return Certainty.SOME_READINGS, tuple(pair for way in always for pair in way)
        return (Certainty.SOME_DAYS, ()) if ever else None


def due(file: File, step: ProcedureStep, limit: Limit, record: Record | None) -> Due | Gap | None:
    """The deadline of a step (of one of its records), or what is not known of it; None where
    nothing is on record that it could run from, it does not run, or the law did not hold that day.
    """
    if limit.unless is not None and file.holds(limit.unless):
        return None
    rule = file.question.plan.deadlines[limit.deadline]
    if limit.from_step is None:
        event = file.question.events.get(rule.event)
        return Gap.EVENT if event is None else _counted(file, limit, event)
    if limit.from_step == step.id:
        found = [record] if record is not None else []
    else:
        found = file.named(limit.from_step)
        linked = [one for one in found if record is not None and one.key in record.of]
        found = linked or found
    if not found:
        return None
    if len(found) > 1:
        return Gap.ORDER
    day = file.day(found[0], limit.from_day)
    if day is None:
        return Gap.DATE if limit.from_day is DayOf.DATE else Gap.CALLED_DAY
    return _counted(file, limit, day)


def _counted(file: File, limit: Limit, event: Span) -> Due | Gap | None:
    validity = [
        file.question.plan.provisions[name].validity
        for name in file.question.plan.deadlines[limit.deadline].basis
    ]
    held = Span(min(one.span[0] for one in validity), max(one.span[1] for one in validity))
    first, last = max(event.first, held.first), min(event.last, held.last)
    if last < first:
        return None
    years = range(national.FIRST_YEAR, national.LAST_YEAR + 1)
    if first.year not in years or last.year not in years:
        return Gap.DATE
    inside = Span(first, last)
    return Due(event, tuple(_asked(file, limit, inside)), whole=inside == event)


def _asked(file: File, limit: Limit, event: Span) -> Iterator[Deadline]:
    question = file.question
    for day in dict.fromkeys((event.first, event.last)):
        yield ask(
            question.plan,
            limit.deadline,
            on=day,
            joint_leave=question.joint_leave,
            week=question.week,
        )
