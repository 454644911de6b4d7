"""Every fixed phrase of an explanation, in both languages.

Nothing here says that anyone is guilty: it says which elements the stated facts meet.
"""

import datetime
from collections.abc import Sequence

from netralitas_rules.decision.model import (
    CalendarUse,
    ElementStatus,
    FindingStatus,
    Outcome,
    PathStatus,
    Source,
)
from netralitas_rules.facts.vocabulary import EvidenceKind
from netralitas_rules.law.model import Level, Mark, Regime, RestsOn, RuleKind, Text, TextState

LANGUAGES = ("id", "en")

PHRASES = {
    "title": Text("Telaah netralitas", "Neutrality review"),
    "incident": Text("Laporan", "Report"),
    "unnamed": Text("tanpa nomor", "without a number"),
    "as_of": Text("Keadaan pada", "As of"),
    "ruleset": Text("Himpunan aturan", "Ruleset"),
    "outcome": Text("Hasil", "Outcome"),
    "caution": Text(
        "Telaah ini menyatakan unsur mana yang terpenuhi menurut fakta yang dinyatakan; "
        "penilaian dan keputusan tetap pada pejabat yang berwenang.",
        "This review states which elements the stated facts meet; assessment and decision remain "
        "with the competent official.",
    ),
    "subject": Text("pegawai", "subject"),
    "act": Text("perbuatan", "act"),
    "beneficiary": Text("pihak yang diuntungkan atau dirugikan", "beneficiary"),
    "findings": Text("Dugaan pelanggaran yang ditelaah", "Alleged violations examined"),
    "permissions": Text("Perbuatan yang diperbolehkan", "Permitted conduct"),
    "consequences": Text(
        "Akibat hukum lain (bukan dugaan pelanggaran)", "Other consequences (no breach examined)"
    ),
    "law": Text("Peraturan yang berlaku bagi perbuatan ini", "Law that governs the act"),
    "chosen_by": Text("Ditentukan oleh", "Chosen by"),
    "norm": Text("Norma", "Norm"),
    "list": Text("Daftar", "List"),
    "form_of": Text("bentuk ke-{} dalam {}", "form {} of {}"),
    "related_form": Text("berkaitan dengan bentuk ke-{} dalam {}", "related to form {} of {}"),
    "elements": Text("Unsur", "Elements"),
    "conditions": Text("Syarat", "Conditions"),
    "excused": Text(
        "tidak terpenuhi karena ada pengecualian yang berlaku", "not met: an exception applies"
    ),
    "never_together": Text(
        "Unsur yang belum dapat ditentukan tidak mungkin terpenuhi bersama-sama menurut fakta "
        "yang dinyatakan.",
        "On the stated facts the open elements cannot be met together.",
    ),
    "met_anyway": Text(
        "Terpenuhi apa pun isi fakta yang belum diketahui.",
        "Met whatever the facts not yet known turn out to be.",
    ),
    "standard": Text("Standar pembuktian", "Standard of evidence"),
    "standard_reached": Text("tercapai", "reached"),
    "standard_missing": Text("belum tercapai", "not reached"),
    "too_few": Text("kurang dari {} bukti{} mengenai {}", "fewer than {} items{} on {}"),
    "exceptions": Text("Pengecualian", "Exceptions"),
    "known": Text("diketahui", "known"),
    "not_known": Text("belum diketahui", "not known"),
    "one_of": Text("salah satu dari:", "one of:"),
    "or": Text("atau", "or"),
    "periods": Text("Menurut waktu perbuatan", "By the date of the act"),
    "outside_law": Text("di luar masa berlaku peraturan", "does not govern"),
    "check": Text("Perlu dipastikan bahwa", "To be made sure of"),
    "contests": Text("Kalender pemilihan", "Calendars of elections"),
    "paths": Text("Jalur sanksi", "Sanction paths"),
    "no_path": Text(
        "Tidak ada jalur sanksi yang dapat ditempuh menurut fakta yang dinyatakan.",
        "The stated facts open no sanction path.",
    ),
    "sanctions": Text("Jenis yang dimungkinkan", "Kinds allowed"),
    "rests_on": Text("Dasar tingkat atau jalur", "Level or path rests on"),
    "basis": Text("Dasar hukum", "Legal basis"),
    "ppk": Text("Pejabat pembina kepegawaian (PPK)", "Personnel authority (PPK)"),
    "effective": Text("Berlaku terhitung mulai", "Takes effect on"),
    "between": Text("antara", "between"),
    "and": Text("dan", "and"),
    "from_findings": Text("Berdasarkan dugaan pelanggaran nomor", "From alleged violation number"),
    "from_consequences": Text("Berdasarkan akibat hukum nomor", "From consequence number"),
    "for_consequences": Text("untuk akibat hukum nomor", "for consequence number"),
    "settle": Text("Fakta yang dapat menentukan", "Facts that would settle what is open"),
    "for_findings": Text("untuk dugaan pelanggaran nomor", "for alleged violation number"),
    "supplied_by": Text("dapat diberikan oleh", "can be supplied by"),
    "for_permissions": Text(
        "untuk perbuatan yang diperbolehkan nomor", "for permitted conduct number"
    ),
    "for_paths": Text("untuk jalur sanksi nomor", "for sanction path number"),
    "residual": Text("Bentuk di luar daftar", "Forms outside the list"),
    "decisive": Text("Pertanyaan hukum yang menentukan", "Decisive questions of law"),
    "taken": Text("Penafsiran yang dipakai", "Reading taken"),
    "none_taken": Text(
        "tidak ada; pejabat yang berwenang memutuskan", "none; the competent official decides"
    ),
    "default": Text("bawaan himpunan aturan", "default of the ruleset"),
    "argument": Text("dipilih pengguna", "chosen by the user"),
    "otherwise": Text("Menurut penafsiran", "Under the reading"),
    "no_path_word": Text("tidak ada", "none"),
    "other_questions": Text(
        "Pertanyaan hukum lain yang bersinggungan", "Other questions of law touched"
    ),
    "not_raised": Text("Tidak dipersoalkan oleh laporan", "Not raised by the report"),
    "not_governed": Text(
        "Dipersoalkan, tetapi peraturannya tidak berlaku pada tanggal perbuatan; peraturan lain "
        "yang berlaku saat itu mungkin belum termuat di sini",
        "Raised, but their law did not govern on the date of the act; other law that did may not "
        "be encoded here",
    ),
    "citations": Text("Ketentuan yang dirujuk", "Provisions cited"),
    "weak": Text(
        "Telaah ini bersandar pula pada ketentuan bertanda [B], [C], atau yang naskahnya belum "
        "dibaca lengkap",
        "This review also rests on provisions marked [B] or [C], or whose text was not read in "
        "full",
    ),
    "note": Text("Catatan", "Note"),
}

OUTCOMES = {
    Outcome.MET: Text(
        "menurut fakta yang dinyatakan, seluruh unsur sekurang-kurangnya satu norma yang ditelaah "
        "terpenuhi",
        "the stated facts meet every element of at least one norm examined",
    ),
    Outcome.ELEMENTS_MET: Text(
        "unsur terpenuhi, pengecualian belum diperiksa",
        "the elements are met, an exception is still to be examined",
    ),
    Outcome.OPEN: Text(
        "belum dapat ditentukan: masih ada fakta atau pertanyaan hukum yang menentukan",
        "still open: facts or a question of law decide",
    ),
    Outcome.PERMITTED: Text(
        "perbuatan yang diperbolehkan, dengan syarat", "permitted conduct, under conditions"
    ),
    Outcome.NOT_MET: Text(
        "unsur dugaan pelanggaran yang dipersoalkan tidak terpenuhi, atau ada pengecualian yang "
        "berlaku",
        "the elements of the violations raised are not met, or an exception applies",
    ),
    Outcome.NO_LISTED_FORM: Text(
        "tidak termasuk bentuk pelanggaran yang tercantum dalam himpunan aturan ini",
        "no form listed in this ruleset",
    ),
}

FINDING = {
    FindingStatus.MET: Text("unsur terpenuhi", "elements met"),
    FindingStatus.ELEMENTS_MET: Text(
        "unsur terpenuhi, pengecualian belum diperiksa",
        "elements met, exception still to be examined",
    ),
    FindingStatus.OPEN: Text("belum dapat ditentukan", "open"),
    FindingStatus.NOT_MET: Text("unsur tidak terpenuhi", "elements not met"),
}

CONSEQUENCE = {
    FindingStatus.MET: Text("berlaku", "applies"),
    FindingStatus.ELEMENTS_MET: Text(
        "berlaku, kecuali pengecualian yang belum diperiksa terbukti",
        "applies unless an exception still to be examined is proven",
    ),
    FindingStatus.OPEN: Text("belum dapat ditentukan", "not settled"),
    FindingStatus.NOT_MET: Text("tidak berlaku", "does not apply"),
}

PERMISSION = {
    FindingStatus.MET: Text("syarat terpenuhi", "conditions met"),
    FindingStatus.ELEMENTS_MET: Text(
        "syarat terpenuhi, pengecualian belum diperiksa",
        "conditions met, exception still to be examined",
    ),
    FindingStatus.OPEN: Text("syarat belum dipastikan", "conditions not settled"),
    FindingStatus.NOT_MET: Text("syarat tidak terpenuhi", "conditions not met"),
}

STATUSES = {
    RuleKind.VIOLATION: FINDING,
    RuleKind.PERMISSION: PERMISSION,
    RuleKind.CONSEQUENCE: CONSEQUENCE,
}
"""What a status is called, by the kind of rule."""

ELEMENT = {
    ElementStatus.MET: Text("terpenuhi", "met"),
    ElementStatus.OPEN: Text("belum dapat ditentukan", "open"),
    ElementStatus.NOT_MET: Text("tidak terpenuhi", "not met"),
    ElementStatus.NOT_RAISED: Text("tidak diajukan", "not raised"),
}

EXCEPTION = {
    ElementStatus.MET: Text("berlaku", "applies"),
    ElementStatus.OPEN: Text("belum diperiksa", "to be examined"),
    ElementStatus.NOT_MET: Text("tidak berlaku", "does not apply"),
    ElementStatus.NOT_RAISED: Text("tidak diajukan", "not raised"),
}

PATH = {
    PathStatus.FOLLOWS: Text("dapat ditempuh", "follows"),
    PathStatus.MAY_FOLLOW: Text("mungkin dapat ditempuh", "may follow"),
}

CHANGED = {
    "none": Text("tidak ada", "none"),
    **{status.value: text for status, text in PATH.items()},
    **{status.value: text for status, text in FINDING.items()},
}

CALENDARS = {
    CalendarUse.READ: Text(
        '{facts} disimpulkan dari kalender "{calendar}"',
        '{facts}: taken from the calendar "{calendar}"',
    ),
    CalendarUse.NOT_HELD: Text(
        'kalender "{calendar}" dalam himpunan aturan ini tidak memuat {steps}; sejauh itu, tahap '
        "pencalonan dan tahapan pemilihan hanya bersumber dari laporan",
        'the calendar "{calendar}" of this ruleset does not hold {steps}; as far as that goes, '
        "stage of candidacy and phase of the contest come from the report alone",
    ),
    CalendarUse.NO_CALENDAR: Text(
        'himpunan aturan ini tidak memuat kalender untuk "{election}"; tahap pencalonan dan '
        "tahapan pemilihan hanya bersumber dari laporan",
        'this ruleset has no calendar that covers "{election}"; stage of candidacy and phase of '
        "the contest come from the report alone",
    ),
    CalendarUse.DEPARTS: Text(
        'tahap pencalonan yang dinyatakan ({stated}) menyimpang dari kalender "{calendar}" '
        "({held}; {cited}); catatan dalam laporan: {note}",
        'the stage of candidacy stated ({stated}) departs from the calendar "{calendar}" ({held}; '
        "{cited}); note in the report: {note}",
    ),
}

STEPS = {
    "determination": Text("hari penetapan", "the day of determination"),
    "campaign": Text("masa kampanye", "the campaign period"),
    "quiet": Text("masa tenang", "the quiet period"),
    "vote": Text("hari pemungutan suara", "the day of the vote"),
}

SOURCES = {
    Source.STATED: Text("dinyatakan", "stated"),
    Source.DERIVED: Text("disimpulkan dari", "derived from"),
    Source.READING: Text("penafsiran", "reading"),
    Source.UNKNOWN: Text("belum diketahui", "not known"),
}

DISPUTED = Text("keterangannya saling bertentangan", "disputed")
AGAINST = Text("bertentangan dengan", "against")
EVIDENCE = Text("bukti", "evidence")
THE_REPORT = Text("laporan", "the report")

EVIDENCE_KINDS = {
    EvidenceKind.DOCUMENT: Text("dokumen", "document"),
    EvidenceKind.SCREENSHOT: Text("tangkapan layar", "screenshot"),
    EvidenceKind.PHOTO: Text("foto", "photo"),
    EvidenceKind.VIDEO: Text("video", "video"),
    EvidenceKind.STATEMENT: Text("keterangan", "statement"),
    EvidenceKind.OFFICIAL_RECORD: Text("catatan resmi", "official record"),
    EvidenceKind.PRESS_REPORT: Text("pemberitaan pers", "press report"),
    EvidenceKind.REPORT: Text("laporan lain", "another report"),
    EvidenceKind.OTHER: Text("bukti lain", "other evidence"),
}

REGIMES = {
    Regime.ETHICS: Text("sanksi kode etik", "code of ethics"),
    Regime.DISCIPLINE: Text("hukuman disiplin", "discipline"),
    Regime.DISMISSAL: Text("pemberhentian", "dismissal"),
    Regime.CANDIDATE: Text(
        "pemberhentian sebagai calon PNS", "dismissal as candidate civil servant"
    ),
    Regime.CONTRACT: Text("sanksi menurut perjanjian kerja", "work agreement"),
    Regime.REFERRAL: Text("penerusan kepada instansi lain", "referral to another authority"),
}

LEVELS = {
    Level.LIGHT: Text("ringan", "light"),
    Level.MEDIUM: Text("sedang", "medium"),
    Level.HEAVY: Text("berat", "heavy"),
}

RESTS = {
    RestsOn.REGULATION: Text("peraturan", "the regulation"),
    RestsOn.DECREE: Text(
        "hanya keputusan bersama atau surat edaran", "the joint decree or a circular alone"
    ),
    RestsOn.ANALOGY: Text("analogi", "analogy"),
    RestsOn.READING: Text(
        "penafsiran atas pertanyaan hukum yang belum terjawab",
        "a reading of an open question of law",
    ),
}

MARKS = {
    Mark.A: Text(
        "naskah resmi atau dua sumber yang tidak saling bergantung",
        "official text or two independent sources",
    ),
    Mark.B: Text("satu sumber yang baik", "one good source"),
    Mark.C: Text("kesimpulan", "inferred"),
}

TEXTS = {
    TextState.SEEN: Text("naskah dibaca", "text read"),
    TextState.SUMMARY: Text("hanya ringkasan yang dibaca", "summary read only"),
    TextState.UNSEEN: Text("naskah ketentuannya belum dibaca", "text not seen"),
}

_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def day(iso: str, lang: str) -> str:
    """`3 November 2023`."""
    date = datetime.date.fromisoformat(iso)
    return f"{date.day} {_MONTHS[lang][date.month - 1]} {date.year}"


FIRST_DAY, LAST_DAY = datetime.date.min.isoformat(), datetime.date.max.isoformat()
"""The ends of the calendar: open ends of a span."""


def listed(items: Sequence[str], word: str) -> str:
    """`a`, `a or b`, `a, b, or c`."""
    if len(items) < 3:
        return f" {word} ".join(items)
    return f"{', '.join(items[:-1])}, {word} {items[-1]}"


def period(first: str, last: str, lang: str) -> str:
    """A span of days in words; the ends of the calendar are open ends."""
    if first == last:
        return day(first, lang)
    if first == FIRST_DAY:
        return {"id": "sampai dengan ", "en": "until "}[lang] + day(last, lang)
    if last == LAST_DAY:
        return {"id": "sejak ", "en": "from "}[lang] + day(first, lang)
    return day(first, lang) + {"id": " sampai dengan ", "en": " to "}[lang] + day(last, lang)
