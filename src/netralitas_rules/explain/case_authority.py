"""Who may act, and what stands open against a decision, in sentences of both languages."""

from collections.abc import Iterable, Iterator, Sequence

from netralitas_rules.case.authority import POST, Competence, Proposal
from netralitas_rules.case.remedies import Remedy
from netralitas_rules.engine.plan import Plan
from netralitas_rules.explain import case_phrases as cp
from netralitas_rules.explain.phrases import LANGUAGES, TEXTS, day, listed
from netralitas_rules.explain.words import Words
from netralitas_rules.law.authority import Circumstance, Office, Other
from netralitas_rules.law.model import Mark, Text, TextState
from netralitas_rules.law.remedies import RemedyKind
from netralitas_rules.procedure.deadlines import Deadline


class CaseWords:
    """Sentences about one ruleset's tables, in one language. Raises `ValueError` where there is no
    such language.
    """

    def __init__(self, plan: Plan, *, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, not {lang!r}")
        self.plan = plan
        self.lang = lang
        self.words = Words(plan)

    def competence(self, found: Competence) -> str:
        """Who is competent for what, under which facts, who else, and on what basis."""
        return " ".join(self._competence(found))

    def remedy(self, found: Remedy) -> str:
        """What stands open, to whom, until when, what follows without an answer, and why."""
        return " ".join(self._remedy(found))

    # -- who may act

    def _competence(self, found: Competence) -> Iterator[str]:
        yield self._who(found)
        if found.first is not None:
            yield self.p("first", self.office(found.first))
        for step in found.steps:
            yield self.t(cp.WHYS[step.why]).format(self.office(step.past))
        if found.unfilled:
            yield self.p("unfilled")
        for other in found.others:
            yield self._other(other)
        for proposal in found.proposals:
            yield self._proposal(proposal)
        if found.note is not None:
            yield self._sentence(found.note)
        if found.named:
            yield self.p("named", self.cited(found.named))
        yield self.p("basis", self.cited(found.basis))
        if found.mark is Mark.C and all(
            self.plan.provisions[one].mark is not Mark.C for one in found.basis
        ):
            yield self.p("inferred")

    def _who(self, found: Competence) -> str:
        parts = [
            self.p("nobody")
            if found.office is None
            else self.p("competent", self.office(found.office))
        ]
        if found.on_proposal_of is not None:
            parts.append(self.p("on_proposal", self.office(found.on_proposal_of)))
        parts.append(self.p("kinds", self.kinds(found.kinds)))
        conditions = [self._condition(path, values) for path, values in found.when]
        if conditions:
            parts.append(self.p("if", f" {self.p('and')} ".join(conditions)))
        return ", ".join(parts) + "."

    def _condition(self, path: str, values: Sequence[str]) -> str:
        if path == POST:
            label = self.t(self.words.label(POST))
            return f"{label}: {self.either(self.t(self.words.value(POST, v)) for v in values)}"
        one = Circumstance(path)
        flag = cp.FLAGS.get((one, values[0]))
        if flag is not None:
            return self.t(flag)
        label = self.t(cp.CIRCUMSTANCES[one])
        if one is Circumstance.UNIT_HEADED_BY:
            return f"{label} {self.either(self.office(Office(value)) for value in values)}"
        return f"{label}: {self.either(self.t(cp.VALUES[value]) for value in values)}"

    def _proposal(self, found: Proposal) -> str:
        """Who proposes to whom; of an assignment that is not known, under which it is so."""
        key = "proposes" if found.when else "proposes_here"
        when = [self._condition(Circumstance.ASSIGNMENT, found.when)] if found.when else []
        told = self.p(key, self.office(found.by), self.office(found.to), *when)
        note = "" if found.note is None else f" {self._sentence(found.note)}"
        return f"{told} ({self.cited(found.basis)}).{note}"

    def _other(self, other: Other) -> str:
        text = self.t(cp.OTHERS[other.kind]).format(self.office(other.office))
        when = "" if other.when is None else f", {self.t(other.when)}"
        return f"{text}{when} ({self.cited(other.basis)})."

    # -- remedies

    def _remedy(self, found: Remedy) -> Iterator[str]:
        by = self.either(self.t(cp.DECIDERS[one]) for one in found.decided_by)
        parts = [self.p("against", self.kinds(found.kinds), by)]
        kind = self.t(cp.REMEDIES[found.remedy])
        parts.append(kind if found.to is None else f"{kind} {self.t(cp.FORUMS[found.to])}")
        if found.remedy in (RemedyKind.OBJECTION, RemedyKind.APPEAL):
            parts.append(self._until(found))
        yield ", ".join(parts) + "."
        if found.late:
            yield self.p("late", self.cited(found.late))
        if found.answers:
            yield self.p("may", self.either(self.t(cp.ANSWERS[one]) for one in found.answers))
        if found.unanswered is not None:
            court = "" if found.then is None else self.t(cp.FORUMS[found.then])
            yield self.t(cp.UNANSWERED[found.unanswered]).format(court)
        if found.then is not None:
            yield self.p("then", self.t(cp.FORUMS[found.then]))
        if found.final:
            yield self.p("final")
        if found.binding:
            yield self.p("binding", self.cited(found.binding))
        for text in (found.effect, found.note):
            if text is not None:
                yield self._sentence(text)
        yield self.p("basis", self.cited(found.basis))

    def _until(self, found: Remedy) -> str:
        if found.deadline_id is None:
            return self.p("no_period")
        if found.deadline is None:
            return self.p("not_received")
        return self._days(found.deadline)

    def _days(self, deadline: Deadline) -> str:
        if deadline.last is not None:
            return self.p("until", day(deadline.last.isoformat(), self.lang))
        days = sorted({one.last for one in deadline.possible})
        words = listed([day(one.isoformat(), self.lang) for one in days], self.p("or"))
        return f"{self.p('until', words)} ({self.p('open_day')})"

    # -- small words

    def p(self, key: str, *values: str) -> str:
        return self.t(cp.PHRASES[key]).format(*values)

    def t(self, text: Text) -> str:
        return text.in_language(self.lang)

    def office(self, office: Office) -> str:
        return self.t(cp.OFFICES[office])

    def kinds(self, kinds: Iterable[str]) -> str:
        return self.either(self.t(self.plan.kinds[kind].says) for kind in kinds)

    def either(self, words: Iterable[str]) -> str:
        return listed(list(words), self.p("or"))

    def cited(self, basis: Iterable[str]) -> str:
        """Citations with their marks where they are weaker than an official text."""
        return "; ".join(dict.fromkeys(map(self._cite, basis)))

    def _cite(self, name: str) -> str:
        provision = self.plan.provisions[name]
        weak = "" if provision.mark is Mark.A else f" [{provision.mark}]"
        seen = provision.text is TextState.SEEN
        return (
            self.t(provision.cite) + weak + ("" if seen else f" ({self.t(TEXTS[provision.text])})")
        )

    def _sentence(self, text: Text) -> str:
        words = self.t(text)
        return f"{words[:1].upper()}{words[1:]}."
