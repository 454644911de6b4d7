"""The text of an inquiry. One renderer for both languages, so that they cannot differ."""

from collections.abc import Iterator

from netralitas_rules.explain import fact_sets as f
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.inquiry_sections import readings_section, unused_section
from netralitas_rules.explain.words import Words
from netralitas_rules.explain.writing import Writing, hang
from netralitas_rules.inquiry import model as m
from netralitas_rules.law.model import Text

MOST_TOLD = 5
PHRASES = {
    "title": Text("Hal yang dapat menentukan hasil laporan", "What would settle the report"),
    "caution": Text(
        "Yang tercantum di sini ialah fakta yang perlu dicari, bukan fakta yang dianggap ada.",
        "What is named here are facts to look for, not facts that are presumed.",
    ),
    "settled": Text(
        "Tidak ada lagi fakta yang dapat mengubah hasil.",
        "No fact can change the outcome any more.",
    ),
    "by_law": Text(
        "Tidak ada fakta yang dapat menentukannya; yang belum terjawab ialah pertanyaan hukum.",
        "No fact settles it; what is open is a question of law.",
    ),
    "next": Text("Pertanyaan berikutnya", "Next question"),
    "place": Text("Letak dalam laporan", "Place"),
    "allowed": Text("Pilihan jawaban", "Answers"),
    "date_allowed": Text(
        "tanggal, bulan, tahun, atau rentang waktu", "a day, a month, a year, or a span"
    ),
    "number_allowed": Text("bilangan bulat", "a whole number"),
    "supplied_by": Text("Dapat diberikan oleh", "Who can supply it"),
    "matters_by": Text("Diperlukan berdasarkan", "Matters under"),
    "follows": Text("Akibat tiap jawaban", "What follows from each answer"),
    "not_tried": Text(
        "Akibat tiap jawaban tidak dihitung karena gabungan jawaban dan tanggalnya terlalu banyak.",
        "What follows was not computed: too many answers on too many days.",
    ),
    "nothing_changes": Text("tidak ada yang berubah", "nothing changes"),
    "more": Text("dan {} lainnya", "and {} more"),
    "others": Text("Fakta lain yang dapat mengubah hasil", "Other facts that can change it"),
}


def render(inquiry: m.Inquiry, words: Words, *, lang: str) -> str:
    """The inquiry as text, in Indonesian (`id`) or English (`en`)."""
    return "\n".join(_Renderer(inquiry, words, lang).lines()) + "\n"


def question(inquiry: m.Inquiry, words: Words, *, lang: str) -> str:
    """Only the next question, as text."""
    return "\n".join(_Renderer(inquiry, words, lang).question()) + "\n"


class _Renderer(Writing):
    def __init__(self, inquiry: m.Inquiry, words: Words, lang: str) -> None:
        super().__init__(words, lang, inquiry.citations, {**p.PHRASES, **f.PHRASES, **PHRASES})
        self.i = inquiry
        self.rules = {rule.id for rule in words.plan.rules}

    def lines(self) -> Iterator[str]:
        i = self.i
        name = i.incident or self.w("unnamed")
        yield from self.head(f"{self.w('title')}: {name}", i.as_of, i.ruleset)
        yield from hang("", self.w("caution"))
        yield from hang(f"{self.w('outcome')}: ", self.t(p.OUTCOMES[i.outcome]))
        if i.next is None and not i.findings and not i.paths:
            yield from hang("", self.w("settled"))
        for finding in i.findings:
            yield from self._finding(finding)
        for path in i.paths:
            yield from self.heading_text(f"{self.regime(path.regime, path.level)} [{path.id}]")
            yield from f.fact_sets(self, path.sets, of_path=True)
            yield from self._rest(path)
        if i.next is not None:
            yield from self.heading("next")
            yield from self.question()
        if i.ranked[1:]:
            yield from self.heading("others")
            for one in i.ranked[1:]:
                yield f"- {self.t(self.words.label(one.fact))} [{one.place}]"
        if i.readings is not None:
            yield from readings_section(self, i.readings)
        if i.unused:
            yield from unused_section(self, i.unused)

    def _finding(self, finding: m.OpenFinding) -> Iterator[str]:
        yield ""
        yield from hang("", f"{self.t(finding.title)} [{finding.id}]")
        about = self.whose(finding.subject, finding.act, finding.beneficiary)
        status = self.t(p.STATUSES[finding.kind][finding.status])
        yield from hang("  ", f"{about}: {status}")
        yield from f.fact_sets(self, finding.sets, indent="  ")
        yield from self._rest(finding)

    def _rest(self, one: m.OpenFinding | m.OpenPath) -> Iterator[str]:
        if one.cut:
            yield from hang("  ", self.w("sets_cut"))
        elif not one.sets:
            yield from hang("  ", self.w("by_law"))

    def question(self) -> Iterator[str]:
        """The next question, why it matters, and what follows from each answer."""
        q = self.i.next
        if q is None:
            return
        yield from hang("", self.t(q.question))
        yield from hang(f"  {self.w('place')}: ", q.place)
        yield from hang(f"  {self.w('allowed')}: ", self._allowed(q))
        yield from hang(f"  {self.w('supplied_by')}: ", self.t(q.supplied_by))
        yield from hang(f"  {self.w('matters_by')}: ", self._some(list(map(self._cited, q.basis))))
        if any(answer.outcome is None for answer in q.answers):
            yield from hang("  ", self.w("not_tried"))
        elif q.answers:
            yield f"  {self.w('follows')}:"
            for answer in q.answers:
                yield from hang("  - ", f"{self.t(answer.label)} -> {self._leads(answer)}")

    def _allowed(self, q: m.NextQuestion) -> str:
        if q.kind is m.AnswerKind.DATE:
            return self.w("date_allowed")
        if q.kind is m.AnswerKind.NUMBER:
            return self.w("number_allowed")
        named = [f"{self.t(self.words.code(q.fact, code))} [{code}]" for code in q.allowed]
        return "; ".join(named)

    def _leads(self, answer: m.Answer) -> str:
        """The changes of findings, and of paths where no finding changes."""
        leads = [lead for lead in answer.leads if lead.id in self.rules] or list(answer.leads)
        if not leads:
            return self.w("nothing_changes")
        told = []
        for lead in leads:
            before, after = (self.t(p.CHANGED[one]) for one in (lead.before, lead.after))
            told.append(f"{lead.id}: {before} -> {after}")
        return self._some(told)

    def _cited(self, provision: str) -> str:
        return self.cite([provision])

    def _some(self, told: list[str]) -> str:
        """The first of many; JSON has all of them."""
        more = len(told) - MOST_TOLD
        rest = [self.w("more").format(more)] if more > 0 else []
        return "; ".join([*told[:MOST_TOLD], *rest])
