"""Hypothesis strategies: small random rulesets, incidents over them, and more information.

Rulesets and incidents are plain documents, as in files. A ruleset reads a handful of facts, each
with few values, so that the reference evaluator can write out every completion. Everything is
built from small choices (`Choices`), the first of which is the simplest: what fails shrinks well.
"""

import copy
import datetime
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

import yaml
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.leaves import parse_span
from netralitas_rules.facts.space import FactSpec, Kind, Origin, vocabulary
from netralitas_rules.loader import bundled_rulesets
from netralitas_rules.loading.gather import gather_documents, gather_folder
from netralitas_rules.loading.merge import merge
from netralitas_rules.ruleset import Ruleset
from tests.spec import COMPARISON, NEVER, Spec, fits, fits_list, gates, needed, passes, rules_of
from tests.spec import tests_of as gate_tests

settings.register_profile(
    "netralitas",
    deadline=None,
    # The same examples every time: a change is blamed for what it broke and for nothing else.
    # EXAMPLES draws new ones and more of them.
    derandomize="EXAMPLES" not in os.environ,
    print_blob=True,
    report_multiple_bugs=False,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("netralitas")


TIMES = int(os.environ.get("EXAMPLES", "1"))
LONG = "LONG" in os.environ or "EXAMPLES" in os.environ
"""Whether whole sets are taken: `.ci/run` sets LONG, `make soak` EXAMPLES."""


def examples(count: int) -> int:
    """How many examples a property takes: `count`, or as many times more as `EXAMPLES` says; two
    of five in the fast run.
    """
    return count * TIMES if LONG else -(-count * 2 // 5)


def one_in(step: int, *, long: int = 1) -> int:
    """Which of many cases a test takes: every `step`th, with LONG every `long`th, and more of them
    as `EXAMPLES` says.
    """
    return max(1, long // TIMES) if LONG else step


T = TypeVar("T")
Doc = dict[str, Any]
AS_OF = "2024-06-30"
DAYS = ("2023-01-15", "2023-06-01", "2023-11-28")
_DAY = datetime.timedelta(days=1)
_NAMED = [datetime.date.fromisoformat(d) + step * _DAY for d in DAYS for step in (-1, 0, 1)]

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
DERIVED = ("law.code", "law.zone", "derived.mood")
CALENDAR_FACTS = ("election", "beneficiary.office", "beneficiary.stage", "act.date")
COMPARED = ("subject.party.resigned_from_service_on", "subject.candidacy.determined_on")
GAP = "subject.gap"
PARTS = {"subject": "subjects", "act": "acts", "beneficiary": "beneficiaries"}


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
FRAME: Doc = {
    "ruleset": {"format": 1, "name": "sample", "version": "1.0", "title": words("sample")},
    "instruments": {key: {"title": words(key), "short": words(key)} for key in ("reg-a", "reg-b")},
    "provisions": {
        key: {"says": words(key), "mark": "A", "text": "seen", "source": "none", **more}
        for key, more in PROVISIONS.items()
    },
    "kinds": {"reprimand": {"says": words("reprimand"), "basis": ["reg-a/2"]}},
}
"""What every generated ruleset has in common."""


def _own_specs() -> dict[str, FactSpec]:
    found = {}
    for path, doc in OWN_FACTS.items():
        kind = Kind(doc.get("kind", "enum"))
        values = (True, False) if kind is Kind.BOOL else tuple(doc.get("values", ()))
        origin = Origin.DERIVED if doc.get("derived") else Origin.FURTHER
        found[path] = FactSpec(path, kind, values, kind is Kind.DATE, origin)
    found[GAP] = FactSpec(GAP, Kind.ENUM, COMPARISON, origin=Origin.DERIVED)
    for path in ("reading.known", "reading.open"):
        found[path] = FactSpec(path, Kind.ENUM, ("one", "other"), origin=Origin.READING)
    return found


SPECS: Mapping[str, FactSpec] = {**vocabulary(), **_own_specs()}


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


class Choices:
    """Small choices made one by one; `below` is given how many there are."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self._below = below

    @classmethod
    def drawn(cls, draw: st.DrawFn) -> "Choices":
        return cls(lambda count: draw(_below(count)))

    def below(self, count: int) -> int:
        return self._below(count) if count > 1 else 0

    def flag(self, *, one_in: int = 2) -> bool:
        return self.below(one_in) == one_in - 1

    def pick(self, values: Sequence[T]) -> T:
        return values[self.below(len(values))]

    def some(self, values: Sequence[T], *, least: int = 1, most: int | None = None) -> list[T]:
        """Some of the values, in their order."""
        kept = list(values)
        count = least + self.below((len(kept) if most is None else most) - least + 1)
        while len(kept) > count:
            del kept[self.below(len(kept))]
        return kept

    def shuffled(self, values: Sequence[T]) -> list[T]:
        rest = list(values)
        return [rest.pop(self.below(len(rest))) for _ in values]


@dataclass(frozen=True)
class Sample:
    """A ruleset as one document, and the facts an incident may state about it."""

    document: Doc
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """A ruleset and an incident over it."""

    document: Doc
    facts: tuple[str, ...]
    incident: Doc
    ruleset: Ruleset = field(compare=False)

    def __str__(self) -> str:
        """What differs between cases, as YAML: it can be read, and pasted into a file."""
        law = {
            section: {key: _bare(item) for key, item in items.items()}
            for section, items in self.document.items()
            if section not in (*FRAME, "facts") and items
        }
        return yaml.safe_dump({**law, "incident": self.incident}, sort_keys=False, width=100)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis shows a failing case."""
        printer.text(f"\n{self}")


def _bare(item: Any) -> Any:
    """An item without its words."""
    if isinstance(item, dict):
        wordy = ("title", "says", "asks", "why", "label", "basis", "rests-on", "regime", "allow")
        return {key: _bare(part) for key, part in item.items() if key not in wordy}
    return [_bare(part) for part in item] if isinstance(item, list | tuple) else item


def ruleset_of(*documents: Mapping[str, Any]) -> Ruleset:
    """A ruleset from plain documents, one per file."""
    files = tuple((f"{number}.yaml", document) for number, document in enumerate(documents))
    return Ruleset(merge(gather_documents(files)))


def model(incident: Doc) -> Incident:
    return Incident.model_validate(incident)


# -- conditions


def palette(path: str) -> list[Any]:
    return list(PALETTE.get(path, SPECS[path].values))


def a_test(c: Choices, path: str) -> Any:
    """A test of one fact that some values pass and some do not."""
    spec = SPECS[path]
    match spec.kind:
        case Kind.BOOL:
            return not c.flag()
        case Kind.DATE:
            form = c.pick(
                ("from", "until", "both", "none", "happened")[: 5 if spec.may_be_never else 3]
            )
            if form in ("none", "happened"):
                return form
            first, last = sorted([c.pick(DAYS), c.pick(DAYS)])
            both = {"from": first, "until": last}
            return both if form == "both" else {form: both[form]}
        case Kind.INTEGER:
            return {c.pick(("from", "until")): 1 + c.below(3)}
        case Kind.LIST:
            form = c.pick(("has", "any", "lacks", "two"))
            if form != "two":
                return {form: c.some(spec.values, most=len(spec.values) - 1)}
            one, two = c.shuffled(spec.values)[:2]
            return {"has": [one], c.pick(("lacks", "any")): [two]}
    chosen = c.some(palette(path), most=min(2, len(spec.values) - 1))
    match c.below(4):
        case 0 if len(chosen) == 1:
            return chosen[0]
        case 3:
            return {"not": chosen if len(chosen) > 1 or c.flag() else chosen[0]}
    return chosen


def a_condition(c: Choices, facts: Sequence[str], names: Sequence[str], depth: int = 1) -> Doc:
    """A condition over some facts and definitions."""
    forms = ["line", "line", "line", "two"] + ["any", "any", "all", "not"] * (depth > 0)
    form = c.pick([*forms, "is"] if names else forms)
    match form:
        case "is":
            return {"is": c.pick(names) if c.flag() else c.some(names)}
        case "not":
            return {"not": a_condition(c, facts, names, depth - 1)}
        case "any" | "all":
            return {form: [a_condition(c, facts, names, depth - 1) for _ in range(2)]}
    paths = [c.pick(facts) for _ in range(1 if form == "line" else 2)]
    return {path: a_test(c, path) for path in paths}


def a_gate(c: Choices, facts: Sequence[str], *, with_conduct: bool) -> Any:
    """What raises a rule (mostly a conduct), or brings up an exception."""
    alternatives = []
    for _ in range(c.pick((1, 1, 1, 2))):
        gate: Doc = {}
        if with_conduct and not c.flag(one_in=4):
            gate["act.conduct"] = a_test(c, "act.conduct")
        if not gate or c.flag(one_in=3):
            path = c.pick(facts)
            gate[path] = a_test(c, path) if c.flag() else "stated"
        alternatives.append(gate)
    return alternatives[0] if len(alternatives) == 1 else alternatives


# -- rulesets


def a_sample(c: Choices, *, asking: bool = False) -> Sample:
    """A small ruleset; `asking`, one that may read an open question anywhere."""
    with_calendar = c.flag(one_in=7)
    with_gap = not with_calendar and c.flag(one_in=6)
    facts = list(dict.fromkeys(c.pick(STATABLE) for _ in range(2 if with_calendar else 4)))
    derived = [path for path in DERIVED if c.flag(one_in=3)]
    readable = [*facts, *derived]
    if asking or c.flag(one_in=3):
        readable.append(c.pick(("reading.known", "reading.open")))
    if with_calendar:
        readable.append("contest.phase")
        facts = list(dict.fromkeys([*facts, *CALENDAR_FACTS]))
    if with_gap:
        readable.append(GAP)
    laws = [path for path in derived if path.startswith("law.")]
    definitions: Doc = {}
    for name in ("first", "second")[: c.below(3)]:
        condition = a_condition(c, readable, list(definitions))
        definitions[name] = {"says": words(name), "when": condition}
    names = list(definitions)
    violations = {
        f"rule/{n}": a_rule(c, facts, readable, names, laws) for n in range(1 + c.below(3))
    }
    document: Doc = {
        **FRAME,
        "facts": {path: {"label": words(path), **doc} for path, doc in OWN_FACTS.items()},
        "definitions": definitions,
        "violations": violations,
        "sanctions": {
            f"row-{n}": a_row(c, list(violations), readable, names) for n in range(c.below(3))
        },
        "transitions": {
            key: doc for path in laws if c.flag() for key, doc in in_turn(c, path).items()
        },
        "constraints": {
            f"impossible-{n}": a_constraint(c, readable, [*facts, *derived], depth=1)
            for n in range(c.pick((0, 0, 1, 2)))
        },
    }
    for path in laws:
        if not any(path in doc["then"] for doc in document["transitions"].values()):
            document["constraints"] |= {
                f"to-{path.split('.')[1]}-{n}": a_constraint(c, facts, [path], depth=0)
                for n in range(c.below(3))
            }
    if "derived.mood" in derived and c.flag():
        document["constraints"]["mood"] = a_constraint(c, facts, ["derived.mood"], depth=0)
    if c.flag(one_in=5):
        document["permissions"] = {"permit/1": a_rule(c, facts, readable, names, laws)}
    if c.flag(one_in=5):
        document["consequences"] = {"follow/1": a_rule(c, facts, readable, names, laws)}
        for row in document["sanctions"].values():
            row["for"] += ["follow/1"] if c.flag() else []
    if with_calendar:
        document["calendars"] = {"calendar": CALENDAR}
    if with_gap:
        gap = {"label": words(GAP), "compare": COMPARED[0], "with": COMPARED[1]}
        document["comparisons"] = {GAP: gap}
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
    dated = ["act.date"] if c.flag() else []
    return Sample(document, tuple(dict.fromkeys(["act.conduct", *facts, *dated])))


def a_rule(
    c: Choices, facts: list[str], readable: list[str], names: list[str], laws: list[str]
) -> Doc:
    needs: Doc = {}
    for number in range(1 + c.below(2)):
        condition = a_condition(c, readable, names)
        form = c.below(4 if names else 2)
        worded = {"says": words("element"), "when": condition, "basis": ["reg-a/3"]}
        needs[f"element-{number}"] = (condition, worded)[form] if form < 2 else c.pick(names)
    rule: Doc = {
        "title": words("rule"),
        "norm": c.some(list(PROVISIONS)),
        "raised-by": a_gate(c, facts, with_conduct=True),
        "needs": needs,
        "unless": {},
    }
    if laws and c.flag():
        path = c.pick(laws)
        rule["under"] = {path: a_test(c, path)}
    if c.flag(one_in=4):
        rule["scope"] = c.pick(("act", "subject"))
    for number in range(c.pick((0, 1, 1, 2))):
        exception: Doc = {
            "says": words("exception"),
            "basis": ["reg-a/2"],
            "when": a_condition(c, readable, names),
        }
        if c.flag(one_in=3):
            exception["but-not"] = a_condition(c, readable, names, 0)
        if c.flag():
            exception["asked-when"] = a_gate(c, facts, with_conduct=False)
        rule["unless"][f"exception-{number}"] = exception
    return rule


def a_row(c: Choices, rules: list[str], readable: list[str], names: list[str]) -> Doc:
    row: Doc = {
        "for": c.some(rules),
        "regime": "ethics",
        "rests-on": "regulation",
        "allow": ["reprimand"],
        "basis": ["reg-a/1", "reg-a/3"],
    }
    if c.flag():
        row["when"] = a_condition(c, readable, names)
    return row


def a_constraint(c: Choices, read: list[str], then: list[str], *, depth: int) -> Doc:
    path = c.pick(then)
    when = a_condition(c, read, (), depth)
    return {"says": words("constraint"), "when": when, "then": {path: a_test(c, path)}}


def in_turn(c: Choices, path: str) -> Doc:
    """Transitions that fit together: one body of law until a day, and one from the next on."""
    day = datetime.date.fromisoformat(c.pick(DAYS))
    spans = {"old": {"until": str(day)}, "new": {"from": str(day + _DAY)}}
    return {
        f"to-{path.split('.')[1]}-{name}": {
            "says": words("transition"),
            "when": {"act.date": span},
            "then": {path: a_test(c, path)},
        }
        for name, span in spans.items()
    }


# -- incidents


def a_statement(c: Choices, path: str) -> Any:
    """What an incident states of one fact."""
    spec = SPECS[path]
    match spec.kind:
        case Kind.BOOL:
            return not c.flag()
        case Kind.DATE:
            forms = ("day", "day", "month", "year", "span", "open", "none", "none")
            form = c.pick(forms if spec.may_be_never else forms[:6])
            day = c.pick(DAYS)
            match form:
                case "none":
                    return NEVER
                case "day":
                    return c.pick(_NAMED).isoformat()
                case "month" | "year":
                    return day[: 7 if form == "month" else 4]
                case "open":
                    return {c.pick(("from", "to")): day}
            return dict(zip(("from", "to"), sorted([day, c.pick(DAYS)]), strict=True))
        case Kind.INTEGER:
            return c.below(5)
        case Kind.LIST:
            has = c.some(spec.values, least=0)
            rest = [v for v in spec.values if v not in has]
            if c.flag() or not rest:
                return has
            named = {"has": has, "lacks": c.some(rest, least=0 if has else 1)}
            return {key: value for key, value in named.items() if value}
    values = [*palette(path), *[v for v in spec.values if v not in palette(path)][:1]]
    form = c.pick(("value", "value", "one_of", "not"))
    return c.pick(values) if form == "value" else {form: c.some(values, most=2)}


def an_incident(c: Choices, facts: Sequence[str], *, several: bool = False) -> Doc:
    """An incident that states some of the facts; with `several`, up to two of each part."""
    sizes = (
        [1 + c.below(2), 1 + c.below(2), c.below(3)] if several else [1, 1, c.pick((1, 1, 1, 0))]
    )
    incident: Doc = {
        part: [{"key": f"{part[0]}{n + 1}"} if several else {} for n in range(size)]
        for part, size in zip(PARTS.values(), sizes, strict=True)
    }
    for act in incident["acts"] if several else ():
        if sizes[0] > 1 or c.flag(one_in=4):
            keys = [subject["key"] for subject in incident["subjects"]]
            act["by"] = keys if c.flag(one_in=2) else [c.pick(keys)]
        if sizes[2] and c.flag(one_in=4):
            act["beneficiaries"] = [c.pick(incident["beneficiaries"])["key"]]
    for person in incident["beneficiaries"] if "election" in facts else ():
        if c.flag(one_in=3):
            person["election"] = a_statement(c, "election")
    for place in places(incident, facts):
        if not c.flag(one_in=10 if place[0] == "act.conduct" else 3):
            put(incident, place, a_statement(c, place[0]))
    return incident


def some_evidence(c: Choices, incident: Doc, facts: Sequence[str], *, most: int = 3) -> list[Doc]:
    """Items of evidence over facts of an incident, that agree and contradict."""
    kinds = ("photo", "video", "statement")
    items: list[Doc] = []
    spoken = [place for place in places(incident, facts) if not c.flag(one_in=3)]
    for number in range(1 + c.below(most)):
        shows = {}
        for place in spoken:
            if c.flag(one_in=3):
                continue
            stated = get(incident, place)
            agreeing = stated is not None and c.flag()
            shows[written(incident, place)] = stated if agreeing else a_statement(c, place[0])
        if shows:
            items.append({"key": f"e{number + 1}", "kind": c.pick(kinds), "shows": shows})
    return items


def written(incident: Doc, place: "Place") -> str:
    """A place as evidence names it."""
    path, number = place
    group, *steps = path.split(".")
    if len(incident.get(PARTS.get(group, ""), ())) < 2:
        return path
    return ".".join([f"{PARTS[group]}[{number}]", *steps])


def with_standards(c: Choices, document: Doc) -> Doc:
    """A ruleset in which some elements are held to a standard of evidence."""
    held = copy.deepcopy(document)
    held["standards"] = {
        "one": {"says": words("one"), "at-least": 1, "kinds": ["photo", "video"]},
        "two": {"says": words("two"), "at-least": 2},
    }
    for rule in rules_of(held).values():
        names = [name for name, raw in rule["needs"].items() if reads_a_fact(held, raw)]
        names += raising_element(rule)
        chosen = c.some(names, least=0)
        rule["standard"] = {name: c.pick(("one", "two")) for name in chosen}
    return held


def reads_a_fact(document: Doc, raw: Any) -> bool:
    """Whether an element reads more than readings: else it is refused a standard."""
    lines = Spec(document).lines(needed(raw))
    return any(not path.startswith("reading.") for path, _ in lines)


def raising_element(rule: Doc) -> list[str]:
    """The name of the element that is what raises a rule, if it is one."""
    tests = [gate_tests(gate) for gate in gates(rule["raised-by"])]
    if not all(tests):
        return []
    if {path for test in tests for path in test} != {"act.conduct"}:
        return ["raised-by"]
    conduct = SPECS["act.conduct"]
    passing = [
        v for v in conduct.values if any(passes(conduct, t["act.conduct"], v) for t in tests)
    ]
    return ["conduct"] if len(passing) < len(conduct.values) else []


Place = tuple[str, int]
"""A fact, and the number of the subject, act or beneficiary."""


def places(incident: Doc, facts: Sequence[str]) -> list[Place]:
    """Where in an incident something can be stated of these facts."""
    return [
        (path, number)
        for path in facts
        for number in range(len(incident.get(PARTS.get(path.split(".")[0], ""), [None])))
    ]


def _steps(place: Place) -> list[Any]:
    path, number = place
    group, *steps = path.split(".")
    if group not in PARTS:
        return path.split(".")
    further = [] if path in vocabulary() else ["further"]
    return [PARTS[group], number, *further, *steps]


def put(incident: Doc, place: Place, value: Any) -> None:
    """Writes one statement at its place."""
    part: Any = incident
    *steps, last = _steps(place)
    for step in steps:
        part = part[step] if isinstance(step, int) else part.setdefault(step, {})
    part[last] = value


def get(incident: Doc, place: Place) -> Any:
    """What is stated at a place, or None."""
    part: Any = incident
    for step in _steps(place):
        part = part[step] if isinstance(step, int) else (part or {}).get(step)
    return part


# -- more information


def a_refinement(c: Choices, incident: Doc, facts: Sequence[str], *, fully: bool = False) -> Doc:
    """The same incident with more information: every fact keeps a part of its possible values.

    With `fully`, every fact has exactly one value left: a completion.
    """
    richer: Doc = copy.deepcopy(incident)
    for place in places(richer, facts):
        if fully or c.flag():
            narrower = narrowed(c, place[0], get(richer, place), fully=fully)
            if narrower is not None:
                put(richer, place, narrower)
    return richer


def narrowed(c: Choices, path: str, stated: Any, *, fully: bool) -> Any:
    """A statement that leaves a part of what `stated` leaves; None where nothing is said."""
    spec = SPECS[path]
    match spec.kind:
        case Kind.DATE:
            if stated == NEVER or (stated is None and spec.may_be_never and c.flag()):
                return NEVER
            span = parse_span({"from": 1950, "to": AS_OF} if stated is None else stated)
            days = {max(span.first, datetime.date(1950, 1, 1)), *_NAMED, min(span.last, _NAMED[-1])}
            inside = sorted(d for d in days if span.first <= d <= span.last) or [span.last]
            first = c.pick(inside)
            last = first if fully else c.pick(inside)
            ends = sorted([first.isoformat(), last.isoformat()])
            return dict(zip(("from", "to"), ends, strict=True))
        case Kind.INTEGER:
            return c.below(5) if stated is None else stated
        case Kind.LIST:
            members = spec.values
            subsets = [
                frozenset(str(m) for i, m in enumerate(members) if bits >> i & 1)
                for bits in range(1 << len(members))
            ]
            chosen = c.pick([s for s in subsets if fits_list(s, stated)])
            if fully or not isinstance(stated, dict | None) or c.flag():
                return sorted(chosen)
            has, lacks = [set((stated or {}).get(key, ())) for key in ("has", "lacks")]
            has |= chosen & set(c.some(members, least=0))
            lacks |= set(c.some(members, least=0)) - chosen
            named = {"has": sorted(has), "lacks": sorted(lacks)}
            return {key: value for key, value in named.items() if value} or None
    possible = [v for v in spec.values if fits(v, stated)]
    if not possible:
        return stated
    kept = c.some(possible, most=1 if fully else None)
    return kept[0] if len(kept) == 1 else {"one_of": kept}


# -- bundled rulesets


@cache
def bundled_documents(name: str) -> tuple[Doc, ...]:
    """The files of a bundled ruleset, its base first."""
    documents = tuple(dict(d) for _, d in gather_folder(bundled_rulesets()[name]).documents)
    base = next(d["ruleset"].get("over") for d in documents if "ruleset" in d)
    return (*(bundled_documents(base) if base else ()), *documents)


@cache
def bundled_law(name: str) -> Spec:
    return Spec(*bundled_documents(name))


def a_report(c: Choices, law: Spec, *, complete: bool = False) -> Doc:
    """An incident over the real vocabulary, near one of the rules: it states most of what the
    rule reads, mostly as the rule has it. A complete one states every fact that any rule reads.
    """
    rule = law.rules[c.pick(sorted(law.rules))]
    incident: Doc = {"subjects": [{}], "acts": [{}], "beneficiaries": [{}]}
    wanted: dict[str, Any] = dict.fromkeys((*CALENDAR_FACTS, "act.conduct"))
    if complete:
        wanted |= dict.fromkeys([*sorted(law.tests), *sorted(law.compared)])
    for condition in law.conditions_of(rule):
        wanted |= dict(law.lines(condition))
    world: dict[str, Any] = {}
    for path, test in wanted.items():
        fact = law.facts[path]
        if fact.origin not in (Origin.INCIDENT, Origin.FURTHER):
            continue
        if path.startswith("proceeding.") or path == "report.received_on":
            if complete:
                put(incident, (path, 0), AS_OF)
            continue
        if not complete and c.flag(one_in=6):
            continue
        if path == "beneficiary.stage" and not c.flag(one_in=4):
            continue  # the calendar tells it
        values = law.possible(path, None, datetime.date.fromisoformat(AS_OF), [])
        values = [v for v in values if not isinstance(v, datetime.date) or 1900 < v.year < 2200]
        if not c.flag(one_in=10):
            values = [v for v in values if _lawful(law, {**world, path: v})] or values
        passing = [v for v in values if test is not None and passes(fact, test, v)]
        chosen = [c.pick(passing if passing and not c.flag(one_in=6) else values)]
        if not complete and c.flag(one_in=6):
            chosen.append(c.pick(values))
        else:
            world[path] = chosen[0]
        put(incident, (path, 0), _statement_of(fact, chosen))
    for earlier, later in IN_ORDER:
        first, last = (get(incident, (path, 0)) for path in (earlier, later))
        if isinstance(first, dict) and isinstance(last, dict) and last["to"] < first["from"]:
            put(incident, (later, 0), first)
    return incident


IN_ORDER = (
    ("subject.cltn.in_force_from", "subject.cltn.in_force_until"),
    ("subject.party.joined_on", "subject.party.left_party_on"),
)
"""Dates of which the second is refused before the first."""


def _lawful(law: Spec, world: dict[str, Any]) -> bool:
    """Whether the constraints that read nothing else allow what is stated so far."""
    return all(law.lawful(c, world) for facts, c in law.constraints if facts <= world.keys())


def _statement_of(fact: FactSpec, values: list[Any]) -> Any:
    """One or two values as an incident states them."""
    if NEVER in values and fact.kind is Kind.DATE:
        return NEVER
    match fact.kind:
        case Kind.DATE:
            return {"from": min(values).isoformat(), "to": max(values).isoformat()}
        case Kind.LIST:
            has = frozenset.intersection(*values)
            lacks = frozenset(fact.values) - frozenset.union(*values)
            named = {"has": sorted(has), "lacks": sorted(map(str, lacks))}
            partial = {key: part for key, part in named.items() if part}
            return sorted(values[0]) if len(values) == 1 or not partial else partial
        case Kind.INTEGER:
            return values[0]
    return values[0] if len(set(values)) == 1 else {"one_of": values}


# -- strategies


@st.composite
def reports(draw: st.DrawFn, name: str, *, complete: bool = False) -> Doc:
    """An incident over a bundled ruleset."""
    return a_report(Choices.drawn(draw), bundled_law(name), complete=complete)


@st.composite
def all_readings(draw: st.DrawFn, name: str) -> dict[str, str]:
    """A reading of every computed question of a bundled ruleset."""
    c = Choices.drawn(draw)
    questions = bundled_law(name).law["questions"]
    return {
        key: c.pick(list(question["readings"]))
        for key, question in questions.items()
        if question["kind"] == "computed"
    }


@st.composite
def cases(draw: st.DrawFn, *, several: bool = False, asking: bool = False) -> Decided:
    """A ruleset and an incident over the facts that it reads."""
    c = Choices.drawn(draw)
    sample = a_sample(c, asking=asking)
    incident = an_incident(c, sample.facts, several=several)
    return Decided(sample.document, sample.facts, incident, ruleset_of(sample.document))


@st.composite
def evident_cases(
    draw: st.DrawFn, *, several: bool = False, standards: bool = False, asking: bool = False
) -> Decided:
    """A case with evidence, and perhaps elements that are held to a standard."""
    c = Choices.drawn(draw)
    sample = a_sample(c, asking=asking)
    incident = an_incident(c, sample.facts, several=several)
    evidence = some_evidence(c, incident, sample.facts)
    if evidence:
        incident["evidence"] = evidence
    document = with_standards(c, sample.document) if standards else sample.document
    return Decided(document, sample.facts, incident, ruleset_of(document))


@st.composite
def refined_cases(
    draw: st.DrawFn, *, fully: bool = False, several: bool = False
) -> tuple[Decided, Doc]:
    """A case, and its incident with more information."""
    c = Choices.drawn(draw)
    sample = a_sample(c)
    incident = an_incident(c, sample.facts, several=several)
    richer = a_refinement(c, incident, sample.facts, fully=fully)
    case = Decided(sample.document, sample.facts, incident, ruleset_of(sample.document))
    return case, richer


@st.composite
def alike_cases(draw: st.DrawFn, *, count: int) -> tuple[Decided, list[Doc]]:
    """A case, and incidents over the same facts, of which pairs are nearly alike."""
    c = Choices.drawn(draw)
    sample = a_sample(c)
    first, *others = [an_incident(c, sample.facts, several=True) for _ in range(count)]
    richer = [a_refinement(c, incident, sample.facts) for incident in (first, *others)]
    case = Decided(sample.document, sample.facts, first, ruleset_of(sample.document))
    return case, [*richer, *others, first]


def reordered(c: Choices, value: Any) -> Any:
    """A document with the keys of every mapping in another order."""
    if isinstance(value, dict):
        return {key: reordered(c, value[key]) for key in c.shuffled(list(value))}
    if isinstance(value, list):
        return [reordered(c, part) for part in value]
    return value
