"""Who says what of a fact: the report and the items of evidence, and who stands against whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from netralitas_rules.decision import model as m
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.accounts import apart, disputed_days, windows
from netralitas_rules.facts.evidence import Shown
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.space import Kind


@dataclass(frozen=True, slots=True)
class _Said:
    """One account with what it states."""

    account: m.Account
    value: Any
    mask: int


def heard(
    words: Words, fact: Fact, stated: Any, shown: Iterable[Shown]
) -> tuple[tuple[m.Account, ...], bool]:
    """Every account of a fact, that of the report first, and whether they leave nothing together;
    `stated` is what the report itself states, None where it states nothing.
    """
    said = [] if stated is None else [_said(words, fact, None, stated)]
    said += [_said(words, fact, item, item.value) for item in shown]
    accounts = tuple(
        replace(
            one.account,
            against=tuple(other.account.item for other in said if _exclude(fact, one, other)),
        )
        for one in said
    )
    return accounts, disputed(fact, [one.value for one in said])


def written_days(value: Any) -> tuple[str, ...]:
    """The days that are possible by what is stated, as they are written."""
    return tuple(
        str(window) if isinstance(window, Span) else window.value for window in windows(value)
    )


def _said(words: Words, fact: Fact, item: Shown | None, value: Any) -> _Said:
    mask = fact.encode(value)
    if fact.spec.kind is Kind.DATE:
        codes = written_days(value)
    elif fact.spec.kind is Kind.INTEGER:
        codes = (str(value),)
    else:
        codes = words.possible(fact, mask)
    name, kind = (None, None) if item is None else (item.name, item.kind)
    return _Said(m.Account(name, kind, codes), value, mask)


def _exclude(fact: Fact, one: _Said, other: _Said) -> bool:
    """Whether two accounts share no value. Days and numbers are compared as such: two of one cell
    are not the same.
    """
    match fact.spec.kind:
        case Kind.DATE:
            return apart(one.value, other.value)
        case Kind.INTEGER:
            return bool(one.value != other.value)
    return not one.mask & other.mask


def disputed(fact: Fact, values: Sequence[Any]) -> bool:
    """Whether what several accounts state of a fact leaves no value together."""
    match fact.spec.kind:
        case Kind.DATE:
            return disputed_days(values)
        case Kind.INTEGER:
            return len(set(values)) > 1
    together = fact.full
    for value in values:
        together &= fact.encode(value)
    return not together
