"""What every ruleset promises, as tests that a subclass runs on its own."""

import copy
import io
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netralitas_rules.decision.model import Decision, FindingStatus
from netralitas_rules.engine.plan import Rule
from netralitas_rules.facts.incident import Identity, Incident
from netralitas_rules.facts.leaves import Span
from netralitas_rules.law.model import GoverningDate
from netralitas_rules.loader import load
from netralitas_rules.loading.content import Format
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.incidents import read
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.testing.filling import filler
from netralitas_rules.testing.strategies import (
    NearMiss,
    document,
    incidents,
    last_day,
    near_misses,
    partial,
    stated,
)

_BAITS: tuple[Any, ...] = (
    None, "", "none", "2024-02-30", -1, 10**30, 1.5, True, [], {}, [[]], {"one_of": []},
)  # fmt: skip
"""Values that are wrong in most places."""


class RulesetProperties:
    """The promises of the library, on one ruleset: subclass it under a name that pytest collects
    and set `ruleset`.
    """

    ruleset: ClassVar[Ruleset | str | Path]
    """A ruleset, or what `netralitas_rules.load` takes."""
    examples: ClassVar[int] = 50
    """Incidents that every property looks at."""

    @property
    def rules(self) -> Ruleset:
        """The ruleset, loaded."""
        return self.ruleset if isinstance(self.ruleset, Ruleset) else load(self.ruleset)

    def test_more_information_keeps_what_is_met(self) -> None:
        """Promise 1: what is met while something is unknown stays met once it is known."""
        rules = self.rules

        @st.composite
        def pairs(draw: st.DrawFn) -> tuple[Incident, Incident]:
            full = draw(incidents(rules))
            return full, draw(partial(full))

        def check(pair: tuple[Incident, Incident]) -> None:
            full, less = pair
            after, before = _decided(rules, full), _decided(rules, less)
            if after is None:
                return
            assert before is not None, "more information removed a contradiction"
            now = {(f.id, f.subject): f.status for f in after.all_findings}
            raised = _brought_up(rules, full, less)
            for finding in before.all_findings:
                if finding.status is FindingStatus.MET and finding.id not in raised:
                    assert now.get((finding.id, finding.subject)) is FindingStatus.MET, finding.id

        self._run(pairs(), check)

    def test_a_fact_unmakes_what_is_met(self) -> None:
        """Promise 1, from the other side: of every rule looked at, some one fact unmakes it."""
        rules = self.rules
        fill = filler(rules)
        names = [name for name in sorted(fill.rules) if fill.report(name, lambda c: c[0])]
        assert names, "no rule of this ruleset can be met"

        def check(near: NearMiss) -> None:
            before = rules.decide(near.meets, as_of=last_day(rules))
            after = rules.decide(near.misses, as_of=last_day(rules))
            assert FindingStatus.MET in {f.status for f in before.all_findings if f.id == near.rule}
            unmade = {f.status for f in after.all_findings if f.id == near.rule}
            assert FindingStatus.MET not in unmade

        self._run(st.sampled_from(names).flatmap(lambda n: near_misses(rules, n)), check)

    def test_order_does_not_matter(self) -> None:
        """Promise 3: facts in another order decide alike."""
        rules = self.rules

        def check(incident: Incident) -> None:
            other = Incident.model_validate(_reversed(document(incident)))
            assert _answer(rules, other) == _answer(rules, incident)

        self._run(incidents(rules), check)

    def test_identity_does_not_matter(self) -> None:
        """Promise 3: nobody's name, sex, religion or origin changes a decision."""
        rules = self.rules

        def check(incident: Incident) -> None:
            named = document(incident)
            for subject in named["subjects"]:
                subject["identity"] = dict.fromkeys(Identity.model_fields, "x")
            assert _answer(rules, Incident.model_validate(named)) == _answer(rules, incident)

        self._run(incidents(rules), check)

    def test_what_is_cited_is_in_force(self) -> None:
        """Promise 4: a norm that goes by the date of the act was in force on it."""
        rules = self.rules

        def check(incident: Incident) -> None:
            decision = _decided(rules, incident)
            days = [act.date for act in incident.acts]
            if decision is None or not all(isinstance(day, Span) for day in days):
                return
            spans = [day for day in days if isinstance(day, Span)]
            for finding in decision.all_findings:
                assert finding.norm or finding.status is not FindingStatus.MET, finding.id
                for name in finding.norm:
                    provision = rules.provisions[name]
                    if provision.governs == (GoverningDate.ACT,) and spans:
                        valid = provision.validity
                        assert any(valid.meets(s.first, s.last) for s in spans), name

        self._run(incidents(rules), check)

    def test_a_stored_decision_is_the_same(self) -> None:
        """Promise 5: the same incident gives the same bytes, and they can be read again."""
        rules = self.rules

        def check(incident: Incident) -> None:
            decision = _decided(rules, incident)
            if decision is None:
                return
            written = decision.to_json()
            assert rules.decide(incident, as_of=last_day(rules)).to_json() == written
            stored = Decision.from_json(written)
            assert stored == decision
            assert stored.to_json() == written
            assert rules.attach(stored).text() == decision.text()
            again = Incident.model_validate_json(json.dumps(document(incident)))
            assert again == incident

        self._run(incidents(rules), check)

    def test_a_broken_incident_is_refused(self) -> None:
        """Promise 6: facts that make no sense end in a decision or in a refusal that says why."""
        rules = self.rules

        @st.composite
        def broken(draw: st.DrawFn) -> bytes:
            report = copy.deepcopy(document(draw(incidents(rules))))
            places = list(stated(report, filler(rules)))
            for _, steps in draw(st.lists(st.sampled_from(places), max_size=3)) if places else ():
                part: Any = report
                for step in steps[:-1]:
                    part = part[step]
                part[steps[-1]] = draw(st.sampled_from(_BAITS))
            return json.dumps(report).encode()

        def check(data: bytes) -> None:
            for record in read(io.BytesIO(data), format=Format.JSON):
                refused = record if isinstance(record, Refused) else None
                if isinstance(record, Incident):
                    try:
                        rules.decide(record, as_of=last_day(rules))
                    except Refused as problem:
                        refused = problem
                if refused is not None:
                    assert refused.diagnostics
                    assert str(refused)

        self._run(broken(), check)

    def test_both_languages_say_the_same(self) -> None:
        """Promise 4: a decision is told in Indonesian and English, with the same findings."""
        rules = self.rules

        def check(incident: Incident) -> None:
            decision = _decided(rules, incident)
            if decision is None:
                return
            for lang in ("id", "en"):
                told = " ".join(decision.text(lang=lang).split())
                for finding in decision.findings:
                    if finding.status is not FindingStatus.NOT_MET:
                        title = asdict(finding.title)[lang]
                        assert " ".join(title.split())[:40] in told, (finding.id, lang)

        self._run(incidents(rules), check)

    def test_texts_stand_in_both_languages(self) -> None:
        """Every title has words in both languages."""
        for rule in self.rules.plan.rules:
            assert rule.title.id.strip(), rule.id
            assert rule.title.en.strip(), rule.id

    def _run(self, strategy: st.SearchStrategy[Any], check: Callable[[Any], None]) -> None:
        """One property; made anew for every class, so that subclasses do not share examples."""

        @settings(
            max_examples=self.examples,
            deadline=None,
            database=None,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
                HealthCheck.data_too_large,
            ],
        )
        @given(strategy)
        def holds(value: Any) -> None:
            check(value)

        holds()


def _decided(rules: Ruleset, incident: Incident) -> Decision | None:
    """The decision; None where the facts contradict each other."""
    try:
        return rules.decide(incident, as_of=last_day(rules))
    except Refused:
        return None


def _answer(rules: Ruleset, incident: Incident) -> Any:
    """The decision, or the reasons for which there is none."""
    try:
        return rules.decide(incident, as_of=last_day(rules))
    except Refused as refused:
        return [d.code for d in refused.diagnostics]


def _brought_up(rules: Ruleset, full: Incident, less: Incident) -> set[str]:
    """Rules of which a defence is brought up by a fact that was not stated before: the one door
    by which more information may take back what was met.
    """
    fill = filler(rules)
    new = {path for path, _ in stated(document(full), fill)}
    new -= {path for path, _ in stated(document(less), fill)}
    return {rule.id for rule in rules.plan.rules if new & _asked(rule, rules)}


def _asked(rule: Rule, rules: Ruleset) -> set[str]:
    gates = [gate for clause in rule.exceptions for gate in clause.asked_when or ()]
    return {f.spec.path for gate in gates for f in rules.plan.space.numbered(gate.facts)}


def _reversed(value: Any) -> Any:
    """A document with the keys of every mapping the other way round."""
    if isinstance(value, dict):
        return {key: _reversed(part) for key, part in reversed(value.items())}
    return [_reversed(part) for part in value] if isinstance(value, list) else value
