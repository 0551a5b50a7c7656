"""The invented subdistricts, villages and polling stations of the demo, and their rows.

Codes begin at 90, which no district of Banten reaches, so that an imported station file never meets them. They are
marked "(demo)" and stand in no official list.
"""

from awas.elections.ballots import ballots_for, ballots_needed
from awas.elections.schema import Election
from awas.places.models import Region, Station
from awas.simulation.cast import MARK
from awas.simulation.cues import DemoStation

KECAMATAN = (90, 91)
VILLAGES = (2001, 2002)
STATIONS = 4


def stations_of(district: str, election: Election) -> tuple[DemoStation, ...]:
    """The stations of a district, in the order in which their kits are packed."""
    found = []
    for kecamatan in KECAMATAN:
        for village in VILLAGES:
            for number in range(1, STATIONS + 1):
                voters = 240 + (kecamatan * 7 + village * 3 + number * 11) % 60
                needs = tuple(
                    (one.id, ballots_needed(election, one.id, voters)) for one in ballots_for(election, district)
                )
                found.append(
                    DemoStation(
                        code=f"{district}.{kecamatan}.{village}-{number:03}",
                        kecamatan=f"{district}.{kecamatan}",
                        village=f"{district}.{kecamatan}.{village}",
                        number=number,
                        voters=voters,
                        needs=needs,
                    )
                )
    return tuple(found)


def ensure_ground(districts: tuple[str, ...], election: Election) -> None:
    """Makes sure that the rows of the stations are there."""
    for district in districts:
        for station in stations_of(district, election):
            turn, part = station.kecamatan[-1:], station.village[-1:]
            _region(station.kecamatan, f"Kecamatan Contoh {turn} {MARK}", Region.Level.KECAMATAN, district)
            name = f"Desa Contoh {turn}.{part} {MARK}"
            _region(station.village, name, Region.Level.VILLAGE, station.kecamatan)
            Station.objects.get_or_create(
                code=station.code,
                defaults={"region_id": station.village, "number": station.number, "voters": station.voters},
            )


def _region(code: str, name: str, level: Region.Level, parent: str) -> None:
    Region.objects.get_or_create(
        code=code, defaults={"name": name, "level": level, "parent_id": parent, "listed": False}
    )
