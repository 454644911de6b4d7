"""The zoo of wrong case files: what they are refused for, and what is found in a crooked one."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.case import read_case
from netralitas_rules.cli.main import main
from netralitas_rules.loading.diagnostics import Refused
from tests.golden.harness import HERE, SUFFIX, check, expectation_of, plain_all

ZOO = HERE / "bad_cases"


def cases(folder: str) -> list[Path]:
    files = [*(ZOO / folder).glob("*.yaml"), *(ZOO / folder).glob("*.json")]
    return sorted(path for path in files if not path.name.endswith(SUFFIX))


READ, FOUND = cases("read"), cases("found")
AS_OF = "2024-12-31"


def refused(case: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        read_case(case.name)
    return caught.value


@pytest.fixture(autouse=True)
def _here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are named without their folder."""
    if "case" in request.fixturenames:
        monkeypatch.chdir(request.getfixturevalue("case").parent)


@pytest.mark.parametrize("case", READ, ids=lambda case: case.stem)
def test_read(case: Path, update_golden: bool) -> None:
    check(plain_all(refused(case).diagnostics), expectation_of(case), update=update_golden)


@pytest.mark.parametrize("case", READ, ids=lambda case: case.stem)
def test_every_refusal_says_where_and_what_to_do(case: Path) -> None:
    for one in refused(case).diagnostics:
        assert one.positions, one.message
        assert one.expected or one.help, one.message


@pytest.mark.parametrize("case", READ, ids=lambda case: case.stem)
def test_the_command_says_it_without_a_traceback(case: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        assert main(["case", case.name, "--as-of", AS_OF]) == 1
    assert out.getvalue() == ""
    assert "Traceback" not in err.getvalue()
    assert all(one.message in err.getvalue() for one in refused(case).diagnostics)


def found(case: Path) -> list[dict[str, Any]]:
    """What is noticed of a file that can be read; every word of it is plain."""
    decision = nr.load("national").decide_case(read_case(case.name), as_of=AS_OF)
    told: list[dict[str, Any]] = [
        {"code": str(one.code), "records": [*one.records], "about": str(one.about)}
        | ({"found": [str(word) for word in one.found]} if one.found else {})
        for one in decision.findings
    ]
    told += [
        {"code": str(fault.code), "step": fault.step, "records": [*fault.records]}
        for one in decision.proceedings
        for fault in one.proceeding.findings
    ]
    assert decision.text(lang="id")
    assert decision.text(lang="en")
    assert decision.svg(lang="id")
    return told


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.stem)
def test_found(case: Path, update_golden: bool) -> None:
    told = found(case)
    assert told
    check(told, expectation_of(case), update=update_golden)


def test_every_expectation_has_its_case() -> None:
    written = {p.name for folder in ("read", "found") for p in (ZOO / folder).glob("*" + SUFFIX)}
    assert written == {expectation_of(case).name for case in (*READ, *FOUND)}


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(Refused) as caught:
        read_case("nowhere.yaml")
    (one,) = caught.value.diagnostics
    assert one.found == "`nowhere.yaml`"
