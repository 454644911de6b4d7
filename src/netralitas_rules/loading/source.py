"""Source texts: decoding, size limits, lines and positions, and the cover over personal data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, Refused

MAX_BYTES = 1 << 20
"""The most that one record or file may have."""

_IDENTITY = re.compile(
    r"""(["']?\b(?:name|nip|sex|religion|origin)["']?[ \t]*:[ \t]*)"""
    r"""("(?:[^"\\]|\\.)*"?|'[^']*'?|[^,}\]\n]*)"""
)


def masked(line: str) -> str:
    """A line with the values of identity covered, character for character."""
    return _IDENTITY.sub(lambda m: m[1] + re.sub(r"\S", "*", m[2]), line)


@dataclass(slots=True)
class Source:
    """A text with its name and lines."""

    name: str
    text: str
    first_line: int = 1
    private: bool = False
    """Whether it may hold personal data: then identity is masked in every excerpt."""
    _lines: list[str] | None = None

    def line(self, number: int) -> str:
        if self._lines is None:
            self._lines = self.text.splitlines()
        index = number - 1
        line = self._lines[index] if 0 <= index < len(self._lines) else ""
        return masked(line) if self.private else line

    def position(self, line: int, column: int, length: int, path: Sequence[str] = ()) -> Position:
        """`line` and `column` count from 0 inside this text."""
        return Position(
            self.name,
            line + self.first_line,
            column + 1,
            max(1, length),
            self.line(line + 1),
            tuple(path),
        )


def decode(data: bytes, name: str) -> str:
    """UTF-8 text (a byte order mark is allowed); anything else is refused."""
    if len(data) > MAX_BYTES:
        raise Refused([too_large(name, len(data))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
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


def too_large(name: str, size: int) -> Diagnostic:
    """The diagnostic for a text or record over the limit."""
    return Diagnostic(
        Code.TOO_LARGE,
        "the text is larger than one record or file may be",
        expected=f"at most {MAX_BYTES} bytes",
        found=f"{size} bytes" if size > 0 else "more",
        help="split it; many incidents belong into a JSONL file, one a line",
        positions=(Position(name, 1, 1),),
    )


def empty(name: str, line: int = 1) -> Diagnostic:
    """The diagnostic for a text in which nothing stands."""
    return Diagnostic(
        Code.EMPTY,
        "the text is empty",
        expected="one mapping",
        positions=(Position(name, line, 1),),
    )
