"""Mutants of a bundled ruleset against its scenarios: every one is to be noticed (`make soak`).

Prints what survived and how many were caught; ends with 1 where one survived that the file of
known survivors does not name, or where that file names one that is caught by now.
Usage: `python scripts/mutate_rulesets.py [RULESET] [--kind KIND ...] [--sample COUNT] [--seed SEED]
[--jobs JOBS]`; a kind is one of `MutantKind` ("element dropped").
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import netralitas_rules as nr
from netralitas_rules.scenarios.reading import Library, read_scenarios, scenario_files
from netralitas_rules.testing.changes import MutantKind
from netralitas_rules.testing.mutants import mutants
from netralitas_rules.testing.noticing import Jury, Verdict

ROOT = Path(__file__).resolve().parent.parent
KNOWN = ROOT / "scripts" / "known_survivors.txt"
"""Mutants that survive, a line each; why stands in docs/hardening.md."""
_juries: dict[str, Jury] = {}


def jury(name: str) -> Jury:
    """The scenarios of a bundled ruleset; made once in every process."""
    if name not in _juries:
        library, rules = Library(), nr.load(name)
        scenarios = [
            scenario
            for file in scenario_files(ROOT / "rulesets")
            for scenario in read_scenarios(file, library)
            if scenario.ruleset.digest == rules.digest
        ]
        _juries[name] = Jury(rules, scenarios)
    return _juries[name]


def tried(name: str, numbers: list[int]) -> list[tuple[str, str, str, str]]:
    """(mutant, kind, verdict, scenario) of some of the mutants, by number."""
    every, judges = list(mutants(nr.load(name))), jury(name)
    trials = [judges.trial(every[number]) for number in numbers]
    return [(str(t.mutant), t.mutant.kind.value, t.verdict.value, t.by) for t in trials]


def batches(name: str, kinds: list[str], sample: int | None, seed: int) -> Iterator[list[int]]:
    """Mutants by number: neighbours together, for what caught one is tried first on the next."""
    every = list(mutants(nr.load(name)))
    numbers = [n for n, mutant in enumerate(every) if not kinds or mutant.kind in kinds]
    if sample is not None and sample < len(numbers):
        numbers = sorted(random.Random(seed).sample(numbers, sample))
    size = 40
    cut = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    yield from random.Random(seed).sample(cut, len(cut))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ruleset", nargs="?", default="national")
    parser.add_argument("--kind", action="append", default=[], choices=list(MutantKind))
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    start, count, by_kind = time.monotonic(), Counter[str](), Counter[tuple[str, str]]()
    known = {line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line}
    surprising: list[str] = []
    cut = list(batches(given.ruleset, given.kind, given.sample, given.seed))
    with ProcessPoolExecutor(given.jobs) as pool:
        for done in pool.map(tried, [given.ruleset] * len(cut), cut):
            for mutant, kind, verdict, _ in done:
                count[verdict] += 1
                by_kind[kind, verdict] += 1
                if (verdict == Verdict.SURVIVED) != (mutant in known):
                    surprising.append(mutant)
                    print(f"{verdict}: {mutant}", flush=True)
    for (kind, verdict), number in sorted(by_kind.items()):
        print(f"{number:6} {kind}: {verdict}", file=sys.stderr)
    seconds = time.monotonic() - start
    print(f"{dict(count)} of {count.total()} mutants in {seconds:.0f} s", file=sys.stderr)
    return int(bool(surprising))


if __name__ == "__main__":
    sys.exit(main())
