"""`netralitas whatif`: before and after side by side, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import ASKED, LIKE, Ran, json_lines
from tests.content.files import EXAMPLES

Cli = Callable[..., Ran]
PHOTO = EXAMPLES / "rows" / "b7-photo-candidate.yaml"


def test_in_words(cli: Cli) -> None:
    ran = cli("whatif", PHOTO, "act.audience=private", *ASKED, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("What if: b7-photo-candidate\n")
    assert (
        "act.audience                            public                         private" in ran.out
    )
    assert "Pengandaian fakta" in cli("whatif", PHOTO, "act.audience=private", *ASKED).out


def test_as_json(cli: Cli) -> None:
    changes = ("act.audience=private", "act.photo={shows: [beneficiary]}", "act.date=2024-01")
    found = json.loads(cli("whatif", PHOTO, *changes, *ASKED, "--format", "json").out)
    assert [s["path"] for s in found["supposed"]] == ["act.audience", "act.photo", "act.date"]
    assert found["supposed"][2]["after"] == "2024-01"
    assert found["before"]["incident"] == found["after"]["incident"] == "b7-photo-candidate"
    assert found["outcomes"]


def test_from_standard_input(cli: Cli) -> None:
    ran = cli("whatif", "-", "act.audience=unknown", *ASKED, stdin=json.dumps(LIKE).encode())
    assert (ran.code, "liker" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["act.medum=print"], "act.medum:1:1: error[unknown-key]: there is no `medum` here"),
        (["act.medium=papyrus"], "act.medium:1:1: error[unknown-value]"),
        (["act.medium={one_of: [print, papyrus]}"], "act.medium:1:1: error[unknown-value]"),
        (["act.date=2024-02-30"], "act.date:1:1: error[bad-date]"),
        (["act.medium=[print"], "error[yaml-syntax]"),
        (["act.goods_given=yes"], "act.goods_given:1:1: error[boolean-word]"),
        (["act.medium="], "error[empty]"),
        (["act.medium"], "this supposes nothing"),
        (["=print"], "this supposes nothing"),
        (["act.medium=print", "act.medium=other"], "error[duplicate-key]: a fact is supposed once"),
        (["subject.identity.name=Wati"], "who the person is changes no decision"),
        (["acts[4].medium=print"], "error[unknown-reference]: of `acts` there is one"),
        (["act.date=2030-01-01"], "error[date-order]"),
        (["beneficiary.stage=prospective"], "error[stage-departs]"),
    ],
)
def test_what_is_refused(cli: Cli, changes: list[str], said: str) -> None:
    ran = cli("whatif", PHOTO, *changes, *ASKED)
    assert ran.code == 1
    assert ran.out == ""
    assert said in ran.err
    assert "Wati" not in ran.err


def test_files_that_are_refused(cli: Cli, tmp_path: Path) -> None:
    two = tmp_path / "two.jsonl"
    two.write_bytes(json_lines(LIKE, LIKE))
    ran = cli("whatif", two, "act.audience=private", *ASKED)
    assert (ran.code, "this asks about one incident" in ran.err) == (1, True)
    assert cli("whatif", tmp_path / "none.yaml", "act.audience=private", *ASKED).code == 1
    assert cli("whatif", PHOTO, "act.audience=private", "--ruleset", "nowhere").code == 1
    assert cli("whatif", PHOTO).code == 2
