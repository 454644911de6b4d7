"""The zoo of wrong rulesets: one mistake a file, the expected diagnostics beside it.

A file of `bad_rulesets` is put beside the files of the tiny good ruleset in `base`; a folder is a
ruleset of its own, or an overlay over `base` if its manifest says so.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import netralitas_rules as nr
from netralitas_rules.loading import tree
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.source import MAX_BYTES
from tests.golden.harness import BASE, HERE, SUFFIX, check, expectation_of, plain_all

ZOO = HERE / "bad_rulesets"
CASES = sorted(p for p in ZOO.iterdir() if not p.name.endswith(SUFFIX))


def refused(case: Path, around: Path) -> Refused:
    """What `load` refuses a case for; `around` is an empty folder."""
    shutil.copytree(BASE, around / "base")
    if case.is_dir():
        folder = around / case.name
        shutil.copytree(case, folder)
        if case.name == "overlay-other-name":
            (around / "base").rename(around / "other")
    else:
        folder = around / "base"
        shutil.copy(case, folder / "wrong.yaml")
    with pytest.raises(Refused) as caught:
        nr.load(folder)
    return caught.value


@pytest.fixture(params=CASES, ids=lambda p: p.stem)
def case(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_the_good_base_is_good() -> None:
    assert nr.load(BASE).name == "base"


def test_diagnostics(case: Path, tmp_path: Path, update_golden: bool) -> None:
    found = refused(case, tmp_path)
    check(plain_all(found.diagnostics), expectation_of(case), update=update_golden)
