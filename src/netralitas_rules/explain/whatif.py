"""The text of a what-if: before and after side by side, in both languages by one renderer."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.words import Words
from netralitas_rules.explain.writing import WIDTH, Writing, hang
from netralitas_rules.law.model import Text

if TYPE_CHECKING:
    from netralitas_rules.inquiry.whatif import FindingOtherwise, WhatIf

PHRASES = {
    "title": Text("Pengandaian fakta", "What if"),
    "caution": Text(
        "Fakta lain tetap seperti yang dinyatakan. Pengandaian ini bukan fakta laporan dan bukan "
        "penilaian atas perbuatan siapa pun.",
        "All other facts stay as stated. What is supposed here is no fact of the report, and no "
        "judgement of anyone's conduct.",
    ),
    "supposed": Text("Fakta yang diandaikan", "Facts supposed"),
    "before": Text("menurut laporan", "as reported"),
    "after": Text("menurut pengandaian", "as supposed"),
    "outcomes": Text("Hasil", "Outcome"),
    "findings": Text("Temuan yang berubah", "Findings that change"),
    "paths": Text("Jalur sanksi yang berubah", "Sanction paths that change"),
    "law": Text("Peraturan berlaku yang berubah", "Governing law that changes"),
    "nothing": Text(
        "Hasil, temuan, jalur sanksi, dan peraturan yang berlaku tetap sama.",
        "Outcome, findings, sanction paths and the law that governs stay the same.",
    ),
    "not_stated": Text("tidak dinyatakan", "not stated"),
    "not_raised_here": Text("tidak dipersoalkan", "not raised"),
    "not_told": Text("tidak disebut", "not told"),
}
_LEFT = 38
_RIGHT = (WIDTH - _LEFT - 4) // 2

Row = tuple[str, str, str]


def render(found: "WhatIf", words: Words, *, lang: str) -> str:
    """The comparison as text of `WIDTH` columns, in Indonesian (`id`) or English (`en`)."""
    return "\n".join(_Renderer(found, words, lang).lines()) + "\n"


class _Renderer(Writing):
    def __init__(self, found: "WhatIf", words: Words, lang: str) -> None:
        citations = {c.id: c for c in (*found.before.citations, *found.after.citations)}
        super().__init__(words, lang, citations.values(), {**p.PHRASES, **PHRASES})
        self.found = found
        self.kinds = {rule.id: rule.kind for rule in words.plan.rules}
        self.titles = {rule.id: rule.title for rule in words.plan.rules}
        self.rows = {row.id: row for rows in words.plan.rows.values() for row in rows}

    def lines(self) -> Iterator[str]:
        before = self.found.before
        name = before.incident or self.w("unnamed")
        yield from self.head(f"{self.w('title')}: {name}", before.as_of, before.ruleset)
        yield from hang("", self.w("caution"))
        yield from self._table("supposed", self._supposed())
        yield from self._table("outcomes", self._outcomes())
        yield from self._table("findings", map(self._finding, self.found.findings))
        yield from self._table("paths", self._paths())
        yield from self._table("law", self._law())
        if not self.found.changes:
            yield ""
            yield from hang("", self.w("nothing"))

    def _table(self, key: str, rows: Iterable[Row]) -> Iterator[str]:
        """Three columns: what it is, before, after."""
        rows = tuple(rows)
        if not rows:
            return
        yield from self.heading(key)
        yield from _side_by_side(("", self.w("before"), self.w("after")))
        for row in rows:
            yield from _side_by_side(row)

    def _supposed(self) -> Iterator[Row]:
        for own in self.found.supposed:
            yield own.path, self._stated(own.before), self._stated(own.after)

    def _stated(self, value: Any) -> str:
        """What is stated of a fact, as it is written in a report."""
        match value:
            case None:
                return self.w("not_stated")
            case bool():
                return str(value).lower()
            case dict():
                return "; ".join(f"{key}: {self._stated(part)}" for key, part in value.items())
            case list():
                return f"[{', '.join(map(self._stated, value))}]"
        return str(value)

    def _outcomes(self) -> Iterator[Row]:
        """All of them: what stays is part of the answer."""
        found = self.found
        for one, other in zip(found.before.subjects, found.after.subjects, strict=True):
            words = [self.t(p.OUTCOMES[own.outcome]) for own in (one, other)]
            yield f"{self.w('subject')} {one.subject}", words[0], words[1]

    def _finding(self, finding: "FindingOtherwise") -> Row:
        where = self.whose(finding.subject, finding.act, finding.beneficiary)
        statuses = p.STATUSES[self.kinds[finding.id]]

        def said(status: FindingStatus | None) -> str:
            return self.w("not_raised_here") if status is None else self.t(statuses[status])

        title = f"{self.t(self.titles[finding.id])} [{finding.id}] ({where})"
        return title, said(finding.before), said(finding.after)

    def _paths(self) -> Iterator[Row]:
        for path in self.found.paths:
            row = self.rows[path.id]
            named = f"{self.regime(row.regime, row.level)} [{path.id}]"
            whose = f" ({self.w('subject')} {path.subject})"
            yield named + whose, self.t(p.CHANGED[path.before]), self.t(p.CHANGED[path.after])

    def _law(self) -> Iterator[Row]:
        for law in self.found.law:
            label = self.t(self.words.label(law.fact))
            yield label, self._bodies(law.fact, law.before), self._bodies(law.fact, law.after)

    def _bodies(self, fact: str, bodies: tuple[str, ...]) -> str:
        names = [self.t(self.words.value(fact, body)) for body in bodies]
        return p.listed(names, self.w("or")) if names else self.w("not_told")


def _side_by_side(row: Row) -> Iterator[str]:
    """One row, each of its cells wrapped in its column."""
    widths = (_LEFT, _RIGHT, _RIGHT)
    cells = [
        wrap(text, width, break_on_hyphens=False) or [""]
        for text, width in zip(row, widths, strict=True)
    ]
    for left, middle, right in zip_longest(*cells, fillvalue=""):
        yield f"{left:<{_LEFT}}  {middle:<{_RIGHT}}  {right}".rstrip()
