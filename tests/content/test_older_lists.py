"""The decree of 2020: every ban of its list, and nothing beyond them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.law.model import Regime
from netralitas_rules.scenarios.reading import Scenario, read_scenarios
from netralitas_rules.scenarios.running import run
from tests.content.files import RULESETS
from tests.written import plain_yaml

BANS: list[dict[str, Any]] = plain_yaml(
    (Path(__file__).parent / "older-lists.yaml").read_text(encoding="utf-8")
)
DECREE = "skb-2020/bans"
BESIDES = {"skb-2020/13": {"skb-2020/14"}, "skb-2020/14": {"skb-2020/8"}}
FORMS = tuple(f"skb-2020/{number}" for number in range(1, 16))


@cache
def scenarios() -> Mapping[str, Scenario]:
    folder = RULESETS / "national" / "scenarios"
    return {
        scenario.name: scenario
        for name in ("joint-decree-2020", "letters-2017-2018")
        for scenario in read_scenarios(folder / f"{name}.yaml")
    }


@cache
def decision_of(name: str) -> nr.Decision:
    decision = run(scenarios()[name]).decision
    assert isinstance(decision, nr.Decision), decision
    return decision


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: f"{ban['list']}-{ban['scenario']}")
def test_a_ban_is_found_and_named(ban: dict[str, Any]) -> None:
    decision = decision_of(ban["scenario"])
    finding = decision[ban["violation"]]
    assert finding.status.value == ban.get("status", "met")
    places = {(entry.list, entry.number, entry.related) for entry in finding.lists}
    assert (ban["list"], ban["form"], ban.get("related", False)) in places


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: f"{ban['list']}-{ban['scenario']}")
def test_no_act_is_said_twice(ban: dict[str, Any]) -> None:
    """One form of the decree is met, or two where the office's facilities are used besides."""
    met = {f.id for f in decision_of(ban["scenario"]).findings if f.status is FindingStatus.MET}
    forms = met & set(FORMS)
    assert forms - {ban["violation"]} == BESIDES.get(ban["violation"], set())
    assert not (forms and "pp-42-2004/11/c/direct" in met)


def test_the_list_is_whole() -> None:
    rules = nr.load("national")
    numbers = list(range(1, 17))
    assert [item.number for item in rules.lists[DECREE].items] == numbers
    assert sorted({ban["form"] for ban in BANS}) == numbers


def test_the_decree_gives_no_level() -> None:
    """Its annex was not seen: its forms open the path of ethics and no other."""
    rows = nr.load("national").plan.rows
    regimes = {form: {row.regime for row in rows[form]} for form in FORMS}
    assert all(found == {Regime.ETHICS} for found in regimes.values()), regimes


CONDUCTS = ("react", "display", "hold_activity", "serve_on_team")


def forms_not_refuted(election: str, day: str, conduct: str) -> set[str]:
    report = nr.Incident.model_validate(
        {
            "election": election,
            "subjects": [{"status": "pns"}],
            "acts": [{"conduct": conduct, "date": day, "attribution": "subject"}],
            "beneficiaries": [{"kind": "pair", "office": "regent", "direction": "favours"}],
        }
    )
    decision = nr.load("national").decide(report, as_of="2024-12-31")
    return {
        finding.id
        for finding in decision.findings
        if finding.id in FORMS and finding.status is not FindingStatus.NOT_MET
    }


@pytest.mark.parametrize("conduct", CONDUCTS)
def test_the_decree_holds_for_its_election_from_its_day_on(conduct: str) -> None:
    assert forms_not_refuted("pilkada_2020", "2020-09-10", conduct)
    assert not forms_not_refuted("pilkada_2020", "2020-09-09", conduct)
    assert not forms_not_refuted("other", "2020-09-10", conduct)
    assert not forms_not_refuted("pilkada_2024", "2022-09-22", conduct)
