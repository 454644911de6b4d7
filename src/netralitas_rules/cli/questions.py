"""`netralitas readings`: the open questions of law, their readings, and which one is taken."""

import argparse
from textwrap import fill

from netralitas_rules.cli.named import loaded, named
from netralitas_rules.law.model import Fixed, Question, QuestionKind, Text

_WIDTH = 96
_WORDS = {
    "taken": Text("dipakai", "taken"),
    "none": Text("tidak ada yang dipakai", "none taken"),
    "why": Text("alasan", "why"),
    "sources": Text("sumber", "sources"),
    "fixed": Text("ditetapkan oleh", "fixed by"),
    "about": Text("tentang", "about"),
}
_KINDS = {
    QuestionKind.COMPUTED: Text("dihitung menurut setiap penafsiran", "computed for each reading"),
    QuestionKind.NOTE: Text("catatan", "note"),
    QuestionKind.DISCRETION: Text("pejabat memilih", "an official chooses"),
}


def readings(arguments: argparse.Namespace) -> int:
    """One line a question; with a name, those questions in full."""
    rules = loaded(arguments)
    if rules is None:
        return 1
    questions, lang, name = rules.questions, arguments.lang, arguments.name
    if name is None:
        for question in questions.values():
            taken = question.taken()[0] or "-"
            print(f"{question.id}  [{taken}]  {question.asks.in_language(lang)}")
        return 0
    found = named(questions, name, what="question", command="readings")
    if not found:
        return 2
    cites = {p.id: p.cite for p in rules.provisions.values()}
    print("\n\n".join(_described(question, cites, lang) for question in found))
    return 0


def _fixed(fixed: Fixed) -> str:
    return f"{fixed.decision}, {fixed.first}" if fixed.first is not None else fixed.decision


def _described(question: Question, cites: dict[str, Text], lang: str) -> str:
    def words(key: str) -> str:
        return _WORDS[key].in_language(lang)

    def paragraph(lead: str, text: str, indent: str) -> str:
        return fill(
            f"{lead}{text}", _WIDTH, initial_indent=indent, subsequent_indent=indent + "    "
        )

    taken = question.taken()[0] or words("none")
    lines = [
        f"{question.id} ({_KINDS[question.kind].in_language(lang)})",
        paragraph("", question.asks.in_language(lang), "  "),
        f"  {words('taken')}: {taken}"
        + (f" ({words('fixed')} {_fixed(question.fixed)})" if question.fixed is not None else ""),
        paragraph(f"{words('why')}: ", question.why.in_language(lang), "  "),
    ]
    if question.about:
        named = "; ".join(cites[p].in_language(lang) for p in question.about)
        lines.append(paragraph(f"{words('about')}: ", named, "  "))
    for reading in question.readings:
        lines.append(paragraph(f"- {reading.id}: ", reading.says.in_language(lang), "  "))
        if reading.sources:
            lines.append(paragraph(f"{words('sources')}: ", "; ".join(reading.sources), "      "))
    return "\n".join(lines)
