"""Indonesian and English words of the text and picture of a whole case."""

from netralitas_rules.case.imposed import State
from netralitas_rules.case.model import CaseCode, EntryKind
from netralitas_rules.case.regimes import Standing
from netralitas_rules.explain.phrases import PHRASES
from netralitas_rules.facts.record_vocabulary import CaseRegime, ReviewResult
from netralitas_rules.history.durable import EngineState
from netralitas_rules.law.model import Text

TERMS = {
    **PHRASES,
    "case_title": Text("Telaah berkas perkara", "Case review"),
    "case_caution": Text(
        "Telaah ini menyiapkan keputusan dan bukan putusan bersalah; setiap butir diperiksa oleh "
        "pejabat yang berwenang.",
        "This review prepares a decision and is no finding of guilt; the competent official checks "
        "every item.",
    ),
    "matters": Text("Perkara", "Matters"),
    "reports": Text("laporan", "reports"),
    "records": Text("catatan", "records"),
    "no_decision": Text("belum dapat ditelaah", "cannot be reviewed yet"),
    "alone": Text("laporan {} tersendiri", "report {} by itself"),
    "case_regimes": Text("Yang masih harus diputuskan, per rezim", "Left to be decided, by regime"),
    "nothing_open": Text("Tidak ada yang harus diputuskan.", "Nothing is left to be decided."),
    "level_from_to": Text("tingkat {} sampai dengan {}", "level {} to {}"),
    "level_up_to": Text("sampai dengan tingkat {}", "up to level {}"),
    "level_is": Text("tingkat {}", "level {}"),
    "by_paths": Text("oleh jalur", "by path"),
    "relation": Text("Hubungan antarjalur", "How paths relate"),
    "beside": Text("Bersamaan dengan rezim lain", "Beside other regimes"),
    "no_actor": Text(
        "Himpunan aturan tidak menyebutkan pejabat yang berwenang.",
        "The ruleset does not say who may act.",
    ),
    "remedy": Text("Upaya administratif", "Remedy"),
    "repeats": Text("Pengulangan", "Repeats"),
    "repeat_certain": Text(
        "pelanggaran ini mengulangi hal yang pernah dijatuhi hukuman",
        "this breach repeats what was sanctioned before",
    ),
    "repeat_possible": Text(
        "pelanggaran ini mungkin mengulangi hal yang pernah dijatuhi hukuman",
        "this breach may repeat what was sanctioned before",
    ),
    "last_sanction": Text("hukuman terakhir", "last sanction"),
    "heavier": Text(
        "Jenis yang lebih berat daripada hukuman terakhir", "Heavier than the last one"
    ),
    "to_compare": Text(
        "Jenis yang perlu dibandingkan oleh pejabat (urutannya tidak ditentukan dalam peraturan)",
        "Kinds that a person has to compare (no text ranks them)",
    ),
    "raised_to": Text(
        "tidak ada jenis yang lebih berat pada tingkat pelanggarannya; yang lebih berat ada pada "
        "tingkat {}",
        "no kind of the level of the breach is heavier; the next heavier ones are of level {}",
    ),
    "top": Text(
        "tidak ada jenis hukuman yang lebih berat; pejabat yang berwenang memutuskan",
        "no kind of sanction is heavier; the competent official decides",
    ),
    "turns_on": Text("Bergantung pada pertanyaan", "Turns on the question"),
    "imposed": Text("Sanksi dan pemberhentian yang tercatat", "Sanctions and dismissals on record"),
    "date_unknown": Text("tanggal belum diketahui", "date not known"),
    "lapsed": Text(
        "batal demi hukum karena {} tidak diputus sampai dengan {}",
        "void because {} was not decided until {}",
    ),
    "changed_by": Text("diubah dengan", "changed by"),
    "proceedings": Text("Tata cara dan tenggat", "Procedure and deadlines"),
    "case_findings": Text("Hal yang perlu diperhatikan", "To be looked at"),
    "timeline": Text("Garis waktu", "Timeline"),
    "undated": Text("tanpa tanggal", "undated"),
    "engines": Text("Mesin kedua", "Second engine"),
    "case_questions": Text("Pertanyaan hukum yang bersinggungan", "Questions of law touched"),
    "service_from": Text("Masa kerja", "Service"),
    "matter": Text("perkara", "matter"),
}

STANDINGS = {
    Standing.MAY_BE_ABSORBED: Text(
        "terserap apabila jalur yang lebih berat ternyata dapat ditempuh",
        "absorbed if the heavier path follows",
    ),
    Standing.ABSORBED: Text("terserap", "absorbed"),
    Standing.SETTLED: Text(
        "sudah dijatuhi sanksi dan tidak dijatuhi lagi", "sanctioned already, and not again"
    ),
    Standing.DECIDED: Text("sudah diputus", "decided already"),
    Standing.NO_BREACH: Text(
        "diputus tidak terbukti ada pelanggaran", "a decision found no breach"
    ),
}

DUTIES = {
    "examine": Text(
        "yang harus dilakukan: memanggil, memeriksa, dan melaporkan hasilnya",
        "what was to be done: summon, examine and report the result",
    ),
    "punish": Text(
        "yang harus dilakukan: menjatuhkan hukuman disiplin",
        "what was to be done: impose the discipline sanction",
    ),
}

WORDS = {
    "sanction": Text("jenis hukuman", "the kind of sanction"),
    "regulation": Text("peraturan", "the regulation"),
    "breaches": Text("ketentuan yang dilanggar", "the provision broken"),
}

REFUSALS = {
    "date_order": Text("urutan tanggalnya tidak mungkin", "the dates cannot lie in this order"),
    "date-order": Text("urutan tanggalnya tidak mungkin", "the dates cannot lie in this order"),
    "contradictory-facts": Text("fakta yang bertentangan", "facts that contradict each other"),
    "stage-departs": Text(
        "tahapan yang dinyatakan berbeda dari kalender pemilihan",
        "the stage stated is another than that of the calendar",
    ),
    "unknown-value": Text("nilai yang tidak dikenal", "a value that is not known"),
    "unknown-fact": Text("fakta yang tidak dikenal", "a fact that is not known"),
    "not-a-mapping": Text("bentuk yang tidak sesuai", "a wrong shape"),
    "too-many-frames": Text("kemungkinannya terlalu banyak", "too many possibilities"),
}

NO_BREACH = Text("tidak terbukti ada pelanggaran", "no breach found")

STATES = {
    State.STANDS: Text("berlaku", "stands"),
    State.PENDING: Text(
        "upaya administratif belum diputus", "an administrative remedy is not decided yet"
    ),
    State.VOID: Text("dicabut atau dibatalkan", "revoked or cancelled"),
}

CODES = {
    CaseCode.CHANNELS_CONTRADICT: Text(
        "dua laporan memberi keterangan yang bertentangan tentang {about}",
        "two reports contradict each other on {about}",
    ),
    CaseCode.NOT_JOINED: Text(
        "laporan tentang peristiwa yang sama tidak dapat benar bersama-sama; masing-masing "
        "ditelaah tersendiri",
        "reports of one event cannot be true together; each is reviewed by itself",
    ),
    CaseCode.NO_DECISION_POSSIBLE: Text(
        "isi laporan tidak mungkin benar seluruhnya",
        "what the report states cannot all be true",
    ),
    CaseCode.NO_REPORT: Text(
        "ada tindakan, tetapi laporannya tidak ada dalam berkas",
        "something was done, and no report of it is on record",
    ),
    CaseCode.SANCTIONED_TWICE: Text(
        "atas satu perkara dijatuhkan lebih dari satu sanksi dalam rezim yang sama ({about})",
        "more than one sanction of one regime ({about}) was imposed on one matter",
    ),
    CaseCode.SANCTION_WITHOUT_PATH: Text(
        "menurut fakta yang dinyatakan, tidak ada jalur menuju sanksi ini ({about})",
        "by the stated facts no path leads to this sanction ({about})",
    ),
    CaseCode.OTHER_LEVEL: Text(
        "tingkat yang dijatuhkan ({about}) bukan tingkat yang dimungkinkan",
        "the level imposed ({about}) is none that the law opens",
    ),
    CaseCode.NOT_HEAVIER: Text(
        "pelanggaran yang diulangi dijatuhi jenis hukuman yang tidak lebih berat daripada hukuman "
        "terakhir ({about})",
        "a repeat was given a kind that is not heavier than the last sanction ({about})",
    ),
    CaseCode.REMEDY_LATE: Text(
        "upaya administratif terhadap {about} diajukan setelah hari terakhir",
        "the remedy against {about} was sought after its last day",
    ),
    CaseCode.REMEDY_MAY_BE_LATE: Text(
        "upaya administratif terhadap {about} mungkin diajukan setelah hari terakhir",
        "the remedy against {about} may have been sought after its last day",
    ),
    CaseCode.REMEDY_UNANSWERED: Text(
        "belum tercatat keputusan atas upaya administratif terhadap {about}, padahal hari "
        "terakhirnya telah lewat",
        "no decision on the remedy against {about} is on record, though its last day is past",
    ),
    CaseCode.SUPERIOR_DID_NOT_ACT: Text(
        "tercatat bahwa atasan ({about}) tidak bertindak",
        "it is on record that a superior ({about}) did not act",
    ),
    CaseCode.NOT_IN_RULESET: Text(
        "yang disebut catatan ({about}) tidak ada dalam himpunan aturan, sehingga tidak "
        "dibandingkan; nama yang terdekat disebut sesudahnya",
        "what the record names ({about}) is not in the ruleset, so that nothing is held against "
        "it; the nearest name stands behind it",
    ),
}

CASE_REGIMES = {
    CaseRegime.ETHICS: Text("kode etik", "ethics"),
    CaseRegime.DISCIPLINE: Text("disiplin", "discipline"),
    CaseRegime.DISMISSAL: Text("pemberhentian", "dismissal"),
    CaseRegime.CANDIDATE: Text("calon PNS", "candidate civil servant"),
    CaseRegime.CONTRACT: Text("perjanjian kerja", "work agreement"),
}

ENTRIES = {
    EntryKind.SERVICE: Text("riwayat jabatan", "service"),
    EntryKind.ACT: Text("perbuatan", "act"),
    EntryKind.REPORT: Text("laporan", "report"),
    EntryKind.RECORD: Text("langkah", "step"),
}

STEPS = {
    "informed": Text("informasi diterima", "informed"),
    "referral": Text("penerusan", "referral"),
    "recommendation": Text("rekomendasi", "recommendation"),
    "summons": Text("panggilan", "summons"),
    "team": Text("pembentukan tim pemeriksa", "examination team formed"),
    "release": Text("pembebasan sementara dari tugas jabatan", "released from the tasks of office"),
    "examination": Text("pemeriksaan", "examination"),
    "statement": Text("permintaan keterangan pihak lain", "statement of another person"),
    "defence": Text("pembelaan", "defence"),
    "council_hearing": Text("sidang majelis", "hearing of the council"),
    "council_decision": Text("keputusan majelis", "decision of the council"),
    "resignation": Text("pengunduran diri", "resignation"),
    "suspension": Text("penangguhan pemberhentian", "dismissal suspended"),
    "proposal": Text("usul", "proposal"),
    "decision": Text("keputusan", "decision"),
    "delivery": Text("penyampaian keputusan", "delivery of the decision"),
    "filing": Text("pencatatan dalam sistem kepegawaian", "entry in the personnel system"),
    "objection": Text("keberatan", "objection"),
    "appeal": Text("banding administratif", "administrative appeal"),
    "response": Text("tanggapan", "response"),
    "review": Text("keputusan atas upaya administratif", "decision on the remedy"),
    "revocation": Text("pencabutan", "revocation"),
}

REVIEWS = {
    ReviewResult.UPHELD: Text("memperkuat", "upheld"),
    ReviewResult.LIGHTENED: Text("memperingan", "lightened"),
    ReviewResult.AGGRAVATED: Text("memperberat", "aggravated"),
    ReviewResult.CHANGED: Text("mengubah", "changed"),
    ReviewResult.REVOKED: Text("mencabut", "revoked"),
    ReviewResult.CANCELLED: Text("membatalkan", "cancelled"),
    ReviewResult.INADMISSIBLE: Text("tidak dapat diterima", "inadmissible"),
}

ENGINES = {
    EngineState.AGREED: Text("memberi jawaban yang sama", "answered the same"),
    EngineState.DISAGREED: Text("memberi jawaban yang berbeda", "answered otherwise"),
    EngineState.CRASHED: Text("berhenti mendadak", "crashed"),
    EngineState.TIMED_OUT: Text("melampaui batas waktu", "ran out of time"),
    EngineState.UNAVAILABLE: Text("tidak tersedia", "not available"),
}
