"""The texts that people read, as a whole."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import netralitas_rules as nr
from netralitas_rules.cli.main import main
from tests.cli.running import COMMANDS
from tests.content.files import (
    AS_OF,
    LANGUAGES,
    ROOT,
    ROWS,
    WHOLE_CASES,
    decided,
    incident_of,
)
from tests.snapshots.harness import (
    EXPECTED,
    INQUIRIES_SHOWN,
    SHOWN,
    VERSIONS_SHOWN,
    WHY_SHOWN,
    check,
    spaces,
    without_digest,
)
from tests.snapshots.test_cases import PICTURES, case_file
from tests.snapshots.test_diff import EDITS
from tests.snapshots.test_inquiry import SHOWN as ASKED
from tests.snapshots.test_inquiry import SUPPOSED
from tests.snapshots.test_proceedings import FILES as PROCEEDINGS

TIME = ROOT / "tests" / "golden" / "good" / "time"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_text(path: Path, lang: str) -> None:
    decision = decided(path)
    check(f"{path.stem}.{lang}.txt", without_digest(decision.text(lang=lang), decision))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", VERSIONS_SHOWN, ids=lambda path: path.stem)
def test_versions(path: Path, lang: str) -> None:
    found = nr.load("kemenkumham").versions(incident_of(path), as_of=AS_OF)
    check(f"versions-{path.stem}.{lang}.txt", without_digest(found.text(lang=lang), found))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", INQUIRIES_SHOWN, ids=lambda path: path.stem)
def test_inquiries(path: Path, lang: str) -> None:
    found = nr.load("kemenkumham").inquire(incident_of(path), as_of=AS_OF)
    check(f"settle-{path.stem}.{lang}.txt", without_digest(found.text(lang=lang), found))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "rule"), WHY_SHOWN)
def test_why(name: str, rule: str, lang: str) -> None:
    found = nr.load("kemenkumham").why(incident_of(ROWS / name), rule, as_of=AS_OF)
    check(f"{why_file(name, rule)}.{lang}.txt", without_digest(found.text(lang=lang), found))


def why_file(name: str, rule: str) -> str:
    return f"why-{Path(name).stem}-{rule.replace('/', '-')}"


@pytest.mark.parametrize("path", INQUIRIES_SHOWN, ids=lambda path: path.stem)
def test_an_inquiry_names_the_same_in_both_languages(path: Path) -> None:
    found = nr.load("kemenkumham").inquire(incident_of(path), as_of=AS_OF)
    named = {lang: re.findall(r"\[([^\]\s]+)\]", found.text(lang=lang)) for lang in LANGUAGES}
    assert named["id"] == named["en"]


def test_what_is_shown_is_varied() -> None:
    """Every outcome, every status of a finding, element, exception and path, every regime."""
    decisions = [decided(path) for path in SHOWN]
    findings = [f for d in decisions for f in d.all_findings]
    assert {d.outcome.value for d in decisions} == {
        "met",
        "elements_met",
        "open",
        "permitted_under_conditions",
        "not_met",
        "no_listed_form",
    }
    assert {f.status.value for f in findings} == {"met", "elements_met", "open", "not_met"}
    assert {e.status.value for f in findings for e in f.elements} == {"met", "open", "not_met"}
    assert {e.status.value for f in findings for e in f.exceptions} >= {"open", "not_met"}
    paths = [p for d in decisions for p in d.paths]
    assert {p.status.value for p in paths} == {"follows", "may_follow"}
    assert {p.regime.value for p in paths} >= {
        "ethics",
        "discipline",
        "dismissal",
        "candidate",
        "contract",
    }
    assert any(p.effective and p.effective[0] != p.effective[1] for p in paths)
    assert any(p.effective and p.effective[0] == p.effective[1] for p in paths)
    assert any(f.periods for f in findings)
    assert any(len(d.subjects) > 1 for d in decisions)
    assert any(d.decisive for d in decisions)
    assert any(d.settle for d in decisions)


# -- html


class Tags(HTMLParser):
    """Checks that tags are closed in order, and keeps the words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert tags.open == []
    return tags


OF_A_TABLE = {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
FOLDED = {"details", "summary", "pre"}


def test_html() -> None:
    decision = decided(ROWS / "a4-like-prospective.yaml")
    html = decision._repr_html_()
    tags = parsed(html)
    assert tags.seen == OF_A_TABLE | FOLDED
    assert decision.text(lang="id") in tags.words
    check("a4-like-prospective.html", without_digest(html, decision))


def test_html_without_a_finding() -> None:
    decision = decided(ROWS / "no-listed-form.yaml")
    assert parsed(decision._repr_html_()).seen == {"div", "p", "strong"} | FOLDED


@pytest.mark.parametrize(
    "id_", ["<script>alert(1)</script>", "\"'&<b>", "</pre></details><img src=x onerror=x>"]
)
def test_html_is_escaped(id_: str) -> None:
    content = {"id": id_, "subjects": [{"status": "pns"}], "acts": [{"conduct": "vote"}]}
    incident = nr.Incident.model_validate(content)
    decision = nr.load("kemenkumham").decide(incident, as_of="2024-12-31")
    html = decision._repr_html_()
    assert id_ not in html
    tags = parsed(html)
    assert tags.seen <= OF_A_TABLE | FOLDED
    assert tags.words.startswith(id_)
    assert tags.words.count(id_) == 2


# -- help and a diagnostic


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="argparse words its help otherwise")
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert main([*([name] if name else []), "--help"]) == 0
    check(f"help{'-' if name else ''}{name}.txt", capsys.readouterr().out)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_named_list(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lists", "kemenkumham/announced-forms", "--lang", lang]) == 0
    check(f"lists.{lang}.txt", capsys.readouterr().out)


LAW = {
    "law-old": ("at", "2020-12-31"),
    "law-determination": ("at", "2023-11-03"),
    "law-outside": ("at", "2026-01-01"),
    "law-diff": ("diff", "2020-12-31", "2023-11-04"),
}
"""Days of the ruleset of the golden tests: it changes less often than the law."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LAW)
def test_the_law_of_a_day(name: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", *LAW[name], "--ruleset", str(TIME), "--lang", lang]) == 0
    text = capsys.readouterr().out
    digest = nr.load(TIME).digest[:16]
    assert text.count(digest) == 1
    assert max(map(len, text.splitlines())) <= 100
    check(f"{name}.{lang}.txt", text.replace(digest, "0" * len(digest)))


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="argparse words its help otherwise")
@pytest.mark.parametrize("part", ["at", "diff"])
def test_help_of_the_law(
    part: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["law", part, "--help"]) == 0
    check(f"help-law-{part}.txt", capsys.readouterr().out)


DEADLINES = {
    "listed": ["discipline-effect"],
    "both-counts": ["discipline-effect", "2024-03-28"],
    "joint-leave": [
        *("objection-official", "2024-04-01", "--reading", "day-count=not-counted"),
        *("--joint-leave", "2024-04-08", "--joint-leave", "2024-04-09"),
    ],
    "back": ["summons-2010", "2020-06-02"],
    "hours": ["bawaslu-to-police", "2024-01-31"],
    "rests": ["pilkada-report", "2024-09-01", "--reading", "day-count=counted"],
    "estimated": ["appeal", "2027-03-01", "--week", "six-days"],
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", DEADLINES)
def test_a_deadline(name: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", *DEADLINES[name], "--lang", lang]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 96
    check(f"deadline-{name}.{lang}.txt", text)


BAD = """\
format: 1
subjects:
  - {key: employee, status: pnss, identity: {name: "Nama Yang Tidak Boleh Tampil"}}
acts:
  - conduct: like
    dat: 2023-11
"""


def test_a_diagnostic(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.yaml").write_text(BAD, encoding="utf-8")
    assert main(["classify", "report.yaml"]) == 1
    written = capsys.readouterr()
    assert written.out == ""
    check("diagnostic.txt", written.err)


# -- the texts as such


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_no_line_is_wider_than_the_page(path: Path, lang: str) -> None:
    lines = decided(path).text(lang=lang).split("\n")
    assert lines[-1] == ""
    assert lines[-2] != ""
    assert all(line == line.rstrip() for line in lines)
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wrapping_changes_no_word(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped = {path: decided(path).text(lang=lang) for path in SHOWN}
    monkeypatch.setattr("netralitas_rules.explain.writing.WIDTH", 100_000)
    for path, text in wrapped.items():
        whole = decided(path).text(lang=lang)
        assert len(whole.splitlines()) < len(text.splitlines())
        rule = "=" * min(100, len(whole.splitlines()[0]))
        assert spaces(text) == spaces(whole)
        assert rule in text.splitlines()


@pytest.mark.parametrize("lang", ["", "ID", "english", "fr"])
def test_an_unknown_language(lang: str) -> None:
    with pytest.raises(ValueError, match="lang must be one of id, en"):
        decided(ROWS / "no-listed-form.yaml").text(lang=lang)


def test_every_snapshot_belongs_to_a_test() -> None:
    names = {f"{path.stem}.{lang}.txt" for path in SHOWN for lang in LANGUAGES}
    names |= {f"versions-{path.stem}.{lang}.txt" for path in VERSIONS_SHOWN for lang in LANGUAGES}
    names |= {"a4-like-prospective.html", "diagnostic.txt", "help.txt"}
    names |= {f"help-{name}.txt" for name in COMMANDS}
    names |= {f"lists.{lang}.txt" for lang in LANGUAGES}
    names |= {f"{name}.{lang}.txt" for name in LAW for lang in LANGUAGES}
    names |= {"help-law-at.txt", "help-law-diff.txt"}
    names |= {f"deadline-{name}.{lang}.txt" for name in DEADLINES for lang in LANGUAGES}
    names |= {f"diff-{name}.{lang}.txt" for name in EDITS for lang in LANGUAGES}
    names |= {f"inquiry-{path.stem}.{lang}.txt" for path in ASKED for lang in LANGUAGES}
    names |= {f"settle-{path.stem}.{lang}.txt" for path in INQUIRIES_SHOWN for lang in LANGUAGES}
    names |= {f"{why_file(*shown)}.{lang}.txt" for shown in WHY_SHOWN for lang in LANGUAGES}
    names |= {f"whatif-{name}.{lang}.txt" for name in SUPPOSED for lang in LANGUAGES}
    names |= {f"proceeding-{path.stem}.{lang}.txt" for path in PROCEEDINGS for lang in LANGUAGES}
    names |= {f"{case_file(path.stem)}.{lang}.txt" for path in WHOLE_CASES for lang in LANGUAGES}
    names |= {f"{case_file(name)}.{lang}.svg" for name in PICTURES for lang in LANGUAGES}
    assert {path.name for path in EXPECTED.iterdir()} == names
