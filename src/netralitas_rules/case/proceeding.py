"""Checking a real proceeding: every step of its path beside what is on record.

The order of records never matters. An uncertain date gives the union of what its days give: what
holds on all of them is certain, what holds on some of them only is said to hold on some.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from netralitas_rules.case import proceeding_whole
from netralitas_rules.case.authority import questions
from netralitas_rules.case.proceeding_days import World, by_kind, worlds
from netralitas_rules.case.proceeding_file import Competent, File, Question
from netralitas_rules.case.proceeding_model import (
    STATES,
    Certainty,
    ProceduralCode,
    ProceduralFinding,
    Proceeding,
    State,
    StepCheck,
)
from netralitas_rules.case.proceeding_steps import StepChecker
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.casefile import Record
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.record_vocabulary import Agency
from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.authority import weakest
from netralitas_rules.law.deadlines import Event
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.law.procedures import Procedure
from netralitas_rules.procedure.working_days import Week

_CODES = tuple(ProceduralCode)
_STATES = tuple(State)
_FAULTS = frozenset(STATES.values())
_CERTAINTIES = tuple(Certainty)


def check_proceeding(
    plan: Plan,
    *,
    regime: Regime,
    regulation: str,
    level: Level | None,
    kinds: Iterable[str],
    status: SubjectStatus | None,
    records: Iterable[Record],
    as_of: datetime.date,
    competent: Competent,
    joint_leave: Iterable[datetime.date] = (),
    week: Week = Week.FIVE_DAYS,
    events: Mapping[Event, Span] | None = None,
    procedure: str | None = None,
    raised: bool = False,
    agencies: frozenset[Agency] = frozenset(Agency),
) -> Proceeding:
    """A proceeding about one matter beside the steps of its path.

    `level` and `kinds` are those that the law gives the breach (None, none: not known). `competent`
    says who may make a decision. `events` are days that no record has, such as that of proof.
    `procedure` names one where several fit. `raised` says that an earlier sanction may ask for a
    heavier one than the breach alone allows, `agencies` whose the own agency can be. Raises
    `Refused` where a deadline cannot be counted because the library of national holidays is
    not installed.
    """
    kinds = tuple(kinds)
    fitting = [
        one
        for one in plan.procedures.values()
        if one.fits(regime=regime, regulation=regulation, status=status, kinds=kinds)
    ]
    chosen = [one for one in fitting if procedure in (None, one.id)]
    if len(chosen) != 1:
        others = tuple(one.id for one in fitting)
        return Proceeding(regime, regulation, None, others, (), (), ())
    records = tuple(sorted(records, key=lambda record: record.key))
    found = Question(
        plan,
        chosen[0],
        level,
        kinds,
        records,
        by_kind(records),
        as_of,
        tuple(sorted(joint_leave)),
        week,
        competent,
        events or {},
        raised,
        agencies,
    )
    steps, findings = _united([_in(found, world) for world in worlds(chosen[0], found.records)])
    asked = (question for one in findings for question, _ in one.readings)
    idle = (one.basis for one in findings if one.code is ProceduralCode.DID_NOT_ACT)
    cited = frozenset(name for basis in idle for name in basis)
    return Proceeding(
        regime,
        regulation,
        chosen[0].id,
        tuple(one.id for one in fitting if one is not chosen[0]),
        steps,
        tuple(sorted(findings, key=lambda one: _place(one, chosen[0]))),
        questions(plan.questions, (*chosen[0].questions, *asked), cited),
    )


_Answer = tuple[tuple[StepCheck, ...], tuple[ProceduralFinding, ...]]


def _in(question: Question, world: World) -> _Answer:
    """The steps and findings in one world."""
    procedure = question.procedure
    steps = {step.id: step for step in procedure.steps}
    if world.earlier and procedure.earlier is not None:
        basis = procedure.earlier.basis
        steps |= {
            step.id: replace(step, basis=tuple(dict.fromkeys((*step.basis, *basis))))
            for step in procedure.earlier.steps
        }
    file = File(question, world, steps)
    checks: list[StepCheck] = []
    findings: list[ProceduralFinding] = []
    for step in steps.values():
        check, found = StepChecker(file, step).check()
        checks.append(check)
        findings += found
    findings += proceeding_whole.findings(file)
    return tuple(checks), tuple(dict.fromkeys(findings))


def _united(answers: Sequence[_Answer]) -> _Answer:
    """What all worlds agree on, and what only some of them give."""
    if len(answers) == 1:
        return answers[0]
    steps = tuple(_one_step(same) for same in zip(*(one[0] for one in answers), strict=True))
    together: dict[object, list[ProceduralFinding]] = {}
    for _, findings in answers:
        for finding in findings:
            together.setdefault(_identity(finding), []).append(finding)
    found = [_one_finding(same, of=len(answers)) for same in together.values()]
    return steps, tuple(found)


def _identity(one: ProceduralFinding) -> object:
    """What makes findings of several worlds the same finding."""
    return one.code, one.step, one.deadline, one.before, one.records, one.form, one.reason


def _one_finding(same: Sequence[ProceduralFinding], *, of: int) -> ProceduralFinding:
    certainty = max((one.certainty for one in same), key=_CERTAINTIES.index)
    if len(same) < of and certainty in (Certainty.CERTAIN, Certainty.SOME_READINGS):
        certainty = Certainty.SOME_DAYS
    # The later a day, the more readings miss it: what is missed least is missed always.
    some = [one.readings for one in same if one.certainty is Certainty.SOME_READINGS]
    return replace(
        same[0],
        certainty=certainty,
        basis=tuple(dict.fromkeys(name for one in same for name in one.basis)),
        mark=weakest(one.mark for one in same),
        day=_around(one.day for one in same),
        against=_around(one.against for one in same),
        last=min((one.last for one in same if one.last is not None), default=None),
        latest=max((one.latest for one in same if one.latest is not None), default=None),
        readings=min(some, key=len) if certainty is Certainty.SOME_READINGS else (),
    )


def _one_step(same: Sequence[StepCheck]) -> StepCheck:
    states = {one.state for one in same}
    open_states = {state for one in same for state in one.may_be}
    if len(states) > 1:
        open_states |= states & _FAULTS
    first = same[0]
    return replace(
        first,
        state=first.state if len(states) == 1 else State.UNKNOWN,
        may_be=tuple(sorted(open_states, key=_STATES.index)),
        basis=tuple(dict.fromkeys(name for one in same for name in one.basis)),
        records=tuple(sorted({key for one in same for key in one.records})),
        on=_around(one.on for one in same),
        last=min((one.last for one in same if one.last is not None), default=None),
        latest=max((one.latest for one in same if one.latest is not None), default=None),
        deadlines=tuple({(d.id, d.on): d for one in same for d in one.deadlines}.values()),
        gaps=tuple(dict.fromkeys(gap for one in same for gap in one.gaps)),
        not_stated=tuple(sorted({form for one in same for form in one.not_stated})),
    )


def _around(spans: Iterable[Span | None]) -> Span | None:
    """The days of several spans together; None where one is not known."""
    known = [*spans]
    dated = [span for span in known if span is not None]
    if not dated or len(dated) < len(known):
        return None
    return Span(min(one.first for one in dated), max(one.last for one in dated))


def _place(one: ProceduralFinding, procedure: Procedure) -> tuple[object, ...]:
    """In the order of the steps; what is about the whole comes last."""
    steps = [step.id for step in procedure.steps]
    at = len(steps) if one.step is None else steps.index(one.step)
    return at, _CODES.index(one.code), one.records, one.before or "", one.asks.en
