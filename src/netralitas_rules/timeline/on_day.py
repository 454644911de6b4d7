"""The law of one day, read off the compiled ruleset."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import combinations

from netralitas_rules.decision.model import RulesetRef
from netralitas_rules.engine import bodies
from netralitas_rules.engine.bodies import Case
from netralitas_rules.engine.conditions import FALSE, OPEN, All, Condition, both, facts_of, union
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import narrow
from netralitas_rules.engine.plan import Constraint, Plan, Rule
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.space import ACT_DATE, ELECTION, LAW_PREFIX, OFFICE, PHASE, STAGE
from netralitas_rules.law.calendar import Calendar, Contest, on
from netralitas_rules.law.model import Text, Validity
from netralitas_rules.timeline import model as m

FORMAT = 1
_NO_CONTEST = ("other", "none")


def law_on(plan: Plan, words: Words, ruleset: RulesetRef, *, day: datetime.date) -> m.LawOn:
    """What a ruleset holds for law on a day."""
    return _Day(plan, words, day).law(ruleset)


class _Day:
    def __init__(self, plan: Plan, words: Words, day: datetime.date) -> None:
        self.plan = plan
        self.words = words
        self.day = day
        fact, number = plan.space.by_path[ACT_DATE], day.toordinal()
        self.known = plan.space.unknown & ~fact.full | fact.cells(number, number)
        """That an act was on the day, and which bodies of law are then possible."""
        self.named: dict[str, Text] = {}

    def law(self, ruleset: RulesetRef) -> m.LawOn:
        plan = self.plan
        facts = [f for f in plan.space.facts if f.spec.path.startswith(LAW_PREFIX)]
        law = tuple(self._law_fact(fact) for fact in facts)
        calendars = sorted(plan.calendars, key=_begins)
        contests = tuple(self._contest(c, own) for c in calendars for own in c.contests)
        rules = tuple(self._rules())
        named = {
            *(p for fact in law for body in fact.bodies for g in body.grounds for p in g.basis),
            *(p for contest in contests for p in contest.basis),
            *(p for rule in rules for p in rule.norm),
        }
        return m.LawOn(
            FORMAT,
            self.day.isoformat(),
            ruleset,
            law,
            contests,
            self._without_calendar(),
            rules,
            tuple(self._instruments()),
            tuple(self._provisions()),
            {name: plan.provisions[name].cite for name in sorted(named)},
            self.named,
        )

    # -- bodies of law

    def _law_fact(self, fact: Fact) -> m.LawFact:
        plan = self.plan
        own = bodies.setters(plan.constraints, fact)
        others = [c for c in plan.constraints if c.then.fact != fact.index]
        found = bodies.cases(
            plan.space, fact, own=own, others=others, known=self.known, day=self.day
        )
        if found is None:
            narrowed = narrow(self.known, plan.constraints) or self.known
            applied = tuple(c for c in own if c.when.value(narrowed) != FALSE)
            found = [Case((), applied, narrowed & fact.full)]
        found = [case for case in found if case.left]
        possible = union(case.left for case in found)
        depends = tuple(own.spec.path for own in _deciding(found))
        for path in (fact.spec.path, *depends):
            self.named[path] = self.words.label(path)
        self.known &= ~fact.full | possible
        said = [case for case in found if case.applied]
        return m.LawFact(
            fact.spec.path,
            self.words.label(fact.spec.path),
            tuple(self._bodies(fact, said)),
            depends,
            len(said) < len(found) or not found,
        )

    def _bodies(self, fact: Fact, found: Sequence[Case]) -> Iterator[m.Body]:
        for value, bit in fact.bits.items():
            grounds = {c.id: c for case in found if case.left & bit for c in case.applied}
            if grounds:
                yield m.Body(
                    str(value).lower() if isinstance(value, bool) else value,
                    self.words.value(fact.spec.path, value),
                    tuple(map(self._ground, grounds.values())),
                )

    def _ground(self, constraint: Constraint) -> m.Ground:
        left = self._left(constraint.when)
        when = self.words.condition(left) if facts_of(left) else None
        return m.Ground(constraint.id, constraint.says, when, constraint.basis)

    def _left(self, condition: Condition) -> Condition:
        """What is still open of a condition that can hold on the day."""
        if isinstance(condition, All):
            return both(p for p in condition.parts if p.value(self.known) == OPEN)
        return condition if condition.value(self.known) == OPEN else both(())

    # -- contests

    def _contest(self, calendar: Calendar, contest: Contest) -> m.ContestOn:
        phase, stage = on(contest.phases, self.day), on(contest.stages, self.day)
        phases = phase.values if phase else ()
        stages = stage.values if stage else ("prospective", "candidate")
        self._name(ELECTION, calendar.election)
        for path, codes in ((OFFICE, contest.offices), (PHASE, phases), (STAGE, stages)):
            for code in codes:
                self._name(path, code)
        days = phase.days if phase else Validity()
        registration = contest.registration if contest.registers(self.day) else None
        by = (*(phase.by if phase else ()), *(stage.by if stage else ()))
        steps = (*by, *(("registration",) if registration else ()))
        return m.ContestOn(
            calendar.id,
            calendar.title,
            calendar.election,
            contest.name,
            contest.offices,
            phases,
            stages,
            _iso(days.first),
            _iso(days.last),
            contest.covers(self.day),
            contest.cited(steps) or calendar.basis,
            calendar.territory,
            contest.not_held,
            _period(registration),
        )

    def _name(self, path: str, code: str) -> None:
        self.named[f"{path}/{code}"] = self.words.value(path, code)

    def _without_calendar(self) -> tuple[str, ...]:
        having = {calendar.election for calendar in self.plan.calendars}
        known = map(str, self.plan.space.by_path[ELECTION].bits)
        missing = tuple(e for e in known if e not in having and e not in _NO_CONTEST)
        for election in missing:
            self._name(ELECTION, election)
        return missing

    # -- rules and texts

    def _rules(self) -> Iterator[m.RuleOn]:
        for rule in self.plan.rules:
            if rule.governs(self.known):
                norm = [self.plan.provisions[name] for name in rule.norm]
                yield m.RuleOn(
                    rule.id,
                    rule.kind,
                    rule.title,
                    tuple(p.id for p in norm if self._holds(p.validity)),
                    tuple(dict.fromkeys(date for p in norm for date in p.governs)),
                    self._only_if(rule),
                )

    def _only_if(self, rule: Rule) -> Text | None:
        is_open = rule.under.value(self.known) == OPEN
        return self.words.condition(rule.under) if is_open else None

    def _instruments(self) -> Iterator[m.InstrumentOn]:
        for i in self.plan.instruments.values():
            if self._holds(i.validity):
                first, last = _iso(i.validity.first), _iso(i.validity.last)
                yield m.InstrumentOn(i.id, i.title, i.short, first, last)

    def _provisions(self) -> Iterator[m.ProvisionOn]:
        for p in self.plan.provisions.values():
            if self._holds(p.validity):
                yield m.ProvisionOn(
                    p.id,
                    p.instrument.id,
                    p.cite,
                    p.says,
                    p.mark,
                    p.text,
                    p.source,
                    p.governs,
                    _iso(p.validity.first),
                    _iso(p.validity.last),
                )

    def _holds(self, validity: Validity) -> bool:
        return validity.meets(self.day, self.day)


def _begins(calendar: Calendar) -> tuple[datetime.date, str]:
    return calendar.begins, calendar.id


def _period(days: Validity | None) -> tuple[str, str] | None:
    """First and last day, both of them days."""
    if days is None:
        return None
    first, last = days.span
    return first.isoformat(), last.isoformat()


def _deciding(found: Sequence[Case]) -> Iterator[Fact]:
    """The facts that decide: two cases that differ in one of them alone leave different law."""
    told = set()
    for first, second in combinations(found, 2):
        if first.left != second.left:
            pairs = zip(first.chosen, second.chosen, strict=True)
            apart = [fact for (fact, one), (_, other) in pairs if one != other]
            if len(apart) == 1 and apart[0].index not in told:
                told.add(apart[0].index)
                yield apart[0]


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
