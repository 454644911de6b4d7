"""Whether the scenarios of a ruleset notice that something in it was changed.

What is known of every incident is mostly the same as before. Then only the rules that are
otherwise are evaluated again, on frames that were made once; where a constraint is otherwise,
frames are made again for the incidents that it can say something of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from netralitas_rules.decision.case import groups_of, names_of
from netralitas_rules.decision.outcomes import paths_of
from netralitas_rules.engine.conditions import FALSE, union
from netralitas_rules.engine.evaluate import Evaluator, Status
from netralitas_rules.engine.frames import FactsRefused, Framer, Group
from netralitas_rules.engine.plan import Constraint, Plan, Rule
from netralitas_rules.engine.proving import demands_of
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.link import link
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.scenarios.documents import ExpectDoc
from netralitas_rules.scenarios.reading import Scenario
from netralitas_rules.scenarios.running import run
from netralitas_rules.testing.mutants import Mutant, with_mutant
from netralitas_rules.testing.relinking import Relinker

_PLACES = ("space", "comparisons", "slices", "base", "readings")
"""What frames are made from, beside constraints."""

Seen = Mapping[str, frozenset[tuple[object, ...]]]
"""By rule: its statuses by person, and its sanction rows by person with their values."""


class Verdict(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    REFUSED = "refused"
    """No scenario noticed it, but the loader did."""
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant, and by which scenario it was caught."""

    mutant: Mutant
    verdict: Verdict
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Base:
    """A scenario on the ruleset unchanged."""

    scenario: Scenario
    groups: tuple[Group, ...] | None
    """None where the incident is refused."""
    loose: tuple[int, ...]
    """What is known of every group where no constraint says anything."""
    known: tuple[tuple[int, int], ...]
    """What is known of every group over all its frames, and which facts are stated."""
    seen: Seen
    told: object


class Jury:
    """The scenarios of one ruleset, each run once on it unchanged.

    Raises `ValueError` where one of them does not hold before anything was changed.
    """

    def __init__(self, ruleset: Ruleset, scenarios: Iterable[Scenario]) -> None:
        self._merged = ruleset.merged
        self._relinker = Relinker(ruleset.merged)
        self._plan = self._relinker.plan
        self._rules = {rule.id: rule for rule in self._plan.rules}
        self._caught_by: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._raising: dict[str, list[int]] = defaultdict(list)
        self._turning_on: dict[str, list[int]] = defaultdict(list)
        self._bases: list[_Base] = []
        self._framer, self._evaluator = Framer(self._plan), Evaluator(self._plan)
        self._free = Framer(replace(self._plan, constraints=()))
        for scenario in scenarios:
            self.add(scenario)

    def add(self, scenario: Scenario) -> None:
        """One scenario more. Raises `ValueError` where it does not hold."""
        result = run(scenario)
        if result.differences:
            raise ValueError(f"{scenario} does not hold: {result.differences[0]}")
        plan = self._plan
        groups = _groups(scenario, plan, self._framer)
        free = _groups(scenario, plan, self._free) or ()
        loose = tuple(union(frame.known for frame in group.frames) for group in free)
        known = tuple(
            (union(frame.known for frame in group.frames), union(f.stated for f in group.frames))
            for group in groups or ()
        )
        seen = {} if groups is None else _seen(plan, self._evaluator, groups)
        told = _told(seen, plan, scenario.doc.expect)
        for name in seen:
            self._raising[name].append(len(self._bases))
        for question in scenario.doc.expect.decisive or ():
            self._turning_on[question].append(len(self._bases))
        self._bases.append(_Base(scenario, groups, loose, known, seen, told))

    def trial(self, mutant: Mutant) -> Trial:
        """Run the scenarios that can notice, those first that noticed a change to the same item,
        then those that turn on the question or in which the rule is raised, until one does.
        """
        try:
            plan = self._relinker.plan_of(mutant)
        except (Refused, ValueError):
            return Trial(mutant, Verdict.REFUSED)
        earlier = self._caught_by[mutant.section, mutant.item]
        first = [*earlier, *self._turning_on.get(mutant.item, ())]
        for number in self._noticing(plan, first):
            if number in earlier:
                earlier.remove(number)
            earlier.insert(0, number)
            return Trial(mutant, Verdict.CAUGHT, self._bases[number].scenario.name)
        try:
            link(with_mutant(self._merged, mutant))
        except Refused:
            return Trial(mutant, Verdict.REFUSED)
        return Trial(mutant, Verdict.SURVIVED)

    def _noticing(self, plan: Plan, first: Sequence[int]) -> Iterator[int]:
        """Scenarios whose findings or paths are otherwise under another plan."""
        same = all(getattr(plan, name) == getattr(self._plan, name) for name in _PLACES)
        same = same and demands_of(plan) == demands_of(self._plan)
        differing = _differing(plan, self._plan) if same else []
        changed = {rule.id: rule for rule in self._changed(plan)}
        if same and not differing and not changed:
            return
        framer = Framer(plan) if differing or not same else self._framer
        alone = {r.id: Evaluator(replace(plan, rules=(r,))) for r in changed.values()}
        every = Evaluator(plan)
        raising = {number for name in changed for number in self._raising[name]}
        for number in dict.fromkeys([*first, *sorted(raising), *range(len(self._bases))]):
            base = self._bases[number]
            again = not same or any(_speaks(c, base.loose) for c in differing)
            groups = _groups(base.scenario, plan, framer) if again else base.groups
            if groups is None or base.groups is None:
                if (groups is None) != (base.groups is None):
                    yield number
                continue
            if again:
                seen = _seen(plan, every, groups)
            else:
                found: dict[str, frozenset[tuple[object, ...]]] = {}
                for name, rule in changed.items():
                    if any(rule.governs(k) and rule.raised(k, s) for k, s in base.known):
                        found |= _seen(plan, alone[name], groups)
                if all(found.get(name) == base.seen.get(name) for name in changed):
                    continue
                seen = {name: part for name, part in base.seen.items() if name not in changed}
                seen |= found
            if _told(seen, plan, base.scenario.doc.expect) != base.told:
                yield number

    def _changed(self, plan: Plan) -> Iterator[Rule]:
        """Rules that are otherwise, or whose sanction rows are."""
        for rule in plan.rules:
            name = rule.id
            if rule != self._rules.get(name) or plan.rows.get(name) != self._plan.rows.get(name):
                yield rule


def _differing(one: Plan, other: Plan) -> list[Constraint]:
    """The constraints that only one of them has."""
    mine, theirs = ({(c.when, c.then): c for c in plan.constraints} for plan in (one, other))
    return [(mine | theirs)[key] for key in mine.keys() ^ theirs.keys()]


def _speaks(constraint: Constraint, loose: Sequence[int]) -> bool:
    """Whether a constraint can say something of one of these groups."""
    return any(
        known & constraint.then.denied and constraint.when.value(known) != FALSE for known in loose
    )


def _groups(scenario: Scenario, plan: Plan, framer: Framer) -> tuple[Group, ...] | None:
    """What is known of every person, act and beneficiary; None where the facts are refused."""
    known = plan.base_on(scenario.as_of, scenario.doc.readings)
    names = names_of(scenario.incident)
    try:
        found = groups_of(framer, scenario.incident, names, as_of=scenario.as_of, base=known)
    except FactsRefused:
        return None
    return tuple(found)


def _seen(
    plan: Plan, evaluator: Evaluator, groups: Sequence[Group]
) -> dict[str, frozenset[tuple[object, ...]]]:
    """What the rules of an evaluator come to."""
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    results = evaluator.results(groups)
    for result in results:
        found[result.rule.id].add((result.group.subject, result.status))
        opening = [] if result.rule.id not in plan.rows else [result]
        for path in paths_of(plan, opening, evaluator.row_value):
            shown = (path.row.regime, path.row.level, path.row.allow)
            found[result.rule.id].add((path.subject, path.row.id, path.value, shown))
    return {name: frozenset(parts) for name, parts in found.items()}


def _told(seen: Seen, plan: Plan, expect: ExpectDoc) -> object:
    """What of it a scenario compares: the strongest status and value by person, and of a row as
    much as is written.
    """
    statuses: dict[tuple[str, object], Status] = {}
    values: dict[tuple[object, object], int] = {}
    for name, parts in seen.items():
        for part in parts:
            match part:
                case (subject, Status() as status):
                    key = (name, subject)
                    statuses[key] = max(statuses.get(key, status), status)
                case (subject, row, int(value), _):
                    values[row, subject] = max(values.get((row, subject), value), value)
    rows = {row.id: row for own in plan.rows.values() for row in own}
    details = []
    for row_id in {str(row) for row, _ in values}:
        row, written = rows[row_id], str(expect.paths.get(row_id, "")).count(" ")
        kinds = sorted(row.allow) if row_id in expect.sanctions else None
        words = (row.regime if written else None, row.level if written > 1 else None)
        details.append((row_id, *words, kinds))
    shown = {key: s for key, s in statuses.items() if s is not Status.NOT_MET}
    return shown, values, sorted(details, key=str)
