"""Named lists and who the personnel authority is: in the plan, in a decision, in both layers."""

import pickle
from typing import Any

import pytest

from netralitas_rules.decision.model import Decision, Finding
from netralitas_rules.engine.plan import Listing
from netralitas_rules.law.model import ListItem, Mark, NamedList, Text, TextState, Validity
from netralitas_rules.loading.gather import gather_documents, gather_folder
from netralitas_rules.loading.merge import merge
from netralitas_rules.ruleset import Ruleset
from tests.golden.harness import BASE
from tests.small import document, incident, provision, ruleset, words

HEAD: dict[str, Any] = {
    "title": words("Forms"),
    "short": words("the list"),
    "mark": "A",
    "text": "seen",
    "source": "a source",
}
POST = {"conduct": "post", "date": "2023-12-01", "audience": "public"}
DPR = {"kind": "person", "office": "dpr", "relation": "none"}


def listed(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**HEAD, "items": [{"says": words("form"), **item} for item in items], **more}


def with_lists(**lists: dict[str, Any]) -> Ruleset:
    return ruleset(document() | {"lists": lists})


def decide(rules: Ruleset, **parts: Any) -> Decision:
    facts: dict[str, Any] = {"subject": {"status": "pns"}, "act": POST, "beneficiary": DPR}
    return rules.decide(incident(**facts | parts, election="pemilu_2024"), as_of="2024-06-01")


def places(finding: Finding) -> list[tuple[str, int, bool]]:
    return [(entry.list, entry.number, entry.related) for entry in finding.lists]


# -- what becomes of a list


def test_a_list_as_a_value() -> None:
    related = {"rows": ["new/member"]}
    rules = with_lists(
        forms=listed(
            {"prospective": ["old/meeting"], "candidate": ["new/post"]},
            {"rows": ["new/post"], "related": related, "note": words("a note")},
            {"note": words("nothing yet")},
        )
    )
    (found,) = rules.lists.values()
    form, note = Text("form (id)", "form"), Text("a note (id)", "a note")
    assert found == NamedList(
        "forms",
        Text("Forms (id)", "Forms"),
        Text("the list (id)", "the list"),
        Mark.A,
        TextState.SEEN,
        "a source",
        Validity(),
        (
            ListItem(1, form, ("old/meeting",), ("new/post",), (), (), None),
            ListItem(2, form, (), (), ("new/post",), ("new/member",), note),
            ListItem(3, form, (), (), (), (), Text("nothing yet (id)", "nothing yet")),
        ),
    )
    assert rules.plan.listings == {
        "old/meeting": (Listing("forms", 1, related=False),),
        "new/post": (Listing("forms", 1, related=False), Listing("forms", 2, related=False)),
        "new/member": (Listing("forms", 2, related=True),),
    }


def test_no_lists() -> None:
    assert dict(ruleset().lists) == {}
    assert decide(ruleset())["new/post"].lists == ()


def test_lists_are_part_of_what_a_ruleset_is() -> None:
    """The digest covers every word of a list, and a pickled ruleset keeps it."""
    digests = {
        ruleset().digest,
        with_lists(a=listed({"rows": ["new/post"]})).digest,
        with_lists(a=listed({"rows": ["new/member"]})).digest,
        with_lists(a=listed({"rows": ["new/post"], "note": words("x")})).digest,
        with_lists(b=listed({"rows": ["new/post"]})).digest,
    }
    assert len(digests) == 5
    rules = with_lists(a=listed({"rows": ["new/post"]}))
    assert pickle.loads(pickle.dumps(rules)).lists == rules.lists


def test_a_reading_in_a_list_makes_its_question_computed() -> None:
    """As in any other condition."""
    content = document()
    content["questions"]["noted"]["kind"] = "computed"
    related = {"rows": ["new/post"], "when": {"reading.noted": "a"}}
    content["lists"] = {"a": listed({"related": related})}
    rules = ruleset(content)
    assert decide(rules)["new/post"].lists == ()
    decision = rules.decide(
        incident(subject={"status": "pns"}, act=POST), as_of="2024-06-01", readings={"noted": "a"}
    )
    assert places(decision["new/post"]) == [("a", 1, True)]


# -- in a decision


def test_a_finding_names_every_form_it_stands_at() -> None:
    rules = with_lists(
        first=listed({"rows": ["new/member"]}, {"candidate": ["new/post"]}),
        second=listed({"rows": ["new/post"]}, {"related": {"rows": ["new/post"]}}),
    )
    found = decide(rules)["new/post"]
    assert places(found) == [("first", 2, False), ("second", 1, False), ("second", 2, True)]
    assert found.lists[0].says == Text("form (id)", "form")


RELATED = {"rows": ["new/post"], "when": {"act.purpose_of_support": True}}


@pytest.mark.parametrize(
    ("act", "found"),
    [
        ({"purpose_of_support": True}, [1, 2]),
        ({"purpose_of_support": False}, [1]),
        ({}, [1]),
        ({"purpose_of_support": True, "audience": "closed_group"}, [1]),
    ],
    ids=["holds", "does not", "unknown", "the finding is not met"],
)
def test_what_is_related_under_a_condition(act: dict[str, Any], found: list[int]) -> None:
    """Only where it certainly holds, and never of a finding that is not met."""
    rules = with_lists(a=listed({"rows": ["new/post"]}, {"related": RELATED}))
    finding = decide(rules, act=POST | act)["new/post"]
    assert [entry.number for entry in finding.lists] == found


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("2023-10-31", False),
        ("2023-11-01", True),
        ("2023-12-31", True),
        ("2024-01-01", False),
        ("2023-10", False),
        ("2023", True),
    ],
)
def test_a_list_that_holds_on_some_days(date: str, found: bool) -> None:
    valid = {"from": "2023-11-01", "until": "2023-12-31"}
    rules = with_lists(a=listed({"rows": ["new/post"]}, valid=valid))
    assert bool(decide(rules, act=POST | {"date": date})["new/post"].lists) is found


def test_one_finding_for_several_beneficiaries() -> None:
    """What is related to one of them is related to the finding."""
    related = {"rows": ["old/meeting"], "when": {"beneficiary.relation": "spouse"}}
    rules = with_lists(a=listed({"related": related}))
    act = {"conduct": "hold_activity", "date": "2023-12-01", "addressees": ["family"]}
    beneficiaries = [{"relation": "none"}, {"relation": "spouse"}]
    parts: dict[str, Any] = {"subject": {"status": "pns"}, "act": act}
    decision = rules.decide(incident(**parts, beneficiaries=beneficiaries), as_of="2024-06-01")
    assert places(decision["old/meeting"]) == [("a", 1, True)]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            """\
   List: form 1 of the list: form
   List: related to form 2 of the list: form
      Note: a note
""",
        ),
        (
            "id",
            """\
   Daftar: bentuk ke-1 dalam the list (id): form (id)
   Daftar: berkaitan dengan bentuk ke-2 dalam the list (id): form (id)
      Catatan: a note (id)
""",
        ),
    ],
)
def test_the_text(lang: str, lines: str) -> None:
    """A note explains what is related; of a row of the form itself it is not told."""
    related = {"rows": ["new/post"]}
    rules = with_lists(
        a=listed(
            {"rows": ["new/post"], "note": words("another note")},
            {"related": related, "note": words("a note")},
        )
    )
    text = decide(rules).text(lang=lang)
    assert lines in text
    assert "another note" not in text


def test_the_text_says_how_the_list_is_known() -> None:
    rules = with_lists(a=listed({"related": {"rows": ["new/post"]}}, mark="C", text="unseen"))
    text = decide(rules).text(lang="en")
    assert "   List: related to form 1 of the list [C] (text not seen): form\n" in text


def test_a_decision_keeps_its_lists() -> None:
    decision = decide(with_lists(a=listed({"rows": ["new/post"]})))
    assert Decision.from_json(decision.to_json())["new/post"] == decision["new/post"]


# -- layers


def layered(base: dict[str, Any], **overlay: Any) -> Ruleset:
    """The golden base with more in its manifest or sections, under an overlay of the prefix kem."""
    manifest = {"format": 1, "name": "layer", "version": "1.0", "title": words("Layer")}
    sections = overlay.pop("sections", {})
    layer = {"ruleset": manifest | {"over": "base", "prefix": "kem"} | overlay} | sections
    files = [
        (name, {**content, "ruleset": content["ruleset"] | base.get("ruleset", {})})
        if "ruleset" in content
        else (name, content)
        for name, content in gather_folder(BASE).documents
    ]
    more = {section: items for section, items in base.items() if section != "ruleset"}
    gathered = gather_documents((*files, ("more.yaml", more)))
    return Ruleset(merge(gathered, gather_documents((("layer.yaml", layer),))))


def test_an_overlay_adds_a_list_and_states_one_again() -> None:
    one, two = (listed({"rows": ["base/support"]}, source=source) for source in ("one", "two"))
    rules = layered(
        {"lists": {"of-base": one}},
        replaces=["of-base"],
        sections={"lists": {"kem/own": one, "of-base": two}},
    )
    assert {key: found.source for key, found in rules.lists.items()} == {
        "of-base": "two",
        "kem/own": "one",
    }


def test_both_layers_name_who_decides() -> None:
    """Each provision once, those of the base first."""
    rules = layered({"ruleset": {"ppk": ["pp-1/8"]}}, ppk=["pp-1/5", "pp-1/8"])
    assert rules.plan.ppk == ("pp-1/8", "pp-1/5")
    assert layered({}).plan.ppk == ()


# -- who decides


def deciding(decided_on: str | None) -> Decision:
    """Under a ruleset in which one minister decided until 2024, and another from then on."""
    content = document()
    content["provisions"] |= {
        "always/3": provision(governs="decision", valid={"until": "2023-12-31"}),
        "always/4": provision("C", governs="decision", valid={"from": "2024-01-01"}),
        "always/5": provision(valid={"until": "2023-12-01"}),
        "always/6": provision(valid={"from": "2023-12-02"}),
    }
    content["ruleset"]["ppk"] = ["always/3", "always/4", "always/5", "always/6"]
    proceeding = {} if decided_on is None else {"decided_on": decided_on}
    return decide(ruleset(content), proceeding=proceeding)


@pytest.mark.parametrize(
    ("decided_on", "named"),
    [
        ("2023-12-30", ["always/3"]),
        ("2024-01-01", ["always/4"]),
        ({"from": "2023-12-31", "to": "2024-01-01"}, ["always/3", "always/4"]),
        (None, ["always/4"]),
    ],
    ids=["before", "after", "open", "not decided yet"],
)
def test_the_date_of_the_decision_governs(decided_on: Any, named: list[str]) -> None:
    """That of the question where it is not decided yet; what goes by the act goes by the act."""
    decision = deciding(decided_on)
    (path,) = (p for p in decision.paths if p.id == "heavy")
    assert path.ppk == (*named, "always/5")
    assert {*named, "always/5"} <= {c.id for c in decision.citations}
    others = {"always/3", "always/4", "always/6"} - set(named)
    assert others.isdisjoint(c.id for c in decision.citations)
    text = decision.text(lang="en")
    assert "   Personnel authority (PPK): L Article" in text


def test_nobody_is_named() -> None:
    decision = decide(ruleset())
    assert {path.ppk for path in decision.paths} == {()}
    assert "PPK" not in decision.text(lang="id")
