"""A report with some facts otherwise."""

from typing import Any

import pytest

from netralitas_rules.loading.changes import NoSuchPlace, changed

REPORT: dict[str, Any] = {
    "election": "pemilu_2024",
    "subjects": [{"status": "pns"}],
    "acts": [{"conduct": "post", "account": {"used": "own"}}, {"conduct": "react"}],
}


@pytest.mark.parametrize(
    ("path", "value", "steps"),
    [
        ("election", "other", ("election",)),
        ("subject.status", "cpns", ("subjects", 0, "status")),
        ("acts[1].conduct", "attend", ("acts", 1, "conduct")),
        ("act[0].account.used", "office", ("acts", 0, "account", "used")),
        ("act[1].account.used", "office", ("acts", 1, "account", "used")),
        ("beneficiary.kind", "pair", ("beneficiaries", 0, "kind")),
        ("report.channel", "kasn", ("report", "channel")),
        ("subject.contoh.manages", True, ("subjects", 0, "further", "contoh", "manages")),
    ],
)
def test_a_fact_is_otherwise(path: str, value: object, steps: tuple[str | int, ...]) -> None:
    new, written = changed(REPORT, {path: value})
    assert written == {steps: path}
    found: Any = new
    for step in steps:
        found = found[step]
    assert found == value
    without, _ = changed(new, {path: "unknown"})
    found = without
    for step in steps[:-1]:
        found = found[step]
    assert steps[-1] not in found
    assert REPORT["subjects"] == [{"status": "pns"}], "the report itself stays"


@pytest.mark.parametrize(
    "path",
    [
        "act.conduct",
        "acts[2].conduct",
        "acts[x].conduct",
        "acts",
        "acts[0]",
        "deed.conduct",
        "election[0]",
        "acts[0].conduct.more",
        "acts[0].conduct.more.deep",
        "",
    ],
)
def test_no_such_place(path: str) -> None:
    with pytest.raises(NoSuchPlace) as caught:
        changed(REPORT, {path: "x"})
    assert caught.value.expected
