"""Checks of sanction rows: what never follows, what overlaps, what is missing, what is lighter for
graver facts.
"""

from collections.abc import Iterable, Iterator, Sequence

from netralitas_rules.analysis.asking import Asking, Told
from netralitas_rules.analysis.cases import RuleCase, with_value
from netralitas_rules.analysis.search import Found, SearchCut
from netralitas_rules.engine.conditions import (
    FALSE,
    TRUE,
    Condition,
    Test,
    either,
    facts_of,
    negate,
)
from netralitas_rules.engine.plan import Graver, SanctionRow
from netralitas_rules.facts.space import ACT_DATE, Origin
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.law.model import GoverningDate, Level, Regime, RuleKind
from netralitas_rules.loading.conditions import Place

_RANKS = {
    (Regime.ETHICS, None): 1,
    (Regime.DISCIPLINE, Level.LIGHT): 2,
    (Regime.DISCIPLINE, Level.MEDIUM): 3,
    (Regime.DISCIPLINE, Level.HEAVY): 4,
    (Regime.DISMISSAL, None): 5,
}
"""From the lightest. Other regimes are roads of their own: nothing is said of their order."""


def findings(asking: Asking) -> None:
    pairs: set[tuple[str, str]] = set()
    bare: set[str] = set()
    for case in asking.cases.values():
        if case.example is None:
            continue
        rows = asking.plan.rows.get(case.rule.id, ())
        reachable = [r for r in rows if r.when.value(case.within) != FALSE]
        _overlaps(case, reachable, asking, pairs)
        _gap(case, reachable, asking)
        _bare(case, reachable, asking, bare)
        for graver in asking.plan.graver:
            _lighter(case, reachable, graver, asking)
    if FindingCode.NEVER_APPLIES in asking.wanted:
        _never(asking)


def _row_place(row: SanctionRow, asking: Asking) -> Place:
    return asking.items["sanctions"][row.id].place


def _never(asking: Asking) -> None:
    """Rows that follow from no rule, and names under `for` from which a row never follows."""
    plan = asking.plan
    rows = {row.id: row for own in plan.rows.values() for row in own}
    for row in rows.values():
        item = asking.items["sanctions"][row.id]
        met = _Followed(row, asking)
        if not any(met.of(case) for case in met.cases):
            asking.told(
                Told(
                    FindingCode.NEVER_APPLIES,
                    (row.id,),
                    item.place,
                    f"the row `{row.id}` can never follow",
                    expected="a case of one of the rules that it names",
                    help="look for what `when` and the elements of those rules exclude",
                )
            )
            continue
        for index, name in enumerate(item.doc.for_):
            if not any(met.of(case) for case in met.cases if name in _names(case)):
                asking.told(
                    Told(
                        FindingCode.NEVER_APPLIES,
                        (row.id, name) if name in asking.cases else (row.id,),
                        item.place / "for" / index,
                        f"the row `{row.id}` can never follow from `{name}`",
                        expected="a rule with a case in which `when` holds",
                        help="take it out of `for`, or widen `when`",
                        of_key=False,
                    )
                )


class _Followed:
    """From which rules a row follows in some case; asked only where it matters."""

    def __init__(self, row: SanctionRow, asking: Asking) -> None:
        self.cases = [
            c for c in asking.cases.values() if row in asking.plan.rows.get(c.rule.id, ())
        ]
        self._row, self._asking = row, asking
        self._known: dict[str, bool] = {}

    def of(self, case: RuleCase) -> bool:
        found = self._known.get(case.rule.id)
        if found is None:
            found = self._known[case.rule.id] = _together(case, self._row, self._asking)
        return found


def _names(case: RuleCase) -> tuple[str, ...]:
    rule = case.rule
    return (rule.id, *rule.norm) if rule.kind is RuleKind.VIOLATION else (rule.id,)


def _together(case: RuleCase, row: SanctionRow, asking: Asking) -> bool:
    """Whether a row follows in some case of a rule; a search that is cut is told."""
    if case.cut:
        return True
    if case.example is None or row.when.value(case.within) == FALSE:
        return False
    if row.when.value(case.example.known) == TRUE:
        return True
    try:
        return asking.search.find([*case.met, row.when], case.within) is not None
    except SearchCut:
        asking.cut(
            Told(
                FindingCode.NEVER_APPLIES,
                (row.id,),
                _row_place(row, asking),
                f"can the row `{row.id}` follow from `{case.rule.id}`",
            )
        )
        return True


def _overlaps(
    case: RuleCase, rows: Sequence[SanctionRow], asking: Asking, told: set[tuple[str, str]]
) -> None:
    """Rows that hold together and do not say the same: told once, of the first rule."""
    for number, row in enumerate(rows):
        within: int | None = -1
        for other in rows[:number]:
            pair = (other.id, row.id)
            if pair in told or not _differ(row, other):
                continue
            if within == -1:
                within = asking.search.within([*case.met, row.when], case.within)
            if within is None:
                break
            if other.when.value(within) == FALSE:
                continue
            found = asking.shown(
                Told(
                    FindingCode.ROWS_OVERLAP,
                    pair,
                    _row_place(row, asking),
                    f"`{other.id}` and `{row.id}` follow together from `{case.rule.id}` and say "
                    f"{_difference(row, other)}",
                    expected="one result of one regime in one case",
                    help="let `when` of the two exclude each other",
                    also=_row_place(other, asking),
                ),
                [*case.met, row.when, other.when],
                within,
                rule=case.rule,
            )
            if found:
                told.add(pair)


def _differ(row: SanctionRow, other: SanctionRow) -> bool:
    return row.regime is other.regime and (
        row.level is not other.level or {*row.allow} != {*other.allow}
    )


def _difference(row: SanctionRow, other: SanctionRow) -> str:
    if row.level is not other.level:
        return f"different levels: {other.level} and {row.level}"
    return "different sanctions"


def _gap(case: RuleCase, rows: Sequence[SanctionRow], asking: Asking) -> None:
    """A finding that is met while no row follows."""
    rule = case.rule
    if rule.kind is RuleKind.PERMISSION:
        return
    if rule.kind is RuleKind.CONSEQUENCE and not asking.plan.rows.get(rule.id):
        return
    missing = [negate(row.when) for row in rows]
    asking.shown(
        Told(
            FindingCode.GAP,
            (rule.id,),
            asking.place(rule),
            f"`{rule.id}` can be met without any sanction row that follows",
            expected="a row for every status, post and day on which it can be met",
            help="add a row, or waive with the law that provides for none",
        ),
        [*case.met, *missing],
        case.within,
        rule=rule,
    )


def _bare(case: RuleCase, rows: Sequence[SanctionRow], asking: Asking, told: set[str]) -> None:
    """A row that follows on a day on which no kind of sanction that it allows is in force. Where a
    row, or a kind, rests on law that goes by another date than the act's, it sets no such day.
    """
    day = asking.plan.space.by_path[ACT_DATE]
    for row in rows:
        days = 0
        for name in row.allow:
            days |= _kind_days(name, asking) & day.full
        if row.id in told or days == day.full or not _by_act(row.basis, asking):
            continue
        found = asking.shown(
            Told(
                FindingCode.LEVEL_WITHOUT_SANCTION,
                (row.id,),
                _row_place(row, asking),
                f"`{row.id}` follows on days on which none of its kinds of sanction is in force",
                expected="a kind of sanction with a basis in force on every day of the row",
                help="limit `when` to those days, or name the provision that was in force",
            ),
            [*case.met, row.when, *asking.plan.on_days(day.full & ~days)],
            case.within,
            rule=case.rule,
        )
        if found:
            told.add(row.id)


def _by_act(basis: Iterable[str], asking: Asking) -> bool:
    """Whether all of the provisions go by the date of the act."""
    return all(asking.plan.provisions[name].governs == (GoverningDate.ACT,) for name in basis)


def _kind_days(name: str, asking: Asking) -> int:
    basis = asking.plan.kinds[name].basis
    return asking.plan.days_in_force(basis) if basis else -1


def _lighter(case: RuleCase, rows: Sequence[SanctionRow], graver: Graver, asking: Asking) -> None:
    """The same case with a graver value of one fact, and a lighter outcome of the finding."""
    if FindingCode.GRAVER_IS_LIGHTER not in asking.wanted:
        return
    ranked = {row.id: _RANKS.get((row.regime, row.level)) for row in rows}
    if not any(graver.fact in facts_of(row.when) for row in rows) and not any(
        graver.fact in facts_of(condition) for condition in case.met
    ):
        return
    fact = asking.plan.space.facts[graver.fact]
    alone = asking.without(graver.fact)
    for row in rows:
        rank = ranked[row.id]
        if rank is None:
            continue
        as_heavy = [r for r in rows if ranked[r.id] is None or (ranked[r.id] or 0) >= rank]
        told = False
        for number, high in enumerate(graver.order):
            for low in graver.order[:number]:
                if told:
                    break
                before = [with_value(c, fact.index, low) for c in (*case.met, row.when)]
                after = [with_value(c, fact.index, high) for c in case.met]
                after += [negate(with_value(r.when, fact.index, high)) for r in as_heavy]
                ties = list(_both_lawful(asking, graver, low, high))
                told = asking.shown(
                    Told(
                        FindingCode.GRAVER_IS_LIGHTER,
                        (graver.id, case.rule.id, row.id),
                        _row_place(row, asking),
                        f"`{case.rule.id}` leads to `{row.id}` where `{fact.spec.path}` is "
                        f"`{_word(asking, graver, low)}`, and to less where it is "
                        f"`{_word(asking, graver, high)}`",
                        expected="an outcome at least as heavy for the graver value",
                        help="look for the row that is missing for the graver value",
                        also=asking.items["graver"][graver.id].place,
                    ),
                    [*before, *after, *ties],
                    alone.start & ~fact.full | low,
                    search=alone,
                    leaf=_Leaf(asking, graver, (low, high), case, row),
                    rule=case.rule,
                    reads=[Test(fact.index, low, fact.full & ~low)],
                )


def _word(asking: Asking, graver: Graver, bit: int) -> str:
    fact = asking.plan.space.facts[graver.fact]
    return str(next(value for value, own in fact.bits.items() if own == bit)).lower()


def _both_lawful(asking: Asking, graver: Graver, low: int, high: int) -> Iterator[Condition]:
    """That no constraint excludes either value: but for those that set a derived fact."""
    derived = asking.plan.space.facts[graver.fact].spec.origin is Origin.DERIVED
    for constraint in asking.plan.constraints:
        if graver.fact not in {test.fact for test in constraint.tests}:
            continue
        if derived and constraint.then.fact == graver.fact:
            continue
        whole = either([negate(constraint.when), constraint.then])
        yield with_value(whole, graver.fact, low)
        yield with_value(whole, graver.fact, high)


class _Leaf:
    """That a derived fact can have either value: what it follows from may differ, nothing else."""

    def __init__(
        self,
        asking: Asking,
        graver: Graver,
        values: tuple[int, int],
        case: RuleCase,
        row: SanctionRow,
    ) -> None:
        plan = asking.plan
        fact = plan.space.facts[graver.fact]
        self._search = asking.search
        self._fact = fact
        self._values = values
        self._conditions = (case.met, (*case.met, row.when))
        paths = plan.sources.get(fact.index, ()) if fact.spec.origin is Origin.DERIVED else ()
        self._free = sum(plan.space.by_path[path].full for path in paths)

    def __call__(self, known: int) -> Found | None:
        """The two reports agree in all on which the conditions turn; the lighter one is shown."""
        shown: Found | None = None
        for value in reversed(self._values):
            start = (known | self._free) & ~self._fact.full | value
            conditions = self._conditions[value == self._values[0]]
            shown = self._search.find(conditions, start & self._search.start)
            if shown is None:
                return None
        return shown
