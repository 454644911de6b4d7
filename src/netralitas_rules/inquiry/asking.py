"""The next question: its words, what may be answered, and what follows from each answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.outcomes import outcome_of_all, paths_of_case
from netralitas_rules.decision.turning import FINDING_STATUS, NO_PATH
from netralitas_rules.engine.conditions import facts_of
from netralitas_rules.engine.evaluate import Status
from netralitas_rules.engine.frames import FactsRefused
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Rule
from netralitas_rules.facts.codebook import codebook
from netralitas_rules.facts.space import ACT_DATE, Kind
from netralitas_rules.inquiry.model import Answer, AnswerKind, Lead, NextQuestion
from netralitas_rules.inquiry.ranking import Candidate
from netralitas_rules.inquiry.table import classes
from netralitas_rules.inquiry.telling import Telling
from netralitas_rules.law.model import Text
from netralitas_rules.loading.changes import changed
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.incidents import content_of, incident_from

_KINDS = {
    Kind.ENUM: AnswerKind.ONE,
    Kind.BOOL: AnswerKind.ONE,
    Kind.LIST: AnswerKind.SEVERAL,
    Kind.DATE: AnswerKind.DATE,
    Kind.INTEGER: AnswerKind.NUMBER,
}
_NOBODY = Text("pelapor atau pemeriksa", "the reporter or the examiner")
MAX_FRAMES = 400
"""Frames that the answers to one question are tried in; with more, what follows is not said."""
State = Mapping[tuple[str, str], str]
"""What every finding and path comes to, by its id and whose it is."""


class Asking:
    """Words a question, and tries its answers."""

    def __init__(self, builder: DecisionBuilder, case: Case) -> None:
        self.builder = builder
        self.plan = builder.plan
        self.case = case
        self._rules = {rule.id: rule for rule in self.plan.rules}

    def question(self, candidate: Candidate) -> NextQuestion:
        """The question that asks for a fact."""
        fact, words = candidate.fact, self.builder.words
        path = fact.spec.path
        entry = codebook().get(path)
        kind = _KINDS[fact.spec.kind]
        known = 0
        for frame in candidate.group.frames:
            known |= frame.known & fact.full
        answers = tuple(self._answers(candidate, known))
        allowed = () if kind in (AnswerKind.DATE, AnswerKind.NUMBER) else _members(fact)
        return NextQuestion(
            path,
            candidate.place,
            words.label(path),
            words.question(path),
            kind,
            allowed,
            entry.supplied_by if entry is not None else _NOBODY,
            tuple(candidate.waiting),
            self._basis(candidate),
            answers,
        )

    def _basis(self, candidate: Candidate) -> tuple[str, ...]:
        """What makes it matter: the basis of elements and exceptions that read the fact, or that
        read what follows from it, and else the norm.
        """
        index, path = candidate.fact.index, candidate.fact.spec.path
        follows = {i for i, paths in self.plan.sources.items() if path in paths}
        read = {index, *follows}
        found: dict[str, None] = {}
        rows = {row.id: row for rows in self.plan.rows.values() for row in rows}
        for name in candidate.waiting:
            if name in rows:
                found |= dict.fromkeys(rows[name].basis)
            else:
                found |= dict.fromkeys(_read_basis(self._rules[name], read))
        return self.case.cite_in(tuple(found), candidate.group.subject, candidate.group.frames)

    def _answers(self, candidate: Candidate, known: int) -> Iterator[Answer]:
        """Every answer that can be given, with what follows; those that contradict what is stated
        are left out.
        """
        before, fact = state_of(self.case), candidate.fact
        content = content_of(self.case.incident)
        parts = list(self._parts(candidate, known))
        frames = len(candidate.group.frames)
        telling = Telling(self.builder.words, self.case, candidate.group)
        tried = fact.spec.path == ACT_DATE or frames * len(parts) <= MAX_FRAMES
        for values in parts:
            told = telling.one(fact, values, telling.latest(fact))
            codes, label, stated = told.codes, told.says, told.example
            if not tried:
                yield Answer(codes, stated, label, None, ())
                continue
            case = self._with(content, candidate.place, stated)
            if case is not None:
                leads = tuple(_leads(before, state_of(case)))
                yield Answer(codes, stated, label, outcome_of_all(case), leads)

    def _parts(self, candidate: Candidate, known: int) -> Iterator[int]:
        """Values that are answered together: each for itself, days and numbers by what sets ask."""
        fact = candidate.fact
        if fact.spec.kind in (Kind.ENUM, Kind.BOOL):
            yield from (bit for bit in fact.bits.values() if bit & known)
        else:
            parts = classes(known, sorted(candidate.values))
            yield from parts if len(parts) > 1 else ()

    def _with(self, content: Mapping[str, Any], place: str, stated: object) -> Case | None:
        """The case with one more statement; None where it cannot be."""
        try:
            new, _ = changed(content, {place: stated})
            incident = incident_from(new, locate=lambda _loc, _key: None)
            facts, base = self.plan.space.facts, self.case.base
            chosen = {index: base & facts[index].full for index in self.case.given}
            case, _ = self.builder.case(incident, as_of=self.case.as_of, chosen=chosen)
        except (Refused, FactsRefused):
            return None
        return case


def state_of(case: Case) -> State:
    """What every finding and path of a case comes to."""
    subjects, strongest = case.names[0], dict[tuple[str, str], Status]()
    for result in case.results:
        key = (result.rule.id, subjects[result.group.subject])
        strongest[key] = max(result.status, strongest.get(key, Status.NOT_RAISED))
    found = {key: FINDING_STATUS[status].value for key, status in strongest.items()}
    _, paths = paths_of_case(case)
    return found | {(path.row.id, subjects[path.subject]): path.status.value for path in paths}


def _leads(before: State, after: State) -> Iterator[Lead]:
    """What is otherwise."""
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key, NO_PATH), after.get(key, NO_PATH)
        if was != now:
            yield Lead(*key, was, now)


def _members(fact: Fact) -> tuple[str, ...]:
    return tuple(str(v).lower() if isinstance(v, bool) else str(v) for v in fact.spec.values)


def _read_basis(rule: Rule, read: set[int]) -> Iterator[str]:
    found = [e.basis for e in rule.elements if read & set(facts_of(e.condition))]
    found += [e.basis for e in rule.exceptions if read & set(facts_of(e.holds))]
    for basis in found or [rule.norm]:
        yield from basis or rule.norm
