"""What a report comes to under every reading of the open questions of law.

Settled in law is what every combination of readings of every question gives alike, also of those
that the ruleset or an overlay has taken: an institution that fixes a reading binds itself, it does
not settle the law. Exact, but where it says that it was cut.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.reads import chosen_by
from netralitas_rules.decision.turning import Turning
from netralitas_rules.engine.conditions import union
from netralitas_rules.engine.evaluate import ResultKey
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.facts.space import READING_PREFIX
from netralitas_rules.inquiry import readings_model as r
from netralitas_rules.inquiry.diagrams import (
    Choices,
    Diagram,
    Leaf,
    TooLarge,
    asked,
    at,
    leaves,
    minimal,
    smallest,
)
from netralitas_rules.inquiry.truths import Truths
from netralitas_rules.inquiry.worlds import PATH_WORDS, Combinations, PathKey, World, Worlds
from netralitas_rules.law.model import RuleKind

MAX_BASES = 8
"""Choices of readings of which something is remembered."""
MAX_SHOWN = 50
"""Combinations that are shown."""
MAX_SETS = 200
"""Smallest combinations that are kept for one status of one finding, path or outcome."""

_KINDS = (RuleKind.VIOLATION, RuleKind.CONSEQUENCE, RuleKind.PERMISSION)
_NOT_MET: Diagram[m.FindingStatus] = Leaf(m.FindingStatus.NOT_MET)
Departures = frozenset[tuple[int, int]]
"""Questions with the choice by which they depart from what is taken."""


class ReadingsBuilder:
    """Says what evaluated cases come to under every reading; it remembers what several have in
    common.
    """

    def __init__(self, turning: Turning) -> None:
        self.turning = turning
        self._truths: dict[int, Truths] = {}
        plan = turning.plan
        self._fields = union(plan.space.facts[index].full for index in plan.readings)

    def readings(self, case: Case) -> r.Readings:
        """What a case comes to under every reading."""
        base = case.base & self._fields
        truths = self._truths.get(base)
        if truths is None:
            if len(self._truths) >= MAX_BASES:
                self._truths.clear()
            truths = self._truths[base] = Truths(self.turning, base)
        return _Reader(truths, case).readings()


@dataclass(frozen=True, slots=True)
class _Item:
    """A finding, a path or an outcome."""

    name: Mapping[str, Any]
    """The names of what it is, as its values begin with them."""
    diagrams: Mapping[Worlds, Diagram[Any]]
    """By world; empty where they grew too large."""
    value: Callable[[World, Choices], Any]
    before: Any
    """What it is in the decision."""

    moves: bool
    """Whether some reading may change it."""

    def at(self, chosen: Worlds, world: World, choices: Choices) -> Any:
        """What it is in a world, by these choices."""
        if self.diagrams:
            return at(self.diagrams[chosen], choices).value
        return self.value(world, choices)

    @property
    def key(self) -> tuple[Any, ...]:
        """Items of one key come to the same everywhere."""
        return self.before, *map(id, self.diagrams.values())


class _Reader:
    def __init__(self, truths: Truths, case: Case) -> None:
        self.plan = truths.turning.plan
        self.case = case
        self.truths = truths
        self.all = Combinations(truths, case)
        self.cut = self.all.cut
        self.worlds = {w: world for w, world in self.all.worlds.items() if world is not None}
        self.findings = list(self._findings())
        self.paths = list(self._paths())
        self.outcomes = list(self._outcomes())

    # -- what there is

    def _findings(self) -> Iterator[_Item]:
        kinds = {rule.id: _KINDS.index(rule.kind) for rule in self.plan.rules}
        own = self.worlds[self.all.base].findings
        order = {key: number for number, key in enumerate(own)}
        every = dict.fromkeys(key for world in self.worlds.values() for key in world.findings)
        for key in sorted(every, key=lambda k: (kinds[k[0]], order.get(k, len(order)))):

            def diagram(world: World, key: ResultKey = key) -> Diagram[m.FindingStatus]:
                return world.findings.get(key, _NOT_MET)

            def value(world: World, choices: Choices, key: ResultKey = key) -> m.FindingStatus:
                return at(world.findings.get(key, _NOT_MET), choices).value

            yield self._item(self._named(key), diagram, value)

    def _paths(self) -> Iterator[_Item]:
        for key in dict.fromkeys(key for world in self.worlds.values() for key in world.paths):
            row, subject = key

            def path(world: World, key: PathKey = key) -> Diagram[int]:
                return world.path(key)

            def path_at(world: World, choices: Choices, key: PathKey = key) -> int:
                return world.path_at(key, choices)

            name = {"id": row, "subject": self.case.names[0][subject]}
            yield self._item(name, path, path_at)

    def _outcomes(self) -> Iterator[_Item]:
        for number, name in enumerate(self.case.names[0]):

            def outcome(world: World, number: int = number) -> Diagram[m.Outcome]:
                return world.outcome(number)

            def outcome_at(world: World, choices: Choices, number: int = number) -> m.Outcome:
                return world.outcome_at(number, choices)

            yield self._item({"subject": name}, outcome, outcome_at)

    def _item(
        self,
        name: Mapping[str, Any],
        diagram: Callable[[World], Diagram[Any]],
        value: Callable[[World, Choices], Any],
    ) -> _Item:
        found: dict[Worlds, Diagram[Any]] = {}
        try:
            for chosen, world in self.worlds.items():
                found[chosen] = diagram(world)
        except TooLarge:
            found = {}
            self.cut = True
        before = value(self.worlds[self.all.base], self.truths.taken)
        moves = not found or any(own != Leaf(before) for own in found.values())
        return _Item(name, found, value, before, moves)

    def _named(self, key: ResultKey) -> Mapping[str, str | None]:
        """Rule, subject, act and beneficiary, as a finding of a decision names them."""
        group = next(w.groups[key] for w in self.worlds.values() if key in w.groups)
        subject, act, beneficiary = self.case.whose(group)
        return {"id": key[0], "subject": subject, "act": act, "beneficiary": beneficiary}

    # -- what is said of it

    def readings(self) -> r.Readings:
        """All of it, in the order of the decision."""
        questions = tuple(self._questions())
        together = tuple(self._together())
        outcomes = tuple(
            r.OutcomeInLaw(**item.name, outcome=item.before, settled=settled, possible=found)
            for item, settled, found in self._in_law(self.outcomes)
        )
        findings = tuple(
            r.FindingInLaw(**item.name, status=item.before, settled=settled, possible=found)
            for item, settled, found in self._in_law(self.findings)
        )
        paths = tuple(
            r.PathInLaw(
                **item.name,
                status=PATH_WORDS[item.before],
                settled=settled,
                possible=tuple(PATH_WORDS[value] for value in found),
            )
            for item, settled, found in self._in_law(self.paths)
        )
        return r.Readings(questions, together, outcomes, findings, paths, self.cut)

    def _in_law(self, items: Iterable[_Item]) -> Iterator[tuple[_Item, bool, tuple[Any, ...]]]:
        """Whether each is settled in law, and all that it can be."""
        for item in items:
            if not item.moves and not self.all.cut:
                yield item, True, (item.before,)
                continue
            found: dict[Any, None] = {}
            whole = bool(item.diagrams)
            for chosen, diagram in item.diagrams.items():
                if self._all_taken(chosen):
                    for leaf in leaves(diagram, self.truths.counts):
                        found[leaf.value] = None
                        whole = whole and leaf.whole
            self.cut = self.cut or not whole
            settled = whole and not self.all.cut and list(found) == [item.before]
            yield item, settled, tuple(sorted(found, key=_strength))

    def _all_taken(self, chosen: Worlds) -> bool:
        """Whether a world has a reading of every question that makes it."""
        counts = self.truths.counts
        return all(n < counts[i] for i, n in zip(self.all.varied, chosen, strict=True))

    def _questions(self) -> Iterator[r.QuestionReadings]:
        moving = [i for i in (*self.findings, *self.paths, *self.outcomes) if i.moves]
        read = set(self.all.varied)
        for item in moving:
            for diagram in item.diagrams.values():
                read |= asked(diagram)
            if not item.diagrams:
                read |= set(self.plan.readings)
        for index in sorted(read):
            under = [self._under({(index, number)}) for number in range(self.truths.counts[index])]
            if any(u.findings or u.paths or self._differs(u) for u in under):
                yield self._question(self.plan.space.facts[index], under)

    def _differs(self, under: r.Under) -> bool:
        """Whether an outcome is otherwise."""
        before = tuple(m.SubjectOutcome(**i.name, outcome=i.before) for i in self.outcomes)
        return not under.excluded and under.outcomes != before

    def _question(self, fact: Fact, under: Iterable[r.Under]) -> r.QuestionReadings:
        question = self.plan.questions[fact.spec.path.removeprefix(READING_PREFIX)]
        taken = fact.decode(self.case.base)
        definite = len(taken) == 1
        by = chosen_by(self.case, fact) if definite else ""
        fixed = question.fixed
        since = fixed.first if fixed is not None and by == fixed.decision else None
        return r.QuestionReadings(
            question.id,
            str(taken[0]) if definite else None,
            by,
            since.isoformat() if since is not None else None,
            tuple(under),
        )

    def _under(self, departures: Iterable[tuple[int, int]]) -> r.Under:
        """What the case comes to by these choices, all others as taken."""
        chosen = dict(departures)
        facts = self.plan.space.facts
        readings = tuple(
            r.Choice(
                facts[index].spec.path.removeprefix(READING_PREFIX),
                str(facts[index].decode(self.truths.bits[index][number])[0]),
            )
            for index, number in sorted(chosen.items())
        )
        choices = {**self.truths.taken, **chosen}
        worlds = tuple(choices[index] for index in self.all.varied)
        world = self.worlds.get(worlds)
        if world is None:
            return r.Under(readings, (), (), (), excluded=True)
        return r.Under(
            readings,
            tuple(
                m.SubjectOutcome(
                    **i.name, outcome=i.at(worlds, world, choices) if i.moves else i.before
                )
                for i in self.outcomes
            ),
            tuple(
                r.FindingChange(**item.name, before=item.before, after=after)
                for item, after in _changed(self.findings, worlds, world, choices)
            ),
            tuple(
                r.PathChange(**item.name, before=PATH_WORDS[item.before], after=PATH_WORDS[after])
                for item, after in _changed(self.paths, worlds, world, choices)
            ),
        )

    def _together(self) -> Iterator[r.Under]:
        """Smallest sets of several departures that bring something no part of them does."""
        found: dict[Departures, None] = {}
        items = {i.key: i for i in (*self.outcomes, *self.findings, *self.paths)}
        for item in items.values():
            if item.moves:
                found |= dict.fromkeys(d for d in self._smallest(item) if len(d) > 1)
        shown = sorted(found, key=lambda d: (len(d), sorted(d)))
        self.cut = self.cut or len(shown) > MAX_SHOWN
        return map(self._under, shown[:MAX_SHOWN])

    def _smallest(self, item: _Item) -> Iterator[Departures]:
        """Smallest sets of departures by value that the item comes to."""
        by_value: dict[Any, list[Departures]] = {}
        for chosen, diagram in item.diagrams.items():
            own = [
                (index, number)
                for index, number, as_taken in zip(
                    self.all.varied, chosen, self.all.base, strict=True
                )
                if number != as_taken
            ]
            found, cut = smallest(diagram, self.truths.taken, MAX_SETS)
            self.cut = self.cut or cut
            for value, sets in found.items():
                if value != item.before:
                    by_value.setdefault(value, []).extend(one.union(own) for one in sets)
        for sets in by_value.values():
            yield from minimal(sets)


def _strength(value: m.Outcome | m.FindingStatus | int) -> int:
    """The place of a value among its like."""
    return value if isinstance(value, int) else list[str](type(value)).index(value)


def _changed(
    items: Iterable[_Item], worlds: Worlds, world: World, choices: Choices
) -> Iterator[tuple[_Item, Any]]:
    """What is otherwise by these choices, and what it is then."""
    for item in items:
        if item.moves:
            after = item.at(worlds, world, choices)
            if after != item.before:
                yield item, after
