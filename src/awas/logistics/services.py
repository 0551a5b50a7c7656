"""Use cases of logistics: the only way in for pages, sheets, documents and the command line."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Count, Q

from awas.elections import ballots as ballot_rules
from awas.elections.schema import Election
from awas.elections.services import current_election
from awas.ledger import services as ledger
from awas.ledger.area import Instant
from awas.ledger.desk import Desk
from awas.ledger.fact import Receipt
from awas.ledger.models import Snapshot
from awas.ledger.naming import district_of, log_of
from awas.logistics import models
from awas.logistics.area import AREA
from awas.logistics.commands import OpenSeason
from awas.logistics.decide.require import DEEPEST
from awas.logistics.lines import Line, TallyLine, VotedIn
from awas.logistics.needs import KitItem, kit_items
from awas.logistics.state import Logistics
from awas.places.codes import is_station, subtree, zone_of
from awas.places.constituencies import nearest, voted_in
from awas.places.models import Region, Site, Station
from awas.places.services import sites_within
from awas.places.serving import areas_within

_state = msgspec.msgpack.Decoder(Logistics)


def record(desk: Desk, command: Any, *, nonce: str | None = None, digest: bytes | None = None) -> Receipt:
    """Puts one act on record. Raises `Refused` and what `ledger.record` raises."""
    return ledger.record(desk.submission(command, nonce=nonce, digest=digest))


def state_of(place: str) -> Logistics:
    """The folded state of a place's logistics as of its last entry."""
    found = Snapshot.objects.filter(place=place, area=AREA.name).values_list("body", flat=True).first()
    return Logistics() if found is None else _state.decode(bytes(found))


# -- places --------------------------------------------------------------------------------------------------------


def committees(place: str) -> list[tuple[str, str]]:
    """(code, name) of the places to which a kit may go on from here, and back: one level down, or up."""
    region = place.partition("-")[0]
    found = [(one.code, one.name) for one in Region.objects.filter(parent_id=region).order_by("code")]
    if Region.objects.filter(code=region, level=Region.Level.VILLAGE).exists():
        stations = Station.objects.filter(region_id=region).order_by("code").values_list("code", "number")
        found = [(code, f"TPS {number}") for code, number in stations]
    return found


# -- needs ---------------------------------------------------------------------------------------------------------


def ballots_of(place: str, election: Election | None = None) -> tuple[str, ...]:
    """The kinds of ballots that voters of a place get, in the election's order."""
    election = election or current_election()
    try:
        return tuple(one.id for one in ballot_rules.ballots_for(election, place.partition("-")[0]))
    except LookupError:
        return tuple(one.id for one in election.ballots)


def needs_of(stations: Iterable[str]) -> dict[str, dict[str, int]]:
    """What stations must get, by ballot kind; those whose voters aren't known are left out. One query."""
    election = current_election()
    wanted = {code for code in stations if is_station(code)}
    sizes = Station.objects.filter(code__in=wanted).values_list("code", "voters")
    return {
        code: {kind: ballot_rules.ballots_needed(election, kind, voters) for kind in ballots_of(code, election)}
        for code, voters in sizes
        if voters is not None
    }


def may_be_station(code: str) -> bool:
    """Whether a code is in the register of stations; any is where the register has none of that district."""
    if not is_station(code):
        return True  # its form is looked at where it is recorded
    return Station.objects.filter(code=code).exists() or not Station.objects.within(district_of(code)).exists()


def needs_below(region: str) -> tuple[tuple[Line, ...], int]:
    """(need of all stations of a region by ballot kind, number of stations). Stations of unknown size count as none."""
    return _summed(region, Station.objects.within(region).values_list("voters").annotate(stations=Count("code")))


def needs_served(site: str, areas: Mapping[str, str]) -> tuple[tuple[Line, ...], int]:
    """The same of the stations that a warehouse serves; `areas` are those of its district."""
    district = district_of(site)
    rows = Station.objects.within(district).values_list("region_id", "voters").annotate(stations=Count("code"))
    own = [(voters, stations) for village, voters, stations in rows if nearest(areas, village) == site]
    return _summed(district, own)


def _summed(region: str, sizes: Iterable[tuple[int | None, int]]) -> tuple[tuple[Line, ...], int]:
    """`sizes` are (voters, number of stations)."""
    election, count = current_election(), 0
    totals: dict[str, int] = {}
    for voters, stations in sizes:
        count += stations
        if voters is not None:
            for kind in ballots_of(region, election):
                need = ballot_rules.ballots_needed(election, kind, voters)
                totals[kind] = totals.get(kind, 0) + need * stations
    lines = tuple(Line(item="ballot", ballot=kind, units=units) for kind, units in totals.items())
    return lines, count


def packed_line(station: str, ballot: str, units: int, dapil: str = "", expected_dapil: str = "") -> TallyLine:
    """One kind of ballot put into a station's kit; what the station needs is added when it is recorded."""
    return TallyLine(
        item="ballot",
        ballot=ballot,
        dapil=dapil,
        station=station,
        taken=units,
        passed=units,
        expected_dapil=expected_dapil,
    )


def kit_items_of(place: str) -> tuple[KitItem, ...]:
    """What a station's kit of a place holds besides ballots."""
    return kit_items(current_election(), place.partition("-")[0])


# -- the season ----------------------------------------------------------------------------------------------------


def season_of(place: str, election: Election | None = None) -> OpenSeason:
    """The dates of the election and the needs of a place's district, as a command; days are the place's own.

    Where several warehouses serve a district, each has the needs of its own areas; one of which nobody has said what it
    serves is held to none.
    """
    election = election or current_election()
    zone = ZoneInfo(zone_of(place))
    day = datetime.fromisoformat(election.voting.on).replace(tzinfo=zone)

    def days_before(days: int, hour: int = 0) -> Instant:
        return int((day - timedelta(days=days) + timedelta(hours=hour)).astimezone(UTC).timestamp() * 1000)

    opens = int(election.voting.hours.opens.split(":")[0])
    district = district_of(place)
    areas = areas_within(district)
    own = list(areas.values()).count(place)
    lines, stations = tuple[Line, ...](), 0
    if own:
        lines, stations = needs_served(place, areas)
    elif not areas and sites_within(district).filter(kind=Site.Kind.KPU_WAREHOUSE).count() <= 1:
        lines, stations = needs_below(district)
    return OpenSeason(
        election=election.slug,
        voting_at=days_before(0, opens),
        needs=lines,
        station_count=stations,
        sorted_by_at=days_before(14),
        packed_by_at=days_before(3),
        replaced_by_at=days_before(7),
        supplied_by_at=days_before(1, 12),
        area_count=own,
        constituencies=tuple(
            VotedIn(ballot=ballot, dapils=dapils)
            for ballot, dapils in voted_in(district, ballots_of(place, election)).items()
        ),
    )


# -- kits and boxes ------------------------------------------------------------------------------------------------


def kits_of(region: str, *, state: str = "", incomplete: bool = False) -> Any:
    """Kits of the stations in a district or a region below it, by station."""
    first, last = subtree(region)
    found = models.Kit.objects.filter(log=log_of(region), station__gte=first, station__lte=last)
    if state:
        found = found.filter(state=state)
    return (found.filter(complete=False) if incomplete else found).order_by("station")


def around(unit: models.Unit) -> list[models.Unit]:
    """The units that a unit lies in, the nearest first: what is packed is where its box is."""
    found: list[models.Unit] = []
    while unit.parent and len(found) < DEEPEST:
        outer = models.Unit.objects.filter(key=unit.parent).first()
        if outer is None:
            break
        found.append(unit := outer)
    return found


def transfers_awaited(place: str) -> Any:
    """Transfers of which something should still come to a place: unanswered, or accepted without all of it."""
    awaited = Q(state="offered") | Q(state="accepted") & ~Q(missing=[])
    return models.Transfer.objects.filter(awaited, to_place=place).order_by("-offered_at")


def on_its_way(transfer: models.Transfer, what: str) -> list[str]:
    """The `stations` or `units` of a transfer that nobody has taken over yet."""
    named: list[str] = getattr(transfer, what)
    return named if transfer.state == "offered" else [one for one in named if one in transfer.missing]


def way_of(unit: str) -> list[Any]:
    """Every step of a unit's way, oldest first: one query."""
    return list(models.UnitStep.objects.filter(unit=unit).order_by("number"))
