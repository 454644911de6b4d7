"""Write the committed JSON Schemas anew (`make schemas`); a test checks that they are current."""

import json
from pathlib import Path

from netralitas_rules.schemas import NAMES, schema_of

FOLDER = Path(__file__).resolve().parent.parent / "src" / "netralitas_rules" / "schemas"


def main() -> None:
    for name in NAMES:
        text = json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"
        (FOLDER / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
