"""What is noticed about the reports and sanctions of a case. Each is to be looked at, no more."""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from netralitas_rules.case.imposed import Imposed, State
from netralitas_rules.case.matters import Gathered
from netralitas_rules.case.model import CaseCode, CaseFinding, Matter
from netralitas_rules.case.repeating import may_be_raised
from netralitas_rules.decision.accounts import heard
from netralitas_rules.engine.plan import Plan
from netralitas_rules.explain.words import Words
from netralitas_rules.facts import casefile as c
from netralitas_rules.facts.accounts import first_and_last
from netralitas_rules.facts.evidence import items_by_place
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.places import FURTHER, PARTS, Steps, written
from netralitas_rules.facts.vocabulary import EvidenceKind
from netralitas_rules.history.model import Chained
from netralitas_rules.law.model import Regime
from netralitas_rules.law.regimes import LEVELS, RelationKind


def contradictions(words: Words, matter: str, incident: Incident) -> Iterator[CaseFinding]:
    """Facts of which reports say what cannot all be, whether some rule reads them or not."""
    facts = words.plan.space.by_path
    for steps, shown in items_by_place(incident).items():
        told = [one for one in shown if one.kind is EvidenceKind.REPORT]
        fact = facts.get(_path(steps))
        if fact is None or len(told) < 2:
            continue
        accounts, disputed = heard(words, fact, None, told)
        if disputed:
            yield CaseFinding(
                CaseCode.CHANNELS_CONTRADICT,
                matter,
                tuple(sorted(one.name for one in told)),
                (),
                written(steps),
                tuple(f"{one.item}: {', '.join(one.possible)}" for one in accounts),
            )


_GROUPS = {group: name for name, group in PARTS.items()}


def _path(steps: Steps) -> str:
    """The fact at a place: `act.photo.shows`, and what a ruleset declares without `further`."""
    named = [step for step in steps if isinstance(step, str) and step != FURTHER]
    return ".".join([_GROUPS.get(named[0], named[0]), *named[1:]])


def superiors(plan: Plan, case: c.CaseFile, chained: Chained) -> Iterator[CaseFinding]:
    """Superiors of whom it is on record that they did not do their duty, by the law that was in
    force when they learned of it; by all of it where that day is not known.
    """
    for fact in chained.of("did_not_act"):
        values = fact.values
        told = [
            first_and_last(one.date)
            for one in case.records
            if isinstance(one, c.Informed)
            and values["record"] in one.of
            and (one.by or one.key) == values["superior"]
        ]
        cited = {
            provision
            for way in chained.activations[fact.id]
            for provision in plan.history[way.derivation].basis
            for day in told
            if day is None or plan.provisions[provision].validity.meets(day.first, day.last)
        }
        if not cited:
            continue
        yield CaseFinding(
            CaseCode.SUPERIOR_DID_NOT_ACT,
            None,
            (values["record"],),
            tuple(sorted(cited)),
            values["superior"],
            (values["duty"],),
        )


def unknown_words(plan: Plan, case: c.CaseFile) -> Iterator[CaseFinding]:
    """What records name and the ruleset does not have: a slip of the pen, or other law."""
    for record in case.records:
        told: list[tuple[str, str | None, Collection[str]]] = []
        if isinstance(record, c.Decision | c.Review):
            told.append(("sanction", record.sanction, plan.kinds))
        if isinstance(record, c.Decision):
            told.append(("regulation", record.regulation, plan.instruments))
            told += [("breaches", breach, plan.provisions) for breach in record.breaches]
        for about, word, known in told:
            if word is not None and word not in known:
                near = get_close_matches(word, [*known], n=1, cutoff=0.6)
                yield CaseFinding(
                    CaseCode.NOT_IN_RULESET, None, (record.key,), (), about, (word, *near)
                )


def about_sanctions(
    plan: Plan,
    gathered: Sequence[Gathered],
    matters: Sequence[Matter],
    sanctions: Sequence[Imposed],
) -> Iterator[CaseFinding]:
    """Sanctions that stand, beside the paths that the law opens for their matter."""
    for own, matter in zip(gathered, matters, strict=True):
        keys = {record.key for record in own.records}
        standing = [s for s in sanctions if s.record in keys and s.state is not State.VOID]
        yield from _twice(plan, matter, standing)
        if matter.decisions:
            for one in standing:
                raised = may_be_raised(plan, Regime(one.regime.value), keys, sanctions)
                yield from _beside_law(matter, one, raised=raised)


def _twice(plan: Plan, matter: Matter, standing: Sequence[Imposed]) -> Iterator[CaseFinding]:
    for relation in plan.relations.values():
        if relation.kind is not RelationKind.ONCE:
            continue
        own = [s for s in standing if s.regime.value in {r.value for r in relation.regimes}]
        if len(own) > 1:
            yield CaseFinding(
                CaseCode.SANCTIONED_TWICE,
                matter.key,
                tuple(s.record for s in own),
                relation.basis,
                relation.regimes[0].value,
            )


def _beside_law(matter: Matter, one: Imposed, *, raised: bool) -> Iterator[CaseFinding]:
    paths = [
        path
        for decided in matter.decisions
        for path in decided.decision.paths
        if path.regime is Regime(one.regime.value)
    ]
    if not paths:
        yield CaseFinding(
            CaseCode.SANCTION_WITHOUT_PATH, matter.key, (one.record,), (), one.regime.value
        )
        return
    levels = {path.level for path in paths if path.level is not None}
    if one.level is None or not levels or one.level in levels:
        return
    if not raised or LEVELS.index(one.level) < max(map(LEVELS.index, levels)):
        basis = dict.fromkeys(b for path in paths for b in path.basis)
        yield CaseFinding(
            CaseCode.OTHER_LEVEL,
            matter.key,
            (one.record,),
            tuple(basis),
            one.level.value,
            tuple(sorted(level.value for level in levels)),
        )
