"""Running the command line inside this process, and as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.content.files import AS_OF

COMMANDS = (
    "classify",
    "inquire",
    "ask",
    "why",
    "whatif",
    "case",
    "new",
    "facts",
    "schema",
    "rulesets",
    "check",
    "lint",
    "test",
    "diff",
    "sources",
    "readings",
    "law",
    "lists",
    "deadline",
    "case",
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command wrote, and its exit status."""

    code: int
    out: str
    err: str

    @property
    def items(self) -> list[dict[str, Any]]:
        """The objects that were written, as one list or one a line."""
        if self.out.startswith("["):
            found = json.loads(self.out)
            assert isinstance(found, list)
            return found
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def decisions(self) -> list[dict[str, Any]]:
        return [item for item in self.items if "refused" not in item]

    @property
    def refused(self) -> list[dict[str, Any]]:
        return [item for item in self.items if "refused" in item]


class Cli(Protocol):
    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Ran: ...


def environment(**others: str) -> Mapping[str, str]:
    """The environment of a plain shell: buffered output, nothing of Python's own set."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "100", **others}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "netralitas_rules", *map(str, arguments)]


def spawn(*arguments: str | Path, stdin: bytes = b"", **env: str) -> Ran:
    """`python -m netralitas_rules` in a process of its own."""
    done = subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        env=environment(**env),
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


# -- records

VOTE: dict[str, Any] = {
    "id": "voter",
    "subjects": [{"status": "pns"}],
    "acts": [{"conduct": "vote", "date": "2024-02-14"}],
}
LIKE: dict[str, Any] = {
    "id": "liker",
    "election": "pemilu_2024",
    "subjects": [{"status": "pns"}],
    "acts": [
        {
            "conduct": "react",
            "interaction": "like",
            "medium": "social_media",
            "audience": "public",
            "date": "2023-11-20",
        }
    ],
    "beneficiaries": [{"kind": "pair", "office": "president", "direction": "favours"}],
}
MISSPELT: dict[str, Any] = {**VOTE, "id": "misspelt", "subjects": [{"status": "pnss"}]}
TOO_LATE: dict[str, Any] = {
    **VOTE,
    "id": "too-late",
    "acts": [{"conduct": "vote", "date": "2025-06-01"}],
}
"""After the day of the question: read without fault, refused when it is decided."""

ASKED = ("--as-of", AS_OF)


def json_lines(*records: Mapping[str, Any]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)
