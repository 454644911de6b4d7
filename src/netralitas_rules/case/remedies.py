"""What stands open against a decision: to whom, until when, and what if nobody answers."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from netralitas_rules.case.authority import questions, weakest_text
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.authority import Office, in_force, weakest
from netralitas_rules.law.model import Level, Mark, Regime, Text, TextState
from netralitas_rules.law.remedies import (
    Answer,
    Decider,
    Forum,
    RemedyKind,
    RemedyRow,
    RemedyTable,
    Unanswered,
    deciders,
)
from netralitas_rules.procedure.asking import ask
from netralitas_rules.procedure.deadlines import Deadline
from netralitas_rules.procedure.working_days import Week


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy against a decision, or that there is none."""

    table: str
    row: str
    kinds: tuple[str, ...]
    """The kinds of sanction of which it is said."""
    decided_by: tuple[Decider, ...]
    """Those deciders that were possible and to whom it applies."""
    certain: bool
    """Whether it applies whoever of the possible ones decided."""
    remedy: RemedyKind
    to: Forum | None
    deadline: Deadline | None
    """None where no remedy or no period was found, or the day of receipt is not known."""
    deadline_id: str | None
    answered_by: tuple[str, ...]
    """Deadlines of the responses and of the decision, to be asked once the remedy is sought."""
    answers: tuple[Answer, ...]
    unanswered: Unanswered | None
    then: Forum | None
    final: bool
    late: tuple[str, ...]
    """The provisions by which it is inadmissible once its last day is past."""
    binding: tuple[str, ...]
    """The provisions by which the answer must be carried out."""
    effect: Text | None
    basis: tuple[str, ...]
    mark: Mark
    text: TextState
    questions: tuple[str, ...]
    note: Text | None


def remedies(
    plan: Plan,
    *,
    regime: Regime,
    status: SubjectStatus,
    kinds: Iterable[str],
    decided_by: Office | None,
    received_on: datetime.date | None,
    as_of: datetime.date,
    level: Level | None = None,
    joint_leave: Iterable[datetime.date] = (),
    week: Week = Week.FIVE_DAYS,
) -> tuple[Remedy, ...]:
    """The remedies against a decision that imposes one of these kinds of sanction.

    The law is that of the day of receipt, and while nothing was received that of `as_of`. Empty
    where no table covers the case: then the ruleset does not say. Raises `Refused` for a day of
    receipt in years whose holidays are not known.
    """
    day = as_of if received_on is None else received_on
    kinds, possible = tuple(kinds), frozenset(Decider)
    if decided_by is not None:
        possible = deciders(decided_by)
    found: list[Remedy] = []
    for table in plan.remedies:
        if regime in table.regimes and table.holds(status, day, plan.provisions):
            for row in table.rows:
                found.extend(_remedy(plan, table, row, status, kinds, level, possible, day))
    if received_on is None:
        return tuple(found)
    leave = tuple(joint_leave)
    return tuple(_dated(plan, one, received_on, leave, week) for one in found)


def _remedy(
    plan: Plan,
    table: RemedyTable,
    row: RemedyRow,
    status: SubjectStatus,
    kinds: tuple[str, ...],
    level: Level | None,
    possible: frozenset[Decider],
    day: datetime.date,
) -> Iterator[Remedy]:
    own = tuple(kind for kind in kinds if row.of(level, kind))
    cited = in_force(row.basis, day, plan.provisions)
    by = tuple(one for one in row.decided_by if one in possible)
    if not (own and cited and by):
        return
    basis = (*cited, *in_force(table.statuses[status], day, plan.provisions))
    basis = tuple(dict.fromkeys(basis))
    marks = (row.mark, *(plan.provisions[one].mark for one in basis))
    yield Remedy(
        table.id,
        row.id,
        own,
        by,
        possible <= set(row.decided_by),
        row.remedy,
        row.to,
        None,
        row.deadline,
        row.answered_by,
        row.answers,
        row.unanswered,
        row.then,
        row.final,
        in_force(row.late, day, plan.provisions),
        in_force(row.binding, day, plan.provisions),
        row.effect,
        basis,
        weakest(iter(marks)),
        weakest_text(plan, basis),
        questions(plan.questions, (*table.questions, *row.questions), basis),
        row.note or table.note,
    )


def _dated(
    plan: Plan,
    remedy: Remedy,
    received_on: datetime.date,
    joint_leave: tuple[datetime.date, ...],
    week: Week,
) -> Remedy:
    """With its last day counted."""
    if remedy.deadline_id is None:
        return remedy
    day = ask(plan, remedy.deadline_id, on=received_on, joint_leave=joint_leave, week=week)
    asked = tuple(dict.fromkeys((*remedy.questions, *day.open)))
    return replace(remedy, deadline=day, questions=asked)
