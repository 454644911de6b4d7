"""What evaluation results come to: the outcome of a subject, and the sanction paths."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.engine.conditions import FALSE, TRUE
from netralitas_rules.engine.evaluate import Result, Status
from netralitas_rules.engine.plan import Plan, SanctionRow
from netralitas_rules.law.model import RuleKind

_OUTCOME = {
    Status.MET: m.Outcome.MET,
    Status.ELEMENTS_MET: m.Outcome.ELEMENTS_MET,
    Status.OPEN: m.Outcome.OPEN,
}


@dataclass(slots=True)
class Path:
    """A sanction row that follows or may follow for a subject."""

    row: SanctionRow
    subject: int
    value: int
    findings: list[int]
    """Numbers of the results that it rests on."""

    @property
    def status(self) -> m.PathStatus:
        return m.PathStatus.FOLLOWS if self.value == TRUE else m.PathStatus.MAY_FOLLOW


def outcome_of(results: Sequence[Result], subject: int) -> m.Outcome:
    """What all results amount to for one subject."""
    own = [r for r in results if r.group.subject == subject]
    violations = [r.status for r in own if r.rule.kind is RuleKind.VIOLATION]
    permissions = [r.status for r in own if r.rule.kind is RuleKind.PERMISSION]
    return outcome_from(
        max(violations, default=Status.NOT_RAISED),
        max(permissions, default=Status.NOT_RAISED),
        raised=bool(violations),
    )


def worst(outcomes: Iterable[m.Outcome]) -> m.Outcome:
    """The most established of the outcomes of several subjects."""
    return min(outcomes, key=list(m.Outcome).index)


def outcome_of_all(case: Case) -> m.Outcome:
    """What a whole case amounts to."""
    return worst(outcome_of(case.results, index) for index in range(len(case.names[0])))


def paths_of_case(case: Case) -> tuple[list[Result], list[Path]]:
    """The results that can open a path, and the paths; of these `findings` are numbers of those."""
    opening = [r for r in case.results if r.rule.kind is not RuleKind.PERMISSION]
    return opening, paths_of(case.plan, opening, case.row_value)


def outcome_from(breach: Status, permitted: Status, *, raised: bool) -> m.Outcome:
    """The outcome from the strongest violation and permission; `raised`: any violation is."""
    if breach in _OUTCOME:
        return _OUTCOME[breach]
    if permitted is Status.MET:
        return m.Outcome.PERMITTED
    if permitted > Status.NOT_MET:
        return m.Outcome.OPEN
    return m.Outcome.NOT_MET if raised else m.Outcome.NO_LISTED_FORM


def paths_of(
    plan: Plan, results: Sequence[Result], row_value: Callable[[Result, SanctionRow], int]
) -> list[Path]:
    """The sanction rows that results open, in their order."""
    found: dict[tuple[int, str], Path] = {}
    for number, result in enumerate(results):
        if result.status is Status.NOT_MET:
            continue
        for row in plan.rows[result.rule.id]:
            value = max(
                row_value(member, row)
                for member in result.members
                if member.status is not Status.NOT_MET
            )
            if value == FALSE:
                continue
            key = (result.group.subject, row.id)
            path = found.get(key)
            if path is None:
                found[key] = Path(row, result.group.subject, value, [number])
            else:
                path.value = max(path.value, value)
                path.findings.append(number)
    return list(found.values())
