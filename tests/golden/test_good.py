"""Small good rulesets that use every construct of the language, and what they decide.

The comments at the head of a case are written by hand and never rewritten: ruleset, readings,
outcome, every finding with its place in a list, every path with who the PPK is. The whole decision
stands beside it as JSON.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import netralitas_rules as nr
from netralitas_rules.decision.model import ListEntry
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.space import FactSpec, Kind, vocabulary
from netralitas_rules.law.model import (
    GoverningDate,
    Level,
    Mark,
    QuestionKind,
    Regime,
    RestsOn,
    Scope,
    TextState,
)
from netralitas_rules.loading import (
    case_documents,
    documents,
    history_documents,
    procedure_documents,
    regime_documents,
    tree,
)
from netralitas_rules.loading.gather import gather_folder
from tests.golden.harness import HERE

GOOD = HERE / "good"
CASES = sorted((GOOD / "cases").glob("*.yaml"))
RULESETS = ("plain", "time", "layer", "tables")
AS_OF = "2024-06-01"


def head(case: Path) -> dict[str, list[str]]:
    """The comments `# key: value` at the head of a case."""
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^# (\w+): (.+)$", case.read_text(encoding="utf-8"), re.M):
        found.setdefault(key, []).append(value)
    return found


def decided(case: Path) -> nr.Decision:
    (incident,) = nr.read(io.BytesIO(case.read_bytes()), format="yaml")
    assert isinstance(incident, Incident), incident
    expected = head(case)
    readings = dict(pair.split() for pair in expected.get("reading", ()))
    ruleset = nr.load(GOOD / expected["ruleset"][0])
    return ruleset.decide(incident, as_of=AS_OF, readings=readings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_was_expected_by_hand(case: Path) -> None:
    decision, expected = decided(case), head(case)
    findings = [f"{f.id} {f.status}" for f in decision.all_findings]
    assert [decision.outcome.value] == expected["outcome"]
    if "residual" in expected:
        assert [decision.residual] == expected["residual"]
    assert sorted(findings) == sorted(expected.get("finding", []))
    assert sorted(f"{p.id} {p.status}" for p in decision.paths) == sorted(expected.get("path", []))
    listed = [f"{f.id} {place(entry)}" for f in decision.findings for entry in f.lists]
    assert sorted(listed) == sorted(expected.get("list", []))
    deciding = [" ".join([p.id, *p.ppk]) for p in decision.paths if p.ppk]
    assert sorted(deciding) == sorted(expected.get("ppk", []))


def place(entry: ListEntry) -> str:
    return f"{'related to ' * entry.related}form {entry.number} of {entry.list}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_decisions(case: Path, update_golden: bool) -> None:
    """The whole decision, with the digest of its ruleset: a stored decision names it."""
    actual = json.loads(decided(case).to_json())
    golden = case.with_suffix(".json")
    if update_golden:
        golden.write_text(json.dumps(actual, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert actual == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "fact"),
    [("time-old-unknown", "proceeding.decided_on"), ("layer-open", "subject.kem.posted_on")],
)
def test_what_could_settle_the_law(name: str, fact: str) -> None:
    """Where it is open which law governs, the facts that its transitions read."""
    (case,) = (case for case in CASES if case.stem == name)
    assert fact in {open_fact.fact for open_fact in decided(case).settle}


def test_the_words_of_a_list_with_two_tests() -> None:
    """`{has: [party], lacks: [candidate, civil_servant]}`"""
    (case,) = (case for case in CASES if case.stem == "plain-attributes")
    (label,) = (e.label.en for e in decided(case)["uu-1/act"].elements)
    has, _, lacks = label.partition("party attribute")
    assert "candidate" not in has
    assert "without" in lacks or "not" in lacks


def test_every_decision_has_its_case() -> None:
    written = {p.stem for p in (GOOD / "cases").glob("*.json")}
    assert written == {case.stem for case in CASES}
    assert {head(case)["ruleset"][0] for case in CASES} == set(RULESETS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_both_parsers_read_a_case_alike(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(nr.read(case))
    monkeypatch.setattr(tree, "_PARSER", tree.PureParser)
    assert list(nr.read(case)) == first


@pytest.mark.parametrize("name", RULESETS)
def test_both_parsers_read_a_ruleset_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = gather_folder(GOOD / name)
    monkeypatch.setattr(tree, "_PARSER", tree.PureParser)
    assert gather_folder(GOOD / name).documents == first.documents


# -- that the rulesets use every construct


def contents() -> Iterator[Any]:
    """The plain content of every file of the good rulesets."""
    for name in RULESETS:
        for _, content in gather_folder(GOOD / name).documents:
            yield content


def parts(model: BaseModel) -> Iterator[BaseModel]:
    """A model and every model in it."""
    yield model
    for value in model.__dict__.values():
        for part in _inside(value):
            if isinstance(part, BaseModel):
                yield from parts(part)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else (value,)


def test_every_key_is_used() -> None:
    used: dict[str, set[str]] = {}
    known: dict[str, set[str]] = {}
    for content in contents():
        for part in parts(documents.RulesetFile.model_validate(content)):
            name = type(part).__name__
            used.setdefault(name, set()).update(part.model_fields_set)
            known[name] = set(type(part).model_fields)
    models = {
        name
        for module in (
            documents,
            case_documents,
            history_documents,
            procedure_documents,
            regime_documents,
        )
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, BaseModel) and not name.startswith("_")
    }
    models -= {
        "BaseModel",
        "Doc",  # what all have in common
        "ElementDoc",
    }  # the form of an element in `needs`, checked by the linker
    # what a permission or consequence adds to the keys of a violation is `check`
    known["CheckedDoc"] -= set(documents.ViolationDoc.model_fields)
    used["CheckedDoc"] &= known["CheckedDoc"]
    used["PatternDoc"] &= known["PatternDoc"]  # beside them the fields of its kind
    assert set(known) == models
    assert used == known


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("mark", Mark),
        ("text", TextState),
        ("governs", GoverningDate),
        ("scope", set(Scope) - {Scope.BENEFICIARY}),  # the default
        ("regime", Regime),
        ("level", Level),
        ("rests-on", RestsOn),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_word_is_used(key: str, words: Iterable[str]) -> None:
    assert set(values_of(key)) >= {str(word) for word in words}


def test_every_kind_is_used() -> None:
    facts = {spec.kind for name in RULESETS for spec in specs_of(name)}
    questions = {str(q["kind"]) for c in contents() for q in c.get("questions", {}).values()}
    assert facts == set(Kind)
    assert questions == set(QuestionKind)


def specs_of(name: str) -> Iterator[FactSpec]:
    """The facts that a ruleset itself declares."""
    space = nr.load(GOOD / name).plan.space
    return (f.spec for f in space.facts if f.spec.path not in vocabulary())


def values_of(key: str) -> Iterator[str]:
    """Every text that stands under a key anywhere."""
    return (str(value) for k, value in lines_of(list(contents())) if k == key)


def lines_of(content: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield key, value
            yield from lines_of(value)
    elif isinstance(content, list):
        for part in content:
            yield from lines_of(part)


CONDITION_LINES: dict[str, Callable[[str, Any], bool]] = {
    "a value": lambda k, v: k == "subject.status" and isinstance(v, str),
    "yes or no": lambda k, v: k == "act.active_support" and v is False,
    "one of several": lambda k, v: k == "subject.status" and isinstance(v, list),
    "none of several": lambda k, v: (
        "." in k and isinstance(v, dict) and isinstance(v.get("not"), list)
    ),
    "not one": lambda k, v: "." in k and isinstance(v, dict) and isinstance(v.get("not"), str),
    "has": lambda k, v: k == "act.attributes" and "has" in v,
    "any of": lambda k, v: k == "act.photo.shows" and "any" in v,
    "lacks": lambda k, v: k == "act.attributes" and "lacks" in v,
    "from a day": lambda k, v: k == "act.date" and set(v) == {"from"},
    "until a day": lambda k, v: k == "act.date" and set(v) == {"until"},
    "did not happen": lambda k, v: k.endswith("_on") and v == "none",
    "happened": lambda k, v: k.endswith("_on") and v == "happened",
    "an integer": lambda k, v: k.endswith(".visits") and set(v) == {"from", "until"},
    "a reading": lambda k, v: k.startswith("reading."),
    "a definition": lambda k, v: k == "is" and isinstance(v, str),
    "several definitions": lambda k, v: k == "is" and isinstance(v, list),
    "all": lambda k, v: k == "all" and isinstance(v, list),
    "any": lambda k, v: k == "any" and isinstance(v, list) and isinstance(v[0], dict),
    "not": lambda k, v: k == "not" and isinstance(v, dict),
    "stated": lambda k, v: v == "stated",
}


@pytest.mark.parametrize("form", CONDITION_LINES)
def test_every_line_of_a_condition_is_used(form: str) -> None:
    fits = CONDITION_LINES[form]
    assert any(fits(key, value) for key, value in lines_of(list(contents())))
