"""Facts that could settle what is open."""

from collections.abc import Iterable, Iterator, Sequence

from netralitas_rules.decision import model as m
from netralitas_rules.decision.contests import Hours
from netralitas_rules.engine.conditions import OPEN, Condition, Test, facts_of, tests_of
from netralitas_rules.engine.evaluate import Result, Status
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan, Rule, SanctionRow
from netralitas_rules.facts.space import ACT_DATE, Origin

OpenPath = tuple[SanctionRow, Sequence[Result]]
"""A sanction row that may follow, and the results it may follow from."""
Asked = tuple[tuple[Condition, tuple[Test, ...]], ...]
"""Conditions with their tests."""
_OPEN = (Status.OPEN, Status.ELEMENTS_MET)


class OpenFacts:
    """Finds the facts that an incident can state and that something open waits for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._act_date = plan.space.by_path[ACT_DATE].index
        self._statable = tuple(_statable(plan, fact) for fact in plan.space.facts)
        """Per fact, what an incident can state of it."""
        self._waiting = {
            row.id: _with_tests([row.when]) for rows in plan.rows.values() for row in rows
        }
        self._asked: dict[tuple[str, int], Asked] = {}
        self._hours = Hours(plan)

    def settle(
        self,
        violations: Sequence[Result],
        permissions: Sequence[Result],
        paths: Sequence[OpenPath | None],
    ) -> tuple[m.OpenFact, ...]:
        """Facts that could settle an open violation, a permission that is still open, or a
        sanction path; `paths` has None for those that are settled.
        """
        found: dict[str, tuple[list[int], list[int], list[int]]] = {}
        for kind, results in enumerate((violations, permissions)):
            for number, result in enumerate(results):
                if result.status in _OPEN:
                    for name in self.of(result):
                        found.setdefault(name, ([], [], []))[kind].append(number)
        for number, path in enumerate(paths):
            if path is not None:
                for name in self._of_path(*path):
                    found.setdefault(name, ([], [], []))[2].append(number)
        return tuple(
            m.OpenFact(name, *(tuple(numbers) for numbers in waiting))
            for name, waiting in found.items()
        )

    def _of_path(self, row: SanctionRow, results: Sequence[Result]) -> dict[str, None]:
        """What the row itself waits for."""
        open_facts: dict[int, None] = {}
        conditions = self._waiting[row.id]
        for result in results:
            for item in result.in_frames:
                if item.status and item.status is not Status.NOT_MET:
                    self._note_open(open_facts, conditions, item.frame.known)
        return {name: None for index in open_facts for name in self._statable[index]}

    def of(self, result: Result) -> dict[str, None]:
        """Paths of the facts that a result waits for."""
        open_facts: dict[int, None] = {}
        for item in result.in_frames:
            if item.status not in _OPEN:
                continue
            conditions = self._conditions(result.rule, item.considered)
            self._note_open(open_facts, conditions, item.frame.known)
        if len(result.in_frames) > 1 and len({f.status for f in result.in_frames}) > 1:
            open_facts |= dict.fromkeys(self._deciding_frames(result))
        return {path: None for index in open_facts for path in self._statable[index]}

    def _conditions(self, rule: Rule, considered: int) -> Asked:
        """Elements and the exceptions that are brought up, with their tests."""
        key = (rule.id, considered)
        found = self._asked.get(key)
        if found is None:
            exceptions = [e.condition(bits) for e, bits in rule.brought_up(considered) if bits]
            conditions = (*(e.condition for e in rule.elements), *exceptions)
            found = self._asked[key] = _with_tests(conditions)
        return found

    def _note_open(self, found: dict[int, None], conditions: Asked, known: int) -> None:
        """The facts that open tests of open conditions read."""
        read: dict[int, None] = {}
        for condition, tests in conditions:
            if condition.value(known) == OPEN:
                for test in tests:
                    if known & test.allowed and known & test.denied:
                        read[test.fact] = None
        found |= self._hours.instead(read, known)

    def _deciding_frames(self, result: Result) -> Iterator[int]:
        """Facts that tell apart frames of different status: those behind the body of law, and the
        date of the act where one body of law has several statuses.
        """
        space, by_law = self.plan.space, dict[int, set[Status | None]]()
        under = facts_of(result.rule.under)
        law = sum(space.facts[index].full for index in under)
        possible = 0
        for item in result.in_frames:
            possible |= item.frame.known
            by_law.setdefault(item.frame.known & law, set()).add(item.status)
        if any(len(statuses) > 1 for statuses in by_law.values()):
            yield self._act_date
        if len(by_law) > 1:
            for path in dict.fromkeys(p for index in under for p in self._statable[index]):
                fact = space.by_path[path]
                if (possible & fact.full).bit_count() > 1:
                    yield fact.index


def _statable(plan: Plan, fact: Fact) -> tuple[str, ...]:
    """The fact itself, or the facts from which a derived one follows."""
    if fact.spec.origin is Origin.READING:
        return ()
    if fact.spec.origin is not Origin.DERIVED:
        return (fact.spec.path,)
    return plan.sources.get(fact.index, ())


def _with_tests(conditions: Iterable[Condition]) -> Asked:
    return tuple((condition, tuple(tests_of(condition))) for condition in conditions)
