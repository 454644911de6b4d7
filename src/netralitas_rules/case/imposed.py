"""Sanctions that were imposed on the person, and whether they still stand.

A decision on an objection or appeal may put another sanction in the place of the first; one that is
revoked or cancelled is none. While an objection or appeal waits, whether it stands is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.accounts import windows
from netralitas_rules.facts.leaves import NEVER, Span
from netralitas_rules.facts.record_vocabulary import CaseRegime, DecisionResult, ReviewResult
from netralitas_rules.law.model import Level


class State(StrEnum):
    STANDS = "stands"
    PENDING = "pending"
    """An objection or appeal waits for its decision."""
    VOID = "void"
    """Revoked, cancelled on review, or fallen because nobody answered in time (`Imposed.lapse`)."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """That a decision fell because nobody answered an objection in time, as the law says."""

    record: str
    """The objection."""
    last: str
    """The last day on which an answer could come, under any reading."""
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imposed:
    """A sanction that was imposed, as it is after all reviews on record."""

    record: str
    """The key of the decision; `REPORT:N` of what a report states of the past."""
    regime: CaseRegime
    regulation: str | None
    level: Level | None
    kind: str | None
    days: tuple[str, str] | None
    """The first and last possible day of the decision; None where it is not stated."""
    state: State
    breaches: tuple[str, ...]
    """The provisions that it says were broken; empty where that is not stated."""
    changed_by: tuple[str, ...] = ()
    """The reviews and revocations that made it what it is."""
    lapse: Lapse | None = None


_VOID = (ReviewResult.REVOKED, ReviewResult.CANCELLED)
_OTHER = (ReviewResult.LIGHTENED, ReviewResult.AGGRAVATED, ReviewResult.CHANGED)


def imposed(case: c.CaseFile) -> tuple[Imposed, ...]:
    """Every sanction on record, by key; and those that only a report tells of."""
    taken = [record for record in case.records if record.date is not NEVER]
    answers = _answers(taken)
    found = [
        _of_record(record, answers)
        for record in taken
        if isinstance(record, c.Decision) and record.result is DecisionResult.SANCTION
    ]
    for report in case.reports:
        for number, earlier in enumerate(report.person.earlier_sanctions or (), start=1):
            found.append(
                Imposed(
                    f"{report.key}:{number}",
                    CaseRegime(earlier.regime.value),
                    None,
                    None if earlier.level is None else Level(earlier.level.value),
                    None,
                    days(earlier.imposed_on),
                    State.VOID if earlier.revoked else State.STANDS,
                    (),
                )
            )
    return tuple(sorted(found, key=lambda one: one.record))


def days(value: object) -> tuple[str, str] | None:
    """The first and last possible day of what is stated; None where nothing is, or it may not have
    happened.
    """
    known = windows(value)
    if not known or not all(isinstance(day, Span) for day in known):
        return None
    spans = [day for day in known if isinstance(day, Span)]
    return spans[0].first.isoformat(), spans[-1].last.isoformat()


def _answers(records: Sequence[c.Record]) -> Mapping[str, list[c.Record]]:
    found: dict[str, list[c.Record]] = {}
    for record in sorted(records, key=lambda r: r.key):
        for key in record.of:
            found.setdefault(key, []).append(record)
    return found


def _of_record(record: c.Decision, answers: Mapping[str, list[c.Record]]) -> Imposed:
    after = list(_after(record.key, answers))
    reviews = sorted(
        (r for r in after if isinstance(r, c.Review)),
        key=lambda r: days(r.date) or ("", ""),
    )
    withdrawn = [r for r in after if isinstance(r, c.Revocation)]
    level = None if record.level is None else Level(record.level.value)
    kind = record.sanction
    changed: list[str] = []
    state = State.STANDS
    for review in reviews:
        if review.result in _VOID:
            state = State.VOID
        elif review.result in _OTHER:
            level = None if review.level is None else Level(review.level.value)
            kind = review.sanction
        else:
            continue
        changed.append(review.key)
    if withdrawn:
        state = State.VOID
        changed += [one.key for one in withdrawn]
    if state is State.STANDS and _waits(after, answers):
        state = State.PENDING
    return Imposed(
        record.key,
        record.regime,
        record.regulation,
        level,
        kind,
        days(record.date),
        state,
        tuple(sorted(record.breaches)),
        tuple(changed),
    )


def _waits(after: Iterable[c.Record], answers: Mapping[str, list[c.Record]]) -> bool:
    """Whether an objection or appeal on record has no decision yet."""
    return any(
        not any(isinstance(one, c.Review) for one in _after(asked.key, answers))
        for asked in after
        if isinstance(asked, c.Objection | c.Appeal)
    )


def _after(key: str, answers: Mapping[str, list[c.Record]]) -> Iterable[c.Record]:
    """The records that answer another, and those that answer them; another decision is not
    followed: it has answers of its own.
    """
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        for record in answers.get(waiting.pop(), ()):
            if record.key not in seen and not isinstance(record, c.Decision):
                seen.add(record.key)
                waiting.append(record.key)
                yield record
