"""Memory over many decisions, in a fresh process; it must not grow."""

import json
import subprocess
import sys
from pathlib import Path

from bench.settings import Settings
from bench.tables import Section, Target

ROOT = Path(__file__).resolve().parents[1]
ALLOWED_MB = 2.0
CODE = "import sys; from bench.memory import child; child(int(sys.argv[1]), int(sys.argv[2]))"


def measure(settings: Settings) -> Section:
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(settings.decisions), str(settings.seed)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    found = json.loads(done.stdout)
    if found["warm"] is None:
        return Section(
            "memory",
            "Memory",
            ("after", "MB"),
            [("-", None)],
            notes=["This system does not say how much memory a process holds (no /proc)."],
        )
    rows = [
        ("loading", found["loaded"]),
        (f"warm-up ({found['warm_up']:,} of each)", found["warm"]),
        (f"{settings.decisions:,} decisions and as many rows of statuses", found["end"]),
    ]
    grown = found["end"] - found["warm"]
    return Section(
        "memory",
        "Memory held (RSS)",
        ("after", "MB"),
        rows,
        [Target("growth after the warm-up", ALLOWED_MB, grown, "MB", at_least=False)],
        [
            "Reports of the bundled ruleset from JSON to JSON, and rows of the made-up one; "
            "every one is another."
        ],
    )


def child(decisions: int, seed: int) -> None:
    """Runs in the fresh process; prints what it held."""
    from bench import reports, synthetic
    from bench.incidents import AS_OF, RULESET
    from bench.matching import ruleset
    from netralitas_rules import load
    from netralitas_rules.loading.incidents import read_json

    rules = load(RULESET)
    made = synthetic.make(seed=seed)
    made_up = ruleset(made)
    loaded = held()
    batch = 500
    warm_up = min(5_000, max(batch, decisions // 2))

    def run(count: int, first: int) -> None:
        for start in range(0, count, batch):
            size = min(batch, count - start)
            for text in reports.texts(seed=first + start, count=size):
                rules.decide(read_json(text), as_of=AS_OF).to_json()
            for row in synthetic.rows(made, seed=first + start, count=size):
                made_up.statuses(row)

    run(warm_up, seed)
    warm = held()
    run(decisions, seed + 10_000_000)
    print(json.dumps({"loaded": loaded, "warm": warm, "end": held(), "warm_up": warm_up}))


def held() -> float | None:
    """Resident memory of this process in MB; None where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))
