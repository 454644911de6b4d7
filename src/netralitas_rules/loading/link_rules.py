"""Linking definitions, violations, permissions and consequences."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.conditions import tests_of
from netralitas_rules.engine.knowledge import Space
from netralitas_rules.engine.plan import Element, ExceptionClause, Gate, Rule
from netralitas_rules.facts.space import CONDUCT, LAW_PREFIX, Origin
from netralitas_rules.law.model import RuleKind, Text
from netralitas_rules.loading import link_standards
from netralitas_rules.loading.conditions import Compiler, Place
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.documents import CheckedDoc
from netralitas_rules.loading.gather import Item
from netralitas_rules.loading.linking import Context, text

MAX_CHAIN = 12
MAX_TESTS = 500


class RuleLinker:
    """Compiles definitions once, and rules from them."""

    def __init__(self, ctx: Context, space: Space) -> None:
        self.ctx = ctx
        self.compiler = Compiler(space, self.definition, ctx.problems)
        self._definitions: dict[str, c.Condition | None] = {}
        self._open: list[str] = []
        self.standards = link_standards.standards(ctx)

    def definitions(self) -> None:
        """Compile every definition, used or not."""
        for name, item in self.ctx.sections["definitions"].items():
            self.definition(name, item.place)
            self.ctx.check_basis(item.doc.basis, item.place / "basis")

    def definition(self, name: str, at: Place) -> c.Condition | None:
        if name in self._definitions:
            return self._definitions[name]
        item = self.ctx.sections["definitions"].get(name)
        if item is None:
            self.ctx.unknown(at, "definition", name, self.ctx.sections["definitions"])
            return None
        if name in self._open:
            self.ctx.problem(
                item.place,
                Code.CYCLE,
                f"the definition `{name}` uses itself",
                found=" > ".join([*self._open, name]),
                help="write the condition of one of them out in the other",
            )
            return None
        if len(self._open) >= MAX_CHAIN:
            self.ctx.problem(
                item.place,
                Code.TOO_NESTED,
                "definitions use each other through too many steps",
                expected=f"at most {MAX_CHAIN}",
            )
            return None
        self._open.append(name)
        compiled = self.compiler.condition(item.doc.when, item.place / "when")
        self._open.pop()
        if sum(1 for _ in tests_of(compiled)) > MAX_TESTS:
            self.ctx.problem(
                item.place,
                Code.TOO_NESTED,
                "the definition is too large once those it uses are put in",
                expected=f"at most {MAX_TESTS} tests",
            )
            compiled = c.NEVER
        self._definitions[name] = compiled
        return compiled

    def condition(self, raw: Mapping[str, Any], at: Place) -> c.Condition:
        return self.compiler.condition(raw, at) if raw else c.ALWAYS

    def _gates(self, raw: object, at: Place) -> tuple[Gate, ...]:
        return tuple(Gate(facts, tests) for facts, tests in self.compiler.gates(raw, at))

    def rule(self, item: Item, *, kind: RuleKind) -> Rule:
        ctx, doc, at = self.ctx, item.doc, item.place
        gates = self._gates(doc.raised_by, at / "raised-by")
        elements = [
            *self._raising_element(gates, tuple(doc.norm)),
            *(self._element(n, raw, at / "needs" / n) for n, raw in doc.needs.items()),
        ]
        space = self.compiler.space
        elements = [*link_standards.held(ctx, item, elements, space=space, known=self.standards)]
        exceptions = tuple(self._exception(n, e, at / "unless" / n) for n, e in doc.unless.items())
        under = self.condition(doc.under, at / "under")
        for path in doc.under:
            if not path.startswith(LAW_PREFIX):
                self.ctx.problem(
                    at / "under" / path,
                    Code.BAD_CONDITION,
                    "`under` takes the body of law only",
                    expected="facts that begin with `law.`",
                    of_key=True,
                )
        self.ctx.check_basis(doc.norm, at / "norm")
        for index, name in enumerate(doc.questions):
            if name not in self.ctx.sections["questions"]:
                self.ctx.unknown(
                    at / "questions" / index, "question", name, self.ctx.sections["questions"]
                )
        needs = c.both([e.whole for e in elements])
        read = {t.fact for t in c.tests_of(c.both([needs, *(e.holds for e in exceptions)]))}
        return Rule(
            item.id,
            text(doc.title),
            kind,
            under,
            tuple(doc.norm),
            doc.scope,
            gates,
            tuple(elements),
            exceptions,
            tuple(doc.questions),
            text(doc.check) if isinstance(doc, CheckedDoc) and doc.check is not None else None,
            needs,
            self.reading_facts(read),
        )

    def reading_facts(self, facts: Iterable[int]) -> tuple[int, ...]:
        space = self.compiler.space.facts
        return tuple(sorted(f for f in facts if space[f].spec.origin is Origin.READING))

    def _raising_element(self, gates: tuple[Gate, ...], norm: tuple[str, ...]) -> Iterator[Element]:
        """What raises a rule by its value is its first element."""
        if gates and all(gate.tests for gate in gates):
            facts = self.compiler.space.facts
            by_conduct = all(
                facts[t.fact].spec.path == CONDUCT for gate in gates for t in gate.tests
            )
            condition = c.either([c.both(gate.tests) for gate in gates])
            if by_conduct:
                allowed = 0
                for test in c.tests_of(condition):
                    allowed |= test.allowed
                conduct = self.compiler.space.by_path[CONDUCT]
                if allowed == conduct.full:
                    return
                condition = c.Test(conduct.index, allowed, conduct.full & ~allowed)
            yield Element("conduct" if by_conduct else "raised-by", None, norm, condition)

    def _element(self, name: str, raw: object, at: Place) -> Element:
        if isinstance(raw, str):
            item = self.ctx.sections["definitions"].get(raw)
            condition = self.definition(raw, at) or c.NEVER
            if item is None:
                return Element(name, None, (), condition)
            return Element(name, text(item.doc.says), tuple(item.doc.basis), condition)
        if isinstance(raw, dict) and ("when" in raw or "says" in raw):
            return self._worded_element(name, raw, at)
        return Element(name, None, (), self.compiler.condition(raw, at))

    def _worded_element(self, name: str, raw: Mapping[str, Any], at: Place) -> Element:
        says, basis = raw.get("says"), raw.get("basis", [])
        well_formed = (
            isinstance(says, dict)
            and set(says) == {"id", "en"}
            and all(isinstance(words, str) for words in says.values())
            and isinstance(basis, list)
            and all(isinstance(b, str) for b in basis)
            and set(raw) <= {"says", "basis", "when"}
        )
        if not well_formed or not isinstance(says, dict):
            self.ctx.problem(
                at,
                Code.BAD_CONDITION,
                "an element with words of its own is not written like this",
                expected="says: {id: .., en: ..}, when: a condition, and perhaps basis: [..]",
                found=_parts(raw),
            )
            return Element(name, None, (), c.NEVER)
        self.ctx.check_basis(basis, at / "basis")
        condition = self.compiler.condition(raw.get("when"), at / "when")
        return Element(name, Text(says["id"], says["en"]), tuple(basis), condition)

    def _exception(self, name: str, doc: Any, at: Place) -> ExceptionClause:
        self.ctx.check_basis(doc.basis, at / "basis")
        holds = self.compiler.condition(doc.when, at / "when")
        if doc.but_not is not None:
            taken_back = self.compiler.condition(doc.but_not, at / "but-not")
            holds = c.both([holds, c.negate(taken_back)])
        asked = (
            self._gates(doc.asked_when, at / "asked-when") if doc.asked_when is not None else None
        )
        if asked is not None and all(gate.tests for gate in asked):
            holds = c.both([holds, c.either([c.both(gate.tests) for gate in asked])])
        return ExceptionClause(name, text(doc.says), tuple(doc.basis), holds, asked)


def _parts(raw: Mapping[str, Any]) -> str:
    """The keys of an element, and those of its words."""
    says = raw.get("says")
    shown = f"says: {{{', '.join(map(str, says))}}}" if isinstance(says, dict) else "says"
    return ", ".join(shown if key == "says" else str(key) for key in raw)
