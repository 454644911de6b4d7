"""The lint beyond the examples of its pages: comments, layers, places, and what it leaves alone."""

import datetime
import pickle
from pathlib import Path
from typing import Any

import pytest

import netralitas_rules as nr
from netralitas_rules.analysis.lint import Level, LintFinding, lint, scenario_words
from netralitas_rules.analysis.lint.glossary import glossary
from netralitas_rules.analysis.pages import LINT
from tests.golden.test_lint import AS_OF, BASE, TRIED
from tests.small import document, ruleset

LONELY = """\
definitions:
  first:
    says: {id: "pegawai berstatus CPNS", en: "the subject is a CPNS"}
    basis: [uu-1-2020/1]
    when: {subject.status: cpns}

  second:
    says: {id: "pegawai berstatus PPPK", en: "the subject is a PPPK"}
    basis: [uu-1-2020/1]
    when: {subject.status: pppk}
"""
HEAD, FIRST, SECOND = "definitions:\n", "  first:\n", "  second:\n"


def found(folder: Path, text: str) -> list[str]:
    """Code and place of what is found in a file beside the base."""
    own = folder / "mine"
    own.mkdir()
    (own / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    (own / "case.yaml").write_bytes(text.encode())
    return [place(one) for one in lint(nr.load(own), scenarios=TRIED, as_of=AS_OF)]


def place(finding: LintFinding) -> str:
    assert finding.position is not None
    return f"{finding.code} {finding.path[-1] if finding.path else ''}:{finding.position.line}"


IGNORE = "# lint: ignore unused-definition - kept for next year"


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("", "", ["unused-definition first:2", "unused-definition second:7"]),
        (FIRST, f"  first:  {IGNORE}\n", ["unused-definition second:7"]),
        (FIRST, f"  {IGNORE}\n{FIRST}", ["unused-definition second:8"]),
        (FIRST, f"  {IGNORE}\n\n  # and more\n{FIRST}", ["unused-definition second:10"]),
        (HEAD, f"{IGNORE}\n{HEAD}", []),
        (SECOND, f"  {IGNORE}\n{SECOND}", ["unused-definition first:2"]),
        (SECOND, f"{SECOND}    {IGNORE}\n", None),
    ],
    ids=["none", "on the line", "above", "above, apart", "a section", "the last", "inside"],
)
def test_what_a_comment_covers(
    before: str, after: str, left: list[str] | None, tmp_path: Path
) -> None:
    text = LONELY.replace(before, after, 1) if before else LONELY
    expected = left
    if expected is None:
        expected = [
            "unused-definition first:2",
            "unused-definition second:7",
            "ignore-without-effect :8",
        ]
    assert found(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("# lint: ignore unused-definition", "ignore-without-reason"),
        ("# lint: ignore unused-definition -", "ignore-without-reason"),
        ("# lint: ignore unused-definition -   ", "ignore-without-reason"),
        ("# lint: ignore unused-definitions - kept", "ignore-form"),
        ("# lint: unused-definition - kept", "ignore-form"),
        ("# lint: ignore - kept", "ignore-form"),
        ("# lint:", "ignore-form"),
        ("# lint: ignore unused-fact - kept", "ignore-without-effect"),
    ],
)
def test_a_comment_that_does_not_count(comment: str, told: str, tmp_path: Path) -> None:
    text = LONELY.replace(FIRST, f"  first:  {comment}\n")
    assert sorted(found(tmp_path, text)) == sorted(
        ["unused-definition first:2", "unused-definition second:7", f"{told} :2"]
    )


def test_several_codes_in_one_comment(tmp_path: Path) -> None:
    both = "  # lint: ignore unused-definition, uncited-item - kept for next year\n"
    bare = LONELY.replace("    basis: [uu-1-2020/1]\n", "", 1)
    assert found(tmp_path, bare.replace(FIRST, both + FIRST)) == ["unused-definition second:7"]


def test_one_of_several_codes_without_effect(tmp_path: Path) -> None:
    both = "  # lint: ignore unused-definition, uncited-item - kept for next year\n"
    assert found(tmp_path, LONELY.replace(FIRST, both + FIRST)) == [
        "ignore-without-effect :2",
        "unused-definition second:8",
    ]


@pytest.mark.parametrize(
    "says",
    [
        '"pegawai # lint: ignore x"',
        "|-\n        pegawai\n        # lint: ignore x",
        "'pegawai\n      # lint: ignore x'",
    ],
)
def test_a_text_is_no_comment(says: str, tmp_path: Path) -> None:
    old = '    says: {id: "pegawai berstatus CPNS", en: "the subject is a CPNS"}\n'
    text = LONELY.replace(old, f'    says:\n      id: {says}\n      en: "an employee"\n')
    assert {line.split()[0] for line in found(tmp_path, text)} <= {
        "unused-definition",
        "untidy-text",
    }


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_endings_do_not_matter(ending: str, tmp_path: Path) -> None:
    text = LONELY.replace(FIRST, f"  {IGNORE}\n{FIRST}").replace("\n", ending)
    assert found(tmp_path, text) == ["unused-definition second:8"]


# -- more that is found, and more that is not

PROVISION = """\
provisions:
  uu-1-2020/4:
    says:
      id: "{id}"
      en: "{en}"
    mark: A
    text: {text}
    source: "{source}"
constraints:
  contract-since-2020:
    says: {{id: "sejak 2020 ada PPPK", en: "since 2020 there are PPPK"}}
    when: {{act.date: {{until: 2019-12-31}}}}
    then: {{subject.status: {{not: [pppk]}}}}
    basis: [uu-1-2020/4]
"""


def of_text(folder: Path, first: str, second: str) -> list[str]:
    """Codes of what is found in one text."""
    text = PROVISION.format(id=first, en=second, text="unseen", source="page 3 of a copy")
    return [line.split()[0] for line in found(folder, text)]


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("tiga anggota", "3 members", []),
        ("3 anggota", "4 members", ["number-differs"]),
        ("pada 1 Mei 2020 atau Mei 2021", "on 1 May 2020 or May 2021", []),
        ("pada Mei 2021", "in March 2021", ["date-differs"]),
        ("pegawai", "may an employee", []),
        ("Pasal 5 huruf a sampai dengan c", "Article 5 letters a to c", []),
        ("Pasal 5 huruf a dan c", "Article 5 letters a and b", ["citation-differs"]),
        ("Pasal 5 huruf a, b, dan c", "Article 5 letters a, b and c", []),
        ("Pasal 5 huruf a", "Article 5 on a letter", ["citation-differs"]),
        ("menurut SKB 2022", "by the joint decree of 2022", []),
        ("menurut SKB 2022", "by SKB 2022", ["term-outside-glossary"]),
        ("laporan BPKP", "a report of the auditors", ["term-outside-glossary"]),
        ("surat B/71/M.XYZ.00/2017", "letter B/71/M.XYZ.00/2017", []),
        ("bagian II", "part II", []),
        ("tercatat dalam I'DIS", "entered in I'DIS", []),
        ('kata \\"like\\"', 'the word \\"suka\\"', []),
        ("unggahan (post)", "a post (unggahan)", []),
        ("membuat posting", "posting", ["foreign-word"]),
        ("tidak and", "no", ["foreign-word"]),
        ("menyukai", "likes yang", ["foreign-word"]),
        ("Dimana letaknya", "where it lies", ["nonstandard-form"]),
        ("risiko di mana pun", "a risk anywhere", []),
        ("KASN", "KASN", []),
        ("Menteri PANRB", "Menteri PANRB", []),
        ("menyukai unggahan", "menyukai unggahan", ["same-in-both-languages"]),
        ("pegawai ,", "an employee", ["untidy-text"]),
        ("pegawai ", "an employee", ["untidy-text"]),
        ("pegawai...", "an employee...", []),
        ("x" * 240, "y" * 240, []),
        ("x" * 241, "y" * 240, ["long-text"]),
    ],
)
def test_texts(first: str, second: str, codes: list[str], tmp_path: Path) -> None:
    assert of_text(tmp_path, first, second) == codes


@pytest.mark.parametrize("part", ["1/", "A.", "huruf a, ", "(", "`", "5 ", "X-1"])
def test_long_texts_take_no_time(part: str, tmp_path: Path) -> None:
    """The longest that is read; patterns that go back and forth would take minutes."""
    text = (part * 4000)[:3990] + " BPKP"
    assert "long-text" in of_text(tmp_path, text, text)


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("page 3, read 2026-11-21", []),
        ("page 3", ["undated-source"]),
        ("page 3, read 2026-02-31", ["undated-source"]),
        ("page 3, read 2019-01-02 and again, read 2026-11-21", []),
        ("page 3, read 2019-12-31", ["stale-source"]),
        ("page 3, read 2021-12-31", ["stale-source"]),
        ("...", ["placeholder-source", "undated-source"]),
        (" TBD. ", ["placeholder-source", "undated-source"]),
        ("-" * 3000, ["placeholder-source", "undated-source"]),
    ],
)
def test_sources(source: str, codes: list[str], tmp_path: Path) -> None:
    text = PROVISION.format(id="larangan", en="ban", text="seen", source=source)
    assert [line.split()[0] for line in found(tmp_path, text)] == codes


@pytest.mark.parametrize(
    ("name", "codes"),
    [("test", 1), ("new-2", 1), ("newcomer", 0), ("a-", 1), ("b" * 60, 0), ("first-x", 0)],
)
def test_ids(name: str, codes: int, tmp_path: Path) -> None:
    text = LONELY.split("\n\n")[0].replace("first:", f"{name}:") + "\n"
    told = [line.split()[0] for line in found(tmp_path, text)]
    assert told == ["id-convention"] * codes + ["unused-definition"]


def test_the_manifest_stands_first(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    text = BASE.read_text(encoding="utf-8")
    at = text.index("instruments:"), text.index("provisions:")
    turned = text[at[0] : at[1]] + text[: at[0]] + text[at[1] :]
    (own / "base.yaml").write_text(turned, encoding="utf-8")
    (one,) = lint(nr.load(own), scenarios=TRIED)
    assert (one.code, one.message) == (
        "section-order",
        "the section `ruleset` does not stand first",
    )


@pytest.mark.parametrize(
    ("count", "codes"),
    [
        ("working-days: 6", []),
        ("days: 6", ["deadline-without-calendar"]),
        ("days: 10", []),
        ("working-days: 10", ["deadline-without-calendar"]),
        ("days: 15", []),
        ("days: 9", ["deadline-against-provision"]),
        ("hours: 24", []),
    ],
)
def test_deadlines(count: str, codes: list[str], tmp_path: Path) -> None:
    words = "6 hari kerja, 10 (sepuluh) hari, hari ke-15"
    text = PROVISION.format(
        id=words, en="6 working days, 10 days, day 15", text="unseen", source="page 3 of a copy"
    )
    first_day = "" if count.startswith("hours") else "    first-day: not-counted\n"
    text += (
        'deadlines:\n  response:\n    says: {id: "tanggapan", en: "response"}\n'
        f"    from: objection\n    {count}\n{first_day}    basis: [uu-1-2020/4]\n"
    )
    assert [line.split()[0] for line in found(tmp_path, text)] == codes


# -- layers, places, arguments


def test_an_overlay_answers_for_itself_alone(tmp_path: Path) -> None:
    """What an overlay uses of its base counts; what its base left unused is no fault of it."""
    for name, text in (("base", BASE.read_text(encoding="utf-8")), ("mine", OVERLAY)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "base" / "more.yaml").write_text(LONELY, encoding="utf-8")
    mine, base = (lint(nr.load(tmp_path / name)) for name in ("mine", "base"))
    assert [place(f) for f in mine] == ["unused-definition mine-own:9"]
    assert [place(f) for f in base] == ["unused-definition first:2", "unused-definition second:7"]


OVERLAY = """\
ruleset:
  format: 1
  name: mine
  version: "1.0"
  title: {id: "Ruleset kementerian contoh", en: "Ruleset of an example ministry"}
  over: base
  prefix: mine
definitions:
  mine-own:
    says: {id: "pegawai berstatus CPNS", en: "the subject is a CPNS"}
    basis: [uu-1-2020/1]
    when: {subject.status: cpns, is: first}
"""


def test_an_unpickled_ruleset_has_no_places() -> None:
    rules = ruleset()
    there = lint(rules)
    assert there
    again = lint(pickle.loads(pickle.dumps(rules)))
    assert [f.code for f in again] == [f.code for f in there]
    assert all(f.position is None for f in again)
    assert str(again[0]).startswith(f"{again[0].level}[{again[0].code}]: ")


def test_findings_are_ordered_and_repeatable() -> None:
    document_ = document()
    turned: dict[str, Any] = dict(reversed(document_.items()))
    assert {(f.code, f.path) for f in lint(ruleset(document_))} == {
        (f.code, f.path) for f in lint(ruleset(turned))
    }


def test_sources_grow_stale_only_against_a_day(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    rules = nr.load(tmp_path / "mine")
    read = datetime.date(2026, 11, 21)
    limit = read + datetime.timedelta(days=3 * 365)
    assert lint(rules) == lint(rules, as_of=limit) == ()
    late = lint(rules, as_of=limit + datetime.timedelta(days=1))
    assert [f.code for f in late] == ["stale-source"] * 3


def test_scenarios_that_name_a_rule_in_a_comment_only_do_not_count(tmp_path: Path) -> None:
    assert scenario_words(tmp_path) is None
    (tmp_path / "scenarios" / "more").mkdir(parents=True)
    (tmp_path / "scenarios" / "a.yaml").write_text("# mine/a\nexpect: {mine/b: met}  # mine/c\n")
    (tmp_path / "scenarios" / "more" / "b.yaml").write_text("findings:\n  mine/d: open\n")
    words = scenario_words(tmp_path)
    assert words is not None
    assert {word for word in words if word.startswith("mine/")} == {"mine/b", "mine/d"}


def test_levels_are_ordered_by_weight() -> None:
    assert sorted(Level, key=lambda level: level.weight) == [
        Level.ADVICE,
        Level.WARNING,
        Level.ERROR,
    ]


@pytest.mark.parametrize("code", ["nothing", "README", "../README", ""])
def test_there_is_no_page(code: str) -> None:
    with pytest.raises(KeyError):
        LINT.page(code)


# -- the glossary


def test_the_glossary_does_not_contradict_itself() -> None:
    words = glossary()
    assert not {*words.forms} & {form.lower() for form in words.forms.values()}
    for form, standard in words.forms.items():
        assert not words.any_form.search(standard), form
    for english, indonesian in words.english.items():
        assert not words.any_english.search(indonesian), english
    for term in words.glosses:
        assert not words.any_term.search(words.glosses[term]), term
