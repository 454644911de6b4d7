"""`netralitas sources`: the provisions of a ruleset, what was read of them, what rests on them."""

import argparse
from collections.abc import Iterator, Mapping
from textwrap import fill

from netralitas_rules.cli.named import loaded, named
from netralitas_rules.engine.plan import Plan
from netralitas_rules.explain.phrases import MARKS, TEXTS
from netralitas_rules.law.authority import AuthorityTable
from netralitas_rules.law.model import Mark, Provision, Text, TextState
from netralitas_rules.law.remedies import RemedyTable

_WIDTH = 96
_BEARS = Text("menjadi dasar bagi", "borne by it")
_NOTHING = Text("tidak ada aturan", "no rule")
_SOURCE = Text("sumber", "source")


def sources(arguments: argparse.Namespace) -> int:
    """Every provision, or with `--weak` those that rest on one source, on inference, or on a text
    not read in full; with a name, those whose id holds it.
    """
    rules = loaded(arguments)
    if rules is None:
        return 1
    name, lang = arguments.name, arguments.lang
    known = rules.provisions
    found = list(known.values())
    if name is not None:
        found = named(known, name, what="provision", command="sources")
    if not found:
        return 2
    borne = _borne(rules.plan)
    weak = [p for p in found if p.mark is not Mark.A or p.text is not TextState.SEEN]
    for provision in sorted(weak if arguments.weak else found, key=lambda p: (-_weight(p), p.id)):
        print(_described(provision, borne, lang))
    return 0


def _weight(provision: Provision) -> int:
    """The weakest first."""
    return 3 * list(Mark).index(provision.mark) + list(TextState).index(provision.text)


def _described(provision: Provision, borne: Mapping[str, list[str]], lang: str) -> str:
    known = (MARKS[provision.mark], TEXTS[provision.text])
    how = "; ".join(words.in_language(lang) for words in known)
    what = ", ".join(borne.get(provision.id, [])) or _NOTHING.in_language(lang)
    return "\n".join(
        [
            f"[{provision.mark}] {provision.cite.in_language(lang)} ({provision.id}): {how}",
            *(
                fill(
                    text,
                    _WIDTH,
                    initial_indent="    ",
                    subsequent_indent="      ",
                    break_on_hyphens=False,
                )
                for text in (
                    provision.says.in_language(lang),
                    f"{_SOURCE.in_language(lang)}: {provision.source}",
                    f"{_BEARS.in_language(lang)}: {what}",
                )
            ),
        ]
    )


def _borne(plan: Plan) -> dict[str, list[str]]:
    """Ids of what rests on a provision (rules, elements, sanction rows, ...), by its id."""
    found: dict[str, dict[str, None]] = {}
    for user, cited in _uses(plan):
        for provision in cited:
            found.setdefault(provision, {})[user] = None
    return {provision: list(users) for provision, users in found.items()}


def _uses(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    for rule in plan.rules:
        yield rule.id, rule.norm
        for element in rule.elements:
            yield f"{rule.id} > {element.name}", element.basis
        for exception in rule.exceptions:
            yield f"{rule.id} > {exception.name}", exception.basis
    for rows in plan.rows.values():
        for row in rows:
            yield row.id, row.basis
    for constraint in plan.constraints:
        yield constraint.id, constraint.basis
    for kind in plan.kinds.values():
        yield kind.id, kind.basis
    for deadline in plan.deadlines.values():
        yield f"deadline {deadline.id}", deadline.basis
    for procedure in plan.procedures.values():
        yield f"procedure {procedure.id}", procedure.basis
        for step in procedure.steps:
            yield f"procedure {procedure.id} > {step.id}", step.basis
            for form in step.forms:
                yield f"procedure {procedure.id} > {step.id} > {form.form}", form.demand.basis
        for reason in procedure.reasons:
            yield f"procedure {procedure.id} > {reason.states}", reason.demand.basis
        for inaction in procedure.inactions:
            yield f"procedure {procedure.id} > {inaction.id}", inaction.demand.basis
    for derivation in plan.history.values():
        yield f"derivation {derivation.id}", derivation.basis
    tables: tuple[AuthorityTable | RemedyTable, ...] = (*plan.authorities, *plan.remedies)
    for table in tables:
        for basis in table.statuses.values():
            yield table.id, basis
        for entry in table.rows:
            yield f"{table.id} > {entry.id}", entry.basis
    for holder in plan.holders:
        yield f"holder {holder.id}", holder.basis
    for relation in plan.relations.values():
        yield f"relation {relation.id}", relation.basis
    for ladder in plan.ladders.values():
        yield f"ladder {ladder.id}", ladder.basis
    yield "ruleset > ppk", plan.ppk
