"""The words of the gate log: every code a command or an event may carry.

Codes are only ever added: an entry of last year must still be read. They say what was seen, never a judgement of it.
"""

from typing import Literal, get_args

IdentityKind = Literal["ktp", "sim", "kta", "passport", "staff_card", "none"]
"""KTP: national identity card; SIM: driving licence; KTA: service card of police or army."""

Role = Literal[
    "guard",  # satpam, Jagat Saksana
    "watcher",  # petugas piket Bawaslu
    "supervisor",  # Bawaslu other than the watch: Panwascam, PKD
    "kpu_staff",
    "ad_hoc_staff",  # PPK, PPS
    "police",
    "army",
    "satpol_pp",
    "sorter",  # petugas sortir-lipat
    "porter",
    "driver",
    "supplier",
    "technician",
    "party_witness",
    "observer",
    "press",
    "official",  # Forkopimda, Kejaksaan, Kesbangpol
    "guest",
    "other",
]

Purpose = Literal[
    "duty",
    "sorting",
    "packing",
    "delivery",
    "collection",
    "counting",
    "supervision",
    "inspection",
    "maintenance",
    "cleaning",
    "meeting",
    "visit",
    "event",
    "other",
]

CarriedItem = Literal["bag", "phone", "camera", "laptop", "tools", "documents", "food", "jacket", "parcel", "other"]

RefusalReason = Literal[
    "off_list",
    "watchlisted",
    "no_letter",
    "no_identity",
    "no_escort",
    "out_of_hours",
    "prohibited_item",
    "body_check_declined",
    "party_member",  # found in SIPOL, the party register: sorters may not be
    "unfit",
    "no_documents",
    "unannounced",
    "site_closed",
    "other",
]

RefusedSubject = Literal["person", "vehicle", "goods"]
ListState = Literal["listed", "unlisted", "no_list"]
PassState = Literal["none", "free", "held", "missing"]
LeaveReason = Literal["left", "entered_elsewhere", "entered_again"]

VehicleKind = Literal["truck", "box_truck", "pickup", "van", "car", "motorcycle", "boat", "other"]
Escort = Literal["none", "police", "army", "police_army", "satpol_pp", "kpu", "other"]
VehiclePurpose = Literal["deliver", "collect", "service", "official", "park", "other"]
VehiclePosition = Literal["outside", "gate", "yard", "inside"]

Direction = Literal["in", "out"]
ItemKind = Literal[
    "ballot",  # surat suara
    "box",  # kotak suara
    "booth",  # bilik
    "ink",  # tinta
    "paper_seal",  # segel kertas
    "cable_tie",  # segel plastik
    "punch_kit",  # alat coblos
    "padlock",
    "envelope",  # sampul
    "form",  # formulir berita acara dan sertifikat
    "plano",  # C.Hasil plano
    "voter_list",  # salinan DPT, DPTb
    "candidate_list",  # DCT, daftar paslon
    "braille_template",
    "label",
    "station_kit",
    "result_box",
    "other",
]
ConsignmentStatus = Literal["announced", "in_transit", "part_received", "received", "cancelled", "void"]
DifferenceKind = Literal["short", "over", "unexpected"]
DifferenceReason = Literal[
    "none", "miscounted_at_source", "miscounted_here", "follows_later", "lost", "damaged_in_transit", "wrong_dapil",
    "wrong_address", "replacement", "paper_error", "not_known", "other",
]  # fmt: skip
WindowFit = Literal["no_window", "early", "within", "late"]

SealKind = Literal["paper", "cable_tie", "padlock", "bolt", "wire", "other"]
SealedObject = Literal["door", "gate", "room", "box", "container", "vehicle", "cabinet", "cctv_recorder", "other"]
SealResult = Literal["intact", "broken", "different", "missing"]
SealState = Literal["unregistered", "intact", "broken", "different", "missing", "removed", "void"]
SealRemovalReason = Literal["opening", "receiving", "inspection", "replacement", "emergency", "damage", "other"]

Finding = Literal[
    "none", "door_open", "lock_broken", "window_open", "seal_broken", "stranger", "light_out", "leak", "smell_of_smoke",
    "noise", "pest", "stack_fallen", "camera_covered", "guard_absent", "guard_asleep", "other",
]  # fmt: skip
ConditionKind = Literal[
    "leak", "flood", "fire", "smoke", "power_cut", "heat", "damp", "pests", "structure", "storm", "gas", "other",
]  # fmt: skip
Severity = Literal["low", "high", "critical"]
OtherUse = Literal["sport", "meeting", "event", "residence", "foreign_storage", "trade", "parking", "campaign", "other"]
IncidentKind = Literal[
    "intrusion", "theft", "tampering", "damage", "fire", "flood", "threat", "violence", "obstruction", "protest",
    "document_missing", "unofficial_storage", "injury", "other",
]  # fmt: skip
IncidentOutcome = Literal["resolved", "handed_to_police", "handed_to_bawaslu", "unfounded", "duplicate", "other"]
Verdict = Literal["ok", "bad", "na"]
TwoPersonActivity = Literal["receiving", "releasing", "seal_removal", "stock", "entry"]
CorrectionReason = Literal[
    "typing", "duplicate", "wrong_person", "wrong_place", "wrong_time", "did_not_happen", "other",
]  # fmt: skip

Hazard = Literal[
    "rain", "flood", "storm", "wind", "wave", "tsunami", "earthquake", "landslide", "volcano", "fire", "heat", "other",
]  # fmt: skip
"""What an alert of others warns of, told from its words."""
Threat = Literal["extreme", "severe", "moderate", "minor", "unknown"]
"""CAP 1.2 `severity`, in small letters."""
Urgency = Literal["immediate", "expected", "future", "past", "unknown"]
Certainty = Literal["observed", "likely", "possible", "unlikely", "unknown"]
AlertBasis = Literal["polygon", "circle", "geocode", "name"]
"""By what an alert was found to hold over a site."""
AlertEnd = Literal["cancelled", "replaced", "moved_away"]

ROLES: tuple[str, ...] = get_args(Role)
PURPOSES: tuple[str, ...] = get_args(Purpose)
REFUSAL_REASONS: tuple[str, ...] = get_args(RefusalReason)
ITEM_KINDS: tuple[str, ...] = get_args(ItemKind)
CONDITION_KINDS: tuple[str, ...] = get_args(ConditionKind)
