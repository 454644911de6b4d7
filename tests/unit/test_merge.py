"""Laying an overlay over its base: prefixes, replaced items, fixes, digests."""

from typing import Any

import pytest

from netralitas_rules.loading.diagnostics import Code, Refused
from netralitas_rules.loading.gather import Gathered, gather_documents, gather_folder
from netralitas_rules.loading.merge import Merged, merge
from tests.golden.harness import BASE

WORDS = {"id": "a", "en": "b"}
DEFINITION = {"says": WORDS, "when": {"act.audience": "public"}}
VIOLATION = {
    "title": WORDS,
    "norm": ["pp-1/5"],
    "raised-by": {"act.conduct": "post"},
    "needs": {"who": "civil-servant"},
}
SANCTION = {
    "for": ["base/support"],
    "regime": "ethics",
    "rests-on": "decree",
    "allow": ["reprimand"],
    "basis": ["pp-1/8"],
}
CONSTRAINT = {"says": WORDS, "when": {"act.audience": "public"}, "then": {"act.medium": "print"}}
FACT = {"label": WORDS, "derived": True, "values": {"a": WORDS, "b": WORDS}}
COMPARISON = {"label": WORDS, "compare": "act.date", "with": "subject.party.joined_on"}
QUESTION = {
    "kind": "note",
    "asks": WORDS,
    "readings": {"a": {"says": WORDS}, "b": {"says": WORDS}},
    "why": WORDS,
}
INSTRUMENT = {"title": WORDS, "short": WORDS}
PROVISION = {"says": WORDS, "mark": "A", "text": "seen", "source": "x"}
LIST = {
    "title": WORDS,
    "short": WORDS,
    "mark": "A",
    "text": "seen",
    "source": "x",
    "items": [{"says": WORDS, "rows": ["base/support"]}],
}
CONTEST = {
    "offices": ["dpr"],
    "determination": "2023-11-03",
    "campaign": {"from": "2023-11-28", "until": "2024-02-10"},
    "quiet": {"from": "2024-02-11", "until": "2024-02-13"},
    "vote": "2024-02-14",
}
CALENDAR = {"title": WORDS, "election": "other", "basis": ["pp-1/5"], "contests": {"a": CONTEST}}


def overlay(sections: dict[str, Any] | None = None, **manifest: Any) -> Gathered:
    """An overlay over `base` with the prefix `kem`; None takes a key out of its manifest."""
    common = {"format": 1, "name": "layer", "version": "1.0", "title": WORDS}
    keys = common | {"over": "base", "prefix": "kem"} | manifest
    content = {"ruleset": {k: v for k, v in keys.items() if v is not None}} | (sections or {})
    return gather_documents((("layer.yaml", content),))


@pytest.fixture(scope="module")
def base() -> Gathered:
    return gather_folder(BASE)


def problems(base: Gathered, layer: Gathered) -> list[tuple[Code, tuple[str, ...]]]:
    with pytest.raises(Refused) as caught:
        merge(base, layer)
    return [(Code(d.code), d.path) for d in caught.value.diagnostics]


def test_a_base_alone(base: Gathered) -> None:
    merged = merge(base)
    assert (merged.manifest, merged.layers, merged.replaced) == (base.manifest, (base,), ())
    assert merged.digest == base.digest
    assert merged.sections is base.sections


def test_an_empty_overlay(base: Gathered) -> None:
    layer = overlay()
    merged = merge(base, layer)
    assert merged.manifest.name == "layer"
    assert merged.layers == (base, layer)
    assert {s: list(items) for s, items in merged.sections.items()} == {
        s: list(items) for s, items in base.sections.items()
    }


def test_digests(base: Gathered) -> None:
    """Of both layers: a change in either is another ruleset, and so is the base alone."""
    one, two = overlay(version="1.0"), overlay(version="1.1")
    digests = {merge(base).digest, merge(base, one).digest, merge(base, two).digest, one.digest}
    assert len(digests) == 4
    assert merge(base, overlay(version="1.0")).digest == merge(base, one).digest


PREFIXED: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "definitions": (DEFINITION, ["kem-a"], ["a", "kemenkumham", "kemenkumham-a", "kem"]),
    "violations": (VIOLATION, ["kem/a", "kem/a/b", "kem-a"], ["a/b", "kemen/a", "base/new"]),
    "permissions": (VIOLATION, ["kem/a"], ["a/b"]),
    "sanctions": (SANCTION, ["kem/a", "kem-a"], ["a", "heavy"]),
    "kinds": ({"says": WORDS}, ["kem-a"], ["a"]),
    "lists": (LIST, ["kem/a", "kem-a"], ["a", "kemen/a"]),
    "constraints": (CONSTRAINT, ["kem-a"], ["a"]),
    "transitions": (CONSTRAINT, ["kem-a"], ["a"]),
    "facts": (
        FACT,
        ["act.kem.a", "law.kem", "law.kem.a"],
        ["act.a", "law.a", "kem.a", "act.kemen.a"],
    ),
    "comparisons": (COMPARISON, ["subject.kem.a", "act.kem"], ["subject.a", "kem"]),
}
FREE = {
    "instruments": (INSTRUMENT, "any"),
    "provisions": (PROVISION, "any/1"),
    "questions": (QUESTION, "any"),
    "calendars": (CALENDAR, "any"),
}


@pytest.mark.parametrize(
    ("section", "key"), [(s, key) for s, (_, good, _) in PREFIXED.items() for key in good]
)
def test_ids_with_the_prefix(section: str, key: str, base: Gathered) -> None:
    merged = merge(base, overlay({section: {key: PREFIXED[section][0]}}))
    assert list(merged.sections[section]) == [*base.sections[section], key]


@pytest.mark.parametrize(
    ("section", "key"), [(s, key) for s, (_, _, bad) in PREFIXED.items() for key in bad]
)
def test_ids_without_the_prefix(section: str, key: str, base: Gathered) -> None:
    layer = overlay({section: {key: PREFIXED[section][0]}})
    assert problems(base, layer) == [(Code.OVERLAY, (section, key))]


@pytest.mark.parametrize("section", FREE)
def test_names_of_the_world_need_no_prefix(section: str, base: Gathered) -> None:
    doc, key = FREE[section]
    assert key in merge(base, overlay({section: {key: doc}})).sections[section]


STATED_AGAIN: list[tuple[str, str, dict[str, Any]]] = [
    ("definitions", "civil-servant", DEFINITION),
    ("violations", "base/support", VIOLATION),
    ("sanctions", "light", SANCTION),
    ("kinds", "reprimand", {"says": WORDS}),
    ("provisions", "pp-1/5", PROVISION),
    ("instruments", "pp-1", INSTRUMENT),
    ("questions", "who-counts", QUESTION),
    ("transitions", "discipline-new", CONSTRAINT),
]


@pytest.mark.parametrize(("section", "key", "doc"), STATED_AGAIN)
def test_an_item_stated_again(section: str, key: str, doc: dict[str, Any], base: Gathered) -> None:
    """Refused, unless it is named under `replaces`; then it takes the old one's place."""
    assert problems(base, overlay({section: {key: doc}})) == [(Code.OVERLAY, (section, key))]
    merged = merge(base, overlay({section: {key: doc}}, replaces=[key]))
    assert merged.replaced == (key,)
    assert list(merged.sections[section]) == list(base.sections[section])
    assert merged.sections[section][key].raw == doc
    assert base.sections[section][key].raw != doc


@pytest.mark.parametrize("key", ["nothing", "light", "kem/a"])
def test_what_replaces_nothing(key: str, base: Gathered) -> None:
    """Unknown, only in the base, only in the overlay."""
    layer = overlay({"violations": {"kem/a": VIOLATION}}, replaces=[key])
    assert problems(base, layer) == [(Code.OVERLAY, ("ruleset",))]


def fixed(base: Gathered, question: str, reading: str) -> Merged:
    fix = {"reading": reading, "decision": "No. 1"}
    return merge(base, overlay(fixes={question: fix}))


def test_fixes(base: Gathered) -> None:
    merged = fixed(base, "who-counts", "many")
    assert {k: (f.reading, f.decision) for k, f in merged.fixes.items()} == {
        "who-counts": ("many", "No. 1")
    }


def test_a_fix_of_a_question_of_the_overlay(base: Gathered) -> None:
    fix = {"reading": "a", "decision": "No. 1"}
    layer = overlay({"questions": {"own": QUESTION}}, fixes={"own": fix})
    assert merge(base, layer).fixes["own"].reading == "a"


@pytest.mark.parametrize(
    ("question", "reading", "path"),
    [
        ("nobody", "many", ("ruleset", "fixes", "nobody")),
        ("who-counts", "most", ("ruleset", "fixes", "who-counts", "reading")),
    ],
)
def test_fixes_of_what_is_not_there(
    question: str, reading: str, path: tuple[str, ...], base: Gathered
) -> None:
    with pytest.raises(Refused) as caught:
        fixed(base, question, reading)
    assert [(d.code, d.path) for d in caught.value.diagnostics] == [(Code.UNKNOWN_REFERENCE, path)]


@pytest.mark.parametrize(
    "manifest", [{"prefix": None}, {"over": "other"}, {"over": None}, {"over": "layer"}]
)
def test_an_overlay_names_its_base_and_its_prefix(manifest: dict[str, Any], base: Gathered) -> None:
    assert problems(base, overlay(**manifest)) == [(Code.OVERLAY, ("ruleset",))]


@pytest.mark.parametrize(
    "manifest",
    [{"fixes": {"q": {"reading": "a", "decision": "x"}}}, {"replaces": ["a"]}],
)
def test_only_an_overlay_fixes_and_replaces(manifest: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        merge(overlay(over=None, prefix=None, **manifest))
    assert [(d.code, d.path) for d in caught.value.diagnostics] == [(Code.OVERLAY, ("ruleset",))]


def test_every_problem_of_an_overlay(base: Gathered) -> None:
    layer = overlay(
        {
            "definitions": {"a": DEFINITION, "civil-servant": DEFINITION},
            "kinds": {"b": {"says": WORDS}},
        },
        replaces=["nothing"],
        fixes={"nobody": {"reading": "a", "decision": "x"}},
    )
    assert sorted(problems(base, layer)) == sorted(
        [
            (Code.OVERLAY, ("definitions", "a")),
            (Code.OVERLAY, ("definitions", "civil-servant")),
            (Code.OVERLAY, ("kinds", "b")),
            (Code.OVERLAY, ("ruleset",)),
            (Code.UNKNOWN_REFERENCE, ("ruleset", "fixes", "nobody")),
        ]
    )


def test_two_overlays_that_fix_one_question_alike_are_only_one_too_many() -> None:
    """Fixing it otherwise is told too (golden files); alike, it is nothing to tell."""
    fixes = {"who-counts": {"reading": "few", "decision": "No. 1"}}
    with pytest.raises(Refused) as refused:
        merge(overlay(fixes=fixes), overlay(fixes=fixes))
    assert [d.code for d in refused.value.diagnostics] == [Code.OVERLAY]
    assert "lies over nothing" in str(refused.value)
