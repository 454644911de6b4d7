"""Leaves: what a file and a program can say of one fact, and what is refused."""

import datetime
import pickle

import pytest
from pydantic import ValidationError

from netralitas_rules.facts.incident import Act, Incident, Subject
from netralitas_rules.facts.leaves import NEVER, OneOf, Some, Span, none_of, one_of, parse_span
from netralitas_rules.facts.vocabulary import Attribute, SubjectStatus


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("pns", SubjectStatus.PNS),
        (SubjectStatus.PNS, SubjectStatus.PNS),
        ({"one_of": ["pns", "pppk"]}, OneOf((SubjectStatus.PNS, SubjectStatus.PPPK))),
        ({"not": ["tni"]}, OneOf((SubjectStatus.TNI,), negated=True)),
        (one_of("pns", "cpns"), OneOf((SubjectStatus.PNS, SubjectStatus.CPNS))),
        (none_of("pns"), OneOf((SubjectStatus.PNS,), negated=True)),
    ],
)
def test_one_value(given: object, held: object) -> None:
    subject = Subject.model_validate({"status": given})
    assert subject.status == held
    dumped = subject.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    assert Subject.model_validate(dumped).status == held


@pytest.mark.parametrize(
    "given",
    [
        None,
        "pnss",
        1,
        True,
        ["pns"],
        {"one_of": []},
        {"one_of": ["pns"], "not": ["tni"]},
        {"some": ["pns"]},
        {},
        one_of("pnss"),
        one_of(True),
    ],
)
def test_what_is_no_value(given: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Subject.model_validate({"status": given})
    assert [e["type"] for e in caught.value.errors()] == ["leaf_value"]


@pytest.mark.parametrize("given", ["yes", 1, 0, "true", None, one_of(1)])
def test_yes_or_no_is_strict(given: object) -> None:
    with pytest.raises(ValidationError):
        Act.model_validate({"active_support": given})


def test_yes_or_no() -> None:
    assert Act(active_support=True).active_support is True
    assert Act(active_support=one_of(True, False)).active_support == OneOf((True, False))


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (["party"], (Attribute.PARTY,)),
        ([], ()),
        ({"has": ["party"]}, Some((Attribute.PARTY,))),
        (
            {"has": ["party"], "lacks": ["candidate"]},
            Some((Attribute.PARTY,), (Attribute.CANDIDATE,)),
        ),
        (Some(lacks=("party",)), Some((), (Attribute.PARTY,))),
    ],
)
def test_several_values(given: object, held: object) -> None:
    act = Act.model_validate({"attributes": given})
    assert act.attributes == held
    dumped = act.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    assert Act.model_validate(dumped).attributes == held


@pytest.mark.parametrize(
    "given",
    [
        None,
        "party",
        ["partys"],
        {"has": []},
        {},
        {"has": ["party"], "lacks": ["party"]},
        Some(has=("partys",)),
    ],
)
def test_what_is_no_list(given: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Act.model_validate({"attributes": given})
    assert {e["type"] for e in caught.value.errors()} == {"leaf_list"} or given == Some(
        has=("partys",)
    )


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("2024-01-31", "2024-01-31", "2024-01-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        (2023, "2023-01-01", "2023-12-31"),
        (datetime.date(2024, 5, 1), "2024-05-01", "2024-05-01"),
        ({"from": "2024-01-05", "to": "2024-02"}, "2024-01-05", "2024-02-29"),
        ({"from": "2024"}, "2024-01-01", "9999-12-31"),
        ({"to": "2024"}, "0001-01-01", "2024-12-31"),
    ],
)
def test_dates(given: object, first: str, last: str) -> None:
    assert Act.model_validate({"date": given}).date == Span(day(first), day(last))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("2024-02-30", "does not exist"),
        ("2024-13", "no month 13"),
        ("31-01-2024", "expected a day"),
        ("1800", "expected a year"),
        (True, "expected a day"),
        (datetime.datetime(2024, 1, 1), "expected a day"),
        ({"since": "2024"}, "from and to"),
        ({}, "from and to"),
        ({"from": "2024-02", "to": "2024-01"}, "before it begins"),
        ("none", "expected a day"),
        (None, "expected a day"),
    ],
)
def test_what_is_no_date(given: object, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Act.model_validate({"date": given})


def test_what_did_not_happen() -> None:
    subject = Subject.model_validate(
        {"party": {"joined_on": "2020-03-04", "left_party_on": "none"}}
    )
    assert subject.party.left_party_on is NEVER
    dumped = subject.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    assert dumped["party"] == {"joined_on": "2020-03-04", "left_party_on": "none"}
    assert Subject.model_validate(dumped) == subject


def test_a_span_says_itself() -> None:
    assert str(parse_span("2024-01-31")) == "2024-01-31"
    assert str(parse_span("2024-01")) == "2024-01-01..2024-01-31"
    assert parse_span(parse_span("2024")) == parse_span("2024")


@pytest.mark.parametrize("make", [lambda: OneOf(()), lambda: Some(), lambda: Some(("a",), ("a",))])
def test_empty_knowledge_is_refused(make: object) -> None:
    with pytest.raises(ValueError, match=r"at least one|share"):
        make()  # type: ignore[operator]


def test_incidents_are_frozen_and_pickle() -> None:
    incident = Incident(subjects=(Subject(status="pns"),))  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        incident.id = "x"
    assert pickle.loads(pickle.dumps(incident)) == incident


def test_identity_is_not_shown() -> None:
    subject = Subject.model_validate({"identity": {"name": "Somebody", "nip": "1985"}})
    incident = Incident(subjects=(subject,))
    assert "Somebody" not in repr(incident)
    assert "1985" not in str(incident)


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"subjects": [{"key": "a"}, {"key": "a"}]}, "key_twice"),
        ({"subjects": [{"key": "a"}], "acts": [{"by": ["b"]}]}, "key_unknown"),
        ({"subjects": [{}], "acts": [{"beneficiaries": ["b"]}]}, "key_unknown"),
        ({"subjects": [{}], "acts": [{"key": "x"}, {"key": "x"}]}, "key_twice"),
    ],
)
def test_keys_refer(parts: dict[str, object], error: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Incident.model_validate(parts)
    assert caught.value.errors()[0]["type"] == error
