"""Logistics in sentences: every event of a place's log that this room writes."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awas.access.narration import Names, Tellers, Told, chips, count, listed, moment, word
from awas.ledger.area import Stamp
from awas.logistics import events as happened
from awas.logistics.words import (
    ACTIONS,
    COUNTERS,
    LEGS,
    OPEN_FOR,
    REASONS,
    SEAL_RESULTS,
    SHELVES,
    UNIT_KINDS,
    stage_title,
    step_title,
)

SHOWN = 3


def _few(things: Iterable[str], name: Callable[[str], str] = str) -> str:
    """The first few of some names, and how many more there are."""
    named = [name(one) for one in things]
    more = [f"+{len(named) - SHOWN}"] if len(named) > SHOWN else []
    return listed(*named[:SHOWN], *more) or "–"


def _stations(number: int) -> str:
    return ngettext("%(n)s station", "%(n)s stations", number) % {"n": count(number)}


def _units(number: int) -> str:
    return ngettext("%(n)s box", "%(n)s boxes", number) % {"n": count(number)}


def season_opened(event: happened.SeasonOpened, stamp: Stamp, names: Names) -> Told:
    said = {"election": event.election, "at": moment(event.voting_at, stamp)}
    return Told(text=_("Logistics watched for %(election)s, voting at %(at)s") % said, icon="clock")


def contract_recorded(event: happened.ContractRecorded, stamp: Stamp, names: Names) -> Told:
    said = {
        "number": event.document_number,
        "supplier": event.supplier,
        "units": count(sum(one.units for one in event.lines)),
    }
    return Told(
        text=_("Contract %(number)s with %(supplier)s: %(units)s units") % said,
        icon="note",
        flags=chips((event.replacement, _("replacement"))),
        subject=event.contract_id,
    )


def contract_voided(event: happened.ContractVoided, stamp: Stamp, names: Names) -> Told:
    said = {"number": event.document_number, "reason": word(REASONS, event.reason)}
    return Told(text=_("Contract %(number)s taken back: %(reason)s") % said, icon="x", subject=event.contract_id)


def print_verified(event: happened.PrintVerified, stamp: Stamp, names: Names) -> Told:
    said = {"units": count(sum(one.passed for one in event.lines)), "number": event.document_number or "–"}
    return Told(
        text=_("Print verified: %(units)s, minutes %(number)s") % said,
        icon="check",
        level="awas" if event.beyond else "",
        flags=chips((event.beyond, _("beyond the order")), (not event.witnesses, _("no witnesses"))),
        subject=event.tally_id,
    )


def tallied(event: happened.Tallied, stamp: Stamp, names: Names) -> Told:
    said = {
        "step": step_title(event.step),
        "taken": count(event.taken),
        "passed": count(sum(line.passed for line in event.lines)),
    }
    told = _("%(step)s: %(passed)s of %(taken)s") if event.taken else _("%(step)s: equipment looked at")
    return Told(
        text=told % said,
        icon="box",
        level="siaga" if event.short or event.over or event.unlike else "",
        flags=chips(
            (event.damaged, _("%(n)s damaged") % {"n": count(event.damaged)}),
            (event.short, _("%(n)s short") % {"n": count(event.short)}),
            (event.over, _("%(n)s over") % {"n": count(event.over)}),
            (event.reason != "none", word(REASONS, event.reason)),
            (event.unlike, _("wrong constituency: %(stations)s") % {"stations": _few(event.unlike)}),
            (event.incomplete, _("incomplete: %(stations)s") % {"stations": _few(event.incomplete)}),
            (event.beyond, _("more than the record has")),
            (event.document_missing, _("no document")),
        ),
        photos=event.photos,
        subject=event.tally_id,
    )


def tally_voided(event: happened.TallyVoided, stamp: Stamp, names: Names) -> Told:
    said = {"step": step_title(event.step), "reason": word(REASONS, event.reason)}
    return Told(text=_("%(step)s taken back: %(reason)s") % said, icon="x", subject=event.tally_id)


def transfer_offered(event: happened.TransferOffered, stamp: Stamp, names: Names) -> Told:
    said = {
        "leg": word(LEGS, event.leg),
        "place": names.site(event.to_place),
        "what": listed(_stations(len(event.stations)), _units(len(event.units))),
    }
    return Told(
        text=_("%(leg)s: %(what)s set out for %(place)s") % said,
        icon="truck",
        flags=chips(
            (event.escort == "none", _("no escort")),
            (event.astray, _("wrong place: %(stations)s") % {"stations": _few(event.astray)}),
            (event.incomplete, _("incomplete: %(stations)s") % {"stations": _few(event.incomplete)}),
            (event.unsealed, _("unsealed: %(units)s") % {"units": _few(event.unsealed, names.thing)}),
        ),
        subject=event.transfer_id,
    )


def transfer_expected(event: happened.TransferExpected, stamp: Stamp, names: Names) -> Told:
    said = {
        "place": names.site(event.from_place),
        "what": listed(_stations(len(event.stations)), _units(len(event.units))),
    }
    return Told(text=_("On the way here from %(place)s: %(what)s") % said, icon="truck", subject=event.transfer_id)


def _apart(
    event: happened.TransferAccepted | happened.TransferAnswered, names: Names
) -> tuple[tuple[object, str], tuple[object, str]]:
    """What was sent and did not come, and what came and was not sent, as chips."""
    return (
        (event.missing, _("missing: %(things)s") % {"things": _few(event.missing, names.thing)}),
        (event.extra, _("not on the list: %(things)s") % {"things": _few(event.extra, names.thing)}),
    )


def transfer_accepted(event: happened.TransferAccepted, stamp: Stamp, names: Names) -> Told:
    said = {
        "place": names.site(event.from_place),
        "what": listed(_stations(len(event.stations)), _units(len(event.units))),
    }
    return Told(
        text=_("Accepted from %(place)s: %(what)s") % said,
        icon="check",
        level="awas" if event.missing or event.seals_bad else "",
        flags=chips(
            *_apart(event, names),
            (event.seals_bad, _("%(n)s seals bad") % {"n": count(event.seals_bad)}),
            (event.reason != "none", word(REASONS, event.reason)),
        ),
        photos=event.photos,
        subject=event.transfer_id,
    )


def transfer_answered(event: happened.TransferAnswered, stamp: Stamp, names: Names) -> Told:
    said = {"place": names.site(event.at_place)}
    in_part = _("%(place)s has accepted a part of the transfer")
    text = {
        "accepted": in_part if event.missing else _("%(place)s has accepted the transfer"),
        "refused": _("%(place)s has refused the transfer"),
        "recalled": _("%(place)s has called the transfer back"),
    }.get(event.state, "%(place)s")
    return Told(
        text=text % said,
        icon="check",
        level="awas" if event.missing else "",
        flags=chips(*_apart(event, names), (event.missing or event.extra, word(REASONS, event.reason))),
        subject=event.transfer_id,
    )


def transfer_refused(event: happened.TransferRefused, stamp: Stamp, names: Names) -> Told:
    said = {"place": names.site(event.from_place), "reason": word(REASONS, event.reason)}
    return Told(
        text=_("Transfer of %(place)s refused: %(reason)s") % said,
        icon="x",
        level="siaga",
        subject=event.transfer_id,
    )


def transfer_recalled(event: happened.TransferRecalled, stamp: Stamp, names: Names) -> Told:
    said = {"place": names.site(event.to_place)}
    return Told(text=_("Transfer to %(place)s called back") % said, icon="x", subject=event.transfer_id)


def units_labelled(event: happened.UnitsLabelled, stamp: Stamp, names: Names) -> Told:
    said = {"kind": word(UNIT_KINDS, event.unit_kind), "units": _few(event.units, names.thing)}
    return Told(
        text=_("%(kind)s labelled: %(units)s") % said,
        icon="box",
        flags=chips((event.station, event.station)),
    )


def unit_nested(event: happened.UnitNested, stamp: Stamp, names: Names) -> Told:
    said = {"unit": names.thing(event.unit), "parent": names.thing(event.parent)}
    text = _("%(unit)s put into %(parent)s") if event.parent else _("%(unit)s taken out")
    return Told(text=text % said, icon="box", subject=event.unit)


def unit_sealed(event: happened.UnitSealed, stamp: Stamp, names: Names) -> Told:
    said = {"unit": names.thing(event.unit), "seals": _few(event.seals)}
    return Told(text=_("%(unit)s sealed with %(seals)s") % said, icon="seal", subject=event.unit)


def unit_checked(event: happened.UnitChecked, stamp: Stamp, names: Names) -> Told:
    said = {"unit": names.thing(event.unit), "result": word(SEAL_RESULTS, event.result)}
    return Told(
        text=_("%(unit)s checked: %(result)s") % said,
        icon="seal",
        level="awas" if event.elsewhere or event.differs or event.result != "intact" else "",
        flags=chips(
            (event.elsewhere, _("on record at %(place)s") % {"place": names.site(event.elsewhere)}),
            (event.differs, _("other seals: %(seals)s") % {"seals": _few(event.differs)}),
            (event.absent, _("not found: %(seals)s") % {"seals": _few(event.absent)}),
        ),
        subject=event.unit,
    )


def unit_opened(event: happened.UnitOpened, stamp: Stamp, names: Names) -> Told:
    said = {"unit": names.thing(event.unit), "why": word(OPEN_FOR, event.why)}
    return Told(text=_("%(unit)s opened: %(why)s") % said, icon="seal", subject=event.unit)


def counted(event: happened.Counted, stamp: Stamp, names: Names) -> Told:
    said = {
        "who": word(COUNTERS, event.counted_by),
        "shelf": word(SHELVES, event.shelf),
        "units": count(sum(one.units for one in event.lines)),
        "recorded": count(sum(event.recorded)),
    }
    return Told(
        text=_("%(who)s counted %(shelf)s: %(units)s, the record has %(recorded)s") % said,
        icon="list",
        level="siaga" if event.differing else "",
        subject=event.count_id,
    )


def difference_explained(event: happened.DifferenceExplained, stamp: Stamp, names: Names) -> Told:
    said = {"reason": word(REASONS, event.reason)}
    return Told(text=_("Difference explained: %(reason)s") % said, icon="note", subject=event.subject)


def stage_closed(event: happened.StageClosed, stamp: Stamp, names: Names) -> Told:
    said = {"stage": stage_title(event.stage)}
    return Told(
        text=_("%(stage)s closed") % said,
        icon="check",
        flags=chips((event.open_units, _("%(n)s left") % {"n": count(event.open_units)})),
    )


def approval_asked(event: happened.ApprovalAsked, stamp: Stamp, names: Names) -> Told:
    said = {"action": word(ACTIONS, event.action)}
    return Told(text=_("Leave asked: %(action)s") % said, icon="note", subject=event.approval_id)


def approval_answered(event: happened.ApprovalAnswered, stamp: Stamp, names: Names) -> Told:
    said = {"action": word(ACTIONS, event.action)}
    text = _("Leave given: %(action)s") if event.granted else _("Leave refused: %(action)s")
    return Told(text=text % said, icon="check" if event.granted else "x", subject=event.approval_id)


def unofficial_store_reported(event: happened.UnofficialStoreReported, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("Logistics seen at %(where)s") % {"where": event.where},
        icon="box",
        level="siaga",
        photos=event.photos,
        subject=event.report_id,
    )


def unofficial_store_cleared(event: happened.UnofficialStoreCleared, stamp: Stamp, names: Names) -> Told:
    return Told(text=_("The unofficial store has been emptied"), icon="check", subject=event.report_id)


_EVERY: tuple[Any, ...] = (
    season_opened, contract_recorded, contract_voided, print_verified, tallied, tally_voided, transfer_offered,
    transfer_expected, transfer_accepted, transfer_answered, transfer_refused, transfer_recalled, units_labelled,
    unit_nested, unit_sealed, unit_checked, unit_opened, counted, difference_explained, stage_closed, approval_asked,
    approval_answered, unofficial_store_reported, unofficial_store_cleared,
)  # fmt: skip
TELLERS: Tellers = {teller.__annotations__["event"]: teller for teller in _EVERY}
