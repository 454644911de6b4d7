"""Write the conformance cases again (see conformance/README.md).

Small rulesets are drawn from a seed; what is expected of them comes from the reference evaluator
of the tests, which shares no code with the engine. Usage: `python scripts/write_conformance.py`.
"""

import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import netralitas_rules as nr  # noqa: E402
from tests.conformance.cases import observed  # noqa: E402
from tests.spec import Contradiction, Spec, rules_of  # noqa: E402
from tests.strategies import (  # noqa: E402
    AS_OF,
    Choices,
    Doc,
    a_sample,
    an_incident,
    model,
    ruleset_of,
    some_evidence,
    with_standards,
)

FOLDER = ROOT / "conformance"
SMALL = 40
EVIDENT = 12
SEEDS = 160
BUNDLED = "national"
BUNDLED_DAY = "2025-12-31"


def small_case(seed: int, *, evident: bool = False) -> Doc | None:
    """A small ruleset and an incident, `evident` with evidence and standards; None where the
    incident cannot be stated.
    """
    chance = Choices(Random(seed).randrange)
    sample = a_sample(chance)
    incident = an_incident(chance, sample.facts)
    document = sample.document
    if evident:
        document = with_standards(chance, document)
        incident["evidence"] = some_evidence(chance, incident, sample.facts)
    law = {section: part for section, part in document.items() if part}
    case: Doc = {"note": f"drawn from seed {seed}", "as-of": AS_OF, "ruleset": law}
    case["incident"] = incident
    try:
        model(incident)
        outcome = Spec(document).decide(incident, as_of=AS_OF)
    except ValueError:
        return None
    except Contradiction:
        case["expect"] = {"refused": "contradictory-facts"}
        return case if observed(ruleset_of(law), incident, AS_OF) == case["expect"] else None
    found = {rule: own.status for (rule, *_), own in outcome.findings.items()}
    case["expect"] = {
        "findings": dict(sorted(found.items())),
        "paths": dict(sorted((row, status) for (_, row), status in outcome.paths.items())),
    }
    return case


def kinds(case: Doc) -> set[str]:
    """What a case shows: statuses, and the constructs in its ruleset."""
    expect = case["expect"]
    shown = {str(s) for part in ("findings", "paths") for s in expect.get(part, {}).values()}
    shown |= {"refused"} if "refused" in expect else set()
    law = str(case["ruleset"])
    words = ("'not'", "'any'", "'is'", "'but-not'", "'asked-when'", "'under'", "'scope'",
             "'calendars'", "'comparisons'", "'lacks'", "'until'", "'stated'", "'permissions'",
             "'consequences'", "'transitions'", "'constraints'", "'reading.open'")  # fmt: skip
    held = any(rule.get("standard") for rule in rules_of(case["ruleset"]).values())
    shown |= {f"{status} by a standard" for status in expect.get("findings", {}).values() if held}
    return shown | {word for word in words if word in law}


def small_cases(count: int, *, evident: bool = False) -> list[Doc]:
    """Cases that show as much as possible: every status and construct about equally often."""
    cases = (small_case(seed, evident=evident) for seed in range(SEEDS))
    drawn = [case for case in cases if case is not None]
    often: Counter[str] = Counter()
    chosen: list[Doc] = []
    while len(chosen) < count:
        best = max(drawn, key=lambda case: sum(1 / (1 + often[k]) for k in kinds(case)))
        drawn.remove(best)
        often.update(kinds(best))
        chosen.append(best)
    return chosen


def row_cases() -> list[tuple[str, Doc]]:
    """The examples of every row of the joint decree, on the bundled ruleset."""
    rules = nr.load(BUNDLED)
    found = []
    for path in sorted((ROOT / "examples" / "rows").glob("*.yaml")):
        incident = yaml.safe_load(path.read_text(encoding="utf-8"))
        plain = _texts(incident)
        case = {
            "note": f"the example {path.stem}",
            "as-of": BUNDLED_DAY,
            "ruleset": BUNDLED,
            "incident": plain,
            "expect": observed(rules, plain, BUNDLED_DAY),
        }
        found.append((path.stem, case))
    return found


def _texts(value: Any) -> Any:
    """Days as they are written."""
    if isinstance(value, dict):
        return {key: _texts(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_texts(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


class _Plain(yaml.SafeDumper):
    """No aliases: a reader need not know them."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def write(path: Path, case: Doc) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(_texts(case), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110,
                     default_flow_style=None)  # fmt: skip
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    for old in FOLDER.rglob("*.yaml"):
        old.unlink()
    for folder, count in (("small", SMALL), ("evidence", EVIDENT)):
        cases = small_cases(count, evident=folder == "evidence")
        for number, case in enumerate(cases, start=1):
            write(FOLDER / folder / f"{number:02}.yaml", case)
    for name, case in row_cases():
        write(FOLDER / "rows" / f"{name}.yaml", case)


if __name__ == "__main__":
    main()
