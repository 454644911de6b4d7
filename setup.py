"""Lists the packages. Everything else about the build stands in pyproject.toml.

`packages.find` in pyproject.toml cannot be combined with a further package that lives elsewhere,
and the rulesets and the pages of what check and lint find live at top level, where a legal officer
finds them.
"""

from setuptools import find_packages, setup

ELSEWHERE = ("rulesets", "check_pages", "lint_pages")

setup(packages=[*find_packages("src"), *(f"netralitas_rules.{name}" for name in ELSEWHERE)])
