"""Whether the transitions of a ruleset fit together: for every case one body of law, and only one.

Two transitions that say different things of one case would refuse every report of it; a case
between others of which none says anything would stay open for good. Both are told with the places
of the two transitions concerned. Days before the first and after the last that any transition
names are outside the ruleset: it says nothing of them, and nobody is told that it should.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from netralitas_rules.engine import bodies
from netralitas_rules.engine.bodies import Case
from netralitas_rules.engine.conditions import FALSE, Test, tests_of
from netralitas_rules.engine.knowledge import Fact, Space
from netralitas_rules.engine.plan import Constraint
from netralitas_rules.facts.space import Kind
from netralitas_rules.loading.diagnostics import Code, Diagnostic, listing
from netralitas_rules.loading.gather import Item

Days = tuple[int, int]


def problems(
    space: Space,
    items: Mapping[str, Item],
    transitions: Sequence[Constraint],
    others: Sequence[Constraint],
) -> Iterator[Diagnostic]:
    """What does not fit, per body of law; at most one gap of each."""
    for index in sorted({t.then.fact for t in transitions}):
        law = space.facts[index]
        own = bodies.setters(transitions, law)
        rest = (*others, *(t for t in transitions if t.then.fact != index))
        found = bodies.cases(space, law, own=own, others=rest, known=space.unknown)
        if found is not None:
            yield from _overlaps(found, law, items)
            yield from _gap(found, own, law, items)


def _overlaps(found: Iterable[Case], law: Fact, items: Mapping[str, Item]) -> Iterator[Diagnostic]:
    """Pairs of transitions that say different things of one case, each pair once."""
    told = set()
    for case in found:
        if case.left:
            continue
        pairs = [*combinations(case.applied, 2)]
        first, second = next((p for p in pairs if not _common(*p)), pairs[0])
        if (first.id, second.id) not in told:
            told.add((first.id, second.id))
            path = law.spec.path
            yield (items[second.id].place / "when").diagnostic(
                Code.BAD_VALIDITY,
                f"`{first.id}` and `{second.id}` say different things of `{path}`",
                expected="one body of law for one case",
                found=f"both where {_words(case)}",
                help="let the one end on the day before the other begins",
                of_key=True,
                also=items[first.id].place / "when",
            )


def _common(first: Constraint, second: Constraint) -> int:
    return first.then.allowed & second.then.allowed


def _gap(
    found: Sequence[Case], own: Sequence[Constraint], law: Fact, items: Mapping[str, Item]
) -> Iterator[Diagnostic]:
    """The first case of which nothing is said, though something is said of days on both sides."""
    spans: dict[tuple[int, ...], dict[int, Days]] = {}
    for case in found:
        if case.applied:
            _widen(spans.setdefault(_apart_from_days(case), {}), case)
    for case in found:
        if case.applied or not _inside(case, spans.get(_apart_from_days(case))):
            continue
        first, *more = sorted(own, key=lambda t: _failing(t, case))
        second = next((t for t in more if t.id != first.id), None)
        yield (items[first.id].place / "when").diagnostic(
            Code.BAD_VALIDITY,
            f"no transition says what `{law.spec.path}` is where {_words(case)}",
            expected="one body of law for every case between the first and the last day",
            help="let one of these reach further, or add a transition; where no law held, give "
            "the fact a value that says so",
            of_key=True,
            also=items[second.id].place / "when" if second else None,
        )
        return


def _apart_from_days(case: Case) -> tuple[int, ...]:
    """What a case says of facts that are no dates."""
    return tuple(bits for fact, bits in case.chosen if fact.spec.kind is not Kind.DATE)


def _widen(spans: dict[int, Days], case: Case) -> None:
    for fact, days in _days(case):
        first, last = spans.get(fact.index, days)
        spans[fact.index] = min(first, days[0]), max(last, days[1])


def _inside(case: Case, spans: Mapping[int, Days] | None) -> bool:
    """Whether every day of a case lies among those of which something is said."""
    return spans is not None and all(
        fact.index not in spans
        or (spans[fact.index][0] <= days[0] and days[1] <= spans[fact.index][1])
        for fact, days in _days(case)
    )


def _days(case: Case) -> Iterator[tuple[Fact, Days]]:
    for fact, bits in case.chosen:
        days = bodies.span(fact, bits) if fact.spec.kind is Kind.DATE else None
        if days is not None:
            yield fact, days


def _failing(transition: Constraint, case: Case) -> tuple[int, int]:
    """How far a transition is from a case: tests that fail, then days to the nearest."""
    failing = [t for t in tests_of(transition.when) if _value(t, case) == FALSE]
    return len(failing), sum(_distance(test, case) for test in failing)


def _value(test: Test, case: Case) -> int:
    return test.value(next(bits for fact, bits in case.chosen if fact.index == test.fact))


def _distance(test: Test, case: Case) -> int:
    """Days from a case to what a test allows; none where either names no days."""
    fact, bits = next(pair for pair in case.chosen if pair[0].index == test.fact)
    dated = fact.spec.kind is Kind.DATE
    here = bodies.span(fact, bits) if dated else None
    there = bodies.span(fact, test.allowed) if dated else None
    return max(there[0] - here[1], here[0] - there[1]) if here and there else 0


def _words(case: Case) -> str:
    """The values of a case, as an author writes them."""
    return ", ".join(
        f"`{fact.spec.path}` is {_value_words(fact, bits)}" for fact, bits in case.chosen
    )


def _value_words(fact: Fact, bits: int) -> str:
    days = bodies.span(fact, bits) if fact.spec.kind is Kind.DATE else None
    if days is not None:
        first, last = map(datetime.date.fromordinal, days)
        if first == last:
            return str(first)
        ends = [
            f"from {first}" if first != datetime.date.min else "",
            f"until {last}" if last != datetime.date.max else "",
        ]
        return " ".join(filter(None, ends)) or "any day"
    if fact.spec.kind is Kind.DATE:
        return "`none`"
    return listing(map(_value_word, fact.decode(bits)), limit=4) or "some number"


def _value_word(value: object) -> object:
    """A value; the members of a list together."""
    return ", ".join(map(str, value)) or "nothing" if isinstance(value, tuple) else value
