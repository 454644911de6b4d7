"""The documents behind evidence: whether they are there, and are what their hashes say.

Only this reads them, and only below the folder that it is given; the engine reads no file.
"""

import hashlib
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from netralitas_rules.facts.evidence import name_of
from netralitas_rules.facts.incident import EvidenceItem, Incident
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.incidents import Record, placed

MAX_DOCUMENT_BYTES = 1 << 30
"""The most that one document may have."""
_CHUNK = 1 << 20


def check_files(incident: Incident, *, folder: str | Path) -> list[Diagnostic]:
    """What is wrong with the documents that the evidence names, below `folder` (that of the file of
    the incident): one that is missing, no plain file, outside of the folder or too large, and one
    whose SHA-256 is another than the one written. A document without a hash need only be there.
    """
    return [
        found
        for number, item in enumerate(incident.evidence or ())
        if item.file is not None
        for found in _wrong(item, number, Path(folder))
    ]


def with_files_checked(record: Record, source: str) -> Record:
    """The record of a file, refused where a document of its evidence is not what it should be."""
    incident, locate = record
    if isinstance(incident, Refused):
        return record
    wrong = check_files(incident, folder=Path(source).parent)
    return (placed(Refused(wrong), locate), locate) if wrong else record


def _wrong(item: EvidenceItem, number: int, folder: Path) -> Iterator[Diagnostic]:
    assert item.file is not None, "asked only of items with a document"
    path = ("evidence", str(number))
    refusal = Diagnostic(
        Code.FILE_UNREADABLE,
        "",
        expected="a document below the folder of this file",
        found=f"`{item.file}`",
        help="put the document there, or leave `file` out",
        path=(*path, "file"),
    )
    try:
        document = (folder / item.file).resolve()
        if not document.is_relative_to(folder.resolve()):
            yield replace(refusal, message=f"the document {_name(item, number)} lies outside")
            return
        if not stat.S_ISREG(document.stat().st_mode):
            yield replace(refusal, message=f"the document {_name(item, number)} is no plain file")
            return
        digest = _sha256(document) if item.sha256 is not None else None
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"the document {_name(item, number)} cannot be read: {reason}"
        yield replace(refusal, message=message)
        return
    except OverflowError:
        yield replace(
            refusal,
            code=Code.TOO_LARGE,
            message=f"the document {_name(item, number)} is larger than one may be",
            expected=f"at most {MAX_DOCUMENT_BYTES} bytes",
            help="name a part of it, or leave `file` out",
        )
        return
    if digest != item.sha256:
        yield Diagnostic(
            Code.HASH_MISMATCH,
            f"the document {_name(item, number)} is not the one of this hash",
            expected=f"SHA-256 {item.sha256}, as written",
            found=f"SHA-256 {digest}, of `{item.file}`",
            help="find out which of the two changed; never only copy the new hash",
            path=(*path, "sha256"),
        )


def _name(item: EvidenceItem, number: int) -> str:
    return f"of evidence `{name_of(item, number)}`"


def _sha256(document: Path) -> str:
    """Read in parts. Raises `OverflowError` over the limit, however the size was announced."""
    digest, size = hashlib.sha256(), 0
    with document.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MAX_DOCUMENT_BYTES:
                raise OverflowError
            digest.update(chunk)
    return digest.hexdigest()
