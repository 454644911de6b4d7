"""Whether one version of the law is harsher for a person than another.

The law ranks levels of discipline, and dismissal above them; it does not rank kinds of sanction
within a level, nor a sanction by agreement or agency rule against the others. Where it ranks
nothing, neither does this.
"""

from collections.abc import Iterable

from netralitas_rules.decision.model import FindingStatus, PathStatus
from netralitas_rules.law.model import Level, Regime
from netralitas_rules.versions.model import Difference, SubjectVersion, VersionPath

_LEVELS = {Level.LIGHT: 3, Level.MEDIUM: 4, Level.HEAVY: 5}
_REGIMES = {Regime.ETHICS: 2, Regime.CANDIDATE: 6, Regime.DISMISSAL: 6}
_BREACH = 1
"""A breach without any sanction path."""
_POSSIBLE = (FindingStatus.MET, FindingStatus.ELEMENTS_MET, FindingStatus.OPEN)


def difference(other: SubjectVersion, base: SubjectVersion) -> Difference:
    """What `other` would mean for the person, against `base`."""
    if _unranked(other.paths) != _unranked(base.paths):
        return Difference.UNDETERMINED
    low, high = _span(other)
    base_low, base_high = _span(base)
    if (low, high) == (base_low, base_high) and _kinds(other.paths) == _kinds(base.paths):
        return Difference.SAME
    if low == high == base_low == base_high:
        return Difference.OTHER_KINDS
    if low > base_high:
        return Difference.HARSHER
    if high < base_low:
        return Difference.MILDER
    if low == base_high:
        return Difference.NOT_MILDER
    return Difference.NOT_HARSHER if high == base_low else Difference.UNDETERMINED


def _span(version: SubjectVersion) -> tuple[int, int]:
    """How heavy it is at least and at most, as what is still open turns out."""
    statuses = [finding.status for finding in version.violations]
    low = [_rank(path) for path in version.paths if path.status is PathStatus.FOLLOWS]
    high = [_rank(path) for path in version.paths]
    low += [_BREACH] if FindingStatus.MET in statuses else []
    high += [_BREACH] if any(status in _POSSIBLE for status in statuses) else []
    return max(low, default=0), max(high, default=0)


def _rank(path: VersionPath) -> int:
    if path.level is not None:
        return _LEVELS[path.level]
    return _REGIMES.get(path.regime, 0)


def _unranked(paths: Iterable[VersionPath]) -> set[tuple[PathStatus, tuple[str, ...]]]:
    """Sanctions by agreement or agency rule: how heavy they are stands outside the law held."""
    return {(p.status, p.sanctions) for p in paths if p.regime is Regime.CONTRACT}


def _kinds(paths: Iterable[VersionPath]) -> set[tuple[PathStatus, Regime, frozenset[str]]]:
    return {(p.status, p.regime, frozenset(p.sanctions)) for p in paths}
