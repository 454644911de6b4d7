"""Promises of the case stage: what more acts, another order and single breaches do to it."""

import copy
import random

from hypothesis import given, settings
from hypothesis import strategies as st

import netralitas_rules as nr
from netralitas_rules.case.model import CaseDecision
from netralitas_rules.case.regimes import RegimeOutcome, Standing
from netralitas_rules.decision.model import PathStatus
from netralitas_rules.law.regimes import LEVELS
from tests.case_files import AS_OF, Doc, case_files, model, more_reports
from tests.strategies import examples


def decided(content: Doc) -> CaseDecision:
    return nr.load("national").decide_case(model(content), as_of=AS_OF)


def rank(outcome: RegimeOutcome | None) -> tuple[int, int, bool]:
    """How heavy what is left is: the certain level, the possible one, and whether it is certain."""
    if outcome is None:
        return -1, -1, False
    least, greatest = (
        -1 if level is None else LEVELS.index(level) for level in (outcome.least, outcome.greatest)
    )
    return least, greatest, outcome.status is PathStatus.FOLLOWS


def by_regime(decision: CaseDecision) -> dict[str, RegimeOutcome]:
    return {outcome.regime.value: outcome for outcome in decision.regimes}


@settings(max_examples=examples(20))
@given(content=case_files(), other=more_reports())
def test_one_more_act_never_lightens(content: Doc, other: Doc) -> None:
    before = by_regime(decided(content))
    more = copy.deepcopy(content)
    more["reports"].append(other)
    after = by_regime(decided(more))
    for regime, outcome in before.items():
        for old, new in zip(rank(outcome), rank(after.get(regime)), strict=True):
            assert new >= old, regime
        absorbed = {p.at for p in outcome.paths if p.standing is Standing.ABSORBED}
        still = {p.at for p in after[regime].paths if p.standing is Standing.ABSORBED}
        assert absorbed <= still


@settings(max_examples=examples(15))
@given(content=case_files(), seed=st.integers(0, 2**32))
def test_no_order_matters(content: Doc, seed: int) -> None:
    other = copy.deepcopy(content)
    rng = random.Random(seed)
    for group in ("reports", "records"):
        rng.shuffle(other[group])
    for record in other["records"]:
        rng.shuffle(record.get("of", []))
        rng.shuffle(record.get("breaches", []))
    ours, theirs = decided(content), decided(other)
    assert ours.matters == theirs.matters
    assert ours.regimes == theirs.regimes
    assert ours.sanctions == theirs.sanctions
    assert ours.repeats == theirs.repeats
    assert ours.findings == theirs.findings
    assert ours.timeline == theirs.timeline
    assert ours.followed == theirs.followed


@settings(max_examples=examples(15))
@given(content=case_files())
def test_no_single_breach_is_heavier_than_all(content: Doc) -> None:
    """Every matter alone, without the others: never a heavier level than with them."""
    whole = decided(content)
    together = by_regime(whole)
    for matter in whole.matters:
        alone = copy.deepcopy(content)
        alone["reports"] = [r for r in content["reports"] if r["key"] in matter.reports]
        alone["records"] = [r for r in content["records"] if r["key"] in matter.records]
        for regime, outcome in by_regime(decided(alone)).items():
            for old, new in zip(rank(outcome), rank(together.get(regime)), strict=True):
                assert new >= old, (matter.key, regime)


@settings(max_examples=examples(20))
@given(content=case_files())
def test_what_is_absorbed_has_something_heavier_beside_it(content: Doc) -> None:
    decision = decided(content)
    paths = {p.at: (p, outcome) for outcome in decision.regimes for p in outcome.paths}
    absorbed = 0
    for path, outcome in paths.values():
        if path.standing is Standing.ABSORBED:
            absorbed += 1
            assert path.by
            for at in path.by:
                other, its = paths[at]
                if (
                    other.standing is Standing.SETTLED
                ):  # dismissed already, as a discipline sanction
                    ends = {
                        k
                        for name in path.relations
                        for k in nr.load("national").plan.relations[name].kinds
                    }
                    imposed = {one.record: one for one in decision.sanctions}
                    assert imposed[other.settled_by or ""].kind in ends
                    continue
                assert other.status is PathStatus.FOLLOWS
                assert other.standing not in (Standing.SETTLED, Standing.NO_BREACH)
                if its.regime is outcome.regime:
                    assert other.level is not None
                    assert path.level is not None
                    assert LEVELS.index(other.level) > LEVELS.index(path.level)
        if path.settled_by is not None:
            assert path.standing in (Standing.SETTLED, Standing.DECIDED, Standing.NO_BREACH)
