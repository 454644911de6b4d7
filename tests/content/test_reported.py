"""The reported cases: each has an incident, a decision that was reported, and a scenario."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from netralitas_rules.scenarios.reading import read_scenarios
from tests.content.files import CASE_FILES, REPORTED, decided
from tests.written import plain_yaml

REASONS = {"same", "fact-missing", "other-reading", "level-not-in-law", "other-law-then"}
"""Why ours may differ; "our error" would be the sixth, and there is none."""


def reported() -> dict[str, Any]:
    found = plain_yaml((REPORTED / "decisions.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_every_case_is_there_three_times() -> None:
    scenarios = read_scenarios(REPORTED / "scenarios" / "reported.yaml")
    names = [path.stem for path in CASE_FILES]
    assert len(names) == 43
    assert sorted(reported()) == names == [s.name for s in scenarios]
    for scenario in scenarios:
        why = scenario.doc.why
        assert not isinstance(why, str)
        assert why.model_dump() == reported()[scenario.name]["differs"]["why"], scenario.name


def test_every_difference_has_one_reason_of_the_list() -> None:
    found = Counter(case["differs"]["reason"] for case in reported().values())
    assert set(found) == REASONS


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_every_case_names_its_law_and_the_date_that_chose_it(path: Path) -> None:
    decision = decided(path)
    laws = {law.fact for law in decision.law}
    assert laws >= {"law.act", "law.decree", "law.discipline"}
    text = decision.text(lang="en")
    for law in decision.law:
        assert law.bodies
        assert all(body.grounds for body in law.bodies), law
        goes_by = "report.received_on" if law.fact == "law.supervisor" else "act.date"
        assert goes_by in {read.fact for read in law.chosen_by}
        for body in law.bodies:
            for ground in body.grounds:
                older = body.value.startswith("before-")  # cited only while that law is in force
                assert ground.basis or older, (law.fact, ground.id)
                assert re.sub(r"\s+", " ", ground.says.en) in re.sub(r"\s+", " ", text)
