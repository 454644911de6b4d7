"""Evidence, for the reference evaluator: what several accounts of one fact leave possible."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from netralitas_rules.facts.space import vocabulary

Doc = Mapping[str, Any]
GROUPS = {"subject": "subjects", "act": "acts", "beneficiary": "beneficiaries"}
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Said:
    """What several accounts state of one fact: the report, and items of evidence."""

    accounts: list[Any]
    counted: list[Any] | None = None
    """Where a standard is asked: what the items that count for it show."""
    least: int = 0

    def left(self, values: list[Any], fits_one: Callable[[Any, Any], bool]) -> list[Any]:
        """Of all values of a fact those that are possible: what every account allows, where that
        is nothing what any does, and beside it what too few of those that count rule out.
        """
        if not all(any(fits_one(v, a) for v in values) for a in self.accounts):
            return []  # one of them leaves nothing by itself
        known = [v for v in values if all(fits_one(v, a) for a in self.accounts)]
        known = known or [v for v in values if any(fits_one(v, a) for a in self.accounts)]
        if self.counted is None:
            return known
        against = {v: sum(not fits_one(v, a) for a in self.counted) for v in values}
        return [v for v in values if v in known or against[v] < self.least]


def told(stated: Any) -> list[Any]:
    """What every account states, one by one."""
    if isinstance(stated, Said):
        return [*stated.accounts, *(stated.counted or ())]
    return [] if stated is None else [stated]


def among(values: list[Any], stated: Any, fits_one: Callable[[Any, Any], bool]) -> list[Any]:
    """The values that are possible by what is stated."""
    if isinstance(stated, Said):
        return stated.left(values, fits_one)
    return values if stated is None else [v for v in values if fits_one(v, stated)]


def weighed(incident: Doc) -> Doc:
    """The incident with what its evidence shows written beside what it states."""
    found = copy.deepcopy(dict(incident))
    for path, shown in shown_by_place(incident).items():
        stated = at_place(incident, path)
        values = [value for _, value in shown]
        write(found, path, Said(values if stated is None else [stated, *values]))
    return found


def by_standard(incident: Doc, standard: Doc) -> Doc | None:
    """The people, acts and beneficiaries with what enough items of its kinds show; None where
    there is no such fact.
    """
    found: dict[str, Any] = {
        group: [
            {key: part[key] for key in ("key", "by", "beneficiaries") if key in part}
            for part in incident.get(group, ())
        ]
        for group in GROUPS.values()
    }
    whole, any_reaches = weighed(incident), False
    for path, shown in shown_by_place(incident).items():
        kinds = standard.get("kinds")
        counted = [v for kind, v in shown if (kind in kinds if kinds else kind != "report")]
        if len(counted) >= standard["at-least"]:
            any_reaches = True
            accounts = at_place(whole, path).accounts
            write(found, path, Said(accounts, counted, standard["at-least"]))
    return found if any_reaches else None


def shown_by_place(incident: Doc) -> dict[Path, list[tuple[str, Any]]]:
    """Kind and value of everything that the evidence shows, by its place."""
    found: dict[Path, list[tuple[str, Any]]] = {}
    for item in incident.get("evidence", ()):
        for path, value in item.get("shows", {}).items():
            head, *rest = path.split(".")
            name, _, number = head.partition("[")
            group = GROUPS.get(name, name)
            place: Path = (group, *rest)
            if group in GROUPS.values():
                own = [] if path_of(name, rest) in vocabulary() else ["further"]
                place = (group, int(number.rstrip("]") or 0), *own, *rest)
            found.setdefault(place, []).append((item["kind"], value))
    return found


def path_of(name: str, rest: list[str]) -> str:
    """The fact that a place is of; a beneficiary's own election is read as the election."""
    group = next((g for g, part in GROUPS.items() if name in (g, part)), name)
    path = ".".join([group, *rest])
    return "election" if path == "beneficiary.election" else path


def at_place(incident: Doc, place: Path) -> Any:
    part: Any = incident
    for step in place:
        part = part[step] if isinstance(step, int) else (part or {}).get(step)
    return part


def write(incident: dict[str, Any], place: Path, value: Any) -> None:
    part: Any = incident
    *steps, last = place
    for step in steps:
        part = part[step] if isinstance(step, int) else part.setdefault(step, {})
    part[last] = value
