"""A report in which some facts are otherwise: the same mapping with other values at their paths."""

from collections.abc import Mapping
from copy import deepcopy
from itertools import pairwise
from typing import Any

from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.places import PARTS, steps_of
from netralitas_rules.facts.places import NoSuchPlace as NoSuchPlace
from netralitas_rules.facts.places import Steps as Steps

UNKNOWN = "unknown"
"""The value that takes a fact out."""


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
    groups = {group: content.get(group) for group in PARTS.values()}
    counts = {group: len(parts) for group, parts in groups.items() if isinstance(parts, list)}
    return steps_of(path, Incident, counts)


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
