"""The file of one person over time: service, reports, and what was done about them.

A case file holds what is on record, in any order and however incomplete; the case stage
(`netralitas_rules.case`) says what follows. Each report is an incident as one channel told it. A
record is one step that somebody took: a summons, an examination, a decision, an appeal. Offices are
named, persons are not.
"""

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from netralitas_rules.facts import record_vocabulary as r
from netralitas_rules.facts import vocabulary as v
from netralitas_rules.facts.incident import (
    Identity,
    Incident,
    Key,
    Line,
    Name,
    Prose,
    Subject,
    _Part,
    whole,
)
from netralitas_rules.facts.keys import refer, refer_all, unique_keys
from netralitas_rules.facts.leaves import Day, DayOrNever, Given, Leaf

MAX_REPORTS = 200
MAX_RECORDS = 1000

ProvisionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9/().-]{0,119}$")]
Keys = Annotated[tuple[Key, ...], Field(max_length=200)]


class Person(_Part):
    """Whose file it is."""

    key: Key
    identity: Given[Identity] = Field(default=None, repr=False)


class Service(_Part):
    """A stretch of service: what the person was from one day until another."""

    from_: Day = Field(default=None, alias="from")
    until: DayOrNever = None
    """`none` while it lasts."""
    status: Leaf[v.SubjectStatus] = None
    post: Leaf[v.Post] = None
    unit: Leaf[v.UnitKind] = None
    heads_unit: Leaf[bool] = None
    unit_headed_by: Leaf[v.Post] = None
    """The post of who heads the unit in which a functional official sits."""
    agency: Leaf[r.Agency] = None
    """Whose the own agency is; not stated, it is as open as the unit leaves it."""
    assignment: Leaf[r.Assignment] = None
    """To which agency he is assigned; not stated is the own one."""


class CaseReport(_Part):
    """One report as one channel told it."""

    key: Key
    incident: Incident
    subject: Given[Key] = None
    """Which of its subjects is the person of the file; not needed where it has only one."""

    @property
    def person_at(self) -> int:
        """The number of the person of the file among its subjects."""
        if self.subject is None:
            return 0
        return [one.key for one in self.incident.subjects].index(self.subject)

    @property
    def person(self) -> Subject:
        """The person of the file, as this report has him."""
        return self.incident.subjects[self.person_at]


class _Record(_Part):
    key: Key
    of: Keys = ()
    """The reports and records that this acts on, or answers."""
    date: DayOrNever = None
    by: Given[r.Office] = None
    """The office that did it."""
    number: Given[Line] = None
    """Of the letter."""
    note: Given[Prose] = Field(default=None, repr=False)


class Informed(_Record):
    """A superior learned of what is reported, or of what an examination found."""

    step: Literal["informed"]
    acted: Leaf[bool] = None
    """Whether he did what is then his duty, where that was established."""


class Referral(_Record):
    """Passed on to another body."""

    step: Literal["referral"]
    to: v.ReportChannel


class Recommendation(_Record):
    """A body recommends to the personnel authority. It proves nothing by itself."""

    step: Literal["recommendation"]
    body: v.ReportChannel
    regime: Given[r.CaseRegime] = None
    level: Given[v.SanctionLevel] = None


class Summons(_Record):
    """A written summons to an examination."""

    step: Literal["summons"]
    for_: Day = Field(default=None, alias="for")
    """The day of the examination to which it calls."""
    appeared: Leaf[bool] = None


class Team(_Record):
    """An examination team is formed."""

    step: Literal["team"]
    members: Given[tuple[r.TeamMember, ...]] = None
    """The elements of which it is made up; complete where it is stated."""
    designated: Leaf[bool] = None
    """Whether who formed it was designated to (PP 94/2021 Pasal 29 ayat (5))."""
    superior_involved: Leaf[bool] = None
    """Whether the direct superior is involved in the breach: a higher one sits then (29(6))."""


class Release(_Record):
    """Released from the tasks of office until the decision."""

    step: Literal["release"]


class Examination(_Record):
    """The person is examined; its minutes (berita acara pemeriksaan)."""

    step: Literal["examination"]
    examiner_post: Leaf[v.Post] = None
    examiner_lower: Leaf[bool] = None
    """Whether who examines holds a lower post than the person (summary of Peraturan BKN 6/2022)."""
    closed: Leaf[bool] = None
    """Only the person and who examines are there."""
    minutes: Leaf[bool] = None
    """Minutes were written."""
    signed_by_examiner: Leaf[bool] = None
    signed_by_person: Leaf[r.Signature] = None
    state_loss: Leaf[bool] = None
    """Whether it shows signs of an abuse of authority that cost the state money."""


class Statement(_Record):
    """Somebody else is heard."""

    step: Literal["statement"]


class Defence(_Record):
    """The person is heard in his defence, or answers in writing."""

    step: Literal["defence"]


class CouncilHearing(_Record):
    """The ethics council (Majelis Kode Etik) examines."""

    step: Literal["council_hearing"]
    members: Given[Annotated[int, Field(strict=True, ge=1, le=99)]] = None
    """How many there are, with the chair and the secretary."""
    chair: Leaf[bool] = None
    secretary: Leaf[bool] = None
    """Whether there is a chair, a secretary (PP 42/2004 Pasal 18 ayat (1))."""
    formed_by_ppk: Leaf[bool] = None
    """Whether the personnel authority (PPK) formed the council."""
    lower_member: Leaf[bool] = None
    """Whether some member is lower in post or rank than the person."""
    defence_heard: Leaf[bool] = None


class CouncilDecision(_Record):
    """What the ethics council finds, and what it recommends."""

    step: Literal["council_decision"]
    breach: Leaf[bool] = None
    recommends_action: Leaf[bool] = None
    """Administrative action beside the moral sanction."""
    vote: Leaf[r.Vote] = None


class Resignation(_Record):
    """The person resigns, in writing."""

    step: Literal["resignation"]


class Suspension(_Record):
    """The dismissal of who resigned is suspended, with written reasons."""

    step: Literal["suspension"]


class Proposal(_Record):
    """A sanction or dismissal is proposed to who decides."""

    step: Literal["proposal"]
    to: Given[r.Office] = None


class Decision(_Record):
    """A decision of who may punish or dismiss."""

    step: Literal["decision"]
    result: r.DecisionResult = r.DecisionResult.SANCTION
    regime: r.CaseRegime
    regulation: Given[Name] = None
    """The id of the regulation that it applies (`pp-94-2021`)."""
    level: Given[v.SanctionLevel] = None
    sanction: Given[Name] = None
    """The id of the kind of sanction."""
    breaches: Annotated[tuple[ProvisionId, ...], Field(max_length=50)] = ()
    """The provisions that it says were broken."""
    states: Given[tuple[r.Reason, ...]] = None
    """What its reasons state; complete where it is stated."""


class Delivery(_Record):
    """The decision reaches the person."""

    step: Literal["delivery"]
    designated: Leaf[bool] = None
    """Whether who handed it over was designated to do so."""
    appeared: Leaf[bool] = None
    """Whether the person was there. A delivery that was missed is no receipt."""
    sent: Leaf[bool] = None
    """Whether it was sent to the person who was not there."""


class Filing(_Record):
    """The decision is entered in the personnel system."""

    step: Literal["filing"]


class Objection(_Record):
    """An objection (keberatan) of the person."""

    step: Literal["objection"]
    to: Given[r.Office] = None


class Appeal(_Record):
    """An administrative appeal (banding administratif) of the person."""

    step: Literal["appeal"]
    to: Given[r.Office] = None


class Response(_Record):
    """What the office that decided answers to an objection or appeal."""

    step: Literal["response"]


class Review(_Record):
    """The decision on an objection or appeal."""

    step: Literal["review"]
    result: r.ReviewResult
    level: Given[v.SanctionLevel] = None
    sanction: Given[Name] = None
    """The sanction in the place of the earlier one, where it is another."""


class Revocation(_Record):
    """A decision is withdrawn by who made it."""

    step: Literal["revocation"]


Record = Annotated[
    Informed
    | Referral
    | Recommendation
    | Summons
    | Team
    | Release
    | Examination
    | Statement
    | Defence
    | CouncilHearing
    | CouncilDecision
    | Resignation
    | Suspension
    | Proposal
    | Decision
    | Delivery
    | Filing
    | Objection
    | Appeal
    | Response
    | Review
    | Revocation,
    Field(discriminator="step"),
]


class CaseFile(_Part):
    """Everything on record about one person, in any order."""

    format: Annotated[Literal[1], BeforeValidator(whole)] = 1
    id: Given[Name] = None
    note: Given[Prose] = Field(default=None, repr=False)
    person: Person
    service: Annotated[tuple[Service, ...], Field(max_length=200)] = ()
    reports: Annotated[tuple[CaseReport, ...], Field(max_length=MAX_REPORTS)] = ()
    records: Annotated[tuple[Record, ...], Field(max_length=MAX_RECORDS)] = ()

    @model_validator(mode="after")
    def _keys_refer(self) -> "CaseFile":
        """Keys are unique among reports and records together, and references find one."""
        known = unique_keys("records", self.records, unique_keys("reports", self.reports))
        for index, record in enumerate(self.records):
            refer_all(("records", index, "of"), record.of, known - {record.key})
        for index, report in enumerate(self.reports):
            subjects = report.incident.subjects
            place = ("reports", index, "subject")
            if report.subject is not None:
                refer(place, report.subject, [one.key for one in subjects if one.key])
            elif len(subjects) > 1:
                raise PydanticCustomError("subject_missing", "subject", {"path": place})
        return self


def words() -> set[str]:
    """Every key of a case file, and the names of the steps."""
    shapes = [CaseFile, CaseReport, Person, Service, *get_args(get_args(Record)[0])]
    found: set[str] = set()
    for shape in shapes:
        for name, info in shape.model_fields.items():
            found.add(info.alias or name)
            if name == "step":
                found.update(get_args(info.annotation))
    return found
