"""EPCIS 2.0 over the API: documents are taken in and given out at one address; docs/epcis.md is the contract.

Nothing here decides: `logistics.epcis` reads, maps and records, each event answered as an item of `entries` is.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from awas.access.devices import device_of, is_token_request
from awas.access.policy import Permission
from awas.access.require import needs, require_permission
from awas.api.views import STATUS, Answer, answer, body_of, refusal, require_site, told
from awas.ledger.area import Refused
from awas.ledger.naming import log_of
from awas.logistics.epcis import exporting
from awas.logistics.epcis import services as epcis
from awas.logistics.epcis.document import MOST_BYTES
from awas.ui.refusals import in_words

STATUSES = STATUS | {"epcis.too_large": 413}

LATEST = 1 << 52
"""No log has more entries; a larger number isn't asked of the database."""


@needs(Permission.VIEW_SITE, place="place")
@require_http_methods(["GET", "POST"])
def epcis_events(request: HttpRequest, place: str) -> HttpResponse:
    """GET: the place's entries as events (`since` an index). POST: a document of events, each with its answer.

    Whoever may do either may see the site; which of the two they may, each branch asks.
    """
    try:
        if request.method == "POST":
            return _taken_in(request, place)
        return _given_out(request, place)
    except Refused as refused:
        return refusal(refused, STATUSES.get(refused.code, 400))


def _taken_in(request: HttpRequest, place: str) -> HttpResponse:
    require_permission(request, Permission.RECORD_AT_SITE, place)
    if not is_token_request(request):
        return refusal(Refused("api.token_only"), 403)
    require_site(place)
    sender = epcis.Sender(person=request.user.code, device=device_of(request).code)  # type: ignore[union-attr]
    arrived = epcis.receive(body_of(request, MOST_BYTES), place, sender, settings.AWAS_NOW())
    answers = [answer_of(number, one) for number, one in enumerate(arrived.events)]
    return answer({"log": log_of(place), "sha256": arrived.sha256, "answers": answers})


def answer_of(number: int, became: epcis.Became) -> Answer:
    """What became of one event: receipts of its acts, its refusal, or why it is only kept."""
    head: dict[str, Any] = {"event": number, "eventID": became.event_id}
    if became.why is not None:
        reason = {"reason": in_words(became.why), "details": became.why.params}
        if became.kept_only:
            return head | {"applied": False, "code": became.why.code} | reason
        return head | {"refused": became.why.code} | reason
    acts = [told(None, outcome) for outcome in became.outcomes]
    # An event is as good as the worst of its acts; each stands beside it where there are several.
    first = next((one for one in acts if "refused" in one), acts[0])
    head |= {name: value for name, value in first.items() if name != "seq"}
    more: dict[str, Any] = {"acts": acts} if len(acts) > 1 else {}
    return head | {"applied": "refused" not in first} | more | {"unread": list(became.unread)}


def _given_out(request: HttpRequest, place: str) -> HttpResponse:
    require_permission(request, Permission.VIEW_LEDGER, place)
    require_site(place)
    since = request.GET.get("since") or "0"
    if not since.isascii() or not since.isdigit() or len(since) > 16 or int(since) > LATEST:
        raise Refused("number_out_of_range", field="since", why="since")
    return answer(exporting.exported(place, int(since), settings.AWAS_NOW()))
