"""Rulesets: loading by name and folder, immutability, statuses of rows, readings."""

import copy
import dataclasses
import datetime
import gc
import json
import pickle
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import netralitas_rules as nr
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.ruleset import Ruleset
from tests.small import DOCUMENT, document, incident, ruleset

RULES = ruleset()
ROW: dict[str, Any] = {
    "election": "pemilu_2024",
    "subject": {"status": "pns"},
    "act": {"conduct": "post", "date": "2023-12-01", "audience": "public"},
    "beneficiary": {"office": "dpr", "relation": "none"},
}


def codes(caught: pytest.ExceptionInfo[nr.Refused]) -> list[Code]:
    return [Code(d.code) for d in caught.value.diagnostics]


def plain() -> Ruleset:
    """The small ruleset without constraints: its rows are plain."""
    content = document()
    for section in ("constraints", "transitions", "comparisons", "calendars"):
        del content[section]
    content["violations"]["new/member"]["needs"].pop("stayed")
    content["violations"]["new/post"].pop("under")
    del content["facts"]["law.code"]
    return ruleset(content)


def test_public_names() -> None:
    assert set(nr.__all__) <= set(dir(nr))
    for name in nr.__all__:
        assert getattr(nr, name).__module__.startswith("netralitas_rules.")
    with pytest.raises(AttributeError, match="nothing"):
        nr.nothing  # noqa: B018


def test_a_ruleset_describes_itself() -> None:
    assert (RULES.name, RULES.version, RULES.title.en) == ("small", "1.0", "Small")
    assert repr(RULES) == f"<Ruleset small 1.0 {RULES.digest[:12]}>"
    assert RULES.provisions["always/7"].cite.en == "L Article 7"
    assert RULES.provisions["new/1/2/a/3"].cite.id == "NL (id) Pasal 1 ayat (2) huruf a angka 3"
    assert RULES.provisions["always/9"].cite.en == "Annex"
    assert RULES.questions["spouse-photo"].default == "allowed"
    assert RULES.rules["permit/vote"].en == "Voting"


def test_a_ruleset_does_not_change() -> None:
    with pytest.raises(AttributeError):
        RULES.digest = "x"
    with pytest.raises(AttributeError):
        del RULES.digest


def test_a_reading_that_is_taken_is_all_that_is_known_anew() -> None:
    question = RULES.plan.space.by_path["reading.spouse-photo"]
    for reading, bit in question.bits.items():
        known = RULES.plan.base_on(datetime.date(2024, 1, 1), {"spouse-photo": reading})
        assert known & question.full == bit
        assert known & ~question.full == RULES.plan.base & ~question.full


def _parts(value: object) -> Iterator[Any]:
    """Every value with fields that hangs on this one."""
    if dataclasses.is_dataclass(value):
        yield value
        inside: Iterable[object] = [getattr(value, f.name) for f in dataclasses.fields(value)]
    elif isinstance(value, Mapping):
        inside = value.values()
    else:
        inside = value if isinstance(value, tuple | frozenset) else ()
    for part in inside:
        yield from _parts(part)


def test_nothing_that_hangs_on_a_ruleset_can_be_set() -> None:
    """It is kept and shared by threads: what one could change, all would see."""
    one_of_each = {type(part): part for part in _parts((RULES.plan, RULES.merged))}
    assert {kind.__name__ for kind in one_of_each} >= {"Plan", "Rule", "Constraint", "Merged"}
    for part in one_of_each.values():
        for field in dataclasses.fields(part):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(part, field.name, getattr(part, field.name))
        with pytest.raises(AttributeError):
            object.__setattr__(part, "more", 1)


def test_a_pickled_ruleset_is_the_same() -> None:
    again = pickle.loads(pickle.dumps(RULES))
    assert again.digest == RULES.digest
    assert again.statuses(ROW) == RULES.statuses(ROW) == {"new/post": "met"}
    overlay = pickle.loads(pickle.dumps(nr.load("kemenkumham")))
    assert overlay.digest == nr.load("kemenkumham").digest != nr.load("national").digest
    assert overlay.version.count("+") == 1


def test_the_digest_is_of_the_content() -> None:
    changed = document()
    changed["violations"]["new/post"]["title"]["en"] = "Posting!"
    assert ruleset(changed).digest != RULES.digest
    reordered = dict(reversed(list(copy.deepcopy(DOCUMENT).items())))
    assert ruleset(reordered).digest == RULES.digest


def test_folders_are_read_again_when_changed(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "all.yaml").write_text(yaml.safe_dump(DOCUMENT), encoding="utf-8")
    first = nr.load(folder)
    assert nr.load(str(folder)) is first
    content = document()
    content["ruleset"]["version"] = "1.1"
    (folder / "all.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    assert nr.load(folder).version == "1.1"


def test_an_overlay_beside_its_base(tmp_path: Path) -> None:
    base, over = tmp_path / "small", tmp_path / "ministry"
    base.mkdir()
    over.mkdir()
    (base / "all.yaml").write_text(yaml.safe_dump(DOCUMENT), encoding="utf-8")
    overlay = {
        "ruleset": {
            "format": 1,
            "name": "ministry",
            "version": "2.0",
            "over": "small",
            "prefix": "ministry",
            "title": {"id": "x", "en": "x"},
            "fixes": {"strict": {"reading": "mild", "decision": "No. 7", "from": "2023-07-01"}},
        },
        "facts": {"act.ministry.seen": {"kind": "bool", "label": {"id": "x", "en": "x"}}},
    }
    (over / "all.yaml").write_text(yaml.safe_dump(overlay), encoding="utf-8")
    rules = nr.load(over)
    assert (rules.version, rules.questions["strict"].taken()) == ("2.0+1.0", ("mild", "No. 7"))
    found = incident(
        subject={"status": "pns"},
        act={
            "conduct": "hold_activity",
            "addressees": ["family"],
            "date": "2023-01-01",
            "further": {"small": {"years": 3}, "ministry": {"seen": True}},
        },
    )
    decision = rules.decide(found, as_of="2024-01-01")
    assert decision.paths == ()
    assert decision.decisive[0].chosen_by == "No. 7"
    earlier = rules.decide(found, as_of="2023-06-30")
    assert [(q.taken, q.chosen_by) for q in earlier.decisive] == [(None, "")]
    chosen = rules.decide(found, as_of="2023-06-30", readings={"strict": "mild"})
    assert [(q.taken, q.chosen_by) for q in chosen.decisive] == [("mild", "argument")]


@pytest.mark.parametrize("name", ["nationl", "/nowhere/at/all"])
def test_an_unknown_ruleset(name: str) -> None:
    with pytest.raises(nr.Refused) as caught:
        nr.load(name)
    assert codes(caught) == [Code.UNKNOWN_RULESET]
    assert ("`national`" in caught.value.diagnostics[0].help) is (name == "nationl")


def test_an_overlay_without_its_base(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        'ruleset: {format: 1, name: x, version: "1.0", over: nowhere, prefix: x, '
        "title: {id: x, en: x}}",
        encoding="utf-8",
    )
    with pytest.raises(nr.Refused) as caught:
        nr.load(tmp_path)
    assert codes(caught) == [Code.UNKNOWN_RULESET]


@pytest.mark.parametrize(
    "day", ["2024-01-31", datetime.date(2024, 1, 31), datetime.datetime(2024, 1, 31, 12)]
)
def test_as_of(day: Any) -> None:
    decision = RULES.decide(incident(act={"conduct": "vote"}), as_of=day)
    assert decision.as_of == "2024-01-31"


@pytest.mark.parametrize("day", ["31-01-2024", "", None, 5])
def test_as_of_is_a_day(day: Any) -> None:
    with pytest.raises(nr.Refused) as caught:
        RULES.decide(incident(), as_of=day)
    assert codes(caught) == [Code.BAD_DATE]


@pytest.mark.parametrize(
    ("readings", "help_word"),
    [
        ({"spouse-phot": "x"}, "spouse-photo"),
        ({"spouse-photo": "allow"}, "allowed"),
        ({"noted": "a"}, ""),
    ],
)
def test_unknown_readings(readings: dict[str, str], help_word: str) -> None:
    with pytest.raises(nr.Refused) as caught:
        RULES.decide(incident(), as_of="2024-01-01", readings=readings)
    assert codes(caught) == [Code.UNKNOWN_REFERENCE]
    assert help_word in caught.value.diagnostics[0].help


@pytest.mark.parametrize(
    ("row", "code", "help_word"),
    [
        ({"subject": {"statis": "pns"}}, Code.UNKNOWN_FACT, "status"),
        ({"subject": {"status": "pnss"}}, Code.UNKNOWN_VALUE, "pns"),
        ({"act": {"active_support": "yes"}}, Code.UNKNOWN_VALUE, ""),
        ({"act": {"date": "2024-02-30"}}, Code.UNKNOWN_VALUE, ""),
        ({"act": 3}, Code.NOT_A_MAPPING, ""),
        (
            {
                "subject": {"status": "pppk", "cltn": {"state": "granted"}},
                "act": {"date": "2023-01-01"},
            },
            Code.CONTRADICTORY_FACTS,
            "",
        ),
    ],
)
def test_rows_that_are_refused(row: dict[str, Any], code: Code, help_word: str) -> None:
    with pytest.raises(nr.Refused) as caught:
        RULES.statuses(row)
    assert codes(caught) == [code]
    assert help_word in caught.value.diagnostics[0].help
    assert str(caught.value)


def test_contradictions_without_a_constraint_are_said_too() -> None:
    with pytest.raises(nr.Refused) as caught:
        RULES.decide(incident(act={"conduct": "post", "date": "2025"}), as_of="2024-01-01")
    assert codes(caught) == [Code.DATE_ORDER]
    assert caught.value.diagnostics[0].expected == "a date up to 2024-01-01"


def test_too_many_combinations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netralitas_rules.engine.frames.MAX_FRAMES", 1)
    with pytest.raises(nr.Refused) as caught:
        RULES.decide(incident(act={"conduct": "post"}), as_of="2024-01-01")
    assert codes(caught) == [Code.TOO_MANY_FRAMES]


def test_statuses_of_an_uncertain_date_are_combined() -> None:
    row = copy.deepcopy(ROW)
    row["act"]["date"] = "2023-11"
    assert RULES.statuses(row) == {"new/post": "open"}
    row["act"]["date"] = {"from": "2020-12-01", "to": "2021-01-05"}
    row["beneficiary"]["stage"] = "candidate"
    row["election"] = "other"
    assert RULES.statuses(row) == {"new/post": "open"}
    row["act"]["date"] = {"from": "2019", "to": "2020"}
    assert RULES.statuses(row) == {}


def test_a_rule_raised_in_some_cells_only_is_open() -> None:
    content = document()
    content["constraints"]["vote-later"] = {
        "says": {"id": "x", "en": "x"},
        "when": {"act.date": {"from": "2021-01-01"}},
        "then": {"act.conduct": "vote"},
    }
    row = {
        "subject": {"status": "pns"},
        "act": {
            "conduct": {"one_of": ["vote", "hold_activity"]},
            "addressees": ["family"],
            "further": {"small": {"years": 3}},
            "date": {"from": "2020-12-01", "to": "2021-02-01"},
        },
    }
    assert ruleset(content).statuses(row) == {"old/meeting": "open", "permit/vote": "open"}


def test_statuses_from_json() -> None:
    assert RULES.statuses(json.dumps(ROW)) == RULES.statuses(ROW)
    assert RULES.statuses(json.dumps(ROW).encode()) == RULES.statuses(ROW)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"act": {"conduct": "vote", "conduct": "post"}}', Code.DUPLICATE_KEY),
        ("[1]", Code.NOT_A_MAPPING),
        ("{", Code.JSON_SYNTAX),
        ("[" * 100_000, Code.TOO_DEEP),
        ('{"a": "' + "x" * (1 << 20) + '"}', Code.TOO_LARGE),
        (b"\xff", Code.NOT_UTF8),
    ],
)
def test_json_rows_that_are_refused(text: str | bytes, code: Code) -> None:
    with pytest.raises(nr.Refused) as caught:
        RULES.statuses(text)
    assert codes(caught) == [code]


@pytest.mark.parametrize(
    "act",
    [
        {"conduct": "post", "audience": "public"},
        {"conduct": "react", "audience": "private", "attribution": "subject"},
        {"conduct": "post", "audience": {"one_of": ["public", "private"]}},
        {"conduct": "post", "date": "2024-01-01", "attribution": "other_person"},
        {"conduct": "hold_activity", "role": "speaker", "goods_given": True},
        {"conduct": "hold_activity", "goods_given": False, "further": {"small": {"told": True}}},
        {"conduct": "hold_activity", "addressees": ["family"]},
        {"conduct": ["post"]},
        {"conduct": {"one_of": ["post", "vote"]}},
        {"conduct": "be_party_member"},
        {"audience": "public"},
        {},
    ],
)
@pytest.mark.parametrize(
    "subject", [{"status": "pns"}, {"status": "tni"}, {}, {"party": {"role": "member"}}]
)
@pytest.mark.parametrize("beneficiary", [{}, {"stage": "candidate", "relation": "none"}])
def test_rows_agree_with_decisions(
    act: dict[str, Any], subject: dict[str, Any], beneficiary: dict[str, Any]
) -> None:
    rules = plain()
    row = {"subject": subject, "act": act, "beneficiary": beneficiary}
    if act.get("conduct") == ["post"]:
        with pytest.raises(nr.Refused):
            rules.statuses(row)
        return
    found = nr.Incident.model_validate(
        {"subjects": [subject], "acts": [act], "beneficiaries": [beneficiary]}
    )
    decision = rules.decide(found, as_of="2024-06-01")
    expected = {f.id: f.status.value for f in decision.all_findings}
    for _ in range(2):
        assert rules.statuses(row) == expected


def test_more_rows_that_are_refused() -> None:
    rules = plain()
    assert rules.statuses({"act": {"conduct": "vote"}}) == {"permit/vote": "open"}
    for row in (
        {"act": {"conduct": "vote", "x": 1}},
        {"act": {"conduct": "vot"}},
        {"act": "x"},
        {"act": {"conduct": "vote"}, "y": 1},
    ):
        with pytest.raises(nr.Refused):
            rules.statuses(row)


@pytest.mark.parametrize("enabled", [True, False])
def test_loading_leaves_the_collector_as_it_was(enabled: bool, tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(yaml.safe_dump(DOCUMENT), encoding="utf-8")
    was = gc.isenabled()
    try:
        gc.enable() if enabled else gc.disable()
        nr.load(tmp_path)
        assert gc.isenabled() is enabled
        with pytest.raises(nr.Refused):
            nr.load(tmp_path / "nowhere")
        assert gc.isenabled() is enabled
    finally:
        gc.enable() if was else gc.disable()
