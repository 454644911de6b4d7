"""Plain facts in, statuses out: this library, other engines, and rules written by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench import synthetic
from bench.contenders import Contender, Row, contenders
from bench.settings import Settings
from bench.tables import Section, Target
from bench.timing import rates
from netralitas_rules import Ruleset
from netralitas_rules.ruleset import _restore

OURS = "netralitas_rules"
COLUMNS = (
    "engine",
    "form",
    "rules",
    "incidents/s",
    "ours is x times",
    "falsely met",
    "missed open",
)


def ruleset(made: synthetic.Made) -> Ruleset:
    """The made-up rules, loaded from memory."""
    return _restore({}, (("bench.yaml", synthetic.document(made)),))


def measure(settings: Settings) -> Section:
    made = synthetic.make(seed=settings.seed)
    rules = ruleset(made)
    rows = synthetic.rows(made, seed=settings.seed + 1, count=settings.incidents)
    every = list(contenders(made))
    complete = synthetic.rows(made, seed=settings.seed + 2, count=100, known=1.0)
    runs: dict[str, Any] = {OURS: (rules.statuses, rows)}
    for contender in every:
        if contender.hits is not None:
            _same_where_all_is_known(contender, rules, complete)
            count = max(10, int(len(rows) * contender.share))
            runs[_key(contender)] = (contender.hits, rows[:count])
    measured = rates(runs, rounds=settings.rounds, seconds=settings.seconds)
    ours = measured[OURS]
    statuses = [rules.statuses(row) for row in rows]
    table: list[tuple[Any, ...]] = [(OURS, "Ruleset.statuses", len(made.rules), ours, None, 0, 0)]
    for contender in every:
        speed = measured.get(_key(contender))
        table.append(
            (
                contender.name,
                contender.form + (f": {contender.missing}" if contender.missing else ""),
                contender.rules,
                speed,
                speed and ours / speed,
                *_differences(contender, rows, statuses),
            )
        )
    return Section(
        "matching",
        f"Matching: {len(made.rules)} rules, {len(made.facts)} facts, about 60 % unknown",
        COLUMNS,
        table,
        _targets(ours, every, measured),
        _notes(rows, statuses),
    )


def _key(contender: Contender) -> str:
    return f"{contender.name}, {contender.form}"


def _same_where_all_is_known(
    contender: Contender, rules: Ruleset, rows: Sequence[dict[str, Any]]
) -> None:
    """With every fact stated, two truth values do: then all must agree."""
    if contender.hits is None or contender.rules != len(rules.rules):
        return
    for row in rows:
        met = {rule for rule, status in rules.statuses(row).items() if status == "met"}
        if set(contender.hits(row)) != met:
            raise AssertionError(f"{_key(contender)} was not given the same rules")


def _differences(
    contender: Contender, rows: Sequence[Row], statuses: Sequence[Mapping[str, str]]
) -> tuple[int | None, int | None]:
    """Findings that it asserts though not settled, and that it passes over though open."""
    if contender.hits is None or contender.name == "durable_rules":
        return None, None
    false = missed = 0
    for row, ours in zip(rows, statuses, strict=True):
        hits = set(contender.hits(row))
        false += sum(ours.get(rule) != "met" for rule in hits)
        missed += sum(
            status in ("open", "elements_met") and rule not in hits for rule, status in ours.items()
        )
    return false, missed


def _targets(
    ours: float, every: Sequence[Contender], measured: Mapping[str, float]
) -> list[Target]:
    engines = [c for c in every if c.name in ("zen-engine", "rule-engine") and c.hits]
    targets = [Target("incidents matched", 200_000, ours, "/s")]
    plain = [c for c in engines if not c.by_hand]
    fastest = max(plain, key=lambda c: measured[_key(c)], default=None)
    targets.append(
        Target(
            f"times the faster engine ({_key(fastest)})" if fastest else "times the faster engine",
            20,
            ours / measured[_key(fastest)] if fastest else None,
            "x",
        )
    )
    return targets


def _notes(rows: Sequence[Row], statuses: Sequence[Mapping[str, str]]) -> list[str]:
    found = [status for row in statuses for status in row.values()]
    counts = ", ".join(f"{found.count(s)} {s}" for s in ("met", "elements_met", "open", "not_met"))
    return [
        f"{len(rows)} incidents gave {counts} here.",
        "The others know no `unknown`: a condition on an absent fact is false, its negation true. "
        "`falsely met`: asserted though what is missing could still refute it. "
        "`missed open`: passed over in silence though what is missing could still establish it.",
        "They also take any name and value; here an unknown one is refused, so every fact is read.",
        "Where every fact is stated, all gave the same answers on 100 incidents (checked above).",
        "durable_rules: only rules without exception, up to 400 conditions (above some 500 it "
        "never returns from loading), one state, a sink rule; the other columns do not apply.",
        "`chosen` or `by conduct`: which rules to ask is decided in Python, not by the engine.",
    ]
