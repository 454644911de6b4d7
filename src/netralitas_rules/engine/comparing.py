"""The order of two dates, as far as it is known."""

from collections.abc import Sequence
from itertools import product

from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.facts.accounts import Window
from netralitas_rules.facts.leaves import NEVER, Span


def compare_any(fact: Fact, first: Sequence[Window] | None, second: Sequence[Window] | None) -> int:
    """As `compare`, of dates that may lie in several windows."""
    possible = 0
    for one, other in product(first or (None,), second or (None,)):
        possible |= compare(fact, one, other)
    return possible


def compare(fact: Fact, first: Window | None, second: Window | None) -> int:
    """Possible orders of two dates, as bits of a comparison fact."""
    bits = fact.bits
    if first is NEVER:
        return bits["never"]
    if second is NEVER:
        return bits["no_reference"] | (bits["never"] if first is None else 0)
    if not isinstance(first, Span) or not isinstance(second, Span):
        possible = fact.full
        if isinstance(first, Span):
            possible &= ~bits["never"]
        if isinstance(second, Span):
            possible &= ~bits["no_reference"]
        return possible
    possible = 0
    if first.first < second.last:
        possible |= bits["before"]
    if first.first <= second.last and second.first <= first.last:
        possible |= bits["same_day"]
    if first.last > second.first:
        possible |= bits["after"]
    return possible
