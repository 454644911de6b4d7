"""Linking derivations: kinds and fields that exist, variables that are bound, limits kept.

The limits, and that no two names share a hash, are what the second engine needs to be right
(`history.durable`): beyond them it hangs, or takes one name for the other.
"""

import re
from collections.abc import Iterator, Mapping

from netralitas_rules.law.history import (
    BASE_RECORDS,
    MAX_CONDITIONS,
    MAX_DERIVATIONS,
    Derivation,
    Pattern,
    Variable,
    pattern,
)
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, listing
from netralitas_rules.loading.history_documents import DerivationDoc, PatternDoc
from netralitas_rules.loading.linking import Context, text

_VARIABLE = re.compile(r"\$([a-z][a-z0-9_]*)")


def derivations(ctx: Context) -> dict[str, Derivation]:
    """Every derivation, by id."""
    items = ctx.sections["history"]
    known = _known(item.doc for item in items.values())
    found: dict[str, Derivation] = {}
    names: dict[int, tuple[str, Place]] = {}
    conditions = 0
    for key, item in items.items():
        doc, at = item.doc, item.place
        ctx.check_basis(doc.basis, at / "basis")
        premises = tuple(
            _pattern(ctx, premise, at / "all" / index, known)
            for index, premise in enumerate(doc.all)
        )
        conclusion = _pattern(ctx, doc.then, at / "then", known)
        _concluded(ctx, premises, conclusion, at / "then")
        made = Derivation(key, text(doc.says), tuple(doc.basis), premises, conclusion)
        found[key] = made
        for name in made.names():
            other, place = names.setdefault(fnv1a(name), (name, at))
            if other != name:
                _collision(ctx, at, name, other, place)
        before, conditions = conditions, conditions + made.conditions
        if before <= MAX_CONDITIONS < conditions:
            _too_many(ctx, at, "conditions in all premises together", MAX_CONDITIONS)
        if len(found) == MAX_DERIVATIONS + 1:
            _too_many(ctx, at, "derivations", MAX_DERIVATIONS)
    return found


def fnv1a(name: str) -> int:
    """The 32-bit FNV-1a hash of a name."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def _known(docs: Iterator[DerivationDoc]) -> dict[str, frozenset[str]]:
    """Kinds with their fields: those of base records, and those that some `then` concludes."""
    known = dict(BASE_RECORDS)
    for doc in docs:
        then = doc.then
        if then.is_ not in BASE_RECORDS:
            known[then.is_] = known.get(then.is_, frozenset()) | then.terms.keys()
    return known


def _pattern(
    ctx: Context, doc: PatternDoc, at: Place, known: Mapping[str, frozenset[str]]
) -> Pattern:
    fields = known.get(doc.is_)
    if fields is None:
        ctx.unknown(at / "is", "kind of record", doc.is_, known)
    terms = {}
    for field, term in doc.terms.items():
        if fields is not None and field not in fields:
            ctx.unknown(at / field, f"field of `{doc.is_}`", field, sorted(fields), of_key=True)
        variable = _VARIABLE.fullmatch(term)
        if variable is None and term.startswith("$"):
            ctx.problem(
                at / field,
                Code.BAD_DERIVATION,
                f"`{term}` is no variable",
                expected="`$` and a name of small letters, digits and `_`",
                found=f"`{term}`",
            )
        terms[field] = Variable(variable[1]) if variable is not None else term
    return pattern(doc.is_, terms)


def _concluded(ctx: Context, premises: tuple[Pattern, ...], conclusion: Pattern, at: Place) -> None:
    bound = {name for premise in premises for name in premise.variables()}
    for field, term in conclusion.terms:
        if isinstance(term, Variable) and term.name not in bound:
            ctx.problem(
                at / field,
                Code.BAD_DERIVATION,
                f"no premise says what `${term.name}` is",
                expected=listing(f"${name}" for name in sorted(bound)) or "a text",
                found=f"`${term.name}`",
                help="use a variable of a premise, or a text",
            )
    if conclusion.kind in BASE_RECORDS:
        ctx.problem(
            at / "is",
            Code.BAD_DERIVATION,
            f"`{conclusion.kind}` is a kind of base record",
            expected="a kind that nobody records",
            found=f"`{conclusion.kind}`",
            help="what is derived is no record: give it a kind of its own",
        )


def _collision(ctx: Context, at: Place, name: str, other: str, also: Place) -> None:
    ctx.problem(
        at,
        Code.BAD_DERIVATION,
        f"the names `{name}` and `{other}` have the same hash",
        expected="names that the second engine can tell apart",
        found=f"{fnv1a(name):#010x} for both",
        help="rename one of them",
        of_key=True,
        also=also,
    )


def _too_many(ctx: Context, at: Place, what: str, most: int) -> None:
    ctx.problem(
        at,
        Code.BAD_DERIVATION,
        f"there are too many {what}",
        expected=f"at most {most}",
        found=f"more, from `{at.path[-1]}` on",
        help="join derivations that conclude the same, or leave out what nothing reads",
        of_key=True,
    )
