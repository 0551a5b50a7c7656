"""Goods and their seals in sentences."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awas.access.narration import Names, Tellers, Told, chips, count, listed, moment, word
from awas.ledger.area import Stamp
from awas.warehouse import events as happened
from awas.warehouse.telling.gate import NO_ESCORT, off_window
from awas.warehouse.words import DIFFERENCE_REASONS, ITEMS, SEAL_REMOVALS, SEALED_OBJECTS

KINDS_TOLD = 3
"""A sentence names so many kinds of goods; the page of the delivery names all."""

TWO = 2


def goods(lines: Iterable[Any]) -> str:
    """What lines are of, the largest first: Ballots 12,000, Ballot boxes 40."""
    units: Counter[str] = Counter()
    for line in lines:
        units[line.item] += line.units
    named = [
        _("%(item)s %(units)s") % {"item": word(ITEMS, item), "units": count(number)}
        for item, number in units.most_common(KINDS_TOLD)
    ]
    more = len(units) - len(named)
    if more > 0:
        named.append(ngettext("%(n)s more kind", "%(n)s more kinds", more) % {"n": count(more)})
    return listed(*named) or _("nothing")


def differing(differences: Sequence[happened.Difference]) -> str:
    """How a count differs from its letter: 3 short, 40 not announced."""
    off: Counter[str] = Counter()
    for one in differences:
        off[one.difference] += abs(one.counted - one.announced)
    return listed(
        *(
            text % {"n": count(off[kind])}
            for kind, text in (
                ("short", _("%(n)s short")),
                ("over", _("%(n)s over")),
                ("unexpected", _("%(n)s not announced")),
            )
            if off[kind]
        )
    )


def _letter(event: Any, names: Names) -> str:
    return getattr(event, "delivery_letter", "") or names.thing(event.consignment_id)


def announced(event: happened.ConsignmentAnnounced, stamp: Stamp, names: Names) -> Told:
    until = event.expected_until_at
    said = {"letter": _letter(event, names), "goods": goods(event.lines), "when": moment(until, stamp) if until else ""}
    if event.direction == "out":
        text = _("Goods to go out were announced, %(letter)s: %(goods)s") % said
    elif until:
        text = _("Delivery %(letter)s was announced until %(when)s: %(goods)s") % said
    else:
        text = _("Delivery %(letter)s was announced: %(goods)s") % said
    return Told(
        text=text, icon="box", flags=chips((not event.order_number, _("no order"))), subject=event.consignment_id
    )


def expected(event: happened.ConsignmentExpected, stamp: Stamp, names: Names) -> Told:
    said = {"letter": _letter(event, names), "place": names.site(event.from_place), "goods": goods(event.lines)}
    if event.status == "in_transit":
        text = _("Delivery %(letter)s is on its way here from %(place)s: %(goods)s") % said
    else:
        text = _("Delivery %(letter)s is to come from %(place)s: %(goods)s") % said
    return Told(text=text, icon="box", subject=event.consignment_id)


def changed(event: happened.ConsignmentChanged, stamp: Stamp, names: Names) -> Told:
    moved = event.expected_until_at != event.expected_until_before_at
    return Told(
        text=_("The announcement of %(letter)s was changed, now: %(goods)s")
        % {"letter": _letter(event, names), "goods": goods(event.lines)},
        icon="pen",
        flags=chips((event.lines_changed, _("other quantities")), (moved, _("other time"))),
        subject=event.consignment_id,
    )


def cancelled(event: happened.ConsignmentCancelled, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("Delivery %(letter)s was cancelled") % {"letter": _letter(event, names)},
        icon="x",
        flags=chips((event.status_before == "in_transit", _("was on its way"))),
        subject=event.consignment_id,
    )


def dispatched(event: happened.ConsignmentDispatched, stamp: Stamp, names: Names) -> Told:
    said = {"letter": _letter(event, names), "plate": event.plate}
    if event.plate:
        text = _("Delivery %(letter)s is on its way with %(plate)s") % said
    else:
        text = _("Delivery %(letter)s is on its way") % said
    return Told(
        text=text, icon="truck", flags=chips((event.escort in NO_ESCORT, _("no escort"))), subject=event.consignment_id
    )


def received(event: happened.GoodsReceived, stamp: Stamp, names: Names) -> Told:
    said = {
        "letter": _letter(event, names),
        "goods": goods(event.lines),
        "differences": differing(event.differences),
    }
    if event.differences:
        text = _("Goods counted in against %(letter)s: %(goods)s; %(differences)s") % said
    else:
        text = _("Goods counted in against %(letter)s: %(goods)s") % said
    alarming = event.wrong_place or event.seals_bad or event.seals_missing
    return Told(
        text=text,
        icon="box-in",
        level="siaga" if alarming else "waspada" if event.differences else "",
        flags=_flags_received(event, names),
        photos=event.photos,
        subject=event.consignment_id,
    )


def _flags_received(event: happened.GoodsReceived, names: Names) -> tuple[str, ...]:
    wrong = {"place": names.site(event.expected_place)}
    return chips(
        (not event.announced, _("unannounced")),
        (event.wrong_place, _("meant for %(place)s") % wrong if event.expected_place else _("wrong place")),
        (event.letter_differs, _("another letter")),
        (event.difference_unexplained, _("difference unexplained")),
        (event.damaged_units, _("%(n)s damaged") % {"n": count(event.damaged_units)}),
        (event.wet_units, _("%(n)s wet") % {"n": count(event.wet_units)}),
        (event.seals_bad, _seals_bad(event.seals_bad)),
        (event.seals_missing, _("seals missing")),
        (event.seals_unexpected, _("seals not announced")),
        (_alone(event.two_wanted, event.counted_by), _("two people wanted")),
        *off_window(event.window_fit, event.off_window_ms),
        (not event.final, _("part of it")),
    )


def _seals_bad(number: int) -> str:
    return ngettext("%(n)s seal not intact", "%(n)s seals not intact", number) % {"n": count(number)}


def _alone(two_wanted: bool, people: Iterable[str]) -> bool:
    return two_wanted and len(set(people)) < TWO


def receipt_reported(event: happened.ReceiptReported, stamp: Stamp, names: Names) -> Told:
    said = {
        "letter": _letter(event, names),
        "place": names.site(event.at_place),
        "differences": differing(event.differences),
    }
    if event.differences:
        text = _("%(place)s counted %(letter)s in: %(differences)s") % said
    else:
        text = _("%(place)s counted %(letter)s in") % said
    return Told(
        text=text,
        icon="box-in",
        level="waspada" if event.differences else "",
        flags=chips((event.status_after == "part_received", _("part of it"))),
        subject=event.consignment_id,
    )


def released(event: happened.GoodsReleased, stamp: Stamp, names: Names) -> Told:
    to = names.site(event.to_place) if event.to_place else event.receiver_institution
    said = {"to": to, "goods": goods(event.lines), "differences": differing(event.differences)}
    if to and event.differences:
        text = _("Goods let out to %(to)s: %(goods)s; %(differences)s") % said
    elif to:
        text = _("Goods let out to %(to)s: %(goods)s") % said
    else:
        text = _("Goods let out: %(goods)s") % said
    flags = chips(
        (not event.has_order, _("no order")),
        (event.ballots and event.escort in NO_ESCORT, _("no escort")),
        (event.beyond_stock, _("more than on record")),
        (event.difference_unexplained, _("difference unexplained")),
        (event.seals_bad, _seals_bad(event.seals_bad)),
        (_alone(event.two_wanted, event.counted_by), _("two people wanted")),
        (not event.final, _("part of it")),
    )
    return Told(
        text=text,
        icon="box-out",
        level="siaga" if event.beyond_stock or event.seals_bad else "waspada" if event.differences else "",
        flags=flags,
        photos=event.photos,
        subject=event.consignment_id,
    )


def confirmed(event: happened.DeliveryConfirmed, stamp: Stamp, names: Names) -> Told:
    said = {"letter": _letter(event, names), "document": event.document_number, "who": event.receiver_institution}
    if event.receiver_institution:
        text = _("%(who)s confirmed the arrival of %(letter)s by %(document)s") % said
    else:
        text = _("The arrival of %(letter)s was confirmed by %(document)s") % said
    return Told(
        text=text,
        icon="check",
        flags=chips((not event.complete, _("incomplete"))),
        photos=event.photos,
        subject=event.consignment_id,
    )


def explained(event: happened.DifferenceExplained, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("The difference in %(letter)s was explained: %(reason)s")
        % {"letter": _letter(event, names), "reason": word(DIFFERENCE_REASONS, event.reason)},
        icon="note",
        subject=event.consignment_id,
    )


# ---------------------------------------------------------------- seals


def _sealed(event: Any) -> str:
    return listed(word(SEALED_OBJECTS, event.sealed_object), event.object_name)


def _photo(event: Any) -> tuple[str, ...]:
    return (event.photo,) if event.photo else ()


def seal_applied(event: happened.SealApplied, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("Seal %(number)s was put on: %(object)s") % {"number": event.number, "object": _sealed(event)},
        icon="seal",
        level="siaga" if event.reused else "",
        flags=chips((event.reused, _("number used before")), (event.replaces, _("replaces another"))),
        photos=_photo(event),
        subject=event.seal,
    )


def seal_checked(event: happened.SealChecked, stamp: Stamp, names: Names) -> Told:
    said = {"number": event.number, "object": _sealed(event), "found": event.found_number or _("unknown")}
    text = {
        "intact": _("Seal %(number)s is intact: %(object)s"),
        "broken": _("Seal %(number)s is broken: %(object)s"),
        "different": _("Another seal, %(found)s, is where %(number)s was: %(object)s"),
        "missing": _("Seal %(number)s is missing: %(object)s"),
    }[event.result]
    bad = event.result != "intact"
    flags = chips(
        (not event.known, _("not on record")),
        (event.elsewhere, _("on record at %(place)s") % {"place": names.site(event.place_before)}),
        (event.state_before == "removed", _("had been taken off")),
        (bad and event.ballots_inside, _("ballots inside")),
    )
    level = "awas" if bad and event.ballots_inside else "siaga" if bad else "waspada" if event.elsewhere else ""
    return Told(text=text % said, icon="seal", level=level, flags=flags, photos=_photo(event), subject=event.seal)


def seal_removed(event: happened.SealRemoved, stamp: Stamp, names: Names) -> Told:
    said = {"number": event.number, "object": _sealed(event), "reason": word(SEAL_REMOVALS, event.reason)}
    flags = chips(
        (not event.authority, _("no authority named")),
        (not event.known, _("not on record")),
        (event.state_before in ("broken", "different", "missing"), _("was not intact")),
        (_alone(event.two_wanted, event.removed_by), _("two people wanted")),
    )
    return Told(
        text=_("Seal %(number)s was taken off: %(object)s. %(reason)s") % said,
        icon="seal",
        flags=flags,
        photos=_photo(event),
        subject=event.seal,
    )


def seal_moved_away(event: happened.SealMovedAway, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("Seal %(number)s turned up at %(place)s")
        % {"number": event.number, "place": names.site(event.to_place)},
        icon="seal",
        subject=event.seal,
    )


TELLERS: Tellers = {
    happened.ConsignmentAnnounced: announced,
    happened.ConsignmentExpected: expected,
    happened.ConsignmentChanged: changed,
    happened.ConsignmentCancelled: cancelled,
    happened.ConsignmentDispatched: dispatched,
    happened.GoodsReceived: received,
    happened.ReceiptReported: receipt_reported,
    happened.GoodsReleased: released,
    happened.DeliveryConfirmed: confirmed,
    happened.DifferenceExplained: explained,
    happened.SealApplied: seal_applied,
    happened.SealChecked: seal_checked,
    happened.SealRemoved: seal_removed,
    happened.SealMovedAway: seal_moved_away,
}
