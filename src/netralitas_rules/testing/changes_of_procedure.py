"""Procedures that ask for less, or for something else."""

from collections.abc import Iterator, Mapping
from typing import Any

from netralitas_rules.law.procedures import Duty, Severity
from netralitas_rules.testing.changes import Change, MutantKind, at, dropped, without


def procedure(raw: Mapping[str, Any]) -> Iterator[Change]:
    """Duties turned round; an order, a deadline, a form, an office or a reason left out."""
    steps = raw.get("steps", {})
    for name, step in steps.items():
        yield from at("steps", at(name, _step(step), steps), raw)
    for key in ("reasons", "inaction"):
        for name in raw.get(key, {}):
            yield MutantKind.DEMAND_DROPPED, (key, name), {**raw, key: without(raw[key], name)}
    inactions = raw.get("inaction", {})
    for name, one in inactions.items():
        changes = dropped("expects", one, MutantKind.VALUE_DROPPED)
        yield from at("inaction", at(name, changes, inactions), raw)
    for key in ("once", "one-kind", "earlier", "undecided"):
        if key in raw:
            yield MutantKind.DEMAND_DROPPED, (key,), without(raw, key)


def _step(raw: Mapping[str, Any]) -> Iterator[Change]:
    free = without(without(raw, "levels"), "when")
    for duty in (Duty.REQUIRED, Duty.OPTIONAL):
        if raw["duty"] != duty.value:
            yield MutantKind.DUTY_CHANGED, ("duty",), {**free, "duty": duty.value}
    for key in ("after", "limits", "by"):
        for index in range(len(raw.get(key, ()))):
            left = [*raw[key][:index], *raw[key][index + 1 :]]
            yield MutantKind.DEMAND_DROPPED, (key, index), {**raw, key: left}
    for index, limit in enumerate(raw.get("limits", ())):
        if "unless" in limit:
            runs = [*raw["limits"][:index], without(limit, "unless"), *raw["limits"][index + 1 :]]
            yield MutantKind.DEMAND_DROPPED, ("limits", index, "unless"), {**raw, "limits": runs}
    for key in ("not-before", "forms"):
        for name in raw.get(key, {}):
            yield MutantKind.DEMAND_DROPPED, (key, name), {**raw, key: without(raw[key], name)}
    forms = raw.get("forms", {})
    for name, form in forms.items():
        yield from at("forms", at(name, _form(form), forms), raw)
    for key in (
        *("excused", "or-designated", "by-authority", "by-reading"),
        *("nth", "made-by", "bodies", "acts-on"),
    ):
        if key in raw:
            yield MutantKind.DEMAND_DROPPED, (key,), without(raw, key)
    if "if-missing" in raw:
        yield MutantKind.SEVERITY_CHANGED, ("if-missing",), without(raw, "if-missing")
    elif raw["duty"] != Duty.OPTIONAL.value:
        grave = {**raw, "if-missing": Severity.BARS.value}
        yield MutantKind.SEVERITY_CHANGED, ("if-missing",), grave


def _form(raw: Mapping[str, Any]) -> Iterator[Change]:
    """Another number, or an element of a team left out."""
    if "above" in raw:
        yield MutantKind.VALUE_DROPPED, ("above",), {**raw, "above": raw["above"] + 2}
    elements = raw.get("elements", [])
    for index in range(len(elements) if len(elements) > 1 else 0):
        left = [*elements[:index], *elements[index + 1 :]]
        yield MutantKind.VALUE_DROPPED, ("elements", index), {**raw, "elements": left}
