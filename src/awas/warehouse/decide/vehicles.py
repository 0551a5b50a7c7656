"""Decisions about vehicles at the gate."""

from awas.ledger.area import Items, Refused, Stamp
from awas.ledger.message import moment
from awas.warehouse.commands import ArriveVehicle, LeaveVehicle, ReportVehicleAttended, ReportVehicleUnattended
from awas.warehouse.counting import OPEN, window_fit
from awas.warehouse.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_here,
    require_new,
)
from awas.warehouse.events import VehicleArrived, VehicleAttended, VehicleLeft, VehicleUnattended
from awas.warehouse.items import Consignment, PlatePresence, Vehicle
from awas.warehouse.keys import place_of, plate_key
from awas.warehouse.site import Site


def arrive_vehicle(site: Site, items: Items, stamp: Stamp, command: ArriveVehicle) -> Decision:
    """Announced or not, escorted or not: it stands at the gate, so it is recorded."""
    require_born_here(stamp, command.vehicle_id)
    require_new(items, "vehicle", command.vehicle_id, "vehicle_exists")
    consignment: Consignment | None = None
    if command.consignment_id:
        consignment = require_found(items, "consignment", command.consignment_id, "consignment_unknown")
    fit, off_window_ms = window_fit(consignment, moment(stamp))
    expected_place = _meets_at(consignment) if consignment else ""
    seen: PlatePresence | None = items.get("plate", plate_key(stamp.place, command.plate))
    return [
        VehicleArrived(
            vehicle_id=command.vehicle_id,
            plate=command.plate,
            vehicle=command.vehicle,
            purpose=command.purpose,
            position=command.position,
            driver=command.driver,
            carrier=command.carrier,
            escort=command.escort,
            escort_names=command.escort_names,
            escort_count=command.escort_count,
            consignment_id=command.consignment_id,
            letter_number=command.letter_number,
            gate=command.gate,
            photos=command.photos,
            announced=consignment is not None
            and consignment.status in OPEN
            and consignment.announced_at > 0
            and expected_place == stamp.place,
            window_fit=fit,
            off_window_ms=off_window_ms,
            expected_place=expected_place if expected_place != stamp.place else "",
            ballots_expected=consignment is not None and any(line.item == "ballot" for line in consignment.lines),
            vehicles_after=site.vehicles_inside + 1,
            plate_inside_already=seen.place if seen and seen.vehicle_id else "",
        )
    ]


def _meets_at(consignment: Consignment) -> str:
    """Where a vehicle of a consignment is expected: goods on their way at the receiver, others where they lie."""
    if consignment.direction == "out" and consignment.status == "announced":
        return consignment.from_place
    return consignment.at_place


def _require_vehicle(items: Items, stamp: Stamp, vehicle_id: str) -> Vehicle:
    vehicle: Vehicle = require_found(items, "vehicle", vehicle_id, "vehicle_unknown")
    require_here(stamp, vehicle, "vehicle_elsewhere")
    if vehicle.state == "void":
        raise Refused("vehicle_void", key=vehicle_id)
    if vehicle.state == "left":
        raise Refused("vehicle_already_left", key=vehicle_id, left_at=vehicle.left_at)
    return vehicle


def report_vehicle_unattended(_: Site, items: Items, stamp: Stamp, command: ReportVehicleUnattended) -> Decision:
    """A second report keeps the first beginning."""
    vehicle = _require_vehicle(items, stamp, command.vehicle_id)
    at = moment(stamp)
    since_at = vehicle.unattended_since_at or min(command.since_at or at, at)
    return [
        VehicleUnattended(
            vehicle_id=vehicle.key,
            plate=vehicle.plate,
            position=command.position,
            since_at=since_at,
            loaded=command.loaded,
            again=vehicle.unattended_since_at > 0,
            consignment_id=vehicle.consignment_id,
            photos=command.photos,
        )
    ]


def report_vehicle_attended(_: Site, items: Items, stamp: Stamp, command: ReportVehicleAttended) -> Decision:
    vehicle = _require_vehicle(items, stamp, command.vehicle_id)
    if not vehicle.unattended_since_at:
        raise Refused("vehicle_not_unattended", key=vehicle.key)
    return [VehicleAttended(vehicle_id=vehicle.key, plate=vehicle.plate, since_at=vehicle.unattended_since_at)]


def leave_vehicle(site: Site, items: Items, stamp: Stamp, command: LeaveVehicle) -> Decision:
    """A load that the record didn't release onto it is a fact of the event."""
    vehicle = _require_vehicle(items, stamp, command.vehicle_id)
    return [
        VehicleLeft(
            vehicle_id=vehicle.key,
            plate=vehicle.plate,
            vehicle=vehicle.vehicle,
            purpose=vehicle.purpose,
            arrived_at=vehicle.arrived_at,
            loaded=command.loaded,
            released=vehicle.released,
            unattended=vehicle.unattended_since_at > 0,
            escort=command.escort,
            escort_count=command.escort_count,
            consignment_id=vehicle.consignment_id,
            photos=command.photos,
            vehicles_after=site.vehicles_inside - 1,
        )
    ]


def _arrive_needs(command: ArriveVehicle) -> tuple[tuple[str, str], ...]:
    wanted = (("vehicle", command.vehicle_id), ("plate", plate_key(place_of(command.vehicle_id), command.plate)))
    return (*wanted, ("consignment", command.consignment_id)) if command.consignment_id else wanted


DECIDERS: dict[type, Decider] = {
    ArriveVehicle: arrive_vehicle,
    ReportVehicleUnattended: report_vehicle_unattended,
    ReportVehicleAttended: report_vehicle_attended,
    LeaveVehicle: leave_vehicle,
}
NEEDS: dict[type, Need] = {
    ArriveVehicle: _arrive_needs,
    ReportVehicleUnattended: lambda command: (("vehicle", command.vehicle_id),),
    ReportVehicleAttended: lambda command: (("vehicle", command.vehicle_id),),
    LeaveVehicle: lambda command: (("vehicle", command.vehicle_id),),
}
