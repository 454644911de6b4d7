"""What a decision takes from the calendars of elections, and what no calendar tells it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from netralitas_rules.decision import model as m
from netralitas_rules.decision.case import Case
from netralitas_rules.engine.conditions import TRUE, Condition, both, facts_of, tests_of
from netralitas_rules.engine.evaluate import Result
from netralitas_rules.engine.frames import Frame
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.narrowing import MAX_CACHED
from netralitas_rules.engine.plan import CalendarSteps, Constraint, Plan, Rule
from netralitas_rules.facts.space import DETERMINED, ELECTION, OFFICE, PHASE, STAGE
from netralitas_rules.law.calendar import Calendar, Contest

_NO_CONTEST = "none"


class Contests:
    """Finds, for every act and beneficiary that a finding is about, what a calendar said."""

    def __init__(self, plan: Plan) -> None:
        space = plan.space
        self.plan = plan
        self._election, self._office = space.by_path[ELECTION], space.by_path[OFFICE]
        self._told = tuple(space.by_path[path] for path in (STAGE, PHASE))
        self._told_facts = told = {fact.index for fact in self._told}
        self._told_in: dict[tuple[int, int, bool], list[tuple[CalendarSteps, tuple[str, ...]]]] = {}
        follows = {
            c.then.fact for c in plan.constraints if told & {t.fact for t in tests_of(c.when)}
        }
        self.reading = {r.id for r in plan.rules if self._facts(r) & (told | follows)}
        """Rules that read stage or phase, or what follows from them."""
        self._contests = {
            (calendar.id, contest.name): (calendar, contest)
            for calendar in plan.calendars
            for contest in calendar.contests
        }

    @staticmethod
    def _facts(rule: Rule) -> set[int]:
        excepted = (facts_of(clause.holds) for clause in rule.exceptions)
        return {*facts_of(rule.needs), *(f for facts in excepted for f in facts)}

    def of(self, case: Case, results: Iterable[Result]) -> tuple[m.ContestRead, ...]:
        """One entry for what is said alike of several acts."""
        seen: dict[tuple[int, int | None], tuple[int, Sequence[Frame]]] = {}
        for result in results:
            if result.rule.id in self.reading:
                for member in result.members:
                    group = member.group
                    if group.beneficiary is not None:
                        key = (group.beneficiary, group.act)
                        seen.setdefault(key, (group.subject, group.frames))
        acts: dict[m.ContestRead, list[str]] = {}
        for (beneficiary, act), (subject, frames) in sorted(seen.items(), key=_place):
            for entry in self._entries(case, beneficiary, subject, frames):
                named = acts.setdefault(entry, [])
                if act is not None:
                    named.append(case.names[1][act])
        return tuple(replace(entry, acts=tuple(named)) for entry, named in acts.items())

    def _entries(
        self, case: Case, beneficiary: int, subject: int, frames: Sequence[Frame]
    ) -> Iterator[m.ContestRead]:
        name = case.names[2][beneficiary]
        departed = frames[0].departs
        if departed is not None and departed.calendar is not None:
            yield self._departure(case, beneficiary, subject, frames, departed, departed.calendar)
        read: dict[CalendarSteps, dict[str, None]] = {}
        for frame in frames:
            for place, steps in self._told_by(frame):
                read.setdefault(place, {}).update(dict.fromkeys(steps))
        known = 0
        for frame in frames:
            known |= frame.known
        stands = [str(e) for e in self._election.decode(known) if e != _NO_CONTEST]
        stated = frames[0].stated >> self._election.index & 1
        possible = [pair for pair in self._contests.values() if self._may_be(*pair, known)]
        if stated and stands and not possible:
            yield m.ContestRead(m.CalendarUse.NO_CALENDAR, name, tuple(stands))
        for place in read:
            calendar, contest = self._contests[place.calendar, place.contest]
            cited = case.cite_in(contest.cited(tuple(read[place])), subject, frames)
            entry = self._entry(m.CalendarUse.READ, name, calendar, contest, cited)
            yield replace(entry, facts=self._facts_told(frames))
        for calendar, contest in possible if len(stands) == 1 else ():
            is_open = [fact for fact in self._told if (known & fact.full).bit_count() > 1]
            if contest.not_held and is_open:
                entry = self._entry(m.CalendarUse.NOT_HELD, name, calendar, contest, ())
                yield replace(entry, not_held=contest.not_held)

    def _told_by(self, frame: Frame) -> Sequence[tuple[CalendarSteps, tuple[str, ...]]]:
        """The contests by whose steps stage or phase are known in a frame."""
        key = (frame.known, frame.stated, frame.departs is None)
        found = self._told_in.get(key)
        if found is None:
            if len(self._told_in) >= MAX_CACHED:
                self._told_in.clear()
            found = self._told_in[key] = [
                (replace(constraint.calendar, steps=()), constraint.calendar.steps)
                for constraint in frame.constraints
                if constraint.calendar is not None
                and constraint.then.fact in self._told_facts
                and not frame.stated >> constraint.then.fact & 1
                and constraint.when.value(frame.known) == TRUE
            ]
        return found

    def _facts_told(self, frames: Sequence[Frame]) -> tuple[str, ...]:
        """Which of stage and phase some calendar narrowed."""
        return tuple(
            fact.spec.path
            for fact in self._told
            if not frames[0].stated >> fact.index & 1
            and any(frame.known & fact.full != fact.full for frame in frames)
        )

    def _may_be(self, calendar: Calendar, contest: Contest, known: int) -> bool:
        offices = sum(self._office.bits[name] for name in contest.offices)
        return bool(known & self._election.bits[calendar.election] and known & offices)

    def _entry(
        self,
        use: m.CalendarUse,
        name: str,
        calendar: Calendar,
        contest: Contest,
        cited: tuple[str, ...],
    ) -> m.ContestRead:
        return m.ContestRead(
            use,
            name,
            (calendar.election,),
            calendar=calendar.id,
            contest=contest.name,
            title=calendar.title,
            basis=cited,
        )

    def _departure(
        self,
        case: Case,
        beneficiary: int,
        subject: int,
        frames: Sequence[Frame],
        departed: Constraint,
        place: CalendarSteps,
    ) -> m.ContestRead:
        calendar, contest = self._contests[place.calendar, place.contest]
        cited = case.cite_in(departed.basis, subject, frames)
        name = case.names[2][beneficiary]
        stage = self._told[0]
        known = 0
        for frame in frames:
            known |= frame.known
        return replace(
            self._entry(m.CalendarUse.DEPARTS, name, calendar, contest, cited),
            stated=tuple(map(str, stage.decode(known))),
            by_calendar=tuple(map(str, stage.decode(departed.then.allowed))),
            note=case.incident.beneficiaries[beneficiary].stage_note,
        )


def _place(item: tuple[tuple[int, int | None], object]) -> tuple[int, int]:
    (beneficiary, act), _ = item
    return beneficiary, -1 if act is None else act


class Hours:
    """Days of determination, on which the order of determination and act is asked instead of the
    stage and the phase that follow from it.
    """

    def __init__(self, plan: Plan) -> None:
        stage, phase = (plan.space.by_path[path].index for path in (STAGE, PHASE))
        self._follow = (stage, phase)
        self._asked: Fact = plan.space.by_path[DETERMINED]
        days: dict[Condition, None] = {}
        for constraint in plan.constraints:
            tests = tuple(tests_of(constraint.when))
            if constraint.calendar is not None and any(t.fact == stage for t in tests):
                days[both(t for t in tests if t.fact != stage)] = None
        self._days = tuple(days)

    def instead(self, facts: dict[int, None], known: int) -> dict[int, None]:
        """What is asked for these open facts."""
        if not any(fact in facts for fact in self._follow):
            return facts
        if all(day.value(known) != TRUE for day in self._days):
            return facts
        rest = (fact for fact in facts if fact not in self._follow)
        return dict.fromkeys((self._asked.index, *rest))
