"""What something comes to under every combination of readings, as an ordered decision diagram.

A node asks one question and has a branch per choice; questions stand in ascending order on every
way down, and a question that makes no difference is left out. So a diagram is as large as what
turns on the readings, not as the number of their combinations.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")

MAX_NODES = 5_000


class TooLarge(Exception):
    """A diagram grew over `MAX_NODES`."""


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """What it comes to; not `whole` where questions that may matter were not varied any further."""

    value: T
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Node(Generic[T]):
    """One question; a branch per choice."""

    question: int
    branches: tuple["Diagram[T]", ...]


Diagram = Leaf[T] | Node[T]
Choices = Mapping[int, int]
"""Number of the choice by question."""


def node(question: int, branches: tuple[Diagram[T], ...]) -> Diagram[T]:
    """A node, or what all of its branches are."""
    first = branches[0]
    if all(branch is first or branch == first for branch in branches):
        return first
    return Node(question, branches)


def at(diagram: Diagram[T], choices: Choices) -> Leaf[T]:
    """What it comes to by these choices, of every question."""
    while isinstance(diagram, Node):
        diagram = diagram.branches[choices[diagram.question]]
    return diagram


def mapped(diagram: Diagram[T], change: Callable[[T], U]) -> Diagram[U]:
    """Every value changed alike."""
    if isinstance(diagram, Leaf):
        return Leaf(change(diagram.value), diagram.whole)
    return node(diagram.question, tuple([mapped(branch, change) for branch in diagram.branches]))


def combined(one: Diagram[T], two: Diagram[U], join: Callable[[T, U], V]) -> Diagram[V]:
    """Two values joined under every combination. Raises `TooLarge`."""
    found: dict[tuple[int, int], Diagram[V]] = {}

    def walk(one: Diagram[T], two: Diagram[U]) -> Diagram[V]:
        if isinstance(one, Leaf) and isinstance(two, Leaf):
            return Leaf(join(one.value, two.value), one.whole and two.whole)
        key = (id(one), id(two))
        if key not in found:
            if len(found) >= MAX_NODES:
                raise TooLarge
            asked = min(d.question for d in (one, two) if isinstance(d, Node))
            below = zip(_below(one, asked, two), _below(two, asked, one), strict=True)
            found[key] = node(asked, tuple([walk(*pair) for pair in below]))
        return found[key]

    return walk(one, two)


def _below(diagram: Diagram[T], question: int, other: Diagram[U]) -> tuple[Diagram[T], ...]:
    """A branch per choice of a question; where it is not asked first here, all the same."""
    if isinstance(diagram, Node) and diagram.question == question:
        return diagram.branches
    assert isinstance(other, Node)
    return (diagram,) * len(other.branches)


Departure = tuple[int, int]
"""A question, and the choice that departs from the one taken."""
Smallest = dict[T, list[frozenset[Departure]]]
"""By value: the smallest sets of departures that give it, none of which holds another."""


def smallest(diagram: Diagram[T], taken: Choices, most: int) -> tuple[Smallest[T], bool]:
    """What departures give which value, and whether sets were left out: of more than `most` the
    largest are.
    """
    known: dict[int, Smallest[T]] = {}
    cut = False

    def walk(part: Diagram[T]) -> Smallest[T]:
        nonlocal cut
        if isinstance(part, Leaf):
            return {part.value: [frozenset()]}
        if id(part) not in known:
            found: dict[T, list[frozenset[Departure]]] = {}
            for number, branch in enumerate(part.branches):
                own = () if number == taken[part.question] else ((part.question, number),)
                for value, sets in walk(branch).items():
                    found.setdefault(value, []).extend(one.union(own) for one in sets)
            for value, sets in found.items():
                kept = minimal(sets)
                cut = cut or len(kept) > most
                found[value] = kept[:most]
            known[id(part)] = found
        return known[id(part)]

    return walk(diagram), cut


def minimal(sets: Iterable[frozenset[Departure]]) -> list[frozenset[Departure]]:
    """Those that hold no other, the smallest first."""
    kept: list[frozenset[Departure]] = []
    for one in sorted(sets, key=len):
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept


def leaves(diagram: Diagram[T], counts: Mapping[int, int]) -> list[Leaf[T]]:
    """Every leaf below the first choices of each question, as many as `counts` says."""
    found: list[Leaf[T]] = []
    seen: set[int] = set()
    rest = [diagram]
    while rest:
        part = rest.pop()
        if isinstance(part, Leaf):
            found.append(part)
        elif id(part) not in seen:
            seen.add(id(part))
            rest += part.branches[: counts[part.question]]
    return found


def asked(diagram: Diagram[T]) -> set[int]:
    """The questions of a diagram."""
    found: set[int] = set()
    seen: set[int] = set()
    rest = [diagram]
    while rest:
        part = rest.pop()
        if isinstance(part, Node) and id(part) not in seen:
            seen.add(id(part))
            found.add(part.question)
            rest += part.branches
    return found
