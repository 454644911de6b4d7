"""The text of a version matrix. One renderer for both languages, so that they cannot differ."""

from collections.abc import Iterable, Iterator

from netralitas_rules.decision.model import FindingStatus
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.law_section import law_section
from netralitas_rules.explain.words import Words
from netralitas_rules.explain.writing import Writing, hang
from netralitas_rules.law.model import Text
from netralitas_rules.versions import model as m

PHRASES = {
    "title": Text("Perbandingan hukum menurut waktu", "Versions of the law"),
    "caution": Text(
        "Fakta lain tetap seperti yang dinyatakan; hanya hukum menurut waktu yang berbeda. "
        "Perbandingan ini bukan penentuan peraturan yang berlaku bagi perbuatan.",
        "All other facts stay as stated; only the law in time differs. The comparison does not "
        "choose the law that governs.",
    ),
    "version": Text("Versi", "Version"),
    "supposed": Text("Diandaikan", "Supposing"),
    "violations": Text("dugaan pelanggaran", "alleged violations"),
    "permissions": Text("perbuatan yang diperbolehkan", "permitted conduct"),
    "consequences": Text("akibat hukum lain", "other consequences"),
    "paths": Text("jalur sanksi", "sanction paths"),
    "no_path": Text("tidak ada", "none"),
    "difference": Text(
        "Bagi pegawai, dibandingkan dengan versi", "For the person, against version"
    ),
    "base": Text("versi pembanding", "the version compared with"),
}

GOVERNS = {
    m.Governs.YES: Text("berlaku bagi perbuatan ini", "governs"),
    m.Governs.MAY: Text("mungkin berlaku bagi perbuatan ini", "may govern"),
    m.Governs.NO: Text("tidak berlaku bagi perbuatan ini", "does not govern"),
}

DIFFERENCES = {
    m.Difference.SAME: Text("sama", "the same"),
    m.Difference.HARSHER: Text("lebih berat", "harsher"),
    m.Difference.MILDER: Text("lebih ringan", "milder"),
    m.Difference.NOT_MILDER: Text("sama atau lebih berat", "the same or harsher"),
    m.Difference.NOT_HARSHER: Text("sama atau lebih ringan", "the same or milder"),
    m.Difference.OTHER_KINDS: Text(
        "tingkat sama, jenis hukuman berbeda; hukum tidak memeringkatnya",
        "the same levels with other kinds of sanction, which the law does not rank",
    ),
    m.Difference.UNDETERMINED: Text("tidak dapat ditentukan", "cannot be told"),
}


def render(versions: m.Versions, words: Words, *, lang: str) -> str:
    """The matrix as text, in Indonesian (`id`) or English (`en`)."""
    return "\n".join(_Renderer(versions, words, lang).lines()) + "\n"


class _Renderer(Writing):
    def __init__(self, versions: m.Versions, words: Words, lang: str) -> None:
        super().__init__(words, lang, versions.citations, {**p.PHRASES, **PHRASES})
        self.v = versions

    def lines(self) -> Iterator[str]:
        v = self.v
        name = v.incident or self.w("unnamed")
        yield from self.head(f"{self.w('title')}: {name}", v.as_of, v.ruleset)
        yield from hang("", self.w("caution"))
        yield from law_section(self, v.law)
        for number, version in enumerate(v.versions, start=1):
            yield from self._version(number, version)

    def _version(self, number: int, version: m.Version) -> Iterator[str]:
        names = "; ".join(self.t(body.label) for body in version.law)
        yield from self.heading_text(f"{self.w('version')} {number}: {names}")
        yield self.t(GOVERNS[version.governs])
        for supposed in version.supposed:
            yield from hang(
                f"{self.w('supposed')} {self.t(supposed.label)}: ", self.t(supposed.says)
            )
        for subject in version.subjects:
            yield from self._subject(subject, several=len(version.subjects) > 1)

    def _subject(self, own: m.SubjectVersion, *, several: bool) -> Iterator[str]:
        indent = ""
        if several:
            yield f"{self.w('subject')} {own.subject}:"
            indent = "  "
        yield from hang(f"{indent}{self.w('outcome')}: ", self.t(p.OUTCOMES[own.outcome]))
        for key, findings, statuses in (
            ("violations", own.violations, p.FINDING),
            ("permissions", own.permissions, p.PERMISSION),
            ("consequences", own.consequences, p.CONSEQUENCE),
        ):
            yield from self._findings(indent, key, findings, statuses)
        yield from self._paths(indent, own)
        if own.difference is not None:
            lead = f"{indent}{self.w('difference')} {self.v.compared_with + 1}: "
            yield from hang(lead, self.t(DIFFERENCES[own.difference]))

    def _findings(
        self,
        indent: str,
        key: str,
        findings: Iterable[m.VersionFinding],
        statuses: dict[FindingStatus, Text],
    ) -> Iterator[str]:
        """Ids by status, the most established first; what is not met is left out."""
        for status, said in statuses.items():
            ids = dict.fromkeys(f.id for f in findings if f.status is status)
            if ids and status is not FindingStatus.NOT_MET:
                yield from hang(f"{indent}{self.w(key)}, {self.t(said)}: ", ", ".join(ids))

    def _paths(self, indent: str, own: m.SubjectVersion) -> Iterator[str]:
        if not own.paths:
            yield f"{indent}{self.w('paths')}: {self.w('no_path')}"
            return
        yield f"{indent}{self.w('paths')}:"
        for path in own.paths:
            name = self.regime(path.regime, path.level)
            kinds = "; ".join(self.t(self.words.plan.kinds[k].says) for k in path.sanctions)
            lead = f"{indent}  - {name}, {self.t(p.PATH[path.status])} [{path.id}]: "
            yield from hang(lead, kinds, hang=len(indent) + 4)
