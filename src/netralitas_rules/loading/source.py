"""Source texts: decoding, size limits, lines and positions, and the cover over personal data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, Refused

MAX_BYTES = 1 << 20
"""The most that one record or file may have."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"""[^\s{}\[\]:,"']+""")
_GROUPS = re.compile(r"(?<![\w-])\+?\d+(?: +\d+)+(?![\w-])")
"""Numbers that are written in groups."""
_HARMLESS = re.compile(r"-|\d{1,3}|\d{4}-\d{2}(-\d{2})?|\.\.\.|---")


@cache
def _shown_words() -> frozenset[str]:
    """Words that an excerpt may show: keys and values of the vocabulary, and words of YAML."""
    from netralitas_rules.facts import casefile, record_vocabulary
    from netralitas_rules.facts.incident import EvidenceItem, Identity, Incident
    from netralitas_rules.facts.space import vocabulary

    words = {"true", "false", "null", "none", "one_of", "not", "has", "lacks", "from", "to"}
    words |= {"incidents", "identity", "key", "by", "event", "further", *Identity.model_fields}
    words |= {*Incident.model_fields, *EvidenceItem.model_fields}
    words |= casefile.words() | record_vocabulary.words()
    for path, spec in vocabulary().items():
        words |= {path, *path.split("."), *(str(value) for value in spec.values)}
    return frozenset(words)


def masked(line: str) -> str:
    """A line in which every word that could tell who somebody is, is covered letter by letter."""
    words = _shown_words()

    def covered(match: re.Match[str]) -> str:
        token = match[0]
        return token if token in words or _HARMLESS.fullmatch(token) else "*" * len(token)

    line = _GROUPS.sub(lambda match: re.sub(r"\d", "*", match[0]), line)
    return _TOKEN.sub(covered, line)


@dataclass(slots=True)
class Source:
    """A text with its name and lines."""

    name: str
    text: str
    first_line: int = 1
    private: bool = False
    """Whether it may hold personal data: then excerpts show the vocabulary and the place only."""
    _lines: list[str] | None = None
    _masked: dict[int, str] = field(default_factory=dict)

    def line(self, number: int) -> str:
        """A line, from 1; covered where the text is private."""
        if not self.private:
            return self._line(number)
        if number not in self._masked:
            self._masked[number] = masked(self._line(number))
        return self._masked[number]

    def _line(self, number: int) -> str:
        if self._lines is None:
            self._lines = _LINE_BREAK.split(self.text)
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def position(
        self,
        line: int,
        column: int,
        length: int,
        path: Sequence[str] = (),
        *,
        hidden: bool = False,
    ) -> Position:
        """`line` and `column` count from 0 inside this text. What is underlined is shown, also
        in a private text, unless it is `hidden`.
        """
        text = self.line(line + 1)
        length = max(1, length)
        if self.private and not hidden:
            end = column + length
            text = text[:column] + self._line(line + 1)[column:end] + text[end:]
        return Position(self.name, line + self.first_line, column + 1, length, text, tuple(path))


def decode(data: bytes, name: str, *, first_line: int = 1) -> str:
    """UTF-8 text (a byte order mark is allowed); anything else is refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + first_line
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise Refused(
            [
                Diagnostic(
                    Code.NOT_UTF8,
                    "the text is not UTF-8",
                    expected="text in UTF-8",
                    found=f"byte 0x{data[error.start]:02x}",
                    help="save the file as UTF-8",
                    positions=(Position(name, line, column),),
                )
            ]
        ) from None
    return text


def read_text(file: Any, name: str) -> str:
    """The text of a file (a path, or what a package holds), within the limit. Raises `Refused`."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused([unreadable(name, error)]) from None
    if len(data) > MAX_BYTES:
        raise Refused([too_large(name, 0)])
    return decode(data, name)


def too_large(name: str, size: int, line: int = 1) -> Diagnostic:
    """The diagnostic for a text or record over the limit."""
    return Diagnostic(
        Code.TOO_LARGE,
        "the text is larger than one record or file may be",
        expected=f"at most {MAX_BYTES} bytes",
        found=f"{size} bytes" if size > 0 else "more",
        help="split it; many incidents belong into a JSONL file, one a line",
        positions=(Position(name, line, 1),),
    )


def empty(name: str, line: int = 1) -> Diagnostic:
    """The diagnostic for a text in which nothing stands."""
    return Diagnostic(
        Code.EMPTY,
        "the text is empty",
        expected="one mapping",
        positions=(Position(name, line, 1),),
    )


def unreadable(name: str, error: OSError) -> Diagnostic:
    """The diagnostic for a file that the system does not give."""
    return Diagnostic(
        Code.FILE_UNREADABLE,
        f"the file cannot be read: {error.strerror or error}",
        expected="a readable file",
        found=f"`{name}`",
        positions=(Position(name, 1, 1),),
    )
