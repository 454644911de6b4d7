"""The smallest sets of facts that settle a finding are those that trying everything finds."""

import datetime
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.facts.leaves import NEVER, parse_span
from netralitas_rules.facts.space import Kind
from netralitas_rules.inquiry.model import Effect
from netralitas_rules.loading.changes import changed
from netralitas_rules.loading.diagnostics import Refused
from tests.spec import fits, fits_list
from tests.strategies import (
    _NAMED,
    AS_OF,
    GAP,
    SPECS,
    Choices,
    Decided,
    Doc,
    a_sample,
    an_incident,
    examples,
    get,
    model,
    ruleset_of,
)

MOST = 3
"""Facts of a set that is tried in every way."""
MOST_TRIED = 4_000


def values(path: str, stated: Any) -> list[Any]:
    """Every value that a statement leaves, days by their place between those that matter."""
    spec = SPECS[path]
    match spec.kind:
        case Kind.DATE:
            if stated == NEVER.value:
                return [stated]
            span = parse_span({"from": 1950, "to": AS_OF} if stated is None else stated)
            last = min(span.last, datetime.date.fromisoformat(AS_OF))
            days = {max(span.first, datetime.date(1950, 1, 1)), *_NAMED, last}
            days |= {datetime.date(2024, 2, day) for day in (10, 11, 13, 14, 15)}
            found: list[Any] = [str(d) for d in sorted(days) if span.first <= d <= last]
            return [*found, *([NEVER.value] if spec.may_be_never and stated is None else [])]
        case Kind.INTEGER:
            return [stated] if stated is not None else list(range(5))
        case Kind.LIST:
            subsets = [
                [str(m) for i, m in enumerate(spec.values) if bits >> i & 1]
                for bits in range(1 << len(spec.values))
            ]
            return [s for s in subsets if fits_list(frozenset(s), stated)]
    return [value for value in spec.values if fits(value, stated)]


def status(case: Decided, incident: Doc, rule: str) -> FindingStatus | None:
    """What a rule comes to; None where the report cannot be."""
    try:
        decision = case.ruleset.decide(model(incident), as_of=AS_OF)
    except (Refused, ValidationError):
        return None
    if rule not in decision:
        return FindingStatus.NOT_MET
    return decision[rule].status


def stated_with(incident: Doc, facts: tuple[str, ...], chosen: tuple[Any, ...]) -> Doc:
    """The report with these facts; a contest is stated where one stands."""
    own = any("election" in one for one in incident["beneficiaries"])
    places = ("beneficiary.election" if own and f == "election" else f for f in facts)
    new, _ = changed(incident, dict(zip(places, chosen, strict=True)))
    return new


def tried(
    case: Decided, facts: list[str], rule: str, wanted: FindingStatus
) -> Iterator[frozenset[str]]:
    """Every smallest set of at most `MOST` facts, found by stating all values of all sets."""
    found: list[frozenset[str]] = []
    choices = {path: values(path, get_of(case.incident, path)) for path in facts}
    for size in range(1, MOST + 1):
        for chosen in combinations(facts, size):
            if any(smaller <= set(chosen) for smaller in found):
                continue
            for way in product(*(choices[path] for path in chosen)):
                if status(case, stated_with(case.incident, chosen, way), rule) is wanted:
                    found.append(frozenset(chosen))
                    yield found[-1]
                    break


def get_of(incident: Doc, path: str) -> Any:
    part = path.partition(".")[0]
    if part == "beneficiary" and not incident["beneficiaries"]:
        return None
    if path == "election" and any("election" in one for one in incident["beneficiaries"]):
        return incident["beneficiaries"][0]["election"]
    return get(incident, (path, 0))


@st.composite
def an_open_case(draw: st.DrawFn) -> Decided:
    choices = Choices.drawn(draw)
    sample = a_sample(choices)
    assume(GAP not in str(sample.document["violations"]))
    assume("comparisons" not in sample.document)
    incident = an_incident(choices, sample.facts)
    return Decided(sample.document, sample.facts, incident, ruleset_of(sample.document))


@settings(max_examples=examples(250))
@given(an_open_case())
def test_the_smallest_sets_are_those_that_trying_everything_finds(case: Decided) -> None:
    try:
        decision = case.ruleset.decide(model(case.incident), as_of=AS_OF)
    except (Refused, ValidationError):
        return
    waiting = (FindingStatus.OPEN, FindingStatus.ELEMENTS_MET)
    found = {finding.id: finding.status for finding in decision.all_findings}
    if not any(status in waiting for status in found.values()):
        return
    read = {*case.facts, "act.conduct", "act.date"}
    facts = sorted(path for path in read if len(values(path, get_of(case.incident, path))) > 1)
    count = 1
    for path in facts:
        count *= 1 + len(values(path, get_of(case.incident, path)))
    if count > MOST_TRIED:
        return
    inquiry = case.ruleset.inquire(model(case.incident), as_of=AS_OF)
    note(str(case))
    for finding in inquiry.findings:
        assert finding.status is found[finding.id]
        assert not finding.cut
        for effect, wanted in (
            (Effect.ESTABLISH, FindingStatus.MET),
            (Effect.CLEAR, FindingStatus.NOT_MET),
        ):
            if finding.status is wanted:
                continue
            expected = set(tried(case, facts, finding.id, wanted))
            sets = [s for s in finding.sets if s.effect is effect]
            note(f"{finding.id} {effect}: {sets}")
            got = {frozenset(fact.fact for fact in one.facts) for one in sets}
            assert {s for s in got if len(s) <= MOST} == expected
            for one in sets:
                stated = {fact.fact: fact.example for fact in one.facts}
                new = stated_with(case.incident, tuple(stated), tuple(stated.values()))
                assert status(case, new, finding.id) is wanted
