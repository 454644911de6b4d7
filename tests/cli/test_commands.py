"""Every other command: `new`, `facts`, `schema`, `rulesets`, `check`, `--version`, wrong usage."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import netralitas_rules as nr
from netralitas_rules.facts.codebook import codebook
from netralitas_rules.facts.vocabulary import Conduct
from netralitas_rules.schemas import NAMES, schema_of
from tests.cli.running import COMMANDS, Cli
from tests.content.files import RULESETS

# -- new


def skeleton(cli: Cli, folder: Path, conduct: str, lang: str) -> Path:
    ran = cli("new", conduct, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    path = folder / f"{conduct}.{lang}.yaml"
    path.write_text(ran.out, encoding="utf-8")
    return path


@pytest.mark.parametrize("conduct", [c.value for c in Conduct])
def test_a_skeleton_states_the_conduct_and_nothing_else(
    conduct: str, cli: Cli, tmp_path: Path
) -> None:
    bare = nr.Incident.model_validate(
        {
            "format": 1,
            "subjects": [{"key": "s1"}],
            "acts": [{"conduct": conduct}],
            "beneficiaries": [{"key": "b1"}],
        }
    )
    for lang in ("id", "en"):
        assert list(nr.read(skeleton(cli, tmp_path, conduct, lang))) == [bare]


LINE = re.compile(r"^( *)((?:# +)+)([a-z_]+):(.*)$")


def uncommented(text: str) -> str:
    """The skeleton with every fact filled in by its first value."""
    lines = []
    for line in text.splitlines():
        found = LINE.match(line)
        if found is None or found[3] in ("id", "source"):
            lines.append(line)
            continue
        indent, marks, name, rest = found.groups()
        value = ""
        if "..." in rest:
            first = rest.rsplit("? ", 1)[-1].split(" | ")[0]
            value = f" {first}"
        lines.append(f"{indent}{' ' * (len(marks) - 2)}{name}:{value}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("conduct", [c.value for c in Conduct])
def test_a_skeleton_asks_for_what_can_be_stated(conduct: str, cli: Cli, tmp_path: Path) -> None:
    """With the marks removed and the first value of each fact it is read and decided.

    A fact that holds several values takes a list.
    """
    path = skeleton(cli, tmp_path, conduct, "en")
    lists = {"attributes", "used", "shows", "addressees", "approached", "object"}
    text = re.sub(
        rf"\b({'|'.join(lists)}): ([a-z_]+)$",
        r"\1: [\2]",
        uncommented(path.read_text()),
        flags=re.M,
    ).replace("account:\n      used: [own]", "account:\n      used: own")
    path.write_text(text, encoding="utf-8")
    (incident,) = nr.read(path)
    assert isinstance(incident, nr.Incident), f"{incident}\n{text}"
    stated = incident.model_dump(exclude_unset=True)
    assert {"election", "subjects", "acts", "beneficiaries"} <= set(stated)
    assert "date" in stated["acts"][0]
    assert "status" in stated["subjects"][0]


def test_a_skeleton_asks_in_the_language_asked_for(cli: Cli) -> None:
    for lang in ("id", "en"):
        text = cli("new", "attend", "--lang", lang).out
        for path in ("act.active_support", "act.occasion", "subject.status"):
            asked = codebook()[path].question
            assert asked.in_language(lang) in text
            assert asked.in_language("en" if lang == "id" else "id") not in text


def asked_for(cli: Cli, conduct: str) -> set[str]:
    """Names of the facts that a skeleton asks for."""
    return set(re.findall(r"^[ #-]*([a-z_]+):", cli("new", conduct).out, flags=re.M))


@pytest.mark.parametrize(
    ("conduct", "asked", "not_asked"),
    [
        ("attend", {"active_support", "occasion", "role"}, {"team_role", "approached"}),
        ("react", {"audience", "interaction"}, {"active_support", "purpose_of_support"}),
        ("follow", {"audience", "reached"}, {"interaction", "purpose_of_support"}),
        ("post", {"shows", "purpose_of_support"}, {"reached", "role"}),
        ("express_support", {"direction"}, {"shows", "purpose_of_support"}),
        ("approach", {"approached", "cltn"}, {"audience", "occasion"}),
        ("be_party_member", {"role"}, {"audience", "occasion"}),
    ],
)
def test_a_skeleton_asks_for_what_its_rules_read(
    conduct: str, asked: set[str], not_asked: set[str], cli: Cli
) -> None:
    names = asked_for(cli, conduct)
    assert asked <= names
    assert not names & not_asked


def test_a_skeleton_asks_for_what_the_level_rests_on(cli: Cli) -> None:
    """Row B3 is light, medium or heavy by the ring of the impact."""
    assert "ring" in asked_for(cli, "approach")


def test_a_skeleton_asks_for_the_dates_that_are_compared(cli: Cli) -> None:
    """Whether a party member resigned in time follows from two dates."""
    assert {"joined_on", "resigned_from_service_on"} <= asked_for(cli, "be_party_member")


@pytest.mark.parametrize(("word", "near"), [("atend", "attend"), ("repost", "post")])
def test_an_unknown_conduct(word: str, near: str, cli: Cli) -> None:
    ran = cli("new", word)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no conduct `{word}`" in ran.err
    assert f"did you mean `{near}`?" in ran.err
    assert all(f"`{c.value}`" in ran.err for c in Conduct)


# -- facts


@pytest.mark.parametrize("lang", ["id", "en"])
def test_facts_lists_every_fact_on_a_line(lang: str, cli: Cli) -> None:
    ran = cli("facts", "--lang", lang)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[0] for line in lines] == list(codebook())
    assert [line.split(maxsplit=1)[1] for line in lines] == [
        entry.label.in_language(lang) for entry in codebook().values()
    ]


@pytest.mark.parametrize("path", codebook())
def test_one_fact_in_full(path: str, cli: Cli) -> None:
    """Every word of its entry, and no line wider than the page."""
    for lang in ("id", "en"):
        ran = cli("facts", path, "--lang", lang)
        assert ran.code == 0
        entry = codebook()[path]
        texts = [entry.label, entry.definition, entry.question, entry.supplied_by]
        texts += [t for t in (entry.example, entry.near_miss) if t is not None]
        for value in entry.values.values():
            texts += [value.label, value.definition, value.example, value.near_miss]
        page = " ".join(ran.out.split())
        for text in texts:
            assert " ".join(text.in_language(lang).split()) in page
        assert max(map(len, ran.out.splitlines())) <= 100
        assert re.findall(r"^    ([a-z_0-9]+): ", ran.out, flags=re.M) == list(entry.values)


def test_a_part_of_a_name_shows_every_fact_with_it(cli: Cli) -> None:
    ran = cli("facts", "facilities", "--lang", "en")
    heads = re.findall(r"^([a-z_.]+): ", ran.out, flags=re.M)
    assert heads == [path for path in codebook() if "facilities" in path]
    assert len(heads) > 1


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("unknown", "`netralitas facts` lists them"),
        ("act.condut", "did you mean `act.conduct`?"),
        ("subject.statuss", "did you mean `subject.status`?"),
    ],
)
def test_an_unknown_fact(name: str, help_: str, cli: Cli) -> None:
    ran = cli("facts", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"there is no fact `{name}`; {help_}\n"


# -- schema


@pytest.mark.parametrize("name", NAMES)
def test_schema(name: str, cli: Cli) -> None:
    ran = cli("schema", name)
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    Draft202012Validator.check_schema(found)
    assert found == schema_of(name)


# -- rulesets


def test_rulesets(cli: Cli) -> None:
    ran = cli("rulesets")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split("  ") for line in ran.out.splitlines()]
    assert [row[0] for row in rows] == ["kemenkumham", "national"]
    for name, version, digest, title in rows:
        rules = nr.load(name)
        assert (version, title) == (rules.version, rules.title.id)
        assert rules.digest.startswith(digest)
        assert len(digest) == 16


# -- check


def test_check_of_a_good_ruleset(cli: Cli) -> None:
    name = "kemenkumham"
    rules = nr.load(name)
    ran = cli("check", name)
    assert (ran.code, ran.err) == (0, "")
    told = re.fullmatch(
        r"(.*): (\d+) rules, no faults \(waived with cited law: (\d+), pieces of advice: \d+\)\n",
        ran.out,
    )
    assert told is not None, ran.out
    assert told[1] == f"{name} {rules.version}"
    assert int(told[2]) == len(rules.rules)
    assert int(told[3]) >= len(rules.plan.waivers)


def test_check_of_a_good_ruleset_as_json(cli: Cli) -> None:
    ran = cli("check", "national", "--format", "json")
    assert (ran.code, json.loads(ran.out), ran.err) == (0, [], "")


BROKEN = """\
definitions:
  a-new-one:
    says: {id: "sesuatu", en: "something"}
    when: {subject.statuss: pns}
  another:
    says: {id: "sesuatu lain", en: "something else"}
    when: {subject.status: pnss}
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    shutil.copytree(RULESETS / "national", tmp_path / "mine")
    (tmp_path / "mine" / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    return tmp_path / "mine"


def test_check_of_a_bad_ruleset(broken: Path, cli: Cli) -> None:
    ran = cli("check", broken)
    assert ran.code == 1
    assert "mine/broken.yaml:4:12: error[unknown-fact]" in ran.out
    assert "    4 |     when: {subject.statuss: pns}" in ran.out
    assert "did you mean `subject.status`?" in ran.out
    assert "mine/broken.yaml:7:28: error[unknown-value]" in ran.out
    assert "did you mean `pns`?" in ran.out


def test_check_of_a_bad_ruleset_as_json(broken: Path, cli: Cli) -> None:
    ran = cli("check", broken, "--format", "json")
    assert ran.code == 1
    found: list[dict[str, Any]] = json.loads(ran.out)
    assert [d["code"] for d in found] == ["unknown-fact", "unknown-value"]
    for diagnostic in found:
        (place,) = diagnostic["positions"]
        line = BROKEN.splitlines()[place["line"] - 1]
        assert place["text"] == line
        assert line[place["column"] - 1 :][: place["length"]] in ("subject.statuss", "pnss")


def test_check_of_nothing(cli: Cli) -> None:
    ran = cli("check", "natonal")
    assert ran.code == 1
    assert "error[unknown-ruleset]" in ran.out
    assert "did you mean `national`?" in ran.out


# -- lists


@pytest.mark.parametrize("lang", ["id", "en"])
def test_lists(lang: str, cli: Cli) -> None:
    """One line a list; those of the ministry only under its ruleset."""
    ran = cli("lists", "--lang", lang)
    found = nr.load("kemenkumham").lists
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [f"{n}  {f.title.in_language(lang)}" for n, f in found.items()]
    national = cli("lists", "--ruleset", "national", "--lang", lang).out.splitlines()
    assert [line.split()[0] for line in national] == [*nr.load("national").lists]
    assert set(national) < set(ran.out.splitlines())


@pytest.mark.parametrize("name", ["kemenkumham/announced-forms", "announced"])
def test_one_list_in_full(name: str, cli: Cli) -> None:
    found = nr.load("kemenkumham").lists["kemenkumham/announced-forms"]
    for lang in ("id", "en"):
        ran = cli("lists", name, "--lang", lang)
        page = " ".join(ran.out.split())
        assert ran.code == 0
        for form in found.items:
            assert f" {form.number}. {form.says.in_language(lang)}" in page
            for rows in (form.prospective, form.candidate, form.rows, form.related):
                assert ", ".join(rows) in page
            assert form.note is None or form.note.in_language(lang) in page
        assert found.source in page
        assert max(map(len, ran.out.splitlines())) <= 100


SECOND = """\
lists:
  announced:
    title: {id: "Daftar lain", en: "Another list"}
    short: {id: "daftar lain", en: "the other list"}
    mark: A
    text: seen
    source: "made up"
    items:
      - says: {id: "satu", en: "one"}
        rows: [skb-2022/B5]
  announced-later:
    title: {id: "Daftar kemudian", en: "A later list"}
    short: {id: "daftar kemudian", en: "the later list"}
    mark: A
    text: seen
    source: "made up"
    items:
      - says: {id: "satu", en: "one"}
        rows: [skb-2022/B5]
"""


def test_a_name_in_full_shows_that_list_alone(tmp_path: Path, cli: Cli) -> None:
    shutil.copytree(RULESETS / "national", tmp_path / "mine")
    (tmp_path / "mine" / "lists.yaml").write_text(SECOND, encoding="utf-8")
    one = cli("lists", "announced", "--ruleset", tmp_path / "mine")
    both = cli("lists", "announ", "--ruleset", tmp_path / "mine")
    assert re.findall(r"^announced\S*", one.out, flags=re.M) == ["announced"]
    assert re.findall(r"^announced\S*", both.out, flags=re.M) == ["announced", "announced-later"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nothing"], 2, "there is no list `nothing`; `netralitas lists` lists them\n"),
        (["kemenkumham/anounced-forms"], 2, "did you mean `kemenkumham/announced-forms`?"),
        (["--ruleset", "natonal"], 1, "did you mean `national`?"),
    ],
)
def test_lists_that_are_not_there(arguments: list[str], code: int, told: str, cli: Cli) -> None:
    ran = cli("lists", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


# -- version, help, wrong usage


def test_version(cli: Cli) -> None:
    ran = cli("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"netralitas-rules {nr.__version__}\n", "")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help(name: str, cli: Cli) -> None:
    ran = cli(*([name] if name else []), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: netralitas {name}".rstrip())


def test_help_names_every_command(cli: Cli) -> None:
    text = cli("--help").out
    assert all(re.search(rf"^    {name} +\w", text, flags=re.M) for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["decide"], "invalid choice: 'decide'"),
        (["--nothing"], "arguments are required: COMMAND"),
        (["classify"], "the following arguments are required: FILE"),
        (["classify", "a.yaml", "--nothing"], "unrecognized arguments: --nothing"),
        (["classify", "a.yaml", "--lang", "fr"], "invalid choice: 'fr'"),
        (["classify", "a.yaml", "--format", "xml"], "invalid choice: 'xml'"),
        (["classify", "a.yaml", "--input-format", "csv"], "invalid choice: 'csv'"),
        (["classify", "a.yaml", "--as-of"], "argument --as-of: expected one argument"),
        (["new"], "the following arguments are required: CONDUCT"),
        (["facts", "a", "b"], "unrecognized arguments: b"),
        (["schema"], "the following arguments are required: which"),
        (["schema", "cases"], "invalid choice: 'cases'"),
        (["lists", "a", "b"], "unrecognized arguments: b"),
        (["rulesets", "national"], "unrecognized arguments: national"),
        (["check"], "the following arguments are required: RULESET"),
        (["check", "national", "--format", "jsonl"], "invalid choice: 'jsonl'"),
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: list[str], told: str, cli: Cli) -> None:
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: netralitas")
    assert told in ran.err
