"""The child process in which durable_rules runs: the only place that imports it.

Run as a script, it reads one JSON object per line from standard input and answers each with one.
It never sees a record: kinds, fields and values come as short made-up words. It keeps to the subset
of durable_rules that was measured to be right: equality joins, texts only, one state at a time,
every fact with an id of its own and handled by a rule that asks for nothing.
"""

import copy
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

SID = "0"
"""One live state at a time: states are told apart by a short hash of their names alone."""
KIND = "k"
KEY = "key"
"""A field that every fact has, for the rule that handles every fact."""


class Rules:
    """The loaded rules, and what they did with the facts of the case at hand."""

    def __init__(self, rules: list[dict[str, Any]]) -> None:
        from durable.engine import Ruleset

        self._rules = rules
        self._same = sorted(
            {tuple(one) for rule in rules for p in rule["all"] for one in p["same"]}
        )
        definitions: dict[str, Any] = {
            "sink": {"all": [{"m": {"$ex": {KEY: 1}}}], "run": lambda _: None},
        }
        for number, rule in enumerate(rules):
            definitions[f"r{number}"] = {
                "all": [{f"m{i}": self._condition(p)} for i, p in enumerate(rule["all"])],
                "dist": 0,  # one fact may fit several premises
                "run": self._action(number),
            }
        self._engine = Ruleset("history", None, copy.deepcopy(definitions))
        self._clear()

    def _clear(self) -> None:
        self._ids: dict[str, str] = {}
        self._activations: list[list[Any]] = []
        self._errors: list[str] = []

    def chain(self, facts: list[dict[str, str]]) -> dict[str, Any]:
        """Every activation, and the content of every derived fact by its id."""
        self._clear()
        try:
            for number, fact in enumerate(facts):
                handle = self._engine.assert_fact(self._asserted(fact, f"f{number}"))
                self._engine.do_actions(handle, self._done)
                stored = self._engine.get_state(SID).get("exception")
                if stored:
                    self._errors.append(str(stored))
                if self._errors:
                    raise RuntimeError(self._errors[0])
        finally:
            if facts:  # without any there is no state
                self._engine.delete_state(SID)
        return {
            "activations": self._activations,
            "derived": {id: json.loads(content) for content, id in self._ids.items()},
        }

    def close(self) -> None:
        import durable_rules_engine

        durable_rules_engine.delete_ruleset(self._engine._handle)

    def _condition(self, premise: dict[str, Any]) -> dict[str, Any]:
        parts: list[dict[str, Any]] = [{KIND: premise["kind"]}]
        parts += [{field: value} for field, value in premise["holds"].items()]
        parts += [{"$ex": {field: 1}} for field in premise["has"]]
        parts += [{self._same_name(tuple(one)): "1"} for one in premise["same"]]
        # Equality with an earlier fact comes last and is the only kind of comparison: any other
        # reads past the end of a buffer.
        parts += [{field: {f"m{i}": other}} for field, i, other in premise["equals"]]
        return {"$and": parts} if len(parts) > 1 else parts[0]

    def _same_name(self, fields: tuple[str, ...]) -> str:
        return f"q{self._same.index(fields)}"

    def _asserted(self, fact: dict[str, str], id: str) -> dict[str, str]:
        """A fact as it is asserted; that two of its fields agree is a field of its own."""
        agreed = {self._same_name(pair): "1" for pair in self._same if _agree(fact, pair)}
        return {**fact, **agreed, "id": id, "sid": SID, KEY: "1"}

    def _action(self, number: int) -> Callable[[Any], None]:
        rule = self._rules[number]

        def act(closure: Any) -> None:
            try:
                matched = dict(_matched(closure))
                facts = [matched[f"m{i}"] for i in range(len(rule["all"]))]
                then = {
                    field: facts[source[0]][source[1]] if isinstance(source, list) else source
                    for field, source in rule["then"].items()
                }
                content = json.dumps(then, sort_keys=True)
                new = content not in self._ids
                id = self._ids.setdefault(content, f"d{len(self._ids)}")
                self._activations.append([number, [fact["id"] for fact in facts], id])
                if new:
                    closure.assert_fact(self._asserted(then, id))
            except BaseException as error:  # durable_rules would keep it to itself
                self._errors.append(f"{type(error).__name__}: {getattr(error, 'message', error)}")

        return act

    def _done(self, error: object, _: object) -> None:
        if error:
            self._errors.append(str(getattr(error, "message", error)))


def _agree(fact: dict[str, str], fields: tuple[str, ...]) -> bool:
    first, second = fields
    return first in fact and fact[first] == fact.get(second)


def _matched(closure: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """The facts that a rule matched, by premise."""
    if closure._m is not None:
        yield from closure._m.items()
    else:
        for one in closure.m:
            yield from one.items()


def limit_memory(megabytes: int) -> None:
    """As the platform can: Windows cannot, macOS may refuse."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    except (ImportError, ValueError, OSError):
        return


def main() -> None:
    limit_memory(int(sys.argv[1]))
    say = speaker()
    try:
        from durable.engine import Ruleset  # noqa: F401
    except Exception as error:
        say({"unavailable": f"{type(error).__name__}: {error}"})
        return
    say({"ready": True})
    rules: Rules | None = None
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            if "load" in asked:
                if rules is not None:
                    rules.close()
                rules = Rules(asked["load"])
                say({"loaded": len(asked["load"])})
            elif rules is not None:
                say(rules.chain(asked["chain"]))
        except Exception as error:
            say({"error": f"{type(error).__name__}: {getattr(error, 'message', error)}"})
    if rules is not None:
        rules.close()


def speaker() -> Callable[[dict[str, Any]], None]:
    """Says one object per line where standard output led; what C code prints goes nowhere."""
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def say(answer: dict[str, Any]) -> None:
        out.write(json.dumps(answer) + "\n")
        out.flush()

    return say


if __name__ == "__main__":
    main()
