"""Places in an incident as people write them: `act.medium`, `acts[1].photo.gesture`, `election`."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, TypeAdapter

from netralitas_rules.facts.leaves import leaf_kind

FURTHER = "further"
PARTS = {"subject": "subjects", "act": "acts", "beneficiary": "beneficiaries"}
"""The lists of an incident, by the first word of the facts of their items."""
Steps = tuple[str | int, ...]
"""Keys and numbers down to a place in an incident."""
_OWN_DEPTH = 5
"""Steps down to a fact that a ruleset declares: list, number, `further`, prefix, name."""
_STEP = re.compile(r"([a-z_]+)(?:\[(\d{1,3})\])?")


class NoSuchPlace(ValueError):
    """A path names a place that the report does not have."""

    def __init__(self, message: str, *, expected: str) -> None:
        super().__init__(message)
        self.expected = expected


def steps_of(path: str, root: type[BaseModel], counts: Mapping[str, int]) -> Steps:
    """The steps down to the place that a path names; `counts` says how many items the lists have.

    The first item can be named although there is none yet. Raises `NoSuchPlace`.
    """
    head, *rest = path.split(".")
    match = _STEP.fullmatch(head)
    name, number = (match[1], match[2]) if match else (head, None)
    group = PARTS.get(name, name)
    if group not in PARTS.values():
        if number is not None or name not in root.model_fields:
            raise NoSuchPlace(
                f"there is no `{head}` in a report",
                expected="a path of the codebook (act.medium), or acts[1].medium of several",
            )
        return (name, *rest)
    if not rest:
        raise NoSuchPlace(f"`{path}` names no fact", expected=f"`{path}.` and a fact")
    many = counts.get(group, 0)
    if number is None and many > 1:
        raise NoSuchPlace(
            f"the report has {many} {group}: which is meant?",
            expected=f"`{group}[0].{'.'.join(rest)}` to `{group}[{many - 1}]...`",
        )
    index = int(number or 0)
    if index > 0 and index >= many:
        raise NoSuchPlace(
            f"the report has {many or 'no'} {group}" if many != 1 else f"of `{group}` there is one",
            expected={0: f"`{group}` in the report", 1: "0, or no number"}.get(
                many, f"a number from 0 to {many - 1}"
            ),
        )
    of_ruleset = len(rest) > 1 and rest[0] not in _item(root, group).model_fields
    return (group, index, *([FURTHER] if of_ruleset else []), *rest)


def written(steps: Steps) -> str:
    """A place as it stands in a report: `acts[0].photo.gesture`."""
    found = ""
    for step in steps:
        found += f"[{step}]" if isinstance(step, int) else f".{step}"
    return found[1:]


def is_own(steps: Steps) -> bool:
    """Whether a place is that of a fact which a ruleset declares itself."""
    return len(steps) == _OWN_DEPTH and steps[2] == FURTHER


def leaf_at(root: type[BaseModel], steps: Steps) -> "TypeAdapter[Any] | None":
    """What reads a fact of the vocabulary at a place; None where none is there."""
    found = field_at(root, steps)
    return None if found is None else _adapter(*found)


def field_at(root: type[BaseModel], steps: Steps) -> tuple[type[BaseModel], str] | None:
    """The model and field of a fact of the vocabulary at a place; None where none is there."""
    model, names = root, list(steps)
    if len(steps) > 2 and isinstance(steps[1], int):
        model, names = _item(root, str(steps[0])), names[2:]
    for name in names[:-1]:
        info = model.model_fields.get(str(name))
        inner = None if info is None else info.annotation
        if not isinstance(inner, type) or not issubclass(inner, BaseModel):
            return None
        model = inner
    info = model.model_fields.get(str(names[-1]))
    if info is None or leaf_kind(info) is None:
        return None
    return model, str(names[-1])


def value_at(part: Any, steps: Sequence[str | int]) -> Any:
    """What stands at a place; None where nothing does."""
    for step in steps:
        if part is None:
            return None
        if isinstance(step, int):
            part = part[step]
        elif isinstance(part, Mapping):
            part = part.get(step)
        else:
            part = getattr(part, step, None)
    return part


def with_value(part: Any, steps: Sequence[str | int], value: Any) -> Any:
    """A copy of a part of an incident in which this value stands at a place."""
    if not steps:
        return value
    step, *rest = steps
    if isinstance(step, int):
        return tuple(with_value(p, rest, value) if i == step else p for i, p in enumerate(part))
    if isinstance(part, BaseModel):
        inner = with_value(getattr(part, step), rest, value)
        return part.model_copy(update={step: inner})
    named: dict[str, Any] = dict(part) if isinstance(part, Mapping) else {}
    return {**named, step: with_value(named.get(step), rest, value)}


def _item(root: type[BaseModel], group: str) -> type[BaseModel]:
    """The model of the items of a list."""
    found: type[BaseModel] = get_args(root.model_fields[group].annotation)[0]
    return found


@cache
def _adapter(model: type[BaseModel], name: str) -> "TypeAdapter[Any]":
    info = model.model_fields[name]
    marked: Any = Annotated[info.annotation, *info.metadata]
    return TypeAdapter(marked)
