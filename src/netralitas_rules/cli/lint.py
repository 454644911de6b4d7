"""`netralitas lint`: what is found in a ruleset that loads, and the pages that say why."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from netralitas_rules.analysis.lint import RULES, Level, LintFinding, lint, scenario_words
from netralitas_rules.analysis.lint.run import OF_COMMENTS
from netralitas_rules.analysis.pages import LINT
from netralitas_rules.cli.days import asked_on
from netralitas_rules.loader import bundled_rulesets, load
from netralitas_rules.loading.diagnostics import Refused, suggest


def linted(arguments: argparse.Namespace) -> int:
    """Findings of a ruleset; 0 where there is none of the level asked for, 1 where there is."""
    if arguments.explain is not None:
        return _explained(arguments.explain)
    if arguments.rules:
        return _listed()
    if arguments.ruleset is None:
        print("a ruleset is missing: a bundled name or a folder", file=sys.stderr)
        return 2
    try:
        rules = load(arguments.ruleset)
        words = _scenario_words(arguments.ruleset)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    least = Level(arguments.level)
    found = lint(rules, scenarios=words, as_of=asked_on(arguments))
    shown = [finding for finding in found if finding.level.weight >= least.weight]
    if arguments.format == "json":
        print(json.dumps([f.as_json() for f in shown], ensure_ascii=False, indent=2))
    else:
        _print(f"{rules.name} {rules.version}", shown)
    return int(len(shown) > 0)


def _scenario_words(name: str) -> frozenset[str] | None:
    """None only for a bundled ruleset that was installed without its scenarios."""
    bundled: Traversable | None = bundled_rulesets().get(name)
    words = scenario_words(bundled or Path(name))
    return words if words is not None or bundled is not None else frozenset()


def _print(heading: str, shown: Sequence[LintFinding]) -> None:
    for finding in shown:
        print(finding, end="\n\n")
    counts = Counter(finding.level for finding in shown)
    told = ", ".join(f"{counts[level]} {level}" for level in Level)
    print(f"{heading}: {told}")
    if shown:
        print("`netralitas lint --explain CODE` says why")


def _explained(code: str) -> int:
    try:
        print(LINT.page(code), end="")
    except KeyError:
        hint = suggest(code, [*RULES, *OF_COMMENTS]) or "`netralitas lint --rules` lists them"
        print(f"there is no rule `{code}`; {hint}", file=sys.stderr)
        return 2
    return 0


def _listed() -> int:
    """Every rule with its level, and what it finds."""
    levels = {code: rule.level for code, rule in RULES.items()}
    levels |= dict.fromkeys(OF_COMMENTS, Level.WARNING)
    width = max(map(len, levels))
    for code, level in levels.items():
        print(f"{level:8} {code:{width}}  {LINT.summary(code)}")
    return 0
