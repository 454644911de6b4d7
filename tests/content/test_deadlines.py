"""The deadlines of the bundled law: each with its number in the words of its provisions."""

import re
from collections.abc import Iterator

import pytest

import netralitas_rules as nr
from netralitas_rules.law.deadlines import DeadlineRule, Direction, FirstDay, Unit
from netralitas_rules.loading.link_deadlines import deadlines
from netralitas_rules.loading.linking import Context
from netralitas_rules.testing.mutants import mutants, with_mutant

RULES = nr.load("national")
NAMES = tuple(RULES.deadlines)
WORDS = {
    Unit.DAYS: r"{n} hari(?! kerja)|hari ke-{n}\b",
    Unit.WORKING_DAYS: r"{n} hari kerja",
    Unit.HOURS: r"{n} jam",
}


SEVERAL = {
    "bawaslu-finding": (7, Unit.DAYS),
    "bawaslu-report": (7, Unit.WORKING_DAYS),
    "bawaslu-follow-up": (7, Unit.DAYS),
    "pilkada-follow-up": (3, Unit.DAYS),
}
"""Which of the numbers is meant where one provision states several (Law 7/2017 Article 454,
Law 8/2015 Article 134)."""


def faults(rule: DeadlineRule) -> Iterator[str]:
    """What of a deadline the words of its provisions (or of the reading) do not say."""
    law = [RULES.provisions[one].says.id for one in rule.basis]
    questions = [RULES.questions[question] for question in rule.questions]
    said = [*law, *(reading.says.id for q in questions for reading in q.readings)]
    for reading, count in rule.counts:
        words = WORDS[count.unit].format(n=count.number)
        if not any(re.search(words, text) for text in said):
            yield f"nothing says {words}"
        if (count.number, count.unit) != SEVERAL.get(rule.id, (count.number, count.unit)):
            yield "another of the numbers"
        if count.then_days != (1 if reading == "after-period" else 0):  # "setelah .. habis"
            yield "effect is on the next day"
    words = " ".join(law)
    if (rule.direction is Direction.BEFORE) != bool(re.search(r"\bsebelum\b", words)):
        yield "only `sebelum` counts back"
    if all(count.unit is Unit.HOURS for _, count in rule.counts):
        return
    if re.search(r"\b(?:setelah|sebelum)\b", words):
        if rule.first_days != (("", FirstDay.NOT_COUNTED),):
            yield "`setelah` and `sebelum` settle the first day"
    elif rule.first_day_question != "day-count":
        yield "every other word leaves the first day to the question"


@pytest.mark.parametrize("name", NAMES)
def test_the_provisions_say_how_to_count(name: str) -> None:
    """As many days, of the same kind, from the same first day, as the words of the law say."""
    assert list(faults(RULES.deadlines[name])) == []


def test_a_deadline_counted_otherwise_is_not_what_they_say() -> None:
    """Every mutant of a deadline is refused by the loader or contradicts the words."""
    survived = []
    for mutant in mutants(RULES):
        if mutant.section == "deadlines":
            ctx = Context(with_mutant(RULES.merged, mutant))
            rule = deadlines(ctx, RULES.questions)[mutant.item]
            if not ctx.problems and not list(faults(rule)):
                survived.append(str(mutant))
    assert survived == []


def test_no_reading_is_taken_in_silence() -> None:
    for question in {q for rule in RULES.deadlines.values() for q in rule.questions}:
        assert RULES.questions[question].taken() == (None, "")


def test_no_joint_leave_is_bundled() -> None:
    assert nr.load("kemenkumham").plan.joint_leave == {}
