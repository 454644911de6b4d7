"""Write the pages of `netralitas check` into docs/check (a test checks that they are current)."""

from pathlib import Path

from netralitas_rules.analysis.pages import index, page
from netralitas_rules.law.findings import FindingCode

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "check"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for code in FindingCode:
        (FOLDER / f"{code}.md").write_text(page(code), encoding="utf-8")
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
