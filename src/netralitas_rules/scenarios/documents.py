"""The shape of a scenario file, as pydantic models. What the names refer to is checked later."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from netralitas_rules.decision.model import FindingStatus, Outcome, PathStatus
from netralitas_rules.facts.incident import LINE, Key
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.documents import ExactDay, Id, Name, TextDoc

Words = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=LINE)]


class _Doc(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ExpectDoc(_Doc):
    """What a decision is to say. Findings that are not listed are `not_met`, or not raised; paths
    that are not listed do not follow. Decisive questions and the outcome are compared if written.
    """

    refused: Code | None = None
    outcome: Outcome | None = None
    findings: dict[Id, FindingStatus | dict[Key, FindingStatus]] = {}
    """Status by violation or permission; by key of the person where they differ."""
    paths: dict[Id, PathStatus | dict[Key, PathStatus]] = {}
    decisive: list[Name] | None = None


class ScenarioDoc(_Doc):
    """One incident, asked on one day."""

    why: Words | TextDoc
    as_of: ExactDay = Field(alias="as-of")
    ruleset: Words | None = None
    readings: dict[Name, Name] = {}
    incident: dict[str, Any] | None = None
    file: Words | None = None
    """An incident file beside this one, instead of `incident`."""
    expect: ExpectDoc


class ScenarioFile(_Doc):
    """Many scenarios by name; `ruleset` stands for those that name none."""

    ruleset: Words | None = None
    scenarios: Annotated[dict[Name, ScenarioDoc], Field(min_length=1, max_length=10_000)]
