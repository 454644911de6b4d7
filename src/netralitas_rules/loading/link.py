"""Linking: from checked documents to the plan that the engine walks.

Every id is resolved and every condition compiled; what is wrong is collected and refused at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.knowledge import Space
from netralitas_rules.engine.plan import (
    Comparison,
    Constraint,
    Element,
    ExceptionClause,
    Gate,
    Plan,
    Rule,
    SanctionRow,
)
from netralitas_rules.facts.space import (
    ACT_DATE,
    CONDUCT,
    GROUPS,
    LAW_PREFIX,
    READING_PREFIX,
    FactSpec,
    Kind,
    Origin,
    vocabulary,
)
from netralitas_rules.law.model import (
    Instrument,
    Provision,
    Question,
    QuestionKind,
    Reading,
    Regime,
    SanctionKind,
    Text,
    Validity,
    cite,
)
from netralitas_rules.loading import calendars
from netralitas_rules.loading.conditions import Compiler, Place, breakpoints, readings_used
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused, suggest
from netralitas_rules.loading.documents import TextDoc, ValidityDoc
from netralitas_rules.loading.gather import Item
from netralitas_rules.loading.merge import Merged
from netralitas_rules.loading.tree import MAX_DIAGNOSTICS

COMPARISON_VALUES = ("before", "same_day", "after", "never", "no_reference")


def link(merged: Merged) -> Plan:
    """The plan of a ruleset. Raises `Refused` with everything that does not fit."""
    return _Linker(merged).plan()


def _text(doc: TextDoc) -> Text:
    return Text(doc.id, doc.en)


class _Linker:
    def __init__(self, merged: Merged) -> None:
        self.merged = merged
        self.sections = merged.sections
        self.problems: list[Diagnostic] = []
        self._definitions: dict[str, c.Condition | None] = {}
        self._open: list[str] = []

    def plan(self) -> Plan:
        provisions = self._provisions()
        specs = self._specs()
        space = Space.build(specs.values(), self._breaks(specs, provisions))
        self.compiler = Compiler(space, self._definition, self.problems)
        questions = self._questions()
        kinds = self._kinds()
        for name, item in self.sections["definitions"].items():
            self._definition(name, item.place)
            self._check_basis(item.doc.basis, item.place / "basis")
        rules = tuple(
            self._rule(item, permits=section == "permissions")
            for section in ("violations", "permissions")
            for item in self.sections[section].values()
        )
        rows = self._rows(rules, questions, kinds)
        constraints = (*self._constraints(), *self._calendar_constraints(space))
        comparisons = tuple(self._comparisons(space))
        if self.problems:
            raise Refused(self.problems[:MAX_DIAGNOSTICS])
        slices = sorted({t.allowed | t.denied for r in rules for t in c.tests_of(r.under)})
        readings = tuple(f.index for f in space.facts if f.spec.origin is Origin.READING)
        labels, value_labels, asks = self._labels()
        return Plan(
            space,
            rules,
            rows,
            constraints,
            comparisons,
            tuple(slices),
            readings,
            self._base(space, questions),
            provisions,
            questions,
            kinds,
            labels,
            value_labels,
            asks,
            frozenset(comp.fact for comp in comparisons),
            frozenset(
                self._reading_facts({t.fact for con in constraints for t in c.tests_of(con.when)})
            ),
            _sources(space, constraints, comparisons),
        )

    # -- facts

    def _specs(self) -> dict[str, FactSpec]:
        specs = dict(vocabulary())
        for path, item in self.sections["facts"].items():
            doc = item.doc
            group = path.split(".")[0]
            origin = Origin.DERIVED if doc.derived else Origin.FURTHER
            needs_values = doc.kind in (Kind.ENUM, Kind.LIST)
            if path in specs or (
                origin is Origin.FURTHER and (group not in GROUPS or path.count(".") != 2)
            ):
                self._problem(
                    item.place,
                    Code.OVERLAY,
                    f"`{path}` cannot be declared",
                    expected="a new name; stated facts are `subject.`, `act.` or `beneficiary.`, "
                    "then the prefix and the name",
                )
            if needs_values != bool(doc.values) or (doc.kind is Kind.LIST and len(doc.values) > 8):
                self._problem(
                    item.place,
                    Code.WRONG_TYPE,
                    f"the values of `{path}` do not fit its kind",
                    expected="values for enum and list (a list has at most 8), none for others",
                )
            values: tuple[str | bool, ...] = tuple(doc.values)
            if doc.kind is Kind.BOOL:
                values = (True, False)
            specs[path] = FactSpec(path, doc.kind, values, doc.kind is Kind.DATE, origin)
        for path, item in self.sections["comparisons"].items():
            if path in specs:
                self._problem(item.place, Code.DUPLICATE_ITEM, f"`{path}` is a fact already")
            specs[path] = FactSpec(path, Kind.ENUM, COMPARISON_VALUES, origin=Origin.DERIVED)
        for name, item in self.sections["questions"].items():
            if item.doc.kind is QuestionKind.COMPUTED:
                path = READING_PREFIX + name
                specs[path] = FactSpec(
                    path, Kind.ENUM, tuple(item.doc.readings), origin=Origin.READING
                )
        return specs

    def _breaks(
        self, specs: Mapping[str, FactSpec], provisions: Mapping[str, Provision]
    ) -> dict[str, set[int]]:
        breaks: dict[str, set[int]] = {ACT_DATE: set()}
        for section in self.sections.values():
            for item in section.values():
                for path, first in breakpoints(item.raw, specs):
                    breaks.setdefault(path, set()).add(first)
        for item in self.sections["calendars"].values():
            breaks[ACT_DATE].update(calendars.breakpoints(item))
        for provision in provisions.values():
            if provision.validity.first is not None:
                breaks[ACT_DATE].add(provision.validity.first.toordinal())
            if provision.validity.last is not None:
                breaks[ACT_DATE].add(provision.validity.last.toordinal() + 1)
        return breaks

    def _labels(
        self,
    ) -> tuple[dict[str, Text], dict[tuple[str, str], Text], dict[str, Text]]:
        labels: dict[str, Text] = {}
        values: dict[tuple[str, str], Text] = {}
        asks: dict[str, Text] = {}
        for path, item in self.sections["facts"].items():
            labels[path] = _text(item.doc.label)
            if item.doc.question is not None:
                asks[path] = _text(item.doc.question)
            for value, words in item.doc.values.items():
                values[path, value] = _text(words)
        for path, item in self.sections["comparisons"].items():
            labels[path] = _text(item.doc.label)
        for name, item in self.sections["questions"].items():
            labels[READING_PREFIX + name] = _text(item.doc.asks)
            for value, reading in item.doc.readings.items():
                values[READING_PREFIX + name, value] = _text(reading.says)
        return labels, values, asks

    # -- law

    def _provisions(self) -> dict[str, Provision]:
        instruments: dict[str, Instrument] = {}
        for key, item in self.sections["instruments"].items():
            validity = self._validity(item.doc.valid, item.place / "valid")
            instruments[key] = Instrument(
                key, _text(item.doc.title), _text(item.doc.short), validity
            )
        found: dict[str, Provision] = {}
        for key, item in self.sections["provisions"].items():
            instrument_id, *parts = key.split("/")
            instrument = instruments.get(instrument_id)
            if instrument is None:
                self._unknown(item.place, "instrument", instrument_id, instruments, of_key=True)
                continue
            doc = item.doc
            validity = (
                instrument.validity
                if doc.valid is None
                else self._validity(doc.valid, item.place / "valid")
            )
            words = _text(doc.cite) if doc.cite is not None else cite(instrument.short, parts)
            found[key] = Provision(
                key,
                instrument,
                words,
                _text(doc.says),
                doc.mark,
                doc.text,
                doc.source,
                doc.governs,
                validity,
            )
        return found

    def _validity(self, doc: ValidityDoc, at: Place) -> Validity:
        if doc.from_ is not None and doc.until is not None and doc.until < doc.from_:
            self._problem(at, Code.BAD_VALIDITY, "the validity ends before it begins")
        return Validity(doc.from_, doc.until)

    def _kinds(self) -> dict[str, SanctionKind]:
        for item in self.sections["kinds"].values():
            self._check_basis(item.doc.basis, item.place / "basis")
        return {
            key: SanctionKind(key, _text(item.doc.says), tuple(item.doc.basis))
            for key, item in self.sections["kinds"].items()
        }

    def _questions(self) -> dict[str, Question]:
        used = {
            name
            for section, items in self.sections.items()
            if section != "questions"
            for item in items.values()
            for name in readings_used(item.raw)
        }
        found: dict[str, Question] = {}
        for key, item in self.sections["questions"].items():
            doc = item.doc
            computed = doc.kind is QuestionKind.COMPUTED
            if computed != (key in used):
                self._problem(
                    item.place / "kind",
                    Code.QUESTION_KIND,
                    f"`{key}` is `{doc.kind}`, but "
                    + ("no condition reads it" if computed else "a condition reads it"),
                    expected=f"`reading.{key}` in a condition exactly if the kind is `computed`",
                )
            if doc.default is not None and doc.default not in doc.readings:
                self._unknown(item.place / "default", "reading", doc.default, doc.readings)
            for index, provision in enumerate(doc.about):
                self._provision(provision, item.place / "about" / index)
            fix = self.merged.fixes.get(key)
            found[key] = Question(
                key,
                doc.kind,
                _text(doc.asks),
                tuple(
                    Reading(name, _text(r.says), tuple(r.sources))
                    for name, r in doc.readings.items()
                ),
                fix.reading if fix is not None else doc.default,
                _text(doc.why),
                tuple(doc.about),
                fix.decision if fix is not None else "",
            )
        return found

    def _base(self, space: Space, questions: Mapping[str, Question]) -> int:
        known = space.unknown
        for fact in space.facts:
            if fact.spec.origin is Origin.READING:
                default = questions[fact.spec.path.removeprefix(READING_PREFIX)].default
                if default is not None:
                    known &= ~fact.full | fact.bits[default]
        return known

    # -- conditions

    def _definition(self, name: str, at: Place) -> c.Condition | None:
        if name in self._definitions:
            return self._definitions[name]
        item = self.sections["definitions"].get(name)
        if item is None:
            self._unknown(at, "definition", name, self.sections["definitions"])
            return None
        if name in self._open:
            self._problem(
                item.place,
                Code.CYCLE,
                f"the definition `{name}` uses itself",
                found=" > ".join([*self._open, name]),
            )
            return None
        self._open.append(name)
        compiled = self.compiler.condition(item.doc.when, item.place / "when")
        self._open.pop()
        self._definitions[name] = compiled
        return compiled

    def _condition(self, raw: Mapping[str, Any], at: Place) -> c.Condition:
        return self.compiler.condition(raw, at) if raw else c.ALWAYS

    def _gates(self, raw: object, at: Place) -> tuple[Gate, ...]:
        return tuple(Gate(facts, tests) for facts, tests in self.compiler.gates(raw, at))

    # -- rules

    def _rule(self, item: Item, *, permits: bool) -> Rule:
        doc, at = item.doc, item.place
        gates = self._gates(doc.raised_by, at / "raised-by")
        elements = [
            *self._raising_element(gates, tuple(doc.norm)),
            *(self._element(n, raw, at / "needs" / n) for n, raw in doc.needs.items()),
        ]
        exceptions = tuple(self._exception(n, e, at / "unless" / n) for n, e in doc.unless.items())
        under = self._condition(doc.under, at / "under")
        for path in doc.under:
            if not path.startswith(LAW_PREFIX):
                self._problem(
                    at / "under" / path,
                    Code.BAD_CONDITION,
                    "`under` takes the body of law only",
                    expected="facts that begin with `law.`",
                    of_key=True,
                )
        self._check_basis(doc.norm, at / "norm")
        for index, name in enumerate(doc.questions):
            if name not in self.sections["questions"]:
                self._unknown(
                    at / "questions" / index, "question", name, self.sections["questions"]
                )
        needs = c.both([e.condition for e in elements])
        read = {t.fact for t in c.tests_of(c.both([needs, *(e.holds for e in exceptions)]))}
        return Rule(
            item.id,
            _text(doc.title),
            permits,
            under,
            tuple(doc.norm),
            doc.scope,
            gates,
            tuple(elements),
            exceptions,
            tuple(doc.questions),
            _text(doc.check) if permits and doc.check is not None else None,
            needs,
            self._reading_facts(read),
        )

    def _reading_facts(self, facts: Iterable[int]) -> tuple[int, ...]:
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
                condition = c.Test(conduct.index, allowed, conduct.full & ~allowed)
            yield Element("conduct" if by_conduct else "raised-by", None, norm, condition)

    def _element(self, name: str, raw: object, at: Place) -> Element:
        if isinstance(raw, str):
            item = self.sections["definitions"].get(raw)
            condition = self._definition(raw, at) or c.NEVER
            if item is None:
                return Element(name, None, (), condition)
            return Element(name, _text(item.doc.says), tuple(item.doc.basis), condition)
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
            self._problem(
                at,
                Code.BAD_CONDITION,
                "an element with words of its own has another form",
                expected="says: {id, en}, when: a condition, basis: a list of provisions",
            )
            return Element(name, None, (), c.NEVER)
        self._check_basis(basis, at / "basis")
        condition = self.compiler.condition(raw.get("when"), at / "when")
        return Element(name, Text(says["id"], says["en"]), tuple(basis), condition)

    def _exception(self, name: str, doc: Any, at: Place) -> ExceptionClause:
        self._check_basis(doc.basis, at / "basis")
        holds = self.compiler.condition(doc.when, at / "when")
        if doc.but_not is not None:
            taken_back = self.compiler.condition(doc.but_not, at / "but-not")
            holds = c.both([holds, c.negate(taken_back)])
        asked = (
            self._gates(doc.asked_when, at / "asked-when") if doc.asked_when is not None else None
        )
        return ExceptionClause(name, _text(doc.says), tuple(doc.basis), holds, asked)

    # -- sanctions

    def _rows(
        self,
        rules: tuple[Rule, ...],
        questions: Mapping[str, Question],
        kinds: Mapping[str, SanctionKind],
    ) -> dict[str, tuple[SanctionRow, ...]]:
        found: dict[str, list[SanctionRow]] = {rule.id: [] for rule in rules}
        for item in self.sections["sanctions"].values():
            doc, at = item.doc, item.place
            row = self._row(item)
            self._check_basis(doc.basis, at / "basis")
            for section, names, known in (
                ("allow", doc.allow, kinds),
                ("questions", doc.questions, questions),
            ):
                for index, name in enumerate(names):
                    if name not in known:
                        self._unknown(at / section / index, section, name, known)
            if (doc.level is not None) != (doc.regime is Regime.DISCIPLINE):
                self._problem(
                    at,
                    Code.BAD_CONDITION,
                    "discipline has a level, the other regimes have none",
                    expected="a `level` exactly where the regime is `discipline`",
                )
            for index, target in enumerate(doc.for_):
                matched = [r for r in rules if r.id == target or target in r.norm]
                if not matched:
                    targets = [r.id for r in rules] + [n for r in rules for n in r.norm]
                    self._unknown(at / "for" / index, "violation or norm", target, targets)
                for rule in matched:
                    if row not in found[rule.id]:
                        found[rule.id].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def _row(self, item: Item) -> SanctionRow:
        doc, at = item.doc, item.place
        when = self._condition(doc.when, at / "when")
        effective = doc.effective.end_of_month if doc.effective is not None else None
        if effective is not None:
            fact = self.compiler.fact(effective, at / "effective" / "end-of-month")
            if fact is not None and (
                fact.spec.kind is not Kind.DATE or not effective.startswith("subject.")
            ):
                self._problem(
                    at / "effective" / "end-of-month",
                    Code.WRONG_TYPE,
                    f"`{effective}` is no date of the subject",
                    expected="a date fact that begins with `subject.`",
                )
        return SanctionRow(
            item.id,
            when,
            doc.regime,
            doc.level,
            doc.rests_on,
            tuple(doc.allow),
            tuple(doc.basis),
            effective,
            _text(doc.note) if doc.note else None,
            tuple(doc.questions),
            self._reading_facts({t.fact for t in c.tests_of(when)}),
        )

    # -- constraints

    def _constraints(self) -> Iterator[Constraint]:
        for section in ("transitions", "constraints"):
            for item in self.sections[section].values():
                doc, at = item.doc, item.place
                self._check_basis(doc.basis, at / "basis")
                when = self.compiler.condition(doc.when, at / "when")
                for path, value in doc.then.items():
                    place = at / "then" / path
                    fact = self.compiler.fact(path, place)
                    if fact is None:
                        continue
                    test = self.compiler.test(fact, value, place)
                    if isinstance(test, c.Test):
                        yield Constraint(
                            item.id,
                            _text(doc.says),
                            tuple(doc.basis),
                            when,
                            test,
                        )

    def _calendar_constraints(self, space: Space) -> Iterator[Constraint]:
        for item in self.sections["calendars"].values():
            self._check_basis(item.doc.basis, item.place / "basis")
            wrong = list(calendars.problems(item, space))
            self.problems.extend(wrong)
            if not wrong:
                yield from calendars.constraints(item, space)

    def _comparisons(self, space: Space) -> Iterator[Comparison]:
        for path, item in self.sections["comparisons"].items():
            for key, name in (("compare", item.doc.compare), ("with", item.doc.with_)):
                fact = self.compiler.fact(name, item.place / key)
                if fact is not None and fact.spec.kind is not Kind.DATE:
                    self._problem(
                        item.place / key,
                        Code.WRONG_TYPE,
                        f"`{name}` is no date",
                        expected="a date fact",
                    )
            yield Comparison(space.by_path[path].index, item.doc.compare, item.doc.with_)

    # -- references

    def _check_basis(self, basis: Iterable[str], at: Place) -> None:
        for index, provision in enumerate(basis):
            self._provision(provision, at / index)

    def _provision(self, name: str, at: Place) -> None:
        known = self.sections["provisions"]
        if name not in known:
            self._unknown(at, "provision", name, known)

    def _unknown(
        self, at: Place, what: str, name: str, known: Iterable[str], *, of_key: bool = False
    ) -> None:
        self._problem(
            at,
            Code.UNKNOWN_REFERENCE,
            f"there is no {what} `{name}`",
            found=f"`{name}`",
            help=suggest(name, known),
            of_key=of_key,
        )

    def _problem(self, at: Place, code: Code, message: str, **more: Any) -> None:
        self.problems.append(at.diagnostic(code, message, **more))


def _sources(
    space: Space, constraints: Iterable[Constraint], comparisons: Iterable[Comparison]
) -> dict[int, tuple[str, ...]]:
    """For every derived fact the statable facts behind it, through other derived ones too."""
    direct: dict[int, set[int]] = {}
    for constraint in constraints:
        read = {t.fact for t in c.tests_of(constraint.when)}
        direct.setdefault(constraint.then.fact, set()).update(read)
    for comparison in comparisons:
        pair = (space.by_path[comparison.first].index, space.by_path[comparison.second].index)
        direct.setdefault(comparison.fact, set()).update(pair)
    found: dict[int, tuple[str, ...]] = {}
    for fact in space.facts:
        if fact.spec.origin is not Origin.DERIVED:
            continue
        reached, waiting = {fact.index}, [fact.index]
        while waiting:
            for other in direct.get(waiting.pop(), set()) - reached:
                reached.add(other)
                if space.facts[other].spec.origin is Origin.DERIVED:
                    waiting.append(other)
        found[fact.index] = tuple(
            space.facts[index].spec.path
            for index in sorted(reached)
            if space.facts[index].spec.origin in (Origin.INCIDENT, Origin.FURTHER)
        )
    return found
