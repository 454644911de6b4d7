"""Coverage as a table, as a page, as JSON, and as a threshold, on a small ruleset."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from netralitas_rules.cli.main import main
from tests.small import document

NEAR_MISS = {
    "subjects": [{"status": "pns"}],
    "acts": [{"conduct": "post", "audience": "private", "date": "2022-05-01"}],
    "beneficiaries": [{"stage": "candidate", "relation": "none"}],
}
MET = {**NEAR_MISS, "acts": [{**NEAR_MISS["acts"][0], "audience": "public"}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small ruleset as a folder, with two scenarios; a title that must be escaped."""
    content = document()
    content["violations"]["new/post"]["title"]["en"] = "Posting <script>alert('&')</script>"
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "rules.yaml").write_text(
        yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False)
    )
    scenarios: dict[str, Any] = {
        name: {"why": "It shows something.", "incident": incident, "expect": {}}
        for name, incident in (("near-miss", NEAR_MISS), ("met", MET))
    }
    file = tmp_path / "small" / "scenarios" / "some.yaml"
    file.parent.mkdir()
    text = {"ruleset": "..", "as-of": "2024-06-30", "scenarios": scenarios}
    file.write_text(yaml.safe_dump(json.loads(json.dumps(text)), sort_keys=False).replace("'", ""))
    assert main(["test", str(file), "--update"]) == 0
    return tmp_path / "small"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_table_says_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(folder), "--coverage"]) == 0
    out = capsys.readouterr().out
    assert "element decisive" in out
    assert "  - element new/post > who: decisive\n" in out
    assert "  - element new/post > public: decisive\n" not in out
    assert "  - version law.code > new: governs\n" not in out
    assert "  - version law.code > old: governs\n" in out


def test_the_page_stands_alone_and_is_escaped(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert main(["test", str(folder), "--coverage-html", str(file)]) == 0
    content = file.read_text(encoding="utf-8")
    page = _Page()
    page.feed(content)
    assert page.open == []
    assert page.links == []
    assert "script" not in page.tags
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in content
    assert "near-miss" in page.text
    assert "not shown" in page.text


def test_json_names_the_scenarios(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "coverage.json"
    assert main(["test", str(folder), "--coverage-json", str(file)]) == 0
    (found,) = json.loads(file.read_text(encoding="utf-8"))
    assert found["ruleset"] == "small"
    assert len(found["detail"]) == found["goals"]
    assert sum(goal["scenarios"] > 0 for goal in found["detail"]) == found["shown"]
    near = {"kind": "element", "of": "new/post", "part": "public", "status": "decisive"}
    (goal,) = [g for g in found["detail"] if near.items() <= g.items()]
    assert goal["first"] == ["near-miss"]
    by_kind = {(line["kind"], line["status"]): line for line in found["by_kind"]}
    assert sum(line["goals"] for line in by_kind.values()) == found["goals"]


def test_the_threshold_is_an_exit_status(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(folder), "--coverage-min", "5"]) == 0
    capsys.readouterr()
    assert main(["test", str(folder), "--coverage-min", "99.5"]) == 1
    assert "shown by scenarios, wanted: 99.5 %" in capsys.readouterr().err
    assert main(["test", str(folder), "--coverage-min", "101"]) == 2
    assert "a number from 0 to 100, not 101" in capsys.readouterr().err
