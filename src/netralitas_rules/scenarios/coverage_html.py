"""What the scenarios of a ruleset show, as one HTML page that needs nothing else.

Per rule a table: its elements and exceptions, in the columns their outcomes, in the cells the
scenarios that show them. Every text is escaped; there is no script.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from netralitas_rules.decision.model import ElementStatus, FindingStatus, PathStatus
from netralitas_rules.explain.words import Words
from netralitas_rules.law.model import Text
from netralitas_rules.scenarios.coverage import DECISIVE, GOVERNS, NOTHING, Goal
from netralitas_rules.scenarios.coverage_report import MAX_NAMED, Covered, lines, written

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem;
  padding: 0 1rem; color: #1c1c1c; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
h3 { font-size: 1rem; margin: 1.8rem 0 .3rem; } .en { color: #555; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0 1rem; }
th, td { border: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #f1f1f1; } tbody th { font-weight: normal; width: 32%; }
td.figure { text-align: right; width: 6rem; }
.shown { background: #e9f5ea; } .missing { background: #fbe4e4; font-weight: 600; }
.none { color: #777; } code { font-size: .9em; } .by { font-size: .82em; color: #444;
  overflow-wrap: anywhere; }
table.summary { width: auto; }
"""
_OUTCOMES: Mapping[str, Sequence[str]] = {
    "element": (
        ElementStatus.MET,
        ElementStatus.NOT_MET,
        ElementStatus.OPEN,
        DECISIVE,
    ),
    "exception": (ElementStatus.MET, ElementStatus.OPEN, DECISIVE),
    "path": (PathStatus.FOLLOWS, PathStatus.MAY_FOLLOW, NOTHING),
}
_HEADS = ("met", "not met", "open", "decisive")


def page(found: Iterable[Covered]) -> str:
    """The page for one or several rulesets."""
    return "".join(_page(tuple(found)))


def _page(found: Sequence[Covered]) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>What the scenarios show</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield "<h1>What the scenarios show</h1>\n"
    yield (
        "<p><em>Decisive</em>: the element alone fails (the exception alone applies), and without "
        "that the finding would be met. What no facts can show is no goal: a dash.</p>\n"
    )
    for covered in found:
        yield from _ruleset(covered)
    yield "</body>\n</html>\n"


def _ruleset(covered: Covered) -> Iterator[str]:
    coverage = covered.coverage
    goals = set(coverage.goals)
    shown = len(goals) - len(coverage.missing())
    yield f"<h2>{_e(covered.name)} {_e(covered.version)}</h2>\n"
    yield f"<p>{shown} of {len(goals)} goals shown ({written(covered.percent)} %). "
    yield f"<code>{_e(covered.digest[:16])}</code></p>\n"
    yield '<table class="summary"><thead><tr><th>Goals</th><th>shown</th><th>of</th></tr></thead>'
    yield "<tbody>\n"
    for line in lines(coverage):
        name = _e(f"{line.kind} {line.status}".strip())
        state = "shown" if line.shown == line.goals else "missing"
        yield f'<tr><th>{name}</th><td class="figure {state}">{line.shown}</td>'
        yield f'<td class="figure">{line.goals}</td></tr>\n'
    yield "</tbody></table>\n"
    words = Words(coverage.plan)
    for rule in coverage.plan.rules:
        if rule.id not in coverage.own:
            continue
        yield f"<h3><code>{_e(rule.id)}</code> {_both(rule.title)}</h3>\n"
        met = Goal("rule", rule.id, "", FindingStatus.MET)
        yield "<table><thead><tr><th></th>"
        yield "".join(f"<th>{_e(head)}</th>" for head in _HEADS)
        yield "</tr></thead><tbody>\n"
        empty = '<td class="none">–</td>' * 3
        yield f"<tr><th>the whole</th>{_cell(covered, met, goals)}{empty}</tr>\n"
        for element in rule.elements:
            label = element.label or words.condition(element.condition)
            yield from _row(covered, goals, ("element", rule.id, element.name), label)
        for clause in rule.exceptions:
            yield from _row(covered, goals, ("exception", rule.id, clause.name), clause.label)
        yield "</tbody></table>\n"
    yield from _others(covered)


def _row(
    covered: Covered, goals: set[Goal], part: tuple[str, str, str], label: Text
) -> Iterator[str]:
    kind, _, name = part
    unless = "unless " if kind == "exception" else ""
    yield f"<tr><th>{unless}<code>{_e(name)}</code> {_both(label)}</th>"
    for status in _OUTCOMES["element"]:
        yield _cell(covered, Goal(*part, status), goals)
    yield "</tr>\n"


def _others(covered: Covered) -> Iterator[str]:
    """Sanction rows, readings and bodies of law."""
    coverage = covered.coverage
    goals = set(coverage.goals)
    rows = dict.fromkeys(goal.of for goal in coverage.goals if goal.kind == "path")
    if rows:
        yield "<h3>Sanction rows</h3>\n<table><thead><tr><th></th>"
        yield "".join(f"<th>{_e(str(head).replace('_', ' '))}</th>" for head in _OUTCOMES["path"])
        yield "</tr></thead><tbody>\n"
        for name in rows:
            yield f"<tr><th><code>{_e(name)}</code></th>"
            for status in _OUTCOMES["path"]:
                yield _cell(covered, Goal("path", name, "", status), goals)
            yield "</tr>\n"
        yield "</tbody></table>\n"
    for kind, title in (("reading", "Readings"), ("version", "Bodies of law")):
        own = [goal for goal in coverage.goals if goal.kind == kind]
        if own:
            yield f"<h3>{title}</h3>\n<table><thead><tr><th></th><th></th></tr></thead><tbody>\n"
            for goal in own:
                part = goal.part if goal.status == GOVERNS else goal.status
                yield f"<tr><th><code>{_e(goal.of)}</code>: <code>{_e(part)}</code></th>"
                yield f"{_cell(covered, goal, goals)}</tr>\n"
            yield "</tbody></table>\n"


def _cell(covered: Covered, goal: Goal, goals: set[Goal]) -> str:
    by = covered.coverage.shown.get(goal, [])
    if goal not in goals and not by:
        return '<td class="none">–</td>'
    if not by:
        return '<td class="missing">not shown</td>'
    more = f" and {len(by) - MAX_NAMED} more" if len(by) > MAX_NAMED else ""
    names = ", ".join(by[:MAX_NAMED]) + more
    count = "1 scenario" if len(by) == 1 else f"{len(by)} scenarios"
    return (
        f'<td class="shown"><details><summary>{count}</summary>'
        f'<span class="by">{_e(names)}</span></details></td>'
    )


def _both(text: Text) -> str:
    return f'{_e(text.id)} <span class="en">/ {_e(text.en)}</span>'


def _e(text: object) -> str:
    return escape(str(text), quote=True)
