"""What follows from records, straight from the definition: try every combination until all is in.

A derivation applies to any facts, one for each premise and one perhaps for several, for which its
variables have one value each. What it concludes is a fact. Again, until nothing new comes.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from netralitas_rules.history.durable import Conclusions
from netralitas_rules.history.model import Activation, RecordFact, derived_id
from netralitas_rules.law.history import Derivation, Pattern, Variable


def naive(derivations: Iterable[Derivation], facts: Iterable[RecordFact]) -> Conclusions:
    derivations, all_facts = list(derivations), set(facts)
    found: set[tuple[str, Activation]] = set()
    while True:
        new = {one for rule in derivations for one in _applied(rule, all_facts)}
        found |= {(fact.id, activation) for fact, activation in new}
        if {fact for fact, _ in new} <= all_facts:
            return frozenset(found)
        all_facts |= {fact for fact, _ in new}


def _applied(rule: Derivation, facts: set[RecordFact]) -> Iterator[tuple[RecordFact, Activation]]:
    of_kind = [[fact for fact in facts if fact.kind == p.kind] for p in rule.premises]
    for chosen in product(*of_kind):
        values: dict[str, str] = {}
        if all(_fits(p, fact, values) for p, fact in zip(rule.premises, chosen, strict=True)):
            fields = tuple(
                (field, values[term.name] if isinstance(term, Variable) else term)
                for field, term in rule.conclusion.terms
            )
            id = derived_id(rule.conclusion.kind, fields)
            activation = Activation(rule.id, tuple(fact.id for fact in chosen))
            yield RecordFact(id, rule.conclusion.kind, fields), activation


def _fits(premise: Pattern, fact: RecordFact, values: dict[str, str]) -> bool:
    held = fact.values
    return all(
        field in held
        and held[field]
        == (values.setdefault(term.name, held[field]) if isinstance(term, Variable) else term)
        for field, term in premise.terms
    )
