"""An inquiry into one incident."""

import datetime
from collections.abc import Collection, Iterable, Mapping

from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.outcomes import outcome_of_all
from netralitas_rules.engine.evaluate import Status
from netralitas_rules.facts.incident import Incident
from netralitas_rules.inquiry.asking import Asking
from netralitas_rules.inquiry.model import FORMAT, Inquiry, OpenPath, Ranked
from netralitas_rules.inquiry.ranking import Ranking
from netralitas_rules.inquiry.readings import ReadingsBuilder
from netralitas_rules.inquiry.sets import Sets, Settled
from netralitas_rules.inquiry.unused import Unused


class Inquirer:
    """Inquires under one ruleset; remembers what cases have in common, never a case."""

    def __init__(self, builder: DecisionBuilder) -> None:
        self.builder = builder
        self.sets = Sets(builder.plan, builder.evaluator, builder.words)
        self.readings = ReadingsBuilder(builder.turning)
        self.unused = Unused(builder)

    def inquire(
        self,
        incident: Incident,
        *,
        as_of: datetime.date,
        chosen: Mapping[int, int],
        without: Collection[str] = (),
        in_law: bool = True,
    ) -> Inquiry:
        """The inquiry; raises `FactsRefused`. Of places `without` nothing more can be known: they
        are not asked for. Readings and unused facts are looked for where `in_law` is asked.
        """
        builder, sets = self.builder, self.sets
        case, groups = builder.case(incident, as_of=as_of, chosen=chosen)
        views = sets.views(case, groups)
        settled = list(sets.findings(case, views))
        paths = list(sets.paths(case, views))
        every = [*settled, *(one for _, found in paths for one in found)]
        ranking = Ranking(builder.plan, builder.evaluator, builder.open_facts, case, without)
        ranked = ranking.ranked(every, groups, views)
        inquiry = Inquiry(
            FORMAT,
            incident.id,
            as_of.isoformat(),
            builder.ruleset,
            outcome_of_all(case),
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
            Asking(builder, case).question(ranked[0]) if ranked else None,
            self.readings.readings(case) if in_law else None,
            self.unused.unused(case, groups) if in_law else None,
            builder.cited(case),
        )
        object.__setattr__(inquiry, "_words", builder.words)
        return inquiry


def _cut(found: Iterable[Settled]) -> bool:
    return any(one.cut for one in found)


def _says(one: Settled) -> bool:
    """A finding that is met is listed where something would clear it."""
    return one.result.status is not Status.MET or bool(one.cleared)
