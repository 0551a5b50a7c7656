"""Everything that can happen in the gate log of a warehouse.

The tag of an event is its name for ever; a field is only ever added, with a default. Never rename, never change a
default: entries of years ago are read with these types.
"""

from awas.ledger.message import Event
from awas.warehouse.events import access, corrections, gate, goods, rounds, seals, weather
from awas.warehouse.events.access import AccessGranted, AccessRevoked, PersonUnlisted, PersonWatchlisted, SiteRulesSet
from awas.warehouse.events.corrections import CorrectedField, CountCorrected, EntryCorrected, EntryVoided
from awas.warehouse.events.gate import (
    Carried,
    EntryRefused,
    PersonEntered,
    PersonLeft,
    VehicleArrived,
    VehicleAttended,
    VehicleLeft,
    VehicleUnattended,
    VisitExtended,
)
from awas.warehouse.events.goods import (
    BeyondStock,
    ConsignmentAnnounced,
    ConsignmentCancelled,
    ConsignmentChanged,
    ConsignmentDispatched,
    ConsignmentExpected,
    CountedLine,
    DeliveryConfirmed,
    Difference,
    DifferenceExplained,
    GoodsReceived,
    GoodsReleased,
    Line,
    ReceiptReported,
)
from awas.warehouse.events.rounds import (
    Answer,
    CctvReported,
    CheckpointScanned,
    ConditionEnded,
    ConditionReported,
    FitnessChecked,
    GuardsReported,
    IncidentClosed,
    IncidentReported,
    KeyReturned,
    KeyTaken,
    RoundCompleted,
    StockChange,
    StockCount,
    StockGlanced,
    UseEnded,
    UseReported,
)
from awas.warehouse.events.seals import SealApplied, SealChecked, SealMovedAway, SealRemoved
from awas.warehouse.events.weather import WeatherAlertEnded, WeatherAlertNoted

EVENTS: tuple[type[Event], ...] = (
    *gate.EVENTS,
    *goods.EVENTS,
    *seals.EVENTS,
    *rounds.EVENTS,
    *access.EVENTS,
    *corrections.EVENTS,
    *weather.EVENTS,
)

__all__ = [
    "EVENTS", "AccessGranted", "AccessRevoked", "Answer", "BeyondStock", "Carried", "CctvReported",
    "CheckpointScanned", "ConditionEnded", "ConditionReported", "ConsignmentAnnounced", "ConsignmentCancelled",
    "ConsignmentChanged", "ConsignmentDispatched", "ConsignmentExpected", "CorrectedField", "CountCorrected",
    "CountedLine", "DeliveryConfirmed", "Difference", "DifferenceExplained", "EntryCorrected", "EntryRefused",
    "EntryVoided", "Event", "FitnessChecked", "GoodsReceived", "GoodsReleased", "GuardsReported", "IncidentClosed",
    "IncidentReported", "KeyReturned", "KeyTaken", "Line", "PersonEntered", "PersonLeft", "PersonUnlisted",
    "PersonWatchlisted", "ReceiptReported", "RoundCompleted", "SealApplied", "SealChecked", "SealMovedAway",
    "SealRemoved", "SiteRulesSet", "StockChange", "StockCount", "StockGlanced", "UseEnded", "UseReported",
    "VehicleArrived", "VehicleAttended", "VehicleLeft", "VehicleUnattended", "VisitExtended",
    "WeatherAlertEnded", "WeatherAlertNoted",
]  # fmt: skip
