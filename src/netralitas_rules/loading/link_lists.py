"""Linking named lists: which violations the forms of a list stand for."""

from collections.abc import Iterator

from netralitas_rules.engine.plan import Listing
from netralitas_rules.law.model import ListItem, NamedList
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.documents import ListItemDoc
from netralitas_rules.loading.link_law import validity_of
from netralitas_rules.loading.link_rules import RuleLinker
from netralitas_rules.loading.linking import Context, text


def lists(ctx: Context) -> dict[str, NamedList]:
    """Every list as it is written; the violations that it names exist."""
    found: dict[str, NamedList] = {}
    for key, item in ctx.sections["lists"].items():
        doc, at = item.doc, item.place
        for index, form in enumerate(doc.items):
            _check(ctx, form, at / "items" / index)
        found[key] = NamedList(
            key,
            text(doc.title),
            text(doc.short),
            doc.mark,
            doc.text,
            doc.source,
            validity_of(ctx, doc.valid, at / "valid"),
            tuple(_form(number, form) for number, form in enumerate(doc.items, start=1)),
        )
    return found


def listings(ctx: Context, rules: RuleLinker) -> dict[str, tuple[Listing, ...]]:
    """Where the findings of a violation stand, by its id."""
    found: dict[str, list[Listing]] = {}
    for key, item in ctx.sections["lists"].items():
        for number, form in enumerate(item.doc.items, start=1):
            for name in (*form.prospective, *form.candidate, *form.rows):
                found.setdefault(name, []).append(Listing(key, number, related=False))
            if form.related is not None:
                at = item.place / "items" / (number - 1) / "related" / "when"
                when = rules.condition(form.related.when, at)
                for name in form.related.rows:
                    found.setdefault(name, []).append(Listing(key, number, related=True, when=when))
    return {name: tuple(places) for name, places in found.items()}


def _form(number: int, doc: ListItemDoc) -> ListItem:
    return ListItem(
        number,
        text(doc.says),
        tuple(doc.prospective),
        tuple(doc.candidate),
        tuple(doc.rows),
        tuple(doc.related.rows) if doc.related is not None else (),
        text(doc.note) if doc.note is not None else None,
    )


def _check(ctx: Context, form: ListItemDoc, at: Place) -> None:
    """That each violation exists and is named once, and that a form without any says why."""
    violations, seen = ctx.sections["violations"], set[str]()
    for name, place in _named(form, at):
        if name not in violations:
            ctx.unknown(place, "violation", name, violations)
        elif name in seen:
            ctx.problem(
                place,
                Code.DUPLICATE_ITEM,
                f"`{name}` is named twice for one form",
                expected="each violation once",
            )
        seen.add(name)
    if not seen and form.note is None:
        ctx.problem(
            at,
            Code.MISSING_KEY,
            "this form names no violation, and no note says why",
            expected="`prospective`, `candidate`, `rows` or `related`, or else a `note`",
        )


def _named(form: ListItemDoc, at: Place) -> Iterator[tuple[str, Place]]:
    """Every violation that a form names, with its place."""
    for key in ("prospective", "candidate", "rows"):
        for index, name in enumerate(getattr(form, key)):
            yield name, at / key / index
    if form.related is not None:
        for index, name in enumerate(form.related.rows):
            yield name, at / "related" / "rows" / index
