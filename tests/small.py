"""A small ruleset that unit tests share: one violation of every kind of construct."""

import copy
from typing import Any

from netralitas_rules.facts.incident import Incident
from netralitas_rules.loading.gather import gather_documents
from netralitas_rules.loading.merge import merge
from netralitas_rules.ruleset import Ruleset


def words(text: str) -> dict[str, str]:
    return {"id": f"{text} (id)", "en": text}


def provision(mark: str = "A", text: str = "seen", **more: Any) -> dict[str, Any]:
    return {"says": words("says"), "mark": mark, "text": text, "source": "a source", **more}


DOCUMENT: dict[str, Any] = {
    "ruleset": {
        "format": 1,
        "name": "small",
        "version": "1.0",
        "title": words("Small"),
        "residual": {"question": "residual", "when": {"subject.status": {"not": ["tni"]}}},
    },
    "instruments": {
        "old": {
            "title": words("Old law"),
            "short": words("OL"),
            "valid": {"from": "2010-01-01", "until": "2020-12-31"},
        },
        "new": {"title": words("New law"), "short": words("NL"), "valid": {"from": "2021-01-01"}},
        "always": {"title": words("Law"), "short": words("L")},
    },
    "provisions": {
        "old/1": provision(),
        "new/1/2/a/3": provision("B"),
        "new/2": provision("A", "unseen"),
        "new/joined": provision("C", governs="joining"),
        "always/7": provision(),
        "always/8": provision(governs="decision", valid={"from": "2024-01-01"}),
        "always/9": provision(cite=words("Annex")),
    },
    "facts": {
        "law.code": {
            "derived": True,
            "label": words("code in force"),
            "values": {"old": words("old"), "new": words("new")},
        },
        "act.small.years": {
            "kind": "integer",
            "label": words("years"),
            "question": words("How many years?"),
        },
        "act.small.told": {"kind": "bool", "label": words("told")},
        "subject.small.since": {"kind": "date", "label": words("since")},
    },
    "definitions": {
        "civil-servant": {
            "says": words("a civil servant"),
            "basis": ["always/7"],
            "when": {"subject.status": ["pns", "cpns"]},
        }
    },
    "violations": {
        "new/post": {
            "title": words("Posting"),
            "under": {"law.code": "new"},
            "norm": ["old/1", "new/1/2/a/3", "always/7"],
            "raised-by": {"act.conduct": ["post", "react"]},
            "needs": {
                "who": "civil-servant",
                "public": {"act.audience": "public"},
                "stage": {
                    "says": words("a candidate"),
                    "basis": ["always/9"],
                    "when": {"beneficiary.stage": "candidate"},
                },
            },
            "unless": {
                "spouse": {
                    "says": words("the spouse"),
                    "basis": ["new/2"],
                    "when": {
                        "beneficiary.relation": "spouse",
                        "reading.spouse-photo": "allowed",
                    },
                    "but-not": {"act.photo.gesture": "partisan"},
                },
                "other-person": {
                    "says": words("somebody else did it"),
                    "when": {"act.attribution": "other_person"},
                    "asked-when": {"act.attribution": "stated"},
                },
            },
            "questions": ["noted"],
        },
        "new/member": {
            "title": words("Party membership"),
            "norm": ["new/joined"],
            "scope": "subject",
            "raised-by": [
                {"act.conduct": "be_party_member"},
                {"subject.party.role": "stated"},
            ],
            "needs": {
                "member": {"subject.party.role": ["member", "officer"]},
                "stayed": {"subject.small.resigned": ["never", "after"]},
            },
        },
        "old/meeting": {
            "title": words("Meeting"),
            "norm": ["always/7"],
            "scope": "act",
            "raised-by": {"act.conduct": "hold_activity"},
            "needs": {
                "whom": {"act.addressees": {"any": ["family", "public"]}},
                "long": {"act.small.years": {"from": 2, "until": 5}},
                "mixed": {
                    "any": [
                        {"act.addressees": {"has": ["family"], "lacks": ["public"]}},
                        {"all": [{"act.role": {"not": ["attendee"]}}, {"act.goods_given": True}]},
                        {"not": {"is": "civil-servant"}},
                    ]
                },
            },
        },
    },
    "permissions": {
        "permit/vote": {
            "title": words("Voting"),
            "norm": ["always/7"],
            "raised-by": {"act.conduct": "vote"},
            "needs": {"who": "civil-servant"},
            "check": words("that it was only a vote"),
        }
    },
    "kinds": {
        "warning": {"says": words("a warning"), "basis": ["always/7"]},
        "dismissal": {"says": words("dismissal")},
    },
    "sanctions": {
        "heavy": {
            "for": ["new/1/2/a/3"],
            "when": {"subject.status": "pns"},
            "regime": "discipline",
            "level": "heavy",
            "rests-on": "regulation",
            "allow": ["warning"],
            "basis": ["always/8"],
            "questions": ["discreet"],
        },
        "candidate-out": {
            "for": ["new/post"],
            "when": {"subject.status": "cpns"},
            "regime": "candidate",
            "rests-on": "analogy",
            "allow": ["dismissal"],
            "basis": ["always/7"],
            "note": words("only for candidates"),
        },
        "out": {
            "for": ["new/member"],
            "regime": "dismissal",
            "rests-on": "regulation",
            "allow": ["dismissal"],
            "basis": ["always/7"],
            "effective": {"end-of-month": "subject.party.joined_on"},
        },
        "read": {
            "for": ["old/meeting"],
            "when": {"reading.strict": "strict"},
            "regime": "ethics",
            "rests-on": "reading",
            "allow": ["warning"],
            "basis": ["always/7"],
        },
    },
    "questions": {
        "spouse-photo": {
            "kind": "computed",
            "asks": words("May a spouse be in the photo?"),
            "readings": {
                "allowed": {"says": words("allowed"), "sources": ["a note"]},
                "banned": {"says": words("banned")},
            },
            "default": "allowed",
            "why": words("because"),
        },
        "strict": {
            "kind": "computed",
            "asks": words("Strictly?"),
            "readings": {"strict": {"says": words("strict")}, "mild": {"says": words("mild")}},
            "why": words("nobody knows"),
        },
        "noted": {
            "kind": "note",
            "asks": words("A note?"),
            "readings": {"a": {"says": words("a")}, "b": {"says": words("b")}},
            "why": words("because"),
            "about": ["always/9"],
        },
        "discreet": {
            "kind": "discretion",
            "asks": words("Who chooses?"),
            "readings": {"a": {"says": words("a")}, "b": {"says": words("b")}},
            "why": words("because"),
        },
        "residual": {
            "kind": "discretion",
            "asks": words("What else?"),
            "readings": {"a": {"says": words("a")}, "b": {"says": words("b")}},
            "why": words("because"),
            "about": ["always/7"],
        },
    },
    "constraints": {
        "pppk-no-leave": {
            "says": words("a PPPK has no leave"),
            "when": {"subject.status": ["pppk", "pppk_part_time"]},
            "then": {"subject.cltn.state": "none"},
            "basis": ["always/7"],
        }
    },
    "transitions": {
        "old-law": {
            "says": words("old law"),
            "when": {"act.date": {"until": "2020-12-31"}},
            "then": {"law.code": "old"},
        },
        "new-law": {
            "says": words("new law"),
            "when": {"act.date": {"from": "2021-01-01"}},
            "then": {"law.code": "new"},
        },
    },
    "comparisons": {
        "subject.small.resigned": {
            "label": words("resignation against joining"),
            "compare": "subject.party.resigned_from_service_on",
            "with": "subject.party.joined_on",
        },
        "subject.small.before_act": {
            "label": words("since, against the act"),
            "compare": "subject.small.since",
            "with": "act.date",
        },
    },
    "calendars": {
        "poll": {
            "title": words("Poll"),
            "election": "pemilu_2024",
            "basis": ["always/7"],
            "contests": {
                "house": {
                    "offices": ["dpr", "dpd"],
                    "determination": "2023-11-03",
                    "campaign": {"from": "2023-11-28", "until": "2024-02-10"},
                    "quiet": {"from": "2024-02-11", "until": "2024-02-13"},
                    "vote": "2024-02-14",
                },
                "palace": {
                    "offices": ["president"],
                    "determination": "2023-11-13",
                    "campaign": {"from": "2023-11-28", "until": "2024-02-10"},
                    "quiet": {"from": "2024-02-11", "until": "2024-02-13"},
                    "vote": "2024-02-14",
                },
            },
        }
    },
}


def document() -> dict[str, Any]:
    """A copy that a test may change."""
    return copy.deepcopy(DOCUMENT)


def ruleset(content: dict[str, Any] | None = None) -> Ruleset:
    """The ruleset of a document (of the small one, without)."""
    content = DOCUMENT if content is None else content
    return Ruleset(merge(gather_documents((("small.yaml", content),))))


def incident(
    *,
    subject: dict[str, Any] | None = None,
    act: dict[str, Any] | None = None,
    beneficiary: dict[str, Any] | None = None,
    **more: Any,
) -> Incident:
    """An incident of one subject, act and beneficiary."""
    parts: dict[str, Any] = {"subjects": [subject or {}], **more}
    if act is not None:
        parts["acts"] = [act]
    if beneficiary is not None:
        parts["beneficiaries"] = [beneficiary]
    return Incident.model_validate(parts)
