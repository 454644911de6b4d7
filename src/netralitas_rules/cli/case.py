"""`netralitas case`: one person's whole file."""

import argparse
import sys

from netralitas_rules.cli.days import asked_on
from netralitas_rules.cli.named import loaded
from netralitas_rules.history.durable import EnginesDisagree
from netralitas_rules.loading.casefiles import read_case
from netralitas_rules.loading.diagnostics import Refused


def case(arguments: argparse.Namespace) -> int:
    """0 where the file was decided, 1 where something is refused or two engines disagree."""
    rules = loaded(arguments)
    if rules is None:
        return 1
    try:
        found = rules.decide_case(
            read_case(arguments.file),
            as_of=asked_on(arguments),
            cross_check=arguments.cross_check,
        )
    except (Refused, EnginesDisagree) as refused:
        print(refused, file=sys.stderr)
        return 1
    match arguments.format:
        case "json":
            print(found.to_json())
        case "svg":
            sys.stdout.write(found.svg(lang=arguments.lang))
        case _:
            sys.stdout.write(found.text(lang=arguments.lang))
    return 0
