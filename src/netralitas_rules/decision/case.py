"""One incident while it is being decided: its results, and the provisions cited on the way."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from netralitas_rules.decision.model import Account
from netralitas_rules.engine.evaluate import Evaluator, Result
from netralitas_rules.engine.frames import Frame, Framer, Group
from netralitas_rules.engine.plan import Plan, SanctionRow
from netralitas_rules.facts.accounts import windows
from netralitas_rules.facts.evidence import Shown
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.places import Steps, value_at
from netralitas_rules.facts.space import ACT_DATE
from netralitas_rules.law.model import GoverningDate, Provision

Names = tuple[list[str], list[str], list[str]]
"""Of subjects, acts and beneficiaries."""

GOVERNING_FACTS = {
    GoverningDate.ACT: ACT_DATE,
    GoverningDate.EXAMINATION: "proceeding.examined_on",
    GoverningDate.DECISION: "proceeding.decided_on",
    GoverningDate.RECEIPT: "proceeding.decision_received_on",
    GoverningDate.JOINING: "subject.party.joined_on",
    GoverningDate.DETERMINATION: "subject.candidacy.determined_on",
    GoverningDate.REPORT: "report.received_on",
}
"""The fact in which each governing date stands."""
_AT_ANY_TIME = (GoverningDate.JOINING, GoverningDate.DETERMINATION, GoverningDate.REPORT)
"""Dates that, while not stated, may have been on any day until the one of the question."""


@dataclass(slots=True)
class Case:
    """What the parts of a decision share."""

    plan: Plan
    evaluator: Evaluator
    incident: Incident
    weighed: Incident
    """With what all accounts say of a fact at its place."""
    shown: Mapping[Steps, tuple[Shown, ...]]
    """What items of evidence show, by place."""
    names: Names
    as_of: datetime.date
    base: int
    """Knowledge before the facts: the readings taken."""
    given: frozenset[int]
    """Reading facts that the caller chose."""
    results: list[Result]
    cited: set[str] = field(default_factory=set)
    heard: dict[Steps, tuple[tuple[Account, ...], bool]] = field(default_factory=dict)
    """Who says what, by place; filled as it is asked for."""
    _spans: dict[tuple[GoverningDate, int], list[Span]] = field(default_factory=dict)
    _answers: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict)
    """Of provisions those in force, by the provisions, the subject and the days of the frames."""

    def cite(self, provision_ids: tuple[str, ...], result: Result) -> tuple[str, ...]:
        """Those of the provisions that are in force on their governing dates; notes them."""
        if not provision_ids:
            return ()
        frames = [item.frame for item in result.in_frames if item.status is not None]
        return self.cite_in(provision_ids, result.group.subject, frames)

    def cite_in(
        self, provision_ids: tuple[str, ...], subject: int, frames: Sequence[Frame]
    ) -> tuple[str, ...]:
        """As `cite`, of these frames of a subject."""
        found = self.in_force(provision_ids, subject, frames)
        self.cited.update(found)
        return found

    def cite_transition(self, provision_ids: tuple[str, ...], group: Group) -> tuple[str, ...]:
        """What a transition rests on. It may speak of acts from before its own time, so that it is
        in force on the day of the question is enough.
        """
        provisions = self.plan.provisions
        found = tuple(
            p
            for p in provision_ids
            if provisions[p].validity.meets(self.as_of, self.as_of)
            or self._in_force(provisions[p], group.subject, group.frames)
        )
        self.cited.update(found)
        return found

    def in_force(
        self, provision_ids: tuple[str, ...], subject: int, frames: Sequence[Frame]
    ) -> tuple[str, ...]:
        """Those of the provisions that are in force, without noting them."""
        key = (provision_ids, subject, *[(frame.first, frame.last) for frame in frames])
        found = self._answers.get(key)
        if found is None:
            provisions = self.plan.provisions
            found = self._answers[key] = tuple(
                [p for p in provision_ids if self._in_force(provisions[p], subject, frames)]
            )
        return found

    def whose(self, group: Group) -> tuple[str, str | None, str | None]:
        """The names of a group's subject, act and beneficiary."""
        subjects, acts, beneficiaries = self.names
        return (
            subjects[group.subject],
            None if group.act is None else acts[group.act],
            None if group.beneficiary is None else beneficiaries[group.beneficiary],
        )

    def row_value(self, result: Result, row: SanctionRow) -> int:
        """Truth of finding and row together."""
        return self.evaluator.row_value(result, row)

    def _in_force(self, provision: Provision, subject: int, frames: Sequence[Frame]) -> bool:
        validity = provision.validity
        for governs in provision.governs:
            if governs is GoverningDate.ACT:
                for frame in frames:
                    if validity.meets(frame.first, frame.last):
                        return True
            else:
                for span in self._governing(governs, subject):
                    if validity.meets(span.first, span.last):
                        return True
        return False

    def _governing(self, governs: GoverningDate, subject_index: int) -> list[Span]:
        """The days on which a provision of another governing date than the act must be in force."""
        found = self._spans.get((governs, subject_index))
        if found is None:
            found = self._spans[governs, subject_index] = self._stated(governs, subject_index)
        return found

    def _stated(self, governs: GoverningDate, subject_index: int) -> list[Span]:
        group, *steps = GOVERNING_FACTS[governs].split(".")
        whose = self.weighed.subjects[subject_index] if group == "subject" else self.weighed
        stated = value_at(whose, steps if group == "subject" else [group, *steps])
        today = Span(self.as_of, self.as_of)
        if stated is None:
            any_time = governs in _AT_ANY_TIME
            return [Span(datetime.date.min, self.as_of) if any_time else today]
        return [day if isinstance(day, Span) else today for day in windows(stated)]


def names_of(incident: Incident) -> Names:
    """The key of every subject, act and beneficiary, or its number from 1."""
    return (
        [part.key or str(number) for number, part in enumerate(incident.subjects, start=1)],
        [part.key or str(number) for number, part in enumerate(incident.acts, start=1)],
        [part.key or str(number) for number, part in enumerate(incident.beneficiaries, start=1)],
    )


def groups_of(
    framer: Framer, incident: Incident, names: Names, *, as_of: datetime.date, base: int
) -> list[Group]:
    """The groups in the order of the keys of their parts: where several acts or beneficiaries
    have one finding, which of two equals is shown does not depend on the order of the report.
    """

    def named(group: Group) -> list[tuple[int, str]]:
        places = ((names[1], group.act), (names[2], group.beneficiary))
        keys = [keys[at] for keys, at in places if at is not None]
        return [(len(key), key) for key in keys]

    groups = framer.groups(incident, as_of=as_of, base=base)
    return groups if len(groups) == 1 else sorted(groups, key=named)
