"""`netralitas diff`: two folders, an archive, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.cli.running import Ran
from tests.small import document

Cli = Callable[..., Ran]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """The small ruleset, and a version of it with a heavier consequence and a new provision."""
    new = document()
    new["ruleset"]["version"] = "1.1"
    new["sanctions"]["candidate-out"]["when"] = {"subject.status": ["cpns", "pns"]}
    new["provisions"]["always/10"] = new["provisions"]["always/7"]
    for name, content in (("old", document()), ("new", new)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rules.yaml").write_text(
            yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False)
        )
    return str(tmp_path / "old"), str(tmp_path / "new")


def test_in_words(cli: Cli, folders: tuple[str, str]) -> None:
    ran = cli("diff", *folders, "--lang", "en")
    assert ran.code == 0
    assert "- provision `always/10`: added\n" in ran.out
    assert "- sanction row `candidate-out`: none → may follow candidate: dismissal\n" in ran.out
    assert (
        "under the facts: act.conduct: post; act.date: 2024-02-15; subject.status: pns\n" in ran.out
    )
    assert "Proved the same" in ran.out
    assert "ketentuan `always/10`: ditambahkan" in cli("diff", *folders).out


def test_as_json(cli: Cli, folders: tuple[str, str]) -> None:
    found = json.loads(cli("diff", *folders, "--format", "json").out)
    assert (found["old"]["version"], found["new"]["version"]) == ("1.0", "1.1")
    assert found["effects"][0]["witness"]["facts"] == {
        "act.conduct": "post",
        "act.date": "2024-02-15",
        "subject.status": "pns",
    }


def test_an_archive(cli: Cli, folders: tuple[str, str], tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "one.yaml").write_text(
        "id: first\nsubjects: [{status: pns}]\nacts: [{conduct: post, date: 2022-05-01}]\n"
    )
    (archive / "two.yaml").write_text("subjects: [{status: pns}]\nacts: [{conduct: vote}]\n")
    (archive / "three.yaml").write_text("subjects: 3\n")
    (archive / "notes.txt").write_text("no report")
    more = ("--archive", str(archive), "--as-of", "2024-06-30", "--lang", "en")
    ran = cli("diff", *folders, *more)
    assert "2 reports decided as of 2024-06-30; 1 come out otherwise; 1 unreadable." in ran.out
    assert "one.yaml, 1 first" in ran.out
    assert "candidate-out: none → may follow candidate: dismissal" in ran.out


def test_what_is_refused(cli: Cli, folders: tuple[str, str]) -> None:
    assert cli("diff", folders[0], "nowhere").code == 1
    ran = cli("diff", *folders, "--archive", "nowhere")
    assert (ran.code, "there is no folder or file nowhere" in ran.err) == (2, True)
    ran = cli("diff", *folders, "--archive", folders[0], "--as-of", "yesterday")
    assert (ran.code, "a day is written 2024-01-31" in ran.err) == (2, True)


def test_the_overlay_adds_and_decides_nothing_otherwise(cli: Cli) -> None:
    """What the ministry's ruleset adds is law of its own to cite, lists and words."""
    found = json.loads(cli("diff", "national", "kemenkumham", "--format", "json").out)
    assert found["effects"] == []
    assert found["proved"]["rules"] > 100
    assert all(change["edit"] != "removed" for change in found["documents"])
