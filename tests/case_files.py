"""Case files to try: people of the examples with generated records."""

import random
from typing import Any

from hypothesis import strategies as st

from netralitas_rules.facts.casefile import CaseFile
from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.incidents import content_of
from tests.content.files import EXAMPLE_FILES, incident_of

Doc = dict[str, Any]
AS_OF = "2024-12-31"
KINDS = {
    "pp-94-2021": {
        "light": ["oral-reprimand", "written-reprimand", "written-dissatisfaction"],
        "medium": ["pay-rise-delay", "promotion-delay", "rank-lower-1-year", "allowance-cut-9"],
        "heavy": ["demotion-12-months", "release-12-months", "honourable-dismissal"],
    },
    "pp-53-2010": {
        "light": ["oral-reprimand-pp-53", "written-dissatisfaction-pp-53"],
        "medium": ["pay-rise-delay", "rank-lower-1-year"],
        "heavy": ["rank-lower-3-years", "honourable-dismissal-pp-53"],
    },
}
BREACHES = ("pp-94-2021/5/n/5", "pp-94-2021/5/n/6", "pp-53-2010/4/15/d", "skb-2022/B7")
_POOL = [one for one in map(incident_of, EXAMPLE_FILES) if len(one.subjects) == 1]


def report(key: str, incident: Incident, *, event: str | None = None) -> Doc:
    """A report of a case file; every act in one event, where one is given."""
    content = content_of(incident)
    for act in content.get("acts", ()):
        act.pop("event", None)
        if event is not None:
            act["event"] = event
    for part in (*content["subjects"], *content.get("acts", ()), *content.get("beneficiaries", ())):
        if part is not None and "by" in part:
            part.pop("by")
    return {"key": key, "incident": content}


@st.composite
def case_files(draw: st.DrawFn) -> Doc:
    """A few reports, some of one event; decisions on some, and what followed those."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    reports = [
        report(f"r{n}", rng.choice(_POOL), event=rng.choice(["e1", "e2", None]))
        for n in range(rng.randint(1, 4))
    ]
    records: list[Doc] = []
    for n in range(rng.randint(0, 4)):
        regulation = rng.choice([*KINDS])
        level = rng.choice([*KINDS[regulation]])
        decision = {
            "key": f"d{n}",
            "step": "decision",
            "of": [rng.choice(reports)["key"]] if rng.random() < 0.7 else [],
            "regime": rng.choice(["discipline", "discipline", "ethics", "dismissal"]),
            "regulation": regulation,
            "level": level,
            "sanction": rng.choice(KINDS[regulation][level]),
            "breaches": rng.sample(BREACHES, rng.randint(0, 2)),
        }
        if rng.random() < 0.8:
            decision["date"] = rng.choice(["2019-05-01", "2021-10", "2024-06-01", "2024"])
        records.append(decision)
        if rng.random() < 0.4:
            records.append({"key": f"o{n}", "step": "objection", "of": [f"d{n}"]})
            if rng.random() < 0.6:
                result = rng.choice(["upheld", "lightened", "revoked", "cancelled"])
                records.append(
                    {"key": f"v{n}", "step": "review", "of": [f"o{n}"], "result": result}
                )
    return {"format": 1, "person": {"key": "p"}, "reports": reports, "records": records}


def model(content: Doc) -> CaseFile:
    return CaseFile.model_validate(content)


def more_reports() -> st.SearchStrategy[Doc]:
    """A report of an event of its own."""
    return st.sampled_from(_POOL).map(lambda one: report("zz", one, event="own"))
