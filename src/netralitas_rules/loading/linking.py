"""What every part of linking shares: the items, the problems found, references to provisions."""

from collections.abc import Iterable, Mapping
from typing import Any

from netralitas_rules.law.model import Text
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, Diagnostic, listing, suggest
from netralitas_rules.loading.document_parts import TextDoc
from netralitas_rules.loading.documents import FixDoc, ResidualDoc
from netralitas_rules.loading.gather import Item
from netralitas_rules.loading.merge import Merged

CONDITIONED = (
    "definitions", "violations", "permissions", "consequences", "sanctions", "constraints",
    "transitions", "lists", "waivers",
)  # fmt: skip
"""Sections whose items hold conditions."""


class Context:
    """One linking run. Problems are collected, not raised."""

    def __init__(self, merged: Merged) -> None:
        self.sections: Mapping[str, Mapping[str, Item]] = merged.sections
        self.fixes: Mapping[str, FixDoc] = merged.fixes
        self.layers = merged.layers
        base = merged.layers[0]
        self.residual: ResidualDoc | None = base.manifest.residual
        self.manifest_place: Place = base.manifest_place
        self.conditions: list[tuple[str, object]] = [
            (section, item.raw)
            for section in CONDITIONED
            for item in self.sections[section].values()
        ]
        """Everything that may hold conditions, by section."""
        if self.residual is not None:
            self.conditions.append(("ruleset", self.residual.when))
        self.problems: list[Diagnostic] = []

    def check_basis(self, basis: Iterable[str], at: Place) -> None:
        for index, provision in enumerate(basis):
            self.provision(provision, at / index)

    def provision(self, name: str, at: Place) -> None:
        known = self.sections["provisions"]
        if name not in known:
            self.unknown(at, "provision", name, known)

    def unknown(
        self, at: Place, what: str, name: str, known: Iterable[str], *, of_key: bool = False
    ) -> None:
        """Note a reference to something that is not there."""
        known = list(known)
        self.problem(
            at,
            Code.UNKNOWN_REFERENCE,
            f"there is no {what} `{name}`",
            expected=listing(known, limit=8) if known else f"a {what} of this ruleset",
            found=f"`{name}`",
            help=suggest(name, known),
            of_key=of_key,
        )

    def problem(self, at: Place, code: Code, message: str, **more: Any) -> None:
        self.problems.append(at.diagnostic(code, message, **more))


def text(doc: TextDoc) -> Text:
    return Text(doc.id, doc.en)
