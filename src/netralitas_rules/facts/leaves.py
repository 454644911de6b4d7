"""Leaf types of an incident: what a report can say about one fact.

Knowledge of a fact is the set of its values that are still possible. In a file or in Python:

========================================  =====================================================
a value                                   exactly this value
absent (`None` in Python)                 unknown: every value is possible
`{one_of: [a, b]}` / `one_of(a, b)`       one of these
`{not: [a, b]}` / `none_of(a, b)`         none of these
`[a, b]` (facts that hold several)        complete list; `[]` says there was none
`{has: [a], lacks: [b]}`                  partial list: the rest is unknown
`2024-01-31`, `2024-01`, `2024`           a day, some day of that month, of that year
`{from: ..., to: ...}`                    some day of that span, both ends included
`none` (dates)                            it did not happen; not the same as absent
========================================  =====================================================

A written `null` is refused: it would blur "unknown" with "none".
"""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OneOf(Generic[T]):
    """One of `values` holds; with `negated`, none of them does."""

    values: tuple[T, ...]
    negated: bool = False

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("one_of and not need at least one value")

    def __str__(self) -> str:
        """As in a file: `{not: [prospective]}`."""
        key = "not" if self.negated else "one_of"
        return f"{{{key}: [{', '.join(map(str, self.values))}]}}"


def one_of(*values: T) -> OneOf[T]:
    """Knowledge that one of `values` holds, not which."""
    return OneOf(values)


def none_of(*values: T) -> OneOf[T]:
    """Knowledge that none of `values` holds."""
    return OneOf(values, negated=True)


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """A partial list: `has` are members, `lacks` are not, the rest is unknown."""

    has: tuple[T, ...] = ()
    lacks: tuple[T, ...] = ()

    def __post_init__(self) -> None:
        both = set(self.has) & set(self.lacks)
        if both:
            raise ValueError(f"has and lacks share {sorted(map(str, both))}")
        if not self.has and not self.lacks:
            raise ValueError("has or lacks must name at least one member")


@dataclass(frozen=True, slots=True)
class Span:
    """A day between `first` and `last`, both included; `first == last` is an exact day."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the span ends {self.last} before it begins {self.first}")

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


class Never(Enum):
    """The event did not happen (written `none`)."""

    NEVER = "none"


NEVER = Never.NEVER


def _members(kind: Any) -> tuple[Any, ...]:
    """The values a leaf of this kind can take."""
    return (True, False) if kind is bool else tuple(kind)


def _allowed(kind: Any) -> list[Any]:
    return [as_written(member) for member in _members(kind)]


def as_written(value: Any) -> Any:
    """A leaf as it is written in a file."""
    match value:
        case OneOf(values=values, negated=negated):
            return {"not" if negated else "one_of": [as_written(v) for v in values]}
        case Some(has=has, lacks=lacks):
            named = {"has": has, "lacks": lacks}
            return {key: [as_written(v) for v in vs] for key, vs in named.items() if vs}
        case tuple():
            return [as_written(v) for v in value]
        case Enum():
            return value.value
        case Span(first=first, last=last):
            if first == last:
                return first.isoformat()
            ends = {"from": first, "to": last}
            open_ends = (datetime.date.min, datetime.date.max)
            return {name: day.isoformat() for name, day in ends.items() if day not in open_ends}
        case _:
            return value


_DUMP = core_schema.plain_serializer_function_ser_schema(as_written)


def _mapping(inner: CoreSchema, *keys: str) -> CoreSchema:
    """A mapping from one or more of `keys` to lists of `inner`, nothing else."""
    field = core_schema.typed_dict_field(
        core_schema.list_schema(inner, min_length=1, max_length=64), required=len(keys) == 1
    )
    return core_schema.typed_dict_schema(dict.fromkeys(keys, field), extra_behavior="forbid")


def _value_schema(kind: Any) -> CoreSchema:
    if kind is bool:
        return core_schema.bool_schema(strict=True)
    return core_schema.enum_schema(kind, list(kind), sub_type="str")


def _union(choices: list[CoreSchema], kind: type, error: str, *, own: bool = False) -> CoreSchema:
    """First choice that fits; otherwise one error of our own that lists the allowed values."""
    context: Any = {"allowed": _allowed(kind), "own": own}
    return core_schema.union_schema(
        list(choices),
        mode="left_to_right",
        custom_error_type=error,
        custom_error_message="not a value of this fact",
        custom_error_context=context,
        serialization=_DUMP,
    )


def _checked(kind: Any, values: Iterable[Any], *, own: bool = False) -> tuple[Any, ...]:
    members = _members(kind)
    found = tuple(values)
    added = {v for v in found if own and isinstance(v, str) and re.fullmatch(OWN_NAME, v)}
    if any(
        (type(v) is bool) != (kind is bool) or v not in members for v in found if v not in added
    ):
        raise PydanticCustomError("leaf_value", "not a value of this fact")
    return found if kind is bool else tuple(v if v in added else kind(v) for v in found)


OWN_NAME = r"^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9_-]*$"
"""How a value is named that a ruleset of one's own adds to a fact: with the prefix before it."""


@dataclass(frozen=True, slots=True)
class _One:
    """Marker: a value, `one_of` or `not`; never null."""

    own: bool = False
    """Whether rulesets may add values, named as `OWN_NAME` says."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        kind = get_args(source)[0]
        value = _value_schema(kind)
        if self.own:
            value = core_schema.union_schema([value, core_schema.str_schema(pattern=OWN_NAME)])
        after = core_schema.no_info_after_validator_function
        instance = core_schema.is_instance_schema(OneOf)
        return _union(
            [
                value,
                after(lambda d: OneOf(tuple(d["one_of"])), _mapping(value, "one_of")),
                after(lambda d: OneOf(tuple(d["not"]), negated=True), _mapping(value, "not")),
                after(lambda v: OneOf(_checked(kind, v.values, own=self.own), v.negated), instance),
            ],
            kind,
            "leaf_value",
            own=self.own,
        )

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        one: dict[str, Any] = {"enum": schema["custom_error_context"]["allowed"]}
        if self.own:
            one = {"anyOf": [one, {"type": "string", "pattern": OWN_NAME}]}
        return {"anyOf": [one, _json_mapping(one, "one_of"), _json_mapping(one, "not")]}


class _Many:
    """Marker: a complete list, or `has` and `lacks`; never null."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        kind = get_args(get_args(source)[0])[0]
        value = _value_schema(kind)
        after = core_schema.no_info_after_validator_function
        instance = core_schema.is_instance_schema(Some)
        return _union(
            [
                core_schema.tuple_variable_schema(value, max_length=64),
                after(
                    lambda d: _some(tuple(d.get("has", ())), tuple(d.get("lacks", ()))),
                    _mapping(value, "has", "lacks"),
                ),
                after(lambda v: Some(_checked(kind, v.has), _checked(kind, v.lacks)), instance),
            ],
            kind,
            "leaf_list",
        )

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        one = {"enum": schema["custom_error_context"]["allowed"]}
        several = {"type": "array", "items": one}
        return {"anyOf": [several, _json_mapping(one, "has", "lacks")]}


def _some(has: tuple[Any, ...], lacks: tuple[Any, ...]) -> Some[Any]:
    try:
        return Some(has, lacks)
    except ValueError as error:
        raise PydanticCustomError("leaf_list", str(error)) from error


def _json_mapping(one: dict[str, Any], *keys: str) -> dict[str, Any]:
    several = {"type": "array", "items": one, "minItems": 1}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": dict.fromkeys(keys, several),
        "additionalProperties": False,
    }
    schema["minProperties"] = 1
    if len(keys) == 1:
        schema["required"] = list(keys)
    return schema


_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def parse_day(value: object) -> datetime.date:
    """One whole day, as the law names days. Raises ValueError as `parse_span` does."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("this is no day written in full")
    return parse_span(value).first


def parse_day_or_month(value: object) -> Span:
    """One whole day, or a month of which some day is meant. Raises ValueError as `parse_span`."""
    if isinstance(value, Span):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value):
        raise ValueError("this is no day, and no month")
    return parse_span(value)


def parse_span(value: object) -> Span:
    """A day, month, year or `{from, to}` mapping as a span of days.

    Raises ValueError with a sentence that says what was expected.
    """
    if isinstance(value, Span):
        return value
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return Span(value, value)
    if isinstance(value, dict):
        if not value or set(value) - {"from", "to"}:
            raise ValueError("expected a mapping with from and to")
        first = parse_span(value["from"]).first if "from" in value else datetime.date.min
        last = parse_span(value["to"]).last if "to" in value else datetime.date.max
        return Span(first, last)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    match = _DAY.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError("expected a day (2024-01-31), a month (2024-01) or a year (2024)")
    year = int(match[1])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"expected a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    if match[2] is None:
        return Span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    month = int(match[2])
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {match[2]}")
    if match[3] is None:
        days = monthrange(year, month)[1]
        return Span(datetime.date(year, month, 1), datetime.date(year, month, days))
    try:
        day = datetime.date(year, month, int(match[3]))
    except ValueError:
        raise ValueError(f"the day {text} does not exist in the calendar") from None
    return Span(day, day)


def parse_when(value: object) -> Span | Never:
    """As `parse_span`, and `none` for what did not happen."""
    return NEVER if value is NEVER or value == NEVER.value else parse_span(value)


class _When:
    """Marker: a day, month, year or span; with `never`, also `none`; never null."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        may_be_never = Never in get_args(source)

        def parse(value: Any) -> Span | Never:
            try:
                return parse_when(value) if may_be_never else parse_span(value)
            except ValueError as error:
                raise PydanticCustomError(
                    "leaf_date", "{reason}", {"reason": str(error)}
                ) from error

        return core_schema.no_info_plain_validator_function(
            parse, serialization=_DUMP, metadata={"never": may_be_never}
        )

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        part: dict[str, Any] = {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
                {"type": "integer", "minimum": _FIRST_YEAR, "maximum": _LAST_YEAR},
            ]
        }
        span = {
            "type": "object",
            "properties": {"from": part, "to": part},
            "additionalProperties": False,
            "minProperties": 1,
        }
        never = [{"const": NEVER.value}] if schema["metadata"]["never"] else []
        return {"anyOf": [*part["anyOf"], span, *never]}


class _Given:
    """Marker: may be left out, but never null."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        inner = tuple(arg for arg in get_args(source) if arg is not type(None))
        return handler(inner[0])


Given = Annotated[T | None, _Given()]
"""What may be left out and is no fact: a note, a key, a list of records."""

Leaf = Annotated[T | OneOf[T] | None, _One()]
"""One value of an enum (or a bool): `Leaf[SubjectStatus]`."""

OpenLeaf = Annotated[T | str | OneOf[T | str] | None, _One(own=True)]
"""A leaf to which a ruleset may add values of its own."""

Leaves = Annotated[tuple[T, ...] | Some[T] | None, _Many()]
"""Several values of an enum at once: `Leaves[Attribute]`."""

Day = Annotated[Span | None, _When()]
"""A date of something that did happen."""

DayOrNever = Annotated[Span | Never | None, _When()]
"""A date of something that may not have happened (`none`)."""

_FORMS: dict[type, str] = {_One: "one", _Many: "many", _When: "date"}


def leaf_kind(info: Any) -> tuple[str, Any] | None:
    """`("one" | "many" | "date", annotation)` of a model field that is a leaf, else None."""
    for marker in info.metadata:
        form = _FORMS.get(type(marker))
        if form is not None:
            return form, info.annotation
    return None
