"""durable_rules as a second engine: asked on request, compared with ours, never deciding.

It is not maintained and can crash, so it runs in a child process that is given time and memory.
What goes there and comes back is JSON; every kind, field and value is replaced by a short made-up
word, so that nothing of a record decides how that engine behaves.
"""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TimedOut
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from netralitas_rules.history.chainer import chain
from netralitas_rules.history.model import Activation, Chained, RecordFact, derived_id
from netralitas_rules.law.history import BASE_RECORDS, Derivation, Variable

ENGINE = "durable_rules"
CODE = "engines-disagree"
NOT_FROM = (3, 13)
"""The first Python that its extension cannot be loaded into."""
KIND = "k"
"""The field in which the child finds the kind of a fact; no made-up word is like it."""
_FOR_THE_END = 5.0
"""Seconds in which a process that has closed its output ends."""
_CHILD = Path(__file__).with_name("_durable_child.py")

Conclusions = frozenset[tuple[str, Activation]]
"""Ids of derived facts, each with one activation that leads to it."""


class EngineState(StrEnum):
    """How the second engine did. Stable: programs and other files use these words."""

    AGREED = "agreed"
    DISAGREED = "disagreed"
    CRASHED = "crashed"
    UNAVAILABLE = "unavailable"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True)
class EngineRun:
    """One use of the second engine: which it was and how it did."""

    engine: str
    version: str
    state: EngineState
    detail: str
    """For people, in English: what was compared, or why nothing was."""


class EnginesDisagree(Exception):
    """The two engines do not conclude the same from the same records."""

    code = CODE

    def __init__(self, ours: Conclusions, theirs: Conclusions, run: EngineRun) -> None:
        self.ours = ours
        self.theirs = theirs
        self.run = run
        super().__init__(ours, theirs, run)

    @property
    def only_ours(self) -> tuple[tuple[str, Activation], ...]:
        return tuple(sorted(self.ours - self.theirs))

    @property
    def only_theirs(self) -> tuple[tuple[str, Activation], ...]:
        return tuple(sorted(self.theirs - self.ours))

    def __str__(self) -> str:
        return (
            f"{self.code}: {len(self.ours)} conclusions of our own chainer, {len(self.theirs)} of "
            f"{self.run.engine} {self.run.version}. "
            f"Only ours: {_shown(self.only_ours)}. Only theirs: {_shown(self.only_theirs)}"
        )


def _shown(conclusions: Sequence[tuple[str, Activation]]) -> str:
    first = [f"{id} by {a.derivation} from {', '.join(a.premises)}" for id, a in conclusions[:5]]
    more = [f"{len(conclusions) - 5} more"] if len(conclusions) > 5 else []
    return "; ".join([*first, *more]) or "none"


def conclusions(chained: Chained) -> Conclusions:
    """What our chainer concluded, in the form in which two engines are compared."""
    return frozenset((id, one) for id, ways in chained.activations.items() for one in ways)


def cross_check(
    derivations: Iterable[Derivation],
    facts: Iterable[RecordFact],
    *,
    vocabulary: Mapping[str, frozenset[str]] = BASE_RECORDS,
    seconds: float = 10.0,
) -> EngineRun:
    """Chain with both engines and compare. Raises `EnginesDisagree`, and `Refused` as `chain`."""
    derivations = tuple(derivations)
    chained = chain(derivations, facts, vocabulary=vocabulary)
    with DurableEngine(derivations, seconds=seconds) as engine:
        return engine.check(chained)


class DurableEngine:
    """durable_rules with these derivations loaded, in a child process, for many cases.

    A child that crashes or takes too long is given up, and the next case gets a new one.
    """

    def __init__(
        self, derivations: Iterable[Derivation], *, seconds: float = 10.0, megabytes: int = 1024
    ) -> None:
        """`seconds`: for every answer of the child; `megabytes`: of address space for it, where the
        platform can limit that."""
        self._seconds = seconds
        self._megabytes = megabytes
        self._version = _version()
        self._child: _Child | None = None
        self._loaded = False
        self._lock = threading.Lock()
        self._take(derivations)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child. The engine can be used again: it starts another."""
        with self._lock:
            self._give_up()

    def load(self, derivations: Iterable[Derivation]) -> None:
        """Other derivations, in the same child."""
        with self._lock:
            self._take(derivations)

    @property
    def pid(self) -> int | None:
        """The process id of the child, where there is one."""
        return self._child.process.pid if self._child is not None else None

    def check(self, chained: Chained) -> EngineRun:
        """Chain the same base records and compare. Raises `EnginesDisagree`."""
        theirs = self.chain(chained.base)
        if isinstance(theirs, EngineRun):
            return theirs
        ours = conclusions(chained)
        if ours != theirs:
            run = self._run(EngineState.DISAGREED, f"{len(ours)} conclusions, and {len(theirs)}")
            raise EnginesDisagree(ours, theirs, run)
        return self._run(EngineState.AGREED, f"{len(ours)} conclusions")

    def chain(self, facts: Iterable[RecordFact]) -> Conclusions | EngineRun:
        """What it concludes from base records, or why it does not."""
        if sys.version_info >= NOT_FROM:
            return self._run(EngineState.UNAVAILABLE, "it does not work on Python 3.13 and later")
        if not self._version:
            return self._run(EngineState.UNAVAILABLE, "durable-rules is not installed")
        given = sorted(facts)
        with self._lock:
            words = _Words(self._words)
            try:
                answer = self._ask([words.fact(fact) for fact in given])
            except _Lost as lost:
                self._give_up()
                return self._run(lost.state, lost.detail)
            ids = {f"f{number}": fact.id for number, fact in enumerate(given)}
            ids |= {id: words.id_of(content) for id, content in answer["derived"].items()}
            return frozenset(self._concluded(answer["activations"], ids))

    def _ask(self, facts: list[dict[str, str]]) -> dict[str, Any]:
        """What the child answers. Raises `_Lost`."""
        if self._child is None:
            self._child = _Child(self._megabytes)
            hello = self._child.answer(None, self._seconds)
            if "unavailable" in hello:
                raise _Lost(EngineState.UNAVAILABLE, str(hello["unavailable"]))
        if not self._loaded:
            rules = [_rule(derivation, self._words) for derivation in self._derivations]
            self._child.answer({"load": rules}, self._seconds)
            self._loaded = True
        return self._child.answer({"chain": facts}, self._seconds)

    def _concluded(
        self, activations: list[Any], ids: Mapping[str, str]
    ) -> Iterator[tuple[str, Activation]]:
        for rule, premises, id in activations:
            premise_ids = tuple(ids[one] for one in premises)
            yield ids[id], Activation(self._derivations[rule].id, premise_ids)

    def _run(self, state: EngineState, detail: str) -> EngineRun:
        return EngineRun(ENGINE, self._version, state, detail)

    def _give_up(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None
            self._loaded = False

    def _take(self, derivations: Iterable[Derivation]) -> None:
        self._derivations = tuple(sorted(derivations, key=lambda derivation: derivation.id))
        self._words = _Words({})
        for derivation in self._derivations:
            _rule(derivation, self._words)
        self._loaded = False


def _version() -> str:
    """Of the installed package, without importing it; empty where there is none."""
    try:
        return version("durable-rules")
    except PackageNotFoundError:
        return ""


class _Words(dict[str, str]):
    """Made-up words by what they stand for: a kind, a field or a value.

    That engine tells many things apart by a 32-bit hash only; no two of these words share one.
    """

    def __missing__(self, text: str) -> str:
        return self.setdefault(text, f"w{len(self)}")

    def fact(self, fact: RecordFact) -> dict[str, str]:
        return {KIND: self[fact.kind]} | {self[field]: self[value] for field, value in fact.fields}

    def id_of(self, content: Mapping[str, str]) -> str:
        """The id of the derived fact with this content."""
        texts = {word: text for text, word in self.items()}
        fields = [(texts[field], texts[word]) for field, word in content.items() if field != KIND]
        return derived_id(texts[content[KIND]], fields)


def _rule(derivation: Derivation, words: _Words) -> dict[str, Any]:
    """A derivation as the child takes it."""
    bound: dict[str, tuple[int, str]] = {}
    premises = []
    for number, premise in enumerate(derivation.premises):
        holds: dict[str, str] = {}
        has: list[str] = []
        same: list[tuple[str, str]] = []
        equals: list[tuple[str, int, str]] = []
        for field, term in premise.terms:
            word = words[field]
            if not isinstance(term, Variable):
                holds[word] = words[term]
            elif term.name not in bound:
                bound[term.name] = (number, word)
                has.append(word)
            elif bound[term.name][0] == number:
                same.append((bound[term.name][1], word))
            else:
                equals.append((word, *bound[term.name]))
        kind = words[premise.kind]
        premises.append({"kind": kind, "holds": holds, "has": has, "same": same, "equals": equals})
    then: dict[str, Any] = {KIND: words[derivation.conclusion.kind]}
    for field, term in derivation.conclusion.terms:
        then[words[field]] = bound[term.name] if isinstance(term, Variable) else words[term]
    return {"all": premises, "then": then}


class _Lost(Exception):
    """The child gave no answer."""

    def __init__(self, state: EngineState, detail: str) -> None:
        self.state = state
        self.detail = detail
        super().__init__(state, detail)


class _Child:
    """One child process, and the thread that talks to it: a full pipe must not stop the clock."""

    def __init__(self, megabytes: int) -> None:
        self.process = subprocess.Popen(
            # By its file, so that it imports nothing of this package; -P: nor of the folder.
            [sys.executable, "-P", str(_CHILD), str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
        )
        self._thread = ThreadPoolExecutor(1, "durable-rules")

    def answer(self, question: Mapping[str, Any] | None, seconds: float) -> dict[str, Any]:
        """What it says next, after a question or unasked. Raises `_Lost`."""
        try:
            line = self._thread.submit(self._talk, question).result(seconds)
        except TimedOut:
            raise _Lost(EngineState.TIMED_OUT, f"no answer within {seconds:g} s") from None
        if not line.endswith("\n"):
            raise _Lost(EngineState.CRASHED, self._ending())
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise _Lost(EngineState.CRASHED, str(answer["error"]))
        return answer

    def _talk(self, question: Mapping[str, Any] | None) -> str:
        """A line; one that does not end, or none, where the process has ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            if question is not None:
                self.process.stdin.write(json.dumps(question) + "\n")
                self.process.stdin.flush()
            return self.process.stdout.readline()
        except (OSError, ValueError):
            return ""

    def end(self) -> None:
        self.process.kill()
        self._thread.shutdown()
        with suppress(OSError):
            self.process.communicate()

    def _ending(self) -> str:
        try:
            code = self.process.wait(_FOR_THE_END)
        except subprocess.TimeoutExpired:
            return "the child closed its output"
        if code >= 0:
            return f"the child ended with code {code}"
        try:
            return f"the child was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"the child was ended by signal {-code}"
