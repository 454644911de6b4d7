"""The first promise in every state of knowledge: never refuted, and a wrong engine is noticed."""

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.prove import Proof, prove
from netralitas_rules.analysis.search import Search, SearchCut
from netralitas_rules.engine.conditions import OPEN, TRUE
from netralitas_rules.engine.evaluate import Evaluator, Formula
from netralitas_rules.engine.plan import Constraint

MOST = 800


def test_no_rule_is_refuted() -> None:
    found = list(prove(nr.load("national").plan, most=MOST))
    proofs = {p.rule: p.proof for p in found if p.states <= MOST}
    assert set(proofs.values()) == {Proof.PROVED}
    assert len(proofs) >= 15
    assert all(p.proof is Proof.TOO_MANY for p in found if p.states > MOST)


def test_an_engine_that_says_too_much_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Evaluator, "value", lambda *_: TRUE)
    found = [p for p in prove(nr.load("national").plan, most=MOST) if p.states <= MOST]
    assert {p.proof for p in found} == {Proof.REFUTED}


def test_an_engine_that_says_too_little_is_only_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Evaluator, "value", lambda *_: OPEN)
    found = [p for p in prove(nr.load("national").plan, most=MOST) if p.states <= MOST]
    assert {p.proof for p in found} == {Proof.SOUND}


def test_every_state_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a rule of which the constraints exclude no state."""
    asked: dict[int, list[int]] = {}
    value = Evaluator.value

    def listening(
        self: Evaluator, formula: Formula, known: int, constraints: tuple[Constraint, ...]
    ) -> int:
        asked.setdefault(formula.number, []).append(known & formula.fields)
        return value(self, formula, known, constraints)

    monkeypatch.setattr(Evaluator, "value", listening)
    found = list(prove(nr.load("national").plan, most=MOST))
    full = 0
    for number, proved in enumerate(found, start=1):
        states = asked.get(-number, [])
        assert len(states) <= proved.states
        full += len(states) == len(set(states)) == proved.states
    assert full >= 5


def test_a_search_that_is_cut_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object) -> None:
        raise SearchCut

    monkeypatch.setattr(Search, "find", cut)
    found = [p for p in prove(nr.load("national").plan, most=MOST) if p.states <= MOST]
    assert {p.proof for p in found} == {Proof.CUT}
