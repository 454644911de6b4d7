"""Records of a proceeding as tests write them: mappings by key."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from netralitas_rules.case.proceeding_file import Competent
from netralitas_rules.facts.casefile import Decision, Record
from netralitas_rules.facts.record_vocabulary import Office
from tests.written import plain_yaml

_ADAPTER: TypeAdapter[Any] = TypeAdapter(list[Record])


def records(by_key: Mapping[str, Mapping[str, Any]]) -> list[Record]:
    """Validated records; a field that is None is left out."""
    written = [
        {"key": key} | {name: value for name, value in fields.items() if value is not None}
        for key, fields in by_key.items()
    ]
    found: list[Record] = _ADAPTER.validate_python(written)
    return found


def offices(names: Iterable[str] | None) -> Competent:
    """Who may decide: always these offices; None is not known."""
    found = None if names is None else tuple(Office(name) for name in names)
    return _always(found)


def _always(found: tuple[Office, ...] | None) -> Callable[[Decision], tuple[Office, ...] | None]:
    return lambda _decision: found


def read(text: str) -> list[Record]:
    """Records as a file has them."""
    return records(plain_yaml(text))
