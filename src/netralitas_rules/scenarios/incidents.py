"""The incident of a scenario: written in it, in a file of its own, or as in another scenario."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.changes import NoSuchPlace, Steps, changed
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, Position, Refused, listing, suggest
from netralitas_rules.loading.incidents import incident_from, records
from netralitas_rules.loading.source import read_text
from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.scenarios.documents import ScenarioDoc, ScenarioFile


@dataclass(frozen=True, slots=True)
class Report:
    """An incident as it is written, and where every part of it stands."""

    content: Any
    tree: Tree
    path: tuple[str | int, ...]
    written: Mapping[Steps, Position] = field(default_factory=dict)
    """Places of what was changed."""

    def position(self, loc: Sequence[str | int], of_key: bool) -> Position:  # noqa: FBT001
        """Where a part stands; for what a change wrote, the change."""
        for length in range(len(loc), 0, -1):
            if tuple(loc[:length]) in self.written:
                return self.written[tuple(loc[:length])]
        return self.tree.position([*self.path, *loc], of_key=of_key)


class Incidents:
    """The incidents of a scenario file."""

    def __init__(self, file: ScenarioFile, tree: Tree, path: Path) -> None:
        self.scenarios, self.tree, self.path = file.scenarios, tree, path
        self._reports: dict[str, Report] = {}
        self._files: dict[str, Report] = {}

    def incident(self, name: str) -> Incident:
        """The incident of a scenario. Raises `Refused`."""
        report = self._report(name, ())
        return incident_from(report.content, locate=report.position)

    def _report(self, name: str, above: tuple[str, ...]) -> Report:
        if name not in self._reports:
            doc = self.scenarios[name]
            at = Place(self.tree, ("scenarios", name))
            report = self._written(doc, at, (*above, name))
            self._reports[name] = _with_changes(report, doc.but, at / "but")
        return self._reports[name]

    def _written(self, doc: ScenarioDoc, at: Place, names: tuple[str, ...]) -> Report:
        if doc.file is not None:
            return self._in_file(doc.file, at / "file")
        if doc.like is None:
            return Report(doc.incident, self.tree, (*at.path, "incident"))
        if doc.like not in self.scenarios:
            raise Refused(
                [
                    (at / "like").diagnostic(
                        Code.UNKNOWN_REFERENCE,
                        f"there is no scenario `{doc.like}` in this file",
                        expected=listing(list(self.scenarios), limit=8),
                        help=suggest(doc.like, self.scenarios),
                    )
                ]
            )
        if doc.like in names:
            raise Refused(
                [
                    (at / "like").diagnostic(
                        Code.CYCLE,
                        "these scenarios are like one another",
                        expected="one of them with an `incident` or a `file`",
                        found=" > ".join([*names[names.index(doc.like) :], doc.like]),
                    )
                ]
            )
        return self._report(doc.like, names)

    def _in_file(self, name: str, at: Place) -> Report:
        if name not in self._files:
            path = self.path.parent / name
            if not path.is_file():
                raise Refused(
                    [
                        at.diagnostic(
                            Code.FILE_UNREADABLE,
                            "there is no such file",
                            expected="the path of an incident file, seen from this file",
                            found=f"`{name}`",
                        )
                    ]
                )
            tree = parse(read_text(path, str(path)), str(path), private=True)
            content = tree.plain()
            found = records(content)
            if len(found) != 1:
                raise Refused(
                    [
                        at.diagnostic(
                            Code.WRONG_TYPE,
                            "a scenario is about one incident",
                            expected="a file with one incident",
                            found=f"{len(found)} in {name}",
                        )
                    ]
                )
            for step in found[0]:
                content = content[step]
            self._files[name] = Report(content, tree, tuple(found[0]))
        return self._files[name]


def _with_changes(report: Report, changes: Mapping[str, Any], at: Place) -> Report:
    if not changes or not isinstance(report.content, dict):
        return report
    content, written = report.content, dict(report.written)
    for name, value in changes.items():
        try:
            content, places = changed(content, {name: value})
        except NoSuchPlace as problem:
            raise Refused(
                [
                    (at / name).diagnostic(
                        Code.UNKNOWN_REFERENCE,
                        str(problem),
                        expected=problem.expected,
                        of_key=True,
                    )
                ]
            ) from None
        assert at.tree is not None
        written |= {steps: at.tree.position((*at.path, name)) for steps in places}
    return Report(content, report.tree, report.path, written)
