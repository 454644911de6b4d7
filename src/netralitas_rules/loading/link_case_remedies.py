"""Linking remedies: deadlines that exist, a forum exactly where there is a remedy."""

from netralitas_rules.law.remedies import RemedyKind, RemedyRow, RemedyTable
from netralitas_rules.loading.case_documents import RemediesDoc, RemedyRowDoc
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.link_case_tables import levels, named, statuses, wrong
from netralitas_rules.loading.linking import Context, text

_WITHOUT_FORUM = (RemedyKind.NONE, RemedyKind.SILENT)


def remedies(ctx: Context) -> tuple[RemedyTable, ...]:
    """Every table, in order of its id."""
    items = ctx.sections["remedies"]
    return tuple(_table(ctx, key, items[key].doc, items[key].place) for key in sorted(items))


def _table(ctx: Context, key: str, doc: RemediesDoc, at: Place) -> RemedyTable:
    named(ctx, "questions", "question", doc.questions, at / "questions")
    return RemedyTable(
        key,
        text(doc.says),
        tuple(doc.regimes),
        statuses(ctx, doc.statuses, at / "statuses"),
        doc.until,
        tuple(_row(ctx, name, row, doc, at / "rows" / name) for name, row in doc.rows.items()),
        tuple(doc.questions),
        text(doc.note) if doc.note is not None else None,
    )


def _row(ctx: Context, key: str, doc: RemedyRowDoc, table: RemediesDoc, at: Place) -> RemedyRow:
    ctx.check_basis(doc.basis, at / "basis")
    for name, cited in (("late", doc.late), ("binding", doc.binding)):
        if cited is not None:
            ctx.check_basis(cited.basis, at / name / "basis")
    named(ctx, "kinds", "kind of sanction", doc.kinds, at / "kinds")
    named(ctx, "questions", "question", doc.questions, at / "questions")
    named(ctx, "deadlines", "deadline", doc.answered_by, at / "answered-by")
    levels(ctx, doc.levels, table.regimes, at / "levels")
    known = ctx.sections["deadlines"]
    if doc.deadline is not None and doc.deadline not in known:
        ctx.unknown(at / "deadline", "deadline", doc.deadline, known)
    if (doc.to is None) != (doc.remedy in _WITHOUT_FORUM):
        wrong(
            ctx,
            at,
            "a remedy goes to somebody, and only a remedy does",
            "`to` exactly where `remedy` is `objection` or `appeal`",
        )
    return RemedyRow(
        key,
        tuple(doc.decided_by),
        tuple(doc.levels),
        tuple(doc.kinds),
        doc.remedy,
        doc.to,
        doc.deadline,
        tuple(doc.answered_by),
        tuple(doc.answers),
        doc.unanswered,
        doc.then,
        doc.final,
        () if doc.late is None else tuple(doc.late.basis),
        () if doc.binding is None else tuple(doc.binding.basis),
        text(doc.effect) if doc.effect is not None else None,
        tuple(doc.basis),
        doc.mark,
        tuple(doc.questions),
        text(doc.note) if doc.note is not None else None,
    )
