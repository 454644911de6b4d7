"""One incident from a file or from standard input."""

import io
import sys

from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.evidence_files import with_files_checked
from netralitas_rules.loading.incidents import Record, read_placed


def one_incident(name: str) -> Record:
    """The one incident of a file (`-` is standard input); refused where there are several."""
    stdin = sys.stdin.buffer if sys.stdin is not None else io.BytesIO()
    found = list(read_placed(stdin, format="yaml") if name == "-" else read_placed(name))
    if len(found) == 1:
        return found[0] if name == "-" else with_files_checked(found[0], name)
    several = Diagnostic(
        Code.WRONG_TYPE,
        "this asks about one incident",
        expected="a file with one incident",
        found=f"{len(found)} incidents in {name}",
        help="write the one that is meant into a file of its own",
    )
    return Refused([several]), lambda _loc, _of_key: None
