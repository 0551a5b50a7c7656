"""The page of a place: a site has its watch, a region or a station its logistics."""

from django.urls import reverse

from awas.access.policy import Tier, tier_of


def is_site_code(place: str) -> bool:
    """Whether a place's code is that of a site, such as 36.02-G1; a region's or a station's is not."""
    try:
        return tier_of(place) is Tier.SITE
    except ValueError:
        return False


def place_url(place: str) -> str:
    """The page of any place that the record knows."""
    return reverse("warehouse:watch" if is_site_code(place) else "logistics:place", args=[place])
