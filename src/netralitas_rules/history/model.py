"""Records as chaining sees them, and what it answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from json.encoder import encode_basestring as _quoted

from netralitas_rules.loading.diagnostics import Diagnostic, Refused, listing, suggest


class ChainCode(StrEnum):
    """Stable codes of what is not chained."""

    DUPLICATE_RECORD = "duplicate-record"
    UNKNOWN_RECORD_KIND = "unknown-record-kind"
    UNKNOWN_RECORD_FIELD = "unknown-record-field"
    TAKEN_ID = "taken-id"
    TOO_MANY_RECORDS = "too-many-records"
    TOO_MANY_DERIVED = "too-many-derived"
    TOO_MUCH_WORK = "too-much-work"


@dataclass(frozen=True, slots=True, order=True)
class RecordFact:
    """One record, or what was derived from records. All values are texts."""

    id: str
    kind: str
    fields: tuple[tuple[str, str], ...]
    """By field, in the order of their names; what is not stated is left out."""

    @property
    def values(self) -> dict[str, str]:
        return dict(self.fields)


def record(id: str, kind: str, /, **fields: str) -> RecordFact:
    """A record with its fields in order."""
    return RecordFact(id, kind, tuple(sorted(fields.items())))


def derived_id(kind: str, fields: Iterable[tuple[str, str]]) -> str:
    """The id of a derived fact: its content, written one way only."""
    written = [f"{_quoted(name)}:{_quoted(value)}" for name, value in sorted(fields)]
    return f"{kind}{{{','.join(written)}}}"


@dataclass(frozen=True, slots=True, order=True)
class Activation:
    """One derivation applied once: which, and the facts that fit its premises, in their order."""

    derivation: str
    premises: tuple[str, ...]
    """Ids of facts."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one fact holds."""

    fact: RecordFact
    steps: int
    """How many derivations lie between it and base records, at least; 0 is a base record."""
    ways: tuple[Activation, ...]
    """All that need only facts of fewer steps, and so never the fact itself; none for a base
    record."""


@dataclass(frozen=True)
class Chained:
    """Base records and everything that follows from them; sorted, whatever order they came in."""

    base: tuple[RecordFact, ...]
    derived: tuple[RecordFact, ...]
    activations: Mapping[str, tuple[Activation, ...]]
    """By the id of each derived fact: every way in which a derivation leads to it."""

    def of(self, kind: str, /, **fields: str) -> tuple[RecordFact, ...]:
        """Facts of a kind, base or derived, whose fields hold these values."""
        wanted = fields.items()
        return tuple(fact for fact in self._of_kind.get(kind, ()) if wanted <= fact.values.items())

    def why(self, fact: RecordFact) -> tuple[Reason, ...]:
        """The shortest ways in which a fact follows, down to base records: a tree without cycles.

        Every fact of it once, after those that it rests on; so the fact itself is the last.
        """
        wanted, waiting = {fact.id}, [fact.id]
        while waiting:
            for way in self._shortest(waiting.pop()):
                new = set(way.premises) - wanted
                wanted |= new
                waiting += new
        order = sorted(wanted, key=lambda id: (self._steps[id], id))
        return tuple(
            Reason(self.by_id[id], self._steps[id], tuple(self._shortest(id))) for id in order
        )

    @cached_property
    def by_id(self) -> Mapping[str, RecordFact]:
        return {fact.id: fact for fact in (*self.base, *self.derived)}

    @cached_property
    def _of_kind(self) -> Mapping[str, list[RecordFact]]:
        found: dict[str, list[RecordFact]] = {}
        for fact in (*self.base, *self.derived):
            found.setdefault(fact.kind, []).append(fact)
        return found

    @cached_property
    def _steps(self) -> Mapping[str, int]:
        """How many steps each fact is away from base records, at least."""
        steps = {fact.id: 0 for fact in self.base}
        missing: dict[tuple[str, Activation], int] = {}
        uses: dict[str, list[tuple[str, Activation]]] = {}
        for id, activations in self.activations.items():
            for activation in activations:
                premises = set(activation.premises)
                missing[id, activation] = len(premises)
                for premise in premises:
                    uses.setdefault(premise, []).append((id, activation))
        reached = list(steps)
        while reached:
            following: list[str] = []
            for premise in reached:
                for use in uses.get(premise, ()):
                    missing[use] -= 1
                    if not missing[use] and use[0] not in steps:
                        steps[use[0]] = steps[premise] + 1
                        following.append(use[0])
            reached = following
        return steps

    def _shortest(self, id: str) -> Iterator[Activation]:
        """Activations that only need facts fewer steps away than this one."""
        for activation in self.activations.get(id, ()):
            if all(self._steps[premise] < self._steps[id] for premise in activation.premises):
                yield activation


def check(
    facts: Iterable[RecordFact],
    vocabulary: Mapping[str, frozenset[str]],
    *,
    taken: Iterable[str] = (),
) -> None:
    """That every fact has a kind and fields that are known, and an id of its own (not `taken`).

    Raises `Refused` with all that is wrong.
    """
    problems = []
    seen = set(taken)
    for fact in facts:
        if fact.id in seen:
            problems.append(
                Diagnostic(
                    ChainCode.DUPLICATE_RECORD,
                    f"record `{fact.id}` stands twice",
                    expected="an id of its own for every record",
                    found=f"`{fact.id}` again",
                    help="give one of them another id, or leave it out",
                )
            )
        seen.add(fact.id)
        known = vocabulary.get(fact.kind)
        if known is None:
            problems.append(
                Diagnostic(
                    ChainCode.UNKNOWN_RECORD_KIND,
                    f"record `{fact.id}` is of no known kind",
                    expected=listing(vocabulary),
                    found=f"`{fact.kind}`",
                    help=suggest(fact.kind, vocabulary),
                )
            )
            continue
        names = [field for field, _ in fact.fields]
        if known.issuperset(names) and len({*names}) == len(names):
            continue
        for name in dict.fromkeys(n for n in names if n not in known or names.count(n) > 1):
            problems.append(
                Diagnostic(
                    ChainCode.UNKNOWN_RECORD_FIELD,
                    f"record `{fact.id}` of kind `{fact.kind}` does not fit its fields",
                    expected=f"each once, of {listing(sorted(known))}",
                    found=f"`{name}`",
                    help=suggest(name, known),
                )
            )
    if problems:
        raise Refused(problems)
