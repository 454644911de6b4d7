"""A report in which some facts are otherwise: the same mapping with other values at their paths."""

import re
from collections.abc import Mapping
from copy import deepcopy
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from netralitas_rules.facts.incident import FURTHER, Act, Beneficiary, Incident, Subject

UNKNOWN = "unknown"
"""The value that takes a fact out."""
_PARTS = {"subject": "subjects", "act": "acts", "beneficiary": "beneficiaries"}
_MODELS: Mapping[str, type[BaseModel]] = {
    "subjects": Subject,
    "acts": Act,
    "beneficiaries": Beneficiary,
}
_STEP = re.compile(r"([a-z_]+)(?:\[(\d{1,3})\])?")
Steps = tuple[str | int, ...]


class NoSuchPlace(ValueError):
    """A change names a place that the report does not have."""

    def __init__(self, message: str, *, expected: str) -> None:
        super().__init__(message)
        self.expected = expected


def changed(
    content: Mapping[str, Any], changes: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[Steps, str]]:
    """The report with these facts otherwise, and the change behind every place that was written.

    A path is that of the codebook (`act.medium`, `election`, `report.channel`). Where a report has
    several acts, people or beneficiaries, it says which (`acts[1].medium`, counted from 0). The
    value `unknown` takes a fact out. Raises `NoSuchPlace`.
    """
    new = deepcopy(dict(content))
    written: dict[Steps, str] = {}
    for path, value in changes.items():
        steps = _steps(path, new)
        _write(new, steps, value)
        written[steps] = path
    return new, written


def _steps(path: str, content: Mapping[str, Any]) -> Steps:
    head, *rest = path.split(".")
    match = _STEP.fullmatch(head)
    name, number = (match[1], match[2]) if match else (head, None)
    group = _PARTS.get(name, name)
    if group not in _MODELS:
        if number is not None or name not in Incident.model_fields:
            raise NoSuchPlace(
                f"there is no `{head}` in a report",
                expected="a path of the codebook (act.medium), or acts[1].medium of several",
            )
        return (name, *rest)
    if not rest:
        raise NoSuchPlace(f"`{path}` names no fact", expected=f"`{path}.` and a fact")
    parts = content.get(group, [])
    many = len(parts) if isinstance(parts, list) else 0
    if number is None and many > 1:
        raise NoSuchPlace(
            f"the report has {many} {group}: which is meant?",
            expected=f"`{group}[0].{'.'.join(rest)}` to `{group}[{many - 1}]...`",
        )
    index = int(number or 0)
    if index > 0 and index >= many:
        raise NoSuchPlace(
            f"the report has {many} {group}", expected=f"a number from 0 to {many - 1}"
        )
    of_ruleset = len(rest) > 1 and rest[0] not in _MODELS[group].model_fields
    return (group, index, *([FURTHER] if of_ruleset else []), *rest)


def _write(content: dict[str, Any], steps: Steps, value: Any) -> None:
    part: Any = content
    for step, after in pairwise(steps):
        if isinstance(part, dict):
            part = part.setdefault(step, [] if isinstance(after, int) else {})
        elif isinstance(part, list):
            part.extend({} for _ in range(len(part), int(step) + 1))
            part = part[int(step)]
    if not isinstance(part, dict):
        raise NoSuchPlace(
            f"nothing can stand under `{steps[-2]}` here", expected="a mapping at this place"
        )
    if value == UNKNOWN:
        part.pop(str(steps[-1]), None)
    else:
        part[str(steps[-1])] = deepcopy(value)
