"""Deadlines in words, as the law states them and as they were counted."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import fill

from netralitas_rules.explain.phrases import TEXTS, day, listed
from netralitas_rules.law.deadlines import (
    Count,
    DeadlineRule,
    Direction,
    Event,
    FirstDay,
    Means,
    Unit,
)
from netralitas_rules.law.model import Provision, Question, Text, TextState
from netralitas_rules.procedure.deadlines import Deadline, Reckoning, Taken
from netralitas_rules.procedure.working_days import Reason, Rest, Week

WIDTH = 96

PHRASES = {
    "runs_from": Text("dihitung sejak", "runs from"),
    "back_from": Text("dihitung mundur dari", "counted back from"),
    "length": Text("lama", "length"),
    "first_day": Text("hari itu", "that day"),
    "basis": Text("dasar hukum", "legal basis"),
    "note": Text("catatan", "note"),
    "week": Text("pekan kerja", "working week"),
    "question": Text("pertanyaan hukum", "question of law"),
    "taken": Text("dipakai", "taken"),
    "none": Text("tidak ada", "none"),
    "under": Text("penafsiran", "reading"),
    "day_1": Text("hari ke-1", "day 1"),
    "skipped": Text("tidak dihitung", "not counted"),
    "rests": Text(
        "bukan hari kerja ({}); tidak ada sumber yang menyatakan bahwa hari itu bergeser",
        "is no working day ({}); no source says that the day moves for that",
    ),
    "open": Text(
        "bergantung pada pertanyaan hukum di bawah", "depends on the questions of law below"
    ),
    "or": Text("atau", "or"),
    "otherwise": Text("menurut penafsiran lain", "under another reading"),
    "by": Text("oleh", "by"),
    "default": Text("bawaan himpunan aturan", "default of the ruleset"),
    "argument": Text("dipilih pengguna", "chosen by the user"),
    "no_leave": Text(
        "cuti bersama: tidak ada yang diberikan; cuti bersama dalam masa itu menggeser harinya",
        "joint leave: none was given; any within the time moves the day",
    ),
    "estimated": Text("tanggal perkiraan", "estimated date"),
    "hours": Text("jam peristiwanya menentukan", "the hour of the event decides"),
}
MEANS = {
    Means.LAST_DAY: Text("hari terakhir", "last day"),
    Means.TAKES_EFFECT: Text("mulai berlaku", "takes effect on"),
}
EVENTS = {
    Event.SUMMONS: Text("tanggal surat panggilan", "the date of the letter of summons"),
    Event.EXAMINATION: Text(
        "tanggal pemeriksaan yang ditentukan", "the date set for the examination"
    ),
    Event.DECISION: Text("keputusan ditetapkan", "the decision is made"),
    Event.DELIVERY: Text(
        "hari yang ditentukan untuk penyampaian keputusan", "the day set for handing it over"
    ),
    Event.RECEIPT: Text("keputusan diterima", "the decision is received"),
    Event.OBJECTION: Text("keberatan diterima", "the objection is received"),
    Event.OBJECTION_COPY: Text(
        "tembusan keberatan diterima", "the copy of the objection is received"
    ),
    Event.APPEAL: Text("permohonan banding diterima", "the appeal is received"),
    Event.APPEAL_COPY: Text("tembusan banding diterima", "the copy of the appeal is received"),
    Event.RESIGNATION: Text("pengunduran diri diterima", "the resignation is received"),
    Event.OPINION: Text(
        "pertimbangan atasan langsung diterima", "the direct superior's opinion is received"
    ),
    Event.PROPOSAL: Text("usul pemberhentian diterima", "the proposal of dismissal is received"),
    Event.PROOF: Text("terbukti", "it is proven"),
    Event.DISCOVERY: Text("ditemukan", "it is discovered"),
    Event.KNOWN: Text("diketahui", "it becomes known"),
    Event.REPORT: Text("laporan diterima", "the report is received"),
    Event.REGISTRATION: Text("laporan diregistrasi", "the report is registered"),
    Event.VERIFICATION: Text("hasil verifikasi disampaikan", "the verification is done"),
    Event.RECOMMENDATION: Text("tanggal surat rekomendasi", "the date of the recommendation"),
    Event.DECLARATION: Text(
        "dinyatakan sebagai dugaan tindak pidana", "it is declared a suspected crime"
    ),
}
FIRST_DAYS = {
    FirstDay.COUNTED: Text("ikut dihitung", "counts"),
    FirstDay.NOT_COUNTED: Text("tidak ikut dihitung", "does not count"),
}
UNITS = {
    Unit.DAYS: (Text("hari kalender", "calendar day"), Text("hari kalender", "calendar days")),
    Unit.WORKING_DAYS: (Text("hari kerja", "working day"), Text("hari kerja", "working days")),
    Unit.HOURS: (Text("jam", "hour"), Text("jam", "hours")),
}
THEN = Text("kemudian", "then")
WEEKS = {
    Week.FIVE_DAYS: Text("lima hari, Senin sampai dengan Jumat", "five days, Monday to Friday"),
    Week.SIX_DAYS: Text("enam hari, Senin sampai dengan Sabtu", "six days, Monday to Saturday"),
}
REASONS = {
    Reason.WEEKEND: Text("akhir pekan", "weekend"),
    Reason.HOLIDAY: Text("hari libur nasional", "national holiday"),
    Reason.JOINT_LEAVE: Text("cuti bersama", "joint leave"),
}
WEEKDAYS = (
    Text("Senin", "Monday"),
    Text("Selasa", "Tuesday"),
    Text("Rabu", "Wednesday"),
    Text("Kamis", "Thursday"),
    Text("Jumat", "Friday"),
    Text("Sabtu", "Saturday"),
    Text("Minggu", "Sunday"),
)


class DeadlineWords:
    """Words for the deadlines of one ruleset, in one language."""

    def __init__(
        self, provisions: Mapping[str, Provision], questions: Mapping[str, Question], *, lang: str
    ) -> None:
        self.provisions = provisions
        self.questions = questions
        self.lang = lang

    def rule(self, rule: DeadlineRule) -> str:
        """A deadline as the law states it."""
        lines = [rule.id, self._line("  ", self._(rule.says))]
        lines.append(self._line("  ", self._event(rule.event, rule.direction)))
        lines += [self._line("  ", text) for text in self._lengths(rule)]
        lines += self._notes(rule.basis, rule.note)
        for question in rule.questions:
            reading, by = self.questions[question].taken()
            taken = None if reading is None else Taken(question, reading, by)
            lines.append(self._line("  ", self._asked(question, taken)))
        return "\n".join(lines)

    def deadline(self, found: Deadline) -> str:
        """A deadline that was counted."""
        lines = [found.id, self._line("  ", self._(found.says))]
        event = f"{self._event(found.event, found.direction)}, {self._day(found.on)}"
        lines.append(self._line("  ", event))
        lines.append(self._line("  ", f"{self._(MEANS[found.means])}: {self._last(found)}"))
        lines += self._notes(found.basis, found.note)
        units = {one.count.unit for one in (*found.possible, *found.otherwise)}
        if Unit.WORKING_DAYS in units:
            lines.append(self._line("  ", f"{self._p('week')}: {self._(WEEKS[found.week])}"))
            if not found.joint_leave:
                lines.append(self._line("  ", self._p("no_leave")))
        taken = {one.question: one for one in found.taken}
        for question in dict.fromkeys((*found.open, *taken)):
            lines.append(self._line("  ", self._asked(question, taken.get(question))))
        for one in found.possible:
            lines += self._reckoning(one, found.means)
        if found.otherwise:
            lines.append(f"  {self._p('otherwise')}:")
            for one in found.otherwise:
                lines += self._reckoning(one, found.means)
        return "\n".join(lines)

    def _(self, text: Text) -> str:
        return text.in_language(self.lang)

    def _p(self, key: str) -> str:
        return self._(PHRASES[key])

    def _event(self, event: Event, direction: Direction) -> str:
        how = "runs_from" if direction is Direction.AFTER else "back_from"
        return f"{self._p(how)}: {self._(EVENTS[event])}"

    def _lengths(self, rule: DeadlineRule) -> Iterator[str]:
        """How long it is and whether the first day counts, by reading where one decides."""
        for reading, count in rule.counts:
            under = f" ({rule.count_question} = {reading})" if reading else ""
            yield f"{self._p('length')}: {self._count(count)}{under}"
            if count.unit is Unit.HOURS:
                return
        if rule.first_day_question is None:
            _, first_day = rule.first_days[0]
            yield f"{self._p('first_day')}: {self._(FIRST_DAYS[first_day])}"

    def _count(self, count: Count) -> str:
        return self._number(count.number, count.unit) + (
            f", {self._(THEN)} {self._number(count.then_days, Unit.DAYS)}"
            if count.then_days
            else ""
        )

    def _number(self, number: int, unit: Unit) -> str:
        return f"{number} {self._(UNITS[unit][number != 1])}"

    def _notes(self, basis: Sequence[str], note: Text | None) -> list[str]:
        cites = "; ".join(self._cited(self.provisions[name]) for name in basis)
        lines = [self._line("  ", f"{self._p('basis')}: {cites}")]
        if note is not None:
            lines.append(self._line("  ", f"{self._p('note')}: {self._(note)}"))
        return lines

    def _cited(self, one: Provision) -> str:
        cited = f"{self._(one.cite)} [{one.mark}]"
        return cited if one.text is TextState.SEEN else f"{cited} ({self._(TEXTS[one.text])})"

    def _asked(self, name: str, taken: Taken | None) -> str:
        question = self.questions[name]
        text = f"{self._p('question')} {name}: {self._(question.asks)}"
        if taken is None:
            return f"{text} {self._p('taken')}: {self._p('none')}"
        by = self._p(taken.by) if taken.by in ("default", "argument") else taken.by
        return f"{text} {self._p('taken')}: {taken.reading} ({by})"

    def _last(self, found: Deadline) -> str:
        days = sorted({one.last for one in found.possible})
        words = listed([self._day(one) for one in days], self._p("or"))
        return words if len(days) == 1 else f"{words}; {self._p('open')}"

    def _reckoning(self, one: Reckoning, means: Means) -> Iterator[str]:
        named = ", ".join(f"{question} = {reading}" for question, reading in one.readings)
        by_hours = one.count.unit is Unit.HOURS
        start = self._p("hours") if by_hours else f"{self._p('day_1')}: {self._day(one.first)}"
        parts = (self._count(one.count), start, f"{self._(MEANS[means])}: {self._day(one.last)}")
        yield self._line("  - ", (f"{named}: " if named else "") + "; ".join(parts))
        if one.skipped:
            yield self._line("    ", f"{self._p('skipped')}: {self._skipped(one.skipped)}")
        if one.rests is not None:
            why = self._p("rests").format(self._why(one.rests))
            yield self._line("    ", f"{self._day(one.last)} {why}")

    def _skipped(self, rests: Iterable[Rest]) -> str:
        """Days of one reason together, in the order in which they come up."""
        together: dict[str, list[str]] = {}
        for rest in rests:
            together.setdefault(self._why(rest), []).append(day(rest.day.isoformat(), self.lang))
        return "; ".join(f"{why}: {', '.join(days)}" for why, days in together.items())

    def _why(self, rest: Rest) -> str:
        why = self._(rest.name) if rest.name is not None else self._(REASONS[rest.reason])
        return f"{why}, {self._p('estimated')}" if rest.estimated else why

    def _day(self, date: datetime.date) -> str:
        weekday = self._(WEEKDAYS[date.weekday()])
        separator = " " if self.lang == "en" else ", "
        return f"{weekday}{separator}{day(date.isoformat(), self.lang)}"

    def _line(self, lead: str, text: str) -> str:
        return fill(
            text,
            WIDTH,
            initial_indent=lead,
            subsequent_indent=" " * (len(lead) + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )
