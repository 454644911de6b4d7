"""An inquiry into one incident."""

import datetime
from collections.abc import Mapping

from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.model import Outcome
from netralitas_rules.decision.outcomes import outcome_of
from netralitas_rules.facts.incident import Incident
from netralitas_rules.inquiry.model import FORMAT, Inquiry
from netralitas_rules.inquiry.sets import Sets


def inquire(
    builder: DecisionBuilder,
    incident: Incident,
    *,
    as_of: datetime.date,
    chosen: Mapping[int, int],
) -> Inquiry:
    """The inquiry; raises `FactsRefused`."""
    case, _ = builder.case(incident, as_of=as_of, chosen=chosen)
    sets = Sets(builder.plan, builder.evaluator, builder.words)
    outcomes = [outcome_of(case.results, index) for index in range(len(case.names[0]))]
    return Inquiry(
        FORMAT,
        incident.id,
        as_of.isoformat(),
        min(outcomes, key=list(Outcome).index),
        tuple(sets.findings(case)),
        tuple(sets.paths(case)),
    )
