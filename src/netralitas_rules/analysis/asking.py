"""Asking the search, under the waivers of the ruleset; what is found is collected here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from netralitas_rules.analysis.cases import RuleCase, case_of
from netralitas_rules.analysis.findings import Finding
from netralitas_rules.analysis.search import Found, Leaf, Search, SearchCut
from netralitas_rules.analysis.witness import Reporter
from netralitas_rules.engine.conditions import ALWAYS, Condition, negate
from netralitas_rules.engine.plan import Plan, Rule, Waiver
from netralitas_rules.law.findings import FindingCode
from netralitas_rules.law.model import RuleKind
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.gather import Item

Items = Mapping[str, Mapping[str, Item]]
SECTION_OF = {
    RuleKind.VIOLATION: "violations",
    RuleKind.PERMISSION: "permissions",
    RuleKind.CONSEQUENCE: "consequences",
}


@dataclass(frozen=True, slots=True)
class Told:
    """How a finding is told: what it is about, where it stands, and the words."""

    code: FindingCode
    of: tuple[str, ...]
    place: Place
    message: str
    expected: str = ""
    help: str = ""
    also: Place | None = None
    of_key: bool = True


@dataclass(slots=True)
class Asking:
    """One run of the check."""

    plan: Plan
    items: Items
    reporter: Reporter
    wanted: frozenset[FindingCode]
    search: Search = field(init=False)
    cases: Mapping[str, RuleCase] = field(init=False)
    found: list[Finding] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    count_waived: int = 0
    _without: dict[int, Search] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.search = Search(self.plan)
        self.cases = {rule.id: case_of(rule, self.search) for rule in self.plan.rules}

    def without(self, fact: int) -> Search:
        """A search that leaves out the constraints of one fact."""
        if fact not in self._without:
            self._without[fact] = Search(self.plan, apart=fact)
        return self._without[fact]

    def place(self, rule: Rule) -> Place:
        return self.items[SECTION_OF[rule.kind]][rule.id].place

    def waivers(self, code: FindingCode, of: Iterable[str]) -> list[Waiver]:
        """The waivers that cover everything that a finding is about."""
        about = frozenset(of)
        return [w for w in self.plan.waivers if w.code is code and about <= w.of]

    def shown(
        self,
        told: Told,
        conditions: Sequence[Condition],
        known: int | None,
        *,
        reads: Iterable[Condition] = (),
        search: Search | None = None,
        leaf: Leaf | None = None,
        rule: Rule | None = None,
    ) -> bool:
        """A finding, if some completion meets the conditions and no waiver covers it. Returns
        whether there is such a completion, waived or not.
        """
        if told.code not in self.wanted:
            return False
        search = search or self.search
        waivers = self.waivers(told.code, told.of)
        try:
            everywhere = any(w.when == ALWAYS for w in waivers)
            outside = [negate(w.when) for w in waivers]
            found = None
            if not everywhere:
                found = search.find([*conditions, *outside], known, leaf)
            if found is not None:
                if leaf is None:
                    found = self._nicer([*conditions, *outside], known, found)
                self._add(told, found, [*conditions, *reads], rule)
            any_waived = False
            for waiver in waivers:
                if search.find([*conditions, waiver.when], known, leaf) is not None:
                    self.used.add(waiver.id)
                    any_waived = True
            self.count_waived += any_waived
        except SearchCut:
            self.cut(told)
            return False
        return found is not None or any_waived

    def _nicer(self, conditions: Sequence[Condition], known: int | None, found: Found) -> Found:
        """A completion that a report can settle, if there is one: every derived fact has a value
        that some constraint sets.
        """
        settled = (self.search.start if known is None else known) & self.search.settled
        if any(not settled & fact.full for fact in self.plan.space.facts):
            return found
        try:
            return self.search.find(conditions, settled) or found
        except SearchCut:
            return found

    def told(self, told: Told) -> None:
        """A finding about every completion, unless a waiver covers it."""
        if told.code not in self.wanted:
            return
        waivers = self.waivers(told.code, told.of)
        if waivers:
            self.used.update(waiver.id for waiver in waivers)
            self.count_waived += 1
            return
        self._add(told, None, (), None)

    def cut(self, told: Told) -> None:
        """That a search was cut: what was asked stays open."""
        if FindingCode.SEARCH_CUT not in self.wanted:
            return
        diagnostic = told.place.diagnostic(
            FindingCode.SEARCH_CUT,
            f"the search for `{told.code}` was cut here: {told.message}?",
            expected=f"an answer within {self.search.steps} steps",
            help="give the choices in the conditions concerned a simpler form",
            of_key=told.of_key,
            also=told.also,
        )
        self.found.append(Finding(FindingCode.SEARCH_CUT, told.of, diagnostic))

    def idle_waivers(self) -> None:
        """Waivers that waive nothing."""
        if FindingCode.IDLE_WAIVER not in self.wanted:
            return
        for waiver in self.plan.waivers:
            if waiver.code in self.wanted and waiver.id not in self.used:
                told = Told(
                    FindingCode.IDLE_WAIVER,
                    (waiver.id,),
                    self.items["waivers"][waiver.id].place,
                    f"`{waiver.id}` waives nothing",
                    expected=f"a finding `{waiver.code}` about these items",
                    help="delete it, or look whether what it is about has changed",
                )
                self._add(told, None, (), None)

    def _add(
        self,
        told: Told,
        found: Found | None,
        conditions: Iterable[Condition],
        rule: Rule | None,
    ) -> None:
        read = list(conditions)
        diagnostic = told.place.diagnostic(
            told.code,
            told.message,
            expected=told.expected,
            found=self.reporter.words(found, read) if found is not None else "",
            help=told.help,
            of_key=told.of_key,
            also=told.also,
        )
        witness = self.reporter.witness(found, read, rule) if found is not None else None
        self.found.append(Finding(told.code, told.of, diagnostic, witness))
