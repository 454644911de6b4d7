"""Whether the scenarios of a ruleset notice that something in it was changed.

Most changes touch a few rules. What is known of every incident is then the same as before: only
those rules are evaluated again, on frames that were made once. Decisions are made in full only
where the outcome could turn on another question.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from netralitas_rules.decision.case import groups_of, names_of
from netralitas_rules.decision.outcomes import paths_of
from netralitas_rules.engine.evaluate import Evaluator, Status
from netralitas_rules.engine.frames import FactsRefused, Framer, Group
from netralitas_rules.engine.plan import Plan, Rule
from netralitas_rules.facts.space import READING_PREFIX
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.link import link
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.scenarios.documents import ExpectDoc
from netralitas_rules.scenarios.reading import Scenario
from netralitas_rules.scenarios.running import run
from netralitas_rules.testing.mutants import Mutant, with_mutant

_PLACES = ("space", "constraints", "comparisons", "slices", "base", "readings")
"""What frames are made from."""

Seen = Mapping[str, frozenset[tuple[object, ...]]]
"""By rule: its statuses by person, and the values of its sanction rows by person."""


class Verdict(StrEnum):
    """What became of a mutant."""

    REFUSED = "refused"
    """The loader noticed it."""
    CAUGHT = "caught"
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
    seen: Seen


class Jury:
    """The scenarios of one ruleset, each run once on it unchanged.

    Raises `ValueError` where one of them does not hold before anything was changed.
    """

    def __init__(self, ruleset: Ruleset, scenarios: Iterable[Scenario]) -> None:
        self._ruleset = ruleset
        self._plan = ruleset.plan
        self._rules = {rule.id: rule for rule in self._plan.rules}
        self._caught_by: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._raising: dict[str, list[int]] = defaultdict(list)
        self._bases: list[_Base] = []
        framer, evaluator = Framer(self._plan), Evaluator(self._plan)
        for number, scenario in enumerate(scenarios):
            result = run(scenario)
            if result.differences:
                raise ValueError(f"{scenario} does not hold: {result.differences[0]}")
            groups = _groups(scenario, self._plan, framer)
            seen = {} if groups is None else _seen(self._plan, evaluator, groups)
            self._bases.append(_Base(scenario, groups, seen))
            for name in seen:
                self._raising[name].append(number)

    def trial(self, mutant: Mutant) -> Trial:
        """Run the scenarios that can notice, those first that noticed a change to the same item."""
        try:
            plan = link(with_mutant(self._ruleset, mutant))
        except (Refused, ValueError):
            return Trial(mutant, Verdict.REFUSED)
        earlier = self._caught_by[mutant.section, mutant.item]
        for number in self._noticing(plan, earlier):
            if number in earlier:
                earlier.remove(number)
            earlier.insert(0, number)
            return Trial(mutant, Verdict.CAUGHT, self._bases[number].scenario.name)
        by = self._by_questions(mutant)
        return Trial(mutant, Verdict.CAUGHT if by else Verdict.SURVIVED, by)

    def _noticing(self, plan: Plan, earlier: Sequence[int]) -> Iterator[int]:
        """Scenarios whose findings or paths are otherwise under another plan."""
        same = all(getattr(plan, name) == getattr(self._plan, name) for name in _PLACES)
        changed = list(self._changed(plan)) if same else list(plan.rules)
        if not changed:
            return
        evaluator = Evaluator(replace(plan, rules=tuple(changed)))
        framer = Framer(plan)
        own = {rule.id for rule in changed}
        raising = {number for name in own for number in self._raising[name]}
        everything = range(len(self._bases))
        for number in dict.fromkeys([*earlier, *sorted(raising), *everything]):
            base = self._bases[number]
            groups = base.groups if same else _groups(base.scenario, plan, framer)
            if groups is None or base.groups is None:
                if (groups is None) != (base.groups is None):
                    yield number
                continue
            seen = {name: part for name, part in base.seen.items() if name not in own}
            seen |= _seen(plan, evaluator, groups)
            expect = base.scenario.doc.expect
            if _told(seen, plan, expect) != _told(base.seen, self._plan, expect):
                yield number

    def _changed(self, plan: Plan) -> Iterator[Rule]:
        """Rules that are otherwise, or whose sanction rows are."""
        for rule in plan.rules:
            name = rule.id
            if rule != self._rules.get(name) or plan.rows.get(name) != self._plan.rows.get(name):
                yield rule

    def _by_questions(self, mutant: Mutant) -> str:
        """A scenario whose decisive questions are otherwise; those are told by whole decisions."""
        item = self._ruleset.merged.sections[mutant.section][mutant.item]
        if READING_PREFIX not in str(item.raw):
            return ""
        changed = Ruleset(with_mutant(self._ruleset, mutant))
        for number in self._raising.get(mutant.item, ()):
            scenario = self._bases[number].scenario
            if scenario.doc.expect.decisive is None:
                continue
            if run(replace(scenario, ruleset=changed)).differences:
                return scenario.name
        return ""


def _groups(scenario: Scenario, plan: Plan, framer: Framer) -> tuple[Group, ...] | None:
    """What is known of every person, act and beneficiary; None where the facts are refused."""
    known = plan.base_on(scenario.as_of)
    for question, reading in scenario.doc.readings.items():
        fact = plan.space.by_path[READING_PREFIX + question]
        known = known & ~fact.full | fact.bits[reading]
    names = names_of(scenario.incident)
    try:
        found = groups_of(framer, scenario.incident, names, as_of=scenario.as_of, base=known)
    except FactsRefused:
        return None
    return tuple(found)


def _seen(plan: Plan, evaluator: Evaluator, groups: Sequence[Group]) -> Seen:
    """What the rules of an evaluator come to."""
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    results = evaluator.results(groups)
    for result in results:
        found[result.rule.id].add((result.group.subject, result.status))
        opening = [] if result.rule.id not in plan.rows else [result]
        for path in paths_of(plan, opening, evaluator.row_value):
            found[result.rule.id].add((path.subject, path.row.id, path.value))
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
                case (subject, row, int(value)):
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
