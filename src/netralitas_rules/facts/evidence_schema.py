"""The JSON Schema of what an item of evidence shows: every place of a fact, with its values."""

import re
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

from netralitas_rules.facts.places import PARTS, Steps, field_at

_NUMBER = r"(\[\d{1,3}\])?"


class ShowsSchema:
    """Marker of the mapping of places to what is allowed there."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        found = dict(handler(schema))
        found["patternProperties"] = _lines()
        found["additionalProperties"] = False
        return found


def _lines() -> dict[str, Any]:
    """Patterns of places, each with the form of its fact; what a ruleset declares takes any."""
    from netralitas_rules.facts.incident import Incident
    from netralitas_rules.facts.space import ELECTION, stated_facts

    own = "|".join([*PARTS, *PARTS.values()])
    found: dict[str, Any] = {rf"^({own}){_NUMBER}\.[a-z0-9-]+\.[a-z0-9_-]+$": {}}
    own_election = f"beneficiary.{ELECTION}"
    for path in sorted([*(spec.path for spec in stated_facts()), own_election]):
        # The election of the report has the form of that of a beneficiary.
        group, *rest = (own_election if path == ELECTION else path).split(".")
        steps: Steps = (PARTS[group], 0, *rest) if group in PARTS else (group, *rest)
        field = field_at(Incident, steps)
        assert field is not None, f"{path} is a fact"
        grouped = group in PARTS and path != ELECTION
        head = rf"({group}|{PARTS[group]}){_NUMBER}\." if grouped else ""
        name = re.escape(".".join(rest) if grouped else path)
        found[f"^{head}{name}$"] = {"x-ref": f"{field[0].__name__}/properties/{field[1]}"}
    return found
