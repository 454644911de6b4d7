"""A proceeding in words: its steps as a table, and what needs attention."""

import datetime
from collections.abc import Iterable, Iterator
from textwrap import fill

from netralitas_rules.case.proceeding_model import (
    Certainty,
    ProceduralCode,
    ProceduralFinding,
    Proceeding,
    StepCheck,
)
from netralitas_rules.engine.plan import Plan
from netralitas_rules.explain import proceeding_phrases as pp
from netralitas_rules.explain.case_phrases import OFFICES
from netralitas_rules.explain.phrases import LANGUAGES, LEVELS, REGIMES, TEXTS, day, listed, period
from netralitas_rules.facts.leaves import Span
from netralitas_rules.facts.record_vocabulary import Office, Reason
from netralitas_rules.law.model import Mark, Text, TextState

WIDTH = 100


class ProceedingWords:
    """Words for the proceedings of one ruleset, in one language. Raises `ValueError` where there is
    no such language.
    """

    def __init__(self, plan: Plan, *, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, not {lang!r}")
        self.plan = plan
        self.lang = lang

    def proceeding(self, found: Proceeding) -> str:
        """The whole: every step with its state, then every finding with its basis."""
        if found.procedure is None:
            return self._line("", self._without(found))
        procedure = self.plan.procedures[found.procedure]
        lines = [self._line("", self._(procedure.says)), self._p("steps")]
        for number, step in enumerate(found.steps, 1):
            lines += self.step(step, number)
        if found.findings:
            lines.append(self._p("findings"))
            for finding in found.findings:
                lines += self.finding(finding, found)
        else:
            lines.append(self._p("nothing"))
        if found.questions:
            lines.append(self._p("questions"))
            for name in found.questions:
                asks = self._(self.plan.questions[name].asks)
                lines.append(self._line("  - ", f"{name}: {asks}"))
        if procedure.note is not None:
            lines.append(self._line("", self._(procedure.note)))
        return "\n".join(lines)

    def step(self, step: StepCheck, number: int) -> Iterator[str]:
        """A step: what it is and where it stands, then what is known of it."""
        state = self._(pp.STATES[step.state])
        yield self._line(f"  {number:>2}. ", f"{self._(step.says)}: {state}")
        parts = []
        if step.records:
            parts.append(f"{self._p('records')}: {', '.join(step.records)}")
            shown = self._p("no_day") if step.on is None else self._span(step.on)
            parts.append(f"{self._p('on')}: {shown}")
        if step.last is not None:
            parts.append(f"{self._p('limit')}: {self._limit(step.last, step.latest)}")
        if step.may_be:
            states = [self._(pp.STATES[one]) for one in step.may_be]
            parts.append(f"{self._p('may_be')}: {listed(states, self._p('or'))}")
        if step.gaps:
            gaps = ", ".join(self._(pp.GAPS[gap]) for gap in step.gaps)
            parts.append(f"{self._p('gaps')}: {gaps}")
        if step.not_stated:
            silent = ", ".join(
                self._(pp.REASONS[one] if isinstance(one, Reason) else pp.FORMS[one])
                for one in step.not_stated
            )
            parts.append(f"{self._p('not_stated')}: {silent}")
        if step.basis:
            parts.append(f"{self._p('basis')}: {self._cited(step.basis)}")
        yield self._line("      ", "; ".join(parts))

    def finding(self, found: ProceduralFinding, of: Proceeding) -> Iterator[str]:
        """A finding: what the law asks, what the file shows, how sure that is, and the basis."""
        severity = self._(pp.SEVERITIES[found.severity])
        asks = self._(found.asks)
        if found.before is not None:
            asks += f", {self._p('after')}: {self._(of.step(found.before).says)}"
        yield self._line("  - ", f"{asks} ({severity})")
        parts = [self._shows(found)]
        if found.certainty is not Certainty.CERTAIN:
            parts.append(self._(pp.CERTAINTIES[found.certainty]))
        if found.readings:
            named = ", ".join(f"{question} = {reading}" for question, reading in found.readings)
            parts.append(f"{self._p('reading')}: {named}")
        if found.records:
            parts.append(f"{self._p('records')}: {', '.join(found.records)}")
        parts.append(f"{self._p('basis')}: {self._cited(found.basis)}")
        yield self._line("    ", "; ".join(parts))

    # -- parts

    def _without(self, found: Proceeding) -> str:
        if found.others:
            return self._p("several").format(", ".join(found.others))
        path = self._(REGIMES[found.regime])
        return self._p("none").format(f"{path} ({found.regulation})")

    def _shows(self, found: ProceduralFinding) -> str:
        phrase = pp.SHOWS[found.code]
        if found.code is ProceduralCode.MISSING and found.last is not None:
            phrase = pp.MISSING_SINCE
        elif found.code is ProceduralCode.DEFECTIVE and found.value:
            phrase = pp.VALUED
        elif found.code is ProceduralCode.ANOTHER_LAW and found.value:
            phrase = pp.ANOTHER
        return self._(phrase).format(
            by=self._offices(found.by),
            offices=self._offices(found.offices),
            day=self._p("undated") if found.day is None else self._span(found.day),
            against="" if found.against is None else self._span(found.against),
            last="" if found.last is None else self._limit(found.last, found.latest),
            value=self._value(found.value),
        )

    def _value(self, value: str) -> str:
        return ", ".join(self._word(one) for one in value.split(", "))

    def _word(self, value: str) -> str:
        """A kind, an instrument, a provision, a member of a team or a level in words."""
        plan = self.plan
        if value in plan.kinds:
            return self._(plan.kinds[value].says)
        if value in plan.instruments:
            return self._(plan.instruments[value].short)
        if value in plan.provisions:
            return self._cite(value)
        for words in (pp.MEMBERS, LEVELS):
            for word, text in words.items():
                if word == value:
                    return self._(text)
        return value

    def _offices(self, offices: Iterable[Office]) -> str:
        return listed([self._(OFFICES[one]) for one in offices], self._p("or"))

    def _limit(self, last: datetime.date, latest: datetime.date | None) -> str:
        days = [last] if latest in (None, last) else [last, latest]
        shown = [day(one.isoformat(), self.lang) for one in days if one is not None]
        return listed(shown, self._p("or"))

    def _span(self, span: Span) -> str:
        return period(span.first.isoformat(), span.last.isoformat(), self.lang)

    def _cited(self, basis: Iterable[str]) -> str:
        return "; ".join(dict.fromkeys(map(self._cite, basis)))

    def _cite(self, name: str) -> str:
        one = self.plan.provisions[name]
        weak = "" if one.mark is Mark.A else f" [{one.mark}]"
        unread = "" if one.text is TextState.SEEN else f" ({self._(TEXTS[one.text])})"
        return self._(one.cite) + weak + unread

    def _(self, text: Text) -> str:
        return text.in_language(self.lang)

    def _p(self, key: str) -> str:
        return self._(pp.PHRASES[key])

    def _line(self, lead: str, text: str) -> str:
        return fill(
            text,
            WIDTH,
            initial_indent=lead,
            subsequent_indent=" " * (len(lead) + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )
