"""What it costs to decide a whole case: 20 acts and 50 records, and the example files."""

import pickle
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.incidents import RULESET
from bench.settings import Settings
from bench.tables import Section, Target
from netralitas_rules import Ruleset, load
from netralitas_rules.case import CaseFile, read_case

CASES = Path(__file__).resolve().parents[1] / "examples" / "cases"
AS_OF = "2024-12-31"
MOST_MS = 20
REPORTS = 10


def measure(settings: Settings) -> Section:
    """A whole file beside its reports decided one by one, which is the least it can cost."""
    rules, rounds = load(RULESET), max(settings.rounds, 3)
    large = CaseFile.model_validate(_large())
    took = _best(lambda: rules.decide_case(large, as_of=AS_OF), rounds)
    alone = _best(lambda: _each(rules, large), rounds)
    rows: list[tuple[str, float, str]] = [
        ("20 acts, 50 records", took, f"{took / alone:.2f}"),
        ("its 10 reports one by one", alone, "1"),
        ("the first case after loading", _first(rules, large), ""),
    ]
    files = [read_case(path) for path in sorted(CASES.glob("*.yaml"))]
    each = sorted(_best(_decided(rules, one), 3) for one in files)
    rows.append((f"{len(files)} example files, median", median(each), ""))
    rows.append(("the slowest of them", each[-1], ""))
    return Section(
        "case",
        f"Deciding one person's whole file under ruleset {RULESET}",
        ("file", "ms", "ratio"),
        rows,
        [Target("20 acts, 50 records", MOST_MS, took, "ms", at_least=False)],
    )


def _decided(rules: Ruleset, case: CaseFile) -> Callable[[], object]:
    return lambda: rules.decide_case(case, as_of=AS_OF)


def _each(rules: Ruleset, case: CaseFile) -> None:
    for report in case.reports:
        rules.decide(report.incident, as_of=AS_OF)


def _first(rules: Ruleset, case: CaseFile) -> float:
    """With nothing remembered yet of other cases; the holidays are known."""
    fresh: Ruleset = pickle.loads(pickle.dumps(rules))
    start = time.process_time()
    fresh.decide_case(case, as_of=AS_OF)
    return (time.process_time() - start) * 1000


def _best(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of processor time."""
    work()
    found = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def _large() -> dict[str, Any]:
    """Ten reports of two acts each, and five records about each of them."""
    act = {"conduct": "post", "medium": "social_media", "audience": "public"}
    reports, records = [], []
    for number in range(REPORTS):
        acts = [
            {**act, "event": f"e{number}-{at}", "date": f"2024-01-{10 + number}"} for at in range(2)
        ]
        incident = {
            "election": "pemilu_2024",
            "subjects": [{"status": "pns", "post": "pelaksana"}],
            "acts": acts,
            "beneficiaries": [{"kind": "pair", "office": "president", "stage": "candidate"}],
            "report": {"channel": "bawaslu", "received_on": "2024-02-01"},
        }
        reports.append({"key": f"r{number}", "incident": incident})
        steps: list[dict[str, Any]] = [
            {"step": "informed", "date": "2024-02-05", "by": "direct_superior"},
            {"step": "summons", "date": "2024-02-20", "by": "direct_superior", "for": "2024-02-28"},
            {"step": "examination", "date": "2024-02-28", "by": "direct_superior"},
            {
                "step": "decision",
                "date": "2024-04-01",
                "by": "ppk",
                "level": "heavy",
                "regime": "discipline",
                "regulation": "pp-94-2021",
                "sanction": "demotion-12-months",
                "breaches": ["pp-94-2021/5/n/5"],
            },
            {"step": "delivery", "date": "2024-04-05"},
        ]
        for at, step in enumerate(steps):
            of = f"r{number}" if at < 4 else f"k{number}-3"
            records.append({"key": f"k{number}-{at}", "of": [of], **step})
    service = [{"from": "2010-01-01", "until": "none", "status": "pns", "post": "pelaksana"}]
    return {
        "format": 1,
        "person": {"key": "person"},
        "service": service,
        "reports": reports,
        "records": records,
    }
