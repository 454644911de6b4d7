"""Reading scenario files: strictly, with the place of everything that is wrong."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from netralitas_rules.facts.incident import Incident
from netralitas_rules.loader import bundled_rulesets, load
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.gather import SCENARIOS
from netralitas_rules.loading.incidents import MANY
from netralitas_rules.loading.source import read_text
from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.loading.validate import diagnostics_of
from netralitas_rules.ruleset import Ruleset
from netralitas_rules.scenarios.documents import ScenarioDoc, ScenarioFile
from netralitas_rules.scenarios.incidents import Incidents
from netralitas_rules.scenarios.references import faults, readings_faults

DEFAULT_RULESET = "kemenkumham"
SUFFIXES = (".yaml", ".yml")
_OF_SCENARIOS = re.compile(r"^scenarios[ ]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that can be run: its incident is read and its names exist."""

    name: str
    path: Path
    line: int
    doc: ScenarioDoc
    as_of: datetime.date
    ruleset: Ruleset
    incident: Incident

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name}"


class Library:
    """Rulesets by the folder they lie in: each is loaded once for all scenario files."""

    def __init__(self, default: str = DEFAULT_RULESET) -> None:
        self.default = default
        self._loaded: dict[str, Ruleset | Refused] = {}

    def ruleset(self, named: str | None, beside: Path) -> Ruleset:
        """The ruleset that a file names, relative to the file, or the default.

        Raises `Refused`: the same one for every scenario that names it.
        """
        name = named or self.default
        if name not in bundled_rulesets():
            name = str(((beside.parent / name) if named else Path(name)).resolve())
        if name not in self._loaded:
            try:
                self._loaded[name] = load(name)
            except Refused as refused:
                self._loaded[name] = refused
        found = self._loaded[name]
        if isinstance(found, Refused):
            raise found
        return found


def scenario_files(path: Path) -> Iterator[Path]:
    """The file itself; of a folder the YAML files in its folders `scenarios`, or all if it has
    none. Incidents are left out: they lie beside the scenarios that name them.
    """
    if not path.is_dir():
        yield path
        return
    files = sorted(f for f in path.rglob("*") if f.suffix.lower() in SUFFIXES and f.is_file())
    own = [f for f in files if SCENARIOS in f.relative_to(path).parts[:-1]]
    yield from (f for f in own or files if not is_incident(f))


def is_incident(path: Path) -> bool:
    """Whether a YAML file holds incidents, and nothing of a scenario file."""
    try:
        text = read_text(path, str(path))
        if _OF_SCENARIOS.search(text):  # told without parsing: it is parsed when it is read
            return False
        content = parse(text, str(path)).plain()
    except Refused:
        return False
    return isinstance(content, dict) and bool(content.keys() & {"subjects", "acts", MANY})


def read_scenarios(
    path: Path, library: Library | None = None, *, rewriting: bool = False
) -> list[Scenario]:
    """Every scenario of a file. Raises `Refused`.

    With `rewriting` an expectation may be impossible: it is going to be replaced.
    """
    tree, file = parsed(path)
    library, incidents = library or Library(), Incidents(file, tree, path)
    found: list[Scenario] = []
    problems: dict[str, Diagnostic] = {}
    for name, doc in file.scenarios.items():
        at = Place(tree, ("scenarios", name))
        try:
            as_of = doc.as_of or file.as_of
            if as_of is None:
                raise Refused([_no_day(at)])
            rules = library.ruleset(doc.ruleset or file.ruleset, path)
            incident = incidents.incident(name)
        except Refused as refused:
            problems |= {str(d): d for d in refused.diagnostics}
            continue
        found_faults = (
            readings_faults(doc, rules, at) if rewriting else faults(doc, rules, incident, at)
        )
        problems |= {str(d): d for d in found_faults}
        line = tree.position(at.path, of_key=True).line
        found.append(Scenario(name, path, line, doc, as_of, rules, incident))
    if problems:
        raise Refused(list(problems.values()))
    return found


def parsed(path: Path) -> tuple[Tree, ScenarioFile]:
    """The tree and the checked document of a file. Raises `Refused`."""
    tree = parse(read_text(path, str(path)), str(path))
    try:
        return tree, ScenarioFile.model_validate(tree.plain())
    except ValidationError as error:
        raise Refused(
            diagnostics_of(
                error, ScenarioFile, locate=lambda loc, of_key: tree.position(loc, of_key=of_key)
            )
        ) from None


def _no_day(at: Place) -> Diagnostic:
    return at.diagnostic(
        Code.MISSING_KEY,
        "`as-of` is missing",
        expected="the day on which the question is asked (as-of: 2024-12-31)",
        help="write it in the scenario, or once for all above `scenarios`",
        of_key=True,
    )
