"""The shape of a scenario file, as pydantic models. What the names refer to is checked later."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from netralitas_rules.decision.model import FindingStatus, Outcome, PathStatus
from netralitas_rules.facts.incident import LINE
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.loading.diagnostics import Code, listing
from netralitas_rules.loading.document_parts import ExactDay, Id, Name, TextDoc


def _text_or_texts(value: Any) -> Any:
    if isinstance(value, str | dict):
        return value
    expected = "one line of text, or the same in both languages: {id: .., en: ..}"
    raise PydanticCustomError("shape", "{expected}", {"expected": expected})


Words = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=LINE)]
ByPerson = str | Mapping[str, str]
"""One status for everybody, or a status by key of the person."""


def _words(*choices: type[StrEnum]) -> tuple[BeforeValidator, WithJsonSchema]:
    """Words in a fixed order, the later ones as far as they are wanted; or such words by person."""
    allowed = [[member.value for member in choice] for choice in choices]
    expected = ", then if you like ".join(listing(words, limit=9) for words in allowed)

    def words_of(value: Any) -> str:
        words = value.split() if isinstance(value, str) else []
        fits = 0 < len(words) <= len(allowed) and all(
            word in own for word, own in zip(words, allowed, strict=False)
        )
        if not fits:
            raise PydanticCustomError("shape", "{expected}", {"expected": expected})
        return " ".join(words)

    def read(value: Any) -> ByPerson:
        if isinstance(value, dict) and value:
            return {key: words_of(own) for key, own in value.items()}
        return words_of(value)

    first, *more = ("|".join(words) for words in allowed)
    pattern = f"^({first})" + "".join(f"( ({words})" for words in more) + ")?" * len(more) + "$"
    one = {"type": "string", "pattern": pattern}
    schema = {"anyOf": [one, {"type": "object", "additionalProperties": one}]}
    return BeforeValidator(read), WithJsonSchema(schema)


Status = Annotated[Any, *_words(FindingStatus)]
Path = Annotated[Any, *_words(PathStatus, Regime, Level)]


class _Doc(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ExpectDoc(_Doc):
    """What a decision is to say. Findings that are not listed are `not_met`, or not raised; paths
    that are not listed do not follow. Decisive questions are compared if written.
    """

    refused: Code | None = None
    """Code of the first diagnostic, where the report contradicts itself or the law."""
    outcome: Outcome | None = None
    findings: dict[Id, Status] = {}
    """Status by violation, permission or consequence; by key of the person where they differ."""
    paths: dict[Id, Path] = {}
    """`follows` or `may_follow`, then the regime and its level, as far as they are to be compared:
    `follows discipline heavy`."""
    sanctions: dict[Id, Annotated[list[Name], Field(min_length=1)]] = {}
    """Kinds of sanction that a path allows, in any order; compared for the rows written here."""
    decisive: list[Name] | None = None


class ScenarioDoc(_Doc):
    """One incident, asked on one day."""

    why: Annotated[Words | TextDoc, BeforeValidator(_text_or_texts)]
    as_of: ExactDay | None = Field(default=None, alias="as-of")
    ruleset: Words | None = None
    readings: dict[Name, Name] = {}
    incident: dict[str, Any] | None = None
    file: Words | None = None
    """An incident file, beside this one, instead of `incident`."""
    like: Name | None = None
    """Another scenario of the file, instead of `incident`: the same incident."""
    but: dict[str, Any] = {}
    """Facts that are otherwise than in `incident`, `file` or `like`; `unknown` takes one out."""
    expect: ExpectDoc

    @model_validator(mode="after")
    def _one_incident(self) -> Self:
        given = [name for name in INCIDENT if getattr(self, name) is not None]
        if len(given) != 1:
            expected = "one of `incident`, `file` (the path of one) and `like` (another scenario)"
            raise PydanticCustomError("shape", "{expected}", {"expected": expected})
        return self


INCIDENT = ("incident", "file", "like")


class ScenarioFile(_Doc):
    """Many scenarios by name; `ruleset` and `as-of` stand for those that name none."""

    ruleset: Words | None = None
    as_of: ExactDay | None = Field(default=None, alias="as-of")
    scenarios: Annotated[dict[Name, ScenarioDoc], Field(min_length=1, max_length=10_000)]
