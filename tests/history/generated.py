"""Generated derivations and records: small vocabularies, so that much joins, recursion included."""

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from netralitas_rules.history.model import RecordFact, record
from netralitas_rules.law.history import Derivation, Pattern, Term, Variable, pattern
from netralitas_rules.law.model import Text

BASE = {"a": frozenset("xyz"), "b": frozenset("xy"), "c": frozenset("x")}
DERIVED = {"p": ("x", "y"), "q": ("x",), "r": ("x", "y", "z")}
VALUES = ("1", "2", "1.0", "true", "", 'yes é "\\\n', "1 ")
"""Texts that a careless engine takes for one another."""
VARIABLES = tuple(Variable(name) for name in "uvw")
WORDS = Text("x", "x")


@dataclass(frozen=True)
class Generated:
    derivations: tuple[Derivation, ...]
    facts: tuple[RecordFact, ...]


@st.composite
def premises(draw: st.DrawFn) -> Pattern:
    kinds = {**{kind: tuple(sorted(fields)) for kind, fields in BASE.items()}, **DERIVED}
    kind = draw(st.sampled_from(sorted(kinds)))
    fields = draw(st.lists(st.sampled_from(kinds[kind]), unique=True))
    term: st.SearchStrategy[Term] = st.sampled_from((*VARIABLES, *VARIABLES, "1", "2"))
    return pattern(kind, {field: draw(term) for field in fields})


@st.composite
def derivations(draw: st.DrawFn) -> tuple[Derivation, ...]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        asked = tuple(draw(st.lists(premises(), min_size=1, max_size=3)))
        bound = sorted({name for premise in asked for name in premise.variables()})
        kind = draw(st.sampled_from(sorted(DERIVED)))
        term: st.SearchStrategy[Term] = st.sampled_from([*map(Variable, bound), "1"])
        then = pattern(kind, {field: draw(term) for field in DERIVED[kind]})
        found.append(Derivation(f"d{number}", WORDS, (), asked, then))
    return tuple(found)


@st.composite
def histories(draw: st.DrawFn, *, most: int = 8) -> tuple[RecordFact, ...]:
    """Of two or three values, so that much is equal and not everything follows from everything."""
    values = st.sampled_from(draw(st.lists(st.sampled_from(VALUES), min_size=2, max_size=3)))
    found = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(sorted(BASE)))
        fields = draw(st.lists(st.sampled_from(sorted(BASE[kind])), unique=True))
        found.append(record(f"n{number}", kind, **{field: draw(values) for field in fields}))
    return tuple(found)


@st.composite
def cases(draw: st.DrawFn) -> Generated:
    return Generated(draw(derivations()), draw(histories()))


def dense(seed: int) -> Generated:
    """A case in which much follows: what Hypothesis draws is small, and mostly nothing does."""
    random = Random(seed)
    kinds = {**{kind: tuple(sorted(fields)) for kind, fields in BASE.items()}, **DERIVED}
    values = random.sample(VALUES, random.randint(2, 3))
    rules = []
    for number in range(random.randint(1, 5)):
        asked = []
        for _ in range(random.choice((1, 2, 2, 2, 3))):
            kind = random.choice("abc" if number == 0 else "abcppqr")
            fields = [field for field in kinds[kind] if random.random() < 0.85]
            names = random.sample(VARIABLES, 3)
            if random.random() < 0.15:
                names = random.choices(VARIABLES, k=3)
            terms = {
                field: values[0] if random.random() < 0.1 else name
                for field, name in zip(fields, names, strict=False)
            }
            asked.append(pattern(kind, terms))
        bound = sorted({name for premise in asked for name in premise.variables()})
        kind = random.choice(("p", "p", "q", "r"))
        then = {f: random.choice([*map(Variable, bound)] * 4 + [values[0]]) for f in DERIVED[kind]}
        rules.append(Derivation(f"d{number}", WORDS, (), tuple(asked), pattern(kind, then)))
    facts = []
    for number in range(random.randint(3, 12)):
        kind = random.choice("aaabbc")
        stated = [field for field in sorted(BASE[kind]) if random.random() < 0.95]
        fact = record(f"n{number}", kind, **{field: random.choice(values) for field in stated})
        facts.append(fact)
    return Generated(tuple(rules), tuple(facts))
