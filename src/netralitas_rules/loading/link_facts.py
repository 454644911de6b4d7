"""Linking the facts of a ruleset: its space, its breakpoints, its words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.knowledge import Space
from netralitas_rules.engine.plan import Comparison, Constraint
from netralitas_rules.facts.space import (
    ACT_DATE,
    ELECTION,
    GROUPS,
    MAX_LIST_MEMBERS,
    READING_PREFIX,
    STAGE,
    FactSpec,
    Kind,
    Origin,
    vocabulary,
)
from netralitas_rules.law.model import Provision, QuestionKind, Text
from netralitas_rules.loading import calendars, link_standards
from netralitas_rules.loading.conditions import OPERATORS, breakpoints
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.linking import Context, text

COMPARISON_VALUES = ("before", "same_day", "after", "never", "no_reference")


def specs(ctx: Context) -> dict[str, FactSpec]:
    specs = dict(vocabulary())
    known = specs[ELECTION]
    own = tuple(ctx.sections["elections"])
    specs[ELECTION] = replace(known, values=(*known.values, *own))
    for path, item in ctx.sections["facts"].items():
        doc = item.doc
        group = path.split(".")[0]
        origin = Origin.DERIVED if doc.derived else Origin.FURTHER
        needs_values = doc.kind in (Kind.ENUM, Kind.LIST)
        taken = path in specs or path in OPERATORS or path.startswith(READING_PREFIX)
        if taken or (origin is Origin.FURTHER and (group not in GROUPS or path.count(".") != 2)):
            ctx.problem(
                item.place,
                Code.OVERLAY,
                f"`{path}` cannot be declared",
                expected="a new name; stated facts are `subject.`, `act.` or `beneficiary.`, "
                "then the prefix and the name",
            )
        if needs_values != bool(doc.values) or (
            doc.kind is Kind.LIST and len(doc.values) > MAX_LIST_MEMBERS
        ):
            ctx.problem(
                item.place,
                Code.WRONG_TYPE,
                f"the values of `{path}` do not fit its kind",
                expected="values for enum and list (a list has at most 8), none for others",
            )
        values: tuple[str | bool, ...] = tuple(doc.values)
        if doc.kind is Kind.BOOL:
            values = (True, False)
        specs[path] = FactSpec(path, doc.kind, values, doc.kind is Kind.DATE, origin)
    for path, item in ctx.sections["comparisons"].items():
        if path in specs:
            ctx.problem(
                item.place,
                Code.DUPLICATE_ITEM,
                f"`{path}` is a fact already",
                expected="a name of its own for the comparison",
            )
        specs[path] = FactSpec(path, Kind.ENUM, COMPARISON_VALUES, origin=Origin.DERIVED)
    for name, item in ctx.sections["questions"].items():
        if item.doc.kind is QuestionKind.COMPUTED:
            path = READING_PREFIX + name
            specs[path] = FactSpec(path, Kind.ENUM, tuple(item.doc.readings), origin=Origin.READING)
    for path in link_standards.paths(ctx):
        specs[path] = FactSpec(path, Kind.BOOL, (True, False), origin=Origin.DERIVED)
    return specs


def breaks(
    ctx: Context, specs: Mapping[str, FactSpec], provisions: Mapping[str, Provision]
) -> dict[str, set[int]]:
    breaks: dict[str, set[int]] = {ACT_DATE: set()}
    for _, raw in ctx.conditions:
        for path, first in breakpoints(raw, specs):
            breaks.setdefault(path, set()).add(first)
    for item in ctx.sections["calendars"].values():
        days = calendars.calendar_of(item).boundaries
        breaks[ACT_DATE].update(day.toordinal() for day in days)
    for provision in provisions.values():
        if provision.validity.first is not None:
            breaks[ACT_DATE].add(provision.validity.first.toordinal())
        if provision.validity.last is not None:
            breaks[ACT_DATE].add(provision.validity.last.toordinal() + 1)
    return breaks


def labels(
    ctx: Context,
) -> tuple[dict[str, Text], dict[tuple[str, str], Text], dict[str, Text]]:
    labels: dict[str, Text] = {}
    values: dict[tuple[str, str], Text] = {}
    asks: dict[str, Text] = {}
    for path, item in ctx.sections["facts"].items():
        labels[path] = text(item.doc.label)
        if item.doc.question is not None:
            asks[path] = text(item.doc.question)
        for value, words in item.doc.values.items():
            values[path, value] = text(words)
    for path, item in ctx.sections["comparisons"].items():
        labels[path] = text(item.doc.label)
    labels |= link_standards.paths(ctx)
    for name, item in ctx.sections["elections"].items():
        values[ELECTION, name] = text(item.doc.label)
    for name, item in ctx.sections["questions"].items():
        labels[READING_PREFIX + name] = text(item.doc.asks)
        for value, reading in item.doc.readings.items():
            values[READING_PREFIX + name, value] = text(reading.says)
    return labels, values, asks


def sources(
    space: Space, constraints: Iterable[Constraint], comparisons: Iterable[Comparison]
) -> dict[int, tuple[str, ...]]:
    """For every derived fact the statable facts behind it, through other derived ones too."""
    direct: dict[int, set[int]] = {}
    for constraint in constraints:
        read = {t.fact for t in c.tests_of(constraint.when)}
        if constraint.calendar is not None:  # asked otherwise, on the day of determination alone
            read.discard(space.by_path[STAGE].index)
        direct.setdefault(constraint.then.fact, set()).update(read)
    for comparison in comparisons:
        pair = (space.by_path[comparison.first].index, space.by_path[comparison.second].index)
        direct.setdefault(comparison.fact, set()).update(pair)
    found: dict[int, tuple[str, ...]] = {}
    for fact in space.facts:
        if fact.spec.origin is not Origin.DERIVED:
            continue
        reached, waiting = {fact.index}, [fact.index]
        while waiting:
            for other in direct.get(waiting.pop(), set()) - reached:
                reached.add(other)
                if space.facts[other].spec.origin is Origin.DERIVED:
                    waiting.append(other)
        found[fact.index] = tuple(
            space.facts[index].spec.path
            for index in sorted(reached)
            if space.facts[index].spec.origin in (Origin.INCIDENT, Origin.FURTHER)
        )
    return found
