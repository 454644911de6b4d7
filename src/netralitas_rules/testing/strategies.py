"""Hypothesis strategies for incidents of a ruleset: near a rule, just beside it, half known."""

import copy
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import assume, reject
from hypothesis import strategies as st
from pydantic import ValidationError

from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.facts.incident import FURTHER, Incident
from netralitas_rules.facts.leaves import NEVER
from netralitas_rules.facts.space import FactSpec, Kind, vocabulary
from netralitas_rules.loader import load
from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.incidents import content_of
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.testing.filling import Doc, Filler, filler

_PARTS = {"subjects": "subject", "acts": "act", "beneficiaries": "beneficiary"}
_TRIES = 12
"""Changes that are tried, at most, for one that unmakes a finding."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two incidents that differ in one fact: the first meets a rule, the second does not."""

    rule: str
    fact: str
    meets: Incident
    misses: Incident


def _loaded(ruleset: Ruleset | str | Path) -> Ruleset:
    return ruleset if isinstance(ruleset, Ruleset) else load(ruleset)


def last_day(ruleset: Ruleset | str | Path) -> datetime.date:
    """The day on which to ask: a year behind the last on which the law of a ruleset changes. No
    incident of these strategies lies after it.
    """
    return filler(_loaded(ruleset)).as_of


def incidents(
    ruleset: Ruleset | str | Path, *, rule: str | None = None, conduct: str | None = None
) -> st.SearchStrategy[Incident]:
    """Incidents near a rule of a ruleset: most of what it reads is stated, mostly so that it is
    met. `rule` is the id of a violation, permission or consequence; `conduct` takes those that it
    raises; without either, every rule has its turn.

    Raises `ValueError` where the ruleset has no such rule, or nothing that the conduct raises.
    """
    rules = _loaded(ruleset)
    return _incidents(rules, _named(rules, rule, conduct))


def near_misses(ruleset: Ruleset | str | Path, rule: str) -> st.SearchStrategy[NearMiss]:
    """An incident that meets a rule, and the same with one fact otherwise, that does not.

    Raises `ValueError` where the ruleset has no such rule. Where nothing can meet it, there is no
    example, and Hypothesis says so.
    """
    rules = _loaded(ruleset)
    _named(rules, rule, None)
    return _near_misses(rules, rule)


def partial(incident: Incident) -> st.SearchStrategy[Incident]:
    """The same incident with less known: facts left out, one of two values, not some other one,
    the month of a day, a few members of a list. What is stated is always a completion of it.
    """
    return _partial(incident)


def document(incident: Incident) -> Doc:
    """An incident as it would stand in a file."""
    return content_of(incident)


def _named(ruleset: Ruleset, rule: str | None, conduct: str | None) -> list[str]:
    fill = filler(ruleset)
    if conduct is not None:
        raised = fill.by_conduct(conduct)
        found = [name for name in raised if rule in (None, name)]
    else:
        found = sorted(fill.rules) if rule is None else [rule] if rule in fill.rules else []
    if not found:
        what = rule or conduct
        raise ValueError(f"no rule of {ruleset.name} fits `{what}`; see `rules` of the ruleset")
    return found


def _filled(draw: st.DrawFn, fill: Filler, name: str) -> Doc:
    report = fill.report(name, lambda choices: draw(st.sampled_from(choices)))
    if report is None:
        reject()
    assert report is not None
    return report


@st.composite
def _incidents(draw: st.DrawFn, ruleset: Ruleset, names: list[str]) -> Incident:
    fill = filler(ruleset)
    report = _filled(draw, fill, draw(st.sampled_from(names)))
    for path, steps in list(stated(report, fill)):
        match draw(st.sampled_from("kkkkkkkod")):
            case "o":
                others = fill.others(path, _get(report, steps))
                if others:
                    _put(report, steps, draw(st.sampled_from(others)))
            case "d":
                _drop(report, steps)
    return _modelled(report)


@st.composite
def _near_misses(draw: st.DrawFn, ruleset: Ruleset, name: str) -> NearMiss:
    fill = filler(ruleset)
    report = _filled(draw, fill, name)
    meets = _modelled(report)
    assume(_status(ruleset, meets, name) is FindingStatus.MET)
    places = dict(stated(report, fill))
    for path in draw(st.permutations(sorted(places)))[:_TRIES]:
        steps = places[path]
        others = fill.others(path, _get(report, steps))
        if not others:
            continue
        changed = copy.deepcopy(report)
        _put(changed, steps, draw(st.sampled_from(others)))
        try:
            misses = Incident.model_validate(changed)
        except ValidationError:
            continue
        status = _status(ruleset, misses, name)
        if status is not None and status is not FindingStatus.MET:
            return NearMiss(name, path, meets, misses)
    return reject()


@st.composite
def _partial(draw: st.DrawFn, incident: Incident) -> Incident:
    report = document(incident)
    for path, steps in list(_leaves(report)):
        spec = vocabulary().get(path)
        form = draw(st.sampled_from(("keep", "keep", "drop", "widen")))
        if form == "drop" and path != "act.conduct":
            _drop(report, steps)
        elif form == "widen" and spec is not None:
            wider = _wider(draw, spec, _get(report, steps))
            if wider is not None:
                _put(report, steps, wider)
    return _modelled(report)


def _wider(draw: st.DrawFn, spec: FactSpec, value: Any) -> Any:
    """Knowledge that leaves this value possible, and others; None where it is no plain value."""
    match spec.kind:
        case Kind.DATE if isinstance(value, str) and value != NEVER.value and len(value) == 10:
            return value[: draw(st.sampled_from((4, 7)))]
        case Kind.LIST if isinstance(value, list):
            rest = [str(v) for v in spec.values if v not in value]
            some = {
                "has": value[: draw(st.integers(0, len(value)))],
                "lacks": rest[: draw(st.integers(0, len(rest)))],
            }
            return {key: members for key, members in some.items() if members} or None
        case Kind.ENUM if isinstance(value, str):
            other = draw(st.sampled_from([v for v in spec.values if v != value]))
            return {"not": [other]} if draw(st.booleans()) else {"one_of": [value, other]}
    return None


def _status(ruleset: Ruleset, incident: Incident, name: str) -> FindingStatus | None:
    """The status of a rule; `not_met` where it is not raised, None where facts are refused."""
    try:
        decision = ruleset.decide(incident, as_of=last_day(ruleset))
    except Refused:
        return None
    found = [f.status for f in decision.all_findings if f.id == name]
    return found[0] if found else FindingStatus.NOT_MET


def _modelled(report: Doc) -> Incident:
    try:
        return Incident.model_validate(report)
    except ValidationError:
        reject()


# -- places in a report


Steps = tuple[str | int, ...]


def stated(report: Doc, fill: Filler) -> Iterator[tuple[str, Steps]]:
    """Every fact that a report states and rules can read, with its place."""
    return ((path, steps) for path, steps in _leaves(report) if fill.statable(path))


def _leaves(report: Doc) -> Iterator[tuple[str, Steps]]:
    for key, part in report.items():
        if key in _PARTS and isinstance(part, list):
            for index, one in enumerate(part):
                yield from _below(one, (_PARTS[key],), (key, index))
        elif isinstance(part, Mapping):
            yield from _below(part, (key,), (key,))
        elif key in vocabulary():
            yield key, (key,)


def _below(
    part: Mapping[str, Any], path: tuple[str, ...], steps: Steps
) -> Iterator[tuple[str, Steps]]:
    for key, value in part.items():
        name = ".".join((*path, key))
        here = (*steps, key)
        own = FURTHER in steps
        inner = isinstance(value, Mapping) and name not in vocabulary()
        if key == FURTHER and isinstance(value, Mapping):
            yield from _below(value, path, here)
        elif inner and not (own and value.keys() & {"one_of", "not", "has", "lacks", "from", "to"}):
            yield from _below(value, (*path, key), here)
        elif own or name in vocabulary():
            yield name, here


def _get(report: Doc, steps: Sequence[str | int]) -> Any:
    found: Any = report
    for step in steps:
        found = found[step]
    return found


def _put(report: Doc, steps: Steps, value: Any) -> None:
    _get(report, steps[:-1])[steps[-1]] = value


def _drop(report: Doc, steps: Steps) -> None:
    del _get(report, steps[:-1])[steps[-1]]
