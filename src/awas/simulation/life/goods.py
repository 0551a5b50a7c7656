"""A day of goods: a delivery announced the day before and counted in by two, a release with its order. Pure.

Quantities are plausible, not real: cartons of 1,000 ballots, kits by the share of a subdistrict. Nothing here may be
short, unannounced, unescorted or unsealed: those are incidents.
"""

from collections.abc import Iterator

from msgspec import Struct

from awas.ledger.area import HOUR, MINUTE, Instant
from awas.simulation.cast import Company, demo_plate
from awas.simulation.cues import Cue, Scene, some
from awas.warehouse.commands import (
    AnnounceConsignment,
    ArriveVehicle,
    ConfirmDelivery,
    DispatchConsignment,
    LeaveVehicle,
    ReceiveGoods,
    ReleaseGoods,
    SealSeen,
)
from awas.warehouse.events import CountedLine, Line
from awas.warehouse.keys import seal_key

BALLOTS = ("ppwp", "dpr", "dpd", "dprd_prov", "dprd_kab")
WITNESSES = ("kpu", "bawaslu", "police")

DELIVERIES = {"sorting": 0.6, "packing": 0.25}
"""How likely a delivery is on a day of each phase."""

HOURS = (8, 9, 9, 10, 11, 12, 13, 14, 16, 19, 20)
"""When deliveries are announced for: by day mostly, some in the evening after a long road."""


class Movement(Struct, frozen=True, kw_only=True):
    """One delivery or release of a day, decided the day before."""

    name: str
    lines: tuple[Line, ...]
    window_at: Instant
    comes_at: Instant
    works_ms: int
    seals: tuple[str, ...]
    plate: str
    driver: int
    partner: str


def goods_of(scene: Scene, company: Company, day: int, is_first: bool) -> Iterator[Cue]:
    """Today's movements, tomorrow's announced, and the refuse collected."""
    yield from _refuse_lorry(scene, day)
    if (coming := delivery(scene, day + 1)) is not None:
        yield announced_in(scene, coming, scene.at(day, 14 * 60) + some(scene.chance("letter", day), 0, 60))
    if (going := release(scene, day + 1)) is not None:
        yield _ordered_out(scene, going, scene.at(day, 15 * 60 + 30), day)
    if is_first:
        return
    if (delivered := delivery(scene, day)) is not None:
        yield from received(scene, company, delivered)
    if (released := release(scene, day)) is not None:
        yield from _released(scene, company, released)


def delivery(scene: Scene, day: int) -> Movement | None:
    """The delivery of a day, if there is one: the same whenever it is asked."""
    chance = scene.chance("delivery", day)
    if chance.random() >= DELIVERIES[scene.post.phase(day)]:
        return None
    cartons = chance.randrange(20, 60)
    window_at = scene.at(day, chance.choice(HOURS) * 60)
    return Movement(
        name=f"kirim{day}",
        lines=(
            Line(item="ballot", ballot=BALLOTS[day % len(BALLOTS)], units=cartons * 1000, packages=cartons),
            Line(item="form", units=chance.randrange(2, 9) * 100, packages=2),
        ),
        window_at=window_at,
        comes_at=window_at + some(chance, 20, 100),
        works_ms=some(chance, 25, 55),
        seals=tuple(f"PC{day % 10_000:04d}{number}" + scene.place[3:5] for number in range(4)),
        plate=demo_plate(scene, chance.randrange(1, 60)),
        driver=chance.randrange(0, 3),
        partner="Percetakan Contoh (demo)",
    )


def announced_in(scene: Scene, coming: Movement, at: Instant) -> Cue:
    """Every delivery is announced to KPU and to Bawaslu beforehand (as asked in Banten after December 2023)."""
    command = AnnounceConsignment(
        consignment_id=scene.key(coming.name),
        direction="in",
        lines=coming.lines,
        delivery_letter=letter_of(coming),
        supplier=coming.partner,
        carrier="CV Angkutan Contoh (demo)",
        plate=coming.plate,
        from_name=coming.partner,
        expected_from_at=coming.window_at,
        expected_until_at=coming.window_at + 2 * HOUR,
        seals=coming.seals,
        escort_promised=True,
    )
    return scene.office(at, f"{coming.name}.u", command)


def letter_of(movement: Movement) -> str:
    return f"SJ/{movement.name.upper()}/DEMO"


def received(scene: Scene, company: Company, coming: Movement) -> Iterator[Cue]:
    """On its way, at the gate with its escort, seals looked at, counted in by two, gone."""
    consignment, vehicle = scene.key(coming.name), scene.key(f"truk-{coming.name}")
    name, at = coming.name, coming.comes_at
    sent = DispatchConsignment(
        consignment_id=consignment,
        plate=coming.plate,
        carrier="CV Angkutan Contoh (demo)",
        escort="police",
        seals=coming.seals,
        eta_at=at,
    )
    yield scene.office(at - 2 * HOUR, f"{name}.s", sent)
    arrives = ArriveVehicle(
        vehicle_id=vehicle,
        plate=coming.plate,
        vehicle="box_truck",
        purpose="deliver",
        driver=company.drivers[coming.driver].name,
        carrier="CV Angkutan Contoh (demo)",
        escort="police",
        escort_count=2,
        consignment_id=consignment,
        letter_number=letter_of(coming),
        gate="gerbang",
    )
    yield scene.watch(at, f"{name}.t", arrives)
    counted_at = at + 8 * MINUTE + coming.works_ms
    yield scene.watch(counted_at, f"{name}.h", counted_in(scene, coming, vehicle, coming.lines, counted_at))
    yield scene.watch(counted_at + 6 * MINUTE, f"{name}.k", LeaveVehicle(vehicle_id=vehicle, escort="police"))


def counted_in(
    scene: Scene, coming: Movement, vehicle: str, lines: tuple[Line, ...], at: Instant, *, is_final: bool = True
) -> ReceiveGoods:
    """The count of two, with its witnesses and the seals as announced."""
    return ReceiveGoods(
        receipt_id=scene.key(f"hitung-{coming.name}"),
        consignment_id=scene.key(coming.name),
        lines=tuple(
            CountedLine(item=line.item, ballot=line.ballot, units=line.units, packages=line.packages) for line in lines
        ),
        final=is_final,
        delivery_letter=letter_of(coming),
        document_number=f"BTTB/{coming.name.upper()}/DEMO",
        vehicle_id=vehicle,
        counted_by=two(scene, at),
        witnesses=WITNESSES,
        seals=tuple(SealSeen(seal=seal_key(scene.place, number), number=number) for number in coming.seals),
    )


def two(scene: Scene, at: Instant) -> tuple[str, str]:
    """The watcher and the storekeeper of KPU."""
    return scene.post.watchers[scene.watcher(at)], f"kpu.{scene.place}"


def release(scene: Scene, day: int) -> Movement | None:
    """What goes out to one subdistrict on a packing day (to the subdistricts from 29 January 2024 on)."""
    if scene.post.phase(day) != "packing":
        return None
    chance = scene.chance("release", day)
    stations = max(scene.post.stations // scene.post.kecamatan, 1)
    number = day % scene.post.kecamatan + 1
    return Movement(
        name=f"edar{day}",
        lines=(
            Line(item="box", units=stations * 5, packages=stations * 5),
            Line(item="booth", units=stations * 4, packages=stations),
            Line(item="ink", units=stations * 2, packages=max(stations // 12, 1)),
        ),
        window_at=scene.at(day, 9 * 60),
        comes_at=scene.at(day, 8 * 60 + 30) + some(chance, 0, 50),
        works_ms=some(chance, 40, 80),
        seals=(),
        plate=demo_plate(scene, 60 + chance.randrange(0, 30)),
        driver=3 + chance.randrange(0, 3),
        partner=f"Gudang PPK {scene.place[:5]}.{number:02d} (demo)",
    )


def _ordered_out(scene: Scene, going: Movement, at: Instant, day: int) -> Cue:
    command = AnnounceConsignment(
        consignment_id=scene.key(going.name),
        direction="out",
        lines=going.lines,
        delivery_letter=letter_of(going),
        order_number=f"SPMB/{day % 1000:03d}/DEMO",
        carrier="PT Antar Contoh (demo)",
        plate=going.plate,
        to_name=going.partner,
        expected_from_at=going.window_at,
        expected_until_at=going.window_at + 8 * HOUR,
        escort_promised=True,
    )
    return scene.office(at, f"{going.name}.u", command)


def _released(scene: Scene, company: Company, going: Movement) -> Iterator[Cue]:
    """Fetched under escort, counted out by two, and some hours later the receiver's paper."""
    consignment, vehicle = scene.key(going.name), scene.key(f"truk-{going.name}")
    name, at = going.name, going.comes_at
    arrives = ArriveVehicle(
        vehicle_id=vehicle,
        plate=going.plate,
        vehicle="truck",
        purpose="collect",
        driver=company.drivers[going.driver].name,
        carrier="PT Antar Contoh (demo)",
        escort="police",
        escort_count=2,
        consignment_id=consignment,
        letter_number=letter_of(going),
        gate="gerbang",
    )
    yield scene.watch(at, f"{name}.t", arrives)
    counted_at = at + going.works_ms
    out = ReleaseGoods(
        release_id=scene.key(f"keluar-{name}"),
        consignment_id=consignment,
        lines=tuple(CountedLine(item=line.item, units=line.units, packages=line.packages) for line in going.lines),
        final=True,
        delivery_letter=letter_of(going),
        document_number=f"BAST/{name.upper()}/DEMO",
        vehicle_id=vehicle,
        receiver_institution="PPK (demo)",
        counted_by=two(scene, counted_at),
        witnesses=WITNESSES,
    )
    yield scene.watch(counted_at, f"{name}.h", out)
    gone = LeaveVehicle(vehicle_id=vehicle, loaded=True, escort="police", escort_count=2)
    yield scene.watch(counted_at + 7 * MINUTE, f"{name}.k", gone)
    there_at = counted_at + 2 * HOUR
    confirmed = ConfirmDelivery(
        consignment_id=consignment, document_number=f"BAST/{name.upper()}/PPK", received_at=there_at
    )
    yield scene.watch(there_at + 20 * MINUTE, f"{name}.c", confirmed)


def _refuse_lorry(scene: Scene, day: int) -> Iterator[Cue]:
    """The household refuse, every morning."""
    chance = scene.chance("refuse lorry", day)
    vehicle = scene.key(f"sampah{day}")
    at = scene.at(day, 9 * 60 + 5) + some(chance, 0, 20)
    arrives = ArriveVehicle(
        vehicle_id=vehicle, plate=demo_plate(scene, 99), vehicle="pickup", purpose="service", gate="gerbang"
    )
    yield scene.watch(at, f"sampah{day}.t", arrives)
    yield scene.watch(at + some(chance, 6, 12), f"sampah{day}.k", LeaveVehicle(vehicle_id=vehicle))
