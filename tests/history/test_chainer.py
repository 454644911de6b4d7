"""The chainer that decides: equal to the definition, whatever the order, within its limits."""

import pickle
from random import Random

import pytest
from hypothesis import given, settings

from netralitas_rules.history import chainer
from netralitas_rules.history.chainer import chain
from netralitas_rules.history.durable import conclusions
from netralitas_rules.history.model import (
    Activation,
    ChainCode,
    Chained,
    RecordFact,
    derived_id,
    record,
)
from netralitas_rules.law.history import Derivation, Variable, pattern
from netralitas_rules.loading.diagnostics import Diagnostic, Refused
from tests.history.generated import BASE, WORDS, Generated, cases, dense
from tests.history.naive import naive
from tests.strategies import examples

Fields = dict[str, str]


def derivation(id: str, premises: list[tuple[str, Fields]], then: tuple[str, Fields]) -> Derivation:
    """From texts, of which `$name` is a variable."""

    def terms(fields: Fields) -> dict[str, str | Variable]:
        return {f: Variable(t[1:]) if t[0] == "$" else t for f, t in fields.items()}

    return Derivation(
        id,
        WORDS,
        (),
        tuple(pattern(k, terms(f)) for k, f in premises),
        pattern(then[0], terms(then[1])),
    )


NEXT = derivation("next", [("b", {"x": "$u", "y": "$v"})], ("p", {"x": "$u", "y": "$v"}))
FURTHER = derivation(
    "further",
    [("p", {"x": "$u", "y": "$v"}), ("b", {"x": "$v", "y": "$w"})],
    ("p", {"x": "$u", "y": "$w"}),
)
PATHS = (NEXT, FURTHER)


def line(length: int, *, back: bool = False) -> list[RecordFact]:
    """Records that lead from 0 to 1, from 1 to 2 and so on; with `back` to 0 again."""
    pairs = [(n, n + 1) for n in range(length)] + ([(length, 0)] if back else [])
    return [record(f"n{one:04}", "b", x=f"{one:04}", y=f"{other:04}") for one, other in pairs]


def chained(*facts: RecordFact, rules: tuple[Derivation, ...] = PATHS) -> Chained:
    return chain(rules, facts, vocabulary=BASE)


def refused(*facts: RecordFact, rules: tuple[Derivation, ...] = PATHS) -> list[Diagnostic]:
    with pytest.raises(Refused) as caught:
        chained(*facts, rules=rules)
    return list(caught.value.diagnostics)


# -- equal to the definition


@settings(max_examples=examples(300))
@given(cases())
def test_drawn_cases_come_to_what_the_definition_says(case: Generated) -> None:
    found = chain(case.derivations, case.facts, vocabulary=BASE)
    assert conclusions(found) == naive(case.derivations, case.facts)


def test_dense_cases_come_to_what_the_definition_says() -> None:
    """In two of three something follows; recursion, several premises of a kind, fields left out."""
    derived = steps = 0
    for seed in range(examples(1500)):
        case = dense(seed)
        found = chain(case.derivations, case.facts, vocabulary=BASE)
        assert conclusions(found) == naive(case.derivations, case.facts), seed
        derived += bool(found.derived)
        steps = max(steps, *(found.why(fact)[-1].steps for fact in found.derived), 0)
    assert derived > examples(1500) // 2
    assert steps >= 4


def test_the_order_of_facts_and_derivations_does_not_matter() -> None:
    random = Random(0)
    for seed in range(examples(300)):
        case = dense(seed)
        first = chain(case.derivations, case.facts, vocabulary=BASE)
        facts, rules = list(case.facts), list(case.derivations)
        random.shuffle(facts)
        random.shuffle(rules)
        again = chain(rules, facts, vocabulary=BASE)
        assert again == first
        assert list(again.activations) == list(first.activations)


# -- what it answers


def test_one_fact_for_one_content_with_every_way_to_it() -> None:
    twice = (record("n1", "b", x="1", y="2"), record("n2", "b", x="1", y="2"))
    found = chained(*twice)
    (fact,) = found.derived
    assert fact.id == 'p{"x":"1","y":"2"}' == derived_id("p", (("y", "2"), ("x", "1")))
    assert found.activations == {
        fact.id: (Activation("next", ("n1",)), Activation("next", ("n2",)))
    }


def test_one_record_may_fit_two_premises() -> None:
    pairs = derivation("pairs", [("c", {"x": "$u"}), ("c", {"x": "$u"})], ("q", {"x": "$u"}))
    found = chained(record("n1", "c", x="1"), rules=(pairs,))
    assert found.activations == {'q{"x":"1"}': (Activation("pairs", ("n1", "n1")),)}


def test_a_field_that_is_not_stated_matches_nothing() -> None:
    same = derivation("same", [("b", {"x": "$u", "y": "$u"})], ("q", {"x": "$u"}))
    free = derivation("free", [("b", {"y": "$u"})], ("q", {"x": "known"}))
    facts = (record("n1", "b", x="1"), record("n2", "b", x="1", y="2"), record("n3", "b"))
    found = chained(*facts, rules=(same, free))
    assert [fact.id for fact in found.derived] == ['q{"x":"known"}']
    assert found.activations['q{"x":"known"}'] == (Activation("free", ("n2",)),)


def test_facts_are_found_by_kind_and_fields() -> None:
    found = chained(*line(2))
    assert found.of("p", x="0000") == (
        record('p{"x":"0000","y":"0001"}', "p", x="0000", y="0001"),
        record('p{"x":"0000","y":"0002"}', "p", x="0000", y="0002"),
    )
    assert found.of("b", x="0000", y="0001") == (line(2)[0],)
    assert found.of("b", x="0000", y="0002") == ()
    assert found.of("nothing") == ()


def test_a_field_may_be_called_kind() -> None:
    assert chain((), [record("s", "step", kind="decision")]).of("step", kind="decision")


def test_nothing_follows_from_nothing() -> None:
    assert chained() == Chained((), (), {})


# -- why


def test_why_goes_down_to_records_and_never_in_circles() -> None:
    found = chained(*line(3, back=True))
    (fact,) = found.of("p", x="0000", y="0000")
    reasons = found.why(fact)
    assert reasons[-1].fact == fact
    assert [reason.steps for reason in reasons] == [0, 0, 0, 0, 1, 2, 3, 4]
    seen: set[str] = set()
    for reason in reasons:
        assert bool(reason.ways) == (reason.steps > 0)
        assert all(seen.issuperset(way.premises) for way in reason.ways)
        seen.add(reason.fact.id)


def test_why_holds_in_every_dense_case() -> None:
    for seed in range(examples(200)):
        case = dense(seed)
        found = chain(case.derivations, case.facts, vocabulary=BASE)
        for fact in found.derived:
            seen: set[str] = set()
            for reason in found.why(fact):
                assert all(seen.issuperset(way.premises) for way in reason.ways)
                assert set(reason.ways) <= set(found.activations.get(reason.fact.id, ()))
                assert reason.ways or reason.fact in case.facts
                seen.add(reason.fact.id)
            assert fact.id in seen


def test_a_long_chain_is_no_trouble() -> None:
    """A path of 1,000 records, told by the path from its start only."""
    start = derivation("start", [("b", {"x": "0000", "y": "$u"})], ("q", {"x": "$u"}))
    step = derivation(
        "step", [("q", {"x": "$u"}), ("b", {"x": "$u", "y": "$v"})], ("q", {"x": "$v"})
    )
    found = chained(*line(1000), rules=(start, step))
    assert len(found.derived) == 1000
    (last,) = found.of("q", x="1000")
    assert [reason.steps for reason in found.why(last)] == [0] * 1000 + list(range(1, 1001))
    assert pickle.loads(pickle.dumps(found)) == found


# -- limits


def test_what_does_not_fit_is_refused_all_at_once() -> None:
    twice = record("n1", "b", x="1")
    other = record("n2", "bb")
    field = record("n3", "b", xx="1")
    double = RecordFact("n4", "b", (("x", "1"), ("x", "2")))
    found = refused(twice, twice, other, field, double)
    assert [(one.code, one.found) for one in found] == [
        (ChainCode.DUPLICATE_RECORD, "`n1` again"),
        (ChainCode.UNKNOWN_RECORD_KIND, "`bb`"),
        (ChainCode.UNKNOWN_RECORD_FIELD, "`xx`"),
        (ChainCode.UNKNOWN_RECORD_FIELD, "`x`"),
    ]
    assert all(one.message and one.expected for one in found)
    assert found[1].help == "did you mean `b`?"


def test_too_many_records() -> None:
    facts = [record(f"n{n}", "b") for n in range(chainer.MAX_RECORDS + 1)]
    (found,) = refused(*facts)
    assert (found.code, found.expected, found.found) == (
        ChainCode.TOO_MANY_RECORDS,
        "at most 5,000 records",
        "5,001",
    )
    assert len(chained(*facts[1:]).base) == 5000


def test_too_much_follows() -> None:
    """315 records in a row lead to 49,770 pairs, 316 to more than 50,000."""
    assert len(chained(*line(315)).derived) == 315 * 316 // 2
    (found,) = refused(*line(316))
    assert (found.code, found.expected) == (
        ChainCode.TOO_MANY_DERIVED,
        "at most 50,000 derived facts",
    )
    assert found.help


def test_too_much_work() -> None:
    """A derivation whose premises share nothing tries every pair."""
    pairs = derivation("pairs", [("c", {"x": "$u"}), ("c", {"x": "$v"})], ("q", {"x": "1"}))
    facts = [record(f"n{n}", "c", x=str(n)) for n in range(800)]
    (found,) = refused(*facts, rules=(pairs,))
    assert (found.code, found.expected) == (
        ChainCode.TOO_MUCH_WORK,
        "at most 500,000 facts tried at a premise",
    )


def test_the_same_limit_is_met_whatever_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chainer, "MAX_DERIVED", 500)
    facts = line(40)
    first = refused(*facts)
    Random(1).shuffle(facts)
    assert refused(*facts) == first


def test_an_id_that_something_derived_has() -> None:
    (found,) = refused(record('p{"x":"1","y":"2"}', "b", x="1", y="2"))
    assert (found.code, found.found) == (ChainCode.TAKEN_ID, '`p{"x":"1","y":"2"}`')
