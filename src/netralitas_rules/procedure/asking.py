"""Asking a ruleset for a deadline: checks what was asked, and says what is wrong with it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.leaves import parse_day
from netralitas_rules.law.deadlines import DeadlineRule
from netralitas_rules.law.model import Provision, Text
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused, listing, shown, suggest
from netralitas_rules.procedure import national
from netralitas_rules.procedure.deadlines import Deadline, Taken, deadline
from netralitas_rules.procedure.working_days import Week, WorkingDays

_JOINT_LEAVE = Text("cuti bersama", "joint leave")


def ask(
    plan: Plan,
    name: str,
    *,
    on: datetime.date | str,
    joint_leave: Iterable[datetime.date | str] = (),
    week: Week | str = Week.FIVE_DAYS,
    readings: Mapping[str, str] | None = None,
) -> Deadline:
    """The deadline of this name for an event on a day. Raises `Refused`."""
    rule = plan.deadlines.get(name)
    if rule is None:
        raise Refused([_unknown(name, "deadline", plan.deadlines)])
    day = _day(on, "on")
    leave = {day: one.says for one in plan.joint_leave.values() for day in one.days}
    for given in joint_leave:
        leave.setdefault(_day(given, "joint_leave"), _JOINT_LEAVE)
    return deadline(
        rule,
        on=day,
        days=WorkingDays(national.holiday, _week(week), leave),
        basis=_in_force(rule, plan.provisions, day),
        taken=_taken(rule, plan, readings or {}, day),
    )


def _day(value: datetime.date | str, name: str) -> datetime.date:
    """One day, of the years whose holidays are known."""
    try:
        day = value if isinstance(value, datetime.date) else parse_day(value)
    except ValueError as error:
        raise Refused(
            [
                Diagnostic(
                    Code.BAD_DATE,
                    f"`{name}`: {error}",
                    expected="a day (2024-01-31)",
                    found=shown(value),
                )
            ]
        ) from None
    if isinstance(day, datetime.datetime):
        day = day.date()
    if not national.FIRST_YEAR <= day.year <= national.LAST_YEAR:
        raise Refused(
            [
                Diagnostic(
                    Code.BAD_DATE,
                    f"`{name}` lies outside the years whose holidays are known",
                    expected=f"a day of the years {national.FIRST_YEAR} to {national.LAST_YEAR}",
                    found=shown(day),
                )
            ]
        )
    return day


def _week(value: Week | str) -> Week:
    try:
        return Week(value)
    except ValueError:
        known = [week.value for week in Week]
        raise Refused(
            [
                Diagnostic(
                    Code.UNKNOWN_VALUE,
                    "there is no such working week",
                    expected=listing(known),
                    found=shown(value),
                    help=suggest(str(value), known),
                )
            ]
        ) from None


def _in_force(
    rule: DeadlineRule, provisions: Mapping[str, Provision], day: datetime.date
) -> Iterator[str]:
    """Those of its basis that were in force. Raises `Refused` where none was."""
    basis = [provisions[name] for name in rule.basis]
    found = [one.id for one in basis if one.validity.meets(day, day)]
    if not found:
        spans = " or ".join(_span(one) for one in basis)
        raise Refused(
            [
                Diagnostic(
                    Code.NOT_IN_FORCE,
                    f"the law that `{rule.id}` rests on was not in force on that day",
                    expected=spans,
                    found=f"`{day}`",
                    help="`netralitas deadline` lists the deadlines of every law",
                )
            ]
        )
    yield from found


def _span(provision: Provision) -> str:
    first, last = provision.validity.first, provision.validity.last
    ends = [f"from {first}"] if first is not None else []
    ends += [f"until {last}"] if last is not None else []
    return f"a day {' '.join(ends)} ({provision.cite.en})"


def _taken(
    rule: DeadlineRule, plan: Plan, readings: Mapping[str, str], day: datetime.date
) -> Iterator[Taken]:
    """The reading of every question that the deadline turns on, as far as one is taken."""
    for question, reading in readings.items():
        if question not in rule.questions:
            raise Refused([_unknown(question, f"question of `{rule.id}`", rule.questions)])
        known = [one.id for one in plan.questions[question].readings]
        if reading not in known:
            raise Refused([_unknown(reading, f"reading of `{question}`", known)])
    for name in rule.questions:
        if name in readings:
            yield Taken(name, readings[name], "argument")
            continue
        taken, by = plan.questions[name].taken(day)
        if taken is not None:
            yield Taken(name, taken, by)


def _unknown(name: str, what: str, known: Iterable[str]) -> Diagnostic:
    known = list(known)
    return Diagnostic(
        Code.UNKNOWN_REFERENCE,
        f"there is no {what} `{name}`",
        expected=listing(known, limit=8) if known else "none: no question of law decides it",
        found=f"`{name}`",
        help=suggest(name, known),
    )
