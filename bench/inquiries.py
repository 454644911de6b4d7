"""What it costs to say what would settle a case: each part of an inquiry, case by case."""

import datetime
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.incidents import RULESET
from bench.settings import Settings
from bench.tables import Section, Target
from netralitas_rules import Incident, load, read
from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.model import RulesetRef
from netralitas_rules.engine.evaluate import Evaluator
from netralitas_rules.engine.frames import Framer, Group
from netralitas_rules.inquiry.asking import Asking
from netralitas_rules.inquiry.build import Inquirer
from netralitas_rules.inquiry.ranking import Ranking

REPORTED = Path(__file__).resolve().parents[1] / "examples" / "reported"
AS_OF = "2024-12-31"
MOST_MS = 5
Evaluated = tuple[Case, list[Group]]


def measure(settings: Settings) -> Section:
    """Every reported case that was evaluated before, each part by itself."""
    rules = load(RULESET)
    plan, reference = rules.plan, RulesetRef(rules.name, rules.version, rules.digest)
    builder = DecisionBuilder(reference, plan, Framer(plan), Evaluator(plan))
    parts = Parts(Inquirer(builder))
    rows: list[tuple[str, float, float, float, int]] = []
    for name, part in (
        ("minimal sets", parts.sets),
        ("next question", parts.question),
        ("readings", parts.readings),
        ("unused facts", parts.unused),
    ):
        took = sorted(_best(part, one, min(settings.rounds, 3)) for one in parts.cases())
        within = sum(ms <= MOST_MS for ms in took)
        rows.append((name, median(took), took[len(took) * 3 // 4], took[-1], within))
    targets = [Target(name, MOST_MS, most, "ms", at_least=False) for name, _, _, most, _ in rows]
    return Section(
        "inquiry",
        f"Saying what would settle {len(parts.known)} reported cases under ruleset {RULESET}",
        ("part", "median ms", "three quarters", "slowest", f"within {MOST_MS} ms"),
        rows,
        targets,
    )


class Parts:
    """The parts of an inquiry, of cases that are evaluated once."""

    def __init__(self, inquirer: Inquirer) -> None:
        self.inquirer = inquirer
        self.known = [
            record
            for path in sorted(REPORTED.glob("case-*.yaml"))
            for record in read(path)
            if isinstance(record, Incident)
        ]

    def cases(self) -> Iterator[Evaluated]:
        day = datetime.date.fromisoformat(AS_OF)
        for incident in self.known:
            yield self.inquirer.builder.case(incident, as_of=day, chosen={})

    def sets(self, one: Evaluated) -> Callable[[], object]:
        found, (case, groups) = self.inquirer.sets, one

        def work() -> None:
            views = found.views(case, groups)
            list(found.findings(case, views))
            list(found.paths(case, views))

        return work

    def question(self, one: Evaluated) -> Callable[[], object]:
        """The question beside its sets: ranking, words, and what follows from each answer."""
        builder, (case, groups) = self.inquirer.builder, one
        sets = self.inquirer.sets
        views = sets.views(case, groups)
        settled = list(sets.findings(case, views))

        def work() -> None:
            ranking = Ranking(builder.plan, builder.evaluator, builder.open_facts, case)
            for candidate in ranking.ranked(settled, groups, views)[:1]:
                Asking(builder, case).question(candidate)

        return work

    def readings(self, one: Evaluated) -> Callable[[], object]:
        return lambda: self.inquirer.readings.readings(one[0])

    def unused(self, one: Evaluated) -> Callable[[], object]:
        return lambda: self.inquirer.unused.unused(*one)


def _best(part: Callable[[Evaluated], Callable[[], object]], one: Evaluated, rounds: int) -> float:
    """Processor milliseconds of the best round."""
    best = float("inf")
    for _ in range(rounds):
        work = part(one)
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return 1000 * best
