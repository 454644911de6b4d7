"""Lines of a timeline, and the codes that stand in them, in words."""

import re

from netralitas_rules.case.model import Entry, EntryKind
from netralitas_rules.explain import case_terms as t
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.case_phrases import OFFICES
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.record_vocabulary import (
    CaseRegime,
    DecisionResult,
    Office,
    ReviewResult,
)
from netralitas_rules.facts.vocabulary import ReportChannel
from netralitas_rules.law.model import Level, Text

_CHANNEL = "report.channel"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FACTS = ("act.conduct", _CHANNEL, "subject.status", "subject.post", "subject.unit")


_PARTS = {"subjects": "subject", "acts": "act", "beneficiaries": "beneficiary"}


class EntryWords:
    """Words of the lines of a timeline, in one language."""

    def __init__(self, words: Words, *, lang: str) -> None:
        self.words = words
        self.lang = lang
        self._codes: dict[str, Text] = {
            **{body.value: words.value(_CHANNEL, body.value) for body in ReportChannel},
            **{kind.id: kind.says for kind in words.plan.kinds.values()},
            **{level.value: p.LEVELS[level] for level in Level},
            **{regime.value: t.CASE_REGIMES[regime] for regime in CaseRegime},
            **{result.value: t.REVIEWS[result] for result in ReviewResult},
            **{office.value: OFFICES[office] for office in Office},
            DecisionResult.NO_BREACH.value: t.NO_BREACH,
            **t.DUTIES,
            **t.REFUSALS,
            **t.WORDS,
            **t.STEPS,
        }

    def entry(self, entry: Entry) -> str:
        """What happened, in which matter."""
        says = ", ".join(self._said(entry, code) for code in entry.says)
        kind = t.ENTRIES[entry.kind].in_language(self.lang)
        matter = t.TERMS["matter"].in_language(self.lang)
        of = "" if entry.matter is None else f" ({matter} {entry.matter})"
        lead = f"{kind} {entry.key}" if entry.kind is not EntryKind.SERVICE else kind
        return f"{lead}: {says}{of}" if says else f"{lead}{of}"

    def _said(self, entry: Entry, code: str) -> str:
        if entry.kind is EntryKind.RECORD:
            return self.code(code)
        for path in _FACTS:
            if code in self.words.plan.space.by_path[path].spec.values:
                return self.words.value(path, code).in_language(self.lang)
        return code

    def about(self, place: str) -> str:
        """A place in a report in words (`acts[0].date`); what is none as a code."""
        path = self._fact(place)
        if path is None:
            return self.code(place)
        return f"{self.words.label(path).in_language(self.lang)} ({place})"

    def found(self, place: str, found: str) -> str:
        """What stands at a place: `REPORT: VALUES` in words; what is none as a code."""
        path = self._fact(place)
        report, _, values = found.partition(": ")
        if path is None:
            parts = [self.about(one) for one in values.split(", ") if one]
            return ": ".join(part for part in (self.code(report), ", ".join(parts)) if part)
        said = [self.words.code(path, one).in_language(self.lang) for one in values.split(", ")]
        return f"{report}: {', '.join(said)}"

    def _fact(self, place: str) -> str | None:
        """The fact that stands at a place."""
        part, _, rest = place.partition(".")
        name = _PARTS.get(part.partition("[")[0])
        path = place if name is None else f"{name}.{rest}"
        return path if path in self.words.plan.space.by_path else None

    def code(self, code: str) -> str:
        """A code of a record, or a day, in words; what is neither stays as it is."""
        if _DAY.fullmatch(code):
            return p.day(code, self.lang)
        found = self._codes.get(code)
        return code if found is None else found.in_language(self.lang)
