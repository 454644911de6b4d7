"""Mutants of a small ruleset, each kind of them, and scenarios that notice or not."""

import datetime
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.link import link
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.scenarios.reading import Library, read_scenarios, scenario_files
from netralitas_rules.testing.changes import MutantKind
from netralitas_rules.testing.mutants import FIXES, Mutant, mutants, with_mutant
from netralitas_rules.testing.noticing import Jury, Verdict
from netralitas_rules.testing.relinking import Relinker, with_boundaries
from tests import small
from tests.strategies import one_in

ROOT = Path(__file__).resolve().parents[2]
WORDS = small.words("x")
OF_DEADLINES = {
    MutantKind.COUNT_CHANGED,
    MutantKind.UNIT_SWAPPED,
    MutantKind.FIRST_DAY_CHANGED,
    MutantKind.DIRECTION_SWAPPED,
}
OF_PROCEDURES = {
    MutantKind.DUTY_CHANGED,
    MutantKind.DEMAND_DROPPED,
    MutantKind.SEVERITY_CHANGED,
}
OF_TABLES = {MutantKind.ROW_DROPPED, MutantKind.OFFICE_CHANGED}
OF_FIXES = {MutantKind.FIX_DROPPED, MutantKind.FIX_CHANGED}


def rules_folder(folder: Path) -> Path:
    """A ruleset of one rule on disk, with the scenarios that are to notice."""
    rule: dict[str, Any] = {
        "title": WORDS,
        "norm": ["law/1"],
        "raised-by": {"act.conduct": "post"},
        "needs": {"public": {"act.audience": "public"}, "who": {"subject.status": ["pns", "cpns"]}},
        "unless": {
            "other": {"says": WORDS, "when": {"act.attribution": "other_person"}},
        },
    }
    row = {
        "for": ["rule/1"],
        "regime": "discipline",
        "level": "light",
        "rests-on": "regulation",
        "allow": ["reprimand"],
        "basis": ["law/1"],
    }
    document = {
        "ruleset": {"format": 1, "name": "tiny", "version": "1.0", "title": WORDS},
        "instruments": {"law": {"title": WORDS, "short": WORDS}},
        "provisions": {"law/1": small.provision()},
        "violations": {"rule/1": rule},
        "kinds": {"reprimand": {"says": WORDS}, "warning": {"says": WORDS}},
        "sanctions": {"light": row},
    }
    folder.mkdir()
    (folder / "ruleset.yaml").write_text(json.dumps(document), encoding="utf-8")
    return folder


def scenario(expect: dict[str, Any], **act: str) -> dict[str, Any]:
    incident = {
        "subjects": [{"status": act.pop("status", "pns")}],
        "acts": [{"conduct": "post", "audience": "public", "attribution": "subject", **act}],
    }
    return {"why": "because", "incident": incident, "expect": expect}


MET = {"outcome": "met", "findings": {"rule/1": "met"}, "paths": {"light": "follows"}}
NOT_MET = {"outcome": "not_met"}


def jury(folder: Path, **scenarios: dict[str, Any]) -> tuple[Ruleset, Jury]:
    path = folder / "scenarios"
    path.mkdir()
    file = path / "all.yaml"
    content = {"ruleset": "..", "as-of": "2024-06-30", "scenarios": scenarios}
    file.write_text(json.dumps(content), encoding="utf-8")
    rules = nr.load(folder)
    return rules, Jury(rules, read_scenarios(file, Library()))


def test_what_the_scenarios_notice(tmp_path: Path) -> None:
    """With every side of every element shown, only what no scenario compares survives."""
    rules, judges = jury(
        rules_folder(tmp_path / "tiny"),
        met=scenario({**MET, "sanctions": {"light": ["reprimand"]}}),
        closed=scenario(NOT_MET, audience="private"),
        contract=scenario(NOT_MET, status="pppk"),
        candidate=scenario({**MET, "paths": {"light": "follows discipline light"}}, status="cpns"),
        other=scenario(NOT_MET, attribution="other_person"),
    )
    trials = [judges.trial(mutant) for mutant in mutants(rules)]
    assert [str(t.mutant) for t in trials if t.verdict is Verdict.SURVIVED] == []
    assert {t.by for t in trials if t.verdict is Verdict.CAUGHT} >= {"closed", "other"}
    assert {t.mutant.kind for t in trials} == {
        MutantKind.ELEMENT_DROPPED,
        MutantKind.EXCEPTION_DROPPED,
        MutantKind.ITEM_DROPPED,
        MutantKind.KIND_SWAPPED,
        MutantKind.LEVEL_CHANGED,
        MutantKind.VALUE_DROPPED,
        MutantKind.VALUE_FLIPPED,
    }


def test_what_they_do_not_notice(tmp_path: Path) -> None:
    """One scenario shows that the rule can be met, and nothing of what it needs."""
    rules, judges = jury(rules_folder(tmp_path / "tiny"), met=scenario(MET))
    survived = {str(m) for m in mutants(rules) if judges.trial(m).verdict is Verdict.SURVIVED}
    assert survived == {
        "violations > rule/1 > needs > public: element dropped",
        "violations > rule/1 > needs > who: element dropped",
        "violations > rule/1 > needs > who > subject.status > 1: value dropped",
        "violations > rule/1 > unless > other: exception dropped",
        "sanctions > light > level: level changed (now medium)",
        "sanctions > light > allow > 0: kind of sanction swapped (now warning)",
    }


def test_scenarios_that_do_not_hold_judge_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not hold"):
        jury(rules_folder(tmp_path / "tiny"), met=scenario(NOT_MET))


def test_every_mutant_differs_from_the_ruleset() -> None:
    """Each is another item than the one it was made from, and no two are alike."""
    rules = small.ruleset()
    made = list(mutants(rules))
    assert len(set(map(str, made))) == len(made)
    for mutant in made:
        assert mutant.content != rules.merged.sections[mutant.section][mutant.item].raw
    assert {m.kind for m in made} >= set(MutantKind) - {
        MutantKind.TARGET_DROPPED,
        MutantKind.VALUE_DROPPED,
        *OF_DEADLINES,
        *OF_FIXES,
        MutantKind.PREMISE_DROPPED,
        MutantKind.REGIMES_SWAPPED,
        MutantKind.RUNGS_SWAPPED,
        *OF_TABLES,
        *OF_PROCEDURES,
    }


def test_deadlines_counted_otherwise() -> None:
    """Every part of a count is changed, under every reading too, and is another deadline then."""
    rules = nr.load("national")
    made = [m for m in mutants(rules) if m.section == "deadlines"]
    assert {m.kind for m in made} == OF_DEADLINES
    assert {m.item for m in made} == set(rules.deadlines)
    named = {str(m.path[0]) for m in made}
    assert named >= {"days", "working-days", "hours", "first-day", "direction", "readings"}
    for mutant in made[::9]:
        try:
            plan = link(with_mutant(rules.merged, mutant))
        except Refused:
            continue
        assert plan.deadlines[mutant.item] != rules.deadlines[mutant.item]


def test_derivations_that_ask_for_less() -> None:
    """Every derivation is left out, and each premise and field of one; the others stay."""
    rules = nr.load("national")
    made = [m for m in mutants(rules) if m.section == "history"]
    premises = [p for one in rules.plan.history.values() for p in one.premises]
    alone = sum(len(one.premises) == 1 for one in rules.plan.history.values())
    assert Counter(m.kind for m in made) == {
        MutantKind.ITEM_DROPPED: len(rules.plan.history),
        MutantKind.PREMISE_DROPPED: len(premises) - alone,
        MutantKind.LINE_DROPPED: sum(len(premise.terms) for premise in premises),
    }
    for mutant in made[::7]:
        try:
            plan = link(with_mutant(rules.merged, mutant))
        except Refused:
            continue
        assert plan.history.get(mutant.item) != rules.plan.history[mutant.item]


def test_fixed_readings_of_an_overlay() -> None:
    """One that is dropped is taken no longer, another one is, and its day is another day."""
    rules = nr.load(ROOT / "examples" / "other_ministry")
    made = [m for m in mutants(rules) if m.section == FIXES]
    first = datetime.date(2023, 2, 1)
    day = datetime.timedelta(days=1)
    fixed = [link(with_mutant(rules.merged, m)).questions["closed-group"].fixed for m in made]
    assert [one and (one.reading, one.first) for one in fixed] == [
        None,
        ("no-publicity", first),
        ("public-needed", first - day),
        ("public-needed", first + day),
    ]


def test_linked_alone_is_as_linked_whole() -> None:
    """One mutant of kinds in every section: the same rules and rows come out."""
    rules = nr.load("national")
    relinker = Relinker(rules.merged)
    some = {(m.section, m.kind): m for m in mutants(rules)}
    for mutant in [*some.values()][:: one_in(9, long=3)]:
        try:
            whole = link(with_mutant(with_boundaries(rules.merged), mutant))
        except Refused:
            continue
        alone = relinker.plan_of(mutant)
        parts = ("space", "rules", "rows", "constraints", "base", "provisions", "deadlines")
        for part in (*parts, "authorities", "remedies"):
            assert getattr(alone, part) == getattr(whole, part), (str(mutant), part)


def test_what_the_loader_refuses() -> None:
    """A ruleset whose law in time has a gap is refused before any scenario runs."""
    rules = small.ruleset()
    gap = Mutant(MutantKind.ITEM_DROPPED, (*rules.merged.sections,)[0], "old", (), None)
    with pytest.raises(Refused):
        Ruleset(with_mutant(rules.merged, gap))


def test_rows_of_the_national_ruleset() -> None:
    """Rows dropped, and levels and kinds changed, of a sample (`make soak` takes all)."""
    rules, library = nr.load("national"), Library()
    made = [m for m in mutants(rules) if m.section == "sanctions"]
    rows = sorted({m.item for m in made})[::16]
    kinds = (MutantKind.ITEM_DROPPED, MutantKind.LEVEL_CHANGED, MutantKind.KIND_SWAPPED)
    chosen = [m for m in made if m.item in rows and m.kind in kinds]
    scenarios = [
        one
        for file in scenario_files(ROOT / "rulesets" / "national")
        for one in read_scenarios(file, library)
        if one.doc.expect.sanctions.keys() & set(rows)
    ]
    judges = Jury(rules, scenarios)
    verdicts = Counter(judges.trial(mutant).verdict for mutant in chosen)
    assert verdicts[Verdict.SURVIVED] == 0
    assert verdicts[Verdict.CAUGHT] > 30
