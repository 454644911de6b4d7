"""The interview: asks what matters, one fact after the other, until nothing can change any more.

An interview is a value. An answer gives a new one, and going back gives the one before; so nothing
that was said is lost, and what is written down can be taken up again.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from netralitas_rules.decision.model import Decision
from netralitas_rules.facts.accounts import disputed_days, values_of
from netralitas_rules.facts.evidence import weighed
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.space import Kind
from netralitas_rules.inquiry.model import Inquiry, NextQuestion
from netralitas_rules.inquiry.places import path_of, stated_at, steps_at
from netralitas_rules.loading.changes import UNKNOWN, changed
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused, shown
from netralitas_rules.loading.incidents import incident_from
from netralitas_rules.ruleset import Ruleset

FORMAT = 1
MAX_ANSWERS = 500


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: the place it was asked for, and what was said; `unknown` is an answer too."""

    place: str
    value: Any


@dataclass(frozen=True, slots=True)
class Interview:
    """A report under way. `start` is what was known before the first question."""

    rules: Ruleset
    as_of: datetime.date
    start: Mapping[str, Any]
    answers: tuple[Given, ...] = ()

    @property
    def content(self) -> dict[str, Any]:
        """The report with all answers, as it is written in a file."""
        said = {given.place: given.value for given in self.answers if given.value != UNKNOWN}
        content, _ = changed(self.start, said)
        return content

    @property
    def incident(self) -> Incident:
        return incident_from(self.content, locate=lambda _loc, _key: None)

    @property
    def unknown(self) -> frozenset[str]:
        """Places of which nobody knows more."""
        return frozenset(given.place for given in self.answers)

    def inquiry(self) -> Inquiry:
        """What would settle the case as it stands, without what nobody knows. Raises `Refused`."""
        return self.rules.inquire(
            self.incident, as_of=self.as_of, without=self.unknown, in_law=False
        )

    def question(self) -> NextQuestion | None:
        """What to ask next; None where no answer can change anything. Raises `Refused`."""
        return self.inquiry().next

    def answer(self, place: str, value: Any) -> "Interview":
        """The interview with one more answer: a value as a report states it, or `unknown`.

        Raises `Refused` where it is no value of the fact, or contradicts what was said; the
        interview stays as it was.
        """
        if len(self.answers) >= MAX_ANSWERS:
            raise Refused([_too_many()])
        new = replace(self, answers=(*self.answers, Given(place, value)))
        if value != UNKNOWN:
            self._fits(place, value, new)
            new.rules.decide(new.incident, as_of=self.as_of)
        return new

    def _fits(self, place: str, value: Any, new: "Interview") -> None:
        """Refuses a value that what the report and its evidence say leaves no room for: an answer
        adds to them, and takes nothing back.
        """
        before = weighed(self.incident)
        steps = steps_at(place, before)
        stated, said = stated_at(before, steps), stated_at(new.incident, steps)
        if stated is None or said is None:
            return
        path = path_of(steps)
        fact = self.rules.plan.space.by_path[path]
        known = fact.encode(stated)
        fits = known & fact.encode(said)
        if fact.spec.kind is Kind.DATE:
            fits = fits and not disputed_days([*values_of(stated), said])
        if not fits:
            raise Refused([_contradicts(place, value)])

    def back(self) -> "Interview":
        """The interview before its last answer; itself where there is none."""
        return replace(self, answers=self.answers[:-1])

    def decision(self) -> Decision:
        """The decision on what is known by now."""
        return self.rules.decide(self.incident, as_of=self.as_of)

    def stored(self) -> dict[str, Any]:
        """As a document that `restored` reads."""
        return {
            "format": FORMAT,
            "ruleset": self.rules.name,
            "digest": self.rules.digest,
            "as_of": self.as_of.isoformat(),
            "start": dict(self.start),
            "answers": [{"place": given.place, "value": given.value} for given in self.answers],
        }


def begun_with(content: Mapping[str, Any]) -> dict[str, Any]:
    """A report with at least one person and one act, so that something can be asked of them."""
    return {"subjects": [{}], "acts": [{}], **content}


def started(
    rules: Ruleset, content: Mapping[str, Any] | None = None, *, as_of: datetime.date
) -> Interview:
    """An interview from a report, or from nothing. Raises `Refused`."""
    interview = Interview(rules, as_of, begun_with(content or {"format": 1}))
    interview.decision()
    return interview


def restored(document: Any, rules: Ruleset) -> Interview:
    """An interview that was stored. Raises `Refused` where it is none, or of another ruleset."""
    if not isinstance(document, Mapping):
        raise Refused([_no_interview([type(document).__name__])])
    wanted = {"format", "ruleset", "digest", "as_of", "start", "answers"}
    try:
        answers = [Given(str(one["place"]), one["value"]) for one in document["answers"]]
        day = datetime.date.fromisoformat(document["as_of"])
        start = document["start"]
        known = document["format"] == FORMAT and set(document) == wanted
    except (KeyError, TypeError, ValueError):
        known = False
    if not known or not isinstance(start, dict) or len(answers) > MAX_ANSWERS:
        raise Refused([_no_interview(sorted(map(str, document)))])
    if (document["ruleset"], document["digest"]) != (rules.name, rules.digest):
        raise Refused([_other_ruleset(str(document["ruleset"]), rules.name)])
    interview = Interview(rules, day, start)
    for given in answers:
        interview = interview.answer(given.place, given.value)
    return interview


def _no_interview(found: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        Code.NOT_A_MAPPING,
        "this is no interview that was left",
        expected="what `netralitas ask --session FILE` wrote",
        found=shown(found),
        help="begin anew: `netralitas ask`",
    )


def _other_ruleset(found: str, wanted: str) -> Diagnostic:
    return Diagnostic(
        Code.UNKNOWN_RULESET,
        "this interview was held under another ruleset, or another version of it",
        expected=f"the ruleset `{wanted}` as it is now",
        found=f"`{found}`",
        help="name its ruleset, or begin anew with another session",
    )


def _contradicts(place: str, value: Any) -> Diagnostic:
    return Diagnostic(
        Code.CONTRADICTORY_FACTS,
        "this contradicts what the report says",
        expected="a value that what is stated leaves possible",
        found=shown(value),
        help="correct the report itself, or answer that it is not known",
        path=(place,),
    )


def _too_many() -> Diagnostic:
    return Diagnostic(
        Code.TOO_LARGE,
        "an interview has too many answers",
        expected=f"at most {MAX_ANSWERS}",
        help="go back, or save the report and go on from there",
    )
