"""A case file as base records for chaining: texts alone, with what is no equality worked out."""

from collections.abc import Iterable, Iterator, Mapping

from netralitas_rules.case.imposed import Imposed, State
from netralitas_rules.case.joining import own_acts
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.leaves import NEVER
from netralitas_rules.facts.record_vocabulary import CaseRegime
from netralitas_rules.history.model import RecordFact, record

NEUTRALITY = "neutrality"
"""The nature of every breach that the ruleset knows."""
ALONE = "~"
"""Begins the name of a matter that no event names; no key begins so."""
_YES = {True: "yes", False: "no"}


def of_file(case: c.CaseFile) -> Iterator[RecordFact]:
    """What the file itself says: reports with their events, steps, what follows what, superiors."""
    person = case.person.key
    for report in case.reports:
        channel = report.incident.report.channel
        for event in sorted(events(report)):
            fields = {"record": report.key, "person": person, "event": event}
            if isinstance(channel, str):
                fields["channel"] = channel
            yield record(f"report:{report.key}:{event}", "report", **fields)
    for step in case.records:
        taken = step.date is not NEVER
        fields = {"record": step.key}
        if taken:  # what was not done leads to nothing, but belongs to its matter
            fields["kind"] = step.step
        if step.by is not None:
            fields["by"] = step.by
        if not step.of:
            fields["matter"] = ALONE + step.key
        if isinstance(step, c.Decision):
            fields["decides"] = step.regime
        yield record(f"step:{step.key}", "step", **fields)
        for earlier in step.of:
            yield record(
                f"follows:{step.key}:{earlier}", "follows", record=step.key, earlier=earlier
            )
            if taken and isinstance(step, c.Informed):
                superior = step.by or step.key
                yield record(
                    f"informed:{step.key}:{earlier}", "informed", superior=superior, record=earlier
                )
                done = (
                    _YES.get(step.acted, "unknown") if isinstance(step.acted, bool) else "unknown"
                )
                yield record(
                    f"acted:{step.key}:{earlier}",
                    "acted",
                    superior=superior,
                    record=earlier,
                    done=done,
                )


def events(report: c.CaseReport) -> set[str]:
    """The events that a report tells of; one of its own where it names none."""
    acts = report.incident.acts
    named = {event for n in own_acts(report) if (event := acts[n].event) is not None}
    return named or {ALONE + report.key}


def of_sanctions(
    sanctions: Iterable[Imposed], *, person: str, natures: Mapping[str, Iterable[str]]
) -> Iterator[RecordFact]:
    """Sanctions by their natures: all that their breaches are of, a fact for each."""
    for one in sanctions:
        fields = {
            "record": one.record,
            "person": person,
            "regime": one.regime.value,
            "in_force": {State.STANDS: "yes", State.PENDING: "unknown", State.VOID: "no"}[
                one.state
            ],
            "revoked": _YES[one.state is State.VOID],
            "moral": _YES[one.regime is CaseRegime.ETHICS],
        }
        for name, value in (
            ("regulation", one.regulation),
            ("level", one.level),
            ("kind", one.kind),
        ):
            if value is not None:
                fields[name] = str(value)
        for nature in sorted(natures[one.record]):
            yield record(f"sanction:{one.record}:{nature}", "sanction", nature=nature, **fields)


def of_findings(findings: Mapping[str, Iterable[str]], *, person: str) -> Iterator[RecordFact]:
    """Breaches found now, by the provisions that they are of; each is of neutrality too."""
    for finding, clauses in sorted(findings.items()):
        for nature in sorted({NEUTRALITY, *clauses}):
            fields = {"finding": finding, "person": person, "nature": nature}
            if nature != NEUTRALITY:
                fields["clause"] = nature
            yield record(f"breach:{finding}:{nature}", "breach", **fields)
