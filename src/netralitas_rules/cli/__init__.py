"""The command line: `netralitas` and `python -m netralitas_rules`."""

from netralitas_rules.cli.main import main

__all__ = ["main"]
