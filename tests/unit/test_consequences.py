"""Consequences: what follows without a breach, numbered on behind the findings."""

from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.loading.diagnostics import Code
from tests.small import document, incident, ruleset, words

LEFT: dict[str, Any] = {
    "title": words("Passed on"),
    "norm": ["new/1/2/a/3"],
    "raised-by": {"act.conduct": "post"},
    "needs": {"who": {"subject.status": ["tni", "pns"]}},
    "check": words("to which unit"),
}
PASSED_ON: dict[str, Any] = {
    "for": ["follow/left"],
    "regime": "referral",
    "rests-on": "regulation",
    "allow": ["warning"],
    "basis": ["always/7"],
}


def rules(**consequences: Any) -> nr.Ruleset:
    content = document()
    content["consequences"] = consequences or {"follow/left": LEFT}
    content["sanctions"]["passed-on"] = PASSED_ON
    return ruleset(content)


def posted(status: str, audience: str = "private") -> nr.Incident:
    return incident(
        subject={"status": status},
        act={"conduct": "post", "audience": audience, "date": "2024-01-01"},
        beneficiary={"stage": "candidate"},
    )


def test_a_consequence_is_no_breach() -> None:
    """It opens its path and leaves the outcome as it is."""
    decision = rules().decide(posted("tni"), as_of="2024-06-30")
    assert decision.outcome == "not_met"
    assert [(f.id, f.status) for f in decision.consequences] == [("follow/left", "met")]
    assert decision["follow/left"].check is not None
    (path,) = decision.paths
    assert (path.id, path.status, path.findings) == ("passed-on", "follows", (1,))
    text = decision.text(lang="en")
    assert "Other consequences (no breach examined)" in text
    assert "2. Passed on [follow/left]" in text
    assert "From consequence number 2" in text


def test_rows_for_a_norm_follow_from_breaches_alone() -> None:
    """The consequence names the norm of `heavy`, and `heavy` does not follow from it."""
    decision = rules().decide(posted("pns"), as_of="2024-06-30")
    assert [p.id for p in decision.paths] == ["passed-on"]


def test_findings_and_consequences_stand_behind_one_path() -> None:
    content = document()
    content["consequences"] = {"follow/left": LEFT}
    content["sanctions"]["heavy"]["for"].append("follow/left")
    decision = ruleset(content).decide(posted("pns", "public"), as_of="2024-06-30")
    (path,) = [p for p in decision.paths if p.id == "heavy"]
    assert path.findings == (0, 1)
    text = decision.text(lang="en")
    assert "From alleged violation number 1" in text
    assert "From consequence number 2" in text


def test_what_an_open_consequence_waits_for() -> None:
    found = posted("pns").model_copy(update={"subjects": (nr.Subject(),)})
    decision = rules().decide(found, as_of="2024-06-30")
    (waiting,) = [o for o in decision.settle if o.fact == "subject.status"]
    assert 1 in waiting.findings
    assert "for consequence number 2" in " ".join(decision.text(lang="en").split())


def test_one_id_for_one_thing() -> None:
    with pytest.raises(nr.Refused) as caught:
        rules(**{"permit/vote": LEFT, "follow/left": LEFT})
    (only,) = caught.value.diagnostics
    assert only.code is Code.DUPLICATE_ITEM
    assert "a permission and a consequence" in only.message
