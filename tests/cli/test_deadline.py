"""`netralitas deadline`: all, one as the law states it, one as it is counted."""

import json

import pytest

import netralitas_rules as nr
from netralitas_rules.explain.deadlines import EVENTS, FIRST_DAYS, MEANS, REASONS, UNITS, WEEKS
from netralitas_rules.law.deadlines import Event, FirstDay, Means, Unit
from netralitas_rules.procedure.working_days import Reason, Week
from tests.cli.running import Cli


def test_all_of_them(cli: Cli) -> None:
    ran = cli("deadline", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    known = nr.load("kemenkumham").deadlines
    assert [line.split("  ")[0] for line in ran.out.splitlines()] == list(known)
    assert "objection-ppk  objection to the PPK against a decision" in ran.out


def test_what_the_law_says(cli: Cli) -> None:
    ran = cli("deadline", "objection-ppk", "--lang", "en")
    assert ran.code == 0
    assert "  length: 14 working days\n" in cli("deadline", "appeal", "--lang", "en").out
    several = cli("deadline", "objection").out
    assert several.count("\n\n") == 7
    assert "objection-official-decision\n" in several
    back = cli("deadline", "summons-2010", "--lang", "en").out
    assert "counted back from: the date set for the examination\n" in back
    assert "that day: does not count\n" in back
    hours = cli("deadline", "bawaslu-to-police").out
    assert "lama: 24 jam\n" in hours
    assert "hari itu" not in hours


def test_what_is_weak_says_so(cli: Cli) -> None:
    shown = cli("deadline", "objection-official", "2024-04-01", "--lang", "en").out
    assert "GR 79/2021 Article 7 [C] (text not seen)" in " ".join(shown.split())


def test_counted(cli: Cli) -> None:
    ran = cli(
        "deadline", "objection-ppk", "2024-04-01", "--lang", "en",
        "--joint-leave", "2024-04-08", "--joint-leave", "2024-04-09",
        "--reading", "day-count=counted", "--week", "six-days",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    # 1-6, (leave 8-9, Eid 10-11), 12-13, 15-20
    assert "  last day: Saturday 20 April 2024\n" in ran.out
    assert "joint leave: 8 April 2024, 9 April 2024" in " ".join(ran.out.split())
    assert "working week: six days, Monday to Saturday" in ran.out
    assert "under another reading:\n  - day-count = not-counted:" in ran.out


def test_json(cli: Cli) -> None:
    ran = cli("deadline", "appeal", "2024-04-01", "--format", "json")
    assert ran.code == 0
    assert (
        json.loads(ran.out) == nr.load("kemenkumham").deadline("appeal", on="2024-04-01").as_json()
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["apeal"], 2, "there is no deadline `apeal`; did you mean `appeal`?"),
        (["zzz"], 2, "`netralitas deadline` lists them"),
        (["apeal", "2024-04-01"], 1, "error[unknown-reference]: there is no deadline `apeal`"),
        (["appeal", "2024-02-30"], 1, "2024-02-30 does not exist in the calendar"),
        (["appeal", "30-04-2024"], 1, "error[bad-date]"),
        (["appeal", "2020-04-01"], 1, "error[not-in-force]"),
        (["appeal", "2024-04-01", "--joint-leave", "8 April"], 1, "`joint_leave`"),
        (["appeal", "2024-04-01", "--reading", "day-count"], 2, "QUESTION=READING"),
        (["appeal", "--reading", "a=b", "--reading", "a=c"], 2, "each question once"),
        (["appeal", "2024-04-01", "--reading", "day-count=x"], 1, "no reading of `day-count` `x`"),
        (["appeal", "2024-04-01", "--week", "seven-days"], 2, "invalid choice"),
        (["--ruleset", "nowhere"], 1, "error[unknown-ruleset]"),
    ],
)
def test_wrong(cli: Cli, arguments: list[str], code: int, told: str) -> None:
    ran = cli("deadline", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_every_word_has_words() -> None:
    assert set(EVENTS) == set(Event)
    assert set(MEANS) == set(Means)
    assert set(FIRST_DAYS) == set(FirstDay)
    assert set(UNITS) == set(Unit)
    assert set(WEEKS) == set(Week)
    assert set(REASONS) == set(Reason)
