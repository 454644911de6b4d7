"""Realistic reports as JSON: one person, one act, one beneficiary, 15 to 20 stated facts."""

import datetime
import json
import random
from typing import Any

Part = dict[str, Any]
CONTESTS: tuple[tuple[str, tuple[str, ...], str, datetime.date, datetime.date], ...] = (
    (
        "pemilu_2024",
        ("dpr", "dprd_province", "dprd_regency"),
        "person",
        datetime.date(2023, 6, 1),
        datetime.date(2024, 2, 10),
    ),
    (
        "pilkada_2024",
        ("governor", "regent", "mayor"),
        "pair",
        datetime.date(2024, 6, 1),
        datetime.date(2024, 11, 20),
    ),
)
ACTS: tuple[Part, ...] = (
    {
        "conduct": "react",
        "medium": "social_media",
        "interaction": "share",
        "account": {"used": "own", "reached": "candidate_own"},
        "audience": "public",
        "active_support": True,
        "purpose_of_support": True,
    },
    {
        "conduct": "post",
        "medium": "social_media",
        "account": {"used": "own"},
        "audience": "public",
        "purpose_of_support": True,
        "active_support": True,
        "photo": {"shows": ["beneficiary"], "gesture": "partisan"},
    },
    {
        "conduct": "join",
        "medium": "messaging",
        "audience": "closed_group",
        "account": {"used": "own", "reached": "winning_team"},
        "active_support": True,
        "purpose_of_support": True,
        "knowledge": "knowing",
    },
    {
        "conduct": "attend",
        "occasion": "campaign",
        "medium": "in_person",
        "audience": "public",
        "active_support": True,
        "role": "attendee",
        "attributes": ["candidate"],
    },
    {
        "conduct": "serve_on_team",
        "team_role": "winning_team",
        "active_support": True,
        "purpose_of_support": True,
        "superior_permission": False,
        "audience": "public",
        "knowledge": "knowing",
    },
    {
        "conduct": "decide",
        "official_decision": True,
        "abuse_of_authority": False,
        "occasion": "official",
        "purpose_of_support": True,
        "role": "executor",
        "medium": "in_person",
    },
)


def texts(*, seed: int, count: int) -> list[str]:
    """JSON texts of as many reports."""
    chance = random.Random(seed)
    return [json.dumps(_report(chance, number)) for number in range(count)]


def _report(chance: random.Random, number: int) -> Part:
    election, offices, kind, first, last = chance.choice(CONTESTS)
    day = first + datetime.timedelta(chance.randrange((last - first).days))
    act = {
        name: value
        for name, value in chance.choice(ACTS).items()
        if name == "conduct" or chance.random() < 0.9
    }
    return {
        "format": 1,
        "id": f"report-{number:04d}",
        "election": election,
        "subjects": [
            {
                "key": "employee",
                "status": chance.choice(("pns", "pns", "cpns", "pppk")),
                "post": chance.choice(("administrator", "pengawas", "pelaksana")),
                "unit": chance.choice(("regional_office", "technical_unit", "school")),
                "cltn": {"state": "none"},
            }
        ],
        "acts": [
            {
                "by": ["employee"],
                "beneficiaries": ["candidate"],
                "date": day.isoformat(),
                "attribution": "subject",
                **act,
            }
        ],
        "beneficiaries": [
            {
                "key": "candidate",
                "kind": kind,
                "election": election,
                "office": chance.choice(offices),
                "relation": "none",
                "direction": "favours",
            }
        ],
        "report": {"channel": "public_report"},
    }


def row(text: str) -> str:
    """The same report as the JSON text of one row of plain facts."""
    report = json.loads(text)
    found = {"election": report["election"], "report": report["report"]}
    for name, many in (("subject", "subjects"), ("act", "acts"), ("beneficiary", "beneficiaries")):
        part = report[many][0]
        unread = ("key", "by", "beneficiaries", "election")
        found[name] = {key: value for key, value in part.items() if key not in unread}
    return json.dumps(found)


def stated(text: str) -> int:
    """How many facts a report states: leaves but keys, ids and the format."""
    names = {"format", "id", "key", "by", "beneficiaries"}

    def count(part: Any, name: str) -> int:
        if isinstance(part, dict):
            return sum(count(value, key) for key, value in part.items())
        if isinstance(part, list) and any(isinstance(item, dict) for item in part):
            return sum(count(item, "") for item in part)
        return int(name not in names)

    return count(json.loads(text), "")
