"""What the checks ask of a rule: when it is met if everything is reported, and on which days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from netralitas_rules.analysis.search import Found, Search, SearchCut
from netralitas_rules.engine.conditions import (
    ALWAYS,
    NEVER,
    All,
    Condition,
    Test,
    both,
    either,
    negate,
)
from netralitas_rules.engine.plan import ExceptionClause, Plan, Rule, SanctionRow, opened_by
from netralitas_rules.facts.space import ACT_DATE


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A rule with the conditions under which it is met, everything being reported."""

    rule: Rule
    raised: tuple[Condition, ...]
    """Its body of law and norms are in force, and its gates open."""
    met: tuple[Condition, ...]
    within: int
    """What these leave at once; 0 where nothing."""
    example: Found | None
    cut: bool = False


def applies(clause: ExceptionClause) -> Condition:
    """That an exception applies, if everything is reported."""
    return clause.condition((1 << clause.width) - 1)


def case_of(rule: Rule, search: Search) -> RuleCase:
    raised = (rule.under, *opened_by(rule.gates), *search.plan.on_days(rule.days))
    met = (*raised, rule.needs, *(negate(applies(clause)) for clause in rule.exceptions))
    within = search.within(met)
    if within is None:
        return RuleCase(rule, raised, met, 0, None)
    try:
        return RuleCase(rule, raised, met, within, search.find(met, within))
    except SearchCut:
        return RuleCase(rule, raised, met, within, None, cut=True)


def follows(row: SanctionRow, days: int) -> Condition:
    """The row's own condition, without the days on which some law bears it."""
    if days == -1:
        return row.when
    if isinstance(row.when, All):
        return both(row.when.parts[:-1])
    return ALWAYS


def hole(days: int, plan: Plan) -> int:
    """Days between the first and the last of `days` that are none of them."""
    day = plan.space.by_path[ACT_DATE]
    kept = days & day.full
    if days == -1 or not kept:
        return 0
    between = ((1 << kept.bit_length()) - 1) & ~((kept & -kept) - 1)
    return between & day.full & ~kept


def with_value(condition: Condition, fact: int, bit: int) -> Condition:
    """The condition where one fact has one value."""
    if isinstance(condition, Test):
        if condition.fact != fact:
            return condition
        return ALWAYS if condition.allowed & bit else NEVER
    parts = [with_value(part, fact, bit) for part in condition.parts]
    return both(parts) if isinstance(condition, All) else either(parts)


def flat(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The conditions, all that must hold in them one by one."""
    for condition in conditions:
        if isinstance(condition, All):
            yield from flat(condition.parts)
        else:
            yield condition
