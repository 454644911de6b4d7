"""The check as a command and as a library: bundled rulesets, pages, witnesses, searches cut."""

from pathlib import Path

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.findings import IN_INDONESIAN
from netralitas_rules.analysis.pages import CHECK
from netralitas_rules.analysis.search import Search, SearchCut
from netralitas_rules.cli.main import main
from netralitas_rules.law.findings import FindingCode
from tests.written import plain_yaml

ROOT = Path(__file__).parents[2]
PARTS = ["## Avoid", "## Prefer", "## Why", "## Exceptions"]


@pytest.mark.parametrize("code", FindingCode)
def test_every_code_has_its_page(code: FindingCode, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", code.value]) == 0
    text = CHECK.page(code)
    assert capsys.readouterr().out == text
    assert [line for line in text.splitlines() if line.startswith("## ")] == PARTS


def test_every_code_is_told_in_indonesian() -> None:
    assert set(IN_INDONESIAN) == set(FindingCode)


def test_the_index_is_current() -> None:
    text = (ROOT / "docs" / "check" / "README.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert lines == [f"- [`{code}`]({code}.md): {CHECK.summary(code)}" for code in FindingCode]


def test_a_search_without_steps_says_so() -> None:
    plan = nr.load("national").plan
    rule = next(rule for rule in plan.rules if rule.id == "skb-2022/B6")
    search = Search(plan, steps=0)
    with pytest.raises(SearchCut):
        search.find([rule.needs])


def test_a_witness_is_a_scenario_that_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for file in (ROOT / "rulesets" / "national").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if file.name == "violations-pp-94.yaml":
            at = text.index("  light-4g:")
            text = text[:at] + text[at:].replace("is: civil-servant", "is: pns", 1)
        (folder / file.name).write_text(text, encoding="utf-8")
    assert main(["check", str(folder), "--save-witness", str(tmp_path / "out")]) == 1
    assert "finding[gap]: `pp-94-2021/4/g` can be met" in capsys.readouterr().out
    (saved,) = (tmp_path / "out").glob("gap-*.yaml")
    (shown,) = plain_yaml(saved.read_text("utf-8"))["scenarios"].values()
    assert shown["why"]["id"].startswith("Temuan dapat terpenuhi tanpa satu pun baris hukuman")
    assert shown["why"]["en"].startswith("`pp-94-2021/4/g` can be met without")
    expect = shown["expect"]
    assert expect["findings"]["pp-94-2021/4/g"] == "met"
    assert not {"light-4g", "medium-4g"} & {*expect["paths"]}
    assert main(["test", str(saved), "--ruleset", str(folder)]) == 0, capsys.readouterr().out
