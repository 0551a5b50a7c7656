"""Pages of logistics. A view reads through services and items, and writes through `services.record` alone."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from awas import chance
from awas.access.desks import desk_of
from awas.access.policy import NATION, Permission
from awas.access.require import ANYWHERE, needs, require_permission
from awas.access.services import areas_of
from awas.ledger import services as ledger
from awas.ledger.area import Refused
from awas.ledger.naming import log_of
from awas.logistics import services
from awas.logistics.forms import BY_SLUG
from awas.logistics.pages import acts, custody
from awas.logistics.pages import board as boards
from awas.logistics.pages import place as places
from awas.logistics.pages.table import FORMS
from awas.places.codes import PARTS, zone_of
from awas.places.services import place_name
from awas.ui.acts import ActForm, digest_of
from awas.ui.asks import Asked
from awas.ui.files import file_answer
from awas.ui.live import live


def home_of(request: HttpRequest) -> str | None:
    """Where whoever asks begins: the board of the district or the province, or their own place."""
    now = settings.AWAS_NOW()
    areas = areas_of(request.user, Permission.VIEW_REGION, now)
    for area in areas:
        if area != NATION and len(area) in PARTS[:2]:
            return reverse("logistics:board", args=[area])
    if places := areas_of(request.user, Permission.VIEW_SITE, now):
        return reverse("logistics:place", args=[places[0]]) if places[0] != NATION else None
    return None


@needs(Permission.VIEW_WARNING, place=ANYWHERE)
def home(request: HttpRequest) -> HttpResponse:
    """Leads to one's own board. Raises Http404 for whoever has none."""
    address = home_of(request)
    if address is None:
        raise Http404
    return HttpResponseRedirect(address)


def _region_version(request: HttpRequest, region: str) -> object:
    """Grows with every entry of the districts of a region."""
    return ledger.total_size([log_of(one.code) for one in boards.districts_of(region)])


@needs(Permission.VIEW_REGION, place="region")
@live(_region_version)
def board(request: HttpRequest, region: str) -> HttpResponse:
    """The stage board of a district or a province."""
    return render(request, "logistics/board.html", boards.board_page(request, region))


@needs(Permission.VIEW_REGION, place="region")
def board_file(request: HttpRequest, region: str, form: str) -> HttpResponse:
    """The stage board as a file."""
    write, media_type = FORMS[form]
    return file_answer(write(boards.board_page(request, region)), media_type, f"awas-logistik-{region}.{form}")


@needs(Permission.VIEW_REGION, place="region")
def kits(request: HttpRequest, region: str) -> HttpResponse:
    """The kits of a region's stations."""
    return render(request, "logistics/kits.html", custody.kits_page(request, region))


@needs(Permission.VIEW_WARNING, place=ANYWHERE)
def kit(request: HttpRequest, place: str) -> HttpResponse:
    """One station's kit, for those who see the station and those who stand where the kit is."""
    return render(request, "logistics/kit.html", custody.kit_page(request, place))


@needs(Permission.VIEW_WARNING, place=ANYWHERE)
def unit(request: HttpRequest, district: str, label: str) -> HttpResponse:
    """The way of one box, found by its label: for those who see its district and those who stand where it is."""
    return render(request, "logistics/unit.html", custody.unit_page(request, district, label))


def _place_version(request: HttpRequest, place: str) -> object:
    return ledger.size_of(log_of(place))


@needs(Permission.VIEW_SITE, place="place")
@live(_place_version)
def place_(request: HttpRequest, place: str) -> HttpResponse:
    """What lies at a place, what is expected, what can be done."""
    return render(request, "logistics/place.html", places.place_page(request, place))


@needs(Permission.VIEW_SITE, place="place")
def tallies(request: HttpRequest, place: str) -> HttpResponse:
    """The tallies of a place."""
    return render(request, "logistics/tallies.html", places.tallies_page(request, place))


@needs(Permission.VIEW_SITE, place="place")
def labels(request: HttpRequest, place: str) -> HttpResponse:
    """Labels to print."""
    return render(request, "logistics/labels.html", custody.labels_page(request, place))


@needs(Permission.VIEW_SITE, place="place")
def act(request: HttpRequest, place: str, slug: str, subject: str = "") -> HttpResponse:
    """The form of one act; sending it puts the act on record and shows the receipt."""
    chosen = BY_SLUG.get(slug)
    if chosen is None or not place_name(place):
        raise Http404
    require_permission(request, Permission(chosen.permission), place)
    key = acts.subject_key(chosen, place, subject)
    asked = Asked(place=place, now=settings.AWAS_NOW(), zone=ZoneInfo(zone_of(place)))
    if request.method != "POST":
        given = {**request.GET.dict(), **chosen.initial(asked, key), "nonce": chance.nonce(asked.now)}
        form = ActForm(chosen, asked, initial=given)
    else:
        form = ActForm(chosen, asked, data=request.POST, files=request.FILES)
        if (answer := _recorded(request, form, place, key)) is not None:
            return answer
    page = acts.act_page(request, place, chosen, form, key)
    return render(request, "logistics/act.html", page, status=422 if request.method == "POST" else 200)


def _recorded(request: HttpRequest, form: ActForm, place: str, key: str) -> HttpResponse | None:
    """Records a valid form, or finds the first tap's receipt; a refusal stands on the form, with nothing typed lost."""
    desk = desk_of(request, place)
    digest = digest_of(request.POST, request.FILES, f"{place}/{form.act.slug}/{key}")
    if not form.is_valid():
        index = ledger.recorded_before(log_of(place), desk.device, request.POST.get("nonce", ""), digest)
        return None if index is None else redirect("logistics:receipt", place=place, index=index)
    try:
        command = form.command(desk, key)
        receipt = services.record(desk, command, nonce=form.cleaned_data["nonce"], digest=digest)
    except Refused as refused:
        form.refuse(refused, chance.nonce(desk.now))
        return None
    return redirect("logistics:receipt", place=place, index=receipt.index)


@needs(Permission.VIEW_SITE, place="place")
def receipt(request: HttpRequest, place: str, index: int) -> HttpResponse:
    """What was recorded."""
    line = ledger.line(log_of(place), index)
    if line is None or line.entry.place != place:
        raise Http404
    return render(request, "logistics/receipt.html", acts.receipt_page(request, place, line))
