"""The words of one text: whose language they are of, in which form, and how many."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from netralitas_rules.analysis.lint.content import RULE_SECTIONS, Content, Said, clauses
from netralitas_rules.analysis.lint.glossary import glossary
from netralitas_rules.analysis.lint.model import Found, Level, LintRule
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.gather import Item

LONGEST = {"says": 240}
LONGEST_OTHER = 320
"""Characters of a text that can be read at once."""
_APART = re.compile(r"""`[^`]*`|"[^"]*"|\([^()]*\)|“[^”]*”|\b[a-z]+_[a-z_]+\b""")
"""Codes, quotations and what stands in brackets may be of the other language."""
_QUOTED = re.compile(r"""`[^`]*`|"[^"]*"|“[^”]*”|\b[a-z]+_[a-z_]+\b""")
_ABBREVIATION = re.compile(r"(?<![\w'])[A-Z]{2,}\b")
_ROMAN = re.compile(r"[IVXLC]+")
_IN_ENGLISH = re.compile(
    r"\b(?:yang|dan|atau|dengan|untuk|pada|dari|tidak|oleh|dalam|adalah|sebagai|bagi)\b", re.I
)
_IN_INDONESIAN = re.compile(
    r"\b(?:the|of|and|or|which|with|for|from|is|was|are|by|not|to)\b", re.IGNORECASE
)
_UNTIDY = (
    (re.compile(r"^\s|\s$"), "no space at the ends"),
    (re.compile(r"  |\t|\n"), "single spaces"),
    (re.compile(r" [,.;:?)]|\( "), "no space before a mark"),
    (re.compile(r",,|(?<!\.)\.\.(?!\.)|;;"), "every mark once"),
)


def _both(said: Said) -> Iterator[tuple[str, Place, str]]:
    yield "id", said.place / "id", said.id
    yield "en", said.place / "en", said.en


def _same(content: Content) -> Iterator[Found]:
    """Names are the same in both languages; sentences are not."""
    for said in content.texts:
        if said.id == said.en and re.search(r"[a-z]{3,} \S*[a-z]{3,}", said.id):
            yield Found(
                said.place / "en",
                "the text is the same in both languages",
                expected="the Indonesian text under `id`, the English one under `en`",
                found=f"`{said.en}`",
            )


def _terms(content: Content) -> Iterator[Found]:
    """Indonesian terms in English texts without gloss, abbreviations that no glossary explains."""
    words = glossary()
    for said in content.texts:
        for match in words.any_term.finditer(_APART.sub("", said.en)):
            term = match[0]
            yield Found(
                said.place / "en",
                f"the Indonesian term `{term}` stands in the English text",
                expected=f"`{words.glosses[term.lower()]}`, with the term in brackets if need be",
            )
        for lang, place, text in _both(said):
            for short in _unknown(text, words.abbreviations[lang]):
                gloss = words.glosses.get(short)
                yield Found(
                    place,
                    f"the abbreviation `{short}` is not in the glossary of this language",
                    expected=f"`{gloss}`" if gloss else "the words that it stands for",
                )


def _unknown(text: str, known: Collection[str]) -> list[str]:
    """Abbreviations that are not known; those in quotations and numbers do not count."""
    if not any(short not in known for short in _ABBREVIATION.findall(text)):
        return []
    words = [word for word in _QUOTED.sub("", text).split() if not _is_number(word)]
    found = dict.fromkeys(_ABBREVIATION.findall(" ".join(words)))
    return [short for short in found if short not in known and not _ROMAN.fullmatch(short)]


def _is_number(word: str) -> bool:
    """Whether it is that of an instrument, with letters of its own (`B/71/M.SM.00.00/2017`)."""
    return any(c.isdigit() for c in word) and any(c in "./-" for c in word.rstrip("."))


def _foreign(content: Content) -> Iterator[Found]:
    words = glossary()
    for said in content.texts:
        plain = _APART.sub("", said.id)
        for match in words.any_english.finditer(plain):
            yield Found(
                said.place / "id",
                f"the English word `{match[0]}` stands in the Indonesian text",
                expected=f"`{words.english[match[0].lower()]}`",
            )
        for test, text, lang in (
            (_IN_INDONESIAN, plain, "id"),
            (_IN_ENGLISH, _APART.sub("", said.en), "en"),
        ):
            stray = test.search(text)
            if stray is not None:
                yield Found(
                    said.place / lang,
                    f"`{stray[0]}` is a word of the other language",
                    expected="one language a text; quotations in quotes, terms in brackets",
                )


def _nonstandard(content: Content) -> Iterator[Found]:
    """Titles of instruments are quoted as they were given."""
    words = glossary()
    for said in content.texts:
        if said.place.path[0] == "instruments":
            continue
        for match in words.any_form.finditer(_QUOTED.sub("", said.id)):
            yield Found(
                said.place / "id",
                f"`{match[0]}` is no standard Indonesian form",
                expected=f"`{words.forms[match[0].lower()]}`",
            )


def _untidy(content: Content) -> Iterator[Found]:
    for said in content.texts:
        for _, place, text in _both(said):
            for test, expected in _UNTIDY:
                if test.search(text):
                    yield Found(place, "spaces or marks of the text are wrong", expected=expected)


def _long(content: Content) -> Iterator[Found]:
    for said in content.texts:
        limit = LONGEST.get(str(said.place.path[-1]), LONGEST_OTHER)
        for _, place, text in _both(said):
            if len(text) > limit:
                yield Found(
                    place,
                    "the text is too long to be read at once",
                    expected=f"at most {limit} characters",
                    found=f"{len(text)} characters",
                )


def _twice(content: Content) -> Iterator[Found]:
    """Two items of one section, or two parts of one rule."""
    for section in (
        "definitions",
        "kinds",
        "questions",
        "deadlines",
        "history",
        "holders",
        "procedures",
        "relations",
        "ladders",
        *RULE_SECTIONS,
    ):
        seen: dict[str, list[Item]] = {}
        for item in content.own(section):
            others = seen.setdefault(_head(item).casefold(), [])
            for other in others:
                if _alike(item, other):
                    yield _same_words(item.place, other.place)
                    break
            others.append(item)
    for item in content.own(*RULE_SECTIONS):
        places: dict[str, Place] = {}
        for place, raw in clauses(item):
            words = raw["says"]["id"].casefold()
            if words in places:
                yield _same_words(place, places[words])
            places.setdefault(words, place)


def _head(item: Item) -> str:
    """What an item says, asks or is called."""
    raw = item.raw.get("says") or item.raw.get("asks") or item.raw["title"]
    return str(raw["id"])


def _alike(first: Item, second: Item) -> bool:
    """Whether nothing tells two items of the same words apart: neither the law that they cite nor,
    where they cite the same, what they ask for.
    """
    cited, others = ({*_cited(item)} for item in (first, second))
    if cited == others:
        return True
    if _body(first) == _body(second) or first.raw.get("under") != second.raw.get("under"):
        return False
    return bool({name.split("/")[0] for name in cited} & {name.split("/")[0] for name in others})


def _cited(item: Item) -> Sequence[str]:
    found: Sequence[str] = item.raw.get("norm") or item.raw.get("basis") or ()
    return found


def _body(item: Item) -> dict[str, Any]:
    """What an item asks for, beside its words and citations."""
    apart = ("says", "asks", "title", "norm", "basis")
    return {key: part for key, part in item.raw.items() if key not in apart}


def _same_words(place: Place, before: Place) -> Found:
    return Found(
        place,
        f"`{place.path[-1]}` says the same as `{before.path[-1]}`",
        expected="words or a basis that tell the two apart, or one of them",
        of_key=True,
        also=before,
    )


RULES = (
    LintRule("same-in-both-languages", Level.ERROR, _same),
    LintRule("term-outside-glossary", Level.WARNING, _terms),
    LintRule("foreign-word", Level.WARNING, _foreign),
    LintRule("nonstandard-form", Level.WARNING, _nonstandard),
    LintRule("untidy-text", Level.ADVICE, _untidy),
    LintRule("long-text", Level.ADVICE, _long),
    LintRule("duplicate-text", Level.WARNING, _twice),
)
