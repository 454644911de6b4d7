"""What several commands do first: load a ruleset, and find what a name, or a part of one, means."""

import argparse
import sys
from collections.abc import Mapping
from typing import TypeVar

from netralitas_rules.loader import load
from netralitas_rules.loading.diagnostics import Refused, suggest
from netralitas_rules.ruleset import Ruleset

T = TypeVar("T")


def loaded(arguments: argparse.Namespace) -> Ruleset | None:
    """The ruleset of `--ruleset`; None where it was refused, and that was told."""
    try:
        return load(arguments.ruleset)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return None


def named(known: Mapping[str, T], name: str, *, what: str, command: str) -> list[T]:
    """The one of this name, or all whose names hold it; empty where there is none, as was told."""
    found = [known[name]] if name in known else [own for key, own in known.items() if name in key]
    if not found:
        hint = suggest(name, known) or f"`netralitas {command}` lists them"
        print(f"there is no {what} `{name}`; {hint}", file=sys.stderr)
    return found
