"""The page of alerts of others: what is in force in one's areas, and the form to hand one in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from awas.access.desks import desk_of
from awas.access.policy import Permission
from awas.access.require import ANYWHERE, needs, require_permission
from awas.access.services import areas_of
from awas.ledger.area import Refused
from awas.ui.refusals import in_words
from awas.warehouse import weather
from awas.warehouse.forms.alerts import AlertForm
from awas.warehouse.pages.alerts import alerts_page
from awas.warnings.cap.guarded import MOST_BYTES


@needs(Permission.VIEW_REGION, place=ANYWHERE)
def alerts(request: HttpRequest) -> HttpResponse:
    """Shows, and takes in for the sites where whoever sends it keeps the site's particulars."""
    form, taken = AlertForm(), None
    if request.method == "POST":
        require_permission(request, Permission.MANAGE_SITE, None)
        form = AlertForm(data=request.POST, files=request.FILES)
        if form.is_valid():
            taken = _taken(request, form)
    status = 422 if request.method == "POST" and taken is None else 200
    return render(request, "warehouse/alerts.html", alerts_page(request, form, taken), status=status)


def _taken(request: HttpRequest, form: AlertForm) -> weather.Taken | None:
    """What became of the document; None where the form says why it couldn't be read."""
    now = settings.AWAS_NOW()
    areas = areas_of(request.user, Permission.MANAGE_SITE, now)
    body: bytes = form.cleaned_data["file"].read(MOST_BYTES + 1)
    try:
        return weather.take_in(body, areas, lambda place: desk_of(request, place), now)
    except Refused as refused:
        form.add_error("file", in_words(refused))
        return None
