"""The closed vocabulary: every value that a fact of an incident may take.

Members are written in incident files by their value (`pns`, `winning_team`). What each value
means, with an example and a near miss, stands in the codebook `facts.yaml`; a test keeps the two
equal.
"""

from enum import StrEnum


class Election(StrEnum):
    PILKADA_2018 = "pilkada_2018"
    PEMILU_2019 = "pemilu_2019"
    PILKADA_2020 = "pilkada_2020"
    PEMILU_2024 = "pemilu_2024"
    PILKADA_2024 = "pilkada_2024"
    PILKADA_2025_RERUN = "pilkada_2025_rerun"
    OTHER = "other"
    NONE = "none"


class SubjectStatus(StrEnum):
    PNS = "pns"
    CPNS = "cpns"
    PPPK = "pppk"
    PPPK_PART_TIME = "pppk_part_time"
    PPNPN = "ppnpn"
    TNI = "tni"
    POLRI = "polri"
    VILLAGE_STAFF = "village_staff"
    OTHER = "other"


class Post(StrEnum):
    JPT_UTAMA = "jpt_utama"
    JPT_MADYA = "jpt_madya"
    JPT_PRATAMA = "jpt_pratama"
    ADMINISTRATOR = "administrator"
    PENGAWAS = "pengawas"
    PELAKSANA = "pelaksana"
    JF_AHLI_UTAMA = "jf_ahli_utama"
    JF_AHLI_MADYA = "jf_ahli_madya"
    JF_AHLI_MUDA = "jf_ahli_muda"
    JF_AHLI_PERTAMA = "jf_ahli_pertama"
    JF_KETERAMPILAN = "jf_keterampilan"


class UnitKind(StrEnum):
    HEAD_OFFICE = "head_office"
    REGIONAL_OFFICE = "regional_office"
    TECHNICAL_UNIT = "technical_unit"
    REGIONAL_GOVERNMENT = "regional_government"
    SCHOOL = "school"
    HEALTH_SERVICE = "health_service"
    OTHER = "other"


class CltnState(StrEnum):
    """Cuti di luar tanggungan negara: leave outside the state's charge."""

    NONE = "none"
    APPLIED = "applied"
    GRANTED = "granted"
    IN_FORCE = "in_force"


class PartyRole(StrEnum):
    NONE = "none"
    REGISTERED_ONLY = "registered_only"
    MEMBER = "member"
    OFFICER = "officer"


class CandidacyStage(StrEnum):
    NONE = "none"
    DECLARED = "declared"
    REGISTERED = "registered"
    DETERMINED = "determined"


class Office(StrEnum):
    PRESIDENT = "president"
    DPR = "dpr"
    DPD = "dpd"
    DPRD_PROVINCE = "dprd_province"
    DPRD_REGENCY = "dprd_regency"
    GOVERNOR = "governor"
    REGENT = "regent"
    MAYOR = "mayor"


class Conduct(StrEnum):
    DISPLAY = "display"
    CAMPAIGN_ONLINE = "campaign_online"
    POST = "post"
    REACT = "react"
    FOLLOW = "follow"
    JOIN = "join"
    ATTEND = "attend"
    TAKE_PART = "take_part"
    ACCOMPANY = "accompany"
    APPROACH = "approach"
    HOLD_ACTIVITY = "hold_activity"
    EXPRESS_SUPPORT = "express_support"
    POSE = "pose"
    SERVE_ON_TEAM = "serve_on_team"
    GIVE_SUPPORT_LETTER = "give_support_letter"
    COLLECT_IDENTITY_CARDS = "collect_identity_cards"
    DECIDE = "decide"
    GIVE = "give"
    DECLARE_CANDIDACY = "declare_candidacy"
    BE_PARTY_MEMBER = "be_party_member"
    RECEIVE = "receive"
    VOTE = "vote"
    SERVE_AS_ELECTION_STAFF = "serve_as_election_staff"
    OTHER = "other"


class Occasion(StrEnum):
    DECLARATION = "declaration"
    REGISTRATION = "registration"
    INTRODUCTION = "introduction"
    CAMPAIGN = "campaign"
    PARTY_EVENT = "party_event"
    OFFICIAL = "official"
    RELIGIOUS = "religious"
    SOCIAL = "social"
    OTHER = "other"


class Medium(StrEnum):
    SOCIAL_MEDIA = "social_media"
    MESSAGING = "messaging"
    ONLINE_OTHER = "online_other"
    PRINT = "print"
    BROADCAST = "broadcast"
    IN_PERSON = "in_person"
    OTHER = "other"


class Interaction(StrEnum):
    LIKE = "like"
    COMMENT = "comment"
    SHARE = "share"


class AccountUsed(StrEnum):
    OWN = "own"
    AGENCY = "agency"
    OTHER_PERSON = "other_person"


class AccountReached(StrEnum):
    WINNING_TEAM = "winning_team"
    CANDIDATE_OWN = "candidate_own"
    PARTY = "party"
    OTHER = "other"


class Audience(StrEnum):
    PUBLIC = "public"
    CLOSED_GROUP = "closed_group"
    PRIVATE = "private"


class PhotoSubject(StrEnum):
    BENEFICIARY = "beneficiary"
    WINNING_TEAM = "winning_team"
    DISPLAY_MATERIAL = "display_material"


class Gesture(StrEnum):
    NONE = "none"
    NEUTRAL = "neutral"
    PARTISAN = "partisan"


class Background(StrEnum):
    NEUTRAL = "neutral"
    PARTISAN = "partisan"


class Attribute(StrEnum):
    PARTY = "party"
    CANDIDATE = "candidate"
    CIVIL_SERVANT = "civil_servant"


class Facility(StrEnum):
    VEHICLE = "vehicle"
    PREMISES = "premises"
    EQUIPMENT = "equipment"
    BUDGET = "budget"
    BROADCAST = "broadcast"


class FacilityTie(StrEnum):
    STATE = "state"
    OFFICE = "office"


class Addressee(StrEnum):
    UNIT_STAFF = "unit_staff"
    OTHER_STAFF = "other_staff"
    FAMILY = "family"
    PUBLIC = "public"


class Role(StrEnum):
    ATTENDEE = "attendee"
    SPEAKER = "speaker"
    ORGANISER = "organiser"
    EXECUTOR = "executor"
    FUNDER = "funder"
    OTHER = "other"


class TeamRole(StrEnum):
    EXPERT = "expert"
    WINNING_TEAM = "winning_team"
    CONSULTANT = "consultant"
    OTHER_NAME = "other_name"


class ApproachTarget(StrEnum):
    PARTY = "party"
    PUBLIC = "public"


class DutyOrder(StrEnum):
    NONE = "none"
    ORAL = "oral"
    WRITTEN = "written"


class Attribution(StrEnum):
    SUBJECT = "subject"
    OTHER_PERSON = "other_person"


class Knowledge(StrEnum):
    KNOWING = "knowing"
    UNAWARE_OF_BAN = "unaware_of_ban"
    ACCIDENTAL = "accidental"


class Impact(StrEnum):
    NONE = "none"
    UNIT = "unit"
    AGENCY = "agency"
    STATE = "state"


class ImpactShownBy(StrEnum):
    EXAMINER = "examiner"
    SUPERVISORY_BODY = "supervisory_body"
    PRESS = "press"
    NOBODY = "nobody"


class HateObject(StrEnum):
    STATE_FOUNDATIONS = "state_foundations"
    GOVERNMENT = "government"
    GROUP = "group"


class BeneficiaryKind(StrEnum):
    PARTY = "party"
    PERSON = "person"
    PAIR = "pair"
    EMPTY_BOX = "empty_box"


class Stage(StrEnum):
    """Stage of the beneficiary in the own contest, on the day of the act."""

    PROSPECTIVE = "prospective"
    CANDIDATE = "candidate"


class Relation(StrEnum):
    NONE = "none"
    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"


class Direction(StrEnum):
    FAVOURS = "favours"
    HARMS = "harms"
    NEUTRAL = "neutral"


class ReportChannel(StrEnum):
    PUBLIC_REPORT = "public_report"
    BAWASLU = "bawaslu"
    BKN = "bkn"
    KASN = "kasn"
    LAPOR = "lapor"
    MEDIA_MONITORING = "media_monitoring"
    SUPERIOR = "superior"
    INSPECTORATE = "inspectorate"
    OTHER = "other"


class SanctionRegime(StrEnum):
    ETHICS = "ethics"
    DISCIPLINE = "discipline"


class SanctionLevel(StrEnum):
    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"


class EvidenceKind(StrEnum):
    DOCUMENT = "document"
    SCREENSHOT = "screenshot"
    PHOTO = "photo"
    VIDEO = "video"
    STATEMENT = "statement"
    OFFICIAL_RECORD = "official_record"
    PRESS_REPORT = "press_report"
    REPORT = "report"
    """Another report of the same event. It shows nothing by itself: no standard counts it."""
    OTHER = "other"
