"""National holidays of Indonesia, from the library `holidays` (the extra `deadlines`).

Only its category of public holidays is taken. The other one, `government`, holds joint leave:
that is for whoever asks to state, because decrees changed it within a year more than once.
"""

import datetime
from collections.abc import Mapping
from functools import lru_cache

from netralitas_rules.law.model import Text
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.procedure.working_days import Holiday

FIRST_YEAR, LAST_YEAR = 1954, 2097
"""Years in which a deadline can begin; the library goes on to 2100."""
_ESTIMATED = {"id": " (perkiraan)", "en_US": " (estimated)"}


def holiday(day: datetime.date) -> Holiday | None:
    """The holiday on a day. Raises `Refused` where the library is not installed."""
    return _year(day.year).get(day)


@lru_cache(maxsize=64)
def _year(year: int) -> Mapping[datetime.date, Holiday]:
    try:
        from holidays.countries.indonesia import Indonesia
    except ImportError:
        raise Refused([_missing()]) from None
    names = {
        language: Indonesia(years=year, language=language, categories=("public",))
        for language in _ESTIMATED
    }
    return {day: _named(names["id"][day], names["en_US"][day]) for day in names["id"]}


def _named(indonesian: str, english: str) -> Holiday:
    return Holiday(
        Text(indonesian.replace(_ESTIMATED["id"], ""), english.replace(_ESTIMATED["en_US"], "")),
        estimated=_ESTIMATED["id"] in indonesian,
    )


def _missing() -> Diagnostic:
    return Diagnostic(
        Code.MISSING_EXTRA,
        "the library that knows the national holidays is not installed",
        expected="the library `holidays`",
        help='pip install "netralitas-rules[deadlines]"',
    )
