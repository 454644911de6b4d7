"""What a report comes to under every reading of the open questions of law.

Settled in law is what every combination of readings of every question gives alike, also of those
that the ruleset or an overlay has taken: an institution that fixes a reading binds itself, it does
not settle the law. Exact, but where it says that it was cut.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.reads import chosen_by
from netralitas_rules.decision.turning import Turning
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
    depth,
    leaves,
    ways,
)
from netralitas_rules.inquiry.worlds import PATH_WORDS, Combinations, PathKey, World, Worlds
from netralitas_rules.law.model import RuleKind

MAX_TOGETHER = 4
"""Questions of one combination that is shown."""
MAX_SHOWN = 50
"""Combinations that are shown."""
MAX_WAYS = 4096
"""Ways that are looked at for one finding, path or outcome in one world."""

_KINDS = (RuleKind.VIOLATION, RuleKind.CONSEQUENCE, RuleKind.PERMISSION)
_NOT_MET: Diagram[m.FindingStatus] = Leaf(m.FindingStatus.NOT_MET)
Departures = frozenset[tuple[int, int]]
"""Questions with the choice by which they depart from what is taken."""


def readings_of(turning: Turning, case: Case) -> r.Readings:
    """What an evaluated case comes to under every reading."""
    return _Reader(turning, case).readings()


@dataclass(frozen=True, slots=True)
class _Item:
    """A finding, a path or an outcome."""

    name: tuple[Any, ...]
    """The names of what it is, as its values begin with them."""
    diagrams: Mapping[Worlds, Diagram[Any]]
    """By world; empty where they grew too large."""
    value: Callable[[World, Choices], Any]
    before: Any
    """What it is in the decision."""

    @property
    def moves(self) -> bool:
        """Whether some reading may change it."""
        return not self.diagrams or any(d != Leaf(self.before) for d in self.diagrams.values())


class _Reader:
    def __init__(self, turning: Turning, case: Case) -> None:
        self.plan = turning.plan
        self.case = case
        self.all = Combinations(turning, case)
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

            yield self._item((row, self.case.names[0][subject]), path, path_at)

    def _outcomes(self) -> Iterator[_Item]:
        for number, name in enumerate(self.case.names[0]):

            def outcome(world: World, number: int = number) -> Diagram[m.Outcome]:
                return world.outcome(number)

            def outcome_at(world: World, choices: Choices, number: int = number) -> m.Outcome:
                return world.outcome_at(number, choices)

            yield self._item((name,), outcome, outcome_at)

    def _item(
        self,
        name: tuple[Any, ...],
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
        return _Item(name, found, value, value(self.worlds[self.all.base], self.all.taken))

    def _named(self, key: ResultKey) -> tuple[str, str, str | None, str | None]:
        rule, subject, act, beneficiary = key
        subjects, acts, beneficiaries = self.case.names
        return (
            rule,
            subjects[subject],
            None if act is None else acts[act],
            None if beneficiary is None else beneficiaries[beneficiary],
        )

    # -- what is said of it

    def readings(self) -> r.Readings:
        """All of it, in the order of the decision."""
        questions = tuple(self._questions())
        together = tuple(self._together())
        return r.Readings(
            questions,
            together,
            tuple(r.OutcomeInLaw(*i.name, i.before, *self._in_law(i)) for i in self.outcomes),
            tuple(r.FindingInLaw(*i.name, i.before, *self._in_law(i)) for i in self.findings),
            tuple(
                r.PathInLaw(
                    *i.name, PATH_WORDS[i.before], settled, tuple(PATH_WORDS[v] for v in found)
                )
                for i in self.paths
                for settled, found in (self._in_law(i),)
            ),
            self.cut,
        )

    def _in_law(self, item: _Item) -> tuple[bool, tuple[Any, ...]]:
        """Whether it is settled in law, and all that it can be."""
        counts = self.all.counts
        found: dict[Any, None] = {}
        whole = bool(item.diagrams)
        for chosen, diagram in item.diagrams.items():
            if self._all_taken(chosen):
                for leaf in leaves(diagram, counts):
                    found[leaf.value] = None
                    whole = whole and leaf.whole
        self.cut = self.cut or not whole
        settled = whole and not self.all.cut and list(found) == [item.before]
        return settled, tuple(sorted(found, key=_strength))

    def _all_taken(self, chosen: Worlds) -> bool:
        """Whether a world has a reading of every question that makes it."""
        counts = self.all.counts
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
            under = [self._under({(index, number)}) for number in range(self.all.counts[index])]
            if any(u.findings or u.paths or self._differs(u) for u in under):
                yield self._question(self.plan.space.facts[index], under)

    def _differs(self, under: r.Under) -> bool:
        """Whether an outcome is otherwise."""
        before = tuple(m.SubjectOutcome(*i.name, i.before) for i in self.outcomes)
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
                str(facts[index].decode(self.all.bits[index][number])[0]),
            )
            for index, number in sorted(chosen.items())
        )
        choices = {**self.all.taken, **chosen}
        world = self.worlds.get(tuple(choices[index] for index in self.all.varied))
        if world is None:
            return r.Under(readings, (), (), (), excluded=True)
        return r.Under(
            readings,
            tuple(
                m.SubjectOutcome(*i.name, i.value(world, choices) if i.moves else i.before)
                for i in self.outcomes
            ),
            tuple(
                r.FindingChange(*item.name, item.before, after)
                for item, after in _changed(self.findings, world, choices)
            ),
            tuple(
                r.PathChange(*item.name, PATH_WORDS[item.before], PATH_WORDS[after])
                for item, after in _changed(self.paths, world, choices)
            ),
        )

    def _together(self) -> Iterator[r.Under]:
        """Smallest sets of several departures that bring something no part of them does."""
        found: dict[Departures, None] = {}
        for item in (*self.outcomes, *self.findings, *self.paths):
            if item.moves:
                found |= dict.fromkeys(d for d in self._smallest(item) if len(d) > 1)
        shown = sorted(found, key=lambda d: (len(d), sorted(d)))
        self.cut = self.cut or len(shown) > MAX_SHOWN
        return map(self._under, shown[:MAX_SHOWN])

    def _smallest(self, item: _Item) -> Iterator[Departures]:
        """Smallest sets of departures by value that the item comes to."""
        by_value: dict[Any, list[Departures]] = {}
        taken, base = self.all.taken, self.all.base
        for chosen, diagram in item.diagrams.items():
            own = frozenset(
                (index, number)
                for index, number, as_taken in zip(self.all.varied, chosen, base, strict=True)
                if number != as_taken
            )
            most = MAX_TOGETHER - len(own)
            if most < 0:
                continue
            every = list(islice(ways(diagram, taken, most), MAX_WAYS + 1))
            self.cut = self.cut or len(every) > MAX_WAYS or depth(diagram) > most
            for departures, leaf in every[:MAX_WAYS]:
                if leaf.value != item.before:
                    by_value.setdefault(leaf.value, []).append(own | set(departures))
        for sets in by_value.values():
            smallest: list[Departures] = []
            for one in sorted(sets, key=len):
                if not any(other <= one for other in smallest):
                    smallest.append(one)
            yield from smallest


def _strength(value: m.Outcome | m.FindingStatus | int) -> int:
    """The place of a value among its like."""
    return value if isinstance(value, int) else list[str](type(value)).index(value)


def _changed(items: Iterable[_Item], world: World, choices: Choices) -> Iterator[tuple[_Item, Any]]:
    """What is otherwise by these choices, and what it is then."""
    for item in items:
        if item.moves:
            after = item.value(world, choices)
            if after != item.before:
                yield item, after
