"""The command line inside this process."""

import io
import sys
from pathlib import Path

import pytest

from netralitas_rules.cli.main import main
from tests.cli.running import Cli, Ran


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command here; an exception that it lets out fails the test."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        monkeypatch.setenv("COLUMNS", "100")
        code = main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        assert code in (0, 1, 2)
        return Ran(code, written.out, written.err)

    return run
