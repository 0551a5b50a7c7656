"""Who can be planned and how far, and who can come for somebody who can't."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from awas.access.services import actor_names
from awas.ledger.area import Instant
from awas.places.models import Region
from awas.places.services import place_name
from awas.roster import monthly, relieving
from awas.roster.models import Shift
from awas.roster.pages.frame import Context, frame
from awas.roster.planning.month import FEMALE
from awas.roster.planning.relief import Relief
from awas.roster.words import BROKEN_RULES, KINDS


def people_page(region: Region, name: str, now: Instant) -> Context:
    """Context of roster/people.html."""
    month = monthly.whole_month(region.code, name, "3x8")
    officers = monthly.officers_of(region.code, month, now)
    known = {one.code for one in officers}
    others = monthly.others_of(region.code, now, known)
    sites = monthly.site_names(region.code)
    names = actor_names(known | set(others))

    def url(code: str) -> str:
        return reverse("roster:officer", args=[region.code, code]) + f"?bulan={name}"

    return frame(region, name, now) | {
        "first": month.first,
        "officers": sorted(
            (
                {
                    "name": names[one.code],
                    "url": url(one.code),
                    "woman": FEMALE in one.skills,
                    "sites": [sites[site] for site, _km in one.sites],
                    "week": one.most_in_week,
                    "hours": one.most_hours_in_week,
                    "nights": one.most_nights,
                    "share": one.share,
                    "never": [KINDS[kind] for kind in one.no_kinds if kind in KINDS],
                    "wishes": one.wishes_off,
                    "away": one.away,
                }
                for one in officers
            ),
            key=lambda row: str(row["name"]),
        ),
        "others": sorted(({"name": names[code], "url": url(code)} for code in others), key=lambda row: row["name"]),
    }


def known_or_404(district: str, person: str, now: Instant) -> list[str]:
    """The own sites of somebody who stands watch in the district. Raises Http404 for anybody else."""
    own = monthly.own_sites(district, now)
    if person not in own:
        raise Http404
    return own[person]


def relief_page(shift: Shift, gone: str, now: Instant) -> Context:
    """Context of roster/relief.html."""
    found = relieving.candidates(shift, gone, now)
    crew = actor_names(shift.people)
    return {
        "shift": shift,
        "site": place_name(shift.place),
        "gone": gone,
        "gone_name": crew[gone],
        "crew": [{"code": code, "name": crew[code], "here": code == gone} for code in shift.people],
        "fits": found is not None,
        "is_ahead": shift.until_at > now,
        "change_url": reverse("warehouse:act-about", args=[shift.place, "ganti-piket", shift.key.rpartition("/")[2]]),
        "can": [_relief(one, found.names) for one in found.reliefs if not one.broken] if found else [],
        "cannot": [_relief(one, found.names) for one in found.reliefs if one.broken] if found else [],
    }


def _relief(one: Relief, names: dict[str, str]) -> Context:
    good = [_("%(n)s shifts this month") % {"n": one.shifts}]
    if one.rest_minutes is None:
        good.append(_("no shift before"))
    else:
        good.append(_("%(n)s hours of rest before") % {"n": one.rest_minutes // 60})
    if one.way:
        good.append(_("comes from another site"))
    bad = [_("without a woman then") for skill in one.lost if skill == FEMALE]
    if one.unwished:
        bad.append(_("asked for that day off"))
    return {
        "code": one.person,
        "name": names[one.person],
        "good": good,
        "bad": bad,
        "why_not": [BROKEN_RULES.get(rule, rule) for rule in one.broken],
    }
