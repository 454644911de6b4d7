"""The ready-made properties, on the bundled rulesets."""

from netralitas_rules.testing import RulesetProperties
from tests.strategies import examples


class TestNational(RulesetProperties):
    ruleset = "national"
    examples = examples(2)


class TestKemenkumham(RulesetProperties):
    ruleset = "kemenkumham"
    examples = examples(2)
