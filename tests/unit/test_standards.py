"""Standards of evidence: below its standard an element is never met, however certain its facts."""

from typing import Any

import pytest

from netralitas_rules.decision.model import ElementStatus, FindingStatus, PathStatus, StandardRead
from netralitas_rules.engine import frames
from netralitas_rules.facts.vocabulary import EvidenceKind
from netralitas_rules.law.model import Text
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.versions.model import Governs
from tests.small import document, incident, ruleset, words
from tests.unit.test_evidence import item

AS_OF = "2024-06-01"
FACTS: dict[str, Any] = {
    "subject": {"status": "pns"},
    "act": {"conduct": "post", "date": "2024-01-05", "audience": "public"},
    "beneficiary": {"stage": "candidate", "relation": "none"},
}


def held(standard: dict[str, str], **more: Any) -> Ruleset:
    """The small ruleset with elements of `new/post` held to standards."""
    content = document()
    content["standards"] = {
        "two": {"says": words("two items"), "basis": ["always/9"], "at-least": 2, **more},
        "photo": {"says": words("a photo"), "at-least": 1, "kinds": ["photo", "video"]},
    }
    content["violations"]["new/post"]["standard"] = standard
    return ruleset(content)


def status(rules: Ruleset, *items: dict[str, Any], **facts: Any) -> FindingStatus:
    found = incident(**(FACTS | facts), evidence=list(items))
    return rules.decide(found, as_of=AS_OF)["new/post"].status


PUBLIC = item(act__audience="public")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], "open"),
        ([PUBLIC], "open"),
        ([PUBLIC, item(key="e2", kind="statement", act__audience="public")], "met"),
        ([PUBLIC, item(key="e2", act__medium="print")], "open"),
        ([PUBLIC, item(key="e2", act__audience="private")], "open"),
        ([PUBLIC, item(key="e2", act__audience={"not": ["private"]})], "open"),
        (
            [
                PUBLIC,
                item(key="e2", act__audience={"not": ["private"]}),
                item(key="e3", act__audience={"not": ["closed_group"]}),
            ],
            "met",
        ),
    ],
)
def test_two_items_must_agree(items: list[dict[str, Any]], expected: str) -> None:
    """The last three: one that contradicts, one that leaves a value, two that leave it apart."""
    assert status(held({"public": "two"}), *items) == expected


def test_what_is_refuted_needs_no_evidence() -> None:
    private = {**FACTS["act"], "audience": "private"}
    assert status(held({"public": "two"}), act=private) is FindingStatus.NOT_MET


def test_a_dispute_that_no_account_would_meet_is_not_met() -> None:
    shown = [item(act__audience="private"), item(key="e2", act__audience="closed_group")]
    act = {"conduct": "post", "date": "2024-01-05"}
    assert status(held({"public": "two"}), *shown, act=act) is FindingStatus.NOT_MET


def test_only_the_kinds_named_count() -> None:
    rules = held({"public": "photo"})
    assert status(rules, item(kind="statement", act__audience="public")) is FindingStatus.OPEN
    assert status(rules, item(kind="video", act__audience="public")) is FindingStatus.MET


def test_a_document_counts_once() -> None:
    rules = held({"public": "two"})
    twice = [{**item(key=key, act__audience="public"), "sha256": "a" * 64} for key in ("e1", "e2")]
    assert status(rules, *twice) is FindingStatus.OPEN
    assert status(rules, *twice, item(key="e3", act__audience="public")) is FindingStatus.MET


def test_the_conduct_can_be_held_to_a_standard() -> None:
    rules = held({"conduct": "photo"})
    assert status(rules) is FindingStatus.OPEN
    assert status(rules, item(act__conduct={"one_of": ["post", "react"]})) is FindingStatus.MET


def test_elements_below_their_standard_are_not_met_but_for_an_exception() -> None:
    rules = held({"public": "photo"})
    unclear = {"stage": "candidate"}
    assert status(rules, PUBLIC, beneficiary=unclear) is FindingStatus.ELEMENTS_MET
    assert status(rules, beneficiary=unclear) is FindingStatus.OPEN


def test_a_path_only_may_follow_from_what_is_below() -> None:
    rules = held({"public": "photo"})
    for items, expected in (([], PathStatus.MAY_FOLLOW), ([PUBLIC], PathStatus.FOLLOWS)):
        decision = rules.decide(incident(**FACTS, evidence=items), as_of=AS_OF)
        (path,) = (path for path in decision.paths if path.id == "heavy")
        assert path.status is expected


def test_what_follows_from_proven_facts_counts() -> None:
    """The stage follows from the day of the act and the office by the calendar."""
    rules = held({"stage": "photo"})
    facts: dict[str, Any] = {
        "beneficiary": {"office": "dpr", "relation": "none"},
        "election": "pemilu_2024",
    }
    shown = item(act__date="2024-01-05", beneficiary__office="dpr", election="pemilu_2024")
    assert status(rules, shown, **facts) is FindingStatus.MET
    undated = item(beneficiary__office="dpr", election="pemilu_2024")
    assert status(rules, undated, **facts) is FindingStatus.OPEN


def test_a_calendar_that_does_not_bind_proves_nothing() -> None:
    """The stage departs from the calendar, so that it does not tell when the act was."""
    content = document()
    content["standards"] = {"one": {"says": words("one"), "at-least": 1}}
    post = content["violations"]["new/post"]
    late = {"contest.phase": {"not": ["before_determination"]}}
    post["needs"]["when"] = {"any": [late, {"act.date": {"until": "2023-10-15"}}]}
    post["standard"] = {"when": "one"}
    rules = ruleset(content)
    shown = item(beneficiary__stage="candidate", beneficiary__office="dpr", election="pemilu_2024")
    facts: dict[str, Any] = {"beneficiary": {"relation": "none"}}
    assert status(rules, shown, **facts) is FindingStatus.MET
    noted = {"relation": "none", "stage_note": "determined earlier"}
    early = {**FACTS["act"], "date": "2023-10-01"}
    assert status(rules, shown, act=early, beneficiary=noted) is FindingStatus.OPEN
    dated = item(key="e2", act__date="2023-10-01")
    assert status(rules, shown, dated, act=early, beneficiary=noted) is FindingStatus.MET


def test_rows_have_no_evidence() -> None:
    assert ruleset().statuses(FACTS)["new/post"] == "met"
    rules = held({"public": "photo"})
    for _ in range(3):  # the quick way too
        assert rules.statuses(FACTS)["new/post"] == "open"


def test_the_matrix_says_what_is_missing() -> None:
    rules = held({"public": "two"})
    decision = rules.decide(incident(**FACTS, evidence=[PUBLIC]), as_of=AS_OF)
    (row,) = (e for e in decision["new/post"].elements if e.name == "public")
    assert row.status is ElementStatus.OPEN
    assert row.standard == StandardRead(
        "two", Text("two items (id)", "two items"), ("always/9",), (), 2, False, ("act.audience",)
    )
    told = "two items [two] (Annex): not reached; fewer than 2 items on audience"
    assert told in " ".join(decision.text(lang="en").split())
    assert "belum tercapai; kurang dari 2 bukti mengenai" in " ".join(decision.text().split())
    assert all(e.standard is None for e in decision["new/post"].elements if e is not row)


def test_the_matrix_says_that_a_standard_is_reached() -> None:
    rules = held({"public": "photo"})
    decision = rules.decide(incident(**FACTS, evidence=[PUBLIC]), as_of=AS_OF)
    (row,) = (e for e in decision["new/post"].elements if e.name == "public")
    assert row.status is ElementStatus.MET
    assert row.standard is not None
    assert (row.standard.reached, row.standard.missing) == (True, ())
    assert row.standard.kinds == (EvidenceKind.PHOTO, EvidenceKind.VIDEO)


def test_items_that_are_too_broad_are_not_called_missing() -> None:
    rules = held({"public": "photo"})
    shown = item(act__audience={"not": ["private"]})
    decision = rules.decide(incident(**FACTS, evidence=[shown]), as_of=AS_OF)
    (row,) = (e for e in decision["new/post"].elements if e.name == "public")
    assert row.standard is not None
    assert (row.standard.reached, row.standard.missing) == (False, ())


def test_one_standard_for_each_of_several_acts() -> None:
    rules = held({"public": "photo"})
    acts = [{**FACTS["act"], "key": "a1"}, {**FACTS["act"], "key": "a2"}]
    found = incident(
        subject=FACTS["subject"],
        beneficiary=FACTS["beneficiary"],
        acts=acts,
        evidence=[{"kind": "photo", "shows": {"acts[1].audience": "public"}}],
    )
    decision = rules.decide(found, as_of=AS_OF)
    assert {f.act: f.status.value for f in decision.findings} == {"a1": "open", "a2": "met"}


def test_two_rulesets_that_ask_different_things_are_not_proved_the_same() -> None:
    two, three = held({"public": "two"}), held({"public": "two"}, **{"at-least": 3})
    found = two.diff(three)
    assert any(document.section == "standards" for document in found.documents)
    assert found.proved.rules == 3


def test_no_condition_names_the_fact_of_a_standard() -> None:
    content = document()
    content["standards"] = {"one": {"says": words("one"), "at-least": 1}}
    post = content["violations"]["new/post"]
    post["standard"] = {"public": "one"}
    (path,) = (
        fact.spec.path
        for fact in ruleset(content).plan.space.facts
        if fact.spec.path.startswith("standard/")
    )
    post["needs"]["proven"] = {path: True}
    with pytest.raises(Refused, match="there is no fact"):
        ruleset(content)


def test_versions_of_the_law_keep_what_is_proven() -> None:
    rules = held({"public": "photo"})
    for items in ([], [PUBLIC]):
        found = incident(**FACTS, evidence=items)
        decided = rules.decide(found, as_of=AS_OF)["new/post"].status
        versions = rules.versions(found, as_of=AS_OF).versions
        (now,) = (version for version in versions if version.governs is Governs.YES)
        (own,) = (f for s in now.subjects for f in s.violations if f.id == "new/post")
        assert own.status is decided


def test_what_is_proven_may_leave_too_many_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all days none is proven: too many to look at, so nothing reaches the standard."""
    rules, items = held({"public": "two"}), [PUBLIC, item(key="e2", act__audience="public")]
    assert status(rules, *items) is FindingStatus.MET
    monkeypatch.setattr(frames, "MAX_FRAMES", 1)
    assert status(rules, *items) is FindingStatus.OPEN
