"""Cases without end through the second engine: that it agrees, never crashes, and keeps no memory.

    python scripts/soak_durable.py [CASES] [SEED]     200,000 cases of 2,000 generated people

One child process serves them all. Ends with 1 where the engines disagree, the child is lost, or its
memory grows by more than 5 MB after the first tenth. Needs the extra `durable` and `ps`.
"""

import subprocess
import sys
import time

import netralitas_rules as nr
from netralitas_rules.history.chainer import chain
from netralitas_rules.history.durable import DurableEngine, EngineState
from netralitas_rules.testing.histories import person

PEOPLE = 2_000
MAY_GROW = 5_000
"""Kilobytes."""


def main(cases: int, seed: int) -> int:
    derivations = tuple(nr.load("national").plan.history.values())
    files = [chain(derivations, person(seed + n, reports=3, steps=5)) for n in range(PEOPLE)]
    concluded, used = 0, []
    start = time.monotonic()
    with DurableEngine(derivations, seconds=60) as engine:
        for turn in range(1, cases + 1):
            chained = files[turn % PEOPLE]
            run = engine.check(chained)
            if run.state is not EngineState.AGREED:
                print(f"case {turn} (seed {seed + turn % PEOPLE}): {run.state}, {run.detail}")
                return 1
            concluded += sum(map(len, chained.activations.values()))
            if turn % max(1, cases // 10) == 0:
                used.append(_kilobytes(engine.pid))
                seconds = time.monotonic() - start
                print(f"{turn:>9,} cases {used[-1]:>8,} kB {seconds:>7.0f} s", flush=True)
    grown = max(used) - used[0]
    print(
        f"{run.engine} {run.version}: {cases:,} cases, {concluded:,} conclusions, both engines "
        f"agree; memory grew by {grown:,} kB after the first tenth"
    )
    return int(grown > MAY_GROW)


def _kilobytes(pid: int | None) -> int:
    asked = ["ps", "-o", "rss=", "-p", str(pid)]
    return int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3]]
    sys.exit(main(*numbers, *(200_000, 0)[len(numbers) :]))
