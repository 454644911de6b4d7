"""The pages of what `check` and `lint` find, one per code, shipped with the package from docs/."""

import re
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Pages:
    """What each code means: summary, what to avoid, what to prefer, why, and exceptions."""

    package: str

    def page(self, code: str) -> str:
        """The page of a code, in Markdown. Raises `KeyError` where there is none."""
        file = files(self.package) / f"{code}.md"
        if not re.fullmatch("[a-z-]+", code) or not file.is_file():
            raise KeyError(code)
        return file.read_text(encoding="utf-8")

    def summary(self, code: str) -> str:
        """The paragraph below the heading of its page, in one line."""
        return " ".join(self.page(code).split("\n\n")[1].split())


CHECK = Pages("netralitas_rules.check_pages")
LINT = Pages("netralitas_rules.lint_pages")
