"""Linking relations and ladders: what they name is there, and no kind stands twice on a ladder."""

from collections.abc import Mapping

from netralitas_rules.law.deadlines import DeadlineRule, Event, Means
from netralitas_rules.law.model import Level, Question, SanctionKind
from netralitas_rules.law.regimes import Ladder, Relation, RelationKind, Under
from netralitas_rules.loading.conditions import Place
from netralitas_rules.loading.diagnostics import Code
from netralitas_rules.loading.linking import Context, text
from netralitas_rules.loading.regime_documents import LadderDoc, RelationDoc, UnderDoc

_BETWEEN_TWO = (RelationKind.ABSORBS, RelationKind.BESIDE)


def relations(
    ctx: Context,
    questions: Mapping[str, Question],
    kinds: Mapping[str, SanctionKind],
    deadlines: Mapping[str, DeadlineRule],
) -> dict[str, Relation]:
    """Every relation, with as many regimes as its kind is about."""
    found: dict[str, Relation] = {}
    for key, item in ctx.sections["relations"].items():
        doc, at = item.doc, item.place
        ctx.check_basis(doc.basis, at / "basis")
        _check_questions(ctx, doc.questions, at / "questions", questions)
        for index, kind in enumerate(doc.kinds):
            if kind not in kinds:
                ctx.unknown(at / "kinds" / index, "kind of sanction", kind, kinds)
        if doc.kinds and doc.kind is not RelationKind.ABSORBS:
            ctx.problem(
                at / "kinds",
                Code.WRONG_TYPE,
                f"`{doc.kind.value}` asks for no kind of sanction",
                expected="`kinds` where one of them, once imposed, `absorbs`",
            )
        _check_in_force(ctx, doc, at / "in-force", deadlines)
        if doc.alike is not None and doc.kind is not RelationKind.HEAVIER_ON_REPEAT:
            ctx.problem(
                at / "alike",
                Code.WRONG_TYPE,
                f"`{doc.kind.value}` does not ask what is alike",
                expected="`alike` under `heavier-on-repeat`",
            )
        # A kind that ends the service absorbs what is left in its own regime too.
        wanted = 2 if doc.kind in _BETWEEN_TWO and not doc.kinds else 1
        if len(set(doc.regimes)) != wanted and not doc.kinds:
            ctx.problem(
                at / "regimes",
                Code.WRONG_TYPE,
                f"`{doc.kind.value}` is about {wanted} regime{'s' if wanted > 1 else ''}",
                expected=f"{wanted} of them",
                found=f"{len(set(doc.regimes))}",
            )
        found[key] = Relation(
            key,
            text(doc.says),
            doc.kind,
            tuple(doc.regimes),
            tuple(doc.basis),
            tuple(doc.questions),
            tuple(doc.kinds),
            tuple(doc.in_force),
            _under(ctx, doc.alike, at / "alike", questions),
        )
    return found


def ladders(
    ctx: Context, questions: Mapping[str, Question], kinds: Mapping[str, SanctionKind]
) -> dict[str, Ladder]:
    """Every ladder whose instrument and kinds are there."""
    found: dict[str, Ladder] = {}
    for key, item in ctx.sections["ladders"].items():
        doc, at = item.doc, item.place
        ctx.check_basis(doc.basis, at / "basis")
        instruments = ctx.sections["instruments"]
        if doc.regulation not in instruments:
            ctx.unknown(at / "regulation", "instrument", doc.regulation, instruments)
        _check_rungs(ctx, doc, at / "rungs", kinds)
        found[key] = Ladder(
            key,
            text(doc.says),
            doc.regime,
            doc.regulation,
            {level: tuple(map(tuple, doc.rungs[level])) for level in _levels(doc)},
            tuple(doc.basis),
            _under(ctx, doc.level_first, at / "level-first", questions),
        )
    return found


def _check_in_force(
    ctx: Context, doc: RelationDoc, at: Place, deadlines: Mapping[str, DeadlineRule]
) -> None:
    """Deadlines of a day of effect, where a kind has to be in force, and only there."""
    if bool(doc.in_force) != bool(doc.kinds):
        ctx.problem(
            at,
            Code.WRONG_TYPE,
            "what absorbs once it was imposed does so from a day on",
            expected="`in-force` beside `kinds`, and only there",
        )
    for index, name in enumerate(doc.in_force):
        rule = deadlines.get(name)
        if rule is None:
            ctx.unknown(at / index, "deadline", name, deadlines)
        elif rule.event is not Event.RECEIPT or rule.means is not Means.TAKES_EFFECT:
            ctx.problem(
                at / index,
                Code.WRONG_TYPE,
                f"`{name}` is not the day on which a decision takes effect",
                expected="a deadline from `receipt` that `takes-effect`",
            )


def _levels(doc: LadderDoc) -> list[Level]:
    """The levels of a ladder from the lightest on, however the file has them."""
    return [level for level in Level if level in doc.rungs]


def _check_rungs(
    ctx: Context, doc: LadderDoc, at: Place, kinds: Mapping[str, SanctionKind]
) -> None:
    seen: dict[str, Place] = {}
    for level, lists in doc.rungs.items():
        for number, one in enumerate(lists):
            for index, kind in enumerate(one):
                place = at / level.value / number / index
                if kind not in kinds:
                    ctx.unknown(place, "kind of sanction", kind, kinds)
                elif kind in seen:
                    ctx.problem(
                        place,
                        Code.DUPLICATE_ITEM,
                        f"`{kind}` stands twice on this ladder",
                        expected="every kind on one rung",
                        also=seen[kind],
                    )
                seen[kind] = place


def _under(
    ctx: Context, doc: UnderDoc | None, at: Place, questions: Mapping[str, Question]
) -> Under | None:
    """A reading that its question has."""
    if doc is None:
        return None
    question = questions.get(doc.question)
    if question is None:
        ctx.unknown(at / "question", "question", doc.question, questions)
    elif doc.reading not in (known := [one.id for one in question.readings]):
        ctx.unknown(at / "reading", "reading", doc.reading, known)
    return Under(doc.question, doc.reading)


def _check_questions(
    ctx: Context, named: list[str], at: Place, known: Mapping[str, Question]
) -> None:
    for question in named:
        if question not in known:
            ctx.unknown(at, "question", question, known)
