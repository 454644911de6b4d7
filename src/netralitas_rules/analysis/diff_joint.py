"""Two rulesets in one space of facts, so that their conditions can be compared.

A fact that both have is one fact; what stands for both is one thing. Facts *apart* stand twice,
once for each side: what constraints that differ derive, a reading that the sides take otherwise.
Whether a fact is stated at all is a fact too (`stated act.medium`), for the gates of rules ask it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from netralitas_rules.analysis.diff_alike import simplified
from netralitas_rules.analysis.diff_side import STATED, Side
from netralitas_rules.engine.bodies import felt
from netralitas_rules.engine.conditions import ALWAYS, Condition, both, negate
from netralitas_rules.engine.knowledge import Fact, Space
from netralitas_rules.engine.plan import Constraint, Plan
from netralitas_rules.facts.space import FactSpec, Kind, Origin

Pair = tuple[Plan, Plan]


@dataclass(frozen=True, slots=True)
class Joint:
    """Both sides in one space."""

    space: Space
    sides: tuple[Side, Side]
    crossed: tuple[Side, Side]
    """Each side as it reads what the other side derived; readings are its own."""
    known: int
    """What both sides can be told: values that both have; of a reading that they take otherwise,
    what each takes."""
    constraints: tuple[Constraint, ...]
    """Those of both sides, each once."""
    agreed: tuple[Constraint, ...]
    """Those of the first side, and of the second as it reads what the first derived: where they
    all hold, both sides accept what the first derived."""
    differing: tuple[tuple[Constraint, ...], tuple[Constraint, ...]]
    """Those that only one side has, as it reads them itself."""
    region: tuple[Condition, ...]
    """Outside of all these both sides derive the same: each is that one side derives what a
    constraint of the other refuses."""
    taken: int
    """`known` with every reading as both sides take it."""
    apart: frozenset[str]


def joint(plans: Pair, *, as_taken: bool) -> Joint:
    """Both plans in one space. `as_taken`: readings that the sides take otherwise stand as each
    takes them, and what follows from constraints that differ may differ; without, every fact has
    one value for both sides.
    """
    apart = frozenset(_unlike(plans, as_taken=as_taken))
    found = _joined(plans, apart)
    while as_taken:
        more = apart | _touched(found)
        if more == apart:
            break
        apart = more
        found = _joined(plans, apart)
    return found


def _unlike(plans: Pair, *, as_taken: bool) -> Iterable[str]:
    """Facts that cannot be one for both sides."""
    one, other = plans
    for path in one.space.by_path.keys() & other.space.by_path.keys():
        first, second = one.space.by_path[path], other.space.by_path[path]
        reading = as_taken and first.spec.origin is Origin.READING
        if _different(plans, path) or (reading and _taken(one, first) != _taken(other, second)):
            yield path


def _different(plans: Pair, path: str) -> bool:
    """Whether a path means something else on each side."""
    one, other = (plan.space.by_path[path] for plan in plans)
    kinds = one.spec.kind is not other.spec.kind
    return kinds or plans[0].compared.get(one.index) != plans[1].compared.get(other.index)


def _any_different(plans: Pair) -> bool:
    both_have = plans[0].space.by_path.keys() & plans[1].space.by_path.keys()
    return any(_different(plans, path) for path in both_have)


def _taken(plan: Plan, fact: Fact) -> tuple[str, ...]:
    return tuple(str(value) for value, bit in fact.bits.items() if plan.base & bit)


def _touched(found: Joint) -> set[str]:
    """What can be derived otherwise on the two sides: facts that constraints which differ read or
    set, and what hangs on those.
    """
    touched = {
        path
        for side, own in zip(found.sides, found.differing, strict=True)
        for constraint in own
        for path in _derived(side, constraint)
    }
    for side in found.sides:
        for constraint in map(side.constraint, felt(side.plan)):
            paths = set(_derived(side, constraint))
            if any(path in found.apart for path in paths):
                touched |= paths
    return touched


def _derived(side: Side, constraint: Constraint) -> Iterable[str]:
    """Paths of the facts of a constraint that no report settles: those that constraints set, and
    what a calendar says of a fact that a report leaves open.
    """
    for index in {test.fact for test in constraint.tests}:
        spec = side.space.facts[index].spec
        path = spec.path.partition("@")[0]
        derived = spec.origin is Origin.DERIVED
        derived = derived and side.plan.space.by_path[path].index not in side.plan.compared
        by_calendar = constraint.calendar is not None and index == constraint.then.fact
        if derived or by_calendar:
            yield path


def _joined(plans: Pair, apart: frozenset[str]) -> Joint:
    specs: dict[str, FactSpec] = {}
    breaks: dict[str, set[int]] = {}
    names: list[tuple[str, ...]] = []
    for number, plan in enumerate(plans):
        own = []
        for fact in plan.space.facts:
            path = fact.spec.path
            name = f"{path}@{number}" if path in apart else path
            own.append(name)
            crosses = path in apart and _crosses(plans, path)
            for joined in (f"{path}@0", f"{path}@1") if crosses else (name,):
                before = specs.get(joined)
                values = dict.fromkeys((*(before.values if before else ()), *fact.spec.values))
                specs[joined] = replace(fact.spec, path=joined, values=tuple(values))
                breaks.setdefault(joined, set()).update(fact.breaks)
        names.append(tuple(own))
        for fact in _asked(plan):
            specs[STATED + fact.spec.path] = FactSpec(
                STATED + fact.spec.path, Kind.BOOL, (True, False)
            )
    space = Space.build(specs.values(), breaks)
    sides = (Side(plans[0], 0, space, names[0]), Side(plans[1], 1, space, names[1]))
    crossed = (_crossed(plans, sides[0]), _crossed(plans, sides[1]))
    return _with_constraints(sides, crossed, *_told(sides, apart), apart)


def _crosses(plans: Pair, path: str) -> bool:
    """Whether what one side says of a fact can be read by the other."""
    return all(path in plan.space.by_path for plan in plans) and not _different(plans, path)


def _crossed(plans: Pair, side: Side) -> Side:
    """The side as it reads what the other side derived."""
    there = f"@{1 - side.number}"
    names = []
    for fact, name in zip(side.plan.space.facts, side.names, strict=True):
        path, mark, _ = name.partition("@")
        crosses = mark and fact.spec.origin is not Origin.READING and _crosses(plans, path)
        names.append(path + there if crosses else name)
    return Side(side.plan, side.number, side.space, tuple(names))


def _told(sides: tuple[Side, Side], apart: frozenset[str]) -> tuple[int, int]:
    """What both sides can be told, and the same with the readings that both take."""
    known = taken = sides[0].space.unknown
    for side in sides:
        for fact in side.plan.space.facts:
            full = side.fact(fact.index).full
            known &= ~full | side.mask(fact.index, fact.full)
            if fact.spec.origin is Origin.READING:
                base = side.mask(fact.index, side.plan.base & fact.full)
                taken &= ~full | base
                if fact.spec.path in apart:
                    known &= ~full | base
    return known, known & taken


def _with_constraints(
    sides: tuple[Side, Side],
    crossed: tuple[Side, Side],
    known: int,
    taken: int,
    apart: frozenset[str],
) -> Joint:
    own = [[side.constraint(c) for c in felt(side.plan)] for side in sides]
    there = [[side.constraint(c) for c in felt(side.plan)] for side in crossed]
    differing: list[tuple[Constraint, ...]] = []
    region: list[Condition] = []
    for number in (0, 1):
        said = {_says(c, known) for c in there[1 - number]}
        only = [
            (constraint, across)
            for constraint, across in zip(own[number], there[number], strict=True)
            if _says(constraint, known) not in said
        ]
        differing.append(tuple(constraint for constraint, _ in only))
        region += [both([across.when, negate(across.then)]) for _, across in only]
    if _any_different((sides[0].plan, sides[1].plan)):
        region = [ALWAYS]
    return Joint(
        sides[0].space,
        sides,
        crossed,
        known,
        _together(own[0], own[1]),
        _together(own[0], there[1]),
        (differing[0], differing[1]),
        tuple(region),
        taken,
        apart,
    )


def _says(constraint: Constraint, known: int) -> tuple[Condition, int, int]:
    then = constraint.then
    return simplified(constraint.when, known), then.allowed & known, then.denied & known


def _together(one: Iterable[Constraint], other: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """The constraints of both, each once."""
    found = {(c.when, c.then): c for c in (*one, *other)}
    return tuple(replace(c, number=number) for number, c in enumerate(found.values()))


def _asked(plan: Plan) -> list[Fact]:
    """Facts of which some gate asks whether they are stated."""
    gates = [gate for rule in plan.rules for gate in rule.gates]
    gates += [g for r in plan.rules for e in r.exceptions for g in e.asked_when or ()]
    asked = 0
    for gate in gates:
        asked |= gate.facts
    return [fact for fact in plan.space.facts if asked >> fact.index & 1]
