"""A pytest plug-in for `mutate_code.py`: the tests that a file names, in its order.

Adds a line to another file for each: what it ended with, how many seconds it took, its name. A test
that takes long beyond what its line allows ends the process.
"""

import signal
from pathlib import Path

import pytest

COLLECTED = 60
"""Seconds in which tests are imported, or the process ends."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--ordered", type=Path, help="lines `SECONDS<tab>NAME`: tests and their limit")
    parser.addoption("--told", type=Path, help="lines `OUTCOME<tab>SECONDS<tab>NAME` are added")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Ordered(config))
    signal.setitimer(signal.ITIMER_REAL, COLLECTED)


class _Ordered:
    def __init__(self, config: pytest.Config) -> None:
        self._told: Path = config.getoption("--told")
        ordered: Path | None = config.getoption("--ordered")
        self._limits: dict[str, float] = {}
        for line in ordered.read_text(encoding="utf-8").splitlines() if ordered else ():
            seconds, _, name = line.partition("\t")
            self._limits[name] = float(seconds)
        self._taken: dict[str, float] = {}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._tell(report.outcome, 0, f"{report.nodeid} on import")

    def pytest_collection_finish(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self._limits:
            found = {item.nodeid: item for item in items}
            items[:] = [found[name] for name in self._limits if name in found]

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        if nodeid in self._limits:
            signal.setitimer(signal.ITIMER_REAL, self._limits[nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid
        self._taken[name] = self._taken.get(name, 0.0) + report.duration
        if report.failed or report.when == "teardown":
            self._tell(report.outcome, self._taken[name], name)

    def pytest_runtest_logfinish(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _tell(self, outcome: str, seconds: float, name: str) -> None:
        with self._told.open("a", encoding="utf-8") as file:
            file.write(f"{outcome}\t{seconds:.3f}\t{name}\n")
