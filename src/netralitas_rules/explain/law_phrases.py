"""Every fixed phrase of the law of a day and of its changes, in both languages."""

from netralitas_rules.law.model import GoverningDate, RuleKind, Text

PHRASES = {
    "title": Text("Hukum pada", "The law on"),
    "diff": Text("Perubahan hukum dari", "Changes of the law from"),
    "to": Text("ke", "to"),
    "ruleset": Text("Himpunan aturan", "Ruleset"),
    "caution": Text(
        "Yang dimuat di sini hanya hukum yang dinyatakan dalam himpunan aturan ini.",
        "Only the law that this ruleset states is shown here.",
    ),
    "between": Text(
        "Yang mulai dan berakhir di antara kedua hari itu tidak dimuat.",
        "What began and ended between the two days is not shown.",
    ),
    "nothing": Text("Tidak ada perubahan.", "Nothing changed."),
    "law": Text(
        "Peraturan yang mengatur perbuatan pada hari itu", "Law that governs an act of that day"
    ),
    "depends": Text("bergantung pada", "depends on"),
    "if": Text("jika", "if"),
    "unsaid": Text(
        "himpunan aturan ini tidak menyatakan mana yang berlaku",
        "this ruleset does not say which one applies",
    ),
    "unsaid_else": Text(
        "dalam hal lain himpunan aturan ini tidak menyatakan mana yang berlaku",
        "otherwise this ruleset does not say which one applies",
    ),
    "contests": Text("Tahapan pemilihan pada hari itu", "Stages of elections on that day"),
    "outside": Text(
        "Hari itu berada di luar semua kalender: tidak ada pemilihan yang menurut kalender lengkap "
        "dalam himpunan aturan ini berada di antara penetapan calon dan pemungutan suara.",
        "The day lies outside every calendar: by the complete calendars of this ruleset no contest "
        "was between the determination of candidates and the vote on it.",
    ),
    "no_calendars": Text(
        "Himpunan aturan ini tidak memuat kalender pemilihan.",
        "This ruleset has no calendar of any election.",
    ),
    "without_calendar": Text(
        "Tanpa kalender dalam himpunan aturan ini, tahapannya tidak dinyatakan",
        "Without a calendar in this ruleset, their stages are not said",
    ),
    "between_steps": Text(
        "di antara dua tahapan; kalender tidak menyatakan apa pun tentang hari itu",
        "between two steps; the calendar says nothing of the day",
    ),
    "nothing_said": Text(
        "kalender tidak menyatakan apa pun tentang hari itu", "the calendar says nothing of the day"
    ),
    "not_held": Text(
        "Kalender ini tidak memuat {steps}; sejauh itu, tahapannya tidak dinyatakan.",
        "This calendar does not hold {steps}; as far as that goes, the stages are not said.",
    ),
    "registration": Text("pendaftaran calon", "candidates are registered"),
    "and": Text("dan", "and"),
    "or": Text("atau", "or"),
    "hour": Text("jamnya menentukan", "the hour decides"),
    "instruments": Text("Peraturan yang berlaku, dengan sumber", "Law in force, with sources"),
    "no_provision": Text(
        "tidak ada ketentuannya yang dimuat di sini", "none of its provisions stands here"
    ),
    "undated": Text("tanggal berlakunya tidak dinyatakan", "since when is not stated"),
    "source": Text("sumber", "source"),
    "norm": Text("norma", "norm"),
    "goes_by": Text(
        "norma tidak berlaku pada hari itu; mengikuti",
        "norm not in force on that day; it goes by",
    ),
    "goes_by_date": Text("berlaku menurut", "goes by"),
    "only_if": Text("hanya jika", "only if"),
    "began": Text("Mulai berlaku", "Came into force"),
    "ended": Text("Tidak berlaku lagi", "No longer in force"),
    "changed_law": Text("Berubah: peraturan yang mengatur perbuatan", "Changed: law of an act"),
    "changed_contests": Text("Berubah: tahapan pemilihan", "Changed: stages of elections"),
    "provisions": Text("Ketentuan", "Provisions"),
    "before": Text("sebelumnya", "before"),
    "after": Text("sesudahnya", "after"),
    "norm_new": Text("norma yang bertambah", "norm added"),
    "norm_gone": Text("norma yang tidak berlaku lagi", "norm no longer in force"),
    "always": Text("dalam setiap hal", "in every case"),
}

RULES = {
    RuleKind.VIOLATION: Text("Pelanggaran yang diatur", "Violations"),
    RuleKind.PERMISSION: Text("Perbuatan yang diperbolehkan", "Permitted conduct"),
    RuleKind.CONSEQUENCE: Text("Akibat hukum lain", "Other consequences"),
}

CHANGED = {
    RuleKind.VIOLATION: Text("Berubah: pelanggaran yang diatur", "Changed: violations"),
    RuleKind.PERMISSION: Text(
        "Berubah: perbuatan yang diperbolehkan", "Changed: permitted conduct"
    ),
    RuleKind.CONSEQUENCE: Text("Berubah: akibat hukum lain", "Changed: other consequences"),
}

GOVERNS = {
    GoverningDate.ACT: Text("tanggal perbuatan", "the date of the act"),
    GoverningDate.EXAMINATION: Text("tanggal pemeriksaan", "the date of the examination"),
    GoverningDate.DECISION: Text("tanggal keputusan", "the date of the decision"),
    GoverningDate.RECEIPT: Text(
        "tanggal keputusan diterima", "the date on which the decision was received"
    ),
    GoverningDate.JOINING: Text("tanggal menjadi anggota partai", "the date of joining the party"),
    GoverningDate.DETERMINATION: Text(
        "tanggal penetapan sebagai calon", "the date of determination as a candidate"
    ),
    GoverningDate.REPORT: Text(
        "tanggal laporan diterima", "the date on which the report was received"
    ),
}
