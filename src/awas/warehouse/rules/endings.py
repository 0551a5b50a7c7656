"""What ends a condition of several rules alike: the visitor or vehicle left, the entry was voided. Pure."""

from awas.ledger.area import Stamp
from awas.warehouse import events as happened
from awas.warnings.rule import Cleared, Disarm, Limits, Outcomes, Watch


def person_left(watch: Watch, stamp: Stamp, event: happened.PersonLeft, limits: Limits) -> Outcomes:
    """For rules whose key is the visit."""
    return (Disarm(key=event.visit_id), Cleared(key=event.visit_id, why="left"))


def vehicle_left(watch: Watch, stamp: Stamp, event: happened.VehicleLeft, limits: Limits) -> Outcomes:
    """For rules whose key is the vehicle's stay."""
    return (Disarm(key=event.vehicle_id), Cleared(key=event.vehicle_id, why="left"))


def voided(watch: Watch, stamp: Stamp, event: happened.EntryVoided, limits: Limits) -> Outcomes:
    """The thing never was: for rules whose key is what the voided entry was about."""
    if not event.effect.endswith("_void"):
        return ()
    return (Disarm(key=event.subject), Cleared(key=event.subject, why="corrected"))
