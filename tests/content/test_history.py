"""The national derivations on records of one person: what they say follows, and nothing else."""

from collections.abc import Iterable

import pytest

import netralitas_rules as nr
from netralitas_rules.history.chainer import chain
from netralitas_rules.history.durable import cross_check
from netralitas_rules.history.model import Chained, RecordFact, record
from netralitas_rules.law.history import BASE_RECORDS, Derivation, Variable
from netralitas_rules.loading.link_history import derivations
from netralitas_rules.loading.linking import Context
from netralitas_rules.testing.mutants import mutants, with_mutant

RULES = nr.load("national")
DERIVATIONS: tuple[Derivation, ...] = tuple(RULES.plan.history.values())

REPORTS = (
    record("a", "report", record="a", person="p", event="e1", channel="bawaslu"),
    record("b", "report", record="b", person="p", event="e1", channel="siapnet"),
    record("c", "report", record="c", person="p", event="e2", channel="public"),
    record("x", "report", record="x", person="p", channel="public"),
    record("y", "report", record="y", person="p", channel="public"),
)
"""`x` and `y` do not say of which event: they are not of one."""
STEPS = (
    record("s1", "step", record="r", matter="m1", kind="recommendation", by="bawaslu"),
    record("s2", "step", record="d", kind="decision", by="ppk", decides="yes"),
    record("s3", "step", record="v", kind="delivery", by="ppk"),
    record("s4", "step", record="o", kind="objection", by="person"),
    record("s5", "step", record="w", kind="review", by="ppk", decides="yes"),
    record("s6", "step", record="n", matter="m9", kind="summons", by="direct_superior"),
    record("f1", "follows", record="r", earlier="a"),
    record("f2", "follows", record="d", earlier="r"),
    record("f3", "follows", record="v", earlier="d"),
    record("f4", "follows", record="o", earlier="v"),
    record("f5", "follows", record="w", earlier="o"),
    record("f6", "follows", record="d", earlier="c"),
)
"""The decision `d` answers a recommendation on `a`, and `c`: their matters are one."""


def sanction(id: str, **otherwise: str) -> RecordFact:
    """A discipline sanction that counts, but for these fields."""
    fields = {
        "record": id,
        "person": "p",
        "nature": "neutrality",
        "regime": "discipline",
        "regulation": "pp-94-2021",
        "level": "medium",
        "in_force": "yes",
        "revoked": "no",
        "moral": "no",
    }
    return record(f"sanction-{id}", "sanction", **{**fields, **otherwise})


NOT_COUNTED = (
    sanction("ethics", regime="ethics"),
    sanction("moral", moral="yes"),
    sanction("revoked", revoked="yes"),
    sanction("not-yet", in_force="no"),
    sanction("unclear", in_force="unknown"),
    sanction("other", nature="attendance"),
    sanction("another", person="q"),
)
SANCTIONS = (
    record("breach", "breach", finding="f", person="p", nature="neutrality", clause="5/n/2"),
    sanction("counts"),
    *NOT_COUNTED,
)
SUPERIORS = (
    record("k1", "informed", superior="head", record="a"),
    record("k2", "acted", superior="head", record="a", done="no"),
    record("k3", "informed", superior="chief", record="b"),
    record("k4", "acted", superior="chief", record="b", done="yes"),
    record("k5", "acted", superior="nobody", record="a", done="no"),
    record("k6", "informed", superior="ppk", record="z"),
    record("k7", "acted", superior="ppk", record="z", done="no"),
    record("s7", "step", record="z", kind="examination", by="direct_superior"),
    record("k8", "acted", superior="head", record="b", done="no"),
    record("k9", "informed", superior="ppk", record="d"),
    record("k10", "acted", superior="ppk", record="d", done="no"),
    record("k11", "acted", superior="other", record="z", done="no"),
    record("k12", "informed", superior="late", record="z"),
    record("k13", "acted", superior="late", record="z", done="yes"),
    record("k14", "acted", superior="ppk", record="a", done="no"),
    record("k15", "informed", superior="mixed", record="a"),
    record("k16", "acted", superior="mixed", record="c", done="no"),
    record("k17", "informed", superior="mixed", record="z"),
    record("k18", "informed", superior="else", record="b"),
    record("k19", "acted", superior="else", record="z", done="no"),
)
ALL = (*REPORTS, *STEPS, *SANCTIONS, *SUPERIORS)


def chained(facts: Iterable[RecordFact] = ALL) -> Chained:
    return chain(DERIVATIONS, facts)


def held(found: Iterable[RecordFact], *fields: str) -> set[tuple[str, ...]]:
    return {tuple(fact.values[field] for field in fields) for fact in found}


def test_reports_of_one_event_are_joined() -> None:
    assert held(chained().of("same_event"), "one", "other") == {
        *((one, other) for one in "ab" for other in "ab"),
        ("c", "c"),
    }


def test_what_one_record_belongs_to_is_one_matter() -> None:
    found = chained()
    assert held(found.of("joined", one="e1"), "other") == {("e1",), ("e2",), ("m1",)}
    for matter in ("e1", "e2", "m1"):
        assert held(found.of("in_matter", matter=matter), "record") == {*zip("abcrdvow")}
    assert held(found.of("in_matter", matter="m9"), "record") == {("n",)}
    assert found.of("in_matter", record="x") == ()


def test_a_chain_is_followed_to_its_end() -> None:
    found = chained()
    assert held(found.of("led_to", earlier="a"), "later") == {*zip("rdvow")}
    assert held(found.of("led_to", later="d"), "earlier") == {*zip("acr")}
    steps = {"recommendation", "decision", "delivery", "objection", "review"}
    assert held(found.of("reached", record="a"), "kind") == {(step,) for step in steps}
    assert found.of("reached", record="w") == ()
    assert found.of("reached", record="n", kind="decision") == ()


def test_a_report_is_answered_where_another_of_its_event_is() -> None:
    found = chained()
    assert found.of("reached", record="b") == ()
    assert held(found.of("answered", record="b", kind="decision"), "step") == {("d",)}
    assert found.of("answered", record="x") == ()


@pytest.mark.parametrize("under", ["pp-94-2021", "pp-53-2010"])
def test_only_a_discipline_sanction_in_force_for_the_same_counts(under: str) -> None:
    assert held(chained().of("repeats", under=under), "finding", "sanction") == {("f", "counts")}


def test_a_superior_who_knew_and_is_recorded_as_not_acting() -> None:
    found = chained().of("did_not_act")
    assert held(found, "superior", "record", "duty", "under") == {
        ("head", "a", "examine", "pp-94-2021"),
        ("ppk", "z", "punish", "pp-94-2021"),
        ("ppk", "z", "punish", "pp-53-2010"),
    }


def test_both_engines_agree_on_it() -> None:
    """Or the second says why it does not answer."""
    assert cross_check(DERIVATIONS, ALL).state in ("agreed", "unavailable")


def test_every_mutant_of_a_derivation_shows() -> None:
    """With a premise or a field left out these records lead to something else."""
    right = {fact.id for fact in chained().derived}
    survived, tried = [], 0
    for mutant in mutants(RULES):
        if mutant.section != "history":
            continue
        ctx = Context(with_mutant(RULES.merged, mutant))
        changed = derivations(ctx).values()
        tried += 1
        if not ctx.problems and {fact.id for fact in chain(changed, ALL).derived} == right:
            survived.append(str(mutant))
    assert tried > 50
    assert survived == [], survived


def test_what_cites_nothing_only_orders_records() -> None:
    """A derivation about a duty or a sanction rests on law."""
    about_law = {"sanction", "breach", "acted", "informed"}
    for derivation in DERIVATIONS:
        kinds = {premise.kind for premise in derivation.premises}
        assert bool(derivation.basis) == bool(kinds & about_law), derivation.id


def test_every_value_that_is_asked_for_is_one_that_files_hold() -> None:
    """`kind` of a step is a word of case files, yes-no fields hold yes and no."""
    from typing import get_args

    from netralitas_rules.facts.casefile import Record
    from netralitas_rules.law.model import Regime

    steps = {
        word
        for model in get_args(get_args(Record)[0])
        for word in get_args(model.model_fields["step"].annotation)
    }
    known = {
        ("step", "kind"): steps,
        ("sanction", "regime"): set(Regime),
        **{("sanction", name): {"yes", "no"} for name in ("in_force", "revoked", "moral")},
        ("acted", "done"): {"yes", "no"},
    }
    for derivation in DERIVATIONS:
        for premise in derivation.premises:
            for field, term in premise.terms:
                if premise.kind in BASE_RECORDS and not isinstance(term, Variable):
                    assert term in known[premise.kind, field]
