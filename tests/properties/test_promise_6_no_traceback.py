"""Promise 6: whatever a text says, the reader ends with a value or a diagnostic."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netralitas_rules.decision.model import Decision
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loader import load
from netralitas_rules.loading.content import Format
from netralitas_rules.loading.diagnostics import Diagnostic, Refused
from netralitas_rules.loading.incidents import read
from netralitas_rules.loading.source import decode
from netralitas_rules.loading.tree import Tree, parse
from netralitas_rules.ruleset import Ruleset
from tests.strategies import (
    AS_OF,
    FRAME,
    Choices,
    Decided,
    Doc,
    cases,
    evident_cases,
    examples,
    model,
    reports,
    ruleset_of,
    some_evidence,
)

BAITS: tuple[Any, ...] = (
    None, "", "none", "stated", "is", "all", "2024-02-30", "0000-00-00", "9999-12-31", "0001-01-01",
    "\x00", "\ud800", "pns", "../..", -1, 0, 1, 1.5, 10**18, 10**400, float("nan"), float("inf"),
    True, False, [], {}, [[]], {"": ""}, {"not": []}, {"one_of": []}, {"has": [], "lacks": []},
    {"from": "2024", "to": "2023"}, {"from": None}, {"all": [], "any": []}, {"not": {"not": {}}},
    {"from": "0001-01-01"}, {"until": "9999-12-31"},
)  # fmt: skip
"""Values that are wrong in some place, and right in few."""

yaml_bits = st.sampled_from([
    "subjects", "acts", "conduct", "post", ": ", "- ", "{", "}", "[", "]", ",", "\n", "  ",
    "'", '"',
    "&a ", "*a", "!!python/object:os.system ", "!x ", "? ", "| \n", "> \n", "#", "---\n", "...\n",
    "%YAML 1.1\n", "%TAG ! x\n", "<<: ", "~", "null", "yes", "010", "0x1f", "1_000", "1e9", ".nan",
    "12:30", "3273010101010001", "2024-01-31", "\t", "\r", "\x85", "\u2028", "\ufeff", "\x07", "é",
    "\U0001f600", "\ud800", "\\u", '"\\ud800"', "\\x", "@", "`", "%", "=", "no", "on: ",
])  # fmt: skip
yaml_texts = st.lists(yaml_bits, max_size=25).map("".join)
json_values = st.recursive(
    st.sampled_from(BAITS) | st.text(max_size=6) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
DEEP = 50_000


def sane(diagnostics: tuple[Diagnostic, ...]) -> None:
    """A refusal says something, and can be printed and written."""
    assert diagnostics
    for diagnostic in diagnostics:
        assert diagnostic.message
        assert "error[" in str(diagnostic)
        assert json.dumps(diagnostic.as_json())
        assert all(p.line >= 1 and p.column >= 1 for p in diagnostic.positions)


def parsed(text: str) -> Tree | None:
    try:
        return parse(text, "fuzz.yaml")
    except Refused as refused:
        sane(refused.diagnostics)
        return None


def read_all(data: bytes, form: Format) -> list[Incident | Refused]:
    found = list(read(io.BytesIO(data), format=form))
    for record in found:
        assert isinstance(record, Incident | Refused)
        if isinstance(record, Refused):
            sane(record.diagnostics)
    return found


@settings(max_examples=examples(250))
@given(text=st.text(max_size=60) | yaml_texts)
@example(text="[" * DEEP)
@example(text="{a: " * DEEP)
@example(text="- " * DEEP)
@example(text="? " * DEEP)
@example(text="1" * DEEP)
@example(text="'" + "''" * DEEP)
@example(text='"\\')
@example(text="a: &a [*a, *a]")
@example(text="a: 1\n" * 300)
def test_parse(text: str) -> None:
    tree = parsed(text)
    if tree is not None:
        assert plain(tree.plain())


def plain(value: Any) -> bool:
    """What comes out is plain data: no float, no null, no object of YAML's."""
    if isinstance(value, dict):
        return all(isinstance(k, str) and plain(v) for k, v in value.items())
    return all(map(plain, value)) if isinstance(value, list) else type(value) in (str, int, bool)


@settings(max_examples=examples(150))
@given(data=st.binary(max_size=60))
def test_decode(data: bytes) -> None:
    try:
        assert isinstance(decode(data, "fuzz"), str)
    except Refused as refused:
        sane(refused.diagnostics)


forms = st.sampled_from(list(Format))


@settings(max_examples=examples(200))
@given(
    data=st.binary(max_size=80) | yaml_texts.map(lambda t: t.encode(errors="surrogatepass")),
    form=forms,
)
@example(data=b"[" * DEEP, form=Format.JSON)
@example(data=b"[" * DEEP, form=Format.YAML)
@example(data=b'{"subjects":' * 900, form=Format.JSONL)
@example(data=b'{"subjects": ' + b"9" * 5000 + b"}", form=Format.JSON)
@example(data=b"{\n", form=Format.JSON)
@example(data=b"[1,\n\n", form=Format.JSON)
@example(data=b'{"id": "\\ud800"}', form=Format.JSONL)
@example(data=b'{"id": "a\\/b", "subjects": [{}], "acts": 1}', form=Format.JSON)
@example(data=b"\xef\xbb\xbf{}", form=Format.JSON)
@example(data=b"\xff\xfe", form=Format.JSONL)
@example(data=b"\r\n\r\n", form=Format.JSONL)
@example(data=b"\x1c\x1d", form=Format.JSONL)
@example(data=b"NaN", form=Format.JSON)
@example(data=b'{"format": -Infinity, "subjects": [{}]}', form=Format.JSON)
def test_read_anything(data: bytes, form: Format) -> None:
    read_all(data, form)


def mutated(value: Any, draw: Callable[[st.SearchStrategy[Any]], Any], odds: int) -> Any:
    """A document of which some places hold something else."""
    if draw(st.integers(0, odds)) == 0:
        return draw(json_values)
    if isinstance(value, dict):
        found = {k: mutated(v, draw, odds) for k, v in value.items()}
        if found and draw(st.integers(0, odds)) == 0:
            name = draw(st.sampled_from([*found]))
            found[draw(st.sampled_from([name + "x", "", "from", "not", "is"]))] = found.pop(name)
        return found
    return [mutated(v, draw, odds) for v in value] if isinstance(value, list) else value


@st.composite
def broken_incidents(draw: st.DrawFn) -> Doc:
    report = draw(reports("national"))
    facts = ("act.audience", "act.date", "act.attributes", "subject.status", "election")
    report["evidence"] = some_evidence(Choices.drawn(draw), report, facts)
    broken: Doc = mutated(report, draw, 12)
    return broken


@settings(max_examples=examples(80))
@given(broken=broken_incidents())
def test_read_a_broken_incident(broken: Any) -> None:
    text = json.dumps(broken)
    as_yaml = yaml.safe_dump(json.loads(text, parse_constant=str))
    for data, form in ((text, Format.JSON), (text, Format.JSONL), (as_yaml, Format.YAML)):
        records = read_all(data.encode(errors="surrogatepass"), form)
        for record in records:
            if isinstance(record, Incident):
                try:
                    assert isinstance(load("national").decide(record, as_of=AS_OF), Decision)
                except Refused as refused:
                    sane(refused.diagnostics)


@settings(max_examples=examples(100))
@given(broken=broken_incidents())
def test_statuses_of_a_broken_row(broken: Any) -> None:
    if not isinstance(broken, dict):
        return
    row = {k: v for k, v in broken.items() if k not in ("subjects", "acts", "beneficiaries")}
    for part in ("subject", "act", "beneficiary"):
        listed = broken.get({"beneficiary": "beneficiaries"}.get(part, part + "s"))
        if isinstance(listed, list) and listed:
            row[part] = listed[0]
    try:
        assert isinstance(load("national").statuses(row), dict)
    except Refused as refused:
        sane(refused.diagnostics)


@st.composite
def broken_rulesets(draw: st.DrawFn) -> Doc:
    case = draw(st.one_of(cases(), evident_cases(standards=True)))
    sections = {k: v for k, v in case.document.items() if v}
    broken = sections | {
        name: mutated(sections[name], draw, 10)
        for name in draw(st.lists(st.sampled_from([*sections]), min_size=1, max_size=3))
    }
    # Text, lists and mappings alone: a ruleset comes out of the strict reader.
    found: Doc = json.loads(json.dumps(broken, default=str), parse_float=str, parse_constant=str)
    return found


@settings(max_examples=examples(100))
@given(broken=broken_rulesets())
def test_link_a_broken_ruleset(broken: Doc) -> None:
    try:
        assert isinstance(ruleset_of(broken), Ruleset)
    except Refused as refused:
        sane(refused.diagnostics)


def calendar(determination: str, opening: str, vote: str) -> Doc:
    contest = {
        "offices": ["dpr"],
        "determination": determination,
        "campaign": {"from": opening, "until": opening},
        "quiet": {"from": vote, "until": vote},
        "vote": vote,
    }
    doc = {"title": {"id": "x", "en": "x"}, "election": "pemilu_2024", "basis": ["reg-a/1"]}
    return {"calendars": {"calendar": {**doc, "contests": {"legislative": contest}}}}


def chain(length: int) -> Doc:
    """Definitions each of which uses the next."""
    last = {"says": {"id": "x", "en": "x"}, "when": {"act.audience": "public"}}
    links = {
        f"d{n}": {"says": {"id": "x", "en": "x"}, "when": {"is": f"d{n + 1}"}}
        for n in range(length)
    }
    return {"definitions": {**links, f"d{length}": last}}


def doubling(length: int) -> Doc:
    """Definitions each of which uses the next one twice."""
    last = {"says": {"id": "x", "en": "x"}, "when": {"act.audience": "public"}}
    links = {
        f"d{n}": {
            "says": {"id": "x", "en": "x"},
            "when": {"any": [{"is": f"d{n + 1}"}, {"is": f"d{n + 1}"}]},
        }
        for n in range(length)
    }
    violation = {
        "title": {"id": "x", "en": "x"},
        "norm": ["reg-a/1"],
        "raised-by": {"act.conduct": "post"},
        "needs": {"element": "d0"},
    }
    return {"definitions": {**links, f"d{length}": last}, "violations": {"rule/1": violation}}


HOSTILE = {
    "the first day of the calendar": calendar("0001-01-01", "0001-01-01", "0001-01-02"),
    "the last day of the calendar": calendar("9999-12-30", "9999-12-31", "9999-12-31"),
    "a long chain of definitions": chain(1000),
}


@pytest.mark.parametrize("sections", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_rulesets(sections: Doc) -> None:
    try:
        ruleset = ruleset_of({**FRAME, **sections})
    except Refused as refused:
        sane(refused.diagnostics)
        return
    decision = ruleset.decide(
        model({"subjects": [{}], "acts": [{"conduct": "post"}], "beneficiaries": [{}]}), as_of=AS_OF
    )
    assert isinstance(decision, Decision)


def test_definitions_that_double() -> None:
    """A few lines must not keep the linker busy for ever; so it runs where it can be stopped."""
    program = (
        "import json, sys\n"
        "from netralitas_rules.loading.diagnostics import Refused\n"
        "from netralitas_rules.loading.gather import gather_documents\n"
        "from netralitas_rules.loading.merge import merge\n"
        "from netralitas_rules.ruleset import Ruleset\n"
        "try:\n"
        "    Ruleset(merge(gather_documents((('x.yaml', json.load(sys.stdin)),))))\n"
        "except Refused:\n"
        "    pass\n"
    )
    document = json.dumps({**FRAME, **doubling(40)})
    run = [sys.executable, "-c", program]
    subprocess.run(run, input=document, text=True, check=True, timeout=20)


@settings(max_examples=examples(50))
@given(
    case=cases(), days=st.sampled_from(["1900", "0001-01-01", "9999-12-31", "", "x", "2024-02-30"])
)
def test_any_day_of_asking(case: Decided, days: str) -> None:
    try:
        assert isinstance(case.ruleset.decide(model(case.incident), as_of=days), Decision)
    except Refused as refused:
        sane(refused.diagnostics)
