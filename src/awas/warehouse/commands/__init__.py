"""Everything that may be asked of the gate log of a warehouse, in the imperative.

A command carries what was seen; the facts for the rules are found by `decide`. Types bound every field; `decide`
holds them whoever made the command.
"""

from awas.ledger.message import Command
from awas.warehouse.commands import access, corrections, gate, goods, rounds, seals, weather
from awas.warehouse.commands.access import GrantAccess, RevokeAccess, SetSiteRules, UnlistPerson, WatchlistPerson
from awas.warehouse.commands.corrections import CorrectCount, CorrectEntry, FieldGiven, VoidEntry
from awas.warehouse.commands.gate import (
    ArriveVehicle,
    EnterPerson,
    ExtendVisit,
    LeavePerson,
    LeaveVehicle,
    RefuseEntry,
    ReportVehicleAttended,
    ReportVehicleUnattended,
)
from awas.warehouse.commands.goods import (
    AnnounceConsignment,
    CancelConsignment,
    ChangeConsignment,
    ConfirmDelivery,
    DispatchConsignment,
    ExplainDifference,
    ReceiveGoods,
    ReleaseGoods,
    SealSeen,
)
from awas.warehouse.commands.rounds import (
    CheckFitness,
    CloseIncident,
    CompleteRound,
    EndCondition,
    EndUse,
    GlanceAtStock,
    ReportCctv,
    ReportCondition,
    ReportGuards,
    ReportIncident,
    ReportUse,
    ReturnKey,
    ScanCheckpoint,
    TakeKey,
)
from awas.warehouse.commands.seals import ApplySeal, CheckSeal, RemoveSeal
from awas.warehouse.commands.weather import EndWeatherAlert, NoteWeatherAlert

COMMANDS: tuple[type[Command], ...] = (
    *gate.COMMANDS,
    *goods.COMMANDS,
    *seals.COMMANDS,
    *rounds.COMMANDS,
    *access.COMMANDS,
    *corrections.COMMANDS,
    *weather.COMMANDS,
)

__all__ = [
    "COMMANDS",
    "AnnounceConsignment",
    "ApplySeal",
    "ArriveVehicle",
    "CancelConsignment",
    "ChangeConsignment",
    "CheckFitness",
    "CheckSeal",
    "CloseIncident",
    "Command",
    "CompleteRound",
    "ConfirmDelivery",
    "CorrectCount",
    "CorrectEntry",
    "DispatchConsignment",
    "EndCondition",
    "EndUse",
    "EndWeatherAlert",
    "EnterPerson",
    "ExplainDifference",
    "ExtendVisit",
    "FieldGiven",
    "GlanceAtStock",
    "GrantAccess",
    "LeavePerson",
    "LeaveVehicle",
    "NoteWeatherAlert",
    "ReceiveGoods",
    "RefuseEntry",
    "ReleaseGoods",
    "RemoveSeal",
    "ReportCctv",
    "ReportCondition",
    "ReportGuards",
    "ReportIncident",
    "ReportUse",
    "ReportVehicleAttended",
    "ReportVehicleUnattended",
    "ReturnKey",
    "RevokeAccess",
    "ScanCheckpoint",
    "SealSeen",
    "SetSiteRules",
    "TakeKey",
    "UnlistPerson",
    "VoidEntry",
    "WatchlistPerson",
]  # fmt: skip
