"""The law of a day and what changed between two, against what the ruleset says in words."""

import datetime
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.engine import bodies
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.facts.space import ACT_DATE, ELECTION, OFFICE, PHASE, STAGE
from netralitas_rules.law.model import GoverningDate, RuleKind
from netralitas_rules.loading.diagnostics import Code, Refused
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.timeline.diff import law_diff
from netralitas_rules.timeline.model import ContestOn, LawDiff, LawFact, LawOn
from tests.golden.harness import BASE, HERE, beside_base
from tests.small import document, ruleset

TIME = HERE / "good" / "time"
WORDS = {"id": "x", "en": "x"}


def law_of(rules: Ruleset, day: str, fact: str) -> LawFact:
    (found,) = (own for own in rules.law_on(day).law if own.fact == fact)
    return found


def grounds(law: LawFact) -> dict[str, list[tuple[str, str | None]]]:
    return {
        body.value: [(g.id, g.when.en if g.when else None) for g in body.grounds]
        for body in law.bodies
    }


# -- bodies of law


def test_the_day_settles_it() -> None:
    law = law_of(nr.load("national"), "2021-08-31", "law.discipline")
    assert grounds(law) == {"pp-94-2021": [("discipline-new-act", None)]}
    assert (law.depends_on, law.unsaid) == ((), False)


def test_other_dates_decide() -> None:
    """On the last day of the old law the decision and a reading decide; each ground says when."""
    law = law_of(nr.load("national"), "2021-08-30", "law.discipline")
    assert law.depends_on == (
        "proceeding.decided_on",
        "reading.old-acts-new-levels",
        "proceeding.examined_on",
    )
    assert not law.unsaid
    found = grounds(law)
    assert list(found) == ["pp-53-2010", "pp-94-2021"]
    assert found["pp-53-2010"][0] == (
        "discipline-old-act-decided-before",
        "date of the decision: until 30 August 2021",
    )
    assert {name for name, _ in found["pp-53-2010"][1:]} == {
        "discipline-procedure-only",
        "discipline-rule-at-act",
    }
    assert {name for name, when in found["pp-94-2021"] if when is not None} == {
        "discipline-old-act-examined-later",
        "discipline-old-act-not-examined",
        "discipline-old-act-decided-without-examination",
        "discipline-old-act-decided-later",
        "discipline-old-act-undecided",
    }


def test_another_fact_decides() -> None:
    law = law_of(nr.load("national"), "2021-01-01", "law.decree")
    assert law.depends_on == ("election",)
    assert {body.value for body in law.bodies} == {"none", "skb-2020"}


def test_a_day_of_which_nothing_is_said() -> None:
    """What the ruleset does not say is told as such, and nothing is guessed."""
    content = document()
    del content["transitions"]["old-law"]
    law = law_of(ruleset(content), "2020-12-31", "law.code")
    assert (law.bodies, law.unsaid) == ((), True)
    assert "does not say which one applies" in ruleset(content).law_on("2020-12-31").text(lang="en")


def test_an_act_of_which_nothing_is_said() -> None:
    content = document()
    content["transitions"]["old-law"]["when"]["subject.status"] = ["pns", "cpns"]
    rules = ruleset(content)
    law = law_of(rules, "2020-12-31", "law.code")
    assert [body.value for body in law.bodies] == ["old"]
    assert law.unsaid
    text = " ".join(rules.law_on("2020-12-31").text(lang="en").split())
    assert "otherwise this ruleset does not say which one applies" in text


def test_an_order_of_dates_that_cannot_be() -> None:
    """A decision lies on or after the act, to the day: one of the last old day can be old law."""
    content = document()
    content["transitions"] = {
        "old": {
            "says": WORDS,
            "when": {"proceeding.decided_on": {"until": "2020-12-31"}},
            "then": {"law.code": "old"},
        },
        "new": {
            "says": WORDS,
            "when": {"any": [{"proceeding.decided_on": {"from": "2021-01-01"}},
                             {"proceeding.decided_on": "none"}]},
            "then": {"law.code": "new"},
        },
    }  # fmt: skip
    rules = ruleset(content)
    for day, values in (("2020-12-31", ["old", "new"]), ("2021-01-01", ["new"])):
        law = law_of(rules, day, "law.code")
        assert [body.value for body in law.bodies] == values
        assert law.depends_on == (("proceeding.decided_on",) if len(values) > 1 else ())


def test_more_cases_than_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then what narrowing leaves is shown, which is never less than what can be."""
    exact = law_of(nr.load("national"), "2021-08-31", "law.discipline")
    monkeypatch.setattr(bodies, "MAX_CASES", 0)
    law = law_of(nr.load("national"), "2021-08-31", "law.discipline")
    assert grounds(law) == grounds(exact)
    old = law_of(nr.load("national"), "2021-08-30", "law.discipline")
    assert {body.value for body in old.bodies} >= {"pp-53-2010", "pp-94-2021"}
    assert old.depends_on == ()


# -- contests

CALENDAR = """
ruleset: {format: 1, name: mine, version: "1.0", over: base, prefix: mine, title: {id: a, en: b}}
calendars:
  pilkada:
    title: {id: "Pilkada", en: "Regional"}
    election: pilkada_2018
    basis: [pp-1/5]
    contests:
      heads:
        offices: [governor, mayor]
        determination: 2020-02-12
        campaign: {from: 2020-02-15, until: 2020-06-20}
        quiet: {from: 2020-06-24, until: 2020-06-26}
        vote: 2020-06-27
"""


@pytest.fixture(scope="module")
def with_calendar(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    """A calendar that a user added: one file, in a folder of its own, over a ruleset."""
    around = tmp_path_factory.mktemp("calendar")
    beside_base("kinds: {}", around)
    (around / "mine").mkdir()
    (around / "mine" / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    return nr.load(around / "mine")


def contest(rules: Ruleset, day: str) -> ContestOn:
    (found,) = rules.law_on(day).contests
    return found


@pytest.mark.parametrize(
    ("day", "phases", "stages", "days", "covered"),
    [
        ("2010-01-01", "before_determination", "prospective", "..2020-02-11", False),
        ("2020-02-11", "before_determination", "prospective", "..2020-02-11", False),
        (
            "2020-02-12",
            "before_determination determined",
            "prospective candidate",
            "2020-02-12..2020-02-12",
            True,
        ),
        ("2020-02-13", "determined", "candidate", "2020-02-13..2020-02-14", True),
        ("2020-02-15", "campaign", "candidate", "2020-02-15..2020-06-20", True),
        ("2020-06-20", "campaign", "candidate", "2020-02-15..2020-06-20", True),
        ("2020-06-22", "", "candidate", "..", True),
        ("2020-06-26", "quiet", "candidate", "2020-06-24..2020-06-26", True),
        ("2020-06-27", "vote", "candidate", "2020-06-27..2020-06-27", True),
        ("2020-06-28", "after_vote", "candidate", "2020-06-28..", False),
    ],
)
def test_what_a_day_is(
    day: str, phases: str, stages: str, days: str, covered: bool, with_calendar: Ruleset
) -> None:
    found = contest(with_calendar, day)
    assert (found.phases, found.stages) == (tuple(phases.split()), tuple(stages.split()))
    assert f"{found.first or ''}..{found.last or ''}" == days
    assert found.covered == covered
    assert with_calendar.law_on(day).in_calendar == covered


def test_the_calendar_says_what_decisions_go_by(with_calendar: Ruleset) -> None:
    """On every day the stages and phases are those that the constraints leave."""
    plan = with_calendar.plan
    for number in range(160):
        day = (datetime.date(2020, 2, 1) + datetime.timedelta(days=number)).isoformat()
        known = plan.space.unknown
        stated = {ELECTION: "pilkada_2018", ACT_DATE: day, OFFICE: "mayor"}
        for path, value in stated.items():
            fact = plan.space.by_path[path]
            known &= ~fact.full | fact.encode(value)
        left = narrow(known, plan.constraints)
        assert left is not None
        found = contest(with_calendar, day)
        assert plan.space.by_path[STAGE].decode(left) == found.stages
        phases = plan.space.by_path[PHASE].decode(left)
        assert phases == (found.phases or tuple(plan.space.by_path[PHASE].bits))


@pytest.mark.parametrize(
    ("lang", "words"),
    [("id", "Hari itu berada di luar semua kalender"), ("en", "outside every calendar")],
)
def test_a_day_outside_every_calendar(lang: str, words: str, with_calendar: Ruleset) -> None:
    for day, outside in (("2020-02-11", True), ("2020-06-22", False), ("2020-06-28", True)):
        text = " ".join(with_calendar.law_on(day).text(lang=lang).split())
        assert (words in text) == outside
    between = with_calendar.law_on("2020-06-22").text(lang="en")
    assert "the calendar says nothing of the day" in " ".join(between.split())


def test_elections_without_a_calendar(with_calendar: Ruleset) -> None:
    without = nr.load(BASE).law_on("2020-01-01")
    assert without.contests == ()
    assert "has no calendar of any election" in without.text(lang="en")
    added = with_calendar.law_on("2020-01-01")
    assert set(without.without_calendar) - set(added.without_calendar) == {"pilkada_2018"}
    assert not {"other", "none"} & set(without.without_calendar)
    assert "their stages are not said: 2019 general election" in added.text(lang="en")


# -- what is in force


def test_what_is_in_force() -> None:
    rules = nr.load(TIME)
    old, new = rules.law_on("2020-12-31"), rules.law_on("2021-01-01")
    assert [i.id for i in old.instruments] == ["pp-old"]
    assert [p.id for p in old.provisions] == ["pp-old/1"]
    assert [(i.id, i.first, i.last) for i in new.instruments] == [("pp-new", "2021-01-01", None)]
    assert [p.id for p in new.provisions] == ["pp-new/1"]
    later = {p.id: p for p in rules.law_on("2023-07-01").provisions}
    assert later["pp-new/3"].governs == (GoverningDate.DECISION,)
    assert "goes by the date of the decision" in rules.law_on("2023-07-01").text(lang="en")


def test_which_rules_govern() -> None:
    """By the norm in force and the body of law; what hangs on another date is said."""
    rules = nr.load(TIME)
    old = {rule.id: rule for rule in rules.law_on("2020-12-31").rules}
    assert set(old) == {"old/support", "new/support", "new/member"}
    assert old["old/support"].norm == ("pp-old/1",)
    only_if = old["old/support"].only_if
    assert only_if is not None
    assert only_if.en == "discipline regulation: old GR"
    assert old["new/member"].norm == ()
    assert old["new/member"].goes_by == (GoverningDate.JOINING, GoverningDate.DETERMINATION)
    assert "it goes by the date of joining" in rules.law_on("2020-12-31").text(lang="en")
    new = {rule.id: rule for rule in rules.law_on("2021-01-01").rules}
    assert set(new) == {"new/support", "new/candidate", "new/member", "new/leave"}
    assert {rule.only_if for rule in new.values()} == {None}
    assert {rule.kind for rule in new.values()} == {RuleKind.VIOLATION}


@pytest.mark.parametrize("name", ["national", "kemenkumham"])
@pytest.mark.parametrize("day", ["2010-01-01", "2021-08-30", "2023-11-03", "2027-12-31"])
def test_every_name_has_its_words(name: str, day: str) -> None:
    law = nr.load(name).law_on(day)
    for lang in ("id", "en"):
        lines = law.text(lang=lang).splitlines()
        assert max(map(len, lines)) <= 100
        assert all(line == line.rstrip() for line in lines)
    assert {p.instrument for p in law.provisions} <= {i.id for i in law.instruments}
    assert LawOn.from_json(law.to_json()) == law


# -- two days


def test_what_changed() -> None:
    rules = nr.load(TIME)
    diff = rules.law_diff("2020-12-31", datetime.date(2021, 1, 1))
    assert [i.id for i in diff.began.instruments] == ["pp-new"]
    assert [i.id for i in diff.ended.instruments] == ["pp-old"]
    assert {r.id for r in diff.began.rules} == {"new/candidate", "new/leave"}
    assert {r.id for r in diff.ended.rules} == {"old/support"}
    assert [(one.id, one.norm, other.norm) for one, other in diff.rules] == [
        ("new/support", ("pp-old/1",), ("pp-new/1",))
    ]
    ((before, after),) = diff.law
    assert len(before.bodies) == 2
    assert [body.value for body in after.bodies] == ["new"]
    assert diff.contests == ()
    assert LawDiff.from_json(diff.to_json()) == diff


def test_what_changed_in_a_contest() -> None:
    diff = nr.load("national").law_diff("2023-11-02", "2023-11-04")
    ((before, after),) = diff.contests
    assert (before.calendar, before.contest) == ("pemilu-2024", "legislative")
    assert (before.stages, after.stages) == (("prospective",), ("candidate",))
    assert not diff.law
    assert not diff.rules


def test_nothing_changed() -> None:
    rules = nr.load("national")
    for second in ("2023-01-05", "2023-01-06"):
        diff = rules.law_diff("2023-01-05", second)
        assert not diff
        assert "Nothing changed." in diff.text(lang="en")


def test_a_change_is_the_difference_of_two_days() -> None:
    """What began is there on the second day alone, for every boundary of a calendar and a law."""
    rules = nr.load("kemenkumham")
    days = [datetime.date.fromordinal(n) for n in rules.plan.space.by_path[ACT_DATE].breaks]
    for day in days:
        eve = day - datetime.timedelta(days=1)
        before, after, diff = rules.law_on(eve), rules.law_on(day), rules.law_diff(eve, day)
        began = {p.id for p in after.provisions} - {p.id for p in before.provisions}
        assert {p.id for p in diff.began.provisions} == began
        assert all(one in before.rules and other in after.rules for one, other in diff.rules)
        assert max(map(len, diff.text(lang="id").splitlines())) <= 100


# -- what is refused


@pytest.mark.parametrize("day", ["2024-02-30", "2024", "", None])
def test_what_is_no_day(day: Any) -> None:
    with pytest.raises(Refused) as caught:
        nr.load("national").law_on(day)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (Code.BAD_DATE, "day is no day")


def test_days_that_run_backwards() -> None:
    rules = nr.load("national")
    with pytest.raises(ValueError, match="lies before the first"):
        rules.law_diff("2023-11-04", "2023-11-03")
    with pytest.raises(ValueError, match="one ruleset"):
        law_diff(rules.law_on("2023-11-03"), nr.load("kemenkumham").law_on("2023-11-03"))


def test_an_unknown_language() -> None:
    with pytest.raises(ValueError, match="lang must be one of id, en"):
        nr.load("national").law_on("2023-11-03").text(lang="fr")


def test_it_is_of_the_folder_alone(tmp_path: Path) -> None:
    """A ruleset without bodies of law, calendars or instruments in force still has a text."""
    rules = nr.load(beside_base("kinds: {}", tmp_path))
    text = rules.law_on("1999-01-01").text(lang="en")
    assert "acts before 2020" in text
    assert "Law in force" not in text
