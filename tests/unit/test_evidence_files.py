"""The documents behind evidence are there, and are what their hashes say."""

import hashlib
import os
from pathlib import Path

import pytest

from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading import evidence_files
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.evidence_files import check_files

BODY = b"a photo, in words"
HASH = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a document, beside one that is none of its business."""
    (tmp_path / "secret.txt").write_bytes(BODY)
    reports = tmp_path / "reports"
    (reports / "documents").mkdir(parents=True)
    (reports / "documents" / "post.png").write_bytes(BODY)
    return reports


def wrong(folder: Path, file: str | None, sha256: str | None = HASH) -> list[tuple[str, ...]]:
    """Code and path of everything that is wrong with one item."""
    shown = {"kind": "photo", "file": file, "sha256": sha256}
    item = {key: value for key, value in shown.items() if value is not None}
    incident = Incident.model_validate({"subjects": [{}], "evidence": [item]})
    return [(d.code.value, *d.path) for d in check_files(incident, folder=folder)]


UNREADABLE = [(Code.FILE_UNREADABLE.value, "evidence", "0", "file")]
MISMATCH = [(Code.HASH_MISMATCH.value, "evidence", "0", "sha256")]


def test_a_document_that_is_there(folder: Path) -> None:
    assert wrong(folder, "documents/post.png") == []
    assert wrong(folder, "documents/post.png", None) == []


def test_a_hash_without_a_document_binds_nothing_here(folder: Path) -> None:
    assert wrong(folder, None) == []


def test_a_changed_byte_is_noticed(folder: Path) -> None:
    (folder / "documents" / "post.png").write_bytes(BODY + b".")
    assert wrong(folder, "documents/post.png") == MISMATCH


@pytest.mark.parametrize("file", ["gone.png", "documents", "documents/post.png/more"])
@pytest.mark.parametrize("sha256", [None, HASH])
def test_what_is_no_document(folder: Path, file: str, sha256: str | None) -> None:
    assert wrong(folder, file, sha256) == UNREADABLE


def test_a_link_that_leads_outside(folder: Path) -> None:
    (folder / "link").symlink_to(folder.parent / "secret.txt")
    (folder / "up").symlink_to(folder.parent)
    assert wrong(folder, "link") == UNREADABLE
    assert wrong(folder, "up/secret.txt") == UNREADABLE


def test_a_link_inside_of_the_folder(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "documents" / "post.png")
    assert wrong(folder, "link") == []


def test_a_link_to_itself(folder: Path) -> None:
    (folder / "loop").symlink_to(folder / "loop")
    assert wrong(folder, "loop") == UNREADABLE


def test_what_would_wait_for_ever_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert wrong(folder, "pipe") == UNREADABLE


def test_a_document_over_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_files, "MAX_DOCUMENT_BYTES", len(BODY))
    assert wrong(folder, "documents/post.png") == []
    monkeypatch.setattr(evidence_files, "MAX_DOCUMENT_BYTES", len(BODY) - 1)
    too_large = (Code.TOO_LARGE.value, "evidence", "0", "file")
    assert wrong(folder, "documents/post.png") == [too_large]


def test_a_document_of_several_parts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_files, "_CHUNK", 3)
    assert wrong(folder, "documents/post.png") == []


def test_the_folder_may_be_a_text(folder: Path) -> None:
    item = {"kind": "photo", "file": "documents/post.png", "sha256": "0" * 64}
    incident = Incident.model_validate({"subjects": [{}], "evidence": [item]})
    (found,) = check_files(incident, folder=str(folder))
    assert (found.expected, found.found) == (
        f"SHA-256 {'0' * 64}, as written",
        f"SHA-256 {HASH}, of `documents/post.png`",
    )
