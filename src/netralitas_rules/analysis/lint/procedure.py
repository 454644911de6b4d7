"""Deadlines against the provisions that they cite."""

import re
from collections.abc import Iterator

from netralitas_rules.analysis.lint.content import Content, listed
from netralitas_rules.analysis.lint.model import Found, Level, LintRule
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.documents import CountDoc
from netralitas_rules.loading.gather import Item

WORKING, PLAIN = "working-days", "days"
_DAYS = re.compile(r"(?:\b(\d+)(?: \([^()]*\))? hari( kerja)?|\bhari( kerja)? ke-(\d+))\b")


def _said(content: Content, item: Item) -> set[tuple[str, int]]:
    """Counts of days that the provisions cited give, with their kind."""
    provisions = content.known("provisions")
    words = " ".join(provisions[name].doc.says.id for name in item.doc.basis)
    return {
        (WORKING if working or ordinal_working else PLAIN, int(number or ordinal))
        for number, working, ordinal_working, ordinal in _DAYS.findall(words)
    }


def _counts(item: Item) -> Iterator[tuple[Place, str, int]]:
    """Every count of days of a deadline: where it stands, its kind, the number."""
    docs: list[tuple[Place, CountDoc]] = [
        (item.place / "readings" / reading, doc) for reading, doc in item.doc.readings.items()
    ]
    for place, doc in docs or [(item.place, item.doc)]:
        if doc.days is not None:
            yield place / "days", PLAIN, doc.days
        if doc.working_days is not None:
            yield place / "working-days", WORKING, doc.working_days


def _another_kind(content: Content) -> Iterator[Found]:
    """Working days need a calendar of working days, and only the law can ask for one."""
    for item in content.own("deadlines"):
        said = _said(content, item)
        for place, kind, number in _counts(item):
            other = PLAIN if kind == WORKING else WORKING
            if (kind, number) not in said and (other, number) in said:
                yield Found(
                    place,
                    f"`{item.id}` counts {number} of other days than the law says",
                    expected=f"`{other}: {number}`, as in {listed(item.doc.basis)}",
                    found=f"`{kind}: {number}`",
                    of_key=True,
                )


def _another_number(content: Content) -> Iterator[Found]:
    for item in content.own("deadlines"):
        said = _said(content, item)
        numbers = {number for _, number in said}
        for place, _, number in _counts(item):
            if number not in numbers:
                yield Found(
                    place,
                    f"no provision that `{item.id}` cites says {number} days",
                    expected="a number of days that stands in " + listed(item.doc.basis),
                    found=", ".join(str(one) for one in sorted(numbers)) or "no number of days",
                )


RULES = (
    LintRule("deadline-without-calendar", Level.ERROR, _another_kind),
    LintRule("deadline-against-provision", Level.ERROR, _another_number),
)
