"""What the shapes of all sections share: ids, texts, days, and the form of a model.

Apart from the sections themselves, so that those that stand in modules of their own can use it.
"""

import datetime
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from netralitas_rules.facts.leaves import OWN_NAME, Span, parse_day, parse_day_or_month

ID = r"^[a-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9()-]+)*$"
NAME = r"^[a-z0-9][a-z0-9-]*$"
PATH = r"^[a-z_]+(\.[a-z0-9_-]+)*$"
VERSION = r"^\d+(\.\d+){1,2}$"


ExactDay = Annotated[
    datetime.date,
    BeforeValidator(parse_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
SomeDay = Annotated[
    Span,
    BeforeValidator(parse_day_or_month),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"}),
]
"""A day, or a month of which some day is meant."""
Id = Annotated[str, StringConstraints(pattern=ID, max_length=120)]
Basis = Annotated[list[Id], Field(min_length=1)]
ElectionId = Annotated[str, StringConstraints(pattern=OWN_NAME, max_length=120)]
Name = Annotated[str, StringConstraints(pattern=NAME, max_length=60)]
Path = Annotated[str, StringConstraints(pattern=PATH, max_length=120)]
Written = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
ConditionDoc = Annotated[dict[str, Any], WithJsonSchema({"x-ref": "Condition"})]


class Doc(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class TextDoc(Doc):
    id: Written
    en: Written


class ValidityDoc(Doc):
    from_: ExactDay | None = Field(default=None, alias="from")
    until: ExactDay | None = None


def shape(expected: str, fits: Callable[[Any], bool]) -> BeforeValidator:
    """One sentence for what has one of several forms, where pydantic would tell of each."""

    def check(value: Any) -> Any:
        if not fits(value):
            raise PydanticCustomError("shape", "{expected}", {"expected": expected})
        return value

    return BeforeValidator(check)


def whole(numbers: range, expected: str) -> BeforeValidator:
    """A whole number of a range."""
    return shape(expected, lambda v: type(v) is int and v in numbers)
