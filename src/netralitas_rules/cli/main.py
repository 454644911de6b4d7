"""Arguments, and which command runs. Nothing heavy is imported before a command is chosen."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from netralitas_rules import __version__
from netralitas_rules.cli.days import day
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.schemas import NAMES as SCHEMA_NAMES

if TYPE_CHECKING:
    from fractions import Fraction

OK, REFUSED, USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns 0 (done), 1 (something was refused) or 2 (wrong usage)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = _parser()
    try:
        arguments = parser.parse_args(argv)
        if arguments.command == "check" and not (arguments.ruleset or arguments.explain):
            parser.error("the following arguments are required: RULESET (or --explain CODE)")
    except SystemExit as stop:
        return USAGE if stop.code else OK
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return OK
    except OSError as error:
        _drop_output()
        print(f"the output cannot be written: {error.strerror or error}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return status


def _drop_output() -> None:
    """Nobody takes the rest: what still waits in the buffer must not be written at exit."""
    with contextlib.suppress(OSError):
        sys.stdout.close()
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _run(arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "classify" | "inquire":
            from netralitas_rules.cli.classify import classify

            return classify(arguments)
        case "ask":
            from netralitas_rules.cli.ask import ask

            return ask(arguments)
        case "why":
            from netralitas_rules.cli.why import why

            return why(arguments)
        case "new":
            from netralitas_rules.cli.skeleton import new

            return new(arguments)
        case "facts":
            from netralitas_rules.cli.catalogue import facts

            return facts(arguments)
        case "schema":
            from netralitas_rules.cli.catalogue import schema

            return schema(arguments)
        case "rulesets":
            from netralitas_rules.cli.catalogue import rulesets

            return rulesets(arguments)
        case "test":
            from netralitas_rules.cli.scenario import test

            return test(arguments)
        case "sources":
            from netralitas_rules.cli.sources import sources

            return sources(arguments)
        case "readings":
            from netralitas_rules.cli.questions import readings

            return readings(arguments)
        case "law":
            from netralitas_rules.cli.law import law

            return law(arguments)
        case "lists":
            from netralitas_rules.cli.lists import lists

            return lists(arguments)
        case "diff":
            from netralitas_rules.cli.compare import diff

            return diff(arguments)
        case "whatif":
            from netralitas_rules.cli.whatif import whatif

            return whatif(arguments)
        case "case":
            from netralitas_rules.cli.case import case

            return case(arguments)
        case "deadline":
            from netralitas_rules.cli.deadlines import deadline

            return deadline(arguments)
        case "lint":
            from netralitas_rules.cli.lint import linted

            return linted(arguments)
        case _:
            from netralitas_rules.cli.check import check

            return check(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="netralitas",
        description="Political neutrality of Indonesian civil servants: from a reported incident "
        "to cited findings and sanction paths. It prepares a decision; people decide.",
        epilog="Exit status: 0 everything was done, 1 something was refused, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"netralitas-rules {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    command = commands.add_parser("classify", help="decide incidents from files or from `-`")
    _records(command)
    command.add_argument(
        "--versions",
        action="store_true",
        help="instead of the decision: what each record comes to under every body of law in time",
    )

    command = commands.add_parser("inquire", help="what would settle incidents, and what to ask")
    _records(command)

    _ask(commands.add_parser("ask", help="ask what matters, until nothing can change any more"))

    command = commands.add_parser("why", help="why a rule is met or not, and what would change it")
    command.add_argument("file", metavar="FILE", help="YAML or JSON with one incident; - is stdin")
    command.add_argument("rule", metavar="VIOLATION", help="its id (skb-2022/B7)")
    _as_of(command)
    _of_ruleset(command)
    command.add_argument("--format", choices=("text", "json"), default="text")

    command = commands.add_parser("whatif", help="decide a report with some facts otherwise")
    command.add_argument("file", metavar="FILE", help="YAML or JSON with one incident; - is stdin")
    command.add_argument(
        "changes",
        nargs="+",
        metavar="PATH=VALUE",
        help="a fact and its value: act.medium=print, acts[1].date=2024-01, "
        "act.photo.gesture={not: [none]}; the value `unknown` takes a fact out",
    )
    _as_of(command)
    command.add_argument("--format", choices=("text", "json"), default="text")
    _of_ruleset(command)

    command = commands.add_parser("case", help="decide one person's whole file, with its timeline")
    command.add_argument("file", metavar="FILE", help="YAML or JSON with one case file")
    _as_of(command)
    command.add_argument(
        "--format",
        choices=("text", "json", "svg"),
        default="text",
        help="svg: the timeline as a picture (default: %(default)s)",
    )
    command.add_argument(
        "--cross-check",
        action="store_true",
        help="ask a second engine (durable-rules) what follows from the record",
    )
    _of_ruleset(command)

    command = commands.add_parser("new", help="write a commented incident to begin with")
    command.add_argument("conduct", metavar="CONDUCT", help="see `netralitas facts act.conduct`")
    _language(command)

    command = commands.add_parser("facts", help="show the codebook, or one fact of it")
    command.add_argument("name", nargs="?", metavar="NAME", help="a fact, or part of its name")
    _language(command)

    command = commands.add_parser("schema", help="print a JSON Schema")
    command.add_argument("which", choices=SCHEMA_NAMES)

    commands.add_parser("rulesets", help="list the bundled rulesets")

    _check(commands.add_parser("check", help="read a ruleset strictly and say what does not fit"))

    _lint(commands.add_parser("lint", help="say what a careful reader would not let pass"))

    command = commands.add_parser("test", help="run scenarios and say what is otherwise")
    command.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="files, or folders with folders `scenarios` in them; default: this folder",
    )
    command.add_argument(
        "--ruleset",
        default="kemenkumham",
        metavar="NAME|PATH",
        help="where a scenario names none (default: %(default)s)",
    )
    command.add_argument(
        "--update", action="store_true", help="write what was found into the files; review it"
    )
    command.add_argument(
        "--coverage", action="store_true", help="say what of the rulesets no scenario shows"
    )
    command.add_argument(
        "--coverage-html", metavar="FILE", help="the same as a page: per element, by which scenario"
    )
    command.add_argument("--coverage-json", metavar="FILE", help="the same as JSON")
    command.add_argument(
        "--coverage-min",
        type=_percent,
        metavar="PERCENT",
        help="exit with 1 where less of a ruleset is shown (100, 97.5)",
    )
    command.add_argument("--format", choices=("text", "json"), default="text")

    command = commands.add_parser("diff", help="what differs between two rulesets")
    command.add_argument("old", metavar="OLD", help="a bundled name or a folder")
    command.add_argument("new", metavar="NEW", help="a bundled name or a folder")
    command.add_argument(
        "--archive", metavar="DIR", help="reports that both decide: which would come out otherwise"
    )
    command.add_argument(
        "--as-of",
        type=day,
        metavar="DATE",
        help="day on which the archive is decided (default: today)",
    )
    command.add_argument("--format", choices=("text", "json"), default="text")
    _language(command)

    command = commands.add_parser("sources", help="list provisions and what text they rest on")
    command.add_argument("name", nargs="?", metavar="NAME", help="a provision, or part of its id")
    command.add_argument(
        "--weak",
        action="store_true",
        help="only what rests on one source, on inference or on a text not read in full",
    )
    _of_ruleset(command)

    command = commands.add_parser("readings", help="list the open questions of law")
    command.add_argument("name", nargs="?", metavar="NAME", help="a question, or part of its name")
    _of_ruleset(command)

    command = commands.add_parser("lists", help="show the named lists of forms of a ruleset")
    command.add_argument("name", nargs="?", metavar="NAME", help="a list, or part of its name")
    _of_ruleset(command)

    command = commands.add_parser("law", help="the law of a day, or what changed between two")
    which = command.add_subparsers(dest="which", required=True, metavar="at|diff")
    at = which.add_parser("at", help="what held on a day, with sources")
    at.add_argument("days", nargs=1, type=day, metavar="DATE", help="a day such as 2024-01-31")
    diff = which.add_parser("diff", help="what changed from one day to a later one")
    diff.add_argument("days", nargs=2, type=day, metavar="DATE", help="two days, the earlier first")
    for part in (at, diff):
        part.add_argument("--ruleset", default="kemenkumham", metavar="NAME|PATH")
        part.add_argument("--format", choices=("text", "json"), default="text")
        _language(part)

    _deadline(commands.add_parser("deadline", help="list deadlines, or say when one of them ends"))
    return parser


def _records(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE", help="YAML, JSON or JSONL; - is stdin")
    command.add_argument(
        "--ruleset", default="kemenkumham", metavar="NAME|PATH", help="default: %(default)s"
    )
    _as_of(command)
    _language(command)
    command.add_argument(
        "--format",
        choices=("text", "json", "jsonl"),
        default="text",
        help="text; json: one list; jsonl: one value a line (default: %(default)s)",
    )
    command.add_argument(
        "--input-format",
        choices=("yaml", "json", "jsonl"),
        help="default: told by the suffix; stdin: yaml, which also reads JSON",
    )
    command.add_argument(
        "--fail-fast", action="store_true", help="stop at the first record that is refused"
    )


def _ask(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", nargs="?", metavar="FILE", help="a report to begin with; default: from nothing"
    )
    command.add_argument(
        "--session",
        default="netralitas-ask.yaml",
        metavar="FILE",
        help="where answers are kept until the end; one that is there is taken up again "
        "(default: %(default)s)",
    )
    command.add_argument(
        "--save",
        default="incident.yaml",
        metavar="FILE",
        help="where the incident goes at the end (default: %(default)s)",
    )
    _as_of(command)
    _of_ruleset(command)


def _as_of(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of",
        type=day,
        metavar="DATE",
        help="day on which the question is asked (default: today)",
    )


def _lint(command: argparse.ArgumentParser) -> None:
    command.add_argument("ruleset", nargs="?", metavar="RULESET", help="a bundled name or a folder")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument(
        "--level",
        choices=("error", "warning", "advice"),
        default="advice",
        help="only findings of this level and above (default: %(default)s, which is all)",
    )
    command.add_argument(
        "--as-of",
        type=day,
        metavar="DATE",
        help="day from which the age of sources counts (default: today)",
    )
    command.add_argument("--explain", metavar="CODE", help="show the page of a rule, and stop")
    command.add_argument("--rules", action="store_true", help="list the rules, and stop")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("ruleset", nargs="?", metavar="RULESET", help="a bundled name or a folder")
    command.add_argument(
        "--explain",
        metavar="CODE",
        choices=[code.value for code in FindingCode],
        help="print the page of a code instead",
    )
    command.add_argument(
        "--save-witness",
        metavar="DIR",
        help="write every report that shows a finding as a scenario into this folder",
    )
    command.add_argument(
        "--prove",
        action="store_true",
        help="instead: whether the engine says what is certain in every state of knowledge",
    )
    command.add_argument("--advice", action="store_true", help="show pieces of advice too")
    command.add_argument("--format", choices=("text", "json"), default="text")


def _percent(text: str) -> "Fraction":
    """A share from 0 to 100."""
    from fractions import Fraction

    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= 100:
        raise argparse.ArgumentTypeError(f"a number from 0 to 100, not {text}")
    return found


def _deadline(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="a deadline, or part of its name")
    command.add_argument(
        "date", nargs="?", metavar="DATE", help="day of the event that it runs from (2024-01-31)"
    )
    command.add_argument("--ruleset", default="kemenkumham", metavar="NAME|PATH")
    command.add_argument(
        "--joint-leave",
        action="append",
        default=[],
        metavar="DATE",
        help="a day of joint leave (cuti bersama); may be repeated",
    )
    command.add_argument(
        "--week",
        choices=("five-days", "six-days"),
        default="five-days",
        help="working week of the office (default: %(default)s)",
    )
    command.add_argument(
        "--reading",
        action="append",
        default=[],
        metavar="QUESTION=READING",
        help="take this reading; may be repeated",
    )
    command.add_argument("--format", choices=("text", "json"), default="text")
    _language(command)


def _of_ruleset(command: argparse.ArgumentParser) -> None:
    command.add_argument("--ruleset", default="kemenkumham", metavar="NAME|PATH")
    _language(command)


def _language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=("id", "en"), default="id", help="default: %(default)s")
