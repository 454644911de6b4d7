"""Every path with a complete file, and every fault of it one at a time."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.case.proceeding import check_proceeding
from netralitas_rules.case.proceeding_model import ProceduralCode, Proceeding, State
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.leaves import parse_span
from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.deadlines import Event
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.loading import link_procedures
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.linking import Context
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.testing.mutants import Mutant, mutants, with_mutant
from tests.proceedings import offices, records
from tests.strategies import one_in
from tests.written import plain_yaml

PATHS = plain_yaml((Path(__file__).parent / "proceedings.yaml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(path, case, id=f"{path['path']['regulation']}-{number}-{index}")
    for number, path in enumerate(PATHS)
    for index, case in enumerate([{"change": {}, "findings": []}, *path["cases"]])
]


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return nr.load("national")


def checked(plan: Plan, path: dict[str, Any], case: dict[str, Any]) -> Proceeding:
    asked = path["path"] | case.get("path", {})
    changed = {key: dict(fields) for key, fields in path["records"].items()}
    for key, fields in case["change"].items():
        if fields is None:
            del changed[key]
        else:
            changed[key] = changed.get(key, {}) | fields
    known = {*changed, "report"}
    for fields in changed.values():
        fields["of"] = [key if key in known else "report" for key in fields.get("of", ())]
    level = asked["level"]
    events = case.get("events", path.get("events", {}))
    return check_proceeding(
        plan,
        regime=Regime(asked["regime"]),
        regulation=asked["regulation"],
        level=None if level is None else Level(level),
        kinds=asked["kinds"],
        status=SubjectStatus(asked["status"]),
        records=records(changed),
        as_of=case.get("as_of", path["as_of"]),
        competent=offices(case["competent"] if "competent" in case else path["competent"]),
        events={Event(name): parse_span(day) for name, day in events.items()},
        procedure=asked.get("procedure"),
    )


@pytest.mark.parametrize(("path", "case"), CASES)
def test_one_change(rules: Ruleset, path: dict[str, Any], case: dict[str, Any]) -> None:
    found = checked(rules.plan, path, case)
    states = {step.id: step.state.value for step in found.steps}
    assert states == path["complete"] | case.get("steps", {})
    shown = [
        [one.code.value, str(one.form or one.reason or one.step) if one.step else None]
        for one in found.findings
    ]
    assert sorted(shown, key=str) == sorted(case["findings"], key=str)
    by_step = {one.step: one for one in found.findings}
    for step, certainty in case.get("certainty", {}).items():
        assert by_step[step].certainty.value == certainty
    for step, mark in case.get("marks", {}).items():
        assert by_step[step].mark.value == mark
    for step, gaps in case.get("gaps", {}).items():
        assert {gap.value for gap in found.step(step).gaps} >= {*gaps}
    for step, may_be in case.get("may_be", {}).items():
        assert [state.value for state in found.step(step).may_be] == may_be


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path["path"]["regulation"]))
def test_nothing_on_record_is_nothing_found_missing(rules: Ruleset, path: dict[str, Any]) -> None:
    found = checked(
        rules.plan, path, {"change": dict.fromkeys(path["records"]), "findings": [], "events": {}}
    )
    assert {step.state for step in found.steps} <= {State.NOT_YET_DUE, State.NOT_REQUIRED}


def test_an_undecided_breach_passes_to_the_next_law(rules: Ruleset) -> None:
    path = next(one for one in PATHS if one["path"]["regulation"] == "pp-53-2010")
    gone = dict.fromkeys(("decision", "delivery", "filing"))
    found = checked(rules.plan, path, {"as_of": datetime.date(2021, 9, 1), "change": gone})
    (law,) = [one for one in found.findings if one.code is ProceduralCode.ANOTHER_LAW]
    assert {"pp-94-2021/40/3", "pp-94-2021/40/4"} <= {*law.basis}


def test_every_procedure_is_tried(rules: Ruleset) -> None:
    tried = {checked(rules.plan, path, {"change": {}}).procedure for path in PATHS}
    assert tried == {*rules.plan.procedures}


def changed(rules: Ruleset, mutant: Mutant) -> Plan:
    """The plan with one procedure changed. Raises `Refused`, or `ValueError` for its shape."""
    ctx = Context(with_mutant(rules.merged, mutant))
    plan = rules.plan
    found = link_procedures.procedures(ctx, plan.instruments, plan.deadlines, plan.questions)
    if ctx.problems:
        raise Refused(ctx.problems)
    return replace(plan, procedures=found)


def test_changed_procedures_are_noticed(rules: Ruleset) -> None:
    paths: dict[str | None, list[dict[str, Any]]] = {}
    for path in PATHS:
        name = checked(rules.plan, path, {"change": {}}).procedure
        paths.setdefault(name, []).append(path)

    def answers(plan: Plan, procedure: str) -> Iterator[Proceeding]:
        for path in paths.get(procedure, ()):
            for case in ({"change": {}}, *path["cases"]):
                yield checked(plan, path, case)

    plain = {name: [*answers(rules.plan, name)] for name in rules.plan.procedures}
    unnoticed = set()
    made = [one for one in mutants(rules) if one.section == "procedures"]
    for mutant in made[:: one_in(36, long=12)]:
        try:
            plan = changed(rules, mutant)
        except (Refused, ValueError):
            continue
        same = zip(answers(plan, mutant.item), plain[mutant.item], strict=True)
        if all(one == other for one, other in same):
            unnoticed.add((mutant.item, *map(str, mutant.path)))
    assert not unnoticed
