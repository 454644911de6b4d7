"""Several reports of one matter as one incident.

Channels tell of the same event in their own words. What they say of one fact are accounts of it:
together they narrow it, and where they leave nothing all stay possible, as with evidence. Nothing
that a report says is lost, and the order of the reports does not matter.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from netralitas_rules.facts.accounts import first_and_last, windows
from netralitas_rules.facts.casefile import CaseReport
from netralitas_rules.facts.evidence import items_by_place
from netralitas_rules.facts.incident import EvidenceItem, Incident, Report
from netralitas_rules.facts.leaves import Span, leaf_kind
from netralitas_rules.facts.places import FURTHER, PARTS, Steps, written
from netralitas_rules.facts.vocabulary import EvidenceKind

At = tuple[str, int]
"""An act (beneficiary) by the key of its report and its number there."""
Moves = Mapping[str, Mapping[int, int]]
"""For one report where the parts of each list stand in the joined incident; others are left out."""
_NO_FACTS = ("identity", "key", "event", "by", "beneficiaries", "earlier_sanctions", "note")


def joined(reports: Sequence[CaseReport]) -> Incident:
    """One incident of the person alone, with all acts of his that the reports tell of.

    Facts on which all that speak of them agree are stated; the others are evidence of the kind
    `report`. Raises pydantic's `ValidationError` where the reports do not fit together.
    """
    reports = sorted(reports, key=lambda report: report.key)
    if len(reports) == 1 and len(reports[0].incident.subjects) == 1:
        return reports[0].incident
    acts = _places(_same_acts(reports))
    beneficiaries = _places(_same_beneficiaries(reports, acts))
    told: dict[Steps, dict[str, Any]] = {}
    items: list[dict[str, Any]] = []
    parts: dict[str, list[dict[str, Any]]] = {
        "subjects": [{}],
        "acts": [{} for _ in {*acts.values()}],
        "beneficiaries": [{"key": f"b{n}"} for n in range(1, len({*beneficiaries.values()}) + 1)],
    }
    for report in reports:
        moves: Moves = {
            "subjects": {report.person_at: 0},
            "acts": {n: at for (key, n), at in acts.items() if key == report.key},
            "beneficiaries": {n: at for (key, n), at in beneficiaries.items() if key == report.key},
        }
        for steps, value in _leaves(report.incident):
            moved = _moved(steps, moves)
            if moved is not None:
                told.setdefault(moved, {})[report.key] = value
        items += _evidence(report, moves)
        _tie(report, moves, parts)
    began = _began(reports, acts)
    content: dict[str, Any] = {**parts, **_first([r.incident.report for r in reports], began)}
    differing: dict[str, dict[str, Any]] = {}
    for steps in sorted(told, key=str):
        said = told[steps]
        values = [*said.values()]
        if all(value == values[0] for value in values):
            _put(content, steps, values[0])
        else:
            for key, value in said.items():
                differing.setdefault(key, {})[_path(steps)] = value
    items += [
        {"key": key, "kind": EvidenceKind.REPORT, "shows": shows}
        for key, shows in sorted(differing.items())
    ]
    if items:
        content["evidence"] = items
    return Incident.model_validate(content)


def own_acts(report: CaseReport) -> Iterator[int]:
    """The acts of a report that the person of the file did, by their numbers."""
    for number, act in enumerate(report.incident.acts):
        if act.by is None or report.subject is None or report.subject in act.by:
            yield number


def _whom(report: CaseReport, number: int) -> list[int]:
    """The beneficiaries of an act, by their numbers."""
    known = report.incident.beneficiaries
    named = report.incident.acts[number].beneficiaries
    keys = [one.key for one in known]
    return [*range(len(known))] if named is None else [keys.index(key) for key in named]


# -- which acts and beneficiaries of several reports are the same


def _same_acts(reports: Sequence[CaseReport]) -> dict[At, tuple[str, ...]]:
    """What each act is the same by: its event, where every report tells of one act in it; else the
    event and the conduct. An act without an event is nobody else's.
    """
    told = {
        (report.key, n): report.incident.acts[n] for report in reports for n in own_acts(report)
    }
    in_event = Counter((key, act.event) for (key, _), act in told.items())
    of_conduct = Counter((key, act.event, str(act.conduct)) for (key, _), act in told.items())
    several = {event for (_, event), count in in_event.items() if count > 1}
    found: dict[At, tuple[str, ...]] = {}
    for (key, n), act in told.items():
        if act.event is not None and act.event not in several:
            found[key, n] = ("event", act.event)
        elif (
            act.event is not None
            and isinstance(act.conduct, str)
            and of_conduct[key, act.event, str(act.conduct)] == 1
        ):
            found[key, n] = ("event", act.event, act.conduct)
        else:
            found[key, n] = ("of", key, f"{n:03}")
    return found


def _same_beneficiaries(
    reports: Sequence[CaseReport], acts: Mapping[At, int]
) -> dict[At, tuple[str, ...]]:
    """What each beneficiary is the same by: of one act every report names one, or by one key."""
    by_act: dict[int, list[list[tuple[At, str | None]]]] = {}
    leader: dict[At, At] = {}
    for report in reports:
        for n in own_acts(report):
            named = [
                ((report.key, whom), report.incident.beneficiaries[whom].key)
                for whom in _whom(report, n)
            ]
            leader.update({at: at for at, _ in named})
            by_act.setdefault(acts[report.key, n], []).append(named)

    def lead(at: At) -> At:
        while leader[at] != at:
            at = leader[at]
        return at

    for told in by_act.values():
        single = all(len(named) == 1 for named in told)
        first: dict[str | None, At] = {}
        for at, key in (one for named in told for one in named):
            same = None if single else key
            if not single and key is None:
                continue
            other = first.setdefault(same, at)
            one, two = sorted((lead(at), lead(other)))
            leader[two] = one
    return {at: ("of", lead(at)[0], f"{lead(at)[1]:03}") for at in leader}


def _places(same: Mapping[At, tuple[str, ...]]) -> dict[At, int]:
    """The number that each gets: in the order of what makes them the same."""
    order = sorted(set(same.values()))
    return {at: order.index(one) for at, one in same.items()}


# -- what a report says, and where it stands in the joined incident


def _leaves(incident: Incident) -> Iterator[tuple[Steps, Any]]:
    """Every fact that is stated of people, acts, beneficiaries and the election, with its place."""
    for group in PARTS.values():
        for number, part in enumerate(getattr(incident, group)):
            yield from _below(part, (group, number))
    if incident.election is not None:
        yield ("election",), incident.election
    yield from _below(incident.proceeding, ("proceeding",))


def _below(part: BaseModel, place: Steps) -> Iterator[tuple[Steps, Any]]:
    for name in sorted(part.model_fields_set):
        value = getattr(part, name)
        if value is None or name in _NO_FACTS:
            continue
        if isinstance(value, BaseModel):
            yield from _below(value, (*place, name))
        elif name == FURTHER:
            for prefix, facts in value.items():
                for fact, stated in facts.items():
                    yield (*place, FURTHER, prefix, fact), stated
        elif leaf_kind(type(part).model_fields[name]) is not None:
            yield (*place, name), value


def _moved(steps: Steps, moves: Moves) -> Steps | None:
    if steps[0] not in moves:
        return steps
    group, number, *rest = steps
    to = moves[str(group)].get(int(number))
    return None if to is None else (group, to, *rest)


def _evidence(report: CaseReport, moves: Moves) -> list[dict[str, Any]]:
    """The evidence of a report, about what is left of it."""
    shows: dict[int, dict[str, Any]] = {}
    for steps, shown in items_by_place(report.incident).items():
        moved = _moved(steps, moves)
        for one in shown:
            if moved is not None:
                shows.setdefault(one.item, {})[_path(moved)] = one.value
    return [
        _item(item, f"{report.key}-{item.key or number + 1}"[:64], shows.get(number))
        for number, item in enumerate(report.incident.evidence or ())
    ]


def _item(item: EvidenceItem, key: str, shows: dict[str, Any] | None) -> dict[str, Any]:
    kept = {name: getattr(item, name) for name in item.model_fields_set - {"key", "shows"}}
    return {**kept, "key": key, **({"shows": shows} if shows else {})}


def _tie(report: CaseReport, moves: Moves, parts: dict[str, list[dict[str, Any]]]) -> None:
    """Events, whom acts favour, and what the person was sanctioned for before."""
    for number, at in moves["acts"].items():
        made, act = parts["acts"][at], report.incident.acts[number]
        made["key"] = f"a{at + 1}"
        if act.event is not None:
            made["event"] = act.event
        if parts["beneficiaries"]:
            whom = {f"b{moves['beneficiaries'][n] + 1}" for n in _whom(report, number)}
            made["beneficiaries"] = sorted({*made.get("beneficiaries", ()), *whom})
    (subject,) = moves["subjects"]
    earlier = report.incident.subjects[subject].earlier_sanctions
    if earlier:
        known = parts["subjects"][0].setdefault("earlier_sanctions", [])
        known += [one for one in earlier if one not in known]


def _began(reports: Sequence[CaseReport], acts: Mapping[At, int]) -> list[datetime.date]:
    """The first possible day of every act of which one is stated."""
    found: dict[int, datetime.date] = {}
    told = {report.key: report.incident.acts for report in reports}
    for (key, number), at in acts.items():
        days = first_and_last(told[key][number].date)
        if days is not None:
            found[at] = min(days.first, found.get(at, days.first))
    return [*found.values()]


def _first(reports: Sequence[Report], began: Sequence[datetime.date]) -> dict[str, Any]:
    """The report that certainly came first, if one did: by when it came the law is chosen. None
    where it came before another of the acts.
    """
    dated = [(windows(report.received_on), report) for report in reports]
    spans = [
        (days[0].first, days[-1].last, report)
        for days, report in dated
        if days and isinstance(days[0], Span) and isinstance(days[-1], Span)
    ]
    if len(spans) < len(reports):
        return {}
    _, latest, first = min(spans, key=lambda span: span[1])
    others = [start for start, _, report in spans if report is not first]
    certain = all(latest <= start for start in others) and all(latest >= day for day in began)
    return {"report": first} if certain else {}


def _path(steps: Steps) -> str:
    """A place as evidence names it: without the step under which a ruleset's own facts stand."""
    return written(tuple(step for step in steps if step != FURTHER))


def _put(content: dict[str, Any], steps: Steps, value: Any) -> None:
    part: Any = content
    for step in steps[:-1]:
        part = part[step] if isinstance(step, int) else part.setdefault(step, {})
    part[steps[-1]] = value
