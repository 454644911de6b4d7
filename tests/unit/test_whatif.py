"""A report beside itself with some facts otherwise."""

from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import FindingStatus, Outcome
from netralitas_rules.inquiry.whatif import Supposed, WhatIf
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.incidents import content_of
from tests.small import incident, ruleset

AS_OF = "2024-06-30"
POST: dict[str, Any] = {
    "subject": {"status": "pns"},
    "act": {"conduct": "post", "audience": "public", "date": "2024-01-08"},
    "beneficiary": {"stage": "candidate", "relation": "none"},
}


def supposing(**changes: Any) -> WhatIf:
    """The report of `POST` with these facts; `__` stands for a dot."""
    facts = {path.replace("__", "."): value for path, value in changes.items()}
    return ruleset().what_if(incident(**POST), facts, as_of=AS_OF)


def test_what_becomes_otherwise() -> None:
    found = supposing(act__audience="private")
    assert found.supposed == (Supposed("act.audience", "public", "private"),)
    (outcome,) = found.outcomes
    assert (outcome.before, outcome.after) == (Outcome.MET, Outcome.NOT_MET)
    (finding,) = found.findings
    assert (finding.id, finding.subject, finding.act) == ("new/post", "1", "1")
    assert (finding.before, finding.after) == (FindingStatus.MET, FindingStatus.NOT_MET)
    (path,) = found.paths
    assert (path.id, path.before, path.after) == ("heavy", "follows", "none")
    assert found.law == ()


def test_another_law() -> None:
    """Under the old law the finding is not raised any more, and that is told."""
    found = supposing(act__date="2020-05-01")
    assert [(law.fact, law.before, law.after) for law in found.law] == [
        ("law.code", ("new",), ("old",))
    ]
    assert [(f.before, f.after) for f in found.findings] == [(FindingStatus.MET, None)]


def test_a_fact_taken_out() -> None:
    found = supposing(act__audience="unknown")
    assert found.supposed == (Supposed("act.audience", "public", None),)
    assert found.outcomes[0].after is Outcome.OPEN
    assert found.paths[0].after == "may_follow"


def test_nothing_becomes_otherwise() -> None:
    found = supposing(act__occasion="other", subject__post="jpt_pratama")
    assert not found.changes
    assert [s.before for s in found.supposed] == [None, None]
    assert found.after.paths == found.before.paths


def test_the_content_of_a_file_will_do() -> None:
    content = content_of(incident(**POST))
    changes = {"act.audience": "private"}
    rules = ruleset()
    assert rules.what_if(incident(**POST), changes, as_of=AS_OF) == nr.Ruleset.what_if(
        rules, nr.Incident.model_validate(content), changes, as_of=AS_OF
    )


def test_readings_are_taken_on_both_sides() -> None:
    spouse = {**POST, "beneficiary": {"stage": "candidate", "relation": "spouse"}}
    changes = {"beneficiary.relation": "child"}
    plain = ruleset().what_if(incident(**spouse), changes, as_of=AS_OF)
    banned = ruleset().what_if(
        incident(**spouse), changes, as_of=AS_OF, readings={"spouse-photo": "banned"}
    )
    assert plain.changes
    assert not banned.changes


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"subject.identity.name": "x"}, Code.UNKNOWN_FACT, ("subject.identity.name",)),
        ({"acts[3].medium": "print"}, Code.UNKNOWN_REFERENCE, ("acts[3].medium",)),
        ({"act.medum": "print"}, Code.UNKNOWN_KEY, ("acts", "0", "medum")),
        ({"act.medium": "papyrus"}, Code.UNKNOWN_VALUE, ("acts", "0", "medium")),
        ({"act.date": "2024-02-30"}, Code.BAD_DATE, ("acts", "0", "date")),
        ({"act.date": "2025-01-01"}, Code.DATE_ORDER, ("act", "date")),
        ({"subject.small.height": 3}, Code.UNKNOWN_FACT, None),
    ],
)
def test_what_is_refused(changes: dict[str, Any], code: Code, path: tuple[str, ...] | None) -> None:
    with pytest.raises(nr.Refused) as caught:
        ruleset().what_if(incident(**POST), changes, as_of=AS_OF)
    first = caught.value.diagnostics[0]
    assert first.code is code
    assert path is None or first.path == path
    assert "x" not in first.found.split()


def test_the_text_says_both_sides() -> None:
    found = supposing(act__audience="private", act__goods_given=True)
    text = found.text(lang="en")
    assert max(map(len, text.splitlines())) <= 100
    (line,) = (row for row in text.splitlines() if row.startswith("act.audience"))
    assert line.split() == ["act.audience", "public", "private"]
    assert "act.goods_given                         not stated                     true" in text
    assert "Posting [new/post] (subject 1, act 1," in text
    nothing = supposing(act__occasion="other").text()
    assert "tetap sama" in nothing
    with pytest.raises(ValueError, match="lang must be"):
        found.text(lang="fr")


def test_evidence_of_a_supposed_fact_is_left_out() -> None:
    content: dict[str, Any] = {
        "subjects": [{"status": "pns"}],
        "acts": [{"conduct": "post", "date": "2024-01-05"}],
        "beneficiaries": [{"kind": "person", "office": "dpr"}],
        "evidence": [{"kind": "statement", "shows": {"beneficiary.direction": "favours"}}],
    }
    rules = nr.load("national")
    report = nr.Incident.model_validate(content)
    found = rules.what_if(report, {"beneficiary.direction": "neutral"}, as_of="2024-12-31")
    own = {**content, "evidence": [{"kind": "statement"}]}
    own["beneficiaries"] = [{**content["beneficiaries"][0], "direction": "neutral"}]
    stated = rules.decide(nr.Incident.model_validate(own), as_of="2024-12-31")
    assert [f.status for f in found.after.findings] == [f.status for f in stated.findings]
