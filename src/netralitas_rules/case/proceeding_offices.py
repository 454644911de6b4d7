"""Whether an office is one of those that may take a step."""

from dataclasses import dataclass

from netralitas_rules.case.proceeding_file import File, known
from netralitas_rules.case.proceeding_model import Gap
from netralitas_rules.facts.casefile import Decision, Record, Team
from netralitas_rules.facts.record_vocabulary import Office
from netralitas_rules.law.procedures import ProcedureStep


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether who made a record may take a step."""

    may: bool | None
    """None where that is not known."""
    offices: tuple[Office, ...] = ()
    """Those that may."""
    gap: Gap | None = None
    """What is not known."""
    readings: tuple[tuple[str, str], ...] = ()
    """Question and reading, where only under some it may not."""


def may(file: File, step: ProcedureStep, record: Record) -> Answer:
    """Whether who made a record may take the step."""
    offices = step.by
    if step.by_authority:
        found = file.question.competent(record) if isinstance(record, Decision) else None
        if found is None:
            return Answer(None, gap=Gap.AUTHORITY)
        offices = found
    elif not offices:
        return Answer(may=True)
    if record.by is None:
        return Answer(None, offices, Gap.OFFICE)
    if record.by in offices:
        return Answer(may=True, offices=offices)
    designated = known(record.designated) if isinstance(record, Team) else False
    if step.or_designated and designated is not False:
        return Answer(designated, offices, Gap.DESIGNATION if designated is None else None)
    if (by_reading := step.by_reading) is not None:
        question = file.question.plan.questions[by_reading.question]
        taken, _ = question.taken(file.question.as_of)
        ways = [one for one in by_reading.offices if taken in (None, one[0])]
        against = [reading for reading, allowed in ways if record.by not in allowed]
        if len(against) < len(ways):
            readings = tuple((question.id, reading) for reading in against)
            return Answer(not readings, offices, readings=readings)
    holders, agencies = file.question.plan.holders, file.question.agencies
    if any(holder.joins(record.by, office, agencies) for holder in holders for office in offices):
        return Answer(None, offices, Gap.ROLE)
    return Answer(may=False, offices=offices)
