"""How far two readers, coding the same reports apart, wrote down the same facts.

Two folders hold one incident file of the same name each. Facts of people, acts and beneficiaries
are matched in the order of the file. Agreement = facts that both state alike / facts that either
states. Usage: `python scripts/agreement.py [FIRST SECOND]`.
"""

import sys
from collections import Counter
from enum import Enum
from operator import attrgetter
from pathlib import Path
from typing import Any

import netralitas_rules as nr
from netralitas_rules.facts.codebook import codebook
from netralitas_rules.facts.leaves import OneOf, Some, Span

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "agreement"
KINDS = ("equal", "different", "first only", "second only")


def stated(file: Path) -> dict[str, Any]:
    """Every fact that the one incident of a file states, by place."""
    (incident,) = nr.read(file)
    if isinstance(incident, nr.Refused):
        raise incident
    groups: dict[str, tuple[Any, ...]] = {
        "subject": incident.subjects,
        "act": incident.acts,
        "beneficiary": incident.beneficiaries,
    }
    found: dict[str, Any] = {}
    for path in codebook():
        group, _, rest = path.partition(".")
        if group in groups:
            named = {f"{group} {n}: {rest}": o for n, o in enumerate(groups[group], start=1)}
        else:
            named, rest = {path: incident}, path
        for place, owner in named.items():
            leaf = attrgetter(rest)(owner)
            if leaf is not None:
                found[place] = leaf
    return found


def written(leaf: Any) -> str:
    """A fact as one line, the same for whatever order its values were written in."""
    match leaf:
        case OneOf(values=values, negated=negated):
            return ("not " if negated else "one of ") + ", ".join(sorted(map(written, values)))
        case Some(has=has, lacks=lacks):
            return " ".join([*(f"+{written(v)}" for v in has), *(f"-{written(v)}" for v in lacks)])
        case tuple():
            return "[" + ", ".join(sorted(map(written, leaf))) + "]"
        case Span(first=first, last=last):
            return f"{first}..{last}"
        case Enum():
            return str(leaf.value)
        case _:
            return str(leaf).lower()


def compare(first: dict[str, Any], second: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """(kind, place, first, second) of every fact that either states, in the order of the files."""
    rows = []
    for place in dict.fromkeys([*first, *second]):
        one, other = (written(f[place]) if place in f else "" for f in (first, second))
        if one and other:
            kind = "equal" if one == other else "different"
        else:
            kind = "first only" if one else "second only"
        rows.append((kind, place, one, other))
    return rows


def line(name: str, count: Counter[str]) -> str:
    """The counts of one report, or of all."""
    share = 100 * count["equal"] / count.total()
    return f"{name:10}" + "".join(f"{count[k]:12}" for k in KINDS) + f"{share:10.0f} %"


def main() -> None:
    named = [Path(argument) for argument in sys.argv[1:3]]
    one, other = named or (FOLDER / "first", FOLDER / "second")
    total: Counter[str] = Counter()
    print(f"{'':10}" + "".join(f"{k:>12}" for k in KINDS) + f"{'agreement':>12}")
    for file in sorted(one.glob("*.yaml")):
        rows = compare(stated(file), stated(other / file.name))
        count = Counter(kind for kind, *_ in rows)
        total += count
        print(line(file.stem, count))
        for kind, place, mine, theirs in rows:
            if kind != "equal":
                print(f"    {place}: {mine or '-'} | {theirs or '-'}")
    print(line("all", total))


if __name__ == "__main__":
    main()
