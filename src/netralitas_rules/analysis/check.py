"""The exact check of a ruleset: every search, the waivers, and what is told.

Everything is asked of completions: reports in which every fact has one value, on one day, under one
reading of every question. Nothing is sampled; where a search is cut, that is a finding too.
"""

from collections.abc import Iterable, Sequence

from netralitas_rules.analysis import check_law, check_rows, check_rules, check_tables
from netralitas_rules.analysis.asking import Asking
from netralitas_rules.analysis.findings import Finding, Report
from netralitas_rules.analysis.witness import Reporter
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.ruleset import Ruleset


def check(rules: Ruleset, *, only: Iterable[FindingCode] = tuple(FindingCode)) -> Report:
    """Everything that does not fit in a ruleset that was read without faults.

    `only` limits the check to some codes; waivers of other codes are then left alone.
    """
    wanted = frozenset(only)
    asking = Asking(rules.plan, rules.merged.sections, Reporter(rules), wanted)
    for part in (check_rules, check_rows, check_law, check_tables):
        part.findings(asking)
    asking.idle_waivers()
    rows = {row.id for own in rules.plan.rows.values() for row in own}
    counts = {
        "rules": len(rules.plan.rules),
        "rows": len(rows),
        "readings": len(rules.plan.readings),
        "waived": asking.count_waived,
    }
    return Report(_in_order(asking.found), tuple(sorted(asking.used)), counts)


def _in_order(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """By file and place."""

    def place(finding: Finding) -> tuple[str, int, int, str]:
        positions = finding.diagnostic.positions
        if not positions:
            return "", 0, 0, finding.code
        return positions[0].source, positions[0].line, positions[0].column, finding.code

    return tuple(sorted(found, key=place))
