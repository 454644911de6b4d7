"""Comparing rulesets: what is reported really differs, and what is not reported does not."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from netralitas_rules.analysis.diff import diff
from netralitas_rules.analysis.diff_model import RulesetDiff, TargetKind, Verdict, Witness
from netralitas_rules.facts.space import ACT_DATE
from netralitas_rules.loading.changes import changed
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import Ruleset
from tests.spec import Contradiction, Spec
from tests.strategies import (
    AS_OF,
    SPECS,
    Choices,
    Doc,
    Sample,
    a_refinement,
    a_sample,
    a_test,
    an_incident,
    examples,
    model,
    ruleset_of,
)

NARROWING = {"constraints", "transitions", "definitions"}
"""Sections that can change what a report leaves possible."""
SECTIONS = ("violations", "permissions", "consequences", "definitions", "sanctions", "constraints")


def lines(value: Any) -> Iterator[tuple[Doc, str]]:
    """Every test of a fact below a part of a document: the mapping it stands in, and its key."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in SPECS and not key.startswith("law.") and part != "stated":
                yield value, key
            else:
                yield from lines(part)
    elif isinstance(value, list):
        for part in value:
            yield from lines(part)


def rewritten(c: Choices, document: Doc) -> Doc:
    """The document with one thing otherwise: a test, an exception, an element, a row, a date."""
    new = copy.deepcopy(document)
    form = c.pick(("test", "test", "test", "exception", "element", "row", "constraint", "dates"))
    rules = [rule for section in SECTIONS[:3] for rule in new.get(section, {}).values()]
    if form == "exception":
        having = [rule for rule in rules if rule["unless"]]
        assume(having)
        rule = c.pick(having)
        name = c.pick(sorted(rule["unless"]))
        if "asked-when" in rule["unless"][name] and c.flag():
            del rule["unless"][name]["asked-when"]
        else:
            del rule["unless"][name]
    elif form == "element":
        having = [rule for rule in rules if len(rule["needs"]) > 1]
        assume(having)
        rule = c.pick(having)
        del rule["needs"][c.pick(sorted(rule["needs"]))]
    elif form == "row":
        assume(new["sanctions"])
        row = new["sanctions"][c.pick(sorted(new["sanctions"]))]
        row["regime"] = "ethics" if row["regime"] != "ethics" else "dismissal"
        row.pop("level", None)
    elif form == "constraint":
        assume(new["constraints"])
        del new["constraints"][c.pick(sorted(new["constraints"]))]
    elif form == "dates":
        assume(new["transitions"])
        days = {"2023-06-01": "2023-09-15", "2023-06-02": "2023-09-16"}
        for transition in new["transitions"].values():
            span = transition["when"]["act.date"]
            transition["when"]["act.date"] = {end: days.get(day, day) for end, day in span.items()}
    else:
        found = [line for section in SECTIONS for line in lines(new.get(section, {}))]
        assume(found)
        place, path = c.pick(found)
        place[path] = a_test(c, path)
    return new


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Sample, Doc, Choices]:
    c = Choices.drawn(draw)
    sample = a_sample(c)
    return sample, rewritten(c, sample.document), c


def loaded(document: Doc) -> Ruleset:
    try:
        return ruleset_of(document)
    except Refused:  # the change left a question unread, or transitions that do not fit
        assume(False)
        raise


def of(rules: Ruleset, witness: Witness, facts: Doc, kind: TargetKind, name: str) -> str:
    """What a ruleset decides of the facts of a witness, asked for anew."""
    content, _ = changed({"subjects": [{}], "acts": [{}]}, facts)
    try:
        decision = rules.decide(model(content), as_of=witness.as_of, readings=witness.readings)
    except (Refused, ValidationError):
        return "refused"
    if kind is TargetKind.CONSTRAINT:
        return "accepted"
    if kind is TargetKind.RULE:
        return decision[name].status.value if name in decision else "not_met"
    for path in decision.paths:
        if path.id == name:
            level = f" {path.level}" if path.level else ""
            return f"{path.status} {path.regime}{level}: {', '.join(path.sanctions)}"
    return "none"


@settings(max_examples=examples(60))
@given(pairs())
def test_a_change_that_is_reported_has_a_report_that_shows_it(
    drawn: tuple[Sample, Doc, Choices],
) -> None:
    sample, document, _ = drawn
    old, new = loaded(sample.document), loaded(document)
    for effect in diff(old, new).effects:
        if effect.verdict is not Verdict.CHANGES:
            continue
        witness = effect.witness
        assert witness is not None
        note(f"{effect}")

        def both(facts: Doc, witness: Witness = witness, effect: Any = effect) -> tuple[str, str]:
            one, other = (of(r, witness, facts, effect.kind, effect.id) for r in (old, new))
            return one, other

        assert both(dict(witness.facts)) == (witness.before, witness.after)
        assert witness.before != witness.after
        for dropped in witness.facts:
            if dropped == "act.date":  # A report with a day is decided in less time.
                continue
            fewer = {path: v for path, v in witness.facts.items() if path != dropped}
            one, other = both(fewer)
            assert one == other, f"`{dropped}` is not needed"


def reference(document: Doc, incident: Doc) -> dict[str, str] | None:
    """Status of every rule by brute force over all completions; None where there is none."""
    try:
        outcome = Spec(document).decide(incident, as_of=AS_OF)
    except Contradiction:
        return None
    return {rule: case.status for (rule, *_), case in outcome.findings.items()}


@settings(max_examples=examples(150))
@given(pairs())
def test_what_is_not_reported_agrees_with_brute_force(drawn: tuple[Sample, Doc, Choices]) -> None:
    sample, document, c = drawn
    old, new = loaded(sample.document), loaded(document)
    found = diff(old, new)
    reported = {e.id for e in found.effects if e.kind is TargetKind.RULE}
    narrows = any(change.section in NARROWING for change in found.documents)
    for _ in range(3):
        incident = an_incident(c, sample.facts)
        if narrows:
            facts = tuple(dict.fromkeys((*sample.facts, ACT_DATE)))  # transitions go by the day
            incident = a_refinement(c, incident, facts, fully=True)
        try:
            model(incident)
        except ValidationError:
            continue
        before, after = (reference(d, incident) for d in (sample.document, document))
        if before is None or after is None:
            continue
        for rule in {*before, *after} - reported:
            one, other = (side.get(rule, "not_met") for side in (before, after))
            assert one == other, f"{rule} of {incident}"


@settings(max_examples=examples(40))
@given(pairs())
def test_a_ruleset_does_not_differ_from_itself(drawn: tuple[Sample, Doc, Choices]) -> None:
    """Also where it is read from documents in another order."""
    sample, _, c = drawn
    rules = ruleset_of(sample.document)
    turned = {key: sample.document[key] for key in c.shuffled(list(sample.document))}
    found = diff(rules, ruleset_of(turned))
    assert (found.documents, found.effects) == ((), ())
    assert isinstance(found, RulesetDiff)
    assert found.proved.rules == len(rules.rules)
