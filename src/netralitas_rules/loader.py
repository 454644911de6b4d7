"""Rulesets found by name or in a folder, and remembered once they are loaded."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from netralitas_rules.loading.diagnostics import Refused
from netralitas_rules.loading.gather import Gathered, gather_folder, rule_files
from netralitas_rules.loading.merge import merge
from netralitas_rules.loading.source import unreadable
from netralitas_rules.refusals import unknown_ruleset
from netralitas_rules.ruleset import Ruleset

BUNDLED = "netralitas_rules.rulesets"


def load(ruleset: str | Path) -> Ruleset:
    """The ruleset with this bundled name, or in this folder.

    An overlay's base is looked for beside it, then among the bundled ones. Loaded rulesets are
    remembered; a folder is read again when one of its files has changed.

    Raises `Refused` with every reason for which it was not accepted.
    """
    if not str(ruleset).strip():
        raise Refused([unknown_ruleset(str(ruleset), bundled_rulesets())])
    folder = Path(ruleset) if isinstance(ruleset, Path) else _folder_or_name(ruleset)
    if isinstance(folder, str):
        return _load_bundled(folder)
    if not folder.is_dir():
        raise Refused([unknown_ruleset(str(ruleset), bundled_rulesets())])
    return _load_folder(folder.resolve(), _stamp(folder))


def bundled_rulesets() -> dict[str, Traversable]:
    """Folders of the rulesets in the package, by name."""
    return {
        entry.name: entry
        for entry in sorted(files(BUNDLED).iterdir(), key=lambda e: e.name)
        if entry.is_dir() and not entry.name.startswith(("_", "."))
    }


def _folder_or_name(text: str) -> Path | str:
    return text if text in bundled_rulesets() else Path(text)


@lru_cache(maxsize=16)
def _load_bundled(name: str) -> Ruleset:
    with _no_collection():
        return _ruleset_of(gather_folder(bundled_rulesets()[name]), None)


@lru_cache(maxsize=16)
def _load_folder(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> Ruleset:
    """`stamp` is part of what is remembered: changed files are read again."""
    del stamp
    with _no_collection():
        return _ruleset_of(gather_folder(folder), folder.parent)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Loading makes many small values and no garbage: looking for it took half of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What says whether a file of the folder has changed. Raises `Refused`."""
    found = []
    for name, path in rule_files(folder, folder.name):
        try:
            status = path.lstat()
        except OSError as error:
            raise Refused([unreadable(name, error)]) from None
        found.append((name, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def _ruleset_of(gathered: Gathered, beside: Path | None) -> Ruleset:
    over = gathered.manifest.over
    if over is None:
        return Ruleset(merge(gathered))
    base: Path | Traversable | None = None
    if beside is not None and (beside / over).is_dir():
        base = beside / over
    else:
        base = bundled_rulesets().get(over)
    if base is None:
        raise Refused([unknown_ruleset(over, bundled_rulesets())])
    return Ruleset(merge(gather_folder(base), gathered))
