"""The device API: what an enrolled phone sends and asks. JSON in, JSON out; docs/api.md is its contract.

Everything is recorded through `warehouse.services.record_from_device`, in one commit. An answer for an item comes only
when that item is durable, or is its refusal. Nothing here decides.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from awas import chance
from awas.access.devices import device_of, is_token_request
from awas.access.policy import Permission
from awas.access.require import needs
from awas.api import intake, wire
from awas.ledger import blobs
from awas.ledger import services as ledger
from awas.ledger.area import Refused
from awas.ledger.desk import Desk
from awas.ledger.fact import Kept, LedgerCorrupt, LedgerHalted, Receipt, Submission
from awas.ledger.naming import log_of
from awas.ledger.sequencer import LedgerUnavailable, Outcome
from awas.places.services import is_site
from awas.roster import services as roster
from awas.ui.refusals import in_words
from awas.warehouse import services
from awas.warnings import services as warnings

Answer = dict[str, Any]

STATUS = {"api.length_needed": 411, "api.too_large": 413, "api.place_unknown": 404}

_json = msgspec.json.Encoder()


def answer(content: Any, status: int = 200) -> HttpResponse:
    """An answer as JSON."""
    return HttpResponse(_json.encode(content), content_type="application/json", status=status)


def refusal(refused: Refused, status: int) -> HttpResponse:
    """An answer that refuses the whole request."""
    return answer({"refused": refused.code, "reason": in_words(refused), "details": refused.params}, status)


@needs(Permission.RECORD_AT_SITE, place="place")
@require_POST
def entries(request: HttpRequest, place: str) -> HttpResponse:
    """Items of the phone's outbox, each answered by its receipt or its refusal."""
    if not is_token_request(request):
        return refusal(Refused("api.token_only"), 403)
    try:
        require_site(place)
        items = wire.items(body_of(request, wire.MOST_BYTES))
    except Refused as refused:
        return refusal(refused, STATUS.get(refused.code, 400))
    return answer({"log": log_of(place), "answers": recorded(items, request, place)})


def require_site(place: str) -> None:
    """Raises `Refused` where there is no such site."""
    if not is_site(place):
        raise Refused("api.place_unknown", place=place)


def body_of(request: HttpRequest, most: int) -> bytes:
    """The body, never more than `most` bytes of it in memory. Raises `Refused`."""
    given = request.META.get("CONTENT_LENGTH") or "0"
    if given == "0" and request.META.get("HTTP_TRANSFER_ENCODING"):
        raise Refused("api.length_needed")
    if not given.isdigit() or int(given) > most:
        raise Refused("api.too_large", most=most)
    body: bytes = request.read(most + 1)
    if len(body) > most:
        raise Refused("api.too_large", most=most)
    return body


def recorded(items: Iterable[wire.Item | wire.Unreadable], request: HttpRequest, place: str) -> list[Answer]:
    """Makes items durable in one commit and answers each, in their order."""
    just_sealed = dict[str, Kept]()
    device, now = device_of(request).code, settings.AWAS_NOW()
    outcomes: list[Outcome | None] = []
    numbers: list[int | None] = []
    submissions: list[Submission] = []
    for item in items:
        if not isinstance(item, wire.Item):
            numbers.append(item[0])
            outcomes.append(item[1])
            continue
        numbers.append(item.seq)
        desk = Desk(
            place=place,
            actor=request.user.code,  # type: ignore[union-attr]
            device=device,
            now=now,
            salt=chance.salt,
            reference=chance.reference,
            occurred_at=item.occurred_at,
            just_sealed=just_sealed,
        )
        try:
            submissions.append(intake.submission(item, desk))
            outcomes.append(None)
        except Refused as refused:
            outcomes.append(refused)
    done = iter(services.record_from_device(submissions) if submissions else ())
    return [told(seq, next(done) if one is None else one) for seq, one in zip(numbers, outcomes, strict=True)]


def told(seq: int | None, outcome: Outcome) -> Answer:
    """What became of one item."""
    if isinstance(outcome, Receipt):
        return {
            "seq": outcome.seq,
            "index": outcome.index,
            "count": outcome.count,
            "leaf": outcome.leaf,
            "recorded_at": outcome.recorded_at,
            "replayed": outcome.replayed,
        }
    if isinstance(outcome, LedgerHalted | LedgerCorrupt):
        outcome = Refused("api.halted")
    elif isinstance(outcome, LedgerUnavailable):
        outcome = Refused("api.unavailable")
    if not isinstance(outcome, Refused):
        raise outcome
    return {"seq": seq, "refused": outcome.code, "reason": in_words(outcome), "details": outcome.params}


@needs(Permission.RECORD_AT_SITE, place="place")
@require_POST
def evidence(request: HttpRequest, place: str) -> HttpResponse:
    """A photo or document as it is, ahead of the item that names its hash."""
    try:
        require_site(place)
        sha256 = blobs.keep(body_of(request, blobs.MAX_BYTES), place, settings.AWAS_NOW())
    except Refused as refused:
        return refusal(refused, STATUS.get(refused.code, 422))
    return answer({"sha256": sha256})


@needs(Permission.VIEW_SITE, place="place")
@require_GET
def state(request: HttpRequest, place: str) -> HttpResponse:
    """The site's folded state, who has the watch, and where this device's numbering stands."""
    try:
        require_site(place)
        device = device_of(request).code
    except Refused as refused:
        return refusal(refused, STATUS.get(refused.code, 409))
    log = log_of(place)
    return answer(
        {
            "place": place,
            "log": log,
            "size": ledger.size_of(log),
            "now": settings.AWAS_NOW(),
            "device": device,
            "next_seq": ledger.last_seq(log, device) + 1,
            "on_duty": roster.on_duty_at(place),
            "open_warnings": warnings.open_count(place),
            "site": msgspec.to_builtins(services.site_state(place)),
        }
    )
