"""Evidence in an incident: what its items show, and the incident as all accounts together have it.

What the report states of a fact is one more account beside the items. `weighed` is the incident in
which what every account says stands at the place of the fact; `by_standard` the one in which only
what enough items of evidence show is known. Neither depends on the order of the items.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from netralitas_rules.facts.accounts import Accounts, values_of
from netralitas_rules.facts.places import (
    PARTS,
    NoSuchPlace,
    Steps,
    is_own,
    leaf_at,
    steps_of,
    value_at,
    with_value,
)
from netralitas_rules.facts.vocabulary import EvidenceKind

if TYPE_CHECKING:
    from netralitas_rules.facts.incident import EvidenceItem, Incident

MAX_ITEMS = 100
"""The most items that speak of one fact."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one item shows of one fact."""

    item: int
    """Number of the item, from 0."""
    name: str
    kind: EvidenceKind
    path: str
    value: Any
    sha256: str | None = None
    """Of the document: two items with one document are one piece of evidence."""


def own_facts(incident: "Incident") -> list[Any]:
    """What the items show of facts that rulesets declare: nobody has read it yet."""
    if not incident.evidence:
        return []
    places = items_by_place(incident).items()
    return [one.value for steps, shown in places if is_own(steps) for one in shown]


def name_of(item: "EvidenceItem", number: int) -> str:
    """The key of an item, or its number from 1."""
    return item.key or str(number + 1)


def items_by_place(incident: "Incident") -> Mapping[Steps, tuple[Shown, ...]]:
    """What the items show, by place, sorted by the names of the items."""
    found: dict[Steps, list[Shown]] = {}
    counts = _counts(incident)
    for number, item in enumerate(incident.evidence or ()):
        for path, value in (item.shows or {}).items():
            name = name_of(item, number)
            shown = Shown(number, name, item.kind, path, value, item.sha256)
            found.setdefault(steps_of(path, type(incident), counts), []).append(shown)
    return {
        steps: tuple(sorted(shown, key=lambda s: (len(s.name), s.name, s.item)))
        for steps, shown in found.items()
    }


def weighed(incident: "Incident") -> "Incident":
    """The incident with what all accounts say, and without the items."""
    if not incident.evidence:
        return incident
    found = incident.model_copy(update={"evidence": None})
    for steps, shown in items_by_place(incident).items():
        stated = value_at(incident, steps)
        values = [] if stated is None else [stated]
        values += [s.value for s in shown]
        value = Accounts(tuple(values)) if len(values) > 1 else values[0]
        found = with_value(found, steps, value)
    return found


def by_standard(
    incident: "Incident", *, kinds: Sequence[EvidenceKind], at_least: int
) -> "Incident | None":
    """The same people, acts and beneficiaries, with only what so many items of these kinds (of any,
    where none is named) show: a value is ruled out where that many rule it out.

    A value that some account of a disputed fact allows is never ruled out. None where no fact has
    so many items.
    """
    places = {
        steps: counted
        for steps, shown in items_by_place(incident).items()
        if len(counted := counting(shown, kinds)) >= at_least
    }
    if not places:
        return None
    bare: dict[str, Any] = {
        "evidence": None,
        "election": None,
        "report": type(incident.report)(),
        "proceeding": type(incident.proceeding)(),
    }
    for group in PARTS.values():
        bare[group] = tuple(_bare(part) for part in getattr(incident, group))
    found = incident.model_copy(update=bare)
    together = weighed(incident)
    for steps, counted in places.items():
        every = values_of(value_at(together, steps))
        values = tuple(shown.value for shown in counted)
        found = with_value(found, steps, Accounts(every, values, at_least))
    return found


def counting(shown: Iterable[Shown], kinds: Sequence[EvidenceKind]) -> list[Shown]:
    """What items of these kinds show (of any kind but another report, where none is named), each
    document once.
    """
    found: dict[str | int, Shown] = {}
    for one in shown:
        if one.kind in kinds if kinds else one.kind is not EvidenceKind.REPORT:
            found.setdefault(one.sha256 or one.item, one)
    return list(found.values())


_NO_FACTS = ("key", "by", "beneficiaries", "stage_note")
"""What says who and whom, and why; a standard asks evidence for facts."""


def _bare(part: Any) -> Any:
    stated = part.model_fields_set & {*_NO_FACTS}
    return type(part).model_construct(stated, **{name: getattr(part, name) for name in stated})


def _counts(incident: "Incident") -> Mapping[str, int]:
    return {group: len(getattr(incident, group)) for group in PARTS.values()}


# -- reading what items show


def read_shown(incident: "Incident") -> tuple["EvidenceItem", ...]:
    """The items, what they show read as facts are read.

    Raises `PydanticCustomError` for what is no place, no fact or no value.
    """
    counts = _counts(incident)
    items = []
    speaking: dict[Steps, int] = {}
    for number, item in enumerate(incident.evidence or ()):
        shows, places = {}, set[Steps]()
        for path, value in (item.shows or {}).items():
            at: Steps = ("evidence", number, "shows", path)
            steps, shows[path] = _read(incident, path, value, at, counts)
            speaking[steps] = speaking.get(steps, 0) + 1
            if steps in places:
                _refuse("evidence_twice", at, value=path)
            if speaking[steps] > MAX_ITEMS:
                _refuse("evidence_many", at, value=path, limit=MAX_ITEMS)
            places.add(steps)
        items.append(item.model_copy(update={"shows": shows}) if shows else item)
    return tuple(items)


def _read(
    incident: "Incident", path: str, value: Any, at: Steps, counts: Mapping[str, int]
) -> tuple[Steps, Any]:
    try:
        steps = steps_of(path, type(incident), counts)
    except NoSuchPlace as error:
        _refuse("evidence_place", at, message=str(error), expected=error.expected, value=path)
    group = str(steps[0])
    if counts.get(group) == 0:
        _refuse(
            "evidence_place",
            at,
            message=f"the report has no {group}",
            expected=f"`{group}` in the report: evidence speaks of what is reported",
            value=path,
        )
    if is_own(steps):
        if value is None:
            _refuse("evidence_null", at, value=value)
        return steps, value
    leaf = leaf_at(type(incident), steps)
    if leaf is None:
        _refuse("evidence_fact", at, value=path)
    try:
        return steps, leaf.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        context = {**first.get("ctx", {}), "path": at, "value": value}
        raise PydanticCustomError(first["type"], "no value of the fact", context) from None


def _refuse(kind: str, at: Steps, **context: Any) -> NoReturn:
    raise PydanticCustomError(kind, "{path}", {"path": at, **context})


def placed(incident: "Incident", place: Sequence[str | int], value: Any = None) -> Steps:
    """Where it was said what is wrong at a place of the weighed incident: there, or in the evidence
    where only an item speaks of it, or an item says what is wrong (`value`).
    """
    for steps, shown in items_by_place(incident).items():
        if not _under(tuple(map(str, steps)), tuple(map(str, place))):
            continue
        saying = list(shown)
        if value_at(incident, steps) is not None:
            saying = [one for one in shown if one.value == value]
        if saying:
            return ("evidence", saying[0].item, "shows", saying[0].path)
    return tuple(place)


def _under(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two places lies in the other."""
    return one[: len(other)] == other or other[: len(one)] == one
