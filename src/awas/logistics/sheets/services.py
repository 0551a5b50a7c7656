"""Use cases of sheets: taking a file in, whole or not at all, and what a template is made of."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import DatabaseError
from msgspec import Struct
from msgspec.structs import replace

from awas.elections.services import current_election
from awas.ledger import services as ledger
from awas.ledger.area import Instant, Refused
from awas.ledger.canonical import NotCanonical
from awas.ledger.desk import Desk
from awas.ledger.fact import Fact, Receipt, Submission
from awas.ledger.message import Capture
from awas.ledger.naming import district_of
from awas.logistics import models
from awas.logistics import services as logistics
from awas.logistics.lines import Line
from awas.logistics.need_services import station_needs
from awas.logistics.sheets.accepting import came_of
from awas.logistics.sheets.faults import BadSheet, Fault
from awas.logistics.sheets.ground import Ground, Offered, OfferedRow, StationRow
from awas.logistics.sheets.grouping import Draft, alone, drafts, nonce_of
from awas.logistics.sheets.held import sha256_of
from awas.logistics.sheets.opening import Grid, open_file
from awas.logistics.sheets.reading import Read, read_grids, refusal_of, said_what
from awas.logistics.sheets.recorded import Recorded, entries_named, recorded
from awas.logistics.sheets.rows import MAKERS, Said, Thing, identity_of, subject_of
from awas.logistics.sheets.taken import Entered, Row, Taken
from awas.logistics.sheets.writing import Row as Filled
from awas.logistics.sheets.writing import offered_prefill, station_prefill
from awas.places.codes import PARTS, zone_of
from awas.places.constituencies import nearest
from awas.places.models import Region, Station
from awas.places.services import sites_within
from awas.places.serving import areas_within
from awas.ui.formats import number
from awas.warnings.rule import Words as Both

log = logging.getLogger(__name__)

NAMES_STATIONS = frozenset({"pack", "labels", "transfer-offer", "transfer-accept"})


class RecordedOtherwise(BadSheet):
    """Only this stands against the file: some of its rows name what is on record with other figures.

    If they come on top of those, the same file may be taken with `on_top`; if they correct them, the count that stands
    in the record is taken back first, and the file then adds what that had.
    """


def take(content: bytes, name: str, kind: str, desk_factory: Callable[[], Desk], *, on_top: bool = False) -> Taken:
    """Reads a file and puts all of it on record at the desk's place, in one commit, or nothing; see `take_grids`."""
    document = sha256_of(content)
    return take_grids(open_file(content, name), name, kind, desk_factory, document=document, on_top=on_top)


def take_grids(
    grids: Sequence[Grid],
    name: str,
    kind: str,
    desk_factory: Callable[[], Desk],
    *,
    document: str,
    on_top: bool = False,
) -> Taken:
    """The same for a file that is open already; `document` is its SHA-256, which stands in every entry made from it.

    `ledger.record_all` records the good and refuses the others, so it can't be used. Nor is a rehearsal followed by
    `record_all` safe: between the two somebody else may record what makes a row refused, and half the file would stand.
    Here every command is decided and folded in one FACT transaction of the sequencer (`Sequencer.fact`: it holds the
    log as a group commit does, in this and every other process), and one refusal makes all of it roll back, with the
    others still tried so that every faulty row is named. What is on record already is looked up inside the same
    transaction: two desks that send the same file at the same moment record it once. If the power fails before the
    commit, nothing was recorded; after it, the file sent again finds its entries.

    Raises `BadSheet` with all faults, `RecordedOtherwise`, and `LedgerHalted`, `LedgerCorrupt` of the ledger.
    """
    desk = desk_factory()
    found = read_grids(kind, grids, name, ground_of(desk.place, desk.now, kind))
    sequencer = ledger.sequencer()
    with sequencer.fact([desk.log]) as fact:
        plan = _plan(found, desk.place, on_top)
        submissions = sequencer.inform([_submission(desk, draft, document) for draft in plan.drafts])
        fact.prefetch(submissions)
        receipts = _recorded(fact, desk, found, plan.drafts, submissions)
        appended = fact.appended
    if appended:
        try:
            sequencer.after_commit(appended)
        except DatabaseError:
            # The facts are durable; the worker catches the judgement up from its stored position.
            log.exception("judgement failed after a sheet was recorded")
    return _taken(found, desk.place, plan, receipts, document)


class _Plan(Struct, frozen=True, kw_only=True):
    """What is to be recorded, and what stands there already: rows, and the nonces of their commands."""

    drafts: tuple[Draft, ...]
    new: tuple[Said, ...]
    there: tuple[Said, ...]
    nonces: tuple[str, ...]


def _plan(found: Read, place: str, on_top: bool) -> _Plan:
    if found.answers:
        return _plan_of_answers(found)
    known = recorded(found.kind, place, found.rows)
    if known.faults:
        raise BadSheet(found.file, known.faults)
    maker = MAKERS[found.kind]
    new: list[Said] = []
    there: list[Said] = []
    keys: dict[str, None] = {}
    for row in found.rows:
        fresh = []
        for thing in row.things:
            before = known.lines.get(identity_of(maker, row.day, row.known, thing))
            if before is None:
                fresh.append(thing)
            else:
                keys[before.key] = None
        if fresh:
            new.append(replace(row, things=tuple(fresh)))
        else:
            there.append(row)
    if not on_top and (changed := _said_otherwise(found, new, known)):
        raise RecordedOtherwise(found.file, changed)
    # A label's command leaves no key of its own: the whole file's commands tell where it was recorded first.
    whole = drafts(found.kind, place, found.rows) if found.kind == "labels" and there else []
    nonces = [draft.nonce for draft in whole] + [nonce_of(found.kind, key) for key in keys]
    return _Plan(
        drafts=tuple(drafts(found.kind, place, new, known.used)),
        new=tuple(new),
        there=tuple(there),
        nonces=tuple(nonces),
    )


def _plan_of_answers(found: Read) -> _Plan:
    """Transfers accepted before with the same content are there; with other content they are a fault."""
    new, there, faults = [], [], []
    keys = {draft.key for draft in found.answers}
    offered = _offered(models.Transfer.objects.filter(key__in=keys))
    for draft in found.answers:
        transfer = offered[draft.key]
        if transfer.state == "offered":
            new.append(draft)
        elif transfer.state == "accepted" and transfer.came == came_of(draft):
            there.append(draft)
        else:
            faults.append(_fault(draft.rows[0], "sheet.transfer_answered", transfer=draft.key.partition("/")[2]))
    if faults:
        raise BadSheet(found.file, faults)
    return _Plan(
        drafts=tuple(new),
        new=tuple(row for draft in new for row in draft.rows),
        there=tuple(row for draft in there for row in draft.rows),
        nonces=tuple(draft.nonce for draft in there),
    )


def _said_otherwise(found: Read, new: Iterable[Said], known: Recorded) -> list[Fault]:
    """Rows about what is on record with other figures that this file doesn't have as well."""
    maker = MAKERS[found.kind]
    in_file = {identity_of(maker, row.day, row.known, thing) for row in found.rows for thing in row.things}
    faults = []
    for row in new:
        for thing in row.things:
            before = known.subjects.get(subject_of(maker, row.day, row.known, thing))
            if before is not None and before.identity not in in_file:
                figures = {"before": _figures(before.thing), "now": _figures(thing)}
                faults.append(_fault(row, "sheet.recorded_otherwise", what=said_what(thing), **figures))
    return faults


def _figures(thing: Thing) -> Both:
    return Both(_in_words(thing, "id", "baik", "rusak"), _in_words(thing, "en", "good", "damaged"))


def _in_words(thing: Thing, language: str, good: str, damaged: str) -> str:
    if isinstance(thing, str):
        return ""
    if isinstance(thing, Line):
        return number(thing.units, language)
    taken = number(thing.taken + thing.checked, language)
    if thing.taken == thing.passed:
        return taken
    return f"{taken}: {number(thing.passed, language)} {good}, {number(thing.damaged, language)} {damaged}"


def _fault(row: Said, code: str, **params: str | int | Both) -> Fault:
    return Fault(code=code, sheet=row.sheet, row=row.row, params=params)


def _submission(desk: Desk, draft: Draft, document: str) -> Submission:
    command = replace(draft.command, capture=Capture(document=document))
    # The digest is of what the rows say: the same rows in another file are the same act.
    made = desk.submission(command, nonce=draft.nonce, digest=draft.digest)
    return replace(made, occurred_at=draft.at) if draft.at else made


# -- all or nothing ------------------------------------------------------------------------------------------------


def _recorded(
    fact: Fact, desk: Desk, found: Read, plan: Sequence[Draft], submissions: Sequence[Submission]
) -> tuple[Receipt, ...]:
    """Decides and appends everything. Raises BadSheet, and with it the transaction is gone, if anything is refused."""
    receipts = []
    faults: list[Fault] = []
    for draft, submission in zip(plan, submissions, strict=True):
        try:
            receipts.append(fact.execute(submission))
        except NotCanonical:
            faults.append(_fault(draft.rows[0], "sheet.entry_too_long"))
        except Refused as refused:
            faults += _blamed(fact, desk, found.kind, draft, refused)
    if faults:
        raise BadSheet(found.file, sorted(faults, key=lambda fault: (fault.sheet, fault.row)))
    return tuple(receipts)


def _blamed(fact: Fact, desk: Desk, kind: str, draft: Draft, refused: Refused) -> list[Fault]:
    """The rows of a refused command that are refused by themselves; if none is, the first row stands for all.

    What this records in passing goes when the transaction does.
    """
    if len(draft.rows) == 1 or kind not in MAKERS:
        return [refusal_of(draft.rows[0], kind, refused)]
    faults = []
    for row in draft.rows:
        single = alone(kind, desk.place, row)
        try:
            fact.execute(_submission(desk, single, ""))
        except Refused as own:
            faults.append(refusal_of(row, kind, own))
    return faults or [refusal_of(draft.rows[0], kind, refused)]


def _taken(found: Read, place: str, plan: _Plan, receipts: tuple[Receipt, ...], document: str) -> Taken:
    first = entries_named(place, plan.nonces)
    return Taken(
        kind=found.kind,
        file=found.file,
        document=document,
        receipts=receipts,
        new=_rows(plan.new),
        entered=_entered(plan.drafts, receipts),
        there=_rows(plan.there),
        first=tuple(sorted(first.values())),
        left_empty=found.left_empty,
        ignored=found.ignored,
    )


def _entered(plan: Sequence[Draft], receipts: Sequence[Receipt]) -> tuple[Entered, ...]:
    found = []
    for draft, receipt in zip(plan, receipts, strict=True):
        came = came_of(draft) if draft.kind == "transfer-accept" else None
        for said in draft.rows:
            row = Row(said.sheet, said.row)
            for thing in said.things:
                here = came is None or thing in came
                found.append(Entered(row=row, index=receipt.index, thing=thing, came=here))
    return tuple(sorted(found, key=lambda one: one.row))


def _rows(said: Iterable[Said]) -> tuple[Row, ...]:
    return tuple(sorted({Row(one.sheet, one.row) for one in said}))


# -- the ground ----------------------------------------------------------------------------------------------------


def ground_of(place: str, now: Instant, kind: str) -> Ground:
    """What a kind of sheet is read and written against at a place; only what that kind asks for is looked up."""
    district = district_of(place)
    names = {one.id: Both(one.name.id, one.name.en) for one in current_election().ballots}
    ground = Ground(
        place=place,
        now=now,
        zone=zone_of(place),
        ballots={code: names[code] for code in logistics.ballots_of(place)},
        equipment=logistics.kit_items_of(place),
    )
    if kind in NAMES_STATIONS:
        regions = Region.objects.within(district).filter(level__gte=Region.Level.KECAMATAN)
        ground = replace(
            ground,
            regions=dict(regions.order_by("code").values_list("code", "name")),
            stations=frozenset(Station.objects.within(district).values_list("code", flat=True)),
            sites={site.code: site.name for site in sites_within(district)},
        )
    if kind == "transfer-accept":
        sent = models.Transfer.objects.filter(to_place=place, state__in=("offered", "accepted"))
        ground = replace(ground, offered=_offered(sent))
    return ground


def _offered(transfers: Iterable[models.Transfer]) -> dict[str, Offered]:
    found = {}
    for one in transfers:
        came = ({*one.stations, *one.units} - {*one.missing}) | {*one.extra}
        found[one.key] = Offered(
            state=one.state,
            stations=tuple(one.stations),
            units=tuple(one.units),
            seals=tuple(one.seals),
            came=frozenset(came) if one.state == "accepted" else frozenset(),
        )
    return found


def station_rows(place: str) -> list[StationRow]:
    """The stations that a place serves, else those of its district or kecamatan, to prefill a template with."""
    region = place.partition("-")[0]
    areas = areas_within(district_of(place))
    own = place in areas.values()
    names = dict(Region.objects.within(district_of(place)).values_list("code", "name"))
    return [
        StationRow(
            code=code,
            kecamatan=names.get(code[: PARTS[2]], ""),
            village=names.get(code[: PARTS[3]], ""),
            needs=need.ballots or {},
        )
        for code, need in station_needs(region)
        if not own or nearest(areas, code) == place
    ]


def offered_rows(place: str) -> list[OfferedRow]:
    """Every kit and unit on its way to a place, to prefill a template with."""
    rows = []
    for one in models.Transfer.objects.filter(to_place=place, state="offered").order_by("key"):
        rows += [OfferedRow(transfer=one.key, station=station) for station in one.stations]
        rows += [OfferedRow(transfer=one.key, label=unit.partition("/")[2]) for unit in one.units]
    return rows


PREFILLED: Mapping[str, Callable[[str], list[Filled]]] = {
    "pack": lambda place: station_prefill(station_rows(place)),
    "transfer-accept": lambda place: offered_prefill(offered_rows(place)),
}
"""Kinds of sheet whose rows are known beforehand, and what fills them at a place."""


def prefilled(kind: str, place: str) -> list[Filled]:
    """The rows that a place's template begins with; none for most kinds."""
    return PREFILLED[kind](place) if kind in PREFILLED else []


def prefilled_counts(place: str) -> dict[str, int]:
    """How many rows that is, by kind."""
    return {
        "pack": Station.objects.within(place.partition("-")[0]).count(),
        "transfer-accept": len(offered_rows(place)),
    }
