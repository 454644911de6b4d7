"""`netralitas why`: why a rule is met or not in one incident, and what would change it."""

import argparse
import sys

from netralitas_rules.cli.days import asked_on
from netralitas_rules.cli.named import loaded
from netralitas_rules.cli.one import one_incident
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.incidents import placed


def why(arguments: argparse.Namespace) -> int:
    """Returns 0, or 1 where the incident or the question was refused."""
    rules = loaded(arguments)
    if rules is None:
        return 1
    incident, locate = one_incident(arguments.file)
    try:
        if isinstance(incident, Refused):
            raise incident
        found = rules.why(incident, arguments.rule, as_of=asked_on(arguments))
    except Refused as refused:
        print(placed(refused, locate), file=sys.stderr)
        return 1
    print(
        found.text(lang=arguments.lang) if arguments.format == "text" else found.to_json(), end=""
    )
    return 0
