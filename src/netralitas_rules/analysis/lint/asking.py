"""Open questions, announced lists, and rules that nobody has tried."""

import re
from collections.abc import Iterator

from netralitas_rules.analysis.lint.content import RULE_SECTIONS, Content
from netralitas_rules.analysis.lint.model import Found, Level, LintRule

_NO_SOURCE = re.compile(r"\btidak ada sumber\b", re.IGNORECASE)


def _readings_without_source(content: Content) -> Iterator[Found]:
    """A reading is somebody's; where nobody has written of it, `why` says so."""
    for item in content.own("questions"):
        doc = item.doc
        if _NO_SOURCE.search(doc.why.id):
            continue
        if doc.default is not None and not doc.readings[doc.default].sources:
            yield Found(
                item.place / "readings" / doc.default,
                f"the default `{doc.default}` of question `{item.id}` has no source",
                expected="`sources`, or `tidak ada sumber` (no source) in `why`",
                of_key=True,
            )
        elif not any(reading.sources for reading in doc.readings.values()):
            yield Found(
                item.place / "readings",
                f"no reading of question `{item.id}` has a source",
                expected="`sources`, or `tidak ada sumber` (no source) in `why`",
                of_key=True,
            )


def _one_sided(content: Content) -> Iterator[Found]:
    """A question whose readings say the same."""
    for item in content.own("questions"):
        said: dict[str, str] = {}
        for name, reading in item.doc.readings.items():
            words = reading.says.id.casefold()
            if words in said:
                yield Found(
                    item.place / "readings" / name,
                    f"readings `{said[words]}` and `{name}` of `{item.id}` say the same",
                    expected="readings that differ",
                    of_key=True,
                    also=item.place / "readings" / said[words],
                )
            said.setdefault(words, name)


def _forms_without_violation(content: Content) -> Iterator[Found]:
    for item in content.own("lists"):
        for index, form in enumerate(item.doc.items):
            if not (form.prospective or form.candidate or form.rows):
                yield Found(
                    item.place / "items" / index / "says",
                    f"form {index + 1} of `{item.id}` leads to no violation",
                    expected="`prospective`, `candidate` or `rows` with the id of a violation",
                    of_key=True,
                )


def _rules_without_scenario(content: Content) -> Iterator[Found]:
    if content.scenarios is None:
        return
    for item in content.own(*RULE_SECTIONS):
        if item.id not in content.scenarios:
            yield Found(
                item.place,
                f"no scenario names `{item.id}`",
                expected="a scenario in the folder `scenarios` that expects something of it",
                of_key=True,
            )


RULES = (
    LintRule("question-without-source", Level.WARNING, _readings_without_source),
    LintRule("readings-alike", Level.ERROR, _one_sided),
    LintRule("form-without-violation", Level.WARNING, _forms_without_violation),
    LintRule("rule-without-scenario", Level.WARNING, _rules_without_scenario),
)
