"""Use cases of the watch at a warehouse: the only way in for pages, the device API, importers and the simulator."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

import msgspec
from django.conf import settings

from awas.ledger import services as ledger
from awas.ledger.area import Refused, Sealed
from awas.ledger.desk import Desk
from awas.ledger.fact import Receipt, Submission
from awas.ledger.models import Snapshot
from awas.ledger.naming import key_in_log, log_of
from awas.roster import commands as roster_commands
from awas.roster import events as roster_events
from awas.roster.events import HandoverSummary
from awas.warehouse import commands as ask_for
from awas.warehouse import events as happened
from awas.warehouse import models
from awas.warehouse.area import AREA
from awas.warehouse.site import Site, SiteRules
from awas.warnings import services as warnings

_site = msgspec.msgpack.Decoder(Site)


def site_state(place: str) -> Site:
    """The folded state of a site as of its last entry."""
    return site_states([place])[place]


def site_states(places: Iterable[str]) -> dict[str, Site]:
    """The states of several sites, in one query."""
    found = dict.fromkeys(places, Site())
    rows = Snapshot.objects.filter(place__in=list(found), area=AREA.name).values_list("place", "body")
    return found | {place: _site.decode(bytes(body)) for place, body in rows}


def site_rules(place: str) -> SiteRules:
    """The settings of a site in force."""
    return site_state(place).rules


def record(desk: Desk, command: Any, *, nonce: str | None = None, digest: bytes | None = None) -> Receipt:
    """Puts one act on record. Raises `Refused` and what `ledger.record` raises."""
    return ledger.record(desk.submission(command, nonce=nonce, digest=digest))


Somebody = tuple[str, Sealed | None, Sealed | None]
"""(person key, name, identity); nobody for no name."""


def somebody(desk: Desk, name: str, kind: str | None, digits: str, *, named: bool = False) -> Somebody:
    """Somebody at the gate.

    With kind and last digits the same person is known again: when the entry is recorded (`warehouse.informing`), or
    with `named` at once, for a command whose own key is made of the person's. Without them nobody may be taken for
    somebody else, so each time is a new person.
    """
    if not name:
        return "", None, None
    if digits and kind and kind != "none":
        values = {"person": name, "identity": f"{kind} …{digits}"}
        sealed = desk.seal_again(values, (kind, digits, name), at_once=named)
        return key_in_log(desk.place, sealed["person"].ref), sealed["person"], sealed["identity"]
    once = desk.seal(name, "person")
    assert once is not None
    return key_in_log(desk.place, once.ref), once, None


def enter_again(desk: Desk, person: str) -> ask_for.EnterPerson:
    """The entry of somebody known here, with the particulars of the last visit. Raises `Refused`."""
    # A NUL is in no key, and PostgreSQL can't even be asked for it.
    known = models.Visit.objects.filter(place=desk.place, person=person.replace("\0", "?"))
    last = known.order_by("-entered_at").first()
    name = ledger.sealed_value(last.name_ref) if last else None
    if last is None or name is None:
        raise Refused("unknown_person")
    return ask_for.EnterPerson(
        visit_id=desk.key(),
        person=person,
        name=name,
        role=last.role,  # type: ignore[arg-type]
        purpose=last.purpose,  # type: ignore[arg-type]
        identity_kind=last.identity_kind,  # type: ignore[arg-type]
        identity=ledger.sealed_value(last.identity_ref) if last.identity_ref else None,
        institution=last.institution,
        letter_number=last.letter_number,
    )


def leave(desk: Desk, visit: str) -> ask_for.LeavePerson:
    """The exit of somebody inside, in one tap. Raises `Refused`."""
    found = models.Visit.objects.filter(key=visit.replace("\0", "?"), place=desk.place).first()
    if found is None:
        raise Refused("unknown_visit", visit=visit[:64])
    return ask_for.LeavePerson(visit_id=found.key, person=found.person, pass_number=found.pass_number)


def scan(desk: Desk, checkpoint: str) -> ask_for.ScanCheckpoint:
    """Standing at a checkpoint, in the round under way or a new one."""
    running = (
        models.Round.objects.filter(place=desk.place, completed_at=0, by=desk.actor).order_by("-started_at").first()
    )
    round_id = running.key if running else desk.key()
    return ask_for.ScanCheckpoint(round_id=round_id, checkpoint=checkpoint, by_token=True)


def checkpoint_token(place: str, checkpoint: str) -> str:
    """What a checkpoint's QR code carries: nobody can make one up who hasn't stood before it."""
    mark = hmac.new(settings.SECRET_KEY.encode(), f"checkpoint|{place}|{checkpoint}".encode(), hashlib.sha256)
    return mark.hexdigest()[:20]


def is_checkpoint_token(place: str, checkpoint: str, token: str) -> bool:
    # As bytes: of text, only ASCII can be compared in constant time, and anybody may write an address.
    return hmac.compare_digest(checkpoint_token(place, checkpoint).encode(), token.encode())


def handover_summary(place: str) -> HandoverSummary:
    """What the watch hands over, as the record has it now."""
    site = site_state(place)
    return HandoverSummary(
        people_inside=site.inside_count,
        vehicles_inside=site.vehicles_inside,
        vehicles_unattended=site.vehicles_unattended,
        open_consignments=site.open_consignments,
        in_transit=models.Consignment.objects.filter(at_place=place, status="in_transit").count(),
        seals_on=site.seals_on,
        seals_bad=site.seals_bad,
        cctv_total=site.cctv_total or 0,
        cctv_working=site.cctv_working or 0,
        cctv_recording=site.cctv_recording,
        keys_out=site.keys_out,
        open_incidents=site.open_incidents,
        open_conditions=sum(site.open_conditions.values()) + site.open_uses,
        ballots_inside=site.ballots_inside,
        stock_units=site.stock_units,
        last_round_at=site.last_round_at,
        open_warnings=warnings.open_count(place),
        log_size=ledger.size_of(log_of(place)),
    )


_SUBJECTS: dict[type, tuple[str, str]] = {
    happened.PersonEntered: ("visit_id", "person"),
    happened.PersonLeft: ("visit_id", "person"),
    happened.VehicleArrived: ("vehicle_id", ""),
    happened.VehicleLeft: ("vehicle_id", ""),
    happened.VehicleUnattended: ("vehicle_id", ""),
    happened.GoodsReceived: ("receipt_id", "consignment_id"),
    happened.GoodsReleased: ("release_id", "consignment_id"),
    happened.SealApplied: ("seal", ""),
    happened.SealChecked: ("seal", ""),
    happened.SealRemoved: ("seal", ""),
    happened.ConditionReported: ("condition_id", ""),
    happened.UseReported: ("use_id", ""),
    happened.IncidentReported: ("incident_id", ""),
    happened.IncidentClosed: ("incident_id", ""),
    happened.WeatherAlertNoted: ("alert_id", ""),
}
"""What an entry is about and what that is related to, by its own fields: what a correction must name."""


def voiding(place: str, index: int, *, reason: str, why: Any) -> Any:
    """The command that says an older entry of this place shouldn't stand. Raises `Refused`."""
    line = ledger.line(log_of(place), index)
    if line is None or line.entry.place != place:
        raise Refused("unknown_entry", index=index)
    if isinstance(line.event, roster_events.DutyStarted):
        return roster_commands.VoidDuty(entry_index=index, duty_id=line.event.duty_id, why=why)
    subject, related = _SUBJECTS.get(type(line.event), ("", ""))
    return ask_for.VoidEntry(
        entry_index=index,
        entry_kind=line.entry.kind,
        subject=getattr(line.event, subject) if subject else "",
        related=getattr(line.event, related) if related else "",
        reason=reason,  # type: ignore[arg-type]
        why=why,
    )


def corrections_of(place: str, indexes: Iterable[int]) -> dict[int, int]:
    """By the index of a voided or corrected entry, the index of the entry that says so."""
    wanted = set(indexes)
    if not wanted:
        return {}
    found: dict[int, int] = {}
    for line in ledger.lines_of_kinds(place, log_of(place), CORRECTIONS, since=min(wanted)):
        target = line.event.entry_index  # type: ignore[attr-defined]
        if target in wanted:
            found[target] = line.index
    return found


CORRECTIONS = ("correction.entry_voided@1", "correction.entry_corrected@1", "correction.count_corrected@1")


def record_from_device(submissions: list[Submission]) -> list[Any]:
    """A batch of an enrolled device, in its order; refusals stand in their places."""
    return ledger.record_all(submissions)
