"""Values of the law about who may act: tables of offices by post, level and kind of sanction.

A table names offices with their basis, never a person.
"""

import datetime
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from netralitas_rules.facts.record_vocabulary import Agency, Assignment
from netralitas_rules.facts.record_vocabulary import Office as Office
from netralitas_rules.facts.vocabulary import Post, SubjectStatus
from netralitas_rules.law.model import Level, Mark, Provision, Regime, Text


class Circumstance(StrEnum):
    """What, beside the post, decides which office it is."""

    IS_PPK = "is-ppk"
    HEADS_REGIONAL_OFFICE = "heads-regional-office"
    UNIT_HEADED_BY = "unit-headed-by"
    RANK = "rank"
    SKILL = "skill"
    AGENCY = "agency"
    ASSIGNMENT = "assignment"


class Rank(StrEnum):
    """What PP 53/2010 tells apart among the posts that are now pelaksana: echelon V, and groups of
    ranks (golongan ruang).
    """

    ECHELON_V = "echelon-v"
    I = "i"  # noqa: E741 - the Roman number of the rank
    II_A_B = "ii-ab"
    II_C_TO_III_A = "ii-c-to-iii-a"
    III_B = "iii-b"
    III_C_D = "iii-cd"
    IV_A_C = "iv-ac"
    IV_D_E = "iv-de"


class Skill(StrEnum):
    """Levels of skilled functional posts; the names of PP 53/2010 in the codebook's order."""

    PENYELIA = "penyelia"
    PELAKSANA_LANJUTAN = "pelaksana-lanjutan"
    PELAKSANA = "pelaksana"
    PELAKSANA_PEMULA = "pelaksana-pemula"


YES, NO = "yes", "no"
HEADS = (Office.JPT_PRATAMA, Office.ADMINISTRATOR, Office.PENGAWAS)
"""Who can head the unit in which a functional official sits."""
VALUES: Mapping[Circumstance, tuple[str, ...]] = {
    Circumstance.IS_PPK: (YES, NO),
    Circumstance.HEADS_REGIONAL_OFFICE: (YES, NO),
    Circumstance.UNIT_HEADED_BY: tuple(office.value for office in HEADS),
    Circumstance.RANK: tuple(rank.value for rank in Rank),
    Circumstance.SKILL: tuple(skill.value for skill in Skill),
    Circumstance.AGENCY: tuple(one.value for one in Agency),
    Circumstance.ASSIGNMENT: tuple(one.value for one in Assignment),
}
ASKED_OF: Mapping[Circumstance, tuple[Post, ...]] = {
    Circumstance.IS_PPK: (Post.JPT_MADYA,),
    Circumstance.HEADS_REGIONAL_OFFICE: (Post.JPT_PRATAMA,),
    Circumstance.UNIT_HEADED_BY: (
        Post.JF_AHLI_MADYA,
        Post.JF_AHLI_MUDA,
        Post.JF_AHLI_PERTAMA,
        Post.JF_KETERAMPILAN,
    ),
    Circumstance.RANK: (Post.PELAKSANA,),
    Circumstance.SKILL: (Post.JF_KETERAMPILAN,),
    Circumstance.AGENCY: tuple(Post),
    Circumstance.ASSIGNMENT: tuple(Post),
}
"""The posts of which a circumstance is asked; of the others it has no meaning."""

Facts = Mapping[Circumstance, frozenset[str]]
"""What is known of circumstances: the values that each can have. Of the others nothing is."""


def circumstances(
    post: Post, *, told_apart: Container[Circumstance] = frozenset(Circumstance)
) -> Iterator[Facts]:
    """Every completion of what can be asked of a post, of the circumstances that are told apart."""
    asked = [one for one in Circumstance if one in told_apart and post in ASKED_OF[one]]
    for values in product(*(VALUES[one] for one in asked)):
        yield {one: frozenset((value,)) for one, value in zip(asked, values, strict=True)}


class OtherKind(StrEnum):
    """How another office stands to the one that is competent."""

    MAY = "may"
    """It may act too."""
    INSTEAD = "instead"
    """It acts where the first one does not exist."""
    DELEGATE = "delegate"
    """The first one may delegate to it."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another office, and in which case it acts."""

    office: Office
    kind: OtherKind
    when: Text | None
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """Which office is competent for these posts, levels and kinds."""

    id: str
    posts: tuple[Post, ...]
    levels: tuple[Level, ...]
    """Empty where the level does not matter."""
    kinds: tuple[str, ...]
    """Empty where the kind does not matter."""
    given: tuple[tuple[Circumstance, tuple[str, ...]], ...]
    """Circumstances that must have one of these values."""
    office: Office | None
    """None where the law gives this kind to nobody for these posts; the note says why."""
    on_proposal_of: Office | None
    first: Office | None
    """The office that decides before this one acts."""
    others: tuple[Other, ...]
    basis: tuple[str, ...]
    mark: Mark
    """How well it is attested that the provisions come to this row."""
    questions: tuple[str, ...]
    note: Text | None

    def of(self, level: Level | None, kind: str | None) -> bool:
        """Whether it is about this level and kind; None asks for no particular one."""
        return (not self.levels or level is None or level in self.levels) and (
            not self.kinds or kind is None or kind in self.kinds
        )

    def holds(self, facts: Facts) -> bool:
        """Whether these circumstances can fit; those of which nothing is known do."""
        return all(
            one not in facts or not facts[one].isdisjoint(values) for one, values in self.given
        )


@dataclass(frozen=True, slots=True)
class Succession:
    """That a table serves sanctions of an earlier regulation which are decided in its time."""

    regulation: str
    basis: tuple[str, ...]
    mark: Mark
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepsUp:
    """Who acts where an office is vacant, or did not act: the next higher one."""

    ladder: tuple[Office, ...]
    """The lowest first."""
    vacant: tuple[str, ...]
    """Provisions on vacancy."""
    inactive: tuple[str, ...]
    """Provisions on the official who did not act."""


@dataclass(frozen=True, slots=True)
class HandedOn:
    """Who proposes to whom where a person is assigned to another agency."""

    assignments: tuple[str, ...]
    by: Office
    to: Office
    others: tuple[tuple[tuple[Level, ...], Other], ...]
    """Offices of the host that may act themselves, each with the levels of which (none: any)."""
    basis: tuple[str, ...]
    mark: Mark
    note: Text | None

    def of(self, level: Level | None) -> tuple[Other, ...]:
        """The offices of the host for a level; None is any."""
        return tuple(one for levels, one in self.others if not levels or level in (None, *levels))


@dataclass(frozen=True, slots=True)
class AuthorityTable:
    """Who may impose the sanctions of one body of law."""

    id: str
    says: Text
    regime: Regime
    regulation: str
    """The instrument under which the sanction is imposed."""
    statuses: Mapping[SubjectStatus, tuple[str, ...]]
    """With the provisions that make the table hold for the status."""
    until: datetime.date | None
    """The last day of decision on which it holds, where that is before the end of its law."""
    rows: tuple[AuthorityRow, ...]
    also_for: tuple[Succession, ...]
    up: StepsUp | None
    assigned: tuple[HandedOn, ...]
    questions: tuple[str, ...]
    note: Text | None

    def serves(self, regulation: str | None) -> tuple[bool, Succession | None]:
        """Whether it is for sanctions of this regulation (None: of any), and as whose successor."""
        if regulation is None or regulation == self.regulation:
            return True, None
        found = next((one for one in self.also_for if one.regulation == regulation), None)
        return found is not None, found

    def holds(
        self, status: SubjectStatus, day: datetime.date, provisions: Mapping[str, Provision]
    ) -> bool:
        """Whether it is the law for a status in decisions of a day."""
        return holds(self.statuses, self.until, status, day, provisions)


@dataclass(frozen=True, slots=True)
class Holder:
    """Offices of which one person can hold one of two groups each.

    A file names the same person by place, by post or by delegation; the law by another of these.
    """

    id: str
    says: Text
    offices: frozenset[Office]
    may_be: frozenset[Office]
    basis: tuple[str, ...]
    mark: Mark
    agencies: frozenset[Agency] = frozenset(Agency)
    """In whose agencies."""

    def joins(
        self, one: Office, other: Office, agencies: frozenset[Agency] = frozenset(Agency)
    ) -> bool:
        """Whether one person can hold both, in an agency that can be one of these."""
        return not self.agencies.isdisjoint(agencies) and (
            (one in self.offices and other in self.may_be)
            or (other in self.offices and one in self.may_be)
        )


def in_force(
    basis: tuple[str, ...], day: datetime.date, provisions: Mapping[str, Provision]
) -> tuple[str, ...]:
    """Those of these provisions that are in force on a day."""
    return tuple(one for one in basis if provisions[one].validity.meets(day, day))


def holds(
    statuses: Mapping[SubjectStatus, tuple[str, ...]],
    until: datetime.date | None,
    status: SubjectStatus,
    day: datetime.date,
    provisions: Mapping[str, Provision],
) -> bool:
    """Whether something that makes a table hold for a status is in force on a day."""
    basis = statuses.get(status, ())
    return (until is None or day <= until) and bool(in_force(basis, day, provisions))


def weakest(marks: Iterator[Mark]) -> Mark:
    """The weakest of some marks; A where there are none."""
    return max(marks, key=list(Mark).index, default=Mark.A)
