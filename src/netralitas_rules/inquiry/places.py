"""What a report can still state of one subject, act and beneficiary, and where."""

from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.accounts import disputed_days, values_of
from netralitas_rules.facts.evidence import items_by_place, weighed
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.places import PARTS, Steps, steps_of, value_at
from netralitas_rules.facts.space import ELECTION, GROUPS, Kind, Origin

_STATED = (Origin.INCIDENT, Origin.FURTHER)


def statable(plan: Plan, incident: Incident, group: Group) -> frozenset[int]:
    """Facts that the report can state of a subject, act and beneficiary.

    Where an act has none of the beneficiaries that there are, what is stated of those says nothing
    of it. A disputed fact is settled by weighing its evidence, not by one more statement.
    """
    aside = "beneficiary." if incident.beneficiaries and group.beneficiary is None else None
    told = set(items_by_place(incident)) if incident.evidence else set[Steps]()
    return frozenset(
        fact.index
        for fact in plan.space.facts
        if fact.spec.origin in _STATED
        and not (aside and fact.spec.path.startswith(aside))
        and not (told and _disputed(fact, incident, group, told))
    )


def _disputed(fact: Fact, incident: Incident, group: Group, told: set[Steps]) -> bool:
    steps = steps_at(place_of(fact, incident, group), incident)
    if steps not in told:
        return False
    values = values_of(value_at(weighed(incident), steps))
    if fact.spec.kind is Kind.DATE:
        return disputed_days(values)
    every = fact.full
    for value in values:
        every &= fact.encode(value)
    return not every


def steps_at(place: str, incident: Incident) -> Steps:
    """The steps down to a place of a report."""
    counts = {name: len(getattr(incident, name)) for name in PARTS.values()}
    return steps_of(place, type(incident), counts)


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
