"""The page of every rule: what it finds, what to avoid, what to prefer, why, and exceptions."""

import re
from importlib.resources import files

_PAGES = "netralitas_rules.lint_pages"


def page(code: str) -> str:
    """The page of a rule, in Markdown. Raises `KeyError` where there is none."""
    file = files(_PAGES) / f"{code}.md"
    if not re.fullmatch("[a-z-]+", code) or not file.is_file():
        raise KeyError(code)
    return file.read_text(encoding="utf-8")


def summary(code: str) -> str:
    """What the rule finds, in one line: the first line below the heading of its page."""
    return page(code).splitlines()[2]
