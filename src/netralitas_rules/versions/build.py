"""Building the version matrix of an incident."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from netralitas_rules.decision.build import DecisionBuilder
from netralitas_rules.decision.case import Case
from netralitas_rules.decision.outcomes import outcome_of, paths_of
from netralitas_rules.decision.turning import FINDING_STATUS
from netralitas_rules.engine.evaluate import Result
from netralitas_rules.engine.frames import Frame, Group
from netralitas_rules.facts.incident import Incident
from netralitas_rules.law.model import RuleKind
from netralitas_rules.versions import model as m
from netralitas_rules.versions.supposing import Supposing
from netralitas_rules.versions.weighing import difference


class VersionsBuilder:
    """Makes version matrices under one plan."""

    def __init__(self, builder: DecisionBuilder) -> None:
        self.builder = builder
        self.plan = builder.plan
        self.words = builder.words
        self.supposing = Supposing(self.plan)

    def versions(
        self, incident: Incident, *, as_of: datetime.date, chosen: Mapping[int, int]
    ) -> m.Versions:
        """The matrix; raises `FactsRefused`. Arguments as of `DecisionBuilder.decide`."""
        case, groups = self.builder.case(incident, as_of=as_of, chosen=chosen)
        governing = self._governing(groups)
        laws = self._laws(groups, governing)
        held = [self.supposing.held(law) for law in laws]
        made = [self._version(case, groups, law, governing) for law in laws]
        base = max(i for i, version in enumerate(made) if version.governs is not m.Governs.NO)
        law = self.builder.governing.of(case, groups)
        found = m.Versions(
            m.FORMAT,
            incident.id,
            as_of.isoformat(),
            self.builder.ruleset,
            law,
            base,
            tuple(
                version
                if number == base
                else _compared(version, made[base], held=held[number] and held[base])
                for number, version in enumerate(made)
            ),
            self.builder.cited(case),
        )
        object.__setattr__(found, "_words", self.words)
        return found

    def _governing(self, groups: Iterable[Group]) -> Mapping[int, None]:
        """Combinations that govern, or may."""
        law = self.supposing.law
        return dict.fromkeys(frame.known & law for group in groups for frame in group.frames)

    def _laws(self, groups: Iterable[Group], governing: Mapping[int, None]) -> list[int]:
        """All combinations, from the oldest law to the newest."""
        found = dict(governing)
        for group in groups:
            for frame in group.frames:
                found.update(dict.fromkeys(self.supposing.combinations(frame)))
        return sorted(found, key=self._age)

    def _age(self, law: int) -> tuple[int, ...]:
        """Values of a `law.*` fact stand in the ruleset from the oldest to the newest."""
        return tuple(
            next(i for i, bit in enumerate(fact.bits.values()) if law & bit)
            for fact in self.supposing.laws
        )

    def _version(
        self, case: Case, groups: Sequence[Group], law: int, governing: Mapping[int, None]
    ) -> m.Version:
        governs = m.Governs.NO
        if law in governing:
            governs = m.Governs.YES if len(governing) == 1 else m.Governs.MAY
        otherwise: dict[str, dict[str, None]] = {}
        moved = [self._moved(group, law, otherwise) for group in groups]
        results = self.builder.ordered(moved)
        return m.Version(
            tuple(self._bodies(law)),
            governs,
            tuple(self._supposed(otherwise)) if governs is m.Governs.NO else (),
            tuple(
                self._subject(case, results, index, name)
                for index, name in enumerate(case.names[0])
            ),
        )

    def _moved(self, group: Group, law: int, otherwise: dict[str, dict[str, None]]) -> Group:
        """The frames that are under this law as it is, else all of them moved under it."""
        own = tuple(f for f in group.frames if f.known & self.supposing.law == law)
        if own:
            return replace(group, frames=own)
        frames: dict[tuple[int, datetime.date, datetime.date], Frame] = {}
        for frame in group.frames:
            moved, supposed = self.supposing.under(frame, law)
            frames.setdefault((moved.known, moved.first, moved.last), moved)
            for fact in supposed:
                codes: Iterable[str] = self.words.possible(fact, moved.known)
                if fact is self.supposing.act_date:
                    codes = [moved.first.isoformat()]
                otherwise.setdefault(fact.spec.path, {}).update(dict.fromkeys(codes))
        return replace(group, frames=tuple(frames.values()))

    def _bodies(self, law: int) -> Iterator[m.BodyOfLaw]:
        for fact in self.supposing.laws:
            value = str(fact.decode(law)[0])
            path = fact.spec.path
            yield m.BodyOfLaw(path, value, self.words.value(path, value))

    def _supposed(self, otherwise: Mapping[str, Iterable[str]]) -> Iterator[m.Supposed]:
        for path, codes in sorted(otherwise.items()):
            days = tuple(sorted(codes))
            yield m.Supposed(path, self.words.label(path), days, self.words.codes(path, days))

    def _subject(
        self, case: Case, results: Sequence[Result], index: int, name: str
    ) -> m.SubjectVersion:
        own = [r for r in results if r.group.subject == index]
        violations, permissions, consequences = (
            tuple(self._finding(case, r) for r in own if r.rule.kind is kind) for kind in RuleKind
        )
        breaches = [r for r in own if r.rule.kind is RuleKind.VIOLATION]
        return m.SubjectVersion(
            name,
            outcome_of(own, index),
            violations,
            permissions,
            consequences,
            tuple(
                m.VersionPath(
                    path.row.id,
                    path.status,
                    path.row.regime,
                    path.row.level,
                    path.row.rests_on,
                    path.row.allow,
                )
                for path in paths_of(self.plan, breaches, self.builder.evaluator.row_value)
            ),
            None,
        )

    def _finding(self, case: Case, result: Result) -> m.VersionFinding:
        _, acts, beneficiaries = case.names
        group = result.group
        return m.VersionFinding(
            result.rule.id,
            result.rule.title,
            None if group.act is None else acts[group.act],
            None if group.beneficiary is None else beneficiaries[group.beneficiary],
            FINDING_STATUS[result.status],
        )


def _compared(version: m.Version, base: m.Version, *, held: bool) -> m.Version:
    """With law that the ruleset does not hold nothing can be told."""
    subjects = tuple(
        replace(own, difference=difference(own, other) if held else m.Difference.UNDETERMINED)
        for own, other in zip(version.subjects, base.subjects, strict=True)
    )
    return replace(version, subjects=subjects)
