"""`netralitas law`: the law of a day, and what changed between two days."""

import argparse
import sys

from netralitas_rules.loader import load
from netralitas_rules.loading.diagnostics import Refused


def law(arguments: argparse.Namespace) -> int:
    """What held on a day (`at`), or is otherwise on a later one (`diff`)."""
    try:
        days = arguments.days
        rules = load(arguments.ruleset)
        found = rules.law_on(*days) if len(days) == 1 else rules.law_diff(*days)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if arguments.format == "json":
        print(found.to_json())
    else:
        sys.stdout.write(found.text(lang=arguments.lang))
    return 0
