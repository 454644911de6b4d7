"""What the rules of the lint look at: the documents of a ruleset, its texts, and who names whom."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.documents import ManifestDoc
from netralitas_rules.loading.gather import Item
from netralitas_rules.loading.merge import Merged

RULE_SECTIONS = ("violations", "permissions", "consequences")
CITING = frozenset({"basis", "norm", "for"})
"""Keys under which provisions are named."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages, and where it stands."""

    place: Place
    id: str
    en: str

    @property
    def is_title(self) -> bool:
        return self.place.path[-1] in ("title", "short")


@dataclass(frozen=True)
class Content:
    """One layer of a ruleset to be judged, with the layers that it is read with.

    `scenarios` are the words of its scenarios; None where it was loaded without them. `as_of` is
    the day on which it is judged; None where nothing is to depend on one.
    """

    merged: Merged
    scenarios: frozenset[str] | None = None
    as_of: datetime.date | None = None
    _own: Mapping[str, Mapping[str, Item]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_own", self.merged.layers[-1].sections)

    @property
    def manifest(self) -> ManifestDoc:
        return self.merged.manifest

    @property
    def manifest_place(self) -> Place:
        return self.merged.layers[-1].manifest_place

    def own(self, *sections: str) -> Iterator[Item]:
        """Items of these sections that the judged layer states; of all without."""
        for section in sections or self._own:
            yield from self._own[section].values()

    def known(self, section: str) -> Mapping[str, Item]:
        """Items of a section in every layer, by id."""
        return self.merged.sections[section]

    @cached_property
    def texts(self) -> tuple[Said, ...]:
        """Every text of the judged layer."""
        found = list(_texts(self.manifest_place, self.manifest.title.model_dump()))
        found = [Said(said.place / "title", said.id, said.en) for said in found]
        for item in self.own():
            found += _texts(item.place, item.raw)
        return tuple(found)

    @cached_property
    def cited(self) -> frozenset[str]:
        """Everything that is named as a provision, other than by a question about it."""
        found = {name for layer in self.merged.layers for name in layer.manifest.ppk}
        for fix in self.manifest.fixes.values():
            found |= {*fix.basis}
        for item in self._every():
            found |= {*_under(item.raw, CITING.__contains__)}
        return frozenset(found)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every word that stands in the ruleset outside its texts, as a key or as a value."""
        found: set[str] = set()
        for layer in self.merged.layers:
            if layer.manifest.residual is not None:
                found |= {layer.manifest.residual.question, *_words(layer.manifest.residual.when)}
        for item in self._every():
            found |= {*_words(item.raw)}
        return frozenset(found)

    def _every(self) -> Iterator[Item]:
        for items in self.merged.sections.values():
            yield from items.values()


def is_text(raw: object) -> bool:
    """Whether this is a text in both languages."""
    return isinstance(raw, dict) and raw.keys() == {"id", "en"}


def _texts(place: Place, raw: Any) -> Iterator[Said]:
    if isinstance(raw, dict):
        if is_text(raw) and all(isinstance(text, str) for text in raw.values()):
            yield Said(place, raw["id"], raw["en"])
            return
        for key, part in raw.items():
            yield from _texts(place / key, part)
    elif isinstance(raw, list):
        for index, part in enumerate(raw):
            if isinstance(part, dict | list):
                yield from _texts(place / index, part)


def _words(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, list):
        for part in raw:
            yield from _words(part)
    elif isinstance(raw, dict) and not is_text(raw):
        for key, part in raw.items():
            yield key
            yield from _words(part)


def _under(raw: Any, wanted: Callable[[str], bool]) -> Iterator[str]:
    """The words under the wanted keys."""
    if isinstance(raw, list):
        for part in raw:
            yield from _under(part, wanted)
    elif isinstance(raw, dict) and not is_text(raw):
        for key, part in raw.items():
            yield from _words(part) if wanted(key) else _under(part, wanted)


def clauses(item: Item) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Elements and exceptions of a rule that have words of their own, as they are written."""
    for key in ("needs", "unless"):
        for name, raw in item.raw.get(key, {}).items():
            if isinstance(raw, dict) and "says" in raw:
                yield item.place / key / name, raw


def listed(values: Iterable[str]) -> str:
    """`a`, `b`."""
    return ", ".join(f"`{value}`" for value in values)
