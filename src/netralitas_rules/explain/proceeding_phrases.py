"""Words for a proceeding: states of steps, what was not kept, offices, forms and reasons."""

from netralitas_rules.case.proceeding_model import Certainty, Gap, ProceduralCode, State
from netralitas_rules.explain.case_phrases import OFFICES
from netralitas_rules.facts.record_vocabulary import Office, Reason, TeamMember
from netralitas_rules.law.model import Text
from netralitas_rules.law.procedures import Form, Severity

PHRASES = {
    "steps": Text("Langkah", "Steps"),
    "findings": Text("Yang perlu diperhatikan", "What needs attention"),
    "nothing": Text(
        "Berkas tidak menunjukkan langkah yang tidak dipenuhi.",
        "The file shows no step that was not kept.",
    ),
    "none": Text(
        "Himpunan aturan tidak memuat tata cara untuk {}.",
        "The ruleset has no procedure for {}.",
    ),
    "several": Text("Lebih dari satu tata cara sesuai: {}.", "More than one procedure fits: {}."),
    "on": Text("tanggal", "on"),
    "limit": Text("hari terakhir", "last day"),
    "records": Text("catatan", "on record"),
    "after": Text("setelah", "after"),
    "basis": Text("dasar hukum", "legal basis"),
    "may_be": Text("mungkin", "may be"),
    "gaps": Text("tidak diketahui", "not known"),
    "not_stated": Text("tidak dinyatakan dalam berkas", "not stated in the file"),
    "or": Text("atau", "or"),
    "undated": Text("tanggal tidak dinyatakan", "no date stated"),
    "no_day": Text("tidak dinyatakan", "not stated"),
    "questions": Text("Pertanyaan hukum", "Questions of law"),
    "reading": Text("penafsiran", "reading"),
}
STATES = {
    State.MISSING: Text("tidak ada", "missing"),
    State.WITHOUT_AUTHORITY: Text(
        "oleh pejabat yang tidak berwenang", "by someone without authority"
    ),
    State.OUT_OF_ORDER: Text("mendahului langkah sebelumnya", "before an earlier step"),
    State.LATE: Text("terlambat", "late"),
    State.EARLY: Text("sebelum waktunya", "too early"),
    State.DEFECTIVE: Text("bentuknya tidak dipenuhi", "form not kept"),
    State.UNKNOWN: Text("belum dapat dipastikan", "cannot be told yet"),
    State.DONE: Text("dilakukan", "done"),
    State.EXCUSED: Text("tidak diperlukan lagi", "excused"),
    State.NOT_YET_DUE: Text("belum ada", "not yet on record"),
    State.NOT_REQUIRED: Text("tidak diwajibkan", "not required"),
}
SHOWS = {
    ProceduralCode.MISSING: Text("tidak ada dalam berkas", "it is not on record"),
    ProceduralCode.WITHOUT_AUTHORITY: Text(
        "berkas menyebut {by}; yang berwenang: {offices}",
        "the file names {by}; who may: {offices}",
    ),
    ProceduralCode.OUT_OF_ORDER: Text(
        "berkas menyebut {day}, sedangkan langkah yang lebih dahulu {against}",
        "the file has {day}, and for the step that comes first {against}",
    ),
    ProceduralCode.LATE: Text(
        "berkas menyebut {day}; hari terakhir {last}", "the file has {day}; the last day was {last}"
    ),
    ProceduralCode.EARLY: Text(
        "berkas menyebut {day}, sedangkan hari yang ditentukan {against}",
        "the file has {day}, and the day that was set is {against}",
    ),
    ProceduralCode.DEFECTIVE: Text("berkas menunjukkan lain", "the file shows otherwise"),
    ProceduralCode.REASON_MISSING: Text(
        "pertimbangan keputusan tidak menyatakannya", "the reasons of the decision do not state it"
    ),
    ProceduralCode.SANCTIONED_TWICE: Text(
        "berkas memuat dua hukuman yang masih berlaku atas satu pelanggaran",
        "the file has two sanctions on one breach that both stand",
    ),
    ProceduralCode.SEVERAL_SANCTIONS: Text(
        "berkas memuat hukuman tersendiri atas setiap pelanggaran",
        "the file has a sanction of its own for each breach",
    ),
    ProceduralCode.ANOTHER_LAW: Text(
        "peraturan itu tidak berlaku pada {day}", "that regulation does not govern on {day}"
    ),
    ProceduralCode.NO_STEP_SINCE: Text(
        "tidak ada langkah dalam berkas sejak {day}; itu bukan bukti tidak ada langkah",
        "no step on record since {day}; that is no proof that nothing was done",
    ),
    ProceduralCode.DID_NOT_ACT: Text(
        "berkas menunjukkan bahwa langkah itu tidak dilakukan sejak {day}",
        "the file shows that the step was not taken since {day}",
    ),
}
MISSING_SINCE = Text(
    "tidak ada dalam berkas; hari terakhir {last}", "it is not on record; the last day was {last}"
)
ANOTHER = Text(
    "keputusan menyebut peraturan lain: {value}", "the decision names another regulation: {value}"
)
VALUED = Text("berkas menunjukkan: {value}", "the file shows: {value}")
SEVERITIES = {
    Severity.BARS: Text(
        "peraturan tidak membolehkan penjatuhan hukuman apabila hal ini tidak dipenuhi",
        "the law allows no sanction where it is not kept",
    ),
    Severity.DEFECT: Text("diwajibkan peraturan", "the law demands it"),
    Severity.NOTE: Text("sebagai catatan", "note"),
}
CERTAINTIES = {
    Certainty.CERTAIN: Text("pasti", "certain"),
    Certainty.SOME_READINGS: Text("menurut sebagian penafsiran", "under some readings"),
    Certainty.SOME_DAYS: Text(
        "mungkin: bergantung pada tanggal yang belum pasti",
        "may be: it depends on a date that is not certain",
    ),
    Certainty.NOT_STATED: Text(
        "mungkin: bergantung pada hal yang tidak dinyatakan",
        "may be: it depends on what is not stated",
    ),
}
GAPS = {
    Gap.DATE: Text("tanggal", "a date"),
    Gap.CALLED_DAY: Text("hari pemeriksaan dalam surat panggilan", "the day that a summons sets"),
    Gap.EVENT: Text("hari peristiwa yang memulai tenggat", "the day that a deadline runs from"),
    Gap.ORDER: Text("urutan atau catatan yang dimaksud", "the order, or which record is meant"),
    Gap.OFFICE: Text("pejabat yang melakukan", "the office that did it"),
    Gap.ROLE: Text(
        "apakah pejabat itu yang ditentukan peraturan",
        "whether that office is the one that the law names",
    ),
    Gap.DESIGNATION: Text("penunjukannya", "whether it was designated"),
    Gap.AUTHORITY: Text("pejabat yang berwenang", "who is competent"),
    Gap.APPEARANCE: Text("kehadiran atas panggilan", "whether the person appeared"),
    Gap.RESULT: Text("apakah hukuman dijatuhkan", "whether a sanction is imposed"),
    Gap.LEVEL: Text("tingkat pelanggaran", "the level of the breach"),
    Gap.STATE_LOSS: Text(
        "indikasi penyalahgunaan wewenang yang menimbulkan kerugian keuangan negara",
        "whether there are signs of an abuse of authority that cost the state money",
    ),
}
MEMBERS = {
    TeamMember.DIRECT_SUPERIOR: OFFICES[Office.DIRECT_SUPERIOR],
    TeamMember.SUPERIOR_OF_DIRECT_SUPERIOR: OFFICES[Office.SUPERIOR_OF_DIRECT_SUPERIOR],
    TeamMember.SUPERVISION: Text("unsur pengawasan", "a supervision element"),
    TeamMember.PERSONNEL: Text("unsur kepegawaian", "a personnel element"),
    TeamMember.OTHER: OFFICES[Office.OTHER],
}
FORMS = {
    Form.MINUTES_WRITTEN: Text("berita acara", "minutes"),
    Form.SIGNED_BY_EXAMINER: Text("tanda tangan pemeriksa", "the examiner's signature"),
    Form.SIGNED_BY_PERSON: Text("tanda tangan yang diperiksa", "the person's signature"),
    Form.CLOSED: Text("pemeriksaan tertutup", "whether it was closed"),
    Form.EXAMINER_NOT_LOWER: Text(
        "apakah jabatan pemeriksa lebih rendah", "whether the examiner's post is lower"
    ),
    Form.TEAM_ELEMENTS: Text("susunan tim", "the elements of the team"),
    Form.HIGHER_SUPERIOR: Text(
        "keterlibatan atasan langsung", "whether the direct superior is involved"
    ),
    Form.COUNCIL_OFFICERS: Text(
        "ketua dan sekretaris majelis", "the chair and secretary of the council"
    ),
    Form.COUNCIL_SIZE: Text("jumlah anggota majelis", "the number of members of the council"),
    Form.COUNCIL_ODD: Text("ganjilnya jumlah anggota majelis", "whether that number is odd"),
    Form.COUNCIL_NOT_LOWER: Text(
        "jabatan dan pangkat anggota majelis", "post and rank of the members of the council"
    ),
    Form.COUNCIL_FORMED: Text("pembentukan majelis", "who formed the council"),
    Form.COUNCIL_VOTE: Text(
        "cara majelis mengambil keputusan", "how the council came to its decision"
    ),
    Form.DEFENCE_HEARD: Text("kesempatan membela diri", "the chance of a defence"),
    Form.BREACH_FOUND: Text("keputusan majelis tentang pelanggaran", "what the council found"),
    Form.RECOMMENDED: Text("rekomendasi majelis", "the council's recommendation"),
    Form.KIND_OF_LEVEL: Text("jenis hukuman", "the kind of sanction"),
    Form.LEVEL_OF_BREACH: Text("tingkat hukuman", "the level of the sanction"),
    Form.HANDED_BY: Text("pejabat yang menyampaikan keputusan", "who handed the decision over"),
    Form.SENT_IF_ABSENT: Text(
        "kehadiran pada saat penyampaian keputusan",
        "whether the person was there when it was handed over",
    ),
    Form.RESTS_ON_REPORT: Text("dasar keputusan", "what the decision rests on"),
}
REASONS = {
    Reason.BREACH_NAMED: Text("penyebutan pelanggaran", "that the breach is named"),
    Reason.FACTS_FOUND: Text("hasil pemeriksaan", "the facts found"),
    Reason.EVIDENCE_WEIGHED: Text("penilaian alat bukti", "that the evidence is weighed"),
    Reason.DEFENCE_ANSWERED: Text("tanggapan atas pembelaan", "an answer to the defence"),
    Reason.BACKGROUND_WEIGHED: Text("latar belakang", "the background"),
    Reason.IMPACT_WEIGHED: Text("dampak", "the impact"),
    Reason.LAW_CITED: Text("dasar hukum", "the law"),
    Reason.REMEDY_NAMED: Text("upaya administratif", "the remedy"),
}
