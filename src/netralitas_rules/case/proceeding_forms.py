"""Forms of a step and reasons of a decision: kept, not kept, or not stated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from netralitas_rules.case.proceeding_file import File, known
from netralitas_rules.case.proceeding_limits import Readings
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.leaves import OneOf
from netralitas_rules.facts.record_vocabulary import (
    DecisionResult,
    Reason,
    RecordStep,
    Signature,
    TeamMember,
    Vote,
)
from netralitas_rules.law.model import Level
from netralitas_rules.law.procedures import Form, FormRule, ReasonRule
from netralitas_rules.law.regimes import LEVELS


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether a form was kept."""

    kept: bool | None
    """None where the file does not say."""
    readings: Readings = ()
    """Where only some readings say that it was not."""
    value: str = ""
    """What the file has."""


def kept(file: File, rule: FormRule, record: c.Record) -> Kept:
    """Whether a record has a form."""
    match record:
        case c.Examination():
            return Kept(_EXAMINATION[rule.form](record))
        case c.Team():
            return _team(rule, record)
        case c.CouncilHearing():
            return _hearing(file, rule, record)
        case c.CouncilDecision():
            vote = known(record.vote)
            return Kept(None if vote is None else vote is not Vote.NEITHER)
        case c.Decision():
            return _decision(file, rule.form, record)
        case c.Delivery():
            return _delivery(file, rule.form, record)
        case _:  # pragma: no cover - the linker holds every form to the records that can show it
            raise TypeError(record.step)


def stated(rule: ReasonRule, decision: c.Decision) -> bool | None:
    """Whether the reasons of a decision state something; None where they are not in the file."""
    if rule.states is Reason.BREACH_NAMED and decision.breaches:
        return True
    return None if decision.states is None else rule.states in decision.states


def _denied(*, leaf: bool | OneOf[bool] | None) -> bool | None:
    """Whether a thing is not so."""
    value = known(leaf)
    return None if value is None else not value


# -- examination


def _signed(record: c.Examination) -> bool | None:
    """The refusal to sign is no bar; a signature that is neither there nor refused is missing."""
    signature = known(record.signed_by_person)
    return None if signature is None else signature is not Signature.ABSENT


_EXAMINATION: Mapping[Form, Callable[[c.Examination], bool | None]] = {
    Form.CLOSED: lambda record: known(record.closed),
    Form.MINUTES_WRITTEN: lambda record: known(record.minutes),
    Form.SIGNED_BY_EXAMINER: lambda record: known(record.signed_by_examiner),
    Form.SIGNED_BY_PERSON: _signed,
    Form.EXAMINER_NOT_LOWER: lambda record: _denied(leaf=record.examiner_lower),
}


# -- team


def _team(rule: FormRule, record: c.Team) -> Kept:
    members = record.members
    if members is None:
        return Kept(None)
    named = ", ".join(sorted(members))
    if rule.form is Form.HIGHER_SUPERIOR:
        if TeamMember.DIRECT_SUPERIOR not in members:
            return Kept(kept=True)
        return Kept(_denied(leaf=record.superior_involved))
    missing = [one for one in rule.elements if {*members}.isdisjoint(one)]
    if not missing:
        return Kept(kept=True, value=named)
    # The next higher one sits in the place of a direct superior who is involved, of no other.
    stands_in = TeamMember.SUPERIOR_OF_DIRECT_SUPERIOR in members
    if stands_in and all(TeamMember.DIRECT_SUPERIOR in one for one in missing):
        return Kept(known(record.superior_involved), value=named)
    return Kept(kept=False, value=named)


# -- ethics council


def _hearing(file: File, rule: FormRule, record: c.CouncilHearing) -> Kept:
    match rule.form:
        case Form.COUNCIL_OFFICERS:
            both = (known(record.chair), known(record.secretary))
            return Kept(False if False in both else None if None in both else True)
        case Form.COUNCIL_FORMED:
            return Kept(known(record.formed_by_ppk))
        case Form.COUNCIL_NOT_LOWER:
            return Kept(_denied(leaf=record.lower_member))
        case Form.DEFENCE_HEARD:
            heard = known(record.defence_heard)
            # A defence on record is one that was heard, unless the hearing says otherwise.
            return Kept(True if heard is None and file.all(RecordStep.DEFENCE) else heard)
    if record.members is None:
        return Kept(None)
    value = str(record.members)
    if rule.form is Form.COUNCIL_ODD:
        return Kept(record.members <= rule.above or record.members % 2 == 1, value=value)
    open_ways = _open(file, rule)
    short = [reading for reading, number in open_ways if record.members < number]
    if len(short) in (0, len(open_ways)):
        return Kept(not short, value=value)
    question = rule.question or ""
    return Kept(kept=False, readings=tuple((question, one) for one in short), value=value)


def _open(file: File, rule: FormRule) -> list[tuple[str, int]]:
    """The numbers that the readings still open give."""
    if rule.question is None:
        return [*rule.at_least]
    taken, _ = file.question.plan.questions[rule.question].taken(file.question.as_of)
    return [one for one in rule.at_least if taken in (None, one[0])]


# -- decision


def _decision(file: File, form: Form, record: c.Decision) -> Kept:
    if form is Form.RESTS_ON_REPORT:
        return Kept(_rests(file, record))
    if record.result is DecisionResult.NO_BREACH:
        return Kept(kept=True)
    match form:
        case Form.KIND_OF_LEVEL:
            kinds = file.question.kinds
            if record.sanction is None:
                return Kept(None)
            allowed = not kinds or record.sanction in kinds or _raised(file, record)
            return Kept(allowed, value=record.sanction)
        case Form.LEVEL_OF_BREACH:
            level = file.question.level
            if record.level is None:
                return Kept(None)
            allowed = level is None or record.level.value == level.value or _raised(file, record)
            return Kept(allowed, value=record.level)
    councils = file.all(RecordStep.COUNCIL_DECISION)
    found = [one for one in councils if isinstance(one, c.CouncilDecision)]
    if form is Form.RECOMMENDED:
        found = [one for one in found if one.key in record.of]
        return Kept(_some([known(one.recommends_action) for one in found]))
    return Kept(_some([known(one.breach) for one in found]))


def _raised(file: File, record: c.Decision) -> bool:
    """Whether it is of a heavier level, as a repeat may ask."""
    own, level = file.question.level, record.level
    if not file.question.raised or own is None or level is None:
        return False
    return LEVELS.index(Level(level.value)) > LEVELS.index(own)


def _some(values: list[bool | None]) -> bool | None:
    """Whether one of them is true; None where none is known to be, and not all to be false."""
    if True in values:
        return True
    return None if None in values or not values else False


def _rests(file: File, decision: c.Decision) -> bool | None:
    """Whether what the decision acts on leads to a report, or to who learned of something."""
    by_key = {record.key: record for record in file.question.records}
    reached, ahead = set[str](), list(decision.of)
    while ahead:
        key = ahead.pop()
        if key not in by_key:
            return True  # a report: the file holds no other keys
        if key not in reached:
            reached.add(key)
            ahead += by_key[key].of
    roots = (c.Informed, c.Referral, c.Recommendation)
    if any(isinstance(by_key[key], roots) for key in reached):
        return True
    return None if any(isinstance(one, c.Informed) for one in by_key.values()) else False


# -- delivery


def _delivery(file: File, form: Form, record: c.Delivery) -> Kept:
    if form is Form.SENT_IF_ABSENT:
        there = known(record.appeared)
        return Kept(kept=True) if there else Kept(None if there is None else known(record.sent))
    decided = {one.by for one in file.all(RecordStep.DECISION) if one.key in record.of}
    if record.by is not None and record.by in decided:
        return Kept(kept=True)
    unknown = record.by is None or not decided or None in decided
    designated = known(record.designated)
    return Kept(None if unknown and not designated else designated)
