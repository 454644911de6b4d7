"""The text of a decision. One renderer for both languages, so that they cannot differ."""

from collections.abc import Iterable, Iterator

from netralitas_rules.decision import model as m
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.law_section import law_section
from netralitas_rules.explain.words import Words
from netralitas_rules.explain.writing import Writing, hang
from netralitas_rules.facts.codebook import codebook
from netralitas_rules.facts.space import ELECTION, STAGE
from netralitas_rules.law.model import Question, Text

_MARKS = {
    m.ElementStatus.MET: "[v]",
    m.ElementStatus.OPEN: "[?]",
    m.ElementStatus.NOT_MET: "[x]",
    m.ElementStatus.NOT_RAISED: "[ ]",
}


def render(decision: m.Decision, words: Words, *, lang: str) -> str:
    """The decision as text of `WIDTH` columns, in Indonesian (`id`) or English (`en`)."""
    return "\n".join(_Renderer(decision, words, lang).lines()) + "\n"


class _Renderer(Writing):
    def __init__(self, decision: m.Decision, words: Words, lang: str) -> None:
        super().__init__(words, lang, decision.citations, p.PHRASES)
        self.d = decision
        self.several_subjects = len(decision.subjects) > 1

    def question(self, question_id: str) -> Question:
        return self.words.plan.questions[question_id]

    # -- parts

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from law_section(self, self.d.law)
        yield from self._findings("findings", "elements", self.d.findings, p.FINDING)
        yield from self._findings(
            "consequences",
            "conditions",
            self.d.consequences,
            p.CONSEQUENCE,
            first=len(self.d.findings) + 1,
        )
        yield from self._findings("permissions", "conditions", self.d.permissions, p.PERMISSION)
        yield from self._contests()
        yield from self._paths()
        yield from self._settle()
        yield from self._decisive()
        yield from self._residual()
        yield from self._rest()

    def _head(self) -> Iterator[str]:
        d = self.d
        name = d.incident or self.w("unnamed")
        yield from self.head(f"{self.w('title')}: {name}", d.as_of, d.ruleset)
        yield from hang(f"{self.w('outcome')}: ", self.t(p.OUTCOMES[d.outcome]))
        if self.several_subjects:
            for s in d.subjects:
                lead = f"  - {self.w('subject')} {s.subject}: "
                yield from hang(lead, self.t(p.OUTCOMES[s.outcome]))
        if d.not_governed:
            yield from hang("", f"{self.w('not_governed')}: {', '.join(d.not_governed)}.")
        yield from hang("", self.w("caution"))

    def _findings(
        self,
        heading: str,
        rows: str,
        findings: tuple[m.Finding, ...],
        statuses: dict[m.FindingStatus, Text],
        first: int = 1,
    ) -> Iterator[str]:
        if not findings:
            return
        yield from self.heading(heading)
        for number, finding in enumerate(findings, start=first):
            yield from hang(f"{number}. ", f"{self.t(finding.title)} [{finding.id}]")
            status = self.w("excused") if _excused(finding) else self.t(statuses[finding.status])
            yield from hang("   => ", status)
            where = self.whose(finding.subject, finding.act, finding.beneficiary)
            yield from hang("   ", where)
            if finding.norm:
                yield from hang(f"   {self.w('norm')}: ", self.cite(finding.norm))
            for entry in finding.lists:
                yield from self._listed(entry)
            yield f"   {self.w(rows)}:"
            for element in finding.elements:
                yield from self._element(element, p.ELEMENT)
            yield from self._together(finding)
            if finding.exceptions:
                yield f"   {self.w('exceptions')}:"
                yield from self._exceptions(finding.exceptions)
            if finding.periods:
                yield f"   {self.w('periods')}:"
                for part in finding.periods:
                    yield from self._period(part, statuses)
            if finding.check is not None:
                yield from hang(f"   {self.w('check')}: ", self.t(finding.check))

    def _listed(self, entry: m.ListEntry) -> Iterator[str]:
        """Where a finding stands in a named list; a note of the form explains what is related."""
        found = self.words.plan.lists[entry.list]
        name = self.t(found.short) + self.weakness(found.mark, found.text)
        key = "related_form" if entry.related else "form_of"
        place = self.w(key).format(entry.number, name)
        yield from hang(f"   {self.w('list')}: ", f"{place}: {self.t(entry.says)}")
        note = found.items[entry.number - 1].note
        if entry.related and note is not None:
            yield from hang(f"      {self.w('note')}: ", self.t(note))

    def _together(self, finding: m.Finding) -> Iterator[str]:
        """Why a finding is settled although no single row of its matrix settles it."""
        rows = {e.status for e in finding.elements}
        if finding.status is m.FindingStatus.NOT_MET:
            if m.ElementStatus.NOT_MET not in rows and not _excused(finding):
                yield from hang("     ", self.w("never_together"))
        elif finding.status is m.FindingStatus.MET and m.ElementStatus.OPEN in rows:
            yield from hang("     ", self.w("met_anyway"))

    def _exceptions(self, exceptions: tuple[m.ElementResult, ...]) -> Iterator[str]:
        """Those that nobody raised share one entry."""
        silent = [e for e in exceptions if e.status is m.ElementStatus.NOT_RAISED]
        for exception in exceptions:
            if exception not in silent:
                yield from self._element(exception, p.EXCEPTION)
        if silent:
            mark = _MARKS[m.ElementStatus.NOT_RAISED]
            lead = f"     {mark} {self.t(p.EXCEPTION[m.ElementStatus.NOT_RAISED])}: "
            yield from hang(lead, "; ".join(self.t(e.label) for e in silent), hang=9)

    def _element(
        self, element: m.ElementResult, statuses: dict[m.ElementStatus, Text]
    ) -> Iterator[str]:
        mark = _MARKS[element.status]
        lead = f"     {mark} {self.t(statuses[element.status])}: "
        yield from hang(lead, self.t(element.label), hang=9)
        for read in element.facts:
            yield from hang("         - ", self.read(read))
            for account in self.accounts(read):
                yield from hang("           * ", account)
        cited = self.cite(element.basis)
        if cited:
            yield from hang(f"         {self.w('basis')}: ", cited)
        if element.standard is not None:
            yield from self._standard(element.standard)

    def _standard(self, standard: m.StandardRead) -> Iterator[str]:
        """What evidence an element asks for, and what is missing."""
        key = "standard_reached" if standard.reached else "standard_missing"
        cited = self.cite(standard.basis)
        basis = f" ({cited})" if cited else ""
        told = f"{self.t(standard.says)} [{standard.id}]{basis}: {self.w(key)}"
        if standard.missing:
            facts = [self.t(self.words.label(path)) for path in standard.missing]
            kinds = [self.t(p.EVIDENCE_KINDS[kind]) for kind in standard.kinds]
            of = f" ({p.listed(kinds, self.w('or'))})" if kinds else ""
            about = p.listed(facts, self.w("and"))
            told += f"; {self.w('too_few').format(standard.at_least, of, about)}"
        yield from hang(f"         {self.w('standard')}: ", told)

    def _period(self, part: m.Period, statuses: dict[m.FindingStatus, Text]) -> Iterator[str]:
        status = self.w("outside_law") if part.status is None else self.t(statuses[part.status])
        yield from hang(f"     {p.period(part.first, part.last, self.lang)}: ", status)

    def _contests(self) -> Iterator[str]:
        if not self.d.contests:
            return
        yield from self.heading("contests")
        for contest in self.d.contests:
            whom = f"{self.w('beneficiary')} {contest.beneficiary}"
            if contest.acts:
                whom += f", {self.w('act')} {', '.join(contest.acts)}"
            yield from hang("- ", f"{whom}: {self._contest(contest)}")

    def _contest(self, contest: m.ContestRead) -> str:
        elections = [self.t(self.words.value(ELECTION, e)) for e in contest.elections]
        stated, held = (
            p.listed([self.t(self.words.value(STAGE, code)) for code in codes], self.w("or"))
            for codes in (contest.stated, contest.by_calendar)
        )
        facts = [self.t(self.words.label(path)) for path in contest.facts]
        steps = [self.t(p.STEPS[step]) for step in contest.not_held]
        cited = self.cite(contest.basis)
        said = self.t(p.CALENDARS[contest.use]).format(
            calendar=self.t(contest.title) if contest.title is not None else "",
            election=p.listed(elections, self.w("or")),
            facts=p.listed(facts, self.w("and")),
            steps=p.listed(steps, self.w("and")),
            stated=stated,
            held=held,
            note=contest.note or "",
            cited=cited,
        )
        return f"{said} ({cited})" if contest.use is m.CalendarUse.READ else said

    def _paths(self) -> Iterator[str]:
        if not self.d.findings and not self.d.paths:
            return
        yield from self.heading("paths")
        if not self.d.paths:
            yield from hang("", self.w("no_path"))
        for number, path in enumerate(self.d.paths, start=1):
            named = self.regime(path.regime, path.level)
            yield from hang(f"{number}. ", f"{named}: {self.t(p.PATH[path.status])} [{path.id}]")
            if self.several_subjects:
                yield f"   {self.w('subject')} {path.subject}"
            kinds = [self.t(self.words.plan.kinds[k].says) for k in path.sanctions]
            yield from hang(f"   {self.w('sanctions')}: ", "; ".join(kinds))
            yield from hang(f"   {self.w('rests_on')}: ", self.t(p.RESTS[path.rests_on]))
            yield from hang(f"   {self.w('basis')}: ", self.cite(path.basis))
            if path.ppk:
                yield from hang(f"   {self.w('ppk')}: ", self.cite(path.ppk))
            if path.effective is not None:
                yield from hang(f"   {self.w('effective')}: ", self._effective(path.effective))
            for key, numbers in self._numbers(path.findings, "from_findings", "from_consequences"):
                yield f"   {self.w(key)} {', '.join(str(n + 1) for n in numbers)}"
            if path.note is not None:
                yield from hang(f"   {self.w('note')}: ", self.t(path.note))

    def _numbers(
        self, numbers: Iterable[int], of_findings: str, of_consequences: str
    ) -> Iterator[tuple[str, list[int]]]:
        """Numbers of findings, and behind them of consequences, each with the key of its words."""
        behind = len(self.d.findings)
        found = [n for n in numbers if n < behind], [n for n in numbers if n >= behind]
        keys = (of_findings, of_consequences)
        yield from ((key, own) for key, own in zip(keys, found, strict=True) if own)

    def _effective(self, span: tuple[str, str]) -> str:
        first, last = (p.day(d, self.lang) for d in span)
        if first == last:
            return first
        return f"{self.w('between')} {first} {self.w('and')} {last}"

    def _settle(self) -> Iterator[str]:
        if not self.d.settle:
            return
        yield from self.heading("settle")
        for item in self.d.settle:
            waiting = "; ".join(
                f"{self.w(key)} {', '.join(str(n + 1) for n in numbers)}"
                for key, numbers in (
                    *self._numbers(item.findings, "for_findings", "for_consequences"),
                    ("for_permissions", item.permissions),
                    ("for_paths", item.paths),
                )
                if numbers
            )
            entry = codebook().get(item.fact)
            who = f"; {self.w('supplied_by')} {self.t(entry.supplied_by)}" if entry else ""
            asked = self.t(self.words.question(item.fact))
            yield from hang("- ", f"{asked} [{item.fact}] ({waiting}{who})")

    def _residual(self) -> Iterator[str]:
        if self.d.residual is None:
            return
        yield from self.heading("residual")
        question = self.question(self.d.residual)
        yield from hang("", f"{self.t(question.asks)} [{question.id}]")
        for reading in question.readings:
            yield from hang("- ", self.t(reading.says))

    def _decisive(self) -> Iterator[str]:
        if not self.d.decisive:
            return
        yield from self.heading("decisive")
        for number, item in enumerate(self.d.decisive, start=1):
            question = self.question(item.id)
            readings = {r.id: r for r in question.readings}
            yield from hang(f"{number}. ", f"{self.t(question.asks)} [{item.id}]")
            if item.taken is None:
                taken = self.w("none_taken")
            else:
                chosen = item.chosen_by
                by = self.w(chosen) if chosen in ("default", "argument") else chosen
                taken = f"{self.t(readings[item.taken].says)} [{item.taken}] ({by})"
            yield from hang(f"   {self.w('taken')}: ", taken)
            for other in item.others:
                lead = f"   {self.w('otherwise')} "
                yield from hang(
                    lead, f'"{self.t(readings[other.reading].says)}" [{other.reading}]:'
                )
                for change in other.changes:
                    before = self.t(p.CHANGED[change.before])
                    after = self.t(p.CHANGED[change.after])
                    yield from hang("     - ", f"{change.id}: {before} -> {after}")

    def _rest(self) -> Iterator[str]:
        d = self.d
        if d.questions:
            yield from self.heading("other_questions")
            yield from hang("", ", ".join(d.questions))
        if d.citations:
            yield from self.heading("citations")
            yield from self.provisions(d.citations)
            weak = d.weak_citations()
            if weak:
                named = "; ".join(self.t(c.cite) for c in weak)
                yield ""
                yield from hang("", f"{self.w('weak')}: {named}.")
        if d.not_raised:
            yield ""
            yield from hang("", f"{self.w('not_raised')}: {', '.join(d.not_raised)}")


def _excused(finding: m.Finding) -> bool:
    """Whether a finding is not met for an exception, and not for an element."""
    return (
        finding.status is m.FindingStatus.NOT_MET
        and any(e.status is m.ElementStatus.MET for e in finding.exceptions)
        and all(e.status is not m.ElementStatus.NOT_MET for e in finding.elements)
    )
