"""Diagnostics: their text and JSON, and how pydantic's errors become them."""

import datetime
import json
import pickle
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.diagnostics import (
    Code,
    Diagnostic,
    Position,
    Refused,
    listing,
    render,
    shown,
    suggest,
)
from netralitas_rules.loading.documents import RulesetFile
from netralitas_rules.loading.tree import MAX_DIAGNOSTICS, parse
from netralitas_rules.loading.validate import diagnostics_of

PLACE = Position("a.yaml", 12, 5, 4, "abc defg hij", ("a", "b"))
OTHER = Position("b.yaml", 3, 1, 3, "abc")
FULL = Diagnostic(
    Code.UNKNOWN_KEY,
    "there is no `defg` here",
    expected="`defh`",
    found="`defg`",
    help="did you mean `defh`?",
    positions=(PLACE, OTHER),
    path=("a", "b"),
    heading="PP 1",
)

# -- text and JSON


def test_the_whole_text() -> None:
    assert render(FULL) == str(FULL) == FULL_TEXT


FULL_TEXT = """\
a.yaml:12:5: error[unknown-key]: there is no `defg` here
  in a > b (PP 1)
   12 | abc defg hij
      |     ^^^^
  see also b.yaml:3:1
    3 | abc
      | ^^^
  expected: `defh`
  found:    `defg`
  help:     did you mean `defh`?"""


@pytest.mark.parametrize(
    ("diagnostic", "text"),
    [
        (Diagnostic(Code.EMPTY, "nothing"), "error[empty]: nothing"),
        (Diagnostic(Code.EMPTY, "nothing", heading="PP 1"), "error[empty]: nothing\n  in PP 1"),
        (Diagnostic(Code.EMPTY, "nothing", path=("a",)), "error[empty]: nothing\n  in a"),
        (
            Diagnostic(Code.EMPTY, "nothing", positions=(Position("a", 1, 1),)),
            "a:1:1: error[empty]: nothing",
        ),
    ],
)
def test_parts_of_the_text(diagnostic: Diagnostic, text: str) -> None:
    assert render(diagnostic) == text


@pytest.mark.parametrize(
    ("line", "column", "length"),
    [("x" * 1000, 1, 3), ("x" * 1000, 500, 3), ("x" * 1000, 999, 2), ("x" * 1000, 80, 400)],
)
def test_a_long_line_is_cut_around_the_caret(line: str, column: int, length: int) -> None:
    marked = line[: column - 1] + "Y" * length + line[column - 1 + length :]
    position = Position("a", 1, column, length, marked)
    _, text, carets = render(Diagnostic(Code.EMPTY, "m", positions=(position,))).split("\n")
    assert len(text) <= 200
    under = [
        letter for letter, caret in zip(text, carets.ljust(len(text)), strict=True) if caret == "^"
    ]
    assert under == ["Y"] * min(length, text.count("Y"))
    assert "Y" in under


def test_what_cannot_be_printed_takes_its_place() -> None:
    position = Position("a", 1, 5, 1, "a\tb\x07Xc")
    text = render(Diagnostic(Code.EMPTY, "m", positions=(position,)))
    assert text.split("\n")[1:] == ["    1 | a b Xc", "      |     ^"]


def test_json_has_the_same_keys_always() -> None:
    empty = Diagnostic(Code.EMPTY, "m").as_json()
    full = FULL.as_json()
    assert set(empty) == set(full)
    assert json.loads(json.dumps(full)) == full
    assert full["code"] == "unknown-key"
    assert full["positions"][0] == {
        "source": "a.yaml",
        "line": 12,
        "column": 5,
        "length": 4,
        "text": "abc defg hij",
    }


def test_a_refusal() -> None:
    refused = Refused([FULL, Diagnostic(Code.EMPTY, "nothing")], record=7)
    assert str(refused) == FULL_TEXT + "\n\nerror[empty]: nothing"
    copy = pickle.loads(pickle.dumps(refused))
    assert (copy.diagnostics, copy.record) == (refused.diagnostics, 7)
    assert Refused([]).record is None


@pytest.mark.parametrize(
    ("word", "known", "help_"),
    [
        ("statsu", ["status", "post"], "did you mean `status`?"),
        ("colour", ["status", "post"], ""),
        ("x", [], ""),
        ("status", iter(["statu", "status"]), "did you mean `status`?"),
    ],
)
def test_suggestions(word: str, known: Any, help_: str) -> None:
    assert suggest(word, known) == help_


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([], ""),
        (["a"], "`a`"),
        (["a", "b"], "`a` or `b`"),
        (["a", "b", "c"], "`a`, `b` or `c`"),
        ([True, False], "`true` or `false`"),
        (list("abcde"), "`a`, `b`, `c`, `d` or one of 1 more"),
    ],
)
def test_listings(values: list[object], text: str) -> None:
    assert listing(values, limit=4) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "nothing (null)"),
        (True, "true"),
        (5, "`5`"),
        ("a\n  b", "`a b`"),
        ([1, 2], "a list of 2"),
        ((), "a list of 0"),
        ({}, "an empty mapping"),
        ({"a": 1, "b": 2}, "a mapping with `a` or `b`"),
        ("x" * 100, "`" + "x" * 56 + "..."),
    ],
)
def test_found_values(value: object, text: str) -> None:
    assert shown(value) == text
    assert len(text) <= 60


# -- from pydantic


def diagnosed(model: Any, text: str) -> list[Diagnostic]:
    tree = parse(text, "a.yaml")
    with pytest.raises(ValidationError) as caught:
        model.model_validate(tree.plain())
    return diagnostics_of(
        caught.value, model, locate=lambda loc, of_key: tree.position(loc, of_key=of_key)
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("x: 1", "format"),
        ("report: {x: 1}", "channel"),
        ("subjects: [{x: 1}]", "heads_unit"),
        ("subjects: [{}, {x: 1}]", "heads_unit"),
        ("subjects: [{identity: {x: 1}}]", "nip"),
        ("subjects: [{cltn: {x: 1}}]", "in_force_from"),
        ("subjects: [{earlier_sanctions: [{regime: ethics, x: 1}]}]", "revoked"),
        ("acts: [{photo: {x: 1}}]", "gesture"),
        ("evidence: [{kind: photo, x: 1}]", "sha256"),
    ],
)
def test_unknown_keys_of_an_incident(text: str, known: str) -> None:
    """The keys that stand there are named, however deep it is."""
    found = diagnosed(Incident, text if "subjects" in text else f"{text}\nsubjects: [{{}}]")
    (diagnostic,) = found
    assert diagnostic.code is Code.UNKNOWN_KEY
    assert f"`{known}`" in diagnostic.expected
    assert diagnostic.path[-1] == "x"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("x: 1", "violations"),
        ("ruleset: {x: 1}", "prefix"),
        ("ruleset: {title: {x: 1}}", "en"),
        ("ruleset: {fixes: {a: {x: 1}}}", "decision"),
        ("instruments: {a: {valid: {x: 1}}}", "until"),
        ("provisions: {a: {cite: {x: 1}}}", "en"),
        ("facts: {a.b: {values: {c: {x: 1}}}}", "en"),
        ("violations: {a: {x: 1}}", "raised-by"),
        ("violations: {a: {unless: {b: {x: 1}}}}", "asked-when"),
        ("permissions: {a: {x: 1}}", "check"),
        ("sanctions: {a: {x: 1}}", "rests-on"),
        ("sanctions: {a: {effective: {x: 1}}}", "end-of-month"),
        ("questions: {a: {readings: {b: {x: 1}}}}", "sources"),
        ("comparisons: {a: {x: 1}}", "with"),
        ("calendars: {a: {contests: {b: {quiet: {x: 1}}}}}", "from"),
    ],
)
def test_unknown_keys_of_a_ruleset(text: str, known: str) -> None:
    """As they are written in a file, with `-`, not as they are named in Python."""
    unknown = [d for d in diagnosed(RulesetFile, text) if d.code is Code.UNKNOWN_KEY]
    (diagnostic,) = unknown
    assert f"`{known}`" in diagnostic.expected or "one of" in diagnostic.expected
    assert "_`" not in diagnostic.expected
    assert diagnostic.path[-1] == "x"


def test_in_the_order_of_the_file() -> None:
    text = "acts: [{date: x}]\nsubjects: [{status: x}]\nelection: x\nbeneficiaries: 5\nid: 5"
    found = diagnosed(Incident, text)
    assert [d.positions[0].line for d in found] == [1, 2, 3, 4, 5]


def test_a_list_is_not_too_short_because_its_item_was_refused() -> None:
    assert [d.path for d in diagnosed(Incident, "subjects: [x]")] == [("subjects", "0")]
    assert [d.path for d in diagnosed(Incident, "subjects: []")] == [("subjects",)]


def test_no_more_than_so_many() -> None:
    acts = ", ".join(["{date: x}"] * 60)
    assert len(diagnosed(Incident, f"subjects: [{{}}]\nacts: [{acts}]")) == MAX_DIAGNOSTICS


def test_without_places() -> None:
    with pytest.raises(ValidationError) as caught:
        Incident.model_validate({"subjects": [{"statsu": "pns"}]})
    (diagnostic,) = diagnostics_of(caught.value, Incident, locate=lambda *_: None)
    assert diagnostic.positions == ()
    assert diagnostic.path == ("subjects", "0", "statsu")
    assert diagnostic.help == "did you mean `status`?"


def test_the_heading_of_an_error() -> None:
    with pytest.raises(ValidationError) as caught:
        RulesetFile.model_validate({"kinds": {"a": {"says": {"id": "a"}}}})
    (diagnostic,) = diagnostics_of(
        caught.value, RulesetFile, locate=lambda *_: None, heading=lambda loc: f"under {loc[1]}"
    )
    assert (diagnostic.code, diagnostic.heading) == (Code.MISSING_KEY, "under a")


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("subjects: [{status: x}]", Code.UNKNOWN_VALUE, "subjects 0 status"),
        ("subjects: [{status: [pns]}]", Code.WRONG_TYPE, "subjects 0 status"),
        (
            "subjects: [{party: {joined_on: 2023-05, left_party_on: 2023-04-30}}]",
            Code.DATE_ORDER,
            "subjects 0 party left_party_on",
        ),
        (
            "subjects: [{cltn: {in_force_from: 2024-02-01, in_force_until: 2023}}]",
            Code.DATE_ORDER,
            "subjects 0 cltn in_force_until",
        ),
        ("subjects: [{status: {one_of: [x]}}]", Code.UNKNOWN_VALUE, "subjects 0 status"),
        ("subjects: [{heads_unit: 1}]", Code.UNKNOWN_VALUE, "subjects 0 heads_unit"),
        ("subjects: [{key: a b}]", Code.WRONG_TYPE, "subjects 0 key"),
        ("subjects: [{party: {joined_on: x}}]", Code.BAD_DATE, "subjects 0 party joined_on"),
        ("subjects: [{cltn: 5}]", Code.WRONG_TYPE, "subjects 0 cltn"),
        ("subjects: [{key: a}, {key: b}]\nacts: [{conduct: vote}]", Code.MISSING_KEY, "acts 0 by"),
        ("subjects: 5", Code.WRONG_TYPE, "subjects"),
        ("format: 2\nsubjects: [{}]", Code.UNKNOWN_FORMAT, "format"),
        ("id: 5\nsubjects: [{}]", Code.WRONG_TYPE, "id"),
        ("id: ''\nsubjects: [{}]", Code.WRONG_TYPE, "id"),
        ("{}", Code.MISSING_KEY, "subjects"),
        ("subjects: [{}]\nevidence: [{}]", Code.MISSING_KEY, "evidence 0 kind"),
        ("subjects: [{}]\nevidence: [{kind: x}]", Code.UNKNOWN_VALUE, "evidence 0 kind"),
        ("subjects: [{key: a}, {key: a}]", Code.DUPLICATE_ITEM, "subjects 1 key"),
        ("subjects: [{key: a}]\nacts: [{by: [b]}]", Code.UNKNOWN_REFERENCE, "acts 0 by 0"),
    ],
)
def test_kinds_of_errors(text: str, code: Code, path: str) -> None:
    (diagnostic,) = diagnosed(Incident, text)
    assert diagnostic.code is code
    assert diagnostic.path == tuple(path.split())


def test_identity_is_never_found() -> None:
    """What stands under `identity` is not told, whatever is wrong with it."""
    text = "subjects: [{identity: {name: 1985, nip: [1985], sex: {a: 1985}, religion: true}}]"
    found = diagnosed(Incident, text)
    assert {d.path[-1] for d in found} == {"name", "nip", "sex", "religion"}
    assert [d.found for d in found] == [""] * 4


class Hours(BaseModel):
    hours: datetime.timedelta


def test_what_has_no_words_of_its_own_is_told_in_those_of_pydantic() -> None:
    with pytest.raises(ValidationError) as caught:
        Hours.model_validate({"hours": "many"})
    (found,) = diagnostics_of(caught.value, Hours, locate=lambda *_: PLACE)
    assert (found.code, found.positions) == (Code.WRONG_TYPE, (PLACE,))
    assert found.message.startswith("`hours`: input should be a valid")


def test_of_several_values_the_wrong_one_is_found() -> None:
    with pytest.raises(ValidationError) as caught:
        Incident.model_validate({"subjects": [{"status": {"one_of": ["pns", "asn"]}}]})
    (found,) = diagnostics_of(caught.value, Incident, locate=lambda *_: PLACE)
    assert found.found == "`asn`"


def test_a_long_value_is_cut_to_one_line() -> None:
    assert shown("x" * 58) == f"`{'x' * 58}`"
    assert shown("x" * 59) == f"`{'x' * 56}..."


@pytest.mark.parametrize(
    ("governs", "named"), [("today", "`governs`"), (["act", "today"], "`governs[1]`")]
)
def test_one_value_in_place_of_a_list_is_named_as_its_key(governs: Any, named: str) -> None:
    content = {"provisions": {"law/1": {"governs": governs}}}
    tree = parse(json.dumps(content), "a.json", json=True)
    with pytest.raises(ValidationError) as caught:
        RulesetFile.model_validate(content)
    told = diagnostics_of(
        caught.value, RulesetFile, locate=lambda loc, of_key: tree.position(loc, of_key=of_key)
    )
    assert [named in d.message for d in told if d.code is Code.UNKNOWN_VALUE] == [True]


def test_dates_that_may_be_in_order_are() -> None:
    party = {"joined_on": "2023-05", "left_party_on": "2023-05"}
    cltn = {"in_force_from": "2024-01-02", "in_force_until": "none"}
    Incident.model_validate({"subjects": [{"party": party, "cltn": cltn}]})
