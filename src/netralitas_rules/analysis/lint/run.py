"""Every rule over a ruleset, and what its comments set aside."""

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from netralitas_rules.analysis.lint import (
    agreeing,
    asking,
    citing,
    ignores,
    naming,
    order,
    procedure,
    unused,
    wording,
)
from netralitas_rules.analysis.lint.content import Content
from netralitas_rules.analysis.lint.model import Found, LintFinding, LintRule
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Position
from netralitas_rules.loading.gather import SCENARIOS, rule_files
from netralitas_rules.loading.source import Source, read_text
from netralitas_rules.ruleset import Ruleset

_GROUPS = (citing, unused, agreeing, wording, asking, procedure, naming, order)
RULES: Mapping[str, LintRule] = {rule.code: rule for group in _GROUPS for rule in group.RULES}
"""Every rule by its code."""
OF_COMMENTS = (ignores.WRONG_FORM, ignores.NO_REASON, ignores.NO_EFFECT)
"""Codes of what is wrong with the comments that set findings aside."""

_COMMENT = re.compile(r"(?<!\S)#.*$", re.MULTILINE)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9()/-]*")


def lint(
    rules: Ruleset,
    *,
    scenarios: Collection[str] | None = None,
    as_of: datetime.date | None = None,
) -> tuple[LintFinding, ...]:
    """What is found in what a ruleset itself states (of an overlay, not in its base).

    `scenarios` are the words of its scenarios (`scenario_words`); without them no rule counts as
    untried. `as_of` is the day on which it is judged; without it no source grows stale. Ordered by
    file, line and code. In an unpickled ruleset findings have no place, and comments do not count.
    """
    words = None if scenarios is None else frozenset(scenarios)
    content = Content(rules.merged, words, as_of)
    found = [_told(rule, one) for rule in RULES.values() for one in rule.check(content)]
    kept = ignores.apart(found, _sources(content), RULES)
    return tuple(sorted(kept, key=_by_place))


def scenario_words(folder: Traversable | Path) -> frozenset[str] | None:
    """Every word of the scenarios of a ruleset folder, in which rules are named; None where it has
    no folder of them. Raises `Refused` for a file that cannot be read.
    """
    own = folder / SCENARIOS
    if not own.is_dir():
        return None
    found: set[str] = set()
    for name, file in rule_files(own, SCENARIOS):
        found |= {*_ID.findall(_COMMENT.sub("", read_text(file, name)))}
    return frozenset(found)


def _told(rule: LintRule, found: Found) -> LintFinding:
    return LintFinding(
        rule.code,
        rule.level,
        found.message,
        found.expected,
        found.found,
        tuple(str(step) for step in found.place.path),
        _position(found.place, of_key=found.of_key),
        None if found.also is None else _position(found.also, of_key=True),
    )


def _position(place: Place, *, of_key: bool) -> Position | None:
    return None if place.tree is None else place.tree.position(place.path, of_key=of_key)


def _sources(content: Content) -> Iterable[Source]:
    """The files of the judged layer."""
    places = [content.manifest_place, *(item.place for item in content.own())]
    found = {place.tree.source.name: place.tree.source for place in places if place.tree}
    return found.values()


def _by_place(finding: LintFinding) -> tuple[Any, ...]:
    at = finding.position
    where = ("", 0, 0) if at is None else (at.source, at.line, at.column)
    return (*where, finding.code, finding.path, finding.message)
