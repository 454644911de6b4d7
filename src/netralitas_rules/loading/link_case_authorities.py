"""Linking who may act: every office with its basis, circumstances only where they are asked."""

from collections.abc import Iterator, Sequence
from itertools import product

from netralitas_rules.facts.record_vocabulary import Agency
from netralitas_rules.law.authority import (
    ASKED_OF,
    HEADS,
    NO,
    YES,
    AuthorityRow,
    AuthorityTable,
    Circumstance,
    HandedOn,
    Holder,
    Other,
    StepsUp,
    Succession,
)
from netralitas_rules.loading.case_documents import (
    AuthoritiesDoc,
    AuthorityRowDoc,
    GivenDoc,
    HandedOnDoc,
    HolderDoc,
    OfTableDoc,
    OtherDoc,
    StepsUpDoc,
)
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import listing
from netralitas_rules.loading.link_case_tables import levels, named, statuses, wrong
from netralitas_rules.loading.linking import Context, text


def authorities(ctx: Context) -> tuple[AuthorityTable, ...]:
    """Every table, in order of its id."""
    items = ctx.sections["authorities"]
    return tuple(_table(ctx, key, items[key].doc, items[key].place) for key in sorted(items))


def _table(ctx: Context, key: str, doc: AuthoritiesDoc, at: Place) -> AuthorityTable:
    _regulation(ctx, doc.regulation, at / "regulation")
    for index, one in enumerate(doc.also_for):
        _regulation(ctx, one.regulation, at / "also-for" / index / "regulation")
        ctx.check_basis(one.basis, at / "also-for" / index / "basis")
        place = at / "also-for" / index / "questions"
        named(ctx, "questions", "question", one.questions, place)
    named(ctx, "questions", "question", doc.questions, at / "questions")
    return AuthorityTable(
        key,
        text(doc.says),
        doc.regime,
        doc.regulation,
        statuses(ctx, doc.statuses, at / "statuses"),
        doc.until,
        tuple(_row(ctx, name, row, doc, at / "rows" / name) for name, row in doc.rows.items()),
        tuple(
            Succession(one.regulation, tuple(one.basis), one.mark, tuple(one.questions))
            for one in doc.also_for
        ),
        _up(ctx, doc.up, at / "up") if doc.up is not None else None,
        tuple(_handed_on(ctx, one, doc, at / "assigned" / n) for n, one in enumerate(doc.assigned)),
        tuple(doc.questions),
        text(doc.note) if doc.note is not None else None,
    )


def holders(ctx: Context) -> tuple[Holder, ...]:
    """Which offices one person can hold; every pair is said once."""
    found: list[Holder] = []
    for key, item in ctx.sections["holders"].items():
        doc: HolderDoc = item.doc
        ctx.check_basis(doc.basis, item.place / "basis")
        holder = Holder(
            key,
            text(doc.says),
            frozenset(doc.offices),
            frozenset(doc.may_be),
            tuple(doc.basis),
            doc.mark,
            frozenset(doc.agency or Agency),
        )
        for index, office in enumerate(doc.may_be):
            at = item.place / "may-be" / index
            if office in holder.offices:
                wrong(ctx, at, f"`{office}` stands on both sides", "two offices")
            for one, before in product(doc.offices, found):
                if before.joins(one, office):
                    message = f"`{before.id}` says it of `{one}` and `{office}`"
                    wrong(ctx, at, message, "every pair of offices once")
        found.append(holder)
    return tuple(found)


def _regulation(ctx: Context, name: str, at: Place) -> None:
    known = ctx.sections["instruments"]
    if name not in known:
        ctx.unknown(at, "instrument", name, known)


def _up(ctx: Context, doc: StepsUpDoc, at: Place) -> StepsUp:
    ctx.check_basis(doc.vacant.basis, at / "vacant" / "basis")
    ctx.check_basis(doc.inactive.basis, at / "inactive" / "basis")
    for index, office in enumerate(doc.ladder):
        if office in doc.ladder[:index]:
            wrong(ctx, at / "ladder" / index, f"`{office}` stands twice", "every office once")
    return StepsUp(tuple(doc.ladder), tuple(doc.vacant.basis), tuple(doc.inactive.basis))


def _handed_on(ctx: Context, doc: HandedOnDoc, table: AuthoritiesDoc, at: Place) -> HandedOn:
    ctx.check_basis(doc.basis, at / "basis")
    for index, one in enumerate(doc.assignment):
        if one not in (table.given.assignment or doc.assignment):
            place = at / "assignment" / index
            wrong(ctx, place, f"the table is not about `{one}`", listing(table.given.assignment))
    for index, host in enumerate(doc.others):
        levels(ctx, host.levels, [table.regime], at / "others" / index / "levels")
    others = _others(ctx, doc.others, at / "others")
    return HandedOn(
        tuple(one.value for one in doc.assignment),
        doc.by,
        doc.to,
        tuple((tuple(host.levels), one) for host, one in zip(doc.others, others, strict=True)),
        tuple(doc.basis),
        doc.mark,
        text(doc.note) if doc.note is not None else None,
    )


def _row(
    ctx: Context, key: str, doc: AuthorityRowDoc, table: AuthoritiesDoc, at: Place
) -> AuthorityRow:
    ctx.check_basis(doc.basis, at / "basis")
    named(ctx, "kinds", "kind of sanction", doc.kinds, at / "kinds")
    named(ctx, "questions", "question", doc.questions, at / "questions")
    levels(ctx, doc.levels, [table.regime], at / "levels")
    if doc.office is None and doc.note is None:
        wrong(
            ctx,
            at,
            "it is said neither who is competent nor why nobody is",
            "an `office`, or a `note` that says why there is none",
        )
    of_table = tuple(_of_table(table.given))
    given = (*_given(doc.given), *of_table)
    for one, _ in of_table:
        if one in dict(_given(doc.given)):
            wrong(ctx, at / "given" / one, "the table says it already", f"`{one}` once")
    for one, _ in given:
        asked = ASKED_OF[one]
        if not set(doc.posts) <= set(asked):
            wrong(
                ctx,
                at / "given" / one,
                f"`{one}` is not asked of all these posts",
                f"only posts among {listing(asked)}",
            )
    for index, head in enumerate(doc.given.unit_headed_by):
        if head not in HEADS:
            place = at / "given" / Circumstance.UNIT_HEADED_BY / index
            wrong(ctx, place, f"`{head}` heads no such unit", f"one of {listing(HEADS)}")
    return AuthorityRow(
        key,
        tuple(doc.posts),
        tuple(doc.levels),
        tuple(doc.kinds),
        given,
        doc.office,
        doc.on_proposal_of,
        doc.first,
        tuple(_others(ctx, doc.others, at / "others")),
        tuple(doc.basis),
        doc.mark,
        tuple(doc.questions),
        text(doc.note) if doc.note is not None else None,
    )


def _given(doc: GivenDoc) -> Iterator[tuple[Circumstance, tuple[str, ...]]]:
    """Circumstances as their values; what is left out fits every value."""
    for one, flag in (
        (Circumstance.IS_PPK, doc.is_ppk),
        (Circumstance.HEADS_REGIONAL_OFFICE, doc.heads_regional_office),
    ):
        if flag is not None:
            yield one, (YES if flag else NO,)
    listed: tuple[tuple[Circumstance, Sequence[str]], ...] = (
        (Circumstance.UNIT_HEADED_BY, doc.unit_headed_by),
        (Circumstance.RANK, doc.rank),
        (Circumstance.SKILL, doc.skill),
    )
    for one, values in listed:
        if values:
            yield one, tuple(str(value) for value in values)
    yield from _of_table(doc)


def _of_table(doc: GivenDoc | OfTableDoc) -> Iterator[tuple[Circumstance, tuple[str, ...]]]:
    """Those circumstances that are asked of every post."""
    listed: tuple[tuple[Circumstance, Sequence[str]], ...] = (
        (Circumstance.AGENCY, doc.agency),
        (Circumstance.ASSIGNMENT, doc.assignment),
    )
    for one, values in listed:
        if values:
            yield one, tuple(str(value) for value in values)


def _others(ctx: Context, docs: Sequence[OtherDoc], at: Place) -> Iterator[Other]:
    for index, doc in enumerate(docs):
        ctx.check_basis(doc.basis, at / index / "basis")
        when = text(doc.when) if doc.when is not None else None
        yield Other(doc.office, doc.as_, when, tuple(doc.basis))
