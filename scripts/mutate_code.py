"""Mutants of the engine and the reader: does any test notice? (see docs/hardening.md)

One operator, constant, condition or statement is otherwise at a time. The tests that reach its line
run in a process of their own against a copy of the package; which reach it, a run under coverage
says first. A line that runs when its module is imported is judged by all of them. Tests that
noticed another mutant of the module come first, then the quick ones; the first that fails ends the
trial. Usage: `python scripts/mutate_code.py [--sample COUNT] [--seed SEED] [--module PART]`, or
`python scripts/mutate_code.py --again FILE` for those that survived by what an earlier run printed.
"""

import argparse
import ast
import contextlib
import copy
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from coverage import CoverageData

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "netralitas_rules"
ROOMS = ("engine", "loading")
TESTS = (
    "tests/unit",
    "tests/golden",
    "tests/conformance",
    "tests/brute_force/test_engine_equals_spec.py",
    "tests/brute_force/test_smallest_examples.py",
    "tests/cli/test_classify.py",
    "tests/analysis/test_check.py",
)
"""What `make coverage` runs: the tests that are about these rooms."""
OPTIONS = (
    "-q", "-x", "--tb=no", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist",
    "-p", "scripts.ordered_tests",
)  # fmt: skip
"""What is not needed to see whether one fails is left out: half a second of every trial."""
SURVIVED = "SURVIVED"
LEAST, TIMES = 20, 20
"""A test may take so many seconds and so many times what it took: a loop may have no end."""
MEMORY = 4 << 30
"""Bytes that a process may take: a loop without end may also fill a list."""
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.Mult: ast.Add,
}


def mutations(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Every way in which one node can be otherwise."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            other = copy.copy(node)
            other.ops = [COMPARED[type(op)]()]
            yield f"{type(op).__name__} -> {type(other.ops[0]).__name__}", other
        case ast.BoolOp(op=op):
            other_op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and <-> or", ast.BoolOp(other_op, node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", node.operand
        case ast.BinOp(op=op) if type(op) in COUNTED:
            other_op2 = COUNTED[type(op)]()
            words = f"{type(op).__name__} -> {type(other_op2).__name__}"
            yield words, ast.BinOp(node.left, other_op2, node.right)
        case ast.Constant(value=bool() as value):
            yield f"{value} -> {not value}", ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield f"{value} -> {value + 1}", ast.Constant(value + 1)
        case ast.If() | ast.IfExp() | ast.While():
            turned = copy.copy(node)
            turned.test = ast.UnaryOp(ast.Not(), node.test)
            yield "condition negated", turned
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield "returns None", ast.Return(ast.Constant(None))
        case ast.Continue():
            yield "continue -> break", ast.Break()
        case ast.Break():
            yield "break -> continue", ast.Continue()
        case ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield "statement dropped", ast.Pass()


def annotations(tree: ast.AST) -> set[int]:
    """Nodes that are types or docstrings: nothing runs them."""
    found: set[int] = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            part = getattr(node, name, None)
            if isinstance(part, ast.AST):
                found.update(id(inner) for inner in ast.walk(part))
    return found


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a module and what is otherwise there."""

    path: Path
    number: int
    """Of the node, in the order of `ast.walk`."""
    line: int
    column: int
    words: str

    def __str__(self) -> str:
        path = self.path.relative_to(PACKAGE)
        return f"{path}:{self.line}:{self.column + 1}: {self.words}"


def sites(path: Path) -> list[Site]:
    """Every mutation of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = annotations(tree)
    return [
        Site(path, number, getattr(node, "lineno", 0), getattr(node, "col_offset", 0), words)
        for number, node in enumerate(ast.walk(tree))
        if id(node) not in skipped
        for words, _ in mutations(node)
    ]


class Replace(ast.NodeTransformer):
    """Puts another node where one stands."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.old:
            return ast.copy_location(self.new, node)
        return super().generic_visit(node)


def mutated(site: Site) -> str:
    """The module with one node otherwise."""
    tree = ast.parse(site.path.read_text(encoding="utf-8"))
    node = next(n for at, n in enumerate(ast.walk(tree)) if at == site.number)
    new = next(other for own, other in mutations(node) if own == site.words)
    return ast.unparse(ast.fix_missing_locations(Replace(node, new).visit(tree)))


class Trials:
    """Runs the tests against a copy of the package, whole or with one mutant after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told, self._ordered = folder / "told", folder / "ordered"
        self._noticed = Counter[tuple[Path | None, str]]()
        """By module, and by any: how many mutants a test has noticed."""
        shutil.copytree(PACKAGE, folder / PACKAGE.name)
        shutil.copytree(ROOT / "rulesets", folder / PACKAGE.name / "rulesets")
        rooms = [f"--cov=netralitas_rules.{room}" for room in ROOMS]
        file = folder / "reached"
        code, _ = self._pytest(
            *rooms, "--cov-context=test", "--cov-report=", *TESTS, COVERAGE_FILE=str(file)
        )
        if code:
            sys.exit("the tests fail on the package as it is")
        self._seconds = {name: float(seconds) for _, seconds, name in self._lines()}
        self._reached = CoverageData(str(file))
        self._reached.read()

    def noticed_by(self, site: Site) -> str:
        """A test that fails where the code is otherwise, or how the run ended; empty where all
        pass.
        """
        place = self._place(site.path)
        place.write_text(mutated(site), encoding="utf-8")
        tests = self._tests_of(site)
        limits = [f"{LEAST + TIMES * self._seconds[name]:.0f}\t{name}" for name in tests]
        self._ordered.write_text("\n".join(limits), encoding="utf-8")
        files = dict.fromkeys(name.partition("::")[0] for name in tests)
        # No bytecode is kept: two mutants of one second and one length would be taken for one.
        code, said = self._pytest(
            "-p", "no:pytest_cov", f"--ordered={self._ordered}", *files, PYTHONDONTWRITEBYTECODE="1"
        )
        shutil.copy2(site.path, place)
        if code == pytest.ExitCode.OK:
            return ""
        failed = [name for outcome, _, name in self._lines() if outcome == "failed"]
        if failed:
            self._noticed.update([(site.path, failed[0]), (None, failed[0])])
            return failed[0]
        if code < 0:
            return f"no end: {signal.Signals(-code).name}"
        if "while loading conftest" in said:
            return "tests/conftest.py on import"
        sys.exit(f"{site}: pytest ended with {code} and no test that failed\n{said}")

    def _tests_of(self, site: Site) -> list[str]:
        """The tests that reach a line, or all where it runs on import or nothing is known of it:
        first those that noticed most, then the quick ones.
        """
        contexts = self._reached.contexts_by_lineno(str(self._place(site.path))).get(site.line, [])
        names = {context.rpartition("|")[0] for context in contexts}
        if not names or "" in names:
            names = set(self._seconds)
        return sorted(
            names,
            key=lambda name: (
                -self._noticed[site.path, name],
                -self._noticed[None, name],
                self._seconds[name],
            ),
        )

    def _place(self, path: Path) -> Path:
        return self._folder / path.relative_to(PACKAGE.parent)

    def _lines(self) -> list[list[str]]:
        told = self._told.read_text(encoding="utf-8") if self._told.exists() else ""
        return [line.split("\t") for line in told.splitlines()]

    def _pytest(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """What pytest ends with, and what it wrote. Nothing that a test started outlives it."""
        self._told.unlink(missing_ok=True)
        own = {"PYTHONPATH": str(self._folder), "CI": "1", "PYTHONHASHSEED": "0", **environment}
        command = [sys.executable, "-m", "pytest", *OPTIONS, f"--told={self._told}", *arguments]
        run = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **own}, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=_bounded,
        )  # fmt: skip
        said, _ = run.communicate()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        return run.returncode, said


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def chosen(given: argparse.Namespace) -> list[Site]:
    """The mutants that are tried."""
    every = [
        site
        for room in ROOMS
        for path in sorted((PACKAGE / room).glob("*.py"))
        if given.module in path.as_posix()
        for site in sites(path)
    ]
    print(f"{len(every)} mutants")
    if given.again is None:
        return random.Random(given.seed).sample(every, min(given.sample, len(every)))
    lines = given.again.read_text(encoding="utf-8").splitlines()
    again = {line.removeprefix(SURVIVED).strip() for line in lines if line.startswith(SURVIVED)}
    if gone := again - {str(site) for site in every}:
        sys.exit(f"no such mutant: {sorted(gone)}")
    return [site for site in every if str(site) in again]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", default="")
    parser.add_argument("--again", type=Path)
    given = parser.parse_args()
    sample = chosen(given)
    killed, start = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(Path(folder))
        print(f"tests reach what they reach: {time.monotonic() - start:.0f} s", flush=True)
        for site in sample:
            by = trials.noticed_by(site)
            killed += bool(by)
            print(f"killed {site} by {by}" if by else f"{SURVIVED} {site}", flush=True)
    share = 100 * killed / max(1, len(sample))
    seconds = time.monotonic() - start
    print(
        f"{killed} of {len(sample)} killed ({share:.1f} %), seed {given.seed}, in {seconds:.0f} s"
    )
    return int(share < 95)


if __name__ == "__main__":
    sys.exit(main())
