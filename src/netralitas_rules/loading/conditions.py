"""From the mappings that authors write to conditions over the space of facts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.knowledge import MAX_INTEGER, Fact, NotAValue, Space
from netralitas_rules.facts.leaves import parse_day
from netralitas_rules.facts.space import READING_PREFIX, STANDARD_PREFIX, FactSpec, Kind, Origin
from netralitas_rules.loading.diagnostics import Code, Diagnostic, listing, shown, suggest
from netralitas_rules.loading.tree import Tree

OPERATORS = ("is", "all", "any", "not")
STATED = "stated"
MAX_CONDITION_DEPTH = 6
_TESTS = {
    Kind.DATE: "{from: 2024-01-31}, {until: 2024-01-31} or both",
    Kind.INTEGER: "{from: 2}, {until: 5} or both",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of a ruleset stands: its file and the keys down to it."""

    tree: Tree | None
    path: tuple[str | int, ...]

    def __truediv__(self, step: str | int) -> "Place":
        return Place(self.tree, (*self.path, step))

    def diagnostic(
        self,
        code: StrEnum,
        message: str,
        *,
        expected: str = "",
        found: str = "",
        help: str = "",
        of_key: bool = False,
        also: "Place | None" = None,
    ) -> Diagnostic:
        """A diagnostic at this place (of the key itself with `of_key`)."""
        places = [p for p in (self, also) if p is not None]
        return Diagnostic(
            code,
            message,
            expected=expected,
            found=found,
            help=help,
            positions=tuple(
                p.tree.position(p.path, of_key=of_key) for p in places if p.tree is not None
            ),
            path=tuple(str(step) for step in self.path),
            heading=heading(self.tree, self.path),
        )


def heading(tree: Tree | None, path: tuple[str | int, ...]) -> str:
    """The title (or the words) of the item that `path` stands in: the law heading."""
    if tree is None or len(path) < 2:
        return ""
    item = tree.find(path[:2])[0].value
    if not isinstance(item, dict):
        return ""
    for key in ("title", "says", "asks", "label"):
        text = item.get(key)
        words = text.value.get("id") if text is not None and isinstance(text.value, dict) else None
        if words is not None and isinstance(words.value, str):
            return words.value
    return ""


def breakpoints(raw: object, specs: Mapping[str, FactSpec]) -> Iterator[tuple[str, int]]:
    """Every (fact, first ordinal of a new cell) that the tests in `raw` need."""
    if isinstance(raw, list):
        for part in raw:
            yield from breakpoints(part, specs)
    elif isinstance(raw, dict):
        for key, value in raw.items():
            spec = specs.get(key)
            if spec is None or spec.kind not in (Kind.DATE, Kind.INTEGER):
                if isinstance(value, dict | list):
                    yield from breakpoints(value, specs)
                continue
            for name, shift in (("from", 0), ("until", 1)):
                bound = _bound(spec, value.get(name)) if isinstance(value, dict) else None
                if bound is not None:
                    yield key, bound + shift


def _bound(spec: FactSpec, value: object) -> int | None:
    """The ordinal of a bound of a date or integer test; None where it is not one."""
    if spec.kind is Kind.INTEGER:
        return value if type(value) is int and abs(value) <= MAX_INTEGER else None
    try:
        return parse_day(value).toordinal()
    except ValueError:
        return None


class WrongBound(ValueError):
    """A bound that is no day (or number), or lies `before` the other."""

    def __init__(self, name: str, value: object, *, before: object = None) -> None:
        self.name = name
        self.value = value
        self.before = before
        super().__init__(name)


def _bound_problem(fact: Fact, wrong: WrongBound, at: Place) -> Diagnostic:
    name, dated = wrong.name, fact.spec.kind is Kind.DATE
    if wrong.before is not None:
        return (at / name).diagnostic(
            Code.BAD_VALIDITY if dated else Code.UNKNOWN_VALUE,
            "`until` lies before `from`",
            expected="`from` on or before `until`" if dated else "`from` up to `until`",
            found=shown(wrong.value),
            also=at / "from",
        )
    message = f"`{name}` takes a whole number"
    if dated:
        try:
            parse_day(wrong.value)
        except ValueError as error:
            message = f"`{name}`: {error}"
    return (at / name).diagnostic(
        Code.BAD_DATE if dated else Code.UNKNOWN_VALUE,
        message,
        expected=_TESTS[fact.spec.kind],
        found=shown(wrong.value),
    )


@dataclass(slots=True)
class Compiler:
    """Compiles conditions; problems are collected, not raised."""

    space: Space
    definition: Callable[[str, Place], c.Condition | None]
    """The compiled definition of a name (reports unknown names and cycles itself)."""
    problems: list[Diagnostic] = field(default_factory=list)

    def condition(self, raw: object, at: Place, *, depth: int = 0) -> c.Condition:
        """The condition of a mapping; where it is wrong, one that never holds."""
        if not isinstance(raw, dict) or not raw:
            self._refuse(
                at,
                Code.BAD_CONDITION,
                "a condition is a mapping",
                raw,
                expected="a fact and its allowed values, or all, any, not, is",
            )
            return c.NEVER
        if depth > MAX_CONDITION_DEPTH:
            self._refuse(
                at,
                Code.TOO_NESTED,
                "the condition is nested too deeply",
                raw,
                expected=f"at most {MAX_CONDITION_DEPTH} levels",
                help="give the inner part a name under definitions",
            )
            return c.NEVER
        return c.both([self._line(key, value, at / key, depth) for key, value in raw.items()])

    def _line(self, key: str, value: object, at: Place, depth: int) -> c.Condition:
        match key:
            case "all" | "any":
                if not isinstance(value, list) or not value:
                    self._refuse(
                        at,
                        Code.BAD_CONDITION,
                        f"`{key}` takes conditions",
                        value,
                        expected="a list of conditions",
                    )
                    return c.NEVER
                parts = [
                    self.condition(part, at / index, depth=depth + 1)
                    for index, part in enumerate(value)
                ]
                return c.both(parts) if key == "all" else c.either(parts)
            case "not":
                return c.negate(self.condition(value, at, depth=depth + 1))
            case "is":
                names: list[Any] = value if isinstance(value, list) else [value]
                if not names or not all(isinstance(name, str) for name in names):
                    self._refuse(
                        at,
                        Code.BAD_CONDITION,
                        "`is` takes the name of a definition",
                        value,
                        expected="a name, or a list of names",
                    )
                    return c.NEVER
                return c.both([found for name in names if (found := self.definition(name, at))])
        fact = self.fact(key, at)
        return self.test(fact, value, at) if fact else c.NEVER

    def fact(self, path: str, at: Place, *, of_key: bool = True) -> Fact | None:
        """The fact at a path, or None with a diagnostic."""
        fact = None if path.startswith(STANDARD_PREFIX) else self.space.by_path.get(path)
        if fact is None:
            known = [p for p in self.space.by_path if not p.startswith(STANDARD_PREFIX)]
            known += OPERATORS
            self.problems.append(
                at.diagnostic(
                    Code.UNKNOWN_FACT,
                    f"there is no fact `{path}`",
                    expected="a fact of the codebook or of this ruleset, or all, any, not, is",
                    found=f"`{path}`",
                    help=suggest(path, known) or "see `netralitas facts`",
                    of_key=of_key,
                )
            )
        return fact

    def test(
        self, fact: Fact, value: object, at: Place, *, declared: Place | None = None
    ) -> c.Condition:
        """One line of a condition as a test. `declared` is shown beside a value that is none."""
        try:
            allowed = self._allowed(fact, value)
        except WrongBound as wrong:
            self.problems.append(_bound_problem(fact, wrong, at))
            return c.NEVER
        except NotAValue as error:
            self._value_problem(fact, error, at, declared)
            return c.NEVER
        if not allowed or allowed == fact.full:
            self._refuse(
                at,
                Code.BAD_CONDITION,
                "this line is never met" if not allowed else "this line always holds",
                value,
                expected="a test that some values meet and some do not",
            )
        return c.Test(fact.index, allowed, fact.full & ~allowed)

    def _allowed(self, fact: Fact, value: Any) -> int:
        kind = fact.spec.kind
        if kind is Kind.DATE or kind is Kind.INTEGER:
            return self._interval(fact, value)
        if kind is Kind.LIST:
            return self._subset_test(fact, value)
        if isinstance(value, list):
            return fact.encode({"one_of": value}) if value else 0
        if isinstance(value, dict):
            if set(value) != {"not"}:
                raise NotAValue(fact, value, "expected a value, a list of values or {not: [..]}")
            excluded = value["not"]
            return fact.encode({"not": excluded if isinstance(excluded, list) else [excluded]})
        return fact.encode(value)

    def _subset_test(self, fact: Fact, value: Any) -> int:
        tests = ("has", "any", "lacks")
        if not isinstance(value, dict) or not value or set(value) - set(tests):
            raise NotAValue(fact, value, "expected {has: [..]}, {any: [..]} or {lacks: [..]}")
        allowed = fact.full
        for name, members in value.items():
            if not isinstance(members, list) or not members:
                raise NotAValue(fact, members, f"`{name}` takes a list of members")
            fact.encode(members)
            if name == "has":
                allowed &= fact.with_members(members, present=True)
            else:
                none = fact.with_members(members, present=False)
                allowed &= none if name == "lacks" else fact.full & ~none
        return allowed

    def _interval(self, fact: Fact, value: Any) -> int:
        never = fact.never_bit
        if never and value == "none":
            return never
        if never and value == "happened":
            return fact.full & ~never
        if not isinstance(value, dict) or not value or set(value) - {"from", "until"}:
            words = ", `none` or `happened`" if never else ""
            raise NotAValue(fact, value, f"expected {{from: .., until: ..}}{words}")
        bounds = {name: _bound(fact.spec, bound) for name, bound in value.items()}
        wrong = [name for name, bound in bounds.items() if bound is None]
        if wrong:
            raise WrongBound(wrong[0], value[wrong[0]])
        first = bounds.get("from")
        last = bounds.get("until")
        low = fact.cell_bounds(0)[0] if first is None else first
        high = fact.cell_bounds(len(fact.breaks))[1] if last is None else last
        if high < low:
            raise WrongBound("until", value["until"], before=value["from"])
        return fact.cells(low, high)

    def gates(self, raw: object, at: Place) -> list[tuple[int, tuple[c.Test, ...]]]:
        """`raised-by` (or `asked-when`): per alternative the facts to be stated, and tests."""
        alternatives = raw if isinstance(raw, list) else [raw]
        found = []
        for index, alternative in enumerate(alternatives):
            place = at / index if isinstance(raw, list) else at
            if not isinstance(alternative, dict) or not alternative:
                self._refuse(
                    place,
                    Code.BAD_CONDITION,
                    "this takes facts to be stated",
                    alternative,
                    expected="a mapping of facts to `stated` or to values",
                )
                continue
            facts = 0
            tests: list[c.Test] = []
            for path, value in alternative.items():
                fact = self.fact(path, place / path)
                if fact is None:
                    continue
                if fact.spec.origin not in (Origin.INCIDENT, Origin.FURTHER):
                    self._refuse(
                        place / path,
                        Code.BAD_CONDITION,
                        "only a fact that an incident states can raise a question",
                        path,
                        expected="a fact of the incident",
                    )
                facts |= 1 << fact.index
                if value != STATED:
                    test = self.test(fact, value, place / path)
                    if isinstance(test, c.Test):
                        tests.append(test)
            found.append((facts, tuple(tests)))
        return found

    def _value_problem(
        self, fact: Fact, error: NotAValue, at: Place, declared: Place | None
    ) -> None:
        values = [str(v).lower() if isinstance(v, bool) else str(v) for v in fact.spec.values]
        self.problems.append(
            at.diagnostic(
                Code.UNKNOWN_VALUE,
                error.reason or f"`{fact.spec.path}` has no such value",
                expected=listing(values, limit=30) or _TESTS[fact.spec.kind],
                found=shown(error.value),
                help="" if error.reason else suggest(str(error.value), values),
                also=None if error.reason else declared,
            )
        )

    def _refuse(
        self,
        at: Place,
        code: Code,
        message: str,
        found: object,
        *,
        expected: str = "",
        help: str = "",
    ) -> None:
        self.problems.append(
            at.diagnostic(code, message, expected=expected, found=shown(found), help=help)
        )


def readings_used(raw: object) -> Iterator[str]:
    """Ids of the questions whose readings `raw` tests."""
    if isinstance(raw, list):
        for part in raw:
            yield from readings_used(part)
    elif isinstance(raw, dict):
        for key, value in raw.items():
            if isinstance(key, str) and key.startswith(READING_PREFIX):
                yield key.removeprefix(READING_PREFIX)
            elif isinstance(value, dict | list):
                yield from readings_used(value)
