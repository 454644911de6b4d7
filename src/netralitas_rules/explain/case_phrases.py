"""Fixed phrases about who may act and about remedies, in both languages."""

from collections.abc import Mapping

from netralitas_rules.case.authority import Why
from netralitas_rules.facts.record_vocabulary import Agency, Assignment
from netralitas_rules.law.authority import NO, YES, Circumstance, Office, OtherKind, Rank, Skill
from netralitas_rules.law.model import Text
from netralitas_rules.law.remedies import Answer, Decider, Forum, RemedyKind, Unanswered

OFFICES: Mapping[Office, Text] = {
    Office.PRESIDENT: Text("Presiden", "the President"),
    Office.COORDINATING_MINISTER: Text(
        "menteri yang mengoordinasikan", "the coordinating minister"
    ),
    Office.PPK: Text("pejabat pembina kepegawaian (PPK)", "the personnel authority (PPK)"),
    Office.GOVERNOR: Text(
        "gubernur selaku wakil Pemerintah", "the governor as representative of the Government"
    ),
    Office.HOST_PPK: Text(
        "PPK instansi tempat penugasan", "the personnel authority (PPK) of the host agency"
    ),
    Office.HOME_PPK: Text("PPK instansi induk", "the personnel authority (PPK) of the home agency"),
    Office.HOST_AGENCY_HEAD: Text(
        "pimpinan instansi tempat penugasan", "the head of the host agency"
    ),
    Office.HOME_AGENCY_HEAD: Text("pimpinan instansi induk", "the head of the home agency"),
    Office.HEAD_OF_MISSION: Text(
        "kepala perwakilan Republik Indonesia", "the head of the Indonesian mission abroad"
    ),
    Office.PYB: Text("pejabat yang berwenang (PyB)", "the authorised official (PyB)"),
    Office.DIRECT_SUPERIOR: Text("atasan langsung", "the direct superior"),
    Office.SUPERIOR_OF_DIRECT_SUPERIOR: Text(
        "atasan dari atasan langsung", "the superior of the direct superior"
    ),
    Office.REGENCY_SECRETARY: Text(
        "sekretaris daerah kabupaten/kota", "the secretary of the regency or city"
    ),
    Office.JPT_MADYA: Text(
        "pejabat pimpinan tinggi madya", "the holder of a middle senior post (JPT madya)"
    ),
    Office.JPT_PRATAMA: Text(
        "pejabat pimpinan tinggi pratama", "the holder of a first senior post (JPT pratama)"
    ),
    Office.ADMINISTRATOR: Text("pejabat administrator", "the administrator"),
    Office.PENGAWAS: Text("pejabat pengawas", "the supervisor (pengawas)"),
    Office.DESIGNATED_JF_AHLI_MADYA: Text(
        "pejabat fungsional ahli madya yang ditetapkan PPK",
        "the middle expert functional official designated by the PPK",
    ),
    Office.DESIGNATED_JF_AHLI_MUDA: Text(
        "pejabat fungsional ahli muda yang ditetapkan PPK",
        "the junior expert functional official designated by the PPK",
    ),
    Office.ECHELON_I: Text("pejabat struktural eselon I", "the echelon I official"),
    Office.ECHELON_II: Text("pejabat struktural eselon II", "the echelon II official"),
    Office.ECHELON_III: Text("pejabat struktural eselon III", "the echelon III official"),
    Office.ECHELON_IV: Text("pejabat struktural eselon IV", "the echelon IV official"),
    Office.ECHELON_V: Text("pejabat struktural eselon V", "the echelon V official"),
    Office.DELEGATED_OFFICIAL: Text(
        "pejabat lain di lingkungannya", "another official of the agency"
    ),
    Office.EXAMINATION_TEAM: Text("tim pemeriksa", "the examination team"),
    Office.ETHICS_COUNCIL: Text("Majelis Kode Etik", "the ethics council"),
    Office.COMPETENT_OFFICIAL: Text(
        "pejabat yang berwenang menurut peraturan perundang-undangan",
        "the official competent under the legislation",
    ),
    Office.AGENCY_RULE: Text(
        "pejabat menurut ketentuan instansi atau perjanjian kerja",
        "whoever the agency's rule or the contract names",
    ),
    Office.CONTRACT_HOLDER: Text(
        "pemegang perjanjian kerja", "whoever holds the contract for the agency"
    ),
    Office.BPASN: Text(
        "Badan Pertimbangan Aparatur Sipil Negara (BPASN)", "the advisory body BPASN"
    ),
    Office.BAPEK: Text("Badan Pertimbangan Kepegawaian (BAPEK)", "the advisory body BAPEK"),
    Office.COURT: Text("pengadilan", "the court"),
    Office.OTHER: Text("pejabat lain", "another official"),
}
FLAGS: Mapping[tuple[Circumstance, str], Text] = {
    (Circumstance.IS_PPK, YES): Text("yang bersangkutan adalah PPK", "the person is the PPK"),
    (Circumstance.IS_PPK, NO): Text("yang bersangkutan bukan PPK", "the person is not the PPK"),
    (Circumstance.HEADS_REGIONAL_OFFICE, YES): Text(
        "yang bersangkutan mengepalai kantor wilayah", "the person heads a regional office"
    ),
    (Circumstance.HEADS_REGIONAL_OFFICE, NO): Text(
        "yang bersangkutan tidak mengepalai kantor wilayah",
        "the person does not head a regional office",
    ),
}
CIRCUMSTANCES: Mapping[Circumstance, Text] = {
    Circumstance.UNIT_HEADED_BY: Text("unit kerjanya dipimpin", "the unit is headed by"),
    Circumstance.RANK: Text("golongan ruang atau eselon", "rank or echelon"),
    Circumstance.SKILL: Text("jenjang keterampilan", "skilled level"),
    Circumstance.AGENCY: Text("instansi induk", "the own agency"),
    Circumstance.ASSIGNMENT: Text("tempat tugas", "place of duty"),
}
VALUES: Mapping[str, Text] = {
    Rank.ECHELON_V: Text("eselon V", "echelon V"),
    Rank.I: Text("I/a sampai dengan I/d", "I/a to I/d"),
    Rank.II_A_B: Text("II/a atau II/b", "II/a or II/b"),
    Rank.II_C_TO_III_A: Text("II/c sampai dengan III/a", "II/c to III/a"),
    Rank.III_B: Text("III/b", "III/b"),
    Rank.III_C_D: Text("III/c atau III/d", "III/c or III/d"),
    Rank.IV_A_C: Text("IV/a sampai dengan IV/c", "IV/a to IV/c"),
    Rank.IV_D_E: Text("IV/d atau IV/e", "IV/d or IV/e"),
    Skill.PENYELIA: Text("penyelia", "penyelia"),
    Skill.PELAKSANA_LANJUTAN: Text("pelaksana lanjutan", "pelaksana lanjutan"),
    Skill.PELAKSANA: Text("pelaksana", "pelaksana"),
    Skill.PELAKSANA_PEMULA: Text("pelaksana pemula", "pelaksana pemula"),
    Agency.CENTRAL: Text("instansi pusat", "a central agency"),
    Agency.PROVINCE: Text("provinsi", "a province"),
    Agency.REGENCY_CITY: Text("kabupaten/kota", "a regency or city"),
    Assignment.OWN_AGENCY: Text("instansi sendiri", "the own agency"),
    Assignment.SECONDED: Text(
        "dipekerjakan pada instansi lain", "seconded to another agency (dipekerjakan)"
    ),
    Assignment.LENT: Text(
        "diperbantukan pada instansi lain", "lent to another agency (diperbantukan)"
    ),
    Assignment.MISSION: Text("perwakilan Republik Indonesia", "an Indonesian mission abroad"),
    Assignment.ABROAD: Text(
        "negara lain, badan internasional, atau tugas di luar negeri",
        "another state, an international body, or duty abroad",
    ),
}
OTHERS: Mapping[OtherKind, Text] = {
    OtherKind.MAY: Text("Berwenang pula: {}", "Also competent: {}"),
    OtherKind.INSTEAD: Text("Sebagai gantinya: {}", "In its place: {}"),
    OtherKind.DELEGATE: Text("Dapat didelegasikan kepada {}", "It may be delegated to {}"),
}
WHYS: Mapping[Why, Text] = {
    Why.VACANT: Text(
        "Jabatannya lowong, yaitu {}; kewenangannya menjadi kewenangan pejabat yang lebih tinggi.",
        "The office of {} is vacant; its power passes to the next higher official.",
    ),
    Why.INACTIVE: Text(
        "Hukuman tidak dijatuhkan oleh {}; atasannya yang menjatuhkannya.",
        "No sanction was imposed by {}; the superior imposes it.",
    ),
}
REMEDIES: Mapping[RemedyKind, Text] = {
    RemedyKind.OBJECTION: Text("dapat diajukan keberatan kepada", "an objection may be made to"),
    RemedyKind.APPEAL: Text(
        "dapat diajukan banding administratif kepada", "an administrative appeal may be made to"
    ),
    RemedyKind.NONE: Text(
        "tidak dapat diajukan upaya administratif", "no administrative remedy stands open"
    ),
    RemedyKind.SILENT: Text(
        "peraturan yang diperoleh tidak menyebut upaya administratif",
        "the law that was found names no administrative remedy",
    ),
}
DECIDERS: Mapping[Decider, Text] = {
    Decider.PRESIDENT: Text("Presiden", "the President"),
    Decider.PPK: Text("PPK", "the PPK"),
    Decider.HEAD_OF_MISSION: OFFICES[Office.HEAD_OF_MISSION],
    Decider.GOVERNOR: OFFICES[Office.GOVERNOR],
    Decider.OFFICIAL: Text("pejabat lain", "another official"),
    Decider.CONTRACT_HOLDER: OFFICES[Office.CONTRACT_HOLDER],
}
FORUMS: Mapping[Forum, Text] = {
    Forum.PPK: OFFICES[Office.PPK],
    Forum.SUPERIOR: Text(
        "atasan pejabat yang menetapkan keputusan", "the superior of the official who decided"
    ),
    Forum.BPASN: Text(
        "Badan Pertimbangan Aparatur Sipil Negara (BPASN)",
        "the Civil Service Advisory Body (BPASN)",
    ),
    Forum.BAPEK: Text(
        "Badan Pertimbangan Kepegawaian (BAPEK)", "the Personnel Advisory Body (BAPEK)"
    ),
    Forum.ADMINISTRATIVE_COURT: Text("Pengadilan Tata Usaha Negara", "the administrative court"),
    Forum.HIGH_ADMINISTRATIVE_COURT: Text(
        "Pengadilan Tinggi Tata Usaha Negara", "the high administrative court"
    ),
}
ANSWERS: Mapping[Answer, Text] = {
    Answer.UPHOLD: Text("memperkuat", "uphold"),
    Answer.LIGHTEN: Text("memperingan", "lighten"),
    Answer.AGGRAVATE: Text("memperberat", "aggravate"),
    Answer.CHANGE: Text("mengubah", "change"),
    Answer.REVOKE: Text("mencabut", "revoke"),
    Answer.CANCEL: Text("membatalkan", "cancel"),
}
UNANSWERED: Mapping[Unanswered, Text] = {
    Unanswered.VOID: Text(
        "Jika tidak dijawab dalam tenggatnya, keputusan itu batal demi hukum.",
        "Without an answer in time the decision is void.",
    ),
    Unanswered.COURT: Text(
        "Jika tidak dijawab dalam tenggatnya, pegawai dapat mengajukan upaya hukum kepada {}.",
        "Without an answer in time the employee may go to {}.",
    ),
}
PHRASES: Mapping[str, Text] = {
    "or": Text("atau", "or"),
    "and": Text("dan", "and"),
    "proposes_here": Text(
        "Hukuman yang bukan kewenangan instansi tempat penugasan diusulkan oleh {} kepada {}, "
        "disertai berita acara pemeriksaan",
        "A sanction beyond the power of the host agency is proposed by {} to {}, with the minutes "
        "of the examination",
    ),
    "proposes": Text(
        "Bila {2}, hukuman yang bukan kewenangan instansi tempat penugasan diusulkan oleh {0} "
        "kepada {1}, disertai berita acara pemeriksaan",
        "If {2}, a sanction beyond the power of the host agency is proposed by {0} to {1}, with "
        "the minutes of the examination",
    ),
    "nobody": Text("Tidak ada pejabat yang berwenang", "No office is competent"),
    "competent": Text("Berwenang: {}", "Competent: {}"),
    "on_proposal": Text("atas usul {}", "on the proposal of {}"),
    "kinds": Text("untuk {}", "for {}"),
    "if": Text("apabila {}", "if {}"),
    "first": Text("Yang memutus lebih dahulu: {}.", "Who decides first: {}."),
    "unfilled": Text(
        "Jabatan itu sendiri tidak terisi atau tidak bertindak; tidak ada ketentuan tentang "
        "penggantinya.",
        "That office itself is vacant or did not act; no provision says who acts for it.",
    ),
    "named": Text("PPK: {}.", "PPK: {}."),
    "basis": Text("Dasar hukum: {}.", "Legal basis: {}."),
    "inferred": Text(
        "Bahwa ketentuan itu menunjuk jabatan ini merupakan kesimpulan [C].",
        "That these provisions come to this office is inferred [C].",
    ),
    "against": Text("Terhadap {} yang dijatuhkan oleh {}", "Against {} imposed by {}"),
    "until": Text("paling lambat {}", "by {} at the latest"),
    "open_day": Text(
        "bergantung pada pertanyaan hukum yang masih terbuka",
        "it depends on open questions of law",
    ),
    "no_period": Text("tenggatnya tidak ditemukan", "the period was not found"),
    "not_received": Text(
        "tenggatnya dihitung sejak keputusan diterima", "the period runs from receipt"
    ),
    "may": Text(
        "Keputusan atas upaya itu dapat {} keputusan semula.", "The answer may {} the decision."
    ),
    "then": Text(
        "Pegawai yang tidak puas terhadap keputusan atas upaya itu dapat mengajukan upaya hukum "
        "kepada {}.",
        "Who is not content with the answer may go to {}.",
    ),
    "final": Text("Keputusan atas upaya itu final.", "The answer is final."),
    "late": Text(
        "Upaya yang diajukan setelah tenggatnya ditetapkan tidak dapat diterima ({}).",
        "What is sought after its period is declared inadmissible ({}).",
    ),
    "binding": Text(
        "Keputusan atas upaya itu wajib dilaksanakan ({}).",
        "The answer must be carried out ({}).",
    ),
}
