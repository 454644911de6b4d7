"""Linking: what becomes of the parts of a ruleset in the plan that the engine walks."""

import datetime
from typing import Any

import pytest

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.plan import Plan, Rule
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.space import ACT_DATE, Kind, Origin, vocabulary
from netralitas_rules.law.model import Scope, Text
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.gather import gather_documents, gather_folder
from netralitas_rules.loading.link import link
from netralitas_rules.loading.link_rules import MAX_CHAIN, MAX_TESTS
from netralitas_rules.loading.merge import Merged, merge
from netralitas_rules.loading.tree import MAX_DIAGNOSTICS
from netralitas_rules.ruleset import Ruleset
from tests.golden.harness import BASE

WORDS = {"id": "a", "en": "b"}
FILES = gather_folder(BASE).documents


def merged(manifest: dict[str, Any] | None = None, **sections: Any) -> Merged:
    """The base with more sections, and more keys in its manifest."""
    files = [(name, dict(content)) for name, content in FILES]
    for _, content in files:
        if "ruleset" in content:
            content["ruleset"] = content["ruleset"] | (manifest or {})
    return merge(gather_documents((*files, ("more.yaml", sections))))


def plan(**sections: Any) -> Plan:
    return link(merged(**sections))


def refused(**sections: Any) -> tuple[Diagnostic, ...]:
    with pytest.raises(Refused) as caught:
        plan(**sections)
    return caught.value.diagnostics


def violation(**more: Any) -> dict[str, Any]:
    return {
        "title": WORDS,
        "norm": ["pp-1/5"],
        "raised-by": {"act.conduct": "post"},
        "needs": {"who": "civil-servant"},
    } | more


def rule(section: str = "violations", **more: Any) -> tuple[Plan, Rule]:
    """A plan and its rule `base/x`."""
    made = plan(**{section: {"base/x": violation(**more)}})
    return made, next(r for r in made.rules if r.id == "base/x")


def question(**more: Any) -> dict[str, Any]:
    readings = {"few": {"says": WORDS, "sources": ["one"]}, "many": {"says": WORDS}}
    return {"kind": "computed", "asks": WORDS, "readings": readings, "why": WORDS} | more


READS = {"says": WORDS, "when": {"reading.which": "few"}}


def named(made: Plan, test: c.Test) -> tuple[str, list[Any]]:
    """The path of a test and the values that it allows."""
    fact = made.space.facts[test.fact]
    assert test.allowed | test.denied == fact.full
    assert not test.allowed & test.denied
    return fact.spec.path, [value for value, bit in fact.bits.items() if bit & test.allowed]


def lines(made: Plan, condition: c.Condition) -> list[tuple[str, list[Any]]]:
    return [named(made, test) for test in c.tests_of(condition)]


# -- rules


def test_a_rule() -> None:
    made, found = rule(scope="act", under={"law.discipline": ["pp-1"]}, questions=["who-counts"])
    assert (found.id, found.title, found.kind) == ("base/x", Text("a", "b"), "violation")
    assert (found.norm, found.scope, found.questions) == (("pp-1/5",), Scope.ACT, ("who-counts",))
    assert lines(made, found.under) == [("law.discipline", ["pp-1"])]
    assert found.check is None
    assert found.readings == ()


def test_violations_stand_before_permissions() -> None:
    made = plan(permissions={"base/p": violation(check=WORDS)}, violations={"base/x": violation()})
    assert [(r.id, r.kind, r.check) for r in made.rules] == [
        ("base/support", "violation", None),
        ("base/x", "violation", None),
        ("base/p", "permission", Text("a", "b")),
    ]


@pytest.mark.parametrize(
    ("raised_by", "name", "values"),
    [
        ({"act.conduct": "post"}, "conduct", [["post"]]),
        ({"act.conduct": ["post", "react"]}, "conduct", [["post", "react"]]),
        ([{"act.conduct": "post"}, {"act.conduct": "react"}], "conduct", [["post", "react"]]),
        (
            [{"act.conduct": "post"}, {"act.audience": "public"}],
            "raised-by",
            [["post"], ["public"]],
        ),
        ({"act.conduct": "post", "act.role": "stated"}, "conduct", [["post"]]),
        ({"act.audience": "public"}, "raised-by", [["public"]]),
        ({"act.audience": "stated"}, None, []),
        ([{"act.conduct": "post"}, {"act.audience": "stated"}], None, []),
        ([{"act.conduct": "post"}, {"act.conduct": {"not": "post"}}], None, []),
    ],
    ids=str,
)
def test_what_raises_a_rule_by_its_value_is_its_first_element(
    raised_by: Any, name: str | None, values: list[list[str]]
) -> None:
    made, found = rule(**{"raised-by": raised_by})
    first = found.elements[0]
    if name is None:
        assert [e.name for e in found.elements] == ["who"]
    else:
        assert (first.name, first.label, first.basis) == (name, None, ("pp-1/5",))
        assert [v for _, v in lines(made, first.condition)] == values


def test_the_three_forms_of_an_element() -> None:
    made, found = rule(
        needs={
            "named": "civil-servant",
            "plain": {"act.audience": "public"},
            "worded": {"says": WORDS, "basis": ["pp-1/8"], "when": {"act.audience": "private"}},
            "bare": {"says": WORDS, "when": {"is": "civil-servant"}},
        }
    )
    assert [(e.name, e.label and e.label.en, e.basis) for e in found.elements[1:]] == [
        ("named", "the subject is a PNS or CPNS", ("pp-1/5",)),
        ("plain", None, ()),
        ("worded", "b", ("pp-1/8",)),
        ("bare", "b", ()),
    ]
    assert lines(made, found.needs) == [
        ("act.conduct", ["post"]),
        ("subject.status", ["pns", "cpns"]),
        ("act.audience", ["public"]),
        ("act.audience", ["private"]),
        ("subject.status", ["pns", "cpns"]),
    ]


def exception(**more: Any) -> dict[str, Any]:
    return {"says": WORDS, "when": {"act.audience": "private"}} | more


def test_exceptions() -> None:
    made, found = rule(
        unless={
            "always": exception(basis=["pp-1/8"]),
            "asked": exception(**{"asked-when": {"act.medium": "print", "act.role": "stated"}}),
            "either": exception(
                **{"asked-when": [{"act.role": "stated"}, {"act.medium": "print"}]}
            ),
            "but": exception(**{"but-not": {"act.medium": "print", "act.role": "speaker"}}),
        }
    )
    always, asked, either, but = found.exceptions
    assert (always.name, always.label, always.basis) == ("always", Text("a", "b"), ("pp-1/8",))
    assert always.asked_when is None
    assert asked.asked_when is not None
    assert either.asked_when is not None
    assert (len(asked.asked_when), len(either.asked_when)) == (1, 2)
    assert lines(made, but.holds)[0] == ("act.audience", ["private"])
    fact = {path: made.space.by_path[path] for path in ("act.audience", "act.medium", "act.role")}
    for medium in ("print", "broadcast"):
        for role in ("speaker", "attendee"):
            known = made.space.unknown
            for path, value in (
                ("act.audience", "private"),
                ("act.medium", medium),
                ("act.role", role),
            ):
                known &= ~fact[path].full | fact[path].bits[value]
            taken_back = (medium, role) == ("print", "speaker")
            assert but.holds.value(known) == (c.FALSE if taken_back else c.TRUE)


def test_a_definition_is_compiled_once() -> None:
    """Used thrice and wrong once: told once."""
    found = refused(
        definitions={"wrong": {"says": WORDS, "when": {"subject.status": "pnss"}}},
        violations={
            f"base/{n}": violation(needs={"a": "wrong", "b": {"is": ["wrong", "civil-servant"]}})
            for n in "xyz"
        },
    )
    assert [(d.code, d.path[1]) for d in found] == [(Code.UNKNOWN_VALUE, "wrong")]


def test_a_definition_may_stand_after_its_use() -> None:
    made = plan(
        definitions={
            "a": {"says": WORDS, "when": {"is": "b"}},
            "b": {"says": WORDS, "when": {"act.audience": "public"}},
        },
        violations={"base/x": violation(needs={"a": "a"})},
    )
    condition = made.rules[-1].elements[-1].condition
    assert lines(made, condition) == [("act.audience", ["public"])]


def test_definitions_that_use_each_other_through_too_many_steps() -> None:
    count = MAX_CHAIN + 1
    chain: dict[str, Any] = {
        f"d{n}": {"says": WORDS, "when": {"is": f"d{n + 1}"}} for n in range(count)
    }
    chain[f"d{count}"] = {"says": WORDS, "when": {"act.audience": "public"}}
    found = refused(definitions=chain)
    assert [(d.code, d.path[1]) for d in found] == [(Code.TOO_NESTED, f"d{MAX_CHAIN}")]


def test_definitions_that_grow_too_large() -> None:
    """Each uses the one before ten times: small to write, too large put in."""
    test: dict[str, Any] = {"act.audience": "public"}
    grown = {"d0": {"says": WORDS, "when": {"any": [test] * 10}}}
    for n in range(1, 4):
        grown[f"d{n}"] = {"says": WORDS, "when": {"any": [{"is": f"d{n - 1}"}] * 10}}
    found = refused(definitions=grown)
    assert [(d.code, d.path[1]) for d in found] == [(Code.TOO_NESTED, "d2")]
    assert found[0].expected == f"at most {MAX_TESTS} tests"


# -- sanctions


def sanction(**more: Any) -> dict[str, Any]:
    return {
        "for": ["base/support"],
        "regime": "ethics",
        "rests-on": "decree",
        "allow": ["reprimand"],
        "basis": ["pp-1/8"],
    } | more


@pytest.mark.parametrize(
    ("targets", "rules"),
    [
        (["base/support"], ["base/support"]),
        (["base/x"], ["base/x"]),
        (["pp-1/5"], ["base/support", "base/x"]),
        (["pp-1/8"], ["base/x"]),
        (["base/x", "pp-1/8", "pp-1/5", "base/x"], ["base/support", "base/x"]),
    ],
)
def test_what_a_sanction_is_for(targets: list[str], rules: list[str]) -> None:
    """Ids of violations and provisions of their norm; each violation has a row once."""
    made = plan(
        violations={"base/x": violation(norm=["pp-1/5", "pp-1/8"])},
        permissions={"base/p": violation(norm=["pp-1/5", "pp-1/8"])},
        sanctions={"more": sanction(**{"for": targets})},
    )
    rows = {rule: [row.id for row in rows] for rule, rows in made.rows.items()}
    assert {rule for rule, ids in rows.items() if "more" in ids} == set(rules)
    assert all(ids.count("more") <= 1 for ids in rows.values())
    assert set(rows) == {"base/support", "base/x"}


def test_a_row() -> None:
    made = plan(
        definitions={"reads": READS},
        questions={"which": question()},
        sanctions={
            "more": sanction(
                when={"subject.status": "pns", "reading.which": "few"},
                regime="discipline",
                level="heavy",
                effective={"end-of-month": "subject.party.joined_on"},
                note=WORDS,
                questions=["who-counts"],
            )
        },
    )
    row = made.rows["base/support"][-1]
    *own, (day, _) = lines(made, row.when)
    assert own == [("subject.status", ["pns"]), ("reading.which", ["few"])]
    assert day == "act.date", "what bears the row has its days"
    assert (row.regime, row.level, row.rests_on) == ("discipline", "heavy", "decree")
    assert (row.allow, row.basis, row.questions) == (("reprimand",), ("pp-1/8",), ("who-counts",))
    assert (row.effective, row.note) == ("subject.party.joined_on", Text("a", "b"))
    assert row.readings == (made.space.by_path["reading.which"].index,)
    assert [path for path, _ in lines(made, made.rows["base/support"][0].when)] == ["act.date"]


# -- questions


def test_questions_and_their_readings() -> None:
    made = plan(
        definitions={"reads": READS | {"when": {"reading.which": "few", "reading.open": "few"}}},
        questions={
            "which": question(default="many", about=["pp-1/5"]),
            "open": question(),
            "weigh": question(kind="discretion"),
        },
    )
    which = made.questions["which"]
    assert (which.default, which.fixed, which.about) == ("many", None, ("pp-1/5",))
    assert [(r.id, r.sources) for r in which.readings] == [("few", ("one",)), ("many", ())]
    paths = [made.space.facts[index].spec.path for index in made.readings]
    assert sorted(paths) == ["reading.open", "reading.which"]
    by_path = made.space.by_path
    assert made.base & by_path["reading.which"].full == by_path["reading.which"].bits["many"]
    assert made.base | by_path["reading.which"].full == made.space.unknown
    assert made.labels["reading.which"] == Text("a", "b")
    assert made.value_labels["reading.which", "few"] == Text("a", "b")


@pytest.mark.parametrize(
    "sections",
    [
        {"definitions": {"x": READS}},
        {"violations": {"base/x": violation(needs={"a": {"not": {"reading.which": "few"}}})}},
        {
            "violations": {
                "base/x": violation(unless={"a": exception(when={"reading.which": "few"})})
            }
        },
        {"sanctions": {"more": sanction(when={"any": [{"reading.which": "few"}]})}},
        {
            "constraints": {
                "x": {
                    "says": WORDS,
                    "when": {"reading.which": "few"},
                    "then": {"act.medium": "print"},
                }
            }
        },
    ],
    ids=lambda sections: next(iter(sections)),
)
def test_a_question_is_computed_wherever_it_is_read(sections: dict[str, Any]) -> None:
    """In any condition of any section; then its kind must say so."""
    assert "which" in plan(questions={"which": question()}, **sections).questions
    found = refused(questions={"which": question(kind="note")}, **sections)
    assert {d.code for d in found} == {Code.QUESTION_KIND, Code.UNKNOWN_FACT}
    assert [d.code for d in refused(questions={"which": question()})] == [Code.QUESTION_KIND]


def test_constraints_that_read_a_question_are_known() -> None:
    constraint = {"says": WORDS, "when": {"reading.which": "few"}, "then": {"act.medium": "print"}}
    made = plan(questions={"which": question()}, constraints={"x": constraint})
    assert made.constraint_readings == {made.space.by_path["reading.which"].index}
    assert (
        plan(questions={"which": question()}, definitions={"x": READS}).constraint_readings == set()
    )


# -- facts


FACTS = {
    "law.kind": {"label": WORDS, "derived": True, "values": {"a": WORDS, "b": WORDS}},
    "law.yes": {"label": WORDS, "derived": True, "kind": "bool"},
    "act.kem.tags": {"label": WORDS, "kind": "list", "values": {"a": WORDS, "b": WORDS}},
    "act.kem.day": {"label": WORDS, "kind": "date", "question": {"id": "Kapan?", "en": "When?"}},
    "act.kem.pages": {"label": WORDS, "kind": "integer"},
}


def test_declared_facts() -> None:
    made = plan(facts=FACTS)
    specs = {path: made.space.by_path[path].spec for path in FACTS}
    assert {path: (s.kind, s.values, s.may_be_never, s.origin) for path, s in specs.items()} == {
        "law.kind": (Kind.ENUM, ("a", "b"), False, Origin.DERIVED),
        "law.yes": (Kind.BOOL, (True, False), False, Origin.DERIVED),
        "act.kem.tags": (Kind.LIST, ("a", "b"), False, Origin.FURTHER),
        "act.kem.day": (Kind.DATE, (), True, Origin.FURTHER),
        "act.kem.pages": (Kind.INTEGER, (), False, Origin.FURTHER),
    }
    assert made.asks == {"act.kem.day": Text("Kapan?", "When?")}
    assert set(FACTS) <= set(made.labels)
    assert made.value_labels["act.kem.tags", "b"] == Text("a", "b")


def test_the_vocabulary_is_always_there() -> None:
    made = plan()
    assert set(vocabulary()) <= set(made.space.by_path)
    assert all(made.space.by_path[path].spec == spec for path, spec in vocabulary().items())


def test_days_at_which_the_law_or_a_test_changes() -> None:
    made = plan(
        instruments={"pp-2": {"title": WORDS, "short": WORDS, "valid": {"until": "2022-05-31"}}},
        provisions={
            "pp-2/1": {"says": WORDS, "mark": "A", "text": "seen", "source": "x"},
        },
        definitions={
            "x": {
                "says": WORDS,
                "when": {"act.date": {"from": "2023-01-01", "until": "2023-12-31"}},
            }
        },
    )
    days = ["2020-01-01", "2022-06-01", "2023-01-01", "2024-01-01"]
    breaks = made.space.by_path[ACT_DATE].breaks
    assert [datetime.date.fromordinal(n).isoformat() for n in breaks] == days


def test_comparisons_and_what_settles_them() -> None:
    """The sources of a derived fact are the stated facts behind it, through other derived ones."""
    derived = {"label": WORDS, "derived": True, "values": {"a": WORDS, "b": WORDS}}
    made = plan(
        facts={"law.first": derived, "law.second": derived, "law.alone": derived},
        comparisons={
            "subject.party.order": {
                "label": WORDS,
                "compare": "subject.party.joined_on",
                "with": "act.date",
            }
        },
        transitions={
            "one": {
                "says": WORDS,
                "when": {"subject.party.order": "after"},
                "then": {"law.first": "a"},
            },
            "two": {
                "says": WORDS,
                "when": {"law.first": "a", "subject.unit": "school"},
                "then": {"law.second": "a"},
            },
            "back": {
                "says": WORDS,
                "when": {"law.second": "b", "subject.party.order": "before"},
                "then": {"law.first": "b"},
            },
        },
    )
    sources = {made.space.facts[f].spec.path: paths for f, paths in made.sources.items()}
    through = ("act.date", "subject.party.joined_on")
    assert sources["subject.party.order"] == through
    assert sources["law.first"] == sources["law.second"] == (*through, "subject.unit")
    assert sources["law.alone"] == ()
    order = made.space.by_path["subject.party.order"]
    assert order.spec.values == ("before", "same_day", "after", "never", "no_reference")
    assert set(made.compared) == {order.index}
    assert [(x.fact, x.first, x.second) for x in made.comparisons] == [
        (order.index, "subject.party.joined_on", "act.date")
    ]


def test_slices_are_the_bodies_of_law_that_rules_are_under() -> None:
    made = plan(
        facts={"law.other": FACTS["law.kind"], "law.unused": FACTS["law.kind"]},
        violations={"base/x": violation(under={"law.other": "a"})},
    )
    fields = [made.space.by_path[path].full for path in ("law.discipline", "law.other")]
    assert sorted(made.slices) == sorted(fields)


def test_a_constraint_of_several_lines_is_several() -> None:
    made = plan(
        constraints={
            "x": {
                "says": WORDS,
                "when": {"act.audience": "public"},
                "then": {"act.medium": "print", "subject.status": {"not": ["tni"]}},
                "basis": ["pp-1/5"],
            }
        }
    )
    own = [con for con in made.constraints if con.id == "x"]
    assert [(con.says, con.basis) for con in own] == [(Text("a", "b"), ("pp-1/5",))] * 2
    assert [named(made, con.then)[0] for con in own] == ["act.medium", "subject.status"]
    assert [con.id for con in made.constraints][:2] == ["discipline-new", "discipline-old"]


# -- law


def provision(**more: Any) -> dict[str, Any]:
    return {"says": WORDS, "mark": "A", "text": "seen", "source": "x"} | more


def test_validity() -> None:
    made = plan(
        instruments={
            "pp-2": {
                "title": WORDS,
                "short": {"id": "PP 2", "en": "GR 2"},
                "valid": {"from": "2020-01-01", "until": "2024-12-31"},
            },
            "pp-3": {"title": WORDS, "short": WORDS},
        },
        provisions={
            "pp-2": provision(),
            "pp-2/1/2": provision(),
            "pp-2/3": provision(valid={"from": "2021-01-01", "until": "2021-12-31"}),
            "pp-2/4": provision(cite=WORDS),
            "pp-3/1": provision(),
        },
    )
    found = {key: made.provisions[key].validity for key in ("pp-2", "pp-2/3", "pp-3/1")}
    assert {key: (str(v.first), str(v.last)) for key, v in found.items()} == {
        "pp-2": ("2020-01-01", "2024-12-31"),
        "pp-2/3": ("2021-01-01", "2021-12-31"),
        "pp-3/1": ("None", "None"),
    }
    cites = {key: made.provisions[key].cite.en for key in ("pp-2", "pp-2/1/2", "pp-2/4")}
    assert cites == {"pp-2": "GR 2", "pp-2/1/2": "GR 2 Article 1 paragraph (2)", "pp-2/4": "b"}


def test_a_provision_ends_with_its_instrument() -> None:
    made = plan(
        instruments={
            "pp-2": {"title": WORDS, "short": WORDS, "valid": {"until": "2024-12-31"}},
        },
        provisions={"pp-2/1": provision(valid={"from": "2021-01-01"})},
    )
    assert made.provisions["pp-2/1"].validity.last == datetime.date(2024, 12, 31)


def test_a_validity_of_one_day() -> None:
    valid = {"from": "2024-01-01", "until": "2024-01-01"}
    made = plan(instruments={"pp-2": {"title": WORDS, "short": WORDS, "valid": valid}})
    assert made.provisions


def test_kinds() -> None:
    made = plan(kinds={"more": {"says": WORDS, "basis": ["pp-1/8"]}})
    assert made.kinds["more"].says == Text("a", "b")
    assert (made.kinds["more"].basis, made.kinds["reprimand"].basis) == (("pp-1/8",), ("pp-1/8",))


def test_no_more_than_so_many_problems() -> None:
    wrong = {"says": WORDS, "when": {"act.audience": "nowhere"}}
    found = refused(definitions={f"d{n}": wrong for n in range(60)})
    assert [d.path[1] for d in found] == [f"d{n}" for n in range(MAX_DIAGNOSTICS)]


# -- the residual question


def residual(day: str, **when: Any) -> str | None:
    rules = Ruleset(merged({"residual": {"question": "who-counts", "when": when}}))
    content = {"subjects": [{"status": "pns"}], "acts": [{"conduct": "vote", "date": day}]}
    return rules.decide(Incident.model_validate(content), as_of="2025-01-01").residual


@pytest.mark.parametrize(("status", "stands"), [("pns", True), ("tni", False)])
def test_for_whom_the_residual_question_stands(status: str, stands: bool) -> None:
    assert (residual("2022-01-01", **{"subject.status": status}) == "who-counts") == stands


def test_when_the_residual_question_stands() -> None:
    when = {"act.date": {"from": "2021-06-01"}}
    assert residual("2021-06-01", **when) == "who-counts"
    assert residual("2021-05-31", **when) is None


def test_the_residual_question_may_turn_on_another() -> None:
    manifest = {"residual": {"question": "who-counts", "when": {"reading.which": "few"}}}
    assert link(merged(manifest, questions={"which": question()}))


# -- what the digest stands for


def test_the_same_digest_is_the_same_decision() -> None:
    first = {"one": {"act.audience": "public"}, "two": {"subject.status": "pns"}}
    second = dict(reversed(first.items()))
    content = {"subjects": [{"status": "pns"}], "acts": [{"conduct": "post", "audience": "public"}]}
    incident = Incident.model_validate(content)
    found = set()
    for needs in (first, second):
        rules = Ruleset(merged(violations={"base/x": violation(needs=needs)}))
        found.add((rules.digest, rules.decide(incident, as_of="2025-01-01").to_json()))
    assert len({digest for digest, _ in found}) == len(found)
