"""`python -m netralitas_rules`."""

import sys

from netralitas_rules.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
