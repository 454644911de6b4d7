"""Who may act on a case: the offices that the tables of a ruleset give, each with its basis.

What is not known stays open: then every office that some completion of it gives is named, with the
facts under which it is the one.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from netralitas_rules.engine.plan import Plan
from netralitas_rules.facts.record_vocabulary import Agency, Assignment
from netralitas_rules.facts.vocabulary import Post, SubjectStatus
from netralitas_rules.law.authority import (
    NO,
    YES,
    AuthorityRow,
    AuthorityTable,
    Circumstance,
    Facts,
    HandedOn,
    Office,
    Other,
    OtherKind,
    Rank,
    Skill,
    Succession,
    in_force,
    weakest,
)
from netralitas_rules.law.model import Level, Mark, Question, Regime, Text, TextState

POST = "subject.post"
"""The fact under which the post stands in `Competence.when`."""


class Why(StrEnum):
    """Why an office does not act."""

    VACANT = "vacant"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Step:
    """That an office does not act, and the next higher one does."""

    past: Office
    why: Why
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who proposes a sanction to whom where it is beyond the power of the host agency."""

    by: Office
    to: Office
    when: tuple[str, ...]
    """The assignments under which it is so, where that is not known."""
    basis: tuple[str, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Competence:
    """An office that may impose some kinds of sanction."""

    table: str
    row: str
    kinds: tuple[str, ...]
    office: Office | None
    """None where the law gives these kinds to nobody for this post; the note says why."""
    when: tuple[tuple[str, tuple[str, ...]], ...]
    """Facts that are not known, each with the values under which it is this office; all of them
    must hold. Empty where it certainly is.
    """
    on_proposal_of: Office | None
    first: Office | None
    """The office that decides before this one acts."""
    others: tuple[Other, ...]
    proposals: tuple[Proposal, ...]
    """Where the person is assigned to another agency: who proposes to whom."""
    steps: tuple[Step, ...]
    """Lower offices that were passed over, the lowest first."""
    unfilled: bool
    """That the office does not act either, and no provision says who does."""
    basis: tuple[str, ...]
    """Provisions in force on the day."""
    mark: Mark
    text: TextState
    named: tuple[str, ...]
    """Provisions that say who the PPK of a central agency is, where that is the office."""
    questions: tuple[str, ...]
    note: Text | None

    @property
    def unconditional(self) -> frozenset[Office]:
        """Those of its offices that are competent whatever else holds."""
        own = () if self.office is None else (self.office,)
        others = (
            other.office
            for other in self.others
            if other.when is None or other.kind is OtherKind.DELEGATE
        )
        return frozenset((*own, *others))

    @property
    def offices(self) -> frozenset[Office]:
        """The office itself and the others that can act in its place or beside it."""
        own = () if self.office is None else (self.office,)
        return frozenset((*own, *(other.office for other in self.others)))


def competent(
    plan: Plan,
    *,
    regime: Regime,
    status: SubjectStatus,
    kinds: Iterable[str],
    on: datetime.date,
    regulation: str | None = None,
    level: Level | None = None,
    post: Post | None = None,
    ppk: bool | None = None,
    heads_regional_office: bool | None = None,
    unit_headed_by: Office | None = None,
    rank: Rank | None = None,
    skill: Skill | None = None,
    agencies: Collection[Agency] = tuple(Agency),
    assignment: Assignment | None = Assignment.OWN_AGENCY,
    vacant: Collection[Office] = (),
    inactive: Collection[Office] = (),
) -> tuple[Competence, ...]:
    """The offices that may impose these kinds of sanction by a decision of a day.

    `regulation` is the instrument under which the sanction is imposed (None: any). `vacant` are
    offices that nobody holds, `inactive` those whose holder did not act. `agencies` are those whose
    the own agency can be; `assignment` None asks for every place where the person may serve. Empty
    where no table covers the case: then the ruleset does not say who may act.
    """
    asked = _Asked(
        plan,
        status,
        tuple(kinds),
        level,
        tuple(Post) if post is None else (post,),
        {
            **dict(_facts(ppk, heads_regional_office, unit_headed_by, rank, skill, assignment)),
            Circumstance.AGENCY: frozenset(one.value for one in agencies),
        },
        on,
        frozenset(vacant),
        frozenset(inactive),
    )
    return tuple(
        found
        for table in plan.authorities
        if table.regime is regime and table.holds(status, on, plan.provisions)
        for serves, succession in [table.serves(regulation)]
        if serves
        for row in table.rows
        for found in asked.row(table, row, succession)
    )


def _facts(
    ppk: bool | None,  # noqa: FBT001 - facts, handed on by name above
    heads_regional_office: bool | None,  # noqa: FBT001
    unit_headed_by: Office | None,
    rank: Rank | None,
    skill: Skill | None,
    assignment: Assignment | None,
) -> Iterator[tuple[Circumstance, frozenset[str]]]:
    for one, flag in (
        (Circumstance.IS_PPK, ppk),
        (Circumstance.HEADS_REGIONAL_OFFICE, heads_regional_office),
    ):
        if flag is not None:
            yield one, frozenset((YES if flag else NO,))
    values = {
        Circumstance.UNIT_HEADED_BY: unit_headed_by,
        Circumstance.RANK: rank,
        Circumstance.SKILL: skill,
        Circumstance.ASSIGNMENT: assignment,
    }
    for one, value in values.items():
        if value is not None:
            yield one, frozenset((value.value,))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every row."""

    plan: Plan
    status: SubjectStatus
    kinds: tuple[str, ...]
    level: Level | None
    posts: tuple[Post, ...]
    facts: Facts
    on: datetime.date
    vacant: frozenset[Office]
    inactive: frozenset[Office]

    def row(
        self, table: AuthorityTable, row: AuthorityRow, succession: Succession | None
    ) -> Iterator[Competence]:
        """The competence of a row, if it can be the one."""
        kinds = tuple(kind for kind in self.kinds if row.of(self.level, kind))
        posts = tuple(post for post in row.posts if post in self.posts)
        if not (kinds and posts and row.holds(self.facts)):
            return
        cited = self.cited(row.basis)
        if not cited:
            return
        office, steps, unfilled = self.acting(table, row.office)
        taken_over = () if succession is None else self.cited(succession.basis)
        handed = tuple(self.handed_on(table, row))
        basis = tuple(
            dict.fromkeys(
                (
                    *cited,
                    *self.cited(table.statuses[self.status]),
                    *taken_over,
                    *(one for step in steps for one in step.basis),
                    *(one for hand in handed for one in self.cited(hand.basis)),
                )
            )
        )
        named = self.cited(self.plan.ppk) if office is Office.PPK and self.central(row) else ()
        marks = [
            row.mark,
            *(one.mark for one in handed),
            *(self.plan.provisions[one].mark for one in basis),
        ]
        asked = (*table.questions, *row.questions)
        if succession is not None:
            marks.append(succession.mark)
            asked = (*asked, *succession.questions)
        yield Competence(
            table.id,
            row.id,
            kinds,
            office,
            tuple(self.when(row, posts)),
            row.on_proposal_of,
            row.first,
            tuple(self.others((*row.others, *(o for one in handed for o in one.of(self.level))))),
            tuple(self.proposal(one) for one in handed),
            steps,
            unfilled,
            basis,
            weakest(iter(marks)),
            weakest_text(self.plan, basis),
            named,
            questions(self.plan.questions, asked, (*basis, *named)),
            row.note or table.note,
        )

    def cited(self, basis: tuple[str, ...]) -> tuple[str, ...]:
        return in_force(basis, self.on, self.plan.provisions)

    def central(self, row: AuthorityRow) -> bool:
        """Whether the agency can be a central one: who its PPK is does not hold of a region's."""
        known = self.facts.get(Circumstance.AGENCY, frozenset(Agency))
        return Agency.CENTRAL in known & {*dict(row.given).get(Circumstance.AGENCY, known)}

    def when(
        self, row: AuthorityRow, posts: tuple[Post, ...]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        if len(posts) < len(self.posts):
            yield POST, tuple(post.value for post in posts)
        for one, values in row.given:
            possible = self.facts.get(one, frozenset(values))
            if one not in self.facts or not possible <= {*values}:
                yield one.value, tuple(value for value in values if value in possible)

    def handed_on(self, table: AuthorityTable, row: AuthorityRow) -> Iterator[HandedOn]:
        """What holds of persons who are assigned to another agency, if this one may be."""
        serves = self.facts.get(Circumstance.ASSIGNMENT)
        given = dict(row.given).get(Circumstance.ASSIGNMENT)
        for one in table.assigned:
            may_be = {*one.assignments} & {*(given or one.assignments)}
            if self.cited(one.basis) and may_be and (serves is None or serves & may_be):
                yield one

    def proposal(self, one: HandedOn) -> Proposal:
        known = Circumstance.ASSIGNMENT in self.facts
        when = () if known else one.assignments
        return Proposal(one.by, one.to, when, self.cited(one.basis), one.note)

    def others(self, others: tuple[Other, ...]) -> Iterator[Other]:
        """Those whose law is in force, and whose office acts."""
        for other in others:
            if self.cited(other.basis) and other.office not in self.vacant | self.inactive:
                yield other

    def acting(
        self, table: AuthorityTable, office: Office | None
    ) -> tuple[Office | None, tuple[Step, ...], bool]:
        """The office that acts, those passed over, and whether nobody is left above."""
        steps: list[Step] = []
        while office is not None and office in self.vacant | self.inactive:
            up = table.up
            if up is None or office not in up.ladder[:-1]:
                return office, tuple(steps), True
            why = Why.VACANT if office in self.vacant else Why.INACTIVE
            basis = up.vacant if why is Why.VACANT else up.inactive
            steps.append(Step(office, why, self.cited(basis)))
            office = up.ladder[up.ladder.index(office) + 1]
        return office, tuple(steps), False


def weakest_text(plan: Plan, basis: Iterable[str]) -> TextState:
    """The state of the text that was read least of."""
    states = list(TextState)
    return max((plan.provisions[one].text for one in basis), key=states.index, default=states[0])


def questions(
    known: Mapping[str, Question], named: Iterable[str], cited: Collection[str]
) -> tuple[str, ...]:
    """Questions that are named, and those about what is cited; each once."""
    cited = frozenset(cited)
    about = (one.id for one in known.values() if not cited.isdisjoint(one.about))
    return tuple(dict.fromkeys((*named, *about)))
