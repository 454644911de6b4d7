"""`netralitas test`: scenarios against the ruleset, and what is otherwise than expected."""

import argparse
import json
import sys
from pathlib import Path

from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.scenarios.reading import Library, read_scenarios, scenario_files
from netralitas_rules.scenarios.running import Result, run, told
from netralitas_rules.scenarios.updating import update


def test(arguments: argparse.Namespace) -> int:
    """Runs every scenario; 0 where all hold, 1 where one does not or a file is refused."""
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
        if arguments.coverage:
            _print_coverage(results)
    return int(refused > 0 or len(failed) > 0)


def _print_coverage(results: list[Result]) -> None:
    """What no scenario shows, of every ruleset that was used."""
    from netralitas_rules.scenarios.coverage import Coverage

    found: dict[str, tuple[str, Coverage]] = {}
    for result in results:
        rules = result.scenario.ruleset
        _, coverage = found.setdefault(rules.digest, (rules.name, Coverage(rules.plan, rules.own)))
        if not isinstance(result.decision, Refused):
            coverage.add(result.decision)
    for name, coverage in found.values():
        missing = coverage.missing()
        shown = len(coverage.goals) - len(missing)
        print(f"\n{name}: {shown} of {len(coverage.goals)} shown by scenarios")
        for goal in missing:
            print(f"  - {goal}")


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
