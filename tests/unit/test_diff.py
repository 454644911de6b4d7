"""Comparing two versions of the small ruleset: one change at a time."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from netralitas_rules.analysis import diff_effects
from netralitas_rules.analysis.diff_archive import Reports
from netralitas_rules.analysis.diff_model import (
    Edit,
    RulesetDiff,
    TargetKind,
    Verdict,
    adapter,
)
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from tests.small import document, incident, ruleset, words

Content = dict[str, Any]
DAY = datetime.date(2024, 6, 30)


def compared(change: Callable[[Content], None]) -> RulesetDiff:
    new = document()
    change(new)
    return ruleset().diff(ruleset(new))


def shown(found: RulesetDiff) -> list[tuple[str, str, str]]:
    """Id, before and after of every effect."""
    assert all(effect.verdict is Verdict.CHANGES for effect in found.effects)
    return [(e.id, e.witness.before, e.witness.after) for e in found.effects if e.witness]


def test_nothing_differs() -> None:
    found = compared(lambda _: None)
    assert (found.documents, found.effects) == ((), ())
    assert (found.proved.rules, found.proved.paths) == (4, 4)


def test_a_wider_element_has_the_smallest_report_that_shows_it() -> None:
    def widen(content: Content) -> None:
        content["violations"]["new/post"]["needs"]["public"]["act.audience"] = [
            "public",
            "closed_group",
        ]

    found = compared(widen)
    assert shown(found) == [("new/post", "not_met", "open")]
    (effect,) = found.effects
    assert effect.witness is not None
    assert effect.witness.facts == {
        "act.audience": "closed_group",
        "act.conduct": "post",
        "act.date": "2024-02-15",
    }
    assert (found.proved.rules, found.proved.paths) == (3, 4)


def test_a_level_is_a_change_of_the_path_alone() -> None:
    def lower(content: Content) -> None:
        content["sanctions"]["heavy"]["level"] = "medium"

    found = compared(lower)
    before, after = (f"may_follow discipline {level}: warning" for level in ("heavy", "medium"))
    assert shown(found) == [("heavy", before, after)]
    assert "level changed: heavy → medium" in found.text(lang="en")
    assert "tingkat diubah: heavy → medium" in found.text(lang="id")


def test_a_moved_day_changes_only_the_days_between() -> None:
    def move(content: Content) -> None:
        content["transitions"]["old-law"]["when"]["act.date"]["until"] = "2021-06-30"
        content["transitions"]["new-law"]["when"]["act.date"]["from"] = "2021-07-01"

    found = compared(move)
    assert shown(found) == [("new/post", "open", "not_met")]
    witness = found.effects[0].witness
    assert witness is not None
    assert "2021-01-01" <= witness.facts["act.date"] <= "2021-06-30"


def test_a_calendar_that_moves_changes_the_stage_between_the_days() -> None:
    def later(content: Content) -> None:
        content["calendars"]["poll"]["contests"]["house"]["determination"] = "2023-11-06"

    witness = compared(later).effects[0].witness
    assert witness is not None
    assert "2023-11-03" <= witness.facts["act.date"] <= "2023-11-06"
    assert "beneficiary.stage" not in witness.facts


def test_a_reading_that_is_taken_otherwise() -> None:
    def take(content: Content) -> None:
        content["questions"]["spouse-photo"]["default"] = "banned"

    found = compared(take)
    assert shown(found) == [("new/post", "not_met", "open")]
    witness = found.effects[0].witness
    assert witness is not None
    assert witness.readings == {}, "each side takes its own"


def test_a_rule_of_another_reading_names_it() -> None:
    """The row follows by a reading that nobody takes by default."""

    def narrow(content: Content) -> None:
        content["sanctions"]["read"]["when"] = {
            "reading.strict": "strict",
            "act.medium": "messaging",
        }

    witness = compared(narrow).effects[0].witness
    assert witness is not None
    assert witness.after == "none"


def test_a_looser_constraint_accepts_what_was_refused() -> None:
    def loosen(content: Content) -> None:
        content["constraints"]["pppk-no-leave"]["when"]["subject.status"] = ["pppk"]

    found = compared(loosen)
    assert shown(found) == [("pppk-no-leave", "refused", "accepted")]
    assert found.effects[0].kind is TargetKind.CONSTRAINT


def test_rules_that_come_and_go() -> None:
    def swap(content: Content) -> None:
        content["violations"]["new/other"] = {
            **content["violations"]["new/member"],
            "title": words("Other"),
        }
        del content["violations"]["old/meeting"]
        del content["sanctions"]["read"]
        del content["questions"]["strict"]

    found = compared(swap)
    assert {(id_, before, after) for id_, before, after in shown(found)} >= {
        ("old/meeting", "open", "not_met"),
        ("new/other", "not_met", "open"),
    }
    edits = {(c.section, c.id, c.edit) for c in found.documents}
    assert ("violations", "new/other", Edit.ADDED) in edits
    assert ("violations", "old/meeting", Edit.REMOVED) in edits
    assert "violation `new/other`: added" in found.text(lang="en")


@pytest.mark.parametrize("bound", ["MAX_NODES", "MAX_STEPS", "MAX_FRAMES"])
def test_a_search_that_is_cut_says_so(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One search, all searches, and the reports that are asked about."""
    monkeypatch.setattr(diff_effects, bound, -1)

    def widen(content: Content) -> None:
        content["violations"]["new/post"]["needs"]["public"]["act.audience"] = "private"

    found = compared(widen)
    assert [(e.id, e.verdict, e.why) for e in found.effects] == [
        ("new/post", Verdict.UNDECIDED, "cut")
    ]
    assert "the search was cut" in found.text(lang="en")
    assert "1 where the search was cut at its limit, 0 where no report" in " ".join(
        found.text(lang="en").split()
    )
    assert "pencarian dihentikan" in found.text(lang="id")


def test_an_archive_says_what_would_come_out_otherwise() -> None:
    new = document()
    new["sanctions"]["candidate-out"]["when"] = {"subject.status": ["cpns", "pns"]}
    report = incident(
        subject={"status": "pns"},
        act={"conduct": "post", "audience": "public", "date": "2022-05-01"},
        beneficiary={"stage": "candidate"},
    )
    other = incident(subject={"status": "tni"}, act={"conduct": "vote"})
    broken = Refused([Diagnostic(Code.NOT_A_MAPPING, "nothing")])
    old = ruleset()
    records: list[tuple[str, int, Incident | Refused]] = [
        ("a.yaml", 1, report),
        ("a.yaml", 2, other),
        ("b.yaml", 1, broken),
    ]
    found = old.diff(ruleset(new), archive=Reports(records, DAY))
    assert found.archive is not None
    assert (found.archive.reports, found.archive.unreadable) == (2, 1)
    (changed,) = found.archive.changed
    assert [(c.id, c.before) for c in changed.changes] == [("candidate-out", "none")]
    assert "2 reports decided as of 2024-06-30; 1 come out otherwise" in found.text(lang="en")


def test_json_holds_everything_and_both_languages_say_the_same() -> None:
    def lower(content: Content) -> None:
        content["sanctions"]["heavy"]["level"] = "light"

    found = compared(lower)
    assert adapter().validate_json(found.to_json()) == found
    items = [
        [line for line in found.text(lang=lang).splitlines() if line.startswith("- ")]
        for lang in ("id", "en")
    ]
    assert [len(own) for own in items] == [2, 2]
    with pytest.raises(ValueError, match="lang must be one of"):
        found.text(lang="nl")
