"""Linking procedures: every step refers to what is there, and asks for what its record can show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from netralitas_rules.facts.record_vocabulary import RecordStep
from netralitas_rules.law.deadlines import DeadlineRule, Event
from netralitas_rules.law.model import Instrument, Question
from netralitas_rules.law.procedures import (
    RECORDS_OF_FORMS,
    ByReading,
    DayOf,
    Demand,
    Duty,
    Earlier,
    Form,
    FormRule,
    Inaction,
    Limit,
    Procedure,
    ProcedureStep,
    ReasonRule,
)
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, listing
from netralitas_rules.loading.gather import Item
from netralitas_rules.loading.linking import Context, text
from netralitas_rules.loading.procedure_documents import (
    BorrowedDoc,
    DemandDoc,
    FormDoc,
    LimitDoc,
    ProcedureDoc,
    StepDoc,
)

EVENTS: Mapping[tuple[RecordStep, DayOf], tuple[Event, ...]] = {
    (RecordStep.SUMMONS, DayOf.DATE): (Event.SUMMONS,),
    (RecordStep.SUMMONS, DayOf.FOR): (Event.EXAMINATION,),
    (RecordStep.EXAMINATION, DayOf.DATE): (Event.EXAMINATION,),
    (RecordStep.DECISION, DayOf.DATE): (Event.DECISION,),
    (RecordStep.DELIVERY, DayOf.DATE): (Event.RECEIPT, Event.DELIVERY),
    (RecordStep.RESIGNATION, DayOf.DATE): (Event.RESIGNATION,),
    (RecordStep.STATEMENT, DayOf.DATE): (Event.OPINION,),
    (RecordStep.PROPOSAL, DayOf.DATE): (Event.PROPOSAL,),
    (RecordStep.RECOMMENDATION, DayOf.DATE): (Event.RECOMMENDATION,),
    (RecordStep.REFERRAL, DayOf.DATE): (Event.REPORT, Event.VERIFICATION),
}
"""The events that the day of a record can be."""


def procedures(
    ctx: Context,
    instruments: Mapping[str, Instrument],
    deadlines: Mapping[str, DeadlineRule],
    questions: Mapping[str, Question],
) -> dict[str, Procedure]:
    """Every procedure, with the steps that it takes over from another."""
    return _Linker(ctx, instruments, deadlines, questions).procedures()


class _Linker:
    def __init__(
        self,
        ctx: Context,
        instruments: Mapping[str, Instrument],
        deadlines: Mapping[str, DeadlineRule],
        questions: Mapping[str, Question],
    ) -> None:
        self.ctx = ctx
        self.items: Mapping[str, Item] = ctx.sections["procedures"]
        self.instruments = instruments
        self.deadlines = deadlines
        self.questions = questions
        self.own: dict[str, dict[str, ProcedureStep]] = {}

    def procedures(self) -> dict[str, Procedure]:
        for key, item in self.items.items():
            at = item.place / "steps"
            self.own[key] = {
                name: self._step(name, doc, at / name) for name, doc in item.doc.steps.items()
            }
        found = {key: self._procedure(key, item) for key, item in self.items.items()}
        for key, item in self.items.items():
            self._references(found[key], item)
        return found

    def _procedure(self, key: str, item: Item) -> Procedure:
        doc: ProcedureDoc = item.doc
        at = item.place
        self.ctx.check_basis(doc.basis, at / "basis")
        if doc.regulation not in self.instruments:
            self.ctx.unknown(at / "regulation", "instrument", doc.regulation, self.instruments)
        for section, what, names in (
            ("kinds", "kind of sanction", doc.kinds),
            ("questions", "question", doc.questions),
        ):
            for index, name in enumerate(names):
                if name not in self.ctx.sections[section]:
                    known = self.ctx.sections[section]
                    self.ctx.unknown(at / section / index, what, name, known)
        own = self.own[key]
        steps = own
        if doc.follows is not None:
            taken = self._borrowed(doc.follows, at / "follows")
            # A step of one's own of the same name stands in the place of what is taken over.
            steps = {step.id: own.get(step.id, step) for step in taken} | own
        if not steps:
            self._wrong(at, "there is no step", "`steps`, or those that it `follows`")
        return Procedure(
            key,
            text(doc.says),
            doc.regime,
            doc.regulation,
            tuple(doc.statuses),
            tuple(doc.basis),
            tuple(steps.values()),
            tuple(doc.kinds),
            tuple(
                ReasonRule(reason, self._demand(one, at / "reasons" / reason), one.when)
                for reason, one in doc.reasons.items()
            ),
            tuple(
                Inaction(
                    name,
                    self._demand(one, at / "inaction" / name),
                    one.after,
                    tuple(one.by),
                    tuple(one.expects),
                    tuple(one.shown_by),
                )
                for name, one in doc.inaction.items()
            ),
            self._demand(doc.once, at / "once") if doc.once is not None else None,
            self._demand(doc.one_kind, at / "one-kind") if doc.one_kind is not None else None,
            self._earlier(doc, at, steps),
            self._demand(doc.undecided, at / "undecided") if doc.undecided is not None else None,
            tuple(doc.questions),
            text(doc.note) if doc.note is not None else None,
        )

    # -- steps of another procedure

    def _borrowed(self, doc: BorrowedDoc, at: Place) -> Iterator[ProcedureStep]:
        """Those steps of another procedure, with the provisions by which they are taken over."""
        self.ctx.check_basis(doc.basis, at / "basis")
        source = self.items.get(doc.procedure)
        if source is None:
            self.ctx.unknown(at / "procedure", "procedure", doc.procedure, self.items)
            return
        if source.doc.follows is not None:
            self._wrong(
                at / "procedure",
                f"`{doc.procedure}` takes over steps itself",
                "a procedure that states its steps",
            )
        known = self.own[doc.procedure]
        for index, name in enumerate(doc.steps):
            if name in known:
                step = known[name]
                yield replace(step, basis=(*step.basis, *doc.basis))
            else:
                self.ctx.unknown(at / "steps" / index, "step", name, known)

    def _earlier(
        self, doc: ProcedureDoc, at: Place, steps: Mapping[str, ProcedureStep]
    ) -> Earlier | None:
        if doc.earlier is None:
            return None
        taken = tuple(self._borrowed(doc.earlier, at / "earlier"))
        for index, name in enumerate(doc.earlier.steps):
            if name not in steps:
                self.ctx.unknown(at / "earlier" / "steps" / index, "step", name, steps)
        instrument = self.instruments.get(doc.regulation)
        first = instrument.validity.first if instrument is not None else None
        if first is None:
            self._wrong(
                at / "earlier",
                f"the first day of `{doc.regulation}` is not known",
                "an instrument with `valid: {from: ...}`",
            )
            return None
        return Earlier(first, doc.earlier.record, taken, tuple(doc.earlier.basis))

    # -- one step

    def _step(self, name: str, doc: StepDoc, at: Place) -> ProcedureStep:
        self.ctx.check_basis(doc.basis, at / "basis")
        self._who(doc, at)
        if (doc.duty is Duty.REQUIRED_WHEN) != (bool(doc.levels) or doc.when is not None):
            self._wrong(
                at,
                "levels and circumstances stand where the duty depends on them, and only there",
                "`duty: required-when` with `levels` or `when`, or another duty without them",
            )
        if doc.bodies and doc.record not in (RecordStep.RECOMMENDATION, RecordStep.REFERRAL):
            self._wrong(
                at / "bodies",
                "bodies recommend, and something is referred to them",
                "`bodies` on a recommendation or referral",
            )
        if doc.excused is not None:
            self.ctx.check_basis(doc.excused.basis, at / "excused" / "basis")
        return ProcedureStep(
            name,
            text(doc.says),
            doc.record,
            doc.duty,
            tuple(doc.basis),
            doc.if_missing,
            tuple(doc.by),
            self._by_reading(doc, at / "by-reading"),
            doc.or_designated,
            doc.by_authority,
            doc.nth,
            tuple(doc.made_by),
            tuple(doc.bodies),
            tuple(doc.regimes),
            doc.acts_on,
            tuple(doc.levels),
            doc.when,
            doc.excused.when if doc.excused is not None else None,
            tuple(doc.excused.basis) if doc.excused is not None else (),
            tuple(doc.after),
            tuple(doc.not_before.items()),
            tuple(
                self._limit(one, doc, at / "limits" / index) for index, one in enumerate(doc.limits)
            ),
            tuple(self._form(form, one, doc, at / "forms") for form, one in doc.forms.items()),
        )

    def _who(self, doc: StepDoc, at: Place) -> None:
        if doc.by_authority and (doc.by or doc.record is not RecordStep.DECISION):
            self._wrong(
                at / "by-authority",
                "tables of authority say who decides, and nothing else",
                "`by-authority` on a decision without `by`",
            )
        if doc.or_designated and doc.record is not RecordStep.TEAM:
            self._wrong(
                at / "or-designated",
                f"a record `{doc.record}` does not say whether somebody was designated",
                "`record: team`",
            )
        if doc.regimes and doc.record is not RecordStep.DECISION:
            self._wrong(at / "regimes", "only decisions have a regime", "`record: decision`")

    def _by_reading(self, step: StepDoc, at: Place) -> ByReading | None:
        """Offices by reading: beside those that the law names, for every reading there is."""
        doc = step.by_reading
        if doc is None:
            return None
        if not step.by:
            self._wrong(at, "there is nobody whom the law names", "`by` too", of_key=True)
        named = dict.fromkeys(one for offices in doc.readings.values() for one in offices)
        if not named or not named.keys().isdisjoint(step.by):
            self._wrong(
                at / "readings",
                "readings are about other offices than those that the law names",
                "under some reading an office that is not under `by`, and none that is",
            )
        self._readings(doc.question, doc.readings, "offices", at)
        return ByReading(
            doc.question,
            tuple((reading, tuple(offices)) for reading, offices in doc.readings.items()),
        )

    def _readings(self, name: str, readings: Iterable[str], what: str, at: Place) -> None:
        """That a question is there, and each of its readings is answered."""
        question = self.questions.get(name)
        if question is None:
            self.ctx.unknown(at / "question", "question", name, self.questions)
        elif {reading.id for reading in question.readings} != {*readings}:
            self._wrong(
                at,
                f"the readings are not those of `{name}`",
                f"{what} for each of {listing(one.id for one in question.readings)}",
            )

    def _limit(self, doc: LimitDoc, step: StepDoc, at: Place) -> Limit:
        if doc.deadline not in self.deadlines:
            self.ctx.unknown(at / "deadline", "deadline", doc.deadline, self.deadlines)
        self._day(doc.day, step.record, at / "day")
        return Limit(doc.deadline, doc.from_, doc.from_day, doc.day, doc.unless)

    def _form(self, form: Form, doc: FormDoc, step: StepDoc, at: Place) -> FormRule:
        here = at / form
        records = RECORDS_OF_FORMS[form]
        if step.record not in records:
            self._wrong(
                here,
                f"`{form}` cannot be seen on a record `{step.record}`",
                f"a step whose record is {listing(sorted(records))}",
                of_key=True,
            )
        counts = tuple(doc.readings.items())
        if doc.at_least is not None:
            counts = (("", doc.at_least),)
        if (form is Form.COUNCIL_SIZE) != bool(counts) or (doc.at_least and doc.readings):
            self._wrong(
                here,
                "a number stands where members are counted, once, and only there",
                "`at-least` or `readings` under `council-size`",
                of_key=True,
            )
        for key, wanted, stated in (
            ("above", Form.COUNCIL_ODD, doc.above is not None),
            ("elements", Form.TEAM_ELEMENTS, bool(doc.elements)),
        ):
            if (form is wanted) != stated:
                self._wrong(
                    here,
                    f"`{key}` stands under `{wanted}`, and only there",
                    f"`{key}` exactly under `{wanted}`",
                    of_key=True,
                )
        if doc.question is None and doc.readings:
            self._wrong(here, "`readings` stand under no question", "a `question` too", of_key=True)
        elif doc.question is not None:
            self._readings(doc.question, doc.readings, "a number", here)
        return FormRule(
            form,
            self._demand(doc, here),
            doc.question,
            counts,
            doc.above or 0,
            tuple(map(tuple, doc.elements)),
        )

    def _demand(self, doc: DemandDoc, at: Place) -> Demand:
        self.ctx.check_basis(doc.basis, at / "basis")
        return Demand(text(doc.says), tuple(doc.basis), doc.if_not)

    # -- what steps say of each other

    def _references(self, procedure: Procedure, item: Item) -> None:
        """What every step names is a step of this procedure, wherever it was taken from."""
        known = {step.id: step for step in procedure.steps}
        before: dict[str, ProcedureStep] = {}
        for step in procedure.steps:
            if step.id in item.doc.steps:
                self._step_references(step, known, before, item.place / "steps" / step.id)
            else:
                self._taken_over(step, known, item.place / "follows" / "steps")
            before[step.id] = step
        for inaction in procedure.inactions:
            at = item.place / "inaction" / inaction.id / "expects"
            for index, name in enumerate(inaction.expects):
                if name not in known:
                    self.ctx.unknown(at / index, "step", name, known)
        for step in procedure.earlier.steps if procedure.earlier is not None else ():
            self._taken_over(step, known, item.place / "earlier" / "steps")

    def _taken_over(
        self, step: ProcedureStep, known: Mapping[str, ProcedureStep], at: Place
    ) -> None:
        """A step of another procedure names others: they are here too."""
        limits = [limit.from_step for limit in step.limits if limit.from_step is not None]
        acts_on = [step.acts_on] if step.acts_on is not None else []
        named = [*step.after, *(name for name, _ in step.not_before), *limits, *acts_on]
        for name in dict.fromkeys(named):
            if name not in known:
                self._wrong(
                    at,
                    f"`{step.id}` names `{name}`, which is no step of this procedure",
                    f"`{name}` among the steps that are taken over",
                )

    def _step_references(
        self,
        step: ProcedureStep,
        known: Mapping[str, ProcedureStep],
        before: Mapping[str, ProcedureStep],
        at: Place,
    ) -> None:
        for index, name in enumerate(step.after):
            if name not in before:
                self.ctx.unknown(at / "after" / index, "earlier step", name, before)
        for name, day in step.not_before:
            if name not in known:
                self.ctx.unknown(at / "not-before" / name, "step", name, known, of_key=True)
            else:
                self._day(day, known[name].record, at / "not-before" / name)
        if step.acts_on is not None and step.acts_on not in known:
            self.ctx.unknown(at / "acts-on", "step", step.acts_on, known)
        for index, limit in enumerate(step.limits):
            self._limit_from(limit, known, at / "limits" / index)

    def _limit_from(self, limit: Limit, known: Mapping[str, ProcedureStep], at: Place) -> None:
        if limit.from_step is None:
            return
        if limit.from_step not in known:
            self.ctx.unknown(at / "from", "step", limit.from_step, known)
            return
        record = known[limit.from_step].record
        rule = self.deadlines.get(limit.deadline)
        events = EVENTS.get((record, limit.from_day), ())
        if rule is not None and rule.event not in events:
            self._wrong(
                at / "from",
                f"`{limit.deadline}` runs from `{rule.event}`, which is not the day "
                f"`{limit.from_day}` of a record `{record}`",
                "the step whose day the deadline runs from",
            )

    def _day(self, day: DayOf, record: RecordStep, at: Place) -> None:
        if day is DayOf.FOR and record is not RecordStep.SUMMONS:
            self._wrong(at, f"a record `{record}` calls to no other day", "`date`, or a summons")

    def _wrong(self, at: Place, message: str, expected: str, *, of_key: bool = False) -> None:
        self.ctx.problem(at, Code.BAD_PROCEDURE, message, expected=expected, of_key=of_key)
