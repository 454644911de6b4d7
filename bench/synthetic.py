"""A ruleset and incidents made up at random, the same for every engine.

Each rule is raised by one to three conducts and has three to six more conditions over 60 facts;
some conditions are alternatives (`any`), some rules have an exception. About 60 % of the facts of
an incident are unknown. No fact repeats in a rule, and there are no constraints.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from netralitas_rules.facts.vocabulary import Conduct

Value = str | bool
CONDUCTS = tuple(member.value for member in Conduct)
PREFIX = "bench"
RULES = 100
FACTS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One fact and the values that it may (`negated`: may not) have."""

    fact: str
    values: tuple[Value, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Unless:
    """`asked`: considered only where its fact is stated."""

    when: Line
    but_not: Line | None
    asked: bool


@dataclass(frozen=True, slots=True)
class MadeRule:
    id: str
    conducts: tuple[str, ...]
    stated: str | None
    """A fact that must be stated for the rule to be raised at all."""
    needs: tuple[Line | AnyOf, ...]
    unless: Unless | None


@dataclass(frozen=True, slots=True)
class Made:
    """Facts with their values, and rules over them."""

    facts: dict[str, tuple[Value, ...]]
    rules: tuple[MadeRule, ...]

    def lines(self, rule: MadeRule) -> Iterator[Line]:
        """Every line of a rule."""
        for need in rule.needs:
            yield from need.lines if isinstance(need, AnyOf) else (need,)
        if rule.unless is not None:
            yield rule.unless.when
            if rule.unless.but_not is not None:
                yield rule.unless.but_not


def make(*, seed: int, rules: int = RULES, facts: int = FACTS) -> Made:
    """The rules of one seed."""
    chance = random.Random(seed)
    values: dict[str, tuple[Value, ...]] = {}
    for number in range(facts):
        many = chance.choice((2, 3, 3, 4, 5))
        values[f"f{number:02d}"] = (
            (True, False) if many == 2 else tuple(f"v{i}" for i in range(many))
        )
    return Made(values, tuple(_rule(chance, values, number) for number in range(rules)))


def _rule(chance: random.Random, facts: dict[str, tuple[Value, ...]], number: int) -> MadeRule:
    conditions = chance.randint(3, 6)
    names = iter(chance.sample(sorted(facts), conditions + 8))
    needs: list[Line | AnyOf] = [_line(chance, facts, next(names)) for _ in range(conditions)]
    if chance.random() < 0.15:
        needs[-1] = AnyOf(tuple(_line(chance, facts, next(names)) for _ in range(2)))
    unless = None
    if chance.random() < 0.25:
        unless = Unless(
            _line(chance, facts, next(names)),
            _line(chance, facts, next(names)) if chance.random() < 0.4 else None,
            chance.random() < 0.5,
        )
    stated = next(names) if chance.random() < 0.15 else None
    conducts = tuple(sorted(chance.sample(CONDUCTS, chance.randint(1, 3))))
    return MadeRule(f"{PREFIX}/r{number:03d}", conducts, stated, tuple(needs), unless)


def _line(chance: random.Random, facts: dict[str, tuple[Value, ...]], name: str) -> Line:
    values = facts[name]
    picked = chance.sample(values, chance.randint(1, len(values) - 1))
    negated = chance.random() < 0.15
    return Line(name, tuple(v for v in values if (v in picked) != negated), negated)


def rows(made: Made, *, seed: int, count: int, known: float = 0.4) -> list[dict[str, Any]]:
    """Incidents as plain nested mappings; each fact is stated with the chance `known`."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        facts = {
            name: chance.choice(values)
            for name, values in made.facts.items()
            if chance.random() < known
        }
        conduct = chance.choice(CONDUCTS)
        found.append({"act": {"conduct": conduct, "further": {PREFIX: facts}}})
    return found


def document(made: Made) -> dict[str, Any]:
    """The rules as one file of a ruleset."""
    return {
        "ruleset": {
            "format": 1,
            "name": PREFIX,
            "version": "1.0",
            "title": _words("made up"),
        },
        "instruments": {"law": {"title": _words("A law"), "short": _words("Law 1/2021")}},
        "provisions": {
            f"law/{article}/a": {
                "says": _words("says"),
                "mark": "A",
                "text": "seen",
                "source": "made up",
            }
            for article in range(1, 11)
        },
        "facts": {
            _path(name): {"label": _words(name), "question": _words(f"{name}?"), **_kind(values)}
            for name, values in made.facts.items()
        },
        "violations": {rule.id: _violation(rule, n) for n, rule in enumerate(made.rules)},
        "kinds": {"warning": {"says": _words("a warning"), "basis": ["law/1/a"]}},
        "sanctions": {
            f"row-{article}": {
                "for": [f"law/{article}/a"],
                "regime": "discipline",
                "level": "light",
                "rests-on": "regulation",
                "allow": ["warning"],
                "basis": [f"law/{article}/a"],
            }
            for article in range(1, 11)
        },
    }


def _violation(rule: MadeRule, number: int) -> dict[str, Any]:
    raised: dict[str, Any] = {"act.conduct": list(rule.conducts)}
    if rule.stated is not None:
        raised[_path(rule.stated)] = "stated"
    found: dict[str, Any] = {
        "title": _words(rule.id),
        "norm": [f"law/{number % 10 + 1}/a"],
        "raised-by": raised,
        "needs": {
            f"n{n}": (
                {"any": [_condition(line) for line in need.lines]}
                if isinstance(need, AnyOf)
                else _condition(need)
            )
            for n, need in enumerate(rule.needs)
        },
    }
    unless = rule.unless
    if unless is not None:
        clause = {"says": _words("an exception"), "when": _condition(unless.when)}
        if unless.but_not is not None:
            clause["but-not"] = _condition(unless.but_not)
        if unless.asked:
            clause["asked-when"] = {_path(unless.when.fact): "stated"}
        found["unless"] = {"exception": clause}
    return found


def _condition(line: Line) -> dict[str, Any]:
    values = list(line.values)
    return {_path(line.fact): {"not": values} if line.negated else values}


def _path(fact: str) -> str:
    return f"act.{PREFIX}.{fact}"


def _kind(values: tuple[Value, ...]) -> dict[str, Any]:
    if values == (True, False):
        return {"kind": "bool"}
    return {"kind": "enum", "values": {str(v): _words(str(v)) for v in values}}


def _words(text: str) -> dict[str, str]:
    return {"id": text, "en": text}
