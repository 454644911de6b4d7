"""`netralitas why` and `inquire`."""

import json
from pathlib import Path

from tests.cli.running import Cli
from tests.content.files import AS_OF, REPORTED

CASE = REPORTED / "case-123.yaml"
MORE = ("--ruleset", "national", "--as-of", AS_OF, "--lang", "en")


def test_why_a_rule_is_open(cli: Cli) -> None:
    ran = cli("why", CASE, "skb-2020/8", *MORE)
    assert ran.code == 0
    assert "Would be met if:\n  - addressees: staff of own unit" in ran.out
    found = json.loads(cli("why", CASE, "skb-2020/8", *MORE, "--format", "json").out)
    assert (found["standing"], found["findings"][0]["status"]) == ("finding", "open")
    assert found["changes"][0]["facts"][0]["place"] == "act.addressees"


def test_why_a_rule_is_not_raised(cli: Cli) -> None:
    ran = cli("why", CASE, "skb-2022/B7", *MORE)
    assert "Not raised: the report states nothing that raises this rule." in ran.out


def test_what_is_refused(cli: Cli, tmp_path: Path) -> None:
    ran = cli("why", CASE, "skb-2022/B77", *MORE)
    assert (ran.code, "did you mean `skb-2022/B7`?" in ran.err) == (1, True)
    several = tmp_path / "several.yaml"
    several.write_text("- subjects: [{}]\n- subjects: [{}]\n")
    ran = cli("why", several, "skb-2022/B7", *MORE)
    assert (ran.code, "this asks about one incident" in ran.err) == (1, True)
    assert cli("why", tmp_path / "none.yaml", "skb-2022/B7", *MORE).code == 1
    assert cli("why", "-", "skb-2022/B7", *MORE, stdin=b"subjects: 3").code == 1


def test_what_would_settle_each_record(cli: Cli, tmp_path: Path) -> None:
    ran = cli("inquire", CASE, *MORE)
    assert ran.code == 0
    assert "What would settle the report: case-123" in ran.out
    assert "Next question" in ran.out
    (found,) = cli("inquire", CASE, *MORE, "--format", "json").items
    assert found["next"]["fact"] == "act.addressees"
    bad = tmp_path / "bad.yaml"
    bad.write_text("subjects: 3\n")
    ran = cli("inquire", bad, CASE, *MORE, "--format", "jsonl")
    assert (ran.code, len(ran.items)) == (1, 2)
