"""A ruleset is a value: a pickled one decides alike, and threads may share one."""

import pickle
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from netralitas_rules.loader import bundled_rulesets, load
from netralitas_rules.loading.diagnostics import Diagnostic, Refused
from netralitas_rules.ruleset import Ruleset
from tests.strategies import (
    AS_OF,
    FRAME,
    Choices,
    Decided,
    Doc,
    a_report,
    alike_cases,
    bundled_law,
    cases,
    examples,
    model,
    reports,
    ruleset_of,
    words,
)

NAMES = sorted(bundled_rulesets())
THREADS = 4


def answer(ruleset: Ruleset, incident: Doc) -> Any:
    """The decision and its text, or why there is none."""
    try:
        decision = ruleset.decide(model(incident), as_of=AS_OF)
    except Refused as refused:
        return tuple(map(Diagnostic.as_json, refused.diagnostics))
    return decision, decision.text(lang="id")


def copied(ruleset: Ruleset) -> Ruleset:
    """The same ruleset, linked anew: it remembers nothing of what was decided before."""
    copy = pickle.loads(pickle.dumps(ruleset))
    assert isinstance(copy, Ruleset)
    assert copy is not ruleset
    return copy


@settings(max_examples=examples(50))
@given(case=cases(several=True))
def test_a_pickled_ruleset_decides_alike(case: Decided) -> None:
    copy = copied(case.ruleset)
    assert (copy.digest, copy.rules, copy.plan) == (
        case.ruleset.digest,
        case.ruleset.rules,
        case.ruleset.plan,
    )
    assert answer(copy, case.incident) == answer(case.ruleset, case.incident)


@settings(max_examples=examples(50))
@given(case=cases(several=True))
def test_deciding_leaves_no_trace(case: Decided) -> None:
    """The second answer, out of warm caches, is the first; and that of a fresh ruleset."""
    first = answer(case.ruleset, case.incident)
    assert answer(case.ruleset, case.incident) == first
    assert pickle.loads(pickle.dumps(first)) == first


@settings(max_examples=examples(60))
@given(alike=alike_cases(count=4))
def test_what_was_decided_before_changes_nothing(alike: tuple[Decided, list[Doc]]) -> None:
    """Incidents that are nearly alike share most of what is remembered; a fresh ruleset for each
    remembers nothing.
    """
    case, incidents = alike
    for incident in incidents:
        assert answer(case.ruleset, incident) == answer(ruleset_of(case.document), incident)


@pytest.mark.parametrize("name", NAMES)
def test_bundled_rulesets_pickle(name: str) -> None:
    copy = copied(load(name))

    @settings(max_examples=examples(30))
    @given(incident=reports(name))
    def compare(incident: Doc) -> None:
        assert answer(copy, incident) == answer(load(name), incident)

    assert copy.digest == load(name).digest
    compare()


@pytest.fixture
def busy_threads() -> Iterator[None]:
    """Threads that interrupt each other as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def some_reports(name: str, count: int) -> list[Doc]:
    """The same incidents each time: a plain sequence of pseudo-random choices."""
    choices = Choices(Random(20240214).randrange)
    return [a_report(choices, bundled_law(name)) for _ in range(count)]


@pytest.mark.usefixtures("busy_threads")
@pytest.mark.parametrize("name", NAMES)
def test_threads_decide_as_one(name: str) -> None:
    """Several threads on one fresh ruleset, all beginning at once with empty caches."""
    incidents = some_reports(name, 8)
    expected = [answer(load(name), incident) for incident in incidents]
    assert len({repr(e) for e in expected}) > 4, "the incidents are too much alike"
    for _ in range(2):
        shared, start = copied(load(name)), threading.Barrier(THREADS)

        def work(offset: int, shared: Ruleset = shared, start: threading.Barrier = start) -> bool:
            start.wait()
            order = [*range(offset, len(incidents)), *range(offset)]
            return all(answer(shared, incidents[i]) == expected[i] for i in order)

        with ThreadPoolExecutor(THREADS) as pool:
            assert all(pool.map(work, range(0, 2 * THREADS, 2)))


RAISING = {
    "occasion": "campaign",
    "medium": "print",
    "interaction": "like",
    "role": "speaker",
    "team_role": "expert",
    "duty_order": "oral",
    "attribution": "subject",
    "knowledge": "knowing",
}


def crowded() -> Ruleset:
    """Many elements that read the same fact: what is remembered of one must not serve another."""
    values = ("public", "closed_group", "private")
    rules = {
        f"{fact.replace('_', '-')}/{n}": {
            "title": words(f"{fact} {n}"),
            "norm": ["reg-a/1"],
            "raised-by": {f"act.{fact}": "stated"},
            "needs": {f"element-{place}-{n}": {"act.audience": values[(place + n) % 3]}},
        }
        for place, fact in enumerate(RAISING)
        for n in range(20)
    }
    return ruleset_of({**FRAME, "violations": rules})


@pytest.mark.usefixtures("busy_threads")
def test_threads_do_not_mix_up_elements() -> None:
    """Each thread begins with other rules, so that each is the first to need its elements."""
    acts = [{fact: v, "audience": "public", "date": AS_OF} for fact, v in RAISING.items()]
    incidents: list[Doc] = [{"subjects": [{}], "acts": [act]} for act in acts]
    original = crowded()
    expected = [original.decide(model(incident), as_of=AS_OF) for incident in incidents]
    for _ in range(12):
        shared, start = copied(original), threading.Barrier(THREADS)

        def work(number: int, shared: Ruleset = shared, start: threading.Barrier = start) -> bool:
            start.wait()
            order = [*range(number, len(acts)), *range(number)]
            return all(
                shared.decide(model(incidents[i]), as_of=AS_OF) == expected[i] for i in order
            )

        with ThreadPoolExecutor(THREADS) as pool:
            assert all(pool.map(work, range(THREADS)))
