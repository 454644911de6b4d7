"""Evidence: the order of its items does not matter, what agrees never unsettles, and what is met is
met whatever is true of what the accounts dispute.
"""

import copy
import datetime
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from netralitas_rules.decision.model import Decision, FindingStatus
from netralitas_rules.facts.leaves import parse_span
from netralitas_rules.facts.space import Kind
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import Ruleset
from tests.spec import NEVER, fits, fits_date, fits_list
from tests.spec_evidence import Said, at_place, shown_by_place, weighed, write
from tests.strategies import (
    AS_OF,
    SPECS,
    Choices,
    Decided,
    Doc,
    evident_cases,
    examples,
    model,
    narrowed,
    ruleset_of,
)

MET, NOT_MET = FindingStatus.MET, FindingStatus.NOT_MET


def decided(case: Decided, incident: Doc) -> Decision | None:
    try:
        return case.ruleset.decide(model(incident), as_of=AS_OF)
    except Refused:
        return None


def statuses(decision: Decision) -> dict[tuple[Any, ...], FindingStatus]:
    return {(f.id, f.subject, f.act, f.beneficiary): f.status for f in decision.all_findings}


def met(decision: Decision) -> set[tuple[Any, ...]]:
    return {key for key, status in statuses(decision).items() if status is MET}


# -- order


@settings(max_examples=examples(100))
@given(case=evident_cases(several=True, standards=True), data=st.data())
def test_the_order_of_items_does_not_matter(case: Decided, data: st.DataObject) -> None:
    items = case.incident.get("evidence", [])
    assume(len(items) > 1)
    other = copy.deepcopy(case.incident)
    other["evidence"] = [
        {**item, "shows": dict(data.draw(st.permutations(list(item["shows"].items()))))}
        for item in data.draw(st.permutations(items))
    ]
    assert decided(case, other) == decided(case, case.incident)


# -- what is possible


def values_of(path: str, statements: list[Any]) -> list[Any]:
    """Values of a fact that tell these statements apart."""
    spec = SPECS[path]
    match spec.kind:
        case Kind.DATE:
            spans = [parse_span(s) for s in statements if s != NEVER]
            step = datetime.timedelta(days=1)
            ends = {d for span in spans for d in (span.first, span.last)}
            inside = {d for d in ends if datetime.date.min < d < datetime.date.max}
            days = {d + n * step for d in inside for n in (-1, 0, 1)}
            return [*sorted(days | ends), *([NEVER] if spec.may_be_never else [])]
        case Kind.INTEGER:
            return sorted({*statements})
        case Kind.LIST:
            members = [str(value) for value in spec.values]
            sizes = range(len(members) + 1)
            subsets = chain.from_iterable(combinations(members, n) for n in sizes)
            return [frozenset(subset) for subset in subsets]
    return list(spec.values)


def fit(path: str, value: Any, statement: Any) -> bool:
    match SPECS[path].kind:
        case Kind.DATE:
            return fits_date(value, statement)
        case Kind.LIST:
            return fits_list(value, statement)
        case Kind.INTEGER:
            return bool(value == statement)
    return fits(value, statement)


def fact_at(place: tuple[str | int, ...]) -> str:
    """The fact that stands at a place."""
    groups = {"subjects": "subject", "acts": "act", "beneficiaries": "beneficiary"}
    group, *rest = (str(step) for step in place if step != "further")
    named = ".".join([groups.get(group, group), *rest[1:]] if group in groups else [group, *rest])
    return "election" if named == "beneficiary.election" else named


def known(place: tuple[str | int, ...], said: Any) -> tuple[list[Any], bool]:
    """The values that are left of a fact with evidence, and whether it is disputed."""
    path = fact_at(place)
    statements = said.accounts if isinstance(said, Said) else [said]
    values = values_of(path, statements)
    together = [v for v in values if all(fit(path, v, s) for s in statements)]
    some = [v for v in values if any(fit(path, v, s) for s in statements)]
    return together or some, not together


def as_stated(path: str, value: Any) -> Any:
    """One value as an incident states it."""
    if isinstance(value, datetime.date):
        first, last = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
        return min(max(value, first), last).isoformat()
    return sorted(value) if SPECS[path].kind is Kind.LIST else value


def completed(c: Choices, case: Decided) -> tuple[Doc, bool]:
    """The incident without evidence, one possible value at every place that it spoke of; and
    whether one of them was disputed.
    """
    together = weighed(case.incident)
    plain = copy.deepcopy(case.incident)
    plain.pop("evidence", None)
    any_disputed = False
    for place in shown_by_place(case.incident):
        values, disputed = known(place, at_place(together, place))
        assume(values)
        any_disputed = any_disputed or disputed
        write(plain, place, as_stated(fact_at(place), c.pick(values)))
    return plain, any_disputed


@pytest.mark.parametrize("standards", [False, True])
def test_what_is_met_is_met_whichever_account_is_true(*, standards: bool) -> None:
    """Promise 1, over the union of what the accounts of a disputed fact allow."""
    seen = 0

    @settings(max_examples=examples(200))
    @given(case=evident_cases(several=True, standards=standards), data=st.data())
    def compare(case: Decided, data: st.DataObject) -> None:
        nonlocal seen
        before = decided(case, case.incident)
        assume(before is not None)
        assert before is not None
        completion, disputed = completed(Choices(lambda n: data.draw(st.integers(0, n - 1))), case)
        after = decided(Decided(bare(case), case.facts, completion, bare_ruleset(case)), completion)
        if after is not None:  # else this value contradicts the rest: it cannot be
            assert met(before) <= met(after)
            refuted = {k for k, status in statuses(before).items() if status is NOT_MET}
            now = statuses(after)
            assert all(now.get(key, NOT_MET) is NOT_MET for key in refuted)
            seen += disputed and bool(met(before) | refuted)

    compare()
    assert seen >= 3, "hardly any disputed case was settled"


def bare(case: Decided) -> Doc:
    """The ruleset without its standards."""
    document = copy.deepcopy(case.document)
    document.pop("standards", None)
    for section in ("violations", "permissions", "consequences"):
        for rule in document.get(section, {}).values():
            rule.pop("standard", None)
    return document


def bare_ruleset(case: Decided) -> Ruleset:
    return ruleset_of(bare(case)) if "standards" in case.document else case.ruleset


# -- agreeing


@settings(max_examples=examples(200))
@given(case=evident_cases(standards=True), data=st.data())
def test_an_item_that_agrees_never_unsettles(case: Decided, data: st.DataObject) -> None:
    """It speaks of facts that are stated, and shares a value with what all accounts allow; of a
    disputed fact it allows nothing new.
    """
    spoken = list(shown_by_place(case.incident))
    assume(spoken)
    c = Choices(lambda n: data.draw(st.integers(0, n - 1)))
    together = weighed(case.incident)
    place = c.pick(spoken)
    path, said = fact_at(place), at_place(together, place)
    accounts = said.accounts if isinstance(said, Said) else [said]
    new = narrowed(c, path, c.pick(accounts), fully=False)
    assume(new is not None)
    _, disputed = known(place, said)
    values = values_of(path, [*accounts, new])
    agreeing = [v for v in values if fit(path, v, new)]
    if disputed:
        assume(all(any(fit(path, v, s) for s in accounts) for v in agreeing))
    else:
        assume(any(all(fit(path, v, s) for s in accounts) for v in agreeing))
    before = decided(case, case.incident)
    richer = copy.deepcopy(case.incident)
    names = [p for item in richer["evidence"] for p in item["shows"] if fact_of(p) == path]
    item = {"key": "more", "kind": "photo", "shows": {names[0]: new}}
    richer["evidence"].append(item)
    after = decided(case, richer)
    if before is None or after is None:
        return
    assert met(before) <= met(after)
    now = statuses(after)
    for key, status in statuses(before).items():
        if status is NOT_MET:
            assert now.get(key, NOT_MET) is NOT_MET


def fact_of(written: str) -> str:
    """The fact of a place as evidence names it."""
    head, _, rest = written.partition(".")
    groups = {"subjects": "subject", "acts": "act", "beneficiaries": "beneficiary"}
    name = head.partition("[")[0]
    return ".".join(filter(None, [groups.get(name, name), rest]))


# -- standards


@settings(max_examples=examples(150))
@given(case=evident_cases(several=True, standards=True))
def test_a_standard_only_ever_holds_back(case: Decided) -> None:
    """What is met with standards is met without; what is not met is not met either way."""
    held = decided(case, case.incident)
    plain = decided(
        Decided(bare(case), case.facts, case.incident, bare_ruleset(case)), case.incident
    )
    assert (held is None) == (plain is None)
    if held is None or plain is None:
        return
    assert met(held) <= met(plain)
    assert {k for k, s in statuses(held).items() if s is NOT_MET} == {
        k for k, s in statuses(plain).items() if s is NOT_MET
    }
