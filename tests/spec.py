"""The plain reference evaluator: what a ruleset says of an incident, straight from the definitions.

Every way in which the incident can be completed is written out as a *world*: one value for every
fact. Worlds that a constraint, a transition or a calendar excludes are dropped; in those that are
left each rule is simply asked. A finding is met if it is met in all of them, not met if in none.

It reads documents and incidents in their plain form (as in a file), uses nothing of the engine,
remembers nothing, and is slow. Values that every test answers alike stand for each other, so that
dates, numbers and long enums stay finite.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, combinations
from typing import Any

from pydantic import BaseModel

from netralitas_rules.facts.leaves import Span, parse_span
from netralitas_rules.facts.space import FactSpec, Kind, Origin, vocabulary
from tests.spec_evidence import Said, among, by_standard, told, weighed

Doc = Mapping[str, Any]
World = dict[str, Any]
Place = tuple[int | None, int | None, int | None]
"""Numbers of a subject, an act and a beneficiary."""
NEVER = "none"
STATUSES = ("not_raised", "not_met", "open", "elements_met", "met")
PROCEEDING = ("examined_on", "proven_on", "decided_on", "decision_received_on")
COMPARISON = ("before", "same_day", "after", "never", "no_reference")
ACT_DATE = "act.date"
_DAY = datetime.timedelta(days=1)
_ENDS = (datetime.date.min, datetime.date.max)


def rules_of(law: Doc) -> Doc:
    """Violations, permissions and consequences by id."""
    sections = ("violations", "permissions", "consequences")
    return {key: rule for section in sections for key, rule in law.get(section, {}).items()}


class Contradiction(Exception):
    """No world is left."""


@dataclass
class Case:
    """What is decided of one subject, act and beneficiary under one rule."""

    status: str
    elements: dict[str, str]
    exceptions: dict[str, str]
    rows: dict[str, str]


@dataclass
class Outcome:
    """Everything decided; parts are known by their place in the incident."""

    findings: dict[tuple[str, int | None, int | None, int | None], Case] = field(
        default_factory=dict
    )
    paths: dict[tuple[int | None, str], str] = field(default_factory=dict)


class Spec:
    """The law of some ruleset files."""

    def __init__(self, *files: Doc, readings: Mapping[str, str] | None = None) -> None:
        self.law: dict[str, dict[str, Any]] = {}
        fixed: dict[str, str] = {}
        for file in files:
            for section, items in file.items():
                self.law.setdefault(section, {}).update(items)
            fixes = file.get("ruleset", {}).get("fixes", {})
            fixed |= {name: fix["reading"] for name, fix in fixes.items()}
        self.taken = fixed | dict(readings or {})
        self.facts = dict(vocabulary())
        for path, doc in self._all("facts"):
            kind = Kind(doc.get("kind", "enum"))
            values = (True, False) if kind is Kind.BOOL else tuple(doc.get("values", ()))
            origin = Origin.DERIVED if doc.get("derived") else Origin.FURTHER
            self.facts[path] = FactSpec(path, kind, values, kind is Kind.DATE, origin)
        for path, _ in self._all("comparisons"):
            self.facts[path] = FactSpec(path, Kind.ENUM, COMPARISON, origin=Origin.DERIVED)
        for name, doc in self._all("questions"):
            if doc["kind"] == "computed":
                path = f"reading.{name}"
                readings_ = tuple(doc["readings"])
                self.facts[path] = FactSpec(path, Kind.ENUM, readings_, origin=Origin.READING)
        constraints = [
            *(doc for section in ("transitions", "constraints") for _, doc in self._all(section)),
            *(c for _, doc in self._all("calendars") for c in calendar_constraints(doc)),
        ]
        self.constraints = [
            ({path for part in ("when", "then") for path, _ in self.lines(c[part])}, c)
            for c in constraints
        ]
        self.rules = rules_of(self.law)
        self.tests: dict[str, list[Any]] = {}
        for path, test in chain.from_iterable(map(self.lines, self._conditions())):
            self.tests.setdefault(path, []).append(test)
        self.constraints = [c for c in self.constraints if not self._only_told(c[1])]
        self.compared = {
            p for _, doc in self._all("comparisons") for p in (doc["compare"], doc["with"])
        }

    def _all(self, section: str) -> Iterable[tuple[str, Any]]:
        return self.law.get(section, {}).items()

    def _only_told(self, constraint: Doc) -> bool:
        """Whether it sets a body of law that no condition goes by: it excludes nothing."""
        conditions = [c for rule in self.rules.values() for c in self.conditions_of(rule)]
        conditions += [row.get("when", {}) for _, row in self._all("sanctions")]
        conditions += [c["when"] for _, c in self.constraints]
        read = {path for condition in conditions for path, _ in self.lines(condition)}
        return all(path.startswith("law.") and path not in read for path in constraint["then"])

    # -- what conditions stand in the law, and which tests in them

    def conditions_of(self, rule: Doc) -> Iterator[Doc]:
        """Every condition that stands in a rule."""
        yield rule.get("under", {})
        yield from map(needed, rule["needs"].values())
        yield from map(tests_of, gates(rule["raised-by"]))
        for exception in rule.get("unless", {}).values():
            yield exception["when"]
            yield exception.get("but-not", {})
            yield from map(tests_of, gates(exception.get("asked-when", [])))

    def _conditions(self) -> Iterator[Doc]:
        for rule in self.rules.values():
            yield from self.conditions_of(rule)
        for _, row in self._all("sanctions"):
            yield row.get("when", {})
        for _, constraint in self.constraints:
            yield constraint["when"]
            yield constraint["then"]

    def lines(self, condition: Doc) -> Iterator[tuple[str, Any]]:
        """The tests of a condition with the facts they read, through definitions too."""
        for key, value in condition.items():
            match key:
                case "all" | "any":
                    yield from chain.from_iterable(map(self.lines, value))
                case "not":
                    yield from self.lines(value)
                case "is":
                    for name in value if isinstance(value, list) else [value]:
                        yield from self.lines(self.law["definitions"][name]["when"])
                case _:
                    yield key, value

    # -- worlds

    def worlds(self, stated: Doc, *, bound: datetime.date = datetime.date.max) -> list[World]:
        """Every completion of what is stated. Raises `Contradiction` where there is none."""
        comparisons = dict(self._all("comparisons"))
        spans = [span for path in self.compared for span in spans_in(stated.get(path))]
        ends = [bound, *(d for span in spans for d in (span.first, span.last))]
        paths = self.tests.keys() | stated.keys() | {ACT_DATE, *self.compared}
        derived = [p for p in paths if self.facts[p].origin is Origin.DERIVED]
        free = [*sorted(paths.difference(derived)), *sorted({*derived} - {*comparisons})]
        found: list[World] = [{}]
        for path in [*free, *comparisons]:
            if path in comparisons:
                doc = comparisons[path]
                for world in found:
                    world[path] = compared(world[doc["compare"]], world[doc["with"]])
            else:
                values = self.possible(path, stated.get(path), bound, ends)
                found = [{**world, path: value} for world in found for value in values]
            for facts, constraint in self.constraints:
                if path in facts and found and facts <= found[0].keys():
                    found = [w for w in found if self.lawful(constraint, w)]
        if not found:
            raise Contradiction
        return found

    def lawful(self, constraint: Doc, world: World) -> bool:
        return not self.holds(constraint["when"], world) or self.holds(constraint["then"], world)

    def possible(
        self, path: str, stated: Any, bound: datetime.date, ends: list[datetime.date]
    ) -> list[Any]:
        """The values of a fact that are still possible, one of each kind that tests tell apart.

        Dates that are compared are told apart by more than tests: they share all their days.
        """
        fact = self.facts[path]
        tests = self.tests.get(path, [])
        if path == ACT_DATE:
            tests = [*tests, *self._days_of_norms()]
        match fact.kind:
            case Kind.DATE:
                last = bound if path == ACT_DATE else datetime.date.max
                if path in self.compared:
                    pooled = chain.from_iterable(self.tests.get(p, []) for p in self.compared)
                    return dates(fact, stated, [*days_in(pooled), *ends], last)
                values = dates(fact, stated, days_in(tests), last)
            case Kind.INTEGER:
                edges = {n for t in tests for n in t.values()} or {0}
                near = sorted({n + step for n in edges for step in (-1, 0, 1)} | {*told(stated)})
                values = among(near, stated, lambda v, s: bool(v == s))
            case Kind.LIST:
                members = [str(member) for member in fact.values]
                sizes = range(len(members) + 1)
                sets = (frozenset(c) for n in sizes for c in combinations(members, n))
                values = among([*sets], stated, fits_list)
            case _:
                values = among([*fact.values], stated, fits)
        if fact.origin is Origin.READING:
            name = path.removeprefix("reading.")
            taken = self.taken.get(name, self.law["questions"][name].get("default"))
            values = values if taken is None else [taken]
        return list({tuple(passes(fact, t, v) for t in tests): v for v in values}.values())

    def _days_of_norms(self) -> list[Doc]:
        """Tests that tell apart the days on which norms and the law of sanctions hold."""
        norms = {norm for rule in self.rules.values() for norm in rule["norm"]}
        norms |= {name for _, row in self._all("sanctions") for name in row["basis"]}
        norms |= {name for _, kind in self._all("kinds") for name in kind.get("basis", ())}
        spans = [dict(zip(("from", "until"), self.validity(n), strict=True)) for n in sorted(norms)]
        return [{k: day for k, day in span.items() if day} for span in spans if any(span.values())]

    def holds(self, condition: Doc, world: World) -> bool:
        """Whether every line of a condition holds in a world."""
        return all(self._line(key, value, world) for key, value in condition.items())

    def _line(self, key: str, value: Any, world: World) -> bool:
        match key:
            case "all":
                return all(self.holds(part, world) for part in value)
            case "any":
                return any(self.holds(part, world) for part in value)
            case "not":
                return not self.holds(value, world)
            case "is":
                names = value if isinstance(value, list) else [value]
                return all(self.holds(self.law["definitions"][n]["when"], world) for n in names)
        return passes(self.facts[key], value, world[key])

    # -- rules

    def validity(self, provision: str) -> tuple[str | None, str | None]:
        """First and last day of a provision, inside those of its instrument."""
        docs = (
            self.law["provisions"][provision].get("valid", {}),
            self.law["instruments"][provision.split("/")[0]].get("valid", {}),
        )
        firsts, lasts = ([doc[k] for doc in docs if k in doc] for k in ("from", "until"))
        return max(firsts, default=None), min(lasts, default=None)

    def governs(self, rule: Doc, world: World) -> bool:
        """Its body of law, and some norm of it: in force on the day of the act, or on another."""
        if not self.holds(rule.get("under", {}), world):
            return False
        return self.in_force(rule["norm"], world)

    def in_force(self, cited: list[str], world: World) -> bool:
        """Some of the provisions is in force on the day of the act, or goes by another day."""
        day = world[ACT_DATE].isoformat()
        for name in cited:
            first, last = self.validity(name)
            if self.law["provisions"][name].get("governs", "act") != "act" or (
                (first is None or first <= day) and (last is None or day <= last)
            ):
                return True
        return False

    def follows(self, row: Doc, world: World) -> bool:
        """The row's own condition holds, and some law bears it."""
        return self.holds(row.get("when", {}), world) and self.in_force(row["basis"], world)

    def opened(self, gates_: Any, stated: Doc, world: World) -> bool:
        """Closed-world: some gate whose facts are all stated, with values it allows."""
        return any(
            gate.keys() <= stated.keys() and self.holds(tests_of(gate), world)
            for gate in gates(gates_)
        )

    def excused(self, exception: Doc, stated: Doc, world: World) -> bool:
        """Whether an exception applies: asked about, its case given, not taken back."""
        asked = "asked-when" not in exception or self.opened(exception["asked-when"], stated, world)
        taken_back = "but-not" in exception and self.holds(exception["but-not"], world)
        return asked and self.holds(exception["when"], world) and not taken_back

    def case(self, rule_id: str, stated: Doc, worlds: list[World], *, proven: bool = True) -> Case:
        """One rule over all worlds; what falls below a standard is as if one more world were
        possible, in which the element fails.
        """
        every = len(worlds) + (not proven)
        rule = self.rules[rule_id]
        governed = [w for w in worlds if self.governs(rule, w)]
        raised = [w for w in governed if self.opened(rule["raised-by"], stated, w)]
        needs = {name: needed(raw) for name, raw in rule["needs"].items()}
        unless = rule.get("unless", {})
        complete = [w for w in raised if all(self.holds(n, w) for n in needs.values())]
        met = [w for w in complete if not any(self.excused(e, stated, w) for e in unless.values())]
        if not raised:
            status = "not_raised"
        elif len(met) == every:
            status = "met"
        elif not met:
            status = "not_met"
        else:
            status = "elements_met" if len(complete) == every else "open"
        rows = {}
        for row_id, row in self._all("sanctions"):
            breached = rule["norm"] if rule_id in self.law["violations"] else ()
            if {rule_id, *breached} & {*row["for"]}:
                both = [w for w in met if self.follows(row, w)]
                if both:
                    rows[row_id] = "follows" if len(both) == every else "may_follow"
        return Case(
            status,
            {name: over(self.holds(n, w) for w in governed) for name, n in needs.items()},
            {
                name: over(self.excused(e, stated, w) for w in governed)
                for name, e in unless.items()
            },
            rows,
        )

    # -- incidents

    def stated(self, incident: Doc, subject: Doc, act: Doc, beneficiary: Doc | None) -> World:
        """What an incident states, by path of the fact."""
        parts = {"subject": subject, "act": act, "beneficiary": beneficiary or {}}
        found: World = {}
        for path, fact in self.facts.items():
            if fact.origin not in (Origin.INCIDENT, Origin.FURTHER):
                continue
            group, *steps = path.split(".")
            if group not in parts:
                steps = [group, *steps]
            part: Any = parts.get(group, incident)
            for step in steps if fact.origin is Origin.INCIDENT else ["further", *steps]:
                part = (part or {}).get(step)
            if part is not None:
                found[path] = part
        if beneficiary and beneficiary.get("election") is not None:
            found["election"] = beneficiary["election"]
        return found

    def decide(self, incident: Doc | BaseModel, *, as_of: str) -> Outcome:
        """Findings and paths. Raises `Contradiction`."""
        if isinstance(incident, BaseModel):
            incident = incident.model_dump(mode="json", exclude_unset=True, exclude_none=True)
        whole, incident = incident, weighed(incident)
        bound = latest_day(incident, as_of)
        subjects, people = incident["subjects"], incident.get("beneficiaries", ())
        outcome = Outcome()
        acts: list[tuple[int | None, Doc]] = [*enumerate(incident.get("acts", ()))]
        acts = acts or [(None, {})]
        for act_index, act in acts:
            for subject in chosen(act.get("by"), subjects):
                for person in [*chosen(act.get("beneficiaries"), people)] or (None,):
                    whom = None if person is None else people[person]
                    stated = self.stated(incident, subjects[subject], act, whom)
                    worlds = self.worlds(stated, bound=bound)
                    at = (subject, act_index, person)
                    for rule_id in self.rules:
                        case = self.case(rule_id, stated, worlds, proven=True)
                        if case.status != "not_raised" and not self.reaches(
                            rule_id, whole, at, as_of
                        ):
                            case = self.case(rule_id, stated, worlds, proven=False)
                        if case.status != "not_raised":
                            self._note(outcome, rule_id, (subject, act_index, person), case)
        return outcome

    def reaches(self, rule_id: str, incident: Doc, at: Place, as_of: str) -> bool:
        """Whether every element of a rule that has a standard reaches it: its condition holds in
        every completion of what so many items of evidence show, and of nothing else.
        """
        rule = self.rules[rule_id]
        for element, name in rule.get("standard", {}).items():
            standard = self.law["standards"][name]
            shown = by_standard(incident, standard)
            if shown is None:
                return False
            subject, act, person = at
            stated = self.stated(
                shown,
                shown["subjects"][subject or 0],
                {} if act is None else shown["acts"][act],
                None if person is None else shown["beneficiaries"][person],
            )
            condition = (
                needed(rule["needs"][element]) if element in rule["needs"] else raising(rule)
            )
            worlds = self.worlds(stated, bound=latest_day(shown, as_of))
            if not all(self.holds(condition, world) for world in worlds):
                return False
        return True

    def scoped(self, rule_id: str, at: Place) -> Place:
        """A place as the rule's scope sees it: per subject, per act too, per beneficiary too."""
        scope = self.rules[rule_id].get("scope", "beneficiary")
        subject, act, person = at
        return (
            subject,
            None if scope == "subject" else act,
            person if scope == "beneficiary" else None,
        )

    def _note(self, outcome: Outcome, rule_id: str, at: Place, case: Case) -> None:
        """One finding per what the rule's scope says: the most established counts, and of every
        row the strongest.
        """
        key = (rule_id, *self.scoped(rule_id, at))
        other = outcome.findings.get(key)
        if other is not None:
            strongest = max((other, case), key=lambda c: STATUSES.index(c.status))
            certain = [*other.rows.items(), *case.rows.items()]
            rows = dict(sorted(certain, key=lambda row: row[1] == "follows"))
            outcome.findings[key] = replace(strongest, rows=rows)
        else:
            outcome.findings[key] = case
        if rule_id not in self.law.get("permissions", {}):
            for row, status in case.rows.items():
                if outcome.paths.get((at[0], row)) != "follows":
                    outcome.paths[at[0], row] = status

    def row(self, facts: Doc) -> dict[str, str]:
        """Status of every rule raised for one row of facts (`Ruleset.statuses`)."""
        subject, act = facts.get("subject", {}), facts.get("act", {})
        stated = self.stated(facts, subject, act, facts.get("beneficiary"))
        worlds = self.worlds(stated)
        cases = {
            rule_id: self.case(
                rule_id, stated, worlds, proven=not self.rules[rule_id].get("standard")
            ).status
            for rule_id in self.rules
        }
        return {rule_id: status for rule_id, status in cases.items() if status != "not_raised"}


def over(answers: Iterable[bool]) -> str:
    """One answer over all worlds."""
    seen = set()
    for answer in answers:
        seen.add(answer)
        if len(seen) > 1:
            return "open"
    return "met" if seen == {True} else "not_met"


def needed(raw: str | Doc) -> Doc:
    """The condition of an element: a definition's name, with words, or bare."""
    if isinstance(raw, str):
        return {"is": raw}
    found: Doc = raw.get("when", raw)
    return found


def gates(raw: Any) -> list[Doc]:
    return raw if isinstance(raw, list) else [raw]


def raising(rule: Doc) -> Doc:
    """What raises a rule by its value, as an element."""
    return {"any": [tests_of(gate) for gate in gates(rule["raised-by"])]}


def tests_of(gate: Doc) -> Doc:
    return {path: test for path, test in gate.items() if test != "stated"}


def passes(fact: FactSpec, test: Any, value: Any) -> bool:
    """Whether a value passes the test of one line."""
    if fact.kind in (Kind.DATE, Kind.INTEGER):
        if not isinstance(test, dict):
            return (value == NEVER) == (test == NEVER)  # else `happened`
        shown = value.isoformat() if isinstance(value, datetime.date) else value
        return value != NEVER and (
            test.get("from", shown) <= shown and shown <= test.get("until", shown)
        )
    if fact.kind is Kind.LIST:
        return (
            set(test.get("has", ())) <= value
            and ("any" not in test or bool(set(test["any"]) & value))
            and not set(test.get("lacks", ())) & value
        )
    if isinstance(test, dict):
        return not passes(fact, test["not"], value)
    return value in test if isinstance(test, list) else bool(value == test)


def spans_in(stated: Any) -> list[Span]:
    """The spans of days that accounts of a date state."""
    return [parse_span(one) for one in told(stated) if one != NEVER]


def fits_date(value: Any, stated: Any) -> bool:
    """Whether a day (or `none`) is one of those that a statement leaves possible."""
    if NEVER in (value, stated):
        return bool(value == stated)
    span = parse_span(stated)
    return span.first <= value <= span.last


def fits(value: Any, stated: Any) -> bool:
    """Whether a value is one of those that a statement leaves possible."""
    match stated:
        case None:
            return True
        case {"one_of": values}:
            return value in values
        case {"not": values}:
            return value not in values
    return bool(value == stated)


def fits_list(members: frozenset[str], stated: Any) -> bool:
    match stated:
        case None:
            return True
        case dict():
            return set(stated.get("has", ())) <= members and not (
                set(stated.get("lacks", ())) & members
            )
    return members == set(stated)


def dates(
    fact: FactSpec, stated: Any, named: Iterable[datetime.date], last: datetime.date
) -> list[Any]:
    """Possible days around every day that is named, and `none` where it may not have happened."""
    if isinstance(stated, Said):
        ends = [day for span in spans_in(stated) for day in (span.first, span.last)]
        every = dates(fact, None, [*named, *ends, last], datetime.date.max)
        left = stated.left(every, fits_date)
        return [day for day in left if day == NEVER or day <= last]
    if stated == NEVER:
        return [NEVER]
    span = Span(*_ENDS) if stated is None else parse_span(stated)
    days = {span.first, min(span.last, last)}
    for day in named:
        days |= {day, *(day + step for step in (-_DAY, _DAY) if day not in _ENDS)}
    found: list[Any] = [d for d in sorted(days) if span.first <= d <= min(span.last, last)]
    return [*found, NEVER] if stated is None and fact.may_be_never else found


def days_in(tests: Iterable[Any]) -> list[datetime.date]:
    bounds = [day for test in tests if isinstance(test, dict) for day in test.values()]
    return [datetime.date.fromisoformat(day) for day in bounds]


def compared(first: Any, second: Any) -> str:
    """How one date lies to another."""
    if first == NEVER:
        return "never"
    if second == NEVER:
        return "no_reference"
    return "same_day" if first == second else "before" if first < second else "after"


def latest_day(incident: Doc, as_of: str) -> datetime.date:
    """An act lies before its report, its examination, its decision, and the day of asking."""
    proceeding = incident.get("proceeding", {})
    stated = [
        incident.get("report", {}).get("received_on"),
        *(proceeding.get(k) for k in PROCEEDING),
    ]
    found = [datetime.date.fromisoformat(as_of)]
    for date in stated:
        if isinstance(date, Said):
            days = [day for span in spans_in(date) for day in (span.first, span.last)]
            left = date.left([*days, datetime.date.max, NEVER], fits_date)
            found += [] if NEVER in left else [max(left)]
        elif date not in (None, NEVER):
            found.append(parse_span(date).last)
    return min(found)


def chosen(keys: Iterable[str] | None, parts: Iterable[Doc]) -> list[int]:
    """Places of the parts that an act names, or of all."""
    places = {part.get("key"): i for i, part in enumerate(parts)}
    return list(range(len(list(parts)))) if keys is None else [places[key] for key in keys]


def calendar_constraints(calendar: Doc) -> Iterator[Doc]:
    """A calendar as plain constraints: a whole one, one without the quiet period, or one of which
    only the month of the vote is held.
    """
    for contest in calendar["contests"].values():
        for days, more, fact, values in contest_lines(contest):
            condition = {
                "act.date": days,
                "election": calendar["election"],
                "beneficiary.office": contest["offices"],
                **more,
            }
            yield {"when": condition, "then": {fact: values}}


def contest_lines(contest: Doc) -> Iterator[tuple[Doc, Doc, str, Any]]:
    """Days, what else must hold, and what then follows."""
    stage, phase = "beneficiary.stage", "contest.phase"
    if "determination" not in contest:
        assert contest.keys() == {"offices", "vote"}
        month = parse_span(contest["vote"])
        first, last = month.first, month.last
        early = ["before_determination", "determined", "campaign", "quiet"]
        yield {"until": (first - _DAY).isoformat()}, {}, phase, early
        yield on(first), {}, phase, [*early, "vote"]
        yield on(last), {}, phase, ["vote", "after_vote"]
        yield {"from": (last + _DAY).isoformat()}, {}, phase, "after_vote"
        yield {"from": last.isoformat()}, {}, stage, "candidate"
        return
    day = datetime.date.fromisoformat(contest["determination"])
    eve, morrow = (day - _DAY).isoformat(), (day + _DAY).isoformat()
    opening = datetime.date.fromisoformat(contest["campaign"]["from"]) - _DAY
    after = datetime.date.fromisoformat(contest["vote"]) + _DAY
    yield {"until": eve}, {}, stage, "prospective"
    yield {"from": morrow}, {}, stage, "candidate"
    yield {"until": eve}, {}, phase, "before_determination"
    yield on(day), {}, phase, ["before_determination", "determined"]
    yield on(day), {stage: "prospective"}, phase, "before_determination"
    yield on(day), {stage: "candidate"}, phase, "determined"
    yield {"from": morrow, "until": opening.isoformat()}, {}, phase, "determined"
    yield contest["campaign"], {}, phase, "campaign"
    if "quiet" in contest:
        yield contest["quiet"], {}, phase, "quiet"
    yield on(datetime.date.fromisoformat(contest["vote"])), {}, phase, "vote"
    yield {"from": after.isoformat()}, {}, phase, "after_vote"


def on(day: datetime.date) -> Doc:
    return {"from": day.isoformat(), "until": day.isoformat()}
