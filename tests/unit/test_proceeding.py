"""Proceedings: what the matrix of faults does not reach."""

import datetime
import pickle
from pathlib import Path
from typing import Any, get_args

import pytest

import netralitas_rules as nr
from netralitas_rules.case.proceeding import check_proceeding
from netralitas_rules.case.proceeding_model import (
    STATES,
    Certainty,
    Gap,
    ProceduralCode,
    Proceeding,
    State,
)
from netralitas_rules.explain import proceeding_phrases as pp
from netralitas_rules.explain.case_phrases import OFFICES
from netralitas_rules.explain.case_proceeding import ProceedingWords
from netralitas_rules.facts.casefile import Record
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.record_vocabulary import Office, Reason, RecordStep
from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.deadlines import Event
from netralitas_rules.law.model import Level, Mark, Regime
from netralitas_rules.law.procedures import Form, Severity
from netralitas_rules.ruleset import Ruleset
from tests.proceedings import offices, records

SUPERIOR = "direct_superior"
GOOD = Path(__file__).parent.parent / "golden" / "good" / "plain"


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return nr.load("national")


def check(rules: Ruleset, found: dict[str, dict[str, Any]], **more: Any) -> Proceeding:
    asked: dict[str, Any] = {
        "regime": Regime.DISCIPLINE,
        "regulation": "pp-94-2021",
        "level": Level.HEAVY,
        "kinds": ["demotion-12-months"],
        "status": SubjectStatus.PNS,
        "as_of": datetime.date(2024, 6, 3),
        "competent": offices(["ppk"]),
    }
    return check_proceeding(rules.plan, records=records(found), **asked | more)


# -- which procedure


def test_a_path_without_a_procedure(rules: Ruleset) -> None:
    found = check(rules, {}, regulation="pp-1-1900")
    assert (found.procedure, found.others, found.steps, found.findings) == (None, (), (), ())
    assert "pp-1-1900" in ProceedingWords(rules.plan, lang="en").proceeding(found)


def test_several_procedures_fit(rules: Ruleset) -> None:
    path: dict[str, Any] = {
        "regime": Regime.DISMISSAL,
        "regulation": "pp-11-2017",
        "kinds": ["dismissal-on-candidacy", "dismissal-on-resignation"],
    }
    found = check(rules, {}, **path)
    assert found.procedure is None
    assert found.others == ("dismissal-candidacy", "dismissal-party-resigned")
    assert "dismissal-candidacy" in ProceedingWords(rules.plan, lang="id").proceeding(found)
    named = check(rules, {}, **path, procedure="dismissal-candidacy")
    assert named.procedure == "dismissal-candidacy"
    assert named.others == ("dismissal-party-resigned",)


def test_an_unknown_status_excludes_nothing(rules: Ruleset) -> None:
    assert check(rules, {}, status=None).procedure == "discipline-pp-94"
    assert check(rules, {}, status=SubjectStatus.PPPK).procedure is None


# -- days


def test_joint_leave_and_the_working_week_move_the_last_day(rules: Ruleset) -> None:
    decided = {"d": {"step": "decision", "date": "2024-04-01", "by": "ppk", "regime": "discipline"}}
    as_of = datetime.date(2024, 4, 2)
    plain = check(rules, decided, as_of=as_of).step("delivery")
    assert (plain.last, plain.latest) == (
        datetime.date(2024, 4, 22),
        datetime.date(2024, 4, 23),
    )
    leave = [datetime.date(2024, 4, day) for day in (8, 9, 12, 15)]
    moved = check(rules, decided, as_of=as_of, joint_leave=leave).step("delivery")
    assert moved.last == datetime.date(2024, 4, 26)
    assert moved.deadlines[0].id == "decision-handed-over"


def test_a_day_outside_the_years_of_the_calendar(rules: Ruleset) -> None:
    found = check(
        rules,
        {
            "d": {"step": "decision", "date": {"from": "2098-01-01"}, "regime": "discipline"},
            "v": {"step": "delivery", "date": "2024-01-01", "of": ["d"]},
        },
    )
    assert Gap.DATE in found.step("delivery").gaps


def test_an_event_before_its_law(rules: Ruleset) -> None:
    """The KASN's fourteen days began in September 2022: before it nothing is late by them."""
    found = check(
        rules,
        {"r": {"step": "recommendation", "date": "2022-06-01", "body": "kasn"}},
        regime=Regime.REFERRAL,
        regulation="uu-5-2014",
        level=None,
        kinds=[],
        as_of=datetime.date(2022, 8, 1),
    )
    assert found.step("follow-up").state is State.NOT_YET_DUE
    september = {"from": "2022-09-01", "to": "2022-09-30"}
    some = check(
        rules,
        {"r": {"step": "recommendation", "date": september, "body": "kasn"}},
        regime=Regime.REFERRAL,
        regulation="uu-5-2014",
        level=None,
        kinds=[],
        as_of=datetime.date(2022, 12, 1),
    )
    (finding,) = some.findings
    assert (finding.code, finding.certainty) == (ProceduralCode.MISSING, Certainty.SOME_DAYS)
    assert some.step("follow-up").state is State.UNKNOWN


@pytest.mark.parametrize(
    ("day", "cited"),
    [
        ("2020-09-01", ["uu-5-2014/32/3", "practice/kasn-10-days"]),
        ("2023-06-01", ["uu-5-2014/32/3", "practice/kasn-14-days"]),
        ("2024-02-01", ["practice/kasn-14-days"]),  # Law 5/2014 ended on 30 October 2023
    ],
)
@pytest.mark.parametrize("decided", [True, False])
def test_what_is_missing_is_told_by_the_law_of_the_day_it_was_owed_from(
    rules: Ruleset, day: str, cited: list[str], *, decided: bool
) -> None:
    """Years later too, and where the record says that nothing was decided."""
    records: dict[str, dict[str, Any]] = {
        "r": {"step": "recommendation", "date": day, "body": "kasn"}
    }
    if decided:
        records["d"] = {"step": "decision", "date": "none", "of": ["r"], "regime": "ethics"}
    found = check(
        rules,
        records,
        regime=Regime.REFERRAL,
        regulation="uu-5-2014",
        level=None,
        kinds=[],
        as_of=datetime.date(2026, 1, 2),
    )
    (finding,) = [one for one in found.findings if one.code is ProceduralCode.MISSING]
    assert [*finding.basis] == cited


def test_the_examination_stands_for_the_day_of_its_only_summons(rules: Ruleset) -> None:
    found: dict[str, dict[str, Any]] = {
        "s": {"step": "summons", "date": "2024-01-05", "by": SUPERIOR},
        "e": {"step": "examination", "date": "2024-03-01", "by": SUPERIOR, "of": ["s"]},
    }
    assert check(rules, found).step("summons").state is State.LATE
    assert Gap.CALLED_DAY in check(rules, {"s": found["s"]}).step("summons").gaps


def test_more_orders_of_summonses_than_are_told_apart(rules: Ruleset) -> None:
    found = {
        f"s{number}": {
            "step": "summons",
            "date": {"from": f"2024-01-{number + 1:02}", "to": f"2024-02-{number + 1:02}"},
            "by": SUPERIOR,
        }
        for number in range(6)
    }
    step = check(rules, found).step("summons")
    assert (step.state, Gap.ORDER in step.gaps) == (State.UNKNOWN, True)


def test_which_of_two_decisions_was_delivered(rules: Ruleset) -> None:
    found: dict[str, dict[str, Any]] = {
        "a": {"step": "decision", "date": "2024-02-01", "by": "ppk", "regime": "discipline"},
        "b": {"step": "decision", "date": "2024-03-01", "by": "ppk", "regime": "discipline"},
        "v": {"step": "delivery", "date": "2024-03-05"},
    }
    assert Gap.ORDER in check(rules, found).step("delivery").gaps
    found["v"]["of"] = ["a"]
    assert check(rules, found).step("delivery").state is State.LATE
    found["v"]["of"] = ["b"]
    assert check(rules, found).step("delivery").state is State.DONE


def test_days_on_which_some_readings_and_some_not_are_missed(rules: Ruleset) -> None:
    """On every possible day late by one reading, on some of them by both."""
    found = check(
        rules,
        {
            "d": {"step": "decision", "date": "2024-02-01", "by": "ppk", "regime": "discipline"},
            "v": {
                "step": "delivery",
                "date": {"from": "2024-02-23", "to": "2024-03-01"},
                "of": ["d"],
            },
        },
    )
    (late,) = [one for one in found.findings if one.code is ProceduralCode.LATE]
    assert (late.last, late.latest) == (
        datetime.date(2024, 2, 22),
        datetime.date(2024, 2, 23),
    )
    assert late.certainty is Certainty.SOME_READINGS
    assert late.readings == (("day-count", "counted"),)
    assert found.questions == ("day-count",)


def test_second_summons_that_may_be_overdue(rules: Ruleset) -> None:
    found = check(
        rules, {"s": {"step": "summons", "date": "2024-01-05", "for": "2024-01-10", "by": SUPERIOR}}
    )
    step = found.step("second-summons")
    assert (step.state, step.may_be) == (State.UNKNOWN, (State.MISSING,))
    assert step.gaps == (Gap.APPEARANCE,)
    (finding,) = [one for one in found.findings if one.step == "second-summons"]
    assert finding.last == datetime.date(2024, 1, 19)


def test_days_of_readings_that_all_or_none_miss(rules: Ruleset) -> None:
    decided = {"d": {"step": "decision", "date": "2024-02-01", "by": "ppk", "regime": "discipline"}}
    by_day = {
        day: check(rules, decided, as_of=datetime.date(2024, 2, day)).step("delivery").state
        for day in (22, 23, 24)
    }
    assert by_day == {22: State.NOT_YET_DUE, 23: State.UNKNOWN, 24: State.MISSING}


def test_a_last_day_that_a_day_misses_and_another_by_one_reading(rules: Ruleset) -> None:
    found = check(
        rules,
        {
            "a": {
                "step": "summons",
                "date": {"from": "2024-01-04", "to": "2024-01-05"},
                "for": "2024-01-16",
                "by": SUPERIOR,
            },
            "b": {"step": "summons", "date": "2024-01-05", "for": "2024-01-08", "by": SUPERIOR},
        },
    )
    (late,) = [one for one in found.findings if one.code is ProceduralCode.LATE]
    assert (late.records, late.certainty) == (("a",), Certainty.SOME_READINGS)
    assert late.readings == (("day-count", "counted"),)


def test_a_deadline_of_two_records_of_one_day_is_shown_once(rules: Ruleset) -> None:
    letter = {"step": "summons", "date": "2024-01-05", "for": "2024-01-08", "by": SUPERIOR}
    undated = {"step": "summons", "for": "2024-01-08", "by": SUPERIOR}
    found = check(rules, {"a": letter, "b": letter, "c": undated})
    step = found.step("summons")
    assert Gap.ORDER in step.gaps
    assert len(step.deadlines) == 1


# -- offices


@pytest.mark.parametrize(
    ("by", "state", "gap"),
    [
        ("pyb", State.DONE, None),
        ("jpt_madya", State.DONE, Gap.ROLE),
        ("direct_superior", State.DONE, Gap.ROLE),
        ("president", State.WITHOUT_AUTHORITY, None),
    ],
)
def test_who_proposes(rules: Ruleset, by: str, state: State, gap: Gap | None) -> None:
    found = check(
        rules,
        {"p": {"step": "proposal", "date": "2024-02-06", "by": by}},
        regime=Regime.DISMISSAL,
        regulation="pp-11-2017",
        kinds=["dishonourable-dismissal"],
    )
    step = found.step("proposal")
    assert (step.state, step.gaps) == (state, () if gap is None else (gap,))


def test_a_personnel_authority_is_not_who_proposes_to_it(rules: Ruleset) -> None:
    found = check(
        rules,
        {"d": {"step": "decision", "date": "2024-02-06", "by": "pyb", "regime": "discipline"}},
    )
    assert found.step("decision").state is State.WITHOUT_AUTHORITY


@pytest.mark.parametrize(
    ("competent", "by", "gap"),
    [
        ("echelon_ii", "jpt_pratama", Gap.ROLE),  # one post by its old name and by its new one
        ("echelon_ii", "echelon_iii", None),
        ("echelon_iii", "jpt_pratama", None),  # Law 5/2014 Article 131: echelon II alone
        ("delegated_official", "echelon_v", None),  # PP 42/2004 Article 15(5): not below IV
        ("contract_holder", "pengawas", Gap.ROLE),
        ("home_ppk", "ppk", Gap.ROLE),
        ("home_ppk", "host_ppk", None),
        ("delegated_official", "pengawas", Gap.ROLE),
        ("agency_rule", "other", Gap.ROLE),
        ("agency_rule", "court", None),
        ("ppk", "echelon_i", Gap.ROLE),  # GR 94/2021 Article 17(1) b
        ("ppk", "echelon_ii", None),
        ("president", "ppk", None),
        ("direct_superior", "superior_of_direct_superior", None),
    ],
)
def test_two_names_of_one_holder(rules: Ruleset, competent: str, by: str, gap: Gap | None) -> None:
    found = check(
        rules,
        {"d": {"step": "decision", "date": "2024-02-06", "by": by, "regime": "discipline"}},
        competent=offices([competent]),
    )
    without = ProceduralCode.WITHOUT_AUTHORITY in {one.code for one in found.findings}
    assert without is (gap is None)
    assert found.step("decision").gaps == (() if gap is None else (gap,))


def test_several_offices_may_decide(rules: Ruleset) -> None:
    decided = {
        "d": {"step": "decision", "date": "2024-02-06", "by": "pengawas", "regime": "discipline"}
    }
    found = check(rules, decided, competent=offices(["administrator", "jpt_pratama"]))
    (finding,) = [one for one in found.findings if one.code is ProceduralCode.WITHOUT_AUTHORITY]
    assert finding.by == (Office.PENGAWAS,)
    assert finding.offices == (Office.ADMINISTRATOR, Office.JPT_PRATAMA)


# -- the whole


def test_who_learned_of_it_need_not_be_named(rules: Ruleset) -> None:
    decided = {"step": "decision", "date": "2024-02-06", "by": "ppk", "regime": "discipline"}
    found = check(rules, {"i": {"step": "informed", "date": "2024-01-02"}, "d": decided})
    (finding,) = [one for one in found.findings if one.code is ProceduralCode.DID_NOT_ACT]
    assert (finding.certainty, finding.by) == (Certainty.NOT_STATED, ())
    other = check(rules, {"i": {"step": "informed", "date": "2024-01-02", "by": "ppk"}})
    assert other.findings == ()


def test_a_decision_of_another_path_is_not_this_step(rules: Ruleset) -> None:
    found = check(
        rules, {"d": {"step": "decision", "date": "2024-02-06", "by": "ppk", "regime": "ethics"}}
    )
    assert found.step("decision").state is State.NOT_YET_DUE
    never = check(rules, {"d": {"step": "decision", "date": "none", "regime": "discipline"}})
    assert never.step("decision").state is State.MISSING


def test_what_a_decision_rests_on_is_followed_back(rules: Ruleset) -> None:
    def missing(**more: Any) -> set[Form | None]:
        found: dict[str, dict[str, Any]] = {
            "d": {"step": "decision", "date": "2024-02-06", "regime": "discipline", "of": ["e"]},
            "e": {"step": "examination", "date": "2024-02-01", "of": ["d"]},
        } | more
        return {one.form for one in check(rules, found).findings}

    assert Form.RESTS_ON_REPORT in missing()
    learned: dict[str, Any] = {"step": "informed", "date": "2024-01-01", "by": "ppk"}
    assert Form.RESTS_ON_REPORT not in missing(i=learned)
    rested: dict[str, Any] = {"step": "examination", "date": "2024-02-01", "of": ["i"]}
    assert Form.RESTS_ON_REPORT not in missing(i=learned, e=rested)


def test_council_size_under_the_reading_taken(rules: Ruleset) -> None:
    hearing = {"h": {"step": "council_hearing", "date": "2024-01-10", "members": 4}}
    path: dict[str, Any] = {"regime": Regime.ETHICS, "regulation": "pp-42-2004", "kinds": []}
    (finding,) = check(rules, hearing, **path).findings
    assert finding.readings == (("council-size", "five"),)
    assert finding.value == "4"


def test_a_team_whose_members_are_not_stated(rules: Ruleset) -> None:
    found = check(rules, {"t": {"step": "team", "date": "2024-01-10", "by": "ppk"}})
    assert found.step("team").not_stated == (Form.HIGHER_SUPERIOR, Form.TEAM_ELEMENTS)


def test_two_decisions_where_no_rule_forbids_them(rules: Ruleset) -> None:
    decided = {"step": "decision", "date": "2024-02-01", "by": "ppk", "regime": "ethics"}
    path: dict[str, Any] = {"regime": Regime.ETHICS, "regulation": "pp-42-2004", "kinds": []}
    codes = {one.code for one in check(rules, {"a": decided, "b": decided}, **path).findings}
    assert ProceduralCode.SANCTIONED_TWICE not in codes


def test_council_size_that_the_law_settles() -> None:
    small = nr.load(str(GOOD))
    found = check(
        small,
        {"h": {"step": "council_hearing", "date": "2024-01-10", "members": 2}},
        regime=Regime.ETHICS,
        regulation="pp-2",
        kinds=[],
    )
    settled = [one for one in found.findings if one.step == "other-hearing"]
    assert [one.certainty for one in settled] == [Certainty.CERTAIN]


def test_analogy_carries_its_weakest_mark(rules: Ruleset) -> None:
    found = check(
        rules,
        {"e": {"step": "examination", "date": "none"}},
        regime=Regime.CONTRACT,
        regulation="pp-49-2018",
        kinds=["pppk-termination"],
        status=SubjectStatus.PPPK,
    )
    (finding,) = [one for one in found.findings if one.step == "examination"]
    assert finding.basis == ("pp-94-2021/27/1", "pp-49-2018/52/3")
    assert finding.mark is Mark.B


def test_the_events_of_no_record_are_given(rules: Ruleset) -> None:
    found = check(
        rules,
        {},
        regime=Regime.DISMISSAL,
        regulation="pp-11-2017",
        kinds=["dishonourable-dismissal"],
        events={Event.PROOF: Span(datetime.date(2024, 5, 2), datetime.date(2024, 5, 31))},
        as_of=datetime.date(2024, 6, 10),
    )
    (finding,) = found.findings
    assert (finding.step, finding.certainty) == ("decision", Certainty.SOME_DAYS)


# -- values and words


def test_values_are_frozen_and_travel(rules: Ruleset) -> None:
    found = check(rules, {"i": {"step": "informed", "date": "2024-01-02", "by": SUPERIOR}})
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
    with pytest.raises(KeyError):
        found.step("nowhere")


def test_every_kind_of_record_has_its_word() -> None:
    union = get_args(get_args(Record)[0])
    kinds = {get_args(one.model_fields["step"].annotation)[0] for one in union}
    assert kinds == {kind.value for kind in RecordStep}


def test_every_word_is_said_in_both_languages() -> None:
    for words, values in (
        (pp.STATES, State),
        (pp.SHOWS, ProceduralCode),
        (pp.SEVERITIES, Severity),
        (pp.CERTAINTIES, Certainty),
        (pp.GAPS, Gap),
        (OFFICES, Office),
        (pp.FORMS, Form),
        (pp.REASONS, Reason),
    ):
        assert {*words} == {*values}
        for text in words.values():
            assert text.id
            assert text.en
    step_faults = {*ProceduralCode} - {
        ProceduralCode.SANCTIONED_TWICE,
        ProceduralCode.SEVERAL_SANCTIONS,
        ProceduralCode.ANOTHER_LAW,
        ProceduralCode.NO_STEP_SINCE,
        ProceduralCode.DID_NOT_ACT,
    }
    assert {*STATES} == step_faults


def test_what_is_overdue_is_told_with_its_last_day(rules: Ruleset) -> None:
    decided = {"d": {"step": "decision", "date": "2024-02-01", "by": "ppk", "regime": "discipline"}}
    text = ProceedingWords(rules.plan, lang="en").proceeding(check(rules, decided))
    spaced = " ".join(text.split())
    assert "it is not on record; the last day was 22 February 2024 or 23 February 2024" in spaced


def test_there_is_no_third_language(rules: Ruleset) -> None:
    with pytest.raises(ValueError, match="nl"):
        ProceedingWords(rules.plan, lang="nl")
