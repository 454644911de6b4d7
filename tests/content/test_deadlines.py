"""The deadlines of the bundled law: each with its number in the words of its provisions."""

import re

import pytest

import netralitas_rules as nr
from netralitas_rules.law.deadlines import Direction, FirstDay, Unit

RULES = nr.load("national")
NAMES = tuple(RULES.deadlines)
WORDS = {
    Unit.DAYS: r"{n} hari(?! kerja)|hari ke-{n}\b",
    Unit.WORKING_DAYS: r"{n} hari kerja",
    Unit.HOURS: r"{n} jam",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_provision_says_the_number(name: str) -> None:
    """As many days, of the same kind, as the provision says; or the reading, where one decides."""
    rule = RULES.deadlines[name]
    said = [RULES.provisions[one].says.id for one in rule.basis]
    for question in rule.questions:
        said += [reading.says.id for reading in RULES.questions[question].readings]
    for _, count in rule.counts:
        words = WORDS[count.unit].format(n=count.number)
        assert any(re.search(words, text) for text in said), f"{name}: {words}"


@pytest.mark.parametrize("name", NAMES)
def test_a_first_day_that_is_not_counted_is_said_so(name: str) -> None:
    """`setelah` and `sebelum` settle it; every other word leaves it to the question."""
    rule = RULES.deadlines[name]
    said = " ".join(RULES.provisions[one].says.id for one in rule.basis)
    settled = re.search(r"\b(?:setelah|sebelum)\b", said) is not None
    if all(count.unit is Unit.HOURS for _, count in rule.counts):
        return
    assert (rule.first_day_question is None) == settled
    if settled:
        assert rule.first_days == (("", FirstDay.NOT_COUNTED),)
    else:
        assert rule.first_day_question == "day-count"
    assert (rule.direction is Direction.BEFORE) == bool(re.search(r"\bsebelum\b", said))


def test_no_reading_is_taken_in_silence() -> None:
    for question in {q for rule in RULES.deadlines.values() for q in rule.questions}:
        assert RULES.questions[question].taken() == (None, "")


def test_no_joint_leave_is_bundled() -> None:
    assert nr.load("kemenkumham").plan.joint_leave == {}
