"""The plan of a ruleset with one item changed, without linking everything again.

The space has a boundary on either side of each of its days and numbers. So a bound that is moved
by one stands in the same space, and what is known of an incident is the same bits as before.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from netralitas_rules.analysis.asking import SECTION_OF
from netralitas_rules.engine.conditions import both, tests_of
from netralitas_rules.engine.plan import Plan, Rule, SanctionRow
from netralitas_rules.facts.space import Kind
from netralitas_rules.loading import link_law
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.link import link
from netralitas_rules.loading.link_rules import MAX_TESTS, RuleLinker
from netralitas_rules.loading.linking import Context
from netralitas_rules.loading.merge import Merged
from netralitas_rules.testing.mutants import Mutant, item_of, with_mutant

_ALSO_READ = ("constraints", "transitions", "lists", "waivers")
"""Sections, beside those of rules and rows, in which a definition can be read."""
_WORDS = {"id": "batas", "en": "boundary"}


class Relinker:
    """Links mutants of one ruleset. `plan` is that of the ruleset itself, with more boundaries."""

    def __init__(self, merged: Merged) -> None:
        self._merged = with_boundaries(merged)
        self.plan = link(self._merged)
        self._rules = {rule.id: rule for rule in self.plan.rules}
        self._rows = {row.id: row for own in self.plan.rows.values() for row in own}
        self._only_rules = not any(
            "'is':" in str(item.raw)
            for section in _ALSO_READ
            for item in merged.sections[section].values()
        )

    def plan_of(self, mutant: Mutant) -> Plan:
        """The plan with this mutant. Raises `Refused`, or `ValueError` where its shape is wrong.

        A rule, definition, row or provision is linked alone: whether the loader takes the whole,
        `link` says.
        """
        merged = with_mutant(self._merged, mutant)
        name = mutant.item
        match mutant.section:
            case "violations" | "permissions" | "consequences":
                return self._relinked(merged, [name], [])
            case "definitions" if self._only_rules:
                return self._relinked(merged, self._rules, self._rows)
            case "sanctions" if mutant.content is not None:
                return self._relinked(merged, [], [name])
            case "provisions":
                rules = [rule.id for rule in self.plan.rules if name in rule.norm]
                rows = [row.id for row in self._rows.values() if name in row.basis]
                return self._relinked(merged, rules, rows)
        return link(merged)

    def _relinked(self, merged: Merged, rules: Collection[str], rows: Collection[str]) -> Plan:
        """Provisions, and these rules and rows, from the documents as they are now."""
        ctx = Context(merged)
        linker = RuleLinker(ctx, self.plan.space)
        provisions = link_law.provisions(ctx, self.plan.instruments)
        plan = replace(self.plan, provisions=provisions)
        made = {name: _rule(linker, self._rules[name], plan) for name in rules}
        found = {name: _row(linker, self._rows[name], plan) for name in rows}
        if ctx.problems:
            raise Refused(ctx.problems)
        return replace(
            plan,
            rules=tuple(made.get(rule.id, rule) for rule in plan.rules),
            rows={
                rule.id: tuple(self._rows_of(rule, found, merged))
                for rule in plan.rules
                if rule.id in plan.rows
            },
        )

    def _rows_of(
        self, rule: Rule, found: Mapping[str, SanctionRow], merged: Merged
    ) -> list[SanctionRow]:
        own = self.plan.rows[rule.id]
        return [
            found.get(row.id, row)
            for row in own
            if row.id not in found or _targets(merged, row.id) & {rule.id, *rule.norm}
        ]


def _rule(linker: RuleLinker, rule: Rule, plan: Plan) -> Rule:
    item = linker.ctx.sections[SECTION_OF[rule.kind]][rule.id]
    made = linker.rule(item, kind=rule.kind)
    return replace(made, days=plan.days_in_force(made.norm))


def _row(linker: RuleLinker, row: SanctionRow, plan: Plan) -> SanctionRow:
    item = linker.ctx.sections["sanctions"][row.id]
    doc = item.doc
    when = linker.condition(doc.when, item.place / "when")
    days = plan.on_days(plan.days_in_force(doc.basis))
    return replace(
        row,
        when=both([when, *days]) if days else when,
        level=doc.level,
        allow=tuple(doc.allow),
        readings=linker.reading_facts({test.fact for test in tests_of(when)}),
    )


def _targets(merged: Merged, row: str) -> set[str]:
    return set(merged.sections["sanctions"][row].doc.for_)


def with_boundaries(merged: Merged) -> Merged:
    """The documents with definitions that nothing reads: they name the days (and numbers) beside
    every boundary, so that the space has those too.
    """
    tests: list[dict[str, Any]] = []
    for fact in link(merged).space.facts:
        beside = {bound + step for bound in fact.breaks for step in (-1, 0, 1)}
        for bound in sorted(beside):
            dated = fact.spec.kind is Kind.DATE
            value = datetime.date.fromordinal(bound).isoformat() if dated else bound
            tests.append({fact.spec.path: {"from": value}})
    definitions = dict(merged.sections["definitions"])
    left, number = iter(tests), 0
    while part := list(islice(left, MAX_TESTS)):
        name = f"boundaries-{number}"
        content = {"says": _WORDS, "when": {"any": part}}
        definitions[name] = item_of("definitions", name, content)
        number += 1
    return replace(merged, sections={**merged.sections, "definitions": definitions})
