"""The record of a person in the order of time: acts, reports, and what was done about them."""

from collections.abc import Iterable, Iterator

from netralitas_rules.case.imposed import days
from netralitas_rules.case.model import Entry, EntryKind, Matter
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.record_vocabulary import DecisionResult, Office
from netralitas_rules.facts.vocabulary import ReportChannel


def timeline(case: c.CaseFile, matters: Iterable[Matter]) -> tuple[Entry, ...]:
    """Every dated and undated thing on record; undated ones stand last. The order of the file does
    not matter.
    """
    of = {key: m.key for m in matters for key in (*m.reports, *m.records)}
    entries = [*_service(case), *_acts(matters), *_reports(case, of), *_records(case, of)]
    return tuple(sorted(entries, key=_order))


_KINDS = list(EntryKind)


def _order(entry: Entry) -> tuple[bool, tuple[str, str], int, str, str]:
    undated = entry.days is None
    matter = entry.matter or ""
    return undated, entry.days or ("", ""), _KINDS.index(entry.kind), matter, entry.key


def _service(case: c.CaseFile) -> Iterator[Entry]:
    found = []
    for part in case.service:
        told = (getattr(part, name) for name in ("status", "post", "unit"))
        says = tuple(value for value in told if isinstance(value, str))
        found.append((days(part.from_), says))
    for number, (since, says) in enumerate(sorted(found, key=_since), start=1):
        yield Entry(EntryKind.SERVICE, str(number), since, None, says)


def _since(part: tuple[tuple[str, str] | None, tuple[str, ...]]) -> tuple[object, ...]:
    return part[0] or ("", ""), part[1]


def _acts(matters: Iterable[Matter]) -> Iterator[Entry]:
    for matter in matters:
        for one in matter.decisions:
            for act in one.acts:
                says = () if act.conduct is None else (act.conduct,)
                yield Entry(EntryKind.ACT, act.act, act.days, matter.key, says)


def _reports(case: c.CaseFile, of: dict[str, str]) -> Iterator[Entry]:
    for report in case.reports:
        told = report.incident.report
        says = (told.channel,) if isinstance(told.channel, str) else ()
        yield Entry(EntryKind.REPORT, report.key, days(told.received_on), of.get(report.key), says)


def _records(case: c.CaseFile, of: dict[str, str]) -> Iterator[Entry]:
    for record in case.records:
        body = _body(record)
        by = None if body is not None and record.by is Office.OTHER else record.by
        says = [str(one) for one in (record.step, by, body) if one is not None]
        if isinstance(record, c.Decision):
            told = (record.regime, record.level, record.sanction)
            says += [str(value) for value in told if value is not None]
            if record.result is DecisionResult.NO_BREACH:
                says.append(record.result)
        if isinstance(record, c.Review):
            says.append(record.result)
        yield Entry(
            EntryKind.RECORD, record.key, days(record.date), of.get(record.key), tuple(says)
        )


def _body(record: c.Record) -> ReportChannel | None:
    """The body that recommends, or to which something is referred."""
    if isinstance(record, c.Recommendation):
        return record.body
    return record.to if isinstance(record, c.Referral) else None
