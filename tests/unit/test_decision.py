"""Decisions on the small ruleset: findings, paths, dates, readings, what is open."""

import json
import pickle
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import (
    Decision,
    ElementStatus,
    FindingStatus,
    Outcome,
    PathStatus,
    Source,
)
from netralitas_rules.law.model import Mark
from tests.small import document, incident, ruleset

RULES = ruleset()
POST = {"conduct": "post", "date": "2023-12-01", "audience": "public"}
DPR = {"kind": "person", "office": "dpr", "relation": "none"}


def decide(**parts: Any) -> Decision:
    return RULES.decide(incident(**parts), as_of="2024-06-01")


def met() -> Decision:
    return decide(
        subject={"status": "pns"}, act=POST, beneficiary=DPR, election="pemilu_2024", id="case"
    )


def test_a_finding_with_its_matrix() -> None:
    decision = met()
    finding = decision["new/post"]
    assert (decision.outcome, finding.status) == (Outcome.MET, FindingStatus.MET)
    assert [(e.name, e.status) for e in finding.elements] == [
        ("conduct", ElementStatus.MET),
        ("who", ElementStatus.MET),
        ("public", ElementStatus.MET),
        ("stage", ElementStatus.MET),
    ]
    assert finding.elements[0].label.en == "conduct: posting or reacting to a post"
    stage = finding.elements[3]
    assert (stage.label.en, stage.basis) == ("a candidate", ("always/9",))
    assert stage.facts[0].source is Source.DERIVED
    assert stage.facts[0].origin == "poll/house"
    status = finding.elements[1].facts[0]
    assert (status.fact, status.possible) == ("subject.status", ("pns",))
    assert (status.source, status.origin) == (Source.STATED, "subjects[0].status")
    assert [(e.name, e.status) for e in finding.exceptions] == [
        ("spouse", ElementStatus.NOT_MET),
        ("other-person", ElementStatus.NOT_RAISED),
    ]
    assert (finding.subject, finding.act, finding.beneficiary) == ("1", "1", "1")


def test_only_provisions_in_force_are_cited() -> None:
    decision = met()
    assert decision["new/post"].norm == ("new/1/2/a/3", "always/7")
    assert {c.id: c.mark for c in decision.citations}["new/1/2/a/3"] is Mark.B
    assert [c.id for c in decision.weak_citations()] == ["new/1/2/a/3", "new/2"]
    assert "old/1" not in {c.id for c in decision.citations}


@pytest.mark.parametrize(("decided", "cited"), [("2023-12-31", False), ("2024-02-01", True)])
def test_the_governing_date_of_a_decision(*, decided: str, cited: bool) -> None:
    decision = decide(
        subject={"status": "pns"},
        act=POST,
        beneficiary=DPR,
        election="pemilu_2024",
        proceeding={"decided_on": decided},
    )
    assert ("always/8" in decision.paths[0].basis) is cited


def test_a_path_and_its_sanctions() -> None:
    (path,) = met().paths
    assert (path.id, path.status, path.level) == ("heavy", PathStatus.FOLLOWS, "heavy")
    assert path.basis == ("always/8", "always/7")
    assert (path.sanctions, path.findings, path.questions) == (("warning",), (0,), ("discreet",))


def test_an_open_exception_leaves_elements_met() -> None:
    decision = decide(
        subject={"status": "pns"},
        act=POST,
        beneficiary={"office": "dpr"},
        election="pemilu_2024",
    )
    assert decision["new/post"].status is FindingStatus.ELEMENTS_MET
    assert decision.outcome is Outcome.ELEMENTS_MET
    assert decision.paths[0].status is PathStatus.MAY_FOLLOW
    assert [o.fact for o in decision.settle] == ["beneficiary.relation", "act.photo.gesture"]


def test_exception_and_its_exception() -> None:
    spouse = {**DPR, "relation": "spouse"}
    parts: dict[str, Any] = {"subject": {"status": "pns"}, "election": "pemilu_2024"}
    neutral = {**POST, "photo": {"gesture": "neutral"}}
    partisan = {**POST, "photo": {"gesture": "partisan"}}
    assert decide(act=neutral, beneficiary=spouse, **parts)["new/post"].status == "not_met"
    assert decide(act=partisan, beneficiary=spouse, **parts)["new/post"].status == "met"
    assert decide(act=POST, beneficiary=spouse, **parts)["new/post"].status == "elements_met"


def test_a_defence_counts_once_it_is_stated() -> None:
    parts: dict[str, Any] = {
        "subject": {"status": "pns"},
        "beneficiary": DPR,
        "election": "pemilu_2024",
    }
    other = decide(act={**POST, "attribution": "other_person"}, **parts)["new/post"]
    assert other.status is FindingStatus.NOT_MET
    assert other.exceptions[1].status is ElementStatus.MET
    either = {"one_of": ["subject", "other_person"]}
    assert decide(act={**POST, "attribution": either}, **parts)["new/post"].status == "elements_met"
    assert decide(act={**POST, "attribution": "subject"}, **parts)["new/post"].status == "met"


def test_periods_where_the_date_decides() -> None:
    decision = decide(
        subject={"status": "pns"},
        act={**POST, "date": "2023-11"},
        beneficiary=DPR,
        election="pemilu_2024",
    )
    finding = decision["new/post"]
    assert finding.status is FindingStatus.OPEN
    assert [(p.first, p.last, p.status) for p in finding.periods] == [
        ("2023-11-01", "2023-11-02", "not_met"),
        ("2023-11-03", "2023-11-03", "open"),
        ("2023-11-04", "2023-11-30", "met"),
    ]
    assert finding.periods[0].law == ("new",)
    assert {"act.date", "beneficiary.determined_before_act"} <= {o.fact for o in decision.settle}


def test_another_body_of_law_does_not_govern() -> None:
    decision = decide(
        subject={"status": "pns"},
        act={**POST, "date": {"from": "2020-12-01", "to": "2021-02-01"}},
        beneficiary={**DPR, "stage": "candidate"},
        election="other",
    )
    periods = decision["new/post"].periods
    assert [(p.last, p.law, p.status) for p in periods] == [
        ("2020-12-31", ("old",), None),
        ("2021-02-01", ("new",), "met"),
    ]
    old = decide(subject={"status": "pns"}, act={**POST, "date": "2019"}, beneficiary=DPR)
    assert "new/post" not in old
    assert old.outcome is Outcome.NO_LISTED_FORM
    assert old.not_governed == ("new/post",)
    assert "new/post" not in old.not_raised
    assert "did not govern" in old.text(lang="en")


def test_dismissal_takes_effect_at_the_end_of_the_month() -> None:
    decision = decide(
        subject={
            "party": {"role": "member", "joined_on": "2020-02", "resigned_from_service_on": "none"}
        }
    )
    (path,) = decision.paths
    assert (decision["new/member"].act, path.effective) == (None, ("2020-02-29", "2020-02-29"))
    span = decide(
        subject={
            "party": {
                "role": "officer",
                "joined_on": {"from": "2020-01-15", "to": "2020-03"},
                "resigned_from_service_on": "2021",
            }
        }
    ).paths[0]
    assert span.effective == ("2020-01-31", "2020-03-31")
    unknown = decide(subject={"party": {"role": "member", "resigned_from_service_on": "none"}})
    assert unknown.paths[0].effective is None
    assert (
        decide(
            subject={
                "party": {"role": "member", "joined_on": "2020", "resigned_from_service_on": "2019"}
            }
        )["new/member"].status
        is FindingStatus.NOT_MET
    )


def test_one_finding_per_scope() -> None:
    found = nr.Incident.model_validate(
        {
            "subjects": [{"status": "pns", "party": {"role": "member"}}],
            "acts": [
                {
                    "key": "first",
                    "conduct": "hold_activity",
                    "addressees": ["family"],
                    "further": {"small": {"years": 3}},
                    "date": "2023-01-01",
                },
                {"key": "second", "conduct": "vote", "date": "2023-01-01"},
            ],
            "beneficiaries": [{"key": "x"}, {"key": "y"}],
        }
    )
    decision = RULES.decide(found, as_of="2024-01-01")
    assert len(list(decision.findings_of("old/meeting"))) == 1
    assert len(list(decision.findings_of("new/member"))) == 1
    assert len(list(decision.findings_of("permit/vote"))) == 2
    assert decision["old/meeting"].act == "first"


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ({"addressees": ["family"], "further": {"small": {"years": 2}}}, "met"),
        ({"addressees": ["family"], "further": {"small": {"years": 6}}}, "not_met"),
        ({"addressees": [], "further": {"small": {"years": 2}}}, "not_met"),
        (
            {
                "addressees": ["family", "public"],
                "further": {"small": {"years": 2}},
                "role": "speaker",
                "goods_given": True,
            },
            "met",
        ),
        ({"addressees": ["public"], "further": {"small": {"years": 2}}, "role": "speaker"}, "open"),
    ],
)
def test_lists_integers_and_alternatives(act: dict[str, Any], status: str) -> None:
    decision = decide(
        subject={"status": "pns"}, act={"conduct": "hold_activity", "date": "2023-01-01", **act}
    )
    assert decision["old/meeting"].status == status


def test_decisive_questions_say_what_would_change() -> None:
    spouse = {**DPR, "relation": "spouse"}
    act = {**POST, "photo": {"gesture": "neutral"}}
    parts: dict[str, Any] = {"subject": {"status": "pns"}, "election": "pemilu_2024"}
    decision = decide(act=act, beneficiary=spouse, **parts)
    (question,) = decision.decisive
    assert (question.id, question.taken, question.chosen_by) == (
        "spouse-photo",
        "allowed",
        "default",
    )
    (other,) = question.others
    assert other.reading == "banned"
    assert [(c.id, c.before, c.after) for c in other.changes] == [
        ("new/post", "not_met", "met"),
        ("heavy", "none", "follows"),
    ]
    banned = RULES.decide(
        incident(act=act, beneficiary=spouse, **parts),
        as_of="2024-06-01",
        readings={"spouse-photo": "banned"},
    )
    assert banned["new/post"].status is FindingStatus.MET
    assert banned.decisive[0].chosen_by == "argument"
    assert met().decisive == ()
    assert "spouse-photo" in met().questions


def test_a_question_without_default_leaves_the_path_open() -> None:
    decision = decide(
        subject={"status": "pns"},
        act={
            "conduct": "hold_activity",
            "addressees": ["family"],
            "further": {"small": {"years": 3}},
            "date": "2023-01-01",
        },
    )
    assert decision.paths[0].status is PathStatus.MAY_FOLLOW
    (question,) = decision.decisive
    assert (question.id, question.taken, question.chosen_by) == ("strict", None, "")
    assert [(o.reading, o.changes[0].after) for o in question.others] == [
        ("strict", "follows"),
        ("mild", "none"),
    ]


def test_readings_in_constraints_are_looked_at() -> None:
    content = document()
    content["constraints"]["by-reading"] = {
        "says": {"id": "x", "en": "x"},
        "when": {"reading.strict": "strict", "act.audience": "private"},
        "then": {"act.goods_given": True},
    }
    content["sanctions"]["read"]["when"] = {"act.goods_given": True}
    rules = ruleset(content)
    found = incident(
        subject={"status": "pns"},
        act={
            "conduct": "hold_activity",
            "addressees": ["family"],
            "audience": "private",
            "further": {"small": {"years": 3}},
            "date": "2023-01-01",
        },
    )
    decision = rules.decide(found, as_of="2024-01-01")
    (question,) = decision.decisive
    assert [(o.reading, [c.after for c in o.changes]) for o in question.others] == [
        ("strict", ["follows"])
    ]
    contradicted = incident(
        subject={"status": "pns"},
        act={
            "conduct": "hold_activity",
            "addressees": ["family"],
            "audience": "private",
            "further": {"small": {"years": 3}},
            "date": "2023-01-01",
            "goods_given": False,
        },
    )
    assert rules.decide(contradicted, as_of="2024-01-01").decisive == ()


def test_permitted_and_not_listed() -> None:
    vote = decide(subject={"status": "pns"}, act={"conduct": "vote", "date": "2024-02-14"})
    assert vote.outcome is Outcome.PERMITTED
    assert vote["permit/vote"].check is not None
    assert "permit/vote" in vote
    assert "new/post" not in vote
    assert 3 not in vote
    nothing = decide(act={"conduct": "receive", "date": "2023-01-01"})
    assert nothing.outcome is Outcome.NO_LISTED_FORM
    assert (nothing.residual, nothing.questions) == ("residual", ())
    assert "What else?" in nothing.text(lang="en")
    outside = decide(subject={"status": "tni"}, act={"conduct": "receive", "date": "2023-01-01"})
    assert outside.residual is None
    waiting = decide(act={"conduct": "vote", "date": "2024-02-14"})
    assert waiting.outcome is Outcome.OPEN
    assert [(o.fact, o.permissions) for o in waiting.settle] == [("subject.status", (0,))]
    assert nothing.not_raised == tuple(sorted(RULES.rules))
    with pytest.raises(KeyError):
        nothing["new/post"]


def test_every_subject_has_an_outcome() -> None:
    found = nr.Incident.model_validate(
        {
            "subjects": [{"key": "a", "status": "pns"}, {"key": "b", "status": "ppnpn"}],
            "acts": [{**POST, "by": ["a", "b"]}],
            "beneficiaries": [DPR],
            "election": "pemilu_2024",
        }
    )
    decision = RULES.decide(found, as_of="2024-01-01")
    assert [(s.subject, s.outcome) for s in decision.subjects] == [
        ("a", Outcome.MET),
        ("b", Outcome.NOT_MET),
    ]
    assert decision.outcome is Outcome.MET


def test_the_residual_question_is_for_forms_that_fail() -> None:
    parts: dict[str, Any] = {
        "subject": {"status": "pns"},
        "beneficiary": DPR,
        "election": "pemilu_2024",
    }
    private = decide(act={**POST, "audience": "private"}, **parts)
    assert (private.outcome, private.residual) == (Outcome.NOT_MET, "residual")
    excused = decide(act={**POST, "attribution": "other_person"}, **parts)
    assert (excused.outcome, excused.residual) == (Outcome.NOT_MET, None)
    content = document()
    del content["ruleset"]["residual"]
    found = incident(act={**POST, "audience": "private"}, **parts)
    assert ruleset(content).decide(found, as_of="2024-06-01").residual is None


def test_stated_dates_are_shown_as_stated() -> None:
    content = document()
    content["violations"]["new/member"]["needs"]["dated"] = {
        "act.date": {"from": "2000-01-01"},
        "subject.small.since": {"from": "2001-01-01"},
        "proceeding.examined_on": "none",
    }
    found = incident(
        subject={"party": {"role": "member"}, "further": {"small": {"since": "2002-05"}}},
        act={"conduct": "vote", "date": "2023-05"},
        proceeding={"examined_on": "none"},
    )
    facts = ruleset(content).decide(found, as_of="2024-01-01")["new/member"].elements[-1].facts
    assert [(r.fact, r.possible, r.origin) for r in facts] == [
        ("act.date", ("2023-05-01..2023-05-31",), "acts[0].date"),
        ("subject.small.since", ("2002-05-01..2002-05-31",), "subjects[0].further.small.since"),
        ("proceeding.examined_on", ("none",), "proceeding.examined_on"),
    ]


def test_json_round_trip_and_words() -> None:
    decision = met()
    stored = decision.to_json()
    assert json.loads(stored)["findings"][0]["status"] == "met"
    again = nr.Decision.from_json(stored)
    assert again == decision
    with pytest.raises(RuntimeError, match="attach"):
        again.text(lang="en")
    assert RULES.attach(again).text(lang="en") == decision.text(lang="en")
    assert pickle.loads(pickle.dumps(decision)) == decision
    with pytest.raises(ValueError, match="made under"):
        nr.load("national").attach(again)


def test_text_in_an_unknown_language() -> None:
    with pytest.raises(ValueError, match="id, en"):
        met().text(lang="fr")


def test_caches_stay_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netralitas_rules.decision.matrix.MAX_CACHED", 2)
    monkeypatch.setattr("netralitas_rules.decision.reads.MAX_CACHED", 2)
    monkeypatch.setattr("netralitas_rules.engine.evaluate.MAX_CACHED", 1)
    monkeypatch.setattr("netralitas_rules.engine.evaluate.MAX_VALUES", 1)
    for part in ("engine.frames", "decision.build", "decision.contests", "decision.turning"):
        monkeypatch.setattr(f"netralitas_rules.{part}.MAX_CACHED", 1)
    rules = ruleset()
    for status in ("pns", "cpns", "pppk", "tni"):
        found = incident(
            subject={"status": status}, act=POST, beneficiary=DPR, election="pemilu_2024"
        )
        assert rules.decide(found, as_of="2024-06-01") == RULES.decide(found, as_of="2024-06-01")
        meeting = incident(
            subject={"status": status}, act={"conduct": "hold_activity", "date": "2023-01-01"}
        )
        decided = rules.decide(meeting, as_of="2024-06-01")
        assert decided == RULES.decide(meeting, as_of="2024-06-01")
        vote = incident(subject={"status": status}, act={"conduct": "vote", "date": "2023"})
        assert rules.decide(vote, as_of="2024-06-01") == RULES.decide(vote, as_of="2024-06-01")
        kept = rules._evaluator
        assert len(kept._knots) == len(kept._values) == len(kept._candidates) == 1
        builder = rules._builder
        assert len(kept._judgements) == len(rules._framer._cells) == 1
        assert len(builder._outside) == len(builder.contests._told_in) == 1
        assert len(builder.turning._turns) == 1


def test_one_path_from_several_findings() -> None:
    found = nr.Incident.model_validate(
        {
            "election": "pemilu_2024",
            "subjects": [{"status": "pns"}],
            "acts": [POST, {**POST, "audience": {"one_of": ["public", "private"]}}],
            "beneficiaries": [DPR],
        }
    )
    (path,) = RULES.decide(found, as_of="2024-06-01").paths
    assert (path.findings, path.status) == ((0, 1), PathStatus.FOLLOWS)


def test_without_a_norm_in_force_a_violation_does_not_govern() -> None:
    """`old/1` ended in 2020, `new/2` begins in 2021 with its instrument."""
    content = document()
    violation = content["violations"]["old/meeting"]
    violation["norm"] = ["old/1"]
    rules = ruleset(content)
    act = {"conduct": "hold_activity", "further": {"small": {"years": 3}}, "goods_given": True}
    meeting = {**act, "addressees": ["family"], "role": "speaker"}
    for day, status in (("2020-12-31", "met"), ("2021-01-01", None), ("2009-12-31", None)):
        found = incident(act={**meeting, "date": day})
        decision = rules.decide(found, as_of="2024-06-01")
        assert [f.status.value for f in decision.findings] == ([status] if status else [])
        assert ("old/meeting" in decision.not_governed) is (status is None)
        for _ in range(3):
            row = {"act": {**meeting, "date": day}}
            assert rules.statuses(row) == ({"old/meeting": status} if status else {})
    (finding,) = rules.decide(
        incident(act={**meeting, "date": {"from": "2020-12", "to": "2021-01"}}), as_of="2024-06-01"
    ).findings
    assert finding.status is FindingStatus.OPEN
    assert [p.status and p.status.value for p in finding.periods] == ["met", None]


def test_what_a_path_waits_for_is_named() -> None:
    """The finding is met for both; which of the two paths follows is a matter of the status."""
    found = incident(
        subject={"status": {"one_of": ["pns", "cpns"]}},
        act=POST,
        beneficiary=DPR,
        election="pemilu_2024",
    )
    decision = RULES.decide(found, as_of="2024-06-01")
    assert decision["new/post"].status is FindingStatus.MET
    assert {p.id: p.status.value for p in decision.paths} == {
        "heavy": "may_follow",
        "candidate-out": "may_follow",
    }
    (waiting,) = decision.settle
    assert (waiting.fact, waiting.findings, waiting.paths) == ("subject.status", (), (0, 1))
    for lang, words in (
        ("id", "untuk jalur sanksi nomor 1, 2"),
        ("en", "sanction path number 1, 2"),
    ):
        assert words in " ".join(decision.text(lang=lang).split())


def test_a_notebook_shows_an_escaped_table() -> None:
    found = incident(
        subject={"status": "pns"}, act=POST, beneficiary=DPR, election="pemilu_2024", id="<b>"
    )
    shown = RULES.decide(found, as_of="2024-06-01")._repr_html_()
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
    assert "<table>" in shown
    nothing = RULES.decide(incident(), as_of="2024-06-01")._repr_html_()
    assert "<table>" not in nothing


def test_an_indifferent_reading_is_not_decisive() -> None:
    """The finding reads two questions; only one of them matters here."""
    content = document()
    content["violations"]["new/post"]["needs"]["mild-or-seen"] = {
        "any": [{"reading.strict": "mild"}, {"act.small.told": True}]
    }
    act = {**POST, "photo": {"gesture": "neutral"}, "further": {"small": {"told": True}}}
    found = incident(
        subject={"status": "pns"},
        act=act,
        beneficiary={**DPR, "relation": "spouse"},
        election="pemilu_2024",
    )
    decision = ruleset(content).decide(found, as_of="2024-06-01")
    assert [d.id for d in decision.decisive] == ["spouse-photo"]
    met_anyway = incident(
        subject={"status": "pns"}, act=act, beneficiary=DPR, election="pemilu_2024"
    )
    assert ruleset(content).decide(met_anyway, as_of="2024-06-01").decisive == ()
    untold = incident(subject={"status": "pns"}, act=POST, beneficiary=DPR, election="pemilu_2024")
    decision = ruleset(content).decide(untold, as_of="2024-06-01")
    assert [d.id for d in decision.decisive] == ["strict"]
    assert [o.fact for o in decision.settle] == ["act.small.told"]
