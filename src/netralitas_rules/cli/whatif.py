"""`netralitas whatif`: a report beside itself with some facts otherwise."""

import argparse
import sys
from collections.abc import Iterable, Sequence

from netralitas_rules.cli.days import asked_on
from netralitas_rules.cli.named import loaded
from netralitas_rules.cli.one import one_incident
from netralitas_rules.inquiry.whatif import supposed, what_if
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, Refused
from netralitas_rules.loading.incidents import content_of, placed
from netralitas_rules.loading.tree import Tree, parse


def whatif(arguments: argparse.Namespace) -> int:
    """0 where both were decided, 1 where something is refused."""
    rules = loaded(arguments)
    if rules is None:
        return 1
    try:
        incident, locate = one_incident(arguments.file)
        if isinstance(incident, Refused):
            raise incident
        written = _values(arguments.changes)
        changes = {path: tree.plain() for path, tree in written.items()}
        _, places = supposed(content_of(incident), changes)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1

    def at(loc: Sequence[str | int], of_key: bool) -> Position | None:  # noqa: FBT001
        """Where a part stands; of what was supposed, on the command line."""
        for steps, path in places.items():
            if tuple(loc[: len(steps)]) == steps:
                return written[path].position(loc[len(steps) :], of_key=of_key)
        return locate(loc, of_key)

    try:
        found = what_if(rules, incident, changes, as_of=asked_on(arguments))
    except Refused as refused:
        print(placed(refused, at), file=sys.stderr)
        return 1
    if arguments.format == "json":
        print(found.to_json())
    else:
        sys.stdout.write(found.text(lang=arguments.lang))
    return 0


def _values(changes: Iterable[str]) -> dict[str, Tree]:
    """The values of `path=value` by path, each as YAML. Raises `Refused`."""
    found: dict[str, Tree] = {}
    problems: list[Diagnostic] = []
    for change in changes:
        path, equals, value = change.partition("=")
        if not equals or not path or path in found:
            problems.append(
                Diagnostic(
                    Code.DUPLICATE_KEY if path in found else Code.WRONG_TYPE,
                    "a fact is supposed once" if path in found else "this supposes nothing",
                    expected="a path, `=` and a value: act.medium=print, act.date=unknown",
                    found=f"`{path}`" if equals else f"`{change}`",
                )
            )
            continue
        try:
            found[path] = parse(value, path, private=True)
        except Refused as refused:
            problems += refused.diagnostics
    if problems:
        raise Refused(problems)
    return found
