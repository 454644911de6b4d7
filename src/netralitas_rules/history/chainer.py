"""The chainer that decides: what follows from records, until nothing new does.

Facts are taken up one after the other. Each is tried at every premise that it fits, and joined
there with facts taken up before it; so every combination is found once, when the last of its facts
is taken up. Facts are looked up by the fields that a premise shares with what is already bound.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import eq

from netralitas_rules.history.model import (
    Activation,
    ChainCode,
    Chained,
    RecordFact,
    check,
    derived_id,
)
from netralitas_rules.law.history import BASE_RECORDS, Derivation, Pattern, Term, Variable
from netralitas_rules.loading.diagnostics import Diagnostic, Refused

MAX_RECORDS = 5_000
MAX_DERIVED = 50_000
MAX_WORK = 500_000
"""Facts tried at a premise: some two seconds."""

_Index = tuple[str, tuple[str, ...]]
"""A kind, and the fields that its facts are looked up by."""
_Values = dict[str, str]


def chain(
    derivations: Iterable[Derivation],
    facts: Iterable[RecordFact],
    *,
    vocabulary: Mapping[str, frozenset[str]] = BASE_RECORDS,
) -> Chained:
    """What follows from base records by these derivations, as `Chainer` finds it."""
    return Chainer(derivations, vocabulary=vocabulary).chain(facts)


class Chainer:
    """Derivations made ready to be applied. Frozen: one serves any number of files.

    The derivations are taken as linked: what they conclude binds no variable of its own, and is of
    no kind that base records have (`vocabulary`).
    """

    def __init__(
        self,
        derivations: Iterable[Derivation],
        *,
        vocabulary: Mapping[str, frozenset[str]] = BASE_RECORDS,
    ) -> None:
        self.vocabulary = vocabulary
        self.joins: dict[str, list[_Join]] = {}
        """By the kind of a fact every derivation from the side of a premise that it may fit."""
        self.indexes: dict[str, list[_Index]] = {}
        for derivation in sorted(derivations, key=_id):
            for number, premise in enumerate(derivation.premises):
                join = _join(derivation, number)
                self.joins.setdefault(premise.kind, []).append(join)
                for other in join.others:
                    known = self.indexes.setdefault(other.index[0], [])
                    if other.index not in known:
                        known.append(other.index)

    def chain(self, facts: Iterable[RecordFact], *, onto: Chained | None = None) -> Chained:
        """What follows from base records; with `onto`, from these and those that it came from
        together, without finding again what it holds. Raises `Refused`.
        """
        new = sorted(facts, key=_fact_id)
        given = new if onto is None else sorted((*onto.base, *new), key=_fact_id)
        if len(given) > MAX_RECORDS:
            raise _refused(
                ChainCode.TOO_MANY_RECORDS,
                "there are more records than one person's file can have",
                f"at most {MAX_RECORDS:,} records",
                f"{len(given):,}",
            )
        check(given, self.vocabulary)
        return _Chaining(self, given, new, onto).run()


def _id(derivation: Derivation) -> str:
    return derivation.id


def _fact_id(fact: RecordFact) -> str:
    return fact.id


def _in_turn(activation: Activation) -> tuple[str, tuple[str, ...]]:
    return activation.derivation, activation.premises


def _refused(code: ChainCode, message: str, expected: str, found: str) -> Refused:
    return Refused(
        [
            Diagnostic(
                code,
                message,
                expected=expected,
                found=found,
                help="split the file, or make the derivations ask for more",
            )
        ]
    )


@dataclass(frozen=True, slots=True)
class _Premise:
    """One premise at its turn in a join: what is known then, and what it adds."""

    number: int
    index: _Index
    asked: tuple[Term, ...]
    """What the fields of the index hold: texts, and variables that have a value by then."""
    binds: tuple[tuple[str, str], ...]
    """Field and variable, for the others."""
    older: bool
    """Whether only facts before the one taken up count: it has its turn at this premise too."""

    def key(self, values: _Values) -> tuple[str, ...]:
        return tuple([t if isinstance(t, str) else values[t.name] for t in self.asked])

    def bind(self, fact: _Values, values: _Values) -> _Values | None:
        """The values with what the fact adds; None where one variable would have two."""
        if not self.binds:
            return values
        found = dict(values)
        for field, name in self.binds:
            value = fact.get(field)
            if value is None or found.setdefault(name, value) != value:
                return None
        return found


def _premise(number: int, pattern: Pattern, known: set[str], *, older: bool) -> _Premise:
    fields, asked, binds = [], [], []
    for field, term in pattern.terms:
        if isinstance(term, Variable) and term.name not in known:
            binds.append((field, term.name))
        else:
            fields.append(field)
            asked.append(term)
    index = (pattern.kind, tuple(fields))
    return _Premise(number, index, tuple(asked), tuple(binds), older)


@dataclass(frozen=True, slots=True)
class _Join:
    """A derivation from the side of one premise: that first, then the others."""

    derivation: Derivation
    first: _Premise
    others: tuple[_Premise, ...]


def _join(derivation: Derivation, start: int) -> _Join:
    """Next is always the premise that shares most with what is bound, then the earliest."""
    premises = derivation.premises
    first = _premise(start, premises[start], set(), older=False)
    known = set(premises[start].variables())
    left = [number for number in range(len(premises)) if number != start]
    others = []
    while left:
        best = max(left, key=lambda number: (_shared(premises[number], known), -number))
        left.remove(best)
        others.append(_premise(best, premises[best], known, older=best < start))
        known.update(premises[best].variables())
    return _Join(derivation, first, tuple(others))


def _shared(pattern: Pattern, known: set[str]) -> int:
    return sum(not isinstance(term, Variable) or term.name in known for _, term in pattern.terms)


class _Chaining:
    """One run."""

    def __init__(
        self,
        chainer: Chainer,
        base: Sequence[RecordFact],
        new: Sequence[RecordFact],
        onto: Chained | None,
    ) -> None:
        self._base = base
        self._base_ids = {fact.id for fact in base}
        self._joins = chainer.joins
        self._indexes = chainer.indexes
        self._facts: dict[_Index, dict[tuple[str, ...], list[RecordFact]]] = {
            index: {} for indexes in chainer.indexes.values() for index in indexes
        }
        self._values: dict[str, _Values] = {}
        self._waiting = deque(new)
        self._ids: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self._found: dict[str, RecordFact] = {}
        self._activations: dict[str, list[Activation]] = {}
        self._work = 0
        if onto is not None:
            for fact in (*onto.base, *onto.derived):
                self._index(fact)
            for fact in onto.derived:
                self._ids[fact.kind, fact.fields] = fact.id
                self._found[fact.id] = fact
                self._activations[fact.id] = [*onto.activations[fact.id]]

    def run(self) -> Chained:
        while self._waiting:
            self._take_up(self._waiting.popleft())
        found = self._activations
        return Chained(
            tuple(self._base),
            tuple(sorted(self._found.values(), key=_fact_id)),
            {id: tuple(sorted(found[id], key=_in_turn)) for id in sorted(found)},
        )

    def _index(self, fact: RecordFact) -> _Values:
        """Make a fact one that others are joined with."""
        values = self._values[fact.id] = fact.values
        for index in self._indexes.get(fact.kind, ()):
            if values.keys() >= set(index[1]):
                key = tuple([values[field] for field in index[1]])
                self._facts[index].setdefault(key, []).append(fact)
        return values

    def _take_up(self, fact: RecordFact) -> None:
        values = self._index(fact)
        for join in self._joins.get(fact.kind, ()):
            self._spend()
            first = join.first
            if all(map(eq, map(values.get, first.index[1]), first.asked)):
                bound = first.bind(values, {})
                if bound is not None:
                    for used, found in self._complete(join, fact, bound):
                        self._conclude(join.derivation, used, found)

    def _complete(
        self, join: _Join, fact: RecordFact, bound: _Values
    ) -> Iterator[tuple[Mapping[int, str], _Values]]:
        """Every way to fit the other premises, with the ids of the facts by premise."""
        partial: list[tuple[int, dict[int, str], _Values]] = [
            (0, {join.first.number: fact.id}, bound)
        ]
        while partial:
            turn, used, values = partial.pop()
            if turn == len(join.others):
                yield used, values
                continue
            premise = join.others[turn]
            for other in self._facts[premise.index].get(premise.key(values), ()):
                self._spend()
                if premise.older and other is fact:
                    continue
                found = premise.bind(self._values[other.id], values)
                if found is not None:
                    partial.append((turn + 1, {**used, premise.number: other.id}, found))

    def _conclude(self, derivation: Derivation, used: Mapping[int, str], values: _Values) -> None:
        kind = derivation.conclusion.kind
        fields = tuple(
            (field, values[term.name] if isinstance(term, Variable) else term)
            for field, term in derivation.conclusion.terms
        )
        id = self._ids.get((kind, fields))
        if id is None:
            id = self._ids[kind, fields] = derived_id(kind, fields)
            if id in self._base_ids:
                raise _refused(
                    ChainCode.TAKEN_ID,
                    "a record has the id of something derived",
                    "ids that no derived fact has",
                    f"`{id}`",
                )
            if len(self._found) == MAX_DERIVED:
                raise _refused(
                    ChainCode.TOO_MANY_DERIVED,
                    f"too much follows from these records (`{derivation.id}` adds to it)",
                    f"at most {MAX_DERIVED:,} derived facts",
                    "more",
                )
            self._found[id] = RecordFact(id, kind, fields)
            self._activations[id] = []
            self._waiting.append(self._found[id])
        premises = tuple(used[number] for number in range(len(used)))
        self._activations[id].append(Activation(derivation.id, premises))

    def _spend(self) -> None:
        self._work += 1
        if self._work > MAX_WORK:
            raise _refused(
                ChainCode.TOO_MUCH_WORK,
                "too many combinations of records have to be tried",
                f"at most {MAX_WORK:,} facts tried at a premise",
                "more",
            )
