"""The second engine: it agrees, and whatever becomes of its process is a value.

Where durable_rules cannot be had (Python 3.13 and later, or no compiler), every test asks for the
answer `unavailable` instead. `DURABLE=required`, which `.ci/run` sets, fails where it could be had.
"""

import importlib.util
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from hypothesis import given, settings

import netralitas_rules as nr
from netralitas_rules.history import durable
from netralitas_rules.history.chainer import chain
from netralitas_rules.history.durable import (
    DurableEngine,
    EngineRun,
    EnginesDisagree,
    EngineState,
    conclusions,
    cross_check,
)
from netralitas_rules.history.model import record
from netralitas_rules.law.history import Derivation, Variable, pattern
from netralitas_rules.loading.link_history import fnv1a
from netralitas_rules.testing.histories import person
from tests.history.generated import BASE, WORDS, Generated, cases, dense
from tests.strategies import LONG, examples

WORKS = sys.version_info < durable.NOT_FROM and importlib.util.find_spec("durable") is not None
ANSWERS = EngineState.AGREED if WORKS else EngineState.UNAVAILABLE
NATIONAL = tuple(nr.load("national").plan.history.values())


@pytest.fixture(scope="module")
def engine() -> Iterator[DurableEngine]:
    with DurableEngine((), seconds=60) as one:
        yield one


def test_it_is_there_where_it_has_to_be() -> None:
    must = os.environ.get("DURABLE") == "required" and sys.version_info < durable.NOT_FROM
    assert WORKS or not must


# -- both engines


def check(engine: DurableEngine, case: Generated) -> int:
    """How many conclusions both come to."""
    found = chain(case.derivations, case.facts, vocabulary=BASE)
    engine.load(case.derivations)
    run = engine.check(found)
    assert run.state is ANSWERS, run
    return len(conclusions(found))


def test_both_agree_on_dense_cases(engine: DurableEngine) -> None:
    """Generated derivations and records: self joins, recursion, one record for several premises,
    one content derived twice, fields left out, one variable twice in a premise.
    """
    counts = [check(engine, dense(seed)) for seed in range(examples(1500))]
    assert sum(map(bool, counts)) > len(counts) // 2


@settings(max_examples=examples(150))
@given(case=cases())
def test_both_agree_on_drawn_cases(engine: DurableEngine, case: Generated) -> None:
    check(engine, case)


def test_both_agree_on_people(engine: DurableEngine) -> None:
    """The national derivations on generated records of one person."""
    engine.load(NATIONAL)
    for seed in range(examples(300)):
        assert engine.check(chain(NATIONAL, person(seed))).state is ANSWERS


def test_texts_of_every_kind_are_told_apart(engine: DurableEngine) -> None:
    """Surrogates, nul, line ends, long texts, two with one hash: none of it gets there."""
    odd = (
        "\ud800",
        "\x00",
        "a\nb",
        "x" * 100_000,
        "kasus-97877c17",
        "kasus-e7071fa0",
        "$m",
        "\u2028",
    )
    assert fnv1a(odd[4]) == fnv1a(odd[5])
    same = Derivation(
        "same",
        WORDS,
        (),
        (pattern("c", {"x": Variable("u")}), pattern("b", {"x": Variable("u")})),
        pattern("q", {"x": Variable("u")}),
    )
    facts = [record(f"c{n}", "c", x=text) for n, text in enumerate(odd)]
    facts += [record(text, "b", x=text, y="1") for text in odd]
    engine.load((same,))
    found = chain((same,), facts, vocabulary=BASE)
    assert len(found.derived) == len(odd)
    assert engine.check(found).state is ANSWERS


def test_one_call_checks_and_closes() -> None:
    run = cross_check(NATIONAL, person(1))
    assert run.engine == "durable_rules"
    assert run.state is ANSWERS
    assert run.detail
    assert bool(run.version) or not WORKS


def test_nothing_to_chain() -> None:
    assert cross_check(NATIONAL, ()).state is ANSWERS
    assert cross_check((), person(1)).state is ANSWERS


def test_made_up_words_have_hashes_of_their_own() -> None:
    """As many as there can be: values of 5,000 records, ids of base and derived facts."""
    words = ["k", "key", "id", "sid", "m", "sink", *(f"w{n}" for n in range(100_000))]
    ids = [*(f"f{n}" for n in range(5_000)), *(f"d{n}" for n in range(50_000))]
    for names in (words, ids):
        assert len({fnv1a(name) for name in names}) == len(names)


def test_threads_share_one_engine(engine: DurableEngine) -> None:
    engine.load(NATIONAL)
    runs: list[EngineRun] = []

    def several(start: int) -> None:
        for seed in range(start, start + 20):
            runs.append(engine.check(chain(NATIONAL, person(seed))))

    threads = [threading.Thread(target=several, args=(start,)) for start in range(0, 100, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [run.state for run in runs] == [ANSWERS] * 100


# -- what becomes of the process


def test_a_killed_child_is_reported_and_the_next_case_has_another() -> None:
    case = chain(NATIONAL, person(3))
    with DurableEngine(NATIONAL) as engine:
        assert engine.check(case).state is ANSWERS
        if not WORKS:
            assert engine.pid is None
            return
        for ended in (signal.SIGKILL, signal.SIGSEGV):
            pid = engine.pid
            assert pid is not None
            os.kill(pid, ended)
            run = engine.check(case)
            assert run.state is EngineState.CRASHED
            assert run.detail == f"the child was ended by {ended.name}"
            assert engine.pid is None
            assert engine.check(case).state is EngineState.AGREED
            assert engine.pid not in (None, pid)


def test_more_conditions_than_it_can_load_do_not_hang_us() -> None:
    """It never comes back from loading these; linking refuses as many."""
    many = tuple(
        Derivation(
            f"d{n}", WORDS, (), (pattern("c", {"x": f"v{n}"}),), pattern("q", {"x": f"v{n}"})
        )
        for n in range(700)
    )
    start = time.monotonic()
    run = cross_check(many, [record("c", "c", x="v1")], vocabulary=BASE, seconds=2)
    assert run.state is (EngineState.TIMED_OUT if WORKS else EngineState.UNAVAILABLE)
    assert time.monotonic() - start < 10


def test_memory_stays_flat_over_many_cases() -> None:
    """A case leaves nothing behind: 5,000 of them with LONG, which `.ci/run` sets; else 500."""
    every = 1000 if LONG else 100
    files = [chain(NATIONAL, person(seed)) for seed in range(50)]
    used = []
    with DurableEngine(NATIONAL, seconds=60) as engine:
        for turn in range(5 * every + 1):
            assert engine.check(files[turn % len(files)]).state is ANSWERS
            if turn and turn % every == 0:
                used.append(kilobytes(engine.pid))
    assert max(used[1:]) - used[0] < 2_000


def kilobytes(pid: int | None) -> int:
    """Of resident memory; 0 where there is no process."""
    if pid is None:
        return 0
    asked = ["ps", "-o", "rss=", "-p", str(pid)]
    return int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


# -- other engines in its place


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "StandIn":
    return StandIn(monkeypatch, tmp_path)


class StandIn:
    """A package `durable` that the child imports instead, on every Python."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.package = folder / "durable"
        self.package.mkdir()
        (self.package / "__init__.py").write_text("")
        (folder / "durable_rules_engine.py").write_text("def delete_ruleset(handle): pass\n")
        monkeypatch.setenv("PYTHONPATH", str(folder))
        monkeypatch.setattr(durable, "NOT_FROM", (9,))
        monkeypatch.setattr(durable, "_version", lambda: "0")

    def run(self, doing: str, *, top: str = "", seconds: float = 10, mb: int = 1024) -> EngineRun:
        """What comes of a case when asserting a fact does this."""
        (self.package / "engine.py").write_text(
            f"{top}\n"
            "class Ruleset:\n"
            "    _handle = 0\n"
            "    def __init__(self, name, host, definition): pass\n"
            f"    def assert_fact(self, fact): {doing}\n"
            "    def do_actions(self, handle, done): done(None, None)\n"
            "    def get_state(self, sid): return {}\n"
            "    def delete_state(self, sid): pass\n"
        )
        case = chain(NATIONAL, person(1))
        with DurableEngine(NATIONAL, seconds=seconds, megabytes=mb) as engine:
            return engine.check(case)


def test_engines_that_disagree_are_both_named(stand_in: StandIn) -> None:
    with pytest.raises(EnginesDisagree) as caught:
        stand_in.run("return 0")
    error = caught.value
    ours = conclusions(chain(NATIONAL, person(1)))
    assert (error.ours, error.theirs) == (ours, frozenset())
    assert error.only_ours == tuple(sorted(ours))
    assert error.only_theirs == ()
    assert error.run == EngineRun(
        "durable_rules", "0", EngineState.DISAGREED, f"{len(ours)} conclusions, and 0"
    )
    told = str(error)
    assert told.startswith(f"engines-disagree: {len(ours)} conclusions of our own chainer, 0 of")
    assert error.only_ours[0][0] in told
    assert f"{len(ours) - 5} more" in told
    assert told.endswith("Only theirs: none")
    assert str(pickle.loads(pickle.dumps(error))) == told


def test_an_engine_that_cannot_be_imported(stand_in: StandIn) -> None:
    run = stand_in.run("pass", top="raise ImportError('undefined symbol')")
    assert run.state is EngineState.UNAVAILABLE
    assert run.detail == "ImportError: undefined symbol"


def test_an_engine_that_takes_too_long(stand_in: StandIn) -> None:
    run = stand_in.run("import time; time.sleep(60)", seconds=1)
    assert (run.state, run.detail) == (EngineState.TIMED_OUT, "no answer within 1 s")


@pytest.mark.parametrize(
    ("doing", "detail"),
    [
        ("raise RuntimeError('error 106')", "RuntimeError: error 106"),
        ("import os; os._exit(3)", "the child ended with code 3"),
        ("import os; os.abort()", "the child was ended by SIGABRT"),
    ],
)
def test_an_engine_that_fails(stand_in: StandIn, doing: str, detail: str) -> None:
    run = stand_in.run(doing)
    assert (run.state, run.detail) == (EngineState.CRASHED, detail)


def test_an_engine_that_keeps_an_error_to_itself(stand_in: StandIn) -> None:
    """durable_rules stores what an action raises and calls it a success."""
    run = stand_in.run("type(self).get_state = lambda self, sid: {'exception': 'it failed'}")
    assert (run.state, run.detail) == (EngineState.CRASHED, "RuntimeError: it failed")


def test_an_engine_that_asks_for_too_much_memory(stand_in: StandIn) -> None:
    """Where a process can be limited: Linux."""
    if sys.platform == "linux":
        run = stand_in.run("bytearray(2 << 30)", mb=512)
        assert (run.state, run.detail) == (EngineState.CRASHED, "MemoryError: ")
    else:
        with pytest.raises(EnginesDisagree):
            stand_in.run("bytearray(2 << 10)", mb=512)


def test_what_an_engine_prints_is_no_answer(stand_in: StandIn) -> None:
    with pytest.raises(EnginesDisagree):
        stand_in.run("import os; os.write(1, b'{}\\n'); print('{}')")


def test_an_old_python_and_a_missing_package_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(durable, "_version", lambda: "")
    monkeypatch.setattr(durable, "NOT_FROM", (9,))
    run = cross_check(NATIONAL, person(1))
    assert (run.state, run.detail) == (EngineState.UNAVAILABLE, "durable-rules is not installed")
    monkeypatch.setattr(durable, "NOT_FROM", (3, 0))
    run = cross_check(NATIONAL, person(1))
    assert run.state is EngineState.UNAVAILABLE
    assert run.detail == "it does not work on Python 3.13 and later"


def test_a_missing_package_is_found_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(durable, "version", missing)
    assert durable._version() == ""
