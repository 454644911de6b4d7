"""The codebook and the models name the same facts and values, and every word is there twice."""

import inspect
import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from netralitas_rules.facts import vocabulary as words
from netralitas_rules.facts.codebook import Entry, codebook
from netralitas_rules.facts.incident import Act, Beneficiary, Incident, Subject
from netralitas_rules.facts.leaves import leaf_kind
from netralitas_rules.facts.space import Kind, Origin, vocabulary
from netralitas_rules.law.model import Text

BOOL = {"true", "false"}
CONTEST = "beneficiary.election"


def leaves(model: type, prefix: str) -> Iterator[str]:
    """Paths of the leaves of a model, walked here once more."""
    for name, info in model.model_fields.items():  # type: ignore[attr-defined]
        if leaf_kind(info) is not None:
            yield f"{prefix}{name}"
        elif inspect.isclass(info.annotation) and hasattr(info.annotation, "model_fields"):
            yield from leaves(info.annotation, f"{prefix}{name}.")


def test_every_fact_of_the_models_is_in_the_codebook_and_no_other() -> None:
    found = set(leaves(Incident, ""))
    for group, model in (("subject.", Subject), ("act.", Act), ("beneficiary.", Beneficiary)):
        found |= set(leaves(model, group))
    assert found == set(codebook())


def test_the_vocabulary_is_that_of_the_codebook() -> None:
    """A beneficiary's contest is explained by itself, but read as the election."""
    stated = {path for path, spec in vocabulary().items() if spec.origin is Origin.INCIDENT}
    assert stated | {CONTEST} == set(codebook())
    assert CONTEST not in stated


@pytest.mark.parametrize("path", codebook())
def test_values_are_those_of_the_model_in_their_order(path: str) -> None:
    spec = vocabulary()["election" if path == CONTEST else path]
    values = list(codebook()[path].values)
    match spec.kind:
        case Kind.DATE:
            assert values == []
        case Kind.BOOL:
            assert set(values) <= BOOL
            assert len(values) in (0, 2)
        case _:
            assert values == list(spec.values)


def test_no_enumeration_is_left_over() -> None:
    """Every enumeration of the vocabulary is that of a fact, or of a record beside the facts."""
    beside = {words.SanctionRegime, words.SanctionLevel, words.EvidenceKind}
    enums = {
        found
        for _, found in inspect.getmembers(words, inspect.isclass)
        if issubclass(found, StrEnum) and found is not StrEnum
    }
    used = {tuple(spec.values) for spec in vocabulary().values()}
    assert {e.__name__ for e in enums if tuple(m.value for m in e) not in used} == {
        e.__name__ for e in beside
    }


def texts(entry: Entry) -> Iterator[tuple[str, Text]]:
    for name in ("label", "definition", "question", "supplied_by", "example", "near_miss"):
        text = getattr(entry, name)
        if text is not None:
            yield name, text
    for value, about in entry.values.items():
        for name in ("label", "definition", "example", "near_miss"):
            yield f"{value}.{name}", getattr(about, name)


@pytest.mark.parametrize("path", codebook())
def test_words_of_an_entry(path: str) -> None:
    """None is empty; a definition is a sentence, a question ends as one, a label is short."""
    entry = codebook()[path]
    for name, text in texts(entry):
        for lang in ("id", "en"):
            said = text.in_language(lang)
            place = f"{path}.{name} ({lang})"
            assert said == " ".join(said.split()), f"{place}: spaces"
            assert said, place
            if name.endswith("definition"):
                assert said.endswith("."), place
            elif name.endswith("question"):
                assert said.endswith("?"), place
            elif name.endswith("label"):
                assert len(said) <= 60, place
                assert said[-1] not in ".:;,", place


@pytest.mark.parametrize("path", codebook())
def test_every_fact_has_an_example_and_a_near_miss(path: str) -> None:
    entry = codebook()[path]
    if entry.values:
        assert all(about.example and about.near_miss for about in entry.values.values())
    else:
        assert entry.example is not None
        assert entry.near_miss is not None


@pytest.mark.parametrize("lang", ["id", "en"])
def test_labels_of_one_fact_differ(lang: str) -> None:
    """Two values of a fact, or two facts, are not called the same."""
    for entry in codebook().values():
        labels = [about.label.in_language(lang) for about in entry.values.values()]
        assert len(set(labels)) == len(labels), entry.path
    by_label: dict[str, list[str]] = {}
    for path, entry in codebook().items():
        by_label.setdefault(entry.label.in_language(lang), []).append(path)
    twice = {label: paths for label, paths in by_label.items() if len(paths) > 1}
    assert twice == {}


def test_values_named_in_the_codebook_exist() -> None:
    """What stands between back quotes is a fact, a value, a key of an incident, or a form."""
    known = set(codebook()) | {"one_of", "not", "has", "lacks", "beneficiary.election", "event"}
    known |= {str(v).lower() for spec in vocabulary().values() for v in spec.values}
    known |= {part for path in codebook() for part in path.split(".")} | {"subjects", "acts"}
    unknown = {
        f"{path}: {name}: {code}"
        for path, entry in codebook().items()
        for name, text in texts(entry)
        for lang in ("id", "en")
        for code in re.findall(r"`([^`]+)`", text.in_language(lang))
        if code not in known and not re.fullmatch(r"[\d-]+|.*[:\[{].*", code)
    }
    assert unknown == set()


def test_both_languages_name_the_same_codes() -> None:
    for path, entry in codebook().items():
        for name, text in texts(entry):
            first, second = (re.findall(r"`([^`]+)`", t) for t in (text.id, text.en))
            assert sorted(first) == sorted(second), f"{path}: {name}"
