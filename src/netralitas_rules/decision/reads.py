"""What is known of the facts that an element reads, and from where."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from netralitas_rules.decision import model as m
from netralitas_rules.decision.accounts import heard, written_days
from netralitas_rules.decision.case import Case
from netralitas_rules.engine.frames import Frame, Group
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan
from netralitas_rules.explain.words import Words
from netralitas_rules.facts.places import FURTHER, PARTS, Steps, value_at
from netralitas_rules.facts.space import ELECTION, READING_PREFIX, Kind, Origin

MAX_CACHED = 8192


class Reads:
    """Makes `FactRead`s; remembers the common ones."""

    def __init__(self, plan: Plan, words: Words) -> None:
        self.plan = plan
        self.words = words
        self._reads: dict[tuple[int, int, m.Source, str], m.FactRead] = {}

    def of(self, case: Case, group: Group, facts: Iterable[int]) -> tuple[m.FactRead, ...]:
        """What is known of these facts over all frames of a subject, act and beneficiary."""
        space = self.plan.space.facts
        read = self._read if case.shown else self._known
        return tuple([read(case, group, space[index]) for index in facts])

    def _read(self, case: Case, group: Group, fact: Fact) -> m.FactRead:
        found = self._known(case, group, fact)
        steps = place_of(case, group, fact)
        if steps is None or steps not in case.shown:
            return found
        if steps not in case.heard:
            stated = value_at(case.incident, steps)
            case.heard[steps] = heard(self.words, fact, stated, case.shown[steps])
        accounts, disputed = case.heard[steps]
        possible = found.possible
        if disputed and not possible:  # all values are: it is disputed, not unknown
            possible = tuple(map(str.lower, map(str, fact.spec.values)))
        found = replace(found, possible=possible, accounts=accounts, disputed=disputed)
        if not disputed or fact.spec.kind is Kind.DATE:
            return found
        settling = _reasons(fact, group.frames)
        return replace(found, source=m.Source.DERIVED, origin=settling) if settling else found

    def _known(self, case: Case, group: Group, fact: Fact) -> m.FactRead:
        frames = group.frames
        known = 0
        for frame in frames:
            known |= frame.known & fact.full
        source, origin = self._source(case, group, fact, frames)
        if source is m.Source.STATED and fact.spec.kind is Kind.DATE:
            return m.FactRead(fact.spec.path, _stated_days(case, group, fact), source, origin)
        key = (fact.index, known, source, origin)
        found = self._reads.get(key)
        if found is None:
            possible = () if source is m.Source.UNKNOWN else self.words.possible(fact, known)
            found = m.FactRead(fact.spec.path, possible, source, origin)
            if len(self._reads) >= MAX_CACHED:
                self._reads.clear()
            self._reads[key] = found
        return found

    def _source(
        self, case: Case, group: Group, fact: Fact, frames: Sequence[Frame]
    ) -> tuple[m.Source, str]:
        if fact.spec.origin is Origin.READING:
            return m.Source.READING, chosen_by(case, fact)
        if frames[0].stated >> fact.index & 1:
            return m.Source.STATED, _place(fact, group)
        reasons = _reasons(fact, frames)
        compared = self.plan.compared.get(fact.index)
        if compared is not None:
            return m.Source.DERIVED, " ".join(compared)
        if reasons:
            return m.Source.DERIVED, reasons
        return m.Source.UNKNOWN, ""


def _reasons(fact: Fact, frames: Sequence[Frame]) -> str:
    """The constraints that narrowed a fact."""
    found = {name for frame in frames for name in frame.reasons.get(fact.index, ())}
    return ", ".join(sorted(found))


def chosen_by(case: Case, fact: Fact) -> str:
    """Who chose the reading that a reading fact has: `argument`, a decision, or `default`."""
    question = case.plan.questions[fact.spec.path.removeprefix(READING_PREFIX)]
    if fact.index in case.given:
        return "argument"
    return question.taken(case.as_of)[1]


def place_of(case: Case, group: Group, fact: Fact) -> Steps | None:
    """Where in the incident a fact stands, or would; None where an incident cannot state it."""
    if fact.spec.origin not in (Origin.INCIDENT, Origin.FURTHER):
        return None
    first, *steps = fact.spec.path.split(".")
    index = _indexes(group)
    if first in index:
        further = [FURTHER] if fact.spec.origin is Origin.FURTHER else []
        return (PARTS[first], index[first] or 0, *further, *steps)
    if fact.spec.path == ELECTION and group.beneficiary is not None:
        own = (PARTS["beneficiary"], group.beneficiary, ELECTION)
        if value_at(case.weighed, own) is not None:
            return own
    return (first, *steps)


def _place(fact: Fact, group: Group) -> str:
    """`acts[0].photo.gesture`: where in the incident a fact stands."""
    part, _, rest = fact.spec.path.partition(".")
    index = _indexes(group).get(part)
    if index is None:
        return fact.spec.path
    further = "further." if fact.spec.origin is Origin.FURTHER else ""
    return f"{PARTS[part]}[{index}].{further}{rest}"


def _indexes(group: Group) -> dict[str, int | None]:
    return {"subject": group.subject, "act": group.act, "beneficiary": group.beneficiary}


def _stated_days(case: Case, group: Group, fact: Fact) -> tuple[str, ...]:
    """A stated date as it was stated, not as the cells that it touches."""
    steps = place_of(case, group, fact)
    assert steps is not None, "what is stated has its place"
    return written_days(value_at(case.weighed, steps))
