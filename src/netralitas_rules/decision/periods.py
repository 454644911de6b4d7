"""What holds when, where the date of the act or the law in force is uncertain."""

import datetime

from netralitas_rules.decision import model as m
from netralitas_rules.decision.turning import FINDING_STATUS
from netralitas_rules.engine.conditions import facts_of
from netralitas_rules.engine.evaluate import Result, Status
from netralitas_rules.engine.plan import Plan

_DAY = datetime.timedelta(days=1)


def periods(plan: Plan, result: Result) -> tuple[m.Period, ...]:
    """Neighbouring days of one status under one law are one period.

    Empty where one status holds throughout, or where nothing is met whenever the act was.
    """
    if result.status is Status.NOT_MET or len({f.status for f in result.in_frames}) == 1:
        return ()
    law_facts = [plan.space.facts[f] for f in facts_of(result.rule.under)]
    runs: list[tuple[datetime.date, datetime.date, tuple[str, ...], Status | None]] = []
    for item in result.in_frames:
        known, status = item.frame.known, item.status
        law = tuple(str(v) for fact in law_facts for v in fact.decode(known))
        first, last = item.frame.first, item.frame.last
        for at, (run_first, run_last, run_law, run_status) in enumerate(runs):
            if (run_law, run_status) == (law, status) and first <= _next(run_last):
                runs[at] = (run_first, max(run_last, last), law, status)
                break
        else:
            runs.append((first, last, law, status))
    return tuple(
        m.Period(
            first.isoformat(),
            last.isoformat(),
            law,
            None if status is None else FINDING_STATUS[status],
        )
        for first, last, law, status in sorted(runs, key=lambda run: run[:3])
    )


def _next(day: datetime.date) -> datetime.date:
    return day if day == datetime.date.max else day + _DAY
