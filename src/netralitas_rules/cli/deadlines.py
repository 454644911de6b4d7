"""`netralitas deadline`: the deadlines of a ruleset, and the day on which one of them ends."""

import argparse
import json
import sys

from netralitas_rules.cli.named import named
from netralitas_rules.explain.deadlines import DeadlineWords
from netralitas_rules.loader import load
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.ruleset import Ruleset


def deadline(arguments: argparse.Namespace) -> int:
    """All, one line each; with a name, what the law says of it; with a day too, when it ends."""
    readings = dict(pair.split("=", 1) for pair in arguments.reading if "=" in pair)
    if len(readings) != len(arguments.reading):
        print("--reading takes QUESTION=READING, each question once", file=sys.stderr)
        return 2
    try:
        rules = load(arguments.ruleset)
        if arguments.date is not None:
            return _counted(rules, arguments, readings)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    known, lang, name = rules.deadlines, arguments.lang, arguments.name
    if name is None:
        for one in known.values():
            print(f"{one.id}  {one.says.in_language(lang)}")
        return 0
    found = named(known, name, what="deadline", command="deadline")
    if not found:
        return 2
    words = DeadlineWords(rules.provisions, rules.questions, lang=lang)
    print("\n\n".join(words.rule(one) for one in found))
    return 0


def _counted(rules: Ruleset, arguments: argparse.Namespace, readings: dict[str, str]) -> int:
    found = rules.deadline(
        arguments.name,
        on=arguments.date,
        joint_leave=arguments.joint_leave,
        week=arguments.week,
        readings=readings,
    )
    if arguments.format == "json":
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return 0
    words = DeadlineWords(rules.provisions, rules.questions, lang=arguments.lang)
    print(words.deadline(found))
    return 0
