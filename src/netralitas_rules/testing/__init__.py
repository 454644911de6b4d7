"""For the tests of a ruleset: incidents near its rules, and promises that every ruleset keeps.

    from netralitas_rules.testing import RulesetProperties

    class TestMine(RulesetProperties):
        ruleset = "my-rules"

Needs the extra `testing` (hypothesis, pytest).
"""

from netralitas_rules.testing.properties import RulesetProperties
from netralitas_rules.testing.strategies import NearMiss, incidents, last_day, near_misses, partial

__all__ = ["NearMiss", "RulesetProperties", "incidents", "last_day", "near_misses", "partial"]
