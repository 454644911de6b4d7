"""An inquiry into one incident."""

import datetime
from collections.abc import Collection, Iterable, Mapping

from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.model import Outcome
from netralitas_rules.decision.outcomes import outcome_of
from netralitas_rules.engine.evaluate import Status
from netralitas_rules.facts.incident import Incident
from netralitas_rules.inquiry.asking import Asking
from netralitas_rules.inquiry.model import FORMAT, Inquiry, OpenPath, Ranked
from netralitas_rules.inquiry.ranking import Ranking
from netralitas_rules.inquiry.sets import Sets, Settled


def inquire(
    builder: DecisionBuilder,
    incident: Incident,
    *,
    as_of: datetime.date,
    chosen: Mapping[int, int],
    without: Collection[str] = (),
) -> Inquiry:
    """The inquiry; raises `FactsRefused`. Of places `without` nothing more can be known: they are
    not asked for.
    """
    case, groups = builder.case(incident, as_of=as_of, chosen=chosen)
    sets = Sets(builder.plan, builder.evaluator, builder.words)
    settled = list(sets.findings(case))
    paths = list(sets.paths(case))
    every = [*settled, *(one for _, found in paths for one in found)]
    ranking = Ranking(builder.plan, builder.evaluator, builder.open_facts, case, without)
    ranked = ranking.ranked(every, groups)
    outcomes = [outcome_of(case.results, index) for index in range(len(case.names[0]))]
    question = Asking(builder, case).question(ranked[0]) if ranked else None
    inquiry = Inquiry(
        FORMAT,
        incident.id,
        as_of.isoformat(),
        builder.ruleset,
        min(outcomes, key=list(Outcome).index),
        tuple(sets.finding(case, one) for one in settled if _says(one)),
        tuple(
            OpenPath(
                path.row.id,
                case.names[0][path.subject],
                path.row.regime,
                path.row.level,
                sets.sets(case, found),
                _cut(found),
            )
            for path, found in paths
        ),
        tuple(Ranked(one.fact.spec.path, one.place, tuple(one.waiting)) for one in ranked),
        question,
        builder.cited(case),
    )
    object.__setattr__(inquiry, "_words", builder.words)
    return inquiry


def _cut(found: Iterable[Settled]) -> bool:
    return any(one.cut for one in found)


def _says(one: Settled) -> bool:
    """A finding that is met is listed where something would clear it."""
    return one.result.status is not Status.MET or bool(one.cleared)
