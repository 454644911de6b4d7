"""Derivations of a ruleset: read as they are written, and their limits."""

from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.law.history import Derivation, Variable, pattern
from netralitas_rules.law.model import Text
from netralitas_rules.loading.diagnostics import Code, Diagnostic
from netralitas_rules.loading.gather import gather_documents, gather_folder
from netralitas_rules.loading.link import link
from netralitas_rules.loading.link_history import fnv1a
from netralitas_rules.loading.merge import merge
from tests.golden.harness import BASE

SAYS = {"id": "satu", "en": "one"}
DOCUMENTS = gather_folder(BASE).documents


def linked(history: dict[str, Any]) -> dict[str, Derivation]:
    documents = (*DOCUMENTS, ("history.yaml", {"history": history}))
    return dict(link(merge(gather_documents(documents))).history)


def problems(history: dict[str, Any]) -> list[Diagnostic]:
    with pytest.raises(nr.Refused) as caught:
        linked(history)
    return list(caught.value.diagnostics)


def derivation(number: int, *, premises: int = 1, fields: int = 0) -> dict[str, Any]:
    terms = dict(
        list({"record": "$r", "person": "p", "event": "e", "channel": "c"}.items())[:fields]
    )
    premise = {"is": "report", **terms}
    return {"says": SAYS, "all": [premise] * premises, "then": {"is": "derived", "x": f"v{number}"}}


def test_a_derivation_is_read_as_it_is_written() -> None:
    found = linked(
        {
            "repeat": {
                "says": SAYS,
                "basis": ["pp-1/5"],
                "all": [
                    {"is": "breach", "person": "$who", "finding": "$f"},
                    {"is": "sanction", "revoked": "no", "person": "$who"},
                ],
                "then": {"is": "repeats", "finding": "$f", "price": "US$ 5"},
            }
        }
    )
    who, finding = Variable("who"), Variable("f")
    assert found == {
        "repeat": Derivation(
            "repeat",
            Text("satu", "one"),
            ("pp-1/5",),
            (
                pattern("breach", {"finding": finding, "person": who}),
                pattern("sanction", {"person": who, "revoked": "no"}),
            ),
            pattern("repeats", {"finding": finding, "price": "US$ 5"}),
        )
    }
    (one,) = found.values()
    assert one.conditions == 6
    assert set(one.names()) == {
        *("repeat", "breach", "sanction", "repeats"),
        *("finding", "person", "revoked", "price", "who", "f"),
    }


def test_a_premise_may_take_what_another_concludes_whatever_the_order() -> None:
    later = {"says": SAYS, "all": [{"is": "derived", "x": "$x"}], "then": {"is": "a", "y": "$x"}}
    assert len(linked({"later": later, "earlier": derivation(1)})) == 2


def test_four_hundred_derivations_and_no_more() -> None:
    history = {f"d{n}": derivation(n) for n in range(400)}
    assert len(linked(history)) == 400
    (found,) = [
        p for p in problems({**history, "e": derivation(400)}) if "derivations" in p.message
    ]
    assert found.code is Code.BAD_DERIVATION
    assert (found.expected, found.found) == ("at most 400", "more, from `e` on")
    assert found.path == ("history", "e")
    assert found.help


def test_four_hundred_conditions_and_no_more() -> None:
    """A premise with four fields asks five things: 80 such premises are 400 conditions."""
    history = {f"d{n}": derivation(n, premises=10, fields=4) for n in range(8)}
    assert sum(one.conditions for one in linked(history).values()) == 400
    (found,) = problems({**history, "e": derivation(8), "f": derivation(9)})
    assert found.code is Code.BAD_DERIVATION
    assert found.message == "there are too many conditions in all premises together"
    assert (found.expected, found.found) == ("at most 400", "more, from `e` on")


def test_the_hash_is_fnv1a() -> None:
    """The published values of the empty text, `a` and `foobar`."""
    assert [fnv1a(name) for name in ("", "a", "foobar")] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]


def test_an_overlay_adds_derivations_under_its_prefix() -> None:
    rules = nr.load("kemenkumham")
    assert set(rules.plan.history) == set(nr.load("national").plan.history)
    base, overlay = (layer.documents for layer in rules.merged.layers)

    def over(name: str) -> int:
        more = ("more.yaml", {"history": {name: derivation(1)}})
        return len(link(merge(gather_documents(base), gather_documents((*overlay, more)))).history)

    assert over("kemenkumham-own") == len(rules.plan.history) + 1
    with pytest.raises(nr.Refused) as caught:
        over("own")
    assert [one.code for one in caught.value.diagnostics] == [Code.OVERLAY]
