"""What one row of a sheet says to the record: for each kind how its values become lines, and lines a command. Pure.

`Said` is one row. Rows whose `head` is the same may stand in one command. A line has an identity (everything that was
counted) by which it is known again when the file comes a second time, and a subject (the same without the figures).
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from awas.ledger.area import Instant
from awas.ledger.message import Command
from awas.logistics import commands as ask_for
from awas.logistics.keys import unit_key
from awas.logistics.lines import Damage, Line, TallyLine
from awas.logistics.needs import equipment_line
from awas.logistics.sheets import typed
from awas.logistics.sheets.faults import Mistyped
from awas.logistics.sheets.ground import Ground
from awas.logistics.stages import STEPS
from awas.ui.formats import number
from awas.warnings.rule import Words as Both

Values = Mapping[str, Any]
"""What a row's columns hold, as their types say; a column that is empty is left out."""
Head = tuple[tuple[str, Any], ...]
Thing = TallyLine | Line | str
"""A line, or the code of a station or the key of a unit."""
Identity = tuple[Any, ...]

DAMAGE, BALLOT = "damage_", "ballot_"
NO_DAY = "0"


class Said(Struct, frozen=True, kw_only=True):
    """One row: where it stands, the day it speaks of (`yymmdd`, or 0 where none is written), what it says."""

    sheet: str
    row: int
    day: str
    at: Instant
    head: Head
    things: tuple[Thing, ...]

    @property
    def known(self) -> Mapping[str, Any]:
        """The head by its fields."""
        return dict(self.head)


class Maker(Struct, frozen=True, kw_only=True):
    """How a kind of sheet is read. `most` lines stand in one command.

    `told_apart` are the fields of a head by which rows of the record are known again; `about` those of a subject.
    """

    say: Callable[[str, Values, Ground], tuple[dict[str, Any], Sequence[Thing]]]
    command: Callable[[str, str, Mapping[str, Any], tuple[Any, ...]], Command]
    told_apart: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    most: int = 200


def bare_line(thing: Thing) -> Thing:
    """A line without what the registers add to it: its station's need, and whether equipment was in stock here."""
    if not isinstance(thing, TallyLine):
        return thing
    bare = replace(thing, need=-1, expected_dapil="")
    if not thing.station or thing.item == "ballot":
        return bare
    return replace(bare, taken=0, passed=0, checked=thing.passed + thing.checked)


def identity_of(maker: Maker, day: str, head: Mapping[str, Any], thing: Thing) -> Identity:
    """Everything by which a line is known again."""
    return (day, *(head.get(name) for name in maker.told_apart), bare_line(thing))


def subject_of(maker: Maker, day: str, head: Mapping[str, Any], thing: Thing) -> Identity:
    """The same without its figures."""
    return (day, *(head.get(name) for name in maker.about), what_of(thing))


def what_of(thing: Thing) -> tuple[str, ...]:
    """Which thing, and for which station."""
    if isinstance(thing, str):
        return (thing,)
    return (getattr(thing, "station", ""), thing.item, thing.ballot, thing.dapil)


def day_of(values: Values, ground: Ground) -> tuple[str, Instant]:
    """(day, instant) of a row; the instant is noon of its day, or now if noon is yet to come."""
    on: datetime.date | None = values.get("day")
    if on is None:
        return NO_DAY, 0
    return on.strftime("%y%m%d"), min(typed.noon(on, ground.zone), ground.now)


# -- counts of a step ----------------------------------------------------------------------------------------------


def _tally(kind: str, values: Values, ground: Ground) -> tuple[dict[str, Any], Sequence[Thing]]:
    step = STEPS[kind]
    item, _, ballot = values["what"].partition(":")
    taken, passed, damaged = values["taken"], values["passed"], values.get("damaged", 0)
    parts = {name.removeprefix(DAMAGE): units for name, units in values.items() if name.startswith(DAMAGE)}
    if parts and sum(parts.values()) != damaged:
        terms = Both(*(" + ".join(number(units, words) for units in parts.values()) for words in ("id", "en")))
        raise Mistyped("sheet.damage_sum", "damaged", terms=terms, sum=sum(parts.values()), damaged=damaged)
    if values.get("usable", 0) > passed:
        raise Mistyped("sheet.usable_beyond", "usable", usable=values["usable"], passed=passed)
    if not (taken or passed or damaged):
        raise Mistyped("sheet.nothing_counted", "taken")
    reason = values.get("reason", "none")
    if taken != passed + damaged and not step.misses:
        raise Mistyped("sheet.must_be_equal", "passed", taken=taken, passed=passed)
    if taken != passed + damaged and reason == "none":
        figures = {"taken": taken, "passed": passed, "damaged": damaged, "sum": passed + damaged}
        raise Mistyped("sheet.reason_needed", "reason", **figures)
    line = TallyLine(
        item=item,
        ballot=ballot,
        dapil=values.get("dapil", ""),
        taken=taken,
        passed=passed,
        damaged=damaged,
        damage=tuple(Damage(criterion=one, units=units) for one, units in parts.items() if units),  # type: ignore[arg-type]
        usable=values.get("usable", 0),
    )
    opened = values.get("opened_unit", "")
    head = {
        "reason": reason,
        "document_number": values.get("document_number", ""),
        "table": values.get("table", ""),
        "shift": values.get("shift", ""),
        "opened_unit": unit_key(ground.place, opened) if opened else "",
        "workers": values.get("workers", 0),
        "workers_checked": values.get("workers_checked"),
    }
    return head, [line]


def _pack(kind: str, values: Values, ground: Ground) -> tuple[dict[str, Any], Sequence[Thing]]:
    station = values["station"]
    lines = []
    for name, units in values.items():
        if not (name.startswith(BALLOT) and units):
            continue
        ballot = name.removeprefix(BALLOT)
        # Only these ballots differ from one constituency of the district to the next.
        own = ballot.startswith("dprd_kab")
        lines.append(
            TallyLine(
                item="ballot",
                ballot=ballot,
                dapil=values.get("dapil", "") if own else "",
                expected_dapil=values.get("expected_dapil", "") if own else "",
                station=station,
                taken=units,
                passed=units,
            )
        )
    lines += [
        equipment_line(station, one, units) for one in ground.equipment if (units := values.get(f"kit_{one.item}", 0))
    ]
    return {"reason": "none", "document_number": values.get("document_number", "")}, lines


def _as_tally(kind: str, key: str, head: Mapping[str, Any], things: tuple[Any, ...]) -> Command:
    return ask_for.Tally(tally_id=key, step=kind, lines=things, **head)


# -- contracts and stock counts ------------------------------------------------------------------------------------


def _line(values: Values) -> Line:
    item, _, ballot = values["what"].partition(":")
    return Line(item=item, ballot=ballot, dapil=values.get("dapil", ""), units=values["units"])


def _contract(kind: str, values: Values, ground: Ground) -> tuple[dict[str, Any], Sequence[Thing]]:
    if not values["units"]:
        raise Mistyped("sheet.nothing_counted", "units")
    head = {
        "supplier": values["supplier"],
        "document_number": values["document_number"],
        "deliver_by_at": values.get("deliver_by", 0),
        "replacement": values.get("replacement", False),
    }
    return head, [_line(values)]


def _as_contract(kind: str, key: str, head: Mapping[str, Any], things: tuple[Any, ...]) -> Command:
    return ask_for.RecordContract(contract_id=key, lines=things, **head)


def _count(kind: str, values: Values, ground: Ground) -> tuple[dict[str, Any], Sequence[Thing]]:
    head = {
        "shelf": values["shelf"],
        "counted_by": values["counted_by"],
        "reason": values.get("reason", "none"),
    }
    return head, [_line(values)]


def _as_count(kind: str, key: str, head: Mapping[str, Any], things: tuple[Any, ...]) -> Command:
    return ask_for.RecordCount(count_id=key, lines=things, **head)


# -- labels and hand-overs -----------------------------------------------------------------------------------------


def _label(kind: str, values: Values, ground: Ground) -> tuple[dict[str, Any], Sequence[Thing]]:
    parent = values.get("parent", "")
    head = {
        "unit_kind": values["unit_kind"],
        "station": values.get("station", ""),
        "ballot": values.get("ballot", ""),
        "parent": unit_key(ground.place, parent) if parent else "",
    }
    return head, [unit_key(ground.place, values["label"])]


def _as_labels(kind: str, key: str, head: Mapping[str, Any], things: tuple[Any, ...]) -> Command:
    return ask_for.LabelUnits(units=things, **head)


def one_of(values: Values, ground: Ground) -> str:
    """The station or the unit that a row names."""
    station, label = values.get("station", ""), values.get("label", "")
    if bool(station) == bool(label):
        raise Mistyped("sheet.station_or_label", "station")
    return station or unit_key(ground.place, label)


def parted(things: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(stations, units) among the things of a transfer."""
    units = tuple(one for one in things if "/" in one)
    return tuple(one for one in things if "/" not in one), units


def _offer(kind: str, values: Values, ground: Ground) -> tuple[dict[str, Any], Sequence[Thing]]:
    head = {
        "leg": values["leg"],
        "to_place": values["to_place"],
        "plate": values.get("plate", "").upper(),
        "escort": values.get("escort", "none"),
        "seals": values.get("seals", ()),
        "due_at": values.get("due", 0),
        "document_number": values.get("document_number", ""),
    }
    return head, [one_of(values, ground)]


def _as_offer(kind: str, key: str, head: Mapping[str, Any], things: tuple[Any, ...]) -> Command:
    stations, units = parted(things)
    return ask_for.OfferTransfer(transfer_id=key, stations=stations, units=units, **head)


_STEP = Maker(
    say=_tally,
    command=_as_tally,
    told_apart=("reason", "document_number", "table", "shift", "opened_unit"),
    about=("document_number", "table", "shift", "opened_unit"),
)
MAKERS: Mapping[str, Maker] = {
    **dict.fromkeys(("receive", "sort", "fold", "set_aside", "destroy_damaged", "destroy_surplus"), _STEP),
    "pack": Maker(say=_pack, command=_as_tally, told_apart=("document_number",), about=("document_number",)),
    "contract": Maker(
        say=_contract,
        command=_as_contract,
        told_apart=("supplier", "document_number", "deliver_by_at", "replacement"),
        about=("supplier", "document_number"),
    ),
    # A reason may be found later, so a count isn't known by it.
    "count": Maker(say=_count, command=_as_count, told_apart=("shelf", "counted_by"), about=("shelf", "counted_by")),
    "labels": Maker(say=_label, command=_as_labels, told_apart=("unit_kind", "station", "ballot")),
    "transfer-offer": Maker(
        say=_offer,
        command=_as_offer,
        told_apart=("leg", "to_place", "plate", "escort", "document_number"),
        about=("leg",),
    ),
}
"""Every kind but the accepting of transfers, whose rows are answers to what was sent; see `accepting`."""
