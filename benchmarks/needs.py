"""Needs of a nation's stations out of the register, against a bare scan of the same table in the same run.

820,161 made-up stations in 514 districts, 5 kinds of ballots, on the installation's own SQLite. The bare scan fetches
the three columns that the needs read (code, village, voters) and does nothing with them. Run as a process of its own
(`python -m benchmarks.needs`) with an empty AWAS_HOME; --quick takes a fiftieth of the stations. Prints JSON; exit code
1 when a level's sum is not that of the stations one by one.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

STATIONS = 820_161
DISTRICTS = 514
PER_VILLAGE = 10
VILLAGES_PER_KECAMATAN = 12
ROUNDS = 3
LEVELS = {"province": 1, "district": 2, "kecamatan": 3, "village": 4}
EVERY_UNKNOWN = 40_009
"""Every so manieth station has no known voters."""


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the fastest of some rounds, and the last result."""
    took, result = [], None
    for _ in range(ROUNDS):
        began = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - began)
    return min(took), result


def codes(stations: int) -> list[tuple[str, str, int]]:
    """(station, village, number), spread over the districts as evenly as whole numbers allow."""
    found = []
    for place in range(stations):
        district, inside = place % DISTRICTS, place // DISTRICTS
        village, number = divmod(inside, PER_VILLAGE)
        kecamatan, below = divmod(village, VILLAGES_PER_KECAMATAN)
        code = f"{11 + district // 14:02}.{1 + district % 14:02}.{1 + kecamatan:02}.{2001 + below}"
        found.append((f"{code}-{number + 1:03}", code, number + 1))
    return sorted(found)


def fill(stations: int) -> None:
    """A register of regions and stations; the sizes are made up, from 180 to 300 voters."""
    from awas.places.codes import level_of, parent_of
    from awas.places.models import Region, Station

    made = codes(stations)
    regions = {code[:width] for _, code, _ in made for width in (2, 5, 8, 13)}
    Region.objects.bulk_create(
        (
            Region(code=code, name=code, level=level_of(code), parent_id=parent_of(code))
            for code in sorted(regions, key=lambda code: (len(code), code))
        ),
        batch_size=5_000,
    )
    Station.objects.bulk_create(
        (
            Station(
                code=code,
                region_id=village,
                number=number,
                voters=None if place % EVERY_UNKNOWN == 11 else 180 + place * 7919 % 121,
            )
            for place, (code, village, number) in enumerate(made)
        ),
        batch_size=5_000,
    )


def scan() -> int:
    """Every station's code, village and voters, fetched and counted."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT code, region_id, voters FROM places_station")
        count = 0
        while rows := cursor.fetchmany(10_000):
            count += len(rows)
    return count


def one_by_one() -> tuple[int, int, dict[str, int]]:
    """Stations, those of unknown voters, and ballots by kind, station by station."""
    from awas.logistics.need_services import station_needs

    stations = unknown = 0
    ballots: dict[str, int] = {}
    for _, need in station_needs(""):
        stations += 1
        unknown += need.ballots is None
        for kind, count in (need.ballots or {}).items():
            ballots[kind] = ballots.get(kind, 0) + count
    return stations, unknown, ballots


def main(arguments: list[str]) -> int:
    import django

    django.setup()
    from awas.config import serving
    from awas.logistics.need_services import needs

    serving.prepare()
    stations = STATIONS // 50 if "--quick" in arguments else STATIONS
    fill(stations)
    bare, counted = best(scan)
    found: dict[str, Any] = {"stations": counted, "bare_scan_rows_per_s": counted / bare, "levels": {}, "faults": []}
    seconds, expected = best(one_by_one)
    found["levels"]["station"] = {"seconds": seconds, "rows_per_s": counted / seconds, "ratio_to_bare": seconds / bare}
    for name, level in LEVELS.items():
        seconds, told = best(lambda level=level: needs("", level))
        found["levels"][name] = {
            "parts": len(told.rows),
            "seconds": seconds,
            "rows_per_s": counted / seconds,
            "needs_per_s": counted * len(told.total.ballots) / seconds,
            "ratio_to_bare": seconds / bare,
        }
        if (told.total.stations, told.total.unknown_count, dict(told.total.ballots)) != expected:
            found["faults"].append(name)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps(found))
    return 1 if found["faults"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
