"""Building a decision from evaluation results."""

import datetime
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from netralitas_rules.decision import model as m
from netralitas_rules.engine.conditions import FALSE, OPEN, TRUE, Condition, tests_of
from netralitas_rules.engine.evaluate import Evaluator, InFrame, Result, Status, combine
from netralitas_rules.engine.frames import Frame, Framer
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Element, ExceptionClause, Plan, Rule, SanctionRow
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.incident import FURTHER, Incident
from netralitas_rules.facts.leaves import NEVER, Span
from netralitas_rules.facts.space import ACT_DATE, LAW_PREFIX, READING_PREFIX, Kind, Origin
from netralitas_rules.law.model import GoverningDate, Provision, QuestionKind

_STATUS = {
    Status.MET: m.FindingStatus.MET,
    Status.ELEMENTS_MET: m.FindingStatus.ELEMENTS_MET,
    Status.OPEN: m.FindingStatus.OPEN,
    Status.NOT_MET: m.FindingStatus.NOT_MET,
}
_ELEMENT = {
    TRUE: m.ElementStatus.MET,
    OPEN: m.ElementStatus.OPEN,
    FALSE: m.ElementStatus.NOT_MET,
}
_OUTCOME = {
    Status.MET: m.Outcome.MET,
    Status.ELEMENTS_MET: m.Outcome.ELEMENTS_MET,
    Status.OPEN: m.Outcome.OPEN,
}
MAX_CACHED = 8192


@dataclass(slots=True)
class _Case:
    """One incident while it is being decided."""

    incident: Incident
    as_of: datetime.date
    given: frozenset[int]
    """Reading facts that the caller chose."""
    results: list[Result]
    cited: dict[str, Provision] = field(default_factory=dict)
    paths: dict[tuple[int, str], "_Path"] = field(default_factory=dict)


@dataclass(slots=True)
class _Path:
    row: SanctionRow
    subject: int
    value: int
    findings: list[int]


class DecisionBuilder:
    """Decides incidents under one plan. Holds caches of words, never of results."""

    def __init__(
        self, ruleset: m.RulesetRef, plan: Plan, framer: Framer, evaluator: Evaluator
    ) -> None:
        self.ruleset = ruleset
        self.plan = plan
        self.framer = framer
        self.evaluator = evaluator
        self.words = Words(plan)
        self._reads: dict[tuple[int, int, m.Source, str], m.FactRead] = {}
        self._all_ids = frozenset(rule.id for rule in plan.rules)

    def decide(
        self, incident: Incident, *, as_of: datetime.date, base: int | None = None
    ) -> m.Decision:
        """The decision; raises `FactsRefused`."""
        groups = self.framer.groups(incident, as_of=as_of, base=base)
        results = sorted(self.evaluator.results(groups), key=_order)
        case = _Case(incident, as_of, self._given(base), results)
        violations = [r for r in results if not r.rule.permits]
        permissions = [r for r in results if r.rule.permits]
        findings = tuple(self._finding(case, r) for r in violations)
        allowed = tuple(self._finding(case, r) for r in permissions)
        paths = self._paths(case, violations)
        decisive = self._decisive(case, violations, permissions)
        citations = tuple(
            m.Citation(p.id, p.cite, p.mark, p.text, p.source)
            for p in sorted(case.cited.values(), key=lambda p: p.id)
        )
        subjects = tuple(
            m.SubjectOutcome(_key(incident, "subjects", index), self._outcome(results, index))
            for index in range(len(incident.subjects))
        )
        outcomes = list(m.Outcome)
        decision = m.Decision(
            m.FORMAT,
            incident.id,
            as_of.isoformat(),
            self.ruleset,
            min((s.outcome for s in subjects), key=outcomes.index),
            subjects,
            findings,
            allowed,
            paths,
            self._settle(violations),
            decisive,
            self._other_questions(case, decisive, paths),
            tuple(sorted(self._all_ids - {r.rule.id for r in results})),
            citations,
        )
        object.__setattr__(decision, "_words", self.words)
        return decision

    def _given(self, base: int | None) -> frozenset[int]:
        if base is None:
            return frozenset()
        facts = self.plan.space.facts
        return frozenset(f for f in self.plan.readings if (base ^ self.plan.base) & facts[f].full)

    # -- findings

    def _finding(self, case: _Case, result: Result) -> m.Finding:
        rule, group = result.rule, result.group
        incident = case.incident
        norm = tuple(p for p in rule.norm if self._cite(case, p, result))
        considered = 0
        for item in result.in_frames:
            considered |= item.considered
        return m.Finding(
            rule.id,
            rule.title,
            _key(incident, "subjects", group.subject),
            None if group.act is None else _key(incident, "acts", group.act),
            None
            if group.beneficiary is None
            else _key(incident, "beneficiaries", group.beneficiary),
            _STATUS[result.status],
            norm,
            tuple(self._element(case, result, element) for element in rule.elements),
            tuple(
                self._exception(case, result, clause, considered >> index & 1)
                for index, clause in enumerate(rule.exceptions)
            ),
            self._periods(result),
            rule.check,
        )

    def _element(self, case: _Case, result: Result, element: Element) -> m.ElementResult:
        value = _over(result, element.condition)
        return m.ElementResult(
            element.name,
            element.label or self.words.condition(element.condition),
            _ELEMENT[value],
            tuple(p for p in element.basis if self._cite(case, p, result)),
            self._facts(case, result, element.condition),
        )

    def _exception(
        self, case: _Case, result: Result, clause: ExceptionClause, considered: int
    ) -> m.ElementResult:
        if not considered:
            return m.ElementResult(
                clause.name, clause.label, m.ElementStatus.NOT_RAISED, clause.basis, ()
            )
        return m.ElementResult(
            clause.name,
            clause.label,
            _ELEMENT[_over(result, clause.holds)],
            tuple(p for p in clause.basis if self._cite(case, p, result)),
            self._facts(case, result, clause.holds),
        )

    def _facts(self, case: _Case, result: Result, condition: Condition) -> tuple[m.FactRead, ...]:
        seen: dict[int, m.FactRead] = {}
        for test in tests_of(condition):
            if test.fact not in seen:
                seen[test.fact] = self._read(case, result, self.plan.space.facts[test.fact])
        return tuple(seen.values())

    def _read(self, case: _Case, result: Result, fact: Fact) -> m.FactRead:
        frames = result.group.frames
        known = 0
        for frame in frames:
            known |= frame.known & fact.full
        source, origin = self._source(case, result, fact, frames)
        if source is m.Source.STATED and fact.spec.kind is Kind.DATE:
            return m.FactRead(fact.spec.path, (_stated_date(case, result, fact),), source, origin)
        key = (fact.index, known, source, origin)
        found = self._reads.get(key)
        if found is None:
            possible = () if source is m.Source.UNKNOWN else self.words.possible(fact, known)
            found = m.FactRead(fact.spec.path, possible, source, origin)
            if len(self._reads) >= MAX_CACHED:
                self._reads.clear()
            self._reads[key] = found
        return found

    def _source(
        self, case: _Case, result: Result, fact: Fact, frames: Sequence[Frame]
    ) -> tuple[m.Source, str]:
        if fact.spec.origin is Origin.READING:
            return m.Source.READING, self._chosen_by(case, fact)
        if frames[0].stated >> fact.index & 1:
            return m.Source.STATED, _place(fact, result)
        reasons = {
            constraint.id for frame in frames for constraint in frame.reasons.get(fact.index, ())
        }
        if reasons or fact.index in self.plan.compared:
            return m.Source.DERIVED, ", ".join(sorted(reasons))
        return m.Source.UNKNOWN, ""

    def _chosen_by(self, case: _Case, fact: Fact) -> str:
        question = self.plan.questions[fact.spec.path.removeprefix(READING_PREFIX)]
        if fact.index in case.given:
            return "argument"
        return question.fixed_by or ("default" if question.default is not None else "")

    def _periods(self, result: Result) -> tuple[m.Period, ...]:
        """Neighbouring frames of one status are one period."""
        if len({f.status for f in result.in_frames}) == 1:
            return ()
        periods: list[m.Period] = []
        for item in result.in_frames:
            status = None if item.status is None else _STATUS[max(item.status, Status.NOT_MET)]
            law = self._law(item)
            last = periods[-1] if periods else None
            if last is not None and (last.status, last.law) == (status, law):
                periods[-1] = m.Period(last.first, item.frame.last.isoformat(), law, status)
            else:
                first, until = item.frame.first.isoformat(), item.frame.last.isoformat()
                periods.append(m.Period(first, until, law, status))
        return tuple(periods)

    def _law(self, item: InFrame) -> tuple[str, ...]:
        values: list[str] = []
        for fact in self.plan.space.facts:
            if fact.spec.path.startswith(LAW_PREFIX) and fact.full in self.plan.slices:
                values.extend(str(v) for v in fact.decode(item.frame.known))
        return tuple(values)

    # -- provisions

    def _cite(self, case: _Case, provision_id: str, result: Result) -> bool:
        """Whether the provision is in force on its governing date; notes it as cited."""
        provision = self.plan.provisions[provision_id]
        if not self._in_force(case, provision, result):
            return False
        case.cited[provision_id] = provision
        return True

    def _in_force(self, case: _Case, provision: Provision, result: Result) -> bool:
        validity = provision.validity
        if validity.first is None and validity.last is None:
            return True
        if provision.governs is GoverningDate.ACT:
            frames = [item.frame for item in result.governed]
            return any(validity.meets(frame.first, frame.last) for frame in frames)
        span = _governing(case, provision.governs, result)
        return validity.meets(span.first, span.last)

    # -- paths

    def _paths(self, case: _Case, violations: Sequence[Result]) -> tuple[m.SanctionPath, ...]:
        for number, result in enumerate(violations):
            if result.status is Status.NOT_MET:
                continue
            for row in self.plan.rows[result.rule.id]:
                value = self.evaluator.row_value(result, row)
                if value == FALSE:
                    continue
                key = (result.group.subject, row.id)
                path = case.paths.get(key)
                if path is None:
                    case.paths[key] = _Path(row, result.group.subject, value, [number])
                else:
                    path.value = max(path.value, value)
                    path.findings.append(number)
        return tuple(self._path(case, p, violations) for p in case.paths.values())

    def _path(self, case: _Case, path: _Path, violations: Sequence[Result]) -> m.SanctionPath:
        row = path.row
        first = violations[path.findings[0]]
        basis = [*row.basis, *(b for kind in row.allow for b in self.plan.kinds[kind].basis)]
        return m.SanctionPath(
            row.id,
            _key(case.incident, "subjects", path.subject),
            m.PathStatus.FOLLOWS if path.value == TRUE else m.PathStatus.MAY_FOLLOW,
            row.regime,
            row.level,
            row.rests_on,
            row.allow,
            tuple(dict.fromkeys(b for b in basis if self._cite(case, b, first))),
            tuple(path.findings),
            self._effective(case, path),
            row.note,
            row.questions,
        )

    def _effective(self, case: _Case, path: _Path) -> tuple[str, str] | None:
        """End of the month of the subject's date that the row names, where it is stated."""
        if path.row.effective is None:
            return None
        part: object = case.incident.subjects[path.subject]
        for step in path.row.effective.split(".")[1:]:
            part = getattr(part, step, None)
        if not isinstance(part, Span):
            return None
        return _end_of_month(part.first), _end_of_month(part.last)

    # -- questions

    def _decisive(
        self, case: _Case, violations: Sequence[Result], permissions: Sequence[Result]
    ) -> tuple[m.DecisiveQuestion, ...]:
        """Questions whose other readings change a status or a path."""
        found: dict[int, dict[str, list[m.Change]]] = {}
        for result in (*violations, *permissions):
            rows = self.plan.rows[result.rule.id]
            facts = set(result.rule.readings)
            facts.update(f for row in rows for f in row.readings)
            facts |= self.plan.constraint_readings
            for index in sorted(facts):
                fact = self.plan.space.facts[index]
                taken = result.group.frames[0].known & fact.full
                for reading, bit in fact.bits.items():
                    if bit == taken:
                        continue
                    changes = self._changes(result, rows, fact, bit)
                    if changes:
                        by_reading = found.setdefault(index, {})
                        by_reading.setdefault(str(reading), []).extend(changes)
        return tuple(
            self._decisive_question(case, index, others) for index, others in found.items()
        )

    def _decisive_question(
        self, case: _Case, index: int, others: dict[str, list[m.Change]]
    ) -> m.DecisiveQuestion:
        fact = self.plan.space.facts[index]
        question_id = fact.spec.path.removeprefix(READING_PREFIX)
        taken = fact.decode(case.results[0].group.frames[0].known)
        return m.DecisiveQuestion(
            question_id,
            str(taken[0]) if len(taken) == 1 else None,
            self._chosen_by(case, fact) if len(taken) == 1 else "",
            tuple(
                m.OtherReading(reading, tuple(dict.fromkeys(changes)))
                for reading, changes in others.items()
            ),
        )

    def _changes(
        self, result: Result, rows: Sequence[SanctionRow], fact: Fact, bit: int
    ) -> list[m.Change]:
        known = [self.framer.with_value(frame, fact, bit) for frame in result.group.frames]
        other = self._under(result, known)
        changes = []
        if other.status is not result.status:
            before, after = _STATUS[result.status], _STATUS[max(other.status, Status.NOT_MET)]
            if before is not after:
                changes.append(m.Change(result.rule.id, before.value, after.value))
        for row in rows:
            if fact.index not in row.readings and other.status is result.status:
                continue
            was = self._row_status(result, row, None)
            would = self._row_status(other, row, known)
            if was != would:
                changes.append(m.Change(row.id, was, would))
        return changes

    def _under(self, result: Result, known: Sequence[int]) -> Result:
        in_frames = tuple(
            self.evaluator.in_frame(result.rule, frame, other)
            for frame, other in zip(result.group.frames, known, strict=True)
        )
        return Result(result.rule, result.group, combine(f.status for f in in_frames), in_frames)

    def _row_status(self, result: Result, row: SanctionRow, known: Sequence[int] | None) -> str:
        if result.status in (Status.NOT_MET, Status.NOT_RAISED):
            return "none"
        value = self.evaluator.row_value(result, row, known)
        if value == FALSE:
            return "none"
        return (m.PathStatus.FOLLOWS if value == TRUE else m.PathStatus.MAY_FOLLOW).value

    def _other_questions(
        self,
        case: _Case,
        decisive: Iterable[m.DecisiveQuestion],
        paths: Iterable[m.SanctionPath],
    ) -> tuple[str, ...]:
        """Questions touched but not decisive: folded in a text."""
        shown = {d.id for d in decisive}
        touched: set[str] = {q for p in paths for q in p.questions}
        facts = self.plan.space.facts
        for result in case.results:
            touched.update(result.rule.questions)
            touched.update(
                facts[f].spec.path.removeprefix(READING_PREFIX) for f in result.rule.readings
            )
        for question in self.plan.questions.values():
            if question.kind is not QuestionKind.COMPUTED and not case.cited.keys().isdisjoint(
                question.about
            ):
                touched.add(question.id)
        return tuple(sorted(touched - shown))

    # -- what is open

    def _settle(self, violations: Sequence[Result]) -> tuple[m.OpenFact, ...]:
        found: dict[str, list[int]] = {}
        for number, result in enumerate(violations):
            if result.status not in (Status.OPEN, Status.ELEMENTS_MET):
                continue
            for path in self._open_facts(result):
                found.setdefault(path, []).append(number)
        return tuple(m.OpenFact(path, tuple(numbers)) for path, numbers in found.items())

    def _open_facts(self, result: Result) -> list[str]:
        """Facts that an incident can state and that some open element still waits for."""
        facts = self.plan.space.facts
        open_tests: dict[int, None] = {}
        for item in result.governed:
            if item.status not in (Status.OPEN, Status.ELEMENTS_MET):
                continue
            known = item.frame.known
            for condition in _conditions(result.rule, item.considered):
                if condition.value(known) == OPEN:
                    for test in tests_of(condition):
                        if test.value(known) == OPEN:
                            open_tests.setdefault(test.fact)
        if len({f.status for f in result.in_frames}) > 1:
            open_tests.setdefault(self.plan.space.by_path[ACT_DATE].index)
        paths: dict[str, None] = {}
        for index in open_tests:
            for path in self._statable(facts[index]):
                paths.setdefault(path)
        return list(paths)

    def _statable(self, fact: Fact) -> list[str]:
        """The fact itself, or the facts from which a derived one follows."""
        if fact.spec.origin is Origin.READING:
            return []
        if fact.spec.origin is not Origin.DERIVED:
            return [fact.spec.path]
        return list(self.plan.sources.get(fact.index, ()))

    def _outcome(self, results: Sequence[Result], subject: int) -> m.Outcome:
        own = [r for r in results if r.group.subject == subject]
        violations = [r.status for r in own if not r.rule.permits]
        strongest = max(violations, default=Status.NOT_RAISED)
        if strongest in _OUTCOME:
            return _OUTCOME[strongest]
        if any(r.rule.permits and r.status > Status.NOT_MET for r in own):
            return m.Outcome.PERMITTED
        return m.Outcome.NOT_MET if violations else m.Outcome.NO_LISTED_FORM


def _conditions(rule: Rule, considered: int) -> list[Condition]:
    exceptions = [e.holds for i, e in enumerate(rule.exceptions) if considered >> i & 1]
    return [*(e.condition for e in rule.elements), *exceptions]


def _over(result: Result, condition: Condition) -> int:
    """Truth of one element over all frames that the rule's law governs."""
    values = {condition.value(item.frame.known) for item in result.governed}
    return values.pop() if len(values) == 1 else OPEN


def _order(result: Result) -> tuple[int, int, int, str]:
    group = result.group
    act = -1 if group.act is None else group.act
    beneficiary = -1 if group.beneficiary is None else group.beneficiary
    return group.subject, act, beneficiary, result.rule.id


_LISTS = {"subject": "subjects", "act": "acts", "beneficiary": "beneficiaries"}


def _place(fact: Fact, result: Result) -> str:
    """`acts[0].photo.gesture`: where in the incident a fact stands."""
    group, _, rest = fact.spec.path.partition(".")
    index = {
        "subject": result.group.subject,
        "act": result.group.act,
        "beneficiary": result.group.beneficiary,
    }.get(group)
    if index is None:
        return fact.spec.path
    further = "further." if fact.spec.origin is Origin.FURTHER else ""
    return f"{_LISTS[group]}[{index}].{further}{rest}"


def _stated_date(case: _Case, result: Result, fact: Fact) -> str:
    """A stated date as it was stated, not as the cells that it touches."""
    group, *steps = fact.spec.path.split(".")
    index = {
        "subject": result.group.subject,
        "act": result.group.act,
        "beneficiary": result.group.beneficiary,
    }
    part: object = case.incident
    if group in index:
        part = getattr(part, _LISTS[group])[index[group]]
        if fact.spec.origin is Origin.FURTHER:
            steps = [FURTHER, *steps]
    else:
        steps = [group, *steps]
    for step in steps:
        part = part[step] if isinstance(part, Mapping) else getattr(part, step)
    return str(part) if isinstance(part, Span) else str(getattr(part, "value", part))


def _key(incident: Incident, part: str, index: int) -> str:
    """The key of a subject, act or beneficiary, or its number from 1."""
    return getattr(incident, part)[index].key or str(index + 1)


def _governing(case: _Case, governs: GoverningDate, result: Result) -> Span:
    """The days on which a provision of another governing date than the act must be in force."""
    incident = case.incident
    subject = incident.subjects[result.group.subject]
    stated = {
        GoverningDate.EXAMINATION: incident.proceeding.examined_on,
        GoverningDate.DECISION: incident.proceeding.decided_on,
        GoverningDate.RECEIPT: incident.proceeding.decision_received_on,
        GoverningDate.JOINING: subject.party.joined_on,
        GoverningDate.DETERMINATION: subject.candidacy.determined_on,
    }[governs]
    if isinstance(stated, Span):
        return stated
    if governs in (GoverningDate.JOINING, GoverningDate.DETERMINATION) and stated is not NEVER:
        return Span(datetime.date.min, case.as_of)
    return Span(case.as_of, case.as_of)


def _end_of_month(day: datetime.date) -> str:
    return day.replace(day=monthrange(day.year, day.month)[1]).isoformat()
