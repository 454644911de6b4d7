"""The order in which a reader meets things, and what stands twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from netralitas_rules.analysis.lint.content import Content
from netralitas_rules.analysis.lint.model import Found, Level, LintRule
from netralitas_rules.loading.conditions import Place

_HEAD = ("title", "under", "norm", "scope", "raised-by")
_RULE = (*_HEAD, "needs", "unless", "standard", "check", "questions")
_CONSTRAINT = ("says", "when", "then", "basis")
KEYS: Mapping[str, tuple[str, ...]] = {
    "instruments": ("title", "short", "valid"),
    "provisions": ("says", "mark", "text", "source", "governs", "valid", "cite"),
    "facts": ("derived", "label", "question", "kind", "values"),
    "definitions": ("says", "basis", "when"),
    "violations": _RULE,
    "permissions": _RULE,
    "consequences": _RULE,
    "standards": ("says", "basis", "kinds", "at-least"),
    "sanctions": (
        *("for", "when", "regime", "level", "rests-on", "allow", "basis", "effective"),
        *("note", "questions"),
    ),
    "kinds": ("says", "basis"),
    "questions": ("kind", "asks", "readings", "default", "why", "about"),
    "constraints": _CONSTRAINT,
    "transitions": _CONSTRAINT,
    "comparisons": ("label", "compare", "with"),
    "lists": ("title", "short", "mark", "text", "source", "valid", "items"),
    "elections": ("label",),
    "calendars": ("title", "election", "territory", "basis", "contests"),
    "deadlines": (
        *("says", "from", "means", "direction", "days", "working-days", "then-days", "hours"),
        *("first-day", "question", "readings", "basis", "note"),
    ),
    "history": ("says", "basis", "all", "then"),
    "joint-leave": ("says", "days", "source"),
    "relations": ("says", "kind", "regimes", "kinds", "in-force", "alike", "basis", "questions"),
    "ladders": ("says", "regime", "regulation", "rungs", "level-first", "basis"),
    "authorities": (
        *("says", "regime", "regulation", "statuses", "until", "rows", "also-for", "up"),
        *("questions", "note"),
    ),
    "holders": ("says", "offices", "may-be", "agency", "basis", "mark"),
    "remedies": ("says", "regimes", "statuses", "until", "rows", "questions", "note"),
    "procedures": (
        *("says", "regime", "regulation", "statuses", "kinds", "basis", "follows", "steps"),
        *("reasons", "inaction", "once", "one-kind", "earlier", "undecided", "questions", "note"),
    ),
}
"""Keys of an item in the order in which they are read: what it says, when, and on what basis."""

BEFORE = (
    ("instruments", "provisions"),
    ("violations", "sanctions"),
    ("permissions", "sanctions"),
    ("consequences", "sanctions"),
    ("sanctions", "kinds"),
    ("facts", "transitions"),
    ("elections", "calendars"),
    ("authorities", "remedies"),
    ("relations", "ladders"),
)
"""Sections of one file of which the first is needed to read the second."""


def _key_order(content: Content) -> Iterator[Found]:
    for section, order in KEYS.items():
        for item in content.own(section):
            keys = [key for key in item.raw if key in order]
            wanted = sorted(keys, key=order.index)
            if keys != wanted:
                at = next(i for i, key in enumerate(keys) if key != wanted[i])
                yield Found(
                    item.place / keys[at],
                    f"`{keys[at]}` of `{item.id}` stands out of order",
                    expected=", ".join(wanted),
                    found=", ".join(keys),
                    of_key=True,
                )


def _section_order(content: Content) -> Iterator[Found]:
    files: dict[str, tuple[Place, list[str]]] = {}
    for item in content.own():
        tree = item.place.tree
        if tree is not None and tree.source.name not in files:
            files[tree.source.name] = (Place(tree, ()), list(tree.root.value))
    for place, sections in files.values():
        if "ruleset" in sections[1:]:
            yield Found(
                place / "ruleset",
                "the section `ruleset` does not stand first",
                expected="`ruleset` at the top of its file",
                of_key=True,
            )
        for first, second in BEFORE:
            if first not in sections or second not in sections:
                continue
            if sections.index(first) > sections.index(second):
                yield Found(
                    place / second,
                    f"`{second}` stands before `{first}`",
                    expected=f"`{first}` above `{second}`, which names what stands there",
                    of_key=True,
                    also=place / first,
                )


def _named_twice(content: Content) -> Iterator[Found]:
    for item in content.own():
        yield from _twice(item.place, item.raw)


def _twice(place: Place, raw: Any) -> Iterator[Found]:
    if isinstance(raw, dict):
        for key, part in raw.items():
            if isinstance(part, dict | list):
                yield from _twice(place / key, part)
    elif isinstance(raw, list):
        seen: dict[str, int] = {}
        for index, part in enumerate(raw):
            if isinstance(part, dict | list):
                yield from _twice(place / index, part)
            elif str(part) in seen:
                yield Found(
                    place / index,
                    f"`{part}` stands twice in one list",
                    expected="every entry once",
                    also=place / seen[str(part)],
                )
            else:
                seen[str(part)] = index


RULES = (
    LintRule("key-order", Level.ADVICE, _key_order),
    LintRule("section-order", Level.ADVICE, _section_order),
    LintRule("named-twice", Level.WARNING, _named_twice),
)
