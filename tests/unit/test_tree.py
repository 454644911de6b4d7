"""The strict reader: what a scalar becomes, which traps are refused, where everything stands."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from netralitas_rules.loading import source, tree
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.source import Source, decode, masked
from netralitas_rules.loading.tree import MAX_DEPTH, MAX_DIAGNOSTICS, parse
from tests.content.files import RULE_FILES

NAME = "a.yaml"


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each test runs under both parsers."""
    loader = yaml.CSafeLoader if request.param == "libyaml" else tree.PureParser
    monkeypatch.setattr(tree, "_PARSER", loader)
    name: str = request.param
    return name


def refused(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(Refused) as caught:
        parse(text, NAME)
    return caught.value.diagnostics


def underlined(diagnostic: Diagnostic, which: int = 0) -> str:
    position = diagnostic.positions[which]
    return position.text[position.column - 1 : position.column - 1 + position.length]


# -- scalars

VALUES: list[tuple[str, Any]] = [
    ("true", True),
    ("false", False),
    ('"true"', "true"),
    ("'false'", "false"),
    ("0", 0),
    ("-0", 0),
    ("+7", 7),
    ("-12", -12),
    ("123456789012345", 123456789012345),
    ("'0123'", "0123"),
    ('"1.5"', "1.5"),
    ("2024-01-31", "2024-01-31"),
    ("2024-01", "2024-01"),
    ("1.2.3", "1.2.3"),
    ("1a", "1a"),
    ("-", None),
    ("-a", "-a"),
    ("+", "+"),
    (".", "."),
    ("...a", "...a"),
    ("none", "none"),
    ("nil", "nil"),
    ("=", "="),
    ('""', ""),
    ('"~"', "~"),
    ('"yes"', "yes"),
    ("yess", "yess"),
    ("nO", "nO"),
    ("a b", "a b"),
    ("|-\n  no", "no"),
    (">-\n  1.5\n  2", "1.5 2"),
    ('"a\n  b"', "a b"),
    ("a\n  b", "a b"),
    ("[]", []),
    ("{}", {}),
    ("[1, [true, a]]", [1, [True, "a"]]),
    ("{a: {b: [c]}}", {"a": {"b": ["c"]}}),
    ("\n  - a\n  - b: 1", ["a", {"b": 1}]),
    ("NaN", "NaN"),
    ("0x", "0x"),
    ("1_", None),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "value"), [(text, value) for text, value in VALUES if value is not None]
)
def test_what_a_scalar_becomes(text: str, value: Any) -> None:
    found = parse(f"key: {text}\n", NAME).plain()
    assert found == {"key": value}
    assert type(found["key"]) is type(value)


TRAPS = {
    Code.NULL: ["~", "null", "Null", "NULL", ""],
    Code.BOOLEAN_WORD: [
        word
        for base in ("yes", "no", "on", "off", "y", "n")
        for word in (base, base.capitalize(), base.upper())
    ]
    + ["True", "TRUE", "False", "FALSE"],
    Code.NUMBER_FORM: [
        "00",
        "010",
        "-01",
        "+00",
        "08",
        "1234567890123456",
        "-1234567890123456",
        "198501012010011001",
        "1.0",
        "1.",
        ".5",
        "-.5",
        "1e3",
        "1E-3",
        "1.5e+3",
        "1_000",
        "1_",
        "0x1F",
        "0o17",
        "0b11",
        "12:30",
        "1:2:3",
        ".inf",
        "-.Inf",
        ".NAN",
    ],
}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in TRAPS.items() for text in texts]
)
def test_traps(code: Code, text: str) -> None:
    """Refused under its code, alone, as a value and in a list, and underlined from end to end."""
    for before, after in (("key: ", "\n"), ("key:\n  - ", "\n"), ("key: [a, ", " ,b]")):
        if text or after == "\n":
            (diagnostic,) = refused(before + text + after)
            assert diagnostic.code is code
            assert underlined(diagnostic).strip() == text
            assert str(diagnostic.positions[0]).startswith(NAME)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", [t for texts in TRAPS.values() for t in texts])
def test_quoted_traps_are_texts(text: str) -> None:
    assert parse(f"a: \"{text}\"\nb: '{text}'\n", NAME).plain() == {"a": text, "b": text}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("yes", Code.BOOLEAN_WORD),
        ("No", Code.BOOLEAN_WORD),
        ("n", Code.BOOLEAN_WORD),
        ("True", Code.BOOLEAN_WORD),
        ("~", Code.KEY_NOT_TEXT),
        ("null", Code.KEY_NOT_TEXT),
        ("<<", Code.KEY_NOT_TEXT),
        ("[a]", Code.KEY_NOT_TEXT),
        ("{a: b}", Code.KEY_NOT_TEXT),
    ],
)
def test_keys_that_are_refused(key: str, code: Code) -> None:
    (diagnostic,) = refused(f"? {key}\n: value\n")
    assert diagnostic.code is code
    assert key.startswith(underlined(diagnostic))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("key", ["true", "false", "1", "010", "1.5", "2024-01-31", "none"])
def test_keys_are_texts(key: str) -> None:
    """A key needs no type: what would be a number elsewhere is a text here."""
    assert parse(f"{key}: value\n", NAME).plain() == {key: "value"}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("key", ["yes", "~", "<<", "null", ""])
def test_quoted_keys_are_texts(key: str) -> None:
    assert parse(f'"{key}": value\n', NAME).plain() == {key: "value"}


# -- structure


@pytest.mark.usefixtures("parser")
def test_a_key_twice_shows_both_places() -> None:
    (diagnostic,) = refused("a: 1\nb: {c: 1, d: 2, c: 3}\n")
    assert diagnostic.code is Code.DUPLICATE_KEY
    assert [str(p) for p in diagnostic.positions] == [f"{NAME}:2:17", f"{NAME}:2:5"]
    assert [underlined(diagnostic, n) for n in (0, 1)] == ["c", "c"]


@pytest.mark.usefixtures("parser")
def test_the_same_key_in_other_mappings() -> None:
    text = "a: {a: {a: 1}}\nb: [{a: 1}, {a: 2}]\n"
    assert parse(text, NAME).plain() == {"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 2}]}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "code", "mark"),
    [
        ("a: &b c", Code.YAML_ALIAS, "&b c"),
        ("a: *b", Code.YAML_ALIAS, "*b"),
        ("? &b a\n: c", Code.YAML_ALIAS, "&b a"),
        ("a: [&b c]", Code.YAML_ALIAS, "&b c"),
        ("a: &b {c: d}", Code.YAML_ALIAS, "&b {"),
        ("a: !!int 1", Code.YAML_TAG, "!!int 1"),
        ("a: !x y", Code.YAML_TAG, "!x y"),
        ("a: ! y", Code.YAML_TAG, "! y"),
        ("a: !!set {b, c}", Code.YAML_TAG, "!!set {"),
        ("!!map {a: b}", Code.YAML_TAG, "!!map {"),
        ("a: 1\n---\nb: 2", Code.YAML_SEVERAL_DOCUMENTS, "---"),
    ],
)
def test_what_yaml_has_and_we_have_not(text: str, code: Code, mark: str) -> None:
    (diagnostic,) = refused(text)
    assert diagnostic.code is code
    assert underlined(diagnostic) == mark


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["", "\n\n", "# a comment", "   \n"])
def test_nothing_at_all(text: str) -> None:
    assert [d.code for d in refused(text)] == [Code.EMPTY]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["---\na: 1\n", "a: 1\n...\n", "%YAML 1.1\n---\na: 1\n"])
def test_one_document_may_be_marked(text: str) -> None:
    assert parse(text, NAME).plain() == {"a": 1}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["\ta: 1", "%YAML 1.1\na: 1", "%TAG\n---\na: 1", "a: 1\n b: 2"])
def test_syntax(text: str) -> None:
    (diagnostic,) = refused(text)
    assert diagnostic.code is Code.YAML_SYNTAX
    assert diagnostic.help


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("escape", ["\\U00110000", "\\UFFFFFFFF"])
def test_an_escape_that_is_no_character(escape: str) -> None:
    """The pure parser does not say where it stands: then the text begins there."""
    (diagnostic,) = refused(f'key: "{escape}"\n')
    assert diagnostic.code is Code.YAML_SYNTAX
    assert underlined(diagnostic) in ("k", escape[2])


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("key", [False, True])
def test_depth(key: bool) -> None:
    opening, closing = ("{a: ", "}") if key else ("[", "]")
    inside = "b"
    assert parse(opening * MAX_DEPTH + inside + closing * MAX_DEPTH, NAME).plain()
    (diagnostic,) = refused(opening * (MAX_DEPTH + 1) + inside + closing * (MAX_DEPTH + 1))
    assert diagnostic.code is Code.TOO_DEEP
    assert diagnostic.positions[0].column == len(opening) * MAX_DEPTH + 1


@pytest.mark.usefixtures("parser")
def test_traps_before_a_syntax_error_are_told_too() -> None:
    found = refused("a: yes\nb: [1\n")
    assert [d.code for d in found] == [Code.BOOLEAN_WORD, Code.YAML_SYNTAX]


@pytest.mark.usefixtures("parser")
def test_no_more_than_so_many() -> None:
    assert len(refused("[" + "yes, " * 100 + "]")) == MAX_DIAGNOSTICS


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\x00", "1:2"),
        ("a: b\nc: d\x07", "2:5"),
        ("é: ü\nö: d\x07", "2:5"),
    ],
)
def test_characters_that_no_text_has(
    text: str, place: str, parser: str, request: pytest.FixtureRequest
) -> None:
    (diagnostic,) = refused(text)
    assert diagnostic.code is Code.YAML_SYNTAX
    assert diagnostic.found == f"U+{ord(text[-1]):04X}"
    assert str(diagnostic.positions[0]) == f"{NAME}:{place}"


# -- places

TEXT = """\
one: 1
two:
  three: [a, bb, {four: ccc}]
  "five": "d"
six: >-
  several
  lines
"""


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("path", "of_key", "place", "mark"),
    [
        ([], False, "1:1", "o"),
        (["one"], False, "1:6", "1"),
        (["one"], True, "1:1", "one"),
        (["two"], False, "2:1", "two"),
        (["two", "three"], False, "3:3", "three"),
        (["two", "three", 1], False, "3:14", "bb"),
        (["two", "three", 1], True, "3:14", "bb"),
        (["two", "three", 2, "four"], False, "3:25", "ccc"),
        (["two", "three", 2, "four"], True, "3:19", "four"),
        (["two", "three", 2], False, "3:18", "{"),
        (["two", "three", 9], False, "3:3", "three"),
        (["two", "three", "x"], False, "3:3", "three"),
        (["two", "none"], True, "2:1", "two"),
        (["two", "five"], False, "4:11", '"d"'),
        (["one", "more"], False, "1:6", "1"),
        (["six"], False, "5:6", ">"),
        (["six"], True, "5:1", "six"),
    ],
)
def test_places(path: list[str | int], of_key: bool, place: str, mark: str) -> None:
    """The value at a path, or its key; for what is missing the deepest that is there."""
    position = parse(TEXT, NAME).position(path, of_key=of_key)
    assert str(position) == f"{NAME}:{place}"
    assert position.text == TEXT.splitlines()[position.line - 1]
    assert position.text[position.column - 1 : position.column - 1 + position.length] == mark
    assert position.path == tuple(str(step) for step in path)


@pytest.mark.usefixtures("parser")
def test_the_place_of_a_quoted_key() -> None:
    position = parse(TEXT, NAME).position(["two", "five"], of_key=True)
    assert position.length in (len('"five"'), len("five"))
    start = position.column - 1
    assert position.text[start : start + position.length].strip('"') == "five"


def test_places_behind_other_lines() -> None:
    found = parse("a: b\nc: d", NAME, first_line=10)
    assert str(found.position(["c"])) == f"{NAME}:11:4"
    assert found.position(["c"]).text == "c: d"


@pytest.mark.usefixtures("parser")
def test_line_ends_of_other_systems() -> None:
    found = parse("a: b\r\nc: [d,\r\n  e]\r\n", NAME)
    assert found.plain() == {"a": "b", "c": ["d", "e"]}
    assert str(found.position(["c", 1])) == f"{NAME}:3:3"
    assert found.position(["c", 1]).text == "  e]"


# -- source texts


def test_a_line_that_is_not_there() -> None:
    text = Source(NAME, "a\nb")
    assert [text.line(n) for n in (0, 1, 2, 3)] == ["", "a", "b", ""]


@pytest.mark.parametrize(
    ("data", "text"), [(b"a: \xc3\xa9", "a: é"), (b"\xef\xbb\xbfa: b", "a: b"), (b"", "")]
)
def test_decoding(data: bytes, text: str) -> None:
    assert decode(data, NAME) == text


@pytest.mark.parametrize(
    ("data", "place", "found"),
    [
        (b"\xff", "1:1", "0xff"),
        (b"a\nbc\xe9d", "2:3", "0xe9"),
        (b"a\n\nb\xc3", "3:2", "0xc3"),
        (b"\xed\xa0\xbd", "1:1", "0xed"),
        ("a".encode("utf-16"), "1:1", "0xff"),
    ],
)
def test_what_is_not_utf8(data: bytes, place: str, found: str) -> None:
    with pytest.raises(Refused) as caught:
        decode(data, NAME)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code is Code.NOT_UTF8
    assert (str(diagnostic.positions[0]), diagnostic.found) == (f"{NAME}:{place}", f"byte {found}")


MASKED = {
    "name: Budi": "name: ****",
    "  nip: '198501012010011001'": "  nip: '******************'",
    "name: Budi Santoso, S.H.": "name: **** *******, ****",
    "nama: Budi": "****: ****",
    "        Santoso: x": "        *******: *",
    "{name: Budi, status: pns}": "{name: ****, status: pns}",
    '{"nip": "19850101", "status": "pns"}': '{"nip": "********", "status": "pns"}',
    '{"name":"a \\" b","x":1}': '{"name":"* *" *","*":1}',
    "sex: f": "sex: *",
    "name: é Ü": "name: * *",
    "status: pns": "status: pns",
    "  - {date: 2024-01-31, conduct: post}": "  - {date: 2024-01-31, conduct: post}",
    "cltn: {in_force_from: none}": "cltn: {in_force_from: none}",
    "note: seen in public": "note: **** ** public",
    "acts: [{has: [party], lacks: []}]": "acts: [{has: [party], lacks: []}]",
    "": "",
}


@pytest.mark.parametrize(("line", "cover"), MASKED.items())
def test_all_but_the_vocabulary_is_covered_letter_by_letter(line: str, cover: str) -> None:
    assert masked(line) == cover
    assert Source(NAME, line, private=True).line(1) == cover
    assert Source(NAME, line).line(1) == line


@pytest.mark.parametrize("value", ["1985", "0812 3456 7890", "3171 2345 6789 0001"])
def test_numbers_are_covered(value: str) -> None:
    assert not any(letter.isdigit() for letter in masked(f"nip: {value}"))


@pytest.mark.parametrize("value", ["1985 0101 2010 01 1 001", "+62 812 345 678"])
def test_numbers_in_small_groups_are_covered(value: str) -> None:
    assert not any(letter.isdigit() for letter in masked(f"nip: {value}"))


def test_what_is_underlined_is_shown_unless_it_is_hidden() -> None:
    """A wrong value of a fact must be seen to be put right; a part of identity must not."""
    text = Source(NAME, "status: pnss  # Budi", private=True)
    assert text.position(0, 8, 4).text == "status: pnss  * ****"
    assert text.position(0, 8, 4, hidden=True).text == "status: ****  * ****"


def test_a_line_is_covered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of one line with a thousand bad records took a minute."""
    calls: list[str] = []

    def counted(line: str) -> str:
        calls.append(line)
        return line

    monkeypatch.setattr(source, "masked", counted)
    text = Source(NAME, "name: a", private=True)
    for column in range(7):
        text.position(0, column, 1)
    assert len(calls) == 1


def events(text: str, loader: type[yaml.SafeLoader]) -> list[Any]:
    """Every event with its marks, or the error that ends them."""
    found: list[Any] = []
    parser = loader(text)
    try:
        while not found or found[-1][0] is not yaml.StreamEndEvent:
            event = parser.get_event()
            places = [(m.line, m.column, m.index) for m in (event.start_mark, event.end_mark)]
            found.append((type(event), getattr(event, "value", None), places))
    except yaml.YAMLError as error:
        found.append(str(error))
    return found


@pytest.mark.parametrize("path", RULE_FILES[::3], ids=lambda path: path.stem)
def test_the_pure_parser_says_what_pyyaml_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert events(text, tree.PureParser) == events(text, yaml.SafeLoader)


@given(st.text(alphabet="ab:-?,{}[]\"'#&*!|> \n\r\t\x85\u2028\ufeff1é", max_size=60))
def test_the_pure_parser_says_what_pyyaml_says_of_anything(text: str) -> None:
    assert events(text, tree.PureParser) == events(text, yaml.SafeLoader)
