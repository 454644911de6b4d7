"""Whether an office is one of those that may take a step."""

from dataclasses import dataclass

from netralitas_rules.case.proceeding_file import File, known
from netralitas_rules.case.proceeding_model import Gap
from netralitas_rules.facts.casefile import Decision, Record, Team
from netralitas_rules.facts.record_vocabulary import Office
from netralitas_rules.law.procedures import ProcedureStep

_PLACES = frozenset({Office.DIRECT_SUPERIOR, Office.SUPERIOR_OF_DIRECT_SUPERIOR, Office.PYB})
"""Offices that the law names by their place: somebody holds them with a post."""
_POSTS = frozenset(
    {Office.JPT_MADYA, Office.JPT_PRATAMA, Office.ADMINISTRATOR, Office.PENGAWAS}
    | {Office.DESIGNATED_JF_AHLI_MADYA, Office.DESIGNATED_JF_AHLI_MUDA}
)
_ECHELONS = frozenset(
    {Office.ECHELON_I, Office.ECHELON_II, Office.ECHELON_III, Office.ECHELON_IV, Office.ECHELON_V}
)
_UNNAMED = frozenset({Office.DELEGATED_OFFICIAL, Office.COMPETENT_OFFICIAL, Office.AGENCY_RULE})
"""Whom another act names: a delegation, the agency's own rule."""
_PERSONNEL = frozenset({Office.PPK})
_ONE_HOLDER = (
    (_PLACES, _POSTS | _ECHELONS | _PERSONNEL),
    (frozenset({Office.PYB}), _PLACES),
    (_ECHELONS, _POSTS),
    (_UNNAMED, _PLACES | _POSTS | _ECHELONS | _PERSONNEL | {Office.OTHER}),
)
"""Offices of the two groups of a pair may have one holder."""
_APART = frozenset({frozenset({Office.PPK, Office.PYB})})
"""Who proposes to the personnel authority is not that authority."""


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
    if any(_one_holder(record.by, office) for office in offices):
        return Answer(None, offices, Gap.ROLE)
    return Answer(may=False, offices=offices)


def _one_holder(one: Office, other: Office) -> bool:
    """Whether one person can hold both: the direct superior, and head of a unit."""
    if frozenset({one, other}) in _APART:
        return False
    return any(
        (one in first and other in second) or (other in first and one in second)
        for first, second in _ONE_HOLDER
    )
