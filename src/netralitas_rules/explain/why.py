"""The text of why a rule comes to what it comes to. One renderer for both languages."""

from collections.abc import Iterator

from netralitas_rules.decision.model import ElementResult, ElementStatus, Finding
from netralitas_rules.explain import fact_sets as f
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.words import Words
from netralitas_rules.explain.writing import Writing, hang
from netralitas_rules.inquiry import why as m
from netralitas_rules.law.model import Text

PHRASES = {
    "title": Text("Mengapa", "Why"),
    "raised_by": Text("Hal yang memunculkan aturan ini", "Raised by"),
    "opens": Text("ada dalam laporan", "in the report"),
    "closed": Text("tidak ada dalam laporan", "not in the report"),
    "missing": Text("belum disebut", "not stated"),
    "changes": Text("Perubahan fakta terkecil", "The smallest changes of facts"),
    "changes_caution": Text(
        "Perubahan ini menunjukkan fakta mana yang menentukan; bukan saran untuk mengubah laporan.",
        "They show which facts are decisive; they are no advice to change the report.",
    ),
    "no_change": Text(
        "Tidak ada perubahan fakta dalam aturan ini yang akan mengubah hasilnya.",
        "No change of the facts that this rule reads gives anything else.",
    ),
}
STANDINGS = {
    m.Standing.NOT_RAISED: Text(
        "Tidak dipersoalkan: laporan tidak menyebut hal yang memunculkan aturan ini.",
        "Not raised: the report states nothing that raises this rule.",
    ),
    m.Standing.NOT_GOVERNED: Text(
        "Tidak berlaku bagi perbuatan ini: peraturan atau normanya tidak berlaku pada waktu "
        "perbuatan dilakukan.",
        "Does not govern: its body of law, or its norm, was not in force at the time.",
    ),
}


def render(why: m.Why, words: Words, *, lang: str) -> str:
    """As text, in Indonesian (`id`) or English (`en`)."""
    return "\n".join(_Renderer(why, words, lang).lines()) + "\n"


class _Renderer(Writing):
    def __init__(self, why: m.Why, words: Words, lang: str) -> None:
        super().__init__(words, lang, why.citations, {**p.PHRASES, **f.PHRASES, **PHRASES})
        self.y = why

    def lines(self) -> Iterator[str]:
        y = self.y
        yield from self.head(f"{self.w('title')}: {y.id}", y.as_of, y.ruleset)
        yield from hang("", self.t(y.title))
        yield f"{self.w('incident')}: {y.incident or self.w('unnamed')}"
        if y.standing is not m.Standing.FINDING:
            yield from hang("", self.t(STANDINGS[y.standing]))
        if y.raised_by:
            yield from self.heading("raised_by")
            for way in y.raised_by:
                state = self.w("opens" if way.opens else "closed")
                if way.missing:
                    names = [self.t(self.words.label(path)) for path in way.missing]
                    state += f"; {self.w('missing')}: {p.listed(names, self.w('and'))}"
                yield from hang("- ", f"{self.t(way.says)} ({state})")
        for finding in y.findings:
            yield from self._finding(finding)
        yield from self.heading("changes")
        yield from hang("", self.w("changes_caution"))
        yield from f.fact_sets(self, y.changes)
        if y.cut:
            yield from hang("", self.w("sets_cut"))
        elif not y.changes:
            yield from hang("", self.w("no_change"))

    def _finding(self, finding: Finding) -> Iterator[str]:
        about = self.whose(finding.subject, finding.act, finding.beneficiary)
        status = self.t(p.STATUSES[self.y.kind][finding.status])
        yield from self.heading_text(f"{about}: {status}")
        for order in (ElementStatus.NOT_MET, ElementStatus.OPEN, ElementStatus.MET):
            for element in finding.elements:
                if element.status is order:
                    yield from self._row(element, self.t(p.ELEMENT[order]))
        for exception in finding.exceptions:
            yield from self._row(exception, self.t(p.EXCEPTION[exception.status]))

    def _row(self, row: ElementResult, status: str) -> Iterator[str]:
        basis = self.cite(row.basis)
        yield from hang("- ", f"{self.t(row.label)}: {status}" + (f" ({basis})" if basis else ""))
        if row.status is not ElementStatus.MET:
            for read in row.facts:
                yield from hang("    ", self.read(read))
