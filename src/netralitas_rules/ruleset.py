"""The ruleset: immutable, thread-safe, picklable; decides incidents."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.model import Decision, RulesetRef
from netralitas_rules.engine.bulk import Bulk
from netralitas_rules.engine.evaluate import Evaluator
from netralitas_rules.engine.frames import FactsRefused, Framer
from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.incident import Incident
from netralitas_rules.facts.space import READING_PREFIX
from netralitas_rules.law.deadlines import DeadlineRule
from netralitas_rules.law.model import NamedList, Provision, Question, Text
from netralitas_rules.loading.calendars import StepPlaces, step_places
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused, shown
from netralitas_rules.loading.gather import Documents, gather_documents
from netralitas_rules.loading.incidents import read_mapping
from netralitas_rules.loading.link import link
from netralitas_rules.loading.merge import Merged, merge
from netralitas_rules.procedure import asking
from netralitas_rules.procedure.deadlines import Deadline
from netralitas_rules.procedure.working_days import Week
from netralitas_rules.refusals import refusal, unknown_reading, unknown_rule

if TYPE_CHECKING:
    from netralitas_rules.analysis.diff_archive import Reports
    from netralitas_rules.analysis.diff_model import RulesetDiff
    from netralitas_rules.case.build import CaseBuilder
    from netralitas_rules.case.model import CaseDecision
    from netralitas_rules.facts.casefile import CaseFile
    from netralitas_rules.inquiry.build import Inquirer
    from netralitas_rules.inquiry.model import Inquiry
    from netralitas_rules.inquiry.whatif import WhatIf
    from netralitas_rules.inquiry.why import Why
    from netralitas_rules.timeline.model import LawDiff, LawOn
    from netralitas_rules.versions.build import VersionsBuilder
    from netralitas_rules.versions.model import Versions


class Ruleset:
    """A linked ruleset. Make one with `netralitas_rules.load`."""

    __slots__ = (
        "_builder",
        "_bulk",
        "_case_builder",
        "_evaluator",
        "_framer",
        "_inquirer",
        "_merged",
        "_places",
        "_plan",
        "_versions_builder",
        "digest",
    )

    _merged: Merged
    _places: StepPlaces
    _plan: Plan
    _framer: Framer
    _evaluator: Evaluator
    _bulk: Bulk
    _builder: DecisionBuilder
    _versions_builder: "VersionsBuilder | None"
    _inquirer: "Inquirer | None"
    _case_builder: "CaseBuilder | None"
    digest: str

    def __init__(self, merged: Merged, places: StepPlaces | None = None) -> None:
        plan = link(merged)
        framer, evaluator = Framer(plan), Evaluator(plan)
        values = {
            "_merged": merged,
            "_places": places or step_places(merged.sections["calendars"].values()),
            "_plan": plan,
            "_framer": framer,
            "_evaluator": evaluator,
            "_bulk": Bulk(plan, framer, evaluator),
            "_versions_builder": None,
            "_inquirer": None,
            "_case_builder": None,
            "digest": merged.digest,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)
        reference = RulesetRef(self.name, self.version, self.digest)
        builder = DecisionBuilder(reference, plan, framer, evaluator)
        object.__setattr__(self, "_builder", builder)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a ruleset does not change; load another one")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a ruleset does not change; load another one")

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._places, *(layer.documents for layer in self._merged.layers))

    def __repr__(self) -> str:
        return f"<Ruleset {self.name} {self.version} {self.digest[:12]}>"

    @property
    def name(self) -> str:
        return self._merged.manifest.name

    @property
    def version(self) -> str:
        """Version of the ruleset, its base behind a `+` where it is an overlay."""
        return "+".join(layer.manifest.version for layer in reversed(self._merged.layers))

    @property
    def title(self) -> Text:
        title = self._merged.manifest.title
        return Text(title.id, title.en)

    @property
    def provisions(self) -> Mapping[str, Provision]:
        """Every provision by id."""
        return self._plan.provisions

    @property
    def questions(self) -> Mapping[str, Question]:
        """Every open question by id, with the reading taken."""
        return self._plan.questions

    @property
    def lists(self) -> Mapping[str, NamedList]:
        """Every named list by id."""
        return self._plan.lists

    @property
    def deadlines(self) -> Mapping[str, DeadlineRule]:
        """Every deadline by id, as the law states it."""
        return self._plan.deadlines

    @property
    def rules(self) -> Mapping[str, Text]:
        """Titles of violations, permissions and consequences by id."""
        return {rule.id: rule.title for rule in self._plan.rules}

    @property
    def own(self) -> frozenset[str]:
        """Ids of what this ruleset states itself; of an overlay not what its base states."""
        sections = self._merged.layers[-1].sections.values()
        return frozenset(key for section in sections for key in section)

    @property
    def merged(self) -> Merged:
        """The documents it was made of, each with its place; without places where it was unpickled.
        Their shape may change between versions of the library.
        """
        return self._merged

    @property
    def plan(self) -> Plan:
        """The compiled form; its shape may change between versions of the library."""
        return self._plan

    def decide(
        self,
        incident: Incident,
        *,
        as_of: datetime.date | str,
        readings: Mapping[str, str] | None = None,
    ) -> Decision:
        """The decision on an incident.

        `as_of` is the day on which it is asked: no act lies after it, and it stands for the date
        of the decision where the incident states none. `readings` takes other readings of
        computed questions than the ruleset's own, by question id.

        Raises `Refused` where the facts contradict each other or name something unknown.
        """
        day = _day(as_of, "as_of")
        try:
            return self._builder.decide(incident, as_of=day, chosen=self._chosen(readings or {}))
        except FactsRefused as error:
            raise refusal(error, self._plan, self._places) from None

    def decide_case(
        self,
        case: "CaseFile",
        *,
        as_of: datetime.date | str,
        readings: Mapping[str, str] | None = None,
        cross_check: bool = False,
        joint_leave: Iterable[datetime.date | str] = (),
        week: Week | str = Week.FIVE_DAYS,
    ) -> "CaseDecision":
        """The decision on one person's whole file: every matter, all regimes side by side, repeats,
        and what is to be looked at.

        `cross_check` asks a second engine (durable-rules, in a process of its own; needs the extra
        `durable`) what follows from the record, and the decision says how it answered. Days are
        counted with `joint_leave` and `week` as in `deadline`, which needs the extra `deadlines`.

        Facts that cannot be are findings of the case. Raises `Refused` for unknown readings and for
        a file with too many records, and `EnginesDisagree` where the second engine answers
        otherwise.
        """
        day, chosen = _day(as_of, "as_of"), self._chosen(readings or {})
        return self._cases.decide(
            case,
            as_of=day,
            chosen=chosen,
            cross_checked=cross_check,
            joint_leave=[_day(one, "joint_leave") for one in joint_leave],
            week=Week(week),
        )

    def inquire(
        self,
        incident: Incident,
        *,
        as_of: datetime.date | str,
        readings: Mapping[str, str] | None = None,
        without: Collection[str] = (),
        in_law: bool = True,
    ) -> "Inquiry":
        """What would settle an incident: the smallest sets of facts, what to ask next, what every
        reading of the law gives, and what was stated and not read (these two where `in_law`).

        Of the places `without` (as `NextQuestion.place` has them) nobody knows more: they are not
        asked for. Other arguments and errors as of `decide`.
        """
        day, chosen = _day(as_of, "as_of"), self._chosen(readings or {})
        try:
            return self._inquiries.inquire(
                incident, as_of=day, chosen=chosen, without=without, in_law=in_law
            )
        except FactsRefused as error:
            raise refusal(error, self._plan, self._places) from None

    def why(
        self,
        incident: Incident,
        rule: str,
        *,
        as_of: datetime.date | str,
        readings: Mapping[str, str] | None = None,
    ) -> "Why":
        """Why a violation (permission, consequence) is met or not, and the smallest changes of
        facts that would make it otherwise.

        Other arguments and errors as of `decide`; `Refused` too where there is no such rule.
        """
        from netralitas_rules.inquiry.why import Asker

        rules = {one.id: one for one in self._plan.rules}
        if rule not in rules:
            raise Refused([unknown_rule(rule, rules)])
        day, chosen = _day(as_of, "as_of"), self._chosen(readings or {})
        try:
            return Asker(self._builder).why(rules[rule], incident, as_of=day, chosen=chosen)
        except FactsRefused as error:
            raise refusal(error, self._plan, self._places) from None

    def versions(
        self,
        incident: Incident,
        *,
        as_of: datetime.date | str,
        readings: Mapping[str, str] | None = None,
    ) -> "Versions":
        """What an incident comes to under every body of law in time: which governs and why, what
        the others would give, and whether that is to the person's harm or favour.

        Arguments and errors as of `decide`.
        """
        day = _day(as_of, "as_of")
        try:
            return self._versions.versions(incident, as_of=day, chosen=self._chosen(readings or {}))
        except FactsRefused as error:
            raise refusal(error, self._plan, self._places) from None

    def law_on(self, day: datetime.date | str) -> "LawOn":
        """The law of a day: what was in force, which bodies of law govern an act of that day, what
        the day is in every contest, which rules govern. Raises `Refused` where it is no day.
        """
        from netralitas_rules.timeline.on_day import law_on

        reference = RulesetRef(self.name, self.version, self.digest)
        return law_on(self._plan, self._builder.words, reference, day=_day(day, "day"))

    def law_diff(self, first: datetime.date | str, second: datetime.date | str) -> "LawDiff":
        """What changed from a day to a later one. Raises `Refused` where one is no day, and
        `ValueError` where the second lies before the first.
        """
        from netralitas_rules.timeline.diff import law_diff

        return law_diff(self.law_on(first), self.law_on(second))

    def diff(self, other: "Ruleset", *, archive: "Reports | None" = None) -> "RulesetDiff":
        """What is otherwise in another ruleset (a later version): as it is written, and as it
        decides, with the smallest report that shows each change. `archive` are reports that both
        decide as well.
        """
        from netralitas_rules.analysis.diff import diff

        return diff(self, other, archive=archive)

    def what_if(
        self,
        incident: Incident,
        changes: Mapping[str, Any],
        *,
        as_of: datetime.date | str,
        readings: Mapping[str, str] | None = None,
    ) -> "WhatIf":
        """The decision on an incident beside the one with some facts otherwise: values by path of
        the codebook (`{"act.medium": "press"}`), `unknown` takes a fact out.

        Raises `Refused` for a change that cannot be made, and as `decide` does.
        """
        from netralitas_rules.inquiry.whatif import what_if

        return what_if(self, incident, changes, as_of=as_of, readings=readings)

    def deadline(
        self,
        name: str,
        *,
        on: datetime.date | str,
        joint_leave: Iterable[datetime.date | str] = (),
        week: Week | str = Week.FIVE_DAYS,
        readings: Mapping[str, str] | None = None,
    ) -> Deadline:
        """The deadline `name` that runs from an event on the day `on`.

        `joint_leave` adds days of joint leave (cuti bersama) to those of the ruleset, `week` is
        the working week of the office, `readings` takes readings of the questions that the count
        turns on. Needs the extra `deadlines`. Raises `Refused`.
        """
        return asking.ask(
            self._plan, name, on=on, joint_leave=joint_leave, week=week, readings=readings
        )

    def attach(self, decision: Decision) -> Decision:
        """A stored decision with the words of this ruleset, so that it can be shown again.

        Raises `ValueError` where it was made under another ruleset.
        """
        if decision.ruleset.digest != self.digest:
            raise ValueError(
                f"the decision was made under {decision.ruleset.name} "
                f"{decision.ruleset.version} ({decision.ruleset.digest[:12]}), "
                f"this is {self.name} {self.version} ({self.digest[:12]})"
            )
        copy = replace(decision)
        object.__setattr__(copy, "_words", self._builder.words)
        return copy

    def statuses(self, facts: Mapping[str, Any] | str | bytes) -> dict[str, str]:
        """Status of every rule that one row of facts raises, by rule id.

        For bulk work: `facts` is a plain mapping, or its JSON text, with the keys `subject`,
        `act`, `beneficiary` (and `election`, `proceeding`, ...) as in an incident file, for one
        act and at most one beneficiary. Yes-no facts also take 1 and 0.

        Raises `Refused` for unknown names and values, and for contradictory facts.
        """
        if isinstance(facts, str | bytes):
            facts = read_mapping(facts)
        try:
            return self._bulk.statuses(facts)
        except FactsRefused as error:
            raise refusal(error, self._plan, self._places) from None

    @property
    def _versions(self) -> "VersionsBuilder":
        """Made when first asked for; that two threads may both make it does no harm."""
        found = self._versions_builder
        if found is None:
            from netralitas_rules.versions.build import VersionsBuilder

            found = VersionsBuilder(self._builder)
            object.__setattr__(self, "_versions_builder", found)
        return found

    @property
    def _inquiries(self) -> "Inquirer":
        """Made when first asked for, as `_versions`."""
        found = self._inquirer
        if found is None:
            from netralitas_rules.inquiry.build import Inquirer

            found = Inquirer(self._builder)
            object.__setattr__(self, "_inquirer", found)
        return found

    @property
    def _cases(self) -> "CaseBuilder":
        """Made when first asked for, as `_versions`."""
        found = self._case_builder
        if found is None:
            from netralitas_rules.case.build import CaseBuilder

            found = CaseBuilder(self._builder)
            object.__setattr__(self, "_case_builder", found)
        return found

    def _chosen(self, readings: Mapping[str, str]) -> dict[int, int]:
        """The value of every reading fact that is chosen."""
        found: dict[int, int] = {}
        for question, reading in readings.items():
            fact = self._plan.space.by_path.get(READING_PREFIX + question)
            if fact is None or reading not in fact.bits:
                raise Refused([unknown_reading(self._plan, question, reading)])
            found[fact.index] = fact.bits[reading]
        return found


def _restore(places: StepPlaces, *layers: Documents) -> Ruleset:
    """A ruleset from the contents it was made of (unpickling), and where they stood."""
    return Ruleset(merge(*(gather_documents(documents) for documents in layers)), places)


def _day(value: datetime.date | str, name: str) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused(
            [
                Diagnostic(
                    Code.BAD_DATE,
                    f"{name} is no day",
                    expected="a day (2024-01-31)",
                    found=shown(value),
                )
            ]
        ) from None
