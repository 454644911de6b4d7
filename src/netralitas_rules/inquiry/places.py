"""What a report can still state of one subject, act and beneficiary, and where."""

import datetime
from collections.abc import Container, Iterable
from typing import Any

from netralitas_rules.decision import reads
from netralitas_rules.decision.accounts import disputed
from netralitas_rules.decision.case import Case
from netralitas_rules.engine.conditions import union
from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.facts.accounts import values_of
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.order import ACT_BEFORE
from netralitas_rules.facts.places import FURTHER, PARTS, Steps, steps_of, value_at
from netralitas_rules.facts.space import ELECTION, GROUPS, Origin

_LAST = datetime.date.max.toordinal()
_STATED = (Origin.INCIDENT, Origin.FURTHER)


def statable(case: Case, group: Group) -> frozenset[int]:
    """Facts that the report can state of a subject, act and beneficiary.

    Where an act has none of the beneficiaries that there are, what is stated of those says nothing
    of it. A disputed fact is settled by weighing its evidence, not by one more statement.
    """
    aside = "beneficiary." if case.incident.beneficiaries and group.beneficiary is None else None
    return frozenset(
        fact.index
        for fact in case.plan.space.facts
        if fact.spec.origin in _STATED
        and not (aside and fact.spec.path.startswith(aside))
        and not (case.shown and _disputed(case, group, fact))
    )


def _disputed(case: Case, group: Group, fact: Fact) -> bool:
    steps = reads.place_of(case, group, fact)
    if steps is None or steps not in case.shown:
        return False
    return disputed(fact, values_of(value_at(case.weighed, steps)))


def shared(case: Case, group: Group, groups: Iterable[Group]) -> int:
    """Values that can be stated of a group's facts without contradicting another act, person or
    beneficiary of the report: what is stated of a person is stated for all acts of that person.
    """
    found, space, incident = -1, case.plan.space, case.incident
    own = {fact.index: place_of(fact, incident, group) for fact in space.facts}
    for other in groups:
        day = min(frame.first for frame in other.frames)
        if other is not group:
            known = union(frame.known for frame in other.frames)
            for fact in space.facts:
                if place_of(fact, incident, other) == own[fact.index]:
                    found &= ~fact.full | known
        for path in ACT_BEFORE:
            fact = space.by_path[path]
            found &= ~fact.full | fact.never_bit | fact.cells(day.toordinal(), _LAST)
    return found


def forget(content: dict[str, Any], incident: Incident, places: Container[Steps]) -> None:
    """Take out of a report what its evidence shows at these places."""
    for item in content.get("evidence", ()):
        shows = item.get("shows", {})
        for path in [path for path in shows if steps_at(path, incident) in places]:
            del shows[path]
        if not shows:
            item.pop("shows", None)


def steps_at(place: str, incident: Incident) -> Steps:
    """The steps down to a place of a report."""
    counts = {name: len(getattr(incident, name)) for name in PARTS.values()}
    return steps_of(place, type(incident), counts)


def stated_at(incident: Incident, steps: Steps) -> Any:
    """What stands at a place; None where nothing does, or the report has no such part yet."""
    group, number = (*steps, None)[:2]
    if isinstance(number, int) and number >= len(getattr(incident, str(group))):
        return None
    return value_at(incident, steps)


def path_of(steps: Steps) -> str:
    """The path of the fact that stands at a place."""
    names = [str(step) for step in steps if not isinstance(step, int) and step != FURTHER]
    singular = {group: name for name, group in PARTS.items()}
    path = ".".join([singular.get(names[0], names[0]), *names[1:]])
    return ELECTION if path == f"beneficiary.{ELECTION}" else path


def place_of(fact: Fact, incident: Incident, group: Group) -> str:
    """Where a fact of a subject, act or beneficiary is stated: with a number where there are
    several. A beneficiary who has a contest of his own is asked for that one.
    """
    path = fact.spec.path
    if path == ELECTION and group.beneficiary is not None:
        own = incident.beneficiaries
        if len(own) > 1 or own[group.beneficiary].election is not None:
            path = f"beneficiary.{ELECTION}"
    part, _, rest = path.partition(".")
    if part not in GROUPS:
        return path
    name = PARTS[part]
    if len(getattr(incident, name)) < 2:
        return path
    index = {"subject": group.subject, "act": group.act, "beneficiary": group.beneficiary}[part]
    return f"{name}[{index}].{rest}"
