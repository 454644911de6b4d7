"""Why a rule is met or not, and the smallest changes of facts that would make it otherwise.

The facts that the rule reads are set free, whatever the report says of them; a change is a fact
that takes another value than it has, or one where the report has none. Who the person is belongs
to no fact, so no change is ever about that.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.case import Case, groups_of
from netralitas_rules.decision.model import Citation, Finding, RulesetRef, WithWords
from netralitas_rules.engine.conditions import both
from netralitas_rules.engine.evaluate import Status
from netralitas_rules.engine.frames import Group
from netralitas_rules.engine.plan import Gate, Rule
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.space import ACT_DATE
from netralitas_rules.inquiry.model import Effect, FactSet
from netralitas_rules.inquiry.parts import read_by
from netralitas_rules.inquiry.places import forget, place_of, shared, statable, steps_at
from netralitas_rules.inquiry.sets import Sets, Ways
from netralitas_rules.inquiry.view import View
from netralitas_rules.law.model import RuleKind, Text
from netralitas_rules.loading.changes import UNKNOWN, changed
from netralitas_rules.loading.incidents import content_of, incident_from

if TYPE_CHECKING:
    from netralitas_rules.decision.model import Decision

FORMAT = 1
MAX_CHANGES = 12
"""Sets of changes that are told."""


class Standing(StrEnum):
    """How a rule stands that is no finding."""

    FINDING = "finding"
    """It is raised, and the finding says the rest."""
    NOT_RAISED = "not_raised"
    """The report states nothing that raises it."""
    NOT_GOVERNED = "not_governed"
    """It is raised, but its body of law does not govern, or its norm was not in force."""


@dataclass(frozen=True, slots=True)
class Raising:
    """One way to raise a rule, and what of it is missing."""

    says: Text
    opens: bool
    missing: tuple[str, ...]
    """Facts that would have to be stated."""


@dataclass(frozen=True, slots=True)
class Why(WithWords):
    """Why one rule comes to what it comes to."""

    format: int
    incident: str | None
    as_of: str
    ruleset: RulesetRef
    id: str
    title: Text
    kind: RuleKind
    standing: Standing
    raised_by: tuple[Raising, ...]
    findings: tuple[Finding, ...]
    """Every finding of the rule, with its matrix."""
    changes: tuple[FactSet, ...]
    """The smallest changes of facts after which it would be otherwise, the fewest first."""
    cut: bool
    """Whether there are changes that are not told: too many, or the search was cut."""
    citations: tuple[Citation, ...]

    def to_json(self) -> str:
        """As JSON; its schema is `netralitas schema why`."""
        return adapter().dump_json(self).decode()

    def text(self, *, lang: str = "id") -> str:
        """As text, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.why import render

        return render(self, self._words, lang=lang)


@cache
def adapter() -> TypeAdapter[Why]:
    """Reads and writes these values as JSON."""
    return TypeAdapter(Why)


class Asker:
    """Asks why, of one ruleset."""

    def __init__(self, builder: DecisionBuilder) -> None:
        self.builder = builder
        self.plan = builder.plan
        self.sets = Sets(builder.plan, builder.evaluator, builder.words)

    def why(
        self,
        rule: Rule,
        incident: Incident,
        *,
        as_of: datetime.date,
        chosen: Mapping[int, int],
    ) -> Why:
        """Why a rule comes to what it comes to; raises `FactsRefused`."""
        case, groups = self.builder.case(incident, as_of=as_of, chosen=chosen)
        decision = self.builder.decided(case, groups)
        findings = tuple(decision.findings_of(rule.id))
        changes, cut = self._changes(rule, case, groups)
        why = Why(
            FORMAT,
            incident.id,
            as_of.isoformat(),
            self.builder.ruleset,
            rule.id,
            rule.title,
            rule.kind,
            _standing(rule, decision),
            tuple(self._raised_by(rule, groups)),
            findings,
            tuple(changes[:MAX_CHANGES]),
            cut or len(changes) > MAX_CHANGES,
            decision.citations,
        )
        object.__setattr__(why, "_words", self.builder.words)
        return why

    def _raised_by(self, rule: Rule, groups: list[Group]) -> Iterator[Raising]:
        for gate in rule.gates:
            opens = any(
                gate.opens(frame.known, frame.stated) for group in groups for frame in group.frames
            )
            stated = groups[0].frames[0].stated
            for group in groups:
                stated |= group.frames[0].stated
            missing = self.plan.space.numbered(gate.facts & ~stated)
            yield Raising(self._words_of(gate), opens, tuple(fact.spec.path for fact in missing))

    def _words_of(self, gate: Gate) -> Text:
        words = self.builder.words
        told = [words.condition(both(gate.tests))] if gate.tests else []
        tested = {test.fact for test in gate.tests}
        for fact in self.plan.space.numbered(gate.facts):
            if fact.index not in tested:
                label = words.label(fact.spec.path)
                told.append(Text(f"{label.id}: disebut", f"{label.en}: stated"))
        return Text("; serta ".join(t.id for t in told), "; and ".join(t.en for t in told))

    # -- changes

    def _changes(self, rule: Rule, case: Case, groups: list[Group]) -> tuple[list[FactSet], bool]:
        """Over all subjects, acts and beneficiaries; each by itself."""
        status = {id(m.group): m.status for r in case.results for m in r.members if r.rule is rule}
        found: list[FactSet] = []
        any_cut = False
        for group in groups:
            own = status.get(id(group), Status.NOT_RAISED)
            others = shared(case, group, groups)
            established, cleared, cut = self._of_group(rule, case, group, others)
            any_cut = any_cut or cut
            ways = []
            if own is not Status.MET:
                ways += [(Effect.ESTABLISH, way) for way in established]
            if own not in (Status.NOT_MET, Status.NOT_RAISED):
                ways += [(Effect.CLEAR, way) for way in cleared]
            found += [
                self.sets.fact_set(effect, case, group, way) for effect, way in ways if way.facts
            ]
        once = {
            (one.effect, tuple((fact.place, fact.values) for fact in one.facts)): one
            for one in found
        }
        return sorted(once.values(), key=lambda one: len(one.facts)), any_cut

    def _of_group(self, rule: Rule, case: Case, group: Group, others: int) -> Ways:
        """Changes that establish the rule, that clear it, and whether there are more. Where they
        are too many, those that leave the day of the act as it is.
        """
        own = statable(case, group)
        read = self._read_by(rule) & own
        for keep in ((), (ACT_DATE,)):
            freed, as_stated = self._freed(read, case, group, keep=keep)
            view = View(
                self.plan,
                self.builder.evaluator,
                freed.frames,
                statable=own,
                allowed=others,
                as_stated=as_stated,
            )
            established, cleared, cut = self.sets.of_rule(view, rule)
            if not cut:
                break
        return established, cleared, cut or bool(keep)

    def _read_by(self, rule: Rule) -> set[int]:
        """Facts that a rule reads, those from which they follow, and what is tied to these."""
        space = self.plan.space
        conditions = [rule.under, rule.needs]
        conditions += [both(gate.tests) for gate in rule.gates]
        conditions += [clause.holds for clause in rule.exceptions]
        read = read_by(conditions)
        for gate in rule.gates:
            read |= {fact.index for fact in space.numbered(gate.facts)}
        read |= {
            space.by_path[path].index for i in tuple(read) for path in self.plan.sources.get(i, ())
        }
        tied = [{test.fact for test in c.tests} for c in self.plan.constraints]
        return read | {index for facts in tied if facts & read for index in facts}

    def _freed(
        self, read: Iterable[int], case: Case, group: Group, *, keep: Collection[str]
    ) -> tuple[Group, dict[int, int]]:
        """The group with facts set free but `keep`, and what was stated of them."""
        frames, facts = group.frames, [self.plan.space.facts[index] for index in read]
        stated = [
            fact
            for fact in facts
            if frames[0].stated >> fact.index & 1 and fact.spec.path not in keep
        ]
        as_stated: dict[int, int] = {}
        for fact in stated:
            for frame in frames:
                as_stated[fact.index] = as_stated.get(fact.index, 0) | frame.known & fact.full
        content = content_of(case.incident)
        places = [place_of(fact, case.incident, group) for fact in stated]
        free, _ = changed(content, dict.fromkeys(places, UNKNOWN))
        forget(free, case.incident, {steps_at(place, case.incident) for place in places})
        incident = incident_from(free, locate=lambda _loc, _key: None)
        groups = groups_of(
            self.builder.framer, incident, case.names, as_of=case.as_of, base=case.base
        )
        whose = (group.subject, group.act, group.beneficiary)
        new = next(g for g in groups if (g.subject, g.act, g.beneficiary) == whose)
        as_was = tuple(replace(frame, stated=frames[0].stated) for frame in new.frames)
        return replace(new, frames=as_was), as_stated


def _standing(rule: Rule, decision: "Decision") -> Standing:
    if rule.id in decision:
        return Standing.FINDING
    return Standing.NOT_GOVERNED if rule.id in decision.not_governed else Standing.NOT_RAISED
