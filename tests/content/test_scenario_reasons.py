"""Reasons of scenarios that follow a form say what the engine finds, in both languages.

A reason like "the element “...” is not met" is a claim about the decision. Expectations are
rewritten by `netralitas test --update`, words are not: here a reason that has become untrue,
or that quotes an element no longer worded so, is found.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from netralitas_rules.decision.model import Decision, ElementResult, Finding
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.scenarios.running import Result
from tests.scenarios.test_coverage import results

ELEMENT, EXCEPTION, PATH, ALONE, ONLY_EXCEPTION = (
    "element",
    "exception",
    "path",
    "alone",
    "only-exception",
)


@dataclass(frozen=True)
class Claim:
    """What a reason says: of which kind, about what (a label or a path), and what of it."""

    kind: str
    about: str
    says: str


QUOTED, CODED = "“([^”]+)”", "`([^`]+)`"
FORMS: Mapping[str, Mapping[str, str]] = {
    "id": {
        ELEMENT: rf"(?<!hanya )unsur {QUOTED} "
        r"(?:(?:pada|dari) `?[\w/.-]+`? )?"
        r"(tidak terpenuhi|belum dapat ditentukan|terpenuhi)",
        EXCEPTION: rf"(?<!hanya )pengecualian {QUOTED} "
        r"(?:(?:pada|dari) `?[\w/.-]+`? )?"
        r"(tidak berlaku|belum dapat ditentukan|berlaku)",
        PATH: rf"jalur {CODED} (mungkin menyusul|tidak menyusul|menyusul)",
        ALONE: rf"[Dd]ari semua unsur {CODED} hanya {QUOTED} yang tidak terpenuhi",
        ONLY_EXCEPTION: rf"[Ss]emua unsur {CODED} terpenuhi, "
        rf"dan hanya pengecualian {QUOTED} yang berlaku",
    },
    "en": {
        ELEMENT: rf"the element {QUOTED} (?:of `?[\w/.-]+`? )?is (not met|open|met)",
        EXCEPTION: rf"(?<!only )the exception {QUOTED} (?:of `?[\w/.-]+`? )?"
        r"(does not apply|is open|applies)",
        PATH: rf"the path {CODED} (may follow|does not follow|follows)",
        ALONE: rf"[Oo]f all elements of {CODED} only {QUOTED} is not met",
        ONLY_EXCEPTION: rf"[Ee]very element of {CODED} is met, "
        rf"and only the exception {QUOTED} applies",
    },
}
SAYS = {
    "tidak terpenuhi": "not_met",
    "not met": "not_met",
    "tidak berlaku": "not_met",
    "does not apply": "not_met",
    "belum dapat ditentukan": "open",
    "open": "open",
    "is open": "open",
    "terpenuhi": "met",
    "met": "met",
    "berlaku": "met",
    "applies": "met",
    "menyusul": "follows",
    "follows": "follows",
    "mungkin menyusul": "may_follow",
    "may follow": "may_follow",
    "tidak menyusul": "",
    "does not follow": "",
}


def claims(why: str, lang: str) -> Iterator[Claim]:
    for kind, form in FORMS[lang].items():
        for found in re.finditer(form, why):
            about, says = found.groups()
            yield Claim(kind, about, says if kind in {ALONE, ONLY_EXCEPTION} else SAYS[says])


def holds(claim: Claim, decision: Decision, lang: str) -> bool:
    if claim.kind == PATH:
        found = {str(path.status) for path in decision.paths if path.id == claim.about}
        return claim.says in found if claim.says else not found
    if claim.kind in {ELEMENT, EXCEPTION}:
        return any(
            (word(part, lang), str(part.status)) == (claim.about, claim.says)
            for finding in decision.all_findings
            for part in (finding.elements if claim.kind == ELEMENT else finding.exceptions)
        )
    decides = alone if claim.kind == ALONE else only_exception
    return any(decides(f, claim.says, lang) for f in decision.findings_of(claim.about))


def alone(finding: Finding, label: str, lang: str) -> bool:
    """Every other element is met, and no exception applies."""
    missing = [(word(e, lang), str(e.status)) for e in finding.elements if e.status != "met"]
    return missing == [(label, "not_met")] and all(e.status != "met" for e in finding.exceptions)


def only_exception(finding: Finding, label: str, lang: str) -> bool:
    biting = [word(e, lang) for e in finding.exceptions if e.status in {"met", "open"}]
    return all(e.status == "met" for e in finding.elements) and biting == [label]


def word(part: ElementResult, lang: str) -> str:
    return part.label.id if lang == "id" else part.label.en


def said(lang: str) -> Iterator[tuple[Result, Decision, Claim]]:
    for result in results("national"):
        why = result.scenario.doc.why
        assert not isinstance(why, str), result.scenario
        if not isinstance(result.decision, Refused):
            for claim in claims(why.id if lang == "id" else why.en, lang):
                yield result, result.decision, claim


@pytest.mark.parametrize("lang", ["id", "en"])
def test_reasons_are_true_of_their_decisions(lang: str) -> None:
    untrue = [
        f"{result.scenario}: {claim.kind} “{claim.about}” {claim.says}"
        for result, decision, claim in said(lang)
        if not holds(claim, decision, lang)
    ]
    assert untrue == []


@pytest.mark.parametrize("lang", ["id", "en"])
def test_many_reasons_of_every_form_are_read(lang: str) -> None:
    """Else a change of the wording would silence the test above."""
    kinds = [claim.kind for _, _, claim in said(lang)]
    assert len(kinds) > 700
    for kind in FORMS[lang]:
        assert kinds.count(kind) > 50, kind


OTHERWISE = {"not_met": "met", "met": "not_met", "open": "met", "follows": "", "may_follow": ""}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_reason_that_says_otherwise_is_untrue(lang: str) -> None:
    """Most claims turned round are refused: what one finding has, another may have otherwise."""
    turned = [
        (decision, Claim(claim.kind, claim.about, OTHERWISE[claim.says]))
        for _, decision, claim in said(lang)
        if claim.says in OTHERWISE
    ]
    refused = [claim for decision, claim in turned if not holds(claim, decision, lang)]
    assert len(refused) > 0.8 * len(turned)
    assert {claim.kind for claim in refused} == {ELEMENT, EXCEPTION, PATH}
