"""What `check` finds, by brute force: every world of a small ruleset, straight from the words."""

import copy
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from netralitas_rules.law.findings import FindingCode
from tests.spec import Doc, Spec, World, gates, needed, tests_of

Found = set[tuple[str, ...]]
"""Ids, and the name of the part where one is concerned."""
RANKS = {"light": 2, "medium": 3, "heavy": 4}


class Brute:
    """All worlds of one ruleset, every reading of every question among them."""

    def __init__(self, document: Doc) -> None:
        open_ = copy.deepcopy(dict(document))
        for question in open_.get("questions", {}).values():
            question.pop("default", None)
        self.law = Spec(open_)
        self.worlds = self.law.worlds({})
        self.stated = dict.fromkeys(self.law.facts)
        self.rows = dict(self.law.law.get("sanctions", {}))
        self._met = {
            name: [w for w in self.worlds if self.met(name, w) and self.told(self.docs(name), w)]
            for name in self.law.rules
        }

    # -- what holds in a world

    def docs(self, name: str, *rows: str) -> list[Doc]:
        own = list(self.law.conditions_of(self.law.rules[name]))
        return [*own, *(self.rows[row].get("when", {}) for row in rows)]

    def told(self, docs: Iterable[Doc], world: World) -> bool:
        """Whether the bodies of law that are read are told by a constraint that applies."""
        read = {path for doc in docs for path, _ in self.law.lines(doc)}
        for path in read:
            tellers = [c for _, c in self.law.constraints if path in c["then"]]
            applied = any(self.law.holds(c["when"], world) for c in tellers)
            if path.startswith("law.") and tellers and not applied:
                return False
        return True

    def raised(self, name: str, world: World) -> bool:
        rule = self.law.rules[name]
        return self.law.governs(rule, world) and self.opened(name, world)

    def opened(self, name: str, world: World) -> bool:
        return self.law.opened(self.law.rules[name]["raised-by"], self.stated, world)

    def needs(self, name: str, world: World) -> bool:
        needs = map(needed, self.law.rules[name]["needs"].values())
        return all(self.law.holds(need, world) for need in needs)

    def excused(self, name: str, exception: str, world: World) -> bool:
        doc = self.law.rules[name]["unless"][exception]
        return self.law.excused(doc, self.stated, world)

    def met(self, name: str, world: World) -> bool:
        return (
            self.raised(name, world)
            and self.needs(name, world)
            and not any(self.excused(name, e, world) for e in self.law.rules[name]["unless"])
        )

    def some(self, docs: Iterable[Doc], holds: Callable[[World], bool]) -> bool:
        kept = list(docs)
        return any(holds(w) and self.told(kept, w) for w in self.worlds)

    def raising(self, name: str) -> list[Doc]:
        rule = self.law.rules[name]
        tests = [tests_of(gate) for gate in gates(rule["raised-by"])]
        return [rule.get("under", {}), *(tests if all(tests) else [])]

    def exception_docs(self, name: str, exception: str) -> list[Doc]:
        doc = self.law.rules[name]["unless"][exception]
        asked = [tests_of(gate) for gate in gates(doc.get("asked-when", []))]
        return [doc["when"], doc.get("but-not", {}), *(asked if all(asked) else [])]

    def complete_docs(self, name: str) -> list[Doc]:
        rule = self.law.rules[name]
        return [*self.raising(name), *map(needed, rule["needs"].values())]

    # -- what is found

    def found(self, code: FindingCode) -> Found:
        method: Callable[[], Iterator[tuple[str, ...]]] = getattr(self, code.name.lower())
        return set(method())

    def never_applies(self) -> Iterator[tuple[str, ...]]:
        swallowed = {name for name, _ in self.exception_swallows()}
        for name, rule in self.law.rules.items():
            if self._met[name] or name in swallowed:
                continue
            raised = self.some(self.raising(name), partial(self.raised, name))
            parts = [
                part
                for part, raw in rule["needs"].items()
                if not self.some(
                    [*self.raising(name), needed(raw)],
                    partial(self._element, name, needed(raw)),
                )
            ]
            if raised and parts:
                yield from ((name, part) for part in parts)
            else:
                yield (name,)
        for row in self.rows:
            possible = {n for n in self.law.rules if self.follow(n, row)}
            if not possible:
                yield (row,)
                continue
            for name in self.rows[row]["for"]:
                if not any(n in possible for n in self.named(name)):
                    yield (row, name)

    def _element(self, name: str, need: Doc, world: World) -> bool:
        return self.raised(name, world) and self.law.holds(need, world)

    def named(self, name: str) -> list[str]:
        return [n for n, rule in self.law.rules.items() if n == name or self.breached(n, name)]

    def breached(self, rule: str, name: str) -> bool:
        return rule in self.law.law["violations"] and name in self.law.rules[rule]["norm"]

    def rows_of(self, rule: str) -> list[str]:
        if rule in self.law.law.get("permissions", {}):
            return []
        return [r for r, row in self.rows.items() if any(rule in self.named(n) for n in row["for"])]

    def follow(self, rule: str, *rows: str) -> list[World]:
        """The worlds in which a rule is met and rows of it follow."""
        if not {*rows} <= {*self.rows_of(rule)}:
            return []
        docs = self.docs(rule, *rows)
        return [
            w
            for w in self._met[rule]
            if all(self.law.follows(self.rows[r], w) for r in rows) and self.told(docs, w)
        ]

    def rows_overlap(self) -> Iterator[tuple[str, ...]]:
        for rule in self.law.rules:
            own = self.rows_of(rule)
            for number, row in enumerate(own):
                for other in own[:number]:
                    a, b = self.rows[row], self.rows[other]
                    differ = a.get("level") != b.get("level") or {*a["allow"]} != {*b["allow"]}
                    if a["regime"] == b["regime"] and differ and self.follow(rule, row, other):
                        yield other, row

    def gap(self) -> Iterator[tuple[str, ...]]:
        for rule in self.law.rules:
            rows = self.rows_of(rule)
            if rule in self.law.law["violations"] or rows:
                docs = self.docs(rule, *rows)
                if any(
                    self.told(docs, w)
                    and not any(self.law.follows(self.rows[row], w) for row in rows)
                    for w in self._met[rule]
                ):
                    yield (rule,)

    def level_without_sanction(self) -> Iterator[tuple[str, ...]]:
        kinds = self.law.law["kinds"]
        for row, doc in self.rows.items():
            bases = [kinds[kind].get("basis", []) for kind in doc["allow"]]
            for rule in self.law.rules:
                if any(
                    all(basis and not self.law.in_force(basis, w) for basis in bases)
                    for w in self.follow(rule, row)
                ):
                    yield (row,)

    def exception_swallows(self) -> Iterator[tuple[str, ...]]:
        for name, rule in self.law.rules.items():
            if self._met[name] or not self.complete(name):
                continue
            for exception in rule["unless"]:
                docs = [*self.complete_docs(name), *self.exception_docs(name, exception)]
                if not any(
                    not self.excused(name, exception, w) and self.told(docs, w)
                    for w in self.complete(name)
                ):
                    yield name, exception

    def complete(self, name: str) -> list[World]:
        docs = self.complete_docs(name)
        return [
            w
            for w in self.worlds
            if self.raised(name, w) and self.needs(name, w) and self.told(docs, w)
        ]

    def exception_never_bites(self) -> Iterator[tuple[str, ...]]:
        for name, rule in self.law.rules.items():
            complete = self.complete(name)
            for exception in rule["unless"] if complete else ():
                docs = [*self.complete_docs(name), *self.exception_docs(name, exception)]
                if not any(
                    self.excused(name, exception, w) and self.told(docs, w) for w in complete
                ):
                    yield name, exception

    def implied_rule(self) -> Iterator[tuple[str, ...]]:
        for section in ("violations", "consequences"):
            own = list(self.law.law.get(section, {}))
            for one in own:
                for other in own:
                    docs = [*self.docs(one), *self.docs(other)]
                    cases = [w for w in self._met[one] if self.told(docs, w)]
                    if one != other and self._met[one] and all(self.met(other, w) for w in cases):
                        yield one, other

    def idle_reading(self) -> Iterator[tuple[str, ...]]:
        for question in self.law.law.get("questions", {}):
            if not self._told_apart(f"reading.{question}"):
                yield (question,)

    def _told_apart(self, path: str) -> bool:
        outcomes: list[tuple[list[Doc], Callable[[World], bool]]] = [
            (self.docs(name), partial(self.met, name)) for name in self.law.rules if self._met[name]
        ]
        outcomes += [
            ([row.get("when", {})], partial(self.law.follows, row))
            for name, row in self.rows.items()
            if any(name in self.rows_of(rule) for rule in self.law.rules)
        ]
        broken = [c for facts, c in self.law.constraints if path in facts]
        for world in self.worlds:
            if path not in world:  # read for law alone that nothing goes by
                return False
            otherwise = {**world, path: "other" if world[path] == "one" else "one"}
            for docs, holds in outcomes:
                if holds(world) and not holds(otherwise) and self.told(docs, world):
                    return True
            if any(not self.law.lawful(c, otherwise) for c in broken):
                docs = [part for c in broken for part in (c["when"], c["then"])]
                if self.told(docs, world):
                    return True
        return False

    def validity_hole(self) -> Iterator[tuple[str, ...]]:
        for name, rule in self.law.rules.items():
            docs = self.complete_docs(name)
            for w in self.worlds:
                if (
                    self.hole(rule["norm"], w)
                    and self.law.holds(rule.get("under", {}), w)
                    and self.opened(name, w)
                    and self.needs(name, w)
                    and self.told(docs, w)
                ):
                    yield (name,)
        for row, doc in self.rows.items():
            for rule in self.law.rules:
                if row in self.rows_of(rule) and any(
                    self.hole(doc["basis"], w)
                    and self.law.holds(doc.get("when", {}), w)
                    and self.told(self.docs(rule, row), w)
                    for w in self._met[rule]
                ):
                    yield (row,)

    def hole(self, basis: list[str], world: World) -> bool:
        """A day on which nothing was in force, between days on which something was."""
        if self.law.in_force(basis, world):
            return False
        day = world["act.date"].isoformat()
        spans = [self.law.validity(name) for name in basis]
        before = any(last is not None and last < day for _, last in spans)
        return before and any(first is not None and day < first for first, _ in spans)

    def graver_is_lighter(self) -> Iterator[tuple[str, ...]]:
        for graver, doc in self.law.law.get("graver", {}).items():
            path, order = doc["fact"], doc["order"]
            for rule in self.law.rules:
                rows = self.rows_of(rule)
                for row in rows:
                    if any(
                        self._lighter(rule, row, rows, {**w, path: low}, {**w, path: high})
                        for w in self.worlds
                        for number, high in enumerate(order)
                        for low in order[:number]
                    ):
                        yield graver, rule, row

    def _lighter(self, rule: str, row: str, rows: list[str], low: World, high: World) -> bool:
        rank = RANKS[self.rows[row]["level"]]
        as_heavy = [r for r in rows if RANKS[self.rows[r]["level"]] >= rank]
        docs = self.docs(rule, *as_heavy)
        return (
            all(self.law.lawful(c, w) for _, c in self.law.constraints for w in (low, high))
            and self.met(rule, low)
            and self.law.follows(self.rows[row], low)
            and self.met(rule, high)
            and not any(self.law.follows(self.rows[r], high) for r in as_heavy)
            and self.told(docs, low)
        )


def varied(document: dict[str, Any], choice: int) -> dict[str, Any]:
    """A generated ruleset with rows that differ, law with a hole, and an order of gravity."""
    made = copy.deepcopy(document)
    made["provisions"]["reg-a/3"]["valid"] = {"from": "2023-11-28"}
    made["kinds"]["warning"] = {"says": made["kinds"]["reprimand"]["says"], "basis": ["reg-a/3"]}
    for number, row in enumerate(made["sanctions"].values()):
        row["regime"] = "discipline"
        row["level"] = ("light", "heavy", "medium")[(number + choice) % 3]
        row["allow"] = [("reprimand", "warning")[(number + choice) % 2]]
        row["basis"] = [["reg-a/1"], ["reg-a/2", "reg-a/3"]][choice % 2]
    made["graver"] = {
        "audience": {
            "fact": "act.audience",
            "order": ["private", "closed_group", "public"],
            "basis": ["reg-a/1"],
        }
    }
    return made
