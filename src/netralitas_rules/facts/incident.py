"""The incident: what was reported, as structured facts.

The tree of models below is the vocabulary that rules can read, with one exception: `Identity`
has no place in the space of facts (`facts.space`), so no rule can read it. The meaning of every
leaf stands in the codebook (`netralitas facts`).
"""

from collections.abc import Mapping
from itertools import product
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from netralitas_rules.facts import evidence as e
from netralitas_rules.facts import vocabulary as v
from netralitas_rules.facts.accounts import windows
from netralitas_rules.facts.evidence_schema import ShowsSchema
from netralitas_rules.facts.keys import refer_all, unique_keys
from netralitas_rules.facts.leaves import (
    Day,
    DayOrNever,
    Given,
    Leaf,
    Leaves,
    OpenLeaf,
    Span,
    as_written,
)
from netralitas_rules.facts.order import ACT_BEFORE, IN_TURN
from netralitas_rules.facts.places import FURTHER as FURTHER
from netralitas_rules.facts.places import Steps

KEY = r"^[a-z0-9][a-z0-9_-]{0,63}$"
LINE = r"^[^\x00-\x1f\x7f-\x9f]+$"
Key = Annotated[str, StringConstraints(pattern=KEY)]
Line = Annotated[str, StringConstraints(max_length=500)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=LINE)]
Prose = Annotated[str, StringConstraints(max_length=20_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=LINE)]
_ANY = r"/\\:\x00-\x1f\x7f-\x9f"
_NAME = rf"(?:[^.{_ANY}]|\.[^.{_ANY}]|\.\.[^{_ANY}])[^{_ANY}]*"
FILE = rf"^{_NAME}(?:/{_NAME})*$"
"""A file below a folder: no step up, no root, no drive."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class _WithFurther(_Part):
    further: Given[Mapping[str, Any]] = Field(default=None, repr=False)
    """Facts that an overlay declares, by their name there (`kemenkumham.prison_visit`)."""


class Identity(_Part):
    """Who the person is. Never read by a rule, never printed, never logged."""

    name: Given[Line] = Field(default=None, repr=False)
    nip: Given[Line] = Field(default=None, repr=False)
    sex: Given[Line] = Field(default=None, repr=False)
    religion: Given[Line] = Field(default=None, repr=False)
    origin: Given[Line] = Field(default=None, repr=False)


class Cltn(_Part):
    """Leave outside the state's charge (cuti di luar tanggungan negara)."""

    state: Leaf[v.CltnState] = None
    in_force_from: DayOrNever = None
    in_force_until: DayOrNever = None


class Party(_Part):
    """Party registration, membership or office of the subject."""

    role: Leaf[v.PartyRole] = None
    joined_on: DayOrNever = None
    resigned_from_service_on: DayOrNever = None
    left_party_on: DayOrNever = None


class Candidacy(_Part):
    """The subject's own candidacy."""

    stage: Leaf[v.CandidacyStage] = None
    office: Leaf[v.Office] = None
    determined_on: DayOrNever = None
    resigned_from_service_on: DayOrNever = None


class EarlierSanction(_Part):
    """A sanction already imposed on the subject (a record, not a fact that elements read)."""

    regime: v.SanctionRegime
    level: Given[v.SanctionLevel] = None
    imposed_on: Day = None
    revoked: Annotated[bool, Field(strict=True)] = False
    note: Given[Line] = None


class Subject(_WithFurther):
    """The person whose conduct is examined."""

    key: Given[Key] = None
    identity: Given[Identity] = Field(default=None, repr=False)
    status: Leaf[v.SubjectStatus] = None
    post: Leaf[v.Post] = None
    unit: Leaf[v.UnitKind] = None
    heads_unit: Leaf[bool] = None
    cltn: Cltn = Cltn()
    party: Party = Party()
    candidacy: Candidacy = Candidacy()
    earlier_sanctions: Given[tuple[EarlierSanction, ...]] = None


class Photo(_Part):
    """A photo or video in which the subject is seen or which the subject spread."""

    shows: Leaves[v.PhotoSubject] = None
    gesture: Leaf[v.Gesture] = None
    background: Leaf[v.Background] = None


class Account(_Part):
    used: Leaf[v.AccountUsed] = None
    reached: Leaf[v.AccountReached] = None


class Facilities(_Part):
    used: Leaves[v.Facility] = None
    tie: Leaf[v.FacilityTie] = None


class NegativeImpact(_Part):
    ring: Leaf[v.Impact] = None
    shown_by: Leaf[v.ImpactShownBy] = None


class Speech(_Part):
    hate: Leaf[bool] = None
    false_news: Leaf[bool] = None
    object: Leaves[v.HateObject] = None


class Act(_WithFurther):
    """One thing done. `conduct` is the verb; every circumstance is a fact of its own."""

    key: Given[Key] = None
    event: Given[Key] = None
    by: Given[Annotated[tuple[Key, ...], Field(min_length=1)]] = None
    beneficiaries: Given[tuple[Key, ...]] = None
    conduct: Leaf[v.Conduct] = None
    date: Day = None
    occasion: Leaf[v.Occasion] = None
    medium: Leaf[v.Medium] = None
    interaction: Leaf[v.Interaction] = None
    account: Account = Account()
    audience: Leaf[v.Audience] = None
    active_support: Leaf[bool] = None
    purpose_of_support: Leaf[bool] = None
    photo: Photo = Photo()
    attributes: Leaves[v.Attribute] = None
    facilities: Facilities = Facilities()
    staff_mobilised: Leaf[bool] = None
    goods_given: Leaf[bool] = None
    addressees: Leaves[v.Addressee] = None
    role: Leaf[v.Role] = None
    team_role: Leaf[v.TeamRole] = None
    approached: Leaves[v.ApproachTarget] = None
    duty_order: Leaf[v.DutyOrder] = None
    superior_permission: Leaf[bool] = None
    superior_order: Leaf[bool] = None
    official_decision: Leaf[bool] = None
    abuse_of_authority: Leaf[bool] = None
    impact: NegativeImpact = NegativeImpact()
    speech: Speech = Speech()
    attribution: Leaf[v.Attribution] = None
    knowledge: Leaf[v.Knowledge] = None
    note: Given[Prose] = Field(default=None, repr=False)


class Beneficiary(_WithFurther):
    """Whom an act favours or harms, in his own contest."""

    key: Given[Key] = None
    kind: Leaf[v.BeneficiaryKind] = None
    election: OpenLeaf[v.Election] = None
    office: Leaf[v.Office] = None
    stage: Leaf[v.Stage] = None
    stage_note: Given[Words] = None
    """Why the stage stated is another than that of the calendar; without it that is refused."""
    determined_before_act: Leaf[bool] = None
    independent: Leaf[bool] = None
    relation: Leaf[v.Relation] = None
    direction: Leaf[v.Direction] = None


class Report(_Part):
    channel: Leaf[v.ReportChannel] = None
    received_on: Day = None


class Proceeding(_Part):
    """Dates of the case: each governs another part of the law."""

    examined_on: DayOrNever = None
    proven_on: DayOrNever = None
    decided_on: DayOrNever = None
    decision_received_on: DayOrNever = None


def _written(shows: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if shows is None else {path: as_written(value) for path, value in shows.items()}


Shows = Annotated[
    Mapping[Annotated[str, StringConstraints(max_length=200)], Any],
    Field(min_length=1, max_length=200),
    ShowsSchema(),
]
"""Facts by their place (`act.medium`, `acts[1].medium`, `election`), with what is allowed."""


class EvidenceItem(_Part):
    """A piece of evidence. Its document stays outside; the hash binds it."""

    key: Given[Key] = None
    kind: v.EvidenceKind
    source: Given[Line] = None
    obtained_on: Day = None
    file: Given[Annotated[str, StringConstraints(pattern=FILE, max_length=500)]] = None
    """The document, by its path from the folder of the incident's file."""
    sha256: Given[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]] = None
    shows: Annotated[Given[Shows], PlainSerializer(_written)] = Field(default=None, repr=False)
    """What it allows of which facts; it need not settle them."""


def whole(value: object) -> object:
    """`true` and `1.0` equal 1 in Python, but are no format."""
    return value if type(value) is int else repr(value)


class Incident(_Part):
    """One report: the people, the acts, whom they favour or harm, the dates, the evidence."""

    format: Annotated[Literal[1], BeforeValidator(whole)] = 1
    id: Given[Name] = None
    source: Given[Annotated[tuple[Line, ...], Field(max_length=50)]] = None
    note: Given[Prose] = Field(default=None, repr=False)
    election: OpenLeaf[v.Election] = None
    subjects: Annotated[tuple[Subject, ...], Field(min_length=1, max_length=100)]
    acts: Annotated[tuple[Act, ...], Field(max_length=100)] = ()
    beneficiaries: Annotated[tuple[Beneficiary, ...], Field(max_length=100)] = ()
    report: Report = Report()
    proceeding: Proceeding = Proceeding()
    evidence: Given[Annotated[tuple[EvidenceItem, ...], Field(max_length=1000)]] = None

    @model_validator(mode="after")
    def _keys_refer(self) -> "Incident":
        """Keys are unique, and acts name people and beneficiaries that are there. Of several
        people every act says who did it: what one did is never laid to another by silence.
        """
        people = unique_keys("subjects", self.subjects)
        beneficiaries = unique_keys("beneficiaries", self.beneficiaries)
        unique_keys("acts", self.acts)
        for index, act in enumerate(self.acts):
            if act.by is None and len(self.subjects) > 1:
                place = ("acts", index, "by")
                raise PydanticCustomError("who_missing", "by", {"path": place})
            refer_all(("acts", index, "by"), act.by, people)
            refer_all(("acts", index, "beneficiaries"), act.beneficiaries, beneficiaries)
        if self.evidence is None:
            self._fits()
        else:
            self._evidence_fits(self.evidence)
        return self

    def _evidence_fits(self, items: tuple[EvidenceItem, ...]) -> None:
        """Evidence speaks of facts that are there, and all accounts together fit."""
        unique_keys("evidence", items)
        object.__setattr__(self, "evidence", e.read_shown(self))
        try:
            e.weighed(self)._fits()
        except PydanticCustomError as error:
            context = {**(error.context or {})}
            context |= {k: e.placed(self, context[k]) for k in ("path", "also") if k in context}
            raise PydanticCustomError(error.type, error.message_template, context) from None

    def _fits(self) -> None:
        """What is stated fits together, as far as it can be told without the law."""
        for index, beneficiary in enumerate(self.beneficiaries):
            said = (beneficiary.stage, beneficiary.determined_before_act)
            if beneficiary.stage_note is not None and said == (None, None):
                place = ("beneficiaries", index, "stage")
                raise PydanticCustomError("stage_missing", "stage", {"path": place})
        for index in range(len(self.subjects)):
            whose = ("subjects", index)
            self._ordered((*whose, "party", "joined_on"), (*whose, "party", "left_party_on"))
            self._ordered((*whose, "cltn", "in_force_from"), (*whose, "cltn", "in_force_until"))
        if self.proceeding.model_fields_set or self.report.model_fields_set:
            for first, last in IN_TURN:
                self._ordered(tuple(first.split(".")), tuple(last.split(".")))
            for index, later in product(range(len(self.acts)), ACT_BEFORE):
                self._ordered(("acts", index, "date"), tuple(later.split(".")))

    def _ordered(self, earlier: Steps, later: Steps) -> None:
        """One date cannot lie before another, whatever days uncertain ones turn out to be."""
        one, other = _at(self, earlier), _at(self, later)
        if one is None or other is None:
            return
        first, last = _days(one), _days(other)
        if first and last and last[-1].last < first[0].first:
            context = {
                "path": later,
                "also": earlier,
                "before": earlier[-1],
                "first": str(first[0].first),
                "last": ", ".join(map(str, last)),
            }
            raise PydanticCustomError("date_order", "{before}", context)


def _at(part: Any, steps: Steps) -> Any:
    """What stands at a place of the models."""
    for step in steps:
        part = part[step] if isinstance(step, int) else getattr(part, step)
    return part


def _days(value: Any) -> list[Span]:
    """The days that are possible; none where it may not have happened."""
    found = windows(value)
    spans = [window for window in found if isinstance(window, Span)]
    return spans if len(spans) == len(found) else []
