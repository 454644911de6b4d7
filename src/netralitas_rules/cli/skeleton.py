"""`netralitas new CONDUCT`: a commented incident file to begin with.

It asks only for the facts that rules raised by this conduct read where the conduct alone does not
settle the matter; everything is commented out, so that nothing is stated which nobody knows.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping

from netralitas_rules.engine.conditions import open_tests
from netralitas_rules.engine.plan import Plan, Rule
from netralitas_rules.facts.codebook import codebook
from netralitas_rules.facts.space import CONDUCT, GROUPS
from netralitas_rules.facts.vocabulary import Conduct
from netralitas_rules.law.model import Text
from netralitas_rules.loader import load
from netralitas_rules.loading.diagnostics import listing, suggest

_WORDS = {
    "head": Text(
        "Hapus tanda # pada fakta yang diketahui. Biarkan yang tidak diketahui: tidak disebut\n"
        "# berarti belum diketahui. Tulis {one_of: [a, b]} jika yang diketahui\n"
        "# hanyalah bahwa nilainya salah satu di antaranya.",
        "Remove the # before facts that are known. Leave the others: not stated means not known.\n"
        "# Write {one_of: [a, b]} where only that much is known.",
    ),
    "id": Text("nomor laporan", "number of the report"),
    "source": Text("alamat sumber", "address of the source"),
}
_BASE = (
    "election",
    "subject.status",
    "subject.post",
    "act.date",
    "beneficiary.kind",
    "beneficiary.office",
    "beneficiary.stage",
    "report.received_on",
)


def new(arguments: argparse.Namespace) -> int:
    """Print the skeleton of an incident with this conduct."""
    conducts = [c.value for c in Conduct]
    if arguments.conduct not in conducts:
        print(
            f"there is no conduct `{arguments.conduct}`; expected {listing(conducts, limit=30)}. "
            f"{suggest(arguments.conduct, conducts)}",
            file=sys.stderr,
        )
        return 2
    print(skeleton(load("kemenkumham").plan, arguments.conduct, lang=arguments.lang), end="")
    return 0


def skeleton(plan: Plan, conduct: str, *, lang: str) -> str:
    """An incident file in which only the conduct is stated."""
    fact = plan.space.by_path[CONDUCT]
    bit = fact.bits[conduct]
    raised = [
        rule
        for rule in plan.rules
        for gate in rule.gates
        if any(t.fact == fact.index and t.allowed & bit for t in gate.tests)
    ]
    known = ~fact.full | bit  # everything is possible but another conduct
    paths = dict.fromkeys((*_BASE, *_read_by(plan, raised, known)))
    tree: dict[str, dict[str, object]] = {group: {} for group in ("", *GROUPS)}
    for path in paths:
        group, _, rest = path.partition(".")
        part = tree[group] if group in GROUPS else tree[""]
        steps = rest.split(".") if group in GROUPS else path.split(".")
        for step in steps[:-1]:
            part = part.setdefault(step, {})  # type: ignore[assignment]
        part[steps[-1]] = path
    lines = [
        f"# {_WORDS['head'].in_language(lang)}",
        "format: 1",
        f"# id: ...  # {_WORDS['id'].in_language(lang)}",
        f"# source: [https://...]  # {_WORDS['source'].in_language(lang)}",
        *_lines(tree[""], "", lang),
        "subjects:",
        "  - key: s1",
        *_lines(tree["subject"], "    ", lang),
        "acts:",
        f"  - conduct: {conduct}",
        *_lines(tree["act"], "    ", lang),
        "beneficiaries:",
        "  - key: b1",
        *_lines(tree["beneficiary"], "    ", lang),
    ]
    return "\n".join(lines) + "\n"


def _read_by(plan: Plan, rules: Iterable[Rule], known: int) -> list[str]:
    """Facts of the incident that these rules and their sanction rows still read once this is
    known, also through derived facts, in the order of the codebook.
    """
    read = {
        test.fact
        for rule in rules
        for condition in (
            rule.needs,
            *(e.holds for e in rule.exceptions),
            *(row.when for row in plan.rows.get(rule.id, ())),
        )
        for test in open_tests(condition, known)
    }
    paths = {plan.space.facts[index].spec.path for index in read}
    paths.update(path for index in read for path in plan.sources.get(index, ()))
    return [path for path in codebook() if path in paths and path != CONDUCT]


def _lines(part: Mapping[str, object], indent: str, lang: str) -> list[str]:
    lines = []
    for name, entry in part.items():
        if isinstance(entry, dict):
            lines.append(f"{indent}# {name}:")
            lines.extend(_lines(entry, indent + "#   ", lang))
            continue
        about = codebook()[str(entry)]
        values = " | ".join(about.values) if about.values else "2024-01-31 | 2024-01 | 2024"
        mark = "" if indent.endswith("#   ") else "# "
        lines.append(f"{indent}{mark}{name}: ...  # {about.question.in_language(lang)} {values}")
    return lines
