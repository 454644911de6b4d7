"""Two rulesets compared, as people read it: a heavier level, and a day that moved."""

import shutil

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.diff_model import RulesetDiff
from tests.content.files import RULESETS
from tests.snapshots.harness import check

EDITS = {
    "level": ("sanctions.yaml", "  heavy-n6-against:", "level: heavy", "level: medium"),
    "calendar": ("calendars.yaml", "  pemilu-2024:", "until: 2024-02-10", "until: 2024-02-09"),
}
"""File, behind what, what there, and what instead."""


@pytest.fixture(scope="module", params=EDITS)
def compared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, RulesetDiff]:
    file, behind, before, after = EDITS[request.param]
    folder = tmp_path_factory.mktemp("diff") / "national"
    shutil.copytree(RULESETS / "national", folder, ignore=shutil.ignore_patterns("scenarios"))
    path = folder / file
    head, found, tail = path.read_text(encoding="utf-8").partition(behind)
    assert found
    assert before in tail
    path.write_text(head + found + tail.replace(before, after, 1), encoding="utf-8")
    return request.param, nr.load("national").diff(nr.load(folder))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_differs(compared: tuple[str, RulesetDiff], lang: str) -> None:
    name, found = compared
    text = found.text(lang=lang)
    for ref, mark in ((found.old, "0"), (found.new, "1")):
        assert text.count(ref.digest[:16]) == 1
        text = text.replace(ref.digest[:16], mark * 16)
    check(f"diff-{name}.{lang}.txt", text)
