"""What something comes to under every combination of readings, as an ordered decision diagram.

A node asks one question and has a branch per choice; questions stand in ascending order on every
way down, and a question that makes no difference is left out. So a diagram is as large as what
turns on the readings, not as the number of their combinations.
"""

from collections.abc import Callable, Iterator, Mapping
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


def ways(
    diagram: Diagram[T], taken: Choices, most: int
) -> Iterator[tuple[tuple[tuple[int, int], ...], Leaf[T]]]:
    """Every way down that departs from the choices taken in at most so many questions, with its
    departures (question and choice).
    """
    if isinstance(diagram, Leaf):
        yield (), diagram
        return
    asked = diagram.question
    for number, branch in enumerate(diagram.branches):
        own = () if number == taken[asked] else ((asked, number),)
        if len(own) <= most:
            for departures, leaf in ways(branch, taken, most - len(own)):
                yield own + departures, leaf


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


def depth(diagram: Diagram[T]) -> int:
    """The most questions on one way down."""
    known: dict[int, int] = {}

    def walk(part: Diagram[T]) -> int:
        if isinstance(part, Leaf):
            return 0
        if id(part) not in known:
            known[id(part)] = 1 + max(map(walk, part.branches))
        return known[id(part)]

    return walk(diagram)


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
