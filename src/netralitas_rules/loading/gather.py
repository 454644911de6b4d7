"""Reading the files of a ruleset folder into checked documents, each item with its place."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from netralitas_rules.loading.conditions import Place, heading
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused, listing
from netralitas_rules.loading.documents import SECTIONS, ManifestDoc, RulesetFile
from netralitas_rules.loading.source import read_text, unreadable
from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.loading.validate import diagnostics_of

MAX_FILES = 200
MAX_ENTRIES = 5_000
"""Files and folders of all kinds under the folder of a ruleset."""
SCENARIOS = "scenarios"
"""The folder of a ruleset in which its scenarios lie: they are no rules."""
NO_RULES = {"subjects", "acts", "incidents", "scenarios"}
"""Keys of files that lie among rules by mistake."""
Documents = tuple[tuple[str, Mapping[str, Any]], ...]
"""File names with their plain contents: all that a ruleset is made of."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a section: its checked document, its raw form, its place."""

    id: str
    doc: Any
    raw: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class Gathered:
    """All files of one ruleset folder."""

    manifest: ManifestDoc
    manifest_place: Place
    sections: Mapping[str, Mapping[str, Item]]
    documents: Documents

    @property
    def digest(self) -> str:
        """SHA-256 over all items, whatever the files that hold them and their order."""
        contents = sorted(
            json.dumps([section, key, part], ensure_ascii=False, separators=(",", ":"))
            for _, content in self.documents
            for section, items in content.items()
            for key, part in items.items()
        )
        return hashlib.sha256("\n".join(contents).encode()).hexdigest()


def gather_folder(folder: Traversable | Path) -> Gathered:
    """Read and check every YAML file under a folder, but not its scenarios. Raises `Refused`."""
    files = sorted(rule_files(folder, folder.name), key=lambda pair: pair[0])
    problems: list[Diagnostic] = []
    if not files or len(files) > MAX_FILES:
        problems.append(
            Diagnostic(
                Code.UNKNOWN_RULESET,
                "this folder is no ruleset",
                expected=f"1 to {MAX_FILES} YAML files, one of them with a `ruleset` section",
                found=f"{len(files)} YAML files in {folder.name}",
                help="`netralitas rulesets` lists the bundled ones",
            )
        )
        raise Refused(problems)
    trees: list[tuple[str, Any, Tree | None]] = []
    for name, file in files:
        try:
            trees.append((name, *_parsed(read_text(file, name), name)))
        except Refused as refused:
            problems.extend(refused.diagnostics)
    if problems:
        raise Refused(problems)
    return _gather(trees)


@lru_cache(maxsize=MAX_FILES)
def _parsed(text: str, name: str) -> tuple[Any, Tree]:
    """A file's contents and their tree. Remembered: whoever changes one file of a ruleset, or loads
    an overlay after its base, does not wait for the others again. Nobody changes either.
    """
    tree = parse(text, name)
    return tree.plain(), tree


def gather_documents(documents: Documents) -> Gathered:
    """The same from contents that were read before (no positions)."""
    return _gather([(name, content, None) for name, content in documents])


def rule_files(folder: Traversable | Path, name: str) -> Iterable[tuple[str, Any]]:
    """The YAML files under a folder that hold rules, by name: those of its scenarios are none.

    Raises `Refused` where a folder cannot be listed, or holds more than a ruleset can.
    """
    waiting, seen = [(name, folder)], 0
    while waiting:
        own, part = waiting.pop()
        try:
            entries = list(islice(part.iterdir(), MAX_ENTRIES + 1))
        except OSError as error:
            raise Refused([unreadable(own, error)]) from None
        seen += len(entries)
        if seen > MAX_ENTRIES:
            raise Refused([_too_many(name)])
        for entry in entries:
            if entry.is_dir():
                if entry.name != SCENARIOS:
                    waiting.append((f"{own}/{entry.name}", entry))
            elif entry.name.lower().endswith((".yaml", ".yml")):
                yield f"{own}/{entry.name}", entry


def _too_many(name: str) -> Diagnostic:
    return Diagnostic(
        Code.UNKNOWN_RULESET,
        "this folder is no ruleset",
        expected=f"a folder with at most {MAX_ENTRIES} files and folders under it",
        found=f"more in `{name}`",
        help="name the folder of the ruleset itself",
    )


def _gather(files: list[tuple[str, Any, Tree | None]]) -> Gathered:
    problems: list[Diagnostic] = []
    sections: dict[str, dict[str, Item]] = {section: {} for section in SECTIONS}
    manifests: list[tuple[ManifestDoc, Place]] = []
    for _, content, tree in files:
        file = _checked(content, tree, problems)
        if file is None:
            continue
        if file.ruleset is not None:
            manifests.append((file.ruleset, Place(tree, ("ruleset",))))
        for section in SECTIONS:
            for key, doc in getattr(file, section.replace("-", "_")).items():
                item = Item(key, doc, content[section][key], Place(tree, (section, key)))
                _add(sections[section], item, problems)
    if not problems and len(manifests) != 1:
        also = manifests[1][1] if manifests else None
        place = manifests[0][1] if manifests else Place(None, ("ruleset",))
        problems.append(
            place.diagnostic(
                Code.DUPLICATE_ITEM if manifests else Code.MISSING_KEY,
                "a ruleset has one `ruleset` section",
                expected="one file with a `ruleset` section",
                found=f"{len(manifests)}",
                also=also,
            )
        )
    if problems:
        raise Refused(problems)
    return Gathered(
        manifests[0][0],
        manifests[0][1],
        sections,
        tuple((name, content) for name, content, _ in files),
    )


def _checked(content: Any, tree: Tree | None, problems: list[Diagnostic]) -> RulesetFile | None:
    try:
        return RulesetFile.model_validate(content)
    except ValidationError as error:
        if isinstance(content, dict) and content.keys() & NO_RULES:
            problems.append(
                Place(tree, ()).diagnostic(
                    Code.UNKNOWN_KEY,
                    "this file holds incidents or scenarios, not rules",
                    expected=listing(["ruleset", *SECTIONS], limit=20),
                    found=listing(sorted(content.keys() & NO_RULES)),
                    help=f"put it outside the ruleset, or into its folder `{SCENARIOS}`",
                )
            )
            return None
        problems.extend(
            diagnostics_of(
                error,
                RulesetFile,
                locate=lambda loc, of_key: (
                    tree.position(loc, of_key=of_key) if tree is not None else None
                ),
                heading=lambda loc: heading(tree, tuple(loc)),
            )
        )
        return None


def _add(section: dict[str, Item], item: Item, problems: list[Diagnostic]) -> None:
    other = section.get(item.id)
    if other is not None:
        problems.append(
            item.place.diagnostic(
                Code.DUPLICATE_ITEM,
                f"`{item.id}` is declared twice",
                expected="one declaration",
                of_key=True,
                also=other.place,
            )
        )
        return
    section[item.id] = item
