"""Warnings in CAP 1.2 for programs: a feed for each area, and the signed document of each message.

Both are for those who may see warnings there, by session or by token. What AWAS_CAP_PUBLIC opens to everybody, in a
shorter text, stands in `portal`.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from awas.access.policy import Permission
from awas.access.require import needs
from awas.warnings.cap import publishing
from awas.warnings.cap.feed import FEED_TYPE
from awas.warnings.cap.message import MEDIA_TYPE
from awas.warnings.pages import narrowed


def _link(place: str, name: str) -> str:
    return settings.AWAS_URL + reverse("api:cap-alert", args=[place, name])


def _feed_tag(request: HttpRequest, region: str) -> str:
    return f'"{publishing.feed_version(region, settings.AWAS_NOW())}"'


@needs(Permission.VIEW_WARNING, place="region")
@require_safe
@condition(etag_func=_feed_tag)
def cap_feed(request: HttpRequest, region: str) -> HttpResponse:
    """What stands in an area or ended within a day, as Atom."""
    narrowed([region], region)  # a 404 for what is no area's code
    url = settings.AWAS_URL + reverse("api:cap-feed", args=[region])
    body = publishing.feed_of(region, settings.AWAS_NOW(), url=url, link=_link)
    return HttpResponse(body, content_type=FEED_TYPE, headers={"Cache-Control": "private, no-cache"})


@needs(Permission.VIEW_WARNING, place="place")
@require_safe
def cap_alert(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """One message, signed."""
    body = publishing.document(place, name, settings.AWAS_NOW())
    if body is None:
        raise Http404
    return HttpResponse(body, content_type=MEDIA_TYPE, headers={"Cache-Control": "private, no-cache"})
