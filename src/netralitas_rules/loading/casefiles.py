"""Reading the file of one person (YAML or JSON)."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from netralitas_rules.facts.casefile import CaseFile
from netralitas_rules.loading.content import (
    Format,
    content_of_text,
    format_of,
    locator,
    text_of,
)
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Position, Refused, shown
from netralitas_rules.loading.incidents import check_further
from netralitas_rules.loading.source import MAX_BYTES, unreadable
from netralitas_rules.loading.validate import Locate, diagnostics_of


def read_case(source: str | Path) -> CaseFile:
    """The case file in a YAML or JSON file. Raises `Refused`."""
    path = Path(source)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused([unreadable(str(source), error)]) from None
    name, form = str(source), format_of(path)
    text = text_of(data, name)
    content, places = content_of_text(text, name, form)
    case = case_from(content, locate=locator(places, (), Position(name, 1, 1)))
    if form is Format.JSON:
        check_further((report.incident for report in case.reports), text, name)
    return case


def case_from(content: Any, *, locate: Locate) -> CaseFile:
    """The case file that a content is. Raises `Refused`."""
    if isinstance(content, dict) and "person" not in content and "subjects" in content:
        at = locate(["subjects"], True)  # noqa: FBT003 - the key, not its value
        raise Refused(
            [
                Diagnostic(
                    Code.MISSING_KEY,
                    "this is an incident, and no case file",
                    expected="`person`, and the incident under `reports`",
                    found="`subjects` at the top",
                    help="decide it by `netralitas classify`, or write it as "
                    "`reports: [{key: ..., incident: {subjects: ...}}]`",
                    positions=(at,) if at is not None else (),
                )
            ]
        )
    if isinstance(content, dict):
        try:
            return CaseFile.model_validate(content)
        except ValidationError as error:
            raise Refused(diagnostics_of(error, CaseFile, locate=locate)) from None
    at = locate([], False)  # noqa: FBT003 - the value, not its key
    raise Refused(
        [
            Diagnostic(
                Code.NOT_A_MAPPING,
                "a case file is a mapping",
                expected="`person`, `reports`, `records` and the other keys of a case file",
                found=shown(content),
                positions=(at,) if at is not None else (),
            )
        ]
    )
