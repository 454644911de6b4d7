"""Facts that could settle what is open."""

from collections.abc import Iterator, Sequence

from netralitas_rules.decision import model as m
from netralitas_rules.engine.conditions import OPEN, Condition, facts_of, tests_of
from netralitas_rules.engine.evaluate import Result, Status
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan, Rule
from netralitas_rules.facts.space import ACT_DATE, Origin


def settle(
    plan: Plan, violations: Sequence[Result], permissions: Sequence[Result]
) -> tuple[m.OpenFact, ...]:
    """Facts that could settle an open violation, or a permission that is still open."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for kind, results in enumerate((violations, permissions)):
        for number, result in enumerate(results):
            if result.status in (Status.OPEN, Status.ELEMENTS_MET):
                for path in _open_facts(plan, result):
                    found.setdefault(path, ([], []))[kind].append(number)
    return tuple(
        m.OpenFact(path, tuple(waiting), tuple(permitting))
        for path, (waiting, permitting) in found.items()
    )


def _open_facts(plan: Plan, result: Result) -> list[str]:
    """Facts that an incident can state and that some open element still waits for."""
    facts = plan.space.facts
    open_tests: dict[int, None] = {}
    for item in result.governed:
        if item.status not in (Status.OPEN, Status.ELEMENTS_MET):
            continue
        known = item.frame.known
        for condition in _conditions(result.rule, item.considered):
            if condition.value(known) == OPEN:
                for test in tests_of(condition):
                    if test.value(known) == OPEN:
                        open_tests.setdefault(test.fact)
    if len({f.status for f in result.in_frames}) > 1:
        open_tests |= dict.fromkeys(_deciding_frames(plan, result))
    paths: dict[str, None] = {}
    for index in open_tests:
        for path in _statable(plan, facts[index]):
            paths.setdefault(path)
    return list(paths)


def _deciding_frames(plan: Plan, result: Result) -> Iterator[int]:
    """Facts that tell apart frames of different status: those behind the body of law, and the
    date of the act where one body of law has several statuses.
    """
    facts, by_law = plan.space.facts, dict[int, set[Status | None]]()
    possible = law = 0
    for index in facts_of(result.rule.under):
        law |= facts[index].full
    for item in result.in_frames:
        possible |= item.frame.known
        by_law.setdefault(item.frame.known & law, set()).add(item.status)
    if any(len(statuses) > 1 for statuses in by_law.values()):
        yield plan.space.by_path[ACT_DATE].index
    if len(by_law) > 1:
        for index in facts_of(result.rule.under):
            for path in plan.sources.get(index, ()):
                fact = plan.space.by_path[path]
                if (possible & fact.full).bit_count() > 1:
                    yield fact.index


def _statable(plan: Plan, fact: Fact) -> list[str]:
    """The fact itself, or the facts from which a derived one follows."""
    if fact.spec.origin is Origin.READING:
        return []
    if fact.spec.origin is not Origin.DERIVED:
        return [fact.spec.path]
    return list(plan.sources.get(fact.index, ()))


def _conditions(rule: Rule, considered: int) -> list[Condition]:
    exceptions = [e.condition(bits) for e, bits in rule.brought_up(considered) if bits]
    return [*(e.condition for e in rule.elements), *exceptions]
