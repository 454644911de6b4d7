"""What the documents show works: the README, the demo, the script, the data of the wheel."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import netralitas_rules as nr
from netralitas_rules.case import read_case
from netralitas_rules.case.regimes import Standing
from netralitas_rules.cli.main import main
from netralitas_rules.facts.record_vocabulary import RecordStep
from netralitas_rules.scenarios.reading import read_scenarios
from netralitas_rules.scenarios.running import run as run_scenario
from tests.content.files import (
    AS_OF,
    CASE_FILES,
    CASES,
    EXAMPLE_FILES,
    EXAMPLES,
    ROOT,
    ROW_FILES,
    ROWS,
    RULESETS,
    decided,
)

# -- the README

BLOCK = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.M | re.S)


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [body for lang, body in BLOCK.findall(text) if lang == language]


def one(records: list[nr.Incident | nr.Refused]) -> nr.Incident:
    (record,) = records
    assert isinstance(record, nr.Incident), str(record)
    return record


def incident_in(name: str, folder: Path) -> Path:
    path = folder / "report.yaml"
    path.write_text(blocks(name, "yaml")[0], encoding="utf-8")
    return path


def test_the_incident_of_the_readme(tmp_path: Path) -> None:
    """What the README says of it: row A4 until 2 November, B6 from the 4th, open on the 3rd."""
    incident = one(list(nr.read(incident_in("README.md", tmp_path))))
    decision = nr.load("kemenkumham").decide(incident, as_of="2024-01-10")
    periods = {
        rule: [(p.first, p.last, p.status and p.status.value) for p in decision[rule].periods]
        for rule in ("skb-2022/A4", "skb-2022/B6")
    }
    assert periods["skb-2022/A4"][0] == ("2023-11-01", "2023-11-02", "met")
    assert periods["skb-2022/B6"][-1] == ("2023-11-04", "2023-11-30", "met")
    on_the_third = [
        status
        for spans in periods.values()
        for first, last, status in spans
        if first <= "2023-11-03" <= last
    ]
    assert on_the_third == ["open", "open"]
    ways = {(way.regime.value, way.level and way.level.value) for way in decision.paths}
    levels = {("discipline", level) for level in ("light", "medium", "heavy")}
    assert ways == {("ethics", None), *levels}
    (decree,) = [way for way in decision.paths if way.rests_on.value == "decree"]
    assert decree.level is not None
    assert decree.level.value == "heavy"
    by_impact = [way for way in decision.paths if way.level and way is not decree]
    assert {way.status.value for way in by_impact} == {"may_follow"}
    assert "act.date" in {item.fact for item in decision.settle}


def test_both_readmes_show_the_same_incident(tmp_path: Path) -> None:
    first, second = (
        one(list(nr.read(incident_in(name, tmp_path)))) for name in ("README.md", "README.id.md")
    )
    assert first.model_copy(update={"id": None}) == second.model_copy(update={"id": None})


def test_the_commands_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every `netralitas ...` line and span that names no file of the reader's own."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = {
        " ".join(line.split())
        for line in re.findall(r"(?:^|`)(netralitas [^`\n]+)", text, flags=re.M)
    }
    assert len(lines) >= 8
    incident_in("README.md", tmp_path)
    shutil.copy(CASES / "repeat.yaml", tmp_path / "case.yaml")
    own = shutil.ignore_patterns("scenarios")
    shutil.copytree(RULESETS / "national", tmp_path / "my-rules", ignore=own)
    (tmp_path / "scenarios").mkdir()
    scenario_in_docs(tmp_path / "scenarios" / "shown.yaml")
    (tmp_path / "goods.yaml").write_text(blocks("README.md", "yaml")[2], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for line in sorted(lines):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        assert main(line.split()[1:]) == 0, f"{line}: {capsys.readouterr().err}"


def test_the_ruleset_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy of the national ruleset takes the new file, which finds what it says."""
    shutil.copytree(RULESETS / "national", tmp_path / "my-rules")
    added = tmp_path / "my-rules" / "example.yaml"
    added.write_text(blocks("README.md", "yaml")[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "my-rules"]) == 0, capsys.readouterr().out
    capsys.readouterr()
    assert main(["lint", "my-rules", "--format", "json", "--level", "warning"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in found] == ["rule-without-scenario"]
    (new,) = set(nr.load("my-rules").rules) - set(nr.load("national").rules)
    (tmp_path / "goods.yaml").write_text(blocks("README.md", "yaml")[2], encoding="utf-8")
    decision = nr.load("my-rules").decide(one(list(nr.read("goods.yaml"))), as_of="2024-12-01")
    assert decision[new].status.value == "met"
    assert ("example-light-4-c", "follows") in [(p.id, p.status.value) for p in decision.paths]


def test_the_program_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs as it stands, with a file of reports beside it."""
    (program,) = blocks("README.md", "python")
    reports = tmp_path / "report.yaml"
    reports.write_text("incidents: [{subjects: [{status: pns}]}, {}]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(program, "README.md", "exec"), names)
    decision = names["decision"]
    assert isinstance(decision, nr.Decision)
    assert decision.outcome.value == "met"
    assert decision["skb-2022/B8"].elements
    assert isinstance(names["record"], nr.Refused)


def test_the_names_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"^Twelve names are all there is: (.*?)\.", text, flags=re.M)
    assert set(re.findall(r"`(\w+)`", sentence)) == set(nr.__all__)
    assert len(nr.__all__) == 12


def scenario_in_docs(path: Path) -> Path:
    """The scenario file that docs/scenarios.md shows, under the national ruleset."""
    (text,) = blocks("docs/scenarios.md", "yaml")
    path.write_text(text.replace("ruleset: ..  ", "ruleset: national  "), encoding="utf-8")
    return path


def test_the_scenarios_that_are_shown_hold(tmp_path: Path) -> None:
    path = scenario_in_docs(tmp_path / "shown.yaml")
    results = [run_scenario(scenario) for scenario in read_scenarios(path)]
    assert [r.differences for r in results] == [(), ()]


@pytest.mark.parametrize("name", ["README.md", "README.id.md"])
def test_what_a_document_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


# -- the document on case files


def case_in_docs(folder: Path) -> Path:
    path = folder / "case.yaml"
    path.write_text(blocks("docs/cases.md", "yaml")[0], encoding="utf-8")
    return path


def test_the_case_file_that_is_shown(tmp_path: Path) -> None:
    """It is read, and comes to what its proceeding says."""
    case = read_case(case_in_docs(tmp_path))
    decision = nr.load("kemenkumham").decide_case(case, as_of="2024-04-30")
    (matter,) = decision.matters
    assert matter.reports == ("bawaslu-1",)
    assert matter.outcome is not None
    assert matter.outcome.value == "met"
    by_path = {path.at.path: path.standing.value for o in decision.regimes for path in o.paths}
    assert by_path["medium-n2"] == "settled"
    (one,) = decision.proceedings
    reasons = {found.reason for found in one.proceeding.findings if found.reason}
    assert reasons == {"background_weighed", "impact_weighed"}


def test_the_commands_and_the_program_on_case_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("docs/cases.md", "examples/cases/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        lines = re.findall(r"^(netralitas [^\n>]+)", text, flags=re.M)
        lines += re.findall(r"`(netralitas schema [^`]+)`", text)
        assert lines
        monkeypatch.chdir(ROOT)
        for line in lines:
            assert main(line.split()[1:]) == 0, f"{line}: {capsys.readouterr().err}"
    (program,) = blocks("docs/cases.md", "python")
    case_in_docs(tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(compile(program, "docs/cases.md", "exec"), {})


def test_the_document_on_case_files_names_every_step_and_standing() -> None:
    text = (ROOT / "docs/cases.md").read_text(encoding="utf-8")
    for word in (*RecordStep, *Standing):
        assert f"`{word}`" in text, word


# -- the examples


def run(*arguments: str | Path) -> str:
    """Standard output of a program in a process of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        env={**kept, "PYTHONIOENCODING": "ascii", "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode("utf-8")


def test_the_demo() -> None:
    """Every reported record is printed, once, in its order."""
    text = run(EXAMPLES / "demo.py")
    assert re.findall(r"^case-\d+", text, flags=re.M) == [path.stem for path in CASE_FILES]


def test_the_script() -> None:
    """Text, paths and open questions of one file."""
    path = ROWS / "form-06-like-candidate.yaml"
    text = run(EXAMPLES / "classify_script.py", path)
    decision = decided(path)
    assert text.startswith(decision.text(lang="id"))
    for way in decision.paths:
        assert f"{way.status}: {way.regime}" in text
    for question in decision.decisive:
        assert f"open question: {question.id}" in text


def named_rows() -> dict[str, set[str]]:
    """What examples/README.md names, with the rows that each name stands for."""
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    stems = {path.stem for path in ROW_FILES}
    return {
        name: {stem for stem in stems if re.fullmatch(name.replace("*", ".*"), stem)}
        for name in re.findall(r"`([a-z0-9*-]+)`", text)
    }


def test_the_table_of_the_examples_names_files() -> None:
    assert len(named_rows()) > 30
    assert [name for name, rows in named_rows().items() if not rows] == []


def test_the_table_of_the_examples_names_every_row() -> None:
    assert {path.stem for path in ROW_FILES} == set().union(*named_rows().values())


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_an_example_is_named_as_its_file_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    (incident,) = nr.read(path)
    assert isinstance(incident, nr.Incident)
    assert incident.id == path.stem
    assert text.startswith("# ") if path in ROW_FILES else incident.source
    assert all(subject.identity is None for subject in incident.subjects)


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_a_reported_case_names_nobody(path: Path) -> None:
    """No number that could be a NIP or NIK, and keys that are functions rather than names."""
    text = re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))
    assert not re.search(r"\d{16,}", text)


# -- what the wheel carries


def test_the_rulesets_are_data_of_the_package() -> None:
    folder = files("netralitas_rules.rulesets")
    found = {
        entry.name for entry in folder.iterdir() if entry.is_dir() and entry.name[0] not in "_."
    }
    assert found == {"national", "kemenkumham"}
    for name in found:
        there = {e.name for e in folder.joinpath(name).iterdir() if e.name.endswith(".yaml")}
        assert there == {path.name for path in (RULESETS / name).glob("*.yaml")}
        assert "ruleset.yaml" in there


def test_the_pages_and_the_glossary_are_data_of_the_package() -> None:
    for tool in ("check", "lint"):
        folder = files(f"netralitas_rules.{tool}_pages")
        pages = {e.name for e in folder.iterdir() if ".md" in e.name}
        assert pages == {path.name for path in (ROOT / "docs" / tool).glob("*.md")}
    assert files("netralitas_rules.analysis.lint").joinpath("glossary.yaml").is_file()


def test_codebook_schemas_and_marker_are_data_of_the_package() -> None:
    package = files("netralitas_rules")
    for name in ("py.typed", "facts/facts.yaml", "schemas/incident.schema.json"):
        assert package.joinpath(name).is_file(), name


def test_the_day_of_the_demo_is_that_of_the_tests() -> None:
    assert f'AS_OF = "{AS_OF}"' in (EXAMPLES / "demo.py").read_text(encoding="utf-8")
