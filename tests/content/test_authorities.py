"""Every sanction path of the bundled law finds who may act, and every decision its remedies."""

import datetime
import re

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.asking import Asking
from netralitas_rules.analysis.demands import Demand, demands
from netralitas_rules.analysis.witness import Reporter
from netralitas_rules.case.authority import Competence, competent
from netralitas_rules.case.remedies import Remedy, remedies
from netralitas_rules.explain import case_phrases as cp
from netralitas_rules.explain.case_authority import CaseWords
from netralitas_rules.facts.record_vocabulary import Agency, Assignment
from netralitas_rules.facts.vocabulary import Post, SubjectStatus
from netralitas_rules.law.authority import VALUES, Circumstance, Office, OtherKind
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.law.remedies import Answer, Decider, Forum, RemedyKind, Unanswered

RULES = nr.load("national")
PLAN = RULES.plan
TODAY = datetime.date(2026, 11, 22)
LAST_OF_PP_53 = datetime.date(2021, 8, 9)
WORDS = {lang: CaseWords(PLAN, lang=lang) for lang in ("id", "en")}


@pytest.fixture(scope="module")
def wanted() -> list[Demand]:
    """Everything that some row of some regime but a referral can impose."""
    wanted = frozenset((FindingCode.TABLE_GAP,))
    asking = Asking(PLAN, RULES.merged.sections, Reporter(RULES), wanted)
    regimes = frozenset(Regime) - {Regime.REFERRAL}
    found = sorted(demands(asking, regimes), key=str)
    assert {one.regime for one in found} == regimes
    assert {one.kind for one in found} | {"refer"} >= {
        kind
        for rows in PLAN.rows.values()
        for row in rows
        if row.regime is not Regime.REFERRAL
        for kind in row.allow
    }
    return found


def days(demand: Demand) -> list[datetime.date]:
    return [TODAY, LAST_OF_PP_53] if demand.regulation == "pp-53-2010" else [TODAY]


def ask(demand: Demand, day: datetime.date, post: Post | None = None) -> tuple[Competence, ...]:
    return competent(
        PLAN,
        regime=demand.regime,
        regulation=demand.regulation if demand.regime is Regime.DISCIPLINE else None,
        status=demand.status,
        level=demand.level,
        kinds=[demand.kind],
        on=day,
        post=post,
    )


def stands_open(demand: Demand, office: Office | None, day: datetime.date) -> tuple[Remedy, ...]:
    return remedies(
        PLAN,
        regime=demand.regime,
        status=demand.status,
        level=demand.level,
        kinds=[demand.kind],
        decided_by=office,
        received_on=None,
        as_of=day,
    )


def test_every_path_finds_its_table(wanted: list[Demand]) -> None:
    for demand in wanted:
        for day in days(demand):
            for post in Post:
                assert ask(demand, day, post), (demand, day, post)


def test_every_decision_finds_its_remedies(wanted: list[Demand]) -> None:
    for demand in wanted:
        for day in days(demand):
            for found in ask(demand, day):
                if found.office is not None:
                    open_ = stands_open(demand, found.office, day)
                    assert open_, (demand, day, found.office)
                    assert {r.row for r in open_} <= {r.row for r in stands_open(demand, None, day)}


NUMBERS = re.compile(r"\d+")


def test_both_languages_say_the_same(wanted: list[Demand]) -> None:
    """As many citations, the same numbers, and no gap left open."""
    said: set[tuple[str, str]] = set()
    for demand in wanted:
        for day in days(demand):
            for found in ask(demand, day):
                said.add((WORDS["id"].competence(found), WORDS["en"].competence(found)))
                for remedy in stands_open(demand, found.office, day):
                    said.add((WORDS["id"].remedy(remedy), WORDS["en"].remedy(remedy)))
    assert len(said) > 300
    for id_, en in said:
        assert id_.count("Pasal") == en.count("Article"), (id_, en)
        assert sorted(NUMBERS.findall(id_)) == sorted(NUMBERS.findall(en)), (id_, en)
        for text in (id_, en):
            assert text.endswith((".", "]."))
            assert "{" not in text
            assert "  " not in text


def test_who_proposes_where_the_person_is_the_ppk_is_not_said() -> None:
    """Article 17(3) letter b names the PPK, who is the person himself."""
    (found,) = competent(
        PLAN,
        regime=Regime.DISCIPLINE,
        status=SubjectStatus.PNS,
        level=Level.LIGHT,
        kinds=["oral-reprimand"],
        on=TODAY,
        post=Post.JPT_MADYA,
        ppk=True,
        agencies=[Agency.CENTRAL],
    )
    assert (found.office, found.on_proposal_of) == (Office.PRESIDENT, None)
    assert "pp-94-2021/17/3/b" in found.basis
    assert "who proposes in that place is not said" in WORDS["en"].competence(found)


@pytest.mark.parametrize(
    ("kind", "cited"),
    [
        ("pppk-termination", "pp-49-2018/71/4"),
        ("pppk-dishonourable-ending", "pp-49-2018/74/4"),
    ],
)
def test_when_the_end_of_a_contract_takes_effect_is_told(kind: str, cited: str) -> None:
    for post in Post:
        (found,) = competent(
            PLAN,
            regime=Regime.CONTRACT,
            status=SubjectStatus.PPPK,
            kinds=[kind],
            on=TODAY,
            post=post,
        )
        assert cited in found.basis
        assert "takes effect on the day on which" in WORDS["en"].competence(found)


@pytest.mark.parametrize(
    ("regulation", "assignment", "expected"),
    [
        ("pp-94-2021", Assignment.OWN_AGENCY, None),
        ("pp-94-2021", Assignment.SECONDED, (Office.HOST_AGENCY_HEAD, Office.HOME_AGENCY_HEAD)),
        ("pp-94-2021", Assignment.MISSION, (Office.HEAD_OF_MISSION, Office.HOME_AGENCY_HEAD)),
        ("pp-53-2010", Assignment.OWN_AGENCY, None),
        ("pp-53-2010", Assignment.SECONDED, (Office.HOST_AGENCY_HEAD, Office.HOME_PPK)),
        ("pp-53-2010", Assignment.LENT, (Office.HOST_AGENCY_HEAD, Office.HOME_PPK)),
        ("pp-53-2010", Assignment.MISSION, (Office.HEAD_OF_MISSION, Office.HOME_PPK)),
        ("pp-53-2010", Assignment.ABROAD, None),
    ],
)
def test_who_proposes_to_the_home_agency(
    regulation: str, assignment: Assignment, expected: tuple[Office, Office] | None
) -> None:
    """GR 94/2021 Article 35(4), GR 53/2010 Article 30(4): with the basis, in both languages."""
    basis = {"pp-94-2021": "pp-94-2021/35/4", "pp-53-2010": "pp-53-2010/30/4"}[regulation]

    def asked(serves: Assignment | None) -> tuple[Competence, ...]:
        return competent(
            PLAN,
            regime=Regime.DISCIPLINE,
            regulation=regulation,
            status=SubjectStatus.PNS,
            level=Level.HEAVY,
            kinds=["dishonourable-dismissal-pp-53"],
            on=TODAY if regulation == "pp-94-2021" else LAST_OF_PP_53,
            post=Post.ADMINISTRATOR,
            agencies=[Agency.CENTRAL],
            assignment=serves,
        )

    (found,) = asked(assignment)
    assert [(one.by, one.to) for one in found.proposals] == ([expected] if expected else [])
    assert (basis in found.basis) is (expected is not None)
    for lang, says in (("id", "diusulkan oleh"), ("en", "is proposed by")):
        assert (says in WORDS[lang].competence(found)) is (expected is not None)
    if expected is not None:
        open_ = [one for each in asked(None) for one in each.proposals]
        (same,) = [one for one in open_ if assignment.value in one.when]
        assert (same.by, same.to) == expected
        told = [WORDS["en"].competence(each) for each in asked(None) if same in each.proposals]
        assert any("place of duty: " in text for text in told)


def test_every_word_has_its_phrase() -> None:
    assert set(cp.OFFICES) == set(Office)
    assert set(cp.OTHERS) == set(OtherKind)
    assert set(cp.REMEDIES) == set(RemedyKind)
    assert set(cp.DECIDERS) == set(Decider)
    assert set(cp.FORUMS) == set(Forum)
    assert set(cp.ANSWERS) == set(Answer)
    assert set(cp.UNANSWERED) == set(Unanswered)
    flags = {one for one, _ in cp.FLAGS}
    assert flags | set(cp.CIRCUMSTANCES) == set(Circumstance)
    for one, values in VALUES.items():
        if one in flags:
            assert {(one, value) for value in values} <= set(cp.FLAGS)
        elif one is not Circumstance.UNIT_HEADED_BY:
            assert set(values) <= set(cp.VALUES)


def test_no_other_language() -> None:
    with pytest.raises(ValueError, match="lang must be one of id, en"):
        CaseWords(PLAN, lang="nl")


def test_the_ministry_names_its_ppk() -> None:
    """Before, in and after the month of the split (the day was not seen)."""
    plan = nr.load("kemenkumham").plan
    expected = {
        datetime.date(2024, 9, 30): ("ministry-ppk/before-split",),
        datetime.date(2024, 10, 15): ("ministry-ppk/before-split", "ministry-ppk/after-split"),
        datetime.date(2024, 11, 1): ("ministry-ppk/after-split",),
    }
    for day, named in expected.items():
        (found,) = competent(
            plan,
            regime=Regime.DISCIPLINE,
            status=SubjectStatus.PNS,
            level=Level.HEAVY,
            kinds=["honourable-dismissal"],
            on=day,
            post=Post.PENGAWAS,
            agencies=[Agency.CENTRAL],
        )
        assert found.named == named
        assert "split-ppk" in found.questions or day.month == 9
