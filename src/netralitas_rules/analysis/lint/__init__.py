"""Lint: what a strict reader lets pass in a ruleset, and a careful one would not."""

from netralitas_rules.analysis.lint.model import Level, LintFinding, LintRule
from netralitas_rules.analysis.lint.run import RULES, lint, scenario_words

__all__ = ["RULES", "Level", "LintFinding", "LintRule", "lint", "scenario_words"]
