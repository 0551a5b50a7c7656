"""The building and its guardians: seals, cameras, keys, troubles, incidents, rounds, who may enter."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import actor_names
from awas.ledger import vault
from awas.ledger.naming import log_of
from awas.places.models import Site
from awas.warehouse import models, services
from awas.warehouse.acts import act_of
from awas.warehouse.pages.frame import Context, act_url, frame
from awas.warehouse.words import CONDITIONS, INCIDENTS, OTHER_USES, ROLES, SEAL_KINDS, SEAL_STATES, SEVERITIES

GONE = ("removed", "void")


def seals_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/seals.html; `?all=1` shows removed ones, too."""
    everything = request.GET.get("all") == "1"
    found = models.Seal.objects.filter(place=site.code)
    if not everything:
        found = found.exclude(state__in=GONE)
    here = reverse("warehouse:seals", args=[site.code])
    return frame(request, site) | {
        "seals": [
            {
                "number": seal.number,
                "kind_word": SEAL_KINDS.get(seal.seal_kind, seal.seal_kind),
                "object": seal.object_name,
                "state": seal.state,
                "state_word": SEAL_STATES.get(seal.state, seal.state),
                "applied_at": seal.applied_at or None,
                "checked_at": seal.checked_at or None,
                "url": act_url(site.code, "segel-periksa") + f"?number={seal.number}",
                "check_url": _seal_act(site, "segel-periksa", seal),
                "remove_url": _seal_act(site, "segel-lepas", seal),
            }
            for seal in found.order_by("number")[:500]
        ],
        "show_all_url": "" if everything else f"{here}?all=1",
    }


def _seal_act(site: Site, slug: str, seal: models.Seal) -> str:
    known = {"number": seal.number, "sealed_object": seal.sealed_object, "object_name": seal.object_name}
    return f"{act_url(site.code, slug)}?{urlencode(known)}"


ACTS = (
    ("cctv", "camera"),
    ("penjaga", "user"),
    ("kunci-ambil", "key"),
    ("stok", "box"),
    ("kondisi", "water"),
    ("pemakaian", "alert"),
    ("kelayakan", "list"),
)


def building_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/building.html."""
    place = site.code
    return frame(request, site) | {
        "site": services.site_state(place),
        "keys": _keys(request, place),
        "troubles": _troubles(place),
        "incidents": _incidents(place),
        "acts": [{"title": act_of(slug).title, "url": act_url(place, slug), "icon": icon} for slug, icon in ACTS],
        "codes_url": reverse("warehouse:codes", args=[place]) if allows(request, Permission.MANAGE_SITE, place) else "",
    }


def _keys(request: HttpRequest, place: str) -> list[Context]:
    keys = list(models.KeyHolding.objects.filter(place=place).order_by("door"))
    names = {}
    if allows(request, Permission.VIEW_PERSONAL, place):
        names = vault.values([one.holder_ref for one in keys])
    return [
        {
            "door": one.door,
            "is_out": one.is_out,
            "holder": names.get(one.holder_ref, ""),
            "taken_at": one.taken_at,
            "return_url": act_url(place, "kunci-kembali", one.key),
        }
        for one in keys
    ]


def _troubles(place: str) -> list[Context]:
    return [
        {
            "what": OTHER_USES.get(one.use) if one.condition == "use" else CONDITIONS.get(one.condition),
            "severity": SEVERITIES.get(one.severity, ""),
            "spot": one.spot,
            "began_at": one.began_at,
            "end_url": act_url(place, "pemakaian-selesai" if one.condition == "use" else "kondisi-selesai", one.key),
        }
        for one in models.Condition.objects.filter(place=place, state="open").order_by("-began_at")
    ]


def _incidents(place: str) -> list[Context]:
    return [
        {
            "what": INCIDENTS.get(one.incident, one.incident),
            "severity": SEVERITIES.get(one.severity, one.severity),
            "spot": one.spot,
            "reported_at": one.reported_at,
            "close_url": act_url(place, "kejadian-tutup", one.key),
        }
        for one in models.Incident.objects.filter(place=place, state="open").order_by("-reported_at")
    ]


def access_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/access.html."""
    page, place = frame(request, site), site.code
    listed = list(models.AccessRule.objects.filter(place=place, state="granted").order_by("role", "key")[:500])
    watched = list(models.Watchlisted.objects.filter(log=log_of(place), state="listed")[:200])
    names = {}
    if allows(request, Permission.VIEW_PERSONAL, place):
        names = vault.values([*(one.name_ref for one in listed if one.name_ref), *(one.name_ref for one in watched)])
    may = allows(request, Permission.MANAGE_ACCESS_LIST, place)
    return page | {
        "rules": services.site_rules(place),
        "listed": [
            {
                "name": names.get(one.name_ref) or _("everybody of this role"),
                "role": ROLES.get(one.role, one.role),
                "institution": one.institution,
                "from_at": one.from_at or None,
                "until_at": one.until_at or None,
                "revoke_url": act_url(place, "izin-cabut", one.key) if may else "",
            }
            for one in listed
        ],
        "watched": [
            {
                "name": names.get(one.name_ref, _("(name hidden)")),
                "reason": one.reason,
                "until_at": one.until_at or None,
                "unlist_url": act_url(place, "waspadai-cabut", one.key) if may else "",
            }
            for one in watched
        ],
        "grant_url": act_url(place, "izin-masuk") if may else "",
        "watchlist_url": act_url(place, "waspadai") if may else "",
        "rules_url": act_url(place, "aturan-gudang") if allows(request, Permission.MANAGE_SITE, place) else "",
    }


def round_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/round.html: the round under way and its checkpoints."""
    page = frame(request, site)
    running = (
        models.Round.objects.filter(place=site.code, completed_at=0, by=request.user.code)  # type: ignore[union-attr]
        .order_by("-started_at")
        .first()
    )
    scanned = running.scanned if running else []
    planned = services.site_rules(site.code).checkpoints
    return page | {
        "running": running,
        "checkpoints": [{"code": code, "done": code in scanned} for code in planned],
        "finish_url": act_url(site.code, "ronde", running.key) if running else act_url(site.code, "ronde"),
        "last_rounds": [
            {
                "by": actor_names([one.by])[one.by],
                "completed_at": one.completed_at,
                "scanned": len(one.scanned),
                "planned": one.planned_count,
                "missed": one.missed,
            }
            for one in models.Round.objects.filter(place=site.code, completed_at__gt=0).order_by("-completed_at")[:12]
        ],
    }
