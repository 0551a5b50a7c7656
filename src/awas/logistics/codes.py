"""The codes of logistics that commands and events may carry. Only ever added to. Pure."""

from typing import Literal

DifferenceReason = Literal[
    "none",
    "miscounted_at_source",
    "miscounted_here",
    "follows_later",
    "lost",
    "stolen",
    "damaged_in_transit",
    "wrong_dapil",
    "wrong_address",
    "replacement",
    "moved_to_other_station",
    "paper_error",
    "not_known",
    "other",
]

OPEN_REASONS = frozenset({"none", "not_known"})
"""Reasons that explain nothing: the difference still waits for one."""

DamageCriterion = Literal[
    "colour", "torn", "colour_marker", "party_name", "kpu_logo", "hole", "photo", "party_symbol", "wet", "other"
]
"""The eight of Kpt KPU 1395/2023 (news.detik.com/pemilu/d-7136000) in its order; wet and other are ours."""

Leg = Literal["to_kecamatan", "to_village", "to_station", "return", "recapitulation"]
KitState = Literal["packing", "packed", "transit", "held", "supplied", "returning", "returned", "recapped"]
TransferState = Literal["offered", "accepted", "refused", "recalled"]
UnitKind = Literal["box", "package", "carton", "bag"]
WorkShift = Literal["", "morning", "afternoon", "night"]
"""Of those who sort and fold; empty where nobody said."""
UnitState = Literal["labelled", "sealed", "opened", "transit", "void"]
SealResult = Literal["intact", "broken", "different", "missing"]
Counter = Literal["bawaslu", "kpu", "police", "witness", "other"]
Escort = Literal["none", "police", "army", "police_army", "satpol_pp", "kpu", "other"]
ClosureState = Literal["open", "closed", "reopen_asked"]
