"""What `check` finds: a diagnostic with a code, what it is about, and a witness."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from netralitas_rules.law.findings import FindingCode
from netralitas_rules.loading.diagnostics import Diagnostic, render

ADVICE = frozenset((FindingCode.FACT_REPEATS,))
"""Codes of advice: it costs speed, and nothing is wrong."""

IN_INDONESIAN: Mapping[FindingCode, str] = {
    FindingCode.NEVER_APPLIES: "Tidak ada laporan yang dapat memenuhi bagian ini.",
    FindingCode.ROWS_OVERLAP: "Dua baris hukuman berlaku bersamaan dengan hasil yang berbeda.",
    FindingCode.GAP: "Temuan dapat terpenuhi tanpa satu pun baris hukuman yang berlaku.",
    FindingCode.LEVEL_WITHOUT_SANCTION: "Baris hukuman berlaku pada hari ketika tidak satu pun "
    "jenis hukumannya berlaku.",
    FindingCode.EXCEPTION_SWALLOWS: "Pengecualian berlaku setiap kali unsur-unsurnya terpenuhi.",
    FindingCode.EXCEPTION_NEVER_BITES: "Pengecualian tidak pernah mengecualikan apa pun.",
    FindingCode.IMPLIED_RULE: "Setiap kali aturan yang satu terpenuhi, aturan yang lain juga "
    "terpenuhi.",
    FindingCode.IDLE_READING: "Dua penafsiran selalu memberikan hasil yang sama.",
    FindingCode.VALIDITY_HOLE: "Aturan dapat terpenuhi pada hari ketika tidak satu pun dasar "
    "hukumnya berlaku.",
    FindingCode.FACT_REPEATS: "Rumusan membaca fakta yang sama lebih dari satu kali.",
    FindingCode.GRAVER_IS_LIGHTER: "Fakta yang lebih berat memberikan hasil yang lebih ringan.",
    FindingCode.TABLE_GAP: "Tabel kewenangan atau upaya administratif tidak memuat suatu keadaan.",
    FindingCode.TABLE_OVERLAP: "Tabel kewenangan atau upaya administratif memuat suatu keadaan "
    "lebih dari satu kali.",
    FindingCode.IDLE_WAIVER: "Pernyataan pengesampingan tidak mengesampingkan temuan apa pun.",
    FindingCode.SEARCH_CUT: "Pencarian dihentikan sebelum selesai.",
}
"""What a code says, for the scenario of a witness; the message itself is English."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A report that shows a finding: incident and readings in their plain form, and the day on
    which it is asked.
    """

    incident: Mapping[str, Any]
    readings: Mapping[str, str]
    as_of: str

    def as_json(self) -> dict[str, Any]:
        return {
            "incident": dict(self.incident),
            "readings": dict(self.readings),
            "as_of": self.as_of,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit in a ruleset."""

    code: FindingCode
    of: tuple[str, ...]
    """Ids of the items that it is about, as a waiver names them."""
    diagnostic: Diagnostic
    witness: Witness | None = None

    @property
    def advice(self) -> bool:
        return self.code in ADVICE

    def as_json(self) -> dict[str, Any]:
        """Plain JSON form, the same keys always: those of a diagnostic, and these three."""
        return {
            **self.diagnostic.as_json(),
            "of": list(self.of),
            "advice": self.advice,
            "witness": self.witness.as_json() if self.witness is not None else None,
        }

    def __str__(self) -> str:
        return render(self.diagnostic, as_a="advice" if self.advice else "finding")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found; `waived` are the ids of the waivers that were needed."""

    findings: tuple[Finding, ...]
    waived: tuple[str, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many rules, rows and readings were searched."""

    @property
    def sound(self) -> bool:
        """Whether nothing but advice was found."""
        return all(finding.advice for finding in self.findings)
