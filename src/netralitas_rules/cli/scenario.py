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
    as_json = arguments.format == "json"
    library = Library(arguments.ruleset)
    held = failed = refused = 0
    report: list[object] = []
    for file in files:
        try:
            results = [run(s) for s in read_scenarios(file, library)]
        except Refused as problem:
            refused += 1
            print(problem, file=sys.stderr)
            continue
        if arguments.update:
            failed += update(file, results)
            continue
        for result in results:
            held += not result.differences
            failed += bool(result.differences)
            if result.differences and not as_json:
                print(told(result), end="\n\n")
            report.append(_plain(result))
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    elif arguments.update:
        print(f"{failed} scenarios rewritten")
    else:
        print(f"{held} scenarios hold, {failed} do not, {refused} files are refused")
    return int(refused > 0 or (failed > 0 and not arguments.update))


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
