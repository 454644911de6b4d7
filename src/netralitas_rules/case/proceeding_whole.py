"""What is asked of a proceeding as a whole: the law of its day, one sanction, and no standstill."""

from collections.abc import Iterator
from itertools import combinations

from netralitas_rules.case.proceeding_file import File, keys, known
from netralitas_rules.case.proceeding_model import Certainty, ProceduralCode, ProceduralFinding
from netralitas_rules.facts.casefile import Decision, Informed, Record
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.record_vocabulary import RecordStep
from netralitas_rules.law.procedures import Demand, Inaction, Severity


def findings(file: File) -> Iterator[ProceduralFinding]:
    """What is found of the proceeding as a whole."""
    yield from _law(file)
    yield from _sanctions(file)
    for inaction in file.question.procedure.inactions:
        yield from _standstill(file, inaction)


# -- the law of its day


def _law(file: File) -> Iterator[ProceduralFinding]:
    """Decisions under another law than the path's, or on a day on which it did not govern."""
    procedure = file.question.procedure
    decisions = [
        record
        for record in file.all(RecordStep.DECISION)
        if isinstance(record, Decision) and record.regime.value == procedure.regime.value
    ]
    for record in decisions:
        if record.regulation not in (None, procedure.regulation):
            yield _another(file, [record], None, Certainty.CERTAIN, str(record.regulation))
    day = file.world.first(decisions)
    if day is None and procedure.undecided is not None and not decisions:
        day = Span(file.question.as_of, file.question.as_of)  # the rest of it lies ahead
    if day is None:
        return
    spans = [file.question.plan.provisions[name].validity for name in procedure.basis]
    if not any(one.meets(day.first, day.last) for one in spans):
        yield _another(file, decisions, day, Certainty.CERTAIN)
    elif not any(one.span[0] <= day.first and day.last <= one.span[1] for one in spans):
        yield _another(file, decisions, day, Certainty.SOME_DAYS)


def _another(
    file: File, records: list[Decision], day: Span | None, certainty: Certainty, value: str = ""
) -> ProceduralFinding:
    procedure = file.question.procedure
    basis = procedure.basis
    if not records and procedure.undecided is not None:
        basis = (*basis, *procedure.undecided.basis)
    return ProceduralFinding(
        ProceduralCode.ANOTHER_LAW,
        Severity.DEFECT,
        certainty,
        procedure.says,
        None,
        keys(records),
        basis,
        file.question.mark(basis),
        day=day,
        value=value,
    )


# -- one breach, one sanction


def _sanctions(file: File) -> Iterator[ProceduralFinding]:
    """Two sanctions that both stand: on one breach, or each on one of several."""
    procedure = file.question.procedure
    standing = sorted(file.sanctions(), key=lambda record: record.key)
    for first, second in combinations(standing, 2):
        stated = bool(first.breaches and second.breaches)
        apart = stated and {*first.breaches}.isdisjoint(second.breaches)
        demand = procedure.one_kind if apart else procedure.once
        if demand is None:
            continue
        code = ProceduralCode.SEVERAL_SANCTIONS if apart else ProceduralCode.SANCTIONED_TWICE
        certainty = Certainty.CERTAIN if stated else Certainty.NOT_STATED
        shared = sorted({*first.breaches} & {*second.breaches})
        yield _demanded(file, code, demand, [first, second], certainty, ", ".join(shared))


# -- who learned of something and took no step


def _standstill(file: File, rule: Inaction) -> Iterator[ProceduralFinding]:
    starts = [
        record
        for record in file.all(rule.after)
        if not rule.by or record.by is None or record.by in rule.by
    ]
    acted = [known(one.acted) for one in starts if isinstance(one, Informed)]
    expected = [file.steps[name] for name in rule.expects]
    followed = any(file.of(step) for step in expected)
    if not starts or True in acted or followed:
        return
    said = [*{one.key: one for step in expected for one in file.not_taken(step)}.values()]
    later = [record for kind in rule.shown_by for record in file.all(kind)]
    shown = bool(said or later) or False in acted
    code = ProceduralCode.DID_NOT_ACT if shown else ProceduralCode.NO_STEP_SINCE
    certainty = Certainty.CERTAIN
    if shown and not said and False not in acted and any(one.by is None for one in starts):
        certainty = Certainty.NOT_STATED
    found = _demanded(file, code, rule.demand, [*starts, *said, *later], certainty)
    by = sorted({one.by for one in starts if one.by is not None})
    yield ProceduralFinding(
        found.code,
        found.severity if shown else Severity.NOTE,
        found.certainty,
        found.asks,
        None,
        found.records,
        found.basis,
        found.mark,
        day=file.world.first(starts),
        by=tuple(by),
    )


def _demanded(
    file: File,
    code: ProceduralCode,
    demand: Demand,
    records: list[Decision] | list[Record],
    certainty: Certainty,
    value: str = "",
) -> ProceduralFinding:
    return ProceduralFinding(
        code,
        demand.severity,
        certainty,
        demand.says,
        None,
        keys(records),
        demand.basis,
        file.question.mark(demand.basis),
        value=value,
    )
