"""Codes of the values of a row: per value of every fact, one int with all that it settles.

The code of a row, from the lowest bit: a bit per rule that cannot be met, a bit per fact that is
stated, and the bits of the space for what is impossible.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.masks import RuleMasks
from netralitas_rules.facts.space import Kind

MAX_REMEMBERED = 512
"""Dates and lists remembered per fact."""


class PartCodes:
    """The facts and inner parts of one part of a row, by name, with the codes of their values."""

    __slots__ = ("codes", "encoder", "facts", "inner", "whole")

    def __init__(self, table: Mapping[str, Any], encoder: "Encoder", *, whole: bool) -> None:
        self.encoder = encoder
        self.whole = whole
        self.facts = {n: f for n, f in table.items() if isinstance(f, Fact)}
        self.inner = {
            n: PartCodes(part, encoder, whole=False)
            for n, part in table.items()
            if not isinstance(part, Fact)
        }
        self.codes = {name: encoder.values(fact) for name, fact in self.facts.items()}

    def code(self, part: Mapping[str, Any]) -> int:
        """What a part settles. Raises KeyError, TypeError or ValueError where it is unusual."""
        codes = self.codes
        code = 0
        if not self.inner:
            try:
                for name, value in part.items():
                    code |= codes[name][value]
                return code
            except (KeyError, TypeError):  # a date, a list, or a value in a mapping
                code = 0
        for name, value in part.items():
            try:
                if type(value) is dict:
                    code |= self.inner[name].code(value)
                else:
                    code |= codes[name][value]
            except (KeyError, TypeError):
                code |= self._other(name, value)
        return code

    def _other(self, name: str, value: Any) -> int:
        if value is None and name in self.inner and not self.whole:
            return 0
        key = tuple(value) if type(value) is list else value
        known = self.codes[name]
        if type(key) is not dict and key in known:
            return known[key]
        found = self.encoder.value(self.facts[name], value)
        if type(key) in (str, tuple) and len(known) < MAX_REMEMBERED:
            known[key] = found
        return found


class Encoder:
    """Codes of values, from the facts and the tests that each value alone can fail."""

    def __init__(self, stated: int, shift: int, rules: Iterable["RuleMasks"]) -> None:
        self._stated = stated
        self._shift = shift
        self._failing: dict[int, list[tuple[int, int]]] = {}
        for rule in rules:
            for test in rule.tests:
                self._failing.setdefault(test.fact, []).append((test.allowed, rule.bit))

    def value(self, fact: Fact, value: Any) -> int:
        possible = fact.encode(value)
        code = (fact.full & ~possible) << self._shift | 1 << (self._stated + fact.index)
        for allowed, bit in self._failing.get(fact.index, ()):
            if not possible & allowed:
                code |= bit
        return code

    def values(self, fact: Fact) -> dict[Any, int]:
        plain = fact.bits if fact.spec.kind in (Kind.ENUM, Kind.BOOL) else ()
        return {None: 0, **{value: self.value(fact, value) for value in plain}}
