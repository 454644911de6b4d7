"""A comparison of two rulesets as text, in Indonesian or English."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from netralitas_rules.analysis import diff_phrases as p
from netralitas_rules.analysis.diff_model import (
    Archive,
    DocumentChange,
    Edit,
    Effect,
    RulesetDiff,
    TargetKind,
    Verdict,
    Witness,
)
from netralitas_rules.explain.phrases import LANGUAGES
from netralitas_rules.explain.writing import WIDTH, hang
from netralitas_rules.law.model import Text

MAX_SHOWN = 160
"""Characters of one value; the whole of it stands in the JSON."""
TOGETHER = "\N{NO-BREAK SPACE}"
"""Between a fact and its value while lines are broken; written as a space."""


def render(diff: RulesetDiff, *, lang: str) -> str:
    """The whole comparison. Raises `ValueError` where there is no such language."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, not {lang!r}")
    return "\n".join(_Page(diff, lang).lines()) + "\n"


class _Page:
    def __init__(self, diff: RulesetDiff, lang: str) -> None:
        self.diff = diff
        self.lang = lang

    def t(self, text: Text, **values: object) -> str:
        return text.in_language(self.lang).format(**values)

    def lines(self) -> Iterator[str]:
        """Title, what is written otherwise, what comes out otherwise, the archive."""
        title = self.t(p.TITLE)
        yield title
        yield "=" * len(title)
        for word, ref in ((p.OLD, self.diff.old), (p.NEW, self.diff.new)):
            yield f"{self.t(word)}: {ref.name} {ref.version} ({ref.digest[:16]})"
        yield from self._heading(p.WRITTEN)
        for change in self.diff.documents:
            yield from _item(self._change(change))
        if not self.diff.documents:
            yield self.t(p.NOTHING_WRITTEN)
        yield from self._heading(p.DECIDED)
        for effect in self.diff.effects:
            yield from self._effect(effect)
        if not self.diff.effects:
            yield self.t(p.NOTHING_DECIDED)
        proved = self.diff.proved
        yield ""
        yield from wrap(self.t(p.PROVED, rules=proved.rules, paths=proved.paths), WIDTH)
        yield from self._undecided()
        if self.diff.archive is not None:
            yield from self._archive(self.diff.archive)

    def _undecided(self) -> Iterator[str]:
        """How many are, and why."""
        why = Counter(effect.why for effect in self.diff.effects if effect.why)
        if why:
            words = self.t(p.UNDECIDED, cut=why["cut"], unshown=why["no-report"])
            yield from wrap(words, WIDTH)

    def _heading(self, text: Text) -> Iterator[str]:
        words = self.t(text)
        yield from ("", words, "-" * len(words))

    # -- as it is written

    def _change(self, change: DocumentChange) -> str:
        whole = f"{self.t(p.SECTIONS[change.section])} `{change.id}`"
        edit = p.EDITS[change.edit]
        if not change.path:
            return f"{whole}: {self.t(edit)}"
        part, rest = self._part(change.path)
        words = f"{whole}: {part} {self.t(edit)}"
        if rest:
            words += f" ({'.'.join(rest)})"
        if change.edit is Edit.CHANGED:
            words += f": {_shown(change.before)} → {_shown(change.after)}"
        elif change.edit is Edit.ADDED:
            words += f": {_shown(change.after)}"
        return words

    def _part(self, path: Sequence[str]) -> tuple[str, Sequence[str]]:
        """What part of an item it is, in words, and the rest of the way to it."""
        key, *rest = path
        words = p.PARTS.get(key)
        if words is None:
            return f"`{key}`", rest
        if key in p.NAMED and rest:
            return f"{self.t(words)} `{rest[0]}`", rest[1:]
        return self.t(words), rest

    # -- as it decides

    def _effect(self, effect: Effect) -> Iterator[str]:
        what = f"{self.t(p.TARGETS[effect.kind])} `{effect.id}`"
        witness = effect.witness
        if effect.verdict is Verdict.UNDECIDED or witness is None:
            yield from _item(f"{what}: {self.t(p.WHY[effect.why])}")
            return
        before, after = (self.outcome(effect.kind, o) for o in (witness.before, witness.after))
        yield from _item(f"{what}: {before} → {after}")
        yield from _item(f"{self.t(p.UNDER)}: {self._witness(witness)}", lead="    ")

    def _witness(self, witness: Witness) -> str:
        facts = [f"{path}:{TOGETHER}{_shown(value)}" for path, value in witness.facts.items()]
        facts += [
            f"{self.t(p.READING)}{TOGETHER}{question}:{TOGETHER}{reading}"
            for question, reading in witness.readings.items()
        ]
        return "; ".join(facts) if facts else self.t(p.NO_FACT)

    def outcome(self, kind: TargetKind, outcome: str) -> str:
        """A status in words; of a path the words of the law stay as codes."""
        head, _, rest = outcome.partition(" ")
        words = p.OUTCOMES.get((kind, head)) or p.OUTCOMES.get((TargetKind.RULE, head))
        return f"{self.t(words)} {rest}".strip() if words is not None else outcome

    # -- the archive

    def _archive(self, archive: Archive) -> Iterator[str]:
        yield from self._heading(p.ARCHIVE)
        yield from wrap(
            self.t(
                p.ARCHIVED,
                reports=archive.reports,
                changed=len(archive.changed),
                unreadable=archive.unreadable,
                day=archive.as_of,
            ),
            WIDTH,
        )
        for report in archive.changed:
            name = f" {report.incident}" if report.incident else ""
            yield from _item(f"{report.file}, {report.record}{name}")
            for change in report.changes:
                before = self.outcome(TargetKind.PATH, change.before)
                after = self.outcome(TargetKind.PATH, change.after)
                yield from _item(f"{change.id}: {before} → {after}", lead="    ")


def _item(text: str, *, lead: str = "- ") -> Iterator[str]:
    for line in hang(lead, text, hang=len(lead) + (0 if lead.startswith("-") else 2)):
        yield line.replace(TOGETHER, " ")


def _shown(value: Any) -> str:
    """A value as YAML would have it on one line, cut where it is long."""
    if isinstance(value, Mapping):
        text = "{" + ", ".join(f"{key}: {_shown(part)}" for key, part in value.items()) + "}"
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(map(_shown, value)) + "]"
    elif isinstance(value, bool):
        text = str(value).lower()
    else:
        text = str(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."
