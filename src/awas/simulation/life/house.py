"""A day of the house: keys, the seal on the store's door, a glance at the stock, the weekly fitness check; and how a
post is set up on its first day. Pure."""

from collections.abc import Iterator

from awas.ledger.area import MINUTE
from awas.roster.commands import SetRosterRules
from awas.simulation.cast import Company
from awas.simulation.cues import Cue, Scene, SeeTo, some
from awas.simulation.life.goods import BALLOTS, two
from awas.simulation.life.people import LISTED
from awas.simulation.life.watch import AHEAD_DAYS, CHECKPOINTS, GUARDS_WANTED, shifts_planned
from awas.warehouse.commands import (
    ApplySeal,
    CheckFitness,
    CheckSeal,
    GlanceAtStock,
    GrantAccess,
    RemoveSeal,
    ReturnKey,
    SetSiteRules,
    TakeKey,
    WatchlistPerson,
)
from awas.warehouse.events import Answer, StockCount
from awas.warehouse.keys import access_key_of_role, seal_key

CHECKLIST = "awas-20"
CHECKLIST_ITEMS = 20
"""The shipped checklist of fitness; a test holds both equal to it."""
DOOR = "Pintu gudang utama"
OPENS, CLOSES = 7 * 60 + 22, 17 * 60 + 25
"""Minutes of the day at which the store is unsealed and sealed again."""


def house_of(scene: Scene, company: Company, day: int, is_first: bool) -> Iterator[Cue]:
    """Store opened by two in the morning, sealed in the evening, the seal looked at in the night."""
    chance, key = scene.chance("house", day), scene.key("kunci-gudang")
    opened_at = scene.at(day, OPENS) + some(chance, 0, 6)
    keeper = company.staff[0]
    if not is_first:
        yield from _unsealed(scene, day, opened_at)
    taken = TakeKey(key_id=key, door=DOOR, holder=keeper.name, purpose="opening")
    yield scene.watch(opened_at + MINUTE, f"kunci{day}.a", taken)
    seen = GlanceAtStock(unchanged=True, ballots_inside=True, counted_by=two(scene, scene.at(day, 16 * 60 + 30)))
    yield scene.watch(scene.at(day, 16 * 60 + 30) + some(chance, 0, 5), f"stok{day}", seen)
    closed_at = scene.at(day, CLOSES) + some(chance, 0, 6)
    yield from _sealed(scene, day, closed_at)
    yield scene.watch(closed_at + MINUTE, f"kunci{day}.b", ReturnKey(key_id=key))
    yield scene.office(scene.at(day, 8 * 60 + 40), f"rapi{day}", SeeTo(step="tidy"))
    if day % 7 == 4:  # Mondays: day 4 after 1 January 1970, a Thursday
        yield _fitness(scene, day)


def door_seal(scene: Scene, day: int) -> str:
    return f"KT{scene.place[3:5]}{day % 100_000:05d}"


def _unsealed(scene: Scene, day: int, at: int) -> Iterator[Cue]:
    number = door_seal(scene, day - 1)
    off = RemoveSeal(
        seal=seal_key(scene.place, number),
        number=number,
        reason="opening",
        authority=f"BA/{day % 1000:03d}/BUKA/DEMO",
        removed_by=two(scene, at),
        witnesses=("kpu", "bawaslu", "police"),
    )
    yield scene.watch(at, f"segel{day}.b", off)


def _sealed(scene: Scene, day: int, at: int) -> Iterator[Cue]:
    number = door_seal(scene, day)
    key = seal_key(scene.place, number)
    on = ApplySeal(
        seal=key,
        number=number,
        seal_kind="cable_tie",
        sealed_object="door",
        object_name=DOOR,
        applied_by=two(scene, at),
        witnesses=("kpu", "bawaslu", "police"),
        document_number=f"BA/{day % 1000:03d}/SEGEL/DEMO",
    )
    yield scene.watch(at, f"segel{day}.a", on)
    for part, minute in enumerate((21 * 60, 24 * 60 + 40, 29 * 60 + 20)):
        looked_at = scene.at(day, minute) + some(scene.chance("seal", day, part), 0, 20)
        look = CheckSeal(seal=key, number=number, result="intact", sealed_object="door", object_name=DOOR)
        yield scene.watch(looked_at, f"segel{day}.{part}", look, strand="seal", begins_at=looked_at)


def _fitness(scene: Scene, day: int) -> Cue:
    answers = tuple(Answer(item=f"FIT-{number:02d}", verdict="ok") for number in range(1, CHECKLIST_ITEMS + 1))
    command = CheckFitness(
        check_id=scene.key(f"layak{day}"), checklist=CHECKLIST, answers=answers, item_count=CHECKLIST_ITEMS
    )
    return scene.watch(scene.at(day, 10 * 60 + 15), f"layak{day}", command)


def opening(scene: Scene, company: Company, day: int) -> Iterator[Cue]:
    """How a post begins: settings, access list, watchlist, the first shifts, and the stock as it lies there."""
    post, at = scene.post, scene.at(day, 6 * 60 + 40)
    rules = SetSiteRules(
        access_list_in_force=True,
        two_persons=("receiving", "releasing", "seal_removal"),
        letter_required=True,
        checkpoints=CHECKPOINTS,
        gates=("gerbang",),
        opens_minute=7 * 60,
        closes_minute=18 * 60,
        guards_wanted=GUARDS_WANTED,
        cameras_wanted=post.cameras,
        people_limit=post.sorters + 40,
        document_number="SK/001/DEMO",
    )
    yield scene.office(at, "atur", rules)
    watch = SetRosterRules(
        minimum=1, rest_ms=8 * 60 * MINUTE, handover_grace_ms=15 * MINUTE, document_number="SK/002/DEMO"
    )
    yield scene.office(at + 10_000, "atur-piket", watch)
    for number, role in enumerate(LISTED):
        listed = GrantAccess(access_id=access_key_of_role(scene.place, role), role=role, letter_number="SK/003/DEMO")
        yield scene.office(at + 20_000 + number * 1000, f"daftar-{role}", listed)
    wanted = WatchlistPerson(person=company.wanted.person, name=company.wanted.name, reason="removed_before")
    yield scene.office(at + 60_000, "awasi", wanted)
    for ahead in range(AHEAD_DAYS):
        yield from shifts_planned(scene, day + ahead, at + (2 + ahead) * MINUTE)
    yield _stock(scene, day)


def _stock(scene: Scene, day: int) -> Cue:
    """What lay there before anybody kept a log: boxes, booths and ink for every station, some ballots."""
    stations = scene.post.stations
    command = GlanceAtStock(
        unchanged=False,
        counts=(
            StockCount(item="box", units=stations * 5),
            StockCount(item="booth", units=stations * 4),
            StockCount(item="ink", units=stations * 2),
            *(StockCount(item="ballot", ballot=ballot, units=stations * 100) for ballot in BALLOTS[:3]),
        ),
        ballots_inside=True,
        counted_by=two(scene, scene.at(day, 12 * 60)),
    )
    return scene.by_watcher(0, scene.at(day, 7 * 60 + 4), "stok-awal", command)
