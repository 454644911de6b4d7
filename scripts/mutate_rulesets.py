"""Mutants of a bundled ruleset against its scenarios: every one is to be noticed (`make soak`).

Prints what survived and a table by kind; ends with 1 where one survived that the file of known
survivors does not name, or where that file names one that is caught by now. Mutants of deadlines,
derivations and tables are left to tests/content and tests/matrix: scenarios say nothing of them.
Usage: `python scripts/mutate_rulesets.py [RULESET] [--kind KIND ...] [--sample COUNT] [--seed SEED]
[--jobs JOBS] [--prove]`; a kind is one of `MutantKind` ("element dropped"). With `--prove` each
survivor is compared with the ruleset (`netralitas diff`): a report that tells them apart is
printed, or that there is none; some seconds each.
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
from netralitas_rules.analysis.diff import diff
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.scenarios.reading import Library, read_scenarios, scenario_files
from netralitas_rules.testing.changes import MutantKind
from netralitas_rules.testing.mutants import Mutant, mutants, with_mutant
from netralitas_rules.testing.noticing import Jury, Verdict

ROOT = Path(__file__).resolve().parent.parent
UNJUDGED = (
    *("deadlines", "history", "authorities", "holders", "remedies", "procedures"),
    *("relations", "ladders"),
)
"""Sections of which scenarios say nothing."""
KNOWN = ROOT / "scripts" / "known_survivors.txt"
"""Mutants that survive, a line each, below ruleset and reason (`# national, equal: ...`);
docs/hardening.md tells more of each reason."""
_juries: dict[str, Jury] = {}


def known_survivors(name: str) -> dict[str, str]:
    """The reason by mutant of a bundled ruleset."""
    found: dict[str, str] = {}
    ruleset = reason = ""
    for line in KNOWN.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            ruleset, reason = line.strip("# ").partition(":")[0].split(", ")
        elif line and ruleset == name:
            found[line] = reason
    return found


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


def judged(rules: Ruleset) -> list[Mutant]:
    """The mutants that scenarios can notice."""
    return [mutant for mutant in mutants(rules) if mutant.section not in UNJUDGED]


def tried(name: str, numbers: list[int]) -> list[tuple[int, str]]:
    """The verdict on some of the mutants, by number."""
    every, judges = judged(nr.load(name)), jury(name)
    return [(number, judges.trial(every[number]).verdict.value) for number in numbers]


def batches(
    every: list[Mutant], kinds: list[str], sample: int | None, seed: int
) -> list[list[int]]:
    """Mutants by number: neighbours together, for what caught one is tried first on the next."""
    numbers = [n for n, mutant in enumerate(every) if not kinds or mutant.kind in kinds]
    if sample is not None and sample < len(numbers):
        numbers = sorted(random.Random(seed).sample(numbers, sample))
    size = 200
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]


def proof(rules: Ruleset, mutant: Mutant) -> Iterator[str]:
    """What can come out otherwise, with a report that shows it; nothing where nothing can."""
    for effect in diff(rules, Ruleset(with_mutant(rules.merged, mutant))).effects:
        shown = effect.witness and (dict(effect.witness.facts), dict(effect.witness.readings))
        yield f"  {effect.verdict} {effect.kind} {effect.id}: {shown or effect.why}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ruleset", nargs="?", default="national")
    parser.add_argument("--kind", action="append", default=[], choices=list(MutantKind))
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--prove", action="store_true")
    given = parser.parse_args()
    start, by_kind = time.monotonic(), Counter[tuple[str, str]]()
    known, surprising = known_survivors(given.ruleset), 0
    rules = nr.load(given.ruleset)
    every = judged(rules)
    cut = batches(every, given.kind, given.sample, given.seed)
    with ProcessPoolExecutor(given.jobs) as pool:
        for done in pool.map(tried, [given.ruleset] * len(cut), cut):
            for number, verdict in done:
                mutant = every[number]
                reason = known.get(str(mutant), "")
                survived = verdict == Verdict.SURVIVED
                by_kind[mutant.kind, reason if survived and reason else verdict] += 1
                if survived != bool(reason):
                    surprising += 1
                    print(f"{verdict}: {mutant}", flush=True)
                if survived and given.prove:
                    told = list(proof(rules, mutant)) or ["  decided alike, whatever the report"]
                    print("\n".join([str(mutant), *told]), flush=True)
    for (kind, verdict), number in sorted(by_kind.items()):
        print(f"{number:6} {kind}: {verdict}", file=sys.stderr)
    seconds = time.monotonic() - start
    print(f"{by_kind.total()} mutants in {seconds:.0f} s, {surprising} surprises", file=sys.stderr)
    return int(surprising > 0)


if __name__ == "__main__":
    sys.exit(main())
