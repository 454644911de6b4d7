"""The case: one person, several reports, a history, and several bodies of law at once.

from netralitas_rules.case import read_case

decision = rules.decide_case(read_case("case.yaml"), as_of="2024-06-01")
"""

from netralitas_rules.facts.casefile import CaseFile
from netralitas_rules.loading.casefiles import read_case

__all__ = ["CaseFile", "read_case"]
