"""What differs between two rulesets: as they are written, and as they decide.

Every rule and sanction row is one formula over the facts, on each side. Where the two formulas
are not written alike, a world is searched that fulfils one and not the other; a report is made
from it, both sides are asked, and what is not needed is dropped. Where the search ends without a
world, nothing can come out otherwise: that is the proof.
"""

from netralitas_rules.analysis.diff_archive import Reports, compared
from netralitas_rules.analysis.diff_documents import changes
from netralitas_rules.analysis.diff_effects import Effects
from netralitas_rules.analysis.diff_model import (
    FORMAT,
    Proved,
    RulesetDiff,
    TargetKind,
    Verdict,
)
from netralitas_rules.decision.model import RulesetRef
from netralitas_rules.ruleset import Ruleset


def diff(old: Ruleset, new: Ruleset, *, archive: Reports | None = None) -> RulesetDiff:
    """What is otherwise in `new`. `archive` are reports that both decide too."""
    found = tuple(Effects((old.plan, new.plan)).all())
    return RulesetDiff(
        FORMAT,
        RulesetRef(old.name, old.version, old.digest),
        RulesetRef(new.name, new.version, new.digest),
        tuple(changes(old.merged, new.merged)),
        tuple(effect for effect in found if effect.verdict is not Verdict.SAME),
        Proved(
            *(
                sum(e.kind is kind and e.verdict is Verdict.SAME for e in found)
                for kind in (TargetKind.RULE, TargetKind.PATH)
            )
        ),
        compared(old, new, archive) if archive is not None else None,
    )
