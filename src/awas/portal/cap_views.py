"""Warnings in CAP 1.2 for everybody: only what AWAS_CAP_PUBLIC opens, in the shorter text, and the certificate.

Nothing is open by default: an address here answers 404 then, as if it weren't.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from awas.access.policy import covers
from awas.access.require import public
from awas.warnings.cap import publishing
from awas.warnings.cap.feed import FEED_TYPE
from awas.warnings.cap.message import MEDIA_TYPE
from awas.warnings.pages import narrowed


@public
@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """What checks the signature of our alerts."""
    return HttpResponse(publishing.seal().certificate_pem, content_type="application/x-pem-file")


def _link(place: str, name: str) -> str:
    return settings.AWAS_URL + reverse("portal:cap-alert", args=[place, name])


def _require_open(region: str) -> None:
    """Raises Http404 unless something in that area, or the area itself, is open to all."""
    open_to = publishing.openness()
    if open_to is None:
        raise Http404
    narrowed([region], region)
    if not any(covers(area, region) or covers(region, area) for area in open_to.areas):
        raise Http404


def _tag(request: HttpRequest, region: str) -> str:
    _require_open(region)
    return f'"{publishing.feed_version(region, settings.AWAS_NOW())}"'


@public
@require_safe
@cache_control(public=True, max_age=60)
@condition(etag_func=_tag)
def cap_feed(request: HttpRequest, region: str) -> HttpResponse:
    """What of an area is open to all, as Atom."""
    url = settings.AWAS_URL + reverse("portal:cap-feed", args=[region])
    body = publishing.feed_of(region, settings.AWAS_NOW(), url=url, link=_link, public=True)
    return HttpResponse(body, content_type=FEED_TYPE)


@public
@require_safe
@cache_control(public=True, max_age=60)
def cap_alert(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """One message that is open to all, signed."""
    body = publishing.document(place, name, settings.AWAS_NOW(), public=True)
    if body is None:
        raise Http404
    return HttpResponse(body, content_type=MEDIA_TYPE)
