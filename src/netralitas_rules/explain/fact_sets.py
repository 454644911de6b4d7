"""Sets of facts in words, in both languages."""

from collections.abc import Iterable, Iterator

from netralitas_rules.explain.writing import Writing, hang
from netralitas_rules.inquiry.model import Effect, FactSet
from netralitas_rules.law.model import Text

PHRASES = {
    "and_fact": Text("; dan ", "; and "),
    "stated": Text("disebut", "stated"),
    "sets_cut": Text(
        "Pencarian dibatasi: mungkin masih ada kemungkinan lain yang tidak ditampilkan.",
        "The search was cut: there may be other possibilities that are not shown.",
    ),
}

_EFFECTS = {
    Effect.ESTABLISH: Text("Akan terpenuhi jika", "Would be met if"),
    Effect.CLEAR: Text("Tidak akan terpenuhi jika", "Would not be met if"),
}
_OF_PATHS = {
    Effect.ESTABLISH: Text(
        "Jika temuannya terpenuhi, dapat ditempuh jika", "If its finding is met, would follow if"
    ),
    Effect.CLEAR: Text("Tidak dapat ditempuh jika", "Would not follow if"),
}


def fact_sets(
    writing: Writing, sets: Iterable[FactSet], *, indent: str = "", of_path: bool = False
) -> Iterator[str]:
    """The sets by what they do, each on its line; those of a sanction path in its words."""
    every = list(sets)
    for effect in Effect:
        own = [one for one in every if one.effect is effect]
        if own:
            said = (_OF_PATHS if of_path else _EFFECTS)[effect]
            yield f"{indent}{writing.t(said)}:"
        for one in own:
            yield from hang(f"{indent}  - ", fact_set(writing, one))


def fact_set(writing: Writing, one: FactSet) -> str:
    """One set: `conduct: posting; and audience: public`."""
    told = []
    for fact in one.facts:
        said = writing.t(fact.says)
        if not fact.values and fact.example is not None and said.endswith(": "):
            said = f"{writing.t(writing.words.label(fact.fact))}: {writing.t(PHRASES['stated'])}"
        told.append(f"{said} [{fact.place}]")
    return writing.t(PHRASES["and_fact"]).join(told)
