"""Snapshots: texts in files beside the tests, byte for byte.

`UPDATE_SNAPSHOTS=1 pytest tests/snapshots` rewrites them; who runs it reads every change by hand.
"""

import os
import re
from pathlib import Path

import netralitas_rules as nr
from netralitas_rules.inquiry.model import Inquiry
from netralitas_rules.inquiry.why import Why
from netralitas_rules.versions.model import Versions
from tests.content.files import REPORTED, ROWS, RULESETS

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
INCIDENTS = HERE / "incidents"
MATRIX = RULESETS / "national" / "scenarios" / "incidents"
UPDATE = os.environ.get("UPDATE_SNAPSHOTS") == "1"

SHOWN = (
    ROWS / "a4-like-prospective.yaml",
    ROWS / "b3-approach-party-prospective.yaml",
    ROWS / "b5-party-officer.yaml",
    ROWS / "form-07-goods-campaign.yaml",
    ROWS / "form-10-decision-prospective.yaml",
    ROWS / "no-listed-form.yaml",
    ROWS / "party-member-resigned.yaml",
    ROWS / "permitted-passive-attendance.yaml",
    ROWS / "status-cpns-comment-candidate.yaml",
    ROWS / "status-ppnpn-like-candidate.yaml",
    ROWS / "status-pppk-share-candidate.yaml",
    REPORTED / "case-080.yaml",
    REPORTED / "case-140.yaml",
    MATRIX / "party-cpns-resigned.yaml",
    INCIDENTS / "disputed.yaml",
    INCIDENTS / "elements-met.yaml",
    INCIDENTS / "party-office-some-day.yaml",
    INCIDENTS / "some-day-of-november.yaml",
    INCIDENTS / "stage-departs.yaml",
    INCIDENTS / "two-people.yaml",
)
"""What is shown in full, in both languages."""

VERSIONS_SHOWN = (
    ROWS / "b7-photo-candidate.yaml",
    REPORTED / "case-123.yaml",
    INCIDENTS / "two-people.yaml",
)
"""Version matrices shown in full."""

INQUIRIES_SHOWN = (
    ROWS / "a4-like-prospective.yaml",
    REPORTED / "case-092.yaml",
    REPORTED / "case-123.yaml",
)
"""Inquiries shown in full."""

WHY_SHOWN = (
    ("a4-like-prospective.yaml", "skb-2022/A4"),
    ("a4-like-prospective.yaml", "skb-2022/B6"),
    ("b7-photo-candidate.yaml", "skb-2022/B1"),
)
"""Reports and rules of which it is shown why."""

OWN = tuple(sorted(INCIDENTS.glob("*.yaml")))


def check(name: str, actual: str) -> None:
    """Compare a text with its file, or rewrite the file."""
    path = EXPECTED / name
    if UPDATE:
        path.write_text(actual, encoding="utf-8", newline="\n")
    assert path.exists(), f"there is no snapshot {name}; UPDATE_SNAPSHOTS=1 writes it"
    expected = path.read_bytes().decode("utf-8")
    assert actual == expected, f"{path} says otherwise; if it is wrong: UPDATE_SNAPSHOTS=1"


def without_digest(text: str, decision: nr.Decision | Versions | Inquiry | Why) -> str:
    """The text without the digest: it changes with every comment in a ruleset."""
    digest = decision.ruleset.digest[:16]
    assert text.count(digest) == 1
    return text.replace(digest, "0" * len(digest))


def spaces(text: str) -> str:
    """The text with every break and indentation as one space."""
    return re.sub(r"\s+", " ", text).strip()
