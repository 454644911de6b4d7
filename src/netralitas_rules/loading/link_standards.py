"""Linking standards of evidence: which element is held to which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.knowledge import Space
from netralitas_rules.engine.plan import Demand, Element, Rule
from netralitas_rules.facts.space import STANDARD_PREFIX, Origin
from netralitas_rules.law.model import Standard, Text
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.gather import Item
from netralitas_rules.loading.linking import Context, text

RULES = ("violations", "permissions", "consequences")


def standards(ctx: Context) -> dict[str, Standard]:
    """Every standard by id."""
    found = {}
    for key, item in ctx.sections["standards"].items():
        ctx.check_basis(item.doc.basis, item.place / "basis")
        found[key] = Standard(
            key,
            text(item.doc.says),
            tuple(item.doc.basis),
            tuple(dict.fromkeys(item.doc.kinds)),
            item.doc.at_least,
        )
    return found


def paths(ctx: Context) -> dict[str, Text]:
    """The facts that say whether elements reach their standards, with their words."""
    found = {}
    for section in RULES:
        for rule, item in ctx.sections[section].items():
            for element in item.doc.standard:
                found[_path(ctx, item, element)] = Text(
                    f"standar pembuktian unsur {element} pada {rule} tercapai",
                    f"standard of evidence of the element {element} of {rule} reached",
                )
    return found


def held(
    ctx: Context,
    item: Item,
    elements: Sequence[Element],
    *,
    space: Space,
    known: Mapping[str, Standard],
) -> Iterator[Element]:
    """The elements of a rule, with the standards that it names for them."""
    at = item.place / "standard"
    names = [element.name for element in elements]
    for name, standard in item.doc.standard.items():
        if name not in names:
            ctx.unknown(at / name, "element", name, names, of_key=True)
        if standard not in known:
            ctx.unknown(at / name, "standard", standard, known)
    for element in elements:
        asked = known.get(item.doc.standard.get(element.name, ""))
        if asked is None:
            yield element
            continue
        origins = {space.facts[f].spec.origin for f in c.facts_of(element.condition)}
        if origins == {Origin.READING}:
            ctx.problem(
                at / element.name,
                Code.BAD_CONDITION,
                f"evidence can show nothing of `{element.name}`",
                expected="an element that reads a fact of the incident",
                of_key=True,
            )
        fact = space.by_path[_path(ctx, item, element.name)]
        yes = fact.bits[True]
        yield replace(element, demand=Demand(asked, c.Test(fact.index, yes, fact.full & ~yes)))


def readings(rules: Sequence[Rule], space: Space) -> frozenset[int]:
    """Readings that elements with a standard read."""
    read = {
        fact
        for rule in rules
        for element in rule.elements
        if element.demand is not None
        for fact in c.facts_of(element.condition)
    }
    return frozenset(f for f in read if space.facts[f].spec.origin is Origin.READING)


def _path(ctx: Context, item: Item, element: str) -> str:
    """What a standard asks is part of the name: two rulesets that ask different things of one
    element have different facts of it.
    """
    standard = ctx.sections["standards"].get(item.doc.standard[element])
    asked = ""
    if standard is not None:
        kinds = "+".join(sorted(set(standard.doc.kinds))) or "any"
        asked = f"/{standard.doc.at_least}-{kinds}"
    return f"{STANDARD_PREFIX}{item.id}/{element}{asked}"
