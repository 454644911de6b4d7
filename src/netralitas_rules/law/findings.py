"""Codes of what `check` finds in a ruleset that can be read: stable, and named by waivers."""

from enum import StrEnum


class FindingCode(StrEnum):
    NEVER_APPLIES = "never-applies"
    ROWS_OVERLAP = "rows-overlap"
    GAP = "gap"
    LEVEL_WITHOUT_SANCTION = "level-without-sanction"
    EXCEPTION_SWALLOWS = "exception-swallows"
    EXCEPTION_NEVER_BITES = "exception-never-bites"
    IMPLIED_RULE = "implied-rule"
    IDLE_READING = "idle-reading"
    VALIDITY_HOLE = "validity-hole"
    FACT_REPEATS = "fact-repeats"
    GRAVER_IS_LIGHTER = "graver-is-lighter"
    TABLE_GAP = "table-gap"
    TABLE_OVERLAP = "table-overlap"
    IDLE_WAIVER = "idle-waiver"
    SEARCH_CUT = "search-cut"


UNWAIVABLE = frozenset((FindingCode.IDLE_WAIVER, FindingCode.SEARCH_CUT))
"""Findings about the check itself: what the law says is no answer to them."""
