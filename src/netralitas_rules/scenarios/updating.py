"""Writing what was found into a scenario file, and nothing else of it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.scenarios.running import Result

WIDTH = 100
_PLAIN: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 10_000}


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
    kept = {
        key: value
        for key, value in _asked(result).items()
        if value or key in ("refused", "outcome")
    }
    indent = " " * column
    block = [f"{indent}{own}\n" for own in ("expect:", *_lines(kept, column))]
    after = "".join([*lines[:line], *block, *lines[end:]])
    if _others(parse(after, name), steps) != _others(before, steps):
        raise RuntimeError(f"{name}: `expect` of {steps[1]} cannot be rewritten; write it by hand")
    return after


def _asked(result: Result) -> dict[str, Any]:
    """What was found; the kinds of sanction only of the rows for which they were written."""
    asked = result.scenario.doc.expect.sanctions
    kinds = {n: k for n, k in result.actual.get("sanctions", {}).items() if n in asked}
    return {key: kinds if key == "sanctions" else v for key, v in result.actual.items()}


def _lines(expect: dict[str, Any], column: int) -> Iterator[str]:
    """Each part in one line where it fits, otherwise an entry a line."""
    for key, value in expect.items():
        flow = yaml.safe_dump({key: value}, default_flow_style=True, **_PLAIN).strip()[1:-1]
        if column + len(flow) + 2 <= WIDTH:
            yield f"  {flow}"
        else:
            block = yaml.safe_dump({key: value}, default_flow_style=False, **_PLAIN)
            yield from (f"  {line}" for line in block.splitlines())


def _belongs(line: str, column: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > column


def _others(tree: Tree, steps: tuple[str, str, str]) -> object:
    """Everything but what is rewritten; nothing where that is not there any more."""
    content = tree.plain()
    own = content.get(steps[0], {}).get(steps[1], {})
    return content if own.pop(steps[2], None) is not None else None
