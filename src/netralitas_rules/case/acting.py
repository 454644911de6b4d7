"""Who may act on what is open in a case, and which remedies stand against what was imposed."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from netralitas_rules.case.authority import Competence, competent
from netralitas_rules.case.imposed import Imposed, State
from netralitas_rules.case.matters import service_on
from netralitas_rules.case.regimes import PathAt, RegimeOutcome
from netralitas_rules.case.remedies import Remedy, remedies
from netralitas_rules.case.repeat import Repeat
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.accounts import first_and_last
from netralitas_rules.facts.leaves import OneOf, Span
from netralitas_rules.facts.record_vocabulary import Agency, Assignment, Office
from netralitas_rules.facts.vocabulary import Post, SubjectStatus, UnitKind
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.procedure.working_days import Week

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class PathActors:
    """Who may impose the kinds of sanction of one path."""

    at: PathAt
    regime: Regime
    competences: tuple[Competence, ...]
    """Empty where the ruleset does not say, or the status of the person is not known."""


@dataclass(frozen=True, slots=True)
class SanctionRemedies:
    """What stands open against one sanction that was imposed."""

    record: str
    received: tuple[str, str] | None
    """When it reached the person."""
    remedies: tuple[Remedy, ...]
    """Counted from the first possible day of receipt; without days where that is not known."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the person is, as far as the tables ask for it; None is not known."""

    status: SubjectStatus | None = None
    post: Post | None = None
    heads_regional_office: bool | None = None
    unit_headed_by: Office | None = None
    agencies: frozenset[Agency] = frozenset(Agency)
    """Whose the own agency can be."""
    assignment: Assignment | None = Assignment.OWN_AGENCY
    """The own agency where the service record names no other; the tables then ask what holds of
    one who moved.
    """


def held(case: c.CaseFile, day: datetime.date) -> Held:
    """What the person is on a day, by the service record; where that says nothing, what the reports
    state without contradiction.
    """
    parts: Sequence[Any] = service_on(case.service, Span(day, day))
    if not parts:
        parts = [report.person for report in case.reports]
    heads, unit = _one(parts, "heads_unit"), _one(parts, "unit")
    regional = None
    if heads is False or (unit is not None and unit is not UnitKind.REGIONAL_OFFICE):
        regional = False
    elif heads and unit is UnitKind.REGIONAL_OFFICE:
        regional = True
    status, post = _one(parts, "status"), _one(parts, "post")
    headed = _one(parts, "unit_headed_by")
    return Held(
        None if status is None else SubjectStatus(status),
        None if post is None else Post(post),
        regional,
        Office(headed) if headed is not None and headed in set(Office) else None,
        frozenset(one for part in parts for one in _agencies(part)) or frozenset(Agency),
        _assignment(parts),
    )


_AGENCIES: Mapping[UnitKind, frozenset[Agency]] = {
    UnitKind.HEAD_OFFICE: frozenset((Agency.CENTRAL,)),
    UnitKind.REGIONAL_OFFICE: frozenset((Agency.CENTRAL,)),
    UnitKind.TECHNICAL_UNIT: frozenset((Agency.CENTRAL,)),
    UnitKind.REGIONAL_GOVERNMENT: frozenset((Agency.PROVINCE, Agency.REGENCY_CITY)),
}
"""Whose a kind of unit can be, by its definition in the codebook; the others may be anybody's."""


def _agencies(part: Any) -> frozenset[Agency]:
    """Whose the agency can be, by what a part states of it and of the unit; all that either leaves
    where the two contradict each other.
    """
    stated = _possible(getattr(part, "agency", None), Agency)
    units = _possible(part.unit, UnitKind)
    by_unit = frozenset(one for unit in units for one in _AGENCIES.get(unit, Agency))
    return stated & by_unit or stated | by_unit


def _possible(value: Any, words: type[Word]) -> frozenset[Word]:
    """The words that a leaf leaves possible."""
    if isinstance(value, OneOf):
        named = frozenset(map(words, value.values))
        return frozenset(words) - named if value.negated else named
    return frozenset(words) if value is None else frozenset((words(value),))


def _assignment(parts: Sequence[Any]) -> Assignment | None:
    if all(getattr(part, "assignment", None) is None for part in parts):
        return Assignment.OWN_AGENCY
    stated = _one(parts, "assignment")
    return None if stated is None else Assignment(stated)


def _one(parts: Iterable[Any], name: str) -> Any:
    """What all parts say of a fact, if that is one thing."""
    values = {getattr(part, name, None) for part in parts}
    if len(values) != 1:
        return None
    (value,) = values
    return value if isinstance(value, str | bool) else None


def actors(
    plan: Plan,
    outcomes: Iterable[RegimeOutcome],
    repeats: Iterable[Repeat],
    person: Held,
    *,
    as_of: datetime.date,
) -> Iterator[PathActors]:
    """For every path that is left, who may act on it if it is decided on the day."""
    if person.status is None:
        return
    repeated = {one.at: one for one in repeats if one.certain}
    for outcome in outcomes:
        for path in outcome.taken:
            kinds, level = path.sanctions, path.level
            repeat = repeated.get(path.at)
            if repeat is not None and (repeat.heavier or repeat.to_compare):
                kinds = (*repeat.heavier, *repeat.to_compare)
                level = repeat.raised_to or level
            yield PathActors(
                path.at,
                outcome.regime,
                competent(
                    plan,
                    regime=outcome.regime,
                    status=person.status,
                    kinds=kinds,
                    on=as_of,
                    level=level,
                    post=person.post,
                    heads_regional_office=person.heads_regional_office,
                    unit_headed_by=person.unit_headed_by,
                    agencies=person.agencies,
                    assignment=person.assignment,
                ),
            )


def against(
    plan: Plan,
    case: c.CaseFile,
    sanctions: Iterable[Imposed],
    *,
    as_of: datetime.date,
    joint_leave: Sequence[datetime.date] = (),
    week: Week = Week.FIVE_DAYS,
) -> Iterator[SanctionRemedies]:
    """For every sanction of a record that stands or may: what the person can do against it."""
    decisions = {r.key: r for r in case.records if isinstance(r, c.Decision)}
    received = _received(case.records)
    for one in sanctions:
        decision = decisions.get(one.record)
        if decision is None or one.state is State.VOID:
            continue
        # What stands open is against the decision as it was made, not as a review left it.
        kind = decision.sanction
        if kind is None or kind not in plan.kinds:
            continue
        day = received.get(one.record)
        decided = decided_on(decision, as_of)
        status = held(case, decided).status
        if status is None:
            continue
        found = remedies(
            plan,
            regime=Regime(one.regime.value),
            status=status,
            kinds=[kind],
            level=None if decision.level is None else Level(decision.level.value),
            decided_by=decision.by,
            received_on=None if day is None else day.first,
            as_of=decided,
            joint_leave=joint_leave,
            week=week,
        )
        days = None if day is None else (day.first.isoformat(), day.last.isoformat())
        yield SanctionRemedies(one.record, days, found)


def _received(records: Iterable[c.Record]) -> Mapping[str, Span]:
    """When each decision reached the person, where that is on record."""
    found: dict[str, Span] = {}
    for record in records:
        if isinstance(record, c.Delivery) and record.appeared is not False:
            days = first_and_last(record.date)
            if days is None:
                continue
            for key in record.of:
                if key not in found or days.first < found[key].first:
                    found[key] = days
    return found


def decided_on(decision: c.Decision, as_of: datetime.date) -> datetime.date:
    """The first possible day of a decision; `as_of` where none is on record."""
    days = first_and_last(decision.date)
    return as_of if days is None else days.first
