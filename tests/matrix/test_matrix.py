"""The rows of the law: what all examples give together, and each with a fact less.

What each of them gives is a scenario (rulesets/national/scenarios). forms.yaml is written by hand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.engine import conditions
from netralitas_rules.engine.plan import Gate, Rule
from netralitas_rules.law.model import RuleKind
from netralitas_rules.loading.diagnostics import Refused
from tests.content.files import ROW_FILES, decided
from tests.matrix.incidents import FILES, facts_of, having, stated, values_of, without
from tests.written import plain_yaml

HERE = Path(__file__).parent


def path_words(way: nr.SanctionPath) -> str:
    """`follows: discipline heavy`."""
    level = f" {way.level.value}" if way.level else ""
    return f"{way.status.value}: {way.regime.value}{level}"


def statuses(decision: nr.Decision) -> dict[str, str]:
    """Status by violation and permission."""
    found = decision.all_findings
    assert len({f.id for f in found}) == len(found), "one finding of each is expected"
    return {f.id: f.status.value for f in found}


# -- the rows


def test_every_path_is_opened_somewhere() -> None:
    """Every regime, every level and everything that a level can rest on."""
    ways = [way for path in FILES.values() for way in decided(path).paths]
    opened = {path_words(way) for way in ways}
    assert opened >= {
        f"follows: {words}"
        for words in (
            "ethics",
            "discipline light",
            "discipline medium",
            "discipline heavy",
            "dismissal",
            "candidate",
            "contract",
        )
    }
    assert {way.rests_on.value for way in ways} == {"regulation", "decree", "analogy", "reading"}


def test_every_outcome_is_there() -> None:
    outcomes = Counter(decided(path).outcome.value for path in FILES.values())
    assert {"met", "open", "permitted_under_conditions", "no_listed_form"} <= set(outcomes)
    assert outcomes["met"] > len(FILES) / 2


@pytest.mark.parametrize("name", FILES)
def test_the_national_ruleset_finds_the_same(name: str) -> None:
    """The ministry's overlay adds to the basis of paths and changes no status."""
    ministry, national = decided(FILES[name]), decided(FILES[name], "national")
    assert statuses(ministry) == statuses(national)
    assert ministry.outcome is national.outcome
    assert [(w.id, path_words(w), w.rests_on) for w in ministry.paths] == [
        (w.id, path_words(w), w.rests_on) for w in national.paths
    ]


# -- the ten forms

FORMS: list[dict[str, Any]] = plain_yaml((HERE / "forms.yaml").read_text(encoding="utf-8"))
NO_ROW = "none"
OF_PROSPECTIVE = {
    f"skb-2022/{row}" for row in ("A1", "A2", "A3", "A4", "A5", "A6", "B3", "B9", "B11")
}
"""Rows for a *bakal calon*; A6 also for a party. A7 and B5 hold at any time."""
AT_ANY_TIME = {"skb-2022/A7", "skb-2022/B5"}


@pytest.mark.parametrize("entry", FORMS, ids=lambda entry: entry["file"])
def test_form(entry: dict[str, Any]) -> None:
    decision = decided(FILES[entry["file"]])
    met = {f.id for f in decision.findings if f.status is FindingStatus.MET}
    if entry["row"] == NO_ROW:
        assert not {rule for rule in met if rule.startswith("skb-2022/")}
    else:
        assert entry["row"] in met
    rows = {rule for rule in met if rule.startswith("skb-2022/")} - AT_ANY_TIME
    if entry["stage"] == "prospective":
        assert rows <= OF_PROSPECTIVE
    elif entry["stage"] == "candidate":
        assert not rows & OF_PROSPECTIVE
    ways = {path_words(way) for way in decision.paths}
    follows = {words.removeprefix("follows: ") for words in ways if words.startswith("follows")}
    if "path" in entry:
        assert entry["path"] in follows
    else:
        assert not follows


OUTSIDE_ITS_ROWS = {
    (4, "skb-2022/A6"), (4, "pp-94-2021/5/n/1"), (4, "skb-2022/A7"),
    (7, NO_ROW), (9, "skb-2022/A4"), (10, NO_ROW),
}  # fmt: skip
"""Where another rule takes what the rows of a form do not reach."""


@pytest.mark.parametrize("entry", FORMS, ids=lambda entry: entry["file"])
def test_a_form_is_found_in_the_list_of_the_ministry(entry: dict[str, Any]) -> None:
    """At the finding of its row, or as related to another finding that is not refuted."""
    decision = decided(FILES[entry["file"]])
    related = (entry["form"], entry["row"]) in OUTSIDE_ITS_ROWS
    places = {
        (e.list, e.number, e.related)
        for finding in decision.findings
        if finding.status is not FindingStatus.NOT_MET
        if entry["row"] in (finding.id, NO_ROW)
        for e in finding.lists
    }
    assert ("kemenkumham/announced-forms", entry["form"], related) in places
    for lang, words in (("id", "bentuk ke-{} dalam daftar"), ("en", "form {} of the ministry")):
        assert words.format(entry["form"]) in " ".join(decision.text(lang=lang).split())


def test_the_forms_are_ten_in_both_stages() -> None:
    stages: dict[int, set[str]] = {}
    for entry in FORMS:
        stages.setdefault(entry["form"], set()).add(entry["stage"])
    assert list(stages) == list(range(1, 11))
    assert stages.pop(5) == {"any"}
    assert stages.pop(3) == stages.pop(9) == {"prospective"}
    assert all(found == {"prospective", "candidate"} for found in stages.values())


def test_every_form_file_is_in_the_table() -> None:
    """Every example of a form or of a row A or B stands in the table."""
    of_forms = {p.stem for p in ROW_FILES if p.stem.startswith(("form-", "a", "b"))}
    listed = [entry["file"] for entry in FORMS]
    assert len(set(listed)) == len(listed)
    assert of_forms - set(listed) == {"a5-photo-prospective", "b7-photo-candidate"}


# -- a fact less

RULES = nr.load("kemenkumham")
BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES.plan.rules}


def met_in(row: dict[str, Any]) -> set[str]:
    """Ids of the violations that are met."""
    return {
        rule
        for rule, status in RULES.statuses(row).items()
        if status == "met" and BY_ID[rule].kind is RuleKind.VIOLATION
    }


def of_gates(gates: Iterable[Gate]) -> set[str]:
    """Paths of the facts that must be stated for one of the gates to open."""
    facts = RULES.plan.space.facts
    return {fact.spec.path for gate in gates for fact in facts if gate.facts >> fact.index & 1}


def defences(rule: Rule) -> set[str]:
    """Paths of the facts that raise a defence when they are stated."""
    return of_gates(gate for e in rule.exceptions for gate in e.asked_when or ())


def fact_of(path: str) -> str:
    """The fact that a place states: the contest of a beneficiary is the election."""
    return "election" if path == "beneficiary.election" else path


@pytest.mark.parametrize("name", FILES)
def test_one_row_of_facts_gives_the_same(name: str) -> None:
    """`statuses`, which the tests below use, and `decide` agree."""
    decision = decided(FILES[name])
    assert RULES.statuses(facts_of(FILES[name])) == {
        f.id: f.status.value for f in decision.all_findings
    }


def agreeing(row: dict[str, Any], path: str, rule: str) -> Iterator[tuple[Any, str]]:
    """Every value of a fact that the other facts allow, with the status of a rule under it."""
    for value in values_of(path):
        try:
            found = RULES.statuses(having(row, path, value))
        except Refused:
            continue
        yield value, found.get(rule, "not_raised")


@pytest.mark.parametrize("name", FILES)
def test_a_fact_less(name: str) -> None:
    """Without a fact a finding stays met only where no value of the fact would change that.

    It is never refuted by knowing less, and nothing else becomes met. One door is known: a fact
    that raises a defence when it is stated (docs/decisions/0004).
    """
    row = facts_of(FILES[name])
    base = met_in(row)
    for path in stated(row):
        less = without(row, path)
        statuses = RULES.statuses(less)
        for rule in base:
            status = statuses.get(rule, "not_raised")
            assert status != "not_met", f"{rule} is refuted without {path}"
            known = fact_of(path) in {fact_of(other) for other in stated(less)}
            if status == "met" and not known and fact_of(path) not in defences(BY_ID[rule]):
                assert {found for _, found in agreeing(less, path, rule)} == {"met"}, (
                    f"{rule} stays met without {path}, but not for every value of it"
                )
        for rule in met_in(less) - base:
            assert fact_of(path) in defences(BY_ID[rule]), f"{rule} is met without {path}"


@pytest.mark.parametrize("name", [n for n in FILES if met_in(facts_of(FILES[n]))])
def test_facts_that_matter(name: str) -> None:
    """Who it is and what was done always matter; what no part of a rule reads never does."""
    row = facts_of(FILES[name])
    for rule in met_in(row):
        compiled = BY_ID[rule]
        needed = {path for path in stated(row) if rule not in met_in(without(row, path))}
        assert "subject.status" in needed
        assert {fact_of(path) for path in needed} <= reads(compiled)
        silent = row
        for path in set(stated(row)) & of_gates(compiled.gates):
            silent = without(silent, path)
        assert rule not in RULES.statuses(silent)


def reads(rule: Rule) -> set[str]:
    """Facts from which the status of a rule follows, through constraints and comparisons too."""
    plan = RULES.plan
    conditions_of = [rule.under, rule.needs, *(e.holds for e in rule.exceptions)]
    found = {t.fact for condition in conditions_of for t in conditions.tests_of(condition)}
    size = 0
    while size != len(found):
        size = len(found)
        for constraint in plan.constraints:
            if constraint.then.fact in found:
                found |= {t.fact for t in conditions.tests_of(constraint.when)}
        for comparison in plan.comparisons:
            if comparison.fact in found:
                found |= {
                    plan.space.by_path[p].index for p in (comparison.first, comparison.second)
                }
    return {plan.space.facts[index].spec.path for index in found} | of_gates(rule.gates)


def test_the_order_of_a_row_does_not_matter() -> None:
    """The contest of the beneficiary outweighs that of the report, wherever each stands."""
    row = facts_of(FILES["b10-winning-team-candidate"])
    assert row["beneficiary"]["election"] == row["election"]
    first = {"election": "other", **{k: v for k, v in row.items() if k != "election"}}
    last = dict(reversed(first.items()))
    assert RULES.statuses(first)["skb-2022/B10"] == "met"
    assert RULES.statuses(last) == RULES.statuses(first)
