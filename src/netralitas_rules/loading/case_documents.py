"""The shape of the sections of a ruleset that are about the case: who may act, and remedies."""

from typing import Annotated

from pydantic import Field

from netralitas_rules.facts.record_vocabulary import Agency, Assignment
from netralitas_rules.facts.vocabulary import Post
from netralitas_rules.law.authority import Office, OtherKind, Rank, Skill
from netralitas_rules.law.model import Level, Mark, Regime
from netralitas_rules.law.remedies import Answer, Decider, Forum, RemedyKind, Unanswered
from netralitas_rules.loading.document_parts import Basis, Doc, ExactDay, Id, Name, TextDoc

Flag = Annotated[bool, Field(strict=True)]


class CitedDoc(Doc):
    """The provisions by which something holds."""

    basis: Basis


class GivenDoc(Doc):
    """Circumstances beside the post."""

    is_ppk: Flag | None = Field(default=None, alias="is-ppk")
    heads_regional_office: Flag | None = Field(default=None, alias="heads-regional-office")
    unit_headed_by: list[Office] = Field(default=[], alias="unit-headed-by")
    rank: list[Rank] = []
    skill: list[Skill] = []
    agency: list[Agency] = []
    assignment: list[Assignment] = []


class OtherDoc(Doc):
    office: Office
    as_: OtherKind = Field(alias="as")
    when: TextDoc | None = None
    basis: Basis


class AuthorityRowDoc(Doc):
    posts: Annotated[list[Post], Field(min_length=1)]
    levels: list[Level] = []
    kinds: list[Name] = []
    given: GivenDoc = GivenDoc()
    office: Office | None = None
    on_proposal_of: Office | None = Field(default=None, alias="on-proposal-of")
    first: Office | None = None
    others: list[OtherDoc] = []
    basis: Basis
    mark: Mark = Mark.A
    questions: list[Name] = []
    note: TextDoc | None = None


class OfTableDoc(Doc):
    """Circumstances of a whole table: those that are asked of every post."""

    agency: list[Agency] = []
    assignment: list[Assignment] = []


class HostDoc(OtherDoc):
    levels: list[Level] = []


class HandedOnDoc(Doc):
    assignment: Annotated[list[Assignment], Field(min_length=1)]
    by: Office
    to: Office
    others: list[HostDoc] = []
    basis: Basis
    mark: Mark = Mark.A
    note: TextDoc | None = None


class SuccessionDoc(Doc):
    regulation: Id
    basis: Basis
    mark: Mark = Mark.A
    questions: list[Name] = []


class StepsUpDoc(Doc):
    ladder: Annotated[list[Office], Field(min_length=2)]
    vacant: CitedDoc
    inactive: CitedDoc


class AuthoritiesDoc(Doc):
    says: TextDoc
    regime: Regime
    regulation: Id
    statuses: Annotated[dict[str, CitedDoc], Field(min_length=1)]
    until: ExactDay | None = None
    given: OfTableDoc = OfTableDoc()
    rows: Annotated[dict[Name, AuthorityRowDoc], Field(min_length=1)]
    also_for: list[SuccessionDoc] = Field(default=[], alias="also-for")
    up: StepsUpDoc | None = None
    assigned: list[HandedOnDoc] = []
    questions: list[Name] = []
    note: TextDoc | None = None


class HolderDoc(Doc):
    says: TextDoc
    offices: Annotated[list[Office], Field(min_length=1)]
    may_be: Annotated[list[Office], Field(min_length=1, alias="may-be")]
    agency: list[Agency] = []
    basis: Basis
    mark: Mark = Mark.A


class RemedyRowDoc(Doc):
    decided_by: Annotated[list[Decider], Field(min_length=1, alias="decided-by")]
    levels: list[Level] = []
    kinds: list[Name] = []
    remedy: RemedyKind
    to: Forum | None = None
    deadline: Id | None = None
    answered_by: list[Id] = Field(default=[], alias="answered-by")
    answers: list[Answer] = []
    unanswered: Unanswered | None = None
    then: Forum | None = None
    final: Flag = False
    late: CitedDoc | None = None
    binding: CitedDoc | None = None
    effect: TextDoc | None = None
    basis: Basis
    mark: Mark = Mark.A
    questions: list[Name] = []
    note: TextDoc | None = None


class RemediesDoc(Doc):
    says: TextDoc
    regimes: Annotated[list[Regime], Field(min_length=1)]
    statuses: Annotated[dict[str, CitedDoc], Field(min_length=1)]
    until: ExactDay | None = None
    rows: Annotated[dict[Name, RemedyRowDoc], Field(min_length=1)]
    questions: list[Name] = []
    note: TextDoc | None = None
