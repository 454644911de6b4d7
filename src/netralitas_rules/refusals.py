"""What a user is told when facts, a reading or a name cannot be taken."""

from collections.abc import Iterable
from pathlib import Path

from netralitas_rules.engine.frames import MAX_FRAMES, FactsRefused
from netralitas_rules.engine.plan import Constraint, Plan
from netralitas_rules.facts.space import DETERMINED, READING_PREFIX, STAGE
from netralitas_rules.loading.calendars import StepPlaces
from netralitas_rules.loading.diagnostics import (
    Code,
    Diagnostic,
    Refused,
    listing,
    shown,
    suggest,
)


def unknown_rule(name: str, known: Iterable[str]) -> Diagnostic:
    """The diagnostic for a rule that the ruleset does not have."""
    return Diagnostic(
        Code.UNKNOWN_REFERENCE,
        f"there is no rule `{name}`",
        expected=listing(known),
        found=shown(name),
        help=suggest(name, known),
    )


def unknown_ruleset(name: str, known: Iterable[str]) -> Diagnostic:
    """The diagnostic for what is neither a folder nor the name of a bundled ruleset."""
    known = list(known)
    a_file = Path(name).is_file()
    return Diagnostic(
        Code.UNKNOWN_RULESET,
        f"there is no ruleset `{name}`",
        expected=f"a folder, or one of {listing(known)}",
        found=f"the file `{name}`" if a_file else f"`{name}`",
        help=f"a ruleset is a folder: {Path(name).parent}" if a_file else suggest(name, known),
    )


def unknown_reading(plan: Plan, question: str, reading: str) -> Diagnostic:
    """The diagnostic for a question that is not computed, or has no such reading."""
    fact = plan.space.by_path.get(READING_PREFIX + question)
    if fact is None:
        known = [path.removeprefix(READING_PREFIX) for path in _readings(plan)]
        return Diagnostic(
            Code.UNKNOWN_REFERENCE,
            f"there is no computed question `{question}`",
            expected="the id of a computed question",
            found=f"`{question}`",
            help=suggest(question, known),
        )
    return Diagnostic(
        Code.UNKNOWN_REFERENCE,
        f"question `{question}` has no reading `{reading}`",
        expected=listing(fact.bits),
        found=f"`{reading}`",
        help=suggest(reading, map(str, fact.bits)),
    )


def _readings(plan: Plan) -> list[str]:
    return [plan.space.facts[index].spec.path for index in plan.readings]


def refusal(error: FactsRefused, plan: Plan, calendars: StepPlaces) -> Refused:
    """The refusal that a user sees, from what the engine found; `calendars`: where they stand."""
    if error.reason == Code.STAGE_DEPARTS and error.clash is not None:
        return Refused([_departure(error, error.clash, plan, calendars)])
    return Refused([_diagnostic(error, Code(error.reason), plan)])


def _departure(
    error: FactsRefused, step: Constraint, plan: Plan, calendars: StepPlaces
) -> Diagnostic:
    """A stated stage that is not that of the calendar; the step of the calendar is shown."""
    fact = plan.space.by_path[STAGE]
    held = " or ".join(f"`{value}`" for value in fact.decode(step.then.allowed))
    at = step.calendar
    place = calendars.get((at.calendar, at.contest, at.steps[0])) if at is not None else None
    return Diagnostic(
        Code.STAGE_DEPARTS,
        "the stage stated contradicts the calendar, and no note says why",
        expected=f"{held}, by the calendar {step.says.en}",
        found=f"{shown(error.value)} on the date of the act",
        help="correct the stage or leave it out; where the beneficiary was determined on another "
        "day than the calendar says, write why under `stage_note`",
        positions=(place,) if place is not None else (),
        path=error.path,
    )


def _diagnostic(error: FactsRefused, code: Code, plan: Plan) -> Diagnostic:
    path = error.path
    name = path[-1] if path else ""
    match code:
        case Code.UNKNOWN_FACT:
            known = error.detail.split(",")
            return Diagnostic(
                code,
                f"there is no fact `{name}` here",
                expected=listing(known),
                found=shown(error.value),
                help=suggest(name, known),
                path=path,
            )
        case Code.UNKNOWN_VALUE:
            values = [str(v).lower() if isinstance(v, bool) else v for v in error.allowed]
            return Diagnostic(
                code,
                error.detail or f"`{name}` has no such value",
                expected=listing(values, limit=30),
                found=shown(error.value),
                help=suggest(str(error.value), values),
                path=path,
            )
        case Code.NOT_A_MAPPING:
            return Diagnostic(
                code,
                f"`{name}` must be a mapping",
                expected="a mapping of facts",
                found=shown(error.value),
                path=path,
            )
        case Code.DATE_ORDER:
            return Diagnostic(
                code,
                "the act lies after it was reported, examined or decided, or after as_of",
                expected=f"a date up to {error.detail}",
                found=shown(error.value),
                help="check the date of the act and the dates of report and proceeding",
                path=path,
            )
        case Code.TOO_MANY_FRAMES:
            return Diagnostic(
                code,
                "this incident has too many combinations of people, acts and dates",
                expected=f"at most {MAX_FRAMES}",
                help="split the report",
            )
        case _:
            return _contradiction(error, plan)


def _contradiction(error: FactsRefused, plan: Plan) -> Diagnostic:
    clash = error.clash
    expected = found = ""
    if error.path[-1:] == (DETERMINED.partition(".")[2],):
        expected = "`candidate` where the determination came first, else `prospective`"
        found = f"facts that leave no stage: {error.detail}"
    elif clash is not None:
        cited = "; ".join(plan.provisions[basis].cite.en for basis in clash.basis)
        expected = f"facts that fit together: {clash.says.en}{f' ({cited})' if cited else ''}"
        left = plan.space.facts[clash.then.fact].spec.path
        found = f"facts that leave no value of `{left}`"
        if error.detail:
            found += f"; stated of those it goes by: {error.detail}"
    return Diagnostic(
        Code.CONTRADICTORY_FACTS,
        "these facts contradict each other",
        expected=expected,
        found=found,
        help="correct one of the stated facts, or leave out what is not known",
        path=error.path,
    )
