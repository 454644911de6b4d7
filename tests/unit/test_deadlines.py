"""Deadlines: days counted by hand, readings, joint leave, and what is wrong with a question."""

import dataclasses
import datetime
import json
import pickle
import subprocess
import sys
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.explain.deadlines import DeadlineWords
from netralitas_rules.law.deadlines import DeadlineRule, Event, FirstDay, Unit
from netralitas_rules.law.model import Text
from netralitas_rules.loading.diagnostics import Code, Diagnostic
from netralitas_rules.loading.gather import gather_documents
from netralitas_rules.loading.merge import merge
from netralitas_rules.procedure import national
from netralitas_rules.procedure.deadlines import Taken
from netralitas_rules.procedure.working_days import Reason, Rest, Week
from netralitas_rules.ruleset import Ruleset
from tests.small import document, ruleset, words

COUNTED, NOT_COUNTED = {"day-count": "counted"}, {"day-count": "not-counted"}
EID_2024 = ("2024-04-08", "2024-04-09", "2024-04-12", "2024-04-15")
"""Joint leave of Eid 2024, as a user states it."""


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return nr.load("national")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def last(rules: Ruleset, name: str, on: str, **more: Any) -> str:
    found = rules.deadline(name, on=on, **more).last
    assert found is not None
    return found.isoformat()


def refused(rules: Ruleset, name: str = "objection-ppk", **asked: Any) -> Diagnostic:
    with pytest.raises(nr.Refused) as caught:
        rules.deadline(name, **{"on": "2024-04-01"} | asked)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.expected
    return diagnostic


# -- counted by hand


@pytest.mark.parametrize(
    ("name", "on", "counted", "not_counted"),
    [
        # Monday; 1-5 April, 8-9, (Eid 10-11), 12, 15-19, 22 | 23
        ("objection-ppk", "2024-04-01", "2024-04-22", "2024-04-23"),
        # Wednesday; 20-22 December, (Christmas 25), 26-29, (New Year 1), 2-5 January, 8-10 | 11
        ("appeal", "2023-12-20", "2024-01-10", "2024-01-11"),
        # Friday before Christmas, over the year's end: 22, 26-29, 2-5, 8-12 | 15
        ("decision-handed-over", "2023-12-22", "2024-01-12", "2024-01-15"),
        # Tuesday; October 1-31 is 23 days, November 1-29 without the vote on 27 is 20,
        # December without Christmas 21: 64 on 31 December, (New Year), 2 January | 3
        ("appeal-decision", "2024-10-01", "2025-01-02", "2025-01-03"),
        # a Saturday counts in neither reading: 7, 8, 9 October
        ("sbt-study", "2024-10-05", "2024-10-09", "2024-10-09"),
        # calendar days, over the end of a leap February
        ("bawaslu-finding", "2024-02-24", "2024-03-01", "2024-03-02"),
        # Monday; 6 working days: 11 is the Day of Silence, so 12-15, 18, 19 in both readings
        ("objection-official-response", "2024-03-11", "2024-03-19", "2024-03-19"),
        # a working day before a holiday: 28 March, (Good Friday, Easter), 1-5 April | 8
        ("objection-official-response", "2024-03-28", "2024-04-05", "2024-04-08"),
    ],
)
def test_by_hand(rules: Ruleset, name: str, on: str, counted: str, not_counted: str) -> None:
    assert last(rules, name, on, readings=COUNTED) == counted
    assert last(rules, name, on, readings=NOT_COUNTED) == not_counted


@pytest.mark.parametrize(
    ("readings", "expected"), [(COUNTED, "2024-04-26"), (NOT_COUNTED, "2024-04-29")]
)
def test_by_hand_with_joint_leave(rules: Ruleset, readings: dict[str, str], expected: str) -> None:
    """1-5 April, (leave 8-9, Eid 10-11, leave 12 and 15), 16-19, 22-26 | 29."""
    found = rules.deadline(
        "objection-ppk", on="2024-04-01", readings=readings, joint_leave=EID_2024
    )
    assert found.last == day(expected)
    leave = [rest for rest in found.skipped if rest.reason is Reason.JOINT_LEAVE]
    assert [rest.day.isoformat() for rest in leave] == list(EID_2024)
    assert leave[0].name == Text("cuti bersama", "joint leave")
    assert found.joint_leave == tuple(map(day, EID_2024))


def test_by_hand_in_a_week_of_six_days(rules: Ruleset) -> None:
    """2-6 April, 8-9, (Eid 10-11), 12-13, 15-19."""
    for week in (Week.SIX_DAYS, "six-days"):
        found = rules.deadline("objection-ppk", on="2024-04-01", readings=NOT_COUNTED, week=week)
        assert (found.last, found.week) == (day("2024-04-19"), Week.SIX_DAYS)
        assert [rest.day.day for rest in found.skipped] == [7, 10, 11, 14]


def test_by_hand_counted_back(rules: Ruleset) -> None:
    """29, 28, 27, 26 May, (Eid 24-25), 22, (Ascension 21), 20, 19; 1 June is a holiday."""
    found = rules.deadline("summons-2010", on="2020-06-02")
    assert (found.first, found.last) == (day("2020-05-29"), day("2020-05-19"))


def test_hours(rules: Ruleset) -> None:
    found = rules.deadline("bawaslu-to-police", on="2024-02-29")
    assert (found.last, found.skipped, found.open) == (day("2024-03-01"), (), ())


# -- what the value says


def test_both_counts_of_day_15(rules: Ruleset) -> None:
    """PP 94/2021 Pasal 38: every reading of both questions, and none is taken."""
    found = rules.deadline("discipline-effect", on="2023-12-20")
    assert {one.readings: one.last.isoformat() for one in found.possible} == {
        (("day-count-effect", "day-15"), ("day-count", "counted")): "2024-01-03",
        (("day-count-effect", "day-15"), ("day-count", "not-counted")): "2024-01-04",
        # the day after the 14 working days of the appeal (10 and 11 January)
        (("day-count-effect", "after-period"), ("day-count", "counted")): "2024-01-11",
        (("day-count-effect", "after-period"), ("day-count", "not-counted")): "2024-01-12",
    }
    assert (found.first, found.last, found.otherwise) == (None, None, ())
    assert found.open == ("day-count-effect", "day-count")
    assert (found.earliest, found.latest) == (day("2024-01-03"), day("2024-01-12"))


def test_a_reading_that_is_taken_leaves_the_others_beside_it(rules: Ruleset) -> None:
    found = rules.deadline("discipline-effect", on="2023-12-20", readings=COUNTED)
    assert found.open == ("day-count-effect",)
    assert found.taken == (Taken("day-count", "counted", "argument"),)
    assert [one.last.day for one in found.possible] == [3, 11]
    assert [one.last.day for one in found.otherwise] == [4, 12]
    assert found.first == day("2023-12-20")
    assert found.last is None


def test_skipped_days_say_why(rules: Ruleset) -> None:
    found = rules.deadline("appeal", on="2023-12-20", readings=COUNTED)
    christmas = Text("Hari Raya Natal", "Christmas Day")
    new_year = Text("Tahun Baru Masehi", "New Year's Day")
    weekends = ["2023-12-23", "2023-12-24", "2023-12-30", "2023-12-31", "2024-01-06", "2024-01-07"]
    assert sorted(found.skipped, key=lambda rest: rest.day) == sorted(
        [
            *(Rest(day(one), Reason.WEEKEND) for one in weekends),
            Rest(day("2023-12-25"), Reason.HOLIDAY, christmas),
            Rest(day("2024-01-01"), Reason.HOLIDAY, new_year),
        ],
        key=lambda rest: rest.day,
    )


def test_what_all_open_readings_skip(rules: Ruleset) -> None:
    """Counted, a Saturday of the event is skipped; not counted, it is none of the days."""
    found = rules.deadline("sbt-study", on="2024-10-05")
    assert [[rest.day.day for rest in one.skipped] for one in found.possible] == [[5, 6], [6]]
    assert [rest.day.day for rest in found.skipped] == [6]
    assert (found.first, found.last) == (day("2024-10-07"), day("2024-10-09"))


def test_estimated_holidays_say_so(rules: Ruleset) -> None:
    found = rules.deadline("appeal", on="2027-03-01", readings=COUNTED)
    holidays = {rest.name.en: rest.estimated for rest in found.skipped if rest.name is not None}
    assert holidays == {
        "Day of Silence": False,
        "Eid al-Fitr": True,
        "Eid al-Fitr Second Day": True,
    }


def test_a_last_day_that_is_not_worked(rules: Ruleset) -> None:
    """No source says that a deadline in calendar days moves: it stays, and the value says it."""
    found = rules.deadline("pilkada-report", on="2024-09-01", readings=COUNTED)
    (one,) = found.possible
    assert (one.last, one.skipped) == (day("2024-09-07"), ())
    assert one.rests == Rest(day("2024-09-07"), Reason.WEEKEND)
    assert rules.deadline("appeal", on="2024-09-02").possible[0].rests is None


def test_the_basis_is_what_was_in_force(rules: Ruleset) -> None:
    assert rules.deadline("appeal", on="2024-04-01").basis == ("pp-79-2021/11/3",)
    two = rules.deadline("objection-decision-2010", on="2021-08-30").basis
    assert two == ("pp-53-2010/36/3", "pp-53-2010/37/4")


def test_a_deadline_is_a_frozen_value(rules: Ruleset) -> None:
    found = rules.deadline("discipline-effect", on="2023-12-20")
    assert found == rules.deadline("discipline-effect", on=day("2023-12-20"))
    assert found == rules.deadline("discipline-effect", on=datetime.datetime(2023, 12, 20, 23, 59))
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.id = "other"  # type: ignore[misc]


def test_as_json(rules: Ruleset) -> None:
    found = rules.deadline("discipline-effect", on="2023-12-20", readings=COUNTED)
    content = json.loads(json.dumps(found.as_json()))
    assert content["on"] == "2023-12-20"
    assert content["last"] is None
    assert content["earliest"] == "2024-01-03"
    assert content["event"] == "receipt"
    assert content["means"] == "takes-effect"
    assert content["taken"] == [{"question": "day-count", "reading": "counted", "by": "argument"}]
    assert content["open"] == ["day-count-effect"]
    after = content["possible"][1]
    assert after["readings"] == {"day-count-effect": "after-period", "day-count": "counted"}
    assert after["count"] == {"number": 14, "unit": "working-days", "then_days": 1}
    assert after["skipped"][0] == {
        "day": "2023-12-23",
        "reason": "weekend",
        "name": None,
        "estimated": False,
    }
    assert content["note"]["en"].startswith("if a remedy")
    simple = rules.deadline("appeal", on="2024-09-02", joint_leave=["2024-09-03"]).as_json()
    assert simple["note"] is None
    assert simple["joint_leave"] == ["2024-09-03"]
    assert simple["last"] is None
    sunday = rules.deadline("pilkada-report", on="2024-09-01", readings=COUNTED).as_json()
    assert sunday["possible"][0]["rests"]["reason"] == "weekend"
    assert sunday["last"] == "2024-09-07"


# -- in a ruleset of its own


OBJECTION: dict[str, Any] = {
    "says": words("objection"),
    "from": "receipt",
    "days": 14,
    "first-day": "which",
    "basis": ["always/7"],
}
WHICH: dict[str, Any] = {
    "kind": "note",
    "asks": words("Which?"),
    "readings": {"counted": {"says": words("yes")}, "not-counted": {"says": words("no")}},
    "why": words("unclear"),
}


def small(*, default: str | None = None, **sections: Any) -> dict[str, Any]:
    content = document()
    content["questions"]["which"] = WHICH if default is None else {**WHICH, "default": default}
    return content | {"deadlines": {"objection": OBJECTION}} | sections


def test_a_rule_as_a_value() -> None:
    rules = ruleset(small())
    text = Text("objection (id)", "objection")
    (rule,) = rules.deadlines.values()
    assert (rule.id, rule.says, rule.event, rule.basis) == (
        "objection",
        text,
        Event.RECEIPT,
        ("always/7",),
    )
    assert rule.questions == ("which",)
    ways = list(rule.ways())
    assert [(way.readings, way.first_day) for way in ways] == [
        ((("which", "counted"),), FirstDay.COUNTED),
        ((("which", "not-counted"),), FirstDay.NOT_COUNTED),
    ]
    assert {(way.count.number, way.count.unit) for way in ways} == {(14, Unit.DAYS)}
    assert ruleset().deadlines == {}
    copy = pickle.loads(pickle.dumps(rules))
    assert copy.deadlines == rules.deadlines
    assert isinstance(rule, DeadlineRule)


def test_the_default_reading_is_taken() -> None:
    found = ruleset(small(default="counted")).deadline("objection", on="2024-04-01")
    assert found.taken == (Taken("which", "counted", "default"),)
    assert found.last == day("2024-04-14")
    assert [one.last for one in found.otherwise] == [day("2024-04-15")]


def test_words_of_a_reading_that_is_taken() -> None:
    """By the ruleset or by a decision, in the rule and in what was counted."""
    rules = ruleset(small(default="counted"))
    say = DeadlineWords(rules.provisions, rules.questions, lang="en")
    shown = say.rule(rules.deadlines["objection"])
    assert "Which? taken: counted (default of the ruleset)" in shown
    found = rules.deadline("objection", on="2024-04-01")
    assert "Which? taken: counted (default of the ruleset)" in say.deadline(found)
    taken = (Taken("which", "counted", "No. 1"),)
    by_decision = dataclasses.replace(found, taken=taken)
    assert "Which? taken: counted (No. 1)" in say.deadline(by_decision)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2023-12-31", ()),
        ("2024-01-01", (Taken("which", "not-counted", "No. 1"),)),
    ],
)
def test_a_fixed_reading_binds_from_its_day_on(on: str, expected: tuple[Taken, ...]) -> None:
    fix = {"reading": "not-counted", "decision": "No. 1", "from": "2024-01-01"}
    layer = {
        "ruleset": {
            "format": 1,
            "name": "layer",
            "version": "1.0",
            "title": words("Layer"),
            "over": "small",
            "prefix": "layer",
            "fixes": {"which": fix},
        },
        "deadlines": {"layer/own": {**OBJECTION, "days": 7}},
        "joint-leave": {
            "eid": {"says": words("Eid leave"), "days": ["2024-04-08"], "source": "a decree"}
        },
    }
    base = gather_documents((("small.yaml", small()),))
    rules = Ruleset(merge(base, gather_documents((("layer.yaml", layer),))))
    assert set(rules.deadlines) == {"objection", "layer/own"}
    assert rules.deadline("layer/own", on=on).taken == expected
    assert rules.deadline("objection", on=on).joint_leave == (day("2024-04-08"),)
    chosen = rules.deadline("objection", on=on, readings={"which": "counted"})
    assert chosen.taken == (Taken("which", "counted", "argument"),)


def test_joint_leave_of_the_ruleset_keeps_its_name() -> None:
    leave = {"eid": {"says": words("Eid leave"), "days": ["2024-04-08"], "source": "a decree"}}
    work = {key: value for key, value in OBJECTION.items() if key != "days"}
    rules = ruleset(
        small(
            default="counted",
            deadlines={"objection": {**work, "working-days": 5}},
            **{"joint-leave": leave},
        )
    )
    assert rules.plan.joint_leave["eid"].source == "a decree"
    found = rules.deadline("objection", on="2024-04-03", joint_leave=["2024-04-08", "2024-04-05"])
    assert found.last == day("2024-04-15")
    named = {rest.day.day: rest.name for rest in found.skipped if rest.name is not None}
    assert named[8] == Text("Eid leave (id)", "Eid leave")
    assert named[5] == Text("cuti bersama", "joint leave")


# -- what is wrong with the question


def test_an_unknown_deadline(rules: Ruleset) -> None:
    diagnostic = refused(rules, "objection-pkp")
    assert diagnostic.code is Code.UNKNOWN_REFERENCE
    assert diagnostic.help == "did you mean `objection-ppk`?"
    assert refused(ruleset(), "objection").found == "`objection`"


@pytest.mark.parametrize(
    "wrong", ["2024-02-30", "01-04-2024", "2024-4-1", "2024-04", "20240401", "", "today", 20240401]
)
@pytest.mark.parametrize("name", ["on", "joint_leave"])
def test_no_day(rules: Ruleset, wrong: Any, name: str) -> None:
    asked: dict[str, Any] = {name: [wrong] if name == "joint_leave" else wrong}
    diagnostic = refused(rules, **asked)
    assert diagnostic.code is Code.BAD_DATE
    assert f"`{name}`" in diagnostic.message
    assert diagnostic.expected == "a day (2024-01-31)"


@pytest.mark.parametrize("wrong", ["1953-12-31", "2098-01-01", datetime.date.max])
def test_years_whose_holidays_are_not_known(rules: Ruleset, wrong: Any) -> None:
    diagnostic = refused(rules, on=wrong)
    assert diagnostic.code is Code.BAD_DATE
    assert diagnostic.expected == "a day of the years 1954 to 2097"


def test_the_last_year(rules: Ruleset) -> None:
    found = rules.deadline("appeal-decision", on="2097-12-31")
    assert found.earliest.year == 2098


def test_an_unknown_week(rules: Ruleset) -> None:
    diagnostic = refused(rules, week="six-day")
    assert diagnostic.code is Code.UNKNOWN_VALUE
    assert diagnostic.help == "did you mean `six-days`?"


@pytest.mark.parametrize(
    ("name", "readings", "told"),
    [
        ("objection-ppk", {"day-cuont": "counted"}, "no question of `objection-ppk` `day-cuont`"),
        ("objection-ppk", {"day-count": "count"}, "no reading of `day-count` `count`"),
        ("second-summons", {"day-count": "counted"}, "no question of `second-summons`"),
    ],
)
def test_unknown_readings(rules: Ruleset, name: str, readings: dict[str, str], told: str) -> None:
    diagnostic = refused(rules, name, readings=readings)
    assert diagnostic.code is Code.UNKNOWN_REFERENCE
    assert told in diagnostic.message


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("appeal", "2021-08-09", "a day from 2021-08-10 (GR 79/2021 Article 11 paragraph (3))"),
        (
            "objection-2010",
            "2021-08-31",
            "a day from 2010-06-06 until 2021-08-30 (GR 53/2010 Article 35 paragraph (2))",
        ),
    ],
)
def test_law_that_was_not_in_force(rules: Ruleset, name: str, on: str, expected: str) -> None:
    diagnostic = refused(rules, name, on=on)
    assert (diagnostic.code, diagnostic.expected) == (Code.NOT_IN_FORCE, expected)


def test_without_the_library(rules: Ruleset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays.countries.indonesia", None)
    national._year.cache_clear()
    diagnostic = refused(rules)
    assert diagnostic.code is Code.MISSING_EXTRA
    assert diagnostic.help == 'pip install "netralitas-rules[deadlines]"'


def test_the_library_is_imported_when_it_is_needed() -> None:
    program = (
        "import sys, netralitas_rules as nr\n"
        "rules = nr.load('national')\n"
        "assert 'holidays' not in sys.modules\n"
        "rules.deadline('appeal', on='2024-04-01')\n"
        "assert 'holidays' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


# -- the library: what is taken of it


def test_joint_leave_is_not_taken_from_the_library() -> None:
    """8 April 2024 was joint leave, 10 April Eid."""
    assert national.holiday(day("2024-04-08")) is None
    eid = national.holiday(day("2024-04-10"))
    assert eid is not None
    assert eid.name == Text("Hari Raya Idul Fitri", "Eid al-Fitr")


@pytest.mark.parametrize(
    "known",
    [
        "2019-04-17 2020-12-09 2024-02-14 2024-11-27",  # voting days
        "2019-06-05 2020-05-24 2021-05-13 2022-05-02 2023-04-22 2024-04-10",  # Eid
        "2021-08-11 2021-10-20",  # moved by decree from the day before
        "2023-01-22 2024-03-11 2024-05-23 2024-06-17 2025-08-17",
    ],
)
def test_known_holidays(known: str) -> None:
    assert [one for one in known.split() if national.holiday(day(one)) is None] == []
