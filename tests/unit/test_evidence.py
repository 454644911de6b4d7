"""What items of evidence show, what is known then, and what a decision says of who says what."""

import datetime
import json
from typing import Any

import pytest
from pydantic import ValidationError

import netralitas_rules as nr
from netralitas_rules.decision.model import Account, Decision, FactRead, FindingStatus, Source
from netralitas_rules.facts.accounts import Accounts, combine, ruled_out, windows
from netralitas_rules.facts.evidence import by_standard, weighed
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import NEVER, Span, none_of, one_of, parse_span
from netralitas_rules.facts.vocabulary import EvidenceKind
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.incidents import incident_from
from tests.small import document, incident, ruleset

RULES = ruleset()
AS_OF = "2024-06-01"
POST = {"conduct": "post", "date": "2024-01-05"}


def item(*, key: str = "e1", kind: str = "photo", **shows: Any) -> dict[str, Any]:
    """An item of evidence; `act__audience` stands for `act.audience`."""
    return {"key": key, "kind": kind, "shows": {k.replace("__", "."): v for k, v in shows.items()}}


def decide(*items: dict[str, Any], act: dict[str, Any] | None = None, **more: Any) -> Decision:
    subject = more.pop("subject", {"status": "pns"})
    return RULES.decide(
        incident(
            subject=subject,
            act=POST if act is None else act,
            beneficiary={"stage": "candidate", "relation": "none"},
            evidence=list(items),
            **more,
        ),
        as_of=AS_OF,
    )


def read_of(decision: Decision, fact: str) -> FactRead:
    """What the matrix says of a fact."""
    return next(
        read
        for finding in decision.all_findings
        for row in (*finding.elements, *finding.exceptions)
        for read in row.facts
        if read.fact == fact
    )


# -- what several accounts leave


def test_masks_are_intersected_or_else_joined() -> None:
    assert combine([0b0110, 0b0011]) == 0b0010
    assert combine([0b0100, 0b0011]) == 0b0111


def test_what_enough_masks_rule_out() -> None:
    denied = [0b0011, 0b0110, 0b0010]
    found = [ruled_out(denied, least) for least in (1, 2, 3, 4)]
    assert found == [0b0111, 0b0010, 0b0010, 0]


@pytest.mark.parametrize(
    ("stated", "left"),
    [
        (["2024-01", "2024-01-20"], ["2024-01-20"]),
        (["2024-01-02", "2024-01-20"], ["2024-01-02", "2024-01-20"]),
        (["2024-01-20", "2024-01-02"], ["2024-01-02", "2024-01-20"]),
        (["2024-01-02", "2024-01-03"], ["2024-01-02..2024-01-03"]),
        (["2024-01", "none"], ["2024-01-01..2024-01-31", "none"]),
        (["none", "none"], ["none"]),
        (
            ["2024-01", "2024-03", "2024-01-30"],
            ["2024-01-01..2024-01-31", "2024-03-01..2024-03-31"],
        ),
    ],
)
def test_days_that_are_left(stated: list[str], left: list[str]) -> None:
    found = windows(Accounts(tuple(stated)))
    assert [str(w) if isinstance(w, Span) else w.value for w in found] == left


def test_days_under_a_standard() -> None:
    """Two items rule out a day only together."""
    days = tuple(map(parse_span, ["2024-01-10", "2024-01"]))
    found = windows(Accounts(days, days, 2))
    assert found == (parse_span("2024-01"),)
    assert windows(Accounts(days, days, 1)) == (parse_span("2024-01-10"),)


def test_that_it_did_not_happen_under_a_standard() -> None:
    assert windows(Accounts((NEVER, NEVER), (NEVER, NEVER), 2)) == (NEVER,)
    (every, never) = windows(Accounts((NEVER,), (NEVER,), 2))
    assert (every, never) == (Span(datetime.date.min, datetime.date.max), NEVER)


# -- what is read


def test_what_an_item_shows_is_read_as_a_fact() -> None:
    found = incident(
        act=POST,
        evidence=[item(act__audience={"not": ["private"]}, act__date="2024-01", election="none")],
    )
    assert found.evidence is not None
    assert found.evidence[0].shows == {
        "act.audience": none_of("private"),
        "act.date": parse_span("2024-01"),
        "election": "none",
    }


def test_leaves_of_python_are_taken_too() -> None:
    shows = {"act.audience": one_of("public", "private"), "act.date": parse_span("2024-01")}
    found = incident(act=POST, evidence=[{"kind": "photo", "shows": shows}])
    assert found.evidence is not None
    assert found.evidence[0].shows == shows


def test_it_is_written_as_it_was_read() -> None:
    found = incident(
        act=POST,
        evidence=[item(act__audience={"one_of": ["public", "private"]}, act__date="2024-01")],
    )
    text = found.model_dump_json(exclude_unset=True)
    assert json.loads(text)["evidence"][0]["shows"] == {
        "act.audience": {"one_of": ["public", "private"]},
        "act.date": {"from": "2024-01-01", "to": "2024-01-31"},
    }
    assert Incident.model_validate_json(text) == found


def test_of_several_acts_the_number_is_needed() -> None:
    acts = [{"conduct": "post"}, {"conduct": "react"}]
    with pytest.raises(ValidationError, match=r"act\.medium"):
        Incident.model_validate(
            {"subjects": [{}], "acts": acts, "evidence": [item(act__medium="print")]}
        )
    found = Incident.model_validate(
        {
            "subjects": [{}],
            "acts": acts,
            "evidence": [{"kind": "photo", "shows": {"acts[1].medium": "print"}}],
        }
    )
    assert [act.medium for act in weighed(found).acts] == [None, "print"]


def test_a_note_on_a_stage_that_only_evidence_shows() -> None:
    beneficiary = {"stage_note": "determined later"}
    shown = [item(beneficiary__stage="candidate")]
    assert incident(beneficiary=beneficiary, evidence=shown)
    with pytest.raises(ValidationError):
        incident(beneficiary=beneficiary, evidence=[item(beneficiary__kind="person")])


def test_all_accounts_together_keep_the_order_of_dates() -> None:
    with pytest.raises(ValidationError):
        incident(
            act={"date": "2024-01"},
            proceeding={"decided_on": "2024-01-10"},
            evidence=[item(act__date="2024-01-20")],
        )
    disputed = [item(act__date="2024-01-20"), item(key="e2", act__date="2024-01-05")]
    assert incident(proceeding={"decided_on": "2024-01-10"}, act={}, evidence=disputed)


def test_a_hundred_items_of_one_fact_and_no_more() -> None:
    items = [item(key=f"e{n}", act__audience="public") for n in range(101)]
    decision = decide(*items[:100])
    assert len(read_of(decision, "act.audience").accounts) == 100
    with pytest.raises(ValidationError, match=r"act\.audience"):
        decide(*items)
    with pytest.raises(Refused, match="at most 100 items for one fact"):
        incident_from({"subjects": [{}], "acts": [{}], "evidence": items}, locate=lambda *_: None)


# -- what is known


def test_without_evidence_nothing_is_copied() -> None:
    plain = incident(act=POST)
    assert weighed(plain) is plain
    only_kept = incident(act=POST, evidence=[{"kind": "photo"}])
    assert weighed(only_kept) == only_kept.model_copy(update={"evidence": None})


def test_evidence_alone_states_a_fact() -> None:
    assert decide(item(act__audience="public"))["new/post"].status is FindingStatus.MET
    assert decide()["new/post"].status is FindingStatus.OPEN


def test_evidence_raises_a_rule() -> None:
    shown = item(act__conduct="post", act__audience="public")
    assert decide(shown, act={"date": "2024-01-05"})["new/post"].status is FindingStatus.MET


def test_two_broad_accounts_settle_together() -> None:
    decision = decide(
        item(act__audience={"one_of": ["public", "private"]}),
        item(key="e2", act__audience={"one_of": ["public", "closed_group"]}),
    )
    assert decision["new/post"].status is FindingStatus.MET
    assert read_of(decision, "act.audience") == FactRead(
        "act.audience",
        ("public",),
        Source.STATED,
        "acts[0].audience",
        (
            Account("e1", EvidenceKind.PHOTO, ("public", "private")),
            Account("e2", EvidenceKind.PHOTO, ("public", "closed_group")),
        ),
    )


def test_a_disputed_fact_is_open_and_says_who_contradicts_whom() -> None:
    decision = decide(
        item(key="e2", kind="statement", act__audience="private"),
        item(key="e1", act__audience={"one_of": ["public", "private"]}),
        act={**POST, "audience": "public"},
    )
    assert decision["new/post"].status is FindingStatus.OPEN
    read = read_of(decision, "act.audience")
    assert read.disputed
    assert read.possible == ("public", "private")
    assert read.accounts == (
        Account(None, None, ("public",), ("e2",)),
        Account("e1", EvidenceKind.PHOTO, ("public", "private")),
        Account("e2", EvidenceKind.STATEMENT, ("private",), (None,)),
    )


def test_a_dispute_that_does_not_matter_settles() -> None:
    decision = decide(item(act__audience="closed_group"), item(key="e2", act__audience="private"))
    assert decision["new/post"].status is FindingStatus.NOT_MET
    assert read_of(decision, "act.audience").disputed


def test_a_disputed_yes_or_no_is_not_unknown() -> None:
    content = document()
    content["violations"]["new/post"]["needs"]["support"] = {"act.active_support": True}
    rules = ruleset(content)
    shown = [item(act__active_support=True), item(key="e2", act__active_support=False)]
    decision = rules.decide(
        incident(subject={}, act=POST, beneficiary={}, evidence=shown), as_of=AS_OF
    )
    read = read_of(decision, "act.active_support")
    assert (read.possible, read.disputed) == (("true", "false"), True)
    assert "(stated acts[0].active_support; disputed)" in decision.text(lang="en")


def test_a_dispute_that_the_calendar_settles() -> None:
    found = incident(
        subject={"status": "pns"},
        act={**POST, "audience": "public"},
        beneficiary={"relation": "none", "office": "dpr"},
        election="pemilu_2024",
        evidence=[
            item(beneficiary__stage="candidate"),
            item(key="e2", beneficiary__stage="prospective"),
        ],
    )
    decision = RULES.decide(found, as_of=AS_OF)
    assert decision["new/post"].status is FindingStatus.MET
    read = read_of(decision, "beneficiary.stage")
    assert (read.possible, read.disputed) == (("candidate",), True)
    assert (read.source, read.origin) == (Source.DERIVED, "poll/house")


def test_days_of_one_cell_are_two_windows() -> None:
    decision = decide(
        item(subject__party__joined_on="2024-02-03"),
        item(key="e2", subject__party__joined_on="2024-04-20"),
        act={"conduct": "be_party_member"},
        subject={"party": {"role": "member", "resigned_from_service_on": "2024-03-01"}},
    )
    finding = decision["new/member"]
    assert finding.status is FindingStatus.OPEN
    (path,) = [p for p in decision.paths if p.id == "out"]
    assert path.effective == ("2024-02-29", "2024-04-30")


def test_a_comparison_of_disputed_days_is_no_comparison_of_their_hull() -> None:
    """Resigned between the two days, and on neither: never on the day of joining."""
    plan = RULES.plan
    fact = plan.space.by_path["subject.small.resigned"]
    found = incident(
        subject={"party": {"resigned_from_service_on": "2024-03-01"}},
        act={"conduct": "be_party_member", "date": "2024-01-05"},
        evidence=[
            item(subject__party__joined_on="2024-02-03"),
            item(key="e2", subject__party__joined_on="2024-04-20"),
        ],
    )
    ((group),) = RULES._framer.groups(found, as_of=datetime.date(2024, 6, 1))
    assert set(fact.decode(group.frames[0].known)) == {"before", "after"}


def test_an_act_on_one_of_two_days_has_two_windows() -> None:
    decision = decide(
        item(act__date="2020-05-05", act__audience="public"),
        item(key="e2", act__date="2024-01-05"),
        act={"conduct": "post"},
    )
    finding = decision["new/post"]
    assert [(p.first, p.last, p.status) for p in finding.periods] == [
        ("2020-05-05", "2020-05-05", None),
        ("2024-01-05", "2024-01-05", FindingStatus.MET),
    ]
    (date,) = decision.law[0].chosen_by
    assert (date.possible, date.disputed) == (("2020-05-05", "2024-01-05"), True)


def test_a_disputed_examination_bounds_the_act_by_its_later_day() -> None:
    shown = [
        item(proceeding__examined_on="2024-01-10"),
        item(key="e2", proceeding__examined_on="2024-02-20"),
    ]
    found = incident(act={"conduct": "post", "date": "2024-01"}, evidence=shown)
    ((group),) = RULES._framer.groups(found, as_of=datetime.date(2024, 6, 1))
    assert group.frames[-1].last == datetime.date(2024, 1, 31)
    never = [shown[0], item(key="e2", proceeding__examined_on="none")]
    late = incident(act={"conduct": "post", "date": "2024-03"}, evidence=never)
    ((group),) = RULES._framer.groups(late, as_of=datetime.date(2024, 6, 1))
    assert group.frames[-1].last == datetime.date(2024, 3, 31)


def test_numbers_of_one_cell_are_disputed() -> None:
    content = document()
    rules = ruleset(content)
    shown = [item(act__small__years=3), item(key="e2", act__small__years=4)]
    found = incident(
        subject={"status": "pns"},
        act={"conduct": "hold_activity", "addressees": ["family"]},
        evidence=shown,
    )
    read = read_of(rules.decide(found, as_of=AS_OF), "act.small.years")
    assert read.disputed
    assert [account.possible for account in read.accounts] == [("3",), ("4",)]


def test_the_own_election_of_a_beneficiary_has_its_own_accounts() -> None:
    content = document()
    content["violations"]["new/post"]["needs"]["poll"] = {"election": "pemilu_2024"}
    shown = [
        {"kind": "photo", "shows": {"beneficiary.election": "pemilu_2024", "election": "none"}}
    ]
    found = incident(subject={}, act=POST, beneficiary={}, evidence=shown)
    read = read_of(ruleset(content).decide(found, as_of=AS_OF), "election")
    assert read.possible == ("pemilu_2024",)
    assert read.accounts == (Account("1", EvidenceKind.PHOTO, ("pemilu_2024",)),)


# -- decisions in JSON


def test_a_decision_without_the_new_keys_is_read() -> None:
    decision = decide()
    old = json.loads(decision.to_json())

    def without(part: Any) -> Any:
        if isinstance(part, dict):
            new = ("accounts", "disputed", "standard")
            return {k: without(v) for k, v in part.items() if k not in new}
        return [without(v) for v in part] if isinstance(part, list) else part

    assert Decision.from_json(json.dumps(without(old))) == decision


def test_a_disputed_decision_goes_through_json() -> None:
    decision = decide(item(act__audience="public"), item(key="e2", act__audience="private"))
    assert Decision.from_json(decision.to_json()) == decision


# -- by a standard


def test_what_reaches_a_standard_is_all_that_is_kept() -> None:
    found = incident(
        subject={"key": "s1", "status": "pns"},
        act={**POST, "by": ["s1"]},
        beneficiary={"key": "b1", "stage": "candidate", "stage_note": "why"},
        evidence=[
            item(act__audience="public", act__medium="print"),
            item(key="e2", act__audience="public"),
        ],
    )
    kept = by_standard(found, kinds=(), at_least=2)
    assert kept is not None
    assert isinstance(kept.acts[0].audience, Accounts)
    assert kept.acts[0].by == ("s1",)
    assert (kept.acts[0].conduct, kept.acts[0].medium, kept.acts[0].date) == (None, None, None)
    assert kept.subjects == (nr.Subject(key="s1"),)
    assert (kept.beneficiaries[0].key, kept.beneficiaries[0].stage) == ("b1", None)
    assert by_standard(found, kinds=(EvidenceKind.VIDEO,), at_least=1) is None
    assert by_standard(found, kinds=(), at_least=3) is None
