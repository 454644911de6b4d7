"""Linking deadlines and joint leave: one count for every reading, and nothing twice."""

import datetime
from collections.abc import Mapping

from netralitas_rules.law.deadlines import Count, DeadlineRule, FirstDay, JointLeave, Unit
from netralitas_rules.law.model import Question
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, listing
from netralitas_rules.loading.documents import CountDoc, DeadlineDoc
from netralitas_rules.loading.linking import Context, text

_UNITS = {
    "days": Unit.DAYS,
    "working_days": Unit.WORKING_DAYS,
    "hours": Unit.HOURS,
}


def deadlines(ctx: Context, questions: Mapping[str, Question]) -> dict[str, DeadlineRule]:
    """Every deadline whose basis, questions and counts fit."""
    found: dict[str, DeadlineRule] = {}
    for key, item in ctx.sections["deadlines"].items():
        doc, at = item.doc, item.place
        ctx.check_basis(doc.basis, at / "basis")
        found[key] = DeadlineRule(
            key,
            text(doc.says),
            doc.from_,
            doc.means,
            doc.direction,
            _first_days(ctx, doc, at, questions),
            _counts(ctx, doc, at, questions),
            tuple(doc.basis),
            doc.first_day if doc.first_day in questions else None,
            doc.question,
            text(doc.note) if doc.note is not None else None,
        )
    return found


def joint_leave(ctx: Context) -> dict[str, JointLeave]:
    """Joint leave as it is written; no day stands twice."""
    found: dict[str, JointLeave] = {}
    seen: dict[datetime.date, Place] = {}
    for key, item in ctx.sections["joint-leave"].items():
        for index, day in enumerate(item.doc.days):
            at = item.place / "days" / index
            if day in seen:
                ctx.problem(
                    at,
                    Code.DUPLICATE_ITEM,
                    f"`{day}` stands twice among the days of joint leave",
                    expected="each day once",
                    also=seen[day],
                )
            seen[day] = at
        found[key] = JointLeave(key, text(item.doc.says), tuple(item.doc.days), item.doc.source)
    return found


def _counts(
    ctx: Context, doc: DeadlineDoc, at: Place, questions: Mapping[str, Question]
) -> tuple[tuple[str, Count], ...]:
    """The count under every reading of its question; the only one where there is none."""
    if doc.question is None:
        if doc.readings:
            _wrong(ctx, at / "readings", "`readings` stand under no question", "a `question` too")
        return (("", _count(ctx, doc, at)),)
    question = questions.get(doc.question)
    if question is None:
        ctx.unknown(at / "question", "question", doc.question, questions)
    elif set(doc.readings) != {reading.id for reading in question.readings}:
        _wrong(
            ctx,
            at / "readings",
            f"the readings are not those of `{doc.question}`",
            f"a count for each of {listing(reading.id for reading in question.readings)}",
        )
    if _units(doc) or doc.then_days is not None:
        _wrong(
            ctx,
            at,
            "a count stands beside those of the readings",
            "a count under every reading, and none beside them",
        )
    return tuple(
        (reading, _count(ctx, one, at / "readings" / reading))
        for reading, one in doc.readings.items()
    )


def _count(ctx: Context, doc: CountDoc, at: Place) -> Count:
    units = _units(doc)
    if len(units) != 1:
        _wrong(
            ctx,
            at,
            f"it is said {'twice' if units else 'nowhere'} how long this is",
            "one of `days`, `working-days` and `hours` (no hours under a reading)",
        )
    number, unit = units[0] if units else (1, Unit.DAYS)
    return Count(number, unit, doc.then_days or 0)


def _units(doc: CountDoc) -> list[tuple[int, Unit]]:
    found = [(getattr(doc, name, None), unit) for name, unit in _UNITS.items()]
    return [(number, unit) for number, unit in found if number is not None]


def _first_days(
    ctx: Context,
    doc: DeadlineDoc,
    at: Place,
    questions: Mapping[str, Question],
) -> tuple[tuple[str, FirstDay], ...]:
    """Whether the day of the event counts, under every reading of its question."""
    either = tuple((str(first_day), first_day) for first_day in FirstDay)
    if doc.hours is not None and doc.first_day is not None:
        _wrong(ctx, at / "first-day", "hours run from the moment", "no `first-day` with `hours`")
    elif doc.hours is None and doc.first_day is None:
        _wrong(
            ctx,
            at,
            "it is not said whether the first day counts",
            "`first-day: counted`, `not-counted` or the name of a question",
        )
    if doc.first_day is None:
        return (("", FirstDay.NOT_COUNTED),)
    if doc.first_day in (FirstDay.COUNTED, FirstDay.NOT_COUNTED):
        return (("", FirstDay(doc.first_day)),)
    question = questions.get(doc.first_day)
    if question is None:
        ctx.unknown(at / "first-day", "question", doc.first_day, [*FirstDay, *questions])
    elif {reading.id for reading in question.readings} != set(FirstDay):
        _wrong(
            ctx,
            at / "first-day",
            f"question `{doc.first_day}` does not ask whether a day is counted",
            f"a question with the readings {listing(FirstDay)}",
        )
    elif doc.first_day == doc.question:
        _wrong(
            ctx,
            at / "first-day",
            f"question `{doc.first_day}` decides the count already",
            "another question, `counted` or `not-counted`",
        )
    return either


def _wrong(ctx: Context, at: Place, message: str, expected: str) -> None:
    ctx.problem(at, Code.BAD_DEADLINE, message, expected=expected)
