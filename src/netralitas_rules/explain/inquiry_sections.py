"""Readings of the law and unused facts: parts of the text of an inquiry."""

from collections.abc import Iterable, Iterator, Sequence

from netralitas_rules.decision.model import SubjectOutcome
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.writing import Writing, hang
from netralitas_rules.inquiry import readings_model as r
from netralitas_rules.inquiry.unused import Unread, UnusedFact
from netralitas_rules.law.model import Text

MAX_NAMED = 5
"""Rules that are named of those that would read a fact."""

PHRASES = {
    "readings": Text("Hasil menurut setiap penafsiran", "Outcome under every reading"),
    "settled": Text("sama menurut setiap penafsiran", "the same under every reading"),
    "unsettled": Text("bergantung pada penafsiran", "depends on the reading"),
    "possible": Text("kemungkinan lain", "may be"),
    "findings_settled": Text(
        "Temuan yang sama menurut setiap penafsiran", "Findings that are the same under each"
    ),
    "findings_unsettled": Text(
        "Temuan yang bergantung pada penafsiran", "Findings that depend on the reading"
    ),
    "same": Text("tidak ada yang berubah", "nothing changes"),
    "excluded": Text(
        "fakta yang dinyatakan tidak memungkinkan penafsiran ini",
        "the stated facts exclude this reading",
    ),
    "binding": Text("mengikat sejak", "binding from"),
    "together": Text(
        "Pertanyaan hukum yang baru menentukan jika digabungkan", "Questions decisive together"
    ),
    "cut": Text(
        "Gabungan penafsiran terlalu banyak untuk ditelaah seluruhnya. Hal yang dinyatakan sama "
        "memang sama, tetapi mungkin masih ada gabungan lain, dan hal lain mungkin juga sama.",
        "There are too many combinations of readings to look at all of them: what is called the "
        "same is the same, but there may be other combinations, and other things may be the same "
        "too.",
    ),
    "unused": Text(
        "Fakta yang dinyatakan, tetapi tidak dipakai dalam telaah",
        "Facts that were stated and not read",
    ),
    "more": Text("dan {} lainnya", "and {} more"),
}

WHY = {
    Unread.NO_RULE: Text(
        "tidak ada aturan dalam himpunan ini yang memakainya: mungkin salah isi, kodenya belum "
        "dikenal, atau aturannya belum lengkap",
        "nothing in this ruleset reads it: a wrong entry, a code not yet known, or a gap in the "
        "rules",
    ),
    Unread.NOT_HERE: Text(
        "hanya dipakai oleh aturan yang tidak dipersoalkan dalam laporan ini",
        "read only by rules that this report does not raise",
    ),
    Unread.OUTWEIGHED: Text(
        "pemilihan sudah disebut tersendiri untuk setiap pihak yang diuntungkan atau dirugikan",
        "every beneficiary states a contest of its own",
    ),
}


def readings_section(out: Writing, readings: r.Readings) -> Iterator[str]:
    """What is settled in law, what each decisive question changes, and what several do."""
    yield from out.heading_text(out.t(PHRASES["readings"]))
    for own in readings.outcomes:
        said = PHRASES["settled" if own.settled else "unsettled"]
        lead = f"{out.w('subject')} {own.subject}: "
        yield from hang(lead, f"{out.t(p.OUTCOMES[own.outcome])}; {out.t(said)}")
        for other in own.possible if not own.settled else ():
            if other is not own.outcome:
                yield from hang(f"  {out.t(PHRASES['possible'])}: ", out.t(p.OUTCOMES[other]))
    for key, settled in (("findings_settled", True), ("findings_unsettled", False)):
        ids = dict.fromkeys(f.id for f in readings.findings if f.settled is settled)
        if ids:
            yield from hang(f"{out.t(PHRASES[key])}: ", ", ".join(ids))
    for number, question in enumerate(readings.questions, start=1):
        yield from _question(out, number, question)
    if readings.together:
        yield from out.heading_text(out.t(PHRASES["together"]))
        for under in readings.together:
            yield from _under(out, under, "- ")
    if readings.cut:
        yield ""
        yield from hang("", out.t(PHRASES["cut"]))


def _question(out: Writing, number: int, question: r.QuestionReadings) -> Iterator[str]:
    asked = out.words.plan.questions[question.id]
    says = {reading.id: reading.says for reading in asked.readings}
    yield from hang(f"{number}. ", f"{out.t(asked.asks)} [{question.id}]")
    taken = out.w("none_taken")
    if question.taken is not None:
        by = question.chosen_by
        by = out.w(by) if by in ("default", "argument") else by
        if question.binding_from is not None:
            by += f", {out.t(PHRASES['binding'])} {p.day(question.binding_from, out.lang)}"
        taken = f"{out.t(says[question.taken])} [{question.taken}] ({by})"
    yield from hang(f"   {out.w('taken')}: ", taken)
    for under in question.readings:
        (choice,) = under.readings
        if choice.reading != question.taken:
            yield from _under(out, under, f"   {out.w('otherwise')} ")


def _under(out: Writing, under: r.Under, lead: str) -> Iterator[str]:
    """The readings, and what is otherwise under them."""
    questions = out.words.plan.questions
    named = []
    for choice in under.readings:
        says = next(o.says for o in questions[choice.question].readings if o.id == choice.reading)
        place = (
            choice.reading if len(under.readings) == 1 else f"{choice.question}: {choice.reading}"
        )
        named.append(f'"{out.t(says)}" [{place}]')
    yield from hang(lead, f"{p.listed(named, out.w('and'))}:")
    indent = " " * (len(lead) - len(lead.lstrip())) + "  - "
    for line in _changes(out, under):
        yield from hang(indent, line)


def _changes(out: Writing, under: r.Under) -> Iterator[str]:
    if under.excluded:
        yield out.t(PHRASES["excluded"])
        return
    for own in under.outcomes:
        yield _outcome(out, own)
    for finding in under.findings:
        whose = out.whose(finding.subject, finding.act, finding.beneficiary)
        yield f"{finding.id} ({whose}): {_otherwise(out, finding.before, finding.after)}"
    for path in under.paths:
        whose = f"{out.w('subject')} {path.subject}"
        yield f"{path.id} ({whose}): {_otherwise(out, path.before, path.after)}"
    if not (under.findings or under.paths):
        yield out.t(PHRASES["same"])


def _outcome(out: Writing, own: SubjectOutcome) -> str:
    return f"{out.w('outcome')}, {out.w('subject')} {own.subject}: {out.t(p.OUTCOMES[own.outcome])}"


def _otherwise(out: Writing, before: str, after: str) -> str:
    return f"{out.t(p.CHANGED[before])} -> {out.t(p.CHANGED[after])}"


def unused_section(out: Writing, unused: Sequence[UnusedFact]) -> Iterator[str]:
    """Every unused fact with its place, and why it was not read."""
    if not unused:
        return
    yield from out.heading_text(out.t(PHRASES["unused"]))
    for own in unused:
        label = out.t(out.words.label(own.fact))
        values = [out.t(out.words.code(own.fact, code)) for code in own.possible]
        said = ", ".join(values) if out.words.is_list(own.fact) else p.listed(values, out.w("or"))
        why = out.t(WHY[own.why])
        if own.why is Unread.NOT_HERE and own.read_by:
            why += f" ({_named(out, own.read_by)})"
        yield from hang("- ", f"{own.place} ({label}: {said}): {why}")


def _named(out: Writing, rules: Sequence[str]) -> str:
    """Some of the rules, and how many more there are."""
    named: Iterable[str] = rules[:MAX_NAMED]
    rest = len(rules) - MAX_NAMED
    more = f" {out.t(PHRASES['more']).format(rest)}" if rest > 0 else ""
    return ", ".join(named) + more
