"""What a person types, as an answer to a question: a value as a report states it."""

import re
from typing import Any

from netralitas_rules.facts.leaves import parse_when
from netralitas_rules.inquiry.model import AnswerKind, NextQuestion
from netralitas_rules.law.model import Text
from netralitas_rules.loading.changes import UNKNOWN

NOT_KNOWN = frozenset({"?", "unknown", "tidak tahu", "tidak diketahui"})
BACK = frozenset({"back", "kembali"})
GOODBYE = frozenset({"stop", "berhenti"})
_NONE = frozenset({"none", "tidak ada"})
_NOT = ("not ", "bukan ")
_TRUTH = {"yes": "true", "ya": "true", "no": "false", "tidak": "false"}
MAX_LENGTH = 2_000


class NotAnAnswer(ValueError):
    """What was typed is no answer to the question; `says` tells what one is."""

    def __init__(self, says: Text) -> None:
        super().__init__(says.en)
        self.says = says


def parsed(question: NextQuestion, said: str) -> Any:
    """The value that was typed, or `unknown`. Raises `NotAnAnswer`.

    One value: `post`; one of several: `post, react`; none of them: `not post`. A list: all that
    hold (`party, campaign`), `none`, or what is known of it (`+party, -campaign`). A date: a day,
    month or year, `2024-01-01..2024-02-14`, or `none`.
    """
    text = said.strip().casefold()
    if len(text) > MAX_LENGTH:
        raise NotAnAnswer(Text("jawabannya terlalu panjang", "the answer is too long"))
    if text in NOT_KNOWN:
        return UNKNOWN
    match question.kind:
        case AnswerKind.ONE:
            return _one(question, text)
        case AnswerKind.SEVERAL:
            return _several(question, text)
        case AnswerKind.DATE:
            return _date(text)
        case AnswerKind.NUMBER:
            return _number(text)


def _one(question: NextQuestion, text: str) -> Any:
    negated = text.startswith(_NOT)
    bare = next((text.removeprefix(word) for word in _NOT if text.startswith(word)), text)
    codes = [_TRUTH.get(c, c) for c in _listed(bare)]
    _known(question, codes)
    values = [c == "true" if set(question.allowed) == {"true", "false"} else c for c in codes]
    if negated:
        return {"not": values}
    return values[0] if len(values) == 1 else {"one_of": values}


def _several(question: NextQuestion, text: str) -> Any:
    if text in _NONE:
        return []
    codes = _listed(text)
    signs = {code[0] for code in codes} & {"+", "-"}
    bare = [code[1:] if code[0] in "+-" else code for code in codes]
    _known(question, bare)
    if len(set(bare)) < len(bare):
        says = Text("sebutkan setiap kode satu kali saja", "name every code only once")
        raise NotAnAnswer(says)
    if not signs:
        return codes
    has = [code.removeprefix("+") for code in codes if not code.startswith("-")]
    lacks = [code.removeprefix("-") for code in codes if code.startswith("-")]
    return {key: named for key, named in (("has", has), ("lacks", lacks)) if named}


def _date(text: str) -> Any:
    first, separator, last = text.partition("..")
    value: Any = text
    if text in _NONE:
        value = "none"
    elif separator:
        ends = {"from": first.strip(), "to": last.strip()}
        value = {key: day for key, day in ends.items() if day}
    try:
        parse_when(value)
    except ValueError:
        raise NotAnAnswer(
            Text(
                "tulis tanggal sebagai 2024-01-31, 2024-01, 2024, atau 2024-01-01..2024-02-14",
                "a date is written 2024-01-31, 2024-01, 2024, or 2024-01-01..2024-02-14",
            )
        ) from None
    return value


def _number(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        says = Text("jawaban harus berupa bilangan bulat", "the answer is a whole number")
        raise NotAnAnswer(says)
    return int(text)


def _listed(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _known(question: NextQuestion, codes: list[str]) -> None:
    if not codes or set(codes) - set(question.allowed):
        allowed = ", ".join(question.allowed)
        raise NotAnAnswer(Text(f"pilihan jawaban: {allowed}", f"the answer is of: {allowed}"))
