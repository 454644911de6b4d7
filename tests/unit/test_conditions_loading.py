"""Compiling conditions: every form of a line against the values that it means."""

import datetime
from itertools import product
from typing import Any

import pytest

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.knowledge import Fact, Space
from netralitas_rules.facts.space import FactSpec, Kind, Origin
from netralitas_rules.loading.conditions import (
    MAX_CONDITION_DEPTH,
    Compiler,
    Place,
    breakpoints,
    heading,
    readings_used,
)
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.tree import parse

SPECS = {
    spec.path: spec
    for spec in (
        FactSpec("colour", Kind.ENUM, ("red", "green", "blue")),
        FactSpec("seen", Kind.BOOL, (True, False)),
        FactSpec("tags", Kind.LIST, ("a", "b", "c")),
        FactSpec("day", Kind.DATE),
        FactSpec("left_on", Kind.DATE, may_be_never=True),
        FactSpec("years", Kind.INTEGER),
        FactSpec("law.code", Kind.ENUM, ("old", "new"), origin=Origin.DERIVED),
        FactSpec("reading.which", Kind.ENUM, ("few", "many"), origin=Origin.READING),
        FactSpec("subject.kem.rank", Kind.ENUM, ("low", "high"), origin=Origin.FURTHER),
    )
}
NOWHERE = Place(None, ())
COLOURS = ("red", "green", "blue")
SUBSETS = [
    [t for t, take in zip("abc", bits, strict=True) if take] for bits in product([0, 1], repeat=3)
]
DAYS = [datetime.date(2024, 1, d).isoformat() for d in range(1, 32)]


def compiler(*raws: Any) -> Compiler:
    """A compiler over a space that has the breakpoints of these conditions."""
    breaks: dict[str, set[int]] = {}
    for path, first in breakpoints(list(raws), SPECS):
        breaks.setdefault(path, set()).add(first)
    named: dict[str, c.Condition] = {}
    made = Compiler(Space.build(SPECS.values(), breaks), lambda name, at: named.get(name))
    red = made.space.by_path["colour"]
    named["is-red"] = c.Test(red.index, red.bits["red"], red.full & ~red.bits["red"])
    seen = made.space.by_path["seen"]
    named["is-seen"] = c.Test(seen.index, seen.bits[True], seen.bits[False])
    return made


def holds(raw: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Whether a condition holds where all of its facts are known exactly."""
    made = compiler(raw)
    condition = made.condition(raw, NOWHERE)
    assert made.problems == []
    known = made.space.unknown
    for path, value in facts.items():
        fact = made.space.by_path[path]
        known &= ~fact.full | fact.encode(value)
    truth = condition.value(known)
    assert truth != c.OPEN
    return truth == c.TRUE


# -- one line


@pytest.mark.parametrize(
    ("test", "meets"),
    [
        ("red", {"red"}),
        (["red"], {"red"}),
        (["red", "blue"], {"red", "blue"}),
        (["red", "red"], {"red"}),
        ({"not": "red"}, {"green", "blue"}),
        ({"not": ["red"]}, {"green", "blue"}),
        ({"not": ["red", "blue"]}, {"green"}),
    ],
)
def test_values(test: Any, meets: set[str]) -> None:
    assert {v for v in COLOURS if holds({"colour": test}, {"colour": v})} == meets


@pytest.mark.parametrize(
    ("test", "meets"),
    [(True, {True}), (False, {False}), ([True], {True}), ({"not": True}, {False})],
)
def test_yes_and_no(test: Any, meets: set[bool]) -> None:
    assert {v for v in (True, False) if holds({"seen": test}, {"seen": v})} == meets


@pytest.mark.parametrize("members", [["a"], ["b", "c"], ["a", "b", "c"], ["a", "a"]])
@pytest.mark.parametrize("word", ["has", "any", "lacks"])
def test_lists(word: str, members: list[str]) -> None:
    wanted = set(members)
    meaning = {
        "has": wanted.issubset,
        "any": lambda value: bool(wanted & set(value)),
        "lacks": wanted.isdisjoint,
    }
    for value in SUBSETS:
        assert holds({"tags": {word: members}}, {"tags": value}) == meaning[word](value)


def test_several_words_about_one_list() -> None:
    test = {"tags": {"has": ["a"], "any": ["b", "c"], "lacks": ["c"]}}
    assert [v for v in SUBSETS if holds(test, {"tags": v})] == [["a", "b"]]


@pytest.mark.parametrize(
    ("test", "first", "last"),
    [
        ({"from": "2024-01-10"}, 10, 31),
        ({"until": "2024-01-10"}, 1, 10),
        ({"from": "2024-01-10", "until": "2024-01-20"}, 10, 20),
        ({"from": "2024-01-10", "until": "2024-01-10"}, 10, 10),
    ],
)
@pytest.mark.parametrize("path", ["day", "left_on"])
def test_days(path: str, test: Any, first: int, last: int) -> None:
    met = [day for day in DAYS if holds({path: test}, {path: day})]
    assert met == DAYS[first - 1 : last]
    if path == "left_on":
        assert not holds({path: test}, {path: "none"})


@pytest.mark.parametrize(("word", "never"), [("none", True), ("happened", False)])
def test_what_happened(word: str, never: bool) -> None:
    assert holds({"left_on": word}, {"left_on": "none"}) == never
    assert holds({"left_on": word}, {"left_on": "2024-01-10"}) == (not never)


@pytest.mark.parametrize(
    ("test", "met"),
    [
        ({"from": 5}, [5, 6, 99]),
        ({"until": 5}, [1, 4, 5]),
        ({"from": 4, "until": 5}, [4, 5]),
        ({"from": 6, "until": 6}, [6]),
    ],
)
def test_numbers(test: Any, met: list[int]) -> None:
    assert [n for n in (1, 4, 5, 6, 99) if holds({"years": test}, {"years": n})] == met


FAR = (-(10**15), -5, -1, 0, 1, 5, 3_652_059, 3_652_060, 10**7, 10**15)


@pytest.mark.parametrize("test", [{"until": 0}, {"until": -1}, {"from": 3_652_060}, {"until": 5}])
def test_numbers_that_are_no_days(test: dict[str, int]) -> None:
    low, high = test.get("from", -(10**16)), test.get("until", 10**16)
    other = {"all": [{"years": test}, {"not": {"years": {"from": 1}}}]}
    for number in FAR:
        assert holds({"years": test}, {"years": number}) == (low <= number <= high)
        assert holds(other, {"years": number}) == (low <= number <= high and number < 1)


def test_a_bound_elsewhere_does_not_change_this_one() -> None:
    """Two tests of one number in one ruleset: each means what it means alone."""
    made = compiler({"years": {"until": 5}}, {"years": {"from": 1}})
    fact = made.space.by_path["years"]
    test = made.condition({"years": {"until": 5}}, NOWHERE)
    assert test.value(made.space.unknown & ~fact.full | fact.encode(0)) == c.TRUE


# -- several lines


RED, SEEN = {"colour": "red"}, {"seen": True}


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [
        (RED | SEEN, lambda red, seen: red and seen),
        ({"all": [RED, SEEN]}, lambda red, seen: red and seen),
        ({"any": [RED, SEEN]}, lambda red, seen: red or seen),
        ({"any": [RED]}, lambda red, seen: red),
        ({"not": RED}, lambda red, seen: not red),
        ({"not": RED | SEEN}, lambda red, seen: not (red and seen)),
        ({"not": {"any": [RED, SEEN]}}, lambda red, seen: not (red or seen)),
        ({"not": {"not": {"all": [RED, {"not": SEEN}]}}}, lambda red, seen: red and not seen),
        (
            {"any": [{"all": [RED, SEEN]}, {"not": {"any": [RED, SEEN]}}]},
            lambda red, seen: red == seen,
        ),
        ({"is": "is-red"}, lambda red, seen: red),
        ({"is": ["is-red", "is-seen"]}, lambda red, seen: red and seen),
        ({"is": "is-red", "not": {"is": "is-seen"}}, lambda red, seen: red and not seen),
        ({"any": [RED, SEEN], "seen": True}, lambda red, seen: seen),
    ],
    ids=lambda part: str(part) if isinstance(part, dict) else "",
)
def test_operators(raw: dict[str, Any], meaning: Any) -> None:
    for colour, seen in product(COLOURS, (True, False)):
        found = holds(raw, {"colour": colour, "seen": seen})
        assert found == meaning(colour == "red", seen)


def nested(levels: int) -> dict[str, Any]:
    raw: dict[str, Any] = RED
    for _ in range(levels):
        raw = {"not": raw}
    return raw


def test_how_deep_a_condition_may_be() -> None:
    assert holds(nested(MAX_CONDITION_DEPTH), {"colour": "red"}) == (MAX_CONDITION_DEPTH % 2 == 0)
    made = compiler()
    made.condition(nested(MAX_CONDITION_DEPTH + 1), NOWHERE)
    assert [d.code for d in made.problems] == [Code.TOO_NESTED]


# -- what is wrong: collected, and the condition never holds


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (None, Code.BAD_CONDITION),
        ([], Code.BAD_CONDITION),
        ({}, Code.BAD_CONDITION),
        ("colour", Code.BAD_CONDITION),
        ({"all": []}, Code.BAD_CONDITION),
        ({"any": RED}, Code.BAD_CONDITION),
        ({"all": [5]}, Code.BAD_CONDITION),
        ({"shape": "round"}, Code.UNKNOWN_FACT),
        ({"colour": "pink"}, Code.UNKNOWN_VALUE),
        ({"colour": 5}, Code.UNKNOWN_VALUE),
        ({"colour": {"has": ["red"]}}, Code.UNKNOWN_VALUE),
        ({"colour": {"not": ["pink"]}}, Code.UNKNOWN_VALUE),
        ({"colour": [["red"]]}, Code.UNKNOWN_VALUE),
        ({"seen": "yes"}, Code.UNKNOWN_VALUE),
        ({"seen": 1}, Code.UNKNOWN_VALUE),
        ({"tags": ["a"]}, Code.UNKNOWN_VALUE),
        ({"tags": {"all": ["a"]}}, Code.UNKNOWN_VALUE),
        ({"tags": {"has": ["z"]}}, Code.UNKNOWN_VALUE),
        ({"tags": {"has": "a"}}, Code.UNKNOWN_VALUE),
        ({"tags": {"has": [["a"]]}}, Code.UNKNOWN_VALUE),
        ({"day": "2024-01-01"}, Code.UNKNOWN_VALUE),
        ({"day": "none"}, Code.UNKNOWN_VALUE),
        ({"day": {"from": "2024-02-30"}}, Code.BAD_DATE),
        ({"day": {"from": "0001-01-01"}}, Code.BAD_DATE),
        ({"day": {"until": "9999-12-31"}}, Code.BAD_DATE),
        ({"day": {"from": 2024}}, Code.BAD_DATE),
        ({"day": {"from": "2024-02-02", "until": "2024-02-01"}}, Code.BAD_VALIDITY),
        ({"left_on": "never"}, Code.UNKNOWN_VALUE),
        ({"years": 5}, Code.UNKNOWN_VALUE),
        ({"years": {"from": True}}, Code.UNKNOWN_VALUE),
        ({"years": {"from": "5"}}, Code.UNKNOWN_VALUE),
        ({"years": {"from": 10**15 + 1}}, Code.UNKNOWN_VALUE),
        ({"colour": []}, Code.BAD_CONDITION),
        ({"colour": list(COLOURS)}, Code.BAD_CONDITION),
        ({"colour": {"not": []}}, Code.BAD_CONDITION),
        ({"tags": {"has": ["a"], "lacks": ["a"]}}, Code.BAD_CONDITION),
    ],
    ids=str,
)
def test_conditions_that_are_refused(raw: Any, code: Code) -> None:
    made = compiler(raw)
    condition = made.condition(raw, NOWHERE)
    assert [d.code for d in made.problems] == [code]
    if "this line always" not in made.problems[0].message:
        assert condition.value(made.space.unknown) == c.FALSE


def test_every_problem_of_a_condition() -> None:
    made = compiler()
    made.condition({"colour": "pink", "any": [{"seen": 5}, {"not": {"shape": 1}}]}, NOWHERE)
    assert [d.path for d in made.problems] == [
        ("colour",),
        ("any", "0", "seen"),
        ("any", "1", "not", "shape"),
    ]


# -- gates


def gate(raw: Any) -> tuple[Compiler, list[tuple[set[str], list[tuple[str, list[Any]]]]]]:
    """The facts to be stated and the values allowed, by name."""
    made = compiler(raw)
    facts = made.space.facts
    found = [
        (
            {f.spec.path for f in facts if stated >> f.index & 1},
            [(facts[t.fact].spec.path, allowed_of(facts[t.fact], t)) for t in tests],
        )
        for stated, tests in made.gates(raw, NOWHERE)
    ]
    return made, found


def allowed_of(fact: Fact, test: c.Test) -> list[Any]:
    return [value for value, bit in fact.bits.items() if bit & test.allowed]


@pytest.mark.parametrize(
    ("raw", "gates"),
    [
        ({"colour": "red"}, [({"colour"}, [("colour", ["red"])])]),
        ({"colour": "stated"}, [({"colour"}, [])]),
        (
            {"colour": ["red", "blue"], "seen": "stated"},
            [({"colour", "seen"}, [("colour", ["red", "blue"])])],
        ),
        (
            [{"colour": "red"}, {"subject.kem.rank": "high"}],
            [
                ({"colour"}, [("colour", ["red"])]),
                ({"subject.kem.rank"}, [("subject.kem.rank", ["high"])]),
            ],
        ),
    ],
)
def test_gates(raw: Any, gates: Any) -> None:
    made, found = gate(raw)
    assert (made.problems, found) == ([], gates)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("colour", Code.BAD_CONDITION),
        ({}, Code.BAD_CONDITION),
        ([5], Code.BAD_CONDITION),
        ([{}], Code.BAD_CONDITION),
        ({"shape": "stated"}, Code.UNKNOWN_FACT),
        ({"law.code": "new"}, Code.BAD_CONDITION),
        ({"reading.which": "stated"}, Code.BAD_CONDITION),
        ({"colour": "pink"}, Code.UNKNOWN_VALUE),
        ({"is": "is-red"}, Code.UNKNOWN_FACT),
    ],
    ids=str,
)
def test_gates_that_are_refused(raw: Any, code: Code) -> None:
    made, _ = gate(raw)
    assert [d.code for d in made.problems] == [code]


# -- what a condition needs to be cut, and which readings it reads


def day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ({"day": {"from": "2024-01-01"}}, [("day", day("2024-01-01"))]),
        ({"day": {"until": "2024-01-01"}}, [("day", day("2024-01-02"))]),
        (
            {"day": {"from": "2024-01-01", "until": "2024-02-29"}},
            [("day", day("2024-01-01")), ("day", day("2024-03-01"))],
        ),
        ({"years": {"from": 5, "until": 9}}, [("years", 5), ("years", 10)]),
        ({"years": {"from": -5}}, [("years", -5)]),
        ({"needs": [{"not": {"day": {"until": "2024-01-01"}}}]}, [("day", day("2024-01-02"))]),
        ({"left_on": "none"}, []),
        ({"day": "2024-01-01"}, []),
        ({"day": {"from": "2024-02-30"}}, []),
        ({"day": {"from": "2024"}}, []),
        ({"day": {"from": 2024}}, []),
        ({"years": {"from": True}}, []),
        ({"years": {"from": "5"}}, []),
        ({"years": {"from": 10**16}}, []),
        ({"colour": {"from": "2024-01-01"}}, []),
        ({"title": "words", "norm": ["a"]}, []),
        ("words", []),
    ],
    ids=str,
)
def test_breakpoints(raw: Any, found: list[tuple[str, int]]) -> None:
    assert list(breakpoints(raw, SPECS)) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ({"reading.which": "few"}, ["which"]),
        (
            {"needs": {"a": {"not": {"any": [{"reading.which": "few"}, {"reading.x-y": "b"}]}}}},
            ["which", "x-y"],
        ),
        ({"reading": "which", "colour": "reading.which"}, []),
        ({5: {"reading.which": "few"}}, ["which"]),
        ([], []),
    ],
    ids=str,
)
def test_readings(raw: Any, found: list[str]) -> None:
    assert list(readings_used(raw)) == found


# -- the law heading

TEXT = """
violations:
  a/1: {title: {id: "Judul", en: "Title"}, says: {id: "Isi", en: "Words"}}
kinds:
  b: {says: {id: "Isi", en: "Words"}}
  c: {says: {en: "Words"}}
  d: words
  e: {says: words}
questions: {f: {asks: {id: "Tanya", en: "Asks"}}}
facts: {g: {label: {id: "Nama", en: "Label"}}}
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("violations", "a/1"), "Judul"),
        (("violations", "a/1", "needs", "x"), "Judul"),
        (("kinds", "b", "says"), "Isi"),
        (("kinds", "c"), ""),
        (("kinds", "d"), ""),
        (("kinds", "e"), ""),
        (("questions", "f"), "Tanya"),
        (("facts", "g"), "Nama"),
        (("kinds",), ""),
        ((), ""),
    ],
)
def test_headings(path: tuple[str, ...], text: str) -> None:
    assert heading(parse(TEXT, "a.yaml"), path) == text
    assert heading(None, path) == ""


def test_two_places_in_one_diagnostic() -> None:
    tree = parse(TEXT, "a.yaml")
    first, second = Place(tree, ("kinds", "b")), Place(tree, ("questions",)) / "f"
    found = first.diagnostic(Code.CYCLE, "m", of_key=True, also=second)
    assert [str(p) for p in found.positions] == ["a.yaml:5:3", "a.yaml:9:13"]
    assert (found.path, found.heading) == (("kinds", "b"), "Isi")
