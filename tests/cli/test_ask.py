"""`netralitas ask`: asks again, goes back, is left and taken up again, and ends in a decision."""

from pathlib import Path

import pytest
import yaml

import netralitas_rules as nr
from tests.cli.running import Cli
from tests.content.files import AS_OF, REPORTED

CASE = REPORTED / "case-092.yaml"


@pytest.fixture
def kept(tmp_path: Path) -> tuple[str, ...]:
    """Where this interview is kept, and where its incident goes."""
    session, save = tmp_path / "session.yaml", tmp_path / "saved.yaml"
    more = ("--session", str(session), "--save", str(save))
    return (*more, "--ruleset", "national", "--as-of", AS_OF, "--lang", "en")


def test_an_interview_is_left_and_taken_up_again(
    cli: Cli, kept: tuple[str, ...], tmp_path: Path
) -> None:
    ran = cli("ask", *kept, stdin=b"post\nnonsense\nback\nback\nhold_activity\n2020-11-05\nstop\n")
    assert ran.code == 0
    assert "That answer cannot be taken: a date is written 2024-01-31" in ran.out
    assert "This is the first question." in ran.out
    assert "The answers are kept in" in ran.out
    session = yaml.safe_load((tmp_path / "session.yaml").read_text(encoding="utf-8"))
    assert session["answers"] == [
        {"place": "act.conduct", "value": "hold_activity"},
        {"place": "act.date", "value": "2020-11-05"},
    ]
    ran = cli("ask", *kept, stdin=b"")
    assert "Taking up 2 answers" in ran.err
    assert "What kind of conduct" not in ran.out


def test_an_interview_ends_in_a_decision_and_a_saved_incident(
    cli: Cli, kept: tuple[str, ...], tmp_path: Path
) -> None:
    ran = cli("ask", CASE, *kept, stdin=b"?\n" * 60)
    assert ran.code == 0
    assert "The report is saved in" in ran.out
    assert not (tmp_path / "session.yaml").exists()
    (saved,) = nr.read(tmp_path / "saved.yaml")
    (stated,) = nr.read(CASE)
    assert isinstance(saved, nr.Incident)
    assert isinstance(stated, nr.Incident)
    rules = nr.load("national")
    same = (rules.decide(one, as_of=AS_OF) for one in (saved, stated))
    assert len({decision.to_json() for decision in same}) == 1
    ran = cli("ask", CASE, *kept)
    assert (ran.code, "is there already" in ran.err) == (1, True)


def test_what_cannot_be_taken_up(cli: Cli, kept: tuple[str, ...], tmp_path: Path) -> None:
    session = tmp_path / "session.yaml"
    session.write_text("answers: 3\n")
    ran = cli("ask", *kept)
    assert (ran.code, "this is no interview that was left" in ran.err) == (1, True)
    session.write_text("subjects: [\n")
    assert cli("ask", *kept).code == 1
    session.unlink()
    ran = cli("ask", tmp_path / "nowhere.yaml", *kept)
    assert (ran.code, "cannot be read" in ran.err) == (1, True)


def test_one_file_cannot_hold_both_and_folders_have_to_be_there(
    cli: Cli, kept: tuple[str, ...], tmp_path: Path
) -> None:
    same = ("--session", str(tmp_path / "one.yaml"), "--save", str(tmp_path / "one.yaml"))
    ran = cli("ask", *same, "--lang", "en")
    assert (ran.code, "cannot go into one file" in ran.err) == (1, True)
    nowhere = ("--save", str(tmp_path / "none" / "saved.yaml"))
    ran = cli("ask", *nowhere, "--lang", "en")
    assert (ran.code, "does not exist" in ran.err) == (1, True)
    ran = cli("ask", "-", *kept)
    assert (ran.code, "name a file" in ran.err) == (1, True)


def test_a_session_is_not_taken_up_for_another_report_or_ruleset(
    cli: Cli, kept: tuple[str, ...], tmp_path: Path
) -> None:
    assert cli("ask", CASE, *kept, stdin=b"?\nstop\n").code == 0
    assert (tmp_path / "session.yaml").stat().st_mode & 0o077 == 0
    ran = cli("ask", REPORTED / "case-123.yaml", *kept)
    assert (ran.code, "began with another report" in ran.err) == (1, True)
    ran = cli("ask", *kept, "--ruleset", "kemenkumham")
    assert (ran.code, "under another ruleset" in ran.err) == (1, True)
    assert cli("ask", CASE, *kept, stdin=b"\xff\xfe\nback\nstop\n").code == 0
    assert not (tmp_path / "session.yaml").exists(), "nothing was answered"
    (tmp_path / "session.yaml").write_text("5\n")
    assert cli("ask", *kept).code == 1


def test_an_answer_that_contradicts_what_was_said_is_asked_again(
    cli: Cli, kept: tuple[str, ...], tmp_path: Path
) -> None:
    report = tmp_path / "report.yaml"
    report.write_text(
        "subjects: [{status: pns}]\nacts: [{conduct: post}]\nproceeding: {examined_on: 2023-01-01}"
    )
    ran = cli("ask", report, *kept, stdin=b"2024-01-31\n2022-12-01\nstop\n")
    assert ran.out.count("When was the act done?") == 2
    assert "That answer cannot be taken:" in ran.out
