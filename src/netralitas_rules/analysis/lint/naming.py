"""Ids as the language has them, and numbers in ids as the titles have them."""

import re
from collections.abc import Iterator

from netralitas_rules.analysis.lint.content import Content
from netralitas_rules.analysis.lint.model import Found, Level, LintRule

_NAMED = ("definitions", "kinds", "questions", "constraints", "transitions", "sanctions")
_VAGUE = re.compile(r"(?:new|old|tmp|temp|test|todo|misc|foo|copy|final|x)-?\d*")
_WORDY = 60


def _convention(content: Content) -> Iterator[Found]:
    """An id is made of words and numbers between single hyphens, and says what is meant."""
    for item in content.own():
        wrong = ""
        if re.search(r"--|-/|/-|-$", item.id):
            wrong = "single hyphens, between words"
        elif len(item.id) > _WORDY:
            wrong = f"at most {_WORDY} characters"
        if wrong:
            yield Found(
                item.place,
                f"the id `{item.id}` is not by the convention",
                expected=wrong,
                of_key=True,
            )
    for section in _NAMED:
        for item in content.own(section):
            if _VAGUE.fullmatch(item.id):
                yield Found(
                    item.place,
                    f"the id `{item.id}` does not say what is meant",
                    expected="words for what it is, as a reader of the law would name it",
                    of_key=True,
                )


def _against_title(content: Content) -> Iterator[Found]:
    """`pp-94-2021` is number 94 of 2021, and its title says so in both languages."""
    for item in content.own("instruments"):
        numbers = {int(part) for part in item.id.split("-") if part.isdigit()}
        for lang in ("id", "en"):
            title = getattr(item.doc.title, lang)
            missing = numbers - {int(number) for number in re.findall(r"\d+", title)}
            if missing:
                yield Found(
                    item.place / "title" / lang,
                    f"the id `{item.id}` holds a number that the title does not",
                    expected=f"{', '.join(map(str, sorted(missing)))} in the title",
                )


def _rule_of_no_law(content: Content) -> Iterator[Found]:
    """The id of a violation begins with the instrument that it breaches, or with a prefix."""
    instruments = content.known("instruments")
    prefix = content.manifest.prefix
    for item in content.own("violations"):
        first = item.id.split("/")[0]
        if first in instruments or (prefix is not None and first.startswith(prefix)):
            continue
        yield Found(
            item.place,
            f"the id `{item.id}` does not say which instrument is breached",
            expected="the id of an instrument, `/`, and the article or row",
            of_key=True,
        )


RULES = (
    LintRule("id-convention", Level.ADVICE, _convention),
    LintRule("id-against-title", Level.ERROR, _against_title),
    LintRule("violation-without-instrument", Level.ADVICE, _rule_of_no_law),
)
