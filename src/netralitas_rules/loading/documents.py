"""The shape of a ruleset file, as pydantic models.

These models check structure only; what ids refer to and what conditions mean is checked when the
documents are linked (`loading.link`). The JSON Schema for editors is generated from them.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from netralitas_rules.facts.space import Kind
from netralitas_rules.facts.vocabulary import EvidenceKind
from netralitas_rules.law.deadlines import Direction, Event, Means
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.law.model import (
    GoverningDate,
    Level,
    Mark,
    QuestionKind,
    Regime,
    RestsOn,
    Scope,
    TextState,
)
from netralitas_rules.loading.case_documents import AuthoritiesDoc, HolderDoc, RemediesDoc
from netralitas_rules.loading.document_parts import (
    VERSION,
    Basis,
    ConditionDoc,
    Doc,
    ElectionId,
    ExactDay,
    Id,
    Name,
    Path,
    SomeDay,
    TextDoc,
    ValidityDoc,
    Written,
    shape,
    whole,
)
from netralitas_rules.loading.history_documents import DerivationDoc
from netralitas_rules.loading.procedure_documents import ProcedureDoc
from netralitas_rules.loading.regime_documents import LadderDoc, RelationDoc

FORMAT = 1


class FixDoc(Doc):
    reading: Name
    from_: ExactDay | None = Field(default=None, alias="from")
    decision: Written
    basis: list[Id] = []


class ResidualDoc(Doc):
    question: Name
    when: ConditionDoc = {}


class ManifestDoc(Doc):
    format: Literal[1]
    name: Name
    version: Annotated[str, StringConstraints(pattern=VERSION)]
    title: TextDoc
    residual: ResidualDoc | None = None
    over: Name | None = None
    prefix: Name | None = None
    fixes: dict[Name, FixDoc] = {}
    replaces: list[Id] = []
    ppk: list[Id] = []


class InstrumentDoc(Doc):
    title: TextDoc
    short: TextDoc
    valid: ValidityDoc = ValidityDoc()


Dates = Annotated[
    list[GoverningDate],
    Field(min_length=1),
    BeforeValidator(
        lambda value: [value] if isinstance(value, str) else value,
        json_schema_input_type=GoverningDate | Annotated[list[GoverningDate], Field(min_length=1)],
    ),
]
"""One date, or several of which one is enough."""


class ProvisionDoc(Doc):
    says: TextDoc
    mark: Mark
    text: TextState
    source: Written
    governs: Dates = [GoverningDate.ACT]
    valid: ValidityDoc | None = None
    cite: TextDoc | None = None


class FactDoc(Doc):
    label: TextDoc
    kind: Kind = Kind.ENUM
    derived: Annotated[bool, Field(strict=True)] = False
    question: TextDoc | None = None
    values: dict[str, TextDoc] = {}


class DefinitionDoc(Doc):
    says: TextDoc
    basis: list[Id] = []
    when: ConditionDoc


class ElementDoc(Doc):
    says: TextDoc
    basis: list[Id] = []
    when: ConditionDoc


def _is_gate(value: Any) -> bool:
    alternatives = value if isinstance(value, list) and value else [value]
    return all(isinstance(alternative, dict) for alternative in alternatives)


GateDoc = Annotated[
    dict[str, Any] | list[dict[str, Any]],
    shape("a mapping of facts, or a list of such mappings", _is_gate),
    WithJsonSchema(
        {
            "anyOf": [
                {"x-ref": "Condition"},
                {"type": "array", "items": {"x-ref": "Condition"}},
            ]
        }
    ),
]


class ExceptionDoc(Doc):
    says: TextDoc
    basis: list[Id] = []
    when: ConditionDoc
    but_not: ConditionDoc | None = Field(default=None, alias="but-not")
    asked_when: GateDoc | None = Field(default=None, alias="asked-when")


class ViolationDoc(Doc):
    title: TextDoc
    under: ConditionDoc = {}
    norm: Annotated[list[Id], Field(min_length=1)]
    scope: Scope = Scope.BENEFICIARY
    raised_by: GateDoc = Field(alias="raised-by")
    needs: Annotated[
        dict[
            Name,
            Annotated[
                str | dict[str, Any],
                shape(
                    "the name of a definition, or a mapping", lambda v: isinstance(v, str | dict)
                ),
                WithJsonSchema(
                    {
                        "anyOf": [
                            {"type": "string"},
                            {"x-ref": "ElementDoc"},
                            {"x-ref": "Condition"},
                        ]
                    }
                ),
            ],
        ],
        Field(min_length=1),
    ]
    unless: dict[Name, ExceptionDoc] = {}
    standard: dict[Name, Id] = {}
    questions: list[Name] = []


class CheckedDoc(ViolationDoc):
    """A permission or a consequence: with what a human still checks."""

    check: TextDoc | None = None


ItemNumber = Annotated[
    int,
    whole(range(1, 101), "a whole number from 1 to 100"),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100}),
]


class StandardDoc(Doc):
    says: TextDoc
    basis: list[Id] = []
    kinds: list[EvidenceKind] = []
    at_least: ItemNumber = Field(alias="at-least")


class EffectiveDoc(Doc):
    end_of_month: Path = Field(alias="end-of-month")


class SanctionDoc(Doc):
    for_: Annotated[list[Id], Field(min_length=1, alias="for")]
    when: ConditionDoc = {}
    regime: Regime
    level: Level | None = None
    rests_on: RestsOn = Field(alias="rests-on")
    allow: Annotated[list[Name], Field(min_length=1)]
    basis: Annotated[list[Id], Field(min_length=1)]
    effective: EffectiveDoc | None = None
    note: TextDoc | None = None
    questions: list[Name] = []


class KindDoc(Doc):
    says: TextDoc
    basis: list[Id] = []


class ReadingDoc(Doc):
    says: TextDoc
    sources: list[Written] = []


class QuestionDoc(Doc):
    kind: QuestionKind
    asks: TextDoc
    readings: Annotated[dict[Name, ReadingDoc], Field(min_length=2)]
    default: Name | None = None
    why: TextDoc
    about: list[Id] = []


class ConstraintDoc(Doc):
    says: TextDoc
    when: ConditionDoc
    then: ConditionDoc
    basis: list[Id] = []


class ComparisonDoc(Doc):
    label: TextDoc
    compare: Path
    with_: Path = Field(alias="with")


class RelatedDoc(Doc):
    rows: Annotated[list[Id], Field(min_length=1)]
    when: ConditionDoc = {}


class ListItemDoc(Doc):
    says: TextDoc
    prospective: list[Id] = []
    candidate: list[Id] = []
    rows: list[Id] = []
    related: RelatedDoc | None = None
    note: TextDoc | None = None


class ListDoc(Doc):
    title: TextDoc
    short: TextDoc
    mark: Mark
    text: TextState
    source: Written
    valid: ValidityDoc = ValidityDoc()
    items: Annotated[list[ListItemDoc], Field(min_length=1)]


class PeriodDoc(Doc):
    from_: ExactDay = Field(alias="from")
    until: ExactDay


class StepsDoc(Doc):
    """The provisions of single steps, where they are others than those of the calendar."""

    registration: Basis | None = None
    determination: Basis | None = None
    campaign: Basis | None = None
    quiet: Basis | None = None
    vote: Basis | None = None


class ContestDoc(Doc):
    offices: Annotated[list[str], Field(min_length=1)]
    registration: PeriodDoc | None = None
    determination: SomeDay | None = None
    campaign: PeriodDoc | None = None
    quiet: PeriodDoc | None = None
    vote: SomeDay | None = None
    basis: StepsDoc = StepsDoc()


class CalendarDoc(Doc):
    title: TextDoc
    election: str
    territory: TextDoc | None = None
    basis: Basis
    contests: Annotated[dict[Name, ContestDoc], Field(min_length=1)]


class ElectionDoc(Doc):
    label: TextDoc


DayNumber = Annotated[
    int,
    whole(range(1, 367), "a whole number from 1 to 366"),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 366}),
]
HourNumber = Annotated[
    int,
    whole(range(24, 241, 24), "whole days in hours: 24, 48, and so on to 240"),
    WithJsonSchema({"type": "integer", "minimum": 24, "maximum": 240, "multipleOf": 24}),
]


class CountDoc(Doc):
    days: DayNumber | None = None
    working_days: DayNumber | None = Field(default=None, alias="working-days")
    then_days: DayNumber | None = Field(default=None, alias="then-days")


class DeadlineDoc(CountDoc):
    says: TextDoc
    hours: HourNumber | None = None
    from_: Event = Field(alias="from")
    means: Means = Means.LAST_DAY
    direction: Direction = Direction.AFTER
    first_day: Name | None = Field(default=None, alias="first-day")
    question: Name | None = None
    readings: dict[Name, CountDoc] = {}
    basis: Annotated[list[Id], Field(min_length=1)]
    note: TextDoc | None = None


class JointLeaveDoc(Doc):
    says: TextDoc
    days: Annotated[list[ExactDay], Field(min_length=1)]
    source: Written


class WaiverDoc(Doc):
    code: FindingCode
    of: Annotated[list[Id], Field(min_length=1)]
    when: ConditionDoc = {}
    why: TextDoc
    basis: Basis


class GraverDoc(Doc):
    fact: Path
    order: Annotated[list[str | bool], Field(min_length=2)]
    basis: Basis


class RulesetFile(Doc):
    """One file of a ruleset: any of the sections."""

    ruleset: ManifestDoc | None = None
    instruments: dict[Id, InstrumentDoc] = {}
    provisions: dict[Id, ProvisionDoc] = {}
    facts: dict[Path, FactDoc] = {}
    definitions: dict[Name, DefinitionDoc] = {}
    violations: dict[Id, ViolationDoc] = {}
    permissions: dict[Id, CheckedDoc] = {}
    consequences: dict[Id, CheckedDoc] = {}
    standards: dict[Id, StandardDoc] = {}
    sanctions: dict[Id, SanctionDoc] = {}
    kinds: dict[Name, KindDoc] = {}
    questions: dict[Name, QuestionDoc] = {}
    constraints: dict[Name, ConstraintDoc] = {}
    transitions: dict[Name, ConstraintDoc] = {}
    comparisons: dict[Path, ComparisonDoc] = {}
    lists: dict[Id, ListDoc] = {}
    elections: dict[ElectionId, ElectionDoc] = {}
    calendars: dict[Name, CalendarDoc] = {}
    deadlines: dict[Id, DeadlineDoc] = {}
    joint_leave: dict[Name, JointLeaveDoc] = Field(default={}, alias="joint-leave")
    authorities: dict[Id, AuthoritiesDoc] = {}
    holders: dict[Id, HolderDoc] = {}
    remedies: dict[Id, RemediesDoc] = {}
    procedures: dict[Id, ProcedureDoc] = {}
    relations: dict[Id, RelationDoc] = {}
    ladders: dict[Id, LadderDoc] = {}
    history: dict[Name, DerivationDoc] = {}
    waivers: dict[Id, WaiverDoc] = {}
    graver: dict[Name, GraverDoc] = {}


SECTIONS = tuple(
    info.alias or name for name, info in RulesetFile.model_fields.items() if name != "ruleset"
)
