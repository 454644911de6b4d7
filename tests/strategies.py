"""Hypothesis strategies: small random rulesets, incidents over them, and more information.

Rulesets and incidents are plain documents, as in files. A ruleset reads a handful of facts, each
with few values, so that the reference evaluator can write out every completion.
"""

import copy
import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import parse_span
from netralitas_rules.facts.space import FactSpec, Kind, Origin, vocabulary
from netralitas_rules.loading.gather import gather_documents
from netralitas_rules.loading.merge import merge
from netralitas_rules.ruleset import Ruleset
from tests.spec import NEVER, fits, fits_list

settings.register_profile(
    "netralitas",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("netralitas")

Doc = dict[str, Any]
Draw = st.DrawFn
AS_OF = "2024-06-30"
DAYS = ("2023-01-15", "2023-06-01", "2023-11-28")
_DAY = datetime.timedelta(days=1)

PALETTE: dict[str, tuple[str, ...]] = {
    "act.conduct": ("post", "react", "follow"),
    "act.audience": ("public", "closed_group", "private"),
    "act.photo.gesture": ("none", "neutral", "partisan"),
    "subject.status": ("pns", "cpns", "pppk"),
    "beneficiary.relation": ("spouse", "child", "none"),
    "beneficiary.kind": ("party", "person", "pair"),
    "beneficiary.stage": ("prospective", "candidate"),
    "beneficiary.office": ("dpr", "governor", "mayor"),
    "election": ("pemilu_2024", "pilkada_2024", "none"),
}
"""The values of an enum that tests and incidents use; where none are listed, all of them."""

STATABLE = (
    "act.audience",
    "act.photo.gesture",
    "act.active_support",
    "act.attributes",
    "act.approached",
    "act.date",
    "subject.status",
    "subject.heads_unit",
    "subject.party.joined_on",
    "beneficiary.relation",
    "beneficiary.kind",
    "beneficiary.stage",
    "act.test.flag",
    "act.test.count",
    "subject.test.rank",
    "subject.test.since",
    "beneficiary.test.tags",
)
CALENDAR_FACTS = ("election", "beneficiary.office", "beneficiary.stage", "act.date")
COMPARED = ("subject.party.resigned_from_service_on", "subject.candidacy.determined_on")
GAP = "subject.gap"


def words(text: str) -> Doc:
    return {"id": text, "en": text}


OWN_FACTS: dict[str, Doc] = {
    "act.test.flag": {"kind": "bool"},
    "act.test.count": {"kind": "integer"},
    "subject.test.rank": {"values": {v: words(v) for v in ("low", "mid", "high")}},
    "subject.test.since": {"kind": "date"},
    "beneficiary.test.tags": {"kind": "list", "values": {v: words(v) for v in ("red", "blue")}},
    "law.code": {"derived": True, "values": {v: words(v) for v in ("old", "new")}},
    "law.zone": {"derived": True, "values": {v: words(v) for v in ("in", "out", "edge")}},
    "derived.mood": {"derived": True, "values": {v: words(v) for v in ("calm", "tense")}},
}
DERIVED = ("law.code", "law.zone", "derived.mood")
PROVISIONS: dict[str, Doc] = {
    "reg-a/1": {},
    "reg-a/2": {"valid": {"until": DAYS[1]}},
    "reg-a/3": {"valid": {"from": "2023-06-02"}},
    "reg-a/4": {"valid": {"from": "2024-01-01"}, "governs": "decision"},
    "reg-b/1": {},
}
CALENDAR: Doc = {
    "title": words("calendar"),
    "election": "pemilu_2024",
    "basis": ["reg-a/1"],
    "contests": {
        "legislative": {
            "offices": ["dpr"],
            "determination": DAYS[1],
            "campaign": {"from": DAYS[2], "until": "2024-02-10"},
            "quiet": {"from": "2024-02-11", "until": "2024-02-13"},
            "vote": "2024-02-14",
        }
    },
}


def own_specs() -> dict[str, FactSpec]:
    """The facts that the generated rulesets declare, as the vocabulary has its own."""
    found = {}
    for path, doc in OWN_FACTS.items():
        kind = Kind(doc.get("kind", "enum"))
        values = (True, False) if kind is Kind.BOOL else tuple(doc.get("values", ()))
        origin = Origin.DERIVED if doc.get("derived") else Origin.FURTHER
        found[path] = FactSpec(path, kind, values, kind is Kind.DATE, origin)
    comparison = ("before", "same_day", "after", "never", "no_reference")
    found[GAP] = FactSpec(GAP, Kind.ENUM, comparison, origin=Origin.DERIVED)
    for name in ("reading.known", "reading.open"):
        found[name] = FactSpec(name, Kind.ENUM, ("one", "other"), origin=Origin.READING)
    return found


SPECS: Mapping[str, FactSpec] = {**vocabulary(), **own_specs()}


@dataclass(frozen=True)
class Sample:
    """A ruleset as one document, and the facts an incident may state about it."""

    document: Doc
    facts: tuple[str, ...]

    def ruleset(self) -> Ruleset:
        return ruleset_of(self.document)


def ruleset_of(*documents: Mapping[str, Any]) -> Ruleset:
    """A ruleset from plain documents, one per file."""
    files = tuple((f"{number}.yaml", document) for number, document in enumerate(documents))
    return Ruleset(merge(gather_documents(files)))


# -- conditions


@st.composite
def tests(draw: Draw, path: str) -> Any:
    """A test of one fact that some values pass and some do not."""
    spec = SPECS[path]
    match spec.kind:
        case Kind.BOOL:
            return draw(st.booleans())
        case Kind.DATE:
            forms = ["from", "until", "both"]
            form = draw(st.sampled_from([*forms, "none", "happened"] if spec.may_be_never else forms))
            if form in ("none", "happened"):
                return form
            first, last = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
            both = {"from": first, "until": last}
            return both if form == "both" else {form: both[form]}
        case Kind.INTEGER:
            return {draw(st.sampled_from(["from", "until"])): draw(st.integers(1, 3))}
        case Kind.LIST:
            members = [str(v) for v in spec.values]
            form = draw(st.sampled_from(["has", "any", "lacks", "two"]))
            if form == "two":
                first, second = draw(st.permutations(members))[:2]
                other = draw(st.sampled_from(["has", "lacks", "any"]))
                return {"has": [first], other: [second]} if other != "has" else {"has": [first, second]}
            return {form: draw(_some_of(members))}
    chosen = draw(_some_of(palette(path)))
    if len(chosen) == len(spec.values):
        chosen = chosen[:1]
    form = draw(st.integers(0, 3))
    if form == 0:
        return {"not": chosen if draw(st.booleans()) else chosen[0]}
    return chosen[0] if len(chosen) == 1 and form == 1 else chosen


def palette(path: str) -> list[str]:
    return [str(v) for v in PALETTE.get(path, SPECS[path].values)]


def _some_of(values: Sequence[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(
        st.sampled_from(values), min_size=1, max_size=max(1, len(values) - 1), unique=True
    )


@st.composite
def conditions(draw: Draw, facts: Sequence[str], names: Sequence[str] = (), depth: int = 1) -> Doc:
    """A condition over some facts and definitions."""
    forms = ["line", "line", "line", "two"]
    if names:
        forms.append("is")
    if depth:
        forms += ["any", "all", "not"]
    form = draw(st.sampled_from(forms))
    if form == "is":
        return {"is": draw(st.sampled_from(names))}
    if form == "not":
        return {"not": draw(conditions(facts, names, depth - 1))}
    if form in ("any", "all"):
        parts = draw(st.lists(conditions(facts, names, depth - 1), min_size=2, max_size=2))
        return {form: parts}
    paths = draw(st.lists(st.sampled_from(facts), min_size=1, max_size=2, unique=True))
    return {path: draw(tests(path)) for path in (paths if form == "two" else paths[:1])}


@st.composite
def gates(draw: Draw, facts: Sequence[str], *, conduct: bool) -> Any:
    """What raises a rule (`conduct` leads), or brings up an exception."""
    alternatives = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        gate: Doc = {}
        if conduct and draw(st.integers(0, 3)):
            gate["act.conduct"] = draw(tests("act.conduct"))
        if not gate or draw(st.integers(0, 2)) == 0:
            path = draw(st.sampled_from(facts))
            gate[path] = "stated" if draw(st.booleans()) else draw(tests(path))
        alternatives.append(gate)
    return alternatives[0] if len(alternatives) == 1 else alternatives


# -- rulesets


@st.composite
def samples(draw: Draw) -> Sample:
    """A small ruleset."""
    with_calendar = draw(st.integers(0, 6)) == 0
    with_gap = draw(st.integers(0, 5)) == 0
    facts = draw(
        st.lists(st.sampled_from(STATABLE), min_size=2, max_size=2 if with_calendar else 4, unique=True)
    )
    derived = draw(st.lists(st.sampled_from(DERIVED), max_size=2, unique=True))
    readable = [*facts, *derived]
    readable += draw(st.lists(st.sampled_from(["reading.known", "reading.open"]), max_size=1))
    if with_calendar:
        readable.append("contest.phase")
        facts = list(dict.fromkeys([*facts, *CALENDAR_FACTS]))
    if with_gap:
        readable.append(GAP)
    definitions = {}
    for name in ("first", "second")[: draw(st.integers(0, 2))]:
        definitions[name] = {
            "says": words(name),
            "when": draw(conditions(readable, list(definitions))),
        }
    laws = [path for path in derived if path.startswith("law.")]
    violations = {}
    for number in range(draw(st.integers(1, 3))):
        violations[f"rule/{number}"] = draw(_rules(facts, readable, list(definitions), laws))
    permissions = {}
    if draw(st.integers(0, 4)) == 0:
        permissions["permit/1"] = draw(_rules(facts, readable, list(definitions), laws))
    document: Doc = {
        "ruleset": {"format": 1, "name": "sample", "version": "1.0", "title": words("sample")},
        "instruments": {key: {"title": words(key), "short": words(key)} for key in ("reg-a", "reg-b")},
        "provisions": {
            key: {"says": words(key), "mark": "A", "text": "seen", "source": "none", **more}
            for key, more in PROVISIONS.items()
        },
        "facts": {path: {"label": words(path), **doc} for path, doc in OWN_FACTS.items()},
        "definitions": definitions,
        "violations": violations,
        "permissions": permissions,
        "kinds": {"reprimand": {"says": words("reprimand"), "basis": ["reg-a/2"]}},
        "sanctions": {
            f"row-{n}": draw(_rows(list(violations), readable, list(definitions)))
            for n in range(draw(st.integers(0, 2)))
        },
        "transitions": {
            f"from-{n}": draw(_constraints(facts, [path], may_read_all=False))
            for path in derived
            for n in range(draw(st.integers(0, 2)))
        },
        "constraints": {
            f"impossible-{n}": draw(_constraints(readable, [*facts, *derived], may_read_all=True))
            for n in range(draw(st.sampled_from([0, 0, 1, 2])))
        },
    }
    if with_calendar:
        document["calendars"] = {"calendar": CALENDAR}
    if with_gap:
        comparison = {"label": words(GAP), "compare": COMPARED[0], "with": COMPARED[1]}
        document["comparisons"] = {GAP: comparison}
        facts = [*facts, *COMPARED]
    document["questions"] = {
        name: {
            "kind": "computed",
            "asks": words(name),
            "readings": {value: {"says": words(value)} for value in ("one", "other")},
            "why": words(name),
            **({"default": "one"} if name == "known" else {}),
        }
        for name in ("known", "open")
        if f"'reading.{name}'" in str(document)
    }
    return Sample(document, tuple(dict.fromkeys(["act.conduct", *facts])))


@st.composite
def _rules(
    draw: Draw, facts: list[str], readable: list[str], names: list[str], laws: list[str]
) -> Doc:
    needs: Doc = {}
    for number in range(draw(st.integers(1, 2))):
        condition = draw(conditions(readable, names))
        form = draw(st.integers(0, 3)) if names else draw(st.integers(0, 1))
        needs[f"element-{number}"] = (
            condition
            if form == 0
            else {"says": words("element"), "when": condition, "basis": ["reg-a/3"]}
            if form == 1
            else draw(st.sampled_from(names))
        )
    rule: Doc = {
        "title": words("rule"),
        "norm": draw(_some_of(list(PROVISIONS))),
        "raised-by": draw(gates(facts, conduct=True)),
        "needs": needs,
    }
    if laws and draw(st.booleans()):
        path = draw(st.sampled_from(laws))
        rule["under"] = {path: draw(tests(path))}
    if draw(st.integers(0, 3)) == 0:
        rule["scope"] = draw(st.sampled_from(["act", "subject"]))
    rule["unless"] = {}
    for number in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
        exception: Doc = {
            "says": words("exception"),
            "basis": ["reg-a/2"],
            "when": draw(conditions(readable, names)),
        }
        if draw(st.booleans()):
            exception["but-not"] = draw(conditions(readable, names, 0))
        if draw(st.booleans()):
            exception["asked-when"] = draw(gates(facts, conduct=False))
        rule["unless"][f"exception-{number}"] = exception
    return rule


@st.composite
def _rows(draw: Draw, violations: list[str], readable: list[str], names: list[str]) -> Doc:
    rule = draw(st.sampled_from(violations))
    row: Doc = {
        "for": [rule],
        "regime": "ethics",
        "rests-on": "regulation",
        "allow": ["reprimand"],
        "basis": ["reg-a/1", "reg-a/3"],
    }
    if draw(st.booleans()):
        row["when"] = draw(conditions(readable, names))
    return row


@st.composite
def _constraints(
    draw: Draw, read: list[str], then: list[str], *, may_read_all: bool
) -> Doc:
    when = draw(conditions(read, (), 1 if may_read_all else 0))
    path = draw(st.sampled_from(then))
    return {"says": words("constraint"), "when": when, "then": {path: draw(tests(path))}}


# -- incidents


@st.composite
def statements(draw: Draw, path: str) -> Any:
    """What an incident states of one fact."""
    spec = SPECS[path]
    match spec.kind:
        case Kind.DATE:
            return draw(_date_statements(may_be_never=spec.may_be_never))
        case Kind.INTEGER:
            return draw(st.integers(0, 4))
        case Kind.LIST:
            has = draw(st.sets(st.sampled_from([str(v) for v in spec.values])))
            rest = [str(v) for v in spec.values if v not in has]
            if draw(st.booleans()):
                return sorted(has)
            lacks = draw(st.sets(st.sampled_from(rest))) if rest else set()
            named = {"has": sorted(has), "lacks": sorted(lacks)}
            return {key: value for key, value in named.items() if value} or sorted(has)
        case Kind.BOOL:
            return draw(st.booleans())
    values = [*palette(path), *[v for v in spec.values if v not in palette(path)][:1]]
    form = draw(st.sampled_from(["value", "value", "value", "one_of", "not"]))
    if form == "value":
        return draw(st.sampled_from(values))
    return {form: draw(_some_of(values))}


@st.composite
def _date_statements(draw: Draw, *, may_be_never: bool) -> Any:
    forms = ["day", "day", "month", "year", "span", "open"] + ["none"] * 2 * may_be_never
    form = draw(st.sampled_from(forms))
    day = draw(st.sampled_from(DAYS))
    if form == "none":
        return NEVER
    if form == "day":
        step = draw(st.integers(-1, 1))
        return (datetime.date.fromisoformat(day) + step * _DAY).isoformat()
    if form in ("month", "year"):
        return day[: 7 if form == "month" else 4]
    if form == "open":
        return {draw(st.sampled_from(["from", "to"])): day}
    first, last = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
    return {"from": first, "to": last}


def put(incident: Doc, path: str, value: Any, places: Mapping[str, Doc]) -> None:
    """Writes one statement at its place; `places` holds the subject, act and beneficiary."""
    group, *steps = path.split(".")
    part = places.get(group, incident)
    if group not in places:
        steps = [group, *steps]
    if SPECS[path].origin is Origin.FURTHER:
        steps = ["further", *steps]
    for step in steps[:-1]:
        part = part.setdefault(step, {})
    part[steps[-1]] = value


def get(incident: Doc, path: str, places: Mapping[str, Doc]) -> Any:
    """What is stated at the place of a fact, or None."""
    group, *steps = path.split(".")
    part: Any = places.get(group, incident)
    if group not in places:
        steps = [group, *steps]
    if SPECS[path].origin is Origin.FURTHER:
        steps = ["further", *steps]
    for step in steps:
        part = (part or {}).get(step)
    return part


@st.composite
def incidents(draw: Draw, facts: Sequence[str], *, with_several: bool = False) -> Doc:
    """An incident that states some of the facts; with several, up to two of each part."""
    people = draw(st.integers(0, 2)) if with_several else draw(st.sampled_from([0, 1, 1, 1, 1]))
    sizes = {
        "subjects": draw(st.integers(1, 2)) if with_several else 1,
        "acts": draw(st.integers(1, 2)) if with_several else 1,
        "beneficiaries": people,
    }
    incident: Doc = {part: [{} for _ in range(size)] for part, size in sizes.items()}
    if with_several:
        for part, letter in (("subjects", "s"), ("acts", "a"), ("beneficiaries", "b")):
            for number, item in enumerate(incident[part], start=1):
                item["key"] = f"{letter}{number}"
        for act in incident["acts"]:
            if draw(st.integers(0, 3)) == 0:
                act["by"] = [draw(st.sampled_from(incident["subjects"]))["key"]]
            if people and draw(st.integers(0, 3)) == 0:
                act["beneficiaries"] = [draw(st.sampled_from(incident["beneficiaries"]))["key"]]
    for places in each_place(incident):
        for path in facts:
            group = path.split(".")[0]
            if group not in places and group != "election":
                continue
            often = 9 if path == "act.conduct" else 6
            if draw(st.integers(0, 9)) < often:
                put(incident, path, draw(statements(path)), places)
    return incident


def each_place(incident: Doc) -> list[dict[str, Doc]]:
    """Every part of an incident as the only place of its group."""
    return [
        *({"subject": part} for part in incident["subjects"]),
        *({"act": part} for part in incident["acts"]),
        *({"beneficiary": part} for part in incident["beneficiaries"]),
    ]


def model(incident: Doc) -> Incident:
    return Incident.model_validate(incident)


# -- more information


@st.composite
def refinements(draw: Draw, incident: Doc, facts: Sequence[str], *, fully: bool = False) -> Doc:
    """The same incident with more information: every fact keeps a part of its possible values.

    With `fully`, every fact has exactly one value left: a completion.
    """
    richer: Doc = copy.deepcopy(incident)
    for places in each_place(richer):
        for path in facts:
            group = path.split(".")[0]
            if group not in places and group != "election":
                continue
            stated = get(richer, path, places)
            if fully or draw(st.booleans()):
                narrower = draw(_narrower(path, stated, fully=fully))
                if narrower is not None:
                    put(richer, path, narrower, places)
    return richer


@st.composite
def _narrower(draw: Draw, path: str, stated: Any, *, fully: bool) -> Any:
    spec = SPECS[path]
    match spec.kind:
        case Kind.DATE:
            return draw(_narrower_dates(stated, may_be_never=spec.may_be_never, fully=fully))
        case Kind.INTEGER:
            return draw(st.integers(0, 4)) if stated is None else stated
        case Kind.LIST:
            members = sorted(str(v) for v in spec.values)
            subsets = [
                frozenset(m for i, m in enumerate(members) if bits >> i & 1)
                for bits in range(1 << len(members))
            ]
            chosen = draw(st.sampled_from([s for s in subsets if fits_list(s, stated)]))
            if fully or not isinstance(stated, dict | None) or draw(st.booleans()):
                return sorted(chosen)
            before = stated or {}
            has = {*before.get("has", ()), *draw(st.sets(st.sampled_from(members))) & chosen}
            rest = draw(st.sets(st.sampled_from(members))) - chosen
            lacks = {*before.get("lacks", ()), *rest}
            named = {"has": sorted(has), "lacks": sorted(lacks)}
            return {key: value for key, value in named.items() if value} or None
    values = [v for v in spec.values if fits(v, stated)]
    if fully:
        return draw(st.sampled_from(values)) if values else stated
    kept = draw(st.lists(st.sampled_from(values), min_size=1, unique=True)) if values else None
    if kept is None:
        return stated
    return kept[0] if len(kept) == 1 else {"one_of": kept}


@st.composite
def _narrower_dates(draw: Draw, stated: Any, *, may_be_never: bool, fully: bool) -> Any:
    if stated == NEVER or (stated is None and may_be_never and draw(st.booleans())):
        return NEVER
    span = parse_span({"from": 1950, "to": AS_OF} if stated is None else stated)
    named = [datetime.date.fromisoformat(day) + step * _DAY for day in DAYS for step in (-1, 0, 1)]
    days = [d for d in [span.first, *named, span.last] if span.first <= d <= span.last]
    days = [d for d in days if 1900 <= d.year < 2200] or [span.first]
    first = draw(st.sampled_from(days))
    last = first if fully else draw(st.sampled_from(days))
    first, last = sorted([first, last])
    return {"from": first.isoformat(), "to": last.isoformat()}


# -- orders


def shuffled(draw: Draw, value: Any) -> Any:
    """A document with the keys of every mapping in another order."""
    if isinstance(value, dict):
        keys: Iterable[str] = draw(st.permutations(list(value)))
        return {key: shuffled(draw, value[key]) for key in keys}
    if isinstance(value, list):
        return [shuffled(draw, part) for part in value]
    return value


@dataclass(frozen=True)
class Decided:
    """A ruleset with an incident over it."""

    sample: Sample
    incident: Doc
    ruleset: Ruleset = field(repr=False)


@st.composite
def cases(draw: Draw, *, with_several: bool = False) -> Decided:
    """A ruleset and an incident over the facts that it reads."""
    sample = draw(samples())
    incident = draw(incidents(sample.facts, with_several=with_several))
    return Decided(sample, incident, sample.ruleset())
