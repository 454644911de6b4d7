"""Values of the law about a person's record: what follows from records that stand side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from netralitas_rules.law.model import Text

BASE_RECORDS: Mapping[str, frozenset[str]] = {
    kind: frozenset(fields.split())
    for kind, fields in {
        "report": "record person event channel",
        "step": "record matter kind by decides",
        "follows": "record earlier",
        "sanction": "record person regime regulation level kind nature in_force revoked moral",
        "breach": "finding person nature clause",
        "informed": "superior record",
        "acted": "superior record done",
    }.items()
}
"""The kinds of base records with their fields. All values are texts: yes-no is `yes`, `no` or
`unknown`. A field that a record does not state is left out, and matches nothing.

`follows`: a record that answers or acts on an earlier one. `breach`: a finding of the present
case."""


MAX_PREMISES = 12
MAX_CONDITIONS = 400
"""Of all derivations of a ruleset together."""
MAX_DERIVATIONS = 400


@dataclass(frozen=True, slots=True)
class Variable:
    """Stands for whatever a field holds; the same one everywhere in one derivation."""

    name: str


Term = str | Variable
"""A text that a field must hold, or a variable."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of record and what its fields hold."""

    kind: str
    terms: tuple[tuple[str, Term], ...]
    """By field, in the order of their names."""

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(field for field, _ in self.terms)

    def variables(self) -> Iterator[str]:
        """Names of the variables, as often as they stand there."""
        return (term.name for _, term in self.terms if isinstance(term, Variable))


def pattern(kind: str, terms: Mapping[str, Term]) -> Pattern:
    """A pattern with its terms in order."""
    return Pattern(kind, tuple(sorted(terms.items(), key=_field)))


def _field(term: tuple[str, Term]) -> str:
    return term[0]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where records fit all premises, sharing the values of variables, the conclusion holds.

    One record may fit several premises. There is no negation and no comparison: only equality.
    """

    id: str
    says: Text
    basis: tuple[str, ...]
    """Provisions; none where it only puts records in order."""
    premises: tuple[Pattern, ...]
    conclusion: Pattern

    @property
    def conditions(self) -> int:
        """How many things the premises ask: their kinds, and what their fields hold."""
        return sum(1 + len(premise.terms) for premise in self.premises)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return (*self.premises, self.conclusion)

    def names(self) -> Iterator[str]:
        """Everything it calls by a name: itself, kinds, fields and variables."""
        yield self.id
        for part in self.patterns:
            yield part.kind
            yield from chain(part.fields, part.variables())
