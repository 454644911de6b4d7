"""JSON Schemas for forms and editors, generated from the models."""

from typing import Any, cast

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NAMES = (
    *("incident", "ruleset", "scenarios", "casefile"),
    *("decision", "versions", "inquiry", "why", "case"),
)


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of an incident file, a ruleset or scenario file, or what comes out."""
    match name:
        case "incident":
            from netralitas_rules.facts.incident import Incident

            body = _with_references(Incident.model_json_schema())
        case "ruleset":
            body = _ruleset_schema()
        case "scenarios":
            from netralitas_rules.scenarios.documents import ScenarioFile

            body = ScenarioFile.model_json_schema()
        case "decision":
            from netralitas_rules.decision.model import adapter

            body = adapter().json_schema(mode="serialization")
        case "versions":
            from netralitas_rules.versions.model import adapter as versions_adapter

            body = versions_adapter().json_schema(mode="serialization")
        case "inquiry":
            from netralitas_rules.inquiry.model import adapter as inquiry_adapter

            body = inquiry_adapter().json_schema(mode="serialization")
        case "why":
            from netralitas_rules.inquiry.why import adapter as why_adapter

            body = why_adapter().json_schema(mode="serialization")
        case "casefile":
            from netralitas_rules.facts.casefile import CaseFile

            body = _with_references(CaseFile.model_json_schema())
        case "case":
            from netralitas_rules.case.model import adapter as case_adapter

            body = case_adapter().json_schema(mode="serialization")
        case _:
            raise ValueError(f"there is no schema {name!r}; expected one of {', '.join(NAMES)}")
    return {"$schema": DRAFT, **body, "title": f"netralitas-rules {name}"}


def _ruleset_schema() -> dict[str, Any]:
    from netralitas_rules.loading.documents import ElementDoc, RulesetFile

    body = RulesetFile.model_json_schema()
    element = ElementDoc.model_json_schema()
    element.pop("$defs")
    body["$defs"] |= {"ElementDoc": element, "Condition": _condition_schema()}
    return cast("dict[str, Any]", _with_references(body))


def _with_references(part: Any) -> Any:
    """`x-ref` becomes a `$ref`: pydantic checks references to what it has not made itself."""
    if isinstance(part, list):
        return [_with_references(item) for item in part]
    if not isinstance(part, dict):
        return part
    if set(part) >= {"x-ref"}:
        return {"$ref": f"#/$defs/{part['x-ref']}"}
    return {key: _with_references(value) for key, value in part.items()}


def _condition_schema() -> dict[str, Any]:
    """A condition with every fact of the vocabulary and its values, so that editors complete."""
    from netralitas_rules.facts.space import Kind, vocabulary

    condition = {"$ref": "#/$defs/Condition"}
    several = {"type": "array", "items": condition, "minItems": 1}
    names = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    properties: dict[str, Any] = {"all": several, "any": several, "not": condition, "is": names}
    for path, spec in vocabulary().items():
        one: dict[str, Any] = {"enum": list(spec.values)}
        many = {"type": "array", "items": one, "minItems": 1}
        match spec.kind:
            case Kind.DATE | Kind.INTEGER:
                bounds = {"from": {"type": "string"}, "until": {"type": "string"}}
                allowed: list[Any] = [{"type": "object", "properties": bounds}]
                allowed += [{"enum": ["none", "happened"]}] if spec.may_be_never else []
            case Kind.LIST:
                tests = dict.fromkeys(("has", "any", "lacks"), many)
                allowed = [{"type": "object", "properties": tests, "additionalProperties": False}]
            case _:
                excluded = {"not": {"anyOf": [one, many]}}
                negated = {"type": "object", "properties": excluded, "additionalProperties": False}
                allowed = [one, many, negated]
        properties[path] = {"anyOf": [*allowed, {"const": "stated"}]}
    return {
        "type": "object",
        "minProperties": 1,
        "properties": properties,
        "patternProperties": {r"^(law|reading|contest|subject|act|beneficiary)\.": {}},
        "additionalProperties": False,
    }
