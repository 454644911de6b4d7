"""What if: the same report with some facts otherwise, decided beside it."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from netralitas_rules.decision.model import Decision, Finding, FindingStatus, Outcome
from netralitas_rules.decision.turning import NO_PATH
from netralitas_rules.facts.incident import Incident
from netralitas_rules.inquiry.places import forget
from netralitas_rules.law.model import Scope
from netralitas_rules.loading.changes import NoSuchPlace, Steps, changed
from netralitas_rules.loading.content import nowhere
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.incidents import content_of, incident_from

if TYPE_CHECKING:
    from netralitas_rules.ruleset import Ruleset

FORMAT = 1
_IDENTITY = "identity"

FindingKey = tuple[str, str, str | None, str | None]
"""Rule, subject, and act and beneficiary where the rule's scope tells them apart."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """A fact that was supposed otherwise; None where it is not stated."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class OutcomeOtherwise:
    """The outcome of a subject that became another."""

    subject: str
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class FindingOtherwise:
    """A finding of another status; None where the report does not raise it."""

    id: str
    subject: str
    act: str | None
    beneficiary: str | None
    before: FindingStatus | None
    after: FindingStatus | None


@dataclass(frozen=True, slots=True)
class PathOtherwise:
    """A sanction path of another status, or `none`."""

    id: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LawOtherwise:
    """Other bodies of law that govern, or may, in one respect; empty where it is not told."""

    fact: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two decisions, and what became otherwise from the one to the other."""

    format: int
    supposed: tuple[Supposed, ...]
    outcomes: tuple[OutcomeOtherwise, ...]
    findings: tuple[FindingOtherwise, ...]
    paths: tuple[PathOtherwise, ...]
    law: tuple[LawOtherwise, ...]
    before: Decision
    after: Decision

    @property
    def changes(self) -> bool:
        """Whether anything became otherwise."""
        return bool(self.outcomes or self.findings or self.paths or self.law)

    def text(self, *, lang: str = "id") -> str:
        """Before and after side by side, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.whatif import render

        return render(self, self.before.words, lang=lang)

    def to_json(self) -> str:
        """Both decisions and what became otherwise, as JSON."""
        return adapter().dump_json(self).decode()


@cache
def adapter() -> TypeAdapter[WhatIf]:
    """Writes comparisons as JSON."""
    return TypeAdapter(WhatIf)


def what_if(
    rules: "Ruleset",
    report: Incident | Mapping[str, Any],
    changes: Mapping[str, Any],
    *,
    as_of: datetime.date | str,
    readings: Mapping[str, str] | None = None,
) -> WhatIf:
    """A report beside itself with some facts otherwise.

    What evidence shows of a supposed fact is left out. `report` is an incident or its content as
    in a file; `changes` are values by path of the codebook (`act.medium`, `acts[1].date` of
    several), `unknown` takes a fact out. Whoever the person is changes nothing, and is refused.
    Raises `Refused`, with the steps to the place in the
    report as `path` of its diagnostics, for a change that cannot be made and for what
    `Ruleset.decide` refuses.
    """
    content = content_of(report) if isinstance(report, Incident) else dict(report)
    other, written = supposed(content, changes)
    incident = report if isinstance(report, Incident) else incident_from(content, locate=nowhere)
    forget(other, incident, written)
    before = rules.decide(incident, as_of=as_of, readings=readings)
    after = rules.decide(incident_from(other, locate=nowhere), as_of=as_of, readings=readings)
    scopes = {rule.id: rule.scope for rule in rules.plan.rules}
    return WhatIf(
        FORMAT,
        tuple(
            Supposed(path, _value(content, steps), _value(other, steps))
            for steps, path in written.items()
        ),
        tuple(_outcomes(before, after)),
        tuple(_findings(before, after, scopes)),
        tuple(_paths(before, after)),
        tuple(_law(before, after)),
        before,
        after,
    )


def supposed(
    content: Mapping[str, Any], changes: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[Steps, str]]:
    """As `changed`, with a diagnostic for every change that cannot be made. Raises `Refused`."""
    problems = []
    new, written = dict(content), dict[Steps, str]()
    for path, value in changes.items():
        try:
            new, places = changed(new, {path: value})
        except NoSuchPlace as problem:
            problems.append(
                Diagnostic(
                    Code.UNKNOWN_REFERENCE,
                    str(problem),
                    expected=problem.expected,
                    found=f"`{path}`",
                    path=(path,),
                )
            )
            continue
        if any(_IDENTITY in steps for steps in places):
            problems.append(
                Diagnostic(
                    Code.UNKNOWN_FACT,
                    "who the person is changes no decision, and no rule reads it",
                    expected="a fact of the report (act.medium, subject.status)",
                    found=f"`{path}`",
                    path=(path,),
                )
            )
        written |= places
    if problems:
        raise Refused(problems)
    return new, written


def _value(content: Any, steps: Steps) -> Any:
    """What a report states at a place; None where that is nothing."""
    for step in steps:
        if isinstance(content, list) and isinstance(step, int):
            content = content[step] if step < len(content) else None
        elif isinstance(content, Mapping):
            content = content.get(str(step))
    return content


# -- what became otherwise


def _outcomes(before: Decision, after: Decision) -> Iterator[OutcomeOtherwise]:
    for one, other in zip(before.subjects, after.subjects, strict=True):
        if one.outcome is not other.outcome:
            yield OutcomeOtherwise(one.subject, one.outcome, other.outcome)


def _findings(
    before: Decision, after: Decision, scopes: Mapping[str, Scope]
) -> Iterator[FindingOtherwise]:
    def key(finding: Finding) -> FindingKey:
        scope = scopes[finding.id]
        return (
            finding.id,
            finding.subject,
            None if scope is Scope.SUBJECT else finding.act,
            finding.beneficiary if scope is Scope.BENEFICIARY else None,
        )

    own, others = ({key(f): f for f in d.all_findings} for d in (before, after))
    for place in own | others:
        one, other = own.get(place), others.get(place)
        shown = one or other
        was, now = (f.status if f is not None else None for f in (one, other))
        if shown is not None and was is not now:
            yield FindingOtherwise(shown.id, shown.subject, shown.act, shown.beneficiary, was, now)


def _paths(before: Decision, after: Decision) -> Iterator[PathOtherwise]:
    own, others = ({(p.id, p.subject): p.status.value for p in d.paths} for d in (before, after))
    for place in own | others:
        was, now = own.get(place, NO_PATH), others.get(place, NO_PATH)
        if was != now:
            yield PathOtherwise(*place, before=was, after=now)


def _law(before: Decision, after: Decision) -> Iterator[LawOtherwise]:
    own, others = (_bodies(decision) for decision in (before, after))
    for fact in own | others:
        was, now = own.get(fact, ()), others.get(fact, ())
        if was != now:
            yield LawOtherwise(fact, was, now)


def _bodies(decision: Decision) -> dict[str, tuple[str, ...]]:
    """The bodies of law that may govern, in each respect, over all acts."""
    found: dict[str, dict[str, None]] = {}
    for law in decision.law:
        found.setdefault(law.fact, {}).update(dict.fromkeys(body.value for body in law.bodies))
    return {fact: tuple(bodies) for fact, bodies in found.items()}
