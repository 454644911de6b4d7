"""The first promise in every state of knowledge: never refuted, and a wrong engine is noticed."""

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.prove import Proof, prove
from netralitas_rules.engine.conditions import TRUE
from netralitas_rules.engine.evaluate import Evaluator

MOST = 300


def test_no_rule_is_refuted() -> None:
    found = list(prove(nr.load("national").plan, most=MOST))
    proofs = {p.rule: p.proof for p in found if p.states <= MOST}
    assert Proof.PROVED in proofs.values()
    assert Proof.REFUTED not in proofs.values()
    assert all(p.proof is Proof.TOO_MANY for p in found if p.states > MOST)


def test_an_engine_that_says_too_much_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Evaluator, "value", lambda *_: TRUE)
    found = [p for p in prove(nr.load("national").plan, most=MOST) if p.states <= MOST]
    assert {p.proof for p in found} == {Proof.REFUTED}
