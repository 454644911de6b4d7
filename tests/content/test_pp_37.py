"""GR 37/2004: an honourable dismissal on resignation is not certain while it can be suspended."""

from typing import Any

import pytest

import netralitas_rules as nr

RESIGNED_BEFORE = {"joined_on": "2016-03-01", "resigned_from_service_on": "2016-02-01"}
RESIGNED_AFTER = {"joined_on": "2016-03-01", "resigned_from_service_on": "2016-05-02"}
RESIGNED_LATELY = {"joined_on": "2023-03-01", "resigned_from_service_on": "2023-05-02"}


def decide(party: dict[str, Any]) -> nr.Decision:
    content = {
        "election": "other",
        "subjects": [{"status": "pns", "party": {"role": "member", **party}}],
        "proceeding": {"proven_on": "2023-06-01", "decided_on": "2023-07-03"},
    }
    return nr.load("national").decide(nr.Incident.model_validate(content), as_of="2024-12-31")


@pytest.mark.parametrize("party", [RESIGNED_BEFORE, RESIGNED_AFTER, RESIGNED_LATELY])
def test_each_honourable_path_names_what_a_suspension_changes(party: dict[str, Any]) -> None:
    paths = [path for path in decide(party).paths if path.id.startswith("party-resignation")]
    assert paths
    for path in paths:
        assert path.note is not None
        assert "Pasal 9 ayat (3)" in path.note.id
        assert "Article 9(3)" in path.note.en


@pytest.mark.parametrize("procedure", ["dismissal-party-resigned", "dismissal-resigned-pp-37"])
def test_the_suspension_cites_what_follows_from_staying_a_member(procedure: str) -> None:
    steps = nr.load("national").plan.procedures[procedure].steps
    (suspension,) = [step for step in steps if step.id == "suspension"]
    assert "pp-37-2004/9/3" in suspension.basis
