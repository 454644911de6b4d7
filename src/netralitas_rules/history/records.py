"""Base records that only say what derivations cannot compare."""

from collections.abc import Iterable, Iterator
from itertools import permutations

from netralitas_rules.history.model import RecordFact, derived_id


def differing(facts: Iterable[RecordFact]) -> Iterator[RecordFact]:
    """`differs` for every two values that channels state of one fact of one event, in each order;
    every pair once, sorted.
    """
    said: dict[tuple[str, str], set[str]] = {}
    for fact in facts:
        values = fact.values
        if fact.kind == "channel_says" and values.keys() >= {"event", "fact", "value"}:
            said.setdefault((values["event"], values["fact"]), set()).add(values["value"])
    pairs = {pair for values in said.values() for pair in permutations(values, 2)}
    for one, other in sorted(pairs):
        fields = (("one", one), ("other", other))
        yield RecordFact(derived_id("differs", fields), "differs", fields)
