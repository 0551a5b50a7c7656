"""Folds of vehicles at the gate."""

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import log_of
from awas.warehouse.events import VehicleArrived, VehicleAttended, VehicleLeft, VehicleUnattended
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold, amend
from awas.warehouse.items import PlatePresence, Vehicle
from awas.warehouse.keys import plate_key
from awas.warehouse.site import Site


def _arrived(site: Site, stamp: Stamp, _: VehicleArrived) -> Changes:
    return {"vehicles_inside": site.vehicles_inside + 1, "last_gate_at": moment(stamp)}


def _unattended(site: Site, _: Stamp, event: VehicleUnattended) -> Changes:
    return {} if event.again else {"vehicles_unattended": site.vehicles_unattended + 1}


def _attended(site: Site, _: Stamp, __: VehicleAttended) -> Changes:
    return {"vehicles_unattended": site.vehicles_unattended - 1}


def _left(site: Site, stamp: Stamp, event: VehicleLeft) -> Changes:
    return {
        "vehicles_inside": site.vehicles_inside - 1,
        "vehicles_unattended": site.vehicles_unattended - event.unattended,
        "last_gate_at": moment(stamp),
    }


SITE: dict[type, SiteFold] = {
    VehicleArrived: _arrived,
    VehicleUnattended: _unattended,
    VehicleAttended: _attended,
    VehicleLeft: _left,
}


def _stay_begins(items: Items, stamp: Stamp, event: VehicleArrived) -> None:
    at, log = moment(stamp), log_of(stamp.place)
    vehicle = Vehicle(
        key=event.vehicle_id,
        log=log,
        place=stamp.place,
        plate=event.plate,
        state="here",
        vehicle=event.vehicle,
        purpose=event.purpose,
        position=event.position,
        arrived_at=at,
        driver_ref=event.driver.ref if event.driver else "",
        carrier=event.carrier,
        escort=event.escort,
        escort_ref=event.escort_names.ref if event.escort_names else "",
        escort_count=event.escort_count,
        consignment_id=event.consignment_id,
        announced=event.announced,
        gate=event.gate,
        photos=event.photos,
    )
    items.put("vehicle", event.vehicle_id, vehicle)
    key = plate_key(stamp.place, event.plate)
    items.put(
        "plate",
        key,
        PlatePresence(key=key, log=log, place=stamp.place, vehicle_id=event.vehicle_id, since_at=at),
    )


def _left_alone(items: Items, _: Stamp, event: VehicleUnattended) -> None:
    amend(items, "vehicle", event.vehicle_id, unattended_since_at=event.since_at, position=event.position)


def _watched_again(items: Items, _: Stamp, event: VehicleAttended) -> None:
    amend(items, "vehicle", event.vehicle_id, unattended_since_at=0)


def _stay_ends(items: Items, stamp: Stamp, event: VehicleLeft) -> None:
    left_at = max(moment(stamp), event.arrived_at)
    amend(
        items,
        "vehicle",
        event.vehicle_id,
        state="left",
        left_at=left_at,
        unattended_since_at=0,
        loaded_out=event.loaded,
    )
    plate_is_gone(items, stamp, event.plate, event.vehicle_id, left_at)


def plate_is_gone(items: Items, stamp: Stamp, plate: str, vehicle_id: str, at: int) -> None:
    """The plate is nowhere any more, unless it has turned up elsewhere since."""
    key = plate_key(stamp.place, plate)
    seen: PlatePresence | None = items.get("plate", key)
    if seen is not None and seen.vehicle_id == vehicle_id:
        amend(items, "plate", key, place="", vehicle_id="", since_at=at, last_left_at=at)


ITEMS: dict[type, ItemFold] = {
    VehicleArrived: _stay_begins,
    VehicleUnattended: _left_alone,
    VehicleAttended: _watched_again,
    VehicleLeft: _stay_ends,
}
