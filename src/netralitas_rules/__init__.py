"""Political neutrality of Indonesian civil servants: from a reported incident to cited findings.

    import netralitas_rules as nr

    rules = nr.load("kemenkumham")
    for record in nr.read("reports.jsonl"):
        if isinstance(record, nr.Refused):
            print(record)
        else:
            print(rules.decide(record, as_of="2024-01-10").text(lang="id"))

Everything a program needs stands here; modules below are internal and may change.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netralitas_rules.decision.model import Decision, Finding, SanctionPath
    from netralitas_rules.facts.incident import Act, Beneficiary, Incident, Subject
    from netralitas_rules.facts.leaves import one_of
    from netralitas_rules.loader import load
    from netralitas_rules.loading.diagnostics import Refused
    from netralitas_rules.loading.incidents import read
    from netralitas_rules.ruleset import Ruleset

__version__ = "0.1.0"

_HOMES = {
    "Act": "facts.incident",
    "Beneficiary": "facts.incident",
    "Decision": "decision.model",
    "Finding": "decision.model",
    "Incident": "facts.incident",
    "Refused": "loading.diagnostics",
    "Ruleset": "ruleset",
    "SanctionPath": "decision.model",
    "Subject": "facts.incident",
    "load": "loader",
    "one_of": "facts.leaves",
    "read": "loading.incidents",
}

__all__ = [
    "Act",
    "Beneficiary",
    "Decision",
    "Finding",
    "Incident",
    "Refused",
    "Ruleset",
    "SanctionPath",
    "Subject",
    "load",
    "one_of",
    "read",
]


def __getattr__(name: str) -> Any:
    """Public names are imported when first used: `import netralitas_rules` costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
