"""Which date of an incident cannot lie before which other: an act before its examination, ..."""

ACT_BEFORE = (
    "report.received_on",
    "proceeding.examined_on",
    "proceeding.proven_on",
    "proceeding.decided_on",
    "proceeding.decision_received_on",
)
"""What no act lies after."""

IN_TURN = (
    ("proceeding.examined_on", "proceeding.decided_on"),
    ("proceeding.decided_on", "proceeding.decision_received_on"),
)
"""Other dates of the report as a whole: the earlier, the later."""
