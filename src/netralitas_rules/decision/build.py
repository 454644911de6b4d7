"""Building a decision from evaluation results."""

import datetime
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case, key_of
from netralitas_rules.decision.open_facts import settle
from netralitas_rules.decision.reads import Reads
from netralitas_rules.decision.turning import FINDING_STATUS, Turning
from netralitas_rules.engine.conditions import FALSE, OPEN, TRUE, Condition
from netralitas_rules.engine.evaluate import Evaluator, InFrame, Result, Status
from netralitas_rules.engine.frames import Framer
from netralitas_rules.engine.plan import Element, ExceptionClause, Plan, SanctionRow
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.space import LAW_PREFIX, READING_PREFIX
from netralitas_rules.law.model import QuestionKind

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


@dataclass(slots=True)
class _Path:
    row: SanctionRow
    subject: int
    value: int
    findings: list[int]


class DecisionBuilder:
    """Decides incidents under one plan. Holds words and formulas, never results."""

    def __init__(
        self, ruleset: m.RulesetRef, plan: Plan, framer: Framer, evaluator: Evaluator
    ) -> None:
        self.ruleset = ruleset
        self.plan = plan
        self.framer = framer
        self.evaluator = evaluator
        self.words = Words(plan)
        self.reads = Reads(plan, self.words)
        self.turning = Turning(plan, framer, evaluator)
        self._all_ids = frozenset(rule.id for rule in plan.rules)

    def decide(
        self, incident: Incident, *, as_of: datetime.date, base: int | None = None
    ) -> m.Decision:
        """The decision; raises `FactsRefused`."""
        groups = self.framer.groups(incident, as_of=as_of, base=base)
        results = sorted(self.evaluator.results(groups), key=_order)
        case = Case(self.plan, incident, as_of, self._given(base), results)
        violations = [r for r in results if not r.rule.permits]
        permissions = [r for r in results if r.rule.permits]
        findings = tuple(self._finding(case, r) for r in violations)
        allowed = tuple(self._finding(case, r) for r in permissions)
        paths = self._paths(case, violations)
        decisive = self.turning.decisive(case)
        subjects = tuple(
            m.SubjectOutcome(key_of(incident, "subjects", index), self._outcome(results, index))
            for index in range(len(incident.subjects))
        )
        questions = self._other_questions(case, decisive, paths, subjects)
        citations = tuple(
            m.Citation(p.id, p.cite, p.mark, p.text, p.source)
            for p in sorted(case.cited.values(), key=lambda p: p.id)
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
            settle(self.plan, violations),
            decisive,
            questions,
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

    def _finding(self, case: Case, result: Result) -> m.Finding:
        rule, group = result.rule, result.group
        incident = case.incident
        norm = tuple(p for p in rule.norm if case.cite(p, result))
        considered = 0
        for item in result.in_frames:
            considered |= item.considered
        return m.Finding(
            rule.id,
            rule.title,
            key_of(incident, "subjects", group.subject),
            None if group.act is None else key_of(incident, "acts", group.act),
            None
            if group.beneficiary is None
            else key_of(incident, "beneficiaries", group.beneficiary),
            FINDING_STATUS[result.status],
            norm,
            tuple(self._element(case, result, element) for element in rule.elements),
            tuple(
                self._exception(case, result, clause, considered >> index & 1)
                for index, clause in enumerate(rule.exceptions)
            ),
            self._periods(result),
            rule.check,
        )

    def _element(self, case: Case, result: Result, element: Element) -> m.ElementResult:
        value = _over(result, element.condition)
        return m.ElementResult(
            element.name,
            element.label or self.words.condition(element.condition),
            _ELEMENT[value],
            tuple(p for p in element.basis if case.cite(p, result)),
            self.reads.of(case, result, element.condition),
        )

    def _exception(
        self, case: Case, result: Result, clause: ExceptionClause, considered: int
    ) -> m.ElementResult:
        if not considered:
            return m.ElementResult(
                clause.name, clause.label, m.ElementStatus.NOT_RAISED, clause.basis, ()
            )
        return m.ElementResult(
            clause.name,
            clause.label,
            _ELEMENT[_over(result, clause.holds)],
            tuple(p for p in clause.basis if case.cite(p, result)),
            self.reads.of(case, result, clause.holds),
        )

    def _periods(self, result: Result) -> tuple[m.Period, ...]:
        """Neighbouring frames of one status are one period."""
        if len({f.status for f in result.in_frames}) == 1:
            return ()
        periods: list[m.Period] = []
        for item in result.in_frames:
            status = None if item.status is None else FINDING_STATUS[item.status]
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

    def _paths(self, case: Case, violations: Sequence[Result]) -> tuple[m.SanctionPath, ...]:
        found: dict[tuple[int, str], _Path] = {}
        for number, result in enumerate(violations):
            if result.status is Status.NOT_MET:
                continue
            for row in self.plan.rows[result.rule.id]:
                value = self.evaluator.row_value(result, row)
                if value == FALSE:
                    continue
                key = (result.group.subject, row.id)
                path = found.get(key)
                if path is None:
                    found[key] = _Path(row, result.group.subject, value, [number])
                else:
                    path.value = max(path.value, value)
                    path.findings.append(number)
        return tuple(self._path(case, p, violations) for p in found.values())

    def _path(self, case: Case, path: _Path, violations: Sequence[Result]) -> m.SanctionPath:
        row = path.row
        first = violations[path.findings[0]]
        basis = [*row.basis, *(b for kind in row.allow for b in self.plan.kinds[kind].basis)]
        return m.SanctionPath(
            row.id,
            key_of(case.incident, "subjects", path.subject),
            m.PathStatus.FOLLOWS if path.value == TRUE else m.PathStatus.MAY_FOLLOW,
            row.regime,
            row.level,
            row.rests_on,
            row.allow,
            tuple(dict.fromkeys(b for b in basis if case.cite(b, first))),
            tuple(path.findings),
            self._effective(case, path),
            row.note,
            row.questions,
        )

    def _effective(self, case: Case, path: _Path) -> tuple[str, str] | None:
        """End of the month of the subject's date that the row names, where it is stated."""
        if path.row.effective is None:
            return None
        part: object = case.incident.subjects[path.subject]
        for step in path.row.effective.split(".")[1:]:
            part = getattr(part, step, None)
        if not isinstance(part, Span):
            return None
        return _end_of_month(part.first), _end_of_month(part.last)

    def _other_questions(
        self,
        case: Case,
        decisive: Iterable[m.DecisiveQuestion],
        paths: Iterable[m.SanctionPath],
        subjects: Iterable[m.SubjectOutcome],
    ) -> tuple[str, ...]:
        """Questions touched but not decisive: folded in a text."""
        shown = {d.id for d in decisive}
        touched: set[str] = {q for p in paths for q in p.questions}
        residual = self.plan.residual
        if residual is not None and any(s.outcome is m.Outcome.NO_LISTED_FORM for s in subjects):
            touched.add(residual)
            about = self.plan.questions[residual].about
            case.cited.update((p, self.plan.provisions[p]) for p in about)
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

    def _outcome(self, results: Sequence[Result], subject: int) -> m.Outcome:
        own = [r for r in results if r.group.subject == subject]
        violations = [r.status for r in own if not r.rule.permits]
        strongest = max(violations, default=Status.NOT_RAISED)
        if strongest in _OUTCOME:
            return _OUTCOME[strongest]
        if any(r.rule.permits and r.status > Status.NOT_MET for r in own):
            return m.Outcome.PERMITTED
        return m.Outcome.NOT_MET if violations else m.Outcome.NO_LISTED_FORM


def _over(result: Result, condition: Condition) -> int:
    """Truth of one element over all frames that the rule's law governs."""
    values = {condition.value(item.frame.known) for item in result.governed}
    return values.pop() if len(values) == 1 else OPEN


def _order(result: Result) -> tuple[int, int, int, str]:
    group = result.group
    act = -1 if group.act is None else group.act
    beneficiary = -1 if group.beneficiary is None else group.beneficiary
    return group.subject, act, beneficiary, result.rule.id


def _end_of_month(day: datetime.date) -> str:
    return day.replace(day=monthrange(day.year, day.month)[1]).isoformat()
