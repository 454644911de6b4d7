"""The text of the law of a day and of its changes. One renderer for both languages."""

from collections.abc import Iterable, Iterator, Mapping

from netralitas_rules.decision.model import RulesetRef
from netralitas_rules.explain import law_phrases as lp
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.writing import hang
from netralitas_rules.facts.space import ELECTION, OFFICE, PHASE, STAGE
from netralitas_rules.law.model import GoverningDate, RuleKind, Text
from netralitas_rules.timeline import model as m


def law_on_text(law: m.LawOn, *, lang: str) -> str:
    """The law of a day as text of `WIDTH` columns, in Indonesian (`id`) or English (`en`)."""
    return "\n".join(_Writer(lang, law.cites, law.words).law_on(law)) + "\n"


def law_diff_text(diff: m.LawDiff, *, lang: str) -> str:
    """What changed, in the same form."""
    return "\n".join(_Writer(lang, diff.cites, diff.words).diff(diff)) + "\n"


class _Writer:
    def __init__(self, lang: str, cites: Mapping[str, Text], words: Mapping[str, Text]) -> None:
        if lang not in p.LANGUAGES:
            raise ValueError(f"lang must be one of {', '.join(p.LANGUAGES)}, not {lang!r}")
        self.lang = lang
        self.cites = cites
        self.words = words

    # -- small words

    def w(self, key: str) -> str:
        return self.t(lp.PHRASES[key])

    def t(self, text: Text) -> str:
        return text.in_language(self.lang)

    def named(self, paths: Iterable[str]) -> str:
        return ", ".join(self.t(self.words[path]) for path in paths)

    def values(self, path: str, codes: Iterable[str], separator: str = ", ") -> str:
        return separator.join(self.t(self.words[f"{path}/{code}"]) for code in codes)

    def cited(self, ids: Iterable[str]) -> str:
        return "; ".join(self.t(self.cites[i]) for i in ids)

    def days(self, first: str | None, last: str | None) -> str:
        if first is None and last is None:
            return self.w("undated")
        return p.period(first or p.FIRST_DAY, last or p.LAST_DAY, self.lang)

    def _head(self, title: str, ruleset: RulesetRef) -> Iterator[str]:
        yield title
        yield "=" * len(title)
        yield f"{self.w('ruleset')} {ruleset.name} {ruleset.version} ({ruleset.digest[:16]})"
        yield self.w("caution")

    # -- the law of a day

    def law_on(self, law: m.LawOn) -> Iterator[str]:
        yield from self._head(f"{self.w('title')} {p.day(law.day, self.lang)}", law.ruleset)
        if law.law:
            yield from _heading(self.w("law"))
            for fact in law.law:
                yield from self._law_fact(fact, "")
        yield from _heading(self.w("contests"))
        if not law.contests:
            yield self.w("no_calendars")
        elif not law.in_calendar:
            yield from hang("", self.w("outside"))
        yield from self._contests(law.contests)
        if law.without_calendar:
            yield from hang(
                "", f"{self.w('without_calendar')}: {self.values(ELECTION, law.without_calendar)}."
            )
        for kind in RuleKind:
            own = [rule for rule in law.rules if rule.kind is kind]
            if own:
                yield from _heading(self.t(lp.RULES[kind]))
                for rule in own:
                    yield from self._rule(rule)
        if law.instruments:
            yield from _heading(self.w("instruments"))
            for instrument in law.instruments:
                yield from self._instrument(instrument)
                own_provisions = [x for x in law.provisions if x.instrument == instrument.id]
                if not own_provisions:
                    yield from hang("  ", self.w("no_provision"))
                for provision in own_provisions:
                    yield from self._provision(provision)

    def _law_fact(self, fact: m.LawFact, indent: str) -> Iterator[str]:
        label = self.t(fact.label)
        if not fact.bodies:
            yield from hang(indent, f"{label}: {self.w('unsaid')}")
            return
        if len(fact.bodies) == 1 and not fact.unsaid:
            yield from hang(indent, f"{label}: {self.t(fact.bodies[0].label)}")
            yield from self._grounds(fact.bodies[0].grounds, f"{indent}  ")
            return
        depends = f" ({self.w('depends')} {self.named(fact.depends_on)})" if fact.depends_on else ""
        yield from hang(indent, f"{label}{depends}:")
        for body in fact.bodies:
            yield from hang(f"{indent}  ", self.t(body.label))
            yield from self._grounds(body.grounds, f"{indent}    ")
        if fact.unsaid:
            yield from hang(f"{indent}  ", self.w("unsaid_else"))

    def _grounds(self, grounds: Iterable[m.Ground], indent: str) -> Iterator[str]:
        for ground in grounds:
            when = f"; {self.w('if')} {self.t(ground.when)}" if ground.when else ""
            basis = f" ({self.cited(ground.basis)})" if ground.basis else ""
            yield from hang(f"{indent}- ", f"{self.t(ground.says)}{when}{basis}")

    def _contests(self, contests: Iterable[m.ContestOn]) -> Iterator[str]:
        calendar = None
        for contest in contests:
            if contest.calendar != calendar:
                calendar = contest.calendar
                election = self.values(ELECTION, [contest.election])
                where = f"; {self.t(contest.territory)}" if contest.territory else ""
                yield from hang("", f"{self.t(contest.title)} ({election}{where})")
            offices = self.values(OFFICE, contest.offices)
            basis = self.cited(contest.basis)
            yield from hang("  ", f"{offices}: {self._step(contest)} ({basis})")
            if contest.not_held:
                steps = p.listed([self.t(p.STEPS[s]) for s in contest.not_held], self.w("and"))
                yield from hang("    ", self.w("not_held").format(steps=steps))

    def _step(self, contest: m.ContestOn) -> str:
        either = f" {self.w('or')} "
        stages = self.values(STAGE, contest.stages, either)
        if not contest.phases:
            return f"{self.w('nothing_said' if contest.not_held else 'between_steps')}; {stages}"
        phases = self.values(PHASE, contest.phases, either)
        one_day = contest.first is not None and contest.first == contest.last
        hour = f" ({self.w('hour')})" if len(contest.phases) > 1 and one_day else ""
        days = self.days(contest.first, contest.last)
        registers = ""
        if contest.registration is not None:
            registers = f"; {self.w('registration')} ({self.days(*contest.registration)})"
        return f"{phases} ({days}); {stages}{hour}{registers}"

    def _rule(self, rule: m.RuleOn) -> Iterator[str]:
        yield from hang("", f"{self.t(rule.title)} [{rule.id}]")
        if rule.norm:
            yield from hang("  ", f"{self.w('norm')}: {self.cited(rule.norm)}")
        else:
            dates = ", ".join(self.t(lp.GOVERNS[g]) for g in rule.goes_by)
            yield from hang("  ", f"{self.w('goes_by')} {dates}")
        if rule.only_if is not None:
            yield from hang("  ", f"{self.w('only_if')} {self.t(rule.only_if)}")

    def _instrument(self, instrument: m.InstrumentOn) -> Iterator[str]:
        days = self.days(instrument.first, instrument.last)
        yield from hang("", f"{self.t(instrument.title)} ({days}) [{instrument.id}]")

    def _provision(self, x: m.ProvisionOn) -> Iterator[str]:
        yield from hang(f"  [{x.mark}] ", f"{self.t(x.cite)}: {self.t(x.says)}")
        about = [f"{self.w('source')}: {x.source}", self.t(p.TEXTS[x.text])]
        if x.governs != (GoverningDate.ACT,):
            dates = p.listed([self.t(lp.GOVERNS[date]) for date in x.governs], self.w("or"))
            about.append(f"{self.w('goes_by_date')} {dates}")
        yield from hang("      ", "; ".join(about))

    # -- what changed

    def diff(self, diff: m.LawDiff) -> Iterator[str]:
        days = [p.day(day, self.lang) for day in (diff.first, diff.second)]
        title = f"{self.w('diff')} {days[0]} {self.w('to')} {days[1]}"
        yield from self._head(title, diff.ruleset)
        yield self.w("between")
        if not diff:
            yield ""
            yield self.w("nothing")
        yield from self._moved("began", diff.began)
        yield from self._moved("ended", diff.ended)
        if diff.law:
            yield from _heading(self.w("changed_law"))
            for old, new in diff.law:
                for key, fact in (("before", old), ("after", new)):
                    yield f"{self.w(key)}:"
                    yield from self._law_fact(fact, "  ")
        if diff.contests:
            yield from _heading(self.w("changed_contests"))
            for before, after in diff.contests:
                offices = self.values(OFFICE, after.offices)
                yield from hang("", f"{self.t(after.title)}, {offices}")
                yield from hang(f"  {self.w('before')}: ", self._step(before))
                yield from hang(f"  {self.w('after')}: ", self._step(after))
        for kind in RuleKind:
            own = [(one, other) for one, other in diff.rules if other.kind is kind]
            if own:
                yield from _heading(self.t(lp.CHANGED[kind]))
                for one, other in own:
                    yield from self._changed(one, other)

    def _moved(self, key: str, moved: m.InForce) -> Iterator[str]:
        if not moved:
            return
        yield from _heading(self.w(key))
        for instrument in moved.instruments:
            yield from self._instrument(instrument)
        for kind in RuleKind:
            own = [rule for rule in moved.rules if rule.kind is kind]
            if own:
                yield f"{self.t(lp.RULES[kind])}:"
                for rule in own:
                    yield from hang("  - ", f"{self.t(rule.title)} [{rule.id}]")
        if moved.provisions:
            yield f"{self.w('provisions')}:"
            for provision in moved.provisions:
                yield from self._provision(provision)

    def _changed(self, before: m.RuleOn, after: m.RuleOn) -> Iterator[str]:
        yield from hang("", f"{self.t(after.title)} [{after.id}]")
        added = [x for x in after.norm if x not in before.norm]
        gone = [x for x in before.norm if x not in after.norm]
        for key, norm in (("norm_new", added), ("norm_gone", gone)):
            if norm:
                yield from hang(f"  {self.w(key)}: ", self.cited(norm))
        if before.only_if != after.only_if:
            for key, only_if in (("before", before.only_if), ("after", after.only_if)):
                words = f"{self.w('only_if')} {self.t(only_if)}" if only_if else self.w("always")
                yield from hang(f"  {self.w(key)}: ", words)


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)
