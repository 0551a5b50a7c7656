"""The open log: what anybody may fetch to check that the record isn't rewritten.

Hashes, signed heads and keys only. Entries themselves are not public: they tell where goods lie and who guards them.
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from awas.access.require import public
from awas.ledger import checkpoints
from awas.ledger.checkpoint import Checkpoint
from awas.ledger.models import Log
from awas.ledger.note import parse_note
from awas.ledger.services import tiles_of
from awas.ledger.tiles import WIDTH, HashesMissing, Subtrees, parse_path, partial_width
from awas.places.models import Region

_DISTRICT = re.compile(r"\d{2}\.\d{2}")


def _origin(district: str) -> str:
    if not _DISTRICT.fullmatch(district):
        raise Http404
    return f"awas/{district}"


@public
def open_log(request: HttpRequest) -> HttpResponse:
    """Every log with its newest signed head and the key that checks it."""
    names = dict(Region.objects.filter(level=Region.Level.DISTRICT).values_list("code", "name"))
    logs = [
        {
            "origin": log.origin,
            "district": log.origin.partition("/")[2],
            "name": names.get(log.origin.partition("/")[2], log.origin),
            "checkpoint": _head(log.origin),
            "key": checkpoints.verifier_of(log.origin).to_text(),
        }
        for log in Log.objects.order_by("origin")
    ]
    return render(request, "portal/open_log.html", {"logs": logs})


def _head(origin: str) -> Checkpoint | None:
    note = checkpoints.latest(origin)
    return None if note is None else Checkpoint.from_text(parse_note(note).text)


@public
@cache_control(public=True, max_age=10)
def checkpoint(request: HttpRequest, district: str) -> HttpResponse:
    """The newest signed head of a log (C2SP tlog-checkpoint)."""
    note = checkpoints.latest(_origin(district))
    if note is None:
        raise Http404
    return HttpResponse(note, content_type="text/plain; charset=utf-8")


@public
def tile(request: HttpRequest, district: str, path: str) -> HttpResponse:
    """A tile of hashes (C2SP tlog-tiles), full or partial, up to the newest signed head."""
    origin = _origin(district)
    head = _head(origin)
    try:
        level, n, width = parse_path("tile/" + path)
    except ValueError as unknown:
        raise Http404 from unknown
    if head is None or level is None:
        raise Http404  # bundles of entries are not public
    if width < WIDTH and (width > partial_width(level, head.size) or n != head.size >> (8 * (level + 1))):
        raise Http404
    try:
        body = Subtrees(tiles_of(origin)).tile(level, n, width)
    except HashesMissing as missing:
        raise Http404 from missing
    answer = HttpResponse(body, content_type="application/octet-stream")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
