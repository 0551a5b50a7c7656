"""Pages of one site: the watcher's phone, the live log, who is inside, what is expected, and every form of the log.

A view reads through services and items, and writes through `services.record` alone.
"""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from awas import chance
from awas.access.devices import device_of
from awas.access.policy import Permission
from awas.access.require import needs, require_permission
from awas.ledger import services as ledger
from awas.ledger.area import Refused
from awas.ledger.desk import Desk
from awas.ledger.naming import log_of
from awas.places.models import Site
from awas.ui.acts import Act, ActForm, digest_of
from awas.ui.asks import Asked
from awas.ui.live import live
from awas.ui.refusals import in_words
from awas.warehouse import pages, services
from awas.warehouse.acts import ACTS

PER_PAGE = 60


def site_or_404(place: str) -> Site:
    """The site of a code. Raises Http404."""
    site = Site.objects.filter(code=place).first()
    if site is None:
        raise Http404
    return site


def desk_of(request: HttpRequest, place: str) -> Desk:
    """The desk of whoever asks, with the device the request came from."""
    return Desk(
        place=place,
        actor=request.user.code,  # type: ignore[union-attr]
        device=device_of(request).code,
        now=settings.AWAS_NOW(),
        salt=chance.salt,
        reference=chance.reference,
    )


@needs(Permission.VIEW_SITE, place="place")
@live
def watch(request: HttpRequest, place: str) -> HttpResponse:
    """The site at a glance, made for a thumb at two in the morning."""
    site = site_or_404(place)
    return render(request, "warehouse/watch.html", pages.watch_page(request, site))


@needs(Permission.VIEW_SITE, place="place")
@live
def log(request: HttpRequest, place: str) -> HttpResponse:
    """The live log, newest first; `before` pages on."""
    site = site_or_404(place)
    before = request.GET.get("before", "")
    lines = ledger.lines_at(
        place, log_of(place), before=int(before) if before.isdigit() else None, limit=PER_PAGE + 1
    )
    return render(request, "warehouse/log.html", pages.log_page(request, site, lines, PER_PAGE))


@needs(Permission.VIEW_SITE, place="place")
@live
def inside(request: HttpRequest, place: str) -> HttpResponse:
    """Who and what is inside now, each with one tap to log out."""
    return render(request, "warehouse/inside.html", pages.inside_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
@live
def deliveries(request: HttpRequest, place: str) -> HttpResponse:
    """Consignments expected, on their way and counted in."""
    return render(request, "warehouse/deliveries.html", pages.deliveries_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def consignment(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """One consignment, line by line, with its counts."""
    return render(request, "warehouse/consignment.html", pages.consignment_page(request, site_or_404(place), name))


@needs(Permission.VIEW_SITE, place="place")
def seals(request: HttpRequest, place: str) -> HttpResponse:
    """Every seal the record has at this place."""
    return render(request, "warehouse/seals.html", pages.seals_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def shifts(request: HttpRequest, place: str) -> HttpResponse:
    """Shifts of the days around now, who stands and the hand-over that waits."""
    return render(request, "warehouse/shifts.html", pages.shifts_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def access_list(request: HttpRequest, place: str) -> HttpResponse:
    """Who may enter, who must not, and the site's own rules."""
    return render(request, "warehouse/access.html", pages.access_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def state(request: HttpRequest, place: str) -> HttpResponse:
    """The building: cameras, keys, guards, troubles, incidents, fitness, stock."""
    return render(request, "warehouse/state.html", pages.state_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def act(request: HttpRequest, place: str, slug: str, subject: str = "") -> HttpResponse:
    """The form of one act; sending it puts the act on record and shows the receipt."""
    site, chosen = site_or_404(place), ACTS.get(slug)
    if chosen is None:
        raise Http404
    require_permission(request, Permission(chosen.permission), place)
    key = pages.subject_key(chosen, place, subject)
    asked = Asked(place=place, now=settings.AWAS_NOW(), zone=ZoneInfo(site.time_zone))
    if request.method == "POST":
        form = ActForm(chosen, asked, data=request.POST, files=request.FILES)
        if form.is_valid() and (answer := _recorded(request, chosen, form, place, key)) is not None:
            return answer
        status = 422
    else:
        initial = {"nonce": chance.nonce(asked.now), **request.GET.dict(), **chosen.initial(asked, key)}
        form, status = ActForm(chosen, asked, initial=initial), 200
    page = pages.act_page(request, site, chosen, form, key)
    return render(request, "warehouse/record.html", page, status=status)


def _recorded(request: HttpRequest, chosen: Act, form: ActForm, place: str, key: str) -> HttpResponse | None:
    """Records a valid form; a refusal becomes an error on the form, with nothing typed lost."""
    desk = desk_of(request, place)
    try:
        digest = digest_of(request.POST, request.FILES, f"{place}/{chosen.slug}/{key}")
        command = form.command(desk, key)
        receipt = services.record(desk, command, nonce=form.cleaned_data["nonce"], digest=digest)
    except Refused as refused:
        form.add_error(None, in_words(refused))
        # A form whose number is used up by other content gets a fresh one, so that it can be sent after all.
        form.data = form.data.copy()
        form.data["nonce"] = chance.nonce(desk.now)
        return None
    return redirect("warehouse:receipt", place=place, index=receipt.index)


@needs(Permission.RECORD_AT_SITE, place="place")
@require_POST
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
@require_POST
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
    return render(request, "warehouse/checkpoint.html", pages.checkpoint_page(request, site, checkpoint))


@needs(Permission.VIEW_SITE, place="place")
def checkpoint_codes(request: HttpRequest, place: str) -> HttpResponse:
    """The checkpoints' QR codes on one sheet to print."""
    require_permission(request, Permission.MANAGE_SITE, place)
    return render(request, "warehouse/codes.html", pages.codes_page(request, site_or_404(place)))


@needs(Permission.VIEW_SITE, place="place")
def receipt(request: HttpRequest, place: str, index: int) -> HttpResponse:
    """What was recorded, with its number and the short code of its leaf."""
    site = site_or_404(place)
    line = ledger.line(log_of(place), index)
    if line is None or line.entry.place != place:
        raise Http404
    return render(request, "warehouse/receipt.html", pages.receipt_page(request, site, line))


@needs(Permission.VIEW_SITE, place="place")
def evidence(request: HttpRequest, place: str, sha256: str) -> HttpResponse:
    """One photo or document, hashed again on its way out."""
    require_permission(request, Permission.VIEW_PERSONAL, place)
    return pages.evidence_answer(place, sha256)


def _nonce(request: HttpRequest) -> str:
    nonce = request.POST.get("nonce", "")
    if not nonce or len(nonce) > 40:
        raise PermissionDenied
    return nonce
