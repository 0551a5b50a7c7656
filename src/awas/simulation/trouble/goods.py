"""Incidents with goods and vehicles. Pure."""

from msgspec.structs import replace

from awas.ledger.area import MINUTE, Instant
from awas.simulation.cast import Company, demo_plate
from awas.simulation.cues import Overlay, Scene, some
from awas.simulation.life.goods import Movement, announced_in, counted_in, letter_of, two
from awas.simulation.trouble.script import BY_DAY, BY_NIGHT, Script, overlay
from awas.warehouse.commands import (
    ArriveVehicle,
    ConfirmDelivery,
    ExplainDifference,
    LeaveVehicle,
    RefuseEntry,
    ReleaseGoods,
    ReportVehicleAttended,
    ReportVehicleUnattended,
)
from awas.warehouse.events import CountedLine, Line


def truck_seeks_address(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """A truck nobody announced, no escort; the driver leaves it to ask for the address. Sent away in the end."""
    chance, vehicle, plate = scene.chance(name), scene.key(name), demo_plate(scene, 95)
    arrives = ArriveVehicle(
        vehicle_id=vehicle,
        plate=plate,
        vehicle="box_truck",
        purpose="deliver",
        position="outside",
        driver=company.drivers[5].name,
        carrier="Ekspedisi Contoh (demo)",
        letter_number=f"SJ/{name.upper()}/DEMO",
        gate="gerbang",
    )
    alone_at = at + some(chance, 2, 4)
    back_at = alone_at + some(chance, 24, 34)
    ends_at = back_at + some(chance, 8, 14)
    refused = RefuseEntry(subject="goods", reason="unannounced", plate=plate, gate="gerbang")
    cues = [
        scene.watch(at, f"{name}.1", arrives),
        scene.watch(
            alone_at,
            f"{name}.2",
            ReportVehicleUnattended(vehicle_id=vehicle, position="outside", since_at=alone_at, loaded=True),
        ),
        scene.watch(back_at, f"{name}.3", ReportVehicleAttended(vehicle_id=vehicle)),
        scene.watch(ends_at - 2 * MINUTE, f"{name}.4", refused),
        scene.watch(ends_at, f"{name}.5", LeaveVehicle(vehicle_id=vehicle, loaded=True)),
    ]
    return overlay(scene, "truck_seeks_address", name, cues, from_at=at, ends_at=ends_at)


def truck_by_night(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """A truck stands by the fence at night with nobody in it, until the driver comes back from his meal."""
    chance, vehicle = scene.chance(name), scene.key(name)
    arrives = ArriveVehicle(
        vehicle_id=vehicle,
        plate=demo_plate(scene, 96),
        vehicle="truck",
        purpose="park",
        position="outside",
        driver=company.drivers[4].name,
        gate="gerbang",
    )
    alone_at = at + MINUTE
    ends_at = alone_at + some(chance, 28, 50)
    cues = [
        scene.watch(at, f"{name}.1", arrives),
        scene.watch(
            alone_at, f"{name}.2", ReportVehicleUnattended(vehicle_id=vehicle, position="outside", since_at=alone_at)
        ),
        scene.watch(ends_at - MINUTE, f"{name}.3", ReportVehicleAttended(vehicle_id=vehicle)),
        scene.watch(ends_at, f"{name}.4", LeaveVehicle(vehicle_id=vehicle)),
    ]
    return overlay(scene, "truck_by_night", name, cues, from_at=at, ends_at=ends_at)


def count_short(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """Announced at short notice, escorted, sealed; but the count is some hundred ballots short of the letter."""
    chance, vehicle = scene.chance(name), scene.key(f"truk-{name}")
    comes_at = at + some(chance, 12, 18)
    units = chance.randrange(8, 20) * 1000
    coming = Movement(
        name=name,
        lines=(Line(item="ballot", ballot="dpr", units=units, packages=units // 1000),),
        window_at=at,
        comes_at=comes_at,
        works_ms=0,
        seals=(),
        plate=demo_plate(scene, 94),
        driver=0,
        partner="Percetakan Contoh (demo)",
    )
    arrives = ArriveVehicle(
        vehicle_id=vehicle,
        plate=coming.plate,
        vehicle="box_truck",
        purpose="deliver",
        driver=company.drivers[0].name,
        escort="police",
        escort_count=2,
        consignment_id=scene.key(name),
        letter_number=letter_of(coming),
        gate="gerbang",
    )
    counted_at = comes_at + some(chance, 18, 26)
    ends_at = counted_at + some(chance, 20, 35)
    found = (replace(coming.lines[0], units=units - chance.randrange(100, 400)),)
    explained = ExplainDifference(
        consignment_id=scene.key(name), reason="miscounted_at_source", document_number=f"BA/{name.upper()}/DEMO"
    )
    cues = [
        announced_in(scene, coming, at),
        scene.watch(comes_at, f"{name}.1", arrives),
        scene.watch(counted_at, f"{name}.2", counted_in(scene, coming, vehicle, found, counted_at)),
        scene.watch(counted_at + 6 * MINUTE, f"{name}.3", LeaveVehicle(vehicle_id=vehicle, escort="police")),
        scene.watch(ends_at, f"{name}.4", explained),
    ]
    return overlay(scene, "count_short", name, cues, from_at=at, ends_at=ends_at)


def out_without_order(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """A pick-up fetches booths on somebody's word; the paper follows later."""
    chance, vehicle = scene.chance(name), scene.key(f"truk-{name}")
    consignment = scene.key(name)
    arrives = ArriveVehicle(
        vehicle_id=vehicle, plate=demo_plate(scene, 93), vehicle="pickup", purpose="collect", gate="gerbang"
    )
    out_at = at + some(chance, 10, 16)
    out = ReleaseGoods(
        release_id=scene.key(f"keluar-{name}"),
        consignment_id=consignment,
        lines=(CountedLine(item="booth", units=chance.randrange(10, 60)),),
        unannounced=True,
        final=True,
        vehicle_id=vehicle,
        receiver_institution="PPK (demo)",
        counted_by=two(scene, out_at),
    )
    ends_at = out_at + some(chance, 30, 45)
    paper = ConfirmDelivery(consignment_id=consignment, document_number=f"BAST/{name.upper()}/DEMO")
    cues = [
        scene.watch(at, f"{name}.1", arrives),
        scene.watch(out_at, f"{name}.2", out),
        scene.watch(out_at + 4 * MINUTE, f"{name}.3", LeaveVehicle(vehicle_id=vehicle, loaded=True)),
        scene.watch(ends_at, f"{name}.4", paper),
    ]
    return overlay(scene, "out_without_order", name, cues, from_at=at, ends_at=ends_at)


SCRIPTS = (
    Script(
        name="truck_seeks_address",
        rules=("WAR-01", "WAR-04", "WAR-05"),
        write=truck_seeks_address,
        real="Lebak, December 2023: one driver, no escort, KPU not told, truck left while he sought the address",
    ),
    Script(
        name="truck_by_night",
        rules=("WAR-05",),
        write=truck_by_night,
        real="after Lebak, December 2023",
        hours=BY_NIGHT,
    ),
    Script(
        name="count_short",
        rules=("WAR-18",),
        write=count_short,
        real="second stage 2024: wrong number in 61 districts; Kota Malang: tired counting",
        hours=BY_DAY,
    ),
    Script(
        name="out_without_order",
        rules=("WAR-16",),
        write=out_without_order,
        real="Kabupaten Tangerang, February 2024: surplus sent out and called back",
        hours=BY_DAY,
    ),
)
