"""The shape of derivations over a person's record (section `history`)."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from netralitas_rules.law.history import MAX_PREMISES
from netralitas_rules.loading.document_parts import Doc, Id, TextDoc

RECORD_NAME = r"^[a-z][a-z0-9_]*$"
RecordName = Annotated[str, StringConstraints(pattern=RECORD_NAME, max_length=60)]
Term = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class PatternDoc(Doc):
    """A kind of record (`is`), and by field what it holds: a text, or `$variable`."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Term]

    is_: RecordName = Field(alias="is")

    @property
    def terms(self) -> dict[str, str]:
        return self.__pydantic_extra__


class DerivationDoc(Doc):
    says: TextDoc
    basis: list[Id] = []
    all: Annotated[list[PatternDoc], Field(min_length=1, max_length=MAX_PREMISES)]
    then: PatternDoc
