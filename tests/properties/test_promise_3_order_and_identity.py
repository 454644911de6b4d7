"""Promise 3: order does not matter, and nobody's identity can be read."""

import copy
import re
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netralitas_rules.decision.model import Decision
from netralitas_rules.facts.incident import Identity
from netralitas_rules.facts.space import vocabulary
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.ruleset import Ruleset
from tests.strategies import (
    AS_OF,
    FRAME,
    PARTS,
    Choices,
    Decided,
    Doc,
    a_sample,
    an_incident,
    examples,
    model,
    reordered,
    ruleset_of,
    words,
)

WORDS = ("label", "title")
"""Words of a bare condition follow its order; what they say is told by its facts."""


def canonical(decision: Decision, incident: Doc, *, drop: tuple[str, ...] = ()) -> Any:
    """A decision in which places are named by their keys, and order is gone."""
    plain = asdict(decision)
    ways = [[way["id"], way["subject"]] for way in plain["paths"]]
    for part in plain["settle"]:
        part["paths"] = [ways[n] for n in part["paths"]]
    counted = {
        "findings": [*plain["findings"], *plain["consequences"]],
        "permissions": plain["permissions"],
    }
    for numbered, findings in counted.items():
        named = [[f[k] for k in ("id", "subject", "act", "beneficiary")] for f in findings]
        for part in (*plain["paths"], *plain["settle"]):
            part[numbered] = [named[n] for n in part.get(numbered, ())]
    return _unordered(plain, incident, drop)


def _unordered(value: Any, incident: Doc, drop: tuple[str, ...]) -> Any:
    match value:
        case dict():
            kept = {k: v for k, v in value.items() if k not in drop}
            return tuple((k, _unordered(v, incident, drop)) for k, v in sorted(kept.items()))
        case list() | tuple():
            return tuple(sorted((_unordered(v, incident, drop) for v in value), key=repr))
        case str():
            return re.sub(
                r"^(subjects|acts|beneficiaries)\[(\d+)\]",
                lambda m: f"{m[1]}[{incident[m[1]][int(m[2])]['key']}]",
                value,
            )
    return value


def outcome(ruleset: Ruleset, incident: Doc, *, drop: tuple[str, ...] = ()) -> Any:
    """The canonical decision; None where the incident is refused (of two reasons the first)."""
    try:
        decision = ruleset.decide(model(incident), as_of=AS_OF)
    except Refused:
        return None
    return canonical(decision, incident, drop=drop)


def shuffled_incident(c: Choices, incident: Doc) -> Doc:
    """The same incident: other order of people, acts, keys, values and items of lists."""
    found: Doc = reordered(c, copy.deepcopy(incident))

    def lists(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: lists(v) for k, v in value.items()}
        return [lists(v) for v in c.shuffled(value)] if isinstance(value, list) else value

    shuffled: Doc = lists(found)
    return shuffled


@st.composite
def shuffled_cases(draw: st.DrawFn) -> tuple[Decided, Doc]:
    c = Choices.drawn(draw)
    sample = a_sample(c)
    incident = an_incident(c, sample.facts, several=True)
    case = Decided(sample.document, sample.facts, incident, ruleset_of(sample.document))
    return case, shuffled_incident(c, incident)


@settings(max_examples=examples(150))
@given(pair=shuffled_cases())
def test_order_in_the_incident(pair: tuple[Decided, Doc]) -> None:
    case, other = pair
    assert outcome(case.ruleset, other) == outcome(case.ruleset, case.incident)


@st.composite
def shuffled_rulesets(draw: st.DrawFn) -> tuple[Decided, Doc, list[Doc]]:
    """A case, its ruleset with keys in another order, and the same law over several files."""
    c = Choices.drawn(draw)
    sample = a_sample(c)
    incident = an_incident(c, sample.facts, several=True)
    case = Decided(sample.document, sample.facts, incident, ruleset_of(sample.document))
    files: list[Doc] = [{}, {}, {}]
    for section in c.shuffled(list(sample.document)):
        items = sample.document[section]
        if section == "ruleset":
            c.pick(files)[section] = items
            continue
        for key in c.shuffled(list(items)):
            c.pick(files).setdefault(section, {})[key] = items[key]
    return case, reordered(c, sample.document), files


@settings(max_examples=examples(70))
@given(trio=shuffled_rulesets())
def test_order_in_the_ruleset(trio: tuple[Decided, Doc, list[Doc]]) -> None:
    case, other, files = trio
    expected = outcome(case.ruleset, case.incident)
    for split in (files, list(reversed(files))):
        ruleset = ruleset_of(*split)
        assert ruleset.digest == case.ruleset.digest
        assert outcome(ruleset, case.incident) == expected
    # Order inside an item is the order in which it is shown: it counts for the digest alone.
    drop = (*WORDS, "ruleset")
    expected = outcome(case.ruleset, case.incident, drop=drop)
    assert outcome(ruleset_of(other), case.incident, drop=drop) == expected


@st.composite
def named_cases(draw: st.DrawFn) -> tuple[Decided, Doc]:
    """A case, and the same with an identity, notes, sources and evidence."""
    c = Choices.drawn(draw)
    sample = a_sample(c)
    incident = an_incident(c, sample.facts, several=True)
    case = Decided(sample.document, sample.facts, incident, ruleset_of(sample.document))
    texts = st.text(st.characters(codec="utf-8"), max_size=12)
    named = copy.deepcopy(incident)
    for subject in named["subjects"]:
        subject["identity"] = {name: draw(texts) for name in Identity.model_fields}
        subject["earlier_sanctions"] = [{"regime": "ethics", "note": draw(texts)}]
    for act in named["acts"]:
        act["note"] = draw(texts)
    named |= {"note": draw(texts), "source": [draw(texts)]}
    named["evidence"] = [{"kind": "photo", "source": draw(texts)}]
    return case, named


@settings(max_examples=examples(70))
@given(pair=named_cases())
def test_identity_and_notes_change_nothing(pair: tuple[Decided, Doc]) -> None:
    case, named = pair
    assert told(case.ruleset, named) == told(case.ruleset, case.incident)


def told(ruleset: Ruleset, incident: Doc) -> Decision | tuple[Diagnostic, ...]:
    try:
        return ruleset.decide(model(incident), as_of=AS_OF)
    except Refused as refused:
        return refused.diagnostics


HIDDEN = {
    *Identity.model_fields, "identity", "key", "note", "source", "evidence", "sha256",
    "earlier_sanctions", "id", "event", "by", "format", "further",
}  # fmt: skip


def test_identity_is_not_in_the_vocabulary() -> None:
    for path in vocabulary():
        assert not HIDDEN & set(path.split(".")), path


@pytest.mark.parametrize(
    "path",
    [
        *(f"subject.identity.{name}" for name in Identity.model_fields),
        *("subject.key", "subject.earlier_sanctions", "act.note", "evidence", "note"),
    ],
)
def test_no_rule_can_read_identity(path: str) -> None:
    definition = {"says": words("x"), "when": {path: "x"}}
    with pytest.raises(Refused) as refused:
        ruleset_of({**FRAME, "definitions": {"x": definition}})
    assert [d.code for d in refused.value.diagnostics] == [Code.UNKNOWN_FACT]


@pytest.mark.parametrize("part", PARTS.values())
def test_a_key_only_names(part: str) -> None:
    """Another key for a person or an act changes its name in the decision, nothing else."""
    rule = {
        "title": words("rule"),
        "norm": ["reg-a/1"],
        "raised-by": {"act.conduct": "post"},
        "needs": {"public": {"act.audience": "public"}},
    }
    ruleset = ruleset_of({**FRAME, "violations": {"rule/1": rule}})
    incident: Doc = {
        "subjects": [{"key": "s1"}],
        "acts": [{"key": "a1", "conduct": "post"}],
        "beneficiaries": [{"key": "b1"}],
    }
    other = copy.deepcopy(incident)
    other[part][0]["key"] = "zz"
    plain = asdict(ruleset.decide(model(incident), as_of=AS_OF))
    renamed = asdict(ruleset.decide(model(other), as_of=AS_OF))
    assert renamed != plain
    assert _replaced(renamed, "zz", incident[part][0]["key"]) == plain


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(part, old, new) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_replaced(part, old, new) for part in value)
    return new if value == old else value
