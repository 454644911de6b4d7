"""The shape of what a ruleset says of several regimes at once: relations and ladders."""

from typing import Annotated

from pydantic import Field

from netralitas_rules.law.model import Level, Regime
from netralitas_rules.law.regimes import RelationKind
from netralitas_rules.loading.document_parts import Basis, Doc, Id, Name, TextDoc


class UnderDoc(Doc):
    question: Name
    reading: Name


class RelationDoc(Doc):
    says: TextDoc
    kind: RelationKind
    regimes: Annotated[list[Regime], Field(min_length=1, max_length=2)]
    basis: Basis
    questions: list[Name] = []
    kinds: list[Name] = []
    in_force: list[Name] = Field(default=[], alias="in-force")
    alike: UnderDoc | None = None


Rungs = Annotated[list[Annotated[list[Name], Field(min_length=1)]], Field(min_length=1)]


class LadderDoc(Doc):
    says: TextDoc
    regime: Regime
    regulation: Id
    rungs: Annotated[dict[Level, Rungs], Field(min_length=1)]
    basis: Basis
    level_first: UnderDoc | None = Field(default=None, alias="level-first")
