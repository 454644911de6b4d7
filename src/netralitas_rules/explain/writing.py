"""What every text shares: small words, citations with their marks, what is known of a fact."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from netralitas_rules.decision import model as m
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.space import READING_PREFIX
from netralitas_rules.law.model import Level, Mark, Regime, Text, TextState

WIDTH = 100


class Writing:
    """Words of one text in one language. Raises `ValueError` where there is no such language."""

    def __init__(
        self,
        words: Words,
        lang: str,
        citations: Iterable[m.Citation],
        phrases: Mapping[str, Text],
    ) -> None:
        if lang not in p.LANGUAGES:
            raise ValueError(f"lang must be one of {', '.join(p.LANGUAGES)}, not {lang!r}")
        self.words = words
        self.lang = lang
        self.cites = {c.id: c for c in citations}
        self.phrases = phrases

    def w(self, key: str) -> str:
        return self.t(self.phrases[key])

    def t(self, text: Text) -> str:
        return text.in_language(self.lang)

    def cite(self, ids: Iterable[str]) -> str:
        """Citations with their marks where they are weaker than an official text."""
        shown = []
        for provision_id in ids:
            citation = self.cites.get(provision_id)
            if citation is None:
                continue
            shown.append(self.t(citation.cite) + self.weakness(citation.mark, citation.text))
        return "; ".join(dict.fromkeys(shown))

    def provisions(self, citations: Iterable[m.Citation]) -> Iterator[str]:
        """The provisions cited, each with its mark, the state of its text and its source."""
        for citation in citations:
            mark = f"[{citation.mark}] {self.t(p.MARKS[citation.mark])}"
            text = self.t(p.TEXTS[citation.text])
            yield from hang("- ", f"{self.t(citation.cite)}: {mark}; {text}; {citation.source}")

    def weakness(self, mark: Mark, text: TextState) -> str:
        """What is said behind a name that is known from less than its official text."""
        weak = "" if mark is Mark.A else f" [{mark}]"
        unread = "" if text is TextState.SEEN else f" ({self.t(p.TEXTS[text])})"
        return weak + unread

    def read(self, read: m.FactRead) -> str:
        """What is known of a fact, and from where."""
        if read.source is m.Source.READING:
            return self._reading(read)
        label = self.t(self.words.label(read.fact))
        if not read.possible:
            return f"{label}: {self.w('not_known')}"
        codes = [self.t(self.words.code(read.fact, c)) for c in read.possible]
        several = len(codes) > 1 and not self.words.is_list(read.fact)
        value = (
            f"{self.w('one_of')} {p.listed(codes, self.w('or'))}" if several else ", ".join(codes)
        )
        source = self.t(p.SOURCES[read.source])
        origin = read.origin
        if read.source is m.Source.DERIVED:
            origin = p.listed(origin.replace(",", "").split(), self.w("and"))
        from_where = f"{source} {origin}".strip()
        if read.disputed:
            from_where += f"; {self.t(p.DISPUTED)}"
        return f"{label}: {value} ({from_where})"

    def accounts(self, read: m.FactRead) -> Iterator[str]:
        """What the report and every item of evidence say of a fact, and against whom."""
        for account in read.accounts:
            codes = [self.t(self.words.code(read.fact, c)) for c in account.possible]
            joined = "and" if self.words.is_list(read.fact) else "or"
            said = p.listed(codes, self.w(joined)) or self.w("not_known")
            against = [self._who(other) for other in account.against]
            if against:
                said += f"; {self.t(p.AGAINST)} {p.listed(against, self.w('and'))}"
            kind = "" if account.kind is None else f" ({self.t(p.EVIDENCE_KINDS[account.kind])})"
            yield f"{self._who(account.item)}{kind}: {said}"

    def _who(self, item: str | None) -> str:
        """An item of evidence by its name, or the report."""
        return self.t(p.THE_REPORT) if item is None else f"{self.t(p.EVIDENCE)} {item}"

    def _reading(self, read: m.FactRead) -> str:
        question = read.fact.removeprefix(READING_PREFIX)
        taken = self.w("none_taken")
        if len(read.possible) == 1:
            (code,) = read.possible
            taken = f"{self.t(self.words.code(read.fact, code))} [{code}]"
        return f"{self.t(p.SOURCES[read.source])} {question}: {taken}"

    def whose(self, subject: str, act: str | None, beneficiary: str | None) -> str:
        """Whom something is about: `subject 1, act 2, beneficiary x`."""
        named = (("subject", subject), ("act", act), ("beneficiary", beneficiary))
        return ", ".join(f"{self.w(key)} {name}" for key, name in named if name is not None)

    def regime(self, regime: Regime, level: Level | None) -> str:
        """A regime with its level: `hukuman disiplin berat`, `heavy discipline`."""
        name = self.t(p.REGIMES[regime])
        if level is None:
            return name
        word = self.t(p.LEVELS[level])
        return f"{name} {word}" if self.lang == "id" else f"{word} {name}"

    def head(self, title: str, as_of: str, ruleset: m.RulesetRef) -> Iterator[str]:
        """Title, day and ruleset."""
        yield title
        yield "=" * min(len(title), WIDTH)
        yield f"{self.w('as_of')} {p.day(as_of, self.lang)}"
        yield f"{self.w('ruleset')} {ruleset.name} {ruleset.version} ({ruleset.digest[:16]})"
        yield ""

    def heading(self, key: str) -> Iterator[str]:
        """A heading from the phrases."""
        yield from self.heading_text(self.w(key))

    def heading_text(self, title: str) -> Iterator[str]:
        yield ""
        yield title
        yield "-" * min(len(title), WIDTH)


def hang(lead: str, text: str, *, hang: int | None = None) -> Iterator[str]:
    """`text` wrapped behind `lead`; following lines are indented under it."""
    indent = " " * min(len(lead) if hang is None else hang, 16)
    yield from wrap(
        text,
        width=WIDTH,
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [lead.rstrip()]
