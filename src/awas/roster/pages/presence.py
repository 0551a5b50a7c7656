"""Who came of those who were planned: proof of presence, with a score for each site."""

from django.urls import reverse

from awas.access.services import actor_names
from awas.ledger.area import Instant
from awas.places.models import Region
from awas.roster import monthly
from awas.roster.models import Duty, Handover
from awas.roster.pages.frame import Context, frame
from awas.roster.planning.quality import Presence, presence


def presence_of(
    site: str, from_at: Instant, until_at: Instant, now: Instant
) -> tuple[Presence, list[tuple[str, Instant]]]:
    """The presence at a site in the shifts that begin in a span, and who was missing in which (the last twenty)."""
    shifts = monthly.shifts_planned([site], from_at, until_at)
    keys = [shift.key for shift in shifts]
    duties = list(Duty.objects.filter(place=site, shift_id__in=keys).order_by("started_at"))
    handed = dict.fromkeys(
        Handover.objects.filter(shift_id__in=keys, state="accepted").values_list("shift_id", flat=True), True
    )
    besides = Duty.objects.filter(
        place=site, on_roster=False, started_at__gte=from_at, started_at__lt=min(until_at, now)
    ).exclude(state="void")
    stood = {(duty.shift_id, duty.person) for duty in duties if duty.state != "void"}
    missing = [
        (person, shift.from_at)
        for shift in shifts
        if shift.until_at <= now
        for person in shift.people
        if (shift.key, person) not in stood
    ]
    return presence(shifts, duties, handed, now, besides.count()), missing[-20:]


def presence_page(region: Region, name: str, now: Instant) -> Context:
    """Context of roster/presence.html."""
    month = monthly.whole_month(region.code, name, "3x8")
    sites = []
    for site, called in monthly.site_names(region.code).items():
        found, missing = presence_of(site, month.begins_at, month.ends_at, now)
        people = actor_names({person for person, _at in missing})
        sites.append(
            {
                "name": called,
                "url": reverse("warehouse:shifts", args=[site]),
                "found": found,
                "score": found.score,
                "missing": [{"name": people[person], "from_at": at} for person, at in missing],
            }
        )
    return frame(region, name, now) | {"first": month.first, "sites": sites}
