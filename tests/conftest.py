"""What all tests share: which run in one process, and what the collector leaves alone."""

import gc
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

TOGETHER = {
    "tests/content/test_scenario_facts.py": "scenarios",
    "tests/content/test_scenario_reasons.py": "scenarios",
    "tests/scenarios/test_coverage.py": "scenarios",
    "tests/history/test_durable.py": "durable",
}
"""Files whose tests run in one process: all scenarios are run once; those that start processes
take turns on one core. Not by the mark `xdist_group`: from pytest 9.2 on pytest-xdist 3.8 does not
see it, and says nothing.
"""


class Together(LoadGroupScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Every test by itself, but those of one group in one process."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER.get(nodeid.partition("::")[0], nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    """The scheduler of `--dist loadgroup`."""
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_finish() -> None:
    """The tests and the rulesets that they loaded stay until the end: the collector may leave them
    alone, and look less often at what grows beside them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
