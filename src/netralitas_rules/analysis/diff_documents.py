"""What is written otherwise between two rulesets, item by item, in the order of the sections."""

from collections.abc import Iterator, Mapping
from typing import Any

from netralitas_rules.analysis.diff_model import DocumentChange, Edit
from netralitas_rules.loading.documents import SECTIONS
from netralitas_rules.loading.merge import Merged

FIXES = "fixes"
Path = tuple[str, ...]


def changes(old: Merged, new: Merged) -> Iterator[DocumentChange]:
    """Every item that was added or removed, and inside the others what is otherwise."""
    for section in SECTIONS:
        before, after = old.sections[section], new.sections[section]
        for name in dict.fromkeys((*before, *after)):
            if name not in after:
                yield DocumentChange(section, name, (), Edit.REMOVED)
            elif name not in before:
                yield DocumentChange(section, name, (), Edit.ADDED)
            else:
                yield from _inside(section, name, (), before[name].raw, after[name].raw)
    readings = [{n: f.model_dump(mode="json") for n, f in m.fixes.items()} for m in (old, new)]
    for name in dict.fromkeys((*readings[0], *readings[1])):
        one, other = readings[0].get(name), readings[1].get(name)
        if one is None or other is None:
            yield DocumentChange(FIXES, name, (), Edit.ADDED if one is None else Edit.REMOVED)
        else:
            yield from _inside(FIXES, name, (), one, other)


def _inside(
    section: str, name: str, path: Path, before: Any, after: Any
) -> Iterator[DocumentChange]:
    """The smallest parts that differ: of mappings by key, everything else as a whole."""
    if before == after:
        return
    texts = isinstance(before, Mapping) and set(before) == {"id", "en"}
    if not isinstance(before, Mapping) or not isinstance(after, Mapping) or texts:
        yield DocumentChange(section, name, path, Edit.CHANGED, _plain(before), _plain(after))
        return
    for key in dict.fromkeys((*before, *after)):
        place = (*path, str(key))
        if key not in after:
            yield DocumentChange(section, name, place, Edit.REMOVED, before=_plain(before[key]))
        elif key not in before:
            yield DocumentChange(section, name, place, Edit.ADDED, after=_plain(after[key]))
        else:
            yield from _inside(section, name, place, before[key], after[key])


def _plain(value: Any) -> Any:
    """The value without the types of the reader: mappings, lists, text, numbers."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | bool | int) or value is None else str(value)
