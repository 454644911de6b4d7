"""Keys of the parts of a file: unique, and referred to only where there is one."""

from collections.abc import Collection, Iterable
from typing import NoReturn, Protocol

from pydantic_core import PydanticCustomError

from netralitas_rules.facts.places import Steps


class Keyed(Protocol):
    """A part of a file that may have a key."""

    @property
    def key(self) -> str | None: ...


def unique_keys(name: str, parts: Iterable[Keyed], seen: Collection[str] = ()) -> set[str]:
    """The keys of all parts, with those `seen` before. Raises `PydanticCustomError`."""
    found = set(seen)
    for index, part in enumerate(parts):
        if part.key is None:
            continue
        if part.key in found:
            _refuse("key_twice", (name, index, "key"), part.key, found)
        found.add(part.key)
    return found


def refer(path: Steps, key: str, known: Collection[str]) -> None:
    """The key is one of those known. Raises `PydanticCustomError`."""
    if key not in known:
        _refuse("key_unknown", path, key, known)


def refer_all(path: Steps, keys: Iterable[str] | None, known: Collection[str]) -> None:
    """Every key is one of those known. Raises `PydanticCustomError`."""
    for index, key in enumerate(keys or ()):
        refer((*path, index), key, known)


def _refuse(error: str, path: Steps, key: str, known: Collection[str]) -> NoReturn:
    raise PydanticCustomError(error, "{key}", {"path": path, "key": key, "known": sorted(known)})
