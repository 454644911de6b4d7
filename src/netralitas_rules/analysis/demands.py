"""Which kinds of sanction the rows of a ruleset can impose, on whom, under which regulation."""

from collections.abc import Iterator
from dataclasses import dataclass

from netralitas_rules.analysis.asking import Asking
from netralitas_rules.analysis.search import SearchCut
from netralitas_rules.engine.conditions import FALSE, both
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Rule, SanctionRow
from netralitas_rules.facts.space import LAW_PREFIX
from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.model import Level, Regime

STATUS = "subject.status"


@dataclass(frozen=True, slots=True)
class Demand:
    """One kind of sanction that some row imposes."""

    regime: Regime
    status: SubjectStatus
    regulation: str | None
    """The value of the body of law; None where no fact tells the regulations of the regime apart.
    """
    level: Level | None
    kind: str


def demands(asking: Asking, regimes: frozenset[Regime]) -> frozenset[Demand]:
    """Everything that tables for these regimes have to cover."""
    found: set[Demand] = set()
    for rule in asking.plan.rules:
        case = asking.cases[rule.id]
        if case.example is None and not case.cut:
            continue
        for row in asking.plan.rows.get(rule.id, ()):
            if row.regime in regimes:
                found.update(_new(asking, rule, row, found))
    return frozenset(found)


def _new(asking: Asking, rule: Rule, row: SanctionRow, known: set[Demand]) -> Iterator[Demand]:
    """What this row adds; what is known already is not searched again."""
    statuses = asking.plan.space.by_path[STATUS]
    for status, bit in statuses.bits.items():
        for law, value in _laws(asking, row.regime):
            wanted = [
                Demand(row.regime, SubjectStatus(status), value, row.level, kind)
                for kind in row.allow
            ]
            start = asking.search.start & ~statuses.full | bit
            if law is not None and value is not None:
                start = start & ~law.full | law.bits[value]
            if not known.issuperset(wanted) and _reached(asking, rule, row, start):
                yield from wanted


def _laws(asking: Asking, regime: Regime) -> list[tuple[Fact | None, str | None]]:
    """The values of the `law.*` fact that tells the regulations of a regime apart."""
    named = {
        name
        for table in asking.plan.authorities
        if table.regime is regime
        for name in (table.regulation, *(one.regulation for one in table.also_for))
    }
    for fact in asking.plan.space.facts:
        if fact.spec.path.startswith(LAW_PREFIX) and not named.isdisjoint(map(str, fact.bits)):
            return [(fact, str(value)) for value in fact.bits]
    return [(None, None)]


def _reached(asking: Asking, rule: Rule, row: SanctionRow, known: int) -> bool:
    """Whether the row follows in some completion; where the search is cut, that stays possible."""
    if both([rule.under, row.when]).value(known) == FALSE:
        return False
    case = asking.cases[rule.id]
    try:
        return asking.search.find([*case.met, row.when], known) is not None
    except SearchCut:
        return True
