"""The version matrix: which law governs, what other law would give, and for whose benefit."""

from typing import Any

import pytest

from netralitas_rules.decision.model import FindingStatus, Outcome, PathStatus
from netralitas_rules.law.model import Level, Regime, RestsOn, Text
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.versions.model import (
    Difference,
    Governs,
    SubjectVersion,
    Version,
    VersionFinding,
    VersionPath,
    Versions,
)
from netralitas_rules.versions.weighing import difference
from tests.small import document, incident, ruleset, words


def posting(date: Any, **more: Any) -> dict[str, Any]:
    return {"conduct": "post", "audience": "public", "date": date, **more}


def both_punish(content: dict[str, Any] | None = None) -> Ruleset:
    """The old law punishes the same posting, at a medium level."""
    content = document() if content is None else content
    content["violations"]["old/post"] = {
        **content["violations"]["new/post"],
        "under": {"law.code": "old"},
        "norm": ["old/1"],
    }
    content["sanctions"]["medium"] = {
        **content["sanctions"]["heavy"],
        "for": ["old/post"],
        "level": "medium",
        "basis": ["always/7"],
    }
    return ruleset(content)


PERSON = {
    "subject": {"status": "pns"},
    "beneficiary": {"kind": "person", "stage": "candidate", "relation": "none"},
}


def values(version: Version) -> list[str]:
    return [body.value for body in version.law]


def matrix(rules: Ruleset, date: Any, **more: Any) -> Versions:
    return rules.versions(incident(act=posting(date), **PERSON, **more), as_of="2024-06-01")


def test_the_law_of_the_day_governs_and_the_other_is_compared() -> None:
    found = matrix(both_punish(), "2020-12-31")
    old, new = found.versions
    assert (values(old), old.governs) == (["old"], Governs.YES)
    assert (values(new), new.governs) == (["new"], Governs.NO)
    assert found.compared_with == 0
    assert [(s.fact, s.days) for s in new.supposed] == [("act.date", ("2021-01-01",))]
    assert not old.supposed
    (before,), (after,) = old.subjects, new.subjects
    assert [p.level for p in before.paths] == [Level.MEDIUM]
    assert [p.level for p in after.paths] == [Level.HEAVY]
    assert (before.difference, after.difference) == (None, Difference.HARSHER)
    assert found.law[0].bodies[0].grounds[0].id == "old-law"


def test_the_nearest_day_of_the_other_law_is_supposed() -> None:
    old, new = matrix(both_punish(), "2023-05-05").versions
    assert [(s.fact, s.days) for s in old.supposed] == [("act.date", ("2020-12-31",))]
    assert new.governs is Governs.YES
    assert old.subjects[0].difference is Difference.MILDER


def test_an_open_date_leaves_both() -> None:
    found = matrix(both_punish(), {"from": "2020-12-01", "to": "2021-01-31"})
    assert [v.governs for v in found.versions] == [Governs.MAY, Governs.MAY]
    assert not any(v.supposed for v in found.versions)
    assert found.compared_with == 1
    assert [len(law.bodies) for law in found.law] == [2]


def test_what_followed_from_the_real_date_stays() -> None:
    """The stage comes from the calendar of the real day, also under law of another day."""
    content = document()
    content["transitions"]["old-law"]["when"] = {"act.date": {"until": "2023-11-05"}}
    content["transitions"]["new-law"]["when"] = {"act.date": {"from": "2023-11-06"}}
    content["instruments"]["old"]["valid"]["until"] = "2023-11-05"
    whom = {"kind": "person", "office": "dpr", "relation": "none"}
    case = incident(
        subject={"status": "pns"},
        act=posting("2023-11-02"),
        beneficiary=whom,
        election="pemilu_2024",
    )
    old, new = both_punish(content).versions(case, as_of="2024-06-01").versions
    assert old.governs is Governs.YES
    (finding,) = (f for f in new.subjects[0].violations if f.id == "new/post")
    assert finding.status is FindingStatus.NOT_MET


def test_a_decision_date_is_supposed_where_it_chooses() -> None:
    content = document()
    content["transitions"] = {
        "decided-before": {
            "says": words("decided before"),
            "when": {
                "act.date": {"until": "2020-12-31"},
                "proceeding.decided_on": {"until": "2020-12-31"},
            },
            "then": {"law.code": "old"},
        },
        "decided-later": {
            "says": words("decided later"),
            "when": {
                "act.date": {"until": "2020-12-31"},
                "proceeding.decided_on": {"from": "2021-01-01"},
            },
            "then": {"law.code": "new"},
        },
        "undecided": {
            "says": words("undecided"),
            "when": {"act.date": {"until": "2020-12-31"}, "proceeding.decided_on": "none"},
            "then": {"law.code": "new"},
        },
        "new-act": {
            "says": words("new act"),
            "when": {"act.date": {"from": "2021-01-01"}},
            "then": {"law.code": "new"},
        },
    }
    rules = both_punish(content)
    found = matrix(rules, "2020-05-05", proceeding={"decided_on": "2021-03-01"})
    old, new = found.versions
    assert (old.governs, new.governs) == (Governs.NO, Governs.YES)
    assert [(s.fact, s.days) for s in old.supposed] == [
        ("proceeding.decided_on", ("..2020-12-31",))
    ]
    assert [v.governs for v in matrix(rules, "2020-05-05").versions] == [Governs.MAY, Governs.MAY]


def test_law_that_is_not_held_is_not_compared() -> None:
    """Under the old law the ruleset has no violation: it would look milder than it was."""
    (only,) = matrix(ruleset(), "2023-05-05").versions
    assert values(only) == ["new"]
    old, new = matrix(ruleset(), {"from": "2020-12-01", "to": "2021-01-31"}).versions
    assert (old.governs, new.governs) == (Governs.MAY, Governs.MAY)
    assert old.subjects[0].difference is Difference.UNDETERMINED


def test_json_and_text() -> None:
    found = matrix(both_punish(), "2020-12-31")
    assert Versions.from_json(found.to_json()) == found
    assert "harsher" in found.text(lang="en")
    assert "lebih berat" in found.text()
    with pytest.raises(RuntimeError, match="again for a text"):
        Versions.from_json(found.to_json()).text()
    with pytest.raises(ValueError, match="lang must be one of"):
        found.text(lang="fr")


def test_without_law_in_time_there_is_one_version() -> None:
    content = document()
    del content["facts"]["law.code"], content["transitions"]
    del content["violations"]["new/post"]["under"]
    (only,) = matrix(ruleset(content), "2022-01-01").versions
    assert (only.law, only.governs) == ((), Governs.YES)


# -- harm or favour


def path(
    regime: Regime, status: PathStatus, level: Level | None = None, kind: str = "k"
) -> VersionPath:
    return VersionPath("row", status, regime, level, RestsOn.REGULATION, (kind,))


def version(*paths: VersionPath, status: FindingStatus = FindingStatus.MET) -> SubjectVersion:
    finding = VersionFinding("v", Text("v", "v"), None, None, status)
    return SubjectVersion("1", Outcome.MET, (finding,), (), (), paths, None)


FOLLOWS, MAY = PathStatus.FOLLOWS, PathStatus.MAY_FOLLOW
LIGHT = path(Regime.DISCIPLINE, FOLLOWS, Level.LIGHT)
MEDIUM = path(Regime.DISCIPLINE, FOLLOWS, Level.MEDIUM)
ETHICS = path(Regime.ETHICS, FOLLOWS)
OUT = path(Regime.DISMISSAL, FOLLOWS)
MAY_HEAVY = path(Regime.DISCIPLINE, MAY, Level.HEAVY)
CONTRACT = path(Regime.CONTRACT, FOLLOWS)


@pytest.mark.parametrize(
    ("other", "base", "expected"),
    [
        (version(MEDIUM), version(LIGHT), Difference.HARSHER),
        (version(LIGHT), version(MEDIUM), Difference.MILDER),
        (version(OUT), version(MEDIUM), Difference.HARSHER),
        (version(ETHICS), version(LIGHT), Difference.MILDER),
        (version(), version(ETHICS), Difference.MILDER),
        (version(), version(status=FindingStatus.NOT_MET), Difference.HARSHER),
        (version(MEDIUM), version(MEDIUM), Difference.SAME),
        (
            version(path(Regime.DISCIPLINE, FOLLOWS, Level.MEDIUM, "other")),
            version(MEDIUM),
            Difference.OTHER_KINDS,
        ),
        (version(MAY_HEAVY, ETHICS), version(ETHICS), Difference.NOT_MILDER),
        (version(ETHICS), version(MAY_HEAVY, ETHICS), Difference.NOT_HARSHER),
        (version(MAY_HEAVY, ETHICS), version(MEDIUM), Difference.UNDETERMINED),
        (version(MAY_HEAVY), version(MAY_HEAVY), Difference.SAME),
        (version(CONTRACT), version(ETHICS), Difference.UNDETERMINED),
        (version(CONTRACT), version(CONTRACT), Difference.SAME),
    ],
)
def test_difference(other: SubjectVersion, base: SubjectVersion, expected: Difference) -> None:
    assert difference(other, base) is expected
