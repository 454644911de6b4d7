"""The rules of `synthetic` in other engines, and by hand.

Every contender reads the same mappings and answers with the ids of the rules that it takes to be
broken. None of them knows "unknown": a condition on an absent fact is false, its negation true.
"""

import json
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.synthetic import CONDUCTS, PREFIX, AnyOf, Line, Made, MadeRule, Unless, Value

Row = Mapping[str, Any]
MAX_DURABLE_CONDITIONS = 400
"""Above some 500 distinct conditions the engine never returns from loading."""


@dataclass(frozen=True, slots=True)
class Contender:
    """An engine in one form; `missing` says why it cannot run here."""

    name: str
    form: str
    hits: Callable[[Row], Collection[str]] | None
    rules: int
    missing: str = ""
    by_hand: bool = False
    """The choice of the rules by conduct is made in Python, outside the engine."""
    share: float = 1.0
    """Part of the incidents that it is given."""


def contenders(made: Made) -> Iterator[Contender]:
    """Every contender; those that are not installed say so."""
    count = len(made.rules)
    yield Contender("plain Python", "nested ifs by conduct", plain(made), count, by_hand=True)
    for form, make, by_hand, share in (
        ("table: conduct, expression", zen_table, False, 1.0),
        ("one expression", zen_expression, False, 1.0),
        ("create_decision of the table", zen_decision, False, 0.2),
        ("expressions chosen by conduct", zen_by_conduct, True, 1.0),
    ):
        yield _installed("zen-engine", form, made, make, count, by_hand=by_hand, share=share)
    for form, make, by_hand, share in (
        ("a Rule per violation", rule_engine_all, False, 0.1),
        ("Rules chosen by conduct", rule_engine_by_conduct, True, 0.5),
    ):
        yield _installed("rule-engine", form, made, make, count, by_hand=by_hand, share=share)
    safe = _safe_for_durable(made)
    yield _installed(
        "durable_rules",
        "facts, safe subset",
        replace(made, rules=safe),
        durable,
        len(safe),
        share=0.1,
    )


def _installed(
    name: str,
    form: str,
    made: Made,
    make: Callable[[Made], Callable[[Row], Collection[str]]],
    rules: int,
    *,
    by_hand: bool = False,
    share: float,
) -> Contender:
    try:
        return Contender(name, form, make(made), rules, by_hand=by_hand, share=share)
    except ImportError as error:
        return Contender(name, form, None, rules, f"not installed ({error.name})")
    except Exception as error:  # another release of it may want its rules otherwise
        return Contender(name, form, None, rules, f"failed: {error!r:.80}")


# -- conditions as text


@dataclass(frozen=True, slots=True)
class Language:
    """How one engine writes a line, and the fact that must be stated."""

    line: Callable[[Line], str]
    stated: Callable[[str], str]

    def conditions(self, rule: MadeRule) -> list[str]:
        """Everything but the conduct."""
        found = [] if rule.stated is None else [self.stated(rule.stated)]
        for need in rule.needs:
            if isinstance(need, AnyOf):
                found.append(f"({' or '.join(map(self.line, need.lines))})")
            else:
                found.append(self.line(need))
        if rule.unless is not None:
            found.append(f"not ({self.exception(rule.unless)})")
        return found

    def exception(self, unless: Unless) -> str:
        parts = [self.stated(unless.when.fact)] if unless.asked else []
        parts.append(self.line(unless.when))
        if unless.but_not is not None:
            parts.append(f"not ({self.line(unless.but_not)})")
        return " and ".join(parts)


def by_conduct(made: Made) -> dict[str, list[MadeRule]]:
    return {c: [r for r in made.rules if c in r.conducts] for c in CONDUCTS}


# -- by hand


def plain(made: Made) -> Callable[[Row], Collection[str]]:
    """A function per conduct, as one would write it: two truth values, no reasons."""
    language = Language(
        lambda line: f"get({line.fact!r}) {'not in' if line.negated else 'in'} {line.values!r}",
        lambda fact: f"{fact!r} in facts",
    )
    source = ["def make():"]
    for number, rules in enumerate(by_conduct(made).values()):
        source += [
            f"    def conduct_{number}(facts):",
            "        get = facts.get",
            "        found = []",
        ]
        for rule in rules:
            source.append(f"        if {' and '.join(language.conditions(rule))}:")
            source.append(f"            found.append({rule.id!r})")
        source.append("        return found")
    names = ", ".join(f"{c!r}: conduct_{n}" for n, c in enumerate(CONDUCTS))
    source.append(f"    return {{{names}}}")
    space: dict[str, Any] = {}
    exec("\n".join(source), space)
    functions = space["make"]()

    def hits(row: Row) -> Collection[str]:
        act = row["act"]
        return functions[act["conduct"]](act["further"][PREFIX])

    return hits


# -- zen-engine


def _zen_line(line: Line) -> str:
    sign = "not in" if line.negated else "in"
    return f"act.further.{PREFIX}.{line.fact} {sign} {json.dumps(list(line.values))}"


_ZEN = Language(_zen_line, lambda fact: f"act.further.{PREFIX}.{fact} != null")


def zen_table(made: Made) -> Callable[[Row], Collection[str]]:
    """A decision table that collects: a column for the conduct (indexed), one for the rest."""
    import zen

    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"t": _zen_graph(made)}}})

    def hits(row: Row) -> Collection[str]:
        return [hit["id"] for hit in engine.evaluate("t", row)["result"]]

    return hits


def zen_decision(made: Made) -> Callable[[Row], Collection[str]]:
    """The same table, as the documentation's first example loads it."""
    import zen

    decision = zen.ZenEngine().create_decision(json.dumps(_zen_graph(made)))

    def hits(row: Row) -> Collection[str]:
        return [hit["id"] for hit in decision.evaluate(row)["result"]]

    return hits


def zen_expression(made: Made) -> Callable[[Row], Collection[str]]:
    """All rules as one compiled expression: a list with an id or nothing per rule."""
    import zen

    terms = [
        f"act.conduct in {json.dumps(list(rule.conducts))} and {_zen_term(rule)}"
        for rule in made.rules
    ]
    expression = zen.compile_expression(f"[{', '.join(terms)}]")

    def hits(row: Row) -> Collection[str]:
        return [hit for hit in expression.evaluate(row) if hit]

    return hits


def zen_by_conduct(made: Made) -> Callable[[Row], Collection[str]]:
    """A compiled expression per conduct, chosen in Python."""
    import zen

    expressions = {
        conduct: zen.compile_expression(f"[{', '.join(map(_zen_term, rules))}]")
        for conduct, rules in by_conduct(made).items()
    }

    def hits(row: Row) -> Collection[str]:
        return [hit for hit in expressions[row["act"]["conduct"]].evaluate(row) if hit]

    return hits


def _zen_term(rule: MadeRule) -> str:
    return f"{' and '.join(_ZEN.conditions(rule))} ? '{rule.id}' : ''"


def _zen_graph(made: Made) -> dict[str, Any]:
    rows = [
        {
            "_id": rule.id,
            "conduct": ", ".join(map(json.dumps, rule.conducts)),
            "rest": " and ".join(_ZEN.conditions(rule)),
            "hit": f"'{rule.id}'",
        }
        for rule in made.rules
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": [
            {"id": "conduct", "name": "conduct", "field": "act.conduct"},
            {"id": "rest", "name": "rest", "field": ""},
        ],
        "outputs": [{"id": "hit", "name": "hit", "field": "id"}],
        "rules": rows,
    }
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "t", "name": "t", "type": "decisionTableNode", "content": table},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "t", "type": "edge"},
            {"id": "2", "sourceId": "t", "targetId": "out", "type": "edge"},
        ],
    }


# -- rule-engine


def rule_engine_all(made: Made) -> Callable[[Row], Collection[str]]:
    """Every rule compiled once and asked in turn."""
    make = _rule_engine()
    rules = [(rule.id, make(_with_conduct(rule))) for rule in made.rules]

    def hits(row: Row) -> Collection[str]:
        return [name for name, rule in rules if rule.matches(row)]

    return hits


def rule_engine_by_conduct(made: Made) -> Callable[[Row], Collection[str]]:
    """The same, asking only those of the conduct."""
    make = _rule_engine()
    rules = {
        conduct: [(rule.id, make(" and ".join(_RULE_ENGINE.conditions(rule)))) for rule in found]
        for conduct, found in by_conduct(made).items()
    }

    def hits(row: Row) -> Collection[str]:
        return [name for name, rule in rules[row["act"]["conduct"]] if rule.matches(row)]

    return hits


def _rule_engine() -> Callable[[str], Any]:
    import rule_engine

    def resolve(row: Row, name: str) -> Any:
        act = row["act"]
        return act["conduct"] if name == "conduct" else act["further"][PREFIX].get(name)

    # A resolver of one step is many times faster than `act.further.bench.f00`, and `==` than `in`.
    context = rule_engine.Context(default_value=None, resolver=resolve)
    return lambda text: rule_engine.Rule(text, context=context)


def _rule_engine_line(line: Line) -> str:
    sign, word = ("!=", "and") if line.negated else ("==", "or")
    return f"({f' {word} '.join(f'{line.fact} {sign} {_literal(v)}' for v in line.values)})"


def _literal(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


_RULE_ENGINE = Language(_rule_engine_line, lambda fact: f"{fact} != null")


def _with_conduct(rule: MadeRule) -> str:
    conduct = " or ".join(f"conduct == {c!r}" for c in rule.conducts)
    return " and ".join([f"({conduct})", *_RULE_ENGINE.conditions(rule)])


# -- durable_rules


def _safe_for_durable(made: Made) -> tuple[MadeRule, ...]:
    """Rules without exception (a negation over an absent fact loops), as many as it can load."""
    found = []
    conditions = 0
    for rule in made.rules:
        if rule.unless is None:
            conditions += len(rule.conducts) + sum(
                len(_positive(made, line)) for line in made.lines(rule)
            )
            if conditions > MAX_DURABLE_CONDITIONS:
                break
            found.append(rule)
    return tuple(found)


def _positive(made: Made, line: Line) -> list[Value]:
    return [v for v in made.facts[line.fact] if (v in line.values) != line.negated]


def durable(made: Made) -> Callable[[Row], Collection[str]]:
    """One fact per incident, one state, no host; a sink rule; the state deleted afterwards."""
    from durable.engine import Ruleset

    found: list[str] = []
    rules: dict[str, Any] = {
        "sink": {"all": [{"m": {"$ex": {"key": 1}}}], "run": lambda _: None},
    }
    for rule in made.rules:
        rules[rule.id.replace("/", "_")] = {
            "all": [{"m": {"$and": list(_durable_terms(made, rule))}}],
            "run": _recorder(found, rule.id),
        }
    ruleset = Ruleset("bench", None, rules)
    lock = threading.Lock()

    def failed(error: BaseException | None, _: object) -> None:
        if error is not None:
            raise RuntimeError(f"durable_rules failed: {error}")

    def hits(row: Row) -> Collection[str]:
        act = row["act"]
        fact: dict[str, Any] = {n: _durable_value(v) for n, v in act["further"][PREFIX].items()}
        fact.update(id="1", sid="0", key=1, conduct=act["conduct"])
        with lock:
            found.clear()
            try:
                ruleset.do_actions(ruleset.assert_fact(fact), failed)
            finally:
                ruleset.delete_state("0")
            return list(dict.fromkeys(found))

    return hits


def _recorder(found: list[str], rule: str) -> Callable[[Any], None]:
    def record(_: Any) -> None:
        found.append(rule)

    return record


def _durable_terms(made: Made, rule: MadeRule) -> Iterator[dict[str, Any]]:
    yield _either([{"conduct": c} for c in rule.conducts])
    if rule.stated is not None:
        yield {"$ex": {rule.stated: 1}}
    for need in rule.needs:
        lines = need.lines if isinstance(need, AnyOf) else (need,)
        yield _either([{o.fact: _durable_value(v)} for o in lines for v in _positive(made, o)])


def _either(terms: list[dict[str, Any]]) -> dict[str, Any]:
    return terms[0] if len(terms) == 1 else {"$or": terms}


def _durable_value(value: Value) -> str:
    """Yes and no as strings: no coercion applies."""
    return {True: "ya", False: "tidak"}[value] if isinstance(value, bool) else value
