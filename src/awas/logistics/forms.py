"""Acts of logistics: what can be put on record at a warehouse, at a committee's place or at a station."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from awas.elections.services import current_election
from awas.ledger.area import Refused
from awas.ledger.desk import Desk
from awas.logistics import commands as ask_for
from awas.logistics import models, services
from awas.logistics.keys import closure_key, kit_key, unit_key
from awas.logistics.lines import Damage, Line, SealSeen, TallyLine
from awas.logistics.stages import STAGES, STEPS, Step
from awas.logistics.words import (
    COUNTERS,
    CRITERIA,
    LEGS,
    OPEN_FOR,
    REASONS,
    SEAL_RESULTS,
    SHELVES,
    UNIT_KINDS,
    in_language,
)
from awas.places.models import Site
from awas.ui.acts import Act, Values
from awas.ui.asks import Ask, Asked, Choices, choice, count, moment, photos, sealed, text, thing, things, yes, yes_or_no
from awas.warehouse.words import ESCORTS, ITEMS

PLAN = "announce_consignment"
"""Whoever may plan deliveries may order, open a season and give leave."""

_WHAT_HINT = _("The same form counts one thing; for many lines use the Excel sheet.")


def _things(asked: Asked) -> Choices:
    """The ballots of this place by name, then other things."""
    names = {one.id: one.name for one in current_election().ballots}
    for kind in services.ballots_of(asked.place):
        yield f"ballot:{kind}", in_language(names[kind])  # type: ignore[arg-type]
    for item, word in ITEMS.items():
        if item != "ballot":
            yield f"{item}:", word


_WHAT = (
    thing("what", _("What"), _things, hint=_WHAT_HINT),
    text("dapil", _("Constituency, for example 36.03-4"), most=16),
)
_DIFFERS = (
    choice("reason", _("If there is a difference: why"), REASONS, initial="none"),
    sealed("details", _("Note"), "note", long=True),
)


def _what(values: Values) -> dict[str, str]:
    item, _colon, ballot = values.pop("what").partition(":")
    return {"item": item, "ballot": ballot, "dapil": values.pop("dapil")}


def _tally_asks(step: Step) -> tuple[Ask, ...]:
    asks: list[Ask] = [
        *_WHAT,
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
    if step.id in {"sort", "fold"}:
        asks += [
            text("opened_unit", _("Carton opened, its label"), most=40),
            text("table", _("Table"), most=24),
            count("workers", _("Workers at it"), most=5000),
            yes_or_no("workers_checked", _("Workers looked up in SIPOL and searched")),
        ]
    return (*asks, *_DIFFERS, photos())


def _tally(step: str) -> Any:
    def build(values: Values, desk: Desk, subject: str) -> Any:
        what, damaged, criterion = _what(values), values.pop("damaged", 0), values.pop("criterion", None)
        line = TallyLine(
            **what,  # type: ignore[arg-type]
            taken=values.pop("taken"),
            passed=values.pop("passed"),
            damaged=damaged,
            damage=(Damage(criterion=criterion, units=damaged),) if criterion and damaged else (),
            usable=values.pop("usable", 0),
        )
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


def _name_of(name: Any) -> Any:
    """A name out of the election's file, in the language of whoever reads the form."""
    return lazy(in_language, str)(name)


def _kit_asks() -> tuple[Ask, ...]:
    ballots = current_election().ballots
    return (
        text("station", _("Polling station (TPS), code"), required=True, most=17, hint=_("36.03.05.2001-001")),
        *(count(f"ballot_{one.id}", _name_of(one.name)) for one in ballots),
        text("dapil", _("Constituency on the DPRD ballots, for example 36.03-4"), most=16),
        text("expected_dapil", _("Constituency the station lies in"), most=16),
        count("boxes", _("Ballot boxes"), most=20),
        photos(),
    )


def _pack(values: Values, desk: Desk, subject: str) -> Any:
    station, dapil, expected = values.pop("station"), values.pop("dapil"), values.pop("expected_dapil")
    lines = []
    for one in current_election().ballots:
        units = values.pop(f"ballot_{one.id}", 0)
        if units:
            own = one.id.startswith("dprd_kab")
            lines.append(services.packed_line(station, one.id, units, dapil if own else "", expected if own else ""))
    if boxes := values.pop("boxes"):
        lines.append(TallyLine(item="box", station=station, taken=boxes, passed=boxes))
    if not lines:
        raise Refused("nothing_counted")
    return ask_for.Tally(tally_id=desk.key(), step="pack", lines=tuple(lines), **values)


def kits_here(asked: Asked) -> Choices:
    """Stations' kits that are at this place and may set out."""
    kits = models.Kit.objects.filter(place=asked.place).exclude(state__in=("transit", "recapped")).order_by("station")
    return ((kit.station, f"{kit.station}{'' if kit.complete else ' ·'}") for kit in kits[:300])


def units_here(asked: Asked) -> Choices:
    """Boxes and packages that are at this place."""
    found = models.Unit.objects.filter(place=asked.place, holder="").exclude(state="void").order_by("key")
    return ((one.key, one.key.partition("/")[2]) for one in found[:300])


def places_next(asked: Asked) -> Choices:
    """Where things may go from here: one level down, and up again."""
    region = asked.place.partition("-")[0]
    yield from services.committees(asked.place)
    above = region.rpartition(".")[0]
    while len(above) >= len("36.02"):
        yield above, services.place_name(above) or above
        above = above.rpartition(".")[0]
    district = ".".join(region.split(".")[:2])
    for site in Site.objects.within(district).exclude(code=asked.place):
        yield site.code, site.name


def _numbers(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.replace(",", " ").upper().split()))


def _offer(values: Values, desk: Desk, subject: str) -> Any:
    values["seals"] = _numbers(values["seals"])
    return ask_for.OfferTransfer(transfer_id=desk.key(), **values)


def _transfer_of(subject: str) -> models.Transfer:
    return models.Transfer.objects.get(key=subject)


def _offered_to_here(asked: Asked, subject: str) -> Mapping[str, Any]:
    transfer = models.Transfer.objects.filter(key=subject).first()
    if transfer is None:
        return {}
    return {"stations": transfer.stations, "units": transfer.units}


def _stations_offered(asked: Asked) -> Choices:
    for transfer in models.Transfer.objects.filter(to_place=asked.place, state="offered"):
        yield from ((station, station) for station in transfer.stations)


def _units_offered(asked: Asked) -> Choices:
    for transfer in models.Transfer.objects.filter(to_place=asked.place, state="offered"):
        yield from ((unit, unit.partition("/")[2]) for unit in transfer.units)


def _accept(values: Values, desk: Desk, subject: str) -> Any:
    offered = _transfer_of(subject)
    bad = _numbers(values.pop("bad_seals"))
    seals = [SealSeen(number=number, result="broken" if number in bad else "intact") for number in offered.seals]
    seals += [SealSeen(number=number, result="different") for number in bad if number not in offered.seals]
    return ask_for.AcceptTransfer(transfer_id=subject, seals=tuple(seals), **values)


def _label(values: Values, desk: Desk, subject: str) -> Any:
    labels = _numbers(values.pop("labels"))
    return ask_for.LabelUnits(units=tuple(unit_key(desk.place, one) for one in labels), **values)


def _approval(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.AnswerApproval(approval_id=subject, granted=values.pop("answer") == "yes", **values)


def _contract(values: Values, desk: Desk, subject: str) -> Any:
    line = Line(**_what(values), units=values.pop("units"))  # type: ignore[arg-type]
    return ask_for.RecordContract(contract_id=desk.key(), lines=(line,), **values)


def _print(values: Values, desk: Desk, subject: str) -> Any:
    what, damaged = _what(values), values.pop("damaged")
    passed = values.pop("passed")
    line = TallyLine(**what, taken=passed + damaged, passed=passed, damaged=damaged)  # type: ignore[arg-type]
    values["witnesses"] = _numbers(values["witnesses"])
    return ask_for.VerifyPrint(tally_id=desk.key(), contract_id=subject, lines=(line,), **values)


def _count(values: Values, desk: Desk, subject: str) -> Any:
    line = Line(**_what(values), units=values.pop("units"))  # type: ignore[arg-type]
    return ask_for.RecordCount(count_id=desk.key(), lines=(line,), **values)


_YES_NO = {"yes": _("Yes, I agree"), "no": _("No")}
_STAGE_CHOICES = {row.id: row.title.id for row in STAGES if row.where == "district"}


def _stages(asked: Asked) -> Choices:
    return ((row.id, in_language(row.title)) for row in STAGES if row.id in _STAGE_CHOICES)


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
        slug="kirim",
        title=_("Hand over: send"),
        icon="truck",
        send=_("Record that it sets out"),
        hint=_("The hand-over holds only when the receiver has counted it in."),
        asks=(
            choice("leg", _("Leg"), LEGS),
            thing("to_place", _("Goes to"), places_next),
            things("stations", _("Stations' kits"), kits_here),
            things("units", _("Boxes and packages"), units_here),
            text("plate", _("Number plate"), most=16, capitals=True),
            choice("escort", _("Escort"), ESCORTS, initial="none"),
            text("seals", _("Seals of the vehicle"), most=300),
            moment("due_at", _("Should be there by")),
            text("document_number", _("Letter, number")),
        ),
        build=_offer,
    ),
    Act(
        slug="terima-kiriman",
        title=_("Hand over: accept"),
        icon="check",
        about="transfer",
        send=_("Accept what is ticked"),
        hint=_("Untick what did not come. It stays on the sender's account until it is found."),
        asks=(
            things("stations", _("Stations' kits that came"), _stations_offered),
            things("units", _("Boxes and packages that came"), _units_offered),
            text("bad_seals", _("Seals that were broken or different, numbers"), most=300),
            text("document_number", _("Receipt (BAST), number")),
            *_DIFFERS,
            photos(),
        ),
        build=_accept,
        initial=_offered_to_here,
    ),
    Act(
        slug="tolak-kiriman",
        title=_("Hand over: refuse"),
        icon="x",
        about="transfer",
        send=_("Refuse all of it"),
        asks=(choice("reason", _("Why"), REASONS), sealed("details", _("Note"), "note", long=True)),
        build=lambda values, desk, subject: ask_for.RefuseTransfer(transfer_id=subject, **values),
    ),
    Act(
        slug="minta-tarik",
        title=_("Ask leave to call a transfer back"),
        icon="correction",
        about="transfer",
        send=_("Ask"),
        asks=(sealed("why", _("Why"), "note", required=True, long=True),),
        build=lambda values, desk, subject: ask_for.AskApproval(
            approval_id=desk.key(), action="recall", subject=subject, **values
        ),
    ),
    Act(
        slug="tarik",
        title=_("Call a transfer back"),
        icon="correction",
        about="approval",
        send=_("Call it back"),
        asks=(),
        build=lambda values, desk, subject: ask_for.RecallTransfer(
            transfer_id=models.Approval.objects.get(key=subject).subject, approval_id=subject
        ),
    ),
    Act(
        slug="minta-bongkar",
        title=_("Ask leave to unpack a kit"),
        icon="correction",
        send=_("Ask"),
        asks=(
            thing("station", _("Station"), kits_here),
            sealed("why", _("Why"), "note", required=True, long=True),
        ),
        build=lambda values, desk, subject: ask_for.AskApproval(
            approval_id=desk.key(), action="unpack", subject=kit_key(values.pop("station")), **values
        ),
    ),
    Act(
        slug="minta-buka",
        title=_("Ask leave to reopen a stage"),
        icon="correction",
        send=_("Ask"),
        asks=(thing("stage", _("Stage"), _stages), sealed("why", _("Why"), "note", required=True, long=True)),
        build=lambda values, desk, subject: ask_for.AskApproval(
            approval_id=desk.key(), action="reopen", subject=closure_key(desk.place, values.pop("stage")), **values
        ),
    ),
    Act(
        slug="jawab",
        title=_("Answer a request for leave"),
        icon="check",
        about="approval",
        send=_("Record the answer"),
        hint=_("Whoever asked can't answer."),
        asks=(choice("answer", _("Leave"), _YES_NO), sealed("why", _("Note"), "note", long=True)),
        build=_approval,
    ),
    Act(
        slug="tutup-tahap",
        title=_("Close a stage"),
        icon="check",
        send=_("Close it"),
        asks=(thing("stage", _("Stage"), _stages),),
        build=lambda values, desk, subject: ask_for.CloseStage(**values),
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
    Act(
        slug="jelaskan",
        title=_("Explain a difference"),
        icon="note",
        about="tally",
        send=_("Record the reason"),
        asks=(
            choice("reason", _("Why"), REASONS),
            text("document_number", _("Letter or minutes, number")),
            sealed("details", _("Note"), "note", long=True),
        ),
        build=lambda values, desk, subject: ask_for.ExplainDifference(subject=subject, **values),
    ),
    Act(
        slug="hitung-stok",
        title=_("An independent count"),
        icon="list",
        send=_("Record the count"),
        hint=_("It stands beside the record's number; neither replaces the other."),
        asks=(
            choice("shelf", _("Shelf"), SHELVES),
            *_WHAT,
            count("units", _("Counted"), required=True),
            choice("counted_by", _("Counted by"), COUNTERS),
            *_DIFFERS,
        ),
        build=_count,
    ),
    Act(
        slug="label",
        title=_("Label boxes"),
        icon="box",
        send=_("Record the labels"),
        asks=(
            choice("unit_kind", _("Kind"), UNIT_KINDS),
            text("labels", _("Labels, separated by spaces"), required=True, most=2000),
            text("station", _("Polling station (TPS), code"), most=17),
            thing("parent", _("Lies in"), units_here, required=False),
        ),
        build=_label,
    ),
    Act(
        slug="segel-kotak",
        title=_("Seal a box"),
        icon="seal",
        about="unit",
        send=_("Record the seals"),
        asks=(text("seals", _("Seal numbers"), required=True, most=300),),
        build=lambda values, desk, subject: ask_for.SealUnit(unit=subject, seals=_numbers(values["seals"])),
    ),
    Act(
        slug="periksa-kotak",
        title=_("Check a box"),
        icon="seal",
        about="unit",
        send=_("Record the check"),
        asks=(
            choice("result", _("Seals"), SEAL_RESULTS, initial="intact"),
            text("seals", _("Seal numbers as you read them"), most=300),
        ),
        build=lambda values, desk, subject: ask_for.CheckUnit(
            unit=subject, result=values["result"], seals=_numbers(values["seals"])
        ),
    ),
    Act(
        slug="buka-kotak",
        title=_("Open a box"),
        icon="seal",
        about="unit",
        send=_("Record the opening"),
        asks=(choice("why", _("What for"), OPEN_FOR),),
        build=lambda values, desk, subject: ask_for.OpenUnit(unit=subject, **values),
    ),
    Act(
        slug="gudang-liar",
        title=_("Logistics at an unofficial place"),
        icon="incident",
        send=_("Report"),
        asks=(
            text("where", _("Where"), required=True),
            sealed("details", _("What was seen"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.ReportUnofficialStore(report_id=desk.key(), **values),
    ),
    Act(
        slug="kontrak",
        title=_("A contract"),
        icon="note",
        permission=PLAN,
        send=_("Record the contract"),
        asks=(
            text("supplier", _("Supplier"), required=True),
            text("document_number", _("Contract, number"), required=True),
            *_WHAT,
            count("units", _("Ordered"), required=True),
            moment("deliver_by_at", _("To be delivered by")),
            yes("replacement", _("Replaces damaged or missing ones")),
        ),
        build=_contract,
    ),
    Act(
        slug="cetak",
        title=_("Print verification"),
        icon="check",
        about="contract",
        permission=PLAN,
        send=_("Record the verification"),
        asks=(
            *_WHAT,
            count("passed", _("Printed, good"), required=True),
            count("damaged", _("Printed, damaged")),
            text("document_number", _("Minutes, number")),
            text("witnesses", _("Witnesses: institutions"), most=120),
            yes_or_no("plates_sealed", _("Plates sealed and stored")),
        ),
        build=_print,
    ),
    Act(
        slug="buka-musim",
        title=_("Watch against the election's dates"),
        icon="clock",
        permission=PLAN,
        send=_("Begin"),
        hint=_("Dates and needs come from the election's file and the register of stations."),
        asks=(),
        build=lambda values, desk, subject: services.season_of(desk.place),
    ),
)

BY_SLUG: Mapping[str, Act] = {act.slug: act for act in ACTS}
ABOUT: Mapping[str, Any] = {
    "transfer": models.Transfer,
    "approval": models.Approval,
    "tally": models.TallyRow,
    "unit": models.Unit,
    "contract": models.Contract,
}
"""Where the things lie that an act can be about."""
