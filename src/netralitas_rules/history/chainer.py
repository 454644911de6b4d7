"""The chainer that decides: what follows from records, until nothing new does.

Facts are taken up one after the other. Each is tried at every premise that it fits, and joined
there with facts taken up before it; so every combination is found once, when the last of its facts
is taken up. Facts are looked up by the fields that a premise shares with what is already bound.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from netralitas_rules.history.joins import Bound, Join, Joins, Key, Values
from netralitas_rules.history.model import (
    Activation,
    ChainCode,
    Chained,
    RecordFact,
    check,
    derived_id,
)
from netralitas_rules.law.history import BASE_RECORDS, Derivation
from netralitas_rules.loading.diagnostics import Diagnostic, Refused

MAX_RECORDS = 5_000
MAX_DERIVED = 50_000
MAX_WORK = 500_000
"""Facts tried at a premise: some two seconds."""

_Indexed = dict[Key, list[tuple[str, Values]]]
"""Ids and values of facts, by what the fields of an index hold."""


def chain(
    derivations: Iterable[Derivation],
    facts: Iterable[RecordFact],
    *,
    vocabulary: Mapping[str, frozenset[str]] = BASE_RECORDS,
) -> Chained:
    """What follows from base records by these derivations, as `Chainer` finds it."""
    return Chainer(derivations, vocabulary=vocabulary).begin().add(facts)


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
        self.joins = Joins(derivations)

    def begin(self) -> "Chaining":
        """A file without records yet."""
        return Chaining(self.joins, self.vocabulary)


class Chaining:
    """The records of one file while they come in. Of no use any more once it refused some."""

    def __init__(self, joins: Joins, vocabulary: Mapping[str, frozenset[str]]) -> None:
        self._joins = joins.by_kind
        self._indexes = joins.indexes
        self._shapes = joins.shapes
        self._vocabulary = vocabulary
        self._base: dict[str, RecordFact] = {}
        self._indexed: list[_Indexed] = [{} for _ in range(joins.count)]
        self._waiting: deque[RecordFact] = deque()
        self._ids: dict[tuple[int, tuple[str, ...]], str] = {}
        self._found: dict[str, RecordFact] = {}
        self._activations: dict[str, list[Activation]] = {}
        self._work = 0

    def add(self, facts: Iterable[RecordFact]) -> Chained:
        """What follows from these base records and all before them together. Raises `Refused`."""
        new = sorted(facts, key=_fact_id)
        count = len(self._base) + len(new)
        if count > MAX_RECORDS:
            raise _refused(
                ChainCode.TOO_MANY_RECORDS,
                "there are more records than one person's file can have",
                f"at most {MAX_RECORDS:,} records",
                f"{count:,}",
            )
        check(new, self._vocabulary, taken=self._base)
        for fact in new:
            if fact.id in self._found:
                raise _taken(fact.id)
            self._base[fact.id] = fact
        self._waiting.extend(new)
        while self._waiting:
            self._take_up(self._waiting.popleft())
        return self._chained()

    def _chained(self) -> Chained:
        found = self._activations
        return Chained(
            tuple(sorted(self._base.values(), key=_fact_id)),
            tuple(sorted(self._found.values(), key=_fact_id)),
            {id: tuple(sorted(found[id], key=_in_turn)) for id in sorted(found)},
        )

    def _take_up(self, fact: RecordFact) -> None:
        values = fact.values
        for index in self._indexes.get(fact.kind, ()):
            try:
                key = index.key(values)
            except KeyError:  # a field that is not stated matches nothing
                continue
            self._indexed[index.number].setdefault(key, []).append((fact.id, values))
        for join in self._joins.get(fact.kind, ()):
            self._spend(1)
            bound = _bound(join, values)
            if bound is None:
                continue
            if not join.others:
                self._conclude(join, (fact.id,), bound)
                continue
            for used, found in self._completed(join, fact.id, bound):
                self._conclude(join, join.order(used), found)

    def _completed(
        self, join: Join, first: str, bound: Bound
    ) -> Iterable[tuple[tuple[str, ...], Bound]]:
        """Every way to fit the other premises, with the ids of the facts by their turns."""
        partial: list[tuple[tuple[str, ...], Bound]] = [((first,), bound)]
        for premise in join.others:
            indexed, wanted = self._indexed[premise.index], premise.key
            same, binds, older = premise.same, premise.binds, premise.older
            longer = []
            for used, found in partial:
                others = indexed.get(wanted(found))
                if others is None:
                    continue
                self._spend(len(others))
                for id, values in others:
                    if older and id == first:
                        continue
                    more = _more(values, same, binds)
                    if more is not None:
                        longer.append(((*used, id), found + more))
            if not longer:
                return ()
            partial = longer
        return partial

    def _conclude(self, join: Join, premises: tuple[str, ...], bound: Bound) -> None:
        values = join.conclude(bound)
        id = self._ids.get((join.shape, values))
        if id is None:
            id = self._ids[join.shape, values] = self._derive(join, values)
        self._activations[id].append(Activation(join.derivation, premises))

    def _derive(self, join: Join, values: tuple[str, ...]) -> str:
        """The id of a fact that is derived for the first time."""
        kind, names = self._shapes[join.shape]
        fields = tuple(zip(names, values, strict=True))
        id = derived_id(kind, fields)
        if id in self._base:
            raise _taken(id)
        if len(self._found) == MAX_DERIVED:
            raise _refused(
                ChainCode.TOO_MANY_DERIVED,
                f"too much follows from these records (`{join.derivation}` adds to it)",
                f"at most {MAX_DERIVED:,} derived facts",
                "more",
            )
        self._found[id] = RecordFact(id, kind, fields)
        self._activations[id] = []
        self._waiting.append(self._found[id])
        return id

    def _spend(self, work: int) -> None:
        self._work += work
        if self._work > MAX_WORK:
            raise _refused(
                ChainCode.TOO_MUCH_WORK,
                "too many combinations of records have to be tried",
                f"at most {MAX_WORK:,} facts tried at a premise",
                "more",
            )


def _bound(join: Join, values: Values) -> Bound | None:
    """What the first premise binds; None where the fact does not fit it."""
    for field, text in join.texts:
        if values.get(field) != text:
            return None
    return _more(values, join.same, join.binds)


def _more(
    values: Values, same: tuple[tuple[str, str], ...], binds: Callable[[Values], Bound]
) -> Bound | None:
    """What a fact adds to what is bound; None where one variable would have two values."""
    try:
        for one, other in same:
            if values[one] != values[other]:
                return None
        return binds(values)
    except KeyError:
        return None


def _fact_id(fact: RecordFact) -> str:
    return fact.id


def _in_turn(activation: Activation) -> tuple[str, tuple[str, ...]]:
    return activation.derivation, activation.premises


def _taken(id: str) -> Refused:
    return _refused(
        ChainCode.TAKEN_ID,
        "a record has the id of something derived",
        "ids that no derived fact has",
        f"`{id}`",
    )


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
