"""The law of one day as plain values: frozen, comparable, with both languages, written as JSON.

Days are written as in a file (`2024-01-31`); an end that is None is open.
"""

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from netralitas_rules.decision.model import RulesetRef
from netralitas_rules.law.model import GoverningDate, Mark, RuleKind, Text, TextState


@dataclass(frozen=True, slots=True)
class InstrumentOn:
    """A regulation, decree, circular or letter that was in force."""

    id: str
    title: Text
    short: Text
    first: str | None
    """None where the ruleset does not say since when."""
    last: str | None


@dataclass(frozen=True, slots=True)
class ProvisionOn:
    """A provision that was in force, and how it is known."""

    id: str
    instrument: str
    cite: Text
    says: Text
    mark: Mark
    text: TextState
    source: str
    governs: tuple[GoverningDate, ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A transition that can apply to an act of the day."""

    id: str
    says: Text
    when: Text | None
    """What it still depends on; None where the day of the act settles it."""
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What can govern an act of the day in one respect (`law.discipline`), and why."""

    value: str
    label: Text
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class LawFact:
    """Which body of law governs an act of the day in one respect."""

    fact: str
    label: Text
    bodies: tuple[Body, ...]
    """One where it is settled; more where other facts than the day decide."""
    depends_on: tuple[str, ...]
    """The facts that decide."""
    unsaid: bool
    """That of some acts of the day, or of all, the ruleset does not say what governs."""


@dataclass(frozen=True, slots=True)
class ContestOn:
    """What a day is in a contest, for the offices that share its steps."""

    calendar: str
    title: Text
    election: str
    contest: str
    offices: tuple[str, ...]
    phases: tuple[str, ...]
    """More than one where the hour decides; none where the calendar says nothing."""
    stages: tuple[str, ...]
    first: str | None
    """The step that the day lies in; both ends None where it lies in none."""
    last: str | None
    covered: bool
    """Whether the day lies between determination and vote."""
    basis: tuple[str, ...]
    """What tells stage and phase of the day; that of the whole calendar where nothing does."""
    territory: Text | None = None
    """Where the election is held, if it is not everywhere."""
    not_held: tuple[str, ...] = ()
    """Steps of which the calendar does not hold the day."""
    registration: tuple[str, str] | None = None
    """First and last day of the registration of candidates, on its days."""


@dataclass(frozen=True, slots=True)
class RuleOn:
    """A violation, permission or consequence whose norm was in force."""

    id: str
    kind: RuleKind
    title: Text
    norm: tuple[str, ...]
    """What of its norm was in force on the day."""
    goes_by: tuple[GoverningDate, ...]
    """The dates that decide whether its norm governs: another than the act's may still come."""
    only_if: Text | None
    """The body of law that it belongs to, where other facts than the day decide about that."""


@dataclass(frozen=True, slots=True)
class LawOn:
    """What a ruleset holds for law on one day. It knows no law but what it states."""

    format: int
    day: str
    ruleset: RulesetRef
    law: tuple[LawFact, ...]
    contests: tuple[ContestOn, ...]
    without_calendar: tuple[str, ...]
    """Elections of which the ruleset has no calendar: it says nothing of their stages."""
    rules: tuple[RuleOn, ...]
    instruments: tuple[InstrumentOn, ...]
    provisions: tuple[ProvisionOn, ...]
    cites: dict[str, Text]
    """Citations of every provision named, in force on the day or not, by id."""
    words: dict[str, Text]
    """Short names of the facts named, by path, and of their values (`election/pemilu_2024`)."""

    @property
    def in_calendar(self) -> bool:
        """Whether the day lies between determination and vote of any contest."""
        return any(contest.covered for contest in self.contests)

    def text(self, *, lang: str = "id") -> str:
        """The law of the day as text, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.law_text import law_on_text

        return law_on_text(self, lang=lang)

    def to_json(self) -> str:
        return _of_a_day().dump_json(self).decode()

    @staticmethod
    def from_json(text: str | bytes) -> "LawOn":
        return _of_a_day().validate_json(text)


@dataclass(frozen=True, slots=True)
class LawDiff:
    """What is otherwise on a later day than on an earlier one. What began and ended between the
    two is not in it.
    """

    format: int
    first: str
    second: str
    ruleset: RulesetRef
    began: "InForce"
    ended: "InForce"
    law: tuple[tuple[LawFact, LawFact], ...]
    """Before and after."""
    contests: tuple[tuple[ContestOn, ContestOn], ...]
    rules: tuple[tuple[RuleOn, RuleOn], ...]
    """In force on both days, by another norm or under another body of law."""
    cites: dict[str, Text]
    words: dict[str, Text]

    def __bool__(self) -> bool:
        """Whether anything is otherwise."""
        return any((self.began, self.ended, self.law, self.contests, self.rules))

    def text(self, *, lang: str = "id") -> str:
        """The changes as text, in Indonesian (`id`) or English (`en`)."""
        from netralitas_rules.explain.law_text import law_diff_text

        return law_diff_text(self, lang=lang)

    def to_json(self) -> str:
        return _of_two_days().dump_json(self).decode()

    @staticmethod
    def from_json(text: str | bytes) -> "LawDiff":
        return _of_two_days().validate_json(text)


@dataclass(frozen=True, slots=True)
class InForce:
    """What came into force, or ended."""

    instruments: tuple[InstrumentOn, ...]
    provisions: tuple[ProvisionOn, ...]
    rules: tuple[RuleOn, ...]

    def __bool__(self) -> bool:
        return bool(self.instruments or self.provisions or self.rules)


@cache
def _of_a_day() -> TypeAdapter[LawOn]:
    return TypeAdapter(LawOn)


@cache
def _of_two_days() -> TypeAdapter[LawDiff]:
    return TypeAdapter(LawDiff)
