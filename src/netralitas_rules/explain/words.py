"""Words for facts, values and conditions, taken from the codebook and the ruleset.

The words of a bare condition are made from its tests, so that table and prose cannot drift apart.
"""

import datetime
from collections.abc import Sequence

from netralitas_rules.engine.conditions import All, Any, Condition, Test
from netralitas_rules.engine.knowledge import Fact
from netralitas_rules.engine.plan import Plan
from netralitas_rules.explain.phrases import FIRST_DAY, LAST_DAY, listed, period
from netralitas_rules.facts.codebook import codebook
from netralitas_rules.facts.space import PHASE, Kind
from netralitas_rules.law.model import Text

_YES_NO = {True: Text("ya", "yes"), False: Text("tidak", "no")}
_HAPPENED = Text("ada", "happened")
_NEVER = Text("tidak ada", "did not happen")
_LABELS = {PHASE: Text("tahapan pemilihan", "phase of the contest")}
_VALUES = {
    "before_determination": Text("sebelum penetapan", "before determination"),
    "determined": Text("setelah penetapan, sebelum kampanye", "determined, before the campaign"),
    "campaign": Text("masa kampanye", "campaign period"),
    "quiet": Text("masa tenang", "quiet period"),
    "vote": Text("hari pemungutan suara", "voting day"),
    "after_vote": Text("setelah pemungutan suara", "after the vote"),
    "before": Text("lebih dahulu", "earlier"),
    "same_day": Text("pada hari yang sama", "on the same day"),
    "after": Text("kemudian", "later"),
    "never": _NEVER,
    "no_reference": Text("tanggal pembanding tidak ada", "there is no date to compare with"),
}


class Words:
    """Words of one ruleset's facts and conditions."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._conditions: dict[Condition, Text] = {}

    def label(self, path: str) -> Text:
        """Short name of a fact."""
        own = self.plan.labels.get(path) or _LABELS.get(path)
        if own is not None:
            return own
        return codebook()[path].label

    def question(self, path: str) -> Text:
        """The question that asks for a fact."""
        own = self.plan.asks.get(path)
        if own is not None:
            return own
        entry = codebook().get(path)
        return entry.question if entry is not None else self.label(path)

    def value(self, path: str, value: str | bool) -> Text:  # noqa: FBT001 - a value of a fact
        """Short name of a value."""
        own = self.plan.value_labels.get((path, str(value)))
        if own is not None:
            return own
        entry = codebook().get(path)
        if entry is not None and entry.values:
            return entry.values[str(value).lower()].label
        return _YES_NO[value] if isinstance(value, bool) else _VALUES[value]

    def is_list(self, path: str) -> bool:
        """Whether the fact holds several values at once."""
        return self.plan.space.by_path[path].spec.kind is Kind.LIST

    def code(self, path: str, code: str) -> Text:
        """Words for a code as `possible` writes it (`-x`, `none`, `true`)."""
        negated = code.startswith("-")
        bare = code.removeprefix("-")
        fact = self.plan.space.by_path[path]
        if fact.spec.kind is Kind.DATE and code == "none":
            return _NEVER
        if fact.spec.kind in (Kind.DATE, Kind.INTEGER):
            return _interval_words(fact.spec.kind, code)
        value: str | bool = bare == "true" if fact.spec.kind is Kind.BOOL else bare
        if fact.spec.kind is Kind.LIST and bare == "none":
            return Text("tidak ada", "none")
        words = self.value(path, value)
        return Text(f"tanpa {words.id}", f"without {words.en}") if negated else words

    def codes(self, path: str, codes: Sequence[str]) -> Text:
        """Words for codes of which one holds."""
        return _joined([self.code(path, c) for c in codes], "atau", "or")

    def possible(self, fact: Fact, known: int) -> tuple[str, ...]:
        """Stable codes of what knowledge leaves possible; empty where that is everything."""
        known &= fact.full
        if known == fact.full:
            return ()
        match fact.spec.kind:
            case Kind.LIST:
                return _list_codes(fact, known)
            case Kind.DATE | Kind.INTEGER:
                return _interval_codes(fact, known)
            case _:
                return tuple(
                    str(v).lower() if isinstance(v, bool) else str(v) for v in fact.decode(known)
                )

    def condition(self, condition: Condition) -> Text:
        """A condition in words, remembered."""
        found = self._conditions.get(condition)
        if found is None:
            found = self._conditions[condition] = self._condition(condition)
        return found

    def _condition(self, condition: Condition) -> Text:
        match condition:
            case Test():
                return self._test(condition)
            case All(parts):
                return self._compound(parts, "; serta ", "; and ")
            case Any(parts):
                return self._compound(parts, "; atau ", "; or ")

    def _compound(self, parts: Sequence[Condition], word_id: str, word_en: str) -> Text:
        """Conditions in words, those that are compound themselves in brackets."""
        found = []
        for part in parts:
            text = self._condition(part)
            if not isinstance(part, Test) and len(part.parts) > 1:
                text = Text(f"({text.id})", f"({text.en})")
            found.append(text)
        return Text(word_id.join(t.id for t in found), word_en.join(t.en for t in found))

    def _test(self, test: Test) -> Text:
        fact = self.plan.space.facts[test.fact]
        path = fact.spec.path
        label = self.label(path)
        if fact.spec.kind is Kind.LIST:
            return _subset_words(self, fact, test, label)
        codes = self.possible(fact, test.allowed)
        denied = self.possible(fact, test.denied)
        if fact.spec.kind not in (Kind.DATE, Kind.INTEGER) and len(denied) < len(codes):
            excluded = _joined([self.code(path, c) for c in denied], "atau", "or")
            return Text(
                f"{label.id}: selain {excluded.id}", f"{label.en}: other than {excluded.en}"
            )
        words = self.codes(path, codes)
        return Text(f"{label.id}: {words.id}", f"{label.en}: {words.en}")


def _joined(texts: Sequence[Text], word_id: str, word_en: str) -> Text:
    return Text(
        listed([text.id for text in texts], word_id), listed([text.en for text in texts], word_en)
    )


def _list_codes(fact: Fact, known: int) -> tuple[str, ...]:
    """Members that are certainly in the list, and those that are certainly not (`-x`)."""
    has = [m for m in fact.spec.values if not known & ~fact.bits[m] & fact.full]
    lacks = [m for m in fact.spec.values if not known & fact.bits[m]]
    if not has and len(lacks) == len(fact.spec.values):
        return ("none",)
    return (*(str(m) for m in has), *(f"-{m}" for m in lacks))


def _subset_words(words: Words, fact: Fact, test: Test, label: Text) -> Text:
    """`has`, `any` and `lacks`, recognised from the subsets that are allowed."""
    members = fact.spec.values
    path = fact.spec.path
    inside = [m for m in members if not test.allowed & ~fact.bits[m] & fact.full]
    outside = [m for m in members if not test.allowed & fact.bits[m]]
    rest = fact.with_members(inside, present=True) & fact.with_members(outside, present=False)
    parts: list[Text] = []
    if inside:
        parts.append(_joined([words.value(path, m) for m in inside], "dan", "and"))
    if test.allowed != rest:
        others = [m for m in members if m not in inside and m not in outside]
        some = [m for m in others if not test.denied & rest & fact.bits[m]]
        parts.append(_joined([words.value(path, m) for m in some or others], "atau", "or"))
    if outside:
        without = _joined([words.value(path, m) for m in outside], "atau", "or")
        parts.append(Text(f"tanpa {without.id}", f"without {without.en}"))
    return Text(
        f"{label.id}: {', '.join(part.id for part in parts)}",
        f"{label.en}: {', '.join(part.en for part in parts)}",
    )


def _interval_codes(fact: Fact, known: int) -> tuple[str, ...]:
    """Runs of cells as `first..last` (an open end is left out), `none` for never."""
    cells = fact.cell_numbers(known)
    runs: list[list[int]] = []
    for cell in cells:
        if runs and runs[-1][-1] == cell - 1:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    last = len(fact.breaks)
    codes = []
    for run in runs:
        low = _bound(fact, fact.cell_bounds(run[0])[0]) if run[0] else ""
        high = _bound(fact, fact.cell_bounds(run[-1])[1]) if run[-1] < last else ""
        codes.append(low if low and low == high else f"{low}..{high}")
    never = ["none"] if known & fact.never_bit else []
    return tuple(codes + never)


def _bound(fact: Fact, ordinal: int) -> str:
    if fact.spec.kind is Kind.INTEGER:
        return str(ordinal)
    return datetime.date.fromordinal(ordinal).isoformat()


def _interval_words(kind: Kind, code: str) -> Text:
    low, separator, high = code.partition("..")
    if code == "..":
        return _HAPPENED
    if kind is Kind.DATE:
        first, last = low or FIRST_DAY, high or LAST_DAY
        if not separator:
            last = first
        return Text(period(first, last, "id"), period(first, last, "en"))
    if not separator or low == high:
        return Text(low, low)
    if not low:
        return Text(f"paling banyak {high}", f"at most {high}")
    if not high:
        return Text(f"paling sedikit {low}", f"at least {low}")
    return Text(f"{low} sampai dengan {high}", f"{low} to {high}")
