"""The words of a comparison of two rulesets, in both languages."""

from collections.abc import Mapping

from netralitas_rules.analysis.diff_model import Edit, TargetKind
from netralitas_rules.law.model import Text

TITLE = Text("Perbandingan dua kumpulan aturan", "Comparison of two rulesets")
OLD = Text("Lama", "Old")
NEW = Text("Baru", "New")
WRITTEN = Text("Yang tertulis lain", "Written otherwise")
NOTHING_WRITTEN = Text("Tidak ada yang berbeda.", "Nothing is different.")
DECIDED = Text("Yang dapat berakibat lain", "What can come out otherwise")
NOTHING_DECIDED = Text(
    "Tidak ada pelanggaran, izin, akibat, atau baris sanksi yang dapat berakibat lain.",
    "No violation, permission, consequence or sanction row can come out otherwise.",
)
PROVED = Text(
    "Terbukti sama, fakta apa pun yang ada, sepanjang kedua kumpulan menerimanya: {rules} aturan, "
    "dan {paths} baris sanksi bila aturannya terpenuhi menurut keduanya.",
    "Proved the same, whatever the facts are that both rulesets accept: {rules} rules, and "
    "{paths} sanction rows where their rule is met under both.",
)
UNDECIDED = Text(
    "Tidak dapat dipastikan, jadi tidak terbukti sama: {cut} karena pencarian dihentikan pada "
    "batasnya, {unshown} karena tidak ditemukan laporan yang menunjukkannya.",
    "Undecided, and so not proved the same: {cut} where the search was cut at its limit, "
    "{unshown} where no report was found that shows it.",
)
UNDER = Text("dengan fakta", "under the facts")
NO_FACT = Text("tidak ada fakta yang perlu dinyatakan", "no fact need be stated")
READING = Text("penafsiran", "reading")
ARCHIVE = Text("Arsip", "Archive")
ARCHIVED = Text(
    "{reports} laporan diperiksa per {day}; {changed} berakibat lain; {unreadable} tidak terbaca.",
    "{reports} reports decided as of {day}; {changed} come out otherwise; {unreadable} unreadable.",
)
WHY: Mapping[str, Text] = {
    "cut": Text(
        "tidak dapat dipastikan: pencarian dihentikan pada batasnya",
        "undecided: the search was cut at its limit",
    ),
    "no-report": Text(
        "tidak dapat dipastikan: rumusnya berbeda, tetapi tidak ditemukan laporan yang "
        "menunjukkannya",
        "undecided: the formulas differ, but no report was found that shows it",
    ),
}
EDITS: Mapping[Edit, Text] = {
    Edit.ADDED: Text("ditambahkan", "added"),
    Edit.REMOVED: Text("dihapus", "removed"),
    Edit.CHANGED: Text("diubah", "changed"),
}
TARGETS: Mapping[TargetKind, Text] = {
    TargetKind.RULE: Text("aturan", "rule"),
    TargetKind.PATH: Text("baris sanksi", "sanction row"),
    TargetKind.CONSTRAINT: Text("batasan", "constraint"),
}
OUTCOMES: Mapping[tuple[TargetKind, str], Text] = {
    (TargetKind.RULE, "met"): Text("terpenuhi", "met"),
    (TargetKind.RULE, "elements_met"): Text(
        "unsur terpenuhi, pengecualian terbuka", "elements met, an exception open"
    ),
    (TargetKind.RULE, "open"): Text("belum dapat ditentukan", "open"),
    (TargetKind.RULE, "not_met"): Text("tidak terpenuhi", "not met"),
    (TargetKind.RULE, "refused"): Text("fakta ditolak", "facts refused"),
    (TargetKind.RULE, "refused:"): Text("fakta ditolak:", "facts refused:"),
    (TargetKind.RULE, "accepted"): Text("fakta diterima", "facts accepted"),
    (TargetKind.RULE, "no_listed_form"): Text("tidak ada bentuk yang terdaftar", "no listed form"),
    (TargetKind.RULE, "permitted_under_conditions"): Text(
        "diperbolehkan dengan syarat", "permitted, under conditions"
    ),
    (TargetKind.PATH, "follows"): Text("menyusul", "follows"),
    (TargetKind.PATH, "may_follow"): Text("mungkin menyusul", "may follow"),
    (TargetKind.PATH, "none"): Text("tidak ada", "none"),
}
SECTIONS: Mapping[str, Text] = {
    "instruments": Text("peraturan", "instrument"),
    "provisions": Text("ketentuan", "provision"),
    "facts": Text("fakta", "fact"),
    "definitions": Text("definisi", "definition"),
    "violations": Text("pelanggaran", "violation"),
    "permissions": Text("izin", "permission"),
    "consequences": Text("akibat", "consequence"),
    "standards": Text("standar pembuktian", "standard of evidence"),
    "sanctions": Text("baris sanksi", "sanction row"),
    "kinds": Text("jenis sanksi", "kind of sanction"),
    "questions": Text("pertanyaan hukum", "question of law"),
    "constraints": Text("batasan", "constraint"),
    "transitions": Text("peralihan", "transition"),
    "comparisons": Text("perbandingan tanggal", "comparison of dates"),
    "lists": Text("daftar", "list"),
    "elections": Text("pemilihan", "election"),
    "calendars": Text("kalender", "calendar"),
    "deadlines": Text("tenggat", "deadline"),
    "history": Text("penurunan dari catatan", "derivation from records"),
    "joint-leave": Text("cuti bersama", "joint leave"),
    "authorities": Text("tabel kewenangan", "table of authority"),
    "holders": Text("jabatan yang dapat dipegang satu orang", "offices that one person can hold"),
    "remedies": Text("tabel upaya administratif", "table of remedies"),
    "procedures": Text("tata cara", "procedure"),
    "relations": Text("hubungan antarrezim", "relation of regimes"),
    "ladders": Text("urutan jenis hukuman", "ladder of sanctions"),
    "fixes": Text("penafsiran yang ditetapkan", "fixed reading"),
}
NAMED = {
    "needs",
    "unless",
    "standard",
    "readings",
    "contests",
    "values",
    "rows",
    "steps",
    "forms",
    "reasons",
    "inaction",
}
"""Parts that hold further parts by name."""
PARTS: Mapping[str, Text] = {
    "needs": Text("unsur", "element"),
    "unless": Text("pengecualian", "exception"),
    "standard": Text("standar pembuktian unsur", "standard of evidence of the element"),
    "at-least": Text("jumlah bukti paling sedikit", "least number of items of evidence"),
    "raised-by": Text("pemicu", "what raises it"),
    "under": Text("rezim hukum", "body of law"),
    "norm": Text("norma", "norm"),
    "scope": Text("lingkup temuan", "scope of a finding"),
    "level": Text("tingkat", "level"),
    "regime": Text("rezim", "regime"),
    "allow": Text("sanksi yang dapat dijatuhkan", "sanctions allowed"),
    "for": Text("norma atau aturan asal", "norms or rules it follows from"),
    "when": Text("syarat", "condition"),
    "then": Text("akibat", "what then holds"),
    "valid": Text("masa berlaku", "dates of validity"),
    "basis": Text("dasar", "basis"),
    "rests-on": Text("sandaran", "what it rests on"),
    "mark": Text("tanda sumber", "mark of the source"),
    "text": Text("keadaan teks", "state of the text"),
    "source": Text("sumber", "source"),
    "governs": Text("tanggal yang menentukan", "governing date"),
    "says": Text("kata-kata", "words"),
    "title": Text("judul", "title"),
    "default": Text("penafsiran yang dipakai", "reading taken"),
    "reading": Text("penafsiran yang ditetapkan", "reading fixed"),
    "readings": Text("penafsiran", "reading"),
    "values": Text("nilai", "value"),
    "contests": Text("tahapan", "contest"),
    "items": Text("isi daftar", "items"),
    "days": Text("hari", "days"),
    "working-days": Text("hari kerja", "working days"),
    "effective": Text("saat berlaku", "when it takes effect"),
    "note": Text("catatan", "note"),
    "questions": Text("pertanyaan", "questions"),
}
