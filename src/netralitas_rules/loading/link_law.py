"""Linking the law of a ruleset: instruments, provisions, kinds of sanction, questions."""

from collections.abc import Mapping

from netralitas_rules.engine.knowledge import Space
from netralitas_rules.facts.space import READING_PREFIX, Origin
from netralitas_rules.law.model import (
    Fixed,
    Instrument,
    Provision,
    Question,
    QuestionKind,
    Reading,
    SanctionKind,
    Validity,
    cite,
)
from netralitas_rules.loading.conditions import Place, readings_used
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.document_parts import ValidityDoc
from netralitas_rules.loading.linking import Context, text


def instruments(ctx: Context) -> dict[str, Instrument]:
    found: dict[str, Instrument] = {}
    for key, item in ctx.sections["instruments"].items():
        validity = validity_of(ctx, item.doc.valid, item.place / "valid")
        found[key] = Instrument(key, text(item.doc.title), text(item.doc.short), validity)
    return found


def provisions(ctx: Context, instruments: Mapping[str, Instrument]) -> dict[str, Provision]:
    found: dict[str, Provision] = {}
    for key, item in ctx.sections["provisions"].items():
        instrument_id, *parts = key.split("/")
        instrument = instruments.get(instrument_id)
        if instrument is None:
            ctx.unknown(item.place, "instrument", instrument_id, instruments, of_key=True)
            continue
        doc = item.doc
        validity = instrument.validity
        if doc.valid is not None:
            own = validity_of(ctx, doc.valid, item.place / "valid")
            validity = own.within(instrument.validity)
            if own.some_day and instrument.validity.some_day and not validity.some_day:
                ctx.problem(
                    item.place / "valid",
                    Code.BAD_VALIDITY,
                    f"`{key}` was never in force: its instrument was not then",
                    expected="days on which the instrument is in force",
                    also=ctx.sections["instruments"][instrument_id].place / "valid",
                )
        words = text(doc.cite) if doc.cite is not None else cite(instrument.short, parts)
        found[key] = Provision(
            key,
            instrument,
            words,
            text(doc.says),
            doc.mark,
            doc.text,
            doc.source,
            tuple(dict.fromkeys(doc.governs)),
            validity,
        )
    return found


def validity_of(ctx: Context, doc: ValidityDoc, at: Place) -> Validity:
    """The days of a `valid`, whose ends are in order."""
    if doc.from_ is not None and doc.until is not None and doc.until < doc.from_:
        ctx.problem(
            at / "until",
            Code.BAD_VALIDITY,
            "the validity ends before it begins",
            expected="`from` on or before `until`",
            found=f"`{doc.until}`",
            also=at / "from",
        )
    return Validity(doc.from_, doc.until)


def kinds(ctx: Context) -> dict[str, SanctionKind]:
    for item in ctx.sections["kinds"].values():
        ctx.check_basis(item.doc.basis, item.place / "basis")
    return {
        key: SanctionKind(key, text(item.doc.says), tuple(item.doc.basis))
        for key, item in ctx.sections["kinds"].items()
    }


def questions(ctx: Context) -> dict[str, Question]:
    used = {
        name
        for section, raw in ctx.conditions
        if section != "questions"
        for name in readings_used(raw)
    }
    found: dict[str, Question] = {}
    for key, item in ctx.sections["questions"].items():
        doc = item.doc
        computed = doc.kind is QuestionKind.COMPUTED
        if computed != (key in used):
            ctx.problem(
                item.place / "kind",
                Code.QUESTION_KIND,
                f"`{key}` is `{doc.kind}`, but "
                + ("no condition reads it" if computed else "a condition reads it"),
                expected=f"`reading.{key}` in a condition exactly if the kind is `computed`",
            )
        if doc.default is not None and doc.default not in doc.readings:
            ctx.unknown(item.place / "default", "reading", doc.default, doc.readings)
        for index, provision in enumerate(doc.about):
            ctx.provision(provision, item.place / "about" / index)
        fix = ctx.fixes.get(key)
        found[key] = Question(
            key,
            doc.kind,
            text(doc.asks),
            tuple(
                Reading(name, text(r.says), tuple(r.sources)) for name, r in doc.readings.items()
            ),
            doc.default,
            text(doc.why),
            tuple(doc.about),
            Fixed(fix.reading, fix.decision, fix.from_) if fix is not None else None,
        )
    return found


def base(space: Space, questions: Mapping[str, Question]) -> int:
    known = space.unknown
    for fact in space.facts:
        if fact.spec.origin is Origin.READING:
            taken, _ = questions[fact.spec.path.removeprefix(READING_PREFIX)].taken()
            if taken is not None:
                known &= ~fact.full | fact.bits[taken]
    return known
