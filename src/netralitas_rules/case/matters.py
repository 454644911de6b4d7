"""The matters of a case: reports of one event and everything that was done about them."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from netralitas_rules.case.imposed import days
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.accounts import windows
from netralitas_rules.facts.evidence import weighed
from netralitas_rules.facts.incident import Incident, Proceeding
from netralitas_rules.facts.leaves import OneOf, Span
from netralitas_rules.facts.record_vocabulary import CaseRegime
from netralitas_rules.history.model import Chained


@dataclass(frozen=True, slots=True)
class Gathered:
    """The reports and records of one matter, each in the order of their keys."""

    key: str
    reports: tuple[c.CaseReport, ...]
    records: tuple[c.Record, ...]


def matters(case: c.CaseFile, chained: Chained) -> tuple[Gathered, ...]:
    """Every report and record in one matter: as the history joins them (`in_matter`).

    A matter is named after its first report, or its first record where it has none.
    """
    names: dict[str, set[str]] = {}
    for fact in chained.of("in_matter"):
        values = fact.values
        names.setdefault(values["record"], set()).add(values["matter"])
    reports = {report.key: report for report in case.reports}
    records = {record.key: record for record in case.records}
    groups: dict[tuple[str, ...], list[str]] = {}
    for key in sorted({*reports, *records}):
        groups.setdefault(tuple(sorted(names.get(key, {key}))), []).append(key)
    found = []
    for keys in groups.values():
        own = [key for key in keys if key in reports]
        done = [key for key in keys if key in records]
        found.append(
            Gathered(
                (own or done)[0],
                tuple(reports[key] for key in own),
                tuple(records[key] for key in done),
            )
        )
    return tuple(sorted(found, key=lambda matter: matter.key))


def of_matter(incident: Incident, matter: Gathered, case: c.CaseFile) -> Incident:
    """The incident with what the file says beside the reports: the dates of its proceeding, and
    what the person was when he acted. What the reports state stays as they state it.
    """
    dates = dict(_proceeding(matter, since=_last_begun(incident)))
    for name in incident.proceeding.model_fields_set:
        if (stated := getattr(incident.proceeding, name)) is not None:
            dates[name] = stated
    (subject,) = incident.subjects
    served = {
        name: value
        for name, value in _served(incident, case.service).items()
        if getattr(subject, name) is None
    }
    if served:
        subject = subject.model_copy(update=served)
    return incident.model_copy(update={"proceeding": Proceeding(**dates), "subjects": (subject,)})


def _last_begun(incident: Incident) -> str:
    """The first possible day of the last act; empty where none is stated."""
    told = [days(act.date) for act in weighed(incident).acts]
    return max((one[0] for one in told if one is not None), default="")


def _proceeding(matter: Gathered, *, since: str) -> Iterator[tuple[str, Any]]:
    """The dates that choose the law: of the first examination, of the decision, of its receipt.
    What lies before the last act is none of it.
    """
    records = [r for r in matter.records if (days(r.date) or ("", since))[1] >= since]
    examined = [r for r in records if isinstance(r, c.Examination)]
    first = _earliest(examined)
    if first is not None:
        yield "examined_on", first.date
    decisions = [r for r in records if isinstance(r, c.Decision)]
    others = [r for r in decisions if r.regime is not CaseRegime.ETHICS]
    decision = _earliest(others) or _earliest(decisions)
    if decision is None:
        return
    yield "decided_on", decision.date
    received = _earliest([r for r in records if isinstance(r, c.Delivery) and decision.key in r.of])
    if received is not None:
        yield "decision_received_on", received.date


def _earliest(records: Sequence[Any]) -> Any:
    """The record that lies first; None where none has a day."""
    dated = [(days(r.date), r.key, r) for r in records if days(r.date) is not None]
    return min(dated, key=lambda one: (one[0] or ("",), one[1]))[2] if dated else None


_SERVED = ("status", "post", "unit", "heads_unit")


def _served(incident: Incident, service: Sequence[c.Service]) -> Mapping[str, Any]:
    """What the service record says of the days of the acts, as far as it is one thing or a few."""
    told = [windows(act.date) for act in weighed(incident).acts]  # channels may differ about days
    spans = [span for days in told for span in days if isinstance(span, Span)]
    if not spans or not all(told):
        return {}
    first, last = min(s.first for s in spans), max(s.last for s in spans)
    then = service_on(service, Span(first, last))
    if not _covers(then, Span(first, last)):
        return {}
    found: dict[str, Any] = {}
    for name in _SERVED:
        values = list(dict.fromkeys(getattr(part, name) for part in then))
        if not values or not all(isinstance(value, str | bool) for value in values):
            continue
        if len(values) == 1:
            found[name] = values[0]
        elif not isinstance(values[0], bool):
            found[name] = OneOf(tuple(sorted(values)))
    return found


def service_on(service: Sequence[c.Service], days: Span) -> tuple[c.Service, ...]:
    """The stretches of service in which some of the days may lie."""
    return tuple(
        part
        for part in service
        if _start(part, certain=False) <= days.last and days.first <= _end(part, certain=False)
    )


def _covers(service: Sequence[c.Service], days: Span) -> bool:
    """Whether every one of the days certainly lies in some stretch."""
    reached = days.first
    for part in sorted(service, key=lambda part: _start(part, certain=True)):
        if _start(part, certain=True) > reached:
            break
        end = _end(part, certain=True)
        if end >= days.last:
            return True
        reached = max(reached, end + datetime.timedelta(days=1))
    return False


def _start(part: c.Service, *, certain: bool) -> datetime.date:
    """From when a stretch certainly (possibly) lasts."""
    spans = [w for w in windows(part.from_) if isinstance(w, Span)]
    if not spans:
        return datetime.date.max if certain else datetime.date.min
    return spans[-1].last if certain else spans[0].first


def _end(part: c.Service, *, certain: bool) -> datetime.date:
    """Until when a stretch certainly (possibly) lasts; one that has no end lasts."""
    known = windows(part.until)
    spans = [w for w in known if isinstance(w, Span)]
    if not known:
        return datetime.date.min if certain else datetime.date.max
    if not spans:
        return datetime.date.max
    return spans[0].first if certain else spans[-1].last
