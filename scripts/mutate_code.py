"""Mutants of the engine and the reader: does any test notice? (see docs/hardening.md)

One operator, constant, condition or statement is otherwise at a time. The tests that reach its line
run in a process of their own against a copy of the package; which reach it, a run under coverage
says first. A line that runs when its module is imported is judged by all of them. Usage:
`python scripts/mutate_code.py [--sample COUNT] [--seed SEED] [--module PART]`.
"""

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

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
)
LIMIT = 240
MOST = 150
"""Tests of a line that run one by one; where more reach it, all files run that hold them."""
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


def sites(path: Path) -> list[tuple[int, int, str]]:
    """(number of the node, line, words) of every mutation of a module, in the order of `walk`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = annotations(tree)
    return [
        (number, getattr(node, "lineno", 0), words)
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


def mutated(path: Path, number: int, words: str) -> str:
    """The module with one node otherwise."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    node = next(n for at, n in enumerate(ast.walk(tree)) if at == number)
    new = next(other for own, other in mutations(node) if own == words)
    return ast.unparse(ast.fix_missing_locations(Replace(node, new).visit(tree)))


def pytest(*arguments: str, path: Path, limit: int | None = None) -> int:
    """Runs tests against the package in `path`; what pytest ends with."""
    environment = {**os.environ, "PYTHONPATH": str(path), "CI": "1", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *arguments]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=limit)
    return run.returncode


def reached(folder: Path) -> CoverageData:
    """Which tests reach which lines of a copy of the package."""
    file = folder / "reached"
    rooms = [f"--cov=netralitas_rules.{room}" for room in ROOMS]
    os.environ["COVERAGE_FILE"] = str(file)
    code = pytest(*rooms, "--cov-context=test", "--cov-report=", *TESTS, path=folder)
    del os.environ["COVERAGE_FILE"]
    if code:
        sys.exit("the tests fail on the package as it is")
    data = CoverageData(str(file))
    data.read()
    return data


def tests_of(line: int, path: Path, data: CoverageData) -> list[str]:
    """The tests that reach a line: by name, or all where it runs on import or nothing is known."""
    contexts = data.contexts_by_lineno(str(path)).get(line, [])
    names = sorted({context.partition("|")[0] for context in contexts})
    if not names or "" in names:
        return [*TESTS]
    if len(names) <= MOST:
        return names
    return sorted({name.partition("::")[0] for name in names})


def caught(copy_of: Path, tests: list[str]) -> str:
    """What fails on the copy; empty where nothing does."""
    try:
        code = pytest(*tests, path=copy_of, limit=LIMIT)
    except subprocess.TimeoutExpired:
        return "no end"
    return f"one of {len(tests)}" if code else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", default="")
    given = parser.parse_args()
    every = [
        (path, *site)
        for room in ROOMS
        for path in sorted((PACKAGE / room).glob("*.py"))
        if given.module in path.as_posix()
        for site in sites(path)
    ]
    chosen = random.Random(given.seed).sample(every, min(given.sample, len(every)))
    count, start = Counter[bool](), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(PACKAGE, Path(folder) / PACKAGE.name)
        shutil.copytree(ROOT / "rulesets", Path(folder) / PACKAGE.name / "rulesets")
        data = reached(Path(folder))
        for path, number, line, words in chosen:
            place = Path(folder) / path.relative_to(PACKAGE.parent)
            place.write_text(mutated(path, number, words), encoding="utf-8")
            by = caught(Path(folder), tests_of(line, place, data))
            shutil.copy(path, place)
            count[bool(by)] += 1
            told = f"{path.relative_to(PACKAGE)}:{line}: {words}"
            print(f"{'killed' if by else 'SURVIVED'} {told} {by}", flush=True)
    share = 100 * count[True] / max(1, count.total())
    seconds = time.monotonic() - start
    print(f"{count[True]} of {count.total()} killed ({share:.1f} %), of {len(every)} mutants, "
          f"seed {given.seed}, in {seconds:.0f} s")  # fmt: skip
    return int(share < 95)


if __name__ == "__main__":
    sys.exit(main())
