"""What is declared and named nowhere."""

from collections.abc import Iterator

from netralitas_rules.analysis.lint.content import RULE_SECTIONS, Content
from netralitas_rules.analysis.lint.model import Found, Level, LintRule
from netralitas_rules.facts.space import READING_PREFIX
from netralitas_rules.loading.gather import Item


def _unused(item: Item, what: str, expected: str) -> Found:
    return Found(item.place, f"nothing names {what} `{item.id}`", expected=expected, of_key=True)


def _provisions(content: Content) -> Iterator[Found]:
    asked = {name for item in content.known("questions").values() for name in item.doc.about}
    for item in content.own("provisions"):
        if item.id not in content.cited and item.id not in asked:
            yield _unused(item, "provision", "a `basis`, `norm` or `about` that names it")


def _instruments(content: Content) -> Iterator[Found]:
    used = {name.split("/")[0] for name in content.known("provisions")}
    for item in content.own("instruments"):
        if item.id not in used:
            yield _unused(item, "instrument", f"a provision whose id begins with `{item.id}`")


def _definitions(content: Content) -> Iterator[Found]:
    for item in content.own("definitions"):
        if item.id not in content.named:
            yield _unused(item, "definition", "an element, or `is:` in a condition")


def _kinds(content: Content) -> Iterator[Found]:
    allowed = {kind for row in content.known("sanctions").values() for kind in row.doc.allow}
    for item in content.own("kinds"):
        if item.id not in allowed:
            yield _unused(item, "kind of sanction", "a sanction row that allows it")


def _standards(content: Content) -> Iterator[Found]:
    asked = {
        standard
        for section in RULE_SECTIONS
        for rule in content.known(section).values()
        for standard in rule.doc.standard.values()
    }
    for item in content.own("standards"):
        if item.id not in asked:
            yield _unused(item, "standard of evidence", "a rule with it under `standard`")


def _questions(content: Content) -> Iterator[Found]:
    """A question is shown where it is named or read, or where a provision it is about is cited."""
    shown = {
        question
        for section in (*RULE_SECTIONS, "sanctions")
        for item in content.known(section).values()
        for question in item.doc.questions
    }
    for section in ("authorities", "remedies"):
        for item in content.known(section).values():
            parts = [item.doc, *item.doc.rows.values(), *getattr(item.doc, "also_for", ())]
            shown |= {question for part in parts for question in part.questions}
    for relation in content.known("relations").values():
        shown |= {*relation.doc.questions}
    readings = [one.doc.alike for one in content.known("relations").values()]
    readings += [one.doc.level_first for one in content.known("ladders").values()]
    shown |= {one.question for one in readings if one is not None}
    for deadline in content.known("deadlines").values():
        shown |= {deadline.doc.question, deadline.doc.first_day}
    residuals = [layer.manifest.residual for layer in content.merged.layers]
    shown |= {residual.question for residual in residuals if residual is not None}
    for item in content.own("questions"):
        read = READING_PREFIX + item.id in content.named
        if not (read or item.id in shown or content.cited & {*item.doc.about}):
            yield _unused(
                item, "question", "a condition that reads it, `questions`, or `about` what is cited"
            )


def _facts(content: Content) -> Iterator[Found]:
    for section in ("facts", "comparisons"):
        for item in content.own(section):
            if item.id not in content.named:
                yield _unused(item, "fact", "a condition that reads it")


RULES = (
    LintRule("unused-provision", Level.WARNING, _provisions),
    LintRule("unused-instrument", Level.WARNING, _instruments),
    LintRule("unused-definition", Level.WARNING, _definitions),
    LintRule("unused-kind", Level.WARNING, _kinds),
    LintRule("unused-question", Level.WARNING, _questions),
    LintRule("unused-standard", Level.WARNING, _standards),
    LintRule("unused-fact", Level.WARNING, _facts),
)
