"""What stations and regions must get: ballots of each kind, equipment, and apart from both the stock for a second vote.

Pure. Reserve, rounding, station size and equipment come out of the election's file (`Election`); nothing of them
stands here. Whole numbers only. Voters that nobody knows are unknown and never 0: a sum says how many it lacks.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from awas.elections.ballots import ballots_for, ballots_needed
from awas.elections.schema import Constituency, Election, Equipment
from awas.logistics.lines import TallyLine
from awas.logistics.need_bounds import Bounds
from awas.places.codes import OVERSEAS, PARTS

Sizes = Sequence[tuple[int | None, int]]
"""Stations by size: (voters, how many stations have so many). None: unknown."""


Why = Literal["", "not_known", "reaches_further", "nation"]


class Thing(Struct, frozen=True, kw_only=True):
    """Something that is counted: a kind of ballot or an item of equipment.

    `basis` is rule, observed or derived: only what a rule asks for may be called a shortage, the rest is a yardstick.
    `uncertain`: of the number for each station; `extra_uncertain`: of the one for each kecamatan.
    """

    id: str
    item: Literal["ballot", "equipment"]
    name_id: str
    name_en: str
    basis: Literal["rule", "observed", "derived"]
    uncertain: bool
    extra_uncertain: bool = False


class StationNeed(Struct, frozen=True, kw_only=True):
    """What one station must get. `ballots` by kind, None where its voters are unknown; `equipment` by item."""

    voters: int | None
    ballots: Mapping[str, int] | None
    equipment: Mapping[str, int]


class KitItem(Struct, frozen=True, kw_only=True):
    """A thing that every kit of a region holds. `counted`: a rule says how many; else one will do, of any number."""

    item: str
    units: int
    counted: bool


class RegionNeed(Struct, frozen=True, kw_only=True):
    """What the stations of a region must get together.

    `kinds` are the ballots that some or all of its voters get. `voters` and `ballots` are of the stations whose voters
    are known (so a kind may lack a number); `unknown_count` stations are not. `above_count`
    hold more voters than the election's rule allows. `extra` comes on top of `equipment`, for its kecamatan.
    `bounds`: the whole need of each kind, where stations are unknown and the region's voters were published.
    """

    region: str
    stations: int
    unknown_count: int
    above_count: int
    voters: int
    kinds: tuple[str, ...]
    ballots: Mapping[str, int]
    equipment: Mapping[str, int]
    kecamatan: int
    extra: Mapping[str, int]
    bounds: Mapping[str, Bounds] = {}


class RevoteStock(Struct, frozen=True, kw_only=True):
    """Ballots for a repeated vote (PSU), kept apart from the need: so many for each constituency and kind.

    `constituencies` is None, and `count` with it, where it isn't known how many there are (`why` not_known: no table
    has the dapil), where the constituency reaches beyond the region (reaches_further), or where it is the whole nation
    (nation): how that stock is spread was not read, and 1,000 were seen in one regency alone (Kepahiang 2024).
    """

    ballot: str
    area: str
    each: int
    constituencies: int | None
    count: int | None
    why: Why
    uncertain: bool


def things(election: Election) -> tuple[Thing, ...]:
    """All that an election counts, in its file's order: ballots first."""
    rounding = election.reserve.rounding.uncertain
    ballots = [
        Thing(id=one.id, item="ballot", name_id=one.name.id, name_en=one.name.en, basis="rule", uncertain=rounding)
        for one in election.ballots
    ]
    equipment = [
        Thing(
            id=one.id,
            item="equipment",
            name_id=one.name.id,
            name_en=one.name.en,
            basis=one.basis,
            uncertain=one.per_station.uncertain,
            extra_uncertain=one.per_kecamatan_extra is not None and one.per_kecamatan_extra.uncertain,
        )
        for one in election.equipment
    ]
    return (*ballots, *equipment)


def kinds_in(election: Election, region: str) -> tuple[str, ...]:
    """The kinds of ballots that voters of a district or anything below it get; none where the election says nothing."""
    voters = "overseas" if region.startswith(OVERSEAS) else "domestic"
    try:
        return tuple(ballot.id for ballot in ballots_for(election, region, voters))
    except LookupError:
        return ()


def per_station(item: Equipment, region: str) -> int:
    """How many of an item each station of a region gets; its province may be an exception. Overseas: none are known."""
    province = region[: PARTS[0]]
    if province == OVERSEAS:
        return 0
    special = (row.value for row in item.exceptions if row.province == province)
    return next(special, item.per_station.value)


def kit_items(election: Election, region: str) -> tuple[KitItem, ...]:
    """What the kit of a station in a region holds besides ballots; nothing overseas, where no rule was read."""
    if region.startswith(OVERSEAS):
        return ()
    ruled = {one.id: one for one in election.equipment if one.basis == "rule"}
    return tuple(
        KitItem(item=item, units=per_station(ruled[item], region) if item in ruled else 1, counted=item in ruled)
        for group in election.kit_contents
        for item in group.items
    )


def ticked_line(station: str, one: KitItem) -> TallyLine:
    """A thing that is all there, as somebody said without a number: of what no rule counts it was only seen."""
    if one.counted:
        return equipment_line(station, one, one.units)
    return TallyLine(item=one.item, station=station, taken=0, passed=0, checked=1)  # type: ignore[arg-type]


def equipment_line(station: str, one: KitItem, units: int) -> TallyLine:
    """So many of a thing put into a station's kit; the record takes it from stock where it has one."""
    return TallyLine(item=one.item, station=station, taken=units, passed=units)  # type: ignore[arg-type]


def extras(election: Election, region: str, kecamatan: int) -> Mapping[str, int]:
    """What the committees of so many kecamatan get on top of their stations, by item; nothing overseas."""
    if region.startswith(OVERSEAS):
        return {}
    counted = ((item.id, item.per_kecamatan_extra) for item in election.equipment)
    return {item: extra.value * kecamatan for item, extra in counted if extra}


def station_need(election: Election, region: str, voters: int | None) -> StationNeed:
    """What a station with `voters` in its list must get. `region` is its village, or any region below a province.

    Raises ValueError for a negative number.
    """
    ballots = None
    if voters is not None:
        ballots = {kind: ballots_needed(election, kind, voters) for kind in kinds_in(election, region)}
    equipment = {item.id: per_station(item, region) for item in election.equipment}
    return StationNeed(voters=voters, ballots=ballots, equipment=equipment)


class Reckoning:
    """Sums up the needs of many regions of one election; remembers what a station of each size needs."""

    def __init__(self, election: Election) -> None:
        self.election = election
        self._known: dict[tuple[str, int], int] = {}
        self._kinds: dict[str, tuple[str, ...]] = {}

    def need(self, kind: str, voters: int) -> int:
        """Ballots of a kind for one station."""
        found = self._known.get((kind, voters))
        if found is None:
            found = self._known[kind, voters] = ballots_needed(self.election, kind, voters)
        return found

    def kinds(self, region: str) -> tuple[str, ...]:
        """`kinds_in`, of whose answer the district decides."""
        district = region[: PARTS[1]]
        if district not in self._kinds:
            self._kinds[district] = kinds_in(self.election, district)
        return self._kinds[district]

    def region(self, region: str, sizes: Sizes, kecamatan: int = 0) -> RegionNeed:
        """The need of a district or anything below it, by the sizes of its stations.

        `kecamatan`: how many committees in it get the items that are counted for each kecamatan.
        """
        most = self.election.station.voters_max.value
        known = [(voters, count) for voters, count in sizes if voters is not None]
        stations = sum(count for _, count in sizes)
        ballots = {}
        for kind in self.kinds(region) if known else ():
            ballots[kind] = sum(self.need(kind, voters) * count for voters, count in known)
        return RegionNeed(
            region=region,
            stations=stations,
            unknown_count=stations - sum(count for _, count in known),
            above_count=sum(count for voters, count in known if voters > most),
            voters=sum(voters * count for voters, count in known),
            kinds=self.kinds(region),
            ballots=ballots,
            equipment={item.id: per_station(item, region) * stations for item in self.election.equipment},
            kecamatan=kecamatan,
            extra=extras(self.election, region, kecamatan),
        )


def together(election: Election, region: str, parts: Iterable[RegionNeed], kecamatan: int) -> RegionNeed:
    """The need of a region out of those of all its parts. Its kecamatan are counted anew: parts may be smaller.

    Bounds don't add up and are left out.
    """
    rows = list(parts)
    kinds = {kind for row in rows for kind in row.kinds}
    return RegionNeed(
        region=region,
        stations=sum(row.stations for row in rows),
        unknown_count=sum(row.unknown_count for row in rows),
        above_count=sum(row.above_count for row in rows),
        voters=sum(row.voters for row in rows),
        kinds=tuple(ballot.id for ballot in election.ballots if ballot.id in kinds),
        ballots=_added(row.ballots for row in rows),
        equipment=_added(row.equipment for row in rows),
        kecamatan=kecamatan,
        extra=extras(election, region, kecamatan),
    )


def _added(parts: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for name, count in part.items():
            total[name] = total.get(name, 0) + count
    return total


def revote_stock(
    election: Election, region: str, districts: Sequence[str], tabled: Mapping[str, int | None]
) -> tuple[RevoteStock, ...]:
    """Ballots for a repeated vote, by kind: so many for each constituency (UU 7/2017 Pasal 344(4)).

    `region` is a region code, empty for the nation; `districts` those at home that it has, or that it lies in.
    `tabled` counts the constituencies (dapil) of the region by kind, None where one reaches further; a kind that the
    table doesn't know is left out.
    """
    found = []
    for row in election.constituencies:
        voting = [district for district in districts if row.ballot in kinds_in(election, district)]
        if not voting:
            continue
        count, why = _constituencies(row, region, voting, tabled)
        each = election.revote_stock.value
        found.append(
            RevoteStock(
                ballot=row.ballot,
                area=row.area,
                each=each,
                constituencies=count,
                count=None if count is None else count * each,
                why=why,
                uncertain=election.revote_stock.uncertain,
            )
        )
    return tuple(found)


def _constituencies(
    row: Constituency, region: str, voting: Sequence[str], tabled: Mapping[str, int | None]
) -> tuple[int | None, Why]:
    area = row.area
    if area.startswith("dapil_"):
        if row.ballot not in tabled:
            return None, "not_known"
        count = tabled[row.ballot]
        return count, "reaches_further" if count is None else ""
    if area == "nation":
        return None, "nation"
    reach = {"province": PARTS[0], "district": PARTS[1]}[area]
    if len(region) > reach:
        return None, "reaches_further"
    return len({district[:reach] for district in voting}), ""
