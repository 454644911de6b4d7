"""Linking: from checked documents to the plan that the engine walks.

Every id is resolved and every condition compiled; what is wrong is collected and refused at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from netralitas_rules.engine import conditions as c
from netralitas_rules.engine.knowledge import Fact, Space
from netralitas_rules.engine.plan import (
    Comparison,
    Constraint,
    Plan,
    Residual,
    Rule,
    SanctionRow,
    days_in_force,
    on_days,
)
from netralitas_rules.facts.space import ACT_DATE, LAW_PREFIX, Kind, Origin
from netralitas_rules.law.calendar import Calendar
from netralitas_rules.law.model import (
    Provision,
    Question,
    Regime,
    RuleKind,
    SanctionKind,
)
from netralitas_rules.loading import (
    calendars,
    link_case_authorities,
    link_case_remedies,
    link_check,
    link_deadlines,
    link_facts,
    link_history,
    link_law,
    link_lists,
    link_procedures,
    link_regimes,
    link_standards,
    link_time,
)
from netralitas_rules.loading.diagnostics import Code, Refused
from netralitas_rules.loading.gather import Item
from netralitas_rules.loading.link_rules import RuleLinker
from netralitas_rules.loading.linking import Context, text
from netralitas_rules.loading.merge import Merged
from netralitas_rules.loading.tree import MAX_DIAGNOSTICS


def link(merged: Merged) -> Plan:
    """The plan of a ruleset. Raises `Refused` with everything that does not fit."""
    return _Linker(Context(merged)).plan()


_KINDS = {
    "violations": RuleKind.VIOLATION,
    "permissions": RuleKind.PERMISSION,
    "consequences": RuleKind.CONSEQUENCE,
}


class _Linker:
    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx

    def plan(self) -> Plan:
        ctx = self.ctx
        instruments = link_law.instruments(ctx)
        provisions = link_law.provisions(ctx, instruments)
        specs = link_facts.specs(ctx)
        space = Space.build(specs.values(), link_facts.breaks(ctx, specs, provisions))
        self.rules = RuleLinker(ctx, space)
        questions = link_law.questions(ctx)
        kinds = link_law.kinds(ctx)
        self.rules.definitions()
        residual = self._residual(questions)
        self._check_ids()
        rules = tuple(
            self.rules.rule(item, kind=kind)
            for section, kind in _KINDS.items()
            for item in ctx.sections[section].values()
        )
        act_date = space.by_path[ACT_DATE]
        rules = tuple(replace(r, days=days_in_force(r.norm, provisions, act_date)) for r in rules)
        rows = {
            rule: tuple(_in_force(row, provisions, act_date) for row in own)
            for rule, own in self._rows(
                [r for r in rules if r.kind is not RuleKind.PERMISSION], questions, kinds
            ).items()
        }
        # By id, so that of two that say the same the same one is named whatever the files.
        transitions = tuple(self._constraints("transitions"))
        made = self._calendars(space)
        others = (
            *self._constraints("constraints"),
            *(con for calendar in made for con in calendars.constraints(calendar, space)),
        )
        found = sorted((*transitions, *others), key=_id)
        constraints = tuple(replace(con, number=number) for number, con in enumerate(found))
        comparisons = tuple(self._comparisons(space))
        ppk = tuple(self._ppk())
        lists, listings = link_lists.lists(ctx), link_lists.listings(ctx, self.rules)
        deadlines = link_deadlines.deadlines(ctx, questions)
        joint_leave = link_deadlines.joint_leave(ctx)
        authorities = link_case_authorities.authorities(ctx)
        holders = link_case_authorities.holders(ctx)
        remedies = link_case_remedies.remedies(ctx)
        procedures = link_procedures.procedures(ctx, instruments, deadlines, questions)
        relations = link_regimes.relations(ctx, questions, kinds, deadlines)
        ladders = link_regimes.ladders(ctx, questions, kinds)
        history = link_history.derivations(ctx)
        waivers = tuple(link_check.waivers(ctx, self.rules))
        graver = tuple(link_check.graver(ctx, self.rules.compiler))
        if not ctx.problems:
            items = ctx.sections["transitions"]
            ctx.problems.extend(link_time.problems(space, items, transitions, others))
        if ctx.problems:
            raise Refused(ctx.problems[:MAX_DIAGNOSTICS])
        labels, value_labels, asks = link_facts.labels(ctx)
        constrained = {t.fact for con in constraints for t in c.tests_of(con.when)}
        return Plan(
            space=space,
            rules=rules,
            rows=rows,
            constraints=constraints,
            comparisons=comparisons,
            slices=tuple(
                sorted({t.allowed | t.denied for r in rules for t in c.tests_of(r.under)})
            ),
            readings=tuple(f.index for f in space.facts if f.spec.origin is Origin.READING),
            base=link_law.base(space, questions),
            instruments=instruments,
            provisions=provisions,
            questions=questions,
            kinds=kinds,
            lists=lists,
            listings=listings,
            labels=labels,
            value_labels=value_labels,
            asks=asks,
            compared={comp.fact: (comp.first, comp.second) for comp in comparisons},
            constraint_readings=frozenset(self.rules.reading_facts(constrained))
            | link_standards.readings(rules, space),
            sources=link_facts.sources(space, constraints, comparisons),
            constrained=c.fields_of(c.All(tuple(t for con in constraints for t in con.tests))),
            residual=residual,
            ppk=ppk,
            calendars=made,
            deadlines=deadlines,
            joint_leave=joint_leave,
            relations=relations,
            ladders=ladders,
            waivers=waivers,
            graver=graver,
            standards=self.rules.standards,
            authorities=authorities,
            holders=holders,
            remedies=remedies,
            procedures=procedures,
            history=history,
        )

    def _check_ids(self) -> None:
        """That a violation, a permission and a consequence do not share an id."""
        seen: dict[str, tuple[RuleKind, Item]] = {}
        for section, kind in _KINDS.items():
            for key, item in self.ctx.sections[section].items():
                if key in seen:
                    other, first = seen[key]
                    self.ctx.problem(
                        item.place,
                        Code.DUPLICATE_ITEM,
                        f"`{key}` is a {other} and a {kind}",
                        expected="one id for one thing",
                        of_key=True,
                        also=first.place,
                    )
                seen[key] = (kind, item)

    def _ppk(self) -> dict[str, None]:
        """What the manifests name, each once."""
        found: dict[str, None] = {}
        for layer in self.ctx.layers:
            self.ctx.check_basis(layer.manifest.ppk, layer.manifest_place / "ppk")
            found |= dict.fromkeys(layer.manifest.ppk)
        return found

    def _residual(self, questions: Mapping[str, Question]) -> Residual | None:
        doc, at = self.ctx.residual, self.ctx.manifest_place / "residual"
        if doc is None:
            return None
        if doc.question not in questions:
            self.ctx.unknown(at / "question", "question", doc.question, questions)
        return Residual(doc.question, self.rules.condition(doc.when, at / "when"))

    def _rows(
        self,
        rules: Sequence[Rule],
        questions: Mapping[str, Question],
        kinds: Mapping[str, SanctionKind],
    ) -> dict[str, tuple[SanctionRow, ...]]:
        found: dict[str, list[SanctionRow]] = {rule.id: [] for rule in rules}
        by_target: dict[str, list[str]] = {}
        for rule in rules:
            for target in _targets(rule):
                by_target.setdefault(target, []).append(rule.id)
        for item in self.ctx.sections["sanctions"].values():
            doc, at = item.doc, item.place
            row = self._row(item)
            self.ctx.check_basis(doc.basis, at / "basis")
            for section, what, names, known in (
                ("allow", "kind of sanction", doc.allow, kinds),
                ("questions", "question", doc.questions, questions),
            ):
                for index, name in enumerate(names):
                    if name not in known:
                        self.ctx.unknown(at / section / index, what, name, known)
            if (doc.level is not None) != (doc.regime is Regime.DISCIPLINE):
                self.ctx.problem(
                    at,
                    Code.BAD_CONDITION,
                    "discipline has a level, the other regimes have none",
                    expected="a `level` exactly where the regime is `discipline`",
                )
            for index, target in enumerate(doc.for_):
                if target not in by_target:
                    self.ctx.unknown(at / "for" / index, "violation or norm", target, by_target)
                for rule_id in by_target.get(target, ()):
                    own = found[rule_id]
                    if not own or own[-1] is not row:  # named twice: by two of its norms
                        own.append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def _row(self, item: Item) -> SanctionRow:
        doc, at = item.doc, item.place
        when = self.rules.condition(doc.when, at / "when")
        effective = doc.effective.end_of_month if doc.effective is not None else None
        if effective is not None:
            fact = self.rules.compiler.fact(
                effective, at / "effective" / "end-of-month", of_key=False
            )
            if fact is not None and (
                fact.spec.kind is not Kind.DATE or not effective.startswith("subject.")
            ):
                self.ctx.problem(
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
            text(doc.note) if doc.note else None,
            tuple(doc.questions),
            self.rules.reading_facts({t.fact for t in c.tests_of(when)}),
        )

    def _constraints(self, section: str) -> Iterator[Constraint]:
        declared = self.ctx.sections["facts"]
        for item in self.ctx.sections[section].values():
            doc, at = item.doc, item.place
            self.ctx.check_basis(doc.basis, at / "basis")
            when = self.rules.compiler.condition(doc.when, at / "when")
            if not doc.then:
                self.ctx.problem(
                    at / "then",
                    Code.BAD_CONDITION,
                    "`then` says nothing",
                    expected="a fact and the values that it then has",
                )
            for path, value in doc.then.items():
                place = at / "then" / path
                if section == "transitions" and not path.startswith(LAW_PREFIX):
                    self.ctx.problem(
                        place,
                        Code.BAD_CONDITION,
                        "a transition sets the body of law",
                        expected="a fact that begins with `law.`",
                        help="other facts are set under `constraints`",
                        of_key=True,
                    )
                fact = self.rules.compiler.fact(path, place)
                if fact is None:
                    continue
                own = declared[path].place / "values" if path in declared else None
                test = self.rules.compiler.test(fact, value, place, declared=own)
                if isinstance(test, c.Test):
                    yield Constraint(0, item.id, text(doc.says), tuple(doc.basis), when, test)

    def _calendars(self, space: Space) -> tuple[Calendar, ...]:
        """The calendars in which nothing is wrong."""
        found = []
        for item in self.ctx.sections["calendars"].values():
            for provision, place in calendars.provisions(item):
                self.ctx.provision(provision, place)
            wrong = list(calendars.problems(item, space))
            self.ctx.problems.extend(wrong)
            if not wrong:
                found.append(calendars.calendar_of(item))
        self.ctx.problems.extend(calendars.twice(self.ctx.sections["calendars"].values()))
        return tuple(found)

    def _comparisons(self, space: Space) -> Iterator[Comparison]:
        for path, item in self.ctx.sections["comparisons"].items():
            for key, name in (("compare", item.doc.compare), ("with", item.doc.with_)):
                fact = self.rules.compiler.fact(name, item.place / key, of_key=False)
                if fact is not None and fact.spec.kind is not Kind.DATE:
                    self.ctx.problem(
                        item.place / key,
                        Code.WRONG_TYPE,
                        f"`{name}` is no date",
                        expected="a date fact",
                    )
            yield Comparison(space.by_path[path].index, item.doc.compare, item.doc.with_)


def _targets(rule: Rule) -> tuple[str, ...]:
    """What a sanction row can name to follow from a rule: the norm only of what breaches it."""
    return (rule.id, *rule.norm) if rule.kind is RuleKind.VIOLATION else (rule.id,)


def _in_force(row: SanctionRow, provisions: Mapping[str, Provision], act_date: Fact) -> SanctionRow:
    """A row that no law bears on some days: it does not follow from an act on those."""
    limits = on_days(days_in_force(row.basis, provisions, act_date), act_date)
    return replace(row, when=c.both([row.when, *limits])) if limits else row


def _id(constraint: Constraint) -> str:
    return constraint.id
