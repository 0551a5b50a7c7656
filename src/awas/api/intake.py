"""From what a phone sent to what the record takes: each kind's own way, with personal words sealed on the way in.

A kind that isn't listed can't be sent by a device: planning, access lists and a site's rules are a desk's work.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from django.conf import settings
from msgspec import Meta, Struct, json
from msgspec.structs import replace

from awas.api.wire import Item, Plain, Words
from awas.ledger import services as ledger
from awas.ledger.area import Refused, Sealed
from awas.ledger.desk import Desk
from awas.ledger.fact import Submission
from awas.ledger.message import Key
from awas.ledger.naming import key_in_log, name_of
from awas.places.fitness import CHECKLIST
from awas.places.fitness import ITEMS as FITNESS_ITEMS
from awas.roster import commands as watch
from awas.roster import services as roster
from awas.warehouse import commands as ask_for
from awas.warehouse import services

Values = dict[str, Any]

Digits = Annotated[str, Meta(max_length=6, pattern=r"\A[0-9A-Za-z]*\Z")]
"""The last digits of an identity, no more: enough to know the person again."""
Token = Annotated[str, Meta(max_length=40)]
"""What the QR code of a checkpoint carries."""

NAMES = frozenset({"name", "escort_name", "escort_names", "driver", "holder", "receiver", "witness_names"})
"""Sealed fields that hold names of people; every other one is a note."""


Build = Callable[[Values, Desk], Any]


class Intake(Struct, frozen=True):
    """How one kind comes in."""

    plain: Plain
    build: Build

    def command(self, item: Item, desk: Desk) -> Any:
        """The command of an item, its words sealed at the desk. Raises `Refused`."""
        values = self.plain.read(item.data)
        for name in self.plain.sealed:
            values[name] = desk.seal(values[name] or "", "person" if name in NAMES else "note")
        command = self.build(values, desk)
        if item.capture is None:
            return command
        if item.capture.document:
            raise Refused("field_wrong_type", field="capture.document", why="no device says what the server read")
        return replace(command, capture=item.capture)


def _person(values: Values, desk: Desk) -> tuple[str, Sealed | None, Sealed | None]:
    """(person, name, identity): somebody known here by key, or named with as much of an identity as was shown."""
    person, name, digits = values.pop("person"), values.pop("name"), values.pop("identity")
    if not person:
        return services.somebody(desk, name or "", values["identity_kind"], digits or "")
    # A phone names the person by a key: only somebody of its own district, or the name behind any reference of the
    # vault would open at its site.
    known = ledger.sealed_person(name_of(person), desk.log)
    if known is None or person != key_in_log(desk.place, known.ref):
        raise Refused("unknown_person")
    return person, known, None


def _enter(values: Values, desk: Desk) -> Any:
    person, name, identity = _person(values, desk)
    if name is None:
        raise Refused("field_missing", field="name", why="name or person")
    return ask_for.EnterPerson(person=person, name=name, identity=identity, **values)


def _refuse(values: Values, desk: Desk) -> Any:
    person, name, identity = _person(values, desk)
    return ask_for.RefuseEntry(person=person, name=name, identity=identity, **values)


def _scan(values: Values, desk: Desk) -> Any:
    token = values.pop("token")
    by_token = token is not None and services.is_checkpoint_token(desk.place, values["checkpoint"], token)
    return ask_for.ScanCheckpoint(by_token=by_token, **values)


def _fitness(values: Values, desk: Desk) -> Any:
    known = len(FITNESS_ITEMS) if values["checklist"] == CHECKLIST else 0
    return ask_for.CheckFitness(item_count=known, **values)


def _start(values: Values, desk: Desk) -> Any:
    elsewhere = roster.duty_elsewhere(desk.place, desk.actor)
    return watch.StartDuty(person=desk.actor, reported_elsewhere=elsewhere, **values)


def _offer(values: Values, desk: Desk) -> Any:
    return watch.OfferHandover(summary=services.handover_summary(desk.place), **values)


def _void(values: Values, desk: Desk) -> Any:
    return services.voiding(desk.place, values["entry_index"], reason=values["reason"], why=values["why"])


_SOMEBODY: Mapping[str, Any] = {"person": Key, "name": Words, "identity": Digits}
_AT_THE_GATE = ("person", "name", "identity")

OWN_WAYS: tuple[Intake, ...] = (
    Intake(Plain(ask_for.EnterPerson, (*_AT_THE_GATE, "watch_count", "reported_elsewhere"), _SOMEBODY), _enter),
    Intake(Plain(ask_for.LeavePerson, ("person", "watch_count")), lambda values, desk: ask_for.LeavePerson(**values)),
    Intake(Plain(ask_for.RefuseEntry, _AT_THE_GATE, _SOMEBODY), _refuse),
    Intake(Plain(ask_for.ScanCheckpoint, ("by_token",), {"token": Token}), _scan),
    Intake(Plain(ask_for.CheckFitness, ("item_count",)), _fitness),
    Intake(Plain(ask_for.VoidEntry, ("entry_kind", "subject", "related")), _void),
    Intake(Plain(watch.StartDuty, ("person", "proof", "reported_elsewhere")), _start),
    Intake(Plain(watch.AcceptHandover, ("proof",)), lambda values, desk: watch.AcceptHandover(**values)),
    Intake(Plain(watch.OfferHandover, ("summary",)), _offer),
)
"""Kinds of which the server fills in a part."""

AS_SENT: tuple[type[Struct], ...] = (
    ask_for.ExtendVisit,
    ask_for.ArriveVehicle,
    ask_for.ReportVehicleUnattended,
    ask_for.ReportVehicleAttended,
    ask_for.LeaveVehicle,
    ask_for.DispatchConsignment,
    ask_for.ReceiveGoods,
    ask_for.ReleaseGoods,
    ask_for.ConfirmDelivery,
    ask_for.ExplainDifference,
    ask_for.ApplySeal,
    ask_for.CheckSeal,
    ask_for.RemoveSeal,
    ask_for.CompleteRound,
    ask_for.ReportCctv,
    ask_for.ReportGuards,
    ask_for.TakeKey,
    ask_for.ReturnKey,
    ask_for.GlanceAtStock,
    ask_for.ReportCondition,
    ask_for.EndCondition,
    ask_for.ReportUse,
    ask_for.EndUse,
    ask_for.ReportIncident,
    ask_for.CloseIncident,
    watch.EndDuty,
    watch.DisputeHandover,
    watch.WithdrawHandover,
)
"""Kinds that are recorded as they come."""


def _as_sent(command: type[Struct]) -> Intake:
    return Intake(Plain(command), lambda values, desk: command(**values))


INTAKES: Mapping[str, Intake] = {one.plain.kind: one for one in (*OWN_WAYS, *map(_as_sent, AS_SENT))}
"""Every kind a device may send."""


def submission(item: Item, desk: Desk) -> Submission:
    """What the record takes for one item. Raises `Refused`."""
    intake = INTAKES.get(item.kind)
    if intake is None:
        raise Refused("api.kind_unknown", kind=item.kind[:64])
    command = intake.command(item, desk)
    return desk.submission(command, seq=item.seq, digest=digest_of(item, desk))


def digest_of(item: Item, desk: Desk) -> bytes:
    """What tells an item sent again from another one under the same number: a keyed hash of its content.

    Of its values, not of its bytes: the same item written with other blanks or in another order is the same.
    """
    content = [desk.place, item.kind, item.occurred_at, json.decode(item.data), item.capture]
    plain = json.encode(content, order="sorted")
    return hmac.new(settings.SECRET_KEY.encode(), plain, hashlib.sha256).digest()
