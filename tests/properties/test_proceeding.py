"""Proceedings: the order of records, uncertain days by brute force, and what absence is found."""

import datetime
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import netralitas_rules as nr
from netralitas_rules.case.proceeding import check_proceeding
from netralitas_rules.case.proceeding_model import (
    STATES,
    Certainty,
    Gap,
    ProceduralCode,
    ProceduralFinding,
    Proceeding,
    State,
)
from netralitas_rules.facts.casefile import Record
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.model import Level, Regime
from tests.proceedings import offices, records
from tests.strategies import examples

RULES = nr.load("national")
DAY = datetime.timedelta(days=1)
WINDOWS = (datetime.date(2024, 1, 2), datetime.date(2021, 8, 10))
"""A quiet time, and the days around the change of regulations."""


def day(offset: int, window: datetime.date) -> str:
    return (window + offset * DAY).isoformat()


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def proceedings(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Records of a discipline proceeding, in any state of disorder."""
    window = draw(st.sampled_from(WINDOWS))
    days = st.integers(0, 45).map(lambda offset: day(offset, window))
    found: dict[str, dict[str, Any]] = {}
    for key, step in draw(
        st.lists(
            st.sampled_from(
                [
                    ("informed", "informed"),
                    ("first", "summons"),
                    ("second", "summons"),
                    ("third", "summons"),
                    ("team", "team"),
                    ("examination", "examination"),
                    ("more", "examination"),
                    ("decision", "decision"),
                    ("again", "decision"),
                    ("delivery", "delivery"),
                    ("filing", "filing"),
                ]
            ),
            unique=True,
            max_size=9,
        )
    ):
        fields: dict[str, Any] = {"step": step}
        fields["date"] = draw(days) if draw(st.integers(0, 5)) else draw(optional(st.just("none")))
        fields["by"] = draw(optional(st.sampled_from(["direct_superior", "ppk", "other"])))
        if step == "summons":
            fields["for"] = draw(optional(days))
            fields["appeared"] = draw(optional(st.booleans()))
        if step == "examination":
            fields["by"] = draw(optional(st.sampled_from(["direct_superior", "examination_team"])))
            fields["closed"] = draw(optional(st.booleans()))
        if step == "decision":
            fields["regime"] = "discipline"
            fields["breaches"] = draw(
                st.sampled_from([[], ["pp-94-2021/5/n/5"], ["pp-94-2021/5/a"]])
            )
        fields["of"] = draw(st.lists(st.sampled_from([*found, "report"]), max_size=2, unique=True))
        found[key] = fields
    return found


def check(found: Mapping[str, Mapping[str, Any]] | list[Record], **more: Any) -> Proceeding:
    given_records = found if isinstance(found, list) else records(found)
    asked: dict[str, Any] = {"level": Level.HEAVY, "regulation": "pp-94-2021"} | more
    return check_proceeding(
        RULES.plan,
        regime=Regime.DISCIPLINE,
        kinds=["demotion-12-months"],
        status=SubjectStatus.PNS,
        records=given_records,
        as_of=datetime.date(2024, 2, 20),
        competent=offices(["ppk"]),
        **asked,
    )


@settings(max_examples=examples(60))
@given(proceedings(), st.randoms(use_true_random=False))
def test_order_of_records_never_matters(found: dict[str, Any], random: Any) -> None:
    given_records = records(found)
    shuffled = [*given_records]
    random.shuffle(shuffled)
    assert check(given_records) == check(shuffled)


@settings(max_examples=examples(60))
@given(proceedings(), st.sampled_from(["pp-94-2021", "pp-53-2010"]))
def test_a_record_never_makes_its_own_step_missing(found: dict[str, Any], regulation: str) -> None:
    after = check(found, regulation=regulation)
    missing = absent(after)
    for step in after.steps:
        assert step.id not in missing or not step.records or step.state is State.UNKNOWN
    for key in found:
        fewer = {
            other: fields | {"of": [one for one in fields["of"] if one != key]}
            for other, fields in found.items()
            if other != key
        }
        before = absent(check(fewer, regulation=regulation))
        # A first summons that was missed asks for a second one: another step of the same record.
        own = {step.id for step in after.steps if step.record == found[key]["step"]}
        if found[key]["date"] != "none":
            assert (missing - before) & own <= {"second-summons"}


def absent(found: Proceeding) -> set[str | None]:
    return {one.step for one in found.findings if one.code is ProceduralCode.MISSING}


def identity(one: ProceduralFinding) -> object:
    return one.code, one.step, one.deadline, one.before, one.records, one.form, one.reason


def expected(by_day: list[Proceeding]) -> dict[object, Certainty]:
    """What the answers of all days come to together."""
    together: dict[object, list[ProceduralFinding]] = {}
    for answer in by_day:
        for one in answer.findings:
            together.setdefault(identity(one), []).append(one)
    found: dict[object, Certainty] = {}
    for key, same in together.items():
        kinds = {one.certainty for one in same}
        if Certainty.NOT_STATED in kinds:
            found[key] = Certainty.NOT_STATED
        elif len(same) < len(by_day):
            found[key] = Certainty.SOME_DAYS
        elif kinds == {Certainty.CERTAIN}:
            found[key] = Certainty.CERTAIN
        else:
            some = [{*one.readings} for one in same if one.certainty is Certainty.SOME_READINGS]
            always = set.intersection(*some) if some else set()
            plain = Certainty.SOME_DAYS not in kinds and always
            found[key] = Certainty.SOME_READINGS if plain else Certainty.SOME_DAYS
    return found


@settings(max_examples=examples(80))
@given(proceedings(), st.data())
def test_an_uncertain_day_is_the_union_of_its_days(found: dict[str, Any], data: Any) -> None:
    dated = [key for key, fields in found.items() if fields["date"] not in (None, "none")]
    if not dated:
        return
    key = data.draw(st.sampled_from(dated))
    first = datetime.date.fromisoformat(found[key]["date"])
    length = data.draw(st.integers(1, 12))
    days = [first + offset * DAY for offset in range(length + 1)]
    by_day = [check(found | {key: found[key] | {"date": one.isoformat()}}) for one in days]
    whole = check(found | {key: found[key] | {"date": Span(days[0], days[-1])}})
    assert {identity(one): one.certainty for one in whole.findings} == expected(by_day)
    for number, step in enumerate(whole.steps):
        each = {answer.steps[number].state for answer in by_day}
        faults = {*STATES.values()}
        if step.state in faults:
            assert each <= faults | {State.UNKNOWN}
        assert each & faults <= {step.state, *step.may_be} | faults
        if each <= {State.DONE}:
            assert step.state is State.DONE


def test_which_summons_was_first_can_be_open() -> None:
    found = {
        "first": {"step": "summons", "date": "2024-01-05", "by": "direct_superior"},
        "second": {"step": "summons", "date": "2024-01", "by": "direct_superior"},
    }
    checked = check(found)
    assert checked.step("summons").records == ("first", "second")
    assert checked.step("second-summons").records == ("first", "second")
    undated = check({"first": found["first"], "second": found["second"] | {"date": None}})
    assert undated.step("summons").gaps == (Gap.DATE, Gap.CALLED_DAY, Gap.ORDER)
    assert undated.step("summons").state is State.UNKNOWN
