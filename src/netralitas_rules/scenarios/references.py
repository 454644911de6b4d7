"""What a scenario cannot expect: names that the ruleset does not have, and what excludes itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from netralitas_rules.decision.model import FindingStatus, Outcome
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.space import READING_PREFIX
from netralitas_rules.law.model import RuleKind
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, Diagnostic, listing, suggest
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.scenarios.documents import ByPerson, ExpectDoc, ScenarioDoc

_STRENGTH = (
    FindingStatus.NOT_MET,
    FindingStatus.OPEN,
    FindingStatus.ELEMENTS_MET,
    FindingStatus.MET,
)
_OUTCOMES = {
    FindingStatus.MET: Outcome.MET,
    FindingStatus.ELEMENTS_MET: Outcome.ELEMENTS_MET,
    FindingStatus.OPEN: Outcome.OPEN,
}


def faults(doc: ScenarioDoc, rules: Ruleset, incident: Incident, at: Place) -> Iterator[Diagnostic]:
    """Everything that no decision under these rules can give."""
    expect, at_expect = doc.expect, at / "expect"
    plan = rules.plan
    rows = sorted({row.id for own in plan.rows.values() for row in own})
    people = [s.key or str(n) for n, s in enumerate(incident.subjects, start=1)]
    questions = _questions(rules)
    for section, what, named, known in (
        ("findings", "violation, permission or consequence", expect.findings, rules.rules),
        ("paths", "sanction row", expect.paths, rows),
        ("sanctions", "path among those expected", expect.sanctions, sorted(expect.paths)),
        ("decisive", "computed question", expect.decisive or (), questions),
    ):
        for index, name in enumerate(named):
            if name not in known:
                place = at_expect / section / (index if section == "decisive" else name)
                yield _unknown(place, what, name, known, of_key=section != "decisive")
    for name, kinds in expect.sanctions.items():
        for index, kind in enumerate(kinds):
            if kind not in plan.kinds:
                place = at_expect / "sanctions" / name / index
                yield _unknown(place, "kind of sanction", kind, plan.kinds, of_key=False)
    yield from readings_faults(doc, rules, at)
    for section in ("findings", "paths"):
        for name, by_person in getattr(expect, section).items():
            for key in by_person if isinstance(by_person, Mapping) else ():
                if key not in people:
                    yield _unknown(at_expect / section / name / key, "person", key, people)
    yield from _impossible(expect, rules, at_expect)


def readings_faults(doc: ScenarioDoc, rules: Ruleset, at: Place) -> Iterator[Diagnostic]:
    """Questions that no condition reads, and readings that a question does not have."""
    questions = _questions(rules)
    for question, reading in doc.readings.items():
        place = at / "readings" / question
        if question not in questions:
            yield _unknown(place, "computed question", question, questions)
            continue
        known_readings = [r.id for r in rules.questions[question].readings]
        if reading not in known_readings:
            yield _unknown(place, "reading", reading, known_readings, of_key=False)


def _questions(rules: Ruleset) -> list[str]:
    plan = rules.plan
    paths = [plan.space.facts[index].spec.path for index in plan.readings]
    return [path.removeprefix(READING_PREFIX) for path in paths]


def _impossible(expect: ExpectDoc, rules: Ruleset, at: Place) -> Iterator[Diagnostic]:
    stated = {
        s for s in ("outcome", "findings", "paths", "sanctions", "decisive") if getattr(expect, s)
    }
    if expect.refused is not None and stated:
        yield at.diagnostic(
            Code.BAD_CONDITION,
            "an incident that is refused gives nothing else",
            expected="`refused` alone",
            found=listing(sorted(stated)),
            of_key=True,
        )
    alive = {
        name
        for name, status in expect.findings.items()
        if strongest(_statuses(status)) is not FindingStatus.NOT_MET
    }
    for path in expect.paths:
        whose = [r for r, rows in rules.plan.rows.items() if path in {row.id for row in rows}]
        if whose and not alive & set(whose):
            yield (at / "paths" / path).diagnostic(
                Code.BAD_CONDITION,
                f"`{path}` follows from no finding that is expected",
                expected=f"one of {listing(whose, limit=8)} among the findings",
                of_key=True,
            )
    violations = {rule.id for rule in rules.plan.rules if rule.kind is RuleKind.VIOLATION}
    top = strongest(
        own for n, s in expect.findings.items() if n in violations for own in _statuses(s)
    )
    if expect.outcome is not None and expect.refused is None:
        wanted = _OUTCOMES.get(top)
        others = set(Outcome) - set(_OUTCOMES.values()) | {Outcome.OPEN}
        if (wanted is not None and expect.outcome is not wanted) or (
            wanted is None and expect.outcome not in others
        ):
            yield (at / "outcome").diagnostic(
                Code.BAD_CONDITION,
                "the outcome does not fit the findings that are expected",
                expected=f"`{wanted}`" if wanted is not None else "an outcome without a violation",
                found=f"`{expect.outcome}`",
            )


def strongest(statuses: Iterable[FindingStatus]) -> FindingStatus:
    """The most established of some statuses."""
    return max(statuses, key=_STRENGTH.index, default=FindingStatus.NOT_MET)


def _statuses(status: ByPerson) -> list[FindingStatus]:
    words = status.values() if isinstance(status, Mapping) else [status]
    return [FindingStatus(word) for word in words]


def _unknown(at: Place, what: str, name: str, known: Any, *, of_key: bool = True) -> Diagnostic:
    return at.diagnostic(
        Code.UNKNOWN_REFERENCE,
        f"there is no {what} `{name}`",
        expected=listing(known, limit=8) if known else f"a {what} of the ruleset",
        found=f"`{name}`",
        help=suggest(name, known),
        of_key=of_key,
    )
