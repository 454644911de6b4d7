"""Scenarios: reading, what cannot be expected, running, differences, rewriting, collecting."""

from pathlib import Path
from typing import Any

import pytest

from netralitas_rules.cli.main import main
from netralitas_rules.loading.diagnostics import Code, Refused
from netralitas_rules.scenarios.reading import Scenario, read_scenarios, scenario_files
from netralitas_rules.scenarios.running import observed, run, told
from netralitas_rules.scenarios.updating import update
from tests.golden.harness import BASE

pytest_plugins = ["pytester"]

HEAD = f"ruleset: {BASE}\nscenarios:\n"
ONE = """\
  support:  # a comment of the author
    why: supporting in public is the first violation
    as-of: 2024-06-30
    incident:
      subjects: [{status: pns}]
      acts: [{conduct: post, audience: public, date: 2024-01-01}]
    expect:
      outcome: met
      findings: {base/support: met}
      paths: {light: follows}

"""
TWO = """\
  two-people:
    why: {id: "hanya satu yang berbuat", en: "only one of them did it"}
    as-of: 2024-06-30
    incident:
      subjects: [{key: a, status: pns}, {key: b, status: pns}]
      acts: [{conduct: post, audience: public, by: [a], date: 2024-01-01}]
    expect:
      outcome: met
      findings:
        base/support: {a: met}
      paths: {light: {a: follows}}
"""
OLD = """\
  old:
    why: the regulation did not govern yet
    as-of: 2024-06-30
    incident:
      subjects: [{status: pns}]
      acts: [{conduct: post, audience: public, date: 2019-01-01}]
    expect: {outcome: no_listed_form, decisive: []}
"""
REFUSED = """\
  refused:
    why: an act cannot lie after the day of asking
    as-of: 2023-06-30
    incident:
      subjects: [{status: pns}]
      acts: [{conduct: post, audience: public, date: 2024-01-01}]
    expect: {refused: date-order}
"""


def written(tmp_path: Path, *scenarios: str) -> Path:
    path = tmp_path / "some.yaml"
    path.write_text(HEAD + "".join(scenarios), encoding="utf-8")
    return path


def only(path: Path) -> Scenario:
    (scenario,) = read_scenarios(path)
    return scenario


def test_scenarios_that_hold(tmp_path: Path) -> None:
    found = read_scenarios(written(tmp_path, ONE, TWO, OLD, REFUSED))
    assert [s.name for s in found] == ["support", "two-people", "old", "refused"]
    assert [run(s).differences for s in found] == [()] * 4
    assert [s.line for s in found] == [3, 14, 25, 32]


LIGHT = "found follows discipline light"
HEAVY = "discipline heavy"
NOT_OPEN = "expected open, found met"
DECIDED = "found a decision"


@pytest.mark.parametrize(
    ("one", "old", "new", "differences"),
    [
        (ONE, ": met", ": open", f"outcome: {NOT_OPEN}; base/support: {NOT_OPEN}"),
        (ONE, "{light: follows}", "{}", f"path light: expected nothing, {LIGHT}"),
        (ONE, "follows", "may_follow", f"path light: expected may_follow, {LIGHT}"),
        (ONE, "follows", "follows contract", f"path light: expected follows contract, {LIGHT}"),
        (ONE, "follows", f"follows {HEAVY}", f"path light: expected follows {HEAVY}, {LIGHT}"),
        (ONE, "follows", "follows discipline", ""),
        (ONE, "outcome: met", "", "outcome: expected nothing yet, found met"),
        (OLD, "no_listed_form", "not_met", "outcome: expected not_met, found no_listed_form"),
        (TWO, "{a: met}", "met", "base/support (b): expected met, found nothing"),
        (REFUSED, "date-order", "cycle", "refused: expected cycle, found date-order"),
        (REFUSED, "refused: date-order", "", "refused: expected a decision, found date-order"),
        (OLD, "outcome: no_listed_form", "refused: empty", f"refused: expected empty, {DECIDED}"),
    ],
)  # fmt: skip
def test_differences_are_told(
    one: str, old: str, new: str, differences: str, tmp_path: Path
) -> None:
    assert old in one
    scenario = only(written(tmp_path, one.replace(old, new)))
    result = run(scenario)
    assert "; ".join(str(d) for d in result.differences) == differences
    text = told(result)
    assert str(scenario) in text
    assert all(f"  - {d}" in text for d in result.differences)


@pytest.mark.parametrize(
    ("one", "old", "new", "code", "at"),
    [
        (ONE, "    as-of: 2024-06-30\n", "", Code.MISSING_KEY, (3, 3)),
        (ONE, "2024-06-30", "2024-06-31", Code.BAD_DATE, (5, 12)),
        (ONE, "base/support: met", "base/suport: met", Code.UNKNOWN_REFERENCE, (11, 18)),
        (ONE, "light: follows", "heavy: follows", Code.UNKNOWN_REFERENCE, (12, 15)),
        (ONE, "base/support: met", "base/support: follows", Code.WRONG_TYPE, None),
        (ONE, "{base/support: met}", "{}", Code.BAD_CONDITION, None),
        (ONE, "outcome: met", "outcome: open", Code.BAD_CONDITION, (10, 16)),
        (ONE, "outcome: met", "refused: date-order", Code.BAD_CONDITION, None),
        (ONE, "status: pns", "status: pnss", Code.UNKNOWN_VALUE, (7, 27)),
        (ONE, "why:", "because:", Code.UNKNOWN_KEY, None),
        (ONE, "supporting in public is the first violation", "3", Code.WRONG_TYPE, (4, 10)),
        (ONE, "    incident:\n", "    file: a.yaml\n    incident:\n", Code.WRONG_TYPE, None),
        (ONE, "    why:", "    readings: {who: few}\n    why:", Code.UNKNOWN_REFERENCE, None),
        (TWO, "{a: met}", "{c: met}", Code.UNKNOWN_REFERENCE, None),
        (OLD, "decisive: []", "decisive: [nobody]", Code.UNKNOWN_REFERENCE, (9, 50)),
    ],
)  # fmt: skip
def test_what_cannot_be_expected(
    one: str, old: str, new: str, code: Code, at: tuple[int, int] | None, tmp_path: Path
) -> None:
    assert old in one
    path = written(tmp_path, one.replace(old, new))
    with pytest.raises(Refused) as caught:
        read_scenarios(path)
    assert code in {d.code for d in caught.value.diagnostics}
    first = next(d for d in caught.value.diagnostics if d.code is code)
    assert first.positions[0].source == str(path)
    if at is not None:
        assert (first.positions[0].line, first.positions[0].column) == at
    assert first.expected or first.help


def test_an_incident_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "report.yaml").write_text(
        "subjects: [{status: pns}]\nacts: [{conduct: post, audience: public, date: 2024-01-01}]\n"
    )
    inline = ONE[ONE.index("    incident:") : ONE.index("    expect:")]
    by_file = ONE.replace(inline, "    file: report.yaml\n")
    assert run(only(written(tmp_path, by_file))).differences == ()
    with pytest.raises(Refused) as caught:
        read_scenarios(written(tmp_path, by_file.replace("report.yaml", "nowhere.yaml")))
    assert [d.code for d in caught.value.diagnostics] == [Code.FILE_UNREADABLE]
    assert caught.value.diagnostics[0].positions[0].line == 6
    for text, code in (
        ("subjects: [{status: x}]", Code.UNKNOWN_VALUE),
        ("incidents: [{subjects: [{}]}, {subjects: [{}]}]", Code.WRONG_TYPE),
    ):
        (tmp_path / "report.yaml").write_text(text)
        with pytest.raises(Refused) as caught:
            read_scenarios(written(tmp_path, by_file))
        assert [d.code for d in caught.value.diagnostics] == [code]


LIKE = """\
  in-private:
    why: {id: "hanya untuk diri sendiri", en: "for nobody but oneself"}
    like: support
    but: {act.audience: private}
    expect: {outcome: not_met}
  again:
    why: the same, and the day is not known
    as-of: 2024-12-31
    like: in-private
    but: {act.date: unknown, "acts[0].audience": public}
    expect: {outcome: met, findings: {base/support: met}, paths: {light: follows}}
"""


def like(tmp_path: Path, more: str = "", *, old: str = "", new: str = "") -> Path:
    path = tmp_path / "some.yaml"
    text = f"ruleset: {BASE}\nas-of: 2024-06-30\nscenarios:\n{ONE}{LIKE}{more}"
    assert old in text
    path.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return path


def test_like_another_but(tmp_path: Path) -> None:
    support, private, again = read_scenarios(like(tmp_path))
    assert [run(s).differences for s in (support, private)] == [(), ()]
    assert [s.as_of.isoformat() for s in (private, again)] == ["2024-06-30", "2024-12-31"]
    assert private.incident.acts[0].audience != support.incident.acts[0].audience
    assert again.incident.acts[0].date is None
    assert again.incident.acts[0].audience == support.incident.acts[0].audience


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("like: support", "like: suport", Code.UNKNOWN_REFERENCE, (17, 11)),
        ("like: support", "like: again", Code.CYCLE, None),
        ("{act.audience: private}", "{act.audience: privat}", Code.UNKNOWN_VALUE, (18, 25)),
        ("{act.audience: private}", "{act.audiense: private}", Code.UNKNOWN_KEY, None),
        ("{act.audience: private}", "{'acts[1].date': private}", Code.UNKNOWN_REFERENCE, (18, 11)),
        ("{act.audience: private}", "{acts: private}", Code.UNKNOWN_REFERENCE, (18, 11)),
        ("{act.audience: private}", "{deed.audience: private}", Code.UNKNOWN_REFERENCE, (18, 11)),
        ("{act.audience: private}", "{act.date.day: 1}", Code.UNKNOWN_REFERENCE, (18, 11)),
        ("as-of: 2024-06-30\nscenarios", "scenarios", Code.MISSING_KEY, (14, 3)),
    ],
)  # fmt: skip
def test_like_what_is_not_there(
    old: str, new: str, code: Code, at: tuple[int, int] | None, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as caught:
        read_scenarios(like(tmp_path, old=old, new=new))
    first = caught.value.diagnostics[0]
    assert first.code is code
    assert first.expected or first.help
    if at is not None:
        assert (first.positions[0].line, first.positions[0].column) == at


def test_a_reading_that_does_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    text = ONE.replace("    why:", "    readings: {b-row-stage: bothh}\n    why:")
    path.write_text("ruleset: national\nscenarios:\n" + text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_scenarios(path)
    messages = [d.message for d in caught.value.diagnostics]
    assert "there is no reading `bothh`" in messages
    assert any("`base/support`" in message for message in messages)


def test_a_broken_ruleset_is_told_once(tmp_path: Path) -> None:
    path = written(tmp_path, ONE, TWO, OLD)
    path.write_text(path.read_text().replace(str(BASE), "nowhere"))
    with pytest.raises(Refused) as caught:
        read_scenarios(path)
    assert len(caught.value.diagnostics) == 1


def test_rewriting_keeps_everything_else(tmp_path: Path) -> None:
    wrong = ONE.replace("light: follows", "light: may_follow")
    path = written(tmp_path, wrong, OLD.replace("no_listed_form", "not_met"), REFUSED)
    before = path.read_text()
    assert update(path, [run(s) for s in read_scenarios(path)]) == 2
    after = path.read_text()
    assert "# a comment of the author" in after
    assert after.endswith(REFUSED)
    assert before.split("expect:")[0] == after.split("expect:")[0]
    results = [run(s) for s in read_scenarios(path)]
    assert [r.differences for r in results] == [()] * 3
    assert update(path, results) == 0
    assert path.read_text() == after


def test_what_cannot_be_expected_any_more_is_rewritten(tmp_path: Path) -> None:
    """The row has gone from the ruleset: the old expectation must not stand in the way."""
    path = written(tmp_path, ONE.replace("light: follows", "gone: follows"))
    assert main(["test", str(path)]) == 1
    assert main(["test", str(path), "--update"]) == 0
    assert main(["test", str(path)]) == 0
    bad = written(tmp_path, ONE.replace("    why:", "    readings: {who: few}\n    why:"))
    assert main(["test", str(bad), "--update"]) == 1


def test_a_flow_that_cannot_be_rewritten(tmp_path: Path) -> None:
    flow = "  x: {why: w, as-of: 2024-06-30, incident: {subjects: [{}]}, expect: {outcome: open}}\n"
    path = written(tmp_path, flow)
    with pytest.raises(RuntimeError, match="by hand"):
        update(path, [run(s) for s in read_scenarios(path)])
    assert path.read_text() == HEAD + flow


def test_what_was_observed_is_in_the_form_of_expect(tmp_path: Path) -> None:
    first, second = read_scenarios(written(tmp_path, ONE, TWO))
    assert observed(run(first).decision) == {
        "outcome": "met",
        "findings": {"base/support": "met"},
        "paths": {"light": "follows discipline light"},
        "sanctions": {"light": ["reprimand"]},
        "decisive": [],
    }
    assert observed(run(second).decision)["findings"] == {"base/support": {"a": "met"}}


@pytest.mark.parametrize(
    ("more", "code"),
    [([], 1), (["--format", "json"], 1), (["--update"], 0)],
)
def test_the_command(
    more: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, ONE, OLD.replace("no_listed_form", "not_met"))
    assert main(["test", str(tmp_path), *more]) == code
    out = capsys.readouterr().out
    if not more:
        assert f"{path}:14 old" in out
        assert "outcome: expected not_met, found no_listed_form" in out
        assert "scenarios that hold: 1; that differ: 1; files refused: 0" in out
    elif code == 0:
        assert "scenarios rewritten: 1; files refused: 0" in out
        assert main(["test", str(path)]) == 0


def test_the_command_on_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(tmp_path)]) == 2
    path = tmp_path / "a.yaml"
    path.write_text("scenarios: {}\n")
    assert main(["test", str(path)]) == 1
    assert "a.yaml:1" in capsys.readouterr().err
    assert main(["test", str(tmp_path / "nobody.yaml")]) == 1
    path.write_bytes(b"#" * (1 << 21))
    assert main(["test", str(path)]) == 1


def test_pytest_collects_them(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("scenarios")
    (folder / "good.yaml").write_text(HEAD + ONE + TWO)
    (folder / "bad.yaml").write_text(HEAD + OLD.replace("no_listed_form", "not_met"))
    (folder / "broken.yml").write_text("scenarios: {}\n")
    pytester.mkdir("other").joinpath("not.yaml").write_text("a: 1\n")
    ran = pytester.runpytest_subprocess("--continue-on-collection-errors")
    ran.assert_outcomes(passed=2, failed=1, errors=1)
    ran.stdout.fnmatch_lines(["*outcome: expected not_met, found no_listed_form*"])


def test_scenario_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/x.yaml", "a.yml", "c.txt", "D.YAML"):
        (tmp_path / name).write_text("")
    (tmp_path / "b" / "incident.yaml").write_text("subjects: [{status: pns}]\n")
    assert list(scenario_files(tmp_path)) == [
        tmp_path / name for name in ("D.YAML", "a.yml", "b/x.yaml")
    ]
    assert list(scenario_files(tmp_path / "b" / "incident.yaml")) != [], "what is named is read"


def test_readings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readings", "--ruleset", str(BASE)]) == 0
    assert capsys.readouterr().out == "who-counts  [-]  Siapa yang dihitung?\n"
    arguments: list[Any] = ["readings", "who", "--ruleset", str(BASE), "--lang", "en"]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "who-counts (note)" in out
    assert "- few: few" in out
    assert main(["readings", "nobody", "--ruleset", str(BASE)]) == 2
    assert main(["readings", "--ruleset", "nobody"]) == 1
