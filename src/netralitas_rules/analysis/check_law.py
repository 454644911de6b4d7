"""Checks of readings, of validity in time, and of formulas that repeat a fact."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from netralitas_rules.analysis.asking import Asking, Told
from netralitas_rules.analysis.cases import (
    RuleCase,
    flat,
    follows,
    hole,
    with_value,
)
from netralitas_rules.analysis.search import SearchCut
from netralitas_rules.engine import bodies
from netralitas_rules.engine.conditions import (
    Condition,
    both,
    either,
    facts_of,
    negate,
    repeated_facts,
    tests_of,
)
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import opened_by
from netralitas_rules.facts.space import LAW_PREFIX, READING_PREFIX
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.loading.diagnostics import listing


def findings(asking: Asking) -> None:
    _idle_readings(asking)
    rows: set[str] = set()
    for case in asking.cases.values():
        _holes(case, asking, rows)
        _repeats(case, asking)
    _bodies(asking)


def _idle_readings(asking: Asking) -> None:
    """Two readings of a question under which everything comes to the same."""
    if FindingCode.IDLE_READING not in asking.wanted:
        return
    elsewhere = {q for rule in asking.plan.deadlines.values() for q in rule.questions}
    outcomes = [(parts, {i for p in parts for i in facts_of(p)}) for parts in _outcomes(asking)]
    outcomes.sort(key=lambda pair: len(pair[1]))  # what reads little is answered first
    for index in asking.plan.readings:
        fact = asking.plan.space.facts[index]
        question = fact.spec.path.removeprefix(READING_PREFIX)
        if question in elsewhere:
            continue
        own = [
            (parts, [part for part in flat(parts) if index in facts_of(part)])
            for parts, facts in outcomes
            if index in facts
        ]
        for (one, first), (other, second) in combinations(fact.bits.items(), 2):
            place = asking.items["questions"][question].place / "readings"
            told = Told(
                FindingCode.IDLE_READING,
                (question,),
                place / str(other),
                f"the readings `{one}` and `{other}` of `{question}` come to the same",
                expected="a rule, a row or a constraint that comes out otherwise in some case",
                help="let a condition tell them apart, or make the question a note",
                also=place / str(one),
            )
            if not _told_apart(asking, fact, (first, second), own, told):
                asking.told(told)


def _outcomes(asking: Asking) -> Iterator[Sequence[Condition]]:
    """Everything that comes out: rules met, rows that follow, what lists and the rest go by."""
    plan = asking.plan
    rows = {row.id: row for own in plan.rows.values() for row in own}
    for case in asking.cases.values():
        if case.example is not None or case.cut:
            yield case.met
    for row in rows.values():
        yield (row.when,)
    for entries in plan.listings.values():
        for entry in entries:
            yield (entry.when,)
    if plan.residual is not None:
        yield (plan.residual.when,)


def _told_apart(
    asking: Asking,
    fact: Fact,
    bits: tuple[int, int],
    outcomes: Sequence[tuple[Sequence[Condition], Sequence[Condition]]],
    told: Told,
) -> bool:
    """Whether something comes out otherwise under one of two readings. Of what comes out, the
    parts that read the question are given too: only those can.
    """
    for one, other in (bits, bits[::-1]):
        start = asking.search.start & ~fact.full | one
        for parts, read in outcomes:
            otherwise = negate(both([with_value(part, fact.index, other) for part in read]))
            try:
                if asking.search.find([*parts, otherwise], start) is not None:
                    return True
            except SearchCut:
                asking.cut(told)
                return True
        broken = [
            both([with_value(c.when, fact.index, other), negate(c.then)])
            for c in asking.plan.constraints
            if fact.index in facts_of(c.when)
        ]
        try:
            if broken and asking.search.find([either(broken)], start) is not None:
                return True
        except SearchCut:
            asking.cut(told)
            return True
    return False


def _holes(case: RuleCase, asking: Asking, told: set[str]) -> None:
    """Days on which a rule, an element, an exception or a row would hold, while the law that it
    cites was in force before and after, and not then.
    """
    rule, plan = case.rule, asking.plan
    at = asking.place(rule)
    gap = hole(rule.days, plan)
    if gap:
        asking.shown(
            Told(
                FindingCode.VALIDITY_HOLE,
                (rule.id,),
                at / "norm",
                f"`{rule.id}` reaches days on which none of its norms was in force, between days "
                "on which one was",
                expected="norms in force without a hole, or a rule that leaves those days out",
                help="name the provision that was in force, or limit the rule with `under`",
            ),
            [rule.under, *opened_by(rule.gates), rule.needs, *plan.on_days(gap)],
            None,
            rule=rule,
        )
    if case.example is None:
        return
    parts: list[tuple[str, str, Iterable[str]]] = [
        *(("needs", e.name, e.basis) for e in rule.elements if e.label is not None),
        *(("unless", e.name, e.basis) for e in rule.exceptions),
    ]
    for section, name, basis in parts:
        gap = hole(plan.days_in_force(basis), plan) if basis else 0
        if gap:
            asking.shown(
                Told(
                    FindingCode.VALIDITY_HOLE,
                    (rule.id,),
                    at / section / name,
                    f"`{rule.id}` can be met on days on which nothing that `{name}` rests on was "
                    "in force, between days on which something was",
                    expected="a basis in force without a hole",
                    help="name the provision that was in force on those days",
                ),
                [*case.met, *plan.on_days(gap)],
                case.within,
                rule=rule,
            )
    for row in plan.rows.get(rule.id, ()):
        days = plan.days_in_force(row.basis)
        gap = hole(days, plan)
        if gap and row.id not in told:
            found = asking.shown(
                Told(
                    FindingCode.VALIDITY_HOLE,
                    (row.id,),
                    asking.items["sanctions"][row.id].place / "basis",
                    f"`{row.id}` reaches days on which nothing that it rests on was in force, "
                    "between days on which something was",
                    expected="a basis in force without a hole, or a row that leaves those days out",
                    help="name the provision that was in force on those days",
                ),
                [*case.met, follows(row, days), *plan.on_days(gap)],
                case.within,
                rule=rule,
            )
            if found:
                told.add(row.id)


def _bodies(asking: Asking) -> None:
    """Bodies of law whose transitions are too many for the strict reading to look for holes."""
    space, plan = asking.plan.space, asking.plan
    transitions = asking.items["transitions"]
    for law in space.facts:
        own = [c for c in plan.constraints if c.then.fact == law.index and c.id in transitions]
        if not law.spec.path.startswith(LAW_PREFIX) or not own:
            continue
        others = [c for c in plan.constraints if c.then.fact != law.index]
        if bodies.cases(space, law, own=own, others=others, known=space.unknown) is None:
            asking.cut(
                Told(
                    FindingCode.VALIDITY_HOLE,
                    tuple(c.id for c in own),
                    transitions[own[0].id].place,
                    f"does a transition say what `{law.spec.path}` is in every case",
                )
            )


def _repeats(case: RuleCase, asking: Asking) -> None:
    """Facts that one element, or one exception, of a rule reads in more than one test."""
    rule = case.rule
    at, facts = asking.place(rule), asking.plan.space.facts
    named = [("needs", e.name, e.condition) for e in rule.elements]
    named += [("unless", e.name, e.holds) for e in rule.exceptions]
    for section, name, condition in named:
        repeated = sorted(facts[index].spec.path for index in repeated_facts(condition))
        if repeated and name in getattr(asking.items[str(at.path[0])][rule.id].doc, section):
            times = max(
                sum(1 for t in tests_of(condition) if facts[t.fact].spec.path == path)
                for path in repeated
            )
            asking.told(
                Told(
                    FindingCode.FACT_REPEATS,
                    (rule.id,),
                    at / section / name,
                    f"`{name}` of `{rule.id}` reads {listing(repeated)} up to {times} times",
                    expected="each fact once: then no search is needed",
                    help="put tests of one fact together, or give what they share a definition",
                )
            )
