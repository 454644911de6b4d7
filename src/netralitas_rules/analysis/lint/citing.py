"""Whether what is said rests on something: citations, sources, and how well they bear."""

import datetime
import re
import string
from collections.abc import Iterator

from netralitas_rules.analysis.lint.content import RULE_SECTIONS, Content, clauses, listed
from netralitas_rules.analysis.lint.model import Found, Level, LintRule
from netralitas_rules.law.model import Level as Severity
from netralitas_rules.law.model import Mark, Regime, TextState

STALE_AFTER = 3 * 365
"""Days after which a text that was read should be read again."""
_READ = re.compile(r"\bread (\d{4}-\d{2}-\d{2})\b")
_PLACEHOLDERS = {
    *("todo", "to do", "tbd", "tba", "fixme", "x", "xx", "xxx", "n/a", "na", "none", "unknown"),
    *("idem", "ibid", "see above", "lihat di atas", "source", "a source", "sumber"),
    *("belum ada", "tidak ada", "tidak diketahui"),
}


def _uncited_elements(content: Content) -> Iterator[Found]:
    for item in content.own(*RULE_SECTIONS):
        for place, raw in clauses(item):
            if not raw.get("basis"):
                name = place.path[-1]
                what = "element" if place.path[-2] == "needs" else "exception"
                yield Found(
                    place,
                    f"{what} `{name}` cites nothing",
                    expected="a `basis` with the provision that it comes from",
                    of_key=True,
                )


def _uncited_items(content: Content) -> Iterator[Found]:
    for section in ("definitions", "standards", "constraints", "transitions", "kinds"):
        for item in content.own(section):
            if not item.doc.basis:
                yield Found(
                    item.place,
                    f"`{item.id}` cites nothing",
                    expected="a `basis` with the provision that it comes from",
                    of_key=True,
                )


def _placeholder_sources(content: Content) -> Iterator[Found]:
    for item in content.own("provisions", "lists", "joint-leave"):
        bare = item.doc.source.strip(string.punctuation + string.whitespace).lower()
        if not bare or bare in _PLACEHOLDERS:
            yield Found(
                item.place / "source",
                "the source names nothing that can be looked up",
                expected="which copy, page or file was read, and when",
                found=f"`{item.doc.source}`",
            )


def _undated_sources(content: Content) -> Iterator[Found]:
    for item in content.own("provisions", "lists"):
        read = item.doc.text is TextState.SEEN and item.doc.mark is not Mark.C
        if read and not _days_read(item.doc.source):
            yield Found(
                item.place / "source",
                "the text was seen, but not said when",
                expected="a source that ends in `read 2026-11-21`",
            )


def _stale_sources(content: Content) -> Iterator[Found]:
    instruments = content.known("instruments")
    for item in content.own("provisions"):
        days = _days_read(item.doc.source)
        if not days:
            continue
        day = max(days)
        validity = instruments[item.id.split("/")[0]].doc.valid
        if validity.from_ is not None and day < validity.from_:
            yield Found(
                item.place / "source",
                "the text was read before its instrument was in force",
                expected=f"a day of reading from {validity.from_} on",
                found=str(day),
            )
        elif validity.until is not None and day > validity.until:
            continue  # it cannot be amended any more
        elif content.as_of is not None and (content.as_of - day).days > STALE_AFTER:
            yield Found(
                item.place / "source",
                f"the text was last read more than {STALE_AFTER // 365} years ago",
                expected=f"a day of reading within {STALE_AFTER // 365} years of {content.as_of}",
                found=str(day),
            )


def _days_read(source: str) -> list[datetime.date]:
    found = []
    for written in _READ.findall(source):
        try:
            found.append(datetime.date.fromisoformat(written))
        except ValueError:
            continue
    return found


def _inferred_but_seen(content: Content) -> Iterator[Found]:
    for item in content.own("provisions"):
        doc = item.doc
        if doc.mark is Mark.C and doc.text is TextState.SEEN and "inferred" not in doc.source:
            yield Found(
                item.place / "mark",
                "mark C says that this was inferred, `text: seen` that it was read",
                expected="another mark or `text`, or `inferred` in the source, and from what",
            )


def _weak_heavy_rows(content: Content) -> Iterator[Found]:
    provisions = content.known("provisions")
    for item in content.own("sanctions"):
        doc = item.doc
        if doc.note is not None:
            continue
        if doc.level is not Severity.HEAVY and doc.regime is not Regime.DISMISSAL:
            continue
        known = {name: provisions[name].doc for name in doc.basis}
        weak = [
            name
            for name, provision in known.items()
            if provision.mark is Mark.C or provision.text is TextState.UNSEEN
        ]
        if weak:
            yield Found(
                item.place / "basis",
                f"a heavy sanction rests on {listed(weak)}: inferred, or not read",
                expected="a `note` that says on what it rests, or a stronger basis",
            )


def _rows_without_basis(content: Content) -> Iterator[Found]:
    for item in content.own("sanctions"):
        if set(item.doc.basis) <= set(item.doc.for_):
            yield Found(
                item.place / "basis",
                "the row cites only the norm that was breached, not what sets the sanction",
                expected="the provision that names the sanction or its level",
                found=listed(item.doc.basis),
            )


def _fixes_without_basis(content: Content) -> Iterator[Found]:
    for name, fix in content.manifest.fixes.items():
        if not fix.basis:
            yield Found(
                content.manifest_place / "fixes" / name,
                f"the reading of `{name}` is fixed, but on no provision",
                expected="a `basis` with the decision or regulation that fixes it",
                of_key=True,
            )


RULES = (
    LintRule("uncited-element", Level.ERROR, _uncited_elements),
    LintRule("uncited-item", Level.ERROR, _uncited_items),
    LintRule("placeholder-source", Level.ERROR, _placeholder_sources),
    LintRule("row-without-basis", Level.WARNING, _rows_without_basis),
    LintRule("fix-without-basis", Level.WARNING, _fixes_without_basis),
    LintRule("undated-source", Level.WARNING, _undated_sources),
    LintRule("stale-source", Level.ADVICE, _stale_sources),
    LintRule("inferred-but-seen", Level.WARNING, _inferred_but_seen),
    LintRule("weak-heavy-row", Level.WARNING, _weak_heavy_rows),
)
