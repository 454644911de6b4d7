"""Words of the record: offices, and what steps come to. Stable in files; no rule reads them."""

from enum import StrEnum


class Office(StrEnum):
    """An office that acts in a proceeding, by its place in the law and never by a name."""

    PRESIDENT = "president"
    COORDINATING_MINISTER = "coordinating_minister"
    GOVERNOR = "governor"
    """Gubernur selaku wakil Pemerintah: of the province in which a regency or city lies."""
    PPK = "ppk"
    """Pejabat pembina kepegawaian: the personnel authority; in a ministry the minister."""
    HOST_PPK = "host_ppk"
    """The personnel authority of the agency to which somebody is assigned."""
    HOME_PPK = "home_ppk"
    """The personnel authority of the agency from which somebody is assigned (instansi induk)."""
    HOST_AGENCY_HEAD = "host_agency_head"
    HOME_AGENCY_HEAD = "home_agency_head"
    HEAD_OF_MISSION = "head_of_mission"
    """Kepala Perwakilan Republik Indonesia: of a mission abroad."""
    PYB = "pyb"
    """Pejabat yang berwenang: who proposes to the personnel authority."""
    DIRECT_SUPERIOR = "direct_superior"
    SUPERIOR_OF_DIRECT_SUPERIOR = "superior_of_direct_superior"
    REGENCY_SECRETARY = "regency_secretary"
    """Sekretaris daerah kabupaten/kota: of a regency or city."""
    JPT_MADYA = "jpt_madya"
    JPT_PRATAMA = "jpt_pratama"
    ADMINISTRATOR = "administrator"
    PENGAWAS = "pengawas"
    DESIGNATED_JF_AHLI_MADYA = "designated_jf_ahli_madya"
    """Where the unit has no administrator."""
    DESIGNATED_JF_AHLI_MUDA = "designated_jf_ahli_muda"
    """Where the unit has no pengawas."""
    ECHELON_I = "echelon_i"
    ECHELON_II = "echelon_ii"
    ECHELON_III = "echelon_iii"
    ECHELON_IV = "echelon_iv"
    ECHELON_V = "echelon_v"
    DELEGATED_OFFICIAL = "delegated_official"
    """To whom the PPK delegates; not below echelon IV (PP 42/2004 Article 15(5))."""
    EXAMINATION_TEAM = "examination_team"
    ETHICS_COUNCIL = "ethics_council"
    COMPETENT_OFFICIAL = "competent_official"
    """Whoever is competent under the law on the action that is taken."""
    AGENCY_RULE = "agency_rule"
    """Whoever the agency's own rule on PPPK, or the contract, names."""
    CONTRACT_HOLDER = "contract_holder"
    BPASN = "bpasn"
    BAPEK = "bapek"
    COURT = "court"
    OTHER = "other"


class Assignment(StrEnum):
    """Where somebody serves: in the own agency, or assigned to another one."""

    OWN_AGENCY = "own_agency"
    SECONDED = "seconded"
    """Dipekerjakan: in another agency, paid by the own one."""
    LENT = "lent"
    """Diperbantukan: in another agency, and paid by it."""
    MISSION = "mission"
    """At an Indonesian mission abroad."""
    ABROAD = "abroad"
    """With another state or an international body, or on duty abroad."""


class Agency(StrEnum):
    """Whose agency somebody belongs to (instansi induk)."""

    CENTRAL = "central"
    """Instansi pusat: a ministry or agency of the state, its offices in the regions too."""
    PROVINCE = "province"
    REGENCY_CITY = "regency_city"
    """Kabupaten/kota."""


class RecordStep(StrEnum):
    """What kind of step a record is."""

    INFORMED = "informed"
    REFERRAL = "referral"
    RECOMMENDATION = "recommendation"
    SUMMONS = "summons"
    TEAM = "team"
    RELEASE = "release"
    EXAMINATION = "examination"
    STATEMENT = "statement"
    DEFENCE = "defence"
    COUNCIL_HEARING = "council_hearing"
    COUNCIL_DECISION = "council_decision"
    RESIGNATION = "resignation"
    SUSPENSION = "suspension"
    """Of the dismissal of who resigned."""
    PROPOSAL = "proposal"
    DECISION = "decision"
    DELIVERY = "delivery"
    FILING = "filing"
    OBJECTION = "objection"
    APPEAL = "appeal"
    RESPONSE = "response"
    REVIEW = "review"
    REVOCATION = "revocation"


class CaseRegime(StrEnum):
    """The body of law under which something is decided."""

    ETHICS = "ethics"
    DISCIPLINE = "discipline"
    DISMISSAL = "dismissal"
    CANDIDATE = "candidate"
    CONTRACT = "contract"


class TeamMember(StrEnum):
    """An element of an examination team."""

    DIRECT_SUPERIOR = "direct_superior"
    SUPERIOR_OF_DIRECT_SUPERIOR = "superior_of_direct_superior"
    """In the place of a direct superior who is involved."""
    SUPERVISION = "supervision"
    PERSONNEL = "personnel"
    OTHER = "other"


class Vote(StrEnum):
    """How a council came to its decision."""

    CONSENSUS = "consensus"
    MAJORITY = "majority"
    NEITHER = "neither"


class Signature(StrEnum):
    SIGNED = "signed"
    REFUSED = "refused"
    ABSENT = "absent"


class DecisionResult(StrEnum):
    SANCTION = "sanction"
    NO_BREACH = "no_breach"


class Reason(StrEnum):
    """What the reasons of a decision state."""

    BREACH_NAMED = "breach_named"
    FACTS_FOUND = "facts_found"
    EVIDENCE_WEIGHED = "evidence_weighed"
    DEFENCE_ANSWERED = "defence_answered"
    BACKGROUND_WEIGHED = "background_weighed"
    IMPACT_WEIGHED = "impact_weighed"
    LAW_CITED = "law_cited"
    REMEDY_NAMED = "remedy_named"


class ReviewResult(StrEnum):
    UPHELD = "upheld"
    LIGHTENED = "lightened"
    AGGRAVATED = "aggravated"
    CHANGED = "changed"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    INADMISSIBLE = "inadmissible"


def words() -> set[str]:
    """Every word of this vocabulary."""
    return {
        member.value
        for kind in StrEnum.__subclasses__()
        if kind.__module__ == __name__
        for member in kind
    }
