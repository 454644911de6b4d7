"""Writing what was found into a scenario file, and nothing else of it."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.scenarios.running import Result


def update(path: Path, results: Iterable[Result]) -> int:
    """Rewrite `expect` of the results that differ; returns how many. Comments outside stay.

    Raises `RuntimeError` where the file would then say something else than before.
    """
    text = path.read_text(encoding="utf-8")
    changed = [result for result in results if result.differences]
    # From the end, so that the lines above keep their numbers.
    for result in sorted(changed, key=lambda r: -r.scenario.line):
        text = _with_expect(text, str(path), result)
    if changed:
        path.write_text(text, encoding="utf-8", newline="\n")
    return len(changed)


def _with_expect(text: str, name: str, result: Result) -> str:
    steps = ("scenarios", result.scenario.name, "expect")
    before = parse(text, name)
    line, column, _ = before.find(steps[:2])[0].keys["expect"]
    lines = text.splitlines(keepends=True)
    end = line + 1
    while end < len(lines) and _belongs(lines[end], column):
        end += 1
    while end > line + 1 and not lines[end - 1].strip():
        end -= 1
    kept = {k: v for k, v in result.actual.items() if v or k in ("refused", "outcome")}
    body = yaml.safe_dump({"expect": kept}, sort_keys=False, allow_unicode=True, width=100)
    indent = " " * column
    block = [f"{indent}{own}\n" for own in body.splitlines()]
    after = "".join([*lines[:line], *block, *lines[end:]])
    if _others(parse(after, name), steps) != _others(before, steps):
        raise RuntimeError(f"{name}: `expect` of {steps[1]} cannot be rewritten; write it by hand")
    return after


def _belongs(line: str, column: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > column


def _others(tree: Tree, steps: tuple[str, str, str]) -> object:
    """Everything but what is rewritten; nothing where that is not there any more."""
    content = tree.plain()
    own = content.get(steps[0], {}).get(steps[1], {})
    return content if own.pop(steps[2], None) is not None else None
