"""Linking what `check` goes by: waivers, and values in their order of gravity."""

from collections.abc import Iterator

from netralitas_rules.engine.plan import Graver, Waiver
from netralitas_rules.facts.space import Kind
from netralitas_rules.law.findings import UNWAIVABLE, FindingCode
from netralitas_rules.loading.conditions import Compiler
from netralitas_rules.loading.diagnostics import Code, listing, shown
from netralitas_rules.loading.link_rules import RuleLinker
from netralitas_rules.loading.linking import Context, text

_ABOUT = ("violations", "permissions", "consequences", "sanctions", "questions", "graver")
"""Sections whose items a finding is about."""


def waivers(ctx: Context, rules: RuleLinker) -> Iterator[Waiver]:
    """Every waiver; what it names must exist."""
    known = [key for section in _ABOUT for key in ctx.sections[section]]
    for item in ctx.sections["waivers"].values():
        doc, at = item.doc, item.place
        ctx.check_basis(doc.basis, at / "basis")
        if doc.code in UNWAIVABLE:
            ctx.problem(
                at / "code",
                Code.UNKNOWN_VALUE,
                f"`{doc.code}` is not waived",
                expected=listing([c for c in FindingCode if c not in UNWAIVABLE], limit=20),
                found=shown(doc.code.value),
            )
        for index, name in enumerate(doc.of):
            if name not in known:
                ctx.unknown(at / "of" / index, "rule, row, question or order", name, known)
        yield Waiver(
            item.id,
            doc.code,
            frozenset(doc.of),
            rules.condition(doc.when, at / "when"),
            text(doc.why),
            tuple(doc.basis),
        )


def graver(ctx: Context, compiler: Compiler) -> Iterator[Graver]:
    """Every order of gravity."""
    for item in ctx.sections["graver"].values():
        doc, at = item.doc, item.place
        ctx.check_basis(doc.basis, at / "basis")
        fact = compiler.fact(doc.fact, at / "fact", of_key=False)
        if fact is None:
            continue
        if fact.spec.kind not in (Kind.ENUM, Kind.BOOL):
            ctx.problem(
                at / "fact",
                Code.WRONG_TYPE,
                f"the values of `{doc.fact}` have no such order",
                expected="a fact with single values, or a yes-no fact",
            )
            continue
        order = []
        for index, value in enumerate(doc.order):
            bit = fact.bits.get(value, 0) if isinstance(value, bool) or value != "" else 0
            if not bit or bit in order:
                ctx.problem(
                    at / "order" / index,
                    Code.UNKNOWN_VALUE,
                    "an order of gravity names each value once",
                    expected=listing(fact.spec.values, limit=30),
                    found=shown(value),
                )
                continue
            order.append(bit)
        yield Graver(item.id, fact.index, tuple(order), tuple(doc.basis))
