"""Reading scenario files: strictly, with the place of everything that is wrong."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.incidents import incident_at, read
from netralitas_rules.loading.source import MAX_BYTES, decode, too_large, unreadable
from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.loading.validate import diagnostics_of
from netralitas_rules.ruleset import Ruleset, bundled_rulesets, load
from netralitas_rules.scenarios.documents import ScenarioDoc, ScenarioFile
from netralitas_rules.scenarios.references import faults

DEFAULT_RULESET = "kemenkumham"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that can be run: its incident is read and its names exist."""

    name: str
    path: Path
    line: int
    doc: ScenarioDoc
    ruleset: Ruleset
    incident: Incident

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name}"


def scenario_files(path: Path) -> list[Path]:
    """The YAML files under a folder, or the file itself."""
    if path.is_dir():
        return sorted(p for suffix in ("*.yaml", "*.yml") for p in path.rglob(suffix))
    return [path]


def read_scenarios(path: Path, *, ruleset: str = DEFAULT_RULESET) -> list[Scenario]:
    """Every scenario of a file; `ruleset` is used where the file names none.

    A ruleset is a bundled name, or a folder relative to the file. Raises `Refused`.
    """
    tree, file = parsed(path)
    found: list[Scenario] = []
    problems: list[Diagnostic] = []
    for name, doc in file.scenarios.items():
        at = Place(tree, ("scenarios", name))
        try:
            rules = _ruleset(doc.ruleset or file.ruleset, ruleset, path)
            incident = _incident(doc, tree, at, path)
        except Refused as refused:
            problems.extend(refused.diagnostics)
            continue
        problems.extend(faults(doc, rules, incident, at))
        line = tree.position(("scenarios", name), of_key=True).line
        found.append(Scenario(name, path, line, doc, rules, incident))
    if problems:
        raise Refused(problems)
    return found


def parsed(path: Path) -> tuple[Tree, ScenarioFile]:
    """The tree and the checked document of a file. Raises `Refused`."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused([unreadable(str(path), error)]) from None
    if len(data) > MAX_BYTES:
        raise Refused([too_large(str(path), 0)])
    tree = parse(decode(data, str(path)), str(path))
    try:
        return tree, ScenarioFile.model_validate(tree.plain())
    except ValidationError as error:
        raise Refused(
            diagnostics_of(
                error, ScenarioFile, locate=lambda loc, of_key: tree.position(loc, of_key=of_key)
            )
        ) from None


def _ruleset(named: str | None, otherwise: str, path: Path) -> Ruleset:
    name = named or otherwise
    if name in bundled_rulesets():
        return load(name)
    return load((path.parent / name) if named is not None else Path(name))


def _incident(doc: ScenarioDoc, tree: Tree, at: Place, path: Path) -> Incident:
    if (doc.incident is None) == (doc.file is None):
        raise Refused(
            [
                at.diagnostic(
                    Code.MISSING_KEY if doc.incident is None else Code.DUPLICATE_ITEM,
                    "a scenario has one incident",
                    expected="`incident`, or `file` with the path of one",
                    of_key=True,
                )
            ]
        )
    if doc.file is None:
        return incident_at(tree, [*at.path, "incident"])
    records = list(read(path.parent / doc.file))
    if len(records) != 1:
        raise Refused(
            [
                (at / "file").diagnostic(
                    Code.WRONG_TYPE,
                    "a scenario is about one incident",
                    expected="a file with one incident",
                    found=f"{len(records)} in {doc.file}",
                )
            ]
        )
    (record,) = records
    if isinstance(record, Refused):
        raise record
    return record
