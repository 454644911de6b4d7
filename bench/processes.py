"""Loading and importing, each in a fresh process."""

import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from bench.settings import Settings
from bench.tables import Section, Target

RULESETS = ("national", "kemenkumham")
PURE_YAML = "import yaml; vars(yaml).pop('CSafeLoader', None); "
LOAD = """\
import time
from netralitas_rules import loader
loader._load_bundled.cache_clear()
start = time.process_time()
loader.load({name!r})
print(time.process_time() - start)
"""


def measure_loading(settings: Settings) -> Section:
    rows: list[tuple[Any, ...]] = []
    targets = []
    for name in RULESETS:
        for form, before, wanted in (("libyaml", "", 0.3), ("pure Python", PURE_YAML, 0.5)):
            code = before + LOAD.format(name=name)
            seconds = [_seconds_said(code) for _ in range(settings.processes)]
            known = [s for s in seconds if isinstance(s, float)]
            if not known:
                rows.append((name, form, None, None, str(seconds[0])))
                targets.append(Target(f"{name}, {form}", wanted, None, "s", at_least=False))
                continue
            best = min(known)
            rows.append((name, form, best, statistics.median(known), ""))
            targets.append(Target(f"{name}, {form}", wanted, best, "s", at_least=False))
    libyaml = _said("import yaml; print(yaml.__with_libyaml__)").strip() == "True"
    return Section(
        "load",
        "Loading a bundled ruleset, in a fresh process after the import (processor time)",
        ("ruleset", "YAML", "best s", "median s", ""),
        rows,
        targets,
        [] if libyaml else ["PyYAML has no libyaml here: both forms are pure Python."],
    )


def measure_imports(settings: Settings) -> Section:
    commands = {
        "bare interpreter": ["-c", "pass"],
        "import pydantic": ["-c", "import pydantic"],
        "import netralitas_rules": ["-c", "import netralitas_rules"],
        "netralitas_rules.load": ["-c", "from netralitas_rules import load"],
        "netralitas --help": ["-m", "netralitas_rules", "--help"],
    }
    medians = _medians(commands, settings.processes)
    bare, pydantic = medians["bare interpreter"], medians["import pydantic"]
    rows = [
        (name, seconds * 1000, seconds / pydantic, (seconds - bare) * 1000)
        for name, seconds in medians.items()
    ]
    return Section(
        "import",
        "Importing, in fresh processes (medians by the clock)",
        ("command", "ms", "of import pydantic", "ms above bare"),
        rows,
        [
            Target(
                "import netralitas_rules",
                3,
                medians["import netralitas_rules"] / pydantic,
                "x import pydantic",
                at_least=False,
            ),
            Target(
                "netralitas --help",
                6,
                medians["netralitas --help"] / pydantic,
                "x import pydantic",
                at_least=False,
            ),
        ],
        ["`from netralitas_rules import load` also imports pydantic and PyYAML."],
    )


def _medians(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """Seconds of each command; one run to warm up, then turn by turn."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, arguments in commands.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
            if run:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def _seconds_said(code: str) -> float | str:
    try:
        return float(_said(code))
    except subprocess.CalledProcessError as error:
        lines = error.stderr.strip().splitlines()
        return f"failed: {lines[-1][:80] if lines else error.returncode}"


def _said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout
