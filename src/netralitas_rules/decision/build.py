"""Building a decision from evaluation results."""

import datetime
from calendar import monthrange
from collections.abc import Container, Iterable, Mapping, Sequence

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case, groups_of, names_of
from netralitas_rules.decision.contests import Contests
from netralitas_rules.decision.governing import Governing
from netralitas_rules.decision.matrix import Matrix
from netralitas_rules.decision.open_facts import OpenFacts, OpenPath
from netralitas_rules.decision.outcomes import Path, outcome_of, paths_of, worst
from netralitas_rules.decision.periods import periods
from netralitas_rules.decision.reads import Reads
from netralitas_rules.decision.turning import FINDING_STATUS, Turning
from netralitas_rules.engine.conditions import FALSE, TRUE, facts_of
from netralitas_rules.engine.evaluate import Evaluator, Result, Status
from netralitas_rules.engine.frames import Frame, Framer, Group
from netralitas_rules.engine.narrowing import MAX_CACHED
from netralitas_rules.engine.plan import Listing, Plan, Rule, SanctionRow
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.accounts import first_and_last
from netralitas_rules.facts.evidence import items_by_place, weighed
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.places import value_at
from netralitas_rules.facts.space import READING_PREFIX
from netralitas_rules.law.model import QuestionKind, RuleKind


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
        reads = Reads(plan, self.words)
        self.matrix = Matrix(plan, self.words, reads)
        self.governing = Governing(plan, reads)
        self.open_facts = OpenFacts(plan)
        self.contests = Contests(plan)
        self.turning = Turning(plan, framer, evaluator)
        self._bases = {
            row.id: tuple(
                dict.fromkeys([*row.basis, *(b for k in row.allow for b in plan.kinds[k].basis)])
            )
            for rows in plan.rows.values()
            for row in rows
        }
        self._touched = {rule.id: _touched(plan, rule) for rule in plan.rules}
        self._noted = [q for q in plan.questions.values() if q.kind is not QuestionKind.COMPUTED]
        self._citations = {
            p.id: m.Citation(p.id, p.cite, p.mark, p.text, p.source)
            for p in plan.provisions.values()
        }
        self._listings = {
            rule: tuple((place, _entry(plan, place)) for place in places)
            for rule, places in plan.listings.items()
        }
        self._dated_rules = [rule for rule in plan.rules if facts_of(rule.under) or rule.days != -1]
        self._outside: dict[tuple[int, int, bool], frozenset[str]] = {}
        self._all_ids = sorted(rule.id for rule in plan.rules)

    def case(
        self, incident: Incident, *, as_of: datetime.date, chosen: Mapping[int, int]
    ) -> tuple[Case, list[Group]]:
        """An incident evaluated, with its groups; arguments and errors as of `decide`."""
        ours = taken = self.plan.base_on(as_of)
        for index, bit in chosen.items():
            taken = taken & ~self.plan.space.facts[index].full | bit
        given = frozenset(
            index for index in chosen if (ours ^ taken) & self.plan.space.facts[index].full
        )
        names = names_of(incident)
        groups = groups_of(self.framer, incident, names, as_of=as_of, base=taken)
        case = Case(
            self.plan,
            self.evaluator,
            incident,
            weighed(incident),
            items_by_place(incident) if incident.evidence else {},
            names,
            as_of,
            taken,
            given,
            self.ordered(groups),
        )
        return case, groups

    def ordered(self, groups: Sequence[Group]) -> list[Result]:
        """What groups come to, in the order of findings."""
        return sorted(self.evaluator.results(groups), key=_order)

    def cited(self, case: Case) -> tuple[m.Citation, ...]:
        """What was cited on the way."""
        return tuple(self._citations[p] for p in sorted(case.cited))

    def citations(self, provisions: Iterable[str], day: datetime.date) -> tuple[m.Citation, ...]:
        """Those of the provisions that are in force on a day, or were before."""
        known = self.plan.provisions
        return tuple(
            self._citations[p]
            for p in sorted({*provisions})
            if known[p].validity.meets(datetime.date.min, day)
        )

    def decide(
        self, incident: Incident, *, as_of: datetime.date, chosen: Mapping[int, int]
    ) -> m.Decision:
        """The decision; raises `FactsRefused`. `chosen` are readings that the caller takes: the
        value by reading fact.
        """
        return self.decided(*self.case(incident, as_of=as_of, chosen=chosen))

    def decided(self, case: Case, groups: Sequence[Group]) -> m.Decision:
        """The decision on a case that is evaluated."""
        results = case.results
        violations, permissions, consequences = (
            [r for r in results if r.rule.kind is kind] for kind in RuleKind
        )
        findings, allowed, following = (
            tuple(self._finding(case, r) for r in own)
            for own in (violations, permissions, consequences)
        )
        opening = [*violations, *consequences]
        found_paths = paths_of(self.plan, opening, case.row_value)
        paths = tuple(self._path(case, path, opening) for path in found_paths)
        decisive = self.turning.decisive(case)
        subjects = tuple(
            m.SubjectOutcome(name, outcome_of(results, index))
            for index, name in enumerate(case.names[0])
        )
        law = self.governing.of(case, groups)
        residual = self._residual(case, groups, subjects)
        contests = self.contests.of(case, results)
        shown = {d.id for d in decisive} | {residual}
        questions = self._other_questions(case, shown, paths)
        found = {r.rule.id for r in results}
        outside = self._not_governed(groups, found)
        settled = found | outside
        decision = m.Decision(
            m.FORMAT,
            case.incident.id,
            case.as_of.isoformat(),
            self.ruleset,
            worst(s.outcome for s in subjects),
            subjects,
            law,
            findings,
            allowed,
            following,
            paths,
            self.open_facts.settle(
                opening, permissions, [_open_path(path, opening) for path in found_paths]
            ),
            decisive,
            residual,
            questions,
            tuple(sorted(outside)),
            tuple([rule_id for rule_id in self._all_ids if rule_id not in settled]),
            self.cited(case),
            contests,
        )
        object.__setattr__(decision, "_words", self.words)
        return decision

    def _finding(self, case: Case, result: Result) -> m.Finding:
        rule = result.rule
        return m.Finding(
            rule.id,
            rule.title,
            *case.whose(result.group),
            FINDING_STATUS[result.status],
            case.cite(rule.norm, result),
            self.matrix.elements(case, result),
            self.matrix.exceptions(case, result),
            periods(self.plan, result),
            rule.check,
            self._lists(result),
        )

    def _lists(self, result: Result) -> tuple[m.ListEntry, ...]:
        """Forms at which a finding stands, of lists in force on the day; what is not met takes
        nothing over from the rows of a form.
        """
        places = self._listings.get(result.rule.id, ())
        if not places:
            return ()
        frames = [item.frame for member in result.members for item in member.governed]
        refuted = result.status is Status.NOT_MET
        return tuple(
            entry
            for place, entry in places
            if not (refuted and place.related)
            and any(
                self.plan.lists[place.list_id].validity.meets(frame.first, frame.last)
                and place.when.value(frame.known) == TRUE
                for frame in frames
            )
        )

    def _path(self, case: Case, path: Path, violations: Sequence[Result]) -> m.SanctionPath:
        row = path.row
        bases = self._bases[row.id]
        cited = {
            basis
            for number in path.findings
            for member in violations[number].members
            if member.status is not Status.NOT_MET
            for basis in self._cited(case, member, row, bases)
        }
        return m.SanctionPath(
            row.id,
            case.names[0][path.subject],
            path.status,
            row.regime,
            row.level,
            row.rests_on,
            row.allow,
            tuple(b for b in bases if b in cited),
            tuple(path.findings),
            self._effective(case, path),
            row.note,
            row.questions,
            self._ppk(case, path, violations),
        )

    def _ppk(self, case: Case, path: Path, violations: Sequence[Result]) -> tuple[str, ...]:
        if not self.plan.ppk:
            return ()
        frames = [i.frame for number in path.findings for i in violations[number].in_frames]
        return case.cite_in(self.plan.ppk, path.subject, frames)

    def _cited(
        self, case: Case, result: Result, row: SanctionRow, bases: tuple[str, ...]
    ) -> set[str]:
        """Those of the bases that are in force in a frame in which the row is possible; a frame is
        only asked about while it could add one.
        """
        cited: set[str] = set()
        subject = result.group.subject
        for item in result.in_frames:
            rest = tuple([basis for basis in bases if basis not in cited])
            here = case.in_force(rest, subject, [item.frame])
            if not here:
                continue
            value = self.evaluator.row_at(result.rule, item, row, item.frame.known, item.status)
            if value != FALSE:
                cited.update(here)
        case.cited |= cited
        return cited

    def _effective(self, case: Case, path: Path) -> tuple[str, str] | None:
        """End of the month of the subject's date that the row names, where it is stated."""
        if path.row.effective is None:
            return None
        steps = path.row.effective.split(".")[1:]
        days = first_and_last(value_at(case.weighed.subjects[path.subject], steps))
        return None if days is None else (_end_of_month(days.first), _end_of_month(days.last))

    def _other_questions(
        self,
        case: Case,
        shown: Container[str | None],
        paths: Iterable[m.SanctionPath],
    ) -> tuple[str, ...]:
        """Questions touched, but neither decisive nor residual: folded in a text."""
        touched: set[str] = {q for p in paths for q in p.questions}
        for result in case.results:
            touched |= self._touched[result.rule.id]
        for question in self._noted:
            if not case.cited.isdisjoint(question.about):
                touched.add(question.id)
        return tuple(sorted(q for q in touched if q not in shown))

    def _not_governed(self, groups: Iterable[Group], found: Iterable[str]) -> set[str]:
        """Rules that the report raises, but under a body of law that does not govern."""
        outside: set[str] = set()
        for group in groups:
            for frame in group.frames:
                outside |= self._outside_in(frame)
        return outside.difference(found)

    def _outside_in(self, frame: Frame) -> frozenset[str]:
        key = (frame.known, frame.stated, frame.departs is None)
        found = self._outside.get(key)
        if found is None:
            if len(self._outside) >= MAX_CACHED:
                self._outside.clear()
            found = self._outside[key] = frozenset(
                rule.id
                for rule in self._dated_rules
                if not rule.governs(frame.known)
                and rule.raised(frame.known, frame.stated)
                and self.evaluator.raised(rule, frame.known, frame.stated, frame.constraints)
            )
        return found

    def _residual(
        self, case: Case, groups: Iterable[Group], subjects: Sequence[m.SubjectOutcome]
    ) -> str | None:
        """The residual question, where a listed form fails (not the person, not by a defence)."""
        residual = self.plan.residual
        if residual is None:
            return None
        for group in groups:
            outcome = subjects[group.subject].outcome
            if outcome not in (m.Outcome.NO_LISTED_FORM, m.Outcome.NOT_MET):
                continue
            if any(residual.when.value(f.known) == FALSE for f in group.frames):
                continue
            if outcome is m.Outcome.NOT_MET and self._excused(case, group.subject):
                continue
            about = self.plan.questions[residual.question].about
            case.cite_in(tuple(about), group.subject, group.frames)
            return residual.question
        return None

    def _excused(self, case: Case, subject: int) -> bool:
        """Whether an exception, and not the form, is why some violation is not met."""
        return any(
            bits and clause.condition(bits).value(item.frame.known) == TRUE
            for result in case.results
            if result.group.subject == subject and result.rule.kind is RuleKind.VIOLATION
            for item in result.in_frames
            for clause, bits in result.rule.brought_up(item.considered)
        )


def _open_path(path: Path, violations: Sequence[Result]) -> OpenPath | None:
    if path.value == TRUE:
        return None
    return path.row, [m for number in path.findings for m in violations[number].members]


def _entry(plan: Plan, place: Listing) -> m.ListEntry:
    form = plan.lists[place.list_id].items[place.number - 1]
    return m.ListEntry(place.list_id, place.number, form.says, place.related)


def _touched(plan: Plan, rule: Rule) -> frozenset[str]:
    """Questions that a rule names or reads."""
    paths = (plan.space.facts[f].spec.path for f in rule.readings)
    return frozenset((*rule.questions, *(p.removeprefix(READING_PREFIX) for p in paths)))


def _order(result: Result) -> tuple[int, int, int, str]:
    group = result.group
    act = -1 if group.act is None else group.act
    beneficiary = -1 if group.beneficiary is None else group.beneficiary
    return group.subject, act, beneficiary, result.rule.id


def _end_of_month(day: datetime.date) -> str:
    return day.replace(day=monthrange(day.year, day.month)[1]).isoformat()
