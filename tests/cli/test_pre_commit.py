"""The hooks that are exported, and those of this repository: they parse, and they run."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran, environment
from tests.content.files import EXAMPLES, ROOT
from tests.strategies import LONG
from tests.written import plain_yaml

EXPORTED = plain_yaml((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
OWN = plain_yaml((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
HOOKS = {hook["id"]: hook for hook in EXPORTED}
LOCAL = {hook["id"]: hook for repo in OWN for hook in repo["hooks"]}
ELSEWHERE = {"check-national", "test-scenarios"}
"""What other tests do in their own process too, here only with LONG."""


def run(hook: dict[str, Any], *arguments: str, folder: Path) -> Ran:
    """The entry command of a hook, as pre-commit would call it."""
    scripts = str(Path(sys.executable).parent)
    entry = [*shlex.split(hook["entry"]), *hook.get("args", []), *arguments]
    path = os.pathsep.join([scripts, os.environ.get("PATH", "")])
    found = shutil.which(entry[0], path=path)
    assert found, entry[0]
    done = subprocess.run(
        [found, *entry[1:]],
        cwd=folder,
        capture_output=True,
        env=environment(PATH=path),
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A repository that holds a ruleset of its own, under another name than the example."""
    shutil.copytree(EXAMPLES / "other_ministry", tmp_path / "rules")
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")
    return tmp_path


def test_three_hooks_are_exported() -> None:
    assert list(HOOKS) == ["netralitas-check", "netralitas-lint", "netralitas-test"]
    for hook in EXPORTED:
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False
        assert hook["name"]
        assert hook["description"].endswith(".")


@pytest.mark.parametrize("name", HOOKS)
def test_exported_hooks_pass_a_sound_ruleset(name: str, theirs: Path) -> None:
    ran = run(HOOKS[name], "rules", folder=theirs)
    assert (ran.code, ran.err) == (0, ""), ran.out


FAULTS = {
    "netralitas-check": ("code_of_ethics.yaml", "civil-servant", "civil-servants"),
    "netralitas-lint": ("code_of_ethics.yaml", 'en: "another person did it"', 'en: "oleh orang"'),
    "netralitas-test": ("scenarios/official_account.yaml", ": met", ": not_met"),
}


@pytest.mark.parametrize("name", HOOKS)
def test_exported_hooks_stop_a_fault(name: str, theirs: Path) -> None:
    file, old, new = FAULTS[name]
    path = theirs / "rules" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    ran = run(HOOKS[name], "rules", folder=theirs)
    assert ran.code == 1
    assert ran.out + ran.err


@pytest.mark.parametrize("name", ["netralitas-check", "netralitas-lint"])
def test_a_hook_without_its_folder_says_so(name: str, theirs: Path) -> None:
    ran = run(HOOKS[name], folder=theirs)
    assert ran.code == 2
    assert "ruleset" in ran.err.lower()


@pytest.mark.parametrize("name", [name for name in LOCAL if LONG or name not in ELSEWHERE])
def test_hooks_of_this_repository_pass(name: str) -> None:
    hook = LOCAL[name]
    assert hook["language"] == "system"
    files = ["setup.py"] if hook.get("pass_filenames", True) else []
    ran = run(hook, *files, folder=ROOT)
    assert ran.code == 0, ran.out + ran.err
