"""`netralitas law`: the law of a day, and what changed between two days."""

import json

import pytest

import netralitas_rules as nr
from tests.cli.running import Cli
from tests.golden.harness import BASE


@pytest.mark.parametrize("lang", ["id", "en"])
def test_at(lang: str, cli: Cli) -> None:
    ran = cli("law", "at", "2023-11-20", "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == nr.load("kemenkumham").law_on("2023-11-20").text(lang=lang)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_diff(lang: str, cli: Cli) -> None:
    ran = cli("law", "diff", "2023-10-30", "2023-11-04", "--ruleset", "national", "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    diff = nr.load("national").law_diff("2023-10-30", "2023-11-04")
    assert ran.out == diff.text(lang=lang)


def test_for_programs(cli: Cli) -> None:
    at = cli("law", "at", "2020-01-01", "--ruleset", BASE, "--format", "json")
    assert json.loads(at.out)["law"][0]["bodies"][0]["value"] == "pp-1"
    days = ("2019-12-31", "2020-01-01")
    diff = cli("law", "diff", *days, "--ruleset", BASE, "--format", "json")
    assert [i["id"] for i in json.loads(diff.out)["began"]["instruments"]] == ["pp-1"]
    assert at.code == diff.code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["at", "2024-02-30"], "2024-02-30: the day 2024-02-30 does not exist in the calendar;"),
        (["at", "2024-13-01"], "there is no month 13"),
        (["at", "2024"], "2024: this is no day written in full; a day is written 2024-01-31"),
        (["diff", "2024-01-01", "yesterday"], "yesterday: this is no day written in full"),
        (["diff", "2024-01-02", "2024-01-01"], "(2024-01-01) lies before the first (2024-01-02)"),
        (["diff", "2024-01-02"], "the following arguments are required: DATE"),
        ([], "the following arguments are required"),
    ],
)
def test_wrong_usage(arguments: list[str], told: str, cli: Cli) -> None:
    ran = cli("law", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in " ".join(ran.err.split())


def test_no_such_ruleset(cli: Cli) -> None:
    ran = cli("law", "at", "2024-01-01", "--ruleset", "nowhere")
    assert (ran.code, ran.out) == (1, "")
    assert "there is no ruleset `nowhere`" in ran.err
