"""The full case files of the examples, held to what the law gives by hand."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netralitas_rules.case.model import CaseDecision
from netralitas_rules.case.proceeding_model import Certainty, ProceduralFinding
from netralitas_rules.case.regimes import PathAt, RegimeOutcome
from netralitas_rules.law.procedures import Severity
from tests.content.files import EXAMPLES, WHOLE_CASES, decided_case
from tests.written import plain_yaml

HAND: dict[str, dict[str, Any]] = plain_yaml(
    (Path(__file__).parent / "cases-by-hand.yaml").read_text(encoding="utf-8")
)
LISTED = ("absorbed", "may_be_absorbed")
BY_RECORD = ("settled", "decided", "no_breach")


def name(at: PathAt) -> str:
    return f"{at.matter}/{at.path}"


def regime(outcome: RegimeOutcome) -> dict[str, Any]:
    """An outcome as the file by hand writes it."""
    found: dict[str, Any] = {
        "levels": [
            "-" if level is None else level.value for level in (outcome.least, outcome.greatest)
        ]
    }
    if outcome.status.value == "follows":
        found["certain"] = True
    taken = [name(path.at) for path in outcome.paths if path.standing.value == "taken"]
    if taken:
        found["taken"] = taken
    for path in outcome.paths:
        standing = path.standing.value
        if standing in LISTED:
            found.setdefault(standing, {})[name(path.at)] = sorted(at.path for at in path.by)
        elif standing in BY_RECORD:
            found.setdefault(standing, {})[name(path.at)] = path.settled_by
    return found


def actors(decision: CaseDecision) -> dict[str, str]:
    found = {}
    for one in decision.actors:
        first = " ".join(str(c.office) for c in one.competences)
        others = " ".join(str(o.office) for c in one.competences for o in c.others)
        found[name(one.at)] = f"{first} | {others}" if others else first
    return found


def repeats(decision: CaseDecision) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in decision.repeats:
        told: dict[str, Any] = {"certain": one.certain, "last": [*one.last]}
        for key, kinds in (("heavier", one.heavier), ("to_compare", one.to_compare)):
            if kinds:
                told[key] = [*kinds]
        found[name(one.at)] = told
    return found


def remedies(decision: CaseDecision) -> dict[str, str]:
    found = {}
    for one in decision.remedies:
        told = []
        for remedy in one.remedies:
            parts = [remedy.remedy.value] + ([] if remedy.to is None else [remedy.to.value])
            if remedy.deadline is not None:
                parts += [str(remedy.deadline.earliest), str(remedy.deadline.latest)]
            told.append(" ".join(parts))
        found[one.record] = "; ".join(told)
    return found


def fault(one: ProceduralFinding) -> str:
    parts = (one.code, one.step, one.form, one.reason)
    return " ".join(str(part) for part in parts if part is not None)


def faults(decision: CaseDecision) -> dict[str, list[str]]:
    return {
        f"{one.matter} {one.proceeding.regime} {one.proceeding.regulation}": [
            fault(found) for found in one.proceeding.findings
        ]
        for one in decision.proceedings
        if one.proceeding.findings
    }


def effective(decision: CaseDecision) -> Iterator[tuple[str, str]]:
    for matter in decision.matters:
        for one in matter.decisions:
            for path in one.decision.paths:
                if path.effective is not None:
                    first, last = path.effective
                    yield f"{matter.key}/{path.id}", first if first == last else f"{first} {last}"


def by_hand(key: str, group: str) -> Any:
    return HAND[key].get(group, {})


def test_every_file_is_worked_out_by_hand() -> None:
    assert {path.stem for path in WHOLE_CASES} == set(HAND)
    assert len(HAND) >= 14


@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_what_the_law_gives(path: Path) -> None:
    """Matters, regimes with their bounds, and what is taken, absorbed, settled."""
    decision, hand = decided_case(path), HAND[path.stem]
    assert decision.as_of == str(hand["as_of"])
    assert {m.key: m.outcome and m.outcome.value for m in decision.matters} == hand["matters"]
    assert {one.regime.value: regime(one) for one in decision.regimes} == hand["regimes"]
    told = {key: str(day) for key, day in by_hand(path.stem, "effective").items()}
    assert dict(effective(decision)) == told


@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_who_may_act_and_what_repeats(path: Path) -> None:
    decision = decided_case(path)
    assert actors(decision) == by_hand(path.stem, "act")
    assert repeats(decision) == by_hand(path.stem, "repeats")


@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_what_was_imposed_and_what_stands_open(path: Path) -> None:
    decision = decided_case(path)
    assert {
        one.record: " ".join((one.state.value, *one.changed_by)) for one in decision.sanctions
    } == by_hand(path.stem, "sanctions")
    assert remedies(decision) == by_hand(path.stem, "remedies")


@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_what_was_not_kept(path: Path) -> None:
    decision = decided_case(path)
    assert faults(decision) == by_hand(path.stem, "faults")
    assert [
        f"{one.matter} {one.proceeding.regime}"
        for one in decision.proceedings
        if one.proceeding.procedure is None
    ] == HAND[path.stem].get("without", [])
    for told in by_hand(path.stem, "look"):
        code, record, about = told.split()
        assert any(
            one.code == code and record in one.records and one.about == about
            for one in decision.findings
        ), told
    assert len(decision.findings) == len(by_hand(path.stem, "look"))


def test_only_the_law_itself_bars_a_sanction() -> None:
    """Of all that was not kept only the decision before its examination stands in the way."""
    found = [
        (path.stem, fault(one))
        for path in WHOLE_CASES
        for proceeding in decided_case(path).proceedings
        for one in proceeding.proceeding.findings
        if one.severity is Severity.BARS
    ]
    assert found == [("flawed-proceeding", "out_of_order decision")]


def test_three_members_of_a_council_are_too_few_by_one_reading() -> None:
    decision = decided_case(EXAMPLES / "cases" / "not-counted.yaml")
    (one,) = [p for p in decision.proceedings if p.proceeding.findings]
    (found,) = one.proceeding.findings
    assert found.certainty is Certainty.SOME_READINGS
    assert found.readings == (("council-size", "five"),)


def test_a_moral_and_a_cancelled_sanction_make_no_repeat() -> None:
    decision = decided_case(EXAMPLES / "cases" / "not-counted.yaml")
    assert decision.repeats == ()
    repeated = {
        one.fact.values["sanction"] for one in decision.followed if one.fact.kind == "repeats"
    }
    assert repeated == {"delay-2024"}, "of the same matter, and not before its act"


# -- the files as such


@pytest.mark.parametrize("path", WHOLE_CASES, ids=lambda path: path.stem)
def test_a_file_says_what_it_shows_and_names_nobody(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    day = HAND[path.stem]["as_of"]
    head = " ".join(re.findall(r"^# (.*)$", text, flags=re.M))
    assert f"Diputus per {day}." in head
    assert f"As of {day}." in head
    assert re.search(rf"^id: {path.stem}$", text, flags=re.M)
    assert "identity" not in text
    assert not re.search(r"\d{16,}", text)


@pytest.mark.parametrize("name_", ["README.md", "cases/README.md"])
def test_the_documents_name_every_file(name_: str) -> None:
    text = (EXAMPLES / name_).read_text(encoding="utf-8")
    if name_ == "README.md":
        assert "`cases/`" in text
    else:
        named = set(re.findall(r"^\| `([a-z-]+)\.yaml`", text, flags=re.M))
        assert named == {path.stem for path in WHOLE_CASES}
        for key, hand in HAND.items():
            assert re.search(rf"`{key}\.yaml` \| {hand['as_of']} \|", text), key
