"""What it costs to choose the law in time, and to compare its versions."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.incidents import AS_OF, RULESET
from bench.settings import Settings
from bench.tables import Section, Target
from bench.timing import rates
from netralitas_rules import Incident, Ruleset, load, read
from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.model import RulesetRef
from netralitas_rules.engine.evaluate import Evaluator
from netralitas_rules.engine.frames import Framer

ROWS = Path(__file__).resolve().parents[1] / "examples" / "rows"
Law = tuple[tuple[str, str], ...]


def measure(settings: Settings) -> Section:
    """Decisions as they are, against the same under a plan in which the law was chosen before."""
    rules = load(RULESET)
    by_law = list(_with_settled_law(rules))
    common, _ = Counter(law for law, _ in by_law).most_common(1)[0]
    incidents = [incident for law, incident in by_law if law == common]
    chosen = _without_choice(rules, common)
    measured = rates(
        {
            "chosen": (lambda i: chosen.decide(i, as_of=AS_OF, chosen={}), incidents),
            "choosing": (lambda i: rules.decide(i, as_of=AS_OF), incidents),
            "versions": (lambda i: rules.versions(i, as_of=AS_OF), incidents),
        },
        rounds=settings.rounds,
        seconds=settings.seconds,
    )
    share = 1 - measured["choosing"] / measured["chosen"]
    return Section(
        "versions",
        f"Choosing the law in time: {len(incidents)} example reports under ruleset {RULESET}",
        ("step", "a second", "microseconds"),
        [
            ("decision under law chosen beforehand", measured["chosen"], 1e6 / measured["chosen"]),
            ("decision", measured["choosing"], 1e6 / measured["choosing"]),
            ("version matrix", measured["versions"], 1e6 / measured["versions"]),
        ],
        [Target("share of a decision", 20, 100 * share, "%", at_least=False)],
    )


def _with_settled_law(rules: Ruleset) -> Iterator[tuple[Law, Incident]]:
    for path in sorted(ROWS.glob("*.yaml")):
        for record in read(path):
            assert isinstance(record, Incident)
            laws = rules.decide(record, as_of=AS_OF).law
            if all(len(law.bodies) == 1 for law in laws):
                yield tuple((law.fact, law.bodies[0].value) for law in laws), record


def _without_choice(rules: Ruleset, law: Law) -> DecisionBuilder:
    """A plan without transitions, whose law is known before an incident is read."""
    plan = rules.plan
    facts = [(plan.space.by_path[path], value) for path, value in law]
    base = plan.base
    for fact, value in facts:
        base = base & ~fact.full | fact.bits[value]
    set_by = {fact.index for fact, _ in facts}
    constraints = tuple(c for c in plan.constraints if c.then.fact not in set_by)
    fixed = replace(plan, constraints=constraints, slices=(), base=base)
    reference = RulesetRef(rules.name, rules.version, rules.digest)
    return DecisionBuilder(reference, fixed, Framer(fixed), Evaluator(fixed))
