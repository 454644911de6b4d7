"""Derivations made ready: from the side of each premise, with positions in place of names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from netralitas_rules.law.history import Derivation, Pattern, Term, Variable

Values = Mapping[str, str]
"""What a fact holds, by field."""
Bound = tuple[str, ...]
"""What the variables of a join hold, in the order in which they were bound."""
Key = str | Bound
"""What the fields of an index hold: one text alone, or all of them."""


@dataclass(frozen=True, slots=True)
class Index:
    """Facts of a kind by what some of their fields hold."""

    number: int
    key: Callable[[Values], Key]
    """Of a fact; raises `KeyError` where it leaves one of the fields out."""


@dataclass(frozen=True, slots=True)
class Premise:
    """One premise at its turn in a join."""

    index: int
    key: Callable[[Bound], Key]
    """What the fields of the index hold, by what is bound by then."""
    same: tuple[tuple[str, str], ...]
    """Pairs of fields that hold the same, because one variable stands in both."""
    binds: Callable[[Values], Bound]
    """The values of a fact that are bound next; raises `KeyError` where it leaves one out."""
    older: bool
    """Whether only facts before the one taken up count: it has its turn at this premise too."""


@dataclass(frozen=True, slots=True)
class Join:
    """A derivation from the side of one premise: that first, then the others."""

    derivation: str
    texts: tuple[tuple[str, str], ...]
    """What fields of the first fact must hold."""
    same: tuple[tuple[str, str], ...]
    binds: Callable[[Values], Bound]
    others: tuple[Premise, ...]
    order: Callable[[tuple[str, ...]], tuple[str, ...]]
    """Ids of the facts used, from their turns to the places of the premises."""
    shape: int
    """A number for the kind and the fields of the conclusion."""
    conclude: Callable[[Bound], tuple[str, ...]]
    """The values of its fields."""


class Joins:
    """All derivations, with the indexes that they need. Frozen."""

    def __init__(self, derivations: Iterable[Derivation]) -> None:
        self.by_kind: dict[str, list[Join]] = {}
        """By the kind of a fact every derivation from the side of a premise that it may fit."""
        self.indexes: dict[str, list[Index]] = {}
        self.shapes: list[tuple[str, tuple[str, ...]]] = []
        """Kind and fields of conclusions, by their numbers."""
        self._numbers: dict[tuple[str, tuple[str, ...]], int] = {}
        for derivation in sorted(derivations, key=lambda one: one.id):
            for number, premise in enumerate(derivation.premises):
                join = self._join(derivation, number)
                self.by_kind.setdefault(premise.kind, []).append(join)

    @property
    def count(self) -> int:
        """How many indexes there are."""
        return len(self._numbers)

    def _join(self, derivation: Derivation, start: int) -> Join:
        """Next is always the premise that shares most with what is bound, then the earliest."""
        premises = derivation.premises
        texts, same, binds = _split(premises[start], {})
        known = {name: at for at, name in enumerate(binds)}
        left = [number for number in range(len(premises)) if number != start]
        others, turns = [], [start]
        while left:
            best = max(left, key=lambda number: (_shared(premises[number], known), -number))
            left.remove(best)
            turns.append(best)
            others.append(self._premise(premises[best], known, older=best < start))
        conclusion = derivation.conclusion
        shape = (conclusion.kind, tuple(field for field, _ in conclusion.terms))
        if shape not in self.shapes:
            self.shapes.append(shape)
        return Join(
            derivation.id,
            tuple((field, str(text)) for field, text in texts),
            same,
            _all([*binds.values()]),
            tuple(others),
            _all([turns.index(number) for number in range(len(premises))]),
            self.shapes.index(shape),
            _terms([term for _, term in conclusion.terms], known),
        )

    def _premise(self, pattern: Pattern, known: dict[str, int], *, older: bool) -> Premise:
        """A premise by what is known before it, which it adds to."""
        fixed, same, binds = _split(pattern, known)
        asked = [term for _, term in fixed]
        key = _single(asked[0], known) if len(asked) == 1 else _terms(asked, known)
        index = self._index(pattern.kind, tuple(field for field, _ in fixed))
        known.update({name: len(known) + at for at, name in enumerate(binds)})
        return Premise(index, key, same, _all([*binds.values()]), older)

    def _index(self, kind: str, fields: tuple[str, ...]) -> int:
        number = self._numbers.get((kind, fields))
        if number is None:
            number = self._numbers[kind, fields] = len(self._numbers)
            key: Callable[[Values], Key] = itemgetter(*fields) if fields else lambda _: ()
            self.indexes.setdefault(kind, []).append(Index(number, key))
        return number


def _split(
    pattern: Pattern, known: Mapping[str, int]
) -> tuple[list[tuple[str, Term]], tuple[tuple[str, str], ...], dict[str, str]]:
    """The terms of a premise by what is known before it: texts and known variables, with their
    fields; pairs of fields that one new variable joins; and by new variable its first field.
    """
    fixed: list[tuple[str, Term]] = []
    same = []
    binds: dict[str, str] = {}
    for field, term in pattern.terms:
        if isinstance(term, str) or term.name in known:
            fixed.append((field, term))
        elif term.name in binds:
            same.append((binds[term.name], field))
        else:
            binds[term.name] = field
    return fixed, tuple(same), binds


def _shared(pattern: Pattern, known: Mapping[str, int]) -> int:
    return sum(not isinstance(term, Variable) or term.name in known for _, term in pattern.terms)


def _single(term: Term, known: Mapping[str, int]) -> Callable[[Bound], Key]:
    if isinstance(term, str):
        return lambda _: term
    return itemgetter(known[term.name])


def _terms(terms: Iterable[Term], known: Mapping[str, int]) -> Callable[[Bound], Bound]:
    """The values of terms by what is bound."""
    terms = tuple(terms)
    texts = [term for term in terms if isinstance(term, str)]
    if not texts:
        return _all([known[term.name] for term in terms if isinstance(term, Variable)])
    places = [known[term.name] if isinstance(term, Variable) else None for term in terms]
    constant = tuple(zip(places, terms, strict=True))
    return lambda bound: tuple(
        [bound[at] if at is not None else str(term) for at, term in constant]
    )


def _all(places: Sequence[Any]) -> Callable[[Any], Bound]:
    """What stands at places: always a tuple, where `itemgetter` gives one value alone."""
    if len(places) > 1:
        return itemgetter(*places)
    if not places:
        return lambda _: ()
    at = places[0]
    return lambda values: (values[at],)
