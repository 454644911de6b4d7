"""The pages of the codes: what each finding means, shipped with the package."""

from importlib.resources import files

from netralitas_rules.law.findings import FindingCode


def page(code: FindingCode) -> str:
    """The page of a code, in Markdown."""
    folder = files("netralitas_rules.analysis") / "pages"
    return (folder / f"{code}.md").read_text(encoding="utf-8")


def summary(code: FindingCode) -> str:
    """The first paragraph of its page, in one line."""
    paragraphs = page(code).split("\n\n")
    return " ".join(paragraphs[1].split())


def index() -> str:
    """The list of all pages, in Markdown."""
    lines = [
        "# What `netralitas check` finds",
        "",
        "`netralitas check RULESET` reads a ruleset strictly and then searches it, exactly, over "
        "all facts, days and readings. `netralitas check --explain CODE` prints one of these. "
        "Waivers and orders of gravity: [the ruleset language](../ruleset-language.md).",
        "",
        *(f"- [`{code}`]({code}.md): {summary(code)}" for code in FindingCode),
    ]
    return "\n".join(lines) + "\n"
