"""The first pages: where one's duty is, a district's today, a province's wall."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from awas.access.policy import NATION, Permission, Tier, tier_of
from awas.access.require import needs
from awas.access.services import areas_of
from awas.ledger import services as ledger
from awas.ledger.naming import log_of
from awas.places.models import Region, Site
from awas.ui.live import live
from awas.warehouse.pages import overview


def home_of(request: HttpRequest) -> str | None:
    """The page of whoever asks: the watcher's site, the officer's district, the province's wall.

    None for whoever has none of these: a subdistrict without a warehouse is not watched here.
    """
    now = settings.AWAS_NOW()
    sites = areas_of(request.user, Permission.VIEW_SITE, now)
    areas = sites or areas_of(request.user, Permission.VIEW_REGION, now)
    if not areas:
        return None
    area = areas[0]
    if area == NATION:
        area = (
            Region.objects.filter(level=Region.Level.PROVINCE, sites=None).values_list("code", flat=True).first() or ""
        )
        return reverse("wall", args=[area]) if area else None
    tier = tier_of(area)
    if tier in (Tier.SUBDISTRICT, Tier.VILLAGE):
        site = Site.objects.within(area).values_list("code", flat=True).first()
        return reverse("warehouse:watch", args=[site]) if site else None
    if tier is Tier.SITE:
        return reverse("warehouse:watch", args=[area])
    return reverse("wall" if tier is Tier.PROVINCE else "district", args=[area])


def post_of(request: HttpRequest) -> str | None:
    """The watcher's own site, for the navigation; None for those who look at many."""
    home = home_of(request)
    return home if home and home.startswith("/gudang/") else None


def overview_of(request: HttpRequest) -> str | None:
    """The district's today or the province's wall, for the navigation; None for a watcher."""
    home = home_of(request)
    return None if home is None or home.startswith("/gudang/") else home


def _version(request: HttpRequest, region: str) -> object:
    """Grows with every entry of the sites below a region."""
    try:
        sites = Site.objects.within(region).values_list("code", flat=True)
    except ValueError as unknown:  # a site's code is no region's
        raise Http404 from unknown
    return ledger.total_size({log_of(code) for code in sites})


def _region(code: str, level: int) -> Region:
    found = Region.objects.filter(code=code, level=level).select_related("parent").first()
    if found is None:
        raise Http404
    return found


@needs(Permission.VIEW_REGION, place="region")
@live(_version)
def district(request: HttpRequest, region: str) -> HttpResponse:
    """A district's today: the state of every site."""
    return render(
        request, "places/district.html", overview.district_page(request, _region(region, Region.Level.DISTRICT))
    )


@needs(Permission.VIEW_REGION, place="region")
@live(_version)
def wall(request: HttpRequest, region: str) -> HttpResponse:
    """The wall of the situation room."""
    return render(request, "places/wall.html", overview.wall_page(request, _region(region, Region.Level.PROVINCE)))
