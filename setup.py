"""Lists the packages. Everything else about the build stands in pyproject.toml.

`packages.find` in pyproject.toml cannot be combined with a further package that lives elsewhere,
and the rulesets and the pages of the lint live at top level, where a legal officer finds them.
"""

from setuptools import find_packages, setup

setup(packages=[*find_packages("src"), "netralitas_rules.rulesets", "netralitas_rules.lint_pages"])
