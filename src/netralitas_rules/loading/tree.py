"""Strict YAML (and, through it, JSON) as a tree that knows where everything stands.

The tree is built from parser events in one pass: depth, size, tags and aliases are checked on the
events, because libyaml's own composer overflows the C stack on deep nesting. Scalars are resolved
here, not by PyYAML: `yes`, `010`, `~` and a NIP written as a number are refused rather than
silently changed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from netralitas_rules.loading.diagnostics import (
    Code,
    Diagnostic,
    Position,
    Refused,
    shown,
)
from netralitas_rules.loading.source import Source, empty

MAX_DEPTH = 40
MAX_DIAGNOSTICS = 25

IDENTITY = "identity"
"""The key under which nothing is ever shown."""


class PureParser(yaml.SafeLoader):
    """PyYAML's own parser, a third faster: two of its steps skip what cannot change anything."""

    def forward(self, length: int = 1) -> None:
        """Go on in the text; at once where no line ends in between."""
        if self.pointer + length + 1 >= len(self.buffer):
            self.update(length + 1)
        if self.buffer[self.pointer : self.pointer + length].isprintable():
            self.pointer += length
            self.index += length
            self.column += length
            return
        super().forward(length)

    def need_more_tokens(self) -> bool:
        """Whether the next token may still turn out to be a key: never without candidates."""
        if self.done or (self.tokens and not self.possible_simple_keys):
            return False
        if not self.tokens:
            return True
        self.stale_possible_simple_keys()
        key = self.next_possible_simple_key()  # type: ignore[no-untyped-call]
        return bool(key == self.tokens_taken)


_PARSER: Any = getattr(yaml, "CSafeLoader", PureParser)


@dataclass(slots=True)
class Node:
    """A scalar, list or mapping; `keys` holds the place of each key of a mapping."""

    value: Any
    line: int
    column: int
    length: int
    keys: dict[str, tuple[int, int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Tree:
    """A positioned document: plain data, and the place of every part of it."""

    source: Source
    root: Node

    def plain(self) -> Any:
        """The document as dicts, lists, str, int and bool."""
        return _plain(self.root)

    def find(self, path: Sequence[str | int]) -> tuple[Node, tuple[int, int, int]]:
        """The deepest node on `path` that exists, and the place to underline for it."""
        node = self.root
        place = (node.line, node.column, node.length)
        for step in path:
            if isinstance(node.value, dict) and str(step) in node.value:
                place = node.keys[str(step)]
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                place = (node.line, node.column, node.length)
            else:
                break
        return node, place

    def position(self, path: Sequence[str | int], *, of_key: bool = False) -> Position:
        """The place of the value at `path` (or of its key)."""
        node, (line, column, length) = self.find(path)
        if not of_key and not isinstance(node.value, dict | list):
            line, column, length = node.line, node.column, node.length
        steps = [str(step) for step in path]
        return self.source.position(line, column, length, steps, hidden=IDENTITY in steps)


def _plain(node: Node) -> Any:
    value = node.value
    if isinstance(value, dict):
        return {key: _plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    return value


def parse(
    text: str, name: str, *, first_line: int = 1, private: bool = False, json: bool = False
) -> Tree:
    """The one YAML document in `text`. Raises `Refused` with every trap that was found.

    With `json` the text is JSON already: `null` and fractions are values there, not traps.
    """
    return _Builder(Source(name, text, first_line, private), json=json).build()


_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_NUMBER_LIKE = re.compile(
    r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|\.[0-9]+(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F_]+|0o[0-7]+|0b[01]+|[0-9]+(?::[0-5]?[0-9])+"
    r"|\.inf|\.Inf|\.INF|\.nan|\.NaN|\.NAN)"
)
_BOOLEAN_WORDS = frozenset(
    word
    for base in ("yes", "no", "on", "off", "y", "n", "true", "false")
    for word in (base, base.capitalize(), base.upper())
) - {"true", "false"}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MAX_DIGITS = 15


_Key = tuple[str, int, int, int]
"""A key with its line, column and length."""


def _json_value(text: str) -> float | None:
    """A plain JSON value that is no yes or no: null, or a number."""
    return None if text == "null" else int(text) if _INT.fullmatch(text) else float(text)


_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})


def _place(event: Any) -> tuple[int, int, int]:
    """Line, column and length of what an event is about; both count from 0."""
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column
    return line, column, end.column - column if end.line == line else 1


class _Builder:
    def __init__(self, source: Source, *, json: bool) -> None:
        self.source = source
        self.json = json
        self.problems: list[Diagnostic] = []
        self.hidden = False

    def build(self) -> Tree:
        root = None
        if self._characters_are_text():
            try:
                root = self._compose()
            except yaml.MarkedYAMLError as error:
                self._syntax(error)
            except (OverflowError, ValueError):
                self._problem(Code.YAML_SYNTAX, "an escape that is no character", (0, 0, 1))
        if self.problems:
            raise Refused(self.problems[:MAX_DIAGNOSTICS])
        if root is None:
            raise Refused([empty(self.source.name, self.source.first_line)])
        return Tree(self.source, root)

    def _characters_are_text(self) -> bool:
        """YAML allows no control characters; the parsers do not agree on where they stand."""
        match = _FORBIDDEN.search(self.source.text)
        if match is None:
            return True
        before = self.source.text[: match.start()]
        line = before.count("\n")
        column = match.start() - (before.rfind("\n") + 1)
        self._problem(
            Code.YAML_SYNTAX,
            "a character that is not allowed in a text file",
            (line, column, 1),
            found=f"U+{ord(match[0]):04X}",
            help="is this a binary file?",
        )
        return False

    def _compose(self) -> Node | None:
        parser = _PARSER(self.source.text)
        try:
            return self._composed(parser.get_event)
        finally:
            parser.dispose()

    def _composed(self, next_event: Callable[[], Any]) -> Node | None:
        root: Node | None = None
        stack: list[Node] = []
        hidden: list[bool] = []
        pending: list[_Key | None] = []
        documents = 0
        while len(self.problems) < MAX_DIAGNOSTICS:
            event = next_event()
            kind = type(event)
            if hidden:
                key = pending[-1]
                self.hidden = hidden[-1] or (key is not None and key[0] == IDENTITY)
            if kind is yaml.ScalarEvent or kind in _STARTS:
                if event.anchor is not None or event.tag is not None:
                    self._named(event)
                    return None
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
                pending.pop()
                hidden.pop()
                continue
            elif kind is yaml.AliasEvent:
                self._named(event)
                return None
            elif kind is yaml.StreamEndEvent:
                return root
            else:
                documents += kind is yaml.DocumentStartEvent
                if documents > 1:
                    self._problem(
                        Code.YAML_SEVERAL_DOCUMENTS,
                        "a second YAML document begins here",
                        _place(event),
                        expected="one document",
                        help="use a list under `incidents:`, or a JSONL file",
                    )
                    return None
                continue
            if kind is yaml.ScalarEvent:
                node = Node(event.value, *_place(event))
                if not (stack and pending[-1] is None and isinstance(stack[-1].value, dict)):
                    self._resolve(event, node)
            else:
                node = Node({} if kind is yaml.MappingStartEvent else [], *_place(event))
            if stack:
                self._attach(stack[-1], pending, node)
            else:
                root = node
            if kind is not yaml.ScalarEvent:
                stack.append(node)
                pending.append(None)
                hidden.append(self.hidden)
                if len(stack) > MAX_DEPTH:
                    self._problem(
                        Code.TOO_DEEP,
                        "lists and mappings are nested too deeply",
                        _place(event),
                        expected=f"at most {MAX_DEPTH} levels",
                    )
                    return None
        return None

    def _named(self, event: Any) -> None:
        """Refuse an anchor, an alias or a tag."""
        if type(event) is yaml.AliasEvent or event.anchor is not None:
            self._problem(
                Code.YAML_ALIAS,
                "anchors and aliases are not allowed",
                _place(event),
                expected="the value written out",
                help="a text that begins with & or * must be quoted",
            )
            return
        self._problem(
            Code.YAML_TAG,
            "tags are not allowed",
            _place(event),
            expected="a plain value",
            found="" if self.source.private else shown(event.tag),
            help="a text that begins with ! must be quoted",
        )

    def _attach(self, parent: Node, pending: list[_Key | None], node: Node) -> None:
        if isinstance(parent.value, list):
            parent.value.append(node)
            return
        key = pending[-1]
        if key is not None:
            name, *place = key
            parent.value[name] = node
            parent.keys[name] = (place[0], place[1], place[2])
            pending[-1] = None
            return
        pending[-1] = (self._key(parent, node), node.line, node.column, node.length)

    def _key(self, parent: Node, node: Node) -> str:
        place = (node.line, node.column, node.length)
        name = node.value
        if not isinstance(name, str):
            self._problem(
                Code.KEY_NOT_TEXT,
                "a key must be a text",
                place,
                expected="a text",
                found=shown(name),
            )
            return f"<{node.line}:{node.column}>"
        quoted = node.length > len(name)
        if not quoted and (name in _BOOLEAN_WORDS or name in _NULLS or name == "<<"):
            self._problem(
                Code.BOOLEAN_WORD if name in _BOOLEAN_WORDS else Code.KEY_NOT_TEXT,
                f"the key `{name}` would be read as something else than text",
                place,
                help=f'quote it: "{name}"',
            )
        elif name in parent.value:
            self._problem(
                Code.DUPLICATE_KEY,
                f"the key `{name}` stands twice in one mapping",
                place,
                also=parent.keys[name],
                help="join the two, or remove one",
            )
        return name

    def _resolve(self, event: Any, node: Node) -> None:
        """Give a plain scalar its type, or refuse a trap."""
        if event.style:  # quoted or block; plain is "" in libyaml, None in pure Python
            return
        text = event.value
        if self.json and text not in ("true", "false"):
            node.value = _json_value(text)
        elif text == "true" or text == "false":
            node.value = text == "true"
        elif text in _NULLS:
            self._problem(
                Code.NULL,
                "there is no null",
                (node.line, node.column, node.length),
                expected="a value",
                found="nothing" if text == "" else shown(text),
                help="leave the key out if it is not known; write `none` if it did not happen",
            )
        elif text in _BOOLEAN_WORDS:
            self._problem(
                Code.BOOLEAN_WORD,
                f"`{text}` means true or false to some readers and text to others",
                (node.line, node.column, node.length),
                expected="`true`, `false` or a quoted text",
                found=shown(text),
                help=f'write `true` or `false`, or quote it: "{text}"',
            )
        elif text[0] in "0123456789+-." and _NUMBER_LIKE.fullmatch(text):
            if _INT.fullmatch(text) and len(text.lstrip("+-")) <= _MAX_DIGITS:
                node.value = int(text)
                return
            self._problem(
                Code.NUMBER_FORM,
                "this number would not be read as it is written",
                (node.line, node.column, node.length),
                expected=f"a whole number of at most {_MAX_DIGITS} digits, or a quoted text",
                found=shown(text),
                help=f'quote it: "{text}"',
            )

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        problem = (error.problem or "this is not YAML").replace("\n", " ")
        place = (mark.line, mark.column, 1) if mark else (0, 0, 1)
        context = f" ({error.context})" if error.context else ""
        self._problem(
            Code.YAML_SYNTAX,
            f"{problem}{context}",
            place,
            help="check indentation, quotes and brackets here and on the line before",
        )

    def _problem(
        self,
        code: Code,
        message: str,
        place: tuple[int, int, int],
        *,
        expected: str = "",
        found: str = "",
        help: str = "",
        also: tuple[int, int, int] | None = None,
    ) -> None:
        places = (place,) if also is None else (place, also)
        if self.hidden and self.source.private:
            found = ""
            help = "quote the value" if code is not Code.NULL else help
        self.problems.append(
            Diagnostic(
                code,
                message,
                expected=expected,
                found=found,
                help=help,
                positions=tuple(self.source.position(*p, hidden=self.hidden) for p in places),
            )
        )
