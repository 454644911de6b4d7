"""Values of the law about remedies: what stands open against which decision, and to whom."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.authority import Office, holds
from netralitas_rules.law.model import Level, Mark, Provision, Regime, Text


class RemedyKind(StrEnum):
    OBJECTION = "objection"
    """Keberatan."""
    APPEAL = "appeal"
    """Banding administratif."""
    NONE = "none"
    """The law excludes every administrative remedy."""
    SILENT = "silent"
    """The law that was found says nothing."""


class Decider(StrEnum):
    """Whose decision it is, as the law of remedies tells them apart."""

    PRESIDENT = "president"
    PPK = "ppk"
    HEAD_OF_MISSION = "head_of_mission"
    GOVERNOR = "governor"
    OFFICIAL = "official"
    CONTRACT_HOLDER = "contract_holder"


class Forum(StrEnum):
    """To whom a remedy goes."""

    PPK = "ppk"
    SUPERIOR = "superior"
    """The superior of the official who decided."""
    BPASN = "bpasn"
    BAPEK = "bapek"
    ADMINISTRATIVE_COURT = "administrative_court"
    HIGH_ADMINISTRATIVE_COURT = "high_administrative_court"


class Answer(StrEnum):
    """What the answer to a remedy may do to the decision."""

    UPHOLD = "uphold"
    LIGHTEN = "lighten"
    AGGRAVATE = "aggravate"
    CHANGE = "change"
    REVOKE = "revoke"
    CANCEL = "cancel"


class Unanswered(StrEnum):
    """What follows where nobody answers in time."""

    VOID = "void"
    """The decision is void."""
    COURT = "court"
    """The person may go to the court."""


_SEVERAL = frozenset((Decider.PPK, Decider.OFFICIAL))
_DECIDERS: Mapping[Office, frozenset[Decider]] = {
    Office.PRESIDENT: frozenset((Decider.PRESIDENT,)),
    Office.PPK: frozenset((Decider.PPK,)),
    Office.HOST_PPK: frozenset((Decider.PPK,)),
    Office.HOME_PPK: frozenset((Decider.PPK,)),
    Office.HEAD_OF_MISSION: frozenset((Decider.HEAD_OF_MISSION,)),
    Office.GOVERNOR: frozenset((Decider.GOVERNOR,)),
    Office.CONTRACT_HOLDER: frozenset((Decider.CONTRACT_HOLDER,)),
    Office.COMPETENT_OFFICIAL: _SEVERAL,
    Office.AGENCY_RULE: _SEVERAL,
}


def deciders(office: Office) -> frozenset[Decider]:
    """What an office can be as the one who decided; several where the law leaves it open."""
    return _DECIDERS.get(office, frozenset((Decider.OFFICIAL,)))


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """What stands open against decisions of these deciders, levels and kinds."""

    id: str
    decided_by: tuple[Decider, ...]
    levels: tuple[Level, ...]
    """Empty where the level does not matter."""
    kinds: tuple[str, ...]
    """Empty where the kind does not matter."""
    remedy: RemedyKind
    to: Forum | None
    deadline: str | None
    """The deadline by which it is sought; None where none was found."""
    answered_by: tuple[str, ...]
    """The deadlines of responses and of the decision on it, in their order."""
    answers: tuple[Answer, ...]
    unanswered: Unanswered | None
    """None where the law that was found does not say."""
    then: Forum | None
    """Where the person goes who is not content with the answer."""
    final: bool
    """That the answer is final."""
    late: tuple[str, ...]
    """The provisions by which it is inadmissible once its last day is past; empty where the law
    that was found does not say."""
    binding: tuple[str, ...]
    """The provisions by which the answer must be carried out."""
    effect: Text | None
    """What holds meanwhile."""
    basis: tuple[str, ...]
    mark: Mark
    questions: tuple[str, ...]
    note: Text | None

    def of(self, level: Level | None, kind: str | None) -> bool:
        """Whether it is about this level and kind; None asks for no particular one."""
        return (not self.levels or level is None or level in self.levels) and (
            not self.kinds or kind is None or kind in self.kinds
        )


@dataclass(frozen=True, slots=True)
class RemedyTable:
    """The remedies of one body of law."""

    id: str
    says: Text
    regimes: tuple[Regime, ...]
    statuses: Mapping[SubjectStatus, tuple[str, ...]]
    """With the provisions that make the table hold for the status."""
    until: datetime.date | None
    """The last day of receipt on which it holds, where that is before the end of its law."""
    rows: tuple[RemedyRow, ...]
    questions: tuple[str, ...]
    note: Text | None

    def holds(
        self, status: SubjectStatus, day: datetime.date, provisions: Mapping[str, Provision]
    ) -> bool:
        """Whether it is the law for a status and decisions received on a day."""
        return holds(self.statuses, self.until, status, day, provisions)
