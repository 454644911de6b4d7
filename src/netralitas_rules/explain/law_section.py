"""Which law governs: the part that a decision and a version matrix have in common."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from netralitas_rules.decision import model as m
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.writing import Writing, hang


def law_section(out: Writing, laws: Iterable[m.GoverningLaw]) -> Iterator[str]:
    """Bodies of law, the transitions that lead to them, and the dates that chose."""
    laws = tuple(laws)
    if not laws:
        return
    yield from out.heading("law")
    for law in laws:
        label = out.t(out.words.label(law.fact))
        names = [
            f"{out.w(key)} {', '.join(own)}"
            for key, own in (("act", law.acts), ("beneficiary", law.beneficiaries))
            if own
        ]
        label += f" ({'; '.join(names)})" if names else ""
        values = [out.t(out.words.value(law.fact, body.value)) for body in law.bodies]
        one_of = f"{out.w('one_of')} " if len(values) > 1 else ""
        yield from hang("- ", f"{label}: {one_of}{p.listed(values, out.w('or'))}")
        for value, body in zip(values, law.bodies, strict=True):
            for ground in body.grounds:
                lead = f"{value}: " if len(values) > 1 else ""
                cited = out.cite(ground.basis)
                basis = f" ({cited})" if cited else ""
                yield from hang("  - ", f"{lead}{out.t(ground.says)}{basis}")
        if law.chosen_by:
            reads = "; ".join(map(out.read, _same_value_once(law.chosen_by)))
            yield from hang(f"  {out.w('chosen_by')}: ", reads)


def _same_value_once(reads: Iterable[m.FactRead]) -> Iterator[m.FactRead]:
    """What several acts state alike is said once, with every place."""
    places: dict[m.FactRead, list[str]] = {}
    for read in reads:
        places.setdefault(replace(read, origin=""), []).append(read.origin)
    return (replace(read, origin=", ".join(own)) for read, own in places.items())
