"""The scenarios of the bundled rulesets show them whole: elements met, not met and open, ..."""

from functools import cache

import pytest

import netralitas_rules as nr
from netralitas_rules.law.model import QuestionKind
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.scenarios.coverage import DECISIVE, Coverage, Goal
from netralitas_rules.scenarios.reading import Library, read_scenarios, scenario_files
from netralitas_rules.scenarios.running import Result, run, told
from tests.content.files import RULESETS

NAMES = sorted(path.parent.name for path in RULESETS.glob("*/ruleset.yaml"))


@cache
def results(name: str) -> tuple[Result, ...]:
    """Every scenario of a bundled ruleset, run once."""
    library = Library()
    files = scenario_files(RULESETS / name / "scenarios")
    return tuple(run(scenario) for file in files for scenario in read_scenarios(file, library))


@cache
def coverage(name: str) -> Coverage:
    rules = nr.load(RULESETS / name)
    found = Coverage(rules.plan, rules.own)
    for result in results(name):
        if not isinstance(result.decision, Refused):
            found.add(result.decision, by=result.scenario.name)
    return found


def test_there_is_much_to_show() -> None:
    goals = coverage("national").goals
    assert len(goals) > 1_000
    assert {goal.kind for goal in goals} == {
        "element",
        "exception",
        "rule",
        "path",
        "reading",
        "version",
    }


def test_the_national_ruleset_is_shown_whole() -> None:
    missing = coverage("national").missing()
    assert missing == [], f"{len(missing)} of {len(coverage('national').goals)}"


def test_what_an_overlay_adds_is_shown() -> None:
    """Only that: what it takes over is shown by the scenarios of its base."""
    rules = nr.load("kemenkumham")
    assert "kemenkumham/announced-forms" in rules.own
    assert not rules.own & set(nr.load("national").rules)
    assert coverage("kemenkumham").missing() == []


def test_every_element_that_can_decide_alone_is_seen_to() -> None:
    """The near miss: all else is met, and this element is why the finding is not."""
    own = coverage("national")
    near = [goal for goal in own.goals if (goal.kind, goal.status) == ("element", DECISIVE)]
    assert len(near) > 300
    by_name = {result.scenario.name: result for result in results("national")}
    for goal in near[::20]:
        decision = by_name[own.shown[goal][0]].decision
        assert not isinstance(decision, Refused)
        assert any(
            [e.name for e in finding.elements if e.status != "met"] == [goal.part]
            and finding.status == "not_met"
            for finding in decision.findings_of(goal.of)
        )


def test_every_reading_is_taken_somewhere() -> None:
    """Each reading of a computed question: by default, or because a scenario takes it."""
    shown = coverage("national").shown
    for question in nr.load("national").questions.values():
        if question.kind is QuestionKind.COMPUTED:
            for reading in question.readings:
                assert Goal("reading", question.id, "", reading.id) in shown


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_holds(name: str) -> None:
    assert "\n".join(told(r) for r in results(name) if r.differences) == ""
