"""`netralitas facts`, `schema` and `rulesets`: what there is."""

import argparse
import json
from textwrap import fill

from netralitas_rules.cli.named import named
from netralitas_rules.facts.codebook import Entry, codebook
from netralitas_rules.law.model import Text
from netralitas_rules.loader import bundled_rulesets, load
from netralitas_rules.schemas import schema_of

_WIDTH = 96
_WORDS = {
    "values": Text("nilai", "values"),
    "example": Text("contoh", "example"),
    "near_miss": Text("bukan contoh", "near miss"),
    "question": Text("pertanyaan", "question"),
    "supplied_by": Text("dapat diberikan oleh", "can be supplied by"),
}


def facts(arguments: argparse.Namespace) -> int:
    """The codebook: one line a fact; with a name, that fact in full."""
    book, lang = codebook(), arguments.lang
    name = arguments.name
    if name is None:
        width = max(map(len, book))
        for path, entry in book.items():
            print(f"{path:{width}}  {entry.label.in_language(lang)}")
        return 0
    found = named(book, name, what="fact", command="facts")
    if not found:
        return 2
    print("\n\n".join(_described(entry, lang) for entry in found))
    return 0


def _described(entry: Entry, lang: str) -> str:
    def words(key: str) -> str:
        return _WORDS[key].in_language(lang)

    def paragraph(lead: str, text: Text, indent: str) -> str:
        return fill(
            f"{lead}{text.in_language(lang)}",
            _WIDTH,
            initial_indent=indent,
            subsequent_indent=indent + "    ",
        )

    lines = [
        f"{entry.path}: {entry.label.in_language(lang)}",
        paragraph("", entry.definition, "  "),
        paragraph(f"{words('question')}: ", entry.question, "  "),
        paragraph(f"{words('supplied_by')}: ", entry.supplied_by, "  "),
    ]
    if entry.example is not None:
        lines.append(paragraph(f"{words('example')}: ", entry.example, "  "))
    if entry.near_miss is not None:
        lines.append(paragraph(f"{words('near_miss')}: ", entry.near_miss, "  "))
    if entry.values:
        lines.append(f"  {words('values')}:")
    for value, about in entry.values.items():
        lines.append(f"    {value}: {about.label.in_language(lang)}")
        lines.append(paragraph("", about.definition, "      "))
        lines.append(paragraph(f"{words('example')}: ", about.example, "      "))
        lines.append(paragraph(f"{words('near_miss')}: ", about.near_miss, "      "))
    return "\n".join(lines)


def schema(arguments: argparse.Namespace) -> int:
    """A JSON Schema (2020-12) for forms and editors."""
    print(json.dumps(schema_of(arguments.which), ensure_ascii=False, indent=2))
    return 0


def rulesets(_: argparse.Namespace) -> int:
    """The bundled rulesets with version, digest and title."""
    for name in bundled_rulesets():
        rules = load(name)
        print(f"{name}  {rules.version}  {rules.digest[:16]}  {rules.title.id}")
    return 0
