"""Knowledge as bits: encoding, cells, subsets, and back to values."""

import datetime

import pytest

from netralitas_rules.engine.knowledge import NotAValue, Space, make_fact
from netralitas_rules.facts.leaves import NEVER, Some, none_of, one_of
from netralitas_rules.facts.space import FactSpec, Kind

COLOUR = make_fact(0, 3, FactSpec("act.colour", Kind.ENUM, ("red", "green", "blue")))
FLAG = make_fact(1, 6, FactSpec("act.flag", Kind.BOOL, (True, False)))
TAGS = make_fact(2, 8, FactSpec("act.tags", Kind.LIST, ("a", "b")))
JAN, MAR = datetime.date(2024, 1, 1).toordinal(), datetime.date(2024, 3, 1).toordinal()
DAY = make_fact(3, 1, FactSpec("act.day", Kind.DATE, may_be_never=True), [MAR, JAN, JAN])
YEARS = make_fact(4, 0, FactSpec("act.years", Kind.INTEGER), [5])


def bits(fact: object, known: int) -> str:
    shift, full = fact.shift, fact.full  # type: ignore[attr-defined]
    return f"{known >> shift:0{(full >> shift).bit_length()}b}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("red", "001"),
        (one_of("red", "blue"), "101"),
        (none_of("red"), "110"),
        ({"one_of": ["green"]}, "010"),
        ({"not": ["green", "blue"]}, "001"),
    ],
)
def test_one_value(value: object, expected: str) -> None:
    assert bits(COLOUR, COLOUR.encode(value)) == expected


@pytest.mark.parametrize(
    "value",
    ["pink", None, ["red"], {"one_of": "red"}, {"x": ["red"]}, none_of("red", "green", "blue"), 1],
)
def test_no_value(value: object) -> None:
    with pytest.raises(NotAValue):
        COLOUR.encode(value)


def test_yes_no() -> None:
    assert bits(FLAG, FLAG.encode(True)) == "01"
    assert bits(FLAG, FLAG.encode(False)) == "10"
    for value in (1, 0, "true"):
        with pytest.raises(NotAValue):
            FLAG.encode(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], "0001"),
        (["a"], "0010"),
        (("a", "b"), "1000"),
        (Some(has=("a",)), "1010"),
        ({"lacks": ["b"]}, "0011"),
        ({"has": ["a"], "lacks": ["b"]}, "0010"),
    ],
)
def test_subsets(value: object, expected: str) -> None:
    """Bits from the right: {}, {a}, {b}, {a, b}."""
    assert bits(TAGS, TAGS.encode(value)) == expected


@pytest.mark.parametrize(
    "value", ["a", ["c"], {"has": "a"}, {"some": ["a"]}, {}, {"has": ["a"], "lacks": ["a"]}]
)
def test_no_subset(value: object) -> None:
    with pytest.raises(NotAValue):
        TAGS.encode(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-12-31", "0001"),
        ("2024-01-01", "0010"),
        ("2024-02-29", "0010"),
        ("2024-03-01", "0100"),
        ("2024", "0110"),
        ({"from": "2023-05-01", "to": "2024-01-05"}, "0011"),
        ("none", "1000"),
        (NEVER, "1000"),
    ],
)
def test_cells_of_dates(value: object, expected: str) -> None:
    assert bits(DAY, DAY.encode(value)) == expected


def test_no_date() -> None:
    with pytest.raises(NotAValue, match=r"act\.day") as caught:
        DAY.encode("2024-02-30")
    assert "does not exist" in caught.value.reason
    certain = make_fact(0, 0, FactSpec("act.day", Kind.DATE), [JAN])
    with pytest.raises(NotAValue):
        certain.encode("none")
    assert certain.never_bit == 0


def test_cells_of_integers() -> None:
    assert (YEARS.encode(4), YEARS.encode(5), YEARS.encode(-3)) == (1, 2, 1)
    for value in ("4", True, 10**16, 4.5):
        with pytest.raises(NotAValue):
            YEARS.encode(value)


def test_cell_bounds_are_the_cells() -> None:
    assert DAY.cell_bounds(0) == (1, JAN - 1)
    assert DAY.cell_bounds(1) == (JAN, MAR - 1)
    assert DAY.cell_bounds(2) == (MAR, datetime.date.max.toordinal())
    assert DAY.cell_numbers(DAY.full) == [0, 1, 2]


def test_decoding() -> None:
    assert COLOUR.decode(COLOUR.encode(none_of("red"))) == ("green", "blue")
    assert FLAG.decode(FLAG.full) == (True, False)
    assert TAGS.decode(TAGS.encode(Some(has=("a",)))) == (("a",), ("a", "b"))
    assert DAY.decode(DAY.full) == ()


def test_fields_do_not_overlap() -> None:
    space = Space.build([COLOUR.spec, FLAG.spec, TAGS.spec, DAY.spec, YEARS.spec], {"act.day": [5]})
    taken = 0
    for fact in space.facts:
        assert not taken & fact.full
        taken |= fact.full
    assert taken == space.unknown
    assert [f.spec.path for f in space.facts] == sorted(space.by_path)
