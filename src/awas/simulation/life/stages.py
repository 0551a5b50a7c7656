"""Stages of logistics in a warehouse's days: ballots sorted and folded, kits packed and sent to a subdistrict. Pure.

Nothing here is short, of another constituency or without paper: those are incidents. The stations are few, so that a
newcomer sees the whole way of a kit within a week.
"""

from collections.abc import Iterator, Sequence

from awas.ledger.area import DAY, HOUR, MINUTE, Instant
from awas.logistics.commands import AcceptTransfer, LabelUnits, OfferTransfer, OpenSeason, SealUnit, Tally
from awas.logistics.keys import unit_key
from awas.logistics.lines import Damage, Line, SealSeen, TallyLine
from awas.logistics.needs import ticked_line
from awas.simulation.cast import demo_plate
from awas.simulation.cues import Cue, DemoStation, Scene

PACKED_A_DAY = 3
STOCK = 5000
"""Sheets of each kind with which a warehouse begins: enough for the few stations. Lorries bring the district's."""

VOTING_IN = 45
"""Days from the first of the demo to its vote: far, since its lorries have brought only a part of the need by now."""


def stages_of(scene: Scene, day: int, first_day: int) -> Iterator[Cue]:
    """One day: on the first what there is to sort and fold; then some kits a day, and a lorry to each subdistrict."""
    stations = scene.post.shown
    if not stations:
        return
    number = day - first_day
    if number == 0:
        yield from _begins(scene, stations, day)
        return
    for position, station in enumerate(stations[(number - 1) * PACKED_A_DAY : number * PACKED_A_DAY]):
        yield from _packed(scene, station, scene.at(day, 14 * 60 + position * 20))
    done = 0
    for kecamatan in dict.fromkeys(station.kecamatan for station in stations):
        own = [station for station in stations if station.kecamatan == kecamatan]
        done += len(own)
        # A lorry leaves on the day after the last kit of its subdistrict was packed.
        if number == -(-done // PACKED_A_DAY) + 1:
            yield from _sent(scene, own, day)


def _begins(scene: Scene, stations: Sequence[DemoStation], day: int) -> Iterator[Cue]:
    at, voting_at = scene.at(day, 6 * 60 + 50), scene.at(day + VOTING_IN, 7 * 60)
    season = OpenSeason(
        election=scene.post.election,
        voting_at=voting_at,
        needs=tuple(Line(item="ballot", ballot=ballot, units=units) for ballot, units in scene.post.needs),
        station_count=len(stations),
        packed_by_at=voting_at - 3 * DAY,
        replaced_by_at=voting_at - 7 * DAY,
        supplied_by_at=voting_at - 19 * HOUR,
    )
    yield _office(scene, at, "musim", season)
    ballots = tuple(ballot for ballot, _ in scene.post.needs)
    boxes = len(stations) * len(ballots)
    took = Tally(
        tally_id=scene.key("tahap-awal"),
        step="receive",
        lines=(
            *(_ballots(ballot, STOCK) for ballot in ballots),
            TallyLine(item="box", taken=boxes, passed=boxes),
        ),
        document_number="BTTB/AWAL/DEMO",
    )
    yield _office(scene, at + MINUTE, "tahap-awal", took)
    for table, ballot in enumerate(ballots, 1):
        yield from _sorted_and_folded(scene, ballot, f"M{table}", scene.at(day, 15 * 60 + 40 + table * 4))


def _sorted_and_folded(scene: Scene, ballot: str, table: str, at: Instant) -> Iterator[Cue]:
    damaged = scene.chance("sortir", ballot).randrange(0, 4)
    name = f"sortir-{ballot}"
    sorts = Tally(
        tally_id=scene.key(name),
        step="sort",
        lines=(_ballots(ballot, STOCK, damaged),),
        table=table,
        shift="afternoon",
        workers=12,
        workers_checked=True,
    )
    yield scene.watch(at, name, sorts)
    name = f"lipat-{ballot}"
    folds = Tally(
        tally_id=scene.key(name),
        step="fold",
        lines=(_ballots(ballot, STOCK - damaged),),
        workers=12,
        workers_checked=True,
    )
    yield scene.watch(at + HOUR, name, folds)


def _ballots(ballot: str, units: int, damaged: int = 0) -> TallyLine:
    return TallyLine(
        item="ballot",
        ballot=ballot,
        taken=units,
        passed=units - damaged,
        damaged=damaged,
        damage=(Damage(criterion="colour", units=damaged),) if damaged else (),
    )


def _packed(scene: Scene, station: DemoStation, at: Instant) -> Iterator[Cue]:
    """One station's kit: ballots as its list asks, and a box for each kind with its label and seal."""
    lines = tuple(
        TallyLine(item="ballot", ballot=ballot, station=station.code, taken=need, passed=need, need=need)
        for ballot, need in station.needs
    )
    equipment = tuple(ticked_line(station.code, one) for one in scene.post.equipment)
    name = f"kemas-{station.short}"
    packs = Tally(
        tally_id=scene.key(name),
        step="pack",
        lines=(*lines, *equipment),
        kit_needs=tuple(Line(item=one.item, units=one.units) for one in scene.post.equipment),  # type: ignore[arg-type]
    )
    yield scene.watch(at, name, packs)
    at += 2 * MINUTE
    labelled = LabelUnits(unit_kind="box", units=_boxes(scene, station), station=station.code)
    yield scene.watch(at, f"label-{station.short}", labelled)
    for number, unit in enumerate(_boxes(scene, station), 1):
        sealed = SealUnit(unit=unit, seals=(f"KT{station.short}{number}",))
        yield scene.watch(at + number * MINUTE // 3, f"segel-{station.short}{number}", sealed)


def _boxes(scene: Scene, station: DemoStation) -> tuple[str, ...]:
    return tuple(unit_key(scene.place, f"K{station.short}{number + 1}") for number in range(len(station.needs)))


def _sent(scene: Scene, stations: Sequence[DemoStation], day: int) -> Iterator[Cue]:
    """A lorry with an escort to the subdistrict's committee, which counts it in two hours later."""
    kecamatan = stations[0].kecamatan
    short, at = kecamatan.replace(".", ""), scene.at(day, 9 * 60 + 10)
    name, seal = f"antar-{short}", f"TR{short}"
    units = tuple(unit for station in stations for unit in _boxes(scene, station))
    codes = tuple(station.code for station in stations)
    offered = OfferTransfer(
        transfer_id=scene.key(name),
        leg="to_kecamatan",
        to_place=kecamatan,
        stations=codes,
        units=units,
        seals=(seal,),
        plate=demo_plate(scene, 77),
        escort="police",
        due_at=at + 4 * HOUR,
        document_number="SPMB/DEMO",
    )
    yield scene.watch(at, name, offered)
    accepted = AcceptTransfer(
        transfer_id=scene.key(name),
        stations=codes,
        units=units,
        seals=(SealSeen(number=seal),),
        document_number="BAST/DEMO",
    )
    yield _office(scene, at + 131 * MINUTE, f"{name}.terima", accepted, place=kecamatan, seat="ppk")


def _office(scene: Scene, at: Instant, name: str, command: object, *, place: str = "", seat: str = "kab") -> Cue:
    return Cue(
        at=at,
        place=place or scene.place,
        actor=scene.post.officer,
        device=scene.device(seat),
        command=command,
        name=name,
    )
