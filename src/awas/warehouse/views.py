"""Pages of one site: the watcher's phone, the live log, who is inside, what is expected, and every form of the log.

A view reads through services and items, and writes through `services.record` alone.
"""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from awas import chance
from awas.access.addresses import is_site_code
from awas.access.desks import desk_of
from awas.access.policy import Permission
from awas.access.require import needs, require_permission
from awas.ledger import services as ledger
from awas.ledger.area import Refused
from awas.ledger.naming import log_of
from awas.places.codes import zone_of
from awas.places.models import Site
from awas.places.services import find_site, place_name
from awas.ui.acts import Act, ActForm, digest_of
from awas.ui.asks import Asked
from awas.ui.live import live
from awas.ui.sent import sent_from
from awas.warehouse import services
from awas.warehouse.acts import ACTS, act_of
from awas.warehouse.pages import building as building_pages
from awas.warehouse.pages import duty, forms, goods
from awas.warehouse.pages import log as log_pages
from awas.warehouse.pages import site as site_pages
from awas.warehouse.pages.frame import act_url


def site_or_404(place: str) -> Site:
    """The site of a code. Raises Http404."""
    site = find_site(place)
    if site is None:
        raise Http404
    return site


def _place_or_404(place: str) -> Site:
    """The site of a code; a region or a station, where logistics are recorded, stands in as one. Raises Http404."""
    if is_site_code(place):
        return site_or_404(place)
    name = place_name(place)
    if not name:
        raise Http404
    return Site(code=place, name=name, time_zone=zone_of(place))


def _version(request: HttpRequest, place: str, **_kwargs: object) -> object:
    """Grows with every entry of the site's log, warnings included."""
    return ledger.size_of(log_of(place))


@needs(Permission.VIEW_SITE, place="place")
@live(_version)
def watch(request: HttpRequest, place: str) -> HttpResponse:
    """The site at a glance, made for a thumb at two in the morning."""
    return render(request, "warehouse/watch.html", site_pages.watch_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
@live(_version)
def log(request: HttpRequest, place: str) -> HttpResponse:
    """The live log, newest first: by kind, by day, by what stands in it."""
    return render(request, "warehouse/log.html", log_pages.log_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
@live(_version)
def inside(request: HttpRequest, place: str) -> HttpResponse:
    """Who and what is inside now, each with one tap to log out."""
    return render(request, "warehouse/inside.html", site_pages.inside_page(request, site_or_404(place)))


@needs(Permission.RECORD_AT_SITE, place="place")
def person_out(request: HttpRequest, place: str) -> HttpResponse:
    """Everybody inside, one tap each."""
    return render(request, "warehouse/person_out.html", site_pages.inside_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def vehicles(request: HttpRequest, place: str) -> HttpResponse:
    """Vehicles here now."""
    return render(request, "warehouse/vehicles.html", site_pages.vehicles_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
@live(_version)
def deliveries(request: HttpRequest, place: str) -> HttpResponse:
    """Consignments expected, on their way and counted in."""
    return render(request, "warehouse/deliveries.html", goods.deliveries_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def delivery(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """One consignment, line by line, with its counts."""
    return render(request, "warehouse/delivery.html", goods.delivery_page(request, site_or_404(place), name))


@needs(Permission.VIEW_SITE, place="place")
def seals(request: HttpRequest, place: str) -> HttpResponse:
    """Every seal the record has at this place."""
    return render(request, "warehouse/seals.html", building_pages.seals_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def building(request: HttpRequest, place: str) -> HttpResponse:
    """The building: cameras, keys, troubles, incidents, stock."""
    return render(request, "warehouse/building.html", building_pages.building_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def round_(request: HttpRequest, place: str) -> HttpResponse:
    """The round under way, its checkpoints, and the last rounds."""
    return render(request, "warehouse/round.html", building_pages.round_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def shifts(request: HttpRequest, place: str) -> HttpResponse:
    """Shifts of the days around now."""
    return render(request, "roster/shifts.html", duty.shifts_page(request, site_or_404(place)))


@needs(Permission.RECORD_AT_SITE, place="place")
def handover(request: HttpRequest, place: str) -> HttpResponse:
    """The hand-over: what stands in the record, and the act that comes next for whoever looks."""
    site = site_or_404(place)
    page = duty.handover_page(request, site)
    if page["slug"]:
        # The form is sent to its act's own address: what comes next may have changed by the time it is sent, and nobody
        # may offer the watch who meant to take it up.
        chosen, subject = ACTS[page["slug"]], page["subject"]
        form = _empty(request, chosen, _asked(site), subject)
        page |= {"form": form, "form_url": act_url(place, chosen.slug, subject)}
        page |= {"title": chosen.title, "hint": chosen.hint, "send": chosen.send}
    return render(request, "roster/handover.html", page)


@needs(Permission.VIEW_SITE, place="place")
def access_list(request: HttpRequest, place: str) -> HttpResponse:
    """Who may enter, who must not, and the site's own rules."""
    return render(request, "warehouse/access.html", building_pages.access_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def act(request: HttpRequest, place: str, slug: str, subject: str = "") -> HttpResponse:
    """The form of one act; sending it puts the act on record and shows the receipt."""
    site, chosen = site_or_404(place), act_of(slug)
    require_permission(request, Permission(chosen.permission), place)
    key = forms.subject_key(chosen, place, subject)
    form, answer = _filled(request, chosen, _asked(site), key)
    if answer is not None:
        return answer
    template = "warehouse/person_in.html" if slug == "orang-masuk" else "warehouse/record.html"
    page = forms.act_page(request, site, chosen, form, key)
    return render(request, template, page, status=422 if request.method == "POST" else 200)


def _asked(site: Site) -> Asked:
    return Asked(place=site.code, now=settings.AWAS_NOW(), zone=ZoneInfo(site.time_zone))


def _empty(request: HttpRequest, chosen: Act, asked: Asked, key: str) -> ActForm:
    """A form to fill in. An address may bring values with it, never the form's own number."""
    given = {**request.GET.dict(), **chosen.initial(asked, key), "nonce": chance.nonce(asked.now)}
    return ActForm(chosen, asked, initial=given)


def _filled(request: HttpRequest, chosen: Act, asked: Asked, key: str) -> tuple[ActForm, HttpResponse | None]:
    """The form as it is to be shown, or the answer after it was recorded."""
    if request.method != "POST":
        return _empty(request, chosen, asked, key), None
    form = ActForm(chosen, asked, data=request.POST, files=request.FILES)
    digest = digest_of(request.POST, request.FILES, f"{asked.place}/{chosen.slug}/{key}")
    if form.is_valid():
        return form, _recorded(request, form, asked.place, key, digest)
    return form, _second_tap(request, asked.place, digest)


def _second_tap(request: HttpRequest, place: str, digest: bytes) -> HttpResponse | None:
    """The first tap's receipt, where what it named can't be chosen any more because it was recorded."""
    device = desk_of(request, place).device
    index = ledger.recorded_before(log_of(place), device, request.POST.get("nonce", ""), digest)
    return None if index is None else redirect("warehouse:receipt", place=place, index=index)


def _recorded(request: HttpRequest, form: ActForm, place: str, key: str, digest: bytes) -> HttpResponse | None:
    """Records a valid form; a refusal becomes an error on the form, with nothing typed lost."""
    desk = desk_of(request, place)
    try:
        command = form.command(desk, key)
        receipt = services.record(desk, command, nonce=form.cleaned_data["nonce"], digest=digest)
    except Refused as refused:
        form.refuse(refused, chance.nonce(desk.now))
        return None
    return redirect("warehouse:receipt", place=place, index=receipt.index)


@needs(Permission.RECORD_AT_SITE, place="place")
@sent_from("warehouse:act", "place", slug="orang-masuk")
def enter_again(request: HttpRequest, place: str) -> HttpResponse:
    """One tap for somebody known here: the entry with the particulars of the last visit."""
    site_or_404(place)
    desk = desk_of(request, place)
    command = services.enter_again(desk, request.POST.get("person", ""))
    receipt = services.record(
        desk, command, nonce=_nonce(request), digest=digest_of(request.POST, request.FILES, f"{place}/again")
    )
    return redirect("warehouse:receipt", place=place, index=receipt.index)


@needs(Permission.RECORD_AT_SITE, place="place")
@sent_from("warehouse:person-out", "place")
def leave_now(request: HttpRequest, place: str) -> HttpResponse:
    """One tap: a visit ends."""
    site_or_404(place)
    desk = desk_of(request, place)
    command = services.leave(desk, request.POST.get("visit", ""))
    services.record(desk, command, nonce=_nonce(request), digest=digest_of(request.POST, request.FILES, f"{place}/out"))
    return redirect("warehouse:inside", place=place)


@needs(Permission.RECORD_AT_SITE, place="place")
def checkpoint(request: HttpRequest, place: str, checkpoint: str, token: str) -> HttpResponse:
    """Where the QR code of a checkpoint leads: one tap says that the officer stands here."""
    site = site_or_404(place)
    if not services.is_checkpoint_token(place, checkpoint, token):
        raise Http404
    if request.method == "POST":
        desk = desk_of(request, place)
        command = services.scan(desk, checkpoint)
        digest = digest_of(request.POST, request.FILES, f"{place}/{checkpoint}")
        receipt = services.record(desk, command, nonce=_nonce(request), digest=digest)
        return redirect("warehouse:receipt", place=place, index=receipt.index)
    return render(request, "warehouse/checkpoint.html", forms.checkpoint_page(request, site, checkpoint))


@needs(Permission.VIEW_SITE, place="place")
def checkpoint_codes(request: HttpRequest, place: str) -> HttpResponse:
    """The checkpoints' QR codes on one sheet to print."""
    require_permission(request, Permission.MANAGE_SITE, place)
    return render(request, "warehouse/codes.html", forms.codes_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def receipt(request: HttpRequest, place: str, index: int) -> HttpResponse:
    """What was recorded, with its number and the short code of its leaf."""
    site = site_or_404(place)
    line = ledger.line(log_of(place), index)
    if line is None or line.entry.place != place:
        raise Http404
    return render(request, "warehouse/receipt.html", forms.receipt_page(request, site, line))


@needs(Permission.VIEW_SITE, place="place")
def evidence(request: HttpRequest, place: str, sha256: str) -> HttpResponse:
    """One photo or document, hashed again on its way out."""
    require_permission(request, Permission.VIEW_PERSONAL, place)
    return forms.evidence_answer(place, sha256)


@needs(Permission.VIEW_SITE, place="place")
def entry(request: HttpRequest, place: str, index: int) -> HttpResponse:
    """One entry as it stands in the log, with its proof."""
    site = _place_or_404(place)
    line = ledger.line(log_of(place), index)
    if line is None or line.entry.place != place:
        raise Http404
    return render(request, "ledger/entry.html", forms.entry_page(request, site, line))


@needs(Permission.VIEW_SITE, place="place")
def proof(request: HttpRequest, place: str, index: int) -> HttpResponse:
    """The stand-alone proof of an entry of this place, as a file."""
    line = ledger.line(log_of(place), index)
    if line is None or line.entry.place != place:
        raise Http404
    return forms.proof_answer(place, index)


def _nonce(request: HttpRequest) -> str:
    nonce = request.POST.get("nonce", "")
    if not nonce or len(nonce) > 40:
        raise PermissionDenied
    return nonce
