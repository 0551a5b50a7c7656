"""Acts of counting: the steps, kits, independent counts, and what is taken back or explained."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from awas.elections.services import current_election
from awas.ledger.area import Refused
from awas.ledger.desk import Desk
from awas.logistics import commands as ask_for
from awas.logistics import models, services
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.forms.asked import DIFFERS, WHAT, name_of, numbers, what_of
from awas.logistics.keys import unit_key
from awas.logistics.lines import Damage, Line, TallyLine, line_key
from awas.logistics.needs import ticked_line
from awas.logistics.stages import STEPS, Step
from awas.logistics.words import (
    COUNTERS,
    CRITERIA,
    REASONS,
    SHELVES,
    SHIFTS,
)
from awas.ui.acts import Act, Values
from awas.ui.asks import Ask, Asked, Choices, choice, count, photos, sealed, text, things, yes_or_no
from awas.warehouse.words import ITEMS


def _tally_asks(step: Step) -> tuple[Ask, ...]:
    asks: list[Ask] = [
        *WHAT,
        count("taken", _("In hand, as the label or the letter says"), required=True),
        count("passed", _("Good, and passed on"), required=True),
    ]
    if step.damages:
        asks += [
            count("damaged", _("Damaged")),
            choice("criterion", _("Damaged mostly by"), CRITERIA, required=False),
            count("usable", _("Among the good: imperfect but usable")),
        ]
    if step.needs_document:
        asks.append(text("document_number", _("Receipt or minutes, number (BTTB, BAST, BA)")))
    if step.stage == "destruction":
        asks.append(text("witnesses", _("Witnesses: institutions"), most=120))
    if step.id in {"sort", "fold"}:
        asks += [
            text("opened_unit", _("Carton opened, its label"), most=40),
            text("table", _("Table"), most=24),
            choice("shift", _("Shift"), SHIFTS, required=False),
            count("workers", _("Workers at it"), most=5000),
            yes_or_no("workers_checked", _("Workers looked up in SIPOL and searched")),
        ]
    return (*asks, *DIFFERS, photos())


def _tally(step: str) -> Any:
    def build(values: Values, desk: Desk, subject: str) -> Any:
        what, damaged, criterion = what_of(values), values.pop("damaged", 0), values.pop("criterion", None)
        line = TallyLine(
            **what,  # type: ignore[arg-type]
            taken=values.pop("taken"),
            passed=values.pop("passed"),
            damaged=damaged,
            damage=(Damage(criterion=criterion, units=damaged),) if criterion and damaged else (),
            usable=values.pop("usable", 0),
        )
        values["witnesses"] = numbers(values.pop("witnesses", ""))
        values["shift"] = values.pop("shift", None) or ""
        if opened := values.pop("opened_unit", ""):
            values["opened_unit"] = unit_key(desk.place, opened.upper())
        return ask_for.Tally(tally_id=desk.key(), step=step, lines=(line,), **values)

    return build


def _tally_act(slug: str, step: str, hint: Any = "") -> Act:
    return Act(
        slug=slug,
        title=STEP_TITLES[step],
        icon="box",
        send=_("Record the count"),
        hint=hint,
        asks=_tally_asks(STEPS[step]),
        build=_tally(step),
    )


STEP_TITLES = {
    "receive": _("Count received goods"),
    "sort": _("Count sorting"),
    "fold": _("Count folding"),
    "set_aside": _("Set surplus aside"),
    "destroy_damaged": _("Destroy the damaged"),
    "destroy_surplus": _("Destroy the surplus"),
}


def _ballot_asks() -> tuple[Ask, ...]:
    """How many of each kind, and the constituency of those that differ by it."""
    return (
        *(count(f"ballot_{one.id}", name_of(one.name)) for one in current_election().ballots),
        text("dapil", _("Constituency on the DPRD ballots, for example 36.03-4"), most=16),
    )


def _kit_asks() -> tuple[Ask, ...]:
    return (
        text("station", _("Polling station (TPS), code"), required=True, most=17, hint="36.03.05.2001-001"),
        *_ballot_asks(),
        text("expected_dapil", _("Constituency the station lies in"), most=16),
        things("equipment", _("Also in the kit, and complete"), _equipment, hint=EQUIPMENT_HINT),
        photos(),
    )


EQUIPMENT_HINT = _("What isn't ticked is what the kit lacks; tick it later, when it has been put in.")


def _equipment(asked: Asked) -> Choices:
    """What a kit must hold besides ballots, with the number where a rule has one."""
    for one in services.kit_items_of(asked.place):
        word = str(ITEMS[one.item])
        yield one.item, f"{word} ({one.units})" if one.counted else word


def _pack(values: Values, desk: Desk, subject: str) -> Any:
    station, dapil, expected = values.pop("station"), values.pop("dapil"), values.pop("expected_dapil")
    # A slip in the code would make a kit for a station that nobody waits at.
    if not services.may_be_station(station):
        raise Refused("logistics.station_unknown", station=station)
    lines = []
    for one in current_election().ballots:
        units = values.pop(f"ballot_{one.id}", 0)
        if units:
            own = one.id.startswith("dprd_kab")
            lines.append(services.packed_line(station, one.id, units, dapil if own else "", expected if own else ""))
    ticked = values.pop("equipment")
    lines += [ticked_line(station, one) for one in services.kit_items_of(desk.place) if one.item in ticked]
    if not lines:
        raise Refused("nothing_counted")
    return ask_for.Tally(tally_id=desk.key(), step="pack", lines=tuple(lines), **values)


def _unpack_asks() -> tuple[Ask, ...]:
    return (
        *_ballot_asks(),
        things("equipment", _("Equipment taken out"), _equipment),
        *DIFFERS,
        photos(),
    )


def _kit_of(approval: str) -> models.Kit | None:
    """The kit that leave was asked for."""
    asked = models.Approval.objects.filter(key=approval).values("subject")
    return models.Kit.objects.filter(key__in=asked).first()


def _unpack(values: Values, desk: Desk, subject: str) -> Any:
    kit = _kit_of(subject)
    if kit is None:
        raise Refused("logistics.kit_unknown", key=subject)
    dapil, lines = values.pop("dapil"), []
    for one in current_election().ballots:
        lines += _taken_out(kit, "ballot", one.id, values.pop(f"ballot_{one.id}", 0), dapil)
    for item in values.pop("equipment"):
        units = kit.contents.get(line_key(item, "", ""), 0) + kit.checked.get(item, 0)
        if units:
            lines.append(TallyLine(item=item, station=kit.station, taken=units, passed=units))
    if not lines:
        raise Refused("nothing_counted")
    return ask_for.Tally(tally_id=desk.key(), step="unpack", lines=tuple(lines), approval_id=subject, **values)


def _taken_out(kit: models.Kit, item: str, ballot: str, units: int | None, dapil: str) -> list[TallyLine]:
    """Sheets of a kind as the kit has them by constituency, those of the one that was named first."""
    things = {thing: thing.split(".", 2) for thing in kit.contents}
    inside = {of[2]: kit.contents[thing] for thing, of in things.items() if of[:2] == [item, ballot]}
    lines, left = [], units or 0
    order = sorted(inside or {dapil: 0}, key=lambda one: one != dapil)
    for named in order:
        # What the kit doesn't hold goes with the last line: the decision says so.
        taken = left if named == order[-1] else min(left, inside[named])
        left -= taken
        if taken:
            counted = {"item": item, "ballot": ballot, "dapil": named, "taken": taken, "passed": taken}
            lines.append(TallyLine(station=kit.station, **counted))
    return lines


def _inside(asked: Asked, subject: str) -> Mapping[str, Any]:
    """All that is in the kit: mostly it is taken apart whole."""
    kit = _kit_of(subject)
    found: dict[str, Any] = {"equipment": list(kit.checked) if kit else []}
    for thing, units in kit.contents.items() if kit else ():
        item, ballot, _dapil = thing.split(".", 2)
        if ballot:
            found[f"ballot_{ballot}"] = found.get(f"ballot_{ballot}", 0) + units
        else:
            found["equipment"].append(item)
    return found


def _count(values: Values, desk: Desk, subject: str) -> Any:
    line = Line(**what_of(values), units=values.pop("units"))  # type: ignore[arg-type]
    return ask_for.RecordCount(count_id=desk.key(), lines=(line,), **values)


EXPLANATIONS = {code: word for code, word in REASONS.items() if code not in OPEN_REASONS}


def _explanation(slug: str, about: str) -> Act:
    return Act(
        slug=slug,
        title=_("Explain a difference"),
        icon="note",
        about=about,
        send=_("Record the reason"),
        asks=(
            choice("reason", _("Why"), EXPLANATIONS),
            text("document_number", _("Letter or minutes, number")),
            sealed("details", _("Note"), "note", long=True),
        ),
        build=lambda values, desk, subject: ask_for.ExplainDifference(subject=subject, **values),
    )


ACTS: tuple[Act, ...] = (
    _tally_act("terima", "receive", _("Goods that came through the gate are counted in there, and appear here.")),
    _tally_act("sortir", "sort"),
    _tally_act("lipat", "fold"),
    _tally_act("surplus", "set_aside"),
    _tally_act("musnah-rusak", "destroy_damaged"),
    _tally_act("musnah-surplus", "destroy_surplus"),
    Act(
        slug="kemas",
        title=_("Pack a station's kit"),
        icon="box-in",
        send=_("Record the kit"),
        hint=_("What the station needs is taken from its voter list and the reserve."),
        asks=_kit_asks(),
        build=_pack,
    ),
    Act(
        slug="bongkar",
        title=_("Unpack a kit"),
        icon="box",
        about="approval",
        send=_("Record the count"),
        asks=_unpack_asks(),
        build=_unpack,
        initial=_inside,
    ),
    Act(
        slug="batal",
        title=_("Take a count back"),
        icon="x",
        about="tally",
        send=_("Take it back"),
        hint=_("Nothing is deleted: the count stands in the log, and everything it moved is moved back."),
        asks=(choice("reason", _("Why"), REASONS), sealed("why", _("Note"), "note", long=True)),
        build=lambda values, desk, subject: ask_for.VoidTally(tally_id=subject, **values),
    ),
    _explanation("jelaskan", "tally"),
    _explanation("jelaskan-kiriman", "transfer"),
    _explanation("jelaskan-hitungan", "count"),
    Act(
        slug="hitung-stok",
        title=_("An independent count"),
        icon="list",
        send=_("Record the count"),
        hint=_("It stands beside the record's number; neither replaces the other."),
        asks=(
            choice("shelf", _("Shelf"), SHELVES),
            *WHAT,
            count("units", _("Counted"), required=True),
            choice("counted_by", _("Counted by"), COUNTERS),
            *DIFFERS,
        ),
        build=_count,
    ),
)
