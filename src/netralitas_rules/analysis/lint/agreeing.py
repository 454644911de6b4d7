"""Whether both languages of a text say the same: numbers, dates, citations."""

import re
from collections.abc import Iterator

from netralitas_rules.analysis.lint.content import Content
from netralitas_rules.analysis.lint.model import Found, Level, LintRule

_MONTHS = {
    "Januari": 1,
    "Februari": 2,
    "Maret": 3,
    "April": 4,
    "Mei": 5,
    "Juni": 6,
    "Juli": 7,
    "Agustus": 8,
    "September": 9,
    "Oktober": 10,
    "November": 11,
    "Desember": 12,
    "January": 1,
    "February": 2,
    "March": 3,
    "May": 5,
    "June": 6,
    "July": 7,
    "August": 8,
    "October": 10,
    "December": 12,
}
_DATE = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(_MONTHS)})\b(?: (\d{{4}})\b)?")
_WRITTEN_OUT = re.compile(
    r"\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven)\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"\b(?:Nomor )?([A-Z]*\d[\w./-]*) Tahun (\d{4})")
_LETTERS = {
    "id": re.compile(r"\bhuruf ([a-z](?:(?:, dan|,| dan| atau| sampai dengan) [a-z]\b)*)(?![\w-])"),
    "en": re.compile(r"\bletters? ([a-z](?:(?:, and|,| and| or| to) [a-z]\b)*)(?![\w-])"),
}
_CITED = re.compile(r"\b(?:Pasal|Article|Articles)\b")


def _numbers(content: Content) -> Iterator[Found]:
    """Not where one language writes a number out, nor in titles, where English may add the day."""
    for said in content.texts:
        if said.is_title or _WRITTEN_OUT.search(said.id) or _WRITTEN_OUT.search(said.en):
            continue
        first, second = (set(re.findall(r"\d+", text)) for text in (said.id, said.en))
        if first != second:
            yield Found(
                said.place / "en",
                "the two languages give different numbers",
                expected=", ".join(sorted(first)) or "no number",
                found=", ".join(sorted(second)) or "no number",
            )


def _titles(content: Content) -> Iterator[Found]:
    """`Nomor 94 Tahun 2021` is `94/2021`."""
    for said in content.texts:
        if not said.is_title:
            continue
        for number, year in _NUMBER_OF.findall(said.id):
            if not re.search(rf"\b{re.escape(number)}(?:/| of |.* ){year}\b", said.en):
                yield Found(
                    said.place / "en",
                    "the English title does not give the number of the Indonesian one",
                    expected=f"{number}/{year}",
                )


def _dates(content: Content) -> Iterator[Found]:
    for said in content.texts:
        first, second = _days(said.id), _days(said.en)
        if first != second and not said.is_title:
            yield Found(
                said.place / "en",
                "the two languages give different dates",
                expected=_shown(first),
                found=_shown(second),
            )


def _days(text: str) -> set[tuple[int, int, int]]:
    """Day, month and year of every date in words; 0 is not said."""
    return {
        (int(day or 0), _MONTHS[month], int(year or 0))
        for day, month, year in _DATE.findall(text)
        if day or year
    }


def _shown(days: set[tuple[int, int, int]]) -> str:
    written = ("-".join(f"{part:02}" for part in reversed(day) if part) for day in sorted(days))
    return ", ".join(written) or "no date"


def _citations(content: Content) -> Iterator[Found]:
    """`huruf` in one language is `letter` in the other."""
    for said in content.texts:
        if not (_CITED.search(said.id) and _CITED.search(said.en)):
            continue
        first, second = (
            {letter for part in _LETTERS[lang].findall(text) for letter in _named(part)}
            for lang, text in (("id", said.id), ("en", said.en))
        )
        if first != second:
            yield Found(
                said.place / "en",
                "the two languages cite different letters",
                expected=", ".join(sorted(first)) or "no letter",
                found=", ".join(sorted(second)) or "no letter",
            )


def _named(part: str) -> list[str]:
    return re.findall(r"\b[a-z]\b", part)


RULES = (
    LintRule("number-differs", Level.ERROR, _numbers),
    LintRule("title-differs", Level.ERROR, _titles),
    LintRule("date-differs", Level.ERROR, _dates),
    LintRule("citation-differs", Level.ERROR, _citations),
)
