"""`netralitas sources`: what every provision rests on, and what rests on it."""

import netralitas_rules as nr
from netralitas_rules.law.model import Mark, TextState
from tests.cli.running import Cli


def heads(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(" ")]


def test_the_weak_ones_are_all_there(cli: Cli) -> None:
    """One command prints what rests on B, on C or on a text not read; the weakest first."""
    provisions = nr.load("kemenkumham").provisions.values()
    weak = [p for p in provisions if p.mark is not Mark.A or p.text is not TextState.SEEN]
    ran = cli("sources", "--weak", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    lines = heads(ran.out)
    assert len(lines) == len(weak) > 50
    assert all(any(f"({p.id})" in line for line in lines) for p in weak)
    marks = [line[1] for line in lines]
    assert marks == sorted(marks, reverse=True)


def test_one_provision_says_what_it_bears(cli: Cli) -> None:
    ran = cli("sources", "pp-42-2004/11/c", "--ruleset", "national")
    assert ran.code == 0
    assert heads(ran.out)[0].startswith("[A] PP 42/2004 Pasal 11 huruf c (pp-42-2004/11/c):")
    assert "skb-2022/A4 > conduct" in " ".join(ran.out.split())
    assert cli("sources", "pp-42-2004", "--ruleset", "national").out.count("[A]") > 1


def test_duties_that_no_rule_cites_are_shown(cli: Cli) -> None:
    """Oversight bears no rule; who the PPK is stands in the manifest."""
    assert "borne by it: no rule" in cli("sources", "ministry-oversight/report", "--lang", "en").out
    shown = cli("sources", "ministry-ppk/before-split", "--lang", "en").out
    assert "borne by it: ruleset > ppk" in shown


def test_wrong_names(cli: Cli) -> None:
    ran = cli("sources", "pp-42-2004/11/d")
    assert ran.code == 2
    assert "there is no provision `pp-42-2004/11/d`" in ran.err
    assert "did you mean" in ran.err
    assert cli("sources", "--ruleset", "nowhere").code == 1
