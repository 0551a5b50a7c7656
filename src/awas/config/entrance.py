"""The address without a path: everybody is led to where their own work is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from awas.access.require import signed_in
from awas.logistics.views import home_of as logistics_of
from awas.warehouse.overview import home_of


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """To the watch, the district's day or the province's wall; else to logistics; else to one's own account."""
    return HttpResponseRedirect(home_of(request) or logistics_of(request) or reverse("access:me"))
