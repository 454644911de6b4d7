"""The text of a whole case. One renderer for both languages, so that they cannot differ."""

import datetime
from collections.abc import Iterator
from itertools import chain

from netralitas_rules.case.imposed import Imposed
from netralitas_rules.case.model import CaseCode, CaseDecision, CaseFinding, Matter
from netralitas_rules.case.regimes import PathAt, PathStanding, RegimeOutcome, Standing
from netralitas_rules.case.repeat import Repeat
from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.explain import case_terms as t
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.case_authority import CaseWords
from netralitas_rules.explain.case_entries import EntryWords
from netralitas_rules.explain.case_proceeding import ProceedingWords
from netralitas_rules.explain.words import Words
from netralitas_rules.explain.writing import Writing, hang
from netralitas_rules.law.authority import in_force
from netralitas_rules.law.model import Level


def render(decision: CaseDecision, words: Words, *, lang: str) -> str:
    """The case as text of `WIDTH` columns, in Indonesian (`id`) or English (`en`)."""
    return "\n".join(_Renderer(decision, words, lang).lines()) + "\n"


class _Renderer(Writing):
    def __init__(self, decision: CaseDecision, words: Words, lang: str) -> None:
        decided = [one for matter in decision.matters for one in matter.decisions]
        cited = chain.from_iterable(one.decision.citations for one in decided)
        super().__init__(words, lang, [*cited, *decision.citations], t.TERMS)
        self.d = decision
        self.paths = {
            PathAt(matter.key, path.id, one.report): path
            for matter in decision.matters
            for one in matter.decisions
            for path in one.decision.paths
        }
        self.entries = EntryWords(words, lang=lang)
        self.acting = CaseWords(words.plan, lang=lang)
        self.actors = {one.at: one.competences for one in decision.actors}
        self.remedies = {one.record: one for one in decision.remedies}

    def lines(self) -> Iterator[str]:
        d = self.d
        name = d.case or self.w("unnamed")
        yield from self.head(f"{self.w('case_title')}: {name}", d.as_of, d.ruleset)
        yield from hang("", self.w("case_caution"))
        yield from self._matters()
        yield from self._regimes()
        yield from self._repeats()
        yield from self._imposed()
        yield from self._proceedings()
        yield from self._findings()
        yield from self._timeline()
        yield from self._rest()

    # -- matters

    def _matters(self) -> Iterator[str]:
        yield from self.heading("matters")
        for number, matter in enumerate(self.d.matters, start=1):
            yield from self._matter(number, matter)

    def _matter(self, number: int, matter: Matter) -> Iterator[str]:
        outcome = self.w("no_decision")
        if matter.outcome is not None:
            outcome = self.t(p.OUTCOMES[matter.outcome])
        yield from hang(f"{number}. ", f"{matter.key}: {outcome}")
        for key, keys in (("reports", matter.reports), ("records", matter.records)):
            if keys:
                yield from hang(f"   {self.w(key)}: ", ", ".join(keys), hang=5)
        for one in matter.decisions:
            if one.report is not None:
                yield f"   {self.w('alone').format(one.report)}:"
            for finding in one.decision.findings:
                if finding.status is FindingStatus.NOT_MET:
                    continue
                about = self.whose(finding.subject, finding.act, finding.beneficiary)
                status = self.t(p.FINDING[finding.status])
                title = f"{self.t(finding.title)} [{finding.id}]"
                yield from hang("   - ", f"{title} ({about}): {status}")

    # -- regimes

    def _regimes(self) -> Iterator[str]:
        yield from self.heading("case_regimes")
        if not any(outcome.taken for outcome in self.d.regimes):
            yield from hang("", self.w("nothing_open"))
        for number, outcome in enumerate(self.d.regimes, start=1):
            yield from self._regime(number, outcome)

    def _regime(self, number: int, outcome: RegimeOutcome) -> Iterator[str]:
        told = [self.t(p.REGIMES[outcome.regime])]
        level = self._levels(outcome.least, outcome.greatest)
        if level:
            told.append(level)
        if outcome.taken:
            told.append(self.t(p.PATH[outcome.status]))
        yield from hang(f"{number}. ", "; ".join(told))
        for path in outcome.paths:
            if path.settled_by is None:
                yield from self._path(path)
        yield from self._settled(outcome)
        relations = dict.fromkeys(name for path in outcome.paths for name in path.relations)
        for key, names in (("relation", relations), ("beside", outcome.beside)):
            for name in names:
                found = self.words.plan.relations[name]
                cited = self.cite(self._now(found.basis))
                yield from hang(f"   {self.w(key)}: ", f"{self.t(found.says)} ({cited})", hang=5)

    def _now(self, basis: tuple[str, ...]) -> tuple[str, ...]:
        """Of the law that relates paths what is in force on the day of the question."""
        day = datetime.date.fromisoformat(self.d.as_of)
        return in_force(basis, day, self.words.plan.provisions) or basis

    def _settled(self, outcome: RegimeOutcome) -> Iterator[str]:
        """What was decided already, by the decisions that did."""
        by: dict[tuple[str, Standing], list[str]] = {}
        for path in outcome.paths:
            if path.settled_by is not None:
                at = path.settled_by, path.standing
                told = self._at(path.at)
                if (effective := self.paths[path.at].effective) is not None:
                    when = p.period(*effective, self.lang)
                    told = f"{told}, {self._lower('effective')} {when}"
                by.setdefault(at, []).append(told)
        for (record, standing), paths in by.items():
            word = self.t(t.STANDINGS[standing])
            yield from hang("   - ", f"{word} ({record}): {'; '.join(paths)}")

    def _lower(self, key: str) -> str:
        """A phrase inside a line."""
        phrase = self.w(key)
        return phrase[:1].lower() + phrase[1:]

    def _levels(self, least: Level | None, greatest: Level | None) -> str:
        if greatest is None:
            return ""
        high = self.t(p.LEVELS[greatest])
        if least is None:
            return self.w("level_up_to").format(high)
        if least is greatest:
            return self.w("level_is").format(high)
        return self.w("level_from_to").format(self.t(p.LEVELS[least]), high)

    def _path(self, path: PathStanding) -> Iterator[str]:
        told = [self.t(p.PATH[path.status])]
        if path.standing is not Standing.TAKEN:
            by = "; ".join(map(self._at, path.by))
            standing = self.t(t.STANDINGS[path.standing])
            told.append(f"{standing} ({self.w('by_paths')} {by})")
        yield from hang("   - ", f"{self._at(path.at)}: {'; '.join(told)}")
        kinds = "; ".join(map(self._kind, path.sanctions))
        yield from hang(f"     {self.w('sanctions')}: ", kinds, hang=7)
        own = self.paths[path.at]
        for key, said in (
            ("rests_on", self.t(p.RESTS[own.rests_on])),
            ("basis", self.cite(own.basis)),
            ("effective", "" if own.effective is None else p.period(*own.effective, self.lang)),
            ("note", "" if own.note is None else self.t(own.note)),
        ):
            if said:
                yield from hang(f"     {self.w(key)}: ", said, hang=7)
        if path.at in self.actors:
            known = self.actors[path.at]
            told = [self.acting.competence(one) for one in known] or [self.w("no_actor")]
            for one in told:
                yield from hang("     ", one, hang=7)

    def _at(self, at: PathAt) -> str:
        alone = "" if at.report is None else f", {self.w('alone').format(at.report)}"
        return f"{at.path} ({self.w('matter')} {at.matter}{alone})"

    def _kind(self, kind: str) -> str:
        return self.t(self.words.plan.kinds[kind].says)

    # -- history

    def _repeats(self) -> Iterator[str]:
        if not self.d.repeats:
            return
        yield from self.heading("repeats")
        for number, repeat in enumerate(self.d.repeats, start=1):
            yield from self._repeat(number, repeat)

    def _repeat(self, number: int, repeat: Repeat) -> Iterator[str]:
        key = "repeat_certain" if repeat.certain else "repeat_possible"
        before = ", ".join(one.earlier for one in repeat.repeats)
        yield from hang(f"{number}. ", f"{self._at(repeat.at)}: {self.w(key)} ({before})")
        last = {one.record: one for one in self.d.sanctions}
        for record in repeat.last:
            yield from hang(f"   {self.w('last_sanction')}: ", self._sanction(last[record]), hang=5)
        if repeat.raised_to is not None:
            level = self.t(p.LEVELS[repeat.raised_to])
            yield from hang("   ", self.w("raised_to").format(level))
        if repeat.top:
            yield from hang("   ", self.w("top"))
        for key, kinds in (("heavier", repeat.heavier), ("to_compare", repeat.to_compare)):
            if kinds:
                yield from hang(f"   {self.w(key)}: ", "; ".join(map(self._kind, kinds)), hang=5)
        relation = self.words.plan.relations[repeat.relation]
        yield from hang(f"   {self.w('basis')}: ", self.cite(self._now(relation.basis)), hang=5)
        for question in repeat.questions:
            asks = self.t(self.words.plan.questions[question].asks)
            yield from hang(f"   {self.w('turns_on')}: ", f"{asks} [{question}]", hang=5)

    def _imposed(self) -> Iterator[str]:
        if not self.d.sanctions:
            return
        yield from self.heading("imposed")
        for one in self.d.sanctions:
            state = self.t(t.STATES[one.state])
            if one.changed_by:
                state += f" ({self.w('changed_by')} {', '.join(one.changed_by)})"
            if one.lapse is not None:
                last = p.day(one.lapse.last, self.lang)
                cited = self.cite(one.lapse.basis)
                state = f"{self.w('lapsed').format(one.lapse.record, last)} ({cited})"
            yield from hang("- ", f"{self._sanction(one)}: {state}")
            if one.record in self.remedies:
                for remedy in self.remedies[one.record].remedies:
                    told = self.acting.remedy(remedy)
                    yield from hang(f"  {self.w('remedy')}: ", told, hang=4)

    def _sanction(self, one: Imposed) -> str:
        told = [self.t(t.CASE_REGIMES[one.regime])]
        if one.level is not None:
            told.append(self.t(p.LEVELS[one.level]))
        if one.kind is not None:
            kinds = self.words.plan.kinds
            told.append(self._kind(one.kind) if one.kind in kinds else one.kind)
        when = self.w("date_unknown") if one.days is None else p.period(*one.days, self.lang)
        return f"{one.record} ({when}): {', '.join(told)}"

    # -- proceedings

    def _proceedings(self) -> Iterator[str]:
        if not self.d.proceedings:
            return
        yield from self.heading("proceedings")
        words = ProceedingWords(self.words.plan, lang=self.lang)
        for number, one in enumerate(self.d.proceedings, start=1):
            yield f"{number}. {self.w('matter')} {one.matter}"
            lines = words.proceeding(one.proceeding).splitlines()
            yield from (f"   {line}" for line in lines if line.strip())

    # -- what to look at, and when

    def _findings(self) -> Iterator[str]:
        if not self.d.findings:
            return
        yield from self.heading("case_findings")
        for number, finding in enumerate(self.d.findings, start=1):
            yield from self._finding(number, finding)

    def _finding(self, number: int, finding: CaseFinding) -> Iterator[str]:
        says = self.t(t.CODES[finding.code]).format(about=self.entries.about(finding.about))
        whom = ", ".join(finding.records)
        yield from hang(f"{number}. ", f"{says} [{finding.code}] ({whom})")
        for found in finding.found:
            raw = finding.code is CaseCode.NOT_IN_RULESET  # a word as it is to be written
            told = f"`{found}`" if raw else self.entries.found(finding.about, found)
            yield from hang("   - ", told)
        cited = self.cite(finding.basis)
        if cited:
            yield from hang(f"   {self.w('basis')}: ", cited, hang=5)

    def _timeline(self) -> Iterator[str]:
        if not self.d.timeline:
            return
        yield from self.heading("timeline")
        for entry in self.d.timeline:
            when = self.w("undated") if entry.days is None else p.period(*entry.days, self.lang)
            yield from hang("- ", f"{when}: {self.entries.entry(entry)}")

    def _rest(self) -> Iterator[str]:
        d = self.d
        if d.engines is not None:
            yield from self.heading("engines")
            name = f"{d.engines.engine} {d.engines.version}".strip()
            yield from hang("", f"{name}: {self.t(t.ENGINES[d.engines.state])}")
        if d.questions:
            yield from self.heading("case_questions")
            for question in d.questions:
                asks = self.t(self.words.plan.questions[question].asks)
                yield from hang("- ", f"{asks} [{question}]")
        if d.citations:
            yield from self.heading("citations")
            yield from self.provisions(d.citations)
