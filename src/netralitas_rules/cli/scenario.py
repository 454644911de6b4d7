"""`netralitas test`: scenarios against the ruleset, and what is otherwise than expected."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.scenarios.reading import Library, read_scenarios, scenario_files
from netralitas_rules.scenarios.running import Result, run, told
from netralitas_rules.scenarios.updating import update

if TYPE_CHECKING:
    from netralitas_rules.scenarios.coverage_report import Covered


def test(arguments: argparse.Namespace) -> int:
    """Runs every scenario; 0 where all hold, 1 where one does not, a file is refused, or less is
    shown than `--coverage-min`.
    """
    files = [file for path in arguments.paths for file in scenario_files(Path(path))]
    if not files:
        print(f"no YAML file in {', '.join(arguments.paths)}", file=sys.stderr)
        return 2
    library = Library(arguments.ruleset)
    results: list[Result] = []
    refused = rewritten = 0
    for file in files:
        try:
            own = [
                run(scenario)
                for scenario in read_scenarios(file, library, rewriting=arguments.update)
            ]
        except Refused as problem:
            refused += 1
            print(problem, file=sys.stderr)
            continue
        results += own
        if arguments.update:
            rewritten += update(file, own)
    if arguments.update:
        print(f"scenarios rewritten: {rewritten}; files refused: {refused}")
        return int(refused > 0)
    failed = [result for result in results if result.differences]
    if arguments.format == "json":
        print(json.dumps([_plain(r) for r in results], ensure_ascii=False, indent=2))
    else:
        for result in failed:
            print(told(result), end="\n\n")
        held = len(results) - len(failed)
        print(f"scenarios that hold: {held}; that differ: {len(failed)}; files refused: {refused}")
    low = _covered(arguments, results)
    return int(refused > 0 or len(failed) > 0 or low)


def _covered(arguments: argparse.Namespace, results: list[Result]) -> bool:
    """Shows what the scenarios show of every ruleset that was used, in the forms that are asked
    for; whether that is less than `--coverage-min`.
    """
    least = arguments.coverage_min
    wanted = (arguments.coverage, arguments.coverage_html, arguments.coverage_json)
    if least is None and not any(wanted):
        return False
    from netralitas_rules.scenarios.coverage_report import as_json, table, written

    found = _coverage(results)
    if arguments.format != "json":
        for covered in found:
            print(f"\n{table(covered)}")
    if arguments.coverage_json is not None:
        Path(arguments.coverage_json).write_text(as_json(found), encoding="utf-8")
    if arguments.coverage_html is not None:
        from netralitas_rules.scenarios.coverage_html import page

        Path(arguments.coverage_html).write_text(page(found), encoding="utf-8")
    low = [covered for covered in found if least is not None and covered.percent < least]
    for covered in low:
        shown = written(covered.percent)
        print(
            f"{covered.name}: {shown} % shown by scenarios, wanted: {written(least)} %",
            file=sys.stderr,
        )
    return bool(low)


def _coverage(results: list[Result]) -> "list[Covered]":
    from netralitas_rules.scenarios.coverage import Coverage
    from netralitas_rules.scenarios.coverage_report import Covered

    found: dict[str, Covered] = {}
    for result in results:
        rules = result.scenario.ruleset
        covered = found.get(rules.digest)
        if covered is None:
            coverage = Coverage(rules.plan, rules.own)
            covered = Covered(rules.name, rules.version, rules.digest, coverage)
            found[rules.digest] = covered
        if not isinstance(result.decision, Refused):
            covered.coverage.add(result.decision, by=result.scenario.name)
    return list(found.values())


def _plain(result: Result) -> dict[str, object]:
    return {
        "scenario": result.scenario.name,
        "file": str(result.scenario.path),
        "line": result.scenario.line,
        "holds": not result.differences,
        "differences": [
            {"what": d.what, "expected": d.expected, "found": d.found} for d in result.differences
        ],
    }
