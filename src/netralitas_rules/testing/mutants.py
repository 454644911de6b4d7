"""Small changes to a ruleset, each of which its scenarios are to notice.

A mutant is one item of the ruleset with one thing otherwise: an element dropped, a value flipped,
a date moved by a day, a level changed. It is made from the documents as they were read, so that
no YAML is read again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from netralitas_rules.engine.knowledge import Space
from netralitas_rules.facts.space import FactSpec, Kind
from netralitas_rules.law.model import Level
from netralitas_rules.loading.conditions import STATED, Place
from netralitas_rules.loading.documents import FixDoc, RulesetFile
from netralitas_rules.loading.gather import Item
from netralitas_rules.loading.merge import Merged
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.testing.changes import (
    Change,
    MutantKind,
    Steps,
    at,
    dropped,
    in_list,
    rest,
    without,
)
from netralitas_rules.testing.changes_of_procedure import procedure
from netralitas_rules.testing.changes_of_tables import table
from netralitas_rules.testing.changes_of_time import bounds, deadline, steps

FIXES = "fixes"
"""Stands for a section: readings that an overlay fixes, in its manifest."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """An item of a ruleset with one thing otherwise."""

    kind: MutantKind
    section: str
    item: str
    path: Steps
    """Keys from the item down to what was changed."""
    content: Mapping[str, Any] | None
    """The item as it is then; None where it was dropped."""

    def __str__(self) -> str:
        place = " > ".join(map(str, (self.section, self.item, *self.path)))
        return f"{place}: {self.kind}{self._shown()}"

    def _shown(self) -> str:
        found: Any = self.content
        for step in self.path:
            if isinstance(found, Mapping):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return ""
        return "" if found is None or isinstance(found, Mapping) else f" (now {found})"


def mutants(ruleset: Ruleset) -> Iterator[Mutant]:
    """Every mutant of what a ruleset states itself (of an overlay not those of its base), in a
    stable order.
    """
    maker = _Maker(ruleset)
    own = ruleset.merged.layers[-1]
    for section, items in own.sections.items():
        for item in items.values():
            for kind, path, content in maker.changes(section, item):
                yield Mutant(kind, section, item.id, path, content)
    for question, fix in own.manifest.fixes.items():
        for kind, path, content in maker.fix(question, fix):
            yield Mutant(kind, FIXES, question, path, content)


def with_mutant(merged: Merged, mutant: Mutant) -> Merged:
    """The documents of a ruleset with this one change. Raises `Refused` or `ValueError` where
    their shape is wrong then.
    """
    if mutant.section == FIXES:
        fixes = {name: fix for name, fix in merged.fixes.items() if name != mutant.item}
        if mutant.content is not None:
            fixes[mutant.item] = FixDoc.model_validate(mutant.content)
        return replace(merged, fixes=fixes)
    items = dict(merged.sections[mutant.section])
    if mutant.content is None:
        del items[mutant.item]
    else:
        items[mutant.item] = item_of(mutant.section, mutant.item, mutant.content)
    return replace(merged, sections={**merged.sections, mutant.section: items})


def item_of(section: str, key: str, content: Mapping[str, Any]) -> Item:
    """An item from its plain content. Raises `ValueError` where its shape is wrong."""
    file = RulesetFile.model_validate({section: {key: content}})
    doc = getattr(file, section.replace("-", "_"))[key]
    return Item(key, doc, content, Place(None, (section, key)))


class _Maker:
    """Makes the changes to one item after the other."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._space: Space = ruleset.plan.space
        self._merged: Merged = ruleset.merged

    def changes(self, section: str, item: Item) -> Iterator[Change]:
        raw = dict(item.raw)
        match section:
            case "violations" | "permissions" | "consequences":
                yield from self._rule(raw)
            case "definitions":
                yield from at("when", self._condition(raw["when"]), raw)
            case "sanctions":
                yield MutantKind.ITEM_DROPPED, (), None
                yield from self._sanction(raw)
            case "constraints" | "transitions":
                yield MutantKind.ITEM_DROPPED, (), None
                for key in ("when", "then"):
                    yield from at(key, self._condition(raw[key]), raw)
            case "comparisons":
                swapped = {**raw, "compare": raw["with"], "with": raw["compare"]}
                yield MutantKind.DATES_SWAPPED, (), swapped
            case "questions":
                yield from _defaults(raw)
            case "instruments" | "provisions":
                if "valid" in raw:
                    yield from at("valid", bounds(raw["valid"]), raw)
            case "calendars":
                yield from at("contests", steps(raw["contests"]), raw)
            case "deadlines":
                yield from deadline(raw)
            case "history":
                yield MutantKind.ITEM_DROPPED, (), None
                yield from _derivation(raw)
            case "authorities" | "remedies":
                yield from table(raw)
            case "holders":
                yield MutantKind.ITEM_DROPPED, (), None
                for key in ("offices", "may-be"):
                    yield from dropped(key, raw, MutantKind.VALUE_DROPPED)
                if "agency" in raw:
                    yield MutantKind.CLAUSE_DROPPED, ("agency",), without(raw, "agency")
            case "procedures":
                yield from procedure(raw)
            case "relations":
                yield MutantKind.ITEM_DROPPED, (), None
                if len(raw["regimes"]) > 1:
                    swapped = {**raw, "regimes": raw["regimes"][::-1]}
                    yield MutantKind.REGIMES_SWAPPED, ("regimes",), swapped
                if "kinds" in raw:
                    yield from dropped("kinds", raw, MutantKind.VALUE_DROPPED)
                if "in-force" in raw:
                    yield from dropped("in-force", raw, MutantKind.VALUE_DROPPED)
                if "alike" in raw:
                    yield MutantKind.CLAUSE_DROPPED, ("alike",), without(raw, "alike")
            case "ladders":
                if "level-first" in raw:
                    yield MutantKind.CLAUSE_DROPPED, ("level-first",), without(raw, "level-first")
                yield from _rungs(raw)

    def fix(self, question: str, fix: FixDoc) -> Iterator[Change]:
        """A fixed reading left out, another one, or from another day on."""
        raw = fix.model_dump(mode="json", by_alias=True, exclude_unset=True)
        yield MutantKind.FIX_DROPPED, (), None
        for reading in self._merged.sections["questions"][question].raw["readings"]:
            if reading != fix.reading:
                yield MutantKind.FIX_CHANGED, ("reading",), {**raw, "reading": reading}
        yield from bounds(raw)

    def _rule(self, raw: Mapping[str, Any]) -> Iterator[Change]:
        if "under" in raw:
            yield MutantKind.CLAUSE_DROPPED, ("under",), without(raw, "under")
            yield from at("under", self._condition(raw["under"]), raw)
        yield from at("raised-by", self._gates(raw["raised-by"]), raw)
        needs, unless = raw["needs"], raw.get("unless", {})
        for name, element in needs.items():
            if len(needs) > 1:
                fewer = {**raw, "needs": without(needs, name)}
                yield MutantKind.ELEMENT_DROPPED, ("needs", name), fewer
            if isinstance(element, Mapping):
                yield from at("needs", at(name, self._element(element), needs), raw)
        for name, clause in unless.items():
            fewer = {**raw, "unless": without(unless, name)}
            yield MutantKind.EXCEPTION_DROPPED, ("unless", name), fewer
            yield from at("unless", at(name, self._clause(clause), unless), raw)

    def _element(self, element: Mapping[str, Any]) -> Iterator[Change]:
        if "when" in element:
            yield from at("when", self._condition(element["when"]), element)
        else:
            yield from self._condition(element)

    def _clause(self, clause: Mapping[str, Any]) -> Iterator[Change]:
        yield from at("when", self._condition(clause["when"]), clause)
        for key, changes in (("but-not", self._condition), ("asked-when", self._gates)):
            if key in clause:
                yield MutantKind.CLAUSE_DROPPED, (key,), without(clause, key)
                yield from at(key, changes(clause[key]), clause)

    def _sanction(self, raw: Mapping[str, Any]) -> Iterator[Change]:
        yield from dropped("for", raw, MutantKind.TARGET_DROPPED)
        if "when" in raw:
            yield MutantKind.CLAUSE_DROPPED, ("when",), without(raw, "when")
            yield from at("when", self._condition(raw["when"]), raw)
        if "level" in raw:
            levels = [level.value for level in Level]
            other = levels[(levels.index(raw["level"]) + 1) % len(levels)]
            yield MutantKind.LEVEL_CHANGED, ("level",), {**raw, "level": other}
        yield from dropped("allow", raw, MutantKind.VALUE_DROPPED)
        for index, kind in enumerate(raw["allow"]):
            others = [k for k in self._merged.sections["kinds"] if k not in raw["allow"]]
            if others:
                named = list(self._merged.sections["kinds"])
                other = next((k for k in others if named.index(k) > named.index(kind)), others[0])
                allow = [*raw["allow"][:index], other, *raw["allow"][index + 1 :]]
                yield MutantKind.KIND_SWAPPED, ("allow", index), {**raw, "allow": allow}

    # -- conditions

    def _condition(self, raw: Mapping[str, Any]) -> Iterator[Change]:
        for key, value in raw.items():
            if len(raw) > 1:
                yield MutantKind.LINE_DROPPED, (key,), without(raw, key)
            yield from self._line(key, value, raw)

    def _line(self, key: str, value: Any, raw: Mapping[str, Any]) -> Iterator[Change]:
        match key:
            case "not":
                yield MutantKind.NEGATION_DROPPED, ("not",), {"all": [value, *rest(raw, "not")]}
                yield from at("not", self._condition(value), raw)
            case "all" | "any":
                yield from dropped(key, raw, MutantKind.ALTERNATIVE_DROPPED)
                for index, part in enumerate(value):
                    listed = in_list(index, self._condition(part), value)
                    yield from at(key, listed, raw)
            case "is":
                if isinstance(value, list):
                    yield from dropped(key, raw, MutantKind.LINE_DROPPED)
            case _:
                fact = self._space.by_path[key]
                yield from at(key, _test(fact.spec, value), raw)

    def _gates(self, raw: Any) -> Iterator[Change]:
        if isinstance(raw, list):
            for index, gate in enumerate(raw):
                if len(raw) > 1:
                    left = [*raw[:index], *raw[index + 1 :]]
                    yield MutantKind.ALTERNATIVE_DROPPED, (index,), left
                yield from in_list(index, self._condition(gate), raw)
        else:
            yield from self._condition(raw)


def _test(spec: FactSpec, value: Any) -> Iterator[Change]:
    """One line of a condition with another value."""
    match value:
        case _ if value == STATED:
            return
        case bool():
            yield MutantKind.VALUE_FLIPPED, (), not value
        case str() if spec.kind is Kind.DATE:
            yield MutantKind.VALUE_FLIPPED, (), "happened" if value == "none" else "none"
        case str():
            yield MutantKind.VALUE_FLIPPED, (), _another(spec, [value])
        case list():
            yield from _fewer(value)
            if len(value) == 1:
                yield MutantKind.VALUE_FLIPPED, (), _another(spec, value)
        case {"not": excluded}:
            yield MutantKind.NEGATION_DROPPED, (), excluded
            if isinstance(excluded, list):
                yield from at("not", _fewer(excluded), value)
        case dict() if spec.kind is Kind.LIST:
            for name, members in value.items():
                yield from at(name, _fewer(members), value)
                other = "lacks" if name != "lacks" else "any"
                if other not in value:
                    turned = {**without(value, name), other: members}
                    yield MutantKind.VALUE_FLIPPED, (name,), turned
        case dict():
            yield from bounds(value)


def _another(spec: FactSpec, values: list[Any]) -> Any:
    """The value that stands behind these in the codebook, or the first one."""
    others = [v for v in spec.values if v not in values]
    last = spec.values.index(values[-1])
    return next((v for v in others if spec.values.index(v) > last), others[0])


def _fewer(values: list[Any]) -> Iterator[Change]:
    if len(values) > 1:
        for index in range(len(values)):
            left = [*values[:index], *values[index + 1 :]]
            yield MutantKind.VALUE_DROPPED, (index,), left


def _defaults(raw: Mapping[str, Any]) -> Iterator[Change]:
    """Every other reading as the one that is taken."""
    if raw["kind"] == "computed" and "default" in raw:
        for reading in raw["readings"]:
            if reading != raw["default"]:
                changed = {**raw, "default": reading}
                yield MutantKind.DEFAULT_CHANGED, ("default",), changed


def _derivation(raw: Mapping[str, Any]) -> Iterator[Change]:
    """A premise, or what a premise asks of one field, left out."""
    yield from dropped("all", raw, MutantKind.PREMISE_DROPPED)
    for index, premise in enumerate(raw["all"]):
        changes = (
            (MutantKind.LINE_DROPPED, (field,), without(premise, field))
            for field in premise
            if field != "is"
        )
        yield from at("all", in_list(index, changes, raw["all"]), raw)


def _rungs(raw: Mapping[str, Any]) -> Iterator[Change]:
    """Two kinds that follow each other on a list in the place of each other."""
    for level, lists in raw["rungs"].items():
        for number, one in enumerate(lists):
            for index in range(len(one) - 1):
                swapped = [*one[:index], one[index + 1], one[index], *one[index + 2 :]]
                changed = [*lists[:number], swapped, *lists[number + 1 :]]
                path = ("rungs", level, number, index)
                rungs = {**raw["rungs"], level: changed}
                yield MutantKind.RUNGS_SWAPPED, path, {**raw, "rungs": rungs}
