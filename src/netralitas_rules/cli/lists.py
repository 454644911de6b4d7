"""`netralitas lists`: the named lists of a ruleset, and under which violations each form falls."""

import argparse
from collections.abc import Iterator
from textwrap import fill

from netralitas_rules.cli.named import loaded, named
from netralitas_rules.explain.phrases import MARKS, TEXTS
from netralitas_rules.law.model import ListItem, NamedList, Text

_WIDTH = 96
_WORDS = {
    "source": Text("sumber", "source"),
    "prospective": Text("bagi bakal calon", "for a prospective candidate"),
    "candidate": Text("bagi calon", "for a candidate"),
    "rows": Text("pada setiap tahap", "at any stage"),
    "related": Text("berkaitan", "related"),
    "note": Text("catatan", "note"),
}


def lists(arguments: argparse.Namespace) -> int:
    """One line a list; with a name, those lists in full."""
    rules = loaded(arguments)
    if rules is None:
        return 1
    known, lang, name = rules.lists, arguments.lang, arguments.name
    if name is None:
        for one in known.values():
            print(f"{one.id}  {one.title.in_language(lang)}")
        return 0
    found = named(known, name, what="list", command="lists")
    if not found:
        return 2
    print("\n\n".join(_described(one, lang) for one in found))
    return 0


def _described(one: NamedList, lang: str) -> str:
    def say(text: Text) -> str:
        return text.in_language(lang)

    known = f"[{one.mark}] {say(MARKS[one.mark])}; {say(TEXTS[one.text])}"
    lines = [
        one.id,
        _paragraph("  ", say(one.title)),
        _paragraph("  ", known),
        _paragraph(f"  {say(_WORDS['source'])}: ", one.source),
    ]
    for form in one.items:
        lines.append(_paragraph(f"  {form.number}. ", say(form.says)))
        lines += [_paragraph(f"     {say(_WORDS[key])}: ", value) for key, value in _of(form, lang)]
    return "\n".join(lines)


def _of(form: ListItem, lang: str) -> Iterator[tuple[str, str]]:
    """What is said of a form, each under its key."""
    named = {
        "prospective": form.prospective,
        "candidate": form.candidate,
        "rows": form.rows,
        "related": form.related,
    }
    for key, violations in named.items():
        if violations:
            yield key, ", ".join(violations)
    if form.note is not None:
        yield "note", form.note.in_language(lang)


def _paragraph(lead: str, text: str) -> str:
    indent = " " * (len(lead) - len(lead.lstrip()) + 4)
    return fill(
        text,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
