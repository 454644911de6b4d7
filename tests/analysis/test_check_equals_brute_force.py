"""On small random rulesets every finding, and every absence of one, is what brute force says."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from netralitas_rules.analysis.check import check
from netralitas_rules.analysis.findings import Finding
from netralitas_rules.law.findings import FindingCode
from tests.analysis.brute import Brute, Found, varied
from tests.spec import Contradiction
from tests.strategies import Choices, a_sample, examples, ruleset_of

CODES = [
    FindingCode.NEVER_APPLIES,
    FindingCode.ROWS_OVERLAP,
    FindingCode.GAP,
    FindingCode.LEVEL_WITHOUT_SANCTION,
    FindingCode.EXCEPTION_SWALLOWS,
    FindingCode.EXCEPTION_NEVER_BITES,
    FindingCode.IMPLIED_RULE,
    FindingCode.IDLE_READING,
    FindingCode.VALIDITY_HOLE,
    FindingCode.GRAVER_IS_LIGHTER,
]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, object]:
    c = Choices.drawn(draw)
    return varied(a_sample(c, asking=c.flag()).document, c.below(6))


def named(finding: Finding) -> tuple[str, ...]:
    """What a finding is about: its items, and the part of them where it stands in one."""
    path = finding.diagnostic.path
    if finding.code is FindingCode.NEVER_APPLIES and path[2:3] == ("for",):
        return finding.of[0], finding.diagnostic.message.rpartition("`")[0].rpartition("`")[2]
    if path[2:3] in (("needs",), ("unless",)) and len(path) == 4:
        both = "exclude each other" in finding.diagnostic.message
        return (finding.of[0],) if both else (finding.of[0], path[3])
    return finding.of


def told(findings: tuple[Finding, ...], code: FindingCode) -> Found:
    return {named(f) for f in findings if f.code is code}


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=examples(6))
@given(document=documents())
def test_equal(code: FindingCode, document: dict[str, object]) -> None:
    try:
        brute = Brute(document)
    except Contradiction:
        assume(False)
    assume(len(brute.worlds) < 3000)
    report = check(ruleset_of(document), only=[code, FindingCode.SEARCH_CUT])
    assert not told(report.findings, FindingCode.SEARCH_CUT)
    assert told(report.findings, code) == brute.found(code)
