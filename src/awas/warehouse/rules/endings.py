"""What ends a condition of several rules alike. Pure."""

from awas.ledger.area import Stamp
from awas.warehouse import events as happened
from awas.warnings.rule import Cleared, Disarm, Ends, Limits, Outcomes, Watch

VISIT_OVER: Ends = {happened.PersonLeft: ("visit_id", "left")}
"""For rules whose key is the visit."""

VEHICLE_GONE: Ends = {happened.VehicleLeft: ("vehicle_id", "left")}
"""For rules whose key is the vehicle's stay."""


def voided(watch: Watch, stamp: Stamp, event: happened.EntryVoided, limits: Limits) -> Outcomes:
    """The thing never was: for rules whose key is what the voided entry was about."""
    if not event.effect.endswith("_void"):
        return ()
    return (Disarm(key=event.subject), Cleared(key=event.subject, why="corrected"))
