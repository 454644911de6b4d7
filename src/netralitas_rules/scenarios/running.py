"""Running scenarios: what a decision says against what was expected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from netralitas_rules.decision.model import Decision, FindingStatus
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.scenarios.documents import ByPerson
from netralitas_rules.scenarios.reading import Scenario
from netralitas_rules.scenarios.references import strongest

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise than expected."""

    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True)
class Result:
    """A scenario that was run; it holds where there are no differences."""

    scenario: Scenario
    differences: tuple[Difference, ...]
    actual: Mapping[str, Any]
    """What was found, in the form of `expect`."""
    decision: Decision | Refused


def run(scenario: Scenario) -> Result:
    """Decide the incident and compare."""
    decision = _decided(scenario)
    actual = observed(decision)
    return Result(scenario, tuple(_differences(scenario, actual)), actual, decision)


def _decided(scenario: Scenario) -> Decision | Refused:
    try:
        return scenario.ruleset.decide(
            scenario.incident, as_of=scenario.as_of, readings=scenario.doc.readings
        )
    except Refused as refused:
        return refused


def told(result: Result) -> str:
    """What differs, for a reader: where, why it was expected, and each difference."""
    why = result.scenario.doc.why
    words = why if isinstance(why, str) else why.en
    lines = [str(result.scenario), fill(words, 96, initial_indent="  ", subsequent_indent="  ")]
    return "\n".join([*lines, *(f"  - {difference}" for difference in result.differences)])


def observed(decision: Decision | Refused) -> dict[str, Any]:
    """What a decision says, in the form of `expect`."""
    if isinstance(decision, Refused):
        return {"refused": decision.diagnostics[0].code.value}
    people = [s.subject for s in decision.subjects]
    return {
        "outcome": decision.outcome.value,
        "findings": _by_person(_findings(decision), people),
        "paths": _by_person(_paths(decision), people),
        "sanctions": {path.id: list(path.sanctions) for path in decision.paths},
        "decisive": [question.id for question in decision.decisive],
    }


def _findings(decision: Decision) -> Iterator[tuple[str, str, str]]:
    """Of several findings of one person the most established counts."""
    found: dict[tuple[str, str], list[FindingStatus]] = {}
    for finding in decision.all_findings:
        found.setdefault((finding.id, finding.subject), []).append(finding.status)
    for (name, person), statuses in found.items():
        status = strongest(statuses)
        if status is not FindingStatus.NOT_MET:
            yield name, person, status.value


def _paths(decision: Decision) -> Iterator[tuple[str, str, str]]:
    for path in decision.paths:
        level = [path.level] if path.level is not None else []
        yield path.id, path.subject, " ".join([path.status, path.regime, *level])


def _by_person(
    found: Iterator[tuple[str, str, str]], people: Sequence[str]
) -> dict[str, str | dict[str, str]]:
    """By name; by person below it where they differ."""
    by_name: dict[str, dict[str, str]] = {}
    for name, person, status in found:
        by_name.setdefault(name, {})[person] = status
    shown: dict[str, str | dict[str, str]] = {}
    for name, statuses in by_name.items():
        same = len(statuses) == len(people) and len(set(statuses.values())) == 1
        shown[name] = next(iter(statuses.values())) if same else statuses
    return shown


def _differences(scenario: Scenario, actual: Mapping[str, Any]) -> Iterator[Difference]:
    expect = scenario.doc.expect
    wanted = expect.refused.value if expect.refused is not None else None
    if actual.get("refused") != wanted:
        yield Difference("refused", wanted or "a decision", actual.get("refused", "a decision"))
        return
    if wanted is not None:
        return
    if expect.outcome is None:
        yield Difference("outcome", f"{NOTHING} yet", actual["outcome"])
    elif actual["outcome"] != expect.outcome.value:
        yield Difference("outcome", expect.outcome.value, actual["outcome"])
    yield from _compared("", expect.findings, actual["findings"], scenario)
    yield from _compared("path ", expect.paths, actual["paths"], scenario)
    for name, kinds in expect.sanctions.items():
        allowed = actual["sanctions"].get(name, [])
        if sorted(kinds) != sorted(allowed):
            what = f"sanctions of {name}"
            yield Difference(what, ", ".join(kinds), ", ".join(allowed) or NOTHING)
    if expect.decisive is not None:
        for name in sorted({*expect.decisive} - {*actual["decisive"]}):
            yield Difference(f"question {name}", "decisive", "not decisive")
        for name in sorted({*actual["decisive"]} - {*expect.decisive}):
            yield Difference(f"question {name}", "not decisive", "decisive")


def _compared(
    lead: str, expected: Mapping[str, Any], actual: Mapping[str, Any], scenario: Scenario
) -> Iterator[Difference]:
    """What is expected is compared as far as it is written: `follows`, `follows ethics`."""
    people = [s.key or str(n) for n, s in enumerate(scenario.incident.subjects, start=1)]
    for name in dict.fromkeys((*expected, *actual)):
        wanted, found = (spread(side.get(name), people) for side in (expected, actual))
        for person in people:
            want, got = wanted.get(person, NOTHING), found.get(person, NOTHING)
            if want.split() != got.split()[: len(want.split())]:
                whom = f" ({person})" if len(people) > 1 else ""
                yield Difference(f"{lead}{name}{whom}", want, got)


def spread(status: ByPerson | None, people: Sequence[str]) -> dict[str, str]:
    """Status by person; what is not met is as good as not there."""
    if status is None:
        return {}
    by_person = status if isinstance(status, Mapping) else dict.fromkeys(people, status)
    return {p: s for p, s in by_person.items() if s != FindingStatus.NOT_MET.value}
