"""What tables of authority and of remedies share when they are linked."""

from collections.abc import Iterable, Mapping

from netralitas_rules.facts.vocabulary import SubjectStatus
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.loading.case_documents import CitedDoc
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.linking import Context


def statuses(
    ctx: Context, docs: Mapping[str, CitedDoc], at: Place
) -> dict[SubjectStatus, tuple[str, ...]]:
    """The statuses that a table is for, each with its basis."""
    found: dict[SubjectStatus, tuple[str, ...]] = {}
    for name, doc in docs.items():
        ctx.check_basis(doc.basis, at / name / "basis")
        if name in list(SubjectStatus):
            found[SubjectStatus(name)] = tuple(doc.basis)
        else:
            ctx.unknown(at / name, "status", name, SubjectStatus, of_key=True)
    return found


def named(ctx: Context, section: str, what: str, names: Iterable[str], at: Place) -> None:
    """That these items of a section are there."""
    known = ctx.sections[section]
    for index, name in enumerate(names):
        if name not in known:
            ctx.unknown(at / index, what, name, known)


def levels(ctx: Context, found: Iterable[Level], regimes: Iterable[Regime], at: Place) -> None:
    """That levels stand where sanctions have some."""
    if tuple(found) and Regime.DISCIPLINE not in regimes:
        wrong(ctx, at, "only discipline has levels", "`kinds`, or a table of the discipline regime")


def wrong(ctx: Context, at: Place, message: str, expected: str) -> None:
    ctx.problem(at, Code.BAD_TABLE, message, expected=expected)
