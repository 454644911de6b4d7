"""From pydantic's errors to diagnostics with a position, an expectation and a suggestion."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from netralitas_rules.facts.incident import FILE, KEY, LINE
from netralitas_rules.facts.leaves import OWN_NAME
from netralitas_rules.facts.space import stated_facts
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, listing, shown, suggest
from netralitas_rules.loading.document_parts import ID, NAME, PATH, VERSION
from netralitas_rules.loading.history_documents import RECORD_NAME
from netralitas_rules.loading.tree import IDENTITY, MAX_DIAGNOSTICS

M = TypeVar("M", bound=BaseModel)
Locate = Callable[[Sequence[str | int], bool], Position | None]
"""Position of the value (or, with True, of the key) at a path."""

_TYPE_NAMES = {
    "string_type": "a text",
    "int_type": "a whole number",
    "bool_type": "`true` or `false`",
    "dict_type": "a mapping",
    "list_type": "a list",
    "tuple_type": "a list",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "mapping_type": "a mapping",
}


def diagnostics_of(
    error: ValidationError,
    model: type[BaseModel],
    *,
    locate: Locate,
    heading: Callable[[Sequence[str | int]], str] = lambda _: "",
) -> list[Diagnostic]:
    """One diagnostic per independent error, in the order of the file."""
    details = error.errors(include_url=False)
    broken = {tuple(d["loc"]) for d in details}
    kept = [d for d in details if not _follows_from_another(d, broken)]
    found = [
        replace(_diagnostic(detail, model, locate), heading=heading(detail["loc"]))
        for detail in kept[:MAX_DIAGNOSTICS]
    ]
    return sorted(found, key=lambda d: [(p.line, p.column) for p in d.positions])


def _follows_from_another(detail: ErrorDetails, broken: set[tuple[int | str, ...]]) -> bool:
    """A list is "too short" only because an item of it was refused."""
    loc = tuple(detail["loc"])
    return (
        detail["type"] == "too_short"
        and bool(detail["input"])
        and any(other[: len(loc)] == loc and other != loc for other in broken)
    )


def _diagnostic(detail: ErrorDetails, model: type[BaseModel], locate: Locate) -> Diagnostic:
    kind = detail["type"]
    context = detail.get("ctx", {})
    if "value" in context:  # refused from further up: this is what stands at the path
        detail = {**detail, "input": context["value"]}
    inside = _untagged(model, detail["loc"])
    loc = [*inside, *context["path"]] if "path" in context else inside
    loc = [step for step in loc if step != "[key]"]
    key_is_wrong = kind in _OF_KEYS or detail["loc"][-1:] == ("[key]",)
    position = locate(loc, key_is_wrong)
    path = tuple(str(step) for step in loc)
    name = _name(loc, locate)
    positions = (position,) if position else ()
    hidden = IDENTITY in path

    def made(
        code: Code, message: str, *, expected: str = "", help: str = "", found: str | None = None
    ) -> Diagnostic:
        if hidden or code is Code.MISSING_KEY:
            found = ""
        return Diagnostic(
            code,
            message,
            expected=expected,
            found=shown(detail["input"]) if found is None else found,
            help=help,
            positions=positions,
            path=path,
        )

    if kind == "extra_forbidden":
        known = _fields_at(model, detail["loc"][:-1])
        return Diagnostic(
            Code.UNKNOWN_KEY,
            f"there is no `{name}` here",
            expected=listing(known),
            found=f"`{name}`",
            help=suggest(name, known),
            positions=positions,
            path=path,
        )
    if kind in ("key_twice", "key_unknown"):
        twice = kind == "key_twice"
        return Diagnostic(
            Code.DUPLICATE_ITEM if twice else Code.UNKNOWN_REFERENCE,
            f"the key `{context['key']}` is used twice"
            if twice
            else f"nothing has the key `{context['key']}`",
            expected="a key that nothing else has" if twice else listing(context["known"]),
            found=f"`{context['key']}`",
            help="" if twice else suggest(context["key"], context["known"]),
            positions=positions,
            path=path,
        )
    if kind == "evidence_place":
        code = Code.UNKNOWN_REFERENCE
        return made(code, context["message"], expected=context["expected"])
    if kind == "evidence_twice":
        return made(
            Code.DUPLICATE_ITEM,
            f"one item shows `{name}` twice, under two names",
            expected="one line for each fact",
        )
    if kind == "evidence_many":
        expected = f"at most {context['limit']} items for one fact"
        return made(Code.WRONG_TYPE, f"too many items show `{name}`", expected=expected)
    if kind == "evidence_null":
        return made(
            Code.NULL, "there is no null", help="leave the line out if the item shows nothing of it"
        )
    if kind == "evidence_fact":
        return _no_fact(made, name)
    if kind == "who_missing":
        return made(
            Code.MISSING_KEY,
            "of several people every act says who did it",
            expected="the key `by`",
            help="by: [..] with the keys of the people who did it",
        )
    if kind == "stage_missing":
        return made(
            Code.MISSING_KEY,
            "a note on the stage needs the stage",
            expected="the key `stage`, or `determined_before_act`",
            help="stage: with the stage that the note is about",
        )
    if kind == "subject_missing":
        return made(
            Code.MISSING_KEY,
            "of several people one is the person of the file",
            expected="the key `subject`",
            help="subject: with the key of the person in this report",
        )
    if kind == "union_tag_not_found":
        tag = context["discriminator"].strip("'")
        return made(Code.MISSING_KEY, f"`{tag}` is missing", expected=f"the key `{tag}`")
    if kind == "union_tag_invalid":
        allowed = [part.strip("'") for part in context["expected_tags"].split(", ")]
        tag, value = context["discriminator"].strip("'"), context["tag"]
        return replace(
            made(
                Code.UNKNOWN_VALUE,
                f"`{tag}` has no such value",
                expected=listing(allowed, limit=30),
                found=shown(value),
                help=suggest(value, allowed),
            ),
            positions=tuple(p for p in (locate([*loc, tag], False),) if p),  # noqa: FBT003
            path=(*path, tag),
        )
    if kind == "missing":
        return made(Code.MISSING_KEY, f"`{name}` is missing", expected=f"the key `{name}`")
    if kind in ("leaf_value", "leaf_list"):
        return _leaf(detail, made, name)
    if kind == "date_order":
        found = made(
            Code.DATE_ORDER,
            f"`{name}` lies before `{context['before']}`",
            expected=f"a date from {context['first']}",
            found=context["last"],
            help="check both dates; write a span where a date is not certain",
        )
        earlier = locate([*inside, *context["also"]], False)  # noqa: FBT003 - the value, not its key
        return replace(found, positions=(*positions, earlier)) if earlier else found
    if kind == "leaf_date":
        return made(Code.BAD_DATE, f"`{name}`: {context['reason']}", expected=_DATE)
    if kind == "literal_error" and name == "format":
        return made(
            Code.UNKNOWN_FORMAT,
            "this format is not known",
            expected=context["expected"],
            help="a newer version of the library may read it",
        )
    if kind in ("enum", "literal_error"):
        allowed = [part.strip(" '") for part in _split_expected(context["expected"])]
        return made(
            Code.UNKNOWN_VALUE,
            f"`{name}` has no such value",
            expected=listing(allowed),
            help=suggest(str(detail["input"]), allowed),
        )
    if kind == "shape":
        expected = context["expected"]
        return made(Code.WRONG_TYPE, f"`{name}` must be {expected}", expected=expected)
    if kind == "value_error":
        error = str(context["error"])
        expected = _DAY_OR_MONTH if error.endswith("no month") else _DAY
        return made(Code.BAD_DATE, f"`{name}`: {error}", expected=expected)
    if kind in _TYPE_NAMES:
        expected = _TYPE_NAMES[kind]
        code = Code.NULL if detail["input"] is None else Code.WRONG_TYPE
        return made(code, f"`{name}` must be {expected}", expected=expected)
    if kind in _SIZES:
        bound, words = _SIZES[kind]
        expected = words.format(context[bound])
        return made(Code.WRONG_TYPE, f"`{name}` needs {expected}", expected=expected)
    if kind == "string_pattern_mismatch":
        return made(
            Code.WRONG_TYPE,
            f"`{name}` is written in a form that is not allowed here",
            expected=_FORMS.get(context["pattern"], f"text of the form `{context['pattern']}`"),
        )
    return made(Code.WRONG_TYPE, f"`{name}`: {_lower_first(detail['msg'])}")


_FORMS = {
    KEY: "small letters, digits, `_` and `-` (s1, head-of-unit)",
    LINE: "one line of text, without control characters",
    ID: "letters, digits and `-`, with `/` between parts, the first small (pp-94-2021/5/n)",
    NAME: "small letters, digits and `-` (pp-94-2021)",
    FILE: "a path below the folder of this file, with `/` between names (documents/post.png)",
    OWN_NAME: "a prefix, `/` and a name, in small letters (mine/pilkada-2029)",
    PATH: "names with dots, in small letters (act.prefix.name)",
    RECORD_NAME: "small letters, digits and `_` (same_event)",
    VERSION: "numbers with dots (1.0, 2024.1)",
}
_OF_KEYS = (
    *("extra_forbidden", "evidence_place", "evidence_fact", "evidence_twice", "evidence_many"),
)
"""Errors of a key, not of its value."""
_SIZES = {
    "too_short": ("min_length", "at least {} of them"),
    "too_long": ("max_length", "at most {} of them"),
    "string_too_short": ("min_length", "at least {} characters"),
    "string_too_long": ("max_length", "at most {} characters"),
}
_DAY = "a day (2024-01-31)"
_DAY_OR_MONTH = "a day (2024-01-31), or a month (2024-01)"
_DATE = "a day (2024-01-31), a month (2024-01), a year (2024) or a span {from, to}"


def _name(loc: Sequence[str | int], locate: Locate) -> str:
    """The last key of a path, with the number of an item where there is a list."""
    if not loc:
        return "the text"
    if not isinstance(loc[-1], int) or len(loc) == 1:
        return str(loc[-1])
    # Their paths always differ: only where they stand tells one value from an item of a list.
    in_list = str(locate(loc, False)) != str(locate(loc[:-1], False))  # noqa: FBT003
    return f"{loc[-2]}[{loc[-1]}]" if in_list else str(loc[-2])


def _leaf(detail: ErrorDetails, made: Callable[..., Diagnostic], name: str) -> Diagnostic:
    allowed = detail["ctx"]["allowed"]
    value = detail["input"]
    if value is None:
        return made(
            Code.NULL,
            "there is no null",
            expected=listing(allowed),
            help="leave the key out if it is not known; write `none` if it did not happen",
        )
    several = detail["type"] == "leaf_list"
    if isinstance(value, list | tuple) and not several:
        return made(
            Code.WRONG_TYPE,
            f"`{name}` takes one value, not a list",
            expected=listing(allowed, limit=30),
            help="write {one_of: [..]} where only that much is known",
        )
    form = "a list, or {has: [..], lacks: [..]}, of " if several else ""
    own = re.compile(OWN_NAME if detail["ctx"]["own"] else r"(?!)")
    unknown = [v for v in _words_in(value) if v not in allowed and not own.fullmatch(str(v))]
    return made(
        Code.UNKNOWN_VALUE,
        f"`{name}` has no such value",
        expected=form + listing(allowed, limit=30),
        help=_help_for(unknown[0], allowed) if unknown else "",
        found=shown(unknown[0]) if unknown else None,
    )


def _no_fact(made: Callable[..., Diagnostic], path: str) -> Diagnostic:
    """Evidence for what is no fact, with the nearest path of the codebook."""
    head, dot, rest = path.partition(".")
    plain = f"{head.partition('[')[0]}{dot}{rest}"
    near = suggest(plain, (spec.path for spec in stated_facts()))
    return made(
        Code.UNKNOWN_FACT,
        f"there is no fact `{path}`",
        expected="a fact of the codebook, or one of a ruleset (act.kemenkumham.inmates_brought)",
        help=near or "see `netralitas facts`",
    )


def _help_for(unknown: object, allowed: list[object]) -> str:
    words = [str(a).lower() if isinstance(a, bool) else str(a) for a in allowed]
    if str(unknown) in words:
        return "write it without quotes"
    return suggest(str(unknown), words)


def _words_in(value: object) -> list[object]:
    if isinstance(value, dict):
        return [word for part in value.values() for word in _words_in(part)]
    if isinstance(value, list | tuple):
        return [word for part in value for word in _words_in(part)]
    return [value]


def _split_expected(text: str) -> list[str]:
    return text.replace(" or ", ", ").split(", ")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _untagged(model: type[BaseModel], loc: Sequence[str | int]) -> list[str | int]:
    """A place as it is in the file: where a part may be of several shapes, pydantic puts the one
    that it took it for (`records.0.summons.on`) between.
    """
    found: list[str | int] = []
    current: Any = model
    for step in loc:
        if _tagged(current, step) is None:
            found.append(step)
        current = _inside(current, step)
    return found


def _tagged(annotation: Any, step: str | int) -> type[BaseModel] | None:
    """Which of several shapes a step names that stands in no file."""
    shapes = _models_in(annotation)
    for shape in shapes if len(shapes) > 1 else ():
        tag = shape.model_fields.get("step")
        if tag is not None and get_args(tag.annotation) == (step,):
            return shape
    return None


def _fields_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys that a mapping at `loc` may have; empty where any key goes."""
    current: Any = model
    for step in loc:
        current = _inside(current, step)
    models = _models_in(current)[:1]
    return [info.alias or name for model in models for name, info in model.model_fields.items()]


def _inside(annotation: Any, step: str | int) -> Any:
    """What stands in a model or container at one step; None where anything may."""
    if (shape := _tagged(annotation, step)) is not None:
        return shape
    found = [
        info.annotation
        for model in _models_in(annotation)
        for name, info in model.model_fields.items()
        if step in (name, info.alias)
    ]
    containers, inner = ((dict,), 1) if isinstance(step, str) else ((list, tuple), 0)
    found += [get_args(a)[inner] for a in _flatten(annotation) if get_origin(a) in containers]
    return found[0] if found else None


def _flatten(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _flatten(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [flat for arg in get_args(annotation) for flat in _flatten(arg)]
    return [annotation]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    return [a for a in _flatten(annotation) if isinstance(a, type) and issubclass(a, BaseModel)]
