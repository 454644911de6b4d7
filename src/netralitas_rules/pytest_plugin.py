"""A pytest plug-in: every scenario in a folder named `scenarios` is a test.

The ini option `netralitas_scenarios` names other folders, `netralitas_ruleset` the ruleset of
scenarios that name none. Nothing of the library is imported before such a folder is met.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from netralitas_rules.scenarios.reading import Library, Scenario
    from netralitas_rules.scenarios.running import Result

_LIBRARY: "pytest.StashKey[Library]" = pytest.StashKey()
"""Rulesets that were loaded, for all files of a run."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two ini options."""
    parser.addini(
        "netralitas_scenarios",
        "folders whose YAML files hold scenarios",
        type="args",
        default=["scenarios"],
    )
    parser.addini(
        "netralitas_ruleset", "ruleset of scenarios that name none", default="kemenkumham"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    """A YAML file in such a folder."""
    folders = set(parent.config.getini("netralitas_scenarios"))
    inside = file_path.relative_to(parent.config.rootpath) if _under(file_path, parent) else None
    if file_path.suffix.lower() not in (".yaml", ".yml") or inside is None:
        return None
    if folders.isdisjoint(inside.parts[:-1]):
        return None
    found: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
    return found


def _under(path: Path, parent: pytest.Collector) -> bool:
    return path.is_relative_to(parent.config.rootpath)


class ScenarioFile(pytest.File):
    """A file of scenarios."""

    def collect(self) -> "Iterator[ScenarioItem]":
        from netralitas_rules.loading.diagnostics import Refused
        from netralitas_rules.scenarios.reading import Library, is_incident, read_scenarios

        if is_incident(self.path):
            return
        library = self.config.stash.get(_LIBRARY, None)
        if library is None:
            library = Library(self.config.getini("netralitas_ruleset"))
            self.config.stash[_LIBRARY] = library
        try:
            scenarios = read_scenarios(self.path, library)
        except Refused as refused:
            raise self.CollectError(str(refused)) from None
        for scenario in scenarios:
            yield ScenarioItem.from_parent(self, name=scenario.name, scenario=scenario)


class ScenarioDiffers(Exception):
    """A decision says otherwise than a scenario."""

    def __init__(self, result: "Result") -> None:
        self.result = result
        super().__init__(result.scenario.name)


class ScenarioItem(pytest.Item):
    """One scenario."""

    def __init__(self, *, scenario: "Scenario", **more: Any) -> None:
        super().__init__(**more)
        self.scenario = scenario

    def runtest(self) -> None:
        from netralitas_rules.scenarios.running import run

        result = run(self.scenario)
        if result.differences:
            raise ScenarioDiffers(result)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | Any:
        if isinstance(excinfo.value, ScenarioDiffers):
            from netralitas_rules.scenarios.running import told

            return told(excinfo.value.result)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.scenario.line - 1, self.name
