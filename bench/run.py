"""Measures the library, against other engines where they are installed.

    python bench/run.py [--quick] [--only NAME] [--json FILE] [--memory-full]

All ratios are of one and the same run. A missed target is said, and is no failure.
"""

import argparse
import json
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench import cases, comparing, incidents, inquiries, matching, memory, processes, versions  # noqa: E402
from bench.settings import Settings  # noqa: E402
from bench.tables import Section  # noqa: E402

MEASUREMENTS: dict[str, Callable[[Settings], Section]] = {
    "matching": matching.measure,
    "json-statuses": incidents.measure_statuses,
    "json-decisions": incidents.measure_decisions,
    "versions": versions.measure,
    "inquiry": inquiries.measure,
    "case": cases.measure,
    "load": processes.measure_loading,
    "import": processes.measure_imports,
    "memory": memory.measure,
    "check": comparing.measure_check,
    "diff": comparing.measure_diff,
}
PACKAGES = (
    "netralitas-rules",
    "pydantic",
    "PyYAML",
    "zen-engine",
    "rule-engine",
    "durable-rules",
)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _arguments(argv)
    settings = Settings.quick(arguments.seed) if arguments.quick else Settings(arguments.seed)
    if arguments.memory_full:
        settings = replace(settings, decisions=1_000_000)
    machine = _machine()
    print("\n".join(f"{name}: {value}" for name, value in machine.items()), end="\n\n")
    sections = []
    for name, measure in MEASUREMENTS.items():
        if arguments.only and name not in arguments.only:
            continue
        section = measure(settings)
        sections.append(section)
        print(section.text(), flush=True)
    if arguments.json:
        content = {
            "machine": machine,
            "quick": arguments.quick,
            "measurements": [section.plain() for section in sections],
        }
        arguments.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="seconds instead of minutes; rough")
    parser.add_argument(
        "--only",
        action="append",
        choices=MEASUREMENTS,
        metavar="NAME",
        help=f"one of {', '.join(MEASUREMENTS)}; may be repeated",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up rules and incidents")
    parser.add_argument(
        "--memory-full", action="store_true", help="memory over 1,000,000 decisions (long)"
    )
    return parser.parse_args(argv)


def _machine() -> dict[str, str]:
    found = {
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "machine": f"{platform.system()} {platform.machine()}",
    }
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


if __name__ == "__main__":
    sys.exit(main())
