"""Readings equal brute force: every combination of readings decided on its own."""

import datetime
import random
from collections.abc import Iterable, Mapping
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings

import netralitas_rules as nr
from netralitas_rules.decision.model import Decision
from netralitas_rules.engine.frames import FactsRefused
from netralitas_rules.inquiry.readings import ReadingsBuilder
from netralitas_rules.inquiry.readings_model import Readings, Under
from netralitas_rules.loading.diagnostics import Refused
from tests.content.files import AS_OF as REPORTED_AS_OF
from tests.content.files import CASE_FILES, incident_of
from tests.strategies import AS_OF, Decided, cases, examples, model, one_in

Taken = Mapping[str, str]
View = dict[tuple[Any, ...], str]
"""Outcomes, findings and paths by what they are of."""


def readings_of(rules: nr.Ruleset, incident: nr.Incident, as_of: str) -> Readings | None:
    builder = rules._builder
    day = datetime.date.fromisoformat(as_of)
    try:
        case, _ = builder.case(incident, as_of=day, chosen={})
    except FactsRefused:
        return None
    return ReadingsBuilder(builder.turning).readings(case)


def decided(
    rules: nr.Ruleset, incident: nr.Incident, as_of: str, readings: Taken
) -> Decision | None:
    try:
        return rules.decide(incident, as_of=as_of, readings=dict(readings))
    except Refused:
        return None


class Views:
    """Decisions as plain values; a finding that its rule has once for all acts is named so."""

    def __init__(self, rules: nr.Ruleset) -> None:
        self.scopes = {rule.id: rule.scope.value for rule in rules.plan.rules}

    def finding(
        self, name: str, subject: str, act: str | None, whom: str | None
    ) -> tuple[Any, ...]:
        scope = self.scopes[name]
        return (
            "finding",
            name,
            subject,
            act if scope != "subject" else None,
            whom if scope == "beneficiary" else None,
        )

    def of(self, decision: Decision) -> View:
        found: View = {("outcome", s.subject): s.outcome.value for s in decision.subjects}
        for f in decision.all_findings:
            found[self.finding(f.id, f.subject, f.act, f.beneficiary)] = f.status.value
        return found | {("path", p.id, p.subject): p.status.value for p in decision.paths}

    def under(self, under: Under, before: View) -> View:
        found = dict(before)
        found |= {("outcome", s.subject): s.outcome.value for s in under.outcomes}
        for change in under.findings:
            key = self.finding(change.id, change.subject, change.act, change.beneficiary)
            assert whole(before, key) == change.before
            found[key] = change.after.value
        for way in under.paths:
            assert whole(before, ("path", way.id, way.subject)) == way.before
            found[("path", way.id, way.subject)] = way.after
        return found


def whole(view: View, key: tuple[Any, ...]) -> str:
    """What a view says of a finding or a path, also where it is not in it."""
    return view.get(key, {"finding": "not_met", "path": "none"}.get(key[0], ""))


def same(one: View, two: View) -> bool:
    return all(whole(one, key) == whole(two, key) for key in one.keys() | two.keys())


def by_departures(
    taken: Mapping[str, str | None], readings: Mapping[str, Iterable[str]], most: int
) -> Iterable[Taken]:
    """Every choice that departs from what is taken in up to `most` questions, fewest first."""
    for count in range(1, most + 1):
        for names in combinations(taken, count):
            others = [[r for r in readings[name] if r != taken[name]] for name in names]
            for chosen in product(*others):
                yield dict(zip(names, chosen, strict=True))


def check(case: Decided) -> tuple[int, int]:
    """Compares everything; how many questions decide alone, and how many combinations together."""
    rules, incident = case.ruleset, model(case.incident)
    found = readings_of(rules, incident, AS_OF)
    if found is None:
        return 0, 0
    assert not found.cut
    views = Views(rules)
    taken_decision = decided(rules, incident, AS_OF, {})
    assert taken_decision is not None
    before = views.of(taken_decision)
    readings = {q: list(doc["readings"]) for q, doc in case.document["questions"].items()}
    taken = {q: doc.get("default") for q, doc in case.document["questions"].items()}
    every = [
        decided(rules, incident, AS_OF, dict(zip(readings, chosen, strict=True)))
        for chosen in product(*readings.values())
    ]
    seen = [views.of(decision) for decision in every if decision is not None]

    # settled in law
    items: list[tuple[tuple[Any, ...], str, Any]]
    items = [(("outcome", o.subject), o.outcome.value, o) for o in found.outcomes]
    items += [
        (views.finding(f.id, f.subject, f.act, f.beneficiary), f.status.value, f)
        for f in found.findings
    ]
    items += [(("path", p.id, p.subject), p.status, p) for p in found.paths]
    assert len({key for key, *_ in items}) == len(items)
    assert {key for view in [before, *seen] for key in view} <= {key for key, *_ in items}
    for key, status, item in items:
        assert whole(before, key) == status
        possible = {whole(view, key) for view in seen}
        assert set(item.possible) == possible, key
        assert item.settled == (possible == {status}), key

    # each question alone, and several together
    reached: dict[tuple[Any, ...], dict[str, list[set[tuple[str, str]]]]] = {}
    views_of: dict[frozenset[tuple[str, str]], View | None] = {}
    for chosen in by_departures(taken, readings, len(taken)):
        decision = decided(rules, incident, AS_OF, chosen)
        view = views_of[frozenset(chosen.items())] = views.of(decision) if decision else None
        for key in [key for key, *_ in items] if view is not None else ():
            value = whole(view, key) if view is not None else ""
            if value == whole(before, key):
                continue
            sets = reached.setdefault(key, {}).setdefault(value, [])
            if not any(other <= set(chosen.items()) for other in sets):
                sets.append(set(chosen.items()))
    smallest = {frozenset(one) for own in reached.values() for sets in own.values() for one in sets}
    alone = {name for one in smallest if len(one) == 1 for name, _ in one}
    assert {q.id for q in found.questions} == alone
    shown = {frozenset((c.question, c.reading) for c in u.readings): u for u in found.together}
    assert set(shown) == {one for one in smallest if len(one) > 1}
    for question in found.questions:
        assert question.taken == taken[question.id]
        assert [u.readings[0].reading for u in question.readings] == readings[question.id]
        for under in question.readings:
            (choice,) = under.readings
            if choice.reading == question.taken:
                assert (under.findings, under.paths, under.excluded) == ((), (), False)
            else:
                shown[frozenset({(choice.question, choice.reading)})] = under
    for one, under in shown.items():
        view = views_of[one]
        assert under.excluded == (view is None)
        assert view is None or same(views.under(under, before), view)
    return len(found.questions), len(found.together)


@pytest.mark.parametrize("several", [False, True])
def test_equal_brute_force(*, several: bool) -> None:
    alone = together = 0

    @settings(max_examples=examples(250))
    @given(case=cases(asking=True, several=several))
    def compare(case: Decided) -> None:
        nonlocal alone, together
        counts = check(case)
        alone, together = alone + counts[0], together + counts[1]

    compare()
    assert alone >= 3, "hardly any case turned on a question"


@pytest.mark.parametrize("path", CASE_FILES[:: one_in(12, long=6)], ids=lambda path: path.stem)
def test_reported_cases(path: Any) -> None:
    """What is said of readings, decided again; and what is settled, under readings at random."""
    rules, incident = nr.load("kemenkumham"), incident_of(path)
    found = readings_of(rules, incident, REPORTED_AS_OF)
    assert found is not None
    views = Views(rules)
    plain = decided(rules, incident, REPORTED_AS_OF, {})
    assert plain is not None
    before = views.of(plain)
    assert {q.id for q in found.questions} == {q.id for q in plain.decisive}
    dice = random.Random(path.stem)
    unders = [u for q in found.questions for u in q.readings] + list(found.together)
    for under in dice.sample(unders, min(len(unders), 6)):
        chosen = {choice.question: choice.reading for choice in under.readings}
        decision = decided(rules, incident, REPORTED_AS_OF, chosen)
        assert under.excluded == (decision is None)
        assert decision is None or same(views.under(under, before), views.of(decision))
    computed = [fact for fact in rules.plan.space.facts if fact.index in rules.plan.readings]
    possible: dict[tuple[Any, ...], set[str]] = {}
    for o in found.outcomes:
        possible["outcome", o.subject] = {*map(str, o.possible)}
    for f in found.findings:
        key = views.finding(f.id, f.subject, f.act, f.beneficiary)
        possible[key] = {*map(str, f.possible)}
    for p in found.paths:
        possible["path", p.id, p.subject] = set(p.possible)
    for _ in range(6):
        chosen = {
            f.spec.path.removeprefix("reading."): dice.choice(list(map(str, f.bits)))
            for f in computed
        }
        decision = decided(rules, incident, REPORTED_AS_OF, chosen)
        if decision is not None:
            view = views.of(decision)
            for key in possible.keys() | view.keys():
                assert found.cut or whole(view, key) in possible[key], key
