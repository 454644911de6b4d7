"""Comments that set a finding aside: `# lint: ignore CODE - reason`.

On the line of a finding, or alone on a line above an item: then for all that the item holds.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import yaml

from netralitas_rules.analysis.lint.model import Level, LintFinding
from netralitas_rules.loading.diagnostics import Position, suggest
from netralitas_rules.loading.source import Source

WRONG_FORM = "ignore-form"
NO_REASON = "ignore-without-reason"
NO_EFFECT = "ignore-without-effect"
_COMMENT = re.compile(r"(?<!\S)#[ ]*lint:[ ]*(.*)$")
_FORM = re.compile(r"ignore[ ]+([\w-]+(?:,[ ]*[\w-]+)*)[ ]*(?:[-–][ ]+(.*)|[-–])?$")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Ignore:
    """A comment, the lines that it covers (from 1, both included), and what it has set aside."""

    source: Source
    line: int
    column: int
    codes: tuple[str, ...]
    reason: str
    first: int
    last: int
    used: set[str]

    def covers(self, finding: LintFinding) -> bool:
        """Whether it sets this finding aside."""
        at = finding.position
        return (
            bool(self.reason)
            and at is not None
            and at.source == self.source.name
            and finding.code in self.codes
            and self.first <= at.line <= self.last
        )

    @property
    def position(self) -> Position:
        return self.source.position(self.line - 1, self.column, 1)


def apart(
    findings: Iterable[LintFinding], sources: Iterable[Source], known: Collection[str]
) -> Iterator[LintFinding]:
    """What no comment sets aside, and what is wrong with the comments themselves."""
    ignores: list[Ignore] = []
    for source in sources:
        for found in _read(source):
            if isinstance(found, Ignore):
                ignores.append(found)
            else:
                yield found
    for finding in findings:
        covering = [ignore for ignore in ignores if ignore.covers(finding)]
        for ignore in covering:
            ignore.used.add(finding.code)
        if not covering:
            yield finding
    for ignore in ignores:
        yield from _faults(ignore, known)


def _faults(ignore: Ignore, known: Collection[str]) -> Iterator[LintFinding]:
    if not ignore.reason:
        yield _finding(
            NO_REASON,
            Level.WARNING,
            "a finding is set aside without a reason",
            ignore.position,
            expected="`# lint: ignore CODE - reason`",
        )
        return
    for code in ignore.codes:
        if code not in known:
            yield _finding(
                WRONG_FORM,
                Level.WARNING,
                f"there is no rule `{code}`",
                ignore.position,
                expected=suggest(code, known) or "a code of `netralitas lint --rules`",
            )
        elif code not in ignore.used:
            yield _finding(
                NO_EFFECT,
                Level.WARNING,
                f"nothing here is found by `{code}`",
                ignore.position,
                expected="no comment, or one beside what is to be set aside",
            )


def _read(source: Source) -> Iterator[Ignore | LintFinding]:
    lines = source.text.split("\n")
    marked = [(n, m) for n, text in enumerate(lines) if (m := _COMMENT.search(text.rstrip()))]
    if not marked:
        return
    inside = _scalars(source.text)
    for number, match in marked:
        if any(start <= (number, match.start()) < end for start, end in inside):
            continue
        form = _FORM.fullmatch(match[1].strip())
        if form is None:
            yield _finding(
                WRONG_FORM,
                Level.WARNING,
                "this comment is not understood",
                source.position(number, match.start(), len(match[0])),
                expected="`# lint: ignore CODE - reason`",
                found=f"`{match[0]}`",
            )
            continue
        first, last = number, number
        if not lines[number][: match.start()].strip():
            first, last = _block(lines, number)
        yield Ignore(
            source,
            number + 1,
            match.start(),
            tuple(re.split(r",[ ]*", form[1])),
            (form[2] or "").strip(),
            first + 1,
            last + 1,
            set(),
        )


def _block(lines: list[str], comment: int) -> tuple[int, int]:
    """First and last line of the item below a comment: all that stands deeper than its head."""
    content = [n for n in range(comment + 1, len(lines)) if _indent(lines[n]) is not None]
    if not content:
        return comment, comment
    head = content[0]
    depth = _indent(lines[head]) or 0
    last = head
    for number in content[1:]:
        if (_indent(lines[number]) or 0) <= depth:
            break
        last = number
    return head, last


def _indent(line: str) -> int | None:
    """Spaces before what stands on a line; None where nothing but a comment does."""
    text = line.lstrip()
    return None if not text or text.startswith("#") else len(line) - len(text)


def _scalars(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where values and keys stand: a comment does not begin inside of one."""
    return [
        (
            (token.start_mark.line, token.start_mark.column),
            (token.end_mark.line, token.end_mark.column),
        )
        for token in yaml.scan(text, Loader=_LOADER)
        if isinstance(token, yaml.ScalarToken)
    ]


def _finding(
    code: str, level: Level, message: str, at: Position, *, expected: str, found: str = ""
) -> LintFinding:
    return LintFinding(code, level, message, expected, found, (), at, None)
