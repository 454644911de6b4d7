"""Checks of rules: what never applies, exceptions without effect or without limit, rules implied
by others.
"""

from collections.abc import Iterator, Sequence

from netralitas_rules.analysis.asking import Asking, Told
from netralitas_rules.analysis.cases import RuleCase, applies
from netralitas_rules.analysis.search import SearchCut
from netralitas_rules.engine.conditions import FALSE, TRUE, Condition, both, negate
from netralitas_rules.engine.plan import ExceptionClause, Rule, opened_by
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.law.model import RuleKind
from netralitas_rules.loading.conditions import Place

_OF_EXCEPTIONS = {FindingCode.EXCEPTION_SWALLOWS, FindingCode.EXCEPTION_NEVER_BITES}


def findings(asking: Asking) -> None:
    for case in asking.cases.values():
        if case.cut:
            asking.cut(_never(case.rule, asking.place(case.rule)))
        elif case.example is None and FindingCode.NEVER_APPLIES in asking.wanted:
            _never_met(case, asking)
        if asking.wanted & _OF_EXCEPTIONS:
            _exceptions(case, asking)
    if FindingCode.IMPLIED_RULE in asking.wanted:
        _implied(asking)


def _possible(conditions: Sequence[Condition], asking: Asking, told: Told) -> bool:
    """Whether conditions can hold together; where the search is cut, that is told."""
    try:
        return asking.search.find(conditions) is not None
    except SearchCut:
        asking.cut(told)
        return True


def _never(rule: Rule, at: Place) -> Told:
    return Told(
        FindingCode.NEVER_APPLIES,
        (rule.id,),
        at,
        f"`{rule.id}` can never apply",
        expected="a report that could fulfil it",
        help="look for elements, days and bodies of law that exclude each other",
    )


def _never_met(case: RuleCase, asking: Asking) -> None:
    """The narrowest reason why a rule is never met: an element, two of them, an exception."""
    rule, at = case.rule, asking.place(case.rule)
    told = _never(rule, at)
    where = (rule.under, *asking.plan.on_days(rule.days))
    if not _possible(case.raised, asking, told):
        asking.told(told)
        return
    own = [e for e in rule.elements if e.name not in ("conduct", "raised-by")]
    never = [e for e in own if not _possible([*case.raised, e.condition], asking, told)]
    for element in never:
        asking.told(
            Told(
                FindingCode.NEVER_APPLIES,
                (rule.id,),
                at / "needs" / element.name,
                f"the element `{element.name}` of `{rule.id}` can never be met",
                expected="an element that some report under this rule fulfils",
                help="look at what raises the rule, its days and what the law makes impossible",
            )
        )
    if never:
        return
    if _possible([*case.raised, rule.needs], asking, told):
        swallowing = list(_swallowing(case, asking))
        if not swallowing:
            asking.told(told)
        return
    for number, element in enumerate(own):
        for other in own[:number]:
            parts = [*where, *opened_by(rule.gates), element.condition, other.condition]
            if not _possible(parts, asking, told):
                asking.told(
                    Told(
                        FindingCode.NEVER_APPLIES,
                        (rule.id,),
                        at / "needs" / element.name,
                        f"`{rule.id}` can never apply: its elements `{other.name}` and "
                        f"`{element.name}` exclude each other",
                        expected="elements that some report fulfils together",
                        also=at / "needs" / other.name,
                    )
                )
                return
    asking.told(told)


def _swallowing(case: RuleCase, asking: Asking) -> Iterator[ExceptionClause]:
    """Exceptions that alone leave nothing of a rule whose elements can be met."""
    for clause in case.rule.exceptions:
        told = _swallows(case.rule, clause, asking)
        kept = [*case.raised, case.rule.needs, negate(applies(clause))]
        if not _possible(kept, asking, told):
            yield clause


def _swallows(rule: Rule, clause: ExceptionClause, asking: Asking) -> Told:
    return Told(
        FindingCode.EXCEPTION_SWALLOWS,
        (rule.id,),
        asking.place(rule) / "unless" / clause.name,
        f"the exception `{clause.name}` of `{rule.id}` applies whenever its elements are met",
        expected="an exception that leaves a case of the rule",
        help="narrow `when`, or say with `but-not` where it does not hold",
    )


def _exceptions(case: RuleCase, asking: Asking) -> None:
    rule = case.rule
    complete = [*case.raised, rule.needs]
    if not rule.exceptions or (case.example is None and not _elements_possible(case, asking)):
        return
    if case.example is None:
        for clause in _swallowing(case, asking):
            asking.told(_swallows(rule, clause, asking))
    for clause in rule.exceptions:
        told = Told(
            FindingCode.EXCEPTION_NEVER_BITES,
            (rule.id,),
            asking.place(rule) / "unless" / clause.name,
            f"the exception `{clause.name}` of `{rule.id}` never applies where the rest is met",
            expected="an exception that takes some case out of the rule",
            help="delete it, or look at which element already excludes its case",
        )
        if not _possible([*complete, applies(clause)], asking, told):
            asking.told(told)


def _elements_possible(case: RuleCase, asking: Asking) -> bool:
    told = _never(case.rule, asking.place(case.rule))
    return _possible([*case.raised, case.rule.needs], asking, told)


def _implied(asking: Asking) -> None:
    """Rules that are met in every case in which another of their kind is."""
    met = {case.rule.id: both(case.met) for case in asking.cases.values()}
    for case in asking.cases.values():
        if case.example is None or case.rule.kind is RuleKind.PERMISSION:
            continue
        samples = list(asking.search.samples(case.example))
        for other in asking.cases.values():
            if other is case or other.rule.kind is not case.rule.kind:
                continue
            implied = met[other.rule.id]
            if any(_refutes(known, implied, asking) for known in samples):
                continue
            pair = (case.rule.id, other.rule.id)
            told = Told(
                FindingCode.IMPLIED_RULE,
                pair,
                asking.place(case.rule),
                f"whenever `{pair[0]}` is met, `{pair[1]}` is met too",
                expected="rules of which each has a case of its own",
                help="add to the one what the law has besides, or except it from the other",
                also=asking.place(other.rule),
            )
            try:
                apart = asking.search.find([*case.met, negate(implied)], case.within)
            except SearchCut:
                asking.cut(told)
                continue
            if apart is None:
                asking.told(told)
            else:
                samples.extend(asking.search.samples(apart))


def _refutes(known: int, implied: Condition, asking: Asking) -> bool:
    """Whether a completion is a case in which what is implied does not hold."""
    told = [c for c in asking.search.covered([implied]) if c is not implied]
    return implied.value(known) == FALSE and all(c.value(known) == TRUE for c in told)
