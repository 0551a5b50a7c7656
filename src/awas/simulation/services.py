"""The demo: a week of watch over Banten's eight main warehouses, seeded once and then living on.

Everything goes through the record's own way; nothing here writes a table of another room but accounts. What was played
is read from the record, so that a demo goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from django.db import transaction

from awas.elections.ballots import ballots_for, ballots_needed
from awas.elections.services import current_election
from awas.ledger.area import DAY, HOUR, MINUTE, Instant
from awas.ledger.naming import log_of
from awas.logistics.needs import kit_items
from awas.places.banten import banten
from awas.places.services import load_banten
from awas.simulation.accounts import ensure_accounts
from awas.simulation.book import Book
from awas.simulation.cast import PROVINCE, WATCHERS
from awas.simulation.chances import drawing, salts
from awas.simulation.cues import REFERENCES, Cue, Post, day_of
from awas.simulation.ground import ensure_ground, stations_of
from awas.simulation.incidents import Arranged, Schedule, Stage
from awas.simulation.models import Demo
from awas.simulation.playing import Player, played_until
from awas.simulation.routine import Routine
from awas.warnings import services as warnings
from awas.warnings.hours import offset_of

Progress = Callable[[float], None]
"""Told how much of the work is done, from 0 to 1."""

CHUNK = 12 * HOUR
"""How much of a log's past goes into one transaction: few commits, and little to do again after a kill."""

SORTERS_PER_STATION = 30
LEAST_SORTERS, MOST_SORTERS = 60, 300

ON_THE_WALL = (("leak_in_rain", 1, -27), ("cameras_down", 6, -34), ("overstay", 3, -44), ("truck_seeks_address", 4, 3))
"""What a newcomer finds, and what comes while they look: (script, turn of the place, minutes after now)."""


def seed(
    now: Instant,
    days: int = 7,
    seed: int = 20240214,
    progress: Progress = lambda done: None,
    incident_every_ms: int = 30 * MINUTE,
) -> int:
    """Makes places, people and a past of `days` up to `now`; or, where a demo stands, plays on up to `now`.

    Returns the entries added: 0 when called again at the same instant.
    """
    with transaction.atomic():
        load_banten()
        demo = Demo.objects.first()
        if demo is None:
            demo = Demo.objects.create(
                seed=seed,
                from_at=_early_on_the_day(now - days * DAY),
                live_from_at=now,
                incident_every_ms=incident_every_ms,
            )
        ensure_accounts(places(), demo.from_at)
        ensure_ground(tuple(district.code for district in banten().districts), current_election())
    return play_until(demo, now, progress)


def _early_on_the_day(at: Instant) -> Instant:
    """Five in the morning of that local day, before the first watch begins."""
    offset = offset_of(PROVINCE)
    return (at + offset) // DAY * DAY - offset + 5 * HOUR


def places() -> tuple[str, ...]:
    """The main warehouses that the demo watches."""
    return tuple(district.warehouse.code for district in banten().districts)


def posts(first_at: Instant) -> list[Post]:
    """The eight warehouses as the simulation plays them, by the real figures of their districts."""
    codes, election = ensure_accounts(places(), first_at), current_election()
    rolls = {
        row.region: (row.stations, row.voters)
        for electorate in election.electorate
        for row in electorate.rows
        if row.stations and row.voters
    }
    found = []
    for turn, district in enumerate(banten().districts):
        short = district.code.replace(".", "")
        count, voters = rolls.get(district.code, (3000, 3000 * 250))
        needs = tuple(
            (one.id, count * ballots_needed(election, one.id, voters // count))
            for one in ballots_for(election, district.code)
        )
        first, second, third = (codes[f"{name}.{short}"] for name in WATCHERS)
        found.append(
            Post(
                place=district.warehouse.code,
                watchers=(first, second, third),
                officer=codes[f"kab.{short}"],
                stations=count,
                kecamatan=district.kecamatan_count,
                sorters=min(max(count // SORTERS_PER_STATION, LEAST_SORTERS), MOST_SORTERS),
                cameras=6 + turn % 4,
                turn=turn * 5,
                election=election.slug,
                needs=needs,
                shown=stations_of(district.code, election),
                equipment=kit_items(election, district.code),
            )
        )
    return found


def stage_of(demo: Demo, book: Book) -> Stage:
    """The demo as a stream of cues."""
    draw = drawing(demo.seed)
    routines = [Routine(post, day_of(post, demo.from_at), draw, book.seal) for post in posts(demo.from_at)]
    schedule = Schedule(
        from_at=demo.from_at + 6 * HOUR,
        quiet_from_at=demo.live_from_at - 4 * HOUR,
        live_from_at=demo.live_from_at,
        live_every_ms=demo.incident_every_ms,
        arranged=tuple(
            Arranged(script=script, turn=turn, at=demo.live_from_at + minutes * MINUTE)
            for script, turn, minutes in ON_THE_WALL
        ),
    )
    return Stage(routines, schedule, draw)


def player_of(demo: Demo) -> Player:
    """A player with the demo's names."""
    return Player(warnings.bench(), Book(salts(demo.seed), REFERENCES))


def play_until(demo: Demo, now: Instant, progress: Progress = lambda done: None) -> int:
    """Plays everything that was due up to `now` and isn't in the record yet, as of its own instants."""
    player = player_of(demo)
    stage = stage_of(demo, player.book)
    # A kit is counted in at a subdistrict: what was played is told by the log, not by the place.
    reached = {log_of(routine.post.place): played_until(routine.post.place) for routine in stage.routines}
    start = max(min(reached.values()), demo.from_at)
    added = 0
    for until_at, cues in chunks(stage.cues(start), start, now):
        fresh = [cue for cue in cues if cue.at > reached[log_of(cue.place)]]
        added += player.past_of_all(fresh, until_at, list(reached))
        progress((until_at - start) / max(now - start, 1))
    progress(1.0)
    return added


def chunks(cues: Iterator[Cue], start: Instant, now: Instant) -> Iterator[tuple[Instant, Sequence[Cue]]]:
    """Cues up to `now` in stretches of `CHUNK`, each with its end."""
    waiting: list[Cue] = []
    until_at = start + CHUNK
    for cue in takewhile(lambda one: one.at <= now, cues):
        while cue.at >= until_at:
            yield until_at, waiting
            waiting, until_at = [], until_at + CHUNK
        waiting.append(cue)
    yield min(until_at, now), waiting
