"""The shape of the section `procedures` of a ruleset."""

from typing import Annotated

from pydantic import Field, WithJsonSchema

from netralitas_rules.facts.record_vocabulary import (
    CaseRegime,
    Office,
    Reason,
    RecordStep,
    TeamMember,
)
from netralitas_rules.facts.vocabulary import ReportChannel, SubjectStatus
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.law.procedures import Circumstance, DayOf, Duty, Form, Severity
from netralitas_rules.loading.document_parts import Basis, Doc, Id, Name, TextDoc, whole

Flag = Annotated[bool, Field(strict=True)]
Nth = Annotated[
    int,
    whole(range(1, 3), "1 or 2: the first of several records, or those after it"),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 2}),
]
Least = Annotated[
    int,
    whole(range(1, 100), "a whole number from 1 to 99"),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 99}),
]


class DemandDoc(Doc):
    says: TextDoc
    basis: Basis
    if_not: Severity = Field(default=Severity.DEFECT, alias="if-not")


class FormDoc(DemandDoc):
    at_least: Least | None = Field(default=None, alias="at-least")
    question: Name | None = None
    readings: dict[Name, Least] = {}
    above: Least | None = None
    elements: list[Annotated[list[TeamMember], Field(min_length=1)]] = []


class ReasonDoc(DemandDoc):
    when: Circumstance | None = None


class LimitDoc(Doc):
    deadline: Id
    from_: Name | None = Field(default=None, alias="from")
    from_day: DayOf = Field(default=DayOf.DATE, alias="from-day")
    day: DayOf = DayOf.DATE
    unless: Circumstance | None = None


class ExcusedDoc(Doc):
    when: Circumstance
    basis: Basis


class ByReadingDoc(Doc):
    question: Name
    readings: Annotated[dict[Name, list[Office]], Field(min_length=1)]


class StepDoc(Doc):
    says: TextDoc
    record: RecordStep
    nth: Nth | None = None
    made_by: list[Office] = Field(default=[], alias="made-by")
    bodies: list[ReportChannel] = []
    regimes: list[CaseRegime] = []
    acts_on: Name | None = Field(default=None, alias="acts-on")
    by: list[Office] = []
    by_reading: ByReadingDoc | None = Field(default=None, alias="by-reading")
    or_designated: Flag = Field(default=False, alias="or-designated")
    by_authority: Flag = Field(default=False, alias="by-authority")
    duty: Duty
    levels: list[Level] = []
    when: Circumstance | None = None
    excused: ExcusedDoc | None = None
    after: list[Name] = []
    not_before: dict[Name, DayOf] = Field(default={}, alias="not-before")
    limits: list[LimitDoc] = []
    forms: dict[Form, FormDoc] = {}
    if_missing: Severity = Field(default=Severity.DEFECT, alias="if-missing")
    basis: Basis


class InactionDoc(DemandDoc):
    after: RecordStep
    by: list[Office] = []
    expects: Annotated[list[Name], Field(min_length=1)]
    shown_by: list[RecordStep] = Field(default=[], alias="shown-by")


class BorrowedDoc(Doc):
    """Steps of another procedure, and by what provisions they are taken over."""

    procedure: Id
    steps: Annotated[list[Name], Field(min_length=1)]
    basis: Basis


class EarlierDoc(BorrowedDoc):
    """Those steps where such a record lies before the first day of the procedure's law."""

    record: RecordStep


class ProcedureDoc(Doc):
    says: TextDoc
    regime: Regime
    regulation: Id
    statuses: Annotated[list[SubjectStatus], Field(min_length=1)]
    kinds: list[Name] = []
    basis: Basis
    follows: BorrowedDoc | None = None
    steps: dict[Name, StepDoc] = {}
    reasons: dict[Reason, ReasonDoc] = {}
    inaction: dict[Name, InactionDoc] = {}
    once: DemandDoc | None = None
    one_kind: DemandDoc | None = Field(default=None, alias="one-kind")
    earlier: EarlierDoc | None = None
    undecided: DemandDoc | None = None
    questions: list[Name] = []
    note: TextDoc | None = None
